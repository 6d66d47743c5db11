"""Lines in and out: the one place where a command reads and writes, so that nothing written is obeyed by a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

import click

from studyapp.domain.text import Text
from studyapp.typeset.width import UNSEEN, visible

NOT_JSON = Text(ja="JSON の行として読めません。", en="This line is not a JSON request.")
BAR_WIDTH = 30
SILENT_SECONDS = 1.0
REDRAW_SECONDS = 0.1


def open_streams() -> None:
    """Open standard streams that are closed on nothing, and let all of them be UTF-8 with signs for other bytes."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The system gives the lowest free number, which is the stream's own; child processes inherit it.
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)  # noqa: FBT003 — the system's function has no name for it
            setattr(sys, name, os.fdopen(descriptor, mode))
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")


def close_streams() -> None:
    """Write what is still to be written; a stream that takes nothing any more is let go without a complaint."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def has_screen() -> bool:
    """Whether there is a terminal that moves its cursor; Textual paints on standard error."""
    streams = (sys.stdin, sys.stdout, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        return False
    return os.name != "posix" or os.environ.get("TERM", "") not in {"", "dumb", "unknown"}


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Write text on standard output: control, direction and zero-width characters as signs.

    With `err` on standard error, whose loss stops no command. A reader who has seen enough ends the command with 0.
    """
    try:
        click.echo(visible(text), err=err, nl=nl)
    except BrokenPipeError:
        sys.exit(0)
    except OSError:
        if not err:
            raise


def fail(text: str, code: int = 1) -> NoReturn:
    """End the command with a code, and say why on standard error."""
    echo(text, err=True)
    sys.exit(code)


def json_text(value: object, indent: int | None = None) -> str:
    """JSON in the characters that it is about; those that a terminal would obey are escaped, which changes no value."""
    return UNSEEN.sub(lambda sign: json.dumps(sign[0])[1:-1], json.dumps(value, ensure_ascii=False, indent=indent))


def echo_json(value: object) -> None:
    """Write one JSON document on standard output."""
    echo(json_text(value, indent=2))


def echo_replies(reply: Callable[[str], dict[str, Any]], *, timing: bool) -> None:
    """Answer each line of standard input that is not blank with a line of JSON."""
    for line in sys.stdin:
        if line.strip():
            started = time.perf_counter()
            echo(json_text(with_ms(reply(line), started, timing=timing)))


def request_in(line: str) -> dict[str, Any] | None:
    """The JSON object in a line; None where there is none."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return request if isinstance(request, dict) else None


def with_ms(reply: dict[str, Any], started: float, *, timing: bool) -> dict[str, Any]:
    """A reply, with the milliseconds since it was begun as `ms` where they are asked for."""
    return reply | {"ms": round(1000 * (time.perf_counter() - started), 3)} if timing else reply


def read_line() -> str | None:
    """The next line of input without its end; None where the input has ended."""
    if sys.stdin.isatty():
        echo("> ", nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None


class Progress:
    """A bar on the error stream of a terminal, drawn once a run has taken a second, and wiped away at the end."""

    def __init__(self, total: int) -> None:
        self._total = max(1, total)
        self._done = 0
        self._drawn_at = time.monotonic() - REDRAW_SECONDS + SILENT_SECONDS
        self._shows = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Clear the line, so that something else can be written."""
        self._write("\r\x1b[K")

    def step(self) -> None:
        """One more is done."""
        self._done = min(self._total, self._done + 1)
        now = time.monotonic()
        if now - self._drawn_at >= REDRAW_SECONDS:
            self._drawn_at = now
            filled = BAR_WIDTH * self._done // self._total
            self._write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {self._done}/{self._total}")

    def _write(self, text: str) -> None:
        if self._shows:
            sys.stderr.write(text)
            sys.stderr.flush()
