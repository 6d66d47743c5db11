"""SymPy's route to a key: the formula is derived once for values of one shape, then only computed."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from studyapp.domain.exercise import Binding, Key
from studyapp.domain.expression import Call, Comparison, Name, Node, children, walk, with_children
from studyapp.engine.algebras.algebra import FLOATS, Problem, Value
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions.values import Values, holds_integers

MOST_SHAPES = 24  # shapes of one exercise for which a formula is derived; drawings of further shapes are not recomputed
LARGEST_FORMULA = 20_000  # operations in a formula that is worth compiling

Formula = Callable[..., list[Any]]
_NO_VALUE = (ArithmeticError, ValueError, TypeError, NameError)
"""What a compiled formula raises where it has no value that is a number."""


MOST_SYMBOLS, MOST_CHOSEN = 16, 6
"""Drawn entries, of any formula and of one that chooses among them, above which whole numbers are taken as they are.

SymPy keeps every order of symbols as a case of its own: nine that are counted or sorted take it minutes.
"""
_CHOOSING = frozenset(
    {"if", "min", "max", "minimum", "maximum", "sort", "argsort", "argmin", "argmax", "median", "count", "any", "all"}
)


class Formulas:
    """SymPy's formulas of the entries of a key, compiled for floats, and for 50 digits where somebody asks."""

    def __init__(self, arguments: list[Any], entries: list[Any]) -> None:
        import sympy

        self.floats: Formula = sympy.lambdify(arguments, entries, modules="math", cse=True)
        self._arguments, self._entries = arguments, entries

    @cached_property
    def precise(self) -> Formula:
        """The same over mpmath."""
        import sympy

        precise: Formula = sympy.lambdify(self._arguments, self._entries, modules="mpmath", cse=True)
        return precise


class SymbolicRoute:
    """The key of one exercise by SymPy, with derivatives of its own; `None` where SymPy has no formula."""

    def __init__(self, key: Key) -> None:
        self._answer = key.answer
        needed = _mentioned(key.answer.expression) if key.answer else set()
        self._let: list[Binding] = []
        for binding in reversed(key.let):
            if binding.name in needed:
                self._let.insert(0, binding)
                needed |= _mentioned(binding.expression)
        self._names = [binding.name for binding in (*key.draw, *key.given) if binding.name in needed]
        trees = [binding.expression for binding in (*self._let, *([key.answer] if key.answer else []))]
        self._most_symbols = MOST_CHOSEN if any(map(_chooses, trees)) else MOST_SYMBOLS
        self._formulas: dict[tuple[Any, ...], Formulas | None] = {}
        self._integers_are_symbols = True

    def value(self, values: Values, *, digits: int | None = None) -> list[Any] | None:
        """The entries of the key for drawn values, as floats, or with `digits` as numbers of mpmath."""
        leaves = self._leaves(values)
        formulas = None if leaves is None else self._formula(leaves)
        if leaves is None or formulas is None:
            return None
        given = [entry for name in leaves if name not in self._fixed(leaves) for entry in np.ravel(leaves[name])]
        try:
            if digits is None:
                return [float(entry) for entry in formulas.floats(*map(float, given))]
            return _precisely(formulas.precise, given, digits)
        except _NO_VALUE:
            return None

    def exactly(self, values: Values) -> list[Any] | None:
        """The entries over SymPy's rational numbers, which meet a tie of a rounding or a comparison exactly."""
        leaves = self._leaves(values)
        formulas = None if leaves is None else self._derived(leaves, leaves)
        try:
            return None if formulas is None else [float(entry) for entry in formulas.floats()]
        except _NO_VALUE:
            return None

    def _leaves(self, values: Values) -> dict[str, Value] | None:
        """The drawn and given values that the key needs; None where one has no exact value."""
        if not values.exact.keys() >= set(self._names):
            return None
        return {name: values.exact[name] for name in self._names}

    def _fixed(self, leaves: Mapping[str, Value]) -> dict[str, Value]:
        """The values that are part of the shape: words, and whole numbers where they count or index."""
        return {
            name: value
            for name, value in leaves.items()
            if _is_word(value) or (not self._integers_are_symbols and holds_integers(value))
        }

    def _formula(self, leaves: Mapping[str, Value]) -> Formulas | None:
        fixed = self._fixed(leaves)
        shape = tuple(
            (name, tuple(np.ravel(value)) if name in fixed else np.shape(value)) for name, value in leaves.items()
        )
        if shape not in self._formulas:
            if len(self._formulas) >= MOST_SHAPES:
                return None
            formulas = self._derived(leaves, fixed)
            if formulas is None and self._integers_are_symbols:
                self._integers_are_symbols = False
                return self._formula(leaves)
            self._formulas[shape] = formulas
        return self._formulas[shape]

    def _derived(self, leaves: Mapping[str, Value], fixed: Mapping[str, Value]) -> Formulas | None:
        """SymPy's formulas of the entries, over symbols for all values but the fixed ones; None where it has none."""
        import sympy

        number = symbolic().number
        environment = {
            name: (value if _is_word(value) else np.frompyfunc(number, 1, 1)(value))
            if name in fixed
            else _symbols(name, np.shape(value))
            for name, value in leaves.items()
        }
        arguments = [entry for name in leaves if name not in fixed for entry in np.ravel(environment[name])]
        if self._integers_are_symbols and len(arguments) > self._most_symbols:
            return None
        try:
            for binding in self._let:
                environment[binding.name] = _interpreted(binding.expression, environment)
            answer = self._answer
            entries = list(np.ravel(_interpreted(answer.expression, environment))) if answer else []
        except (Problem, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
            return None
        formulas = [sympy.sympify(entry) for entry in entries]
        if not formulas or sum(entry.count_ops() for entry in formulas) > LARGEST_FORMULA:
            return None
        return Formulas(arguments, formulas)


def _chooses(node: Node) -> bool:
    """Whether the value depends on an order of others."""
    return any(
        isinstance(part, Comparison) or (isinstance(part, Call) and part.function in _CHOOSING) for part in walk(node)
    )


def _mentioned(node: Node) -> set[str]:
    """The names in a tree, those of functions included."""
    parts = list(walk(node))
    return {part.name for part in parts if isinstance(part, Name)} | {
        part.function for part in parts if isinstance(part, Call)
    }


def float_route(key: Key, values: Values) -> list[float]:
    """The entries of the key by NumPy."""
    if key.answer is None:
        return []
    return [float(entry) for entry in np.ravel(evaluate(key.answer.expression, values.floats, FLOATS))]


def _precisely(formula: Formula, given: list[Value], digits: int) -> list[Any]:
    import mpmath

    with mpmath.workdps(digits):
        return list(formula(*(mpmath.mpf(entry.numerator) / entry.denominator for entry in given)))


def _interpreted(node: Node, environment: Mapping[str, Value]) -> Value:
    """The value over SymPy, with SymPy's own derivative where the tree says `D`."""
    known = dict(environment)

    def differentiated(part: Node) -> Node:
        """The outermost derivatives as names; those within them are taken with them."""
        if not isinstance(part, Call) or part.function != "D" or len(part.arguments) != 2:
            return with_children(part, [differentiated(child) for child in children(part)])
        name = f"derivative {len(known)}"
        known[name] = _derivative(part.arguments[0], part.arguments[1], environment)
        return Name(name)

    return evaluate(differentiated(node), known, symbolic())


def _derivative(formula: Node, by: Node, environment: Mapping[str, Value]) -> Value:
    """The partial derivative: what other names stand for is put in afterwards."""
    import sympy

    free = {name: value if _is_word(value) else _symbols(name, np.shape(value)) for name, value in environment.items()}
    values = {
        symbol: entry
        for name, symbols in free.items()
        if not _is_word(symbols)
        for symbol, entry in zip(np.ravel(symbols), np.ravel(environment[name]), strict=True)
    }
    whole = _interpreted(formula, free)
    targets = evaluate(by, free, symbolic())
    return np.frompyfunc(lambda target: sympy.diff(whole, target).xreplace(values), 1, 1)(targets)


def _symbols(name: str, shape: tuple[int, ...]) -> Value:
    import sympy

    if not shape:
        return sympy.Symbol(name, real=True)
    symbols = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        symbols[place] = sympy.Symbol(f"{name}[{','.join(map(str, place))}]", real=True)
    return symbols


def _is_word(value: Value) -> bool:
    first = value.flat[0] if isinstance(value, np.ndarray) and value.size else value
    return isinstance(first, str)
