"""Pages checked like code: how fast, how much faster on two cores, and how the cost grows.

Lint reads 1,000 pages, made from the sections of the shipped ones on squared error and cross-entropy, beside
markdown-it alone. Verification draws the shipped number exercises beside SymPy deriving their keys alone, and every
exercise of the core course in two processes. Two processes, and a Dask cluster of two workers, are compared with two
runs of their own at once, each with half the seeds; the middle of the rounds counts. Processor seconds are used where
one process works, the clock where two do.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from markdown_it import MarkdownIt

from studyapp.domain.exercise import Exercise
from studyapp.domain.kind import Kind
from studyapp.domain.place import PageSource
from studyapp.engine.drawing import Drawing, draw_with_values
from studyapp.engine.questions.compiled import SymbolicRoute
from studyapp.kernel.service import PRINTER, Service
from studyapp.study.library import Library
from studyapp.workshop.examination import examine
from studyapp.workshop.lint import Linter
from tests.benchmarks.elsewhere import NotToBeHad
from tests.benchmarks.measuring import Row, beside, growing

CONTENT = Path(__file__).parent.parent.parent / "content"
CORE = ("losses", "descent", "backprop")
"""The areas that the first learners had, before the course covered both syllabuses."""
SAMPLES = ("losses/squared-error", "losses/cross-entropy")
HEAD = "---\nitem: [13]\n---\n# 題\n\n本文。 $E = \\frac{1}{2}$ 。"
ID = re.compile(r"^id: .*$", re.MULTILINE)
PLACED = re.compile(r"^(skill|section|aliases): .*\n", re.MULTILINE)
EXERCISES = 10
PAGES = 1000
SEEDS_OF_NUMBERS = 100
GROWING_PAGES = (50, 100, 200, 400)
GROWING_SEEDS = (50, 100, 200, 400)
GROWING_EXERCISES = 24

SEEDS = 25
"""Of each of two serial runs: 30 seconds of work or more."""


def generate(folder: Path, pages: int) -> None:
    """Pages whose exercises are those of the samples under other names."""
    texts = [(CONTENT / "ja" / f"{name}.md").read_text(encoding="utf-8") for name in SAMPLES]
    sections = [one for text in texts for one in text.split("\n## ")[1:] if "```yaml key" in one]
    (folder / "ja" / "many").mkdir(parents=True)
    for page in range(pages):
        chosen = [sections[(page + place) % len(sections)] for place in range(EXERCISES)]
        named = [PLACED.sub("", ID.sub(f"id: x-{page}-{place}", text)).strip() for place, text in enumerate(chosen)]
        body = "\n\n## ".join([HEAD, *named])
        (folder / "ja" / "many" / f"page-{page}.md").write_text(body + "\n", encoding="utf-8")


def lint_seconds(pages: int) -> tuple[float, float]:
    """Processor seconds to lint so many generated pages, and for markdown-it alone to parse them."""
    with TemporaryDirectory() as name:
        generate(Path(name), pages)
        started = process_time()
        Library.load([Path(name)], None, "en", Linter())
        linted = process_time() - started
        texts = [path.read_text(encoding="utf-8") for path in Path(name).rglob("*.md")]
        parser = MarkdownIt("commonmark").enable("table")
        started = process_time()
        for text in texts:
            parser.parse(text)
        return linted, process_time() - started


def lint() -> Row:
    """Lint of 1,000 pages with 10 exercises each."""
    found, parsing = lint_seconds(PAGES)
    what, against = f"lint, {PAGES:,} pages", "markdown-it alone"
    return beside(what, found, "s", against, parsing, promise="≤ 8 s", holds=found <= 8)


def number_exercises() -> list[tuple[PageSource, Exercise]]:
    """The number exercises of the course."""
    service = Service()
    pages = [(topic.source, service.topic(topic.source)) for topic in Library.load([CONTENT], None, "ja").topics]
    return [(source, one) for source, page in pages if page for one in page.exercises if one.key.kind == Kind.NUMBER]


def verify_seconds(wanted: Sequence[tuple[PageSource, Exercise]], seeds: range) -> tuple[float, int]:
    """Processor seconds to verify the questions of some seeds, and how many there were."""
    service = Service()
    started = process_time()
    drawn = sum(examine(source, exercise, seeds, service).drawn for source, exercise in wanted)
    return process_time() - started, drawn


def verify() -> Row:
    """Verified questions for each processor second, beside SymPy deriving each key alone."""
    wanted = number_exercises()
    verify_seconds(wanted, range(2))
    seconds, drawn = verify_seconds(wanted, range(SEEDS_OF_NUMBERS))
    drawings = [(exercise, draw_with_values(exercise, 0, PRINTER)) for _, exercise in wanted]
    started = process_time()
    for exercise, drawing in drawings:
        if isinstance(drawing, Drawing):
            SymbolicRoute(exercise.key).value(drawing.filler.values)
    alone = len(drawings) / (process_time() - started)
    rate = drawn / seconds
    what, against = "drawing and verifying number exercises", "SymPy derives each key alone"
    return beside(what, rate, "a second", against, alone, promise="≥ 1,000 a second", holds=rate >= 1000)


def command(data: Path, first: int, seeds: int, *more: str) -> list[str]:
    """A run of `studyapp verify` over the course."""
    options = ["--first-seed", str(first), "--seeds", str(seeds), "--json", *more]
    return [sys.executable, "-m", "studyapp", "--data", str(data), "--lang", "en", "verify", *options]


def throughput(commands: Sequence[Sequence[str]]) -> float:
    """Questions a second of runs that begin together, until the last of them ends."""
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    started = perf_counter()
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, env=one_thread) for command in commands]
    replies = [json.loads(run.communicate()[0]) for run in runs]
    seconds = perf_counter() - started
    return sum(exercise["seeds"] for reply in replies for exercise in reply["exercises"]) / seconds


def core() -> Row:
    """Questions of every kind of the core course, verified by two processes, for each second of the clock."""
    pages = [str(CONTENT / "ja" / area) for area in CORE]
    with TemporaryDirectory() as name:
        data = Path(name)
        throughput([command(data, 0, 1, *pages)])
        rate = throughput([command(data, 0, 2 * SEEDS, "--jobs", "2", *pages)])
    promise, holds = "≥ 1,200 a second", rate >= 1200
    return Row(what="verifying the core course, --jobs 2", measured=rate, unit="a second", promise=promise, holds=holds)


def compared(what: str, promise: float, rounds: int, together: Sequence[str]) -> Row:
    """Rounds of one shared run after two runs of their own; the middle ratio counts."""
    with TemporaryDirectory() as name:
        data = Path(name)
        throughput([command(data, 0, 1)])
        found = []
        for _ in range(rounds):
            apart = throughput([command(data, first, SEEDS) for first in (0, SEEDS)])
            shared = throughput([command(data, 0, 2 * SEEDS, *together)])
            found.append((shared / apart, shared, apart))
    ratio, shared, apart = sorted(found)[len(found) // 2]
    figures, ratios = (shared, "a second", "two serial runs", apart), [one for one, *_ in found]
    return beside(what, *figures, promise=f"≥ {promise:g} ×", holds=ratio >= promise, ratios=ratios)


@contextmanager
def two_workers() -> Iterator[str]:
    """The address of a local Dask cluster of two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def rows(rounds: int) -> Iterator[Row]:
    """Speed, growth and two cores."""
    few = max(3, rounds // 3)
    yield lint()
    yield verify()
    yield core()
    some = number_exercises()[:GROWING_EXERCISES]
    verify_seconds(some, range(10))
    yield growing("lint by pages", GROWING_PAGES, lambda size: lint_seconds(size)[0], few)
    yield growing("verify by seeds", GROWING_SEEDS, lambda size: verify_seconds(some, range(size))[0], few)
    yield compared("verify --jobs 2", 0.9, few, ["--jobs", "2"])
    try:
        with two_workers() as address:
            yield compared("verify --cluster, two Dask workers", 0.8, few, ["--cluster", address])
    except ImportError as reason:
        raise NotToBeHad(f"the extra `cluster` is not installed ({reason})") from reason
