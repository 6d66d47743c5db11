"""The session of a study day: the day's plan over a library, and how each of its questions is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from studyapp.domain.record import Memory
from studyapp.domain.text import Text
from studyapp.domain.verdict import Attempt, Help, Mode, Outcome
from studyapp.history.history import History
from studyapp.scheduling import retrievability
from studyapp.study.entries import ExerciseEntry
from studyapp.study.library import Library
from studyapp.study.planning import DayPlan, plan_day
from studyapp.study.session import Item, Session, Why, begun, left_of
from studyapp.study.slips import Slip, open_slips, slips

EXAM_IS_PAST = Text(ja="{exam} はもう過ぎた日です。", en="{exam} is in the past.")

COUNTED = (Mode.NEW, Mode.MIXED)
"""How the new skills of a day's limit were begun; those met by reading a topic or placed are outside of it."""


def todays_plan(history: History, library: Library, day: date, exam: date | None) -> DayPlan:
    """What a study day asks for, given what was done on it already; `exam` is the date of the exam, if it is known."""
    memories = {skill: memory for skill, memory in history.memories().items() if skill in library.skills}
    waiting = [slip.skill for slip in waiting_slips(history, library).values() if slip.last_day < day]
    plan = plan_day(
        day,
        memories,
        tuple(library.skills),
        retrievability,
        exam=exam,
        begun=history.begun(day, COUNTED),
        slips=waiting,
    )
    exercises = [(library.exercise(one.exercise), one) for one in history.answered(day)]
    left = left_of((entry.skill, one.mode, one.right) for entry, one in exercises if entry is not None)
    return replace(plan, resumed=tuple(item for item in left if item.skill not in plan.skills))


def waiting_slips(history: History, library: Library) -> dict[str, Slip]:
    """By skill the latest slip that waits to be tried again and can be: the course still has its exercise."""
    found: dict[str, Slip] = {}
    for slip in open_slips(slips(history.mistakes(), library), history.skills()):
        exercise = library.exercise(slip.exercise)
        if exercise is not None and exercise.skill == slip.skill:
            found.setdefault(slip.skill, slip)
    return found


def session_of(plan: DayPlan, library: Library) -> Session:
    """The session that works a plan off."""
    return begun(plan.due, plan.sweep, plan.new, confusable(library), plan.slips, plan.resumed)


def confusable(library: Library) -> dict[str, frozenset[str]]:
    """By skill the skills that it is confused with; whoever names the other, it holds both ways."""
    found: dict[str, set[str]] = {}
    for skill, exercises in library.skills.items():
        for name in {name for exercise in exercises for name in exercise.confuses}:
            other = library.renames.get(name, name)
            found.setdefault(skill, set()).add(other)
            found.setdefault(other, set()).add(skill)
    return {skill: frozenset(others - {skill}) for skill, others in found.items()}


def exercise_for(
    skill: str, library: Library, memories: Mapping[str, Memory], asked: int, slip: Slip | None = None
) -> ExerciseEntry | None:
    """The exercise by which a skill is asked: one after the other, over reviews and within a session.

    Where a slip waits to be tried again, it is the exercise in which it was made. `asked` counts the questions on the
    skill in this session. None where the course has none any more.
    """
    if slip is not None:
        return library.exercise(slip.exercise)
    exercises = library.skills.get(skill)
    if not exercises:
        return None
    memory = memories.get(skill)
    return exercises[((memory.reviews if memory else 0) + asked) % len(exercises)]


def mode_of(item: Item) -> Mode:
    """How a question of a session is asked."""
    return Mode.NEW if item.why is Why.NEW else Mode.MIXED


def was_right(attempt: Attempt) -> bool:
    """Whether every part was answered right without being shown."""
    return all(part.verdict is Outcome.CORRECT and part.help is not Help.SHOWN for part in attempt.parts)
