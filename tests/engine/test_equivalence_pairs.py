"""Pairs of formulas made by identities (equal) and by slips (different, shown by an oracle of its own)."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import mpmath
import pytest

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, children, names_in, walk, with_children
from studyapp.domain.question import ExpressionKey
from studyapp.domain.verdict import Outcome
from studyapp.engine.interpretation import derivative_of
from studyapp.grading import grade
from studyapp.language import read_strict, to_text


def n(value: int) -> Node:
    return Number(Decimal(value))


@dataclass(frozen=True)
class Subject:
    """A formula over symbols; `outputs` are symbols with the name of the activation that gave them."""

    text: str
    symbols: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def tree(self) -> Node:
        node = read_strict(self.text)
        if isinstance(node, Call) and node.function == "D":
            return derivative_of(node.arguments[0], node.arguments[1], {})
        return node


UNIT = {"y": "0..1", "t": "0..1"}
TWO_CLASSES = {"y_1": "0..1", "y_2": "0..1", "t_1": "0..1", "t_2": "0..1"}
TWO_DISTRIBUTIONS = dict.fromkeys(("p_1", "p_2", "q_1", "q_2"), "0..1")
ADAM = {"m": "real", "s": "positive", "b": "0..1", "c": "0..1", "n": "positive", "d": "positive"}
LOGITS = {"z_1": "real", "z_2": "real", "t_1": "0..1", "t_2": "0..1"}
NET = {"y": "0..1", "t": "0..1", "x": "real", "w": "real", "z": "0..1", "v": "real"}

SUBJECTS = [
    Subject("D(half_sse(y, t), y)", {"y": "real", "t": "real"}),
    Subject("D(mse((y_1, y_2), (t_1, t_2)), y_1)", dict.fromkeys(TWO_CLASSES, "real")),
    Subject("D(binary_cross_entropy(y, t), y)", UNIT),
    Subject("D(binary_cross_entropy_with_logits(z, t), z)", {"z": "real", "t": "0..1"}),
    Subject("D(cross_entropy((y_1, y_2), (t_1, t_2)), y_1)", TWO_CLASSES),
    Subject("D(cross_entropy_with_logits((z_1, z_2), (t_1, t_2)), z_1)", LOGITS),
    Subject("D(kl_divergence((p_1, p_2), (q_1, q_2)), q_1)", TWO_DISTRIBUTIONS),
    Subject("D(kl_divergence((p_1, p_2), (q_1, q_2)), p_1)", TWO_DISTRIBUTIONS),
    Subject("D(poisson_nll(y, t), y)", {"y": "positive", "t": "nonnegative"}),
    Subject("D(gaussian_nll(y, t, v), v)", {"y": "real", "t": "real", "v": "positive"}),
    Subject("D(log_cosh(y, t), y)", {"y": "real", "t": "real"}),
    Subject("D(focal(p, 1), p)", {"p": "0..1"}),
    Subject("D(vae_kl(m, v), v)", {"m": "real", "v": "positive"}),
    Subject("D(sigmoid(z), z)", {"z": "real"}),
    Subject("D(tanh(z), z)", {"z": "real"}),
    Subject("D(softplus(z), z)", {"z": "real"}),
    Subject("D(swish(z), z)", {"z": "real"}),
    Subject("(y - t)*y*(1 - y)*x", NET, {"y": "sigmoid"}),
    Subject("(y - t)*y*(1 - y)*w*(1 - z**2)*x", NET, {"y": "sigmoid"}),
    Subject("(y - t)*w*z*(1 - z)*x", NET, {"z": "sigmoid"}),
    Subject("((y - t)*w + (x - v)*t)*z*(1 - z)", NET, {"z": "sigmoid"}),
    Subject("-t*log(y) - (1 - t)*log(1 - y)", UNIT),
    Subject("-(t_1*log(y_1) + t_2*log(y_2))", TWO_CLASSES),
    Subject("p_1*log(p_1/q_1) + p_2*log(p_2/q_2)", TWO_DISTRIBUTIONS),
    Subject("(m**2 + v - log(v) - 1)/2", {"m": "real", "v": "positive"}),
    Subject("m/(1 - b**n)/(sqrt(s/(1 - c**n)) + d)", ADAM),
    Subject("-(1 - p)**g*log(p)", {"p": "0..1", "g": "positive"}),
    Subject("x*(a*w + b - t)/N", {"x": "real", "a": "real", "w": "real", "b": "real", "t": "real", "N": "integer"}),
    Subject("exp(z_1)/(exp(z_1) + exp(z_2))", {"z_1": "real", "z_2": "real"}),
]  # fmt: skip


# --- an oracle of its own: the tree written as a Python function of mpmath numbers -----------------------------------

_ORACLE = {name: getattr(mpmath, name) for name in ("exp", "log", "sqrt", "tanh", "sin", "cos")} | {
    "abs": abs,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "log2": lambda x: mpmath.log(x) / mpmath.log(2),
    "log10": lambda x: mpmath.log(x) / mpmath.log(10),
}


def oracle(node: Node, point: dict[str, mpmath.mpf]) -> mpmath.mpf:
    match node:
        case Number(value):
            return mpmath.mpf(str(value))
        case Name(name):
            return point[name]
        case Negate(operand):
            return -oracle(operand, point)
        case Binary(operator, left, right):
            a, b = oracle(left, point), oracle(right, point)
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b, "**": lambda: a**b}[
                operator
            ]()
        case Call(function, (argument,)):
            return _ORACLE[function](oracle(argument, point))
    raise AssertionError(node)


def differ(left: Node, right: Node, subject: Subject, chance: random.Random) -> bool:
    """Whether 50 digits differ at one of eight random points of the domains."""
    with mpmath.workdps(60):
        for _ in range(8):
            point = {name: _value(domain, chance) for name, domain in subject.symbols.items()}
            try:
                a, b = oracle(left, point), oracle(right, point)
            except ZeroDivisionError:
                continue
            if isinstance(a, mpmath.mpc) != isinstance(b, mpmath.mpc) or not mpmath.isfinite(b):
                return True
            if abs(a - b) > mpmath.mpf(10) ** -40 * max(abs(a), abs(b)):
                return True
    return False


def _value(domain: str, chance: random.Random) -> mpmath.mpf:
    if domain == "integer":
        return mpmath.mpf(chance.randint(2, 30))
    low, high = {"real": (-3, 3), "positive": (0.1, 4), "nonnegative": (0.1, 4), "0..1": (0.02, 0.98)}[domain]
    return mpmath.mpf(chance.uniform(low, high))


# --- identities ------------------------------------------------------------------------------------------------------


def places(
    node: Node, rebuild: Callable[[Node], Node] = lambda new: new
) -> Iterator[tuple[Node, Callable[[Node], Node]]]:
    yield node, rebuild
    parts = children(node)
    for at, part in enumerate(parts):
        yield from places(part, lambda new, at=at: rebuild(with_children(node, [*parts[:at], new, *parts[at + 1 :]])))


def identity(node: Node, chance: random.Random) -> Node | None:
    match node:
        case Binary("+" | "*" as operator, left, right) if chance.random() < 0.5:
            return Binary(operator, right, left)
        case Binary("*", left, Binary("+" | "-" as operator, a, b)):
            return Binary(operator, Binary("*", left, a), Binary("*", left, b))
        case Binary("*", Binary("+" | "-" as operator, a, b), right):
            return Binary(operator, Binary("*", a, right), Binary("*", b, right))
        case Binary("-", left, right):
            return chance.choice([Negate(Binary("-", right, left)), Binary("+", left, Negate(right))])
        case Binary("/", left, right):
            return chance.choice(
                [Binary("*", left, Binary("/", n(1), right)), Negate(Binary("/", left, Negate(right)))]
            )
        case Binary("**", base, Number(two)) if two == 2:
            return Binary("*", base, base)
        case Call("exp", (Binary("+", a, b),)):
            return Binary("*", Call("exp", (a,)), Call("exp", (b,)))
        case Call("exp", (Negate(a),)):
            return Binary("/", n(1), Call("exp", (a,)))
        case Call("log", (Binary("/", a, b),)):
            return Binary("-", Call("log", (a,)), Call("log", (b,)))
        case Call("log", (Binary("+", Number(one), Call("exp", (a,))),)) if one == 1:
            return Binary("+", a, Call("log", (Binary("+", n(1), Call("exp", (Negate(a),))),)))
        case Call("tanh", (a,)):
            double = Call("exp", (Binary("*", n(2), a),))
            return Binary("-", n(1), Binary("/", n(2), Binary("+", double, n(1))))
        case Name():
            shift = n(chance.randint(2, 5))
            return chance.choice(
                [
                    Binary("-", Binary("+", node, shift), shift),
                    Binary("/", Binary("*", node, shift), shift),
                    Binary("-", n(1), Binary("-", n(1), node)),
                ]
            )
        case _:
            return None


def equal_answer(tree: Node, chance: random.Random) -> Node:
    for _ in range(chance.randint(1, 3)):
        node, rebuild = chance.choice(list(places(tree)))
        new = identity(node, chance)
        tree = tree if new is None else rebuild(new)
    return tree


# --- slips -----------------------------------------------------------------------------------------------------------


def _one_of(tree: Node, rule: Callable[[Node], Node | None], chance: random.Random) -> Node | None:
    made = [(rebuild, rule(node)) for node, rebuild in places(tree)]
    usable = [(rebuild, new) for rebuild, new in made if new is not None]
    if not usable:
        return None
    rebuild, new = chance.choice(usable)
    return rebuild(new)


def _symbols(tree: Node) -> list[str]:
    return sorted(names_in(tree) - {"e", "pi"})


def _renamed(tree: Node, names: dict[str, str]) -> Node:
    if isinstance(tree, Name):
        return Name(names.get(tree.name, tree.name))
    parts = children(tree)
    return with_children(tree, [_renamed(part, names) for part in parts]) if parts else tree


def sign(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    def rule(node: Node) -> Node | None:
        match node:
            case Binary("+", left, right):
                return Binary("-", left, right)
            case Binary("-", left, right):
                return Binary("+", left, right)
            case Negate(operand):
                return operand
            case Call("exp", (argument,)):
                return Call("exp", (Negate(argument),))
            case _:
                return None

    return Negate(tree) if chance.random() < 0.3 else _one_of(tree, rule, chance)


def swap(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    names = _symbols(tree)
    if len(names) < 2:
        return None
    one, other = chance.sample(names, 2)
    return _renamed(tree, {one: other, other: one})


def complement(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    return _one_of(tree, lambda node: Binary("-", n(1), node) if isinstance(node, Name) else None, chance)


def reciprocal(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    def rule(node: Node) -> Node | None:
        match node:
            case Binary("/", left, right):
                return Binary("/", right, left)
            case Binary("*", left, Name() as right):
                return Binary("/", left, right)
            case _:
                return None

    return _one_of(tree, rule, chance)


def log_base(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    base = chance.choice(["log2", "log10"])
    if not any(isinstance(part, Call) and part.function == "log" for part in walk(tree)):
        return None

    def all_logs(node: Node) -> Node:
        parts = [all_logs(part) for part in children(node)]
        made = with_children(node, parts) if parts else node
        return Call(base, made.arguments) if isinstance(made, Call) and made.function == "log" else made

    return all_logs(tree)


def reduction(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    families = {name[0] for name in _symbols(tree) if "_" in name}
    size: Node | None = Name("N") if "N" in subject.symbols else n(2) if families else None
    return None if size is None else Binary(chance.choice(["*", "/"]), tree, size)


def factor(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    constant = chance.choice([n(2), n(3), Binary("/", n(1), n(2)), Number(Decimal("0.1"))])

    def rule(node: Node) -> Node | None:
        match node:
            case Binary("+" | "-" as operator, left, right):
                return Binary(operator, left, Binary("*", constant, right))
            case _:
                return None

    return Binary("*", constant, tree) if chance.random() < 0.5 else _one_of(tree, rule, chance)


def missing_factor(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    def rule(node: Node) -> Node | None:
        match node:
            case Binary("*", left, right):
                return chance.choice([left, right])
            case Binary("/", left, _):
                return left
            case _:
                return None

    return _one_of(tree, rule, chance)


def extra_factor(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    names = _symbols(tree)
    parts = [node for node, _ in places(tree) if not isinstance(node, Number)]
    more = Name(chance.choice(names)) if names and chance.random() < 0.6 else chance.choice(parts)
    return Binary("*", tree, more)


def dropped_term(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    def rule(node: Node) -> Node | None:
        match node:
            case Binary("+", left, right):
                return chance.choice([left, right])
            case Binary("-", left, right):
                return chance.choice([left, Negate(right)])
            case _:
                return None

    return _one_of(tree, rule, chance)


def direction(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    families = sorted({name[0] for name in _symbols(tree) if "_" in name})
    if len(families) != 2:
        return None
    one, other = families
    names = {name: (other if name[0] == one else one) + name[1:] for name in _symbols(tree) if "_" in name}
    return _renamed(tree, names) if set(names.values()) <= subject.symbols.keys() else None


def activation(tree: Node, subject: Subject, chance: random.Random) -> Node | None:
    for name in subject.outputs:
        y = Name(name)
        right = Binary("*", y, Binary("-", n(1), y))
        wrong = Binary("-", n(1), Binary("**", y, n(2)))
        return Binary("/", Binary("*", tree, wrong), right)
    return None


_MADE = (sign, swap, complement, reciprocal, log_base, reduction, factor, missing_factor, extra_factor, dropped_term)
SLIPS = {slip.__name__.replace("_", "-"): slip for slip in (*_MADE, direction, activation)}


# --- the pairs -------------------------------------------------------------------------------------------------------

LONGEST_TEXT = 400


@dataclass
class Tally:
    wrong: list[str] = field(default_factory=list)
    planted: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    same_name: Counter[str] = field(default_factory=Counter)
    unnamed: list[str] = field(default_factory=list)


def graded_pairs(count: int, seed: int) -> Tally:
    chance = random.Random(seed)
    tally, made = Tally(), 0
    trees = {subject.text: subject.tree for subject in SUBJECTS}
    while made < count:
        subject = chance.choice(SUBJECTS)
        tree = trees[subject.text]
        slip = chance.choice([None, *SLIPS]) if chance.random() < 0.7 else None
        answer = equal_answer(tree, chance) if slip is None else SLIPS[slip](tree, subject, chance)
        if answer is None or len(to_text(answer)) > LONGEST_TEXT or (names_in(answer) - subject.symbols.keys()):
            continue
        made += 1
        _grade_one(subject, tree, answer, slip, chance, tally)
    return tally


def _grade_one(
    subject: Subject, tree: Node, answer: Node, slip: str | None, chance: random.Random, tally: Tally
) -> None:
    key = ExpressionKey(to_text(tree), subject.symbols, {name: f"{of}(u)" for name, of in ()})
    verdict = grade(key, to_text(answer), ())
    expected = Outcome.WRONG if slip and differ(tree, answer, subject, chance) else Outcome.CORRECT
    if verdict.outcome != expected:
        tally.wrong.append(f"{slip}: {to_text(tree)} | {to_text(answer)} -> {verdict}")
    elif slip and expected == Outcome.WRONG:
        tally.planted[slip] += 1
        tally.named[slip] += verdict.mistake is not None
        tally.same_name[slip] += verdict.mistake == slip
        if verdict.mistake is None:
            tally.unnamed.append(f"{slip}: {to_text(tree)} | {to_text(answer)}")


def check(tally: Tally) -> None:
    assert not tally.wrong, "\n".join(tally.wrong[:10])
    assert tally.named.total() >= 0.95 * tally.planted.total(), "\n".join(tally.unnamed[:20])
    for slip in SLIPS:
        assert tally.named[slip] >= 0.85 * tally.planted[slip], "\n".join(tally.unnamed[:20])


def test_pairs_made_by_identities_and_slips_are_told_apart_and_named():
    check(graded_pairs(1000, seed=1))


@pytest.mark.deep
def test_ten_thousand_pairs_are_told_apart_and_named():
    check(graded_pairs(10_000, seed=2))
