"""How a log was found, and why an event was not saved: codes, which callers put into words."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class InUseError(OSError):
    """Another process does not let go of the lock of the data folder."""


class TroubleCode(StrEnum):
    """Why a history was not opened, or a file not taken. Nothing was written in any of these."""

    NOT_WRITABLE = "not-writable"
    NOT_READABLE = "not-readable"
    EMPTY = "empty"
    LOST = "lost"
    FOREIGN = "foreign"
    NEWER = "newer"
    DAMAGED = "damaged"
    IN_USE = "in-use"
    NO_FILE = "no-file"
    DANGLING = "dangling"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a history, or with a file that was named (`copy`); `line` counts from 1."""

    code: TroubleCode
    path: Path
    detail: str = ""
    line: int = 0
    copy: bool = False

    @classmethod
    def by(cls, error: OSError, path: Path, code: TroubleCode = TroubleCode.NOT_WRITABLE) -> Trouble:
        """The trouble that an error of the machine is."""
        if isinstance(error, InUseError):
            return cls(TroubleCode.IN_USE, path)
        return cls(code, path, error.strerror or str(error))


def or_trouble(function: Callable[Concatenate[Path, P], R]) -> Callable[Concatenate[Path, P], R | Trouble]:
    """Decorate a function of a data folder: an OSError becomes the trouble that it returns."""

    @wraps(function)
    def guarded(folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> R | Trouble:
        try:
            return function(folder, *args, **kwargs)
        except OSError as error:
            return Trouble.by(error, folder)

    return guarded


class NoticeCode(StrEnum):
    """What was found, and mended or kept apart, when a history was opened."""

    TORN = "torn"
    HEALED = "healed"
    SHORTENED = "shortened"
    REBUILT = "rebuilt"
    IN_MEMORY = "in-memory"
    CLOCK = "clock"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a learner should know of an opened history; `path` is where something was set aside, `count` its size."""

    code: NoticeCode
    path: Path = Path()
    count: int = 0
    detail: str = ""


class NotSavedCode(StrEnum):
    """Why an event was not saved."""

    NO_SPACE = "no-space"
    REPLACED = "replaced"
    GONE = "gone"
    IN_USE = "in-use"
    TAKEN_OVER = "taken-over"
    CLOSED = "closed"
    FAILED = "failed"


_NO_SPACE = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class NotSavedError(Exception):
    """The event is not in the log, not even in part; saving it can be tried again."""

    def __init__(self, code: NotSavedCode, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail

    @classmethod
    def by(cls, error: OSError) -> NotSavedError:
        """The failure that an error of the machine is."""
        if isinstance(error, InUseError):
            return cls(NotSavedCode.IN_USE)
        code = NotSavedCode.NO_SPACE if error.errno in _NO_SPACE else NotSavedCode.FAILED
        return cls(code, error.strerror or str(error))
