"""One Markdown file read: facts, prose, exercises, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from studyapp.domain.document import Block, ExerciseMark, Figure
from studyapp.domain.exercise import Key, Sentences
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.pages.blocks import blocks
from studyapp.pages.bounds import Excess, dense, excess
from studyapp.pages.checks import check_exercise
from studyapp.pages.facts import read_facts
from studyapp.pages.figures import fence_content, is_closed, read_figure
from studyapp.pages.files import read_source
from studyapp.pages.items import LISTS, check_boxes, list_items
from studyapp.pages.keys import read_fields, read_key, starts_of
from studyapp.pages.markdown import page_tokens, parse_lines
from studyapp.pages.outline import FENCES, Outline, Piece, Section, is_key, meant_fence, outline
from studyapp.pages.report import Report
from studyapp.pages.schema import FRONT_MATTER
from studyapp.pages.sentences import read_sentences
from studyapp.pages.source import Source
from studyapp.pages.templates import read_template


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenExercise:
    """An exercise of one file. `key` is None where the fence holds `id:` alone or is not sound.

    `bare` tells the two apart; `draft` is the key as far as it could be read, `names` are all that it binds. `facts`
    and `prose` are the source of fence and section; `sound`: no error was found. `fields` says where each field begins.
    """

    id: str
    key: Key | None
    draft: Key | None
    names: frozenset[str]
    bare: bool
    fields: Mapping[str, Place]
    sentences: Sentences
    facts: str
    prose: str
    place: Place
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the course. `readable` is False, and `source` None, where there is no text to speak of."""

    topic: str
    language: str
    title: str
    item: tuple[int, ...] = ()
    requires: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    exercises: tuple[WrittenExercise, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    fields: Mapping[str, Place] = field(default_factory=dict)
    """Where the value of each field of the front matter begins, and in a list each text: `requires losses/softmax`."""
    readable: bool = True
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a page before it is read: its topic, its language, and kinds stated elsewhere."""

    topic: str
    language: str
    kinds: Mapping[str, Kind] = field(default_factory=dict)


def read_file(path: Path, name: str, wanted: Wanted) -> Page:
    """The page in a file, whatever its path says of topic and language."""
    source = read_source(path, name)
    if isinstance(source, Source):
        return page_of(source, wanted)
    return _unreadable(wanted, (source,))


def _excessive(too_much: Excess, wanted: Wanted, report: Report) -> Page:
    """The page that is refused before it is read."""
    report.add(too_much.offset, too_much.code, limit=too_much.limit)
    return _unreadable(wanted, tuple(report.complaints))


def _unreadable(wanted: Wanted, complaints: tuple[Complaint, ...]) -> Page:
    """The page of which nothing is read."""
    title = wanted.topic.rpartition("/")[2]
    return Page(topic=wanted.topic, language=wanted.language, title=title, complaints=complaints, readable=False)


def page_of(source: Source, wanted: Wanted) -> Page:
    """The page that a text is."""
    unseen = source.unseen()
    source = source.shown() if unseen else source
    report = Report(source)
    for (_, character), offset in unseen.items():
        report.add(offset, "control-character", f"U+{ord(character):04X}")
    if too_much := excess(source):
        return _excessive(too_much, wanted, report)
    tokens, references = page_tokens(source.text)
    if too_much := dense(tokens, source):
        return _excessive(too_much, wanted, report)
    _check_tokens(tokens, report)
    plan = outline(tokens, report)
    for part in plan.parts:
        if isinstance(part, Piece):  # the sentences of an exercise are read from its source, once they are filled
            parse_lines(part.tokens, references)
    reader = _Reader(wanted.language, wanted.kinds, report)
    facts, fields = reader.front_matter(plan)
    body, exercises = reader.parts(plan)
    return Page(
        topic=wanted.topic,
        language=wanted.language,
        title=plan.title.heading if plan.title else wanted.topic.rpartition("/")[2],
        item=facts.get("item", ()),
        requires=facts.get("requires", ()),
        covers=facts.get("covers", ()),
        body=body,
        exercises=exercises,
        complaints=tuple(sorted(report.complaints, key=lambda complaint: complaint.place)),
        fields=fields,
        source=source,
    )


def _check_tokens(tokens: Sequence[Token], report: Report) -> None:
    """What swallows the rest of a page, or hides a fence from the outline."""
    for token in tokens:
        start = report.source.start(token.map[0]) if token.map else 0
        if token.type == "fence" and not is_facts(token) and not is_closed(token, report):
            report.add(start, "unclosed-fence")
        if is_key(token) and token.level:
            report.add(start, "nested-fence")
        if token.type == "html_block" and token.content.rfind("<!--") > token.content.rfind("-->"):
            report.add(start + token.content.rfind("<!--"), "unclosed-comment")
        if token.type == "fence" and not is_facts(token):
            info = " ".join(token.info.split())
            if info.startswith("yaml ") or meant_fence(info):
                report.add(start, "unknown-fence", info, known=FENCES)
            elif info in ("yaml", "yml") and token.content.startswith("id:"):
                report.add(start, "plain-yaml", severity=Severity.WARNING)


def is_facts(token: Token) -> bool:
    """Whether a fence names facts as they are named."""
    return " ".join(token.info.split()) in FENCES


@dataclass(frozen=True, slots=True)
class _Reader:
    """The readers of the parts of one page."""

    language: str
    kinds: Mapping[str, Kind]
    report: Report

    def front_matter(self, plan: Outline) -> tuple[dict[str, Any], dict[str, Place]]:
        """The values of the fields, and where they stand."""
        source = self.report.source
        if plan.front_matter is None:
            if source.text.startswith("---\n"):
                self.report.add(0, "unclosed-front-matter")
            return {}, {}
        first, last = plan.front_matter.first + 1, plan.front_matter.last - 1
        text = source.between(first, last)
        mapping = read_facts(text, source.start(first), self.report) if text.strip() else None
        if mapping is None:
            return {}, {}
        places = {name: source.place(start) for name, start in starts_of(mapping).items()}
        return read_fields(mapping, FRONT_MATTER, self.report), places

    def parts(self, plan: Outline) -> tuple[tuple[Block, ...], tuple[WrittenExercise, ...]]:
        """The body with a mark for each exercise, and the exercises."""
        body: list[Block] = []
        exercises: dict[str, WrittenExercise] = {}
        for part in plan.parts:
            if not isinstance(part, Section):
                self.holes(part.first, part.last)
                if part.type in LISTS:
                    check_boxes(list_items(part, self.report), self.report)
                body += blocks(part.tokens, self.figure)
                continue
            exercise = self.exercise(part, exercises.keys())
            if exercise is not None:
                body.append(ExerciseMark(exercise.id, exercise.sentences.heading))
                exercises[exercise.id] = exercise
        return tuple(body), tuple(exercises.values())

    def exercise(self, section: Section, taken: Set[str]) -> WrittenExercise | None:
        """An exercise, None where it has no id of its own."""
        source, report = self.report.source, self.report.branch()
        text, base = fence_content(section.fence.tokens[0], report)
        facts = read_key(text, base, report)
        if section.after is not None:
            report.add(source.start(section.after.first), "text-after-key", section.heading.heading)
        if facts.id in taken:
            report.add(facts.starts["id"], "duplicate-id", facts.id)
        sentences = read_sentences(section, self.language, facts.kind or self.kinds.get(facts.id), report)
        if facts.key is not None:
            check_exercise(facts.key, sentences, facts.starts, report)
        self.report.complaints += report.complaints
        if not facts.id or facts.id in taken:
            return None
        return WrittenExercise(
            id=facts.id,
            key=facts.key,
            draft=facts.draft,
            names=facts.names,
            fields={name: source.place(start) for name, start in facts.starts.items()},
            bare=facts.starts.keys() == {"id"},
            sentences=sentences,
            facts=text,
            prose=source.between(section.heading.first, section.fence.first),
            place=source.place(source.start(section.heading.first)),
            sound=report.sound,
        )

    def figure(self, token: Token) -> Figure | None:
        report = self.report.branch()
        figure = read_figure(token, report)
        self.report.complaints += report.complaints
        return figure

    def holes(self, first: int, last: int) -> None:
        """Nothing is drawn outside of exercises, so nothing can be filled."""
        if "{{" not in self.report.source.between(first, last):
            return
        quiet = self.report.branch()
        for part in read_template(self.report.source.fragment(first, last), quiet):
            if not isinstance(part, str) and part.context != "code":
                self.report.add_at(part.place, "hole-outside", part.text)
