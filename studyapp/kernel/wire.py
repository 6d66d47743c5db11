"""Values as JSON lines and back: dataclasses carry their name, everything else is what JSON knows.

Reading is by the declared types of the fields, so that nothing but the values listed here can come out of a line.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

from studyapp.domain import document, exercise, figure, place, question, source, verdict
from studyapp.kernel.requests import Descend, Draw, Grade, Lint, Plot, Prove, Read, Reckon, Survey, Train, Walk

TYPES: Mapping[str, type] = {
    one.__name__: one
    for one in (
        Draw,
        Grade,
        Prove,
        Plot,
        Survey,
        Descend,
        Train,
        Walk,
        Reckon,
        Read,
        question.Reckoned,
        Lint,
        figure.Training,
        question.Surveyed,
        question.Descended,
        question.Trained,
        question.Plotted,
        question.Question,
        question.Undrawable,
        question.Proof,
        question.Route,
        question.ShownOption,
        question.Step,
        question.Stop,
        question.Walked,
        question.KnownMistake,
        question.NumberKey,
        question.VectorKey,
        question.ExpressionKey,
        question.ChoiceKey,
        question.OrderKey,
        question.TermKey,
        document.Documents,
        document.Text,
        document.Strong,
        document.Emphasis,
        document.CodeSpan,
        document.Math,
        document.Link,
        document.Break,
        document.Heading,
        document.Paragraph,
        document.MathBlock,
        document.CodeBlock,
        document.List,
        document.Quotation,
        document.Table,
        document.ThematicBreak,
        exercise.Convention,
        place.Place,
        place.Complaint,
        place.Findings,
        source.PageSource,
        verdict.Verdict,
    )
}
TAG = "$"


def encode(value: object) -> str:
    """One line of JSON."""
    return json.dumps(_jsonable(value), ensure_ascii=False, separators=(",", ":"))


def decode(line: str) -> Any:
    """The value of a line. Raises `ValueError` where it is none of ours."""
    return _value(json.loads(line))


def _jsonable(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {TAG: type(value).__name__, **fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_jsonable(one) for one in value]
    if isinstance(value, dict):
        return {name: _jsonable(one) for name, one in value.items()}
    return value


def _value(data: Any) -> Any:
    if not isinstance(data, dict) or data.get(TAG) not in TYPES:
        raise ValueError(f"not a value of the kernel: {str(data)[:80]}")
    made = TYPES[data[TAG]]
    hints = _hints(made)
    if set(data) - {TAG} - hints.keys():
        raise ValueError(f"unknown fields of {made.__name__}")
    return made(**{name: _field(data[name], hints[name]) for name in data if name != TAG})


@cache
def _hints(made: type) -> dict[str, Any]:
    return typing.get_type_hints(made)


def _field(data: Any, hint: Any) -> Any:
    if isinstance(data, dict) and TAG in data:
        return _value(data)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        options = [one for one in typing.get_args(hint) if one is not type(None)]
        return None if data is None else _field(data, options[0])
    if origin is tuple:
        return tuple(_field(one, typing.get_args(hint)[0]) for one in data)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    return data
