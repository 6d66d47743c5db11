"""Pages checked like code: how fast, how much faster on two cores, and how the cost grows.

Run from the clone, on a quiet machine with two cores (about eight minutes):

    python tests/benchmarks/bench_pages.py --json pages.json
    python tests/benchmarks/bench_pages.py lint verify jobs cluster growth --rounds 3 --seeds 25

`lint` reads 1,000 pages, made from the sections of the shipped ones on squared error and cross-entropy, beside
markdown-it alone. `verify` draws and verifies the shipped number exercises beside SymPy deriving their keys alone.
`jobs` and `cluster` compare one run of the command on two processes, or on a Dask cluster of two workers, with two runs
of their own at the same time, each with half the seeds; the middle of the rounds counts. `growth` fits the exponent of
cost over seeds and over pages. Processor seconds are used where one process works, the clock where two do. pytest does
not collect this file. Exit code 1: a promise was missed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from markdown_it import MarkdownIt

from studyapp.domain.exercise import Exercise
from studyapp.domain.kind import Kind
from studyapp.domain.source import PageSource
from studyapp.domain.words import EN
from studyapp.engine.drawing import drawn_values
from studyapp.engine.questions.compiled import SymbolicRoute
from studyapp.kernel.service import PRINTER, Service
from studyapp.study.library import Library
from studyapp.workshop.lint import Linter
from studyapp.workshop.verification import examine

CONTENT = Path(__file__).parent.parent.parent / "content"
SAMPLES = ("losses/squared-error", "losses/cross-entropy")
HEAD = "---\nitem: [13]\n---\n# 題\n\n本文。 $E = \\frac{1}{2}$ 。"
ID = re.compile(r"^id: .*$", re.MULTILINE)
SKILL = re.compile(r"^skill: .*\n", re.MULTILINE)
EXERCISES = 10
PAGES = 1000
SEEDS_OF_NUMBERS = 100
GROWING_PAGES = (50, 100, 200, 400)
GROWING_SEEDS = (50, 100, 200, 400)
GROWING_EXERCISES = 24

Row = dict[str, Any]


def row(what: str, found: float, against: str, reference: float, ratio: float, promise: str, *, holds: bool) -> Row:
    """One line of the table."""
    return {
        "what": what,
        "found": round(found, 3),
        "against": against,
        "reference": round(reference, 3),
        "ratio": round(ratio, 3),
        "promise": promise,
        "holds": holds,
    }


def generate(folder: Path, pages: int) -> None:
    """Pages whose exercises are those of the samples under other names."""
    texts = [(CONTENT / "ja" / f"{name}.md").read_text(encoding="utf-8") for name in SAMPLES]
    sections = [one for text in texts for one in text.split("\n## ")[1:] if "```yaml key" in one]
    (folder / "ja" / "many").mkdir(parents=True)
    for page in range(pages):
        chosen = [sections[(page + place) % len(sections)] for place in range(EXERCISES)]
        named = [SKILL.sub("", ID.sub(f"id: x-{page}-{place}", text)).strip() for place, text in enumerate(chosen)]
        body = "\n\n## ".join([HEAD, *named])
        (folder / "ja" / "many" / f"page-{page}.md").write_text(body + "\n", encoding="utf-8")


def lint_seconds(pages: int) -> tuple[float, float]:
    """Processor seconds to lint so many generated pages, and for markdown-it alone to parse them."""
    with TemporaryDirectory() as name:
        generate(Path(name), pages)
        started = process_time()
        Library.load([Path(name)], None, "en", EN, Linter())
        linted = process_time() - started
        texts = [path.read_text(encoding="utf-8") for path in Path(name).rglob("*.md")]
        parser = MarkdownIt("commonmark").enable("table")
        started = process_time()
        for text in texts:
            parser.parse(text)
        return linted, process_time() - started


def lint(_: argparse.Namespace) -> Iterator[Row]:
    """Lint of 1,000 pages with 10 exercises each."""
    found, parsing = lint_seconds(PAGES)
    yield row(
        f"lint, {PAGES} pages (s)", found, "markdown-it alone", parsing, found / parsing, "< 20 s", holds=found < 20
    )


def number_exercises() -> list[tuple[PageSource, Exercise]]:
    """The number exercises of the course."""
    service = Service()
    pages = [(topic.source, service.topic(topic.source)) for topic in Library.load([CONTENT], None, "ja", EN).topics]
    return [(source, one) for source, page in pages if page for one in page.exercises if one.key.kind == Kind.NUMBER]


def verify_seconds(wanted: Sequence[tuple[PageSource, Exercise]], seeds: range) -> tuple[float, int]:
    """Processor seconds to verify the questions of some seeds, and how many there were."""
    service = Service()
    started = process_time()
    drawn = sum(examine(source, exercise, seeds, service, EN).drawn for source, exercise in wanted)
    return process_time() - started, drawn


def verify(_: argparse.Namespace) -> Iterator[Row]:
    """Verified questions for each processor second, beside SymPy deriving each key alone."""
    wanted = number_exercises()
    verify_seconds(wanted, range(2))
    seconds, drawn = verify_seconds(wanted, range(SEEDS_OF_NUMBERS))
    values = [(one, drawn_values(one, 0, PRINTER)) for _, one in wanted]
    started = process_time()
    for exercise, found in values:
        if found is not None:
            SymbolicRoute(exercise.key).value(found)
    alone = len(values) / (process_time() - started)
    rate = drawn / seconds
    yield row(
        "verified a second", rate, "SymPy derives each key", alone, rate / alone, ">= 300 a second", holds=rate >= 300
    )


def command(data: Path, first: int, seeds: int, *more: str) -> list[str]:
    """A run of `studyapp verify` over the course."""
    options = ["--first-seed", str(first), "--seeds", str(seeds), "--json", *more]
    return [sys.executable, "-m", "studyapp", "--data", str(data), "--lang", "en", "verify", *options]


def throughput(commands: Sequence[Sequence[str]]) -> float:
    """Questions a second of runs that begin together, until the last of them ends."""
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    started = perf_counter()
    runs = [subprocess.Popen(one, stdout=subprocess.PIPE, env=one_thread) for one in commands]
    replies = [json.loads(run.communicate()[0]) for run in runs]
    seconds = perf_counter() - started
    return sum(exercise["seeds"] for reply in replies for exercise in reply["exercises"]) / seconds


def compared(what: str, promise: float, given: argparse.Namespace, together: Sequence[str]) -> Row:
    """Rounds of one shared run after two runs of their own; the middle ratio counts."""
    with TemporaryDirectory() as name:
        data = Path(name)
        throughput([command(data, 0, 1)])
        rounds = []
        for _ in range(given.rounds):
            apart = throughput([command(data, first, given.seeds) for first in (0, given.seeds)])
            shared = throughput([command(data, 0, 2 * given.seeds, *together)])
            rounds.append((shared / apart, shared, apart))
    ratio, shared, apart = sorted(rounds)[len(rounds) // 2]
    return row(what, shared, "two serial runs", apart, ratio, f">= {promise}", holds=ratio >= promise) | {
        "rounds": [round(one, 3) for one, *_ in rounds]
    }


def jobs(given: argparse.Namespace) -> Iterator[Row]:
    """`verify --jobs 2`, in questions a second."""
    yield compared("verify --jobs 2 (a second)", 0.9, given, ["--jobs", "2"])


@contextmanager
def two_workers() -> Iterator[str]:
    """The address of a local Dask cluster of two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def cluster(given: argparse.Namespace) -> Iterator[Row]:
    """`verify --cluster` with two workers, in questions a second."""
    with two_workers() as address:
        yield compared("verify --cluster (a second)", 0.8, given, ["--cluster", address])


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """The power of size with which cost grows: the slope of the line through the logarithms."""
    points = [(math.log(size), math.log(cost)) for size, cost in zip(sizes, costs, strict=True)]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def growth(given: argparse.Namespace) -> Iterator[Row]:
    """How the cost of lint grows with pages, and that of verification with seeds."""
    some = number_exercises()[:GROWING_EXERCISES]
    verify_seconds(some, range(10))
    measures: list[tuple[str, Sequence[int], Callable[[int], float]]] = [
        ("lint by pages", GROWING_PAGES, lambda size: lint_seconds(size)[0]),
        ("verify by seeds", GROWING_SEEDS, lambda size: verify_seconds(some, range(size))[0]),
    ]
    for what, sizes, measure in measures:
        costs = [median(measure(size) for _ in range(given.rounds)) for size in sizes]
        power = exponent(sizes, costs)
        line = row(
            f"{what} (s)", costs[-1], f"{sizes[0]} of {sizes[-1]}", costs[0], power, "<= 1.1", holds=power <= 1.1
        )
        yield line | {"sizes": list(sizes), "costs": [round(cost, 3) for cost in costs]}


MEASURES: dict[str, Callable[[argparse.Namespace], Iterator[Row]]] = {
    "lint": lint,
    "verify": verify,
    "jobs": jobs,
    "cluster": cluster,
    "growth": growth,
}


def main() -> int:
    """Run the measurements that are asked for: all of them, unless some are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=" ".join(MEASURES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=25, help="of each of two serial runs")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    if unknown := set(given.measures) - MEASURES.keys():
        parser.error(f"unknown: {' '.join(sorted(unknown))}")
    rows: list[Row] = []
    for name in given.measures or MEASURES:
        for line in MEASURES[name](given):
            rows.append(line)
            verdict = "holds" if line["holds"] else "MISSED"
            print(  # noqa: T201
                f"{line['what']:28} {line['found']:10.2f}  {line['against']:24} {line['reference']:10.2f}"
                f"  ratio {line['ratio']:6.2f}  {line['promise']:16} {verdict}",
                flush=True,
            )
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return int(not all(line["holds"] for line in rows))


if __name__ == "__main__":
    sys.exit(main())
