"""Names of the quantities of a layered network, and the targets that a derivation is asked for.

`x_1`, `t_1`, `y_1`, `w2_1_3` (layer 2, to unit 1, from unit 3), `b2_1`, `u1_2`, `z1_2`, `delta1_2`; the last layer's z
is y. In a target a unit may be a letter, for a unit that is drawn, or `*`, for every unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from studyapp.domain.text import Text
from studyapp.domain.values import dataclass

SLIPS = {
    "sign": Text(
        ja="符号が逆。差は $y - t$ の順に取る。余分な負号を付けていないかも確かめる。",
        en="The sign is reversed. The difference is $y - t$; look for a minus sign too many as well.",
    ),
    "factor": Text(
        ja="2 倍になっている。2 が残るのは、 $\\frac{1}{2}$ の付かない二乗誤差のときである。",
        en="Twice too much: a 2 remains only with a squared error that has no $\\frac{1}{2}$.",
    ),
    "extra-derivative": Text(
        ja="出力の活性化関数の微分を余分に掛けている。この損失との組では、割り算と打ち消し合って残らない。",
        en="The derivative of the output's activation is one factor too many: with this loss it cancels.",
    ),
    "missing-derivative": Text(
        ja="活性化関数の微分 $f'(u)$ を掛け忘れている。$z$ から $u$ へ戻るときにも因子が要る。",
        en="The derivative $f'(u)$ of the activation is missing: the way from $z$ back to $u$ is a factor, too.",
    ),
    "derivative-at-z": Text(
        ja="$f'$ に $u$ ではなく $z$ を入れている。$f'(u)$ を $z$ で書いた式に、もう一度 $f$ を通してはいけない。",
        en="$f'$ is taken at $z$ where it belongs at $u$; written by $z$ it needs no second $f$.",
    ),
    "value-for-derivative": Text(
        ja="微分 $f'(u)$ の代わりに、値 $z = f(u)$ そのものを掛けている。",
        en="The value $z = f(u)$ is used where its derivative $f'(u)$ belongs.",
    ),
    "one-path": Text(
        ja="1 本の道しか数えていない。そのユニットが送る先すべてについて和を取る。",
        en="Only one path is counted. Sum over every unit that this one feeds.",
    ),
    "average": Text(
        ja="道ごとの勾配を平均している。分岐の勾配は平均せずに足す。",
        en="The gradients of the paths are averaged; where paths meet, they add.",
    ),
    "transposed": Text(
        ja="重みの添字が逆。$w_{ji}$ は $i$ から $j$ へ向かう重みである。",
        en="The indices of the weight are exchanged: $w_{ji}$ leads from $i$ to $j$.",
    ),
    "missing-weight": Text(
        ja="重みを掛け忘れている。$\\frac{\\partial u}{\\partial z}$ はその重みである。",
        en="The weight is missing: $\\frac{\\partial u}{\\partial z}$ is that weight.",
    ),
    "times-input": Text(
        ja="バイアスには入力が掛かっていないので、勾配は $\\delta$ そのものである。",
        en="No input is multiplied with a bias, so its gradient is $\\delta$ itself.",
    ),
    "times-bias": Text(
        ja="微分する相手そのものが残っている。$\\frac{\\partial u}{\\partial b} = 1$ である。",
        en="What is differentiated by is still there: $\\frac{\\partial u}{\\partial b} = 1$.",
    ),
    "only-local": Text(
        ja="局所的な微分だけで止まっている。$\\delta$ を掛ける。",
        en="This is the local derivative alone; $\\delta$ is missing.",
    ),
    "missing-input": Text(
        ja="$\\delta$ だけで止まっている。$\\frac{\\partial u}{\\partial w}$ はその重みに入る値である。",
        en="This is $\\delta$ alone; $\\frac{\\partial u}{\\partial w}$ is the value that enters the weight.",
    ),
    "wrong-layer": Text(
        ja="違う層の値を掛けている。掛けるのは、その重みに入る側の値である。",
        en="This takes the value of another layer; the one that enters the weight belongs here.",
    ),
    "weight-for-input": Text(
        ja="入る値ではなく、重み自身を掛けている。",
        en="The weight itself is used where the value that enters it belongs.",
    ),
    "input-for-weight": Text(
        ja="重みではなく、入る値が残っている。$u$ をその値で微分すると重みになる。",
        en="The value is used where the weight belongs: $u$ by that value gives the weight.",
    ),
    "whole-term": Text(
        ja="項がそのまま残っている。微分する文字は消える。",
        en="The term is left as it was; what is differentiated by drops out.",
    ),
    "ascent": Text(
        ja="勾配の向きに進んでいる。損失を減らすには引く。",
        en="This goes along the gradient; to lower the loss, subtract.",
    ),
    "missing-rate": Text(ja="学習率を掛け忘れている。", en="The learning rate is missing."),
    "change-only": Text(
        ja="変化量だけになっている。もとの値に足す。", en="This is the change alone; add it to the old value."
    ),
    "missing-bias": Text(ja="バイアスを足し忘れている。", en="The bias is missing."),
    "missing-activation": Text(ja="活性化関数を通していない。", en="The activation is not applied."),
    "missing-half": Text(ja="$\\frac{1}{2}$ を掛け忘れている。", en="The $\\frac{1}{2}$ is missing."),
}
"""What is wrong with the slips that the engine plants in derivations, by their names."""

HIDDEN = ("sigmoid", "tanh", "identity", "softplus", "relu", "leaky_relu")  # activations that a hidden layer may have
KINKED = ("relu", "leaky_relu")  # those of them that bend at 0

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


def slip_text(name: str) -> str:
    """What is wrong with a planted slip."""
    return SLIPS[name]() if name in SLIPS else ""
