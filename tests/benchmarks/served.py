"""A formulation in an environment of its own, that answers call by call: so it can take turns with ours."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Served:
    """A child process that answers a line with a line."""

    def __init__(self, python: Path, program: str) -> None:
        self._child = subprocess.Popen(
            [python, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ONE_THREAD},
        )

    def ask(self, line: str) -> str:
        """The reply to a line."""
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()
        reply = self._child.stdout.readline()
        assert reply, f"no reply to {line}"
        return reply.rstrip("\n")

    def close(self) -> None:
        """End it."""
        assert self._child.stdin
        self._child.stdin.close()
        self._child.wait()


@contextmanager
def served(python: Path, program: str) -> Iterator[Served]:
    """The child process of a program, until the end of the block."""
    child = Served(python, program)
    try:
        yield child
    finally:
        child.close()
