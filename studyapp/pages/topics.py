"""A topic: the facts and Japanese prose of one page, and another language's prose where it is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from studyapp.domain.document import SECTION, Block, ExerciseMark, Heading, plain
from studyapp.domain.exercise import Exercise, Topic, WrittenOption
from studyapp.domain.nearness import nearest_name
from studyapp.domain.place import Complaint, PageSource, Problem, Severity
from studyapp.domain.text import Text
from studyapp.pages.definitions import without_definitions
from studyapp.pages.page import Page, WrittenExercise, read_file


class Pair(Problem):
    """What is wrong with a page, and with a page beside its translation."""

    NO_FACTS = Text(
        ja="「{found}」には id しかありません。\nkind と答えの欄を書いてください。",
        en="“{found}” has an id and no facts.\nState its kind and its answer.",
    )
    OPTIONS_DIFFER = Text(
        ja="「{found}」の選択肢の数か印が、日本語のページと違います。\n両方を同じ数、同じ順、同じ印にしてください。",
        en="The options of `{found}` differ in number or ticks from the Japanese page.\n"
        "Write the same number, order and ticks in both.",
    )
    UNKNOWN_SECTION = Text(
        ja="ページに「{found}」という節はありません。\n見出し（##）をそのまま書いてください。",
        en="The page has no section “{found}”.\nWrite one of its headings (##) as it stands.",
    )
    FACTS_IN_TRANSLATION = Text(
        ja="翻訳のページに事実が書かれています（{found}）。\n"
        "事実は日本語のページだけに書きます。id だけを残してください。",
        en="Facts stand in a translation ({found}).\nThey are read from the Japanese page alone; keep only the id.",
    )


VERSION_LENGTH = 12


def read_topic(source: PageSource) -> tuple[Topic | None, tuple[Complaint, ...]]:
    """The topic of a page (None: no text), without exercises that have errors, and every complaint about its files."""
    return topic_of(source, *read_pages(source))


def read_pages(source: PageSource) -> tuple[Page, Page | None]:
    """The page of facts, and the translation where the source names one."""
    page = read_file(Path(source.page), source.page, source.topic, source.facts)
    if source.translation is None:
        return page, None
    kinds = {exercise.id: exercise.key.kind for exercise in page.exercises if exercise.key}
    path = source.translation
    return page, read_file(Path(path), path, source.topic, source.language, kinds)


def topic_of(source: PageSource, page: Page, translation: Page | None) -> tuple[Topic | None, tuple[Complaint, ...]]:
    """The same from pages that have been read."""
    complaints = [*page.complaints, *_bare(page), *_without_section(page)]
    if translation is not None:
        complaints += [*translation.complaints, *_facts_in(translation), *_unlike(page, translation)]
    if not page.readable:
        return None, tuple(complaints)
    prose = translation if translation is not None and translation.readable else page
    exercises = _exercises(source.topic, page, prose)
    topic = Topic(
        id=source.topic,
        title=prose.title,
        language=prose.language,
        item=tuple(number for number in page.item if isinstance(number, int)),
        sections=tuple(section for section in page.item if isinstance(section, str)),
        optional=page.optional,
        requires=page.requires,
        covers=page.covers,
        body=_body(prose, exercises),
        exercises=exercises,
        requires_at=tuple(page.fields[f"requires {name}"] for name in page.requires),
    )
    return topic, tuple(complaints)


def versions_of(
    source: PageSource, page: Page, translation: Page | None
) -> tuple[Mapping[str, Topic], tuple[Complaint, ...]]:
    """The topic in each language that it is written in, and every complaint about its files."""
    plain, complaints = topic_of(replace(source, translation=None, language=source.facts), page, None)
    if plain is None:
        return {}, complaints
    versions = {source.facts: plain}
    if translation is not None:
        # What is said of both files holds what is said of the first one.
        translated, complaints = topic_of(source, page, translation)
        versions |= {} if translated is None else {translated.language: translated}
    return versions, complaints


def _exercises(topic: str, page: Page, prose: Page) -> tuple[Exercise, ...]:
    translated = {exercise.id: exercise for exercise in prose.exercises}
    exercises, sections = [], section_headings(page.body)
    for written in page.exercises:
        if written.key is None or not written.sound:
            continue
        spoken = translated.get(written.id, written)
        if not spoken.sound or not _alike(written, spoken):
            spoken = written
        own = f"\0{spoken.facts}" if spoken is not written and spoken.sentences.words else ""
        version = sha256(f"{written.facts}\0{spoken.prose}{own}".encode()).hexdigest()[:VERSION_LENGTH]
        section = sections.index(written.key.section) if written.key.section in sections else None
        exercises.append(Exercise(topic, *without_definitions(written.key, spoken.sentences), version, section))
    return tuple(exercises)


def _alike(one: WrittenExercise, other: WrittenExercise) -> bool:
    """Whether two languages have the same options with the same boxes: `right` and ticks count on their order."""
    return _ticks(one.sentences.options) == _ticks(other.sentences.options)


def _ticks(options: Sequence[WrittenOption]) -> list[object]:
    return [(option.ticked, _ticks(option.options)) for option in options]


def _body(page: Page, exercises: tuple[Exercise, ...]) -> tuple[Block, ...]:
    marks = {exercise.id: ExerciseMark(exercise.id, exercise.sentences.heading) for exercise in exercises}
    body: list[Block] = []
    for block in page.body:
        if not isinstance(block, ExerciseMark):
            body.append(block)
        elif block.exercise in marks:
            body.append(marks.pop(block.exercise))
    return (*body, *marks.values())


def section_headings(body: Iterable[Block]) -> list[str]:
    """The headings of the sections of a page."""
    return [plain(block.content) for block in body if isinstance(block, Heading) and block.level == SECTION]


def _without_section(page: Page) -> Iterator[Complaint]:
    sections = section_headings(page.body)
    for exercise in page.exercises:
        key = exercise.key
        if key is not None and key.section and key.section not in sections:
            near = nearest_name(key.section, sections)
            yield Pair.UNKNOWN_SECTION.at(key.at("section"), key.section, nearest=near)


def _bare(page: Page) -> list[Complaint]:
    bare = [exercise for exercise in page.exercises if exercise.bare and exercise.sound]
    return [Pair.NO_FACTS.at(exercise.fields["id"], exercise.id) for exercise in bare]


def _unlike(page: Page, translation: Page) -> list[Complaint]:
    written = {exercise.id: exercise for exercise in page.exercises if exercise.key}
    pairs = ((written.get(other.id), other) for other in translation.exercises)
    unlike = [other for exercise, other in pairs if exercise and not _alike(exercise, other)]
    return [Pair.OPTIONS_DIFFER.at(other.place, other.id) for other in unlike]


def _facts_in(page: Page) -> list[Complaint]:
    facts = [
        (page.fields[field], field) for field in ("item", "optional", "requires", "covers") if getattr(page, field)
    ]
    facts += [
        (min(place for field, place in exercise.fields.items() if field not in ("id", "words")), exercise.id)
        for exercise in page.exercises
        if exercise.fields.keys() - {"id", "words"}
    ]
    return [Pair.FACTS_IN_TRANSLATION.at(place, name, severity=Severity.WARNING) for place, name in facts]
