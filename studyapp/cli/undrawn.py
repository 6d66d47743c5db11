"""What commands say where no question can be drawn."""

from __future__ import annotations

import click

from studyapp.cli.context import Context
from studyapp.domain.question import Undrawable


def tell_undrawable(undrawable: Undrawable, context: Context) -> None:
    """Say that no question could be drawn, and why."""
    reason = f"{undrawable.code}: {undrawable.detail}"
    click.echo(context.words.cli.drawn_failed(undrawable.exercise, str(undrawable.place), reason), err=True)
