"""The symbols that an answer must be written in."""

from __future__ import annotations

import re

from studyapp.domain.expression import Call, Node, names_in, walk
from studyapp.domain.network import families
from studyapp.domain.question import ExpressionKey
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.interpretation import CONSTANTS
from studyapp.grading.formulas import prepared
from studyapp.grading.saying import asked_back, pointed
from studyapp.language import read_answer, to_text
from studyapp.language.names import SPELT, spelt

USING = Text(ja="{found} を使わず、{using} だけで表してください。", en="Write it in {using} alone, without {found}.")
DERIVATIVE_LEFT = Text(
    ja="{found} のままにせず、微分した式で書いてください。",
    en="Carry out {found}: write the derivative itself.",
)
IN_QUESTION = Text(
    ja="{found} は問題文の名前ですが、答えには使えません。{names} で表してください。",
    en="{found} stands in the question, but the answer is to be in {names}.",
)
SEPARATOR = Text(ja="、", en=", ")

_FORMULA = re.compile(r"\$+([^$]+)\$+")
_LETTER = re.compile(r"\\([A-Za-z]+)|([^\W\d_])")
LONGEST_PRODUCT = 3
"""Letters of a word that may be a product of names: `uv`."""


def asked_otherwise(key: ExpressionKey, node: Node, reading: str) -> Verdict | None:
    """The answer asked back where it holds a symbol that it may not, or `f'(u)` where f is known; else None."""
    if not key.using:
        return None
    for part in walk(node):
        if isinstance(part, Call) and part.primes and part.function not in key.functions:
            return asked_back(DERIVATIVE_LEFT(found=to_text(part)), "derivative-left", reading)
    beyond = sorted(names_in(node) - {*key.using, *CONSTANTS})
    if beyond:
        return asked_back(USING(found=", ".join(beyond), using=", ".join(families(key.using))), "using", reading)
    return None


def named_in_question(verdict: Verdict, key: ExpressionKey, text: str, answer: str) -> Verdict:
    """The verdict; of an unknown name that stands in the question's text, the names to use in its place are listed."""
    if verdict.outcome != Outcome.UNREADABLE or verdict.detail not in {"unknown-name", "wrong-case"}:
        return verdict
    ready = prepared(key)
    refusal = None if isinstance(ready, str) else read_answer(answer, ready.vocabulary)
    if not isinstance(refusal, Unreadable):
        return verdict
    letters = _letters(refusal.found)
    mentioned = {letter for formula in _FORMULA.findall(text) for letter in _letters(formula)}
    if not letters or len(letters) > LONGEST_PRODUCT or not set(letters) <= mentioned:
        return verdict
    names = families(key.using or (*key.symbols, *key.given))
    sentence = IN_QUESTION(found=refusal.found, names=SEPARATOR().join(names))
    return asked_back(f"{sentence}\n{pointed(answer, refusal)}", "question-name")


def _letters(text: str) -> list[str]:
    """The letters of a formula, Greek ones by name; words of TeX such as `frac` are none."""
    letters = [spelt(command or letter) for command, letter in _LETTER.findall(text)]
    return [letter for letter in letters if len(letter) == 1 or letter in SPELT]
