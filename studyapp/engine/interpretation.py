"""The meaning of a tree in an algebra: one interpreter for floats, 50 digits, fractions, SymPy and trees."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction
from inspect import signature
from math import prod
from typing import Any

import numpy as np

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Slice,
    Vector,
    Word,
    names_in,
)
from studyapp.domain.functions import ELSEWHERE
from studyapp.engine.algebras.algebra import FLOATS, Algebra, Inexact, Problem, Value, vectorised
from studyapp.engine.algebras.arrays import bounded, stacked, together
from studyapp.engine.algebras.exact import FRACTIONS, RESIDUES
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.algebras.trees import Term, Trees, as_terms, differentiate, tree_of
from studyapp.engine.catalogue.families import CATALOGUE

Environment = Mapping[str, Value]  # what names stand for: values of the algebra in use, or words (`str`)


class Metered(dict[str, Value]):
    """Values by name for an expression of so many nodes, and who pays for an array that is larger than all of them."""

    def __init__(self, values: Mapping[str, Value], largest: int, nodes: int, spend: Callable[[int], None]) -> None:
        super().__init__(values)
        self._largest, self._nodes, self._spend = largest, nodes, spend

    def pay(self, size: int) -> None:
        """Spend what the expression costs more where there is an array of that size in it."""
        if size > self._largest:
            self._spend(self._nodes * (size - self._largest))
            self._largest = size


def _pay(size: int, environment: Environment) -> None:
    if isinstance(environment, Metered):
        environment.pay(size)


CONSTANTS = ("e", "pi")
MOST_PLACES = 10_000  # before or after the point of an exact value: exp(1e9) would fit no memory
MISFITS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, SystemError)
"""What Python and NumPy raise for values that do not go together; the language has no types of its own.

`np.dot` of objects raises SystemError where the product of two of them raises anything.
"""

_EVERY = vectorised(bool, 1)


def evaluate(node: Node, environment: Environment, algebra: Algebra) -> Value:
    """The value of a tree.

    Returns an element of the algebra, an array of elements, a truth value, or a word. Raises `Problem` for an unknown
    name or function, shapes that do not fit, an index outside its vector, and values that cannot go together (a word
    in a sum, a condition where a number is needed).
    """
    try:
        if algebra is FRACTIONS or algebra is RESIDUES:  # whole numbers never warn
            return _meaning(node, environment, algebra)
        with np.errstate(all="ignore"):  # what is not finite is a value (`inf`, `nan`), not a warning
            return _meaning(node, environment, algebra)
    except (Problem, Inexact):
        raise
    except MISFITS as error:
        raise Problem(f"this cannot be computed: {error}") from error


def _meaning(node: Node, environment: Environment, algebra: Algebra) -> Value:
    if isinstance(node, Binary):  # the most frequent first, without patterns: they take twice as long
        first, second = _meaning(node.left, environment, algebra), _meaning(node.right, environment, algebra)
        if type(first) is np.ndarray and type(second) is np.ndarray and first.shape != second.shape:
            _pay(prod(together(first, second)), environment)
        return _binary(node.operator, first, second, algebra)
    if isinstance(node, Name):
        return environment[node.name] if node.name in environment else _constant(node.name, algebra)
    if isinstance(node, Number):
        return algebra.number(node.value)
    match node:
        case Call():
            return _call(node, environment, algebra)
        case Negate(operand):
            return -_meaning(operand, environment, algebra)
        case Comparison(relation, left, right):
            first, second = _meaning(left, environment, algebra), _meaning(right, environment, algebra)
            _pay(prod(together(first, second)), environment)
            return algebra.compare(relation, first, second)
        case Logical(operator, left, right):
            first = holds(_meaning(left, environment, algebra))
            return first if first == (operator == "or") else holds(_meaning(right, environment, algebra))
        case Not(operand):
            return not holds(_meaning(operand, environment, algebra))
        case Index(target, indices):
            return _entries(_meaning(target, environment, algebra), indices, environment, algebra)
        case Vector(items):
            return _stack([_meaning(item, environment, algebra) for item in items], algebra)
        case Word(text):
            return text
        case Slice():
            raise Problem("a slice belongs into an index")


def _constant(name: str, algebra: Algebra) -> Value:
    if name not in CONSTANTS:
        raise Problem(f"unknown name {name!r}")
    return algebra.constant(name)


def holds(condition: Value) -> bool:
    """Whether a condition is true, for vectors: everywhere."""
    if isinstance(condition, bool):
        return condition
    return bool(np.all(_EVERY(condition)))


def written_out(node: Node, environment: Environment) -> Value:
    """The expression over single elements, elementary operations only: a tree, or an array of trees.

    Names that the environment does not know stay plain symbols.
    """
    free = {name: Term(Name(name)) for name in names_in(node) - environment.keys() - set(CONSTANTS)}
    terms = {name: as_terms(name, value) for name, value in environment.items()}
    algebra = Trees(lambda whole: FLOATS.integer(evaluate(whole, environment, FLOATS)))
    return vectorised(tree_of, 1)(evaluate(node, {**free, **terms}, algebra))


def derivative_of(node: Node, by: Node, environment: Environment) -> Value:
    """The derivative by a symbol, an entry (`y[1]`) or a whole vector: a tree, or an array of trees."""
    formula = written_out(node, environment)
    if isinstance(formula, np.ndarray):
        raise Problem("D differentiates one number, not a vector")
    return vectorised(lambda target: differentiate(formula, target), 1)(written_out(by, environment))


def _binary(operator: str, left: Value, right: Value, algebra: Algebra) -> Value:
    if operator == "*":
        return left * right
    if operator == "+":
        whole = left + right
        # Truth values count as 1 and 0; NumPy's sum of two is only whether one holds.
        return left * 1.0 + right if getattr(whole, "dtype", None) == np.bool_ else whole
    if operator == "-":
        return left - right
    return algebra.divide(left, right) if operator == "/" else algebra.power(left, right)


def _entries(target: Value, indices: tuple[Node, ...], environment: Environment, algebra: Algebra) -> Value:
    """Entries by places from 0, slices, and vectors of places; from the end only where a minus sign is written."""
    shape = np.shape(target)
    if len(indices) > len(shape):
        raise Problem(f"{len(indices)} indices are too many for the shape {shape}")
    places = [_places(index, size, environment, algebra) for index, size in zip(indices, shape, strict=False)]
    together(*places)
    return target[tuple(places)]


def _places(index: Node, size: int, environment: Environment, algebra: Algebra) -> Any:
    """What NumPy takes for one axis of that size."""
    if isinstance(index, Slice):
        ends = (index.start, index.stop, index.step)
        start, stop, step = (None if end is None else _place(end, environment, algebra) for end in ends)
        if step == 0:
            raise Problem("the step of a slice is not 0")
        return slice(start, stop, step)
    value = _meaning(index, environment, algebra)
    least = -size if isinstance(index, Negate) else 0
    if not isinstance(value, np.ndarray):
        place = _written_place(index, algebra.integer(value))
        if not least <= place < size:
            raise Problem(f"index {place} is outside an axis of {size}")
        return place
    places = np.array([algebra.integer(place) for place in value.ravel()], dtype=np.intp).reshape(value.shape)
    if np.any(places >= size) or np.any(places < least):
        raise Problem(f"index {places.tolist()} is outside an axis of {size}")
    return places


def _place(node: Node, environment: Environment, algebra: Algebra) -> int:
    return _written_place(node, algebra.integer(_meaning(node, environment, algebra)))


def _written_place(node: Node, place: int) -> int:
    """The place; raises `Problem` where it is below 0 without a minus sign: there a mistake would pass unnoticed."""
    if place < 0 and not isinstance(node, Negate):
        raise Problem(f"a place below 0 is written with a minus sign, found {place}")
    return place


def _stack(items: list[Value], algebra: Algebra) -> Value:
    shapes = {np.shape(item) for item in items}
    if len(shapes) > 1:
        raise Problem(f"rows of different shapes: {' and '.join(map(str, sorted(shapes)))}")
    bounded((len(items), *(shapes.pop() if items else ())))
    if algebra.name == "numpy":
        return np.array(items, dtype=np.float64)
    return stacked(*items)


def _call(call: Call, environment: Environment, algebra: Algebra) -> Value:
    function = environment.get(call.function, call.function)
    if not isinstance(function, str):
        raise Problem(f"{call.function!r} is a value, not a function")
    if function in _SPECIAL:
        return _SPECIAL[function](call, environment, algebra)
    arguments = [_meaning(argument, environment, algebra) for argument in call.arguments]
    options = {name: option_value(value, environment, algebra) for name, value in call.options}
    if function in FUNCTIONS:
        value = _applied(function, algebra, arguments, options)
        if isinstance(value, np.ndarray):
            _pay(value.size, environment)
        return value
    if function in CATALOGUE:
        return CATALOGUE[function].evaluate(algebra, arguments, options)
    if function in ELSEWHERE:
        raise Problem(f"unknown function {function!r}: write {ELSEWHERE[function]}")
    raise Problem(f"unknown function {function!r}")


def _applied(function: str, algebra: Algebra, arguments: list[Value], options: dict[str, Any]) -> Value:
    try:
        return FUNCTIONS[function](algebra, *arguments, **options)
    except TypeError as error:
        if any(isinstance(value, str) for value in (*arguments, *options.values())):
            raise Problem(f"{function} takes numbers, not words") from error
        try:
            signature(FUNCTIONS[function]).bind(algebra, *arguments, **options)
        except TypeError:
            raise Problem(f"{function} does not take {len(arguments)} values, or one of its options") from error
        raise


def option_value(node: Node, environment: Environment, algebra: Algebra) -> Any:
    """An option's value; a name that has no value is a word (`reduction=sum`)."""
    if isinstance(node, Name) and node.name not in environment and node.name not in CONSTANTS:
        return node.name
    return _meaning(node, environment, algebra)


def _choice(call: Call, environment: Environment, algebra: Algebra) -> Value:
    if len(call.arguments) != 3 or call.options:
        raise Problem("if takes a condition and two values")
    condition, yes, no = (_meaning(argument, environment, algebra) for argument in call.arguments)
    _pay(prod(together(condition, yes, no)), environment)
    return algebra.where(condition, yes, no)


def _derivative(call: Call, environment: Environment, algebra: Algebra) -> Value:
    if len(call.arguments) != 2:
        raise Problem("D takes a formula and the symbol to differentiate by")
    derivative = derivative_of(call.arguments[0], call.arguments[1], environment)
    if isinstance(derivative, np.ndarray):
        slopes = [evaluate(slope, environment, algebra) for slope in derivative.ravel()]
        return _stack(slopes, algebra).reshape(derivative.shape)
    return evaluate(derivative, environment, algebra)


_SPECIAL: dict[str, Callable[[Call, Environment, Algebra], Value]] = {"if": _choice, "D": _derivative}


def exact_entries(node: Node, known: Environment) -> list[Fraction] | None:
    """The exact entries of a number, a vector or a matrix; None where they are not all rational."""
    with suppress(Inexact, Problem, TypeError):
        entries = np.ravel(np.asarray(evaluate(node, known, FRACTIONS), dtype=object)).tolist()
        return entries if all(isinstance(entry, Fraction) for entry in entries) else None
    return None


def is_met(condition: Node, known: Environment) -> bool:
    """Whether a condition holds for exact values; where it has no value it does not."""
    with suppress(Inexact, Problem, TypeError):
        return holds(evaluate(condition, known, FRACTIONS))
    return False


def exact_value(node: Node, known: Environment | None = None) -> Fraction | None:
    """The value of an expression: exact where it is rational, to 50 digits otherwise; None where it has none."""
    from studyapp.engine.algebras.precision import DIGITS, careful, decimal_of

    with suppress(Inexact, Problem, TypeError):
        value = evaluate(node, known or {}, FRACTIONS)
        return value if isinstance(value, Fraction) else None
    algebra = careful(DIGITS[0])
    try:
        value = evaluate(node, {name: algebra.number(number) for name, number in (known or {}).items()}, algebra)
    except (TypeError, ValueError):  # `Problem` is a ValueError
        return None
    decimal = decimal_of(value) if isinstance(value, algebra.context.mpf) else None
    return None if decimal is None or abs(decimal.adjusted()) > MOST_PLACES else Fraction(decimal)
