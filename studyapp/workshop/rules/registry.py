"""What a lint rule is: one function over a page that yields what it finds; its docstring is its manual."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from inspect import cleandoc
from typing import Literal

from studyapp.domain.exercise import Hole, Key, Sentences, Template
from studyapp.domain.expression import Call, Name, Node, walk
from studyapp.domain.nearness import nearest_name
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.text import LANGUAGES, Text
from studyapp.domain.values import dataclass
from studyapp.pages.page import Page, WrittenExercise
from studyapp.pages.source import Source
from studyapp.pages.templates import regions

MOST_SOUGHT = 100  # unknown names of a page for which a near one is sought
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_DELIMITER = re.compile(r"\${1,2}|`+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is broken, the text there, and what to write instead."""

    place: Place
    found: str = ""
    instead: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of a page's source: its kind, where it is, its content, and the offset where the content begins."""

    kind: Literal["text", "math", "code", "fence", "comment"]
    start: int
    end: int
    content: str
    inner: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression mentions: the names that need values, the words of options, the calls."""

    names: tuple[Name, ...]
    words: tuple[Name, ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file before the rules; `keys` are sound ones by id, `drafts` all as far as read, with what they bind.

    In `text_alone` everything that is no running text is blanked out, each character still in its place.
    """

    page: Page
    facts: Page
    source: Source
    marks: tuple[Mark, ...]
    text_alone: str
    keys: Mapping[str, Key]
    drafts: Mapping[str, tuple[Key, frozenset[str]]]
    twin: Page | None = None
    languages: tuple[str, ...] = LANGUAGES
    _parts: dict[int, Parts] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    @property
    def has_facts(self) -> bool:
        """Whether this is the file that states the facts."""
        return self.page is self.facts

    def in_text(self, pattern: re.Pattern[str], containing: str = "") -> Iterator[tuple[int, re.Match[str]]]:
        """What a pattern finds in running text `containing` a text, with the offset of the stretch that it is in."""
        for mark in self.marks:
            if mark.kind == "text" and containing in mark.content:
                for match in pattern.finditer(mark.content):
                    yield mark.start, match

    def parts(self, node: Node) -> Parts:
        """What an expression of this page mentions, found once."""
        parts = self._parts.get(id(node))
        if parts is None:
            nodes = tuple(walk(node))
            calls = tuple(part for part in nodes if isinstance(part, Call))
            words = tuple(value for call in calls for _, value in call.options if isinstance(value, Name))
            names = {part.name: part for part in nodes if isinstance(part, Name) and part not in words}
            parts = self._parts[id(node)] = Parts(tuple(names.values()), words, calls)
        return parts

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
        """The known name that is near to one that is none."""
        if name not in self._near and len(self._near) < MOST_SOUGHT:
            self._near[name] = nearest_name(name, known)
        return self._near.get(name, "")


Check = Callable[[Sheet], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check, and the sentences on each finding: what is wrong, and in a second line what to write instead."""

    check: Check
    sentences: Text


RULES: dict[str, Rule] = {}  # every rule by its code, in the order in which they are listed


def rule(*, ja: str, en: str) -> Callable[[Check], Check]:
    """Register a rule: `math_spacing` finds complaints of the code `math-spacing`."""

    def register(check: Check) -> Check:
        RULES[check.__name__.replace("_", "-")] = Rule(check, Text(ja=ja, en=en))
        return check

    return register


def manual(code: str) -> str:
    """What a rule asks for and why, with what is bad and what is good."""
    return cleandoc(RULES[code].check.__doc__ or "")


def complaints_about(
    page: Page, facts: Page, twin: Page | None, languages: tuple[str, ...] = LANGUAGES
) -> Iterator[Complaint]:
    """What every rule finds in a page, beside the page that states its facts; nothing where it is no text."""
    if page.source is None:
        return
    marks = tuple(_marks(page.source.text))
    sheet = Sheet(
        page=page,
        facts=facts,
        source=page.source,
        marks=marks,
        text_alone=_text_alone(page.source.text, marks),
        keys={exercise.id: exercise.key for exercise in facts.exercises if exercise.key},
        drafts={exercise.id: (exercise.draft, exercise.names) for exercise in facts.exercises if exercise.draft},
        twin=twin,
        languages=languages,
    )
    for code, row in RULES.items():
        message, hint = row.sentences().split("\n")
        for finding in row.check(sheet):
            # A hint that offers something is left out where there is nothing.
            advice = hint if finding.instead or "{instead}" not in hint else ""
            values = {"found": finding.found, "instead": finding.instead}
            yield Complaint(finding.place, code, message.format(**values), advice.format(**values), finding.severity)


def _text_alone(text: str, marks: Iterable[Mark]) -> str:
    blank, parts, done = "\n".join("\0" * len(line) for line in text.split("\n")), [], 0
    for mark in marks:
        if mark.kind == "text":
            parts += [blank[done : mark.start], mark.content]
            done = mark.end
    return "".join((*parts, blank[done:]))


def _marks(page: str) -> Iterator[Mark]:
    base = _after_front_matter(page)
    text, done = page[base:], 0
    for context, start, end in regions(text):
        if start > done:  # only comments belong to no region
            yield Mark("comment", base + done, base + start, text[done + 4 : start - 3], base + done + 4)
        done = end
        if context == "code" and _FENCE.match(text, start):
            first = text.find("\n", start, end) + 1 or end
            yield Mark("fence", base + start, base + end, text[first:end], base + first)
        elif start < end:
            opening = _DELIMITER.match(text, start) if context != "text" else None
            width = len(opening[0]) if opening else 0
            yield Mark(context, base + start, base + end, text[start + width : end - width], base + start + width)


def _after_front_matter(text: str) -> int:
    closed = text.find("\n---", 3) if text.startswith("---\n") else -1
    line_end = text.find("\n", closed + 4) if closed >= 0 else -1
    return line_end + 1


def templates_of(sentences: Sentences) -> Iterator[Template]:
    """Every template of an exercise's sentences."""
    yield sentences.prompt
    for option in sentences.options:
        yield option.text
        yield option.said
        for own in option.options:
            yield own.text
            yield own.said
    for item in (*sentences.hints, *sentences.mistakes, *sentences.solution, *sentences.scenes):
        yield item.text


def holes_in(template: Template) -> list[Hole]:
    """The holes of a template, in written order."""
    return [part for part in template if isinstance(part, Hole)]
