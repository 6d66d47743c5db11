"""What the screens share: the course, the kernel, the rounds that are on. Nothing here knows Textual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from studyapp.domain.question import Question
from studyapp.domain.text import Text
from studyapp.domain.verdict import Attempt, Mode, Outcome
from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.kernel.messages import Request
from studyapp.screens.course import Course
from studyapp.screens.messages import DUE, PLACEMENT
from studyapp.screens.setup import Setup
from studyapp.screens.sitting import Day, Saved, Sitting
from studyapp.study.daily import DayPlan, todays_plan
from studyapp.study.entries import TopicEntry
from studyapp.study.practice import Turn, cycle, steps_given
from studyapp.study.progress import standing
from studyapp.study.rounds import DayRound, PlacementRound, Round, TopicRound, day_round, placement_round
from studyapp.study.settings import Settings, SettingsTrouble, changed, save_settings
from studyapp.study.slips import Slip

FAILED_RETRY = Text(
    ja="計算の部分が止まりました（{detail}）。r でもう一度試せます。",
    en="The mathematics stopped ({detail}). r tries again.",
)
FAILED_SUBMIT = Text(
    ja="計算の部分が止まりました（{detail}）。Enter でもう一度試せます。",
    en="The mathematics stopped ({detail}). Enter tries again.",
)
RESTARTED = Text(
    ja="計算の部分が止まっていたので、起動し直しています…",
    en="The mathematics had stopped; it is being started again…",
)

TODAY_NOTHING = Text(ja="今日はまだ 0 問", en="nothing answered today")
TODAY = Text(ja="今日 {answered} 問 ・ 正解 {right}", en="today {answered} answered, {right} correct")
MINUTES = Text(ja=" ・ {minutes} 分", en=", {minutes} min")
NAMES = {
    "exam_date": Text(ja="試験日", en="Date of the exam"),
    "minutes": Text(ja="1 日の学習時間", en="Minutes a day"),
    "retention": Text(ja="目標の正答率", en="Desired retention"),
    "language": Text(ja="言語", en="Language"),
    "theme": Text(ja="画面の色", en="Colours"),
}

Reply = TypeVar("Reply")
AGAIN = "?again "
"""How the names of rounds begin in which a slip is tried again; no topic's id begins like this."""
MINUTE = 60_000
"""Milliseconds."""


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
        if course.history is None:
            return False
        return course.settings.exam_date is None and course.history.is_empty()

    def refresh(self) -> None:
        """Take in what other windows saved. A log that was replaced is reported when something is saved."""
        if self.course.history is not None:
            with suppress(NotSavedError):
                self.course.history.refresh()

    def catch_up(self, sitting: Sitting) -> None:
        """Leave out of a session what was answered in another window meanwhile."""
        self.refresh()
        if isinstance(sitting.round, DayRound):
            sitting.round = sitting.round.caught_up(self.history.memories(), self.today)

    def change(self, name: str, text: str) -> str:
        """Change and save a setting; what went wrong, named as on the screen, empty where nothing did."""
        after = changed(self.course.settings, name, text, self.setup.data)
        trouble = after if isinstance(after, SettingsTrouble) else save_settings(after, self.setup.data)
        if trouble is not None:
            return str(replace(trouble, name=NAMES[name]()))
        if isinstance(after, Settings):
            self.course = replace(self.course, settings=after)
        return ""

    def day_state(self) -> str:
        """What was done today, in a few words."""
        if self.course.history is None:
            return ""
        done = self.course.history.on_day(self.today)
        return day_text(done.attempts, done.correct, done.active_ms)

    def standings(self, topics: Sequence[TopicEntry]) -> list[Standing]:
        """How far the learner is with each of some topics."""
        memories = {} if self.course.history is None else self.course.history.memories()
        found = []
        for topic in topics:
            known = [memories[skill] for skill in topic.skills if skill in memories]
            due = sum(memory.due_day <= self.today for memory in known)
            found.append(Standing(len(topic.skills), len(known), due))
        return found

    def plan(self) -> DayPlan:
        """What today asks for, given what was done already."""
        if self.course.history is None:
            return DayPlan((), (), ())
        course = self.course
        return todays_plan(self.course.history, course.library, self.today, course.settings.exam_date)

    @property
    def session(self) -> Sitting | None:
        """The session of the day that was left, if it was."""
        return self._left(DUE)

    @property
    def offers_placement(self) -> bool:
        """Whether a learner of today may still find out what is known already."""
        history = self.course.history
        if history is None:
            return False
        days, known = history.days(1), history.memories()
        fresh = not days or days[0][0] == self.today
        return self._left(PLACEMENT) is not None or (
            fresh and any(one not in known for one in self.course.library.skills)
        )

    def sitting(self, name: str, exercises: Sequence[str] = ()) -> Sitting | None:
        """The round of that name: the one that was left, or a new one; None where there is nothing to ask."""
        if kept := self._left(name):
            return kept
        begun = self._begun(name, exercises)
        if begun is None or begun.turn is None:
            return None
        day = None
        if name == DUE:
            before = standing(self.history, self.today)
            day = Day(self.today, before, self.course.settings.minutes * MINUTE)
        self.sittings[name] = Sitting(name, begun, day)
        return self.sittings[name]

    def retried(self, slip: Slip) -> Sitting:
        """A fresh question in which a slip can be made again: the one that was left, or a new one."""
        name = f"{AGAIN}{slip.exercise} {slip.mistake}"
        if kept := self._left(name):
            return kept
        self.sittings[name] = Sitting(name, TopicRound((Turn(slip.exercise, self.setup.seed(), slip.mistake),)))
        return self.sittings[name]

    def _left(self, name: str) -> Sitting | None:
        """The round of that name that was left before its end; a session of another day only with its answer."""
        kept = self.sittings.get(name)
        if kept is None or kept.over:
            return None
        stale = kept.day is not None and kept.day.day != self.today
        return None if stale and not kept.unfinished else kept

    def _begun(self, name: str, exercises: Sequence[str]) -> Round | None:
        """A new round of a name."""
        history, library, seed = self.course.history, self.course.library, self.setup.seed()
        if history is None:
            return None
        if name == DUE:
            return day_round(self.plan(), history, library, seed)
        if name == PLACEMENT:
            return placement_round(history, library, seed)
        return TopicRound(cycle(exercises, seed, len(exercises)))

    async def ask(self, request: Request[Reply], restarted: Callable[[], None]) -> Reply:
        """The kernel's reply; `restarted` is called where the kernel has stopped meanwhile and is started anew.

        Raises `KernelFailure`.
        """
        if self._asked and self.kernel.process_id is None:
            restarted()
        reply = await self.kernel.ask(request)
        self._asked = True
        return reply

    def steps_given(self, question: Question, sitting: Sitting) -> int:
        """How many steps of a derivation are shown to this learner; none where it is to be found out what is known."""
        if isinstance(sitting.round, PlacementRound):
            return 0
        record = self.course.history.skill(question.skill) if self.course.history is not None else None
        return steps_given(record.memory if record else None, len(question.steps))

    def save(self, attempt: Attempt, mode: Mode) -> Saved:
        """Record an attempt, asked in a mode. Raises `NotSavedError`."""
        event = self.history.record(replace(attempt, mode=mode), at=self.setup.now(), day=self.today)
        return Saved(event.id, self._comes_again(attempt))

    def save_elsewhere(self, attempt: Attempt, mode: Mode, folder: Path) -> Path:
        """Record an attempt in another folder; the file that holds it. Raises `NotSavedError`."""
        with self.history.elsewhere(folder, at=self.setup.now(), day=self.today) as place:
            place.record(replace(attempt, mode=mode), at=self.setup.now(), day=self.today)
            return place.path

    def accept(self, event: str, attempt: Attempt) -> Saved:
        """Call a saved attempt right after all; both verdicts are kept. Raises `NotSavedError`."""
        self.history.regrade(event, Outcome.CORRECT, at=self.setup.now(), day=self.today)
        return Saved(event, self._comes_again(attempt))

    def undo(self, event: str) -> None:
        """Take a saved attempt back. Raises `NotSavedError`."""
        self.history.undo(event, at=self.setup.now(), day=self.today)

    @property
    def history(self) -> History:
        """The history, where there is one."""
        if self.course.history is None:
            raise AssertionError("no question is asked without a history")
        return self.course.history

    def is_new(self, skill: str) -> bool:
        """Whether a skill has no memory yet."""
        return skill not in self.history.memories()

    def skill_name(self, skill: str) -> str:
        """A skill by its first heading; by its own name where the course has none any more."""
        entries = self.course.library.skills.get(skill)
        return entries[0].heading if entries else skill

    def _comes_again(self, attempt: Attempt) -> date | None:
        """The day on which the skill of an attempt comes again, None where it has no memory."""
        record = self.history.skill(attempt.parts[-1].skill)
        memory = record.memory if record else None
        return memory.due_day if memory else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many skills a topic has, how many of them were ever answered, and how many are due."""

    skills: int
    known: int
    due: int


def day_text(answered: int, right: int, active_ms: int) -> str:
    """What was done today."""
    if not answered:
        return TODAY_NOTHING()
    done = TODAY(answered=answered, right=right)
    minutes = active_ms // 60_000
    return done + MINUTES(minutes=minutes) if minutes else done
