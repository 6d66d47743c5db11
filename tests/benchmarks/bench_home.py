"""From the launch to the first painted home, beside a bare Textual app."""

from collections.abc import Iterator

from tests.benchmarks.measuring import Row, in_turns
from tests.benchmarks.terminal import HOME, OPENING, data_folder, hello, studyapp, until_shown


def rows(rounds: int) -> Iterator[Row]:
    """The row of the launch."""
    with data_folder() as data:
        until_shown(studyapp(data), HOME)
        pair = in_turns(lambda: until_shown(studyapp(data), OPENING), lambda: until_shown(hello(), "Hello"), rounds)
    yield pair.at_most("launch to first painted home", "bare Textual hello app", 1.3)
