"""Pages named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.study.files import real_path
from studyapp.study.library import Library
from studyapp.study.pagefiles import files_of

LANGUAGE_FOLDERS = ("ja", "en")


def library_of(context: Context, paths: Sequence[Path]) -> Library:
    """The course, or with paths the content folders that hold them."""
    refuse_loose(context, paths)
    roots = roots_of(context, paths)
    return load_library(replace(context, content=roots), topics_of(context, roots))


def topics_of(context: Context, roots: Sequence[Path]) -> tuple[str, ...]:
    """The topics of the course that pages in other folders may require."""
    if set(map(real_path, context.content)) <= set(map(real_path, roots)):
        return ()
    return tuple(topic.id for topic in load_library(context).topics)


def refuse_loose(context: Context, paths: Sequence[Path]) -> None:
    """End the command where a file is named that no content folder holds: nothing of it would be read."""
    for path in paths:
        if path.is_file() and files_of(path) is None:
            raise click.UsageError(context.words.preview.not_a_page.format(path=path))


def roots_of(context: Context, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The content folders of the course, or with paths those that hold them."""
    if not paths:
        return context.content
    return tuple(dict.fromkeys(_content_folder(real_path(path)) for path in paths))


def concerns(place: str, paths: Sequence[Path]) -> bool:
    """Whether a file is one of the paths, or below one of them; without paths every file is."""
    file = real_path(Path(place))
    return not paths or any(path == file or path in file.parents for path in map(real_path, paths))


def _content_folder(path: Path) -> Path:
    """The folder that holds `ja/` and `en/` for a page, or for a folder in or above them."""
    for folder in (path, *path.parents):
        if folder.name in LANGUAGE_FOLDERS:
            return folder.parent
    return path if path.is_dir() else path.parent
