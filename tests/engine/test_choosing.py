"""The loss that fits a scene, and why the others do not."""

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.catalogue.families import CATALOGUE, broken_facts, choice_for, offered

SCENES = [
    ({"task": "regression", "target": "real"}, "mse"),
    ({"task": "regression", "robust": True}, "mae"),
    ({"task": "reconstruction", "output": "identity"}, "mse"),
    ({"task": "counting"}, "poisson_nll"),
    ({"task": "binary", "target": "bit", "output": "sigmoid"}, "binary_cross_entropy"),
    ({"task": "multilabel"}, "binary_cross_entropy"),
    ({"task": "multiclass", "target": "one_hot"}, "cross_entropy"),
    ({"task": "multiclass", "target": "index"}, "sparse_cross_entropy"),
    ({"task": "binary", "target": "label"}, "hinge"),
    ({"task": "metric_learning", "target": "pair"}, "contrastive"),
    ({"task": "metric_learning", "target": "triplet"}, "triplet"),
    ({"task": "self_supervised"}, "info_nce"),
    ({"task": "segmentation"}, "dice_loss"),
    ({"task": "ranking"}, "margin_ranking"),
    ({"task": "distribution"}, "kl_divergence"),
    ({"task": "regression", "relative": True}, "msle"),
    ({"task": "regression", "asymmetric": True}, "pinball"),
    ({"task": "binary", "imbalance": True}, "focal"),
    ({"task": "binary", "margin": True}, "hinge"),
    ({"task": "multiclass", "margin": True}, "multiclass_hinge"),
]


@pytest.mark.parametrize(("scene", "expected"), SCENES)
def test_the_usual_loss_of_a_scene_is_the_fields(scene, expected):
    choice = choice_for(scene)
    assert choice.right.name == expected
    assert all(broken_facts(entry, scene)[0] == fact for entry, fact in choice.wrong)
    assert broken_facts(choice.right, scene) == ()


def test_what_fits_as_well_is_never_offered_as_wrong():
    names = {entry.name for entry, _ in choice_for({"task": "regression", "robust": True}).wrong}
    assert not names & {"mae", "huber", "log_cosh", "pinball"}
    assert {"mse", "cross_entropy"} <= names


@pytest.mark.parametrize(
    ("scene", "serving"),
    [
        ({"task": "generation", "output": "sigmoid"}, {"binary_cross_entropy"}),
        ({"task": "generation", "output": "identity"}, {"mse", "hinge", "binary_cross_entropy_with_logits"}),
        ({"task": "self_supervised"}, {"cross_entropy", "sparse_cross_entropy", "contrastive"}),
        ({"task": "segmentation"}, {"cross_entropy", "binary_cross_entropy"}),
    ],
)
def test_what_serves_a_task_beside_the_usual_loss_is_neither_right_nor_wrong(scene, serving):
    """A generator is taught with binary cross-entropy at target 1, least squares (LSGAN) or hinge as well."""
    choice = choice_for(scene)
    assert choice.right.name not in serving
    assert not serving & {entry.name for entry, _ in choice.wrong}
    assert not serving & {entry.name for entry, _ in offered(scene)}


def test_the_wrong_ones_that_break_least_come_first():
    scene = {"task": "regression", "target": "real", "robust": True}
    counts = [len(broken_facts(entry, scene)) for entry, _ in choice_for(scene).wrong]
    assert counts == sorted(counts)
    assert choice_for(scene).wrong[0] == (CATALOGUE["sse"], "robust")


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"task": "cooking"}, "cooking"),
        ({"robust": "yes"}, "true or false"),
        ({"task": "regression", "bounded": True}, "no usual loss"),
    ],
)
def test_a_scene_that_makes_no_sense_is_a_problem(scene, said):
    with pytest.raises(Problem, match=said):
        choice_for(scene)


def test_what_is_offered_is_usual_somewhere_near_and_not_twice_the_same():
    scene = {"task": "binary", "output": "sigmoid"}
    names = [entry.name for entry, _ in offered(scene)]
    assert all(CATALOGUE[name].facts.usual for name in names)
    assert names[0] == "hinge"
    assert names.index("cross_entropy") < names.index("mse")
    assert not {"cross_entropy", "sparse_cross_entropy"} <= set(names)
    assert not {"focal", "binary_cross_entropy"} & set(names)


def by_one(name, y, t, **options):
    return float(CATALOGUE[name].evaluate(FLOATS, [np.asarray(y, float), np.asarray(t, float)], options))


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.items() if entry.facts and entry.facts.relative])
def test_a_relative_loss_is_the_same_at_every_scale(name):
    assert by_one(name, 1.1e6, 1e6) == pytest.approx(by_one(name, 1.1e4, 1e4), rel=1e-2)
    assert by_one("mse", 1.1e6, 1e6) > 1000 * by_one("mse", 1.1e4, 1e4)


def test_an_asymmetric_loss_weighs_too_much_and_too_little_differently():
    assert by_one("pinball", 2, 3, tau=0.9) > 5 * by_one("pinball", 4, 3, tau=0.9)
    assert by_one("mae", 2, 3) == by_one("mae", 4, 3)
