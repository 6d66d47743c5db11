"""Values and gradients against what torch, Keras, scikit-learn, SciPy, jax and optax computed for the same numbers.

`golden.json` states versions and seeds; `make_golden.py` makes it. None of the libraries is needed here.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS
from studyapp.engine.catalogue.families import CATALOGUE

PLACE = Path(__file__).with_name("golden.json")
GOLDEN = json.loads(PLACE.read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{row['call']}:{row['library']}:{i}") for i, row in enumerate(GOLDEN["rows"])]
TOLERANCE = 1e-9
ROUNDING = 1e-15
"""Absolute: where terms near 1 cancel, both sides keep no more."""
IN_NONE = {
    "arcface_logit": "no face-recognition losses in any of the libraries; its cross-entropy has rows",
    "cosface_logit": "the same",
    "contrastive": "torch's hinge embedding loss is not squared; Hadsell's form is in none",
    "wgan_critic": "a difference of two means; no library has a function for it",
    "gradient_penalty": "a square; no library has a function for it",
    "edit_distance": "no library of these has it; `test_catalogue_values.py` counts the changes one by one",
    "vae_loss": "a sum of two given terms; the KL term, `vae_kl`, has rows",
}
"""Entries that none of the libraries has, and why."""


def argument(written):
    """An argument of our call: numbers, or another call of ours."""
    if isinstance(written, dict):
        return value(written)
    return np.asarray(written, dtype=float)


def arguments(row):
    return [argument(row["arguments"][name]) for name in CATALOGUE[row["call"]].argument_names]


def value(row):
    return CATALOGUE[row["call"]].evaluate(FLOATS, arguments(row), row.get("options", {}))


def agrees(found, expected, tolerance=TOLERANCE):
    expected = np.asarray(expected, dtype=float)
    close = np.abs(found - expected) <= tolerance * np.abs(expected) + ROUNDING
    return np.shape(found) == expected.shape and bool(np.all(close))


@pytest.mark.parametrize("row", ROWS)
def test_the_value_is_the_librarys(row):
    assert agrees(value(row), row["value"], row.get("tolerance", TOLERANCE)), (value(row), row["value"])


@pytest.mark.parametrize("row", [row for row in ROWS if "gradients" in row.values[0]])
def test_the_gradient_is_the_librarys(row):
    for name, expected in row["gradients"].items():
        found = CATALOGUE[row["call"]].gradient_of(name, arguments(row), row.get("options", {}))
        assert agrees(found, expected, row.get("tolerance", TOLERANCE)), (name, found, expected)


def test_the_rows_give_our_calls_the_arguments_and_options_that_they_have():
    for row in GOLDEN["rows"]:
        entry = CATALOGUE[row["call"]]
        assert set(row["arguments"]) == set(entry.argument_names), row["call"]
        assert set(row.get("options", {})) <= {*entry.options, *(["reduction"] if entry.reduction else [])}, row["call"]


def test_a_value_off_by_a_little_or_of_another_shape_does_not_agree():
    row = GOLDEN["rows"][0]
    assert not agrees(value(row) * (1 + 1e-8), row["value"])
    assert not agrees(value(row)[np.newaxis], row["value"])


def test_a_looser_tolerance_says_why():
    assert all(row["why"] for row in GOLDEN["rows"] if "tolerance" in row)


def test_every_entry_that_a_library_has_is_held_against_one():
    covered = {row["call"] for row in GOLDEN["rows"]}
    assert sorted(set(CATALOGUE) - covered - set(IN_NONE)) == [], "make a row in make_golden.py, or say why not"
    assert sorted(set(IN_NONE) - (set(CATALOGUE) - covered)) == []


def test_every_gradient_that_a_library_could_give_is_held_against_one():
    held = {(row["call"], name) for row in GOLDEN["rows"] for name in row.get("gradients", {})}
    ours = {(name, argument) for name, entry in CATALOGUE.items() for argument in entry.gradients}
    assert {name for name, _ in ours - held} <= {*IN_NONE, *WITHOUT_GRADIENT}


WITHOUT_GRADIENT = {
    "cross_entropy": "by the target: torch's kl_div has the entropy's gradient as well",
    "rmsle": "scikit-learn has no gradients",
    "pinball": "the same",
    "r2": "scikit-learn has none; Keras's metric counts outside autograd",
    "wasserstein_1d": "SciPy has none",
    "l0": "0 almost everywhere; torch's norm of order 0 has none",
    "step": "0 almost everywhere; torch's heaviside has none",
    "label_smoothing": "held through cross_entropy_with_logits",
    "reparametrize": "by the noise: torch draws it inside",
}
"""Entries of which at least one gradient is held against no library, and why; central differences hold them all."""


def test_the_file_states_versions_and_seed_and_stays_small():
    assert set(GOLDEN["versions"]) >= {"torch", "keras", "scikit-learn", "scipy", "optax"}
    assert GOLDEN["seed"] > 0
    assert all(one["why"] for one in GOLDEN["left_out"])
    assert PLACE.stat().st_size <= 300_000
