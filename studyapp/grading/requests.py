"""Requests of teachers' scripts: a JSON object with an explicit key becomes a key, known mistakes and an answer."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from studyapp.domain import question
from studyapp.domain.exercise import domain_of
from studyapp.domain.expression import Vector
from studyapp.domain.limits import CODE_ARRAYS, REQUEST_DIGITS, REQUEST_ITEMS, REQUEST_TEXT_CHARACTERS
from studyapp.domain.question import AnswerKey, KnownMistake
from studyapp.domain.shapes import has_matrices
from studyapp.domain.text import Text
from studyapp.domain.undrawable import translated_problem
from studyapp.domain.verdict import Unreadable, Verdict
from studyapp.engine.code.comparison import reference_of
from studyapp.grading import grade
from studyapp.grading.amounts import exactly
from studyapp.grading.expression import FORMS
from studyapp.grading.formulas import prepared_entries
from studyapp.grading.labels import labels_of
from studyapp.grading.matrices import prepared_matrix
from studyapp.grading.verdicts import ask_again, bounded
from studyapp.language import read_vector, to_text
from studyapp.language.code import read_code

BAD_REQUEST = Text(
    ja="この依頼は採点できません。「{field}」を確かめてください。",
    en="This request cannot be graded; look at “{field}”.",
)

Request = Mapping[str, Any]


class _BadRequest(Exception):
    """The field that is missing or wrong, with the reason behind a colon; it never leaves this file."""


def grade_request(request: Request) -> Verdict:
    """The verdict on a request with an explicit key; what is wrong with one that cannot be used is said."""
    try:
        kind = request.get("kind")
        if not isinstance(kind, str) or kind not in KEYS:
            raise _BadRequest("kind")
        key, mistakes, answer = KEYS[kind](request), _mistakes(request), _text(request.get("answer"), "answer")
    except _BadRequest as wrong:
        field, _, reason = str(wrong).partition(": ")
        sentence = BAD_REQUEST(field=field) + (f" ({translated_problem(reason)})" if reason else "")
        return bounded(ask_again(sentence, "request"))
    return grade(key, answer, mistakes)


def _number(request: Request) -> AnswerKey:
    return question.NumberKey(_exact(request.get("key")), *_precision(request))


def _vector(request: Request) -> AnswerKey:
    written = request.get("key")
    entries = _written_entries(written) if isinstance(written, str) else _list(request, "key")
    if not entries:
        raise _BadRequest("key")
    if not any(isinstance(entry, list) for entry in entries):
        return question.VectorKey(tuple(map(_exact, entries)), *_precision(request))
    widths = {len(entry) if isinstance(entry, list) else -1 for entry in entries}
    if len(widths) != 1 or not widths <= set(range(1, REQUEST_ITEMS)):
        raise _BadRequest("key")
    flat = tuple(_exact(entry) for row in entries for entry in row)
    return question.VectorKey(flat, *_precision(request), columns=widths.pop())


def _written_entries(text: str) -> Sequence[Any]:
    node = read_vector(text)
    if isinstance(node, Unreadable):
        raise _BadRequest("key")
    return [[to_text(item) for item in row.items] if isinstance(row, Vector) else to_text(row) for row in node.items]


def _expression(request: Request) -> AnswerKey:
    symbols, given = _texts_by_name(request, "symbols"), _texts_by_name(request, "given")
    if any(domain_of(name, domain) is None for name, domain in symbols.items()):
        raise _BadRequest("symbols")
    form = request.get("form") or ""
    if form and form not in FORMS:
        raise _BadRequest("form")
    functions = _texts(request, "functions", optional=True)
    key = question.ExpressionKey(_text(request.get("reference"), "reference"), symbols, given, functions, form)
    fault = prepared_matrix(key) if has_matrices(symbols) else prepared_entries(key)
    if isinstance(fault, str):
        raise _BadRequest(fault)
    return key


def _code(request: Request) -> AnswerKey:
    arrays, given = _texts_by_name(request, "arrays"), _texts_by_name(request, "given")
    tolerance, epsilon, dtype = request.get("tolerance"), request.get("epsilon") or "", request.get("dtype") or False
    if len(arrays) > CODE_ARRAYS or not all(map(str.isidentifier, arrays)):
        raise _BadRequest("arrays")
    if not (tolerance is None or (isinstance(tolerance, int | float | Decimal) and 0 < tolerance < 1)):
        raise _BadRequest("tolerance")
    if epsilon not in ("", "any"):
        raise _BadRequest("epsilon")
    if not isinstance(dtype, bool):
        raise _BadRequest("dtype")
    allowed = None if tolerance is None else float(tolerance)
    key = question.CodeKey(_text(request.get("reference"), "reference"), arrays, given, allowed, epsilon, dtype)
    fault = reference_of(key, read_code)
    if isinstance(fault, str):
        raise _BadRequest(fault)
    return key


def _choice(request: Request) -> AnswerKey:
    options, right = _texts(request, "options"), _texts(request, "key")
    several = request.get("several", len(right) > 1)
    if not options or not right or not isinstance(several, bool):
        raise _BadRequest("options" if not options else "key")
    key = question.ChoiceKey(options, right, several)
    if len(labels_of(key)) < len(options):  # there are no more labels than letters
        raise _BadRequest("options")
    if not set(right) <= set(labels_of(key)):
        raise _BadRequest("key")
    return key


def _order(request: Request) -> AnswerKey:
    right = _texts(request, "key")
    if not right or len(set(right)) < len(right):
        raise _BadRequest("key")
    return question.OrderKey(right)


def _term(request: Request) -> AnswerKey:
    refuse, accept = _texts(request, "refuse", optional=True), _texts(request, "accept")
    if not accept:
        raise _BadRequest("accept")
    return question.TermKey(accept, refuse)


KEYS: dict[str, Callable[[Request], AnswerKey]] = {
    "number": _number,
    "vector": _vector,
    "expression": _expression,
    "code": _code,
    "choice": _choice,
    "order": _order,
    "term": _term,
}
"""How the key of each kind is read. Errors: _BadRequest."""


def _mistakes(request: Request) -> tuple[KnownMistake, ...]:
    mistakes = {} if request.get("mistakes") is None else request["mistakes"]
    if not isinstance(mistakes, dict) or len(mistakes) > REQUEST_ITEMS:
        raise _BadRequest("mistakes")
    return tuple(KnownMistake(str(name), _text(answer, "mistakes")) for name, answer in mistakes.items())


def _precision(request: Request) -> tuple[int | None, int | None]:
    for name, least in (("digits", 0), ("significant", 1)):
        value = request.get(name)
        if value is not None and (type(value) is not int or not least <= value <= REQUEST_DIGITS):
            raise _BadRequest(name)
    return request.get("digits"), request.get("significant")


def _text(value: Any, field: str) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _BadRequest(field)
    return value


def _exact(value: Any) -> str:
    text = _text(value, "key")
    if exactly(text) is None:
        raise _BadRequest("key")
    return text


def _list(request: Request, field: str) -> Sequence[Any]:
    value = request.get(field)
    if not isinstance(value, list) or len(value) > REQUEST_ITEMS:
        raise _BadRequest(field)
    return value


def _texts(request: Request, field: str, *, optional: bool = False) -> tuple[str, ...]:
    if optional and request.get(field) is None:
        return ()
    values = _list(request, field)
    if not all(isinstance(value, str) and len(value) <= REQUEST_TEXT_CHARACTERS for value in values):
        raise _BadRequest(field)
    return tuple(values)


def _texts_by_name(request: Request, field: str) -> dict[str, str]:
    values = {} if request.get(field) is None else request[field]
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise _BadRequest(field)
    return dict(values)
