"""Which symbol a learner means: `w_21`, `w₂₁`, `w21` and `w^{(2)}_{1}` held against the names of the question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import accumulate

from studyapp.language.greek import spelt

_SHAPE = re.compile(r"(?P<base>[^\W\d_]+)(?P<digits>[0-9]*)(?P<rest>.*)", re.DOTALL)
_MAX_FACTORS = 4
_MAX_WORD = 16
_LOOK_ALIKES = str.maketrans(
    "асеорхуіјѕԁһԛԝАВЕКМНОРСТХАΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορυχγωκ",
    "aceopxyijsdhqwABEKMHOPCTXAABEZHIKMNOPTYXvopuxywk",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A name as it was written: a head, indices set low (each a group of its own), a layer raised in brackets."""

    head: str
    indices: tuple[str, ...] = ()
    layer: str = ""

    @classmethod
    def of(cls, text: str) -> Written:
        """A name written with letters, digits and underscores alone."""
        head, *indices = text.split("_")
        return cls(head, tuple(indices))

    @property
    def literal(self) -> str:
        """The name with its indices behind underscores, Greek letters spelt out."""
        return "_".join((spelt(self.head), *self.indices))


@dataclass(frozen=True, slots=True)
class _Shape:
    base: str
    digits: str
    groups: tuple[str, ...]

    @property
    def layered(self) -> bool:
        """Whether the name has a layer before its units, as `w2_1_3` and `u1_2` have."""
        return bool(self.digits) and bool(self.groups)


@lru_cache(maxsize=1024)
def _shape(literal: str) -> _Shape:
    found = _SHAPE.fullmatch(literal)
    if found is None:
        return _Shape(literal, "", ())
    return _Shape(found["base"], found["digits"], tuple(part for part in found["rest"].split("_") if part))


def readings(written: Written, symbols: frozenset[str]) -> tuple[str, ...]:
    """The symbols that may be meant, sorted; one alone where a symbol is spelt exactly so."""
    exact, shapes = _indexed(symbols)
    literal = written.literal
    if not written.layer and literal in exact:
        return (exact[literal],)
    alike = shapes.get(literal[:1], ())
    return tuple(symbol for symbol, shape in alike if _may_mean(written, shape, alike))


@lru_cache(maxsize=128)
def _indexed(symbols: frozenset[str]) -> tuple[dict[str, str], dict[str, tuple[tuple[str, _Shape], ...]]]:
    """The symbols by their spelling, and with their shapes by their first letter."""
    exact = {spelt(symbol): symbol for symbol in sorted(symbols)}
    shapes: dict[str, tuple[tuple[str, _Shape], ...]] = {}
    for literal, symbol in exact.items():
        shapes[literal[:1]] = (*shapes.get(literal[:1], ()), (symbol, _shape(literal)))
    return exact, shapes


def _may_mean(written: Written, other: _Shape, alike: tuple[tuple[str, _Shape], ...]) -> bool:
    mine = _shape(written.literal)
    if written.layer:
        return (
            other.layered
            and not mine.digits
            and (other.base, other.digits) == (mine.base, written.layer)
            and _agree(mine.groups, other.groups)
        )
    pieces = (mine.base, *([mine.digits] if mine.digits else []), *mine.groups)
    theirs = (other.base, *([other.digits] if other.digits else []), *other.groups)
    if _agree(_joined_head(written), theirs) or (pieces == theirs):
        return True
    if not other.layered or mine.base != other.base:
        return False
    if mine.groups and not mine.digits and _agree(mine.groups, other.groups):
        return True
    return (
        (mine.digits or "".join(mine.groups)) == other.digits
        and _is_only_unit(other, alike)
        and not (mine.digits and mine.groups)
    )


def _joined_head(written: Written) -> tuple[str, ...]:
    return (spelt(written.head), *written.indices)


def _is_only_unit(shape: _Shape, alike: tuple[tuple[str, _Shape], ...]) -> bool:
    """Whether the layer has this one unit, so that `u2` can mean `u2_1`."""
    peers = [peer for _, peer in alike if peer.layered and (peer.base, peer.digits) == (shape.base, shape.digits)]
    return len(peers) == 1 and len(shape.groups) == 1


def _agree(written: tuple[str, ...], named: tuple[str, ...]) -> bool:
    """Whether two ways of cutting one string agree: the writer may leave cuts out, or cut after every index."""
    if "".join(written) != "".join(named):
        return False
    mine, theirs = set(accumulate(map(len, written))), set(accumulate(map(len, named)))
    return mine <= theirs or (theirs <= mine and all(len(group) == 1 for group in written[1:]))


def factors(text: str, least: int, known: Callable[[str, bool], bool]) -> list[tuple[str, ...]]:
    """The ways to cut a word into names: `yt` into y and t, `δ_jz_i` into δ_j and z_i.

    The first piece has at least `least` characters. `known` says of a piece, and of whether it is the last, if it is
    a name.
    """
    found: list[tuple[str, ...]] = []

    def cut(rest: str, before: tuple[str, ...]) -> None:
        if not rest:
            found.append(before)
            return
        if len(before) == _MAX_FACTORS:
            return
        for stop in range(1 if before else least, len(rest) + 1):
            last = stop == len(rest)
            if (last or (rest[stop].isalpha() and rest[stop - 1] != "_")) and known(rest[:stop], last):
                cut(rest[stop:], (*before, rest[:stop]))

    if len(text) <= _MAX_WORD:
        cut(text, ())
    return [pieces for pieces in found if len(pieces) > 1]


def nearest(word: str, known: frozenset[str]) -> tuple[str, str]:
    """The code and the known name that best explain an unknown one: wrong case, a look-alike letter, or a slip."""
    plain = spelt(word)
    for name in sorted(known):
        if name.lower() == plain.lower():
            return "wrong-case", name
    latin = word.translate(_LOOK_ALIKES)
    if latin != word and latin in known:
        return "look-alike", latin
    close = get_close_matches(plain, sorted(known), 1, 0.6)
    return "unknown-name", close[0] if close else ""
