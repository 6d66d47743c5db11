"""Every entry of the catalogue: one value by three routes, shapes, reductions, and facts that hold."""

from random import Random

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.catalogue.entry import ANY, Domain, Reduction, Shape
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES
from tests.tools.samples import carried, carried_options, sample

EVERY = pytest.mark.parametrize("name", CATALOGUE)
TOLERANCE = 1e-12
PRECISE = high_precision()


def distance(found, expected) -> float:
    return float(np.max(np.abs(found - expected) / (1 + np.abs(expected)), initial=0.0))


def by_formula(entry, algebra, arguments, options):
    value = entry.evaluate(algebra, [carried(one, algebra) for one in arguments], carried_options(options, algebra))
    return np.vectorize(lambda x: float(x.evalf(30) if hasattr(x, "evalf") else x), otypes=[float])(value)


def points(name: str, count: int):
    """Half of them with the default options, half with others."""
    for i in range(count):
        yield sample(CATALOGUE[name], Random(f"{name}:{i}"), options=i % 2 == 1)


@EVERY
def test_numpy_and_fifty_digits_agree_at_a_hundred_points(name):
    entry = CATALOGUE[name]
    for arguments, options in points(name, 100):
        found, expected = entry.evaluate(FLOATS, arguments, options), by_formula(entry, PRECISE, arguments, options)
        assert np.shape(found) == np.shape(expected)
        assert distance(found, expected) <= TOLERANCE, (arguments, options)


@EVERY
@pytest.mark.parametrize("count", [2, pytest.param(100, marks=pytest.mark.deep)])
def test_numpy_and_sympy_agree(name, count):
    entry = CATALOGUE[name]
    for arguments, options in points(name, count):
        found, expected = entry.evaluate(FLOATS, arguments, options), by_formula(entry, symbolic(), arguments, options)
        assert distance(found, expected) <= TOLERANCE, (arguments, options)


@EVERY
def test_the_value_has_the_shape_that_its_kind_says(name):
    entry = CATALOGUE[name]
    for arguments, options in points(name, 10):
        reduced = entry.evaluate(FLOATS, arguments, options)
        widest = max((np.shape(argument) for argument in arguments), key=len)
        expected = {Shape.MAP: widest, Shape.ROW_MAP: np.shape(arguments[0])}.get(entry.shape)
        if entry.reduction is not None:
            assert np.shape(reduced) == ()
            kept = entry.evaluate(FLOATS, arguments, {**options, "reduction": "none"})
            assert np.shape(kept) == (widest[:-1] if entry.shape == Shape.ROW else widest)
        elif expected is not None:
            assert np.shape(reduced) == expected


@EVERY
def test_reductions_are_the_sum_and_the_mean_of_what_none_keeps(name):
    entry = CATALOGUE[name]
    if entry.reduction is None:
        with pytest.raises(Problem, match="reduction"):
            entry.evaluate(FLOATS, *sample(entry, Random(name))[:1], {"reduction": "sum"})
        return
    arguments, _ = sample(entry, Random(name))
    kept, total, mean = (entry.evaluate(FLOATS, arguments, {"reduction": one}) for one in ("none", "sum", "mean"))
    assert distance(total, np.sum(kept)) <= TOLERANCE
    assert distance(mean, np.mean(kept)) <= TOLERANCE
    assert entry.evaluate(FLOATS, arguments, {}) == (total if entry.reduction == Reduction.SUM else mean)


@EVERY
def test_a_batch_of_rows_is_its_rows_one_by_one(name):
    entry = CATALOGUE[name]
    if entry.shape not in (Shape.ROW, Shape.ROW_MAP):
        return
    kept = {"reduction": "none"} if entry.reduction else {}
    arguments = next(
        arguments for seed in range(99) if np.ndim((arguments := sample(entry, Random(f"{name}{seed}"))[0])[0]) == 2
    )

    batch = entry.evaluate(FLOATS, arguments, kept)

    for i in range(len(batch)):
        row = [
            one[i] if argument.axes.startswith("n") else one
            for one, argument in zip(arguments, entry.arguments, strict=True)
        ]
        assert distance(batch[i], entry.evaluate(FLOATS, row, kept)) <= TOLERANCE


def with_a_vector(argument, size):
    """A value of that many entries for an argument that takes vectors."""
    fill = {Domain.INDEX: 0.0, Domain.LABEL: 1.0, Domain.BIT: 1.0}.get(argument.domain, 2.0)
    return np.full((size,) * max(1, len(argument.axes.removeprefix("n")) if argument.axes != ANY else 1), fill)


@EVERY
def test_shapes_that_do_not_fit_are_named_both(name):
    entry = CATALOGUE[name]
    alike = [argument for argument in entry.arguments if argument.axes in (ANY, "nk", "k", "l")]
    if len(alike) < 2 or entry.arguments[0] not in alike:
        return
    arguments = [
        with_a_vector(one, 3 if one is alike[0] else 4) if one in alike else np.float64(1) for one in entry.arguments
    ]
    with pytest.raises(Problem, match=r"\(3,\).*\(4,\)"):
        entry.evaluate(FLOATS, arguments, {})


@EVERY
def test_a_call_with_too_few_arguments_or_an_unknown_option_is_refused(name):
    entry = CATALOGUE[name]
    arguments, _ = sample(entry, Random(name))
    with pytest.raises(Problem, match="takes"):
        entry.evaluate(FLOATS, arguments[:-1], {})
    with pytest.raises(Problem, match="nonsense"):
        entry.evaluate(FLOATS, arguments, {"nonsense": 1.0})


@EVERY
def test_nothing_in_gives_nothing_or_a_problem_but_never_nan(name):
    entry = CATALOGUE[name]
    empty = [np.zeros((0,) * len(one.axes) if not one.axes.startswith(ANY) else (0,)) for one in entry.arguments]
    empty = [
        np.zeros((0, 3)) if one.axes == "nk" else np.float64(1) if one.axes == "" else value
        for one, value in zip(entry.arguments, empty, strict=True)
    ]

    if entry.reduction == Reduction.SUM:
        assert entry.evaluate(FLOATS, empty, {}) == 0
    elif entry.reduction is not None or entry.shape == Shape.WHOLE:
        with pytest.raises(Problem, match="empty"):
            entry.evaluate(FLOATS, empty, {})
    else:
        assert np.size(entry.evaluate(FLOATS, empty, {})) == 0


@EVERY
def test_arguments_may_be_named_and_options_may_follow_in_order(name):
    entry = CATALOGUE[name]
    arguments, options = sample(entry, Random(name), options=True)
    expected = entry.evaluate(FLOATS, arguments, options)
    named = dict(zip(entry.argument_names, arguments, strict=True))
    assert np.array_equal(entry.evaluate(FLOATS, [], {**named, **options}), expected)
    assert np.array_equal(entry.evaluate(FLOATS, [*arguments, *options.values()], {}), expected)


@EVERY
def test_symmetric_is_what_the_facts_say(name):
    entry = CATALOGUE[name]
    if entry.facts is None or entry.reduction is None or len(entry.arguments) != 2:
        return
    first, second = entry.arguments
    if (first.domain, first.axes) != (second.domain, second.axes):
        assert not entry.facts.symmetric
        return
    swapped = [
        distance(entry.evaluate(FLOATS, [b, a], options), entry.evaluate(FLOATS, [a, b], options)) < TOLERANCE
        for (a, b), options in points(name, 6)
    ]
    assert all(swapped) == entry.facts.symmetric


@EVERY
def test_convex_is_what_the_facts_say(name):
    entry = CATALOGUE[name]
    if entry.facts is None:
        return
    place = entry.argument_names.index(next(iter(entry.gradients), entry.argument_names[0]))
    gaps = []
    for arguments, _ in points(name, 40):
        line = [0.0, 0.0, 0.0]
        here, there = arguments[place], sample_like(entry, arguments, place)
        for i, share in enumerate((0.0, 0.5, 1.0)):
            moved = list(arguments)
            moved[place] = here * (1 - share) + there * share
            line[i] = float(np.sum(entry.evaluate(FLOATS, moved, {})))
        gaps.append(line[1] - (line[0] + line[2]) / 2)

    assert (max(gaps) <= TOLERANCE * 100) == entry.facts.convex


def sample_like(entry, arguments, place):
    """Another value of one argument, in the same shape."""
    shape = np.shape(arguments[place])
    return next(
        other
        for seed in range(999)
        if np.shape(other := sample(entry, Random(f"{entry.name}:{arguments}:{seed}"))[0][place]) == shape
    )


@pytest.mark.parametrize("entry", FAMILIES["regression"], ids=lambda entry: entry.name)
def test_robust_means_that_an_outlier_pulls_with_bounded_force(entry):
    others = [np.float64(1.0)] * (len(entry.arguments) - 1)
    force = abs(entry.gradient_of(entry.argument_names[0], [1e6, *others], {}))
    if entry.shape == Shape.ELEMENT and entry.name != "poisson_nll":
        assert (force <= 2) == entry.facts.robust


def changes(left, right):
    """The least changes, by trying every one."""
    if not left or not right:
        return len(left) + len(right)
    if left[0] == right[0]:
        return changes(left[1:], right[1:])
    return 1 + min(changes(left[1:], right), changes(left, right[1:]), changes(left[1:], right[1:]))


@pytest.mark.parametrize("seed", range(20))
def test_the_edit_distance_is_the_least_number_of_changes(seed):
    random = Random(seed)
    left, right = ("".join(random.choices("abc", k=1 + random.randrange(5))) for _ in range(2))

    for algebra in (FLOATS, PRECISE, symbolic()):
        assert CATALOGUE["edit_distance"].evaluate(algebra, [left, right], {}) == changes(left, right)
