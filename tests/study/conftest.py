"""What the tests of the learner share: a course without pages, and a learner over a folder."""

import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from studyapp.domain.kind import Kind
from studyapp.domain.place import PageSource
from studyapp.domain.question import NumberKey, Question
from studyapp.domain.verdict import Attempt, Help, Outcome, Part
from studyapp.history.event import Event
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study import learner
from studyapp.study.daily import todays_plan
from studyapp.study.entries import ExerciseEntry, TopicEntry
from studyapp.study.library import Library, _library
from studyapp.study.settings import Settings

TOKYO = timezone(timedelta(hours=9))
MORNING = datetime(2026, 4, 1, 9, 0, tzinfo=TOKYO)
TODAY = MORNING.date()


def exercise_entry(exercise_id: str, topic: str, skill: str = "", aliases: tuple[str, ...] = ()) -> ExerciseEntry:
    source = PageSource(topic, f"content/ja/{topic}.md")
    return ExerciseEntry(
        id=exercise_id,
        topic=topic,
        skill=skill or exercise_id,
        kind=Kind.NUMBER,
        headings={"ja": exercise_id},
        aliases=aliases,
        confuses=(),
        line=10,
        column=1,
        source=source,
    )


def topic_entry(
    topic: str, *exercises: ExerciseEntry, requires: tuple[str, ...] = (), item: tuple[int, ...] = (13,)
) -> TopicEntry:
    return TopicEntry(
        id=topic,
        titles={"ja": topic},
        item=item,
        requires=requires,
        covers=(),
        exercises=exercises,
        source=PageSource(topic, f"content/ja/{topic}.md"),
    )


def library_of(*topics: TopicEntry) -> Library:
    return _library(list(topics), [])


def attempt_at(
    skill: str, verdict: Outcome = Outcome.CORRECT, topic: str = "losses/a", taken: Help = Help.NONE, mode: str = ""
) -> Attempt:
    part = Part("answer", skill, "1", verdict, "sign" if verdict is Outcome.WRONG else None, taken)
    return Attempt(
        exercise=skill, topic=topic, seed=1, version="v", prompt="?", parts=(part,), active_ms=500, mode=mode
    )


def question(**changes: object) -> Question:
    fields: dict[str, object] = {
        "exercise": "ce-onehot",
        "skill": "ce",
        "topic": "losses/cross-entropy",
        "seed": 7,
        "kind": Kind.NUMBER,
        "language": "ja",
        "version": "v",
        "heading": "",
        "prompt": "?",
        "values": {},
        "key": NumberKey("0.5108", digits=4),
        "answer": "0.5108",
        "hints": ("one", "two", "three"),
    }
    return Question(**(fields | changes))  # type: ignore[arg-type] - the tests name the fields


def record(history: History, attempt: Attempt, at: datetime) -> Event:
    return history.record(attempt, at=at, day=study_day(at))


def due(history: History, day: date, library: Library) -> tuple[str, ...]:
    return todays_plan(history, library, day, Settings()).due


@pytest.fixture
def open_learner(tmp_path: Path) -> Callable[..., History]:
    numbers = itertools.count(1)

    def opened(library: Library, retention: float = 0.9) -> History:
        settings, new_id = Settings(retention=retention), lambda: f"event-{next(numbers)}"
        history = learner.open_learner(tmp_path / "data", library, settings, now=MORNING, new_id=new_id)
        assert isinstance(history, History), history
        return history

    return opened


@pytest.fixture
def history(open_learner: Callable[..., History], request: pytest.FixtureRequest) -> Iterator[History]:
    """The history of a learner of the module's course."""
    with open_learner(request.module.COURSE) as opened:
        yield opened
