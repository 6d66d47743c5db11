"""What a history of 1,000,000 answers costs, at the start and at each answer.

Measured are the app's first paint and its filled home, each beside an empty history; saving an attempt beside an append
with the same fsync and one row in one SQLite transaction; folding the whole log; and how folding grows.
"""

import gc
import itertools
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studyapp.cli.context import shipped_content
from studyapp.domain.files import sync, write_all
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Attempt, Mode, Outcome, Part
from studyapp.history.event import BEFORE_ALL, Event, Kind, body_of, header, line_of
from studyapp.history.history import History
from studyapp.study.learner import open_learner
from studyapp.study.library import Library
from studyapp.study.settings import Settings
from tests.benchmarks.measuring import Pair, Row, growing, in_turns, limited, seconds
from tests.benchmarks.terminal import HOME, until_shown, welcomed

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
A_DAY = 300
"""Answers in a study day."""
SIZES = (5_000, 10_000, 20_000, 40_000)
ATTEMPTS = 1_000_000
COMMITS = 300

APP = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from studyapp.cli.app import launch
from studyapp.cli.context import Context, shipped_content
from studyapp.domain.text import set_language

set_language("en")
now = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
launch(Context(Path(sys.argv[1]), (shipped_content(),), now=now))
"""


def attempts(library: Library, count: int) -> Iterator[Attempt]:
    """Answers over the skills of the course, four in five of them right."""
    chance = random.Random(1)
    exercises = [one for found in library.skills.values() for one in found]
    for seed in range(count):
        exercise = chance.choice(exercises)
        right = chance.random() < 0.8
        verdict, mistake = (Outcome.CORRECT, None) if right else (Outcome.WRONG, chance.choice(["sign", "factor"]))
        yield Attempt(
            exercise=exercise.id, topic=exercise.topic, seed=seed, version="0123456789ab", prompt="p" * 200,
            parts=(Part("answer", exercise.skill, "0.5108", verdict, mistake),),
            active_ms=20_000, key="0.5108", mode=Mode.MIXED,
        )  # fmt: skip


def write_log(folder: Path, library: Library, count: int) -> None:
    """A log with so many attempts, the last of them on the day before."""
    folder.mkdir(parents=True)
    start = NOW - timedelta(days=1 + count // A_DAY)
    first = header("header", start, start.date())
    with (folder / "history.jsonl").open("wb") as file:
        line, previous = line_of(first, BEFORE_ALL)
        file.write(line)
        for number, attempt in enumerate(attempts(library, count)):
            at = start + timedelta(days=number // A_DAY, seconds=number % A_DAY)
            event = Event(id=f"event-{number}", at=at, day=at.date(), kind=Kind.ATTEMPT, body=body_of(attempt))
            line, previous = line_of(event, previous)
            file.write(line)


def opened(folder: Path, library: Library) -> History:
    numbers = itertools.count()
    history = open_learner(folder, library, Settings(), now=NOW, new_id=lambda: f"{time.time_ns()}-{next(numbers)}")
    assert isinstance(history, History), history
    return history


def starting(folder: Path, shown: str) -> float:
    """Seconds from the launch of the app until something is shown."""
    return until_shown([sys.executable, "-c", APP, str(folder)], shown)


def rebuilding(place: Path, library: Library) -> float:
    """Seconds to open a history whose index is gone."""
    for index in place.glob("index.sqlite*"):
        index.unlink()
    return seconds(lambda: opened(place, library).close())


def commits(folder: Path, library: Library) -> Pair:
    """Seconds to save each of some attempts, and to append a line of the same length and store one row of it.

    The append has the same fsync; the row is committed to a file with a write-ahead log, as the index is.
    """
    saved, bare = [], []
    log = folder / "history.jsonl"
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    table = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    table.execute("PRAGMA journal_mode = WAL").close()
    table.execute("PRAGMA synchronous = NORMAL").close()
    table.execute("CREATE TABLE IF NOT EXISTS line (number INTEGER PRIMARY KEY, text BLOB)")

    def store(line: bytes) -> None:
        write_all(descriptor, line)
        sync(descriptor)
        table.execute("BEGIN IMMEDIATE")
        table.execute("INSERT INTO line (text) VALUES (?)", (line,))
        table.execute("COMMIT")

    with opened(folder, library) as history:
        for attempt in attempts(library, COMMITS):
            size = log.stat().st_size
            saved.append(seconds(lambda attempt=attempt: history.record(attempt, at=NOW, day=NOW.date())))
            line = b"x" * (log.stat().st_size - size)
            bare.append(seconds(lambda line=line: store(line)))
    os.close(descriptor)
    table.close()
    return Pair(tuple(saved), tuple(bare))


def rows(rounds: int) -> Iterator[Row]:
    """Home, saving, and growth."""
    set_language("en")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = folder / "course"
        library = Library.load([shipped_content()], course / "library.json", "en")
        empty, long = folder / "empty", folder / "long"
        for place, count in ((empty, 0), (long, ATTEMPTS)):
            write_log(place, library, count)
            folding = seconds(lambda: opened(place, library).close())
            shutil.copytree(course, place / "cache")
            welcomed(place)
        yield limited(f"folding {ATTEMPTS:,} events", folding, "s", 240)
        os.sync()  # else the first who waits for the disk waits for a million answers
        for what, shown in (("first paint", "studyapp"), ("filled", HOME)):
            pair = in_turns(
                lambda: starting(long, shown),
                lambda: starting(empty, shown),
                rounds,
            )
            yield pair.at_most(f"home {what}, {ATTEMPTS:,} attempts", "empty history", 1.2)
        gc.collect()
        gc.freeze()  # as the app does once it is loaded
        yield commits(long, library).at_most("committing an attempt", "append with fsync and one SQLite row", 1.5)
        for size in SIZES:
            write_log(folder / str(size), library, size)
        few = max(3, rounds // 3)
        yield growing("index by attempts", SIZES, lambda size: rebuilding(folder / str(size), library), few)
