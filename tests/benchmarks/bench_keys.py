"""How long typed keys take to be seen while the kernel starts, beside the same app without a kernel."""

from collections.abc import Iterator, Sequence

from tests.benchmarks.measuring import Row, in_turns
from tests.benchmarks.terminal import HOME, answered, data_folder, started, studyapp, until_shown, without_kernel

KEYS = [chr(0x100 + place) for place in range(80)]
"""Characters that stand nowhere else, so that each is seen when it is echoed."""


def worst(command: Sequence[str]) -> float:
    """Seconds of the slowest echo of 80 keys, typed into the search as soon as home shows the course."""
    with started(command) as app:
        app.until(HOME)
        answered(app, "/", "words")
        return max(answered(app, key, key) for key in KEYS)


def rows(rounds: int) -> Iterator[Row]:
    """The row of the echo."""
    with data_folder() as data:
        until_shown(studyapp(data), HOME)
        pair = in_turns(lambda: worst(studyapp(data)), lambda: worst(without_kernel(data)), rounds)
    yield pair.at_most("key echo while the kernel starts, worst of 80", "without kernel", 1.5)
