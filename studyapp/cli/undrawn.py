"""What commands say where no question can be drawn."""

from __future__ import annotations

from studyapp.cli.grade import NOT_DRAWN
from studyapp.cli.lines import echo
from studyapp.domain.question import Undrawable
from studyapp.domain.undrawable import why_undrawn


def tell_undrawable(undrawable: Undrawable) -> None:
    """Say that no question could be drawn, and why."""
    reason = why_undrawn(undrawable)
    echo(NOT_DRAWN(exercise=undrawable.exercise, place=str(undrawable.place), detail=reason), err=True)
