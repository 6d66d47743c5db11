"""From Enter to the verdict on a typed answer: a number and a formula in turns, each time with fresh numbers."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import Row, limited
from tests.benchmarks.terminal import HOME, answered, data_folder, settled, started, studyapp, until_shown

EXERCISES = {"mse-mean": "0.5", "grad-softmax-ce-expression": "y_1"}
"""Exercises and an answer to each that is no key: a wrong answer costs most, for its slip is looked for."""
ANSWERS = 50  # to each
VERDICT = "take back"
"""The key that takes an answer back is named once there is a verdict."""
TYPED = "F2|F4"
"""The keys for a hint and for the solution are named while a question waits for an answer."""
GUARD = 0.4  # seconds after a verdict in which no key leads on, and some more


def verdicts(data: Path, exercise: str, answer: str) -> list[float]:
    """Seconds from Enter to each verdict on an exercise."""
    with started(studyapp(data)) as app:
        app.until(HOME)
        settled(app, "/", quiet=3)
        settled(app, exercise, quiet=1)
        answered(app, "\r", TYPED)
        taken = []
        for _ in range(ANSWERS):
            settled(app, answer)
            taken.append(answered(app, "\r", VERDICT))
            time.sleep(GUARD)
            answered(app, "r", TYPED)
        return taken


def rows(_: int) -> Iterator[Row]:
    """The rows of the verdict."""
    with data_folder() as data:
        until_shown(studyapp(data), HOME)
        taken = [1000 * seconds for name, answer in EXERCISES.items() for seconds in verdicts(data, name, answer)]
    yield limited("Enter to verdict, median of 100", median(taken), "ms", 50)
    yield limited("Enter to verdict, worst of 100", max(taken), "ms", 150, all=taken)
