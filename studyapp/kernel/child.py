"""A program that answers lines with lines, as a child process. Light: it is started before the app itself is loaded."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

KERNEL = "studyapp.kernel"
LOG = "kernel.log"
LONGEST_LINE = 16 * 1024**2


class Child:
    """A running child. Raises `OSError` where none can be started."""

    def __init__(self, log: Path | None = None, module: str = KERNEL) -> None:
        with _opened(log) as errors:
            self._process = subprocess.Popen(  # noqa: S603 — this Python, with a module of our own
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
            )

    @property
    def process_id(self) -> int:
        """The child's process id."""
        return self._process.pid

    def send(self, line: bytes) -> None:
        """Write a line, and wait until the child has taken it. Raises `OSError` or `ValueError` when it has stopped."""
        assert self._process.stdin is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def lines(self) -> Iterator[bytes]:
        """What the child writes, until it stops or a line is too long."""
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):  # closed by `end`
            while (line := self._process.stdout.readline(LONGEST_LINE)).endswith(b"\n"):
                yield line

    def end(self) -> None:
        """End the child, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not sent before the end is lost
                if pipe is not None:
                    pipe.close()


def start_kernel(log: Path | None) -> Child | None:
    """The kernel on its way; None where it cannot be started, which is told when something is asked of it."""
    try:
        return Child(log)
    except OSError:
        return None


@contextlib.contextmanager
def _opened(log: Path | None) -> Iterator[IO[bytes] | int]:
    try:
        stream = log.open("ab") if log is not None else None
    except OSError:
        stream = None
    if stream is None:
        yield subprocess.DEVNULL
        return
    with stream:
        yield stream
