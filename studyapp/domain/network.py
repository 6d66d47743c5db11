"""Names of the quantities of a layered network, and the targets that a derivation is asked for.

`x_1`, `t_1`, `y_1`, `w2_1_3` (layer 2, to unit 1, from unit 3), `b2_1`, `u1_2`, `z1_2`, `delta1_2`; the last layer's z
is y. In a target a unit may be a letter, for a unit that is drawn, or `*`, for every unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

HIDDEN = ("sigmoid", "tanh", "identity", "softplus")
"""Activations that a hidden layer may have."""

PAIRS = (
    ("identity", "half_sse"),
    ("sigmoid", "half_sse"),
    ("tanh", "half_sse"),
    ("sigmoid", "binary_cross_entropy"),
    ("softmax", "cross_entropy"),
)
"""Pairs of output unit and loss that a derivation is written for."""

_UNIT = r"(?:\d{1,2}|[a-z]|\*)"
_QUANTITY = re.compile(
    rf"(?P<plain>[xty])_(?P<unit>{_UNIT})"
    rf"|(?P<kind>u|z|b|delta)(?P<layer>\d)_(?P<at>{_UNIT})"
    rf"|w(?P<into>\d)_(?P<to>{_UNIT})_(?P<source>{_UNIT})"
    r"|(?P<error>E)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: its kind (`x t y u z b w delta E`), its layer (0 where the name has none), its units as written."""

    kind: str
    layer: int = 0
    units: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in expressions."""
        return "_".join((self.kind + (str(self.layer) if self.layer else ""), *self.units))


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: a `gradient` of E, a `local` derivative, the `value` of a quantity, or its `update`."""

    kind: Literal["gradient", "local", "value", "update"]
    lower: Quantity
    upper: Quantity = Quantity("E")

    @property
    def text(self) -> str:
        """The target as an author writes it."""
        match self.kind:
            case "value":
                return self.lower.name
            case "update":
                return f"update {self.lower.name}"
            case _:
                return f"d{self.upper.name}/d{self.lower.name}"

    def with_units(self, units: dict[str, str]) -> Target:
        """The target with other units in place of letters and stars."""
        return replace(self, lower=_renamed(self.lower, units), upper=_renamed(self.upper, units))


def _renamed(quantity: Quantity, units: dict[str, str]) -> Quantity:
    return replace(quantity, units=tuple(units.get(unit, unit) for unit in quantity.units))


def read_target(text: str) -> Target | None:
    """The target that a text writes, None where it writes none."""
    words = text.split()
    if len(words) == 2 and words[0] == "update":
        quantity = read_quantity(words[1])
        return Target("update", quantity) if quantity and quantity.kind in ("w", "b") else None
    upper, slash, lower = text.strip().partition("/")
    if not slash:
        quantity = read_quantity(upper)
        if quantity is None or quantity.kind in ("x", "t", "w", "b"):
            return None
        if quantity.kind == "delta":
            return Target("gradient", replace(quantity, kind="u"))
        return Target("value", quantity)
    if not (upper.startswith("d") and lower.startswith("d")):
        return None
    above, below = read_quantity(upper[1:]), read_quantity(lower[1:])
    if above is None or below is None or below.kind in ("E", "t", "delta") or above.kind in ("x", "t", "w", "b"):
        return None
    return Target("gradient" if above.kind == "E" else "local", below, above)


def read_quantity(text: str) -> Quantity | None:
    """The quantity of a name, None where it is none."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        return None
    if match["error"]:
        return Quantity("E")
    if match["plain"]:
        return Quantity(match["plain"], 0, (match["unit"],))
    if match["into"]:
        return Quantity("w", int(match["into"]), (match["to"], match["source"]))
    return Quantity(match["kind"], int(match["layer"]), (match["at"],))


FEW_NAMES = 8
_UNITS = {1: "_j", 2: "_j_i"}


def families(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they are, or, where there are many, one for each kind and layer: `w1_j_i` for all of them."""
    every = tuple(dict.fromkeys(names))
    if len(every) <= FEW_NAMES:
        return every
    folded = []
    for name in every:
        quantity = read_quantity(name)
        stem = name.partition("_")[0]
        folded.append(stem + _UNITS[len(quantity.units)] if quantity and quantity.units else name)
    return tuple(dict.fromkeys(folded))
