"""Derivations in layered networks agree with SymPy, with NumPy's backpropagation and with a difference at 50 digits."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest

from studyapp.domain.exercise import Key, NetworkFamily, StepFacts
from studyapp.domain.expression import Name, Node, names_in, substituted
from studyapp.domain.kind import Kind
from studyapp.domain.network import HIDDEN, PAIRS, read_target, slip_text
from studyapp.domain.place import Place
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Outcome
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.derivations.drawn import (
    at_a_kink,
    drawn_network,
    drawn_numbers,
    network_derivation,
    numpy_gradients,
)
from studyapp.engine.derivations.slips import planted
from studyapp.engine.derivations.writing import Architecture, definitions, derivation, derive
from studyapp.engine.proof import gradient_routes
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.values import Draft, Values
from studyapp.grading import grade
from studyapp.kernel.service import PRINTER

NOWHERE = Place("")
FAMILY = NetworkFamily(place=NOWHERE, layers=((1, 3), (1, 4), (1, 3)), hidden=HIDDEN, output=PAIRS, bias=(True, False))
DEEPER = NetworkFamily(
    place=NOWHERE, layers=((1, 2), (1, 3), (1, 3), (1, 2)), hidden=HIDDEN, output=PAIRS, bias=(True, False)
)


def numbered(seed: int) -> tuple[Architecture, Values]:
    """A network of the families with fine numbers, no unit at its kink: every third one is deeper."""
    stream = Stream("derivation", seed, "network")
    while True:
        network = drawn_network(DEEPER if seed % 3 == 2 else FAMILY, stream)
        values = drawn_numbers(network, stream, 3, Decimal("0.1"))
        if not at_a_kink(network, values):
            return network, values


def wanted(network: Architecture, seed: int, count: int) -> list[str]:
    """Some gradients of the network: at least one of a weight, others of any quantity."""
    stream = Stream("derivation", seed, "targets")
    every = stream.shuffled(
        f"dE/d{name}" for name in [*network.parameters(), *network.forward(), *network.inputs()] if name != "E"
    )
    return [f"dE/dw1_1_{1 + stream.below(network.sizes[0])}", *every[: count - 1]]


def hold_against_all(seed: int, count: int) -> float:
    """The largest distance between NumPy's and ours of some gradients of one network; all the routes agree."""
    network, values = numbered(seed)
    machine = numpy_gradients(network, values)
    largest = 0.0
    for text in wanted(network, seed, count):
        target = read_target(text)
        ways = gradient_routes(network, derivation(network, target)[-1], values, machine, with_sympy=True)
        key, quick = ways["mpmath"], ways.pop("numpy", None)
        assert len(ways) == 4
        for way, value in ways.items():
            assert abs(key - value) < Fraction(1, 10**25) * (1 + abs(key)), (seed, text, way)
        if quick is not None:
            assert abs(key - quick) < Fraction(1, 10**10) * (1 + abs(quick)), (seed, text, network)
            largest = max(largest, float(abs(key - quick)))
    return largest


@pytest.mark.parametrize("seed", range(60))
def test_a_derivation_agrees_with_sympy_numpy_and_a_difference(seed: int):
    assert hold_against_all(seed, 2) < 1e-10


@pytest.mark.deep
def test_a_thousand_derivations_agree_with_sympy_numpy_and_a_difference():
    largest = max(hold_against_all(seed, 4) for seed in range(1000))
    print(f"largest distance from NumPy's backpropagation: {largest:.1e}")
    assert largest < 1e-10


def drawn(seed: int, steps: list[str], family: NetworkFamily = FAMILY, digits: int | None = None) -> Draft:
    """The derivation of a seed with those targets."""
    set_language("en")
    facts = tuple(StepFacts(place=NOWHERE, target=step) for step in steps)
    key = Key(
        id="drawn", kind=Kind.DERIVATION, place=NOWHERE, skill="drawn", network=family, steps=facts, digits=digits
    )
    stream = Stream("drawn", seed, "network")
    for _ in range(200):
        made = network_derivation(key, stream, PRINTER)
        if isinstance(made, Draft):
            return made
        assert not made.final, made
    raise AssertionError("no drawing")


def rewritten(network: Architecture, answer: Node, product: Node, using: tuple[str, ...]) -> list[str]:
    """Other ways to write an answer: unsimplified, with signs turned twice, with values written out, scaled."""
    text, allowed = PRINTER.text(answer), set(using)
    relations = definitions(network)
    opened = substituted(answer, {name: relations[name] for name in names_in(answer) if name in relations})
    ways = [PRINTER.text(product), f"-(-({text}))", f"({text})*2/2", f"0 + ({text})*1"]
    ways.append(f"({text} + x_1) - x_1")
    if names_in(opened) <= allowed:
        ways.append(PRINTER.text(opened))
    if isinstance(answer, Name):
        ways.append(f"{text}**2/{text}")
    return ways


CHAIN = ["dE/du2_*", "dz1_j/du1_j", "dE/dz1_j", "dE/du1_j", "dE/dw1_j_i", "dE/dw2_1_j", "update w1_j_i"]


def hold_rewrites_and_slips(seed: int) -> tuple[int, int]:
    """How many rewrites were accepted and slips refused; each slip is named."""
    set_language("en")
    made = drawn(seed, CHAIN)
    accepted = refused = 0
    for step in made.steps:
        target = read_target(step.target)
        derived = derive(Architecture.of_json(made.network), target)
        using = step.key.using
        for way in rewritten(Architecture.of_json(made.network), derived.result, derived.product, using):
            assert grade(step.key, way, step.mistakes).outcome == Outcome.CORRECT, (seed, step.target, way)
            accepted += 1
        for slip in step.mistakes:
            verdict = grade(step.key, slip.answer, step.mistakes)
            assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, slip.name), (seed, step.target, slip)
            assert verdict.message
            refused += 1
    return accepted, refused


@pytest.mark.parametrize("seed", range(12))
def test_equal_forms_are_accepted_and_planted_slips_are_refused_by_name(seed: int):
    accepted, refused = hold_rewrites_and_slips(seed)
    assert accepted >= 5 * len(CHAIN)
    assert refused > len(CHAIN)


def test_terms_that_cancel_at_a_point_do_not_make_equal_forms_differ():
    # At a sample point of this network both weights behind δ are equal, and the δ of two softmax outputs are opposite.
    accepted, _ = hold_rewrites_and_slips(187)
    assert accepted


@pytest.mark.deep
def test_equal_forms_and_slips_over_a_thousand_networks():
    for seed in range(1000):
        hold_rewrites_and_slips(seed)


@pytest.mark.parametrize("seed", range(30))
def test_every_planted_slip_has_a_sentence(seed: int):
    network, _ = numbered(seed)
    for text in (*wanted(network, seed, 20), "E", "u1_1", "update w1_1_1"):
        target = read_target(text)
        for name, _ in planted(network, derive(network, target)):
            assert slip_text(name), name


RELU = NetworkFamily(
    place=NOWHERE, layers=((1, 1), (2, 2), (2, 2), (1, 1)), hidden=("relu",), output=PAIRS[:1], bias=(False,)
)


@pytest.mark.parametrize("seed", range(8))
def test_where_relu_stops_everything_nothing_is_asked_and_no_unit_stands_at_its_kink(seed: int):
    made = drawn(seed, ["dE/du2_*", "dE/du1_j"], RELU, digits=4)
    numbers = made.network["numbers"]
    assert all(numbers[f"u{layer}_{unit}"] for layer in (1, 2) for unit in (1, 2))
    assert made.steps[-1].answer != "0"


@pytest.mark.parametrize(
    ("activation", "right", "wrong"),
    [
        ("relu", ["step(u1_1)", "heaviside(u1_1)", "sign(z1_1)"], ["1", "z1_1", "step(-u1_1)"]),
        ("leaky_relu", ["0.01 + 0.99*step(u1_1)", "1 - 0.99*step(-u1_1)"], ["step(u1_1)", "1", "0.01"]),
    ],
)
def test_the_derivative_of_a_unit_with_a_kink_can_be_typed(activation: str, right: list[str], wrong: list[str]):
    family = NetworkFamily(place=NOWHERE, layers=((1, 1), (1, 1), (1, 1)), hidden=(activation,), output=PAIRS[:1])
    (step,) = drawn(0, ["dz1_1/du1_1"], family).steps
    assert {grade(step.key, text, step.mistakes).outcome for text in right} == {Outcome.CORRECT}
    assert {grade(step.key, text, step.mistakes).outcome for text in wrong} == {Outcome.WRONG}


def test_the_same_seed_draws_the_same_derivation():
    assert drawn(7, CHAIN) == drawn(7, CHAIN)


def test_numbers_are_held_against_numpy_and_forward_values_are_told():
    made = drawn(3, ["dE/du2_1", "dE/du1_j", "dE/dw1_j_i"], digits=4)
    numbers = made.network["numbers"]
    assert {"x_1", "w1_1_1", "u1_1", "z1_1" if len(made.network["activations"]) > 1 else "y_1", "y_1"} <= numbers.keys()
    assert "The forward pass gave" in made.given


def test_forward_values_that_are_asked_are_not_told():
    made = drawn(3, ["u1_j", "z1_j", "u2_1", "y_1", "dE/du2_1"], digits=4)
    assert "The forward pass gave" not in made.given
    assert [step.target for step in made.steps][-2:] == ["y_1", "dE/du2_1"]


@pytest.mark.parametrize("text", ["dE/dw3_1_1", "dE/du1_9", "du2_1/du1_1", "dz1_1/du1_2", "dE/dz2_1"])
def test_what_a_network_does_not_have_is_a_problem(text: str):
    network = Architecture((2, 2, 1), ("tanh", "identity"), "half_sse")
    target = read_target(text)
    assert target is not None
    with pytest.raises(Problem):
        derive(network, target)


def test_the_two_one_one_sigmoid_net_of_the_course_is_drawn():
    family = NetworkFamily(
        place=NOWHERE, layers=((2, 2), (1, 1), (1, 1)), hidden=("sigmoid",), output=(("sigmoid", "half_sse"),)
    )
    made = drawn(0, ["dE/du2_1", "dE/du1_1", "dE/dw1_1_1"], family)
    assert [step.answer for step in made.steps] == [
        "(y_1 - t_1)*(y_1*(1 - y_1))",
        "delta2_1*w2_1_1*(z1_1*(1 - z1_1))",
        "delta1_1*x_1",
    ]


def test_the_largest_network_draws_without_sympy(monkeypatch: pytest.MonkeyPatch):
    import sys

    monkeypatch.setitem(sys.modules, "sympy", None)
    family = NetworkFamily(
        place=NOWHERE, layers=((5, 5),) * 5, hidden=("tanh",), output=(("softmax", "cross_entropy"),)
    )
    started = time.perf_counter()
    made = drawn(1, ["dE/du4_*", "dE/du3_*", "dE/du2_*", "dE/du1_*", "dE/dw1_1_1"], family)
    print(f"{1000 * (time.perf_counter() - started):.0f} ms")
    assert len(made.steps) == 21
