"""Pairs of a key in matrix symbols and an answer, drawn at random: equal ones in odd spellings, others with one slip.

What is equal is decided here by NumPy, at sizes and entries of its own; every vector is a column.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from studyapp.domain.question import ExpressionKey

Tree = tuple[Any, ...]

SIZES = (
    {"N": 9, "D": 3, "H": 6, "C": 5},
    {"N": 11, "D": 4, "H": 3, "C": 7},
    {"N": 13, "D": 5, "H": 7, "C": 4},
)
DOMAINS = {
    "X": "matrix(N, D)",
    "W": "matrix(D, H)",
    "M": "matrix(H, C)",
    "b": "vector(H)",
    "U": "matrix(N, H)",
    "G": "matrix(N, H)",
    "Q": "matrix(N, C)",
    "Y": "matrix(N, C, positive)",
    "T": "matrix(N, C)",
    "A": "matrix(D, D)",
    "B": "matrix(D, D)",
    "x": "vector(D)",
    "w": "vector(D)",
    "y": "vector(N)",
    "m": "vector(D)",
    "N": "size",
    "λ": "positive",
}


def name(text: str) -> Tree:
    return ("name", text)


def turned(part: Tree) -> Tree:
    return part[1] if part[0] == "T" else ("T", part)


def times(*parts: Tree) -> Tree:
    first, *rest = parts
    for part in rest:
        first = ("@", first, part)
    return first


X, W, M, b, U, G, Q, Y, T, A, B, x, w, y, m, N, L = map(name, DOMAINS)
ONES_N, IDENTITY = name("1_N"), name("I_D")
TWO = ("number", "2")
SLOPE, VALUE = ("f", 1, U), ("f", 0, U)
RESIDUAL = ("-", times(X, w), y)
GRAM = times(turned(X), X)

OPEN = ("f",)
KEYS: tuple[Tree, ...] = (
    times(turned(X), G),
    times(G, turned(W)),
    ("sum", 0, G),
    times(turned(G), ONES_N),
    ("/", ("-", Y, T), N),
    ("/", times(turned(X), ("-", Y, T)), N),
    ("*", times(Q, turned(M)), SLOPE),
    times(turned(X), ("*", times(Q, turned(M)), SLOPE)),
    ("+", times(X, W), times(ONES_N, turned(b))),
    ("/", times(TWO, turned(X), RESIDUAL), N),
    ("+", times(turned(X), RESIDUAL), times(L, w)),
    ("+", ("/", times(turned(X), RESIDUAL), N), times(TWO, L, w)),
    times(("inv", GRAM), turned(X), y),
    times(("inv", ("+", GRAM, times(L, IDENTITY))), turned(X), y),
    times(("+", A, turned(A)), x),
    times(turned(x), A, x),
    times(TWO, A, x),
    times(turned(A), ("-", times(A, x), m)),
    times(x, turned(x)),
    ("-", x, times(L, turned(A), m)),
    ("*", ("-", Y, T), Y),
    ("/", times(turned(("-", X, times(ONES_N, turned(m)))), ("-", X, times(ONES_N, turned(m)))), N),
    times(A, B, x),
    ("+", times(A, B), turned(times(A, B))),
    ("*", G, ("*", SLOPE, U)),
    ("-", ("/", T, Y), ("/", Q, N)),
)


def is_number(value: Any) -> bool:
    return np.ndim(value) == 0


def value(tree: Tree, env: dict[str, Any]) -> Any:
    """The value: numbers and matrices; raises `ValueError` where the operands do not fit."""
    match tree:
        case ("name", text):
            return env[text]
        case ("number", text):
            return float(text)
        case ("T", part):
            inner = value(part, env)
            return inner if is_number(inner) else inner.T
        case ("inv", part):
            return np.linalg.inv(value(part, env))
        case ("f", primes, part):
            inner = value(part, env)
            return np.cos(1.3 * inner) * 1.3 + inner if primes else np.sin(1.3 * inner) + inner**2 / 2
        case ("sum", axis, part):
            return value(part, env).sum(axis=axis)[:, None]
        case ("neg", part):
            return -value(part, env)
        case (sign, left, right):
            return combined(sign, value(left, env), value(right, env))
    raise AssertionError(tree)


def combined(sign: str, left: Any, right: Any) -> Any:
    if sign == "@":
        result = left * right if is_number(left) or is_number(right) else left @ right
        return float(result[0, 0]) if np.shape(result) == (1, 1) else result
    if not is_number(left) and not is_number(right) and left.shape != right.shape:
        left, right = repeated(left, right)
    return {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[sign](left, right)


def repeated(left: Any, right: Any) -> tuple[Any, Any]:
    """A row beside a matrix, or a vector as long as its rows, for every row."""
    if 1 in left.shape and 1 not in right.shape:
        second, first = repeated(right, left)
        return first, second
    row = right if right.shape[0] == 1 else right.T
    if row.shape != (1, left.shape[1]) or 1 in left.shape:
        raise ValueError(right.shape)
    return left, np.repeat(row, len(left), axis=0)


def environments() -> list[dict[str, Any]]:
    """Values for every name, three times, of sizes that all differ."""
    drawn = np.random.default_rng(3)
    result = []
    for sizes in SIZES:
        env: dict[str, Any] = {"N": float(sizes["N"]), "λ": drawn.uniform(0.3, 2)}
        for text, domain in DOMAINS.items():
            if "(" in domain:
                parts = domain.split("(")[1].rstrip(")").split(", ")
                shape = [sizes[part] for part in parts if part in sizes]
                entries = drawn.uniform(0.2, 2, (*shape, 1)[:2]) * (1 if "positive" in parts else drawn.choice([-1, 1]))
                env[text] = entries + (0 if "positive" in parts else drawn.normal(size=entries.shape))
        env |= {f"1_{dimension}": np.ones((size, 1)) for dimension, size in sizes.items()}
        env |= {f"I_{dimension}": np.eye(size) for dimension, size in sizes.items()}
        result.append(env)
    return result


ENVIRONMENTS = environments()


def fits(tree: Tree) -> bool:
    try:
        for env in ENVIRONMENTS:
            value(tree, env)
    except (ValueError, AttributeError, np.linalg.LinAlgError, IndexError):
        return False
    return True


def equal(left: Tree, right: Tree) -> bool:
    """Whether two trees that fit have the same values; a row is no column."""
    for env in ENVIRONMENTS:
        a, b = value(left, env), value(right, env)
        if np.shape(a) != np.shape(b) or not np.allclose(a, b, rtol=1e-8, atol=1e-10):
            return False
    return True


def flat(tree: Tree) -> Tree:
    """A row as the column that it is graded as."""
    shape = np.shape(value(tree, ENVIRONMENTS[0]))
    return turned(tree) if len(shape) == 2 and shape[0] == 1 < shape[1] else tree


def places(tree: Tree, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Tree]]:
    yield path, tree
    for at, part in enumerate(tree):
        if isinstance(part, tuple):
            yield from places(part, (*path, at))


def put(tree: Tree, path: tuple[int, ...], new: Tree) -> Tree:
    if not path:
        return new
    at, *rest = path
    return (*tree[:at], put(tree[at], tuple(rest), new), *tree[at + 1 :])


def rewritings(node: Tree) -> Iterator[Tree]:
    """Trees of the same value."""
    match node:
        case ("@", left, right):
            yield ("T", ("@", turned(right), turned(left)))
            if left[0] == "@":
                yield ("@", left[1], ("@", left[2], right))
            if right[0] in "+-" and len(right) == 3:
                yield (right[0], ("@", left, right[1]), ("@", left, right[2]))
            if left[0] in "+-" and len(left) == 3:
                yield (left[0], ("@", left[1], right), ("@", left[2], right))
        case ("+", left, right):
            yield ("+", right, left)
        case ("-", left, right):
            yield ("neg", ("-", right, left))
        case ("*", left, right):
            yield ("*", right, left)
        case ("/", left, ("name", "N") as size) if left[0] != "number":
            yield ("@", ("/", ("number", "1"), size), left)
            if left[0] in "+-" and len(left) == 3:
                yield (left[0], ("/", left[1], size), ("/", left[2], size))
        case ("sum", 0, part):
            yield ("@", turned(part), ONES_N)
        case ("T", part):
            yield ("T", ("T", ("T", part)))


def _turn(node: Tree) -> Iterator[Tree]:
    if node[0] in ("name", "T", "@"):
        yield turned(node)


def _drop(node: Tree) -> Iterator[Tree]:
    match node:
        case ("@" | "*", left, right):
            yield left
            yield right
        case ("/", left, _):
            yield left


def _exchange(node: Tree) -> Iterator[Tree]:
    if node[0] == "@":
        yield ("@", node[2], node[1])
        yield ("*", node[1], node[2])
    if node[0] == "*":
        yield ("@", node[1], node[2])


def _function(node: Tree) -> Iterator[Tree]:
    if node[0] == "f":
        yield ("f", 1 - node[1], node[2])


def _sign(node: Tree) -> Iterator[Tree]:
    match node:
        case ("+", left, right):
            yield ("-", left, right)
        case ("-", left, right):
            yield ("+", left, right)
            yield ("-", right, left)


def _axis(node: Tree) -> Iterator[Tree]:
    if node[0] == "sum":
        yield ("sum", 1 - node[1], node[2])
        yield node[2]


def _bracket(node: Tree) -> Iterator[Tree]:
    match node:
        case ("@", left, ("+" | "-" as sign, first, second)):
            yield (sign, ("@", left, first), second)
        case ("/", ("+" | "-" as sign, first, second), right):
            yield (sign, first, ("/", second, right))


def _inverse(node: Tree) -> Iterator[Tree]:
    if node[0] == "inv":
        yield node[1]


def _term(node: Tree) -> Iterator[Tree]:
    match node:
        case ("+", left, right):
            yield left
            yield right
        case ("-", left, _):
            yield left


def _whole(node: Tree) -> Iterator[Tree]:
    yield ("neg", node)
    yield ("@", TWO, node)
    yield ("/", node, TWO)
    yield ("/", node, N)


SLIPS: tuple[Callable[[Tree], Iterator[Tree]], ...] = (
    *(_turn, _drop, _exchange, _function, _sign, _axis, _bracket, _inverse, _term),
)

TURNED = ("^T", "ᵀ", ".T", "^{T}", r"^\top", "^⊤", r"^{\top}", "^ T", r"^{\mathsf{T}}")
PRODUCTS = (" ", " ", " @ ", "·", r" \cdot ", "×")
ENTRYWISE = (" ⊙ ", "⊙", " ∘ ", r" \odot ", r" \circ ")


@dataclass
class Speller:
    """Writes a tree as somebody might type it."""

    draws: random.Random
    odd: bool = True

    def chosen(self, *ways: str) -> str:
        return self.draws.choice(ways) if self.odd else ways[0]

    def text(self, tree: Tree) -> str:
        text = self.written(tree)
        if not self.odd:
            return text
        frame = self.draws.random()
        if frame < 0.1:
            return f"${text}$"
        if frame < 0.2:
            return f"dW = {text}"
        if frame < 0.25:
            return f"({text})"
        if frame < 0.3:
            return f"答え：{text}"
        return text

    def written(self, tree: Tree) -> str:
        match tree:
            case ("name", "1_N"):
                return self.chosen("1_N", "1_{N}", r"\mathbf{1}_N", "ones(N)")
            case ("name", "I_D"):
                return self.chosen("I_D", "I", "I_{D}", "np.eye(D)")
            case ("name", "λ"):
                return self.chosen("λ", "lambda", r"\lambda ")
            case ("name", text) | ("number", text):
                return text
            case ("T", part):
                return self.atom(part) + self.chosen(*TURNED)
            case ("inv", part):
                inner = self.written(part)
                inverse = self.chosen("^-1", "^{-1}", "⁻¹", "^(-1)")
                return self.chosen(f"({inner}){inverse}", f"np.linalg.inv({inner})", f"inv({inner})")
            case ("f", primes, part):
                return f"f{chr(39) * primes}({self.written(part)})"
            case ("sum", axis, part):
                inner = self.written(part)
                return self.chosen(
                    f"sum({inner}, axis={axis})",
                    f"np.sum({inner}, axis={axis})",
                    f"({inner}).sum(axis={axis})",
                    f"sum({inner}, {axis})",
                )
            case ("neg", part):
                return f"-{self.factor(part)}"
            case ("+" | "-" as sign, left, right):
                return f"{self.written(left)} {sign} {self.factor(right) if right[0] in '+-' else self.written(right)}"
            case ("@", left, right):
                return self.product(left, right)
            case ("*", left, right):
                return self.entry(left) + self.chosen(*ENTRYWISE) + self.entry(right)
            case ("/", left, right):
                bottom = self.atom(right)
                return self.chosen(f"{self.factor(left)}/{bottom}", rf"\frac{{{self.written(left)}}}{{{bottom}}}")
        raise AssertionError(tree)

    def product(self, left: Tree, right: Tree) -> str:
        first, second = self.factor(left), self.atom(right)
        if second[0].isdigit():
            second = f"({second})"
        parts = (left, right)
        if any(part[0] == "number" or part in (N, L) or (part[0] == "/" and part[2] == N) for part in parts):
            return first + self.chosen(" ", "*", "·") + second
        sign = self.chosen(*PRODUCTS)
        if sign == " @ " and left in (x, w, y, m, b):
            sign = " "  # NumPy reads a vector before `@` as a row
        return first + sign + second

    def entry(self, part: Tree) -> str:
        return f"({self.written(part)})" if part[0] in ("+", "-", "neg", "*", "/") else self.written(part)

    def factor(self, part: Tree) -> str:
        return f"({self.written(part)})" if part[0] in ("+", "-", "neg", "*") else self.written(part)

    def atom(self, part: Tree) -> str:
        simple = part[0] in ("name", "number", "f", "sum")
        return self.written(part) if simple else f"({self.written(part)})"


@dataclass(frozen=True)
class Pair:
    """A key, an answer, and whether they are equal; a pair with a slip may not fit at all."""

    key: ExpressionKey
    answer: str
    is_right: bool


def key_of(tree: Tree) -> ExpressionKey:
    text = Speller(random.Random(0), odd=False).text(tree)
    return ExpressionKey(
        text, {"lambda" if name == "λ" else name: domain for name, domain in DOMAINS.items()}, {}, ("f",)
    )


def right_pair(draws: random.Random) -> Pair:
    """A key and another tree of its value, spelt oddly."""
    key = draws.choice(KEYS)
    tree = key
    for _ in range(draws.randint(0, 3)):
        ways = [put(tree, path, new) for path, node in places(tree) for new in rewritings(node)]
        tree = draws.choice(ways or [tree])
    assert equal(key, tree), (key, tree)
    return Pair(key_of(key), Speller(draws).text(tree), is_right=True)


def wrong_pair(draws: random.Random) -> Pair:
    """A key and a tree with one slip, whose value is another one, or which has none."""
    while True:
        key = draws.choice(KEYS)
        slip = draws.choice(SLIPS)
        ways = [put(key, path, new) for path, node in places(key) for new in slip(node)]
        if draws.random() < 0.15:
            ways = list(_whole(key))
        if not ways:
            continue
        tree = draws.choice(ways)
        if fits(tree) and equal(flat(key), flat(tree)):
            continue
        return Pair(key_of(key), Speller(draws).text(tree), is_right=False)


def pairs(count: int, seed: int) -> Iterator[Pair]:
    """Pairs, half of them right."""
    draws = random.Random(seed)
    for place in range(count):
        yield right_pair(draws) if place % 2 else wrong_pair(draws)
