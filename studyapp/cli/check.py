"""`studyapp lint` and `studyapp verify`: complaints about pages; questions of each exercise, proved and graded."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from textwrap import indent
from typing import Any

import click

from studyapp.cli.commands import NOT_A_PAGE, command, json_option, option, timing_option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import Progress, echo, echo_json, fail
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, PageSource, Severity
from studyapp.domain.text import LANGUAGES, Text
from studyapp.pages.report import problems
from studyapp.study.library import Library
from studyapp.study.pagefiles import files_of, real
from studyapp.workshop.lint import Linter
from studyapp.workshop.rules import RULES, manual
from studyapp.workshop.verification import LARGEST_CHUNK, UnlikeCopyError, Verified, verified

LIST_RULES_HELP = Text(ja="規則の一覧と説明を表示する", en="Print every rule with its manual")
COMPLAINTS_FOUND = Text(ja="{count} 件の指摘があります。", en="Complaints: {count}.")
NO_COMPLAINTS = Text(ja="指摘はありません。", en="No complaints.")
PATH = click.Path(path_type=Path, exists=True)
pages_argument = click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")

SEEDS_HELP = Text(ja="練習ごとに作る問題の数", en="Questions to draw for each exercise")
FIRST_SEED_HELP = Text(ja="最初の種", en="The first seed")
JOBS_HELP = Text(ja="同時に使うプロセスの数", en="Processes to use at a time")
CLUSTER_HELP = Text(
    ja="Dask クラスターのアドレス（例: tcp://127.0.0.1:8786）。そこで計算する。互いのコードを実行できるので、"
    "信頼できるネットワークに限る",
    en="Address of a Dask cluster to work on, such as tcp://127.0.0.1:8786. Its machines and this one can run code on "
    "each other: use it within a trusted network alone",
)
NO_CLUSTER = Text(
    ja="--cluster には distributed が要ります。pip install 'studyapp[cluster]' で入ります。",
    en="--cluster needs distributed: pip install 'studyapp[cluster]'.",
)


@command("lint")
@pages_argument
@option("--list", "as_list", is_flag=True, about=LIST_RULES_HELP)
@json_option
def lint_command(context: Context, paths: tuple[Path, ...], as_list: bool, as_json: bool) -> None:
    """Print every complaint; exit with 1 where one of them is an error."""
    if as_list:
        codes = [(problem.code, problem.value().splitlines()[0]) for problem in problems()]
        rules = [(code, manual(code)) for code in RULES]
        echo("\n\n".join(f"{code}\n\n{indent(text, '    ')}" for code, text in (*rules, *codes)))
        return
    complaints = _complaints(context, paths)
    if as_json:
        echo_json({"complaints": [_complaint_shape(complaint) for complaint in complaints]})
    else:
        _show(complaints, len(complaints))
    sys.exit(any(complaint.severity == Severity.ERROR for complaint in complaints))


def _show(complaints: Iterable[Complaint], count: int) -> None:
    for complaint in complaints:
        echo(str(complaint))
    echo(COMPLAINTS_FOUND(count=count) if count else NO_COMPLAINTS())


def _complaints(context: Context, paths: Sequence[Path]) -> list[Complaint]:
    """Every complaint about the named pages, in the order of their places; pages are read in both languages."""
    roots, beside = _roots(context, paths)
    with Progress(sum(1 for root in roots for _ in (root / "ja").rglob("*.md"))) as progress:
        read: set[str] = set()

        def step(page: str) -> None:
            if page not in read:
                read.add(page)
                progress.step()

        library = Library.load(roots, None, "en", Linter(step), _topics(beside))
    complaints = (*library.complaints, *(library.taken_ids(beside) if beside else ()))
    once = dict.fromkeys(complaint for complaint in complaints if _concerns(complaint.place.path, paths))
    return sorted(once, key=lambda complaint: (complaint.place, complaint.code))


def _roots(context: Context, paths: Sequence[Path]) -> tuple[tuple[Path, ...], Library | None]:
    """The content folders of the course, or with paths those that hold them; and the course, where they are not its.

    Their pages may require its topics, but not take its ids. A file that no content folder holds ends the command:
    nothing of it would be read.
    """
    for path in paths:
        if path.is_file() and files_of(path) is None:
            raise click.UsageError(NOT_A_PAGE(path=path))
    named = (real(path) if path.is_dir() else real(path.parent) / path.name for path in paths)
    roots = tuple(dict.fromkeys(map(_content_folder, named))) or context.content
    is_course = set(map(real, context.content)) <= set(map(real, roots))
    return roots, None if is_course else load_library(context)


def _topics(library: Library | None) -> tuple[str, ...]:
    return tuple(topic.id for topic in library.topics) if library else ()


def _concerns(place: str, paths: Sequence[Path]) -> bool:
    """Whether a file is one of the paths, or below one of them; without paths every file is."""
    meant = {form for path in paths for form in _forms(path)}
    return not paths or any(form in meant or not meant.isdisjoint(form.parents) for form in _forms(Path(place)))


def _forms(path: Path) -> tuple[Path, Path]:
    """A path with its links followed, and with its own link kept: a page may be one."""
    return real(path), real(path.parent) / path.name if path.name != ".." else real(path)


def _content_folder(path: Path) -> Path:
    """The folder that holds `ja/` and `en/` for a page, or for a folder in or above them."""
    inside = next((folder for folder in (path, *path.parents) if folder.name in LANGUAGES), None)
    if inside is not None:
        return inside.parent
    return path if path.is_dir() else path.parent


@command("verify")
@pages_argument
@option("--seeds", type=click.IntRange(min=1), default=50, show_default=True, about=SEEDS_HELP)
@option("--first-seed", type=int, default=0, show_default=True, about=FIRST_SEED_HELP)
@option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, about=JOBS_HELP)
@option("--cluster", metavar="ADDRESS", about=CLUSTER_HELP)
@json_option
@timing_option
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
    roots, beside = _roots(context, paths)
    library = load_library(replace(context, content=roots), _topics(beside))
    wanted, longest = _wanted(library, paths)
    exercises: list[Verified] = []
    steps = len(wanted) * (1 + (seeds - 1) // LARGEST_CHUNK)
    drawn = range(first_seed, first_seed + seeds)
    try:
        with _executor(jobs, cluster) as executor, Progress(steps) as progress:
            for exercise in verified(wanted, drawn, executor, progress.step, first=longest):
                exercises.append(exercise)
                if not as_json:
                    progress.wipe()
                    echo(_text(exercise, timing=timing))
    except UnlikeCopyError as error:
        fail(str(error), 1)
    pages = [complaint for complaint in library.complaints if _concerns(complaint.place.path, paths)]
    complaints = [complaint for exercise in exercises for complaint, _ in exercise.certificate.complaints] + pages
    if as_json:
        shapes = [_shape(exercise, timing=timing) for exercise in exercises]
        echo_json({"exercises": shapes, "complaints": [_complaint_shape(complaint) for complaint in pages]})
    else:
        _show(pages, len(complaints))
    sys.exit(any(complaint.severity == Severity.ERROR for complaint in complaints))


def _wanted(library: Library, paths: tuple[Path, ...]) -> tuple[list[tuple[PageSource, str]], set[str]]:
    """The exercises of the named pages, in page order, and those that take longest: SymPy works on each of them."""
    pages = [entry for entry in library.topics if any(_concerns(file, paths) for file in _files(entry.source))]
    exercises = [exercise for entry in pages for exercise in entry.exercises]
    wanted = [(exercise.source, exercise.id) for exercise in exercises]
    return wanted, {exercise.id for exercise in exercises if exercise.kind in (Kind.DERIVATION, Kind.EXPRESSION)}


def _files(source: PageSource) -> Iterator[str]:
    """The page in each language of its course: a translation has the exercises of the page that it translates."""
    return (str(source.file_in(language)) for language in source.languages)


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
    complaints = [{**_complaint_shape(complaint), "seed": seed} for complaint, seed in exercise.certificate.complaints]
    ms = {"ms": round(exercise.ms, 3)} if timing else {}
    return {**asdict(exercise.certificate), "complaints": complaints, **ms}


def _complaint_shape(complaint: Complaint) -> dict[str, Any]:
    fields = ("code", "severity", "message", "hint")
    return asdict(complaint.place) | {name: getattr(complaint, name) for name in fields}
