"""A large batch, taken block by block, gives what it gives at once: every entry that takes rows."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS
from studyapp.engine.catalogue import blocks
from studyapp.engine.catalogue.arguments import Argument, Shape
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.catalogue.samples import SIZES, sample

OF_ROWS = [name for name, entry in CATALOGUE.items() if entry.shape == Shape.ROW]
GRADIENTS = [(name, argument) for name in OF_ROWS for argument in CATALOGUE[name].gradients]
ROWS = 23


def batch(name: str) -> list[np.ndarray]:
    """Arguments with so many rows; the sampler also gives single rows, which are passed over."""
    drawn = (sample(CATALOGUE[name], Random(f"{name}{i}"), SIZES | {"n": ROWS})[0] for i in range(50))
    return next(found for found in drawn if any(np.shape(one)[:1] == (ROWS,) for one in found))


@pytest.fixture
def seen(monkeypatch):
    """How many rows each piece of work was given, with blocks so small that nothing is taken at once."""
    counts: list[int] = []
    by_blocks = blocks.by_blocks

    def counted(work, arguments, values):
        return by_blocks(lambda *rows: (counts.append(len(rows[0])), work(*rows))[1], arguments, values)

    def small() -> list[int]:
        monkeypatch.setattr(blocks, "BLOCK", 12)
        monkeypatch.setattr("studyapp.engine.catalogue.entry.by_blocks", counted)
        return counts

    return small


@pytest.mark.parametrize("name", OF_ROWS)
def test_a_value_by_blocks_is_the_value_at_once(name, seen):
    arguments, options = batch(name), {"reduction": "none"}
    at_once = CATALOGUE[name].evaluate(FLOATS, arguments, options)
    counts = seen()

    assert np.array_equal(CATALOGUE[name].evaluate(FLOATS, arguments, options), at_once)
    assert len(counts) > 1
    assert sum(counts) == ROWS


@pytest.mark.parametrize(("name", "argument"), GRADIENTS)
def test_a_gradient_by_blocks_is_the_gradient_at_once(name, argument, seen):
    arguments = batch(name)
    at_once = CATALOGUE[name].gradient_of(argument, arguments, {})
    counts = seen()

    assert np.array_equal(CATALOGUE[name].gradient_of(argument, arguments, {}), at_once)
    assert len(counts) > 1
    assert sum(counts) == ROWS


def test_one_row_and_arguments_that_all_rows_share_are_taken_at_once(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 1)
    rows, shared = Argument("y", axes="nk"), Argument("w", axes="k")
    batch, weights = np.ones((3, 4)), np.ones(4)
    seen: list[int] = []

    blocks.by_blocks(lambda row: (seen.append(row.ndim), row)[1], [rows], [batch[0]])
    blocks.by_blocks(lambda all_of_them, _: (seen.append(len(all_of_them)), batch)[1], [rows, shared], [batch, weights])

    assert seen == [1, 3]
