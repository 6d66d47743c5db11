"""What a long history costs: `python tests/benchmarks/bench_history.py [--attempts 1000000] [--json]`.

Told are: the app's first paint and its filled home in a terminal, and opening with all that home asks, each beside an
empty history; how rebuilding the index grows; and saving an attempt beside a bare append with the same fsync.
Times are medians. Exit code 1: the first paint or home take more than 1.2 times as long, the index grows faster than by
the power of 1.1, or saving takes more than twice the bare append.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "kills"))
from running import Running

from studyapp.cli.context import shipped_content
from studyapp.domain.verdict import Attempt, Mode, Outcome, Part
from studyapp.domain.words import EN
from studyapp.history import History
from studyapp.history.attempts import ATTEMPT, body_of
from studyapp.history.event import BEFORE_ALL, Event, header, line_of
from studyapp.history.log import sync, write_all
from studyapp.study.daily import todays_plan
from studyapp.study.learner import Learner
from studyapp.study.library import Library

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
A_DAY = 300
"""Answers in a study day."""
SIZES = (5_000, 10_000, 20_000, 40_000)
LIMITS = {"first_paint_ratio": 1.2, "home_ratio": 1.2, "rebuild_exponent": 1.1, "save_ratio": 2.0}

APP = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from studyapp.cli.context import shipped_content
from studyapp.domain.words import EN
from studyapp.screens.app import run_app

now = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
run_app(EN, Path(sys.argv[1]), (shipped_content(),), lambda: now)
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
            event = Event(id=f"event-{number}", at=at, day=at.date(), kind=ATTEMPT, body=body_of(attempt))
            line, previous = line_of(event, previous)
            file.write(line)


def opened(folder: Path, library: Library) -> Learner:
    numbers = itertools.count()
    learner = Learner.open(folder, library, now=NOW, new_id=lambda: f"{time.time_ns()}-{next(numbers)}")
    assert isinstance(learner, Learner), learner
    return learner


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ask_for_home(folder: Path, library: Library) -> None:
    """Open the history, and ask what home and the day's session ask."""
    with opened(folder, library) as learner:
        learner.due(NOW.date(), library)
        learner.new(library)
        learner.today(NOW.date())
        todays_plan(learner.history, library, NOW.date(), None)


def start_app(folder: Path) -> tuple[float, float]:
    """Seconds until something is painted, and until home shows the topics."""
    begun = time.perf_counter()
    app = Running([sys.executable, "-c", APP, str(folder)], terminal=True)
    app.until("studyapp")
    painted = time.perf_counter() - begun
    app.until("TOPICS|Topics|topics")
    filled = time.perf_counter() - begun
    app.kill()
    return painted, filled


def growth(folder: Path, library: Library) -> tuple[list[float], float]:
    """Seconds to rebuild the index over several sizes, and the exponent by which they grow."""
    taken = []
    for size in SIZES:
        place = folder / str(size)
        write_log(place, library, size)
        runs = []
        for _ in range(3):
            for index in place.glob("index.sqlite*"):
                index.unlink()
            runs.append(seconds(lambda place=place: opened(place, library).close()))
        taken.append(statistics.median(runs))
    logs = [math.log(size) for size in SIZES]
    slope = statistics.linear_regression(logs, [math.log(one) for one in taken]).slope
    return taken, slope


def commits(folder: Path, library: Library, count: int = 300) -> tuple[float, float]:
    """Median seconds to save an attempt, and to append a line of the same length with the same fsync."""
    saved, bare = [], []
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with opened(folder, library) as learner:
        history: History = learner.history
        for attempt in attempts(library, count):
            size = (folder / "history.jsonl").stat().st_size
            saved.append(seconds(lambda attempt=attempt: history.record(attempt, at=NOW, day=NOW.date())))
            line = b"x" * ((folder / "history.jsonl").stat().st_size - size)
            bare.append(seconds(lambda line=line: (write_all(descriptor, line), sync(descriptor))))
    os.close(descriptor)
    return statistics.median(saved), statistics.median(bare)


def measure(folder: Path, count: int, rounds: int) -> dict[str, object]:
    library = Library.load([shipped_content()], folder / "library.json", "en", EN)
    empty, long = folder / "empty", folder / "long"
    write_log(empty, library, 0)
    writing = seconds(lambda: write_log(long, library, count))
    rebuild = seconds(lambda: opened(long, library).close())
    for place in (empty, long):
        (place / "cache").mkdir()
        shutil.copy(folder / "library.json", place / "cache" / "library.json")
        (place / "settings.json").write_text('{"exam_date": "2027-02-01"}', encoding="utf-8")  # no welcome
        start_app(place)  # whatever is done once
    asked: dict[Path, list[float]] = {empty: [], long: []}
    started: dict[Path, list[tuple[float, float]]] = {empty: [], long: []}
    for _ in range(rounds):
        for place in (empty, long):
            asked[place].append(seconds(lambda place=place: ask_for_home(place, library)))
            started[place].append(start_app(place))
    taken, slope = growth(folder, library)
    saved, bare = commits(long, library)
    median = statistics.median

    def beside(name: str, of: Callable[[Path], list[float]]) -> dict[str, float]:
        one, other = median(of(empty)), median(of(long))
        return {f"{name}_empty_ms": one * 1000, f"{name}_long_ms": other * 1000, f"{name}_ratio": other / one}

    return {
        "attempts": count,
        "rounds": rounds,
        "log_mb": (long / "history.jsonl").stat().st_size / 1e6,
        "index_mb": (long / "index.sqlite").stat().st_size / 1e6,
        "writing_s": writing,
        "rebuild_s": rebuild,
        **beside("first_paint", lambda place: [one for one, _ in started[place]]),
        **beside("home", lambda place: [one for _, one in started[place]]),
        **beside("open_and_ask", lambda place: asked[place]),
        "rebuild_sizes": SIZES,
        "rebuild_sizes_s": taken,
        "rebuild_exponent": slope,
        "save_ms": saved * 1000,
        "bare_append_ms": bare * 1000,
        "save_ratio": saved / bare,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), given.attempts, given.rounds)
    if given.json:
        print(json.dumps(found, indent=2))  # noqa: T201 — its report
    else:
        for name, value in found.items():
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            print(f"{name:<24} {shown}")  # noqa: T201 — its report
    sys.exit(any(float(str(found[name])) > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    main()
