"""How the log was found, and why it could not be written: typed states that are told, never passed over."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studyapp.domain.words.history import HistoryWords


class TroubleCode(StrEnum):
    """Why a history was not opened. Nothing was written in any of these."""

    NOT_WRITABLE = "not-writable"
    NOT_READABLE = "not-readable"
    EMPTY = "empty"
    LOST = "lost"
    FOREIGN = "foreign"
    NEWER = "newer"
    DAMAGED = "damaged"
    IN_USE = "in-use"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A history that was not opened.

    `path` is the folder or the log; `detail` the machine's word for it, the version, or the trace of an older log;
    `line` (from 1) and `event` name the damaged event as far as it can be named.
    """

    code: TroubleCode
    path: Path
    detail: str = ""
    line: int = 0
    event: str = ""

    def tell(self, words: HistoryWords) -> str:
        """The sentence for it, with what to do."""
        path = str(self.path)
        match self.code:
            case TroubleCode.NOT_WRITABLE:
                return words.tell_not_writable(path, self.detail)
            case TroubleCode.NOT_READABLE:
                return words.tell_not_readable(path, self.detail)
            case TroubleCode.EMPTY:
                return words.tell_empty(path)
            case TroubleCode.LOST:
                return words.tell_lost(path, self.detail)
            case TroubleCode.FOREIGN:
                return words.tell_foreign(path)
            case TroubleCode.NEWER:
                return words.tell_newer(path, self.detail)
            case TroubleCode.DAMAGED:
                return words.tell_damaged(path, self.line)
            case TroubleCode.IN_USE:
                return words.in_use


class NoticeCode(StrEnum):
    """What was found, and mended or kept apart, when a history was opened."""

    READ_ONLY = "read-only"
    TORN = "torn"
    HEALED = "healed"
    SHORTENED = "shortened"
    REBUILT = "rebuilt"
    IN_MEMORY = "in-memory"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell about an opened history.

    `path` is where something was set aside, `count` its bytes, or the events in it after the header; `detail` the
    moment of the last event.
    """

    code: NoticeCode
    path: Path = Path()
    count: int = 0
    detail: str = ""

    def tell(self, words: HistoryWords) -> str:
        """The sentence for it."""
        match self.code:
            case NoticeCode.READ_ONLY:
                return words.read_only
            case NoticeCode.TORN:
                return words.tell_torn(str(self.path), self.count)
            case NoticeCode.HEALED:
                return words.healed
            case NoticeCode.SHORTENED:
                return words.tell_shortened(str(self.path), self.count)
            case NoticeCode.REBUILT:
                return words.rebuilt
            case NoticeCode.IN_MEMORY:
                return words.in_memory
            case NoticeCode.CLOCK:
                return words.tell_clock(self.detail)


class NotSavedCode(StrEnum):
    """Why an event was not saved."""

    NO_SPACE = "no-space"
    READ_ONLY = "read-only"
    REPLACED = "replaced"
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
        code = NotSavedCode.NO_SPACE if error.errno in _NO_SPACE else NotSavedCode.FAILED
        return cls(code, error.strerror or str(error))

    def tell(self, words: HistoryWords) -> str:
        """The sentence for it, with what to do."""
        match self.code:
            case NotSavedCode.NO_SPACE:
                return words.no_space
            case NotSavedCode.READ_ONLY:
                return words.read_only
            case NotSavedCode.REPLACED:
                return words.replaced
            case NotSavedCode.CLOSED:
                return words.closed
            case NotSavedCode.FAILED:
                return words.tell_failed(self.detail)
