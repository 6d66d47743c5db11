"""What commands say where no question can be drawn."""

from __future__ import annotations

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.question import Undrawable


def tell_undrawable(undrawable: Undrawable, context: Context) -> None:
    """Say that no question could be drawn, and why."""
    reason = context.words.drawing.sentence(undrawable)
    echo(context.words.cli.drawn_failed(undrawable.exercise, str(undrawable.place), reason), err=True)
