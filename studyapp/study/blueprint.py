"""What a mock exam asks: so many items of each area, as it has skills, over exercises that have options. Pure."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from studyapp.domain.asking import fixed_conventions
from studyapp.domain.kind import Kind
from studyapp.domain.question import EXAM_OPTIONS, ChoiceKey, NumberKey, Question, Undrawable
from studyapp.study.entries import ExerciseEntry, area_of
from studyapp.study.exam import ExamItem
from studyapp.study.library import Library

SEEDS = 1_000_000
LABELS = "abcd"
TRIES = 8  # drawings of an item before its place goes to the next exercise: what was asked already is not asked again
Drawer = Callable[[ExerciseEntry, int], Question | None]
"""From an exercise and a seed to its question; None where there is none."""


def shares(weights: Mapping[str, int], count: int) -> dict[str, int]:
    """`count` split in proportion to some weights, by largest remainders; each has one at least where there is room."""
    total = sum(weights.values())
    if not total:
        return {}
    exact = {name: count * weight / total for name, weight in weights.items()}
    split = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda name: (split[name] - exact[name], name))[: count - sum(split.values())]:
        split[name] += 1
    for name in sorted(split):
        richest = max(split, key=lambda area: (split[area], area))
        if split[name] == 0 and split[richest] > 1:
            split[name], split[richest] = 1, split[richest] - 1
    return split


def eligible(library: Library) -> dict[str, tuple[ExerciseEntry, ...]]:
    """By area the exercises that an exam can ask."""
    areas: dict[str, list[ExerciseEntry]] = {}
    for exercises in library.skills.values():
        for entry in exercises:
            if entry.kind is Kind.CHOICE or entry.exam:
                areas.setdefault(area_of(entry.topic), []).append(entry)
    return {area: tuple(entries) for area, entries in areas.items()}


def syllabus_of(library: Library) -> tuple[int, ...]:
    """The syllabus items that an exam can ask about."""
    topics = {entry.topic for entries in eligible(library).values() for entry in entries}
    return tuple(sorted({number for topic in library.topics if topic.id in topics for number in topic.item}))


def draw_items(library: Library, count: int, draw: Drawer, seed: int) -> tuple[ExamItem, ...]:
    """The items of an exam, areas mixed; fewer than `count` only where the course has fewer different questions."""
    chance = Random(seed)
    areas = eligible(library)
    weights = {area: len({entry.skill for entry in entries}) for area, entries in areas.items()}
    items: list[ExamItem] = []
    met: set[tuple[object, ...]] = set()
    for area, share in shares(weights, count).items():
        # An exercise that has nothing new to ask leaves its place to the others.
        candidates = itertools.islice(_in_turn(areas[area], chance), share + 4 * len(areas[area]))
        fresh = (_fresh(entry, draw, chance, met) for entry in candidates)
        items += itertools.islice((item for item in fresh if item), share)
    chance.shuffle(items)
    return tuple(items)


def _in_turn(entries: Sequence[ExerciseEntry], chance: Random) -> Iterator[ExerciseEntry]:
    by_skill: dict[str, list[ExerciseEntry]] = {}
    for entry in chance.sample(entries, len(entries)):
        by_skill.setdefault(entry.skill, []).append(entry)
    for turn in itertools.count():
        for exercises in by_skill.values():
            yield exercises[turn % len(exercises)]


def _fresh(entry: ExerciseEntry, draw: Drawer, chance: Random, met: set[tuple[object, ...]]) -> ExamItem | None:
    for _ in range(TRIES):
        question = draw(entry, chance.randrange(SEEDS))
        item = item_of(question) if question is not None else None
        if item is None:
            return None
        sign = (item.prompt, frozenset(text for _, text in item.options))
        if sign not in met:
            met.add(sign)
            return item
    return None


def with_conventions(question: Question | Undrawable) -> Question | None:
    """A question whose prompt states what its stem fixes: that is part of what is asked, and is kept with it."""
    if not isinstance(question, Question):
        return None
    conventions = fixed_conventions(question.convention)
    return replace(question, prompt=f"{question.prompt}\n\n{conventions}") if conventions else question


def item_of(question: Question) -> ExamItem | None:
    """A question as an exam asks it, None where it cannot; the seed of a number decides which mistakes are options."""
    if question.network is not None or question.steps:
        return None
    match question.key:
        case ChoiceKey(_, right, several):
            options = tuple((option.label, option.text) for option in question.options)
            slips = tuple((mistake.answer, mistake.name) for mistake in question.mistakes)
        case NumberKey():
            if len(question.slips) < EXAM_OPTIONS - 1:
                return None
            lots = Random(f"{question.exercise}:{question.seed}:exam")
            order = [*lots.sample(list(question.slips.items()), EXAM_OPTIONS - 1), (question.answer, "")]
            lots.shuffle(order)
            labelled = list(zip(LABELS, order, strict=True))
            options = tuple((label, text) for label, (text, _) in labelled)
            slips = tuple((label, name) for label, (_, name) in labelled if name)
            right = tuple(label for label, (text, _) in labelled if text == question.answer)
            several = False
        case _:
            return None
    return ExamItem(
        exercise=question.exercise,
        topic=question.topic,
        skill=question.skill,
        seed=question.seed,
        version=question.version,
        prompt=question.prompt,
        options=options,
        right=right,
        several=several,
        mistakes=slips,
        solution=question.solution,
    )
