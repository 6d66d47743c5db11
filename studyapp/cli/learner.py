"""The learner behind a command."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.history.backups import back_up, is_due
from studyapp.history.errors import Trouble
from studyapp.history.history import History
from studyapp.study import learner
from studyapp.study.levels import Level, level_of
from studyapp.study.library import Library
from studyapp.study.settings import Settings, load_settings
from studyapp.study.troubles import describe


def _new_id() -> str:
    from uuid import uuid4

    return str(uuid4())


def _opened(context: Context, library: Library, settings: Settings) -> History | Trouble:
    return learner.open_learner(
        context.data,
        library,
        now=context.clock(),
        new_id=_new_id,
        retention=settings.retention,
    )


def levels_of(context: Context, library: Library) -> Mapping[str, Level]:
    """The level of each skill that was met; nothing where there is no history, or none that can be opened now."""
    if not context.has_history:
        return {}
    settings, _ = load_settings(context.data)
    opened = _opened(context, library, settings)
    if isinstance(opened, Trouble):
        return {}
    with opened as history:
        return {record.skill: level_of(record) for record in history.skills()}


@contextmanager
def open_learner(context: Context, library: Library) -> Iterator[History]:
    """The learner's history, opened; what there is to tell about it goes to the error stream.

    The command ends with 1 where the history cannot be opened.
    """
    settings, troubles = load_settings(context.data)
    for trouble in troubles:
        echo(trouble.tell(), err=True)
    opened = _opened(context, library, settings)
    if isinstance(opened, Trouble):
        echo(describe(opened), err=True)
        sys.exit(1)
    with opened as history:
        for notice in history.notices:
            echo(describe(notice), err=True)
        yield history
        if is_due(context.data, context.clock()):
            # After the answers, so that no learner waits for it; `doctor` reports a copy that fails.
            back_up(context.data, context.clock())
