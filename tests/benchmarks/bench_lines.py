"""Line mode, beside importing click alone."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.benchmarks.measuring import Row, in_turns, seconds
from tests.benchmarks.terminal import data_folder, studyapp

HEAVY = ("textual", "numpy", "sympy")
LOADED = """
import sys
from studyapp.cli import main
try:
    main(sys.argv[1:])
finally:
    sys.stderr.write(" ".join(sys.modules))
"""


def silent(command: Sequence[str]) -> float:
    """Seconds of a command whose output is not read."""
    return seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))


def loaded(command: Sequence[str]) -> list[str]:
    """Which heavy packages a run of studyapp imports."""
    run = subprocess.run([sys.executable, "-c", LOADED, *command], capture_output=True, text=True, check=True)
    return [name for name in HEAVY if name in run.stderr.split()]


def rows(rounds: int) -> Iterator[Row]:
    """A row for each command."""
    click = [sys.executable, "-c", "import click"]
    with data_folder() as data:
        for words in (["--help"], ["topics"]):
            command = studyapp(data, *words)
            pair = in_turns(lambda: silent(command), lambda: silent(click), 2 * rounds)
            row = pair.at_most(f"studyapp {words[0]}", "python -c 'import click'", 2.5)
            heavy = loaded(command[3:])
            yield replace(row, holds=row.holds and not heavy, more={**row.more, "imported": heavy})
