"""One event of the log, and its line.

A line is `{"v":…,"id":…,"at":…,"day":…,"kind":…,"body":{…},"hash":"…"}` in UTF-8. The hash is BLAKE2b (16 bytes, in
hex) of the hash of the line before, as text, followed by the bytes of this line up to `,"hash"`. So every byte of the
log is held by the chain, and checking it needs no JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

VERSION = 1
"""The version of the format, written into the header and into each event."""

FORMAT = "studyapp history"
HEADER = "header"
BEFORE_ALL = ""
"""What stands for the hash before the first line."""

_DIGEST = 16
_written = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_ID = re.compile(rb'"id":"([^"]{1,100})"')
_OPEN, _CLOSE = b',"hash":"', b'"}\n'
TAIL = len(_OPEN) + 2 * _DIGEST + len(_CLOSE)
"""The bytes of a line that hold its hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened: `at` with its offset from UTC, `day` the study day as it was then, `body` by `kind`."""

    id: str
    at: datetime
    day: date
    kind: str
    body: dict[str, Any]
    v: int = VERSION


def hash_after(previous: str, content: bytes) -> str:
    """The hash of a line whose bytes before `,"hash"` are `content`."""
    return blake2b(previous.encode("ascii") + content, digest_size=_DIGEST).hexdigest()


def line_of(event: Event, previous: str) -> tuple[bytes, str]:
    """The line of an event after a line with the hash `previous`, and its own hash.

    Errors: ValueError for a moment without a time zone, TypeError or ValueError for a body that is not JSON.
    """
    if event.at.tzinfo is None:
        raise ValueError("the moment of an event carries its time zone")
    fields = {
        "v": event.v,
        "id": event.id,
        "at": event.at.isoformat(timespec="milliseconds"),
        "day": event.day.isoformat(),
        "kind": event.kind,
        "body": event.body,
    }
    text = _written(fields)
    # A half surrogate that was pasted has no UTF-8; its backslash form is what JSON itself would write.
    content = text.encode("utf-8", errors="backslashreplace")[:-1]
    own = hash_after(previous, content)
    return content + _OPEN + own.encode("ascii") + _CLOSE, own


def hash_in(line: bytes) -> str | None:
    """The hash that a line states, unchecked; None where it has none in its place."""
    tail = line[-TAIL:]
    if len(line) <= TAIL or not tail.startswith(_OPEN) or not tail.endswith(_CLOSE):
        return None
    return tail[len(_OPEN) : -len(_CLOSE)].decode("ascii", errors="replace")


def hash_checked(line: bytes, previous: str) -> str | None:
    """The hash of a line that follows a line with the hash `previous`; None where the chain breaks."""
    stated = hash_in(line)
    return stated if stated is not None and stated == hash_after(previous, line[:-TAIL]) else None


def event_in(line: bytes) -> Event | None:
    """The event of a line; None where it does not have the shape of one."""
    try:
        fields = json.loads(line)
        return Event(
            id=str(fields["id"]),
            at=datetime.fromisoformat(fields["at"]),
            day=date.fromisoformat(fields["day"]),
            kind=str(fields["kind"]),
            body=dict(fields["body"]),
            v=int(fields["v"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def id_in(line: bytes) -> str:
    """The id of an event as far as it can be read, in a damaged line, too; empty where it cannot."""
    event = event_in(line)
    if event is not None:
        return event.id
    found = _ID.search(line)
    return found[1].decode("utf-8", errors="replace") if found else ""


def header(event_id: str, at: datetime, day: date) -> Event:
    """The first event of a log."""
    return Event(id=event_id, at=at, day=day, kind=HEADER, body={"format": FORMAT, "version": VERSION})


def version_of(event: Event | None) -> int | None:
    """The version of the format that a first event states; None where the log is not ours."""
    if event is None or event.kind != HEADER or event.body.get("format") != FORMAT:
        return None
    version = event.body.get("version")
    return version if isinstance(version, int) else None
