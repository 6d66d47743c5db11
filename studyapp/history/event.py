"""One event of the log, and its line.

A line is `{"v":…,"id":…,"at":…,"day":…,"kind":…,"body":{…},"hash":"…"}` in UTF-8. The hash is BLAKE2b (16 bytes, in
hex) of the hash of the line before, as text, followed by the bytes of this line up to `,"hash"`, its *content*. So the
chain covers every byte that has a meaning, and checking it needs no JSON.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

VERSION = 1
"""The version of the format, written into the header and into each event."""

FORMAT = "studyapp history"
HEADER = "header"
BEFORE_ALL = ""
"""The hash that the first line follows."""

_DIGEST = 16
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_ID = re.compile(rb'"id":"([^"]{1,100})"')
_OPEN, _CLOSE = b',"hash":"', b'"}\n'
TAIL = len(_OPEN) + 2 * _DIGEST + len(_CLOSE)
"""The bytes of a line that hold its hash."""

MARK = b"\xef\xbb\xbf"
"""A byte order mark, which some editors put before a text."""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Study days outside cannot be: no scheduler reckons with them, and dates near the year 9999 overflow."""


class Unreadable(StrEnum):
    """Why a line gives no event."""

    DAMAGED = "damaged"
    TORN = "torn"
    SHAPE = "shape"
    MOMENT = "moment"
    FUTURE = "future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened: `at` with its offset from UTC, `day` the study day as it was then, `body` by `kind`."""

    id: str
    at: datetime
    day: date
    kind: str
    body: dict[str, Any]
    v: int = VERSION


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} has no finite value")
    return number


_decode = json.JSONDecoder(parse_constant=_refused, parse_float=_finite).decode


def hash_after(previous: str, content: bytes) -> str:
    """The hash of a line with this content, after a line with the hash `previous`."""
    return blake2b(previous.encode() + content, digest_size=_DIGEST).hexdigest()


def content_of(event: Event) -> bytes:
    """The content of the line of an event.

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
    # A half surrogate that was pasted has no UTF-8; its backslash form is what JSON itself would write.
    return _encode(fields).encode("utf-8", errors="backslashreplace")[:-1]


def chained(content: bytes, previous: str) -> tuple[bytes, str]:
    """The line with this content after a line with the hash `previous`, and its own hash."""
    own = hash_after(previous, content)
    return content + _OPEN + own.encode("ascii") + _CLOSE, own


def line_of(event: Event, previous: str) -> tuple[bytes, str]:
    """The line of an event after a line with the hash `previous`, and its own hash. Errors: as `content_of`."""
    return chained(content_of(event), previous)


def plain(line: bytes) -> bytes:
    """A line without what cannot be misread: a byte order mark, a carriage return; empty for a blank line."""
    text = line.removeprefix(MARK).strip(b"\r\n\t ")
    return text + b"\n" if text and line.endswith(b"\n") else text


def content_and_hash(line: bytes) -> tuple[bytes, str]:
    """The content of a line and the hash that it states, by their places alone: the form may be damaged."""
    text = line.removesuffix(b"\n")
    return text[: 1 - TAIL], text[1 - TAIL + len(_OPEN) : 1 - len(_CLOSE)].decode("ascii", errors="replace")


def hash_in(line: bytes) -> str | None:
    """The hash that a plain line states, unchecked; None where it has none in its place."""
    well_formed = len(line) > TAIL and line[-TAIL:].startswith(_OPEN) and line.endswith(_CLOSE)
    return content_and_hash(line)[1] if well_formed else None


def hash_checked(line: bytes, previous: str) -> str | None:
    """The hash of a plain line that follows a line with the hash `previous`; None where the chain breaks."""
    stated = hash_in(line)
    return stated if stated is not None and stated == hash_after(previous, line[:-TAIL]) else None


def event_in(line: bytes) -> Event | Unreadable:
    """The event of a plain line, or why it has none."""
    try:
        fields = _decode(line.decode())
        event = Event(
            id=_text(fields["id"]),
            at=datetime.fromisoformat(fields["at"]),
            day=date.fromisoformat(fields["day"]),
            kind=_text(fields["kind"]),
            body=dict(fields["body"]),
            v=int(fields["v"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return Unreadable.SHAPE
    if not event.id:
        return Unreadable.SHAPE
    possible = all(FIRST_DAY <= day <= LAST_DAY for day in (event.day, event.at.date()))
    return event if possible and event.at.tzinfo is not None else Unreadable.MOMENT


def id_in(line: bytes) -> str:
    """The id of an event as far as it can be read, in a damaged line, too; empty where it cannot."""
    event = event_in(line)
    if isinstance(event, Event):
        return event.id
    match = _ID.search(line)
    return match[1].decode("utf-8", errors="replace") if match else ""


def header(event_id: str, at: datetime, day: date) -> Event:
    """The first event of a log."""
    return Event(id=event_id, at=at, day=day, kind=HEADER, body={"format": FORMAT, "version": VERSION})


def version_of(event: Event | Unreadable) -> int | None:
    """The version of the format that a first event states; None where the log is not ours."""
    if isinstance(event, Unreadable) or event.kind != HEADER or event.body.get("format") != FORMAT:
        return None
    version = event.body.get("version")
    return version if isinstance(version, int) else None


def _text(value: object) -> str:
    text = str(value)
    text.encode("utf-8")  # a half surrogate, which no table takes, is a ValueError
    return text
