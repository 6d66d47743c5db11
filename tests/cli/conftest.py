"""The index of the course is made once for all tests of commands; each data folder begins with a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studyapp.cli.context import shipped_content
from studyapp.study.library import Library


@pytest.fixture(scope="session")
def course_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that knows every page, in both languages."""
    folder = tmp_path_factory.mktemp("index")
    for language in ("ja", "en"):
        Library.load([shipped_content()], folder / "library.json", language)
    return folder


@pytest.fixture
def data(course_index: Path, tmp_path: Path) -> Path:
    """A data folder that knows the course already."""
    shutil.copytree(course_index, tmp_path / "data" / "cache")
    return tmp_path / "data"
