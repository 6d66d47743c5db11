"""`studyapp lint`: every complaint about pages; and the pages that a command line names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import indent

import click

from studyapp.cli.commands import command, json_option, option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import Progress, echo, echo_json
from studyapp.cli.shapes import complaint_shape
from studyapp.domain.place import Complaint, Severity
from studyapp.domain.text import LANGUAGES, Text
from studyapp.pages.report import COMPLAINTS
from studyapp.study.library import Library
from studyapp.study.pagefiles import files_of, real
from studyapp.workshop.lint import Linter
from studyapp.workshop.rules import RULES, manual

LIST_RULES_HELP = Text(ja="規則の一覧と説明を表示する", en="Print every rule with its manual")
COMPLAINTS_FOUND = Text(ja="{count} 件の指摘があります。", en="Complaints: {count}.")
NO_COMPLAINTS = Text(ja="指摘はありません。", en="No complaints.")
NOT_A_PAGE = Text(
    ja="{path} は教材のページではありません。フォルダーの下の ja/area/name.md（英語は "
    "en/area/name.md）に置いてください。",
    en="{path} is no page of a course. Put it into a folder as ja/area/name.md (in English en/area/name.md).",
)

PATH = click.Path(path_type=Path, exists=True)
pages_argument = click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")


@command("lint")
@pages_argument
@option("--list", "as_list", is_flag=True, about=LIST_RULES_HELP)
@json_option
@click.pass_obj
def lint_command(context: Context, paths: tuple[Path, ...], as_list: bool, as_json: bool) -> None:
    """Print every complaint; exit with 1 where one of them is an error."""
    if as_list:
        echo(_manuals())
        return
    complaints = _complaints(context, paths)
    if as_json:
        echo_json({"complaints": [complaint_shape(complaint) for complaint in complaints]})
    else:
        show_complaints(complaints, len(complaints))
    sys.exit(any(complaint.severity == Severity.ERROR for complaint in complaints))


def show_complaints(complaints: Iterable[Complaint], count: int) -> None:
    """Print complaints, and how many there are in all."""
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
    once = dict.fromkeys(complaint for complaint in complaints if concerns(complaint.place.path, paths))
    return sorted(once, key=lambda complaint: (complaint.place, complaint.code))


def _manuals() -> str:
    """Every rule with its manual, and what the reader of pages says by itself."""
    rules = [(code, manual(code)) for code in RULES]
    codes = [(code, text.message()) for code, text in COMPLAINTS.items()]
    return "\n\n".join(f"{code}\n\n{indent(text, '    ')}" for code, text in (*rules, *codes))


def library_of(context: Context, paths: Sequence[Path]) -> Library:
    """The course, or with paths the content folders that hold them."""
    roots, beside = _roots(context, paths)
    return load_library(replace(context, content=roots), _topics(beside))


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


def concerns(place: str, paths: Sequence[Path]) -> bool:
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
