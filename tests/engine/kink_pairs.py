"""Pairs of formulas with kinks whose truth is known: by identities (equal) or by a point where they differ.

Formulas are tuples of their own, evaluated here by NumPy alone. A pair that was made to differ counts only where a
difference is found: at points over all scales, near the places where parts of it change sign, and around the corners
that such lines make.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from studyapp.domain.verdict import Unreadable
from studyapp.language import read_strict

Tree = Any
"""A number, the name of a symbol, or a function's name followed by its operands."""

BINARY = {"+": np.add, "-": np.subtract, "*": np.multiply, "max": np.maximum, "min": np.minimum}
SINGLE = {
    "neg": np.negative,
    "abs": np.abs,
    "relu": lambda u: np.maximum(u, 0),
    "leaky_relu": lambda u: np.where(u > 0, u, 0.01 * u),
    "elu": lambda u: np.where(u > 0, u, np.expm1(np.minimum(u, 0))),
    "step": lambda u: np.where(u > 0, 1.0, 0.0),
    "square": np.square,
    "exp": lambda u: np.exp(np.clip(u, -700, 300)),
    "tanh": np.tanh,
    "root_of_square": np.abs,
}
DOMAINS = ("real", "real", "real", "positive", "-2..5", "0..1")
SCALES = (1.0, 1.0, 1.0, 10.0, 100.0, 3000.0)


@dataclass(frozen=True)
class Pair:
    """A key, an answer, the domain of each symbol, and whether the two are equal."""

    key: str
    answer: str
    symbols: dict[str, str]
    equal: bool


def value(tree: Tree, point: dict[str, Any]) -> Any:
    """The value at many points at once."""
    match tree:
        case str():
            return point[tree]
        case int() | float():
            return np.float64(tree)
        case ("if", left, right, yes, no):
            return np.where(value(left, point) < value(right, point), value(yes, point), value(no, point))
        case (name, operand):
            return SINGLE[name](value(operand, point))
        case (name, left, right):
            return BINARY[name](value(left, point), value(right, point))
    raise AssertionError(tree)


def text(tree: Tree) -> str:
    """As it would be typed."""
    match tree:
        case str():
            return tree
        case int() | float():
            return f"{tree:.12g}" if tree >= 0 else f"(-{-tree:.12g})"
        case ("if", left, right, yes, no):
            return f"if({text(left)} < {text(right)}, {text(yes)}, {text(no)})"
        case ("neg", operand):
            return f"(-({text(operand)}))"
        case ("square", operand):
            return f"({text(operand)})**2"
        case ("root_of_square", operand):
            return f"sqrt(({text(operand)})**2)"
        case (name, operand):
            return f"{name}({text(operand)})"
        case ("max" | "min" as name, left, right):
            return f"{name}({text(left)}, {text(right)})"
        case (name, left, right):
            return f"({text(left)} {name} {text(right)})"
    raise AssertionError(tree)


class Maker:
    """Draws formulas, and changes them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def number(self) -> float:
        scale = self.chance.choice(SCALES)
        return float(f"{self.chance.uniform(-1, 1) * scale:.{self.chance.choice((1, 2, 3))}g}")

    def line(self, names: list[str]) -> Tree:
        """A sum of symbols and a constant."""
        tree: Tree = None
        for name in self.chance.sample(names, self.chance.randint(1, len(names))):
            factor = self.chance.choice((1, 1, 1, -1, 2, 0.5, -3))
            term = name if factor == 1 else ("*", factor, name)
            tree = term if tree is None else ("+", tree, term)
        return ("+", tree, self.number()) if self.chance.random() < 0.8 else tree

    def smooth(self, names: list[str]) -> Tree:
        """A line, or now and then what is none."""
        draw, line = self.chance.random(), self.line(names)
        if draw < 0.75:
            return line
        if draw < 0.85:
            return ("-", ("square", line), abs(self.number()))
        if draw < 0.95:
            return ("*", line, self.line(names))
        return ("-", ("tanh", line), 0.5)

    def kink(self, names: list[str], depth: int) -> Tree:
        """A formula with kinks, nested so deep."""
        inner = (lambda: self.kink(names, depth - 1)) if depth > 1 else (lambda: self.smooth(names))
        outer = lambda: inner() if self.chance.random() < 0.5 else self.smooth(names)  # noqa: E731
        match self.chance.randrange(9):
            case 0:
                return ("max", 0, inner())
            case 1:
                return (self.chance.choice(("max", "min")), inner(), outer())
            case 2:
                return ("abs", inner())
            case 3:
                return (self.chance.choice(("relu", "relu", "leaky_relu", "elu")), inner())
            case 4:
                u = inner()
                return ("if", u, self.number(), outer(), self.smooth(names))
            case 5:
                return ("+", ("*", self.number(), ("relu", inner())), ("*", self.number(), ("relu", outer())))
            case 6:
                return ("square", ("relu", inner()))
            case 7:
                return ("root_of_square", inner())
            case _:
                return ("*", self.line(names), ("step", inner()))

    def places(self, tree: Tree) -> Iterator[tuple[Tree, tuple[int, ...]]]:
        yield tree, ()
        if isinstance(tree, tuple):
            for i, part in enumerate(tree[1:], 1):
                for inner, path in self.places(part):
                    yield inner, (i, *path)

    def replaced(self, tree: Tree, path: tuple[int, ...], new: Tree) -> Tree:
        if not path:
            return new
        return (*tree[: path[0]], self.replaced(tree[path[0]], path[1:], new), *tree[path[0] + 1 :])

    def changed(self, tree: Tree, rule: Any, names: list[str]) -> Tree | None:
        made = [(path, new) for part, path in self.places(tree) if (new := rule(part, names)) is not None]
        if not made:
            return None
        path, new = self.chance.choice(made)
        return self.replaced(tree, path, new)

    def identity(self, part: Tree, names: list[str]) -> Tree | None:
        """The same value otherwise written."""
        pick = self.chance.choice
        match part:
            case ("max", a, b):
                return pick(
                    [
                        ("max", b, a),
                        ("neg", ("min", ("neg", a), ("neg", b))),
                        ("*", 0.5, ("+", ("+", a, b), ("abs", ("-", a, b)))),
                        ("+", b, ("relu", ("-", a, b))),
                        ("if", a, b, b, a),
                        ("max", ("max", a, b), a),
                    ]
                )
            case ("min", a, b):
                return pick([("min", b, a), ("-", a, ("relu", ("-", a, b))), ("if", a, b, a, b)])
            case ("abs" | "root_of_square", u):
                return pick(
                    [
                        ("max", u, ("neg", u)),
                        ("root_of_square", ("neg", u)),
                        ("abs", ("neg", u)),
                        ("if", 0, u, u, ("neg", u)),
                        ("+", ("relu", u), ("relu", ("neg", u))),
                    ]
                )
            case ("relu", u):
                return pick(
                    [
                        ("max", 0, u),
                        ("*", 0.5, ("+", u, ("abs", u))),
                        ("+", u, ("relu", ("neg", u))),
                        ("if", u, 0, 0, u),
                        ("*", 0.25, ("relu", ("*", 4, u))),
                    ]
                )
            case ("leaky_relu", u):
                return pick([("max", u, ("*", 0.01, u)), ("-", ("relu", u), ("*", 0.01, ("relu", ("neg", u))))])
            case ("elu", u):
                return ("if", 0, u, u, ("-", ("exp", u), 1))
            case ("step", u):
                return pick([("if", 0, u, 1, 0), ("step", ("*", 2, u))])
            case ("square", u):
                return pick([("*", u, u), ("square", ("abs", u)), ("square", ("neg", u))])
            case ("if", a, b, yes, no):
                return pick([("if", ("-", a, b), 0, yes, no), ("if", ("neg", b), ("neg", a), yes, no)])
            case ("+", a, b):
                gap = abs(self.number()) + 0.1
                return pick([("+", b, a), ("max", part, ("-", part, gap)), ("min", part, ("+", ("exp", a), part))])
            case ("*", a, b):
                return ("*", b, a)
            case str():
                return ("-", ("relu", part), ("relu", ("neg", part)))
            case _:
                return None

    def slip(self, part: Tree, names: list[str]) -> Tree | None:
        """Another formula, which often differs behind one kink alone."""
        pick = self.chance.choice
        match part:
            case ("max" | "min" as name, a, b):
                return pick([a, b, ("min" if name == "max" else "max", a, b), (name, a, ("+", b, self.number()))])
            case ("abs" | "root_of_square", u):
                return pick([u, ("neg", u), ("relu", u)])
            case ("relu" | "leaky_relu" | "elu" | "step", u):
                return pick([u, 0, ("relu", ("neg", u)), ("abs", u), ("relu", ("+", u, self.number()))])
            case ("square", ("relu", u)):
                return pick([("square", u), 0])
            case ("if", a, b, yes, no):
                return pick([yes, no, ("if", a, b, no, yes), ("if", a, self.number(), yes, no)])
            case float():
                return pick([-part, part * 1.25, part + 0.01])
            case _:
                return None


def differs(left: Tree, right: Tree, symbols: dict[str, str], chance: random.Random) -> bool:
    """Whether a point of the domains was found at which the two values differ."""
    with np.errstate(all="ignore"):
        for points in _points([left, right], symbols, chance):
            a, b = (np.broadcast_to(value(tree, points), next(iter(points.values())).shape) for tree in (left, right))
            gap = np.abs(a - b)
            if (np.isfinite(gap) & (gap > 1e-9 * np.maximum(np.abs(a), np.abs(b))) & (gap > 1e-9)).any():
                return True
    return False


def _points(trees: list[Tree], symbols: dict[str, str], chance: random.Random) -> Iterator[dict[str, Any]]:
    draw = np.random.default_rng(chance.randrange(2**32))
    wide = {name: _spread(domain, draw, 4000) for name, domain in symbols.items()}
    yield wide
    lines = _lines(trees, list(symbols))
    if lines is not None:
        yield from _corners(lines, symbols, draw)
        return
    for name, other in [(name, set(symbols) - {name}) for name in symbols]:
        fixed = {one: _spread(symbols[one], draw, 30)[:, np.newaxis] * np.ones(3000) for one in other}
        fine = np.sort(_spread(symbols[name], draw, 3000))
        yield {name: np.broadcast_to(fine, (30, 3000)) * np.ones((30, 1)), **fixed}


def _spread(domain: str, draw: np.random.Generator, count: int) -> Any:
    if ".." in domain:
        low, high = map(float, domain.split(".."))
        return draw.uniform(low, high, count)
    size = 10 ** draw.uniform(-2, 4.5, count)
    return size if domain == "positive" else size * np.where(draw.random(count) < 0.5, -1, 1)


def _lines(trees: list[Tree], names: list[str]) -> list[tuple[float, ...]] | None:
    """Every line at which a piecewise linear formula may change, by its coefficients; None for other formulas."""
    lines: set[tuple[float, ...]] = set()

    def pieces(tree: Tree) -> list[tuple[float, ...]] | None:
        match tree:
            case str():
                return [(*(float(name == tree) for name in names), 0.0)]
            case int() | float():
                return [(0.0,) * len(names) + (float(tree),)]
        inner = [pieces(part) for part in tree[1:]]
        if any(one is None or len(one) > 60 for one in inner):
            return None
        match tree[0]:
            case "+" | "-":
                sign = 1 if tree[0] == "+" else -1
                return _unique(
                    tuple(a + sign * b for a, b in zip(p, q, strict=True)) for p in inner[0] for q in inner[1]
                )
            case "neg":
                return [tuple(-a for a in p) for p in inner[0]]
            case "*":
                for constant, other in (inner, inner[::-1]):
                    if all(not any(p[:-1]) for p in constant):
                        return _unique(tuple(p[-1] * a for a in q) for p in constant for q in other)
                return None
            case "max" | "min":
                lines.update(_differences(inner[0], inner[1]))
                return _unique([*inner[0], *inner[1]])
            case "abs" | "root_of_square" | "relu" | "leaky_relu":
                lines.update(inner[0])
                slope = {"relu": 0.0, "leaky_relu": 0.01}.get(tree[0], -1.0)
                return _unique([*inner[0], *(tuple(slope * a for a in p) for p in inner[0])])
            case "step":
                lines.update(inner[0])
                return [(0.0,) * (len(names) + 1), (0.0,) * len(names) + (1.0,)]
            case "if":
                lines.update(_differences(inner[0], inner[1]))
                return _unique([*inner[2], *inner[3]])
            case _:
                return None

    if any(pieces(tree) is None for tree in trees):
        return None
    kept = [line for line in sorted(lines) if any(line[:-1])]
    return kept if len(kept) <= 60 else None


def _differences(left: list[tuple[float, ...]], right: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    return [tuple(a - b for a, b in zip(p, q, strict=True)) for p in left for q in right]


def _unique(pieces: Any) -> list[tuple[float, ...]]:
    return list(dict.fromkeys(tuple(round(a, 9) for a in piece) for piece in pieces))


def _corners(
    lines: list[tuple[float, ...]], symbols: dict[str, str], draw: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """Points around every corner that lines and the ends of the domains make, and between neighbouring ones."""
    names, count = list(symbols), len(symbols)
    ends = [
        (*(float(i == j) for j in range(count)), -end)
        for i, domain in enumerate(symbols.values())
        for end in _ends(domain)
        if np.isfinite(end)
    ]
    corners = []
    for chosen in combinations([*lines, *ends], count):
        matrix = np.array([line[:-1] for line in chosen])
        if abs(np.linalg.det(matrix)) > 1e-9:
            corners.append(np.linalg.solve(matrix, -np.array([line[-1] for line in chosen])))
    if not corners:
        return
    base = np.array(corners)
    shifts = [
        draw.normal(size=(len(base), count)) * scale for scale in (1e-4, 1e-3, 1e-2, 0.1, 1, 30) for _ in range(24)
    ]
    mixed = base[draw.integers(len(base), size=6000)] * 0.5 + base[draw.integers(len(base), size=6000)] * 0.5
    third = mixed * 2 / 3 + base[draw.integers(len(base), size=6000)] / 3
    points = np.concatenate([base + shift for shift in shifts] + [mixed, third])
    points += draw.normal(size=points.shape) * 1e-5  # exactly on a line nothing is compared
    inside = np.ones(len(points), dtype=bool)
    for i, domain in enumerate(symbols.values()):
        low, high = _ends(domain)
        inside &= (points[:, i] > low) & (points[:, i] < high)
    if inside.any():
        yield {name: points[inside, i] for i, name in enumerate(names)}


def _ends(domain: str) -> tuple[float, float]:
    if ".." in domain:
        low, high = domain.split("..")
        return float(low), float(high)
    return (0.0 if domain == "positive" else -np.inf), np.inf


LONGEST = 260


def pairs(count: int, seed: int) -> Iterator[Pair]:
    """So many pairs, about half of them equal."""
    maker = Maker(seed)
    chance = maker.chance
    made = 0
    while made < count:
        names = ["x"] if chance.random() < 0.5 else ["x", "y"]
        symbols = {name: chance.choice(DOMAINS) for name in names}
        key = maker.kink(names, chance.choice((1, 1, 2, 2, 3)))
        equal = made % 2 == 0
        answer = key
        for _ in range(chance.randint(1, 3) if equal else 1):
            new = maker.changed(answer, maker.identity if equal else maker.slip, names)
            answer = answer if new is None else new
        if not equal and chance.random() < 0.5:
            answer = maker.changed(answer, maker.identity, names) or answer
        if text(answer) == text(key) or max(len(text(answer)), len(text(key))) > LONGEST:
            continue
        if any(isinstance(read_strict(text(tree)), Unreadable) for tree in (key, answer)):
            continue  # exp of thousands
        if not equal and not differs(key, answer, symbols, chance):
            continue
        made += 1
        yield Pair(text(key), text(answer), symbols, equal)
