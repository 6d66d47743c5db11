"""What asking the kernel is, and what a bug does to it; light: the kernel is started before all else is loaded."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Generic, TypeVar

Reply = TypeVar("Reply")
Result = TypeVar("Result")


class Request(Generic[Reply]):
    """A question to the mathematics, answered with a `Reply`."""

    __slots__ = ()


class KernelFailure(Exception):
    """The kernel stopped, or took longer than it may. Not a verdict: the same can be asked again."""


def guarded(work: Callable[[], Result], failed: Result) -> Result:
    """What the work gives, or `failed` where it raises: a bug, which is logged once for each line of code."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 — the next answer has to be graded whatever happened to this one
        import traceback

        frame = traceback.extract_tb(error.__traceback__)[-1]
        _log_once(type(error).__name__, frame.filename, frame.lineno or 0)
        return failed


@cache
def _log_once(error: str, path: str, line: int) -> None:
    import logging

    message = "studyapp: a bug (%s at %s:%d); the answer or question that met it is left out."
    logging.getLogger("studyapp").error(message, error, path, line)
