"""A simulated learner over the eight weeks before an exam: `python tests/study/simulated.py [--learners 40]`.

The plan of each day and the order of its questions are those of the app. Beside it stand fixed intervals: every skill
comes 1, 3, 7 and 14 days after it was last asked, and then no more; or, in a second version, from 1 day on again
after a miss and every 14 days at the end. New skills are begun on the same days in all of them.

What the learner has in mind follows FSRS's own model; a weaker learner forgets so much as if 2.5 times the days had
passed, and the plan does not know it. A first question on a new skill is right at even odds, a further one on the
same day at nine in ten.
"""

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from studyapp.domain.record import Memory, Rating
from studyapp.scheduling import retrievability, review
from studyapp.study.daily import DayPlan, plan_day, queue_of
from studyapp.study.library import _library
from studyapp.study.rounds import DayRound

NO_COURSE = _library([], [])
SKILLS = tuple(f"skill-{number:03}" for number in range(120))
START = date(2026, 9, 7)
WEEKS = 8
EXAM = START + timedelta(weeks=WEEKS)
GAPS = (1, 3, 7, 14)
WEAKER = 2.5
FIRST, AGAIN = 0.5, 0.9
"""Chances to be right: at the first question on a new skill, and at a further one on the same day."""

Planner = Callable[[date, dict[str, Memory], "Run"], DayPlan]


@dataclass
class Run:
    """One learner's weeks. `asked` are questions by day; `step` is the place of a skill in the fixed intervals."""

    reviews: int
    asked: list[int]
    lasts: dict[str, date]
    step: dict[str, int]
    memories: dict[str, Memory]
    weakness: float

    def recall(self, skill: str, day: date) -> float:
        """The true chance to recall a skill on a day."""
        memory = self.memories[skill]
        passed = round((day - memory.last_day).days * self.weakness)
        return retrievability(memory, memory.last_day + timedelta(days=passed))

    @property
    def on_exam_day(self) -> float:
        """The share of all skills that would be recalled on the day of the exam; what was never met is not."""
        return sum(self.recall(skill, EXAM) for skill in self.memories) / len(SKILLS)


def planned(day: date, memories: dict[str, Memory], _: Run) -> DayPlan:
    """What the app asks for."""
    return plan_day(day, memories, SKILLS, exam=EXAM)


def fixed(*, again: bool) -> Planner:
    """Fixed intervals; with `again` a miss begins anew, and the last interval is repeated."""

    def plan(day: date, memories: dict[str, Memory], run: Run) -> DayPlan:
        due = []
        for skill, last in run.lasts.items():
            step = min(run.step[skill], len(GAPS) - 1) if again else run.step[skill]
            if step < len(GAPS) and (day - last).days >= GAPS[step]:
                due.append(skill)
        new = plan_day(day, memories, SKILLS, exam=EXAM).new if len(memories) < len(SKILLS) else ()
        # The pile of the app's plan is not the pile here, so that only what is left decides how much is new.
        return DayPlan(tuple(due), new or _next(memories), ())

    return plan


def _next(memories: dict[str, Memory]) -> tuple[str, ...]:
    return tuple(skill for skill in SKILLS if skill not in memories)[:3]


def live(planner: Planner, *, weakness: float, seed: int, restart: bool = False) -> Run:
    """Eight weeks of one learner."""
    chance = random.Random(seed)
    run = Run(0, [], {}, {}, {}, weakness)
    for ahead in range((EXAM - START).days):
        day = START + timedelta(days=ahead)
        plan = planner(day, dict(run.memories), run)
        session, met, count = DayRound(queue_of(plan, {}), NO_COURSE, {}, {}, 0), set[str](), 0
        while session.item is not None:
            skill = session.item.skill
            first = skill not in met
            odds = AGAIN if not first else run.recall(skill, day) if skill in run.memories else FIRST
            right = chance.random() < odds
            if first:
                run.reviews += skill in run.memories
                run.step[skill] = (0 if restart and not right else run.step[skill] + 1) if skill in run.step else 0
                run.memories[skill] = review(run.memories.get(skill), Rating.GOOD if right else Rating.AGAIN, day)
                run.lasts[skill] = day
            met.add(skill)
            count += 1
            session = session.after(right=right)
        run.asked.append(count)
    return run


PLANS: dict[str, tuple[Planner, bool]] = {
    "studyapp": (planned, False),
    "fixed 1-3-7-14": (fixed(again=False), False),
    "fixed, misses anew": (fixed(again=True), True),
}


def table(learners: int) -> str:
    """Means over some learners, a line for each plan and memory."""
    lines = [
        f"{'memory':<12} {'plan':<20} {'reviews':>8} {'questions':>10} {'peak a day':>11} {'recall on exam day':>19}"
    ]
    for memory, weakness in (("as FSRS", 1.0), ("2.5 weaker", WEAKER)):
        for name, (planner, restart) in PLANS.items():
            runs = [live(planner, weakness=weakness, seed=seed, restart=restart) for seed in range(learners)]
            reviews, questions = fmean(run.reviews for run in runs), fmean(sum(run.asked) for run in runs)
            peak, recall = fmean(max(run.asked) for run in runs), fmean(run.on_exam_day for run in runs)
            lines.append(f"{memory:<12} {name:<20} {reviews:>8.0f} {questions:>10.0f} {peak:>11.1f} {recall:>18.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=40)
    print(table(parser.parse_args().learners))  # noqa: T201 — its report
