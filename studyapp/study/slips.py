"""Slips remembered: which mistakes this learner makes, where, and which of them wait to be tried again. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from studyapp.domain.exercise import Exercise
from studyapp.domain.question import Question
from studyapp.domain.record import MistakeRecord, SkillRecord
from studyapp.domain.words import Words
from studyapp.study.library import Library

_SENTENCE = re.compile(r"(?:\$[^$]*\$|`[^`]*`|[^。])*?(?:。|[.!?](?=\s)|$)", re.DOTALL)
"""Up to the first end of a sentence outside formulas and code."""

DRAWINGS = 8
"""Drawings among which one is looked for in which a slip can be made again."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake that was made in an exercise: how often, and on which study day last.

    Exercise, skill and topic bear the names that they have today, so that they lead to the page.
    """

    skill: str
    exercise: str
    topic: str
    mistake: str
    times: int
    last_day: date


def slips(records: Iterable[MistakeRecord], library: Library) -> tuple[Slip, ...]:
    """Every slip that was ever made, the most frequent first, the latest of equals before the others."""
    found: dict[tuple[str, str, str], Slip] = {}
    for record in records:
        slip = _named_today(record, library)
        name = (slip.skill, slip.exercise, slip.mistake)
        same = found.get(name)  # made under a name that the exercise had before
        found[name] = slip if same is None else _together(same, slip)
    return tuple(sorted(found.values(), key=_frequent_first))


def open_slips(made: Iterable[Slip], skills: Iterable[SkillRecord]) -> tuple[Slip, ...]:
    """The slips that wait to be tried again, the latest first: their skill was not recalled on a later day since."""
    settled = {one.skill: one.memory.last_day for one in skills if one.memory is not None and one.last_right}
    waiting = [slip for slip in made if slip.skill not in settled or settled[slip.skill] <= slip.last_day]
    return tuple(sorted(waiting, key=lambda slip: (-slip.last_day.toordinal(), *_frequent_first(slip))))


def can_be_made(question: Question, mistake: str) -> bool:
    """Whether a mistake that its page foresees is alive in a drawn question, in one of its steps or options."""
    foreseen = [*question.mistakes, *(one for step in question.steps for one in step.mistakes)]
    return any(one.name == mistake for one in foreseen)


def mistake_sentence(mistake: str, exercise: Exercise | None, words: Words) -> str:
    """One sentence (Markdown) for a mistake: the first of the author's item, else that of the general slip."""
    if exercise is not None:
        items = [item.text for item in exercise.sentences.mistakes if item.name == mistake]
        author = "".join(part if isinstance(part, str) else part.text for text in items[:1] for part in text)
        planted = words.derivation.slip(mistake) if exercise.key.network is not None else ""
        if sentence := first_sentence(author) or first_sentence(planted):
            return sentence
    return words.records.slip(mistake)


def first_sentence(markdown: str) -> str:
    """The text up to the end of its first sentence."""
    found = _SENTENCE.match(markdown.strip())
    return found[0].strip() if found else ""


def mistake_sentences(made: Iterable[Slip], library: Library, words: Words) -> dict[Slip, str]:
    """The sentence of each slip; every page that they were made on is read once."""
    from studyapp.pages.topics import read_topic  # markdown-it is slow to import, and home lists no mistakes

    exercises: dict[str, Exercise] = {}
    listed = tuple(made)
    for name in dict.fromkeys(slip.topic for slip in listed):
        entry = library.topic(name)
        topic = read_topic(entry.source, words)[0] if entry is not None else None
        exercises |= {exercise.id: exercise for exercise in topic.exercises} if topic is not None else {}
    return {slip: mistake_sentence(slip.mistake, exercises.get(slip.exercise), words) for slip in listed}


def _named_today(record: MistakeRecord, library: Library) -> Slip:
    exercise = library.exercise(record.exercise)
    name, topic = (exercise.id, exercise.topic) if exercise else (record.exercise, record.topic)
    return Slip(record.skill, name, topic, record.mistake, record.times, record.last_day)


def _together(one: Slip, other: Slip) -> Slip:
    return replace(one, times=one.times + other.times, last_day=max(one.last_day, other.last_day))


def _frequent_first(slip: Slip) -> tuple[int, int, str, str, str]:
    return (-slip.times, -slip.last_day.toordinal(), slip.mistake, slip.skill, slip.exercise)
