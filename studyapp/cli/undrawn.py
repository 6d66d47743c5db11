"""What commands say where no question can be drawn."""

from __future__ import annotations

from studyapp.cli.lines import echo
from studyapp.domain.question import Undrawable
from studyapp.domain.text import Text
from studyapp.domain.undrawable import why_undrawn

NOT_DRAWN = Text(
    ja="練習「{exercise}」の問題を作れませんでした（{place}）: {detail}",
    en="No question could be drawn of exercise “{exercise}” ({place}): {detail}",
)


def tell_undrawable(undrawable: Undrawable) -> None:
    """Say that no question could be drawn, and why."""
    reason = why_undrawn(undrawable)
    echo(NOT_DRAWN(exercise=undrawable.exercise, place=str(undrawable.place), detail=reason), err=True)
