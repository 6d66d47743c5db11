"""Progress in numbers: what the history amounts to."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import Any

from studyapp.domain.record import Count, Predicted, SkillRecord
from studyapp.domain.text import Text
from studyapp.history.history import History
from studyapp.scheduling import retrievability
from studyapp.study.entries import area_of
from studyapp.study.levels import Level, level_of
from studyapp.study.outlook import BOUNDS, Projection, calendar, forecast, projected

AREAS = {
    "": Text(ja="そのほか", en="Other pages"),
    "losses": Text(ja="損失関数", en="Loss functions"),
    "backprop": Text(ja="誤差逆伝播法", en="Backpropagation"),
    "descent": Text(ja="勾配降下法", en="Gradient descent"),
    "generative": Text(ja="生成モデル", en="Generative models"),
    "learning": Text(ja="学習と汎化", en="Learning"),
    "metric": Text(ja="距離学習", en="Metric learning"),
}
LEVELS = {
    "new": Text(ja="未学習", en="new"),
    "begun": Text(ja="学習中", en="begun"),
    "learned": Text(ja="学習済み", en="learned"),
    "mastered": Text(ja="習得", en="mastered"),
}
NO_SKILLS = Text(
    ja="記憶のある技能がまだないので、見込みは出せません。",
    en="No skill has a memory yet, so there is no projection.",
)

SHOWN_LEVELS = (Level.BEGUN, Level.LEARNED, Level.MASTERED)


def stats(history: History, day: date, exam: date | None = None) -> dict[str, Any]:
    """The numbers behind `studyapp stats --json`, as of a study day.

    `attempts` are answered questions, `first_attempts` those parts that came first on their skill in their study day
    and so moved its memory; `skills` counts the skills with a memory, `due` those of them that are due. Then the same
    by area, how often each mistake was made, every study day, and every skill; skills by level, what falls due in the
    coming days, retention against prediction, the last four weeks, and, with the date of an `exam`, what of it all
    would be recalled then.
    """
    days, records = history.days(), history.skills()
    known = [record for record in records if record.memory is not None]
    memories = {record.skill: record.memory for record in known if record.memory is not None}
    bins = history.predictions(BOUNDS)
    total = _sum(count for _, count in days)
    return {
        "day": day.isoformat(),
        **_counts(total),
        "due": sum(_is_due(record, day) for record in known),
        "skills": len(known),
        "by_area": _by_area(history.topics(), known, day),
        "mistakes": _mistakes(history),
        "days": [{"day": one.isoformat(), **_counts(count)} for one, count in days],
        "memories": [_memory(record, day) for record in known],
        "levels": {level.value: sum(level_of(record) is level for record in known) for level in SHOWN_LEVELS},
        "forecast": [{"day": one.isoformat(), "due": count} for one, count in forecast(memories, day)],
        "retention": [_bin(one) for one in bins],
        "calendar": [{"day": one.isoformat(), "attempts": count} for one, count in calendar(days, day)],
        "projection": _projection(projected(memories, exam, bins)) if exam is not None and exam >= day else None,
    }


def _bin(found: Predicted) -> dict[str, float]:
    """One bin of first answers of a day: their mean predicted recall beside the share that was right."""
    return {
        "low": found.low,
        "high": min(1.0, found.high),
        "answers": found.answers,
        "predicted": round(found.predicted, 4),
        "recalled": round(found.right / found.answers, 4),
    }


def _projection(found: Projection | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "exam": found.exam.isoformat(),
        "skills": found.skills,
        "recall": round(found.recall, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "answers": found.answers,
        "few": found.few,
    }


def _sum(counts: Any) -> Count:
    found = [(one.attempts, one.correct, one.first, one.first_correct, one.active_ms) for one in counts]
    return Count(*(sum(column) for column in zip(*found, strict=True))) if found else Count()


def _counts(count: Count) -> dict[str, int]:
    return {
        "attempts": count.attempts,
        "correct": count.correct,
        "first_attempts": count.first,
        "first_correct": count.first_correct,
        "active_ms": count.active_ms,
    }


def _is_due(record: SkillRecord, day: date) -> bool:
    return record.memory is not None and record.memory.due_day <= day


def _by_area(topics: dict[str, Count], known: list[SkillRecord], day: date) -> dict[str, dict[str, Any]]:
    areas = sorted({area_of(topic) for topic in topics})
    return {
        area: {
            **_counts(_sum(count for topic, count in topics.items() if area_of(topic) == area)),
            "skills": sum(area_of(record.topic) == area for record in known),
            "due": sum(area_of(record.topic) == area and _is_due(record, day) for record in known),
            "stability": _stability([record for record in known if area_of(record.topic) == area]),
        }
        for area in areas
    }


def _stability(known: list[SkillRecord]) -> float | None:
    """The median stability of some skills, in days; None where there are none."""
    found = [record.memory.stability for record in known if record.memory is not None]
    return round(median(found), 2) if found else None


def _mistakes(history: History) -> dict[str, int]:
    times: dict[str, int] = {}
    for record in history.mistakes():
        times[record.mistake] = times.get(record.mistake, 0) + record.times
    return dict(sorted(times.items(), key=lambda one: (-one[1], one[0])))


def _memory(record: SkillRecord, day: date) -> dict[str, Any]:
    memory = record.memory
    assert memory is not None
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


def area_text(area: str) -> str:
    """The name of an area; its own where it has none here."""
    return AREAS[area]() if area in AREAS else area
