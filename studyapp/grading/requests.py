"""Requests of teachers' scripts: a JSON object with an explicit key becomes a key, known mistakes and an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from studyapp.domain.expression import Vector
from studyapp.domain.limits import REQUEST_DIGITS, REQUEST_ITEMS, REQUEST_TEXT_CHARACTERS
from studyapp.domain.question import (
    AnswerKey,
    ChoiceKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    OrderKey,
    TermKey,
    VectorKey,
)
from studyapp.domain.text import Text
from studyapp.domain.undrawable import translated_problem
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.equivalence.forms import FORMS
from studyapp.grading import grade
from studyapp.grading.amounts import exactly
from studyapp.grading.choice import labels_of
from studyapp.grading.formulas import domain_of, prepared
from studyapp.grading.saying import bounded
from studyapp.language import read_vector, to_text

BAD_REQUEST = Text(
    ja="この依頼は採点できません。「{field}」を確かめてください。",
    en="This request cannot be graded; look at “{field}”.",
)


class _BadRequest(Exception):
    """The field that is missing or wrong; it never leaves this file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as values."""

    key: AnswerKey
    mistakes: tuple[KnownMistake, ...]
    answer: str


def grade_request(request: Mapping[str, Any]) -> Verdict:
    """The verdict on a request with an explicit key; a request that cannot be used is told, never graded."""
    asked = read_request(request)
    if isinstance(asked, str):
        field, _, reason = asked.partition(": ")
        told = BAD_REQUEST(field=field) + (f" ({translated_problem(reason)})" if reason else "")
        return bounded(Verdict(Outcome.UNREADABLE, detail="request", message=told))
    return grade(asked.key, asked.answer, asked.mistakes)


def read_request(request: Mapping[str, Any]) -> Asked | str:
    """The request as values, or the field that is missing or wrong, with the reason behind a colon."""
    try:
        kind = request.get("kind")
        if not isinstance(kind, str) or kind not in _READERS:
            raise _BadRequest("kind")
        key = _READERS[kind](request)
        return Asked(key, _mistakes(request), _text(request, "answer"))
    except _BadRequest as wrong:
        return str(wrong)


def _number(request: Mapping[str, Any]) -> AnswerKey:
    return NumberKey(_exact(request.get("key"), "key"), *_precision(request))


def _vector(request: Mapping[str, Any]) -> AnswerKey:
    written = request.get("key")
    entries = _written_entries(written) if isinstance(written, str) else _list(request, "key")
    if not entries:
        raise _BadRequest("key")
    if not any(isinstance(entry, list) for entry in entries):
        return VectorKey(tuple(_exact(entry, "key") for entry in entries), *_precision(request))
    widths = {len(entry) if isinstance(entry, list) else -1 for entry in entries}
    if len(widths) != 1 or not widths <= set(range(1, REQUEST_ITEMS)):
        raise _BadRequest("key")
    flat = tuple(_exact(one, "key") for row in entries for one in row)
    return VectorKey(flat, *_precision(request), columns=widths.pop())


def _written_entries(text: str) -> Sequence[Any]:
    """The entries of a key that is written as one text: `[[1, 2], [3, 4]]`."""
    node = read_vector(text)
    if isinstance(node, Unreadable):
        raise _BadRequest("key")
    return [[to_text(one) for one in row.items] if isinstance(row, Vector) else to_text(row) for row in node.items]


def _expression(request: Mapping[str, Any]) -> AnswerKey:
    symbols, given = _texts_by_name(request, "symbols"), _texts_by_name(request, "given")
    if any(domain_of(name, domain) is None for name, domain in symbols.items()):
        raise _BadRequest("symbols")
    form = request.get("form") or ""
    if form and form not in FORMS:
        raise _BadRequest("form")
    functions = tuple(_texts(request, "functions")) if request.get("functions") is not None else ()
    key = ExpressionKey(_text(request, "reference"), symbols, given, functions, form)
    fault = prepared(key)
    if isinstance(fault, str):
        raise _BadRequest(fault)
    return key


def _choice(request: Mapping[str, Any]) -> AnswerKey:
    options, right = tuple(_texts(request, "options")), tuple(_texts(request, "key"))
    several = request.get("several", len(right) > 1)
    if not options or not right or not isinstance(several, bool):
        raise _BadRequest("options" if not options else "key")
    key = ChoiceKey(options, right, several)
    if len(labels_of(key)) < len(options):  # there are no more labels than letters
        raise _BadRequest("options")
    if not set(right) <= set(labels_of(key)):
        raise _BadRequest("key")
    return key


def _order(request: Mapping[str, Any]) -> AnswerKey:
    right = tuple(_texts(request, "key"))
    if not right or len(set(right)) < len(right):
        raise _BadRequest("key")
    return OrderKey(right)


def _term(request: Mapping[str, Any]) -> AnswerKey:
    refuse = tuple(_texts(request, "refuse")) if request.get("refuse") is not None else ()
    accept = tuple(_texts(request, "accept"))
    if not accept:
        raise _BadRequest("accept")
    return TermKey(accept, refuse)


_READERS: dict[str, Callable[[Mapping[str, Any]], AnswerKey]] = {
    "number": _number,
    "vector": _vector,
    "expression": _expression,
    "choice": _choice,
    "order": _order,
    "term": _term,
}


def _mistakes(request: Mapping[str, Any]) -> tuple[KnownMistake, ...]:
    mistakes = request.get("mistakes")
    if mistakes is None:
        return ()
    if not isinstance(mistakes, dict) or len(mistakes) > REQUEST_ITEMS:
        raise _BadRequest("mistakes")
    return tuple(KnownMistake(str(name), _typed(answer)) for name, answer in mistakes.items())


def _typed(answer: Any) -> str:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, int | float | Decimal) and not isinstance(answer, bool):
        return str(answer)
    raise _BadRequest("mistakes")


def _precision(request: Mapping[str, Any]) -> tuple[int | None, int | None]:
    digits, significant = request.get("digits"), request.get("significant")
    for name, value, least in (("digits", digits, 0), ("significant", significant, 1)):
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int) or not least <= value <= REQUEST_DIGITS
        ):
            raise _BadRequest(name)
    return digits, significant


def _exact(value: Any, field: str) -> str:
    """An exact number as text: a JSON number stands for the decimal that it is written as."""
    text = str(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else value
    if not isinstance(text, str) or exactly(text) is None:
        raise _BadRequest(field)
    return text


def _text(request: Mapping[str, Any], field: str) -> str:
    value = request.get(field)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _BadRequest(field)
    return value


def _list(request: Mapping[str, Any], field: str) -> Sequence[Any]:
    value = request.get(field)
    if not isinstance(value, list) or len(value) > REQUEST_ITEMS:
        raise _BadRequest(field)
    return value


def _texts(request: Mapping[str, Any], field: str) -> list[str]:
    values = _list(request, field)
    if not all(isinstance(value, str) and len(value) <= REQUEST_TEXT_CHARACTERS for value in values):
        raise _BadRequest(field)
    return list(values)


def _texts_by_name(request: Mapping[str, Any], field: str) -> dict[str, str]:
    values = request.get(field)
    if values is None:
        return {}
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise _BadRequest(field)
    return dict(values)
