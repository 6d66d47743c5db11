"""Speed and size, measured beside what people would use instead.

Run from the clone, on a quiet machine, in an environment with the project and its `dev` and `cluster` extras:

    python -m tests.benchmarks
    python -m tests.benchmarks home lines --rounds 5 --json figures.json

Without names everything is measured, which takes about an hour. Each file `bench_NAME.py` beside this one has
a function `rows(rounds)`, which measures and yields rows. What is compared with, and no dependency of the project, is
installed into a temporary environment for the run alone; where it cannot be had, that is said and the rest goes on.
pytest collects nothing here. Exit code 1: a promise was missed, or could not be measured.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.elsewhere import NotToBeHad
from tests.benchmarks.measuring import Row

NAMES = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
HEAD = ("row", "measured", "against", "", "ratio", "to reach", "holds")
WIDTHS = (50, 12, 42, 12, 8, 18, 5)


def machine() -> dict[str, object]:
    """What the figures depend on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("textual", "numpy", "sympy", "click")},
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def cells_of(row: Row) -> tuple[str, ...]:
    """A row of the table."""

    def figure(value: float | None) -> str:
        return "" if value is None else f"{value:,.4g} {row.unit}"

    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    holds = "yes" if row.holds else "NO"
    return row.what, figure(row.measured), row.against, figure(row.reference), ratio, row.promise, holds


def show(cells: Sequence[str]) -> None:
    """Print a row at once: the next may take minutes."""
    line = "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    print(line.rstrip(), flush=True)


def measured(name: str, rounds: int) -> Iterator[Row]:
    """The rows of one benchmark."""
    yield from import_module(f"tests.benchmarks.bench_{name}").rows(rounds)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--rounds", type=int, default=10, help="how often each side is measured (default 10)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures and the machine as JSON")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"unknown: {' '.join(sorted(unknown))}")
    for variable in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):  # what is installed has its byte code
        os.environ.pop(variable, None)
    document: dict[str, object] = {"machine": machine(), "rounds": given.rounds}
    rows: list[Row] = []
    missing: dict[str, str] = {}
    show(HEAD)
    for name in given.names or NAMES:
        try:
            for row in measured(name, given.rounds):
                rows.append(row)
                show(cells_of(row))
        except NotToBeHad as reason:
            missing[name] = str(reason)
            print(f"{name}: not measured: {reason}", flush=True)
        if given.json:
            document |= {"rows": [asdict(row) for row in rows], "not_measured": missing}
            given.json.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(bool(missing) or not all(row.holds for row in rows))


if __name__ == "__main__":
    sys.exit(main())
