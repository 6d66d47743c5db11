"""What the screens share: the course, the kernel, the rounds that are on. Nothing here knows Textual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from studyapp.domain.question import Question
from studyapp.domain.verdict import Attempt, Mode, Outcome
from studyapp.domain.words import Words
from studyapp.kernel.requests import Request
from studyapp.screens.course import Course
from studyapp.screens.setup import Setup
from studyapp.screens.sitting import Saved, Sitting
from studyapp.study.entries import TopicEntry
from studyapp.study.learner import Learner
from studyapp.study.practice import in_turn, steps_given

Reply = TypeVar("Reply")
ROUND = 10
"""Questions in a round without a topic."""


class Kernel(Protocol):
    """The mathematics as the app asks for it; `studyapp.kernel.client.Client` is one."""

    @property
    def process_id(self) -> int | None:
        """The process that it is, None while there is none."""

    async def start(self) -> None:
        """Start it now rather than at the first request."""

    async def ask(self, request: Request[Reply]) -> Reply:
        """The reply to a request. Raises `KernelFailure`."""

    async def close(self) -> None:
        """End it."""


@dataclass
class Desk:
    """The state of the app between its screens."""

    setup: Setup
    kernel: Kernel
    course: Course
    sittings: dict[str, Sitting] = field(default_factory=dict)
    _asked: bool = False

    @property
    def words(self) -> Words:
        """The sentences."""
        return self.setup.words

    @property
    def today(self) -> date:
        """The study day that is on."""
        from studyapp.scheduling import study_day

        return study_day(self.setup.now())

    @property
    def unfinished(self) -> bool:
        """Whether an answer was begun in some round, or is not saved."""
        return any(sitting.unfinished for sitting in self.sittings.values())

    @property
    def is_newcomer(self) -> bool:
        """Whether there is no answer in the history yet, and no exam date."""
        course = self.course
        if course.learner is None or not course.writable:
            return False
        return course.settings.exam_date is None and not course.learner.history.topics()

    def day_state(self) -> str:
        """What was done today, in a few words."""
        if self.course.learner is None:
            return ""
        done = self.course.learner.today(self.today)
        return self.words.screens.day(done.attempts, done.correct, done.active_ms)

    def standing(self, topic: TopicEntry) -> Standing:
        """How far the learner is with a topic."""
        skills = {exercise.skill for exercise in topic.exercises}
        if self.course.learner is None:
            return Standing(len(skills), 0, 0)
        memories = self.course.learner.history.memories()
        known = [memories[skill] for skill in skills if skill in memories]
        return Standing(len(skills), len(known), sum(memory.due_day <= self.today for memory in known))

    def waiting(self) -> tuple[int, int]:
        """How many skills are due, and how many are new."""
        if self.course.learner is None:
            return 0, 0
        learner, library = self.course.learner, self.course.library
        return len(learner.due(self.today, library)), len(learner.new(library))

    def practice(self) -> tuple[str, ...]:
        """The exercises of a round without a topic: what is due; where nothing is, what is new."""
        if self.course.learner is None:
            return ()
        learner, library = self.course.learner, self.course.library
        due = tuple(one.exercise.id for one in learner.due(self.today, library))
        return due or tuple(exercise.id for exercise in learner.new(library)[:ROUND])

    def sitting(self, name: str, exercises: Sequence[str]) -> Sitting | None:
        """The round of that name: the one that was left, or a new one; None where there is nothing to ask."""
        kept = self.sittings.get(name)
        if kept is not None and not kept.over:
            return kept
        if not exercises:
            return None
        self.sittings[name] = Sitting(name, in_turn(exercises, self.setup.seed(), len(exercises)))
        return self.sittings[name]

    async def ask(self, request: Request[Reply], restarted: Callable[[], None]) -> Reply:
        """The kernel's reply; `restarted` is called where the kernel has stopped meanwhile and is started anew.

        Raises `KernelFailure`.
        """
        if self._asked and self.kernel.process_id is None:
            restarted()
        reply = await self.kernel.ask(request)
        self._asked = True
        return reply

    def steps_given(self, question: Question) -> int:
        """How many steps of a derivation are shown to this learner."""
        record = self.course.learner.skill(question.skill) if self.course.learner is not None else None
        return steps_given(record.memory if record else None, len(question.steps))

    def save(self, attempt: Attempt, topic: str) -> Saved:
        """Record an attempt of a round on a topic, or of a mixed one (an empty name). Raises `NotSavedError`."""
        event = self._learner.record(replace(attempt, mode=self._mode(attempt, topic)), self.setup.now())
        return Saved(event.id, self._comes_again(attempt))

    def save_elsewhere(self, attempt: Attempt, topic: str, folder: Path) -> Path:
        """Record an attempt in another folder; the file that holds it. Raises `NotSavedError`."""
        kept = replace(attempt, mode=self._mode(attempt, topic))
        return self._learner.record_elsewhere(kept, folder, self.setup.now())

    def accept(self, event: str, attempt: Attempt) -> Saved:
        """Call a saved attempt right after all; both verdicts are kept. Raises `NotSavedError`."""
        self._learner.regrade(event, Outcome.CORRECT, self.setup.now())
        return Saved(event, self._comes_again(attempt))

    def undo(self, event: str) -> None:
        """Take a saved attempt back. Raises `NotSavedError`."""
        self._learner.undo(event, self.setup.now())

    def _mode(self, attempt: Attempt, topic: str) -> Mode:
        """How the question came to be asked; in a mixed round a skill without a memory is new."""
        if topic:
            return Mode.TOPIC
        record = self._learner.skill(attempt.parts[-1].skill)
        return Mode.MIXED if record is not None and record.memory is not None else Mode.NEW

    @property
    def _learner(self) -> Learner:
        if self.course.learner is None:
            raise AssertionError("no question is asked without a learner")
        return self.course.learner

    def _comes_again(self, attempt: Attempt) -> date | None:
        """The day on which the skill of an attempt comes again, None where it has no memory."""
        record = self._learner.skill(attempt.parts[-1].skill)
        memory = record.memory if record else None
        return memory.due_day if memory else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many skills a topic has, how many of them were ever answered, and how many are due."""

    skills: int
    known: int
    due: int
