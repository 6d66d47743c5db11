"""Pages named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.domain.text import Text
from studyapp.study.library import Library
from studyapp.study.pagefiles import files_of, real

NOT_A_PAGE = Text(
    ja="{path} は教材のページではありません。フォルダーの下の ja/area/name.md（英語は "
    "en/area/name.md）に置いてください。",
    en="{path} is no page of a course. Put it into a folder as ja/area/name.md (in English en/area/name.md).",
)

LANGUAGE_FOLDERS = ("ja", "en")


def library_of(context: Context, paths: Sequence[Path]) -> Library:
    """The course, or with paths the content folders that hold them."""
    refuse_loose(paths)
    roots = roots_of(context, paths)
    beside = course_beside(context, roots)
    return load_library(replace(context, content=roots), [topic.id for topic in beside.topics] if beside else ())


def course_beside(context: Context, roots: Sequence[Path]) -> Library | None:
    """The course where these folders are none of its own: their pages may require its topics, but not take its ids."""
    return None if set(map(real, context.content)) <= set(map(real, roots)) else load_library(context)


def refuse_loose(paths: Sequence[Path]) -> None:
    """End the command where a file is named that no content folder holds: nothing of it would be read."""
    for path in paths:
        if path.is_file() and files_of(path) is None:
            raise click.UsageError(NOT_A_PAGE(path=path))


def roots_of(context: Context, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The content folders of the course, or with paths those that hold them."""
    if not paths:
        return context.content
    named = (real(path) if path.is_dir() else real(path.parent) / path.name for path in paths)
    return tuple(dict.fromkeys(map(_content_folder, named)))


def concerns(place: str, paths: Sequence[Path]) -> bool:
    """Whether a file is one of the paths, or below one of them; without paths every file is."""
    if not paths:
        return True
    meant = {form for path in paths for form in _forms(path)}
    return any(form in meant or not meant.isdisjoint(form.parents) for form in _forms(Path(place)))


def _forms(path: Path) -> tuple[Path, Path]:
    """A path with its links followed, and with its own link kept: a page may be one."""
    return real(path), real(path.parent) / path.name if path.name != ".." else real(path)


def _content_folder(path: Path) -> Path:
    """The folder that holds `ja/` and `en/` for a page, or for a folder in or above them."""
    for folder in (path, *path.parents):
        if folder.name in LANGUAGE_FOLDERS:
            return folder.parent
    return path if path.is_dir() else path.parent
