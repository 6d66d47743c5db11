"""Every entry of the catalogue: one value by three routes, shapes, reductions, and what a reader is told."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from studyapp.engine.algebra import FLOATS, Problem, high_precision, symbolic
from studyapp.engine.arguments import ANY, Domain, Shape
from studyapp.engine.catalogue import CATALOGUE, FAMILIES
from studyapp.engine.entry import PLANNED, Reduction
from studyapp.engine.samples import carried, carried_options, sample
from studyapp.engine.table import catalogue_table

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
@pytest.mark.parametrize("count", [4, pytest.param(100, marks=pytest.mark.deep)])
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
        widest = max((np.shape(one) for one in arguments), key=len)
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
    alike = [one for one in entry.arguments if one.axes in (ANY, "nk", "k", "l")]
    if len(alike) < 2:
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
def test_the_docstring_has_five_parts(name):
    entry = CATALOGUE[name]
    text = entry.value.__doc__ or ""
    places = [text.find(part) for part in ("Formula: ", "Args: ", "Returns: ", "Source: ")]

    assert text.split("\n")[0].endswith(".")
    assert -1 not in places
    assert places == sorted(places)
    assert all([entry.summary, entry.formula_text, entry.takes, entry.returns, entry.source])
    assert not any("\n" in part for part in (entry.summary, entry.formula_text, entry.takes))


def test_the_table_has_one_row_an_entry_with_its_call():
    rows = catalogue_table().splitlines()[2:]

    assert [row.split("`")[1] for row in rows] == [entry.signature for entry in CATALOGUE.values()]
    assert all(row.count(" | ") == rows[0].count(" | ") for row in rows)


@EVERY
def test_an_entry_has_names_in_both_languages_and_a_page_or_a_plan(name, request):
    entry = CATALOGUE[name]
    page = request.config.rootpath / "content" / "ja" / f"{entry.topic}.md"

    assert entry.ja
    assert entry.en
    assert len(set(entry.ja)) == len(entry.ja)
    assert entry.topic == PLANNED or page.is_file()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_entries_have_the_same_first_name(language):
    names = [getattr(entry, language)[0] for entry in CATALOGUE.values()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("family", ["regression", "classification", "margin", "metric learning"])
def test_what_one_chooses_among_carries_facts(family):
    maps = (Shape.MAP, Shape.ROW_MAP)

    assert all(entry.facts for entry in FAMILIES[family] if entry.shape not in maps)


@EVERY
def test_symmetric_and_bounded_are_what_the_facts_say(name):
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
    if entry.facts is None or not entry.gradients:
        return
    place = entry.argument_names.index(next(iter(entry.gradients)))
    gaps = []
    for arguments, _ in points(name, 60):
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


SIGNATURES = """
mse(y, t)
sse(y, t)
half_sse(y, t)
mae(y, t)
rmse(y, t)
rmsle(y, t)
msle(y, t)
huber(y, t, delta=1)
log_cosh(y, t)
pinball(y, t, tau=0.5)
poisson_nll(y, t)
gaussian_nll(y, t, v)
binary_cross_entropy(y, t, epsilon=0)
binary_cross_entropy_with_logits(z, t)
cross_entropy(y, t, epsilon=0, base=e)
cross_entropy_with_logits(z, t)
sparse_cross_entropy(y, labels)
sparse_cross_entropy_with_logits(z, labels)
label_smoothing(t, alpha)
focal(p, t, gamma=2, alpha=none)
hinge(s, t)
squared_hinge(s, t)
multiclass_hinge(s, c, form=crammer_singer)
contrastive(d, same, margin=1)
triplet(dp, dn, margin=1)
circle(sp, sn, gamma=80, margin=0.4)
info_nce(s, positive, tau=0.07)
arcface_logit(theta, margin, scale)
cosface_logit(theta, margin, scale)
entropy(p, base=e)
kl_divergence(p, q, base=e)
js_divergence(p, q, base=e)
wasserstein_1d(p, q, step=1)
mmd2(x, y, bandwidth=1, biased=true)
mutual_information(joint, base=e)
vae_kl(m, v)
vae_loss(reconstruction, kl, beta=1)
reparametrize(m, v, noise)
gan_value(real, fake)
gan_generator_nonsaturating(fake)
wgan_critic(real, fake)
dice_loss(y, t, smooth=0)
iou(a, b)
cosine_distance(a, b)
margin_ranking(a, b, sign, margin=0)
sigmoid(x)
tanh(x)
relu(x)
leaky_relu(x, slope=0.01)
elu(x, alpha=1)
softplus(x)
swish(x)
gelu(x)
step(x)
identity(x)
softmax(z, temperature=1)
accuracy(tp, fp, fn, tn)
precision(tp, fp, fn, tn)
recall(tp, fp, fn, tn)
specificity(tp, fp, fn, tn)
f_beta(tp, fp, fn, tn, beta=1)
roc_auc(score, label)
r2(y, t)
sgd_step(w, g, rate)
momentum_step(w, g, m, rate, mu=0.9, inside=true)
nesterov_step(w, g, m, rate, mu=0.9, inside=true)
adagrad_step(w, g, s, rate, epsilon=1e-08)
rmsprop_step(w, g, s, rate, rho=0.9, epsilon=1e-08)
adam_step(w, g, m, v, t, rate, beta1=0.9, beta2=0.999, epsilon=1e-08, correct=true)
conv_output(n, k, stride=1, padding=0, dilation=1)
conv_parameters(cin, cout, k, bias=true, groups=1)
receptive_field(kernels, strides)
dense_parameters(sizes, bias=true)
"""


@pytest.mark.parametrize("signature", SIGNATURES.split("\n")[1:-1])
def test_the_contract_is_met_to_the_letter(signature):
    assert CATALOGUE[signature.partition("(")[0]].signature == signature
