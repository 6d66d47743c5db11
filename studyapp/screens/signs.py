"""The signs of outcomes: state is never told by colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.verdict import Outcome

SIGNS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.CORRECT: ("○", "good"),
    Outcome.ROUNDING: ("△", "near"),
    Outcome.WRONG: ("×", "bad"),
    Outcome.UNREADABLE: ("？", "near"),
    Outcome.UNDECIDED: ("？", "near"),
}
"""The sign of an outcome and its role; a word always stands beside it."""
