"""What an author wrote: pages with exercises; each has sentences with holes, and a key of machine facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from decimal import Decimal
from typing import Any, Literal, get_args

from studyapp.domain.code import ArrayDomain
from studyapp.domain.document import Block
from studyapp.domain.expression import Node
from studyapp.domain.facts import Scene
from studyapp.domain.kind import Kind
from studyapp.domain.place import Place
from studyapp.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Hole:
    """A `{{ expression }}` in a sentence; `digits` are the places written into it (`{{ x:2 }}`), None without."""

    expression: Node
    text: str
    context: Literal["math", "text", "code"]
    place: Place
    digits: int | None = None


Template = tuple[str | Hole, ...]  # Markdown source cut at its holes


@dataclass(frozen=True, slots=True)
class Binding:
    """A name and the expression behind it, with the place of the expression; a condition has no name.

    With `parameters` it is a function. Code is none of the expression language: it is a `Word`.
    """

    name: str
    expression: Node
    text: str
    place: Place
    parameters: tuple[str, ...] = ()


DomainWord = Literal["real", "positive", "nonnegative", "integer", "label"]
DOMAINS: tuple[DomainWord, ...] = get_args(DomainWord)
DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_INTERVAL = re.compile(rf"\s*({DECIMAL})\s*\.\.\s*({DECIMAL})\s*")
_DIMENSION = r"\s*([A-Za-z][A-Za-z0-9]*)\s*"
_ARRAY = re.compile(rf"\s*(?:matrix\({_DIMENSION},{_DIMENSION}|vector\({_DIMENSION})(,\s*positive\s*)?\)\s*")
SIZE: Literal["size"] = "size"
IDENTITY, ONES = "I", "ones"
"""The names in trees of identities and of vectors of ones, with the dimension behind: `I_N`, `ones_N`."""


@dataclass(frozen=True, slots=True)
class SymbolDomain:
    """The values that a symbol may take: one of `DOMAINS`, an open interval, or those of a matrix.

    A `matrix` or `vector` has the names of its `dimensions`, and entries that are `positive` or any numbers; a `size`
    is the number behind the dimension that it is named after.
    """

    name: str
    kind: DomainWord | Literal["interval", "matrix", "vector", "size"]
    low: Decimal | None = None
    high: Decimal | None = None
    dimensions: tuple[str, ...] = ()
    positive: bool = False

    @property
    def text(self) -> str:
        """The domain as it is written."""
        if self.kind == "interval":
            return f"{self.low}..{self.high}"
        arguments = ", ".join((*self.dimensions, *(["positive"] if self.positive else [])))
        return f"{self.kind}({arguments})" if self.dimensions else self.kind


def interval_in(text: str) -> tuple[Decimal, Decimal] | None:
    """The ends of `low..high`, None where a text is no interval; whether it holds a number is not looked at."""
    ends = _INTERVAL.fullmatch(text)
    return (Decimal(ends[1]), Decimal(ends[2])) if ends else None


def domain_of(name: str, text: str) -> SymbolDomain | None:
    """The domain that a text names, None where it names none.

    A word, an open interval `a..b`, `matrix(N, D)`, `vector(D)` (both also `…, positive`), or `size`.
    """
    for word in (*DOMAINS, SIZE):
        if text.strip() == word:
            return SymbolDomain(name, word)
    if array := _ARRAY.fullmatch(text):
        rows, columns, entries, positive = array.groups()
        dimensions = (entries,) if entries else (rows, columns)
        kind: Literal["matrix", "vector"] = "vector" if entries else "matrix"
        return SymbolDomain(name, kind, dimensions=dimensions, positive=bool(positive))
    ends = interval_in(text)
    return SymbolDomain(name, "interval", *ends) if ends and ends[0] < ends[1] else None


@dataclass(frozen=True, slots=True)
class Convention:
    """Conventions that a stem fixes: printed for the learner, followed by the key. Empty texts are not fixed."""

    log: str = ""
    epsilon: str = ""
    reduction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A step of a derivation; `name` is what later steps call it, `using` the only symbols that its answer may have.

    A step of a `kind` of its own has the fields of that kind in `own`, by name.
    """

    place: Place
    target: str = ""
    answer: Binding | None = None
    check: Binding | None = None
    name: str = ""
    using: tuple[str, ...] = ()
    skill: str = ""
    mistakes: tuple[Binding, ...] = ()
    kind: Kind | None = None
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFamily:
    """Networks of which one is drawn: `layers` by least and most units, inputs first; `output`: activation and loss."""

    place: Place
    layers: tuple[tuple[int, int], ...]
    hidden: tuple[str, ...]
    output: tuple[tuple[str, str], ...]
    bias: tuple[bool, ...] = (True,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The facts of an exercise, as its `yaml key` fence states them. Only the fields of its kind are filled."""

    id: str
    kind: Kind
    place: Place
    skill: str
    aliases: tuple[str, ...] = ()
    confuses: tuple[str, ...] = ()
    section: str = ""
    item: int | None = None
    draw: tuple[Binding, ...] = ()
    let: tuple[Binding, ...] = ()
    given: tuple[Binding, ...] = ()
    where: tuple[Binding, ...] = ()
    cases: tuple[Binding, ...] = ()
    answer: Binding | None = None
    check: Binding | None = None
    example: tuple[Binding, ...] = ()
    digits: int | None = None
    significant: int | None = None
    mistakes: tuple[Binding, ...] = ()
    convention: Convention = Convention()
    right: tuple[Binding, ...] = ()
    shown: int | None = None
    several: bool = False
    symbols: tuple[SymbolDomain, ...] = ()
    functions: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    network: NetworkFamily | None = None
    rate: Decimal | None = None
    exam: str = ""
    scenes: tuple[Scene, ...] = ()
    options: str = ""
    arrays: tuple[ArrayDomain, ...] = ()
    tolerance: Decimal | None = None
    epsilon: str = ""
    dtype: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where the value of each written field begins."""

    def at(self, *fields: str) -> Place:
        """The place of the first of these fields that is written, of the whole key where none is."""
        return next((self.places[name] for name in fields if name in self.places), self.place)

    @property
    def has_matrices(self) -> bool:
        """Whether a symbol is a matrix or a vector, so that answers are formulas of matrices."""
        return any(symbol.dimensions for symbol in self.symbols)

    @property
    def free_names(self) -> frozenset[str]:
        """The symbols of the question; a `where` line that names one restricts where answers are compared."""
        return frozenset(symbol.name for symbol in self.symbols) | self.reserved_names

    @property
    def reserved_names(self) -> frozenset[str]:
        """Identities and vectors of ones, of every dimension of a matrix or vector."""
        dimensions = {name for symbol in self.symbols for name in symbol.dimensions}
        return frozenset(f"{word}_{name}" for word in (IDENTITY, ONES) for name in dimensions)

    def part(self, step: StepFacts) -> Key:
        """The key of a step as if it were an exercise by itself: the facts that all steps share, and its own."""
        own = dict(step.own)
        if own.keys() & {"digits", "significant"}:
            own = {"digits": None, "significant": None, **own}
        named = {array.name for array in own.get("arrays", ())}
        own["arrays"] = (*(array for array in self.arrays if array.name not in named), *own.get("arrays", ()))
        return replace(
            self,
            kind=self.kind_of(step),
            answer=step.answer,
            check=step.check,
            mistakes=step.mistakes,
            skill=step.skill or self.skill,
            place=step.place,
            steps=(),
            **own,
        )

    def kind_of(self, step: StepFacts) -> Kind:
        """The kind of a step: its own, else a number where digits are asked for, else a formula."""
        return step.kind or (Kind.NUMBER if self.is_numeric else Kind.EXPRESSION)

    @property
    def is_symbolic(self) -> bool:
        """Whether something is asked in symbols, so that `given` are relations and no values."""
        if self.kind is not Kind.DERIVATION or self.network is not None:
            return self.kind in (Kind.EXPRESSION, Kind.DERIVATION) and not self.is_numeric
        return any(self.kind_of(step) is Kind.EXPRESSION for step in self.steps)

    @property
    def is_numeric(self) -> bool:
        """Whether digits are asked for, so that the answer is a number."""
        return self.digits is not None or self.significant is not None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of ヒント, 誤答 or 解説: its text, and the case or mistake that it belongs to, if any."""

    text: Template
    name: str = ""
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """An option, or an entry to be put in order; `ticked` is None without a box, `said` the comment on picking it.

    The ask of a step that is a choice or an order has `options` of its own.
    """

    text: Template
    ticked: bool | None
    said: Template = ()
    place: Place = Place("")
    options: tuple[WrittenOption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """The prose of an exercise in one language."""

    language: str
    heading: str
    prompt: Template
    options: tuple[WrittenOption, ...] = ()
    hints: tuple[Item, ...] = ()
    mistakes: tuple[Item, ...] = ()
    solution: tuple[Item, ...] = ()
    scenes: tuple[Item, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """By the name of a drawn value how each word that it may be is said."""
    place: Place = field(default=Place(""))


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise as it can be drawn: the facts, and the sentences in the language asked for where they exist."""

    topic: str
    key: Key
    sentences: Sentences
    version: str
    """A digest of the written source of facts and sentences, stored with each attempt."""
    section: int | None = None
    """Which of the sections of the page, from 0, teaches it; None: what is before it."""

    @property
    def id(self) -> str:
        """The written id: the identity of the exercise, whatever its text becomes."""
        return self.key.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One Markdown page, read. `language` is the one that its prose is in, after any fallback."""

    id: str
    title: str
    language: str
    item: tuple[int, ...]
    """Items of the G検定 syllabus."""
    requires: tuple[str, ...]
    covers: tuple[str, ...]
    body: tuple[Block, ...]
    exercises: tuple[Exercise, ...]
    requires_at: tuple[Place, ...] = ()
    """Where each topic that it requires is written."""
    sections: tuple[str, ...] = ()
    """Sections of the E資格 syllabus."""
    optional: bool = False
    """Whether the exam of those sections does not ask it."""

    def exercise(self, exercise_id: str) -> Exercise | None:
        """The exercise with that id, None where the page has none."""
        return next((exercise for exercise in self.exercises if exercise.id == exercise_id), None)
