"""The share of right answers to be expected in the exam, by syllabus item and in all. Pure.

How likely each skill is recalled follows from its memory; how much faster or slower than the model says the learner
forgets, from the first answers of each day beside their predictions; and what forms were answered is counted beside
it. A skill that is not recalled is guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from math import log, sqrt
from typing import Any

from studyapp.domain.record import Memory, Predicted
from studyapp.domain.syllabus import item_text
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.history.history import History
from studyapp.scheduling import after_longer, retrievability
from studyapp.study import mock
from studyapp.study.exam import Exam
from studyapp.study.library import Library

READINESS = Text(ja="試験での正答率の見込み", en="Expected in the exam")
READINESS_ALL = Text(ja="全体", en="Everything")
READINESS_SHARE = Text(
    ja="{share:>4.0%}  {low:>4.0%} から {high:>4.0%}", en="{share:>4.0%}  {low:>4.0%} to {high:>4.0%}"
)
READINESS_ABOUT = Text(
    ja="{day} まで何も復習しない場合です。右は 95% の幅。知らない問題も、四択なら 4 回に 1 回は当たります。",
    en="On {day}, if nothing more were reviewed, with the range that holds at 95%; a guess among four options is "
    "right one time in four.",
)
READINESS_SILENT = Text(
    ja="見込みを出すには、復習か模試の解答が {count} 件ほど要ります。",
    en="Some {count} reviews or items of mock exams are needed before anything can be said.",
)
NOT_MET = Text(ja="まだ出会っていません", en="not met yet")
TOO_LITTLE = Text(ja="まだ少ない", en="too little yet")
GUESS = 0.25
"""The chance of a guess among four options."""
ENOUGH = 30
"""First answers with a prediction, or items of forms, below which nothing is said."""
WIDEST = 0.5
"""The widest range of an item that still says something."""
BINS = (*(step / 20 for step in range(20)), 0.97, 0.99, 1.01)
"""The bounds of predicted recall between which first answers are counted."""
SPEEDS = tuple(2 ** (step / 8) for step in range(-16, 25))
"""How much faster a learner may forget than the model says: from four times as slowly to eight times as fast."""
HALF_DROP = 1.92
"""How far the logarithm of the likelihood may be below its maximum: 95 % for one parameter."""
FORM_WEIGHT = 40
"""Items of a form that what follows from the memories counts for."""
_95_PERCENT = 1.96


@dataclass(frozen=True, slots=True)
class Expected:
    """A share of right answers with the bounds that hold it at 95 %; `skills` are those met, of `of` in the course."""

    share: float
    low: float
    high: float
    skills: int
    of: int

    @property
    def note(self) -> str:
        """Why nothing is said; empty where there is enough to say something."""
        if not self.skills:
            return NOT_MET()
        return TOO_LITTLE() if self.high - self.low > WIDEST else ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The shares to be expected on a day: of all items, and by syllabus item."""

    day: date
    whole: Expected
    items: Mapping[int, Expected]

    @property
    def rows(self) -> dict[str, Expected]:
        """The shares by what they are called."""
        return {READINESS_ALL(): self.whole} | {item_text(item): expected for item, expected in self.items.items()}

    def written(self) -> dict[str, Any]:
        """The values as `studyapp stats` gives them."""
        return {
            "day": self.day.isoformat(),
            **_written(self.whole),
            "items": [{"item": item, **_written(expected)} for item, expected in self.items.items()],
        }


def _written(expected: Expected) -> dict[str, Any]:
    shares = {name: round(getattr(expected, name), 4) for name in ("share", "low", "high")}
    return {**shares, "skills": expected.skills, "of": expected.of}


def readiness(history: History, library: Library, today: date, exam: date | None) -> Readiness | None:
    """What is to be expected on the day of the exam, today where none lies ahead; None where there is too little."""
    forms: tuple[Exam, ...] = ()
    with suppress(OSError):  # a log that cannot be read just now; the index goes without it
        forms = mock.submitted(history)
    day = max(today, exam or today)
    return readiness_of(library, history.memories(), history.predictions(BINS), forms, day)


def speeds_of(bins: Sequence[Predicted]) -> tuple[float, float, float]:
    """How much faster than the model says the learner forgets: least, likeliest, most, at 95 %."""

    def likelihood(speed: float) -> float:
        chances = ((group, min(0.999, max(0.001, after_longer(group.predicted, speed)))) for group in bins)
        return sum(group.right * log(p) + (group.answers - group.right) * log(1 - p) for group, p in chances)

    found = [likelihood(speed) for speed in SPEEDS]
    likely = [speed for speed, value in zip(SPEEDS, found, strict=True) if value >= max(found) - HALF_DROP]
    return likely[0], SPEEDS[found.index(max(found))], likely[-1]


def readiness_of(
    library: Library, memories: Mapping[str, Memory], bins: Sequence[Predicted], forms: Iterable[Exam], day: date
) -> Readiness | None:
    """What is to be expected on a day if nothing more were reviewed; None where there is too little to say."""
    answered = _answered(library, forms)
    if sum(group.answers for group in bins) + sum(count for _, count in answered.values()) < ENOUGH:
        return None
    skills: dict[int, list[str]] = {}
    for topic in library.topics:
        item = library.item_of(topic)
        if item is not None:
            skills.setdefault(item, []).extend(topic.skills)
    recalls = {skill: retrievability(memory, day) for skill, memory in memories.items()}
    every = [skill for group in skills.values() for skill in group]
    if not every:
        return None
    speeds = speeds_of(bins)
    right, count = (sum(column) for column in zip(*answered.values(), strict=True)) if answered else (0, 0)
    return Readiness(
        day,
        _expected(every, recalls, speeds, right, count, len(every)),
        {
            item: _expected(group, recalls, speeds, *answered.get(item, (0, 0)), len(every))
            for item, group in sorted(skills.items())
            if group and item
        },
    )


def _expected(
    skills: Sequence[str], recalls: Mapping[str, float], speeds: tuple[float, ...], right: int, count: int, whole: int
) -> Expected:
    def share(speed: float) -> float:
        return sum(chance(skill, speed) for skill in skills) / len(skills)

    def chance(skill: str, speed: float) -> float:
        recall = after_longer(recalls[skill], speed) if skill in recalls else 0.0
        return recall + (1 - recall) * GUESS

    slow, likely, fast = speeds
    weight = FORM_WEIGHT * len(skills) / whole
    variance = sum(p * (1 - p) for p in (chance(skill, likely) for skill in skills)) / len(skills) ** 2

    def with_forms(value: float) -> float:
        return (weight * value + right) / (weight + count)

    margin = _95_PERCENT * sqrt(variance) * weight / (weight + count)
    low, high = with_forms(share(fast)) - margin, with_forms(share(slow)) + margin
    met = sum(skill in recalls for skill in skills)
    return Expected(with_forms(share(likely)), max(0.0, low), min(1.0, high), met, len(skills))


def _answered(library: Library, forms: Iterable[Exam]) -> dict[int, tuple[int, int]]:
    """Right answers and items by syllabus item."""
    counts: dict[int, tuple[int, int]] = {}
    for exam in forms:
        for number, item in enumerate(exam.items):
            topic = library.topic(item.topic)
            key = library.item_of(topic) if topic is not None else None
            if key is not None:
                right, count = counts.get(key, (0, 0))
                counts[key] = right + exam.is_right(number), count + 1
    return counts
