"""Slips of formulas, put into the question's own terms."""

from __future__ import annotations

from studyapp.domain.expression import Node
from studyapp.domain.verdict import Verdict
from studyapp.domain.words import Words
from studyapp.engine.equivalence.slips import Slip
from studyapp.grading.saying import slipped
from studyapp.language import to_tex, to_text
from studyapp.typeset.inline import set_inline
from studyapp.typeset.tree import TexError

COMPLETED_BY_FIRST = frozenset({"factor", "missing-factor", "activation"})
"""Slips of which the first detail names what was done; a second one says where."""


def slip_verdict(slip: Slip, words: Words, reading: str) -> Verdict:
    """Wrong by a general slip: its name, the detail that completes it, and the sentence."""
    details = [to_text(subject) for subject in slip.subjects]
    detail = details[0] if slip.name in COMPLETED_BY_FIRST else ", ".join(details)
    sentence = words.grading.slips.sentence(slip.name, *(formula_text(subject) for subject in slip.subjects))
    return slipped(slip.name, detail, sentence, reading)


def formula_text(node: Node) -> str:
    """A formula on one line, in the signs in which the learner sees it."""
    text = set_inline(to_tex(node))
    return to_text(node) if isinstance(text, TexError) else text
