"""Slips of formulas, put into the question's own terms."""

from __future__ import annotations

from studyapp.domain.verdict import Outcome, Verdict
from studyapp.domain.words import Words
from studyapp.engine.slips import Slip
from studyapp.language import to_text


def slip_verdict(slip: Slip, words: Words, reading: str) -> Verdict:
    """Wrong by a general slip: its name, the detail that completes it, and the sentence."""
    detail = ", ".join(to_text(subject) for subject in slip.subjects)
    return Verdict(Outcome.WRONG, slip.name, detail, words.grading.slips.sentence(slip.name, detail), reading)
