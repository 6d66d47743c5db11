"""The plans of the coming days, if each of them goes as expected."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, islice

from studyapp.domain.record import Rating
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.history.history import History
from studyapp.scheduling import retrievability, review
from studyapp.study.daily import DayPlan, plan_day, todays_plan
from studyapp.study.library import Library
from studyapp.study.pace import MINUTE
from studyapp.study.settings import Settings

DONE_BY = Text(ja="このままなら {day} にすべての技能に出会います。", en="At this pace every skill is met by {day}.")
NOT_MET = Text(
    ja="このままでは試験日（{exam}）までに {count} の技能に出会えません。1 日の時間を延ばすと間に合います。",
    en="At this pace 1 skill is not met by the exam ({exam}); more minutes a day would do.|At this pace {count} skills "
    "are not met by the exam ({exam}); more minutes a day would do.",
)
LONGEST = 400
"""Days that are looked ahead at most."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """When the last skill of the course is met, None where that is not foreseen; how many are not met by the exam."""

    day: date | None
    left: int

    def sentence(self, exam: date | None) -> str:
        """What it means; empty where it means nothing."""
        if self.left and exam is not None:
            return NOT_MET(exam=exam.isoformat(), count=self.left)
        return DONE_BY(day=self.day.isoformat()) if self.day is not None else ""


def days_ahead(history: History, library: Library, day: date, settings: Settings) -> Iterator[tuple[date, DayPlan]]:
    """A study day and the days after it, without an end, each with its plan.

    Everything that is planned is taken to be done, and as much of it to be missed as is likely to be.
    """
    memories = {skill: memory for skill, memory in history.memories().items() if skill in library.skills}
    whole_day = settings.minutes * MINUTE
    plan, missed = todays_plan(history, library, day, settings), 0.0
    while True:
        yield day, plan
        for skill in (*plan.due, *plan.slips, *plan.sweep, *plan.new):
            memory = memories.get(skill)
            missed += 1 - (1 / plan.budget.pace.per_review if memory is None else retrievability(memory, day))
            rating = Rating.AGAIN if missed >= 1 else Rating.GOOD
            missed -= rating is Rating.AGAIN
            memories[skill] = review(memory, rating, day, settings.retention)
        day += timedelta(days=1)
        plan = plan_day(day, memories, tuple(library.skills), replace(plan.budget, limit=whole_day), settings)


def outlook_of(
    shown: Sequence[tuple[date, DayPlan]],
    ahead: Iterator[tuple[date, DayPlan]],
    history: History,
    library: Library,
    settings: Settings,
) -> Outlook:
    """What comes of the plans of some days and of those after them."""
    left = len(library.skills.keys() - history.memories().keys())
    if not left:
        return Outlook(None, 0)
    for day, plan in islice(chain(shown, ahead), LONGEST):
        if settings.exam_date is not None and day >= settings.exam_date:
            return Outlook(None, left)
        left -= len(plan.new)
        if not left:
            return Outlook(day, 0)
    return Outlook(None, left)
