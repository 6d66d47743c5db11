"""The course: every topic and exercise of the content folders, in reading order."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache as once
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from studyapp.domain.course import COURSE_FILE, FORMS, Course, ExamForm, Glossary, spoken
from studyapp.domain.place import Complaint, PageSource, Place, Problem, Severity
from studyapp.domain.text import LANGUAGES, Text
from studyapp.domain.text import language as spoken_language
from studyapp.domain.values import dataclass
from studyapp.study.entries import ExerciseEntry, PageEntry, TopicEntry, area_of, course_entry, page_entry
from studyapp.study.pagecache import PageCache, Texts, all_texts, stamp_of
from studyapp.study.searching import Wanted, folded, nearest_names

OTHER_PAGES = Text(ja="そのほか", en="Other pages")


class Across(Problem):
    """What is wrong with a page among all others: `found` is written there, `other` is what it collides with."""

    NO_PAGES = Text(
        ja="教材フォルダー {found} にページがありません。\nページは {found}/{language}/分野/話題.md に置きます。",
        en="The content folder {found} holds no pages.\nPages are at {found}/{language}/<area>/<topic>.md.",
    )
    DUPLICATE_TOPIC = Text(
        ja="トピック {found} のページが二つあります。\n先に読んだ {other} を使います。",
        en="The topic {found} has two pages.\nThe one read first is used: {other}.",
    )
    DUPLICATE_EXERCISE = Text(
        ja="問題の id {found} はすでに使われています。\n{other} にあります。別の id にしてください。",
        en="The exercise id {found} is taken.\nIt is at {other}; choose another id.",
    )
    ALIAS_TAKEN = Text(
        ja="別名 {found} は別の問題の名前です。\n{other} にあります。この別名を消してください。",
        en="The alias {found} is the name of another exercise.\nIt is at {other}; remove the alias.",
    )
    UNKNOWN_REQUIRES = Text(
        ja="requires のトピック {found} が見つかりません。\n"
        "{other} のことですか。|id の一覧は studyapp topics で見られます。",
        en="`requires` names the topic {found}, which does not exist.\n"
        "Is {other} meant?|studyapp topics lists the ids.",
    )
    REQUIRES_CYCLE = Text(
        ja="requires が循環しています: {found}\nどれか一つの requires を外してください。",
        en="`requires` runs in a circle: {found}\nRemove one of these `requires`.",
    )


Reader = Callable[[PageSource], tuple[Mapping[str, Any], tuple[Complaint, ...]]]
"""What makes a topic, in each of its languages, and complaints of the files behind it; only `indexing` looks inside."""


BETWEEN = "\0"
"""Separates the names and texts of an entry: all words of a search have to be in the same one of them."""


class _Searched(NamedTuple):
    """What a search looks through, folded: the names of an entry, and all names and texts."""

    entry: TopicEntry | ExerciseEntry
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The course as it was loaded, in reading order; `renames` leads from names that skills once had."""

    topics: tuple[TopicEntry, ...]
    complaints: tuple[Complaint, ...]
    skills: Mapping[str, tuple[ExerciseEntry, ...]]
    renames: Mapping[str, str]
    _topics: Mapping[str, TopicEntry]
    _exercises: Mapping[str, ExerciseEntry]
    courses: tuple[Course, ...] = ()
    _searched: Callable[[], Sequence[_Searched]] = field(compare=False, default=tuple)
    _glossaries: Callable[[], Sequence[Glossary]] = field(compare=False, default=tuple)

    @staticmethod
    def load(
        folders: Sequence[Path],
        cache: Path | None,
        language: str,
        read: Reader | None = None,
        known: Collection[str] = (),
    ) -> Library:
        """The course, with prose in `language` if there is; `read` replaces the reader, `known` are other topics."""
        kept = PageCache.open(cache, spoken_language())
        complaints: list[Complaint] = []
        topics: dict[str, TopicEntry] = {}
        courses: list[Course] = []
        for number, folder in enumerate(folders):
            course, found = _course(folder, kept)
            courses.append(course)
            complaints += found
            order = {area: place for place, area in enumerate(course.areas)}
            for source, both in _sources(course, language, complaints):
                place = number, order.get(area_of(source.topic), len(order))
                topic, found = _page(source, both, kept, read, place)
                complaints += found
                if topic is None:
                    continue
                if topics.setdefault(topic.id, topic) is not topic:
                    other = topics[topic.id].source.page
                    problem, page = Across.DUPLICATE_TOPIC, Place(source.page)
                    complaints.append(problem.at(page, topic.id, other=other, severity=Severity.WARNING))
        kept.save()
        texts = partial(all_texts, cache, kept.texts)
        library = _library(list(topics.values()), complaints, known)
        glossaries = once(partial(_glossaries, tuple(folders)))
        searched = once(partial(_searched, library.topics, texts, glossaries))
        return replace(library, courses=tuple(courses), _searched=searched, _glossaries=glossaries)

    def topic(self, topic_id: str) -> TopicEntry | None:
        """The topic with that id; None where there is none."""
        return self._topics.get(topic_id)

    def exercise(self, exercise_id: str) -> ExerciseEntry | None:
        """The exercise with that id, or that had it before it was renamed; None where there is none."""
        return self._exercises.get(exercise_id)

    def taken_ids(self, other: Library) -> Iterator[Complaint]:
        """Complaints about exercises whose id another course has on another page: beside it, they are never asked."""
        for topic in self.topics:
            for exercise in topic.exercises:
                taken = other.exercise(exercise.id)
                if taken is not None and taken.topic != topic.id:
                    yield Across.DUPLICATE_EXERCISE.at(exercise.place, exercise.id, other=taken.place)

    def exercises_of(self, name: str) -> tuple[ExerciseEntry, ...] | None:
        """The exercises of a topic in page order, or the one exercise of that id; None where nothing has that id."""
        topic, exercise = self.topic(name), self.exercise(name)
        if topic is not None:
            return topic.exercises
        return None if exercise is None else (exercise,)

    def nearest(self, name: str, *, exercises_only: bool = False) -> tuple[str, ...]:
        """The ids of topics and exercises, or of exercises only, nearest to a name that is none."""
        return nearest_names(name, self._exercises if exercises_only else [*self._topics, *self._exercises])

    def search(self, text: str) -> tuple[TopicEntry | ExerciseEntry, ...]:
        """The topics and exercises that hold every word of a text, in either language, in reading order.

        What is called so comes first, then what has the words in its name; a page comes before its exercises.
        """
        wanted = self.wanted(text)
        hits = self._searched() if wanted.words else ()
        for forms in wanted.words:
            hits = [row for row in hits if any([form in row.text for form in forms])]  # noqa: C419 — a third of the time
        if len(wanted.words) > 1:
            hits = [row for row in hits if any(map(wanted.is_in, row.text.split(BETWEEN)))]
        return tuple(row.entry for row in sorted(hits, key=partial(_rank_of, wanted)))

    def forms(self) -> tuple[ExamForm, ...]:
        """The mock exams of all courses, the default first; of two with one id the first."""
        forms: dict[str, ExamForm] = {}
        for course in self.courses:
            forms |= {form.id: form for form in course.exams if form.id not in forms}
        return tuple(forms.values()) or FORMS

    def asked_by(self, form: ExamForm) -> tuple[TopicEntry, ...]:
        """The topics that a mock exam can ask about: those of its course; all, if no course describes it."""
        own = next((number for number, course in enumerate(self.courses) if form in course.exams), None)
        return tuple(topic for topic in self.topics if own in (None, topic.course))

    def follows_syllabus(self, form: ExamForm) -> bool:
        """Whether a mock exam is like one of the real examinations, and its item numbers are theirs."""
        own = next((course for course in self.courses if form in course.exams), None)
        return own is None or bool(own.syllabus)

    def item_of(self, topic: TopicEntry) -> int | None:
        """The syllabus item that a page counts for; 0 in a course with its own numbers, None where it names none."""
        numbered = all(course.syllabus for course in self.courses[topic.course : topic.course + 1])
        return next((item if numbered else 0 for item in topic.item), None)

    def area_title(self, area: str) -> str:
        """What an area is called in the language in force; its id where no course says."""
        titles = next((course.areas[area] for course in self.courses if area in course.areas), {})
        return spoken(titles, area) or OTHER_PAGES()

    def wanted(self, text: str) -> Wanted:
        """What a text looks for, by the terms of the course."""
        return Wanted.of(text, self.synonyms())

    def ready_search(self) -> None:
        """Read what a search looks through now rather than at the first search."""
        self._searched()

    def synonyms(self) -> tuple[tuple[str, ...], ...]:
        """Terms of the course that mean the same, in groups."""
        return tuple(names for glossary in self._glossaries() for names in glossary.terms)

    def terms_near(self, text: str) -> tuple[str, ...]:
        """The terms and titles nearest to a text for which nothing is found."""
        titles = [title for topic in self.topics for title in topic.titles.values()]
        return nearest_names(text, [*titles, *chain.from_iterable(self.synonyms())])


def _searched(
    topics: Iterable[TopicEntry], read: Callable[[], Texts], glossaries: Callable[[], Sequence[Glossary]]
) -> tuple[_Searched, ...]:
    rows, texts = [], read()
    for topic in topics:
        names = tuple(map(folded, topic.titles.values()))
        words = (folded(word) for glossary in glossaries() for word in glossary.words.get(topic.id, ()))
        rows.append(_Searched(topic, names, BETWEEN.join((*names, *texts.get(topic.source.page, {}).values(), *words))))
        for exercise in topic.exercises:
            names = tuple(map(folded, (exercise.id, *exercise.headings.values())))
            rows.append(_Searched(exercise, names, BETWEEN.join(names)))
    return tuple(rows)


def _rank_of(wanted: Wanted, row: _Searched) -> int:
    """0 for what is called so, 1 for what has every word in a name, 2 for others."""
    if any(map(wanted.equals, row.names)):
        return 0
    return 1 if any(map(wanted.is_in, row.names)) else 2


def _glossaries(folders: Iterable[Path]) -> tuple[Glossary, ...]:
    from studyapp.pages.glossary import read_glossary

    return tuple(map(read_glossary, folders))


def _course(folder: Path, kept: PageCache) -> tuple[Course, tuple[Complaint, ...]]:
    """The course of a folder and what is wrong with its file, which is read where it has changed."""
    path = str(folder / COURSE_FILE)
    stamp = stamp_of(path)
    if not stamp[0][-1]:
        return Course(folder=str(folder)), ()
    entry = kept.find(path, stamp, lambda values: course_entry(values, folder))
    if entry is None:
        from studyapp.pages.course import read_course
        from studyapp.study.indexing import course_values

        course, complaints = read_course(folder)
        kept.keep(path, stamp, course_values(course, complaints), {})
        return course, complaints
    return entry


def _sources(
    course: Course, language: str, complaints: list[Complaint]
) -> Iterator[tuple[PageSource, PageSource | None]]:
    """The pages of a course, each also with its twin in the other language, if there is one."""
    facts = course.languages[0]
    other = next(code for code in LANGUAGES if code != facts)
    roots = {code: f"{course.folder}{os.sep}{code}" for code in LANGUAGES}
    pages = sorted(_pages(roots[facts]), key=lambda page: page.split("/"))
    if not pages:
        problem, place = Across.NO_PAGES, Place(course.folder)
        complaints.append(problem.at(place, course.folder, language=facts, severity=Severity.WARNING))
    twins = set(_pages(roots[other]))
    for page in pages:
        topic, file = page.removesuffix(".md"), os.sep + page.replace("/", os.sep)
        plain = PageSource(topic, roots[facts] + file, None, language, course.languages)
        both = replace(plain, translation=roots[other] + file, language=other) if page in twins else None
        yield both if both and language == other else plain, both


def _pages(root: str) -> Iterator[str]:
    """The pages below a folder, relative to it, with slashes; what is hidden is passed over. Links to files count."""
    waiting = [""]
    while waiting:
        within = waiting.pop()
        try:
            entries = list(os.scandir(f"{root}/{within}"))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{within}{entry.name}/")
            elif entry.name.endswith(".md"):
                yield f"{within}{entry.name}"


def _page(
    source: PageSource, both: PageSource | None, cache: PageCache, read: Reader | None, place: tuple[int, int]
) -> PageEntry:
    """The entry of a page, whose course and area have that `place` among the others."""
    stamp = stamp_of(source.page, both.translation if both else None)
    entry = cache.find(source.page, stamp, lambda values: page_entry(values, source, *place))
    if entry is None:
        from studyapp.study.indexing import indexed

        values, texts = indexed(both or replace(source, translation=None, language=source.facts), read)
        cache.keep(source.page, stamp, values, texts)
        entry = page_entry(values, source, *place)
    return entry


def _library(topics: list[TopicEntry], complaints: list[Complaint], known: Collection[str] = ()) -> Library:
    ordered, cycles = reading_order(topics)
    by_id = {topic.id: topic for topic in ordered}
    for topic in ordered:
        for name in topic.requires:
            if name not in by_id and name not in known:
                near = next(iter(nearest_names(name, [*by_id, *known])), "")
                complaint = Across.UNKNOWN_REQUIRES.at(topic.required_at(name), name, other=near)
                near_hint, _, otherwise = complaint.hint.partition("|")
                complaints.append(replace(complaint, hint=near_hint if near else otherwise))
    for cycle in cycles:
        place = by_id[cycle[0]].required_at(cycle[1])
        complaints.append(Across.REQUIRES_CYCLE.at(place, " → ".join(cycle)))
    ordered, exercises = _settled(ordered, complaints)
    by_id = {topic.id: topic for topic in ordered}
    skills: dict[str, list[ExerciseEntry]] = {}
    for topic in ordered:
        for exercise in topic.exercises:
            skills.setdefault(exercise.skill, []).append(exercise)
    return Library(
        topics=ordered,
        complaints=tuple(complaints),
        skills={skill: tuple(drilling) for skill, drilling in skills.items()},
        # An id that is no skill now may have been one: before the exercise was renamed, or before it said `skill:`.
        renames={name: exercises[name].skill for name in exercises.keys() - skills.keys()},
        _topics=by_id,
        _exercises=exercises,
    )


def _settled(
    topics: tuple[TopicEntry, ...], complaints: list[Complaint]
) -> tuple[tuple[TopicEntry, ...], dict[str, ExerciseEntry]]:
    """The topics without exercises whose id is taken, and every exercise by its id and its aliases."""
    exercises: dict[str, ExerciseEntry] = {}
    unsettled = False
    for topic in topics:
        for exercise in topic.exercises:
            other = exercises.setdefault(exercise.id, exercise)
            if other is not exercise:
                complaints.append(Across.DUPLICATE_EXERCISE.at(exercise.place, exercise.id, other=other.place))
                unsettled = True
    aliases: dict[str, str] = {}
    for exercise in [exercise for exercise in exercises.values() if exercise.aliases]:
        for alias in exercise.aliases:
            holder = exercises.get(alias) or exercises.get(aliases.get(alias, ""))
            if holder is None:
                aliases[alias] = exercise.id
            elif holder.id != exercise.id:
                complaints.append(Across.ALIAS_TAKEN.at(exercise.alias_at(alias), alias, other=holder.place))
    # `skill:` may name an exercise that has been renamed since.
    renamed = [exercise for exercise in exercises.values() if exercise.skill in aliases] if aliases else []
    for exercise in renamed:
        exercises[exercise.id] = exercise._replace(skill=exercises[aliases[exercise.skill]].skill)
    if renamed or unsettled:

        def kept(topic: TopicEntry) -> tuple[ExerciseEntry, ...]:
            own = ((entry.place, exercises[entry.id]) for entry in topic.exercises)
            return tuple(entry for place, entry in own if entry.place == place)

        topics = tuple(replace(topic, exercises=kept(topic)) for topic in topics)
    exercises.update({alias: exercises[name] for alias, name in aliases.items()})
    return topics, exercises


def reading_order(topics: Sequence[TopicEntry]) -> tuple[tuple[TopicEntry, ...], tuple[tuple[str, ...], ...]]:
    """Topics behind those they require, ties by course, area, item, id; and the cycles, each cut at its first topic."""
    by_id = {topic.id: topic for topic in topics}
    waiting_for = {topic.id: {name for name in topic.requires if name in by_id} for topic in topics}
    unlocks: dict[str, list[str]] = {}
    for topic, needed in waiting_for.items():
        for name in needed:
            unlocks.setdefault(name, []).append(topic)
    ready = [_rank(by_id[topic]) for topic, needed in waiting_for.items() if not needed]
    heapq.heapify(ready)
    order: list[TopicEntry] = []
    cycles: list[tuple[str, ...]] = []
    while waiting_for:
        if not ready:
            cycle = _cycle(waiting_for)
            cycles.append(cycle)
            first = min((by_id[name] for name in cycle), key=_rank)
            waiting_for[first.id] = set()
            ready = [_rank(first)]
        *_, topic = heapq.heappop(ready)
        order.append(by_id[topic])
        del waiting_for[topic]
        for name in unlocks.get(topic, ()):
            if name in waiting_for and topic in waiting_for[name]:
                waiting_for[name].remove(topic)
                if not waiting_for[name]:
                    heapq.heappush(ready, _rank(by_id[name]))
    return tuple(order), tuple(cycles)


def _rank(topic: TopicEntry) -> tuple[int, int, tuple[int, ...], str]:
    """Courses and their areas in order, in an area by the first syllabus item; a topic of none comes last."""
    return topic.course, topic.area_order, topic.item or (1 << 30,), topic.id


def _cycle(waiting_for: Mapping[str, set[str]]) -> tuple[str, ...]:
    path = [min(waiting_for)]
    while True:
        following = min(name for name in waiting_for[path[-1]] if name in waiting_for)
        if following in path:
            cycle = path[path.index(following) :]
            return (*cycle, following)
        path.append(following)
