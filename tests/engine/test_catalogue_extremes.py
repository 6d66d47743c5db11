"""Inputs at the edge that no oracle has: probabilities of 0 and 1, labels out of range; and the seeds' printed numbers.

The expected values are worked out by hand or with exact logarithms; none comes from the code under test.
"""

import math
from decimal import Decimal

import numpy as np
import pytest

from studyapp.domain.expression import Call, Name, Number, Word
from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.algebras.precision import high_precision
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.interpretation import evaluate, written_out

INF = math.inf
LN2 = math.log(2)


def value(name, *arguments, **options):
    return CATALOGUE[name].evaluate(FLOATS, [np.asarray(argument, dtype=float) for argument in arguments], options)


EXTREMES = [
    ("softplus", [[-1000, 0, 1000]], {}, [0, LN2, 1000]),
    ("softmax", [[1, 2]], {"temperature": 1e-3}, [0, 1]),
    ("binary_cross_entropy", [0, 1], {"epsilon": 1e-7}, 7 * math.log(10)),
    ("cross_entropy", [[0, 1], [1, 0]], {"epsilon": 1e-7}, 7 * math.log(10)),
    ("cross_entropy", [[0.5, 0.25, 0.25], [0, 1, 0]], {"base": 2}, 2),
    ("cross_entropy", [[0.2, 0.1, 0.1], [1, 0, 0]], {}, math.log(5)),  # not renormalised
    ("sparse_cross_entropy_with_logits", [[[1000, 0], [0, 1000]], [1, 1]], {}, 500),
    ("focal", [0, 1], {}, INF),
    ("focal", [1, 1], {}, 0),
    ("focal", [0.5, 1], {"alpha": 0.25, "gamma": 2}, 0.25 * 0.25 * LN2),
    ("focal", [0.5, 0], {"alpha": 0.25, "gamma": 2}, 0.75 * 0.25 * LN2),
    ("focal", [0.25, 1], {"gamma": 0}, 2 * LN2),
    ("entropy", [[0.5, 0.25, 0.25]], {"base": 2}, 1.5),
    ("js_divergence", [[1, 0], [0, 1]], {}, LN2),
    ("js_divergence", [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]], {}, LN2),
    ("wasserstein_1d", [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]], {}, 2),
    ("mutual_information", [[[0.5, 0], [0, 0.5]]], {"base": 2}, 1),
    ("mutual_information", [[[0.25, 0.25], [0.25, 0.25]]], {}, 0),
    ("poisson_nll", [0, 0], {}, 0),
    ("poisson_nll", [0, 1], {}, INF),
    ("vae_kl", [[0, 0], [1, 1]], {}, 0),
    ("vae_kl", [0, 0], {}, INF),
    ("gan_value", [1, 1], {}, -INF),
    ("gan_generator_nonsaturating", [0], {}, INF),
    ("wgan_critic", [[3, 5], [1]], {}, -3),
    ("huber", [3, 0], {"delta": 2}, 4),
    ("log_cosh", [1000, 0], {}, 1000 - LN2),
    ("log_cosh", [1e-9, 0], {}, 5e-19),
    ("rmse", [[3e200, 4e200], [0, 0]], {}, 5e200 / math.sqrt(2)),
    ("pinball", [[0, 2], [1, 1]], {"tau": 0.9}, (0.9 + 0.1) / 2),
    ("msle", [-1, 0], {}, INF),
    ("hinge", [[2, 0.5, -1], [1, 1, 1]], {}, (0 + 0.5 + 2) / 3),
    ("multiclass_hinge", [[[0.2, -1, -2], [-0.5, -1.5, 0.3]], [0, 2]], {}, 0.1),
    ("multiclass_hinge", [[1, 1.5, 0.5], 0], {"form": "weston_watkins"}, 2),
    ("contrastive", [[0.5, 0.5], [1, 0]], {"reduction": "none"}, [0.125, 0.125]),
    ("triplet", [[1, 1], [3, 1.5]], {"reduction": "none"}, [0, 0.5]),
    ("circle", [[1.0], [-1.0]], {}, math.log1p(math.exp(-80 * 0.4 * 0.4))),
    ("info_nce", [[1, -1], 0], {"tau": 1e-3}, 0),
    ("info_nce", [[-1, 1], 0], {"tau": 1e-3}, 2000),
    ("dice_loss", [[1, 1, 0], [1, 0, 0]], {}, 1 / 3),
    ("iou", [[1, 1, 0], [1, 0, 0]], {}, 0.5),
    ("box_iou", [[0, 0, 2, 2], [1, 1, 3, 3]], {}, 1 / 7),
    ("box_iou", [[0, 0, 1, 1], [2, 2, 3, 3]], {}, 0),
    ("cosine_distance", [[1e200, 0], [0, 1e-200]], {}, 1),
    ("mahalanobis_distance", [[2, 0], [0, 0], [[4, 0], [0, 1]]], {}, 1),
    ("r2", [[0, 0, 0], [1, 2, 3]], {}, -6),
]


@pytest.mark.parametrize(("name", "arguments", "options", "expected"), EXTREMES)
def test_the_value_at_an_edge_is_right(name, arguments, options, expected):
    assert value(name, *arguments, **options) == pytest.approx(np.array(expected, dtype=float), rel=1e-12, abs=1e-16)


STEEP = [
    ("sparse_cross_entropy_with_logits", "z", [[1000, 0], 1], [1, -1]),
    ("log_cosh", "y", [1000, 0], 1),
    ("tanh", "x", [300], 4 * math.exp(-600)),
    ("focal", "p", [1, 1], 0),
    ("cross_entropy", "y", [[0, 1], [0, 1]], [0, -1]),
    ("cross_entropy", "y", [[0, 1], [1, 0]], [-INF, 0]),
    ("circle", "sn", [[-1.0], [1.0]], [160]),
]


@pytest.mark.parametrize(("name", "argument", "arguments", "expected"), STEEP)
def test_the_gradient_at_an_edge_is_right(name, argument, arguments, expected):
    slope = CATALOGUE[name].gradient_of(argument, [np.asarray(one, dtype=float) for one in arguments], {})
    assert slope == pytest.approx(np.array(expected, dtype=float), rel=1e-12, abs=1e-300)


REFUSED = [
    ("hinge", [0.5, 0], {}, "-1 or 1"),
    ("contrastive", [0.5, 2], {}, "0 or 1"),
    ("sparse_cross_entropy", [[0.5, 0.5], -1], {}, "labels"),
    ("sparse_cross_entropy", [[0.5, 0.5], 2], {}, "0 to 1"),
    ("sparse_cross_entropy", [[0.5, 0.5], 0.5], {}, "labels"),
    ("multiclass_hinge", [[1.0], 0], {}, "two classes"),
    ("cross_entropy", [0.5, 1], {}, r"shapes do not fit: y has the shape \(\)"),
    ("cross_entropy", [[0.5, 0.5], [[1, 0]]], {}, r"y has \(2,\) and t has the shape \(1, 2\)"),
    ("sparse_cross_entropy", [[[0.5, 0.5]], 0], {}, r"y has \(1, 2\) and labels has the shape \(\)"),
    ("cross_entropy", [[-0.1, 1.1], [1, 0]], {}, "not defined"),
    ("binary_cross_entropy", [1.5, 0.5], {}, "not defined"),
    ("entropy", [[-0.5, 1.5]], {}, "not defined"),
    ("huber", [1, 0], {"delta": 0}, "positive"),
    ("softmax", [[1, 2]], {"temperature": 0}, "positive"),
    ("cross_entropy", [[0.5, 0.5], [1, 0]], {"base": 1}, "not 1"),
    ("mse", [1, 2], {"reduction": "median"}, "mean, sum, none"),
    ("multiclass_hinge", [[1, 2], 0], {"form": "other"}, "weston_watkins"),
    ("momentum_step", [1, 1, 1, 1], {"inside": 0.5}, "true or false"),
    ("precision", [0, 0, 1, 1], {}, "not defined"),
    ("roc_auc", [[1, 2], [1, 1]], {}, "both classes"),
    ("cosine_distance", [[0, 0], [1, 0]], {}, "not defined"),
    ("conv_output", [3, 5], {}, "larger"),
    ("conv_output", [3.5, 2], {}, "1, 2, 3"),
    ("conv_parameters", [3, 4, 3], {"groups": 2}, "divide"),
    ("mmd2", [[[1.0]], [[2.0]]], {"biased": "false"}, "two points"),
    ("mahalanobis_distance", [[1, 2], [0, 0], [[1, 2], [2, 1]]], {}, "positive definite"),
    ("dice_loss", [[0, 0], [0, 0]], {}, "not defined"),
    ("r2", [[1, 1], [1, 1]], {}, "not defined"),
    ("log_cosh", [math.nan, 0], {}, "not defined"),
    ("dense_parameters", [[3]], {}, "two layer sizes"),
]


@pytest.mark.parametrize(("name", "arguments", "options", "said"), REFUSED)
def test_what_has_no_value_is_a_problem_that_says_so(name, arguments, options, said):
    with pytest.raises(Problem, match=said):
        value(name, *arguments, **options)


def test_a_label_column_against_a_vector_names_both_shapes():
    with pytest.raises(Problem, match=r"\(2,\).*\(2, 1\)|\(2, 1\).*\(2,\)"):
        value("binary_cross_entropy", [[0.5], [0.5]], [1, 0])


# What the four source documents print (rows 0-10, 0-18, 3-4, 3-8): the first document's array holds .1, .6, .2 and
# twice .05, its order beyond the first two classes does not change the sums.
FIRST = [0.1, 0.6, 0.2, 0.05, 0.05, 0, 0, 0, 0, 0]
AT_TWO = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
AT_SEVEN = [0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0]
SEEDS = [
    ("half_sse", FIRST, 0, {}, "0.6074999999999999"),
    ("half_sse", FIRST, 1, {}, "0.10750000000000003"),
    ("cross_entropy", FIRST, 0, {"epsilon": 1e-7}, "2.302584092994546"),
    ("cross_entropy", FIRST, 1, {"epsilon": 1e-7}, "0.510825457099338"),
    ("half_sse", AT_TWO, 2, {}, "0.09750000000000003"),
    ("half_sse", AT_SEVEN, 2, {}, "0.5975"),
    ("cross_entropy", AT_TWO, 2, {"epsilon": 1e-7}, "0.510825457099338"),
    ("cross_entropy", AT_SEVEN, 2, {"epsilon": 1e-7}, "2.302584092994546"),
]


@pytest.mark.parametrize(("name", "y", "label", "options", "printed"), SEEDS)
def test_the_seeds_outputs_come_out_to_the_last_digit(name, y, label, options, printed):
    assert str(float(value(name, y, np.eye(10)[label], **options))) == printed


def test_soft_targets_are_not_turned_into_labels():
    assert value("cross_entropy", [0.7, 0.3], [0.6, 0.4]) == pytest.approx(0.6956, abs=5e-5)
    assert value("binary_cross_entropy", [0.7, 0.3, 0.9], [1, 0, 1]) == pytest.approx(0.2729, abs=5e-5)


def test_infinite_losses_are_infinite_at_fifty_digits_too():
    algebra = high_precision()
    y, t = (np.array([algebra.number(x) for x in row], dtype=object) for row in ([0, 1], [1, 0]))
    assert CATALOGUE["cross_entropy"].evaluate(algebra, [y, t], {}) == algebra.context.inf
    assert CATALOGUE["cross_entropy"].evaluate(algebra, [y, y], {}) == 0


def test_option_words_reach_the_catalogue_from_trees_in_every_algebra():
    call = Call("mse", (Name("y"), Name("t")), (("reduction", Name("sum")),))
    environment = {"y": np.array([1.0, 2.0]), "t": np.zeros(2)}
    assert evaluate(call, environment, FLOATS) == 5
    assert evaluate(written_out(call, environment), environment, FLOATS) == 5
    quoted = Call("multiclass_hinge", (Name("y"), Number(Decimal(0))), (("form", Word("weston_watkins")),))
    assert evaluate(quoted, environment, FLOATS) == 2


def test_a_softmax_batch_of_a_thousand_classes_is_computed_without_a_loop():
    z = np.random.default_rng(0).normal(size=(1024, 1000)) * 30
    labels = np.arange(1024) % 1000
    shifted = z - z.max(axis=1, keepdims=True)
    plain = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(1024), labels]
    assert value("sparse_cross_entropy_with_logits", z, labels) == pytest.approx(plain.mean(), rel=1e-12)
    assert value("cross_entropy_with_logits", z, np.eye(1000)[labels]) == pytest.approx(plain.mean(), rel=1e-12)
