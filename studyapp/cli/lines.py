"""Lines of input, one at a time."""

from __future__ import annotations

import sys

import click


def read_line() -> str | None:
    """The next line of input without its end; None where the input has ended."""
    if sys.stdin.isatty():
        click.echo("> ", nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
