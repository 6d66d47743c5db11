"""Simulated learners over the weeks before an exam: `python -m tests.study.simulated [--learners 40]`.

The plan of each day and the order of its questions are those of the app, at half an hour a day. Beside it stand the
plan with a fixed number of new skills a day, and fixed intervals: every skill comes 1, 3, 7 and 14 days after it was
last asked, and then no more; or, in a second version, from 1 day on again after a miss and every 14 days at the end.

What a learner has in mind follows FSRS's own model; a weaker memory forgets so much as if 2.5 times the days had
passed, and the plan does not know it. Chances to be right and times are those of the `LEARNERS`.
"""

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import fmean

from studyapp.domain.record import Memory, Predicted, Rating, Recent
from studyapp.scheduling import retrievability, review
from studyapp.study.daily import DayPlan, plan_day, queue_of
from studyapp.study.pace import LATEST, MINUTE, Budget, pace_of
from studyapp.study.readiness import BINS, GUESS, Readiness, readiness_of
from studyapp.study.rounds import DayRound
from studyapp.study.settings import Settings

from .conftest import exercise_entry, library_of, topic_entry

SKILLS = tuple(f"skill-{number:03}" for number in range(300))
COURSE = library_of(topic_entry("losses/a", *(exercise_entry(skill, "losses/a") for skill in SKILLS)))
START = date(2026, 9, 7)
WEEKS = 8
EXAM = START + timedelta(weeks=WEEKS)
SETTINGS = Settings(exam_date=EXAM, minutes=30)
GAPS = (1, 3, 7, 14)
WEAKER = 2.5
SPREAD = 0.7, 1.3
"""What a question or a section may take, as a share of what it usually does."""


@dataclass(frozen=True)
class Learner:
    """Minutes for a question and for a section, and the chances to be right.

    `first` is that of the first question on a new skill, `again` that of a further one on the same day.
    """

    question: float
    section: float
    first: float
    again: float


LEARNERS = {
    "fast": Learner(0.4, 0.6, 0.7, 0.95),
    "usual": Learner(0.8, 1.5, 0.5, 0.9),
    "slow": Learner(1.6, 3.0, 0.35, 0.75),
}


@dataclass
class Run:
    """One learner's weeks: minutes that were planned and used by day, and what is known of each skill.

    `step` is where a skill stands in the fixed intervals; `answers` are mode, right or wrong, and milliseconds.
    """

    learner: Learner
    weakness: float
    reviews: int = 0
    planned: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    lasts: dict[str, date] = field(default_factory=dict)
    step: dict[str, int] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    answers: list[tuple[str, bool, float]] = field(default_factory=list)
    evidence: list[tuple[float, bool]] = field(default_factory=list)
    """What the model predicted for a first answer of a day, and whether it was right."""
    taught: set[str] = field(default_factory=set)
    untaught: set[str] = field(default_factory=set)
    """New skills that were asked before their section was shown."""

    def recall(self, skill: str, day: date) -> float:
        """The true chance to recall a skill on a day."""
        memory = self.memories[skill]
        passed = round((day - memory.last_day).days * self.weakness)
        return retrievability(memory, memory.last_day + timedelta(days=passed))

    @property
    def on_exam_day(self) -> float:
        """The skills that would be recalled on the day of the exam; what was never met is not."""
        return sum(self.recall(skill, EXAM) for skill in self.memories)

    @property
    def recent(self) -> list[Recent]:
        """The latest answers, as a history has them."""
        modes = {mode for mode, _, _ in self.answers}
        groups = {mode: [answer for answer in self.answers if answer[0] == mode][-LATEST:] for mode in modes}
        return [
            Recent(mode, len(group), sum(right for _, right, _ in group), round(sum(ms for _, _, ms in group)))
            for mode, group in groups.items()
        ]


Planner = Callable[[date, Run], DayPlan]


def by_time(day: date, run: Run) -> DayPlan:
    """What the app asks for."""
    return plan_day(day, run.memories, SKILLS, Budget(SETTINGS.minutes * MINUTE, pace_of(run.recent)), SETTINGS)


def new_each_day(day: date, run: Run) -> int:
    """What is left, spread over the days until ten before the exam; three at least."""
    days = (EXAM - day).days - 10
    return max(3, ceil((len(SKILLS) - len(run.memories)) / days)) if days > 0 else 3


def by_count(day: date, run: Run) -> DayPlan:
    """A fixed number of new skills a day, however long it takes."""
    settings = Settings(exam_date=EXAM, new_a_day=new_each_day(day, run))
    return plan_day(day, run.memories, SKILLS, Budget(), settings)


def fixed(*, again: bool) -> Planner:
    """Fixed intervals; with `again` a miss begins anew, and the last interval is repeated."""

    def plan(day: date, run: Run) -> DayPlan:
        due = []
        for skill, last in run.lasts.items():
            step = min(run.step[skill], len(GAPS) - 1) if again else run.step[skill]
            if step < len(GAPS) and (day - last).days >= GAPS[step]:
                due.append(skill)
        new = [skill for skill in SKILLS if skill not in run.memories][: new_each_day(day, run)]
        return DayPlan(tuple(due), tuple(new), ())

    return plan


def live(
    planner: Planner,
    learner: Learner,
    *,
    weakness: float = 1.0,
    seed: int = 0,
    days: int = 7 * WEEKS,
    restart: bool = False,
) -> Run:
    """So many days of one learner, each as long as its plan lasts, and no longer than its time."""
    chance, run = random.Random(seed), Run(learner, weakness)
    for ahead in range(days):
        day = START + timedelta(days=ahead)
        plan = planner(day, run)
        session = DayRound(queue_of(plan, {}), COURSE, {}, {}, 0, plan.later, plan.budget)
        met, spent = set[str](), 0.0
        while session.item is not None and not plan.budget.is_used(spent):
            skill, mode = session.item.skill, session.mode(right=True)
            if session.lesson is not None:
                took = learner.section * MINUTE * chance.uniform(*SPREAD)
                run.answers.append(("lesson", True, took))
                spent, session = spent + took, session.after_lesson()
                run.taught.add(skill)
            first = skill not in met
            odds = learner.again if not first else run.recall(skill, day) if skill in run.memories else learner.first
            right, took = chance.random() < odds, learner.question * MINUTE * chance.uniform(*SPREAD)
            if first:
                if skill in run.memories:
                    run.evidence.append((retrievability(run.memories[skill], day), right))
                run.untaught |= {skill} - run.taught
                run.reviews += skill in run.memories
                run.step[skill] = (0 if restart and not right else run.step[skill] + 1) if skill in run.step else 0
                run.memories[skill] = review(run.memories.get(skill), Rating.GOOD if right else Rating.AGAIN, day)
                run.lasts[skill] = day
            met.add(skill)
            spent += took
            run.answers.append((mode, right, took))
            session = session.after(right=right).continued(spent)
        run.planned.append(plan.planned / MINUTE)
        run.used.append(spent / MINUTE)
    return run


def expected_and_true(run: Run) -> tuple[Readiness | None, float]:
    """The readiness that is shown of a learner, and the true share of items that would be right in the exam."""
    bins = []
    for low, high in pairwise(BINS):
        group = [(predicted, right) for predicted, right in run.evidence if low <= predicted < high]
        if group:
            predicted = fmean(predicted for predicted, _ in group)
            bins.append(Predicted(low, high, len(group), predicted, sum(right for _, right in group)))
    true = (run.on_exam_day + GUESS * (len(SKILLS) - run.on_exam_day)) / len(SKILLS)
    return readiness_of(COURSE, run.memories, bins, (), EXAM), true


PLANS: dict[str, tuple[Planner, bool]] = {
    "by time": (by_time, False),
    "so many new a day": (by_count, False),
    "fixed 1-3-7-14": (fixed(again=False), False),
    "fixed, misses anew": (fixed(again=True), True),
}


def table(learners: int) -> str:
    """Means over some learners of each kind, a line for each plan and memory."""
    row = "{:<8} {:<11} {:<19} {:>8} {:>14} {:>6} {:>5} {:>21}".format
    lines = [row("learner", "memory", "plan", "reviews", "minutes a day", "most", "met", "recalled on exam day")]
    for kind, learner in LEARNERS.items():
        for memory, weakness in (("as FSRS", 1.0), ("2.5 weaker", WEAKER)):
            for name, (planner, restart) in PLANS.items():
                runs = [
                    live(planner, learner, weakness=weakness, seed=seed, restart=restart) for seed in range(learners)
                ]
                figures = (
                    [run.reviews for run in runs],
                    [fmean(run.used) for run in runs],
                    [max(run.used) for run in runs],
                    [len(run.memories) for run in runs],
                    [run.on_exam_day for run in runs],
                )
                lines.append(row(kind, memory, name, *(f"{fmean(values):.1f}" for values in figures)))
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=40)
    print(table(parser.parse_args().learners))
