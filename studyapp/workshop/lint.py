"""Lint: pages read once, with everything that the reader and the rules have to say about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource
from studyapp.pages.page import Page
from studyapp.pages.topics import read_pages, versions_of
from studyapp.workshop.rules import complaints_about, sheet_of


class Linter:
    """A reader for the library whose complaints are those of every rule, too; `told` hears of each page read."""

    def __init__(self, told: Callable[[str], None] = lambda _: None) -> None:
        self._told = told

    def __call__(self, source: PageSource) -> tuple[Mapping[str, Topic], tuple[Complaint, ...]]:
        """The topic behind a source by language, and every complaint about its files, in the order of their places."""
        page, translation = read_pages(source)
        topics, complaints = versions_of(source, page, translation)
        self._told(source.page)
        return topics, tuple(sorted([*complaints, *_by_rules(page, translation)], key=lambda one: one.place))


def _by_rules(page: Page, translation: Page | None) -> list[Complaint]:
    found: list[Complaint] = []
    for one, twin in ((page, translation), (translation, page)):
        sheet = sheet_of(one, page, twin) if one is not None else None
        if sheet is not None:
            found += complaints_about(sheet)
    return found
