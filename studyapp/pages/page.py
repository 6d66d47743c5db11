"""One Markdown file read: facts, prose, exercises, and everything that is wrong with it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from studyapp.domain.document import Block, ExerciseMark, Figure
from studyapp.domain.exercise import Key, Sentences
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, Place, Problem, Severity
from studyapp.domain.syllabus import SECTION
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.pages.blocks import blocks, page_tokens, parse_lines
from studyapp.pages.checks import check_exercise
from studyapp.pages.facts import Value, Yaml, read_facts
from studyapp.pages.figures import Drawing, fence_content, figure_asked, is_closed, is_figure, read_figure
from studyapp.pages.files import check_density, check_size, read_source
from studyapp.pages.keys import is_bare, places_of, read_key
from studyapp.pages.outline import FENCES, Outline, Piece, Section, is_key, meant_fence, outline
from studyapp.pages.readers import (
    Reader,
    list_of,
    read_fields,
    read_flag,
    read_text,
    read_topic_id,
    read_word,
    whole,
)
from studyapp.pages.report import Refused, Report
from studyapp.pages.sentences import check_boxes, list_items, read_sentences
from studyapp.pages.source import Source
from studyapp.pages.templates import read_template


class OnPage(Problem):
    """What is wrong with a page."""

    UNCLOSED_FRONT_MATTER = Text(
        ja="先頭の `---` が閉じられていません。\n`---` だけの行で閉じてください。",
        en="The `---` at the top is not closed.\nClose it with a line of `---`.",
    )
    UNCLOSED_COMMENT = Text(
        ja="コメントが閉じられていません。\n`-->` で閉じてください。",
        en="The comment is not closed.\nClose it with `-->`.",
    )
    UNKNOWN_FENCE = Text(
        ja="「{found}」というブロックは読まれません。\nyaml key か yaml figure と書いてください。",
        en="Nothing reads a block `{found}`.\nWrite yaml key or yaml figure.",
    )
    PLAIN_YAML = Text(
        ja="この yaml のブロックは id で始まりますが、問題としては読まれません。\n"
        "問題なら `yaml key` と書いてください。",
        en="This yaml block begins with an id, but is not read as an exercise.\nIf it is one, write `yaml key`.",
    )
    TEXT_AFTER_KEY = Text(
        ja="「{found}」の yaml key の後に文があります。\n節は yaml key で終えるか、次の見出しを置いてください。",
        en="There is text after the yaml key of “{found}”.\n"
        "End the section with its yaml key, or begin another heading.",
    )
    DUPLICATE_ID = Text(
        ja="id「{found}」はこのページでもう使われています。\nどちらかを別の id にしてください。",
        en="The id `{found}` is used on this page already.\nChoose another id for one of them.",
    )
    HOLE_OUTSIDE = Text(
        ja="問題の外に穴 {{{{ {found} }}}} があります。\n値が決まるのは問題の中だけです。",
        en="A hole {{{{ {found} }}}} is outside of any exercise.\nOnly exercises are drawn.",
    )


def read_item(value: Value, report: Report) -> int | str:
    """The number of an item of the G検定 syllabus, or a section of that of the E資格."""
    text = read_text(value, report)
    return text.value if SECTION.fullmatch(text.value) else whole(1, 99)(text, report)


FRONT_MATTER: dict[str, Reader] = {
    "item": list_of(read_item),
    "optional": read_flag,
    "requires": list_of(read_topic_id),
    "covers": list_of(read_word),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenExercise:
    """An exercise of one file; `key` is None where it is `bare` (`id:` alone) or not sound, `draft` as it was read.

    `figures` are those without holes; the others are known once they are drawn.
    """

    id: str
    key: Key | None
    draft: Key | None
    names: frozenset[str]
    bare: bool
    fields: Mapping[str, Place]
    sentences: Sentences
    figures: tuple[Figure, ...]
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
    item: tuple[int | str, ...] = ()
    optional: bool = False
    requires: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    exercises: tuple[WrittenExercise, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    fields: Mapping[str, Place] = field(default_factory=dict)
    """Where the value of each field of the front matter begins, and in a list each text: `requires losses/softmax`."""
    readable: bool = True
    source: Source | None = None


def read_file(path: Path, name: str, topic: str, language: str, kinds: Mapping[str, Kind] | None = None) -> Page:
    """The page in a file, whatever its path says of topic and language; `kinds` are those stated elsewhere."""
    source = read_source(path, name)
    return page_of(source, topic, language, kinds) if isinstance(source, Source) else _no_page(topic, language, source)


def _no_page(topic: str, language: str, *complaints: Complaint) -> Page:
    title = topic.rpartition("/")[2]
    return Page(topic=topic, language=language, title=title, complaints=complaints, readable=False)


def page_of(source: Source, topic: str, language: str, kinds: Mapping[str, Kind] | None = None) -> Page:
    """The page that a text is."""
    unseen = source.unseen()
    report = Report(source.shown() if unseen else source)
    for (_, character), offset in unseen.items():
        report.add(offset, Yaml.CONTROL_CHARACTER, f"U+{ord(character):04X}")
    try:
        check_size(report)
        tokens, references = page_tokens(report.source.text)
        check_density(tokens, report)
    except Refused:
        return _no_page(topic, language, *report.complaints)
    _check_tokens(tokens, report)
    plan = outline(tokens, report)
    for part in plan.parts:
        if isinstance(part, Piece):  # the sentences of an exercise are read from its source, once they are filled
            parse_lines(part.tokens, references)
    reader = _Reader(language, kinds or {}, report)
    facts, fields = reader.front_matter(plan)
    body, exercises = reader.parts(plan)
    return Page(
        topic=topic,
        language=language,
        title=plan.title.heading if plan.title else topic.rpartition("/")[2],
        **facts,
        body=body,
        exercises=exercises,
        complaints=tuple(sorted(report.complaints, key=lambda complaint: complaint.place)),
        fields=fields,
        source=report.source,
    )


def _check_tokens(tokens: Sequence[Token], report: Report) -> None:
    for token in tokens:
        start = report.source.start(token.map[0]) if token.map else 0
        if is_key(token) and token.level:
            report.add(start, Drawing.NESTED_FENCE)
        comment = token.content.rfind("<!--") if token.type == "html_block" else -1
        if comment > token.content.rfind("-->"):
            report.add(start + comment, OnPage.UNCLOSED_COMMENT)
        info = " ".join(token.info.split())
        if token.type != "fence" or info in FENCES:
            continue
        if not is_closed(token, report):
            report.add(start, Drawing.UNCLOSED_FENCE)
        if info.startswith("yaml ") or meant_fence(info):
            report.add(start, OnPage.UNKNOWN_FENCE, info, known=FENCES)
        elif info in ("yaml", "yml") and token.content.startswith("id:"):
            report.add(start, OnPage.PLAIN_YAML, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Reader:
    language: str
    kinds: Mapping[str, Kind]
    report: Report

    def front_matter(self, plan: Outline) -> tuple[dict[str, Any], dict[str, Place]]:
        source = self.report.source
        if plan.front_matter is None:
            if source.text.startswith("---\n"):
                self.report.add(0, OnPage.UNCLOSED_FRONT_MATTER)
            return {}, {}
        first, last = plan.front_matter.first + 1, plan.front_matter.last - 1
        text = source.between(first, last)
        if not text.strip():
            return {}, {}
        try:
            mapping = read_facts(text, source.start(first), self.report)
        except Refused:
            return {}, {}
        return read_fields(mapping, FRONT_MATTER, self.report, refuse_empty=True), places_of(mapping, source)

    def parts(self, plan: Outline) -> tuple[tuple[Block, ...], tuple[WrittenExercise, ...]]:
        body: list[Block] = []
        exercises: dict[str, WrittenExercise] = {}
        for part in plan.parts:
            if not isinstance(part, Section):
                self.holes(part.first, part.last)
                check_boxes(list_items(part, self.report), self.report)
                body += blocks(part.tokens, self.figure)
                continue
            exercise = self.exercise(part, exercises.keys())
            if exercise is not None:
                body.append(ExerciseMark(exercise.id, exercise.sentences.heading))
                exercises[exercise.id] = exercise
        return tuple(body), tuple(exercises.values())

    def exercise(self, section: Section, taken: Set[str]) -> WrittenExercise | None:
        source = self.report.source
        report = Report(source)
        text, base = fence_content(section.fence.tokens[0], report)
        facts = read_key(text, base, report)
        if section.after is not None:
            report.add(source.start(section.after.first), OnPage.TEXT_AFTER_KEY, section.heading.heading)
        if facts.id in taken:
            report.add(facts.starts["id"], OnPage.DUPLICATE_ID, facts.id)
        sentences = read_sentences(section, self.language, facts.kind or self.kinds.get(facts.id), report)
        sentences = replace(sentences, words=facts.words)
        fences = [token for piece in section.pieces for token in piece.tokens if is_figure(token)]
        drawn = [figure_asked(token, report) for token in fences if token.level or "{{" not in token.content]
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
            bare=is_bare(facts.starts),
            sentences=sentences,
            figures=tuple(figure for figure in drawn if figure is not None),
            facts=text,
            prose=source.between(section.heading.first, section.fence.first),
            place=source.place(source.start(section.heading.first)),
            sound=report.sound,
        )

    def figure(self, token: Token) -> Figure | None:
        report = Report(self.report.source)
        figure = read_figure(token, report)
        self.report.complaints += report.complaints
        return figure

    def holes(self, first: int, last: int) -> None:
        """Nothing is drawn outside of exercises, so nothing can be filled."""
        if "{{" not in self.report.source.between(first, last):
            return
        quiet = Report(self.report.source)
        for part in read_template(self.report.source.fragment(first, last), quiet):
            if not isinstance(part, str) and part.context != "code":
                self.report.add(part.place, OnPage.HOLE_OUTSIDE, part.text)
