"""1,797 images of handwritten digits, 8×8 pixels each, for training a small network.

Origin: the test part of "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, 1998, UCI Machine
Learning Repository, data set 80; licence CC BY 4.0. Each image counts the ink of 4×4 blocks, from 0 to 16; the
file has a line an image, 64 counts and the digit.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from studyapp.engine.catalogue.arguments import Array
from studyapp.engine.catalogue.stable import one_hot


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Images as rows of 64 numbers from 0 to 1, and their digits as labels (0 … 9)."""

    images: Array
    labels: Array

    @property
    def targets(self) -> Array:
        """The labels as one-hot rows."""
        return one_hot(self.labels, 10)

    def split(self, share: float, random: np.random.Generator) -> tuple[Digits, Digits]:
        """A training part of that share, and the rest, shuffled."""
        order = random.permutation(len(self.labels))
        cut = round(share * len(order))
        first, rest = order[:cut], order[cut:]
        return Digits(self.images[first], self.labels[first]), Digits(self.images[rest], self.labels[rest])


@cache
def digits() -> Digits:
    """All images, read once."""
    packed = files("studyapp.engine.networks").joinpath("data", "digits.csv.gz").read_bytes()
    rows = [line.split(",") for line in gzip.decompress(packed).decode("ascii").splitlines()]
    table = np.array(rows, dtype=np.float64)
    return Digits(table[:, :64] / 16.0, table[:, 64])
