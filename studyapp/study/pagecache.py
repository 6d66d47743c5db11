"""The derived index of the course: pages that have not changed are not read again. Search texts are a file apart."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, TypeVar

from studyapp.domain.files import write_whole
from studyapp.domain.values import dataclass

VERSION = 8  # raised with every change of what is kept
_READERS = ("pages", "language", "domain", "study")
Stamp = list[list[Any]]
Made = TypeVar("Made")
Texts = Mapping[str, Mapping[str, str]]  # what a search looks through, by page and language


def stamp_of(*paths: Path | str | None) -> Stamp:
    """What a changed file changes: path, time in nanoseconds and size of each; zeros where it cannot be looked at."""
    stamp: Stamp = []
    for path in paths:
        if path is None:
            continue
        try:
            status = os.stat(path)  # noqa: PTH116 — of thousands of pages, whose paths are texts
            stamp.append([str(path), status.st_mtime_ns, status.st_size])
        except OSError:
            stamp.append([str(path), 0, 0])
    return stamp


def reader_stamp() -> int:
    """The time of the latest change of the rooms that read pages: they may be read in another way since."""
    house = Path(__file__).parents[1]
    times = [path.stat().st_mtime_ns for room in _READERS for path in (house / room).rglob("*.py")]
    return max(times, default=0)


@dataclass
class PageCache:
    """Entries by page and stamp, complaints in the language `spoken`; `texts` are of the pages that were read since."""

    path: Path | None
    spoken: str
    reader: int
    pages: dict[str, Any] = field(default_factory=dict)
    used: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path | None, spoken: str) -> PageCache:
        """The cache in a file; an empty one where there is none that can be used."""
        cache = cls(path, spoken, reader_stamp())
        if path is not None and texts_file(path).exists():
            # Derived: whatever is wrong with it, reading the pages again mends it.
            with contextlib.suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
                kept = json.loads(path.read_bytes())
                if [kept["version"], kept["reader"]] == [VERSION, cache.reader] and isinstance(kept["pages"], dict):
                    cache.pages = kept["pages"]
        return cache

    def find(self, page: str, stamp: Stamp, make: Callable[[Any], Made]) -> Made | None:
        """What `make` makes of what is kept of a file, if that has not changed since; None where it has to be read."""
        kept = self.pages.get(page)
        try:
            if kept is None or kept["stamp"] != stamp or (kept["complaints"] and kept["spoken"] != self.spoken):
                return None
            made = make(kept)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        self.used[page] = kept
        return made

    def keep(self, page: str, stamp: Stamp, values: dict[str, Any], texts: Mapping[str, str]) -> None:
        """Remember what was read."""
        self.used[page] = values | {"stamp": stamp, "spoken": self.spoken}
        self.texts[page] = texts

    def save(self) -> None:
        """Write the files if anything has changed; texts first, for what the index calls unchanged has its texts."""
        if self.path is None or self.used == self.pages:
            return
        kept = {"version": VERSION, "reader": self.reader, "pages": self.used}
        texts = all_texts(self.path, self.texts)
        if self.used.keys() <= texts.keys():
            with contextlib.suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                _write(texts_file(self.path), {page: texts[page] for page in self.used})
                _write(self.path, kept)


def all_texts(index: Path | None, fresh: Texts) -> Texts:
    """The texts beside an index, and fresh ones; an unreadable file is removed: the next start reads every page."""
    if index is None:
        return fresh
    try:
        kept = json.loads(texts_file(index).read_text(encoding="utf-8"))
        return {**{page: dict(texts) for page, texts in kept.items()}, **fresh}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        with contextlib.suppress(OSError):
            texts_file(index).unlink()
        return fresh


def texts_file(index: Path) -> Path:
    """The file of the texts beside an index."""
    return index.with_name(f"{index.stem}-texts.json")


def _write(path: Path, values: Mapping[str, Any]) -> None:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    write_whole(path, text.encode("utf-8", errors="backslashreplace"))
