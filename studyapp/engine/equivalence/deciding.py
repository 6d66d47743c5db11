"""Whether two formulas mean the same on their symbols' domains.

Equal trees are equal. Otherwise the points of the domains decide, then, where a branch may change behind a kink, both
sides of every kink. The work is a fixed number of evaluations, so a verdict never depends on time.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Comparison, Logical, Node, substituted
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.precision import DIGITS
from studyapp.engine.algebras.trees import subtract
from studyapp.engine.equivalence import comparison
from studyapp.engine.equivalence.cells import Cells
from studyapp.engine.equivalence.comparison import Decision, Domain, State
from studyapp.engine.equivalence.polynomials import same_form
from studyapp.engine.equivalence.ranges import is_nowhere_defined
from studyapp.engine.equivalence.sampling import POINTS, Column, positive_in
from studyapp.engine.equivalence.setting import LARGEST_TREE, Formula, Setting
from studyapp.engine.equivalence.switches import Signs, Switches, branch
from studyapp.engine.interpretation import evaluate
from studyapp.engine.rewriting import size

__all__ = ["Decision", "Domain", "State", "compare", "decide"]


def decide(
    reference: Node,
    answer: Node,
    symbols: Mapping[str, SymbolDomain],
    given: Mapping[str, Node],
    functions: Sequence[str] = (),
    where: Sequence[Node] = (),
) -> Decision:
    """Whether an answer means the same as the reference; makes both ready for this one comparison."""
    try:
        setting = Setting(symbols, given, functions, where)
        return compare(Formula(reference, setting), Formula(answer, setting))
    except Problem:
        return comparison.UNDECIDED


def compare(reference: Formula, answer: Formula) -> Decision:
    """Whether an answer means the same as the reference of the same setting."""
    same = reference.tree == answer.tree
    if same and not is_nowhere_defined(reference.tree, reference.setting.boxes):
        return comparison.EQUAL
    decision = comparison.compared(reference, answer)
    if (
        np.count_nonzero(reference.defined & answer.defined) < comparison.CONFIRMED
        and decision.state != State.DIFFERENT
    ):
        far = comparison.compared(reference.far, answer.far)
        decision = decision if far.state == State.UNDECIDED else far
    match decision:
        case Decision(State.EQUAL) if reference.has_kinks or answer.has_kinks:
            return across_kinks(reference, answer, decision)
        case Decision(State.UNDECIDED, domain=Domain.SAME) if not same and same_form(reference.tree, answer.tree):
            return comparison.EQUAL
        case _:
            return decision


MOST_CELLS = 64  # cells that are compared; formulas with more are not decided
MOST_STEPS = 400  # choices of signs, of some switches or of all, that are looked at
MOST_SWITCHES = 24
CLIMBED = 6  # cells that points are sought in by climbing
POINTS_A_CELL = 3
CLIMBS = 30  # steps uphill, each half as long as the one before
STARTS = 6
_ROUNDING = Context(prec=40)

Floats = dict[str, Column]


def across_kinks(reference: Formula, answer: Formula, agreed: Decision) -> Decision:
    """The decision on two formulas that agree at the points of their setting."""
    difference = comparison.refuted(reference.far, answer.far)
    if difference is not None:
        return difference
    pair = _Pair(reference, answer)
    if len(pair.switches.conditions) > MOST_SWITCHES:
        return comparison.UNDECIDED
    difference = pair.on_whole_kinks()
    if difference is not None:
        return difference
    if pair.left == pair.right or same_form(pair.left, pair.right) or not pair.switches.conditions:
        return agreed
    return pair.decided(agreed)


def unsettled_kink(formula: Formula) -> Node | None:
    """What the formula compares with zero where one side could not be settled; None where all sides are known."""
    return _Pair(formula, formula).unsettled() if formula.has_kinks else None


class Explorer:
    """The points looked at so far, and the signs that every switch has at them."""

    def __init__(self, switches: Switches, setting: Setting) -> None:
        self.switches = switches
        self.sample = setting.sample
        self.domains = {domain.name: domain for domain in setting.sample.free}
        near, far = setting.sample.floats, setting.far.sample.floats
        self.free: Floats = {name: np.concatenate([near[name], far[name]]) for name in self.domains}
        self._ties = np.array(switches.ties, dtype=float)[:, np.newaxis]
        self.signs = self._signs_of(self.values(self.free))
        self._places: dict[Signs, list[int]] = {}
        self.seen: set[Signs] = set()
        """The signs of the first switches at points that were met."""
        self._index(0)

    def _signs_of(self, values: Any) -> Any:
        """The signs of conditions, those of zero by their ties."""
        return np.where(values == 0, self._ties, np.sign(values))

    def values(self, free: Floats) -> Any:
        """What the switches are the signs of, a row for each switch."""
        count = len(next(iter(free.values()))) if free else 1
        environment: dict[str, Any] = dict(free)
        rows = np.zeros((len(self.switches.conditions), count))
        products = {name: product for name, product in self.switches.products.items() if name not in free}
        with np.errstate(all="ignore"):
            for place, condition in enumerate(self.switches.conditions):
                rows[place] = evaluate(condition, environment, POINTS)
                for name, product in list(products.items()):
                    if max(product.places) <= place:
                        del products[name]
                        signs = self._signs_of(rows)[list(product.places)]
                        environment[name] = product.factor * np.prod(signs, axis=0)
        return rows

    def points(self, signs: Signs) -> list[Mapping[str, Decimal]]:
        """Points met in a cell, the nearest first."""
        places = np.array(self._places.get(signs, ()), dtype=int)
        if not len(places) or not self.free:
            return [{}] if len(places) else []
        size = np.max([np.abs(column[places]) for column in self.free.values()], axis=0)
        nearest = places[np.argsort(size, kind="stable")[:POINTS_A_CELL]]
        return [{name: Decimal(float(column[place])) for name, column in self.free.items()} for place in nearest]

    def _index(self, first: int) -> None:
        """Enter the points from one place on into their cells."""
        columns = self.signs[:, first:].T
        valid = np.all(np.abs(columns) == 1, axis=1).tolist()
        for place, (column, is_valid) in enumerate(zip(columns.tolist(), valid, strict=True), first):
            if is_valid:
                key = tuple(map(int, column))
                if key not in self._places:
                    self.seen.update(key[: i + 1] for i in range(len(key)))
                self._places.setdefault(key, []).append(place)

    def add(self, free: Floats) -> None:
        """Look at more points, those of them that lie in the domains."""
        integers = {name: np.round(column) for name, column in free.items() if self.domains[name].kind == "integer"}
        free = {**free, **integers}
        _, kept = self.sample.completed(free, len(next(iter(free.values()))))
        if not kept.any():
            return
        inside = {name: column[kept] for name, column in free.items()}
        first = self.signs.shape[1]
        self.signs = np.concatenate([self.signs, self._signs_of(self.values(inside))], axis=1)
        self.free = {name: np.concatenate([self.free[name], inside[name]]) for name in self.free}
        self._index(first)

    def climbed(self, signs: Signs) -> list[Mapping[str, Decimal]]:
        """Points of a cell that none was met in, found by making its worst condition better; empty where none was."""
        wanted = np.array(signs, dtype=float)[:, np.newaxis]
        fixed = {label: float(sign) for label, sign in zip(self.switches.labels, signs, strict=False)}
        moving = [name for name in self.domains if name not in fixed]
        if not moving:
            return []
        height = self._height(self.free, wanted)
        best = np.argsort(-height)[:STARTS]
        starts = {name: column[best].copy() for name, column in self.free.items()}
        for name, value in fixed.items():
            starts[name][:] = value
        for step in 10.0 * 0.5 ** np.arange(CLIMBS):
            tried = {name: [column] for name, column in starts.items()}
            for name in moving:
                for move in (-step, step):
                    for other, column in starts.items():
                        size = np.abs(column) + 1e-6 if other == name else 0.0
                        tried[other].append(column + move * size)
            flat = {name: np.concatenate(columns) for name, columns in tried.items()}
            _, kept = self.sample.completed(flat, len(next(iter(flat.values()))))
            height = np.where(kept, self._height(flat, wanted), -np.inf).reshape(-1, len(best))
            winner = np.argmax(height, axis=0)
            starts = {
                name: column.reshape(-1, len(best))[winner, np.arange(len(best))] for name, column in flat.items()
            }
            if np.max(height) > 0:
                break
        self.add(starts)
        return self.points(signs)

    def _height(self, free: Floats, wanted: Any) -> Column:
        """The least of the conditions, each measured by its usual size."""
        values = self.values(free) * wanted
        with np.errstate(all="ignore"):
            scale = np.mean(np.abs(np.nan_to_num(values, posinf=0.0, neginf=0.0)), axis=1, keepdims=True) + 1e-300
        return np.nan_to_num(np.min(values / scale, axis=0), nan=-np.inf)


@dataclass(slots=True)
class _Leaf:
    signs: Signs
    points: list[Mapping[str, Decimal]]


class _Pair:
    """Two formulas of a setting over its free symbols, branched by the same switches."""

    def __init__(self, reference: Formula, answer: Formula) -> None:
        self.reference, self.answer = reference, answer
        self.setting = reference.setting
        free = self.setting.sample.free
        boxes = {domain.name: self.setting.boxes[domain.name] for domain in free}
        self.switches = Switches(boxes, [domain.name for domain in free if domain.kind == "label"])
        self.left = self.switches.branched(_over_free(reference.tree, self.setting))
        same = answer is reference
        self.right = self.left if same else self.switches.branched(_over_free(answer.tree, self.setting))
        held = [self.switches.branched(tree) for tree in _held(self.setting)]
        self.steps = self.climbs = 0
        self.cells = Cells(self.switches, free, self.setting.sample.floats, held)

    @cached_property
    def explorer(self) -> Explorer:
        """The points looked at, by the signs that the switches have there."""
        return Explorer(self.switches, self.setting)

    def on_whole_kinks(self) -> Decision | None:
        """A difference exactly on a kink of a whole number, where that is more than a convention."""
        columns = self.cells.whole_kinks(self.setting.sample.points)
        if not columns:
            return None
        setting = self.setting.moved(self.setting.sample.at(columns, MOST_CELLS))
        return comparison.refuted(self.reference.moved(setting), self.answer.moved(setting))

    def decided(self, agreed: Decision) -> Decision:
        """The decision, cell by cell."""
        leaves = list(islice(self._leaves(()), MOST_CELLS + 1))
        difference = self._at_points(leaves)
        if difference is not None:
            return difference
        if len(leaves) > MOST_CELLS or self.steps > MOST_STEPS:
            return comparison.UNDECIDED
        for leaf in leaves:
            if leaf.points or self._agree_as_formulas(leaf.signs) or self._is_empty(leaf.signs):
                continue
            leaf.points = self._sought(leaf.signs)
            difference = self._at_points([leaf])
            if difference is not None:
                return difference
            if not leaf.points:
                return comparison.UNDECIDED
        return agreed

    def unsettled(self) -> Node | None:
        """A condition of the first formula of which one side was neither reached nor shown not to exist."""
        leaves = list(islice(self._leaves((), every=True), MOST_CELLS))
        reached: set[tuple[int, int]] = set()
        for leaf in sorted(leaves, key=lambda leaf: not leaf.points):
            sides = set(enumerate(leaf.signs))
            if sides <= reached or self.cells.is_empty(leaf.signs):
                continue
            if leaf.points or self._sought(leaf.signs):
                reached |= sides
        for leaf in leaves:
            missing = sorted(set(enumerate(leaf.signs)) - reached)
            if missing and not self._is_empty(leaf.signs):
                condition = self.switches.conditions[missing[0][0]]
                return branch(condition, self.cells.signs_in(missing[0][0]), leaf.signs, set())
        return None

    def _sought(self, signs: Signs) -> list[Mapping[str, Decimal]]:
        """Points of a cell that none was met in: those that its polynomial conditions suggest, then those uphill."""
        suggested = [self._complete(point, signs) for point in self.cells.candidates(signs)]
        if suggested:
            columns = {name: np.array([float(point[name]) for point in suggested]) for name in suggested[0]}
            self.explorer.add(columns)
        points = self.explorer.points(signs)
        if not points and self.climbs < CLIMBED:
            self.climbs += 1
            points = self.explorer.climbed(signs)
        return points

    def _is_empty(self, signs: Signs) -> bool:
        return self.cells.is_empty(signs) or self.cells.is_empty_by_boxes(signs)

    def _leaves(self, signs: Signs, *, every: bool = False) -> Iterator[_Leaf]:
        """The cells that may be there, with points where some are known; without `every`, those with two formulas."""
        self.steps += 1
        if self.steps > MOST_STEPS or self.cells.is_empty(signs) or (not every and self._is_same(signs)):
            return
        solved: list[Mapping[str, Decimal]] = []
        if signs and signs not in self.explorer.seen:
            solution = self.cells.solved(signs)
            if solution is False:
                return
            if not isinstance(solution, bool):
                solved = [self._complete(solution, signs)]
        if len(signs) == len(self.switches.conditions):
            yield _Leaf(signs, self.explorer.points(signs) or solved)
            return
        for sign in (1, -1):
            yield from self._leaves((*signs, sign), every=every)

    def _complete(self, point: Mapping[str, Fraction], signs: Signs) -> dict[str, Decimal]:
        """A point with a value for every free symbol: what nothing is asked of has that of a usual point."""
        usual = self.setting.sample.points[-1]
        exact = {
            name: _ROUNDING.divide(Decimal(value.numerator), Decimal(value.denominator))
            for name, value in point.items()
            if name in usual
        }
        # A label is a sign itself: one that was not chosen yet keeps its usual value.
        labels = {label: Decimal(sign) for label, sign in zip(self.switches.labels, signs, strict=False)}
        return {**usual, **exact, **labels}

    def _branches(self, signs: Signs) -> tuple[Node, Node]:
        """Both formulas under the signs; raises `IndexError` where they depend on further ones."""
        products = self.switches.products
        return branch(self.left, products, signs, set()), branch(self.right, products, signs, set())

    def _is_same(self, signs: Signs) -> bool:
        try:
            left, right = self._branches(signs)
        except IndexError:
            return False
        return left == right or same_form(left, right)

    def _agree_as_formulas(self, signs: Signs) -> bool:
        """Whether the branches agree at the usual points, wherever those lie: an identity holds in the cell, too."""
        if self.switches.hidden:
            return False
        left, right = (Formula(tree, self.setting) for tree in self._branches(signs))
        with np.errstate(all="ignore"):
            both = left.defined & right.defined
            near = np.abs(left.values - right.values) <= comparison.CLOSE * np.maximum(
                np.abs(left.values), np.abs(right.values)
            )
        if np.count_nonzero(both) < POINTS_A_CELL or not near[both].all():
            return False
        places = np.flatnonzero(both)[-2:]
        return all(comparison.settled(left, right, int(place), DIGITS) == State.EQUAL for place in places)

    def _at_points(self, leaves: Sequence[_Leaf]) -> Decision | None:
        """A difference at the points of cells; what is not settled at any of its points keeps none."""
        owners = [leaf for leaf in leaves for _ in leaf.points]
        points = [point for leaf in leaves for point in leaf.points]
        if not points:
            return None
        columns = {name: [point[name] for point in points] for name in points[0]}
        floats = {name: np.array([float(value) for value in column]) for name, column in columns.items()}
        _, kept = self.setting.sample.completed(floats, len(points))
        owners = [owner for owner, inside in zip(owners, kept, strict=True) if inside]
        setting = self.setting.moved(self.setting.sample.at(columns, len(points)))
        key, typed = self.reference.moved(setting), self.answer.moved(setting)
        for leaf in leaves:
            places = [place for place, owner in enumerate(owners) if owner is leaf]
            state = State.UNDECIDED
            for place in places:
                if key.defined[place] and not typed.defined[place]:
                    if comparison.undefined(typed, place):
                        return comparison.counter_example(key, typed, place, Domain.ANSWER_UNDEFINED)
                    continue
                if not key.defined[place]:
                    state = State.EQUAL if comparison.undefined(key, place) else state
                    continue
                state = comparison.settled(key, typed, place, DIGITS)
                if state == State.DIFFERENT:
                    return comparison.counter_example(key, typed, place)
                if state == State.EQUAL:
                    break
            if state != State.EQUAL:
                leaf.points = []
        return None


def _over_free(tree: Node, setting: Setting) -> Node:
    """The tree with every relation written out."""
    for name in reversed(setting.given):
        tree = substituted(tree, {name: setting.given[name]})
        if size(tree) > LARGEST_TREE:
            break
    return tree


def _held(setting: Setting) -> list[Node]:
    """What is positive at every point: the declared domains of dependent symbols, and conditions joined by `and`."""
    trees = [tree for domain in setting.sample.checked for tree in positive_in(domain)]
    trees += [tree for condition in setting.sample.where for tree in _joined(condition)]
    return [_over_free(setting.readied(tree), setting) for tree in trees]


def _joined(condition: Node) -> Iterator[Node]:
    match condition:
        case Logical("and", left, right):
            yield from _joined(left)
            yield from _joined(right)
        case Comparison("<" | "<=", left, right):
            yield subtract(right, left)
        case Comparison(">" | ">=", left, right):
            yield subtract(left, right)
        case _:
            return
