"""Home and search with 1,000 topics and 10,000 exercises, beside the shipped course; and how home grows."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.bench_pages import EXERCISES, PAGES, generate
from tests.benchmarks.measuring import Row, growing, in_turns, limited
from tests.benchmarks.terminal import HOME, OPENING, data_folder, settled, started, studyapp, until_shown, welcomed

TYPED = "squared"
"""Found on every one of the pages: there is nothing harder to show."""
SIZES = (125, 250, 500, 1000)


def many(data: Path, pages: int) -> list[str]:
    """The command of the app with so many topics more, their index made."""
    content = data / f"content-{pages}"
    generate(content, pages)
    subprocess.run(studyapp(data, "--content", str(content), "topics"), stdout=subprocess.DEVNULL, check=True)
    return studyapp(data, "--content", str(content))


def search(command: list[str]) -> list[float]:
    """Seconds from each key until everything that is found with it is shown."""
    with started(command) as app:
        app.until(HOME)
        settled(app, "", quiet=3)
        settled(app, "/")
        return [settled(app, key) for key in TYPED]


def rows(rounds: int) -> Iterator[Row]:
    """The rows of the large library."""
    size = f"{PAGES:,} topics, {PAGES * EXERCISES:,} exercises"
    with data_folder() as shipped, data_folder() as large:
        until_shown(studyapp(shipped), HOME)
        command = many(large, PAGES)
        for what, shown in (("first paint", OPENING), ("filled", HOME)):
            pair = in_turns(
                lambda: until_shown(command, shown),
                lambda: until_shown(studyapp(shipped), shown),
                rounds,
            )
            yield pair.at_most(f"home {what}, {size}", "the shipped course", 1.2)
        keys = [1000 * one for _ in range(max(3, rounds // 3)) for one in search(command)]
        yield limited(f"search, a key, {size}", median(keys), "ms", 100, slowest=max(keys), all=keys)
    with data_folder() as data:
        commands = {pages: many(welcomed(data / str(pages)), pages) for pages in SIZES}
        yield growing("home by topics", SIZES, lambda pages: until_shown(commands[pages], HOME), max(3, rounds // 3))
