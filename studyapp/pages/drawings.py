"""What the fields of a figure may hold: curves with labels, the span shown, a parameter, a descent, a training run."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from studyapp.domain.document import Descent, Parameter, Training
from studyapp.domain.exercise import Binding
from studyapp.domain.limits import DESCENT_STEPS, FIGURE_CHOICES, LABEL_CHARACTERS, TRAINING_EPOCHS, TRAINING_UNITS
from studyapp.pages.derivations import filled, read_rate, values_of
from studyapp.pages.facts import Mapping, Scalar, Value
from studyapp.pages.readers import (
    Reader,
    is_symbol,
    list_of,
    named,
    read_expression,
    read_interval,
    read_text,
    whole,
)
from studyapp.pages.report import Report

SMALLEST_BATCH, LARGEST_BATCH = 4, 1438
"""A batch of 4 keeps an epoch short; 1438 of the digits are learnt from."""
_NUMBER = re.compile(r"-?(?:\d{1,6}(?:\.\d{1,12})?|\.\d{1,12})")


def is_label(name: str) -> bool:
    """Whether a text can name a curve in the legend."""
    return 0 < len(name) <= LABEL_CHARACTERS and name.isprintable()


def read_curves(value: Value, report: Report) -> tuple[Binding, ...] | None:
    """Expressions, each with its label or without labels; at least one."""
    read = named(is_label) if isinstance(value, Mapping) else list_of(read_expression)
    found: tuple[Binding, ...] | None = filled(read)(value, report)
    return found


def read_span(value: Value, report: Report) -> tuple[float, float] | None:
    """The interval that the upright axis shows."""
    scalar = read_text(value, report)
    ends = None if scalar is None else read_interval(scalar, report)
    return None if ends is None else (float(ends[0]), float(ends[1]))


def read_parameter(value: Value, report: Report) -> Parameter | None:
    """One name with the numbers it takes."""
    if not isinstance(value, Mapping):
        report.add(value.start, "not-named-values")
        return None
    if len(value.entries) != 1:
        report.add(value.start, "out-of-range", str(len(value.entries)), low=1, high=1)
        return None
    (name, inner) = value.entries[0]
    if not is_symbol(name.value):
        report.add(name.start, "bad-name", name.value)
        return None
    numbers = _several(_number)(inner, report)
    return None if numbers is None else Parameter(name.value, numbers)


def read_descent(value: Value, report: Report) -> Descent | None:
    """Where a descent starts, at which rates, and for how many steps."""
    found = _complete(value, _DESCENT, report)
    if found is None:
        return None
    return Descent(found["start"], tuple(float(rate) for rate in found["rates"]), found["steps"])


def read_training(value: Value, report: Report) -> Training | None:
    """The network that is trained on the digits, and how."""
    found = _complete(value, _TRAINING, report)
    if found is None:
        return None
    return Training(found["hidden"], float(found["rate"]), found["batches"], found["epochs"])


def _complete(value: Value, readers: dict[str, Reader], report: Report) -> dict[str, Any] | None:
    found = values_of(value, readers, report)
    if found is None:
        return None
    missing = [name for name in readers if name not in found]
    for name in missing:
        report.add(value.start, "missing-field", name)
    return None if missing else found


def _several(read: Reader) -> Reader:
    """The reader of a list of a few values."""

    def read_several(value: Value, report: Report) -> Any:
        found = filled(list_of(read))(value, report)
        if found is not None and len(found) > FIGURE_CHOICES:
            report.add(value.start, "out-of-range", str(len(found)), low=1, high=FIGURE_CHOICES)
            return None
        return found

    return read_several


def _number(value: Value, report: Report) -> float | None:
    scalar = read_text(value, report)
    if scalar is None:
        return None
    if not _NUMBER.fullmatch(scalar.value):
        report.add(scalar.start, "not-a-number", scalar.value)
        return None
    return float(Decimal(scalar.value))


def _start(value: Value, report: Report) -> tuple[float, ...] | None:
    """A number, or a list of two."""
    if isinstance(value, Scalar):
        number = _number(value, report)
        return None if number is None else (number,)
    found: tuple[float, ...] | None = _several(_number)(value, report)
    return found


_DESCENT: dict[str, Reader] = {"start": _start, "rates": _several(read_rate), "steps": whole(1, DESCENT_STEPS)}
_TRAINING: dict[str, Reader] = {
    "hidden": _several(whole(1, TRAINING_UNITS)),
    "rate": read_rate,
    "batches": _several(whole(SMALLEST_BATCH, LARGEST_BATCH)),
    "epochs": whole(1, TRAINING_EPOCHS),
}
