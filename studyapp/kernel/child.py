"""A program that answers messages, as a child process. Light: it is started before the app itself is loaded."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

KERNEL = "studyapp.kernel"
LOG = "kernel.log"


class Child:
    """A running child. Raises `OSError` where none can be started."""

    def __init__(self, log: Path | None = None, module: str = KERNEL) -> None:
        with contextlib.ExitStack() as stack:
            errors: IO[bytes] | int = subprocess.DEVNULL
            with contextlib.suppress(OSError):  # without a log, what the child complains of is lost
                errors = stack.enter_context(log.open("ab")) if log is not None else errors
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

    def send(self, number: int, body: bytes) -> None:
        """Send a message, and wait until it is read. Raises `OSError` or `ValueError` when the child has stopped."""
        from studyapp.kernel.messages import write_message  # by now the child is on its way

        assert self._process.stdin is not None
        write_message(self._process.stdin, number, body)

    def messages(self) -> Iterator[tuple[int, bytes]]:
        """Number and body of what the child writes, until it stops or writes something else."""
        from studyapp.kernel.messages import read_message

        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):  # closed by `end`
            while message := read_message(self._process.stdout):
                yield message

    def end(self) -> None:
        """End the child, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not sent before the end is lost
                if pipe is not None:
                    pipe.close()


def start_kernel(log: Path | None) -> Child | None:
    """Start the kernel. None where it cannot be started; the first request reports it."""
    try:
        return Child(log)
    except OSError:
        return None
