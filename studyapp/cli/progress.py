"""How far a long run has come, on a terminal alone, and only once it has taken a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType

WIDTH = 30
SILENT_SECONDS = 1.0
REDRAW_SECONDS = 0.1


class Progress:
    """A bar on the error stream: one line, drawn over itself, and wiped away at the end."""

    def __init__(self, total: int) -> None:
        self._total = max(1, total)
        self._done = 0
        self._drawn_at = time.monotonic() - REDRAW_SECONDS + SILENT_SECONDS
        self._shows = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Clear the line, so that something else can be written."""
        if self._shows:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, count: int = 1) -> None:
        """So much more is done."""
        self._done = min(self._total, self._done + count)
        now = time.monotonic()
        if self._shows and now - self._drawn_at >= REDRAW_SECONDS:
            self._drawn_at = now
            filled = WIDTH * self._done // self._total
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {self._done}/{self._total}")
            sys.stderr.flush()
