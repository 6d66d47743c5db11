"""A calculator over the catalogue: value, gradient and exact value of any expression, at named values."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studyapp.domain.expression import Call, Name, Node, names_in
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import FLOATS, Inexact, Problem, Value
from studyapp.engine.algebras.exact import FRACTIONS, symbolic
from studyapp.engine.catalogue.entry import Reduction
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.interpretation import MISFITS, evaluate, option_value, written_out

MOST_WRITTEN_OUT = 400  # elements up to which an expression without a gradient of its own is differentiated as a tree
MOST_EXACT = 400


@dataclass(frozen=True, slots=True)
class Result:
    """Values ready for JSON: numbers, nested lists, truth values, words; what is not finite is a word."""

    value: Any
    gradient: Any = None
    exact: Any = None
    finite: bool = True


def compute(
    expression: Node, values: Mapping[str, Node], gradient: str | None = None, *, exact: bool = False
) -> Result:
    """The value of an expression; on demand its gradient by one of the names, and SymPy's exact value.

    The gradient is the catalogue's where the expression is one of its functions applied to that name, else the tree's
    derivative; of a vector it is one row an entry. Raises `Problem`.
    """
    floats = {name: evaluate(value, {}, FLOATS) for name, value in values.items()}
    if gradient is not None and gradient not in floats:
        raise Problem(f"there is no value to differentiate by: {gradient!r}")
    try:
        together = None if gradient is None else _by_catalogue(expression, gradient, floats)
        value, slope = together or (
            evaluate(expression, floats, FLOATS),
            None if gradient is None else _by_trees(expression, gradient, floats),
        )
    except Problem:
        raise
    except Inexact as error:
        raise Problem(str(error)) from error
    except MISFITS as error:
        raise Problem(f"this cannot be computed: {error}") from error
    return Result(
        _plain(value),
        None if slope is None else _plain(slope),
        _exact(expression, values) if exact else None,
        _finite(value) and (slope is None or _finite(slope)),
    )


def _by_trees(expression: Node, by: str, floats: Mapping[str, Value]) -> Value:
    if sum(np.size(value) for value in floats.values() if not isinstance(value, str)) > MOST_WRITTEN_OUT:
        raise Problem(f"more than {MOST_WRITTEN_OUT} elements to differentiate by trees")
    if not np.shape(evaluate(expression, floats, FLOATS)):
        return evaluate(Call("D", (expression, Name(by))), floats, FLOATS)
    entries = np.ravel(written_out(expression, floats))
    return np.array([evaluate(Call("D", (entry, Name(by))), floats, FLOATS) for entry in entries])


def _by_catalogue(expression: Node, by: str, floats: Mapping[str, Value]) -> tuple[Value, Value] | None:
    """Value and gradient of the catalogue, where the expression is one function and the name one of its arguments."""
    if not isinstance(expression, Call) or expression.function not in CATALOGUE:
        return None
    entry = CATALOGUE[expression.function]
    positions = [i for i, argument in enumerate(expression.arguments) if by in names_in(argument)]
    if any(by in names_in(value) for _, value in expression.options) or len(positions) != 1:
        return None
    position = positions[0]
    argument = expression.arguments[position]
    name = entry.argument_names[position] if position < len(entry.argument_names) else ""
    if argument != Name(by) or name not in entry.gradients:
        return None
    arguments = [evaluate(operand, floats, FLOATS) for operand in expression.arguments]
    options = {key: option_value(value, floats, FLOATS) for key, value in expression.options}
    unreduced = isinstance(options.get("reduction"), str) and options["reduction"] == Reduction.NONE
    if entry.reduction is not None and not unreduced:
        return entry.value_and_gradient(name, arguments, options)
    value = entry.evaluate(FLOATS, arguments, options)
    return None if np.ndim(value) else (value, entry.gradient_of(name, arguments, options))


def _exact(expression: Node, values: Mapping[str, Node]) -> Any:
    """SymPy's value from exact numbers, as text; a vector as a list of texts."""
    algebra = symbolic()
    given = {}
    for name, value in values.items():
        try:
            rational = evaluate(value, {}, FRACTIONS)
            given[name] = np.frompyfunc(algebra.number, 1, 1)(rational) if not isinstance(rational, str) else rational
        except Inexact:
            given[name] = evaluate(value, {}, algebra)
    if sum(np.size(value) for value in given.values()) > MOST_EXACT:
        raise Problem(f"more than {MOST_EXACT} elements for an exact value")
    return _texts(evaluate(expression, given, algebra))


def _texts(value: Value) -> Any:
    if isinstance(value, np.ndarray):
        return [_texts(entry) for entry in value]
    try:
        return str(value)
    except ValueError as error:  # Python writes integers of 4,300 digits at most
        raise Problem("an exact value has too many digits") from error


def _finite(value: Value) -> bool:
    return isinstance(value, str) or bool(np.all(np.isfinite(np.asarray(value, dtype=np.float64))))


def _plain(value: Value) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(entry) for entry in value]
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return bool(value)
    number = float(value)
    return number if np.isfinite(number) else str(number)  # "nan", "inf", "-inf"
