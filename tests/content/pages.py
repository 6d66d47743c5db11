"""The pages of the shipped course, read once for all tests of a process."""

from functools import cache
from pathlib import Path

import pytest

from studyapp.domain.exercise import Topic
from studyapp.domain.place import PageSource
from studyapp.pages.topics import read_topic

CONTENT = Path(__file__).parents[2] / "content"
PAGES = sorted((CONTENT / "ja").rglob("*.md"))
BY_PAGE = [pytest.param(page, marks=pytest.mark.deep if at % 6 else (), id=page.stem) for at, page in enumerate(PAGES)]
"""Every page, for checks that draw its exercises many times: one in six each day, all of them with `-m deep`."""


def source(page: Path, language: str = "ja") -> PageSource:
    relative = page.relative_to(CONTENT / "ja")
    translation = str(CONTENT / "en" / relative) if language == "en" else None
    return PageSource(relative.with_suffix("").as_posix(), str(page), translation, language)


@cache
def topic(page: Path, language: str) -> Topic:
    read, complaints = read_topic(source(page, language))
    assert read is not None, complaints
    return read
