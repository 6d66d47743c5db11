"""Time to lint 1,000 generated pages with 10 exercises each, and fully verified questions a second, on one core.

Run from the clone:

    python tests/benchmarks/bench_pages.py
    python tests/benchmarks/bench_pages.py --pages 100 --jobs

The pages are made from the sections of the shipped pages on squared error and cross-entropy. Verification takes the
shipped number exercises, 100 seeds each, after two to warm up; `--jobs` compares two processes with two runs of their
own at the same time. Times are seconds on the clock and of the processor. pytest does not collect this file. Exit code
1: lint takes more than 20 s, or fewer than 300 questions are verified in a second, on the processor.
"""

from __future__ import annotations

import argparse
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from studyapp.domain.exercise import Kind
from studyapp.domain.topic import PageSource
from studyapp.domain.words import EN
from studyapp.kernel.service import Service
from studyapp.study.library import Library
from studyapp.workshop.lint import Linter
from studyapp.workshop.running import Chunk, work
from studyapp.workshop.verification import examine

CONTENT = Path(__file__).parent.parent.parent / "content"
SAMPLES = ("losses/squared-error", "losses/cross-entropy")
HEAD = "---\nitem: [13]\n---\n# 題\n\n本文。 $E = \\frac{1}{2}$ 。"
ID = re.compile(r"^id: .*$", re.MULTILINE)
SKILL = re.compile(r"^skill: .*\n", re.MULTILINE)
EXERCISES = 10
SEEDS = 100
FEW_SEEDS = 40
MOST_EXERCISES = 24


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


def lint(pages: int) -> float:
    """Processor seconds to lint so many pages."""
    with TemporaryDirectory() as name:
        generate(Path(name), pages)
        clock, processor = perf_counter(), process_time()
        library = Library.load([Path(name)], None, "en", EN, Linter())
        clock, processor = perf_counter() - clock, process_time() - processor
        size = sum(path.stat().st_size for path in Path(name).rglob("*.md")) // 1000
    exercises = sum(len(topic.exercises) for topic in library.topics)
    print(f"lint: {pages} pages, {exercises} exercises, {size} kB: {clock:.1f} s, processor {processor:.1f} s")  # noqa: T201
    return processor


def number_exercises() -> list[tuple[PageSource, str]]:
    """The number exercises of the course."""
    found = []
    for topic in Library.load([CONTENT], None, "ja", EN).topics:
        found += [(topic.source, one.id) for one in topic.exercises if one.kind == Kind.NUMBER]
    return found


def verify() -> float:
    """Verified questions for each processor second."""
    service = Service()
    wanted = number_exercises()
    topics = [(source, service.topic(source), name) for source, name in wanted]
    exercises = [(source, exercise) for source, topic, name in topics if topic and (exercise := topic.exercise(name))]
    for seeds in (range(2), range(SEEDS)):
        clock, processor = perf_counter(), process_time()
        drawn = sum(examine(source, exercise, seeds, service, EN).drawn for source, exercise in exercises)
    clock, processor = perf_counter() - clock, process_time() - processor
    rate = drawn / processor
    print(f"verify: {len(wanted)} exercises, {drawn} questions: {drawn / clock:.0f} a second, processor {rate:.0f}")  # noqa: T201
    return rate


def jobs() -> None:
    """One run on two processes beside two runs at the same time, each with the same work, in questions a second."""
    chunks = [Chunk(source, name, 0, FEW_SEEDS, "en") for source, name in number_exercises()[:MOST_EXERCISES]]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        list(executor.map(work, [chunk for chunk in chunks for _ in (0, 1)]))
        started = perf_counter()
        both = [executor.submit(several, chunks) for _ in (0, 1)]
        apart = sum(one.result() for one in both) / (perf_counter() - started)
        started = perf_counter()
        shared = sum(one.tally.drawn for one in executor.map(work, [*chunks, *chunks])) / (perf_counter() - started)
    print(f"two jobs: {shared:.0f} a second; two runs of their own: {apart:.0f}; ratio {shared / apart:.2f}")  # noqa: T201


def several(chunks: list[Chunk]) -> int:
    """Questions drawn in one serial run."""
    return sum(work(chunk).tally.drawn for chunk in chunks)


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--jobs", action="store_true")
    given = parser.parse_args()
    seconds, rate = lint(given.pages), verify()
    if given.jobs:
        jobs()
    return int(seconds > 20 * given.pages / 1000 or rate < 300)


if __name__ == "__main__":
    sys.exit(main())
