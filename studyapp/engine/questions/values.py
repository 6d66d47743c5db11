"""The values of one drawing, three ways: exact where they are, with 50 digits, and as floats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from studyapp.domain.exercise import Binding, Hole
from studyapp.domain.expression import Call, Name, Node, children, walk
from studyapp.domain.functions import ROWS
from studyapp.domain.limits import DERIVATIVE_ORDER, QUESTION_WORK
from studyapp.domain.place import Place
from studyapp.domain.question import AnswerKey, ShownOption, Step
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import FLOATS, Inexact, Problem, Value
from studyapp.engine.algebras.arrays import stacked
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.catalogue.entry import Shape
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.interpretation import Metered, evaluate, holds
from studyapp.engine.questions.randomness import Drawn


@dataclass(frozen=True, slots=True)
class Rejected:
    """A drawing refused: a stable code, what was found, where the reason is written.

    `final` marks a fault of the key, which no redraw will mend. Where two routes to the key disagree, `answer` and
    `other` are their values, and `point` the values of the symbols where formulas were compared.
    """

    code: str
    detail: str
    place: Place
    final: bool = False
    answer: str = ""
    other: str = ""
    point: str = ""


class TooMuchWork(Problem):
    """A question would cost more than any question should."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a kind makes of drawn values: the key, the answer as it is typed, and the living mistakes (name, text).

    `given` and `solution` are what the engine adds to the author's sentences, `network` a drawn network as JSON.
    """

    key: AnswerKey
    answer: str
    mistakes: tuple[tuple[str, str], ...] = ()
    options: tuple[ShownOption, ...] = ()
    steps: tuple[Step, ...] = ()
    network: dict[str, Any] | None = None
    given: str = ""
    solution: str = ""


def stepwise(steps: Sequence[Step], **drawn: Any) -> Draft:
    """The key of a derivation: that of its last step, and an answer with one line for each."""
    return Draft(steps[-1].key, "\n".join(step.answer for step in steps), steps=tuple(steps), **drawn)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of an expression before its names have values."""

    names: frozenset[str]
    nodes: int
    pairs: bool


@dataclass(slots=True)
class Budget:
    """What is left of the work that a question may cost, over all its redraws."""

    left: int = QUESTION_WORK

    def spend(self, plan: Plan, largest: int) -> None:
        """Take what evaluating an expression costs, where no name has more than `largest` elements."""
        self.take(plan.nodes * largest * (largest if plan.pairs else 1))

    def take(self, work: int) -> None:
        """Take so many operations; raises `TooMuchWork` where too few are left."""
        self.left -= work
        if self.left < 0:
            raise TooMuchWork(f"more than {QUESTION_WORK} operations")


@lru_cache(maxsize=4096)
def plan_of(node: Node) -> Plan:
    """The plan of an expression; raises `TooMuchWork` for derivatives nested too deeply."""
    parts = tuple(walk(node))
    calls = [part for part in parts if isinstance(part, Call)]
    if any(call.function == "D" for call in calls) and _order(node) > DERIVATIVE_ORDER:
        raise TooMuchWork(f"more than {DERIVATIVE_ORDER} derivatives")
    names = frozenset(part.name for part in parts if isinstance(part, Name))
    pairing = PAIRING | {name for name, entry in CATALOGUE.items() if entry.shape == Shape.WHOLE}
    return Plan(names, len(parts), any(call.function in pairing for call in calls))


def _order(node: Node) -> int:
    """How many derivatives are within each other."""
    inner = max(map(_order, children(node)), default=0)
    return inner + (isinstance(node, Call) and node.function == "D")


PAIRING = frozenset(row.name for row in ROWS if row.growth == "pairs")
PRECISE = high_precision()
MOST_BITS = 8192  # bits of an exact value that is worth keeping exact; a longer one is known to 50 digits
LARGEST_EXPONENT = 20_000  # binary exponent of a number that anybody could write out


@dataclass(slots=True)
class Values:
    """What the names of a drawing stand for. `exact` lacks the names whose values are not rational."""

    exact: dict[str, Value] = field(default_factory=dict)
    floats: dict[str, Value] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    source: Binding | Hole | None = None
    """What is being computed, for the message where it cannot be."""
    _precise: dict[str, Value] = field(default_factory=dict)
    _inexact: set[str] = field(default_factory=set)
    _largest: int = 1

    @property
    def precise(self) -> dict[str, Value]:
        """Every value with 50 digits; exact ones are converted when somebody asks, which is seldom."""
        for name in self.exact.keys() - self._precise.keys():
            self._precise[name] = _converted(self.exact[name], PRECISE.number)
        return self._precise

    def written(self, source: Binding | Hole) -> Node:
        """The expression of a line or a hole, which is what is computed from now on."""
        self.source = source
        return source.expression

    def bind_exact(self, name: str, value: Value) -> None:
        """Let a name stand for a word, an exact number or an array of them."""
        self._grow(value)
        self.exact[name] = value
        self._precise.pop(name, None)
        self._inexact.discard(name)
        self.floats[name] = _as_floats(value)

    def bind_inexact(self, name: str, precise: Value) -> None:
        """Let a name stand for a value of 50 digits."""
        self._keep(name, precise)
        self.floats[name] = _as_floats(precise)

    def _keep(self, name: str, precise: Value) -> None:
        self._grow(precise)
        self._precise[name] = precise
        if name not in self.exact:
            self._inexact.add(name)

    def _grow(self, value: Value) -> None:
        size = int(np.size(value))
        self._largest = max(self._largest, size)
        self.budget.take(8 * size)

    def bind(self, name: str, node: Node) -> None:
        """Let a name stand for what an expression gives."""
        exact = self.exactly(node)
        if exact is not None:
            self.bind_exact(name, exact)
        else:
            self._keep(name, self.precisely(node))
            self.floats[name] = evaluate(node, self.floats, FLOATS)

    def exactly(self, node: Node) -> Value | None:
        """The exact value of an expression, None where it has none."""
        plan = plan_of(node)
        if not self._inexact.isdisjoint(plan.names):
            return None
        try:
            value = evaluate(node, self._metered(plan, self.exact), FRACTIONS)
        except Inexact:
            return None
        return value if _is_handy(value) else None

    def precisely(self, node: Node) -> Value:
        """The value of an expression to 50 digits."""
        return evaluate(node, self._metered(plan_of(node), self.precise), PRECISE)

    def _metered(self, plan: Plan, values: Mapping[str, Value]) -> Metered:
        self.budget.spend(plan, self._largest)
        return Metered(values, self._largest, plan.nodes, self.budget.take)

    def best(self, node: Node) -> Value:
        """The exact value of an expression where it has one, else the one of 50 digits."""
        exact = self.exactly(node)
        return self.precisely(node) if exact is None else exact

    def meets(self, node: Node) -> bool:
        """Whether a condition holds, judged exactly or with 50 digits."""
        return holds(self.best(node))

    def as_json(self, names: Iterable[str]) -> dict[str, Any]:
        """The named values as numbers, words and lists."""
        return {name: _plain(self.floats[name]) for name in names}


def _is_handy(value: Value) -> bool:
    if isinstance(value, np.ndarray):
        return all(map(_is_handy, value.flat))
    return not isinstance(value, Fraction) or (
        value.numerator.bit_length() + value.denominator.bit_length() <= MOST_BITS
    )


def holds_integers(value: Value | None) -> bool:
    """Whether an exact value is a whole number, or an array of them."""
    entries = np.ravel(np.array(value, dtype=object))
    return all(isinstance(entry, Fraction) and entry.denominator == 1 for entry in entries)


def exact_value(drawn: Drawn) -> Value:
    """A drawn value as fractions."""
    if isinstance(drawn, str):
        return drawn
    if isinstance(drawn, Decimal):
        return Fraction(drawn)
    return stacked(*map(exact_value, drawn))


def fraction_of(value: Value) -> Fraction:
    """The exact fraction that a number of any algebra holds. Raises `Problem` where it is not finite."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int | Decimal):
        return Fraction(value)
    if isinstance(value, float | np.floating | np.integer):
        if not np.isfinite(value):
            raise Problem(f"the value is {value}")
        return Fraction(float(value))
    if not PRECISE.context.isfinite(value):
        raise Problem(f"the value is {value}")
    mantissa, exponent = PRECISE.context.mpf(value).man_exp
    if abs(exponent) > LARGEST_EXPONENT:
        raise Problem("the value is too large or too small to be written")
    size = -abs(int(mantissa)) if value < 0 else abs(int(mantissa))
    return Fraction(size << exponent) if exponent >= 0 else Fraction(size, 1 << -exponent)


def _converted(value: Value, convert: Any) -> Value:
    """Every number of a value converted; words stay as they are."""
    if not isinstance(value, np.ndarray):
        return value if isinstance(value, str) else convert(value)
    return np.frompyfunc(lambda entry: entry if isinstance(entry, str) else convert(entry), 1, 1)(value)


def _as_floats(value: Value) -> Value:
    converted = _converted(value, lambda x: np.float64(float(x)))
    if isinstance(converted, np.ndarray) and not (converted.size and isinstance(converted.flat[0], str)):
        return converted.astype(np.float64)
    return converted


def _plain(value: Value) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(entry) for entry in value]
    if isinstance(value, str):
        return value
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
