"""How far the learner has come, in numbers: levels, a session, what lies ahead, the whole history."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt
from typing import Any

from studyapp.domain.record import Count, Memory, Predicted, SkillRecord
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.history.history import History
from studyapp.scheduling import retrievability
from studyapp.study.entries import area_of

LEVELS = {
    "new": Text(ja="未学習", en="new"),
    "begun": Text(ja="学習中", en="begun"),
    "learned": Text(ja="学習済み", en="learned"),
    "mastered": Text(ja="習得", en="mastered"),
}
FORECAST = Text(ja="これから 14 日の復習", en="Due in the next 14 days")

MIXED_DAYS = 2
"""Study days on which a skill was recognised and recalled in a mixed session, before it counts as mastered."""
LASTING = 14.0  # days of stability from which it does
FORECAST_DAYS = 14
CALENDAR_DAYS = 28
WEEKS = 12
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)  # the bins of predicted recall
ENOUGH = 30  # first answers with a prediction, below which a projection is little more than the model's word
_95_PERCENT = 1.96


class Level(StrEnum):
    """From not met to mastered; begun is what was met and not recalled last time."""

    NEW = "new"
    BEGUN = "begun"
    LEARNED = "learned"
    MASTERED = "mastered"


LEVEL_STEPS = {Level.NEW: 0, Level.BEGUN: 1, Level.LEARNED: 2, Level.MASTERED: 3}
"""The levels as steps of a bar."""


def level_of(record: SkillRecord) -> Level:
    """The level of a skill that was met."""
    if record.memory is None:
        return Level.NEW
    if record.mixed_days >= MIXED_DAYS and record.memory.stability >= LASTING:
        return Level.MASTERED
    return Level.LEARNED if record.last_right else Level.BEGUN


@dataclass(frozen=True, slots=True)
class Standing:
    """The memories, the day's counts and the levels at a moment of a study day."""

    memories: Mapping[str, Memory]
    today: Count
    levels: Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class Moved:
    """A skill whose memory moved: its stability in days, None where it had no memory, and after."""

    skill: str
    before: float | None
    after: float


@dataclass(frozen=True, slots=True)
class Risen:
    """A skill that has come to another level."""

    skill: str
    before: Level
    after: Level


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in numbers: what was `done` in it; `tomorrow` counts the skills due by then."""

    done: Count
    moved: tuple[Moved, ...]
    tomorrow: int
    weakest: str | None
    risen: tuple[Risen, ...]


def standing(history: History, day: date) -> Standing:
    """The state of the learner at this moment of a study day."""
    levels = {record.skill: level_of(record) for record in history.skills()}
    return Standing(history.memories(), history.on_day(day), levels)


def summed(before: Standing, after: Standing, day: date) -> Summary:
    """What happened on a study day between two moments; what moved most comes first, levels by the skills' names."""
    moved = [
        Moved(skill, old.stability if (old := before.memories.get(skill)) else None, memory.stability)
        for skill, memory in after.memories.items()
        if before.memories.get(skill) != memory
    ]
    risen = (Risen(skill, before.levels.get(skill, Level.NEW), level) for skill, level in sorted(after.levels.items()))
    tomorrow = day + timedelta(days=1)
    counts = zip(astuple(after.today), astuple(before.today), strict=True)
    return Summary(
        done=Count(*(count - earlier for count, earlier in counts)),
        moved=tuple(sorted(moved, key=lambda moved: (-abs(moved.after - (moved.before or 0.0)), moved.skill))),
        tomorrow=sum(memory.due_day <= tomorrow for memory in after.memories.values()),
        weakest=min(
            after.memories, key=lambda skill: (retrievability(after.memories[skill], tomorrow), skill), default=None
        ),
        risen=tuple(change for change in risen if change.before is not change.after),
    )


def forecast(memories: Mapping[str, Memory], day: date, days: int = FORECAST_DAYS) -> tuple[tuple[date, int], ...]:
    """Skills that fall due on each of the coming days, today with all that is overdue, if nothing is reviewed."""
    counts = Counter(max(0, (memory.due_day - day).days) for memory in memories.values())
    return tuple((day + timedelta(days=ahead), counts[ahead]) for ahead in range(days))


def calendar(days: Sequence[tuple[date, Count]], day: date) -> tuple[tuple[date, int], ...]:
    """How many questions were answered on each of the last four weeks' days, today last. There is no streak to lose."""
    attempts = {studied: count.attempts for studied, count in days}
    span = (day - timedelta(days=ahead) for ahead in reversed(range(CALENDAR_DAYS)))
    return tuple((shown, attempts.get(shown, 0)) for shown in span)


def projected(memories: Mapping[str, Memory], exam: date, bins: Sequence[Predicted]) -> dict[str, Any] | None:
    """The share of the skills met that would be recalled on the day of the exam if nothing more were reviewed.

    `low` and `high` bound it at 95 %. It rests on `answers`: first answers of a day that could be compared with their
    prediction, by whose error it is corrected unless they are too `few`. The spread of the share over skills and that
    of the correction are added as variances: sum p(1-p)/n^2 and r(1-r)/answers. None where no skill has a memory yet.
    """
    chances = [retrievability(memory, exam) for memory in memories.values()]
    if not chances:
        return None
    answers = sum(group.answers for group in bins)
    recall = sum(chances) / len(chances)
    variance = sum(chance * (1 - chance) for chance in chances) / len(chances) ** 2
    if answers >= ENOUGH:
        right = sum(group.right for group in bins) / answers
        recall += right - sum(group.predicted * group.answers for group in bins) / answers
        variance += right * (1 - right) / answers
    margin = _95_PERCENT * sqrt(variance)
    return {
        "exam": exam.isoformat(),
        "skills": len(chances),
        "recall": round(_share(recall), 4),
        "low": round(_share(recall - margin), 4),
        "high": round(_share(recall + margin), 4),
        "answers": answers,
        "few": answers < ENOUGH,
    }


def interval(right: int, answers: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score: honest for few answers, and never outside 0 to 1.

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Source: Wilson 1927. Without answers it is 0 to 1.
    """
    if not answers:
        return 0.0, 1.0
    share, square = right / answers, _95_PERCENT**2
    middle = share + square / (2 * answers)
    margin = _95_PERCENT * sqrt(share * (1 - share) / answers + square / (4 * answers**2))
    whole = 1 + square / answers
    return _share((middle - margin) / whole), _share((middle + margin) / whole)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def weeks(history: History, day: date) -> list[dict[str, Any]]:
    """What was done in each of the last weeks, in all and by area; they begin on Mondays, the last is that of today."""
    monday = day - timedelta(days=day.weekday())
    starts = [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]
    done: dict[date, dict[str, list[Count]]] = {start: {} for start in starts}
    for studied, topic, count in history.counts(starts[0]):
        if studied <= day:
            start = studied - timedelta(days=studied.weekday())
            done[start].setdefault(area_of(topic), []).append(count)
    return [
        {
            "week": start.isoformat(),
            **_counts(count for counts in areas.values() for count in counts),
            "by_area": {area: _counts(counts) for area, counts in sorted(areas.items())},
        }
        for start, areas in done.items()
    ]


def had(bins: Sequence[Predicted]) -> dict[str, Any]:
    """Of the first answers of a day on what was known, the share that was right, with the bounds that hold at 95 %."""
    answers, right = sum(group.answers for group in bins), sum(group.right for group in bins)
    low, high = interval(right, answers)
    recalled = round(right / answers, 4) if answers else None
    return {"answers": answers, "recalled": recalled, "low": round(low, 4), "high": round(high, 4)}


def stats(history: History, day: date, exam: date | None = None) -> dict[str, Any]:
    """The numbers behind `studyapp stats --json`; `first_attempts` came first on their skill in their study day."""
    days = history.days()
    known = [(record, record.memory) for record in history.skills() if record.memory is not None]
    memories = {record.skill: memory for record, memory in known}
    levels = [level_of(record) for record, _ in known]
    bins = history.predictions(BOUNDS)
    return {
        "day": day.isoformat(),
        **_counts(count for _, count in days),
        "due": sum(memory.due_day <= day for _, memory in known),
        "skills": len(known),
        "by_area": _by_area(history.topics(), known, day),
        "mistakes": _mistakes(history),
        "days": [{"day": studied.isoformat(), **_counts([count])} for studied, count in days],
        "memories": [_memory(record, memory, day) for record, memory in known],
        "levels": {level.value: levels.count(level) for level in Level if level is not Level.NEW},
        "forecast": [{"day": ahead.isoformat(), "due": count} for ahead, count in forecast(memories, day)],
        "retention": [
            {
                "low": group.low,
                "high": min(1.0, group.high),
                "answers": group.answers,
                "predicted": round(group.predicted, 4),
                "recalled": round(group.right / group.answers, 4),
            }
            for group in bins
        ],
        "had": had(bins),
        "weeks": weeks(history, day),
        "calendar": [{"day": shown.isoformat(), "attempts": count} for shown, count in calendar(days, day)],
        "projection": projected(memories, exam, bins) if exam is not None and exam >= day else None,
    }


def _counts(counts: Iterable[Count]) -> dict[str, int]:
    names = ("attempts", "correct", "first_attempts", "first_correct", "active_ms")
    return dict(zip(names, map(sum, zip(astuple(Count()), *map(astuple, counts), strict=True)), strict=True))


def _by_area(
    topics: Mapping[str, Count], known: Sequence[tuple[SkillRecord, Memory]], day: date
) -> dict[str, dict[str, Any]]:
    from statistics import median

    areas = {}
    for area in sorted({area_of(topic) for topic in topics}):
        memories = [memory for record, memory in known if area_of(record.topic) == area]
        areas[area] = {
            **_counts(count for topic, count in topics.items() if area_of(topic) == area),
            "skills": len(memories),
            "due": sum(memory.due_day <= day for memory in memories),
            "stability": round(median(memory.stability for memory in memories), 2) if memories else None,
        }
    return areas


def _mistakes(history: History) -> dict[str, int]:
    times = Counter[str]()
    for record in history.mistakes():
        times[record.mistake] += record.times
    return dict(sorted(times.items(), key=lambda mistake: (-mistake[1], mistake[0])))


def _memory(record: SkillRecord, memory: Memory, day: date) -> dict[str, Any]:
    return {
        "skill": record.skill,
        "topic": record.topic,
        "level": level_of(record).value,
        "stability": round(memory.stability, 4),
        "difficulty": round(memory.difficulty, 4),
        "retrievability": round(retrievability(memory, day), 4),
        "last_day": memory.last_day.isoformat(),
        "due_day": memory.due_day.isoformat(),
        "reviews": memory.reviews,
        "lapses": memory.lapses,
    }
