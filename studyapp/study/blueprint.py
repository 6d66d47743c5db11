"""What a mock exam asks, by syllabus item, and which items of the syllabuses a course covers. Pure."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from random import Random
from typing import Any

from studyapp.domain.asking import fixed_conventions
from studyapp.domain.course import ExamForm
from studyapp.domain.kind import Kind
from studyapp.domain.question import ExamQuestion, Undrawable
from studyapp.domain.syllabus import ITEMS, OPTIONAL, SECTIONS
from studyapp.domain.values import dataclass
from studyapp.study.entries import ExerciseEntry, TopicEntry
from studyapp.study.exam import ExamItem
from studyapp.study.library import Library

SEEDS = 1_000_000
TRIES = 8  # drawings of an item before its place goes to the next exercise: what was asked already is not asked again
TURNS = 4  # times that every exercise is looked at for something new after as many as are wanted
LEAST_PARTS, MOST_PARTS = 3, 4
"""Parts of a theme: of a longer derivation an exam asks the first ones."""
NO_ITEM = 0  # in place of the syllabus item of pages that name none
Drawer = Callable[[ExerciseEntry, int], ExamQuestion | None]
"""From an exercise and a seed to its question in its exam form; None where there is none."""
_AMOUNT = re.compile(r"[-\d.]+")


def shares(weights: Mapping[int, int], count: int) -> dict[int, int]:
    """`count` split in proportion to some weights, by largest remainders; each has one at least where there is room."""
    total = sum(weights.values())
    if not total:
        return {}
    exact = {name: count * weight / total for name, weight in weights.items()}
    split = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda name: (split[name] - exact[name], name))[: count - sum(split.values())]:
        split[name] += 1
    for name in sorted(split):
        richest = max(split, key=lambda item: (split[item], item))
        if split[name] == 0 and split[richest] > 1:
            split[name], split[richest] = 1, split[richest] - 1
    return split


def eligible(library: Library, form: ExamForm) -> dict[int, tuple[ExerciseEntry, ...]]:
    """By syllabus item the exercises that a form can ask: that of their own, else the first of their page."""
    items: dict[int, list[ExerciseEntry]] = {}
    first = {topic.id: next(iter(topic.item), NO_ITEM) for topic in library.asked_by(form)}
    for exercises in library.skills.values():
        for entry in exercises:
            item = entry.item or first[entry.topic] if entry.topic in first else None
            if item is not None and _is_asked(entry, form) and (item in form.quotas or not form.quotas):
                items.setdefault(item, []).append(entry)
    return {item: tuple(entries) for item, entries in sorted(items.items())}


def _is_asked(entry: ExerciseEntry, form: ExamForm) -> bool:
    if form.themes:
        return entry.kind is Kind.DERIVATION
    return entry.kind is Kind.CHOICE or bool(entry.exam)


def quotas_of(library: Library, form: ExamForm) -> dict[int, int]:
    """How many items of a form (of themes: how many themes) ask about each syllabus item."""
    pools = eligible(library, form)
    weights = form.quotas or {item: len({entry.skill for entry in entries}) for item, entries in pools.items()}
    return shares({item: weight for item, weight in weights.items() if item in pools}, form.themes or form.items)


def syllabus_of(library: Library, form: ExamForm) -> tuple[int, ...]:
    """The syllabus items that a form can ask about; none where the numbers are those of a course alone."""
    return tuple(item for item in quotas_of(library, form) if item != NO_ITEM and library.follows_syllabus(form))


def uncovered(library: Library, form: ExamForm) -> str:
    """The numbers of the syllabus items that a form does not ask about: `1–11, 17`."""
    covered = syllabus_of(library, form)
    runs: list[list[int]] = []
    for item in (item for item in ITEMS if item not in covered):
        if runs and runs[-1][-1] == item - 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


@dataclass(frozen=True, slots=True)
class Covered:
    """What a course has on an item of a syllabus (`exam` is g or e): the pages that teach it, and their skills.

    `examined` says whether a mock exam asks about it, and `optional` that the real one does not.
    """

    item: int | str
    title: str
    exam: str
    optional: bool
    topics: tuple[str, ...]
    skills: tuple[str, ...]
    examined: bool = False

    @property
    def taught(self) -> bool:
        """Whether a page is about it."""
        return bool(self.topics)

    @property
    def drilled(self) -> bool:
        """Whether there are exercises on it."""
        return bool(self.skills)


def coverage(library: Library) -> tuple[Covered, ...]:
    """By item of both syllabuses what the courses that follow them teach, drill and examine."""
    asked: dict[str, set[int | str]] = {"g": set(), "e": set()}
    topics = [topic for topic in library.topics if library.item_of(topic) != NO_ITEM]
    for form in filter(library.follows_syllabus, library.forms()):
        if form.themes:
            entries = itertools.chain.from_iterable(eligible(library, form).values())
            pages = {entry.topic for entry in entries}
            asked["e"] |= {_section(part) for topic in topics if topic.id in pages for part in topic.sections}
        else:
            asked["g"] |= quotas_of(library, form).keys()
    rows = [("g", item, title) for item, title in ITEMS.items()] + [("e", *row) for row in SECTIONS.items()]
    covered = (_covered(exam, item, title(), topics) for exam, item, title in rows)
    return tuple(replace(row, examined=row.item in asked[row.exam]) for row in covered)


def _covered(exam: str, item: int | str, title: str, topics: Sequence[TopicEntry]) -> Covered:
    named = [topic for topic in topics if item in (*topic.item, *map(_section, topic.sections))]
    skills = {
        entry.skill: None
        for topic in named
        for entry in topic.exercises
        if exam == "e" or item == (entry.item or topic.item[0])
    }
    return Covered(item, title, exam, item in OPTIONAL, tuple(topic.id for topic in named), tuple(skills))


def _section(part: str) -> str:
    """The section that a part of it belongs to: E2.1 of E2.1.xi."""
    return ".".join(part.split(".")[:2])


@dataclass(slots=True)
class _Drawing:
    """What a form that is being drawn holds so far: stems, and how often each exercise and each burden is in it."""

    form: ExamForm
    draw: Drawer
    chance: Random
    stems: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)

    def items_of(self, entries: Sequence[ExerciseEntry], share: int, numbers: int, hard: int) -> list[ExamItem]:
        """Items over some exercises: `share` of them, `numbers` of which need numbers, `hard` a calculator, at most."""
        items: list[ExamItem] = []
        for entry in itertools.islice(self._in_turn(entries), share + TURNS * len(entries)):
            if len(items) == share:
                break
            of_numbers = numbers - sum(item.needs_number for item in items)
            of_hard = hard - sum(item.needs_calculator for item in items)
            if self.asked[entry.id] < self.form.repeats and (of_numbers > 0 or entry.kind is not Kind.NUMBER):
                items += self._fresh(entry, numbers=of_numbers > 0, hard=of_hard > 0)
        return items

    def themes_of(self, entries: Sequence[ExerciseEntry], share: int) -> list[list[ExamItem]]:
        """So many themes over some derivations, each of a few parts."""
        themes: list[list[ExamItem]] = []
        for entry in itertools.islice(self._in_turn(entries), share + TURNS * len(entries)):
            if len(themes) == share:
                break
            if self.asked[entry.id] < self.form.repeats:
                parts = self._fresh(entry, numbers=True, hard=True)
                themes += [parts] if parts else []
        return themes

    def _in_turn(self, entries: Sequence[ExerciseEntry]) -> Iterator[ExerciseEntry]:
        by_skill: dict[str, list[ExerciseEntry]] = {}
        for entry in self.chance.sample(entries, len(entries)):
            by_skill.setdefault(entry.skill, []).append(entry)
        for turn in itertools.count():
            for exercises in by_skill.values():
                yield exercises[turn % len(exercises)]

    def _fresh(self, entry: ExerciseEntry, *, numbers: bool, hard: bool) -> list[ExamItem]:
        """An item with a stem of its own, or the parts of a theme; nothing where none was found."""
        for _ in range(TRIES):
            asked = self.draw(entry, self.chance.randrange(SEEDS))
            items = items_of(asked)[:MOST_PARTS] if asked is not None else []
            if not items or (self.form.themes and len(items) < LEAST_PARTS):
                return []
            if not self.form.themes and any(
                (item.needs_number and not numbers) or (item.needs_calculator and not hard) for item in items
            ):
                return []
            stem = stem_of(items[0])
            if stem not in self.stems:
                self.stems.add(stem)
                self.asked[entry.id] += 1
                return items
        return []


def stem_of(item: ExamItem) -> str:
    """What makes an item another one: its prompt, whatever numbers were drawn for it."""
    return _AMOUNT.sub("0", item.prompt)


def draw_items(library: Library, form: ExamForm, draw: Drawer, seed: int) -> tuple[ExamItem, ...]:
    """The items of an exam, mixed; fewer than the form has only where the course has fewer different questions.

    A syllabus item that has too little to ask leaves its places to the others.
    """
    drawing = _Drawing(form, draw, Random(seed))
    pools, quotas = eligible(library, form), quotas_of(library, form)
    every = tuple(itertools.chain.from_iterable(pools.values()))
    if form.themes:
        themes = [theme for item, share in quotas.items() for theme in drawing.themes_of(pools[item], share)]
        themes += drawing.themes_of(every, form.themes - len(themes))
        drawing.chance.shuffle(themes)
        _shorten(themes, form.items)
        return tuple(itertools.chain.from_iterable(themes))[: form.items]
    caps = [shares(quotas, int(share * form.items)) for share in (form.numbers, form.calculator)]
    items: list[ExamItem] = []
    for item, share in quotas.items():
        items += drawing.items_of(pools[item], share, *(cap[item] for cap in caps))
    left = [int(form.numbers * form.items) - sum(item.needs_number for item in items),
            int(form.calculator * form.items) - sum(item.needs_calculator for item in items)]  # fmt: skip
    items += drawing.items_of(every, form.items - len(items), *left)
    drawing.chance.shuffle(items)
    return tuple(items)


def _shorten(themes: Sequence[list[ExamItem]], count: int) -> None:
    """Take last parts off long themes until there are `count` parts, so that no theme is cut short at the end."""
    over = sum(map(len, themes)) - count
    for theme in themes:
        if over > 0 and len(theme) > LEAST_PARTS:
            theme.pop()
            over -= 1


def with_conventions(asked: ExamQuestion | Undrawable) -> ExamQuestion | None:
    """A question whose prompt states what its stem fixes: that is part of what is asked, and is kept with it."""
    if not isinstance(asked, ExamQuestion):
        return None
    question = asked.question
    conventions = fixed_conventions(question.convention)
    prompt = f"{question.prompt}\n\n{conventions}" if conventions else question.prompt
    return replace(asked, question=replace(question, prompt=prompt))


def items_of(asked: ExamQuestion) -> list[ExamItem]:
    """The items that a question is in an exam: one, or one for each part."""
    question = asked.question
    return [
        ExamItem(
            exercise=question.exercise,
            topic=question.topic,
            skill=part.skill,
            seed=question.seed,
            version=question.version,
            prompt=question.prompt,
            options=part.options,
            right=part.right,
            several=part.several,
            mistakes=part.mistakes,
            solution=part.solution,
            ask=part.ask,
            kind=part.kind,
            needs_number=part.needs_number,
            needs_calculator=part.needs_calculator,
        )
        for part in asked.parts
    ]


def written(library: Library, form: ExamForm, items: Sequence[ExamItem], minutes: int) -> dict[str, Any]:
    """A form as JSON: its items, and those of a theme as one with parts."""
    themes = itertools.groupby(items, key=lambda item: (item.exercise, item.seed))
    return {
        "form": form.id,
        "minutes": minutes,
        "items": [_written(library, tuple(parts)) for _, parts in themes],
    }


def _written(library: Library, parts: tuple[ExamItem, ...]) -> dict[str, Any]:
    item, topic = parts[0], library.topic(parts[0].topic)
    body = {
        "exercise": item.exercise,
        "seed": item.seed,
        "kind": Kind.DERIVATION if item.ask else item.kind,
        "prompt": item.prompt,
        "topic": item.topic,
        "item": list(topic.item) if topic else [],
        "needs_number": any(part.needs_number for part in parts),
        "needs_calculator": any(part.needs_calculator for part in parts),
    }
    return body | ({"parts": [{"ask": part.ask, "kind": part.kind} for part in parts]} if item.ask else {})
