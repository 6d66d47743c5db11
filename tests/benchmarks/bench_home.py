"""From the launch to the first painted home, beside a bare Textual app; home of the whole course beside its core."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

from studyapp.study.courses import FOLDER
from tests.benchmarks.bench_pages import CONTENT, CORE
from tests.benchmarks.measuring import Row, in_turns
from tests.benchmarks.terminal import HOME, OPENING, data_folder, hello, studyapp, until_shown


def core_course(data: Path) -> list[str]:
    """The command of the app with the core course alone."""
    for language in ("ja", "en"):
        for area in CORE:
            copytree(CONTENT / language / area, data / FOLDER / "core" / language / area)
    return studyapp(data, "--course", "core")


def rows(rounds: int) -> Iterator[Row]:
    """The rows of the launch."""
    with data_folder() as data, data_folder() as other:
        whole, core = studyapp(data), core_course(other)
        until_shown(whole, HOME)
        until_shown(core, HOME)
        pair = in_turns(lambda: until_shown(whole, OPENING), lambda: until_shown(hello(), "Hello"), rounds)
        yield pair.at_most("launch to first painted home", "bare Textual hello app", 1.15)
        pair = in_turns(lambda: until_shown(whole, HOME), lambda: until_shown(core, HOME), rounds)
        yield pair.at_most("launch to home filled, the whole course", "the core course", 1.1)
