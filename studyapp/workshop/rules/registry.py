"""What a lint rule is: one function over a page that yields what it finds; its docstring is its manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc

from studyapp.domain.exercise import Hole, Key, Sentences, Template
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.words import Words
from studyapp.pages import Page, Source, WrittenExercise
from studyapp.workshop.marks import Mark, marks_of

FACTS_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a rule was broken, what stands there, what to write instead."""

    place: Place
    found: str = ""
    instead: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file of a page laid before the rules: as read, as written, its other language beside it.

    `keys` are the sound keys by id, also where this file is a translation and states none.
    """

    page: Page
    source: Source
    marks: tuple[Mark, ...]
    keys: Mapping[str, Key]
    twin: Page | None = None

    @property
    def has_facts(self) -> bool:
        """Whether this is the file that states the facts."""
        return self.page.language == FACTS_LANGUAGE

    def place(self, offset: int) -> Place:
        """Line and column of a character."""
        return self.source.place(offset)

    def exercises(self) -> Iterator[tuple[WrittenExercise, Key]]:
        """The exercises whose facts are known, in written order."""
        for exercise in self.page.exercises:
            if key := self.keys.get(exercise.id):
                yield exercise, key


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


def sheet_of(page: Page, keys: Mapping[str, Key], twin: Page | None) -> Sheet | None:
    """A page laid before the rules, None where it is no text."""
    if page.source is None:
        return None
    return Sheet(page=page, source=page.source, marks=marks_of(page.source.text), keys=keys, twin=twin)


def complaints_about(sheet: Sheet, words: Words) -> Iterator[Complaint]:
    """What every rule finds."""
    for code, check in RULES.items():
        for finding in check(sheet):
            message, hint = words.workshop.lint.complaint(code, finding.found, finding.instead)
            yield Complaint(finding.place, code, message, hint, finding.severity)


def templates_of(sentences: Sentences) -> Iterator[Template]:
    """Every template of an exercise's sentences."""
    yield sentences.prompt
    for option in sentences.options:
        yield option.text
        yield option.said
    for item in (*sentences.hints, *sentences.mistakes, *sentences.solution):
        yield item.text


def holes_in(template: Template) -> list[Hole]:
    """The holes of a template, in written order."""
    return [part for part in template if isinstance(part, Hole)]
