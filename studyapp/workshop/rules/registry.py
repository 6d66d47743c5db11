"""What a lint rule is: one function over a page that yields what it finds; its docstring is its manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import cleandoc

from studyapp.domain.exercise import Hole, Key, Sentences, Template
from studyapp.domain.expression import Call, Name, Node, walk
from studyapp.domain.nearness import nearest_name
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.words import Words
from studyapp.pages.page import Page, WrittenExercise
from studyapp.pages.source import Source
from studyapp.workshop.marks import Mark, marks_of

FACTS_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is broken, the text there, and what to write instead."""

    place: Place
    found: str = ""
    instead: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file of a page laid before the rules: as read, as written, its other language beside it.

    `keys` are the sound keys by id, also where this file is a translation and states none; `drafts` are those of all
    exercises as far as they could be read, each with the names that were bound in a line that could not.
    """

    page: Page
    source: Source
    marks: tuple[Mark, ...]
    keys: Mapping[str, Key]
    drafts: Mapping[str, tuple[Key, frozenset[str]]]
    twin: Page | None = None
    _parts: dict[int, Parts] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    @property
    def has_facts(self) -> bool:
        """Whether this is the file that states the facts."""
        return self.page.language == FACTS_LANGUAGE

    def place(self, offset: int) -> Place:
        """Line and column of a character."""
        return self.source.place(offset)

    def parts(self, node: Node) -> Parts:
        """What an expression of this page mentions, found once."""
        known = self._parts.get(id(node))
        if known is None:
            known = self._parts[id(node)] = _parts_of(node)
        return known

    def exercises(self) -> Iterator[tuple[WrittenExercise, Key]]:
        """The exercises whose facts are known, in written order."""
        for exercise in self.page.exercises:
            if key := self.keys.get(exercise.id):
                yield exercise, key

    def written(self) -> Iterator[tuple[WrittenExercise, Key, frozenset[str]]]:
        """The exercises whose kind and id are known, whatever else is wrong; one error hides no other."""
        for exercise in self.page.exercises:
            if draft := self.drafts.get(exercise.id):
                yield exercise, *draft

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """The known name that is near to one that is none; sought for the first hundred names of a page."""
        if name not in self._near and len(self._near) < SOUGHT:
            self._near[name] = nearest_name(name, known)
        return self._near.get(name, "")


SOUGHT = 100


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression mentions: the names that have to stand for values, the words of options, the calls."""

    names: tuple[Name, ...]
    words: tuple[Name, ...]
    calls: tuple[Call, ...]


Rule = Callable[[Sheet], Iterator[Finding]]

RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order in which they are listed."""


def rule(function: Rule) -> Rule:
    """Register a rule: `math_spacing` finds complaints of the code `math-spacing`."""
    RULES[function.__name__.replace("_", "-")] = function
    return function


def manual(code: str) -> str:
    """What a rule asks for and why, with what is bad and what is good."""
    return cleandoc(RULES[code].__doc__ or "")


def sheet_of(page: Page, facts: Page, twin: Page | None) -> Sheet | None:
    """A page laid before the rules, beside the page that states its facts; None where it is no text."""
    if page.source is None:
        return None
    keys = {exercise.id: exercise.key for exercise in facts.exercises if exercise.key}
    drafts = {exercise.id: (exercise.draft, exercise.names) for exercise in facts.exercises if exercise.draft}
    marks = marks_of(page.source.text)
    return Sheet(page=page, source=page.source, marks=marks, keys=keys, drafts=drafts, twin=twin)


def complaints_about(sheet: Sheet, words: Words) -> Iterator[Complaint]:
    """What every rule finds."""
    for code, check in RULES.items():
        for finding in check(sheet):
            message, hint = words.workshop.lint.complaint(code, finding.found, finding.instead)
            yield Complaint(finding.place, code, message, hint, finding.severity)


def _parts_of(node: Node) -> Parts:
    nodes = tuple(walk(node))
    calls = tuple(part for part in nodes if isinstance(part, Call))
    words = tuple(value for call in calls for _, value in call.options if isinstance(value, Name))
    names = {part.name: part for part in nodes if isinstance(part, Name) and part not in words}
    return Parts(tuple(names.values()), words, calls)


def templates_of(sentences: Sentences) -> Iterator[Template]:
    """Every template of an exercise's sentences."""
    yield sentences.prompt
    for option in sentences.options:
        yield option.text
        yield option.said
    for item in (*sentences.hints, *sentences.mistakes, *sentences.solution, *sentences.scenes):
        yield item.text


def holes_in(template: Template) -> list[Hole]:
    """The holes of a template, in written order."""
    return [part for part in template if isinstance(part, Hole)]
