"""The learner behind a command."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import click

from studyapp.cli.context import Context
from studyapp.history import Trouble, back_up, is_due
from studyapp.study.learner import Learner
from studyapp.study.library import Library
from studyapp.study.settings import load_settings


@contextmanager
def open_learner(context: Context, library: Library, *, to_write: bool) -> Iterator[Learner]:
    """The learner's history, opened; what there is to tell about it goes to the error stream.

    The command ends with 1 where the history cannot be opened, or not written though it is `to_write`.
    """
    settings, troubles = load_settings(context.data)
    for trouble in troubles:
        click.echo(trouble.tell(context.words.study), err=True)
    opened = Learner.open(
        context.data,
        library,
        now=context.clock(),
        new_id=lambda: str(uuid.uuid4()),
        retention=settings.retention,
    )
    if isinstance(opened, Trouble):
        click.echo(opened.tell(context.words.history), err=True)
        sys.exit(1)
    with opened as learner:
        for notice in learner.notices:
            click.echo(notice.tell(context.words.history), err=True)
        if to_write and not learner.writable:
            sys.exit(1)
        yield learner
        if learner.writable and is_due(context.data, context.clock()):
            # After the answers, so that nobody waits for it; a copy that fails is told by the doctor.
            back_up(context.data, context.clock())
