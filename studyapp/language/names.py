"""The names that an answer may contain, and which of them a learner means by `w_21`, `w₂₁`, `w21` or `w^{(2)}_{1}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import accumulate

from studyapp.domain.functions import ALIASES, BY_NAME, LEARNERS, ROWS
from studyapp.domain.limits import OPEN_ARGUMENTS
from studyapp.domain.values import dataclass

DEFAULT_FUNCTIONS = LEARNERS
ACTIVATIONS = frozenset(row.name for row in ROWS if row.activation)


def arity(function: str) -> tuple[int, int]:
    """The fewest and the most arguments of a function."""
    row = BY_NAME.get(function)
    return (row.fewest, row.most) if row else (1, OPEN_ARGUMENTS)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Symbols and functions of one question; `primed` are the functions whose derivatives `f'(u)` may be written.

    `vectors` says whether an answer may hold vectors and indices, `matrices` whether symbols are matrices or vectors.
    """

    symbols: frozenset[str] = frozenset()
    functions: frozenset[str] = DEFAULT_FUNCTIONS
    primed: frozenset[str] = frozenset()
    vectors: bool = False
    matrices: bool = False


NUMBERS_ONLY = Vocabulary(functions=frozenset(row.name for row in ROWS if row.in_numbers))
"""What a number field takes: arithmetic and these functions, no names, no catalogue."""


def vocabulary_of(symbols: Iterable[str], functions: Iterable[str] = ()) -> Vocabulary:
    """What an answer in symbols may contain: the usual functions, those left open, and primes of activations."""
    opened = frozenset(functions)
    return Vocabulary(frozenset(symbols), DEFAULT_FUNCTIONS | opened, opened | ACTIVATIONS)


_SMALL = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
_REST = "phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
LETTERS = dict(zip("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", f"{_SMALL} {_REST}".split(), strict=True))
SPELT = frozenset(LETTERS.values())  # the names of all letters


def spelt(text: str) -> str:
    """The text with every Greek letter spelt out."""
    if text.isascii():
        return text
    return "".join(LETTERS.get(char, char) for char in text)


_SHAPE = re.compile(r"(?P<base>[^\W\d_]+)(?P<digits>[0-9]*)(?P<rest>.*)", re.DOTALL)
_MAX_FACTORS = 4
_MAX_WORD = 16
_LEAST_LETTERS = 3  # letters of a name from which on a slip can be recognised: `t_1` is no slip for `y_1`
_OTHERS = "lg lb arg det tr rank dim erf erfc floor ceil round sum prod mean var std norm dot softmax logsumexp argmax"
_MORE = "argmin sinc cis diff grad nabla lim inf sup logit mish selu elu hypot cbrt square mod"
_MEANINGFUL = frozenset({*BY_NAME, *ALIASES, *_OTHERS.split(), *_MORE.split()})
"""Names of functions that mean something of their own, whether or not a question has them."""
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
        return bool(self.digits) and bool(self.groups)


_Shapes = dict[str, tuple[tuple[str, _Shape], ...]]


@lru_cache(maxsize=1024)
def _shape(literal: str) -> _Shape:
    match = _SHAPE.fullmatch(literal)
    if match is None:
        return _Shape(literal, "", ())
    return _Shape(match["base"], match["digits"], tuple(part for part in match["rest"].split("_") if part))


@lru_cache(maxsize=1024)
def readings(written: Written, symbols: frozenset[str]) -> tuple[str, ...]:
    """The symbols that may be meant, sorted; one alone where a symbol is spelt exactly so."""
    exact, shapes = _indexed(symbols)
    literal = written.literal
    if not written.layer and literal in exact:
        return (exact[literal],)
    alike = shapes.get(literal[:1], ())
    meant = tuple(symbol for symbol, shape in alike if _may_mean(written, shape, alike))
    return meant or _only_one(written, alike, shapes)


@lru_cache(maxsize=128)
def _indexed(symbols: frozenset[str]) -> tuple[dict[str, str], _Shapes]:
    exact = {spelt(symbol): symbol for symbol in sorted(symbols)}
    shapes: _Shapes = {}
    for literal, symbol in exact.items():
        shapes[literal[:1]] = (*shapes.get(literal[:1], ()), (symbol, _shape(literal)))
    return exact, shapes


def _only_one(written: Written, alike: tuple[tuple[str, _Shape], ...], shapes: _Shapes) -> tuple[str, ...]:
    """`y_1` for `y` in a network with one output: only there are all names known, so that it is the only one."""
    if written.indices or written.layer or not any(shape.layered for row in shapes.values() for _, shape in row):
        return ()
    peers = [(symbol, shape) for symbol, shape in alike if shape.base == written.literal]
    return tuple(symbol for symbol, shape in peers if len(peers) == 1 and not shape.layered and shape.groups == ("1",))


def _may_mean(written: Written, other: _Shape, alike: tuple[tuple[str, _Shape], ...]) -> bool:
    mine = _shape(written.literal)
    if written.layer:
        units = (*([mine.digits] if mine.digits else []), *mine.groups)
        return (
            other.layered
            and (other.base, other.digits) == (mine.base, written.layer)
            and (_agree(units, other.groups) or (not units and _is_only_unit(other, alike)))
        )
    pieces = (mine.base, *([mine.digits] if mine.digits else []), *mine.groups)
    theirs = (other.base, *([other.digits] if other.digits else []), *other.groups)
    if _agree((spelt(written.head), *written.indices), theirs) or pieces == theirs:
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
    """The ways to cut a word into names, the first of `least` characters; `known(piece, last)` says what is a name."""
    cuts: list[tuple[str, ...]] = []

    def cut(rest: str, before: tuple[str, ...]) -> None:
        if not rest:
            cuts.append(before)
            return
        if len(before) == _MAX_FACTORS:
            return
        for stop in range(1 if before else least, len(rest) + 1):
            last = stop == len(rest)
            if (last or (rest[stop].isalpha() and rest[stop - 1] != "_")) and known(rest[:stop], last):
                cut(rest[stop:], (*before, rest[:stop]))

    if len(text) <= _MAX_WORD:
        cut(text, ())
    return [pieces for pieces in cuts if len(pieces) > 1]


def nearest(word: str, symbols: frozenset[str], functions: frozenset[str]) -> tuple[str, str]:
    """The code and known name behind an unknown one: wrong case, a look-alike letter, or a slip in its letters."""
    plain, known = spelt(word), symbols | functions
    for name in sorted(known):
        if name != word and name.lower() == plain.lower():
            return "wrong-case", name
    latin = word.translate(_LOOK_ALIKES)
    if latin != word and latin in known:
        return "look-alike", latin
    if plain.lower() in _MEANINGFUL:
        return "unknown-name", ""
    return "unknown-name", _slip_for(plain, symbols) or _slip_for(plain, functions)


def _slip_for(plain: str, known: frozenset[str]) -> str:
    """The name that differs in its letters alone, or has an index where none was written; empty where there is none."""
    shape = _shape(plain)
    peers = [name for name in sorted(known) if _shape(spelt(name)).base == shape.base]
    if not shape.groups and not shape.digits and len(peers) == 1:
        return peers[0]
    if len(shape.base) < _LEAST_LETTERS:
        return ""
    rest = plain[len(shape.base) :]
    bases = {_shape(spelt(name)).base: name for name in sorted(known) if spelt(name).endswith(rest)}
    same = {base: name for base, name in bases.items() if spelt(name) == base + rest}
    close = get_close_matches(shape.base, sorted(same), 1, 0.7)
    return same[close[0]] if close else ""


def transposed(written: Written, symbols: frozenset[str]) -> str:
    """The weight between the same units the other way round, empty where there is none."""
    head, indices = written.head, written.indices
    if len(indices) == 2:
        swapped = Written(head, indices[::-1], written.layer)
    elif len(indices) == 1 and len(indices[0]) == 2:
        swapped = Written(head, (indices[0][::-1],), written.layer)
    else:
        return ""
    meant = readings(swapped, symbols)
    return meant[0] if len(meant) == 1 and swapped != written else ""
