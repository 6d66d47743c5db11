"""`studyapp verify`: many questions of every exercise, proved and graded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.cli.lint import found_text
from studyapp.cli.options import JSON_HELP, TIMING_HELP
from studyapp.cli.paths import concerns, library_of
from studyapp.cli.progress import Progress
from studyapp.cli.shapes import complaint_shape, document
from studyapp.domain.kind import Kind
from studyapp.domain.place import PageSource, Severity
from studyapp.domain.text import Text
from studyapp.study.library import Library
from studyapp.workshop.running import LARGEST_CHUNK, Verified, verified

SEEDS_HELP = Text(ja="練習ごとに作る問題の数", en="Questions to draw for each exercise")
FIRST_SEED_HELP = Text(ja="最初の種", en="The first seed")
JOBS_HELP = Text(ja="同時に使うプロセスの数", en="Processes to use at a time")
CLUSTER_HELP = Text(
    ja="Dask クラスターのアドレス（例: tcp://127.0.0.1:8786）。そこで計算する",
    en="Address of a Dask cluster to work on, such as tcp://127.0.0.1:8786",
)
NO_CLUSTER = Text(
    ja="--cluster には distributed が要ります。pip install 'studyapp[cluster]' で入ります。",
    en="--cluster needs distributed: pip install 'studyapp[cluster]'.",
)


def command() -> click.Command:
    """The command in one language."""

    @click.command("verify", help=SUMMARIES["verify"]())
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
    @click.option("--seeds", type=click.IntRange(min=1), default=50, show_default=True, help=SEEDS_HELP())
    @click.option("--first-seed", type=int, default=0, show_default=True, help=FIRST_SEED_HELP())
    @click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help=JOBS_HELP())
    @click.option("--cluster", metavar="ADDRESS", help=CLUSTER_HELP())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.option("--timing", is_flag=True, help=TIMING_HELP())
    @click.pass_obj
    def verify_pages(
        context: Context,
        paths: tuple[Path, ...],
        seeds: int,
        first_seed: int,
        jobs: int,
        cluster: str | None,
        as_json: bool,
        timing: bool,
    ) -> None:
        library = library_of(context, paths)
        wanted, longest = _wanted(library, paths)
        certificates: list[Verified] = []
        steps = len(wanted) * (1 + (seeds - 1) // LARGEST_CHUNK)
        with _executor(jobs, cluster) as executor, Progress(steps) as progress:
            drawn = range(first_seed, first_seed + seeds)
            for one in verified(wanted, drawn, executor, progress.step, first=longest):
                certificates.append(one)
                if not as_json:
                    progress.wipe()
                    echo(_text(one, timing=timing))
        pages = [one for one in library.complaints if concerns(one.place.path, paths)]
        found = [complaint for one in certificates for complaint, _ in one.certificate.complaints] + pages
        if as_json:
            shapes = [_shape(one, timing=timing) for one in certificates]
            echo(document({"exercises": shapes, "complaints": [complaint_shape(one) for one in pages]}))
        else:
            for complaint in pages:
                echo(str(complaint))
            echo(found_text(len(found)))
        sys.exit(any(one.severity == Severity.ERROR for one in found))

    return verify_pages


def _wanted(library: Library, paths: tuple[Path, ...]) -> tuple[list[tuple[PageSource, str]], set[str]]:
    """The exercises of the named pages, in page order, and those that take longest: SymPy works on each of them."""
    pages = [entry for entry in library.topics if concerns(entry.source.page, paths)]
    exercises = [exercise for entry in pages for exercise in entry.exercises]
    wanted = [(exercise.source, exercise.id) for exercise in exercises]
    return wanted, {exercise.id for exercise in exercises if exercise.kind in (Kind.DERIVATION, Kind.EXPRESSION)}


@contextmanager
def _executor(jobs: int, cluster: str | None) -> Iterator[Executor | None]:
    """Where the work is done: a cluster, so many processes, or None for this one."""
    if cluster is not None:
        try:
            from distributed import Client
        except ImportError:
            raise click.UsageError(NO_CLUSTER()) from None
        with Client(cluster) as client, client.get_executor() as executor:
            yield executor
    elif jobs > 1:
        # Fresh processes on every system: what holds on one machine holds on the others.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as executor:
            yield executor
    else:
        yield None


def _text(one: Verified, *, timing: bool) -> str:
    found = one.certificate
    alive = " ".join(f"{name} {share:.0%}" for name, share in found.alive.items())
    line = f"{found.id}: {found.seeds} seeds, {found.distinct} distinct, {found.distance:.0e}"
    if timing:
        line += f", {one.ms:.0f} ms"
    return "\n".join([f"{line}  {alive}".rstrip(), *(str(complaint) for complaint, _ in found.complaints)])


def _shape(one: Verified, *, timing: bool) -> dict[str, Any]:
    complaints = [{**complaint_shape(complaint), "seed": seed} for complaint, seed in one.certificate.complaints]
    shape = {**asdict(one.certificate), "complaints": complaints}
    return {**shape, "ms": round(one.ms, 3)} if timing else shape
