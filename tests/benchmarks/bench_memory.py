"""The memory that the app and its kernel hold, beside what they are built on."""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.bench_question import READY, WARM, section_read
from tests.benchmarks.measuring import Row, in_turns
from tests.benchmarks.terminal import HOME, answered, data_folder, hello, kernel_of, resident, started, studyapp

IMPORTED = [sys.executable, "-c", "import numpy, sympy; print('Imported', flush=True); input()"]


def alone(command: Sequence[str], shown: str) -> float:
    """MB of a program that has shown something."""
    with started(command) as app:
        app.until(shown)
        time.sleep(1)
        return resident(app.process.pid)


def app_and_kernel(data: Path) -> tuple[float, float]:
    """MB of the app and of its kernel, with the first question on the screen."""
    with started(studyapp(data)) as app:
        app.until(HOME)
        time.sleep(WARM)
        answered(app, "s", READY)
        return resident(app.process.pid), resident(kernel_of(app))


def rows(rounds: int) -> Iterator[Row]:
    """A row for each process."""
    few = max(3, rounds // 3)
    with data_folder() as data:
        section_read(data)
        app = in_turns(lambda: app_and_kernel(data)[0], lambda: alone(hello(), "Hello"), few)
        kernel = in_turns(lambda: app_and_kernel(data)[1], lambda: alone(IMPORTED, "Imported"), few)
    yield app.at_most("memory of the app's process", "bare Textual hello app", 1.4, scale=1, unit="MB")
    yield kernel.at_most("memory of the kernel", "import numpy, sympy", 0.8, scale=1, unit="MB")
