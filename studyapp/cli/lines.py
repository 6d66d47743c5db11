"""Lines in and out: the one place where a command reads and writes, so that nothing written is obeyed by a terminal."""

from __future__ import annotations

import json
import os
import re
import sys

import click

from studyapp.typeset.width import UNSEEN, visible


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


def json_text(value: object, indent: int | None = None) -> str:
    """JSON in the characters that it is about; those that a terminal would obey are escaped, which changes no value."""
    return UNSEEN.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def read_line() -> str | None:
    """The next line of input without its end; None where the input has ended."""
    if sys.stdin.isatty():
        echo("> ", nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
