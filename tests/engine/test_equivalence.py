from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Call, Node, Number
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.deciding import Domain, State, compare, decide
from studyapp.engine.equivalence.sampling import ENOUGH, Sample, column, in_order
from studyapp.engine.equivalence.setting import Formula, Setting
from studyapp.engine.interpretation import exact_value
from studyapp.language import read_strict


def tree(text: str) -> Node:
    node = read_strict(text)
    assert not hasattr(node, "code"), node
    return node


def domains(**kinds: str) -> dict[str, SymbolDomain]:
    return {name: domain(name, kind) for name, kind in kinds.items()}


def domain(name: str, kind: str) -> SymbolDomain:
    if ".." in kind:
        low, high = kind.split("..")
        return SymbolDomain(name, "interval", Decimal(low), Decimal(high))
    return SymbolDomain(name, kind)


def state(
    left: str, right: str, symbols: Mapping[str, str], given: Mapping[str, str] = {}, functions: tuple[str, ...] = ()
) -> str:
    relations = {name: tree(text) for name, text in given.items()}
    return decide(tree(left), tree(right), domains(**symbols), relations, functions).state.value


# Pairs that SymPy's simplify marks different, or at which numerical checkers fail, by the comparison of checkers.
@pytest.mark.parametrize(
    ("left", "right", "symbols"),
    [
        ("tanh(z)", "1 - 2/(exp(2*z) + 1)", {"z": "real"}),
        ("tanh(z)", "2*sigmoid(2*z) - 1", {"z": "real"}),
        ("(1 + tanh(z/2))/2", "sigmoid(z)", {"z": "real"}),
        ("z + log(1 + exp(-z))", "log(1 + exp(z))", {"z": "real"}),
        ("softplus(z)", "max(z, 0) + log(1 + exp(-abs(z)))", {"z": "real"}),
        ("m + log(exp(a - m) + exp(b - m))", "log(exp(a) + exp(b))", {"a": "real", "b": "real", "m": "real"}),
        ("p*log(p/q)", "p*log(p) - p*log(q)", {"p": "0..1", "q": "0..1"}),
        ("(1 - p)**g", "exp(g*log(1 - p))", {"p": "0..1", "g": "positive"}),
        ("x**(1/5)", "x**0.2", {"x": "positive"}),
        ("sqrt(s/(1 - b**n))", "sqrt(s)/sqrt(1 - b**n)", {"s": "positive", "b": "0..1", "n": "positive"}),
        ("sqrt((x - 3)*(x - 5))", "sqrt(x - 3)*sqrt(x - 5)", {"x": "5..9"}),
        ("sqrt(x**2)", "abs(x)", {"x": "real"}),
        ("sqrt(x**2)", "x", {"x": "positive"}),
        ("log(x*y)", "log(x) + log(y)", {"x": "positive", "y": "positive"}),
        ("sin(7*pi)", "0", {}),
        ("sin(x)**2 + cos(x)**2", "1", {"x": "real"}),
        ("max(0, 1 - s*t)", "if(s*t < 1, 1 - s*t, 0)", {"s": "real", "t": "label"}),
        ("t*t", "1", {"t": "label"}),
        ("relu(z)", "(z + abs(z))/2", {"z": "real"}),
        ("mean((a, b))", "(a + b)/2", {"a": "real", "b": "real"}),
        ("mse((a, b), (c, d))", "((a - c)**2 + (b - d)**2)/2", dict.fromkeys("abcd", "real")),
        ("D(log(1 + exp(z)), z)", "sigmoid(z)", {"z": "real"}),
        ("sigmoid'(z)", "sigmoid(z)*(1 - sigmoid(z))", {"z": "real"}),
        ("gelu(z)", "z*gelu(z)/z", {"z": "real"}),
        ("arcface_logit(a, m, s)", "s*cos(a + m)", {"a": "0..3", "m": "positive", "s": "positive"}),
        ("leaky_relu(z, slope=0.2)", "max(z, z/5)", {"z": "real"}),
        ("(x + 1)**13 - x**13", "(x + 1)**13 - x*x**12", {"x": "real"}),
        ("exp(exp(exp(x)))", "exp(exp(exp(x)))", {"x": "real"}),
    ],
)
def test_equal_formulas_are_equal(left: str, right: str, symbols: dict[str, str]):
    assert state(left, right, symbols) == "equal"
    assert state(right, left, symbols) == "equal"


@pytest.mark.parametrize(
    ("left", "right", "symbols"),
    [
        ("y - t", "t - y", {"y": "real", "t": "real"}),
        ("sqrt(x**2)", "x", {"x": "real"}),
        ("relu(z)", "z", {"z": "real"}),
        ("relu(z)", "softplus(z)", {"z": "real"}),
        ("t", "1", {"t": "label"}),
        ("x**2 - 1", "(x - 1)*(x + 1) + 1e-9", {"x": "real"}),
        ("x**2 - 1", "(x - 1)*(x + 1) + 1e-60", {"x": "real"}),
        ("exp(x)", "exp(x) + 1e-70", {"x": "real"}),
        ("exp(x)", "exp(x) + 1e-150", {"x": "real"}),
        ("exp(x)", "exp(x)*(1 + 1e-40)", {"x": "real"}),
        ("exp(-x**2)", "2*exp(-x**2)", {"x": "real"}),
        ("(1 + 1/2**99)", "(1 + 1/2**98)", {}),
        ("(-2)**(n + 1)", "(-2)**n", {"n": "integer"}),
        ("tanh(10*x)", "sign(x)", {"x": "real"}),
        ("exp(exp(exp(x)))", "2*exp(exp(exp(x)))", {"x": "real"}),
        ("gelu(x)", "x*sigmoid(1.702*x)", {"x": "real"}),
        ("x", "x + (abs(x) - x)*1e-12", {"x": "real"}),
    ],
)
def test_different_formulas_are_different(left: str, right: str, symbols: dict[str, str]):
    assert state(left, right, symbols) == "different"
    assert state(right, left, symbols) == "different"


def test_relations_hold_at_every_point():
    given = {"y": "sigmoid(z)", "d": "y*(1 - y)"}
    assert state("d", "exp(-z)/(1 + exp(-z))**2", {"z": "real"}, given) == "equal"
    assert state("D(y, z)", "d", {"z": "real"}, given) == "equal"
    assert state("y", "z", {"z": "real"}, given) == "different"
    assert state("t_1 + t_2", "1", {"t_1": "0..1"}, {"t_2": "1 - t_1"}) == "equal"


def test_an_open_function_has_no_identities():
    assert state("f(u)*f'(u)", "f'(u)*f(u)", {"u": "real"}, functions=("f",)) == "equal"
    assert state("f(2*u)", "f(u + u)", {"u": "real"}, functions=("f",)) == "equal"
    for other in ("f(u)", "f(u)*(1 - f(u))", "1 - f(u)**2", "f'(-u)", "abs(f'(u))", "1", "f''(u)"):
        assert state("f'(u)", other, {"u": "real"}, functions=("f",)) == "different"
    assert state("f'(u)", "g'(u)", {"u": "real"}, functions=("f", "g")) == "different"


def test_a_counter_example_is_a_point_of_the_domain_with_both_values():
    decision = decide(tree("y*(1 - y)"), tree("1 - y**2"), domains(y="0..1"), {})
    y = Fraction(decision.point["y"])
    assert 0 < y < 1
    assert Fraction(decision.key) == y * (1 - y)
    assert Fraction(decision.answer) == 1 - y**2


def test_where_domains_differ_it_is_said():
    narrower = decide(tree("log(x**2)"), tree("2*log(x)"), domains(x="real"), {})
    wider = decide(tree("2*log(x)"), tree("log(x**2)"), domains(x="real"), {})
    nowhere = decide(tree("x"), tree("x/0"), domains(x="real"), {})
    assert (narrower.state, narrower.domain, narrower.answer) == (State.DIFFERENT, Domain.ANSWER_UNDEFINED, None)
    assert (wider.state, wider.domain) == (State.EQUAL, Domain.KEY_UNDEFINED)
    assert (nowhere.state, nowhere.domain) == (State.UNDECIDED, Domain.ANSWER_NOWHERE)


@pytest.mark.parametrize("left", ["log(-1 - x**2)", "unknown + 1", "(1, 2)", "x < 1"])
def test_what_has_no_value_on_either_side_is_undecided(left: str):
    assert state(left, left, {"x": "real"}) == "undecided"


def test_relations_in_a_circle_are_a_problem():
    with pytest.raises(Problem):
        in_order({"a": tree("b + 1"), "b": tree("a + 1")})


@pytest.mark.parametrize("kind", ["real", "positive", "nonnegative", "integer", "label", "0..1", "-3..-1"])
def test_points_lie_in_the_declared_domain_and_are_always_the_same(kind: str):
    values = column(domain("x", kind), 0, 200)
    inside = {
        "positive": lambda x: x > 0,
        "nonnegative": lambda x: x >= 0,
        "integer": lambda x: x == int(x),
        "label": lambda x: x in (1, -1),
        "0..1": lambda x: 0 < x < 1,
        "-3..-1": lambda x: -3 < x < -1,
    }.get(kind, lambda x: True)
    assert all(inside(value) for value in values)
    assert values == column.__wrapped__(domain("x", kind), 0, 200)
    assert len(set(values)) > (1 if kind in ("label", "integer") else 150)


def test_conditions_and_declared_domains_of_dependent_symbols_keep_points_out():
    sample = Sample(
        list(domains(a="real", b="real", c="positive").values()), {"c": tree("a - b")}, (tree("a < 2 and b > -2"),)
    )
    assert len(sample) >= ENOUGH
    assert all(point["a"] > point["b"] and point["a"] < 2 and point["b"] > -2 for point in sample.points)


def test_one_reference_serves_many_answers():
    reference = Formula(tree("x*(y - t)"), Setting(domains(x="real", y="real", t="real"), {}))
    answers = {"x*y - x*t": State.EQUAL, "x*y - t": State.DIFFERENT, "-x*(t - y)": State.EQUAL}
    assert {text: compare(reference, Formula(tree(text), reference.setting)).state for text in answers} == answers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3 + 1/6", Fraction(1, 2)),
        ("2**10", Fraction(1024)),
        ("sqrt(2)**2", Fraction(2)),
        ("1/0", None),
        ("log(0)", None),
        ("log(-1)", None),
        ("sqrt(-1)", None),
        ("0/0", None),
        ("x", None),
    ],
)
def test_exact_values(text: str, value: Fraction | None):
    found = exact_value(tree(text))
    assert found == value or abs(found - value) < Fraction(1, 10**48)


def test_a_value_that_would_not_fit_any_memory_is_none():
    tower: Node = Number(Decimal(100))
    for _ in range(3):
        tower = Call("exp", (tower,))
    assert exact_value(tower) is None
    assert exact_value(Call("exp", (Number(Decimal("1e9")),))) is None
    assert exact_value(Call("exp", (Number(Decimal("-1e9")),))) is None


def test_fifty_digits_of_a_logarithm():
    ln2 = "0.69314718055994530941723212145817656807550013436026"  # OEIS A002162
    assert abs(exact_value(Call("log", (Number(Decimal(2)),))) - Fraction(ln2)) < Fraction(1, 10**49)
