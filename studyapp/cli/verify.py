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

from studyapp.cli.commands import command, json_option, option, timing_option
from studyapp.cli.context import Context
from studyapp.cli.lines import Progress, echo, echo_json
from studyapp.cli.lint import concerns, library_of, pages_argument, show_complaints
from studyapp.cli.shapes import complaint_shape
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


@command("verify")
@pages_argument
@option("--seeds", type=click.IntRange(min=1), default=50, show_default=True, about=SEEDS_HELP)
@option("--first-seed", type=int, default=0, show_default=True, about=FIRST_SEED_HELP)
@option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, about=JOBS_HELP)
@option("--cluster", metavar="ADDRESS", about=CLUSTER_HELP)
@json_option
@timing_option
@click.pass_obj
def verify_command(
    context: Context,
    paths: tuple[Path, ...],
    seeds: int,
    first_seed: int,
    jobs: int,
    cluster: str | None,
    as_json: bool,
    timing: bool,
) -> None:
    """Print a certificate for each exercise; exit with 1 where a complaint is an error."""
    library = library_of(context, paths)
    wanted, longest = _wanted(library, paths)
    exercises: list[Verified] = []
    steps = len(wanted) * (1 + (seeds - 1) // LARGEST_CHUNK)
    with _executor(jobs, cluster) as executor, Progress(steps) as progress:
        drawn = range(first_seed, first_seed + seeds)
        for exercise in verified(wanted, drawn, executor, progress.step, first=longest):
            exercises.append(exercise)
            if not as_json:
                progress.wipe()
                echo(_text(exercise, timing=timing))
    pages = [complaint for complaint in library.complaints if concerns(complaint.place.path, paths)]
    complaints = [complaint for exercise in exercises for complaint, _ in exercise.certificate.complaints] + pages
    if as_json:
        shapes = [_shape(exercise, timing=timing) for exercise in exercises]
        echo_json({"exercises": shapes, "complaints": [complaint_shape(complaint) for complaint in pages]})
    else:
        show_complaints(pages, len(complaints))
    sys.exit(any(complaint.severity == Severity.ERROR for complaint in complaints))


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


def _text(exercise: Verified, *, timing: bool) -> str:
    certificate, ms = exercise.certificate, f", {exercise.ms:.0f} ms" if timing else ""
    alive = " ".join(f"{name} {share:.0%}" for name, share in certificate.alive.items())
    numbers = f"{certificate.seeds} seeds, {certificate.distinct} distinct, {certificate.distance:.0e}{ms}"
    complaints = [str(complaint) for complaint, _ in certificate.complaints]
    return "\n".join([f"{certificate.id}: {numbers}  {alive}".rstrip(), *complaints])


def _shape(exercise: Verified, *, timing: bool) -> dict[str, Any]:
    complaints = [{**complaint_shape(complaint), "seed": seed} for complaint, seed in exercise.certificate.complaints]
    ms = {"ms": round(exercise.ms, 3)} if timing else {}
    return {**asdict(exercise.certificate), "complaints": complaints, **ms}
