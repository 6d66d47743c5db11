"""From the launch to a question that can be answered, and from home where the kernel is warm."""

import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measuring import Row, in_turns
from tests.benchmarks.terminal import HOME, answered, data_folder, hello, started, studyapp, until_shown

LESSON = "leads to its"
"""A new skill begins with its section, whose last line says where Enter leads; it is shown once."""
READY = "F2|F4"
"""The keys for a hint and for the solution are named once a question is shown."""
WARM = 3.0
"""Seconds after which the kernel has started; they are not waited for."""


def section_read(data: Path) -> None:
    """Leave the folder as that of a learner who has read the first section and not answered yet."""
    with started(studyapp(data)) as app:
        app.until(HOME)
        answered(app, "s", LESSON)
        answered(app, "\r", READY)


def first_question(data: Path) -> float:
    """Seconds from the launch, `s` being pressed as soon as home shows the course."""
    begun = time.perf_counter()
    with started(studyapp(data)) as app:
        app.until(HOME)
        app.send("s")
        app.until(READY)
        return time.perf_counter() - begun


def warm_question(data: Path) -> float:
    """Seconds from `s` on home."""
    with started(studyapp(data)) as app:
        app.until(HOME)
        time.sleep(WARM)
        return answered(app, "s", READY)


def rows(rounds: int) -> Iterator[Row]:
    """The rows of the first question."""
    with data_folder() as data:
        section_read(data)
        sides = {
            "launch to first question ready": (first_question, 2.5),
            "first question from home, kernel warm": (warm_question, 0.25),
        }
        for what, (work, most) in sides.items():
            pair = in_turns(lambda: work(data), lambda: until_shown(hello(), "Hello"), rounds)
            yield pair.at_most(what, "bare Textual hello app", most)
