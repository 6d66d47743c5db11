"""A program that is spoken to through a terminal or through pipes, and killed in the middle of it."""

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

PATIENCE = 300.0
"""Seconds without the awaited output after which something is wrong; no test depends on how many it takes."""


class Running:
    """One run of a program. Output is read in order: what was awaited once is not found again."""

    def __init__(self, command: Sequence[str], *, terminal: bool) -> None:
        environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "TERM": "xterm-256color"}
        if terminal:
            self._output, end = pty.openpty()
            termios.tcsetwinsize(end, (40, 110))
            self._input = self._output
        else:
            self._output, end = os.pipe()
            typed, self._input = os.pipe()
        self.process = subprocess.Popen(
            command,
            stdin=end if terminal else typed,
            stdout=end,
            stderr=end,
            start_new_session=True,
            preexec_fn=_take_terminal if terminal else None,  # noqa: PLW1509 — nothing else runs here yet
            env=environment,
        )
        os.close(end)
        if not terminal:
            os.close(typed)
        self._terminal = terminal
        self._seen = b""
        self._at = 0

    def send(self, text: str | bytes) -> None:
        """Type something."""
        os.write(self._input, text if isinstance(text, bytes) else text.encode())

    def until(self, pattern: str) -> re.Match[bytes]:
        """Wait for something to be shown."""
        deadline = time.monotonic() + PATIENCE
        while (found := re.compile(pattern.encode()).search(self._seen, self._at)) is None:
            if not self._read(max(0.0, deadline - time.monotonic())):
                self.process.kill()
                raise AssertionError(f"{pattern} was not shown:\n{self._seen[-3000:].decode(errors='replace')}")
        self._at = found.end()
        return found

    def shown_again(self, pattern: str) -> list[re.Match[bytes]]:
        """What else was shown before the end."""
        return list(re.compile(pattern.encode()).finditer(self._seen, self._at))

    def ended(self) -> int:
        """Wait until it ends by itself; its exit code."""
        while self._read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def kill(self) -> list[int]:
        """End it without warning; the processes that it had started."""
        children = children_of(self.process.pid)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        while self._read(PATIENCE):  # to the last byte that was on its way
            pass
        self.close()
        return children

    def close(self) -> None:
        """Let go of its ends."""
        for descriptor in {self._output, self._input}:
            os.close(descriptor)

    def _read(self, seconds: float) -> bool:
        """Take more output in; whether there was any before its end."""
        if not select.select([self._output], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._output, 1 << 16)
        except OSError:  # a terminal whose other end is closed
            return False
        self._seen += data
        return bool(data)


def _take_terminal() -> None:
    """Make standard input the controlling terminal: its closing is a signal, as in a window."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def children_of(process: int) -> list[int]:
    """The processes below a process, at however many removes."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    below: dict[int, list[int]] = {}
    for line in table.splitlines():
        pid, parent = map(int, line.split())
        below.setdefault(parent, []).append(pid)
    found = list(below.get(process, []))
    for one in found:
        found += below.get(one, [])
    return found


def outlives(process: int) -> bool:
    """Whether a process is still there after all patience; one that only waits to be buried is not."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
        if not state.stdout.strip() or state.stdout.strip().startswith("Z"):
            return False
        time.sleep(0.05)
    return True


def launch(data: Path, *arguments: str) -> list[str]:
    """The command line of studyapp over a data folder, in English, at a fixed moment."""
    at = "2026-11-01T12:00:00+00:00"
    return [sys.executable, "-m", "studyapp", "--lang", "en", "--data", str(data), "--now", at, *arguments]
