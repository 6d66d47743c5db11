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

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.cli.paths import concerns, library_of
from studyapp.cli.progress import Progress
from studyapp.cli.shapes import complaint_shape, document
from studyapp.domain.kind import Kind
from studyapp.domain.place import PageSource, Severity
from studyapp.domain.words import Words
from studyapp.study.library import Library
from studyapp.workshop.running import LARGEST_CHUNK, Verified, verified


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("verify", help=said.summary("verify"))
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]...")
    @click.option("--seeds", type=click.IntRange(min=1), default=50, show_default=True, help=said.help("seeds"))
    @click.option("--first-seed", type=int, default=0, show_default=True, help=said.help("first_seed"))
    @click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help=said.help("jobs"))
    @click.option("--cluster", metavar="ADDRESS", help=said.help("cluster"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.option("--timing", is_flag=True, help=said.help("timing"))
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
        with _executor(jobs, cluster, words) as executor, Progress(steps) as progress:
            drawn = range(first_seed, first_seed + seeds)
            for one in verified(wanted, drawn, words, executor, progress.step, first=longest):
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
            echo(said.found(len(found)))
        sys.exit(any(one.severity == Severity.ERROR for one in found))

    return verify_pages


def _wanted(library: Library, paths: tuple[Path, ...]) -> tuple[list[tuple[PageSource, str]], set[str]]:
    """The exercises of the named pages, in page order, and those that take longest: SymPy works on each of them."""
    pages = [entry for entry in library.topics if concerns(entry.source.page, paths)]
    exercises = [exercise for entry in pages for exercise in entry.exercises]
    wanted = [(exercise.source, exercise.id) for exercise in exercises]
    return wanted, {exercise.id for exercise in exercises if exercise.kind in (Kind.DERIVATION, Kind.EXPRESSION)}


@contextmanager
def _executor(jobs: int, cluster: str | None, words: Words) -> Iterator[Executor | None]:
    """Where the work is done: a cluster, so many processes, or None for this one."""
    if cluster is not None:
        try:
            from distributed import Client
        except ImportError:
            raise click.UsageError(words.cli.no_cluster) from None
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
