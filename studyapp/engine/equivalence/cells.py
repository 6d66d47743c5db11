"""The cells into which the switches of formulas cut the domains: which signs go together, and a point where they do.

Linear conditions are decided exactly. Others are relaxed: every monomial is an unknown of its own, held by its bounds
and by products of conditions; what contradicts itself even so is empty. The rest is bounded over ever smaller boxes.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Name, Node, names_in
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.trees import ONE, negate
from studyapp.engine.equivalence import polynomials
from studyapp.engine.equivalence.ranges import first_boxes, is_refuted, range_of
from studyapp.engine.equivalence.sampling import POINTS, Column, positive_in
from studyapp.engine.equivalence.switches import Product, Signs, Switches, branch
from studyapp.engine.interpretation import CONSTANTS, evaluate, exact_value

MOST_PIVOTS = 160
MOST_BITS = 2000  # bits of a number in the elimination, which doubles them where it must
PATIENCE = 40  # pivots on the steepest column; then on the first, by Bland's rule, which does not go in circles

NONE = Fraction(0)
"""The coefficient of an unknown that is not there."""
Used = tuple[polynomials.Polynomial, frozenset[int]]  # what is positive, and the switches that it depends on
Row = tuple[Sequence[Fraction], Fraction]  # the coefficients a and the constant b of `a·x + b > 0`


@dataclass(frozen=True, slots=True)
class Solution:
    """A point at which all the inequalities hold."""

    point: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Inequalities, by their places, that have no common solution."""

    rows: tuple[int, ...]


def solve(rows: Sequence[Row], count: int) -> Solution | Conflict | None:
    """A solution of the inequalities over so many unknowns, or some that contradict each other; None: given up.

    By Motzkin's theorem `a_i·x + b_i > 0` has no solution just if some λ ≥ 0, not all zero, give Σ λ_i a_i = 0 and
    Σ λ_i b_i ≤ 0. The simplex method over whole numbers looks for the λ; where there are none, its multipliers are a
    solution.
    """
    columns = [_column(row) for row in rows]
    columns.append([0] * count + [1, 1])  # 1 > 0, so that a solution can be scaled to a point
    columns.append([0] * count + [1, 0])  # what Σ λ_i b_i is below zero
    height, width = count + 2, len(columns)
    table = [[column[i] for column in columns] + [int(i == j) for j in range(height)] + [0] for i in range(height)]
    table[-1][-1] = 1
    costs = [sum(row[j] for row in table) for j in range(width)] + [0] * height + [1]
    basis = list(range(width, width + height))
    scale = 1
    for pivot in range(MOST_PIVOTS):
        if scale.bit_length() > MOST_BITS or any(value.bit_length() > MOST_BITS for value in costs):
            return None
        entering = _entering(costs, width, steepest=pivot < PATIENCE)
        if entering is None:
            break
        leaving = _leaving(table, basis, entering)
        if leaving is None:
            return None
        scale = _pivot([*table, costs], leaving, entering, scale)
        basis[leaving] = entering
    else:
        return None
    if costs[-1] == 0:
        used = [basis[i] for i in range(height) if table[i][-1] > 0 and basis[i] < len(rows)]
        return Conflict(tuple(sorted(used)))
    multipliers = [costs[width + i] + scale for i in range(height)]
    return Solution(tuple(Fraction(multiplier, multipliers[count]) for multiplier in multipliers[:count]))


def _column(row: Row) -> list[int]:
    """An inequality in whole numbers, its slack weighed by its largest coefficient."""
    coefficients, constant = row
    common = math.lcm(constant.denominator, *(value.denominator for value in coefficients if value is not NONE))
    # Most coefficients are zero, and a fraction takes a hundred times as long to multiply as to be looked at.
    whole = [0 if value is NONE else value.numerator * (common // value.denominator) for value in coefficients]
    slack = max(map(abs, whole), default=0) or 1
    return [*whole, constant.numerator * (common // constant.denominator), slack]


def _entering(costs: Sequence[int], width: int, *, steepest: bool) -> int | None:
    if steepest:
        best = max(range(width), key=costs.__getitem__)
        return best if costs[best] > 0 else None
    return next((j for j in range(width) if costs[j] > 0), None)


def _leaving(table: Sequence[Sequence[int]], basis: Sequence[int], entering: int) -> int | None:
    """The row with the smallest ratio; of equal ones that of the first variable."""
    best: int | None = None
    for i, row in enumerate(table):
        if row[entering] <= 0:
            continue
        if best is None:
            best = i
            continue
        gap = row[-1] * table[best][entering] - table[best][-1] * row[entering]
        if gap < 0 or (gap == 0 and basis[i] < basis[best]):
            best = i
    return best


def _pivot(rows: Sequence[list[int]], leaving: int, entering: int, scale: int) -> int:
    """A step of the elimination without fractions; all rows share a denominator, which is given back."""
    chosen = rows[leaving]
    pivot = chosen[entering]
    for i, row in enumerate(rows):
        if i == leaving:
            continue
        factor = row[entering]
        if factor:
            row[:] = [(value * pivot - factor * other) // scale for value, other in zip(row, chosen, strict=True)]
        elif pivot != scale:
            row[:] = [value * pivot // scale for value in row]
    return pivot


MOST_SOLVED = 96  # systems of inequalities that are solved for one comparison
MOST_BOXED = 4  # cells that are bounded over boxes; these and each dimension cost the most
NEARLY_ZERO = 1e-9
MOST_TANGENTS = 12  # points tried in a cell with curved sides
MOST_MULTIPLIED = 14  # conditions up to which their products are looked at, too

Point = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Condition:
    """What is positive in a cell: its tree, its normal form where it has one, and the switches it depends on.

    A weak one may be zero throughout the cell, where that has the sign of the cell.
    """

    tree: Node
    form: polynomials.Polynomial | None
    used: frozenset[int]
    weak: bool = False


@dataclass(slots=True)
class Cells:
    """The cells of switches over the domains of free symbols; `held` is positive in all of them."""

    switches: Switches
    domains: Sequence[SymbolDomain]
    usual: Mapping[str, Column]
    """What every symbol is at the usual points."""
    held: Sequence[Node] = ()
    budget: int = MOST_SOLVED
    boxed: int = MOST_BOXED
    _forms: polynomials.NormalForms = field(default_factory=polynomials.NormalForms)
    _known: dict[tuple[int, Signs], Condition] = field(default_factory=dict)
    _nowhere: list[frozenset[tuple[int, int]]] = field(default_factory=list)

    @property
    def whole(self) -> frozenset[str]:
        """The symbols that stand for whole numbers."""
        return frozenset(domain.name for domain in self.domains if domain.kind == "integer")

    def is_empty(self, signs: Signs) -> bool:
        """Whether it is known that the signs of the first switches do not go together."""
        return any(
            all(place < len(signs) and signs[place] == sign for place, sign in conflict) for conflict in self._nowhere
        )

    def solved(self, signs: Signs) -> Point | bool:
        """A point of the cell where its conditions are linear; else False where it is empty, True for unknown."""
        if self.is_empty(signs):
            return False
        if self.budget <= 0:
            return True
        self.budget -= 1
        conditions = self._conditions(signs)
        newest = conditions[-1].form  # the others were looked at with fewer signs
        if newest == {}:  # zero throughout: the sign is that of a tie
            impossible = signs[-1] != self.switches.ties[len(signs) - 1]
        else:
            impossible = newest is not None and polynomials.quadratic_sign(newest) < 0
        if impossible:
            self._exclude(conditions[-1].used, signs)
            return False
        bounds = [part for part in self._bounds(signs) if part.form is not None]
        conditions = [part for part in conditions if part.form != {}]
        known = [part for part in conditions if part.form is not None and not part.weak]
        in_full = len(signs) == len(self.switches.conditions)
        forms = [(part.form or {}, part.used) for part in (*known, *bounds)]
        solution = self._solution(forms, signs)
        if solution is True and in_full and not all(polynomials.is_linear(form) for form, _ in forms):
            solution = self._solution(forms + _products(forms), signs)  # five times the work, and seldom needed
        return solution if solution is False or len(known) == len(conditions) else True

    def whole_kinks(self, usual: Sequence[Mapping[str, Decimal]]) -> dict[str, list[Decimal]]:
        """Points exactly on the kinks that lie on whole numbers, the other symbols being what they usually are."""
        points: list[Mapping[str, Decimal]] = []
        for condition in self.switches.conditions if self.whole else ():
            form = self._forms.of(condition) or {}
            for monomial, value in form.items():
                name, end = polynomials.symbol_of(monomial), -form.get(polynomials.UNIT, Fraction(0)) / value
                if name in self.whole and not form.keys() - {polynomials.UNIT, monomial} and end.denominator == 1:
                    points += [{**point, str(name): Decimal(end.numerator)} for point in usual[-2:]]
        return {name: [point[name] for point in points] for name in (points[0] if points else ())}

    def _exclude(self, used: frozenset[int], signs: Signs) -> None:
        self._nowhere.append(frozenset((place, signs[place]) for place in used))

    def _conditions(self, signs: Signs) -> list[Condition]:
        return [self._condition(place, signs) for place in range(len(signs))]

    def _condition(self, place: int, signs: Signs) -> Condition:
        known = self._known.get((place, signs[: place + 1]))
        if known is None:
            used = {place}
            tree = branch(self.switches.conditions[place], self.signs_in(place), signs, used)
            tree = tree if signs[place] > 0 else negate(tree)
            form = self._form(tree)
            if not names_in(tree):
                value = exact_value(tree)
                form = {polynomials.UNIT: value} if value else {} if value == 0 else None
            may_vanish = self.switches.ties[place] == signs[place] and (
                form is None or not polynomials.is_polynomial(form)
            )
            weak = may_vanish and self._vanishes(tree)
            known = self._known[place, signs[: place + 1]] = Condition(tree, form, frozenset(used), weak)
        return known

    def _without_constants(self, form: polynomials.Polynomial) -> polynomials.Polynomial:
        """The form with the values of its constants, to many digits."""
        result: polynomials.Polynomial = {}
        for monomial, value in form.items():
            factor, rest = value, monomial
            for variable, exponent in monomial:
                node = Name(variable) if isinstance(variable, str) else self._forms.parts[variable]
                known = exact_value(node) if not names_in(node) - set(CONSTANTS) else None
                if known:
                    factor *= known.limit_denominator(10**20) ** exponent
                    rest = polynomials.joined(rest, polynomials.power_of(variable, -exponent))
            result = polynomials.added(result, {rest: factor})
        return result

    def _vanishes(self, tree: Node) -> bool:
        """Whether a formula without kinks is zero wherever it was looked at; else it is so at single points alone."""
        with np.errstate(all="ignore"):
            values = np.asarray(evaluate(tree, self.usual, POINTS))
        return not (np.abs(values) > NEARLY_ZERO).any()

    def candidates(self, signs: Signs) -> Iterator[dict[str, Fraction]]:
        """Points that may lie in a cell: linear conditions hold there, and tangents of others at the points before."""
        conditions = self._conditions(signs) + self._bounds(signs)
        forms = [self._without_constants(part.form) for part in conditions if part.form and not part.weak]
        forms = [form for form in forms if polynomials.is_polynomial(form)]
        linear = [form for form in forms if polynomials.is_linear(form)]
        curved = [form for form in forms if not polynomials.is_linear(form)]
        names = sorted({str(variable) for form in forms for monomial in form for variable, _ in monomial})
        symbols = list(map(polynomials.power_of, names))
        for _ in range(MOST_TANGENTS if curved else 1):
            rows = [_row(form, symbols) for form in linear]
            result = solve(rows, len(names))
            if not isinstance(result, Solution):
                return
            point = {
                name: value.limit_denominator(10**6)
                for name, value in zip(names, _shifted(result.point, rows), strict=True)
            }
            yield point
            failed = [form for form in curved if polynomials.value_at(form, point) <= 0]
            if not failed:
                return
            linear += [polynomials.tangent(form, point) for form in failed]

    def signs_in(self, place: int) -> Mapping[str, Product]:
        """What names stand for in the condition of a switch; a label is no name for its own sign there."""
        condition = self.switches.conditions[place]
        products = self.switches.products
        return {} if isinstance(condition, Name) and condition.name in products else products

    def _form(self, tree: Node) -> polynomials.Polynomial | None:
        """The normal form; a bound of a whole number is moved halfway to the next one that it excludes."""
        form = self._forms.of(tree)
        if form is None or len(form) > 2 or not self.whole:
            return form
        for monomial, value in form.items():
            if polynomials.symbol_of(monomial) in self.whole and not form.keys() - {polynomials.UNIT, monomial}:
                end, half = -form.get(polynomials.UNIT, Fraction(0)) / value, Fraction(1, 2)
                moved = math.floor(end) + half if value > 0 else math.ceil(end) - half
                return {monomial: value, polynomials.UNIT: -moved * value}
        return form

    def _bounds(self, signs: Signs) -> list[Condition]:
        """What holds in every cell: the domains, and the conditions whose switches are known."""
        ends = [self._forms.of(tree) for domain in self.domains for tree in positive_in(domain)]
        bounds = [Condition(ONE, form, frozenset()) for form in ends]
        for tree in self.held:
            used: set[int] = set()
            try:
                held = branch(tree, self.switches.products, signs, used)
            except IndexError:
                continue
            bounds.append(Condition(held, self._form(held), frozenset(used)))
        return bounds

    def _solution(self, forms: Sequence[Used], signs: Signs) -> dict[str, Fraction] | bool:
        monomials = list(dict.fromkeys(m for form, _ in forms for m in form if m != polynomials.UNIT))
        rows = [_row(form, monomials) for form, _ in forms]
        linear = all(map(polynomials.symbol_of, monomials))
        if not linear:
            rows += [_row(bound, monomials) for monomial in monomials for bound in self._monomial_bounds(monomial)]
        result = solve(rows, len(monomials))
        if isinstance(result, Conflict):
            used = frozenset(place for row in result.rows if row < len(forms) for place in forms[row][1])
            self._exclude(used, signs)
            return False
        if not isinstance(result, Solution) or not linear:
            return True
        point = _shifted(result.point, rows)
        return self._on_grid(dict(zip(map(str, map(polynomials.symbol_of, monomials)), point, strict=True)), rows)

    def _on_grid(self, point: dict[str, Fraction], rows: list[Row]) -> dict[str, Fraction] | bool:
        """The point, on whole numbers where those are asked for; True where none was found near."""
        names, fixed = list(point), [name for name in point if name in self.whole]
        if not fixed:
            return point
        rest = [i for i, name in enumerate(names) if name not in self.whole]
        for shift in (0, 1, -1, 2, -2):
            rounded = {name: Fraction(round(point[name]) + shift) for name in fixed}
            moved: list[Row] = [
                (
                    [row[i] for i in rest],
                    constant + sum(row[i] * rounded[name] for i, name in enumerate(names) if name in rounded),
                )
                for row, constant in rows
            ]
            result = solve(moved, len(rest))
            if isinstance(result, Solution):
                return {**rounded, **{names[i]: value for i, value in zip(rest, result.point, strict=True)}}
        return True

    def _monomial_bounds(self, monomial: polynomials.Monomial) -> Iterator[polynomials.Polynomial]:
        """The bounds of a monomial over all domains, as inequalities; of what is constant there are none."""
        low, high = (
            float(np.max(end)) for end in range_of(self._forms.tree({monomial: Fraction(1)}), self.switches.boxes)
        )
        if low < high:
            for sign, end in ((1, low), (-1, high)):
                if math.isfinite(end):
                    yield {monomial: Fraction(sign), polynomials.UNIT: -sign * Fraction(end)}

    # --- boxes ---------------------------------------------------------------------------------------------------

    def is_empty_by_boxes(self, signs: Signs) -> bool:
        """Whether on every small enough box one of the conditions fails."""
        if self.boxed <= 0 or len(signs) == 0:
            return False
        self.boxed -= 1
        conditions = self._conditions(signs) + self._bounds(signs)
        conditions = [part for part in conditions if part.form != {}]
        trees = [(part.tree, part.weak) for part in conditions]
        trees += [(self._forms.nested(part.form), part.weak) for part in conditions if part.form]
        names = sorted({name for part in conditions for name in names_in(part.tree)} & self.switches.boxes.keys())
        if not names or len(names) > 3:
            return False
        empty = is_refuted(trees, first_boxes(names, self.switches.boxes))
        if empty:
            self._exclude(frozenset(place for part in conditions for place in part.used), signs)
        return empty


def _shifted(point: Sequence[Fraction], rows: Sequence[Row]) -> list[Fraction]:
    """The point moved a little, where all inequalities still hold: a corner is no point like others."""
    room = min(
        (
            (constant + sum(a * x for a, x in zip(row, point, strict=True))) / size
            for row, constant in rows
            if (size := sum(map(abs, row)))
        ),
        default=Fraction(1),
    )
    step = min(room, Fraction(1)) / 2
    return [x + step * Fraction((i * 37 + 61) % 97 - 48, 50) for i, x in enumerate(point)]


def _row(form: polynomials.Polynomial, monomials: Sequence[polynomials.Monomial]) -> Row:
    return [form.get(monomial, NONE) for monomial in monomials], form.get(polynomials.UNIT, NONE)


def _products(forms: Sequence[Used]) -> list[Used]:
    """Products of two linear conditions: they are positive, too, and hold the monomials together."""
    linear = [part for part in forms if polynomials.is_linear(part[0])][:MOST_MULTIPLIED]
    pairs = combinations_with_replacement(linear, 2)
    return [(polynomials.multiplied(first, second), used | others) for (first, used), (second, others) in pairs]
