"""The files of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSource:
    """The files behind a topic: facts and Japanese prose in `page`, another language's prose in `translation`."""

    topic: str
    page: str
    translation: str | None = None
    language: str = "ja"
