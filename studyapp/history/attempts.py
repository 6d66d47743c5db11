"""The kinds of events, and an attempt as the body of one, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from studyapp.domain.verdict import Attempt, Help, Outcome, Part

ATTEMPT = "attempt"
"""The kind of an event that holds an attempt."""
UNDO = "undo"
"""The kind of an event that takes an attempt back: its body names the attempt's event."""
REGRADE = "regrade"
"""The kind of an event that gives an attempt another verdict: its body names the attempt's event and the verdict."""
EXAM_START = "exam_start"
"""The kind of the event that begins an exam; its id is the exam's, which the bodies of the others name."""
EXAM_HOLD = "exam_hold"
"""The kind of an event by which a window goes on with an exam: the exam is its own until another one does."""
EXAM_ANSWER = "exam_answer"
EXAM_FLAG = "exam_flag"
EXAM_SUBMIT = "exam_submit"
EXAM_SETTLED = "exam_settled"
"""The kind of the event after which every answer of an exam is in the log as an attempt, too."""
EXAM_KINDS = (EXAM_START, EXAM_HOLD, EXAM_ANSWER, EXAM_FLAG, EXAM_SUBMIT, EXAM_SETTLED)

_FIELDS = tuple(field.name for field in fields(Attempt))
_PART_FIELDS = tuple(field.name for field in fields(Part))
_MOST = 10**12  # far beyond any count or time, and sums of it stay within what the tables take


def body_of(attempt: Attempt) -> dict[str, Any]:
    """The attempt as JSON values."""
    # By hand: `asdict` copies every value, and takes as long as all the rest of saving but the disk.
    return {name: getattr(attempt, name) for name in _FIELDS} | {
        "parts": [{name: getattr(part, name) for name in _PART_FIELDS} for part in attempt.parts]
    }


def attempt_in(body: dict[str, Any]) -> Attempt | None:
    """The attempt in a body; None where the body does not have the shape of one."""
    try:
        return Attempt(
            exercise=_id(body["exercise"]),
            topic=_id(body["topic"]),
            seed=int(body["seed"]),
            version=str(body["version"]),
            prompt=str(body["prompt"]),
            parts=tuple(_part(part) for part in body["parts"]),
            hints=_count(body["hints"]),
            tries=_count(body["tries"]),
            active_ms=_count(body["active_ms"]),
            key=str(body["key"]),
            mode=_id(body.get("mode", "")),  # events of before modes were kept have none
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def verdict_in(body: dict[str, Any]) -> Outcome | None:
    """The verdict of a regrade; None where there is none."""
    try:
        return Outcome(body["verdict"])
    except (KeyError, TypeError, ValueError):
        return None


def named_in(body: dict[str, Any], name: str) -> str:
    """The id that a body gives by a name; empty where there is none that a table takes."""
    value = body.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


def _part(body: dict[str, Any]) -> Part:
    mistake = body["mistake"]
    return Part(
        ask=_id(body["ask"]),
        skill=_id(body["skill"]),
        answer=str(body["answer"]),
        verdict=Outcome(body["verdict"]),
        mistake=None if mistake is None else _id(mistake),
        help=Help(body["help"]),
    )


def _id(value: Any) -> str:
    text = str(value)
    text.encode("utf-8")  # a half surrogate, which no table takes, is a ValueError
    return text


def _count(value: Any) -> int:
    number = int(value)
    if not 0 <= number <= _MOST:
        raise ValueError(number)
    return number
