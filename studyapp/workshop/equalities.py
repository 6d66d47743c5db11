"""Equalities between numbers in sentences: written out, or filled by a drawing, for which the sides are read once."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from studyapp.domain.exercise import Hole, Template
from studyapp.domain.expression import Node
from studyapp.domain.limits import TEX_CHARACTERS
from studyapp.domain.place import Place
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import FLOATS, Problem
from studyapp.engine.interpretation import evaluate, exact_value
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.shown import are_near, entries_of, in_shape, larger
from studyapp.language import DEFAULT_FUNCTIONS, Vocabulary, read_answer, read_number
from studyapp.pages.templates import regions

EQUALS = re.compile(r"(?<![<>!:=])=(?!=)|\\approx|\\simeq|≈")
_HOLE = re.compile("[\ue000-\uf8ff]")  # characters for private use: each is a hole while a sentence is cut into sides
_GLUED = re.compile(r"[\d.][\ue000-\uf8ff]|[\ue000-\uf8ff][\d.]|[\d)}\ue000-\uf8ff]\s*[\ue000-\uf8ff]")
"""A hole that continues a number, or that is a factor without a sign: its side is read as it is filled."""
_APART = re.compile(
    r"\\\\|\\q?quad\b|\\text\{[^{}]*\}|\\(?:Rightarrow|implies|rightarrow|to|iff|[lg]eq?|[lg]t|neq?|in|propto)\b|[<>;]"
    r"|,(?![^(]*\))"
)
"""What parts two formulas of one line."""
_DEGREES = re.compile("([0-9.]+|[\ue000-\uf8ff])\\s*\\^\\{?\\\\circ\\}?")
_LAYOUT = re.compile(r"&|\\(?:begin|end)\{(?:aligned|align\*?|split|gathered|gather)\}")
_RUN = "[0-9.+\\-−*/×÷·^()\ue000-\uf8ff \u3000]+"
_IN_WORDS = re.compile(rf"(?<![A-Za-z0-9_$%\\]){_RUN}(?:[=≈]{_RUN})+(?![A-Za-z0-9_%])")
_MARKER = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)(?=[ \t])", re.MULTILINE)
_DECIMAL = re.compile(r"\d+\.(\d+)")
_LETTERS = "abcdfghkmnpqrstuvwxyzABCFGHKMPQRSTUVWXYZ"
LONGEST_SIDE = 200
EXACT = Fraction(1, 10**12)  # relative; what floats may lose


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbouring sides of a chain, and where the sign between them is."""

    left: str
    sign: str
    right: str
    start: int

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.right}"


def links_of(chain: str) -> Iterator[Link]:
    """The neighbouring sides of a formula that has signs of equality."""
    signs = list(EQUALS.finditer(chain)) if len(chain) <= TEX_CHARACTERS else []
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(chain)]
    parts = [_APART.split(_plain(chain[start:end])) for start, end in zip(starts, ends, strict=True)]
    for place, sign in enumerate(signs):
        left, right = parts[place], parts[place + 1]
        # A line that begins with the sign goes on from the line before.
        yield Link((left[-1].strip() or left[0]).strip(), sign[0], right[0].strip(" .。"), sign.start())


def _plain(side: str) -> str:
    """A side without layout; degrees are a unit, but a number to a function of angles."""
    degrees = r"(\1 \\cdot \\pi / 180)" if re.search(r"\\(?:sin|cos|tan)\b", side) else r"\1"
    return _LAYOUT.sub(" ", _DEGREES.sub(degrees, side))


@lru_cache(maxsize=4096)
def number_of(tex: str) -> Fraction | None:
    """The value of a side; None where it has none, or is anything else than a number."""
    node = read_number(tex) if any(one.isdigit() for one in tex) and len(tex) < LONGEST_SIDE else None
    if node is None or isinstance(node, Unreadable):
        return None
    return exact_value(node)


def slack_of(text: str, *, about: bool) -> Fraction:
    """Half a unit of the last place of a decimal, after ≈ of a whole number, too; nothing for a formula."""
    bare = text.lstrip("-−+ ")
    decimal = _DECIMAL.fullmatch(bare)
    if decimal is None:
        return Fraction(1, 2) if about and bare.isdigit() else Fraction(0)
    return Fraction(1, 2 * 10 ** len(decimal[1]))


def false_links(chain: str) -> Iterator[tuple[Link, str]]:
    """The neighbouring sides of a formula without holes that are numbers and differ, and what the left one comes to."""
    for link in links_of(chain):
        left, right = number_of(link.left), number_of(link.right)
        if left is None or right is None:
            continue
        slack = max(slack_of(side, about=link.sign != "=") for side in (link.left, link.right))
        if abs(left - right) > max(slack, EXACT * (1 + abs(left))):
            yield link, shown_like(left, link.right)


def shown_like(value: Fraction, like: str) -> str:
    """A value to as many places as another text has."""
    decimal = _DECIMAL.search(like)
    if decimal is None and value.denominator == 1:
        return str(value)
    return f"{float(value):.{min(len(decimal[1]), 12) if decimal else 4}f}"


@dataclass(frozen=True, slots=True)
class FalseEquality:
    """An equality as a drawing shows it, and what its left side is."""

    place: Place
    shown: str
    left: str


def false_in_text(markdown: str, place: Place) -> Iterator[FalseEquality]:
    """The false equalities in the formulas of a text without holes."""
    for context, start, end in regions(markdown):
        if context == "math":
            for link, left in false_links(markdown[start:end].strip("$").strip("`")):
                yield FalseEquality(place, str(link), left)


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its text with a private character a hole, and its tree over letters (None: read in each drawing)."""

    text: str
    tree: Node | None
    holes: tuple[Hole, ...]
    letters: str

    def filled(self, filler: Filler) -> str:
        """The side as it is shown, vectors in parentheses."""
        shown = [filler.shown[id(hole)].entries for hole in self.holes]
        texts = iter([entries[0] if len(entries) == 1 else f"({', '.join(entries)})" for entries in shown])
        return _HOLE.sub(lambda _: next(texts), self.text)

    def value(self, filler: Filler, *, rounded: bool = True) -> Any:
        """What the side comes to, by the numbers shown or by those behind them; None where it has no value."""
        if self.tree is None:
            value = number_of(self.filled(filler))
            return None if value is None else float(value)
        known = {}
        for letter, hole in zip(self.letters, self.holes, strict=True):
            shown = filler.shown[id(hole)]
            entries = shown.entries if rounded else entries_of(filler.values.best(hole.expression))
            known[letter] = in_shape(entries, shown.shape)
        try:
            return evaluate(self.tree, known, FLOATS)
        except Problem:
            return None

    def slack(self, filler: Filler, *, about: bool) -> Any:
        """What the digits shown leave open: something for a number by itself, entry by entry of a vector."""
        bare = self.text.lstrip("-−+ ")
        if not _HOLE.fullmatch(bare):
            return float(slack_of(self.text, about=about))
        shown = filler.shown[id(self.holes[0])]
        return in_shape((slack_of(entry, about=about or shown.rounded) for entry in shown.entries), shown.shape)


@dataclass(frozen=True, slots=True)
class Equality:
    """Two sides with holes, and the place of one of the holes."""

    left: Side
    sign: str
    right: Side
    place: Place

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes of both sides."""
        return self.left.holes + self.right.holes

    def is_false(self, filler: Filler) -> bool:
        """Whether a drawing that shows it shows two numbers that differ by more than the digits leave open."""
        about = self.sign != "="
        slack = larger(self.left.slack(filler, about=about), self.right.slack(filler, about=about))
        if self._holds(filler, slack, rounded=True):
            return False
        # Numbers that are rounded one by one may add up to another last digit: then the numbers behind them count.
        is_rounded = any(filler.shown[id(hole)].rounded for hole in self.holes)
        return not (is_rounded and self._holds(filler, slack, rounded=False))

    def _holds(self, filler: Filler, slack: Any, *, rounded: bool) -> bool:
        left, right = (side.value(filler, rounded=rounded) for side in (self.left, self.right))
        return left is None or right is None or are_near(left, right, slack, float(EXACT))

    def as_shown(self, filler: Filler) -> FalseEquality:
        """The equality as a drawing shows it."""
        right, left = self.right.filled(filler), entries_of(self.left.value(filler))
        text = ", ".join(shown_like(Fraction(float(entry)), right) for entry in left)
        return FalseEquality(self.place, f"{self.left.filled(filler)} {self.sign} {right}", text)


def equalities_in(templates: Iterable[Template], *, natural_log: bool) -> tuple[Equality, ...]:
    """The equalities of sentences in which numbers are filled; without a natural log, formulas with log are left."""
    equalities = [equality for template in templates for equality in _in_template(template)]
    return tuple(one for one in equalities if natural_log or r"\log" not in one.left.text + one.right.text)


def false_equalities(equalities: Iterable[Equality], filler: Filler) -> Iterator[FalseEquality]:
    """Those that a drawing shows, and that do not hold in it."""
    for equality in equalities:
        if all(id(hole) in filler.shown for hole in equality.holes) and equality.is_false(filler):
            yield equality.as_shown(filler)


def _in_template(template: Template) -> Iterator[Equality]:
    holes = [part for part in template if isinstance(part, Hole)]
    marks = (chr(0xE000 + number) for number in range(len(holes)))
    text = "".join(part if isinstance(part, str) else next(marks) for part in template)
    if not holes or not EQUALS.search(text):
        return
    for chain in _chains(text):
        for link in links_of(chain):
            left, right = _side(link.left, holes), _side(link.right, holes)
            if left is not None and right is not None and (left.holes or right.holes):
                place = right.holes[0].place if right.holes else left.holes[-1].place
                yield Equality(left, link.sign, right, place)


def _chains(text: str) -> Iterator[str]:
    for context, start, end in regions(text):
        if context == "math":
            yield text[start:end].strip("$").strip("`")
        elif context == "text":
            words = _MARKER.sub(lambda marker: " " * len(marker[0]), text[start:end])
            for line in words.splitlines():
                if len(line) <= TEX_CHARACTERS and EQUALS.search(line):
                    yield from (run[0] for run in _IN_WORDS.finditer(line))


def _side(text: str, every: list[Hole]) -> Side | None:
    holes = tuple(every[ord(mark) - 0xE000] for mark in _HOLE.findall(text))
    if len(text) > LONGEST_SIDE or not (holes or any(one.isdigit() for one in text)):
        return None
    letters = "".join(one for one in _LETTERS if one not in text)[: len(holes)]
    if _GLUED.search(text) or len(letters) < len(holes):
        return Side(text, None, holes, "")
    names = iter(letters)
    plain = _HOLE.sub(lambda _: f" {next(names)} ", text)
    tree = read_answer(plain, Vocabulary(frozenset(letters), DEFAULT_FUNCTIONS, vectors=True))
    return None if isinstance(tree, Unreadable) else Side(text, tree, holes, letters)
