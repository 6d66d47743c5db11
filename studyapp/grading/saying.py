"""What is said back to a learner: bounded, and without anything that a terminal would obey."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from studyapp.domain.limits import MESSAGE_CHARACTERS, READING_CHARACTERS
from studyapp.domain.question import KnownMistake
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.language.refusals import explain
from studyapp.typeset.lines import caret

UNDECIDED = Text(
    ja="正解と等しいかどうかを決められませんでした。この答えは解答に数えません。",
    en="Whether this equals the key could not be decided. It does not count as an attempt.",
)
UNDEFINED = Text(
    ja="この式は値をもちません(0 での割り算や、負の数の対数などがあります)。",
    en="This has no value (a division by zero, or a logarithm of a negative number).",
)

TYPED_VALUE = Text(ja="{message}入力した式の値は {value} です。", en="{message} What you typed has the value {value}.")

AROUND = 30
"""Characters of a long text shown on each side of what could not be read."""

_OBEYED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that are not shown but acted on, or that have no agreed meaning."""


def inert(text: str, longest: int = MESSAGE_CHARACTERS) -> str:
    """The text without control and formatting characters (line ends stay), cut where it grows too long."""
    if text.isprintable() and len(text) <= longest:
        return text
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _OBEYED)
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def bounded(verdict: Verdict) -> Verdict:
    """The verdict with every text inert and of limited length."""
    return Verdict(
        verdict.outcome,
        verdict.mistake,
        inert(verdict.detail, READING_CHARACTERS),
        inert(verdict.message),
        inert(verdict.reading, READING_CHARACTERS),
    )


def unreadable(found: Unreadable, text: str) -> Verdict:
    """The answer is asked back, with a caret under what could not be read."""
    message = explain(found)
    if text.strip():
        message = f"{message}\n{pointed(text, found)}"
    return Verdict(Outcome.UNREADABLE, detail=found.code, message=message)


def pointed(text: str, found: Unreadable) -> str:
    """The text around the place that could not be read, and a caret under that."""
    start = max(0, min(found.span[0], len(text)) - AROUND)
    stop = min(max(found.span[0], found.span[1]), found.span[0] + AROUND, len(text))
    return caret(text[start : stop + AROUND], (found.span[0] - start, stop - start))


def asked_back(sentence: str, code: str, reading: str = "") -> Verdict:
    """The answer is asked back for a reason that is not a matter of reading."""
    return Verdict(Outcome.UNREADABLE, detail=code, message=sentence, reading=reading)


def empty() -> Verdict:
    """Nothing was typed."""
    return asked_back(explain(Unreadable("empty", (0, 0))), "empty")


def known(mistake: KnownMistake, reading: str) -> Verdict:
    """Wrong in a way that the author foresaw."""
    return Verdict(Outcome.WRONG, mistake.name, message=mistake.sentence, reading=reading)


def slipped(slip: str, detail: str, sentence: str, reading: str) -> Verdict:
    """Wrong by a slip of the closed list: its name, what completes it, and the sentence."""
    return Verdict(Outcome.WRONG, slip, detail, sentence, reading)


def with_value(verdict: Verdict, value: str) -> Verdict:
    """The verdict with the value of the arithmetic that was typed, to be held beside the key."""
    message = TYPED_VALUE(message=verdict.message, value=value)
    return replace(verdict, message=message.strip())


def listed(names: Sequence[str]) -> str:
    """Labels in a row."""
    return " ".join(names)
