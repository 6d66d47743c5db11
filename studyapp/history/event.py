"""One event of the log: its line, and the attempt that its body may hold.

A line is `{"v":…,"id":…,"at":…,"day":…,"kind":…,"body":{…},"hash":"…"}` in UTF-8. The hash is BLAKE2b (16 bytes, in
hex) of the hash of the line before, as text, followed by the bytes of this line up to `,"hash"`, its *content*. So the
chain covers every byte that has a meaning, and checking it needs no JSON.
"""

import json
import math
import re
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from studyapp.domain.record import Flag
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Attempt, Help, Outcome, Part

VERSION = 1  # the version of the format, written into the header and into each event
FORMAT = "studyapp history"
BEFORE_ALL = ""  # the hash that the first line follows
_MARK = b"\xef\xbb\xbf"  # a byte order mark, which some editors put before a text
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Study days outside cannot be: no scheduler reckons with them, and dates near the year 9999 overflow."""

_DIGEST = 16
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_ID = re.compile(rb'"id":"([^"]{1,100})"')
_OPEN, _CLOSE = b',"hash":"', b'"}\n'
_TAIL = len(_OPEN) + 2 * _DIGEST + len(_CLOSE)
_MOST = 10**12  # far beyond any count or time, and sums of it stay within what the tables take
_FIELDS = tuple(field.name for field in fields(Attempt))
_PART_FIELDS = tuple(field.name for field in fields(Part))


class Kind(StrEnum):
    """The kinds of events. One of another kind is kept, and moves nothing."""

    HEADER = "header"
    ATTEMPT = "attempt"
    UNDO = "undo"  # takes back the attempt that the body names
    REGRADE = "regrade"  # gives the attempt that the body names another verdict
    LESSON = "lesson"  # the section of a skill was read, for so many milliseconds
    FLAG = "flag"  # marks an exercise or a place on a page, with a note, or takes the mark away
    EXAM_START = "exam_start"  # its id is the exam's, which the bodies of the others name
    EXAM_HOLD = "exam_hold"  # goes on with an exam in a window, which has it until another one does
    EXAM_ANSWER = "exam_answer"
    EXAM_FLAG = "exam_flag"
    EXAM_GIVE_UP = "exam_give_up"  # ends an exam without a result: its answers stay, and count for nothing
    EXAM_SUBMIT = "exam_submit"
    EXAM_SETTLED = "exam_settled"  # from here on, every answer of the exam is in the log as an attempt, too


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


def _finite(text: str) -> float:
    number = float(text)  # NaN and Infinity, too, which JSON does not have
    if not math.isfinite(number):
        raise ValueError(f"{text} has no finite value")
    return number


_decode = json.JSONDecoder(parse_constant=_finite, parse_float=_finite).decode


def hash_after(previous: str, content: bytes) -> str:
    """The hash of a line with this content, after a line with the hash `previous`."""
    return blake2b(previous.encode() + content, digest_size=_DIGEST).hexdigest()


def chained(content: bytes, previous: str) -> tuple[bytes, str]:
    """The line with this content after a line with the hash `previous`, and its own hash."""
    own = hash_after(previous, content)
    return content + _OPEN + own.encode("ascii") + _CLOSE, own


def line_of(event: Event, previous: str) -> tuple[bytes, str]:
    """The line of an event after a hash, and its own. Errors: ValueError (no time zone), TypeError (no JSON)."""
    if event.at.tzinfo is None:
        raise ValueError("the moment of an event carries its time zone")
    members = {
        "v": event.v,
        "id": event.id,
        "at": event.at.isoformat(timespec="milliseconds"),
        "day": event.day.isoformat(),
        "kind": event.kind,
        "body": event.body,
    }
    # A half surrogate that was pasted has no UTF-8; its backslash form is what JSON itself would write.
    return chained(_encode(members).encode("utf-8", errors="backslashreplace")[:-1], previous)


def plain(line: bytes) -> bytes:
    """A line without what cannot be misread: a byte order mark, a carriage return; empty for a blank line."""
    text = line.removeprefix(_MARK).strip(b"\r\n\t ")
    return text + b"\n" if text and line.endswith(b"\n") else text


def content_and_hash(line: bytes) -> tuple[bytes, str]:
    """The content of a line and the hash that it states, by their places alone: the form may be damaged."""
    text = line.removesuffix(b"\n")
    return text[: 1 - _TAIL], text[1 - _TAIL + len(_OPEN) : 1 - len(_CLOSE)].decode("ascii", errors="replace")


def rechained(line: bytes, previous: str) -> tuple[bytes, str]:
    """The line with the content of this one after a line with the hash `previous`, and its own hash."""
    return chained(content_and_hash(line)[0], previous)


def hash_in(line: bytes) -> str | None:
    """The hash that a plain line states, unchecked; None where it has none in its place."""
    well_formed = len(line) > _TAIL and line[-_TAIL:].startswith(_OPEN) and line.endswith(_CLOSE)
    return content_and_hash(line)[1] if well_formed else None


def hash_checked(line: bytes, previous: str) -> str | None:
    """The hash of a plain line that follows a line with the hash `previous`; None where the chain breaks."""
    stated = hash_in(line)
    return stated if stated is not None and stated == hash_after(previous, line[:-_TAIL]) else None


def event_in(line: bytes) -> Event | Unreadable:
    """The event of a plain line, or why it has none."""
    try:
        members = _decode(line.decode())
        event = Event(
            id=_text(members["id"]),
            at=datetime.fromisoformat(members["at"]),
            day=date.fromisoformat(members["day"]),
            kind=_text(members["kind"]),
            body=dict(members["body"]),
            v=int(members["v"]),
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
    return Event(id=event_id, at=at, day=day, kind=Kind.HEADER, body={"format": FORMAT, "version": VERSION})


def body_of(attempt: Attempt) -> dict[str, Any]:
    """The attempt as JSON values."""
    # By hand: `asdict` copies every value, and takes as long as all the rest of saving but the disk.
    return {name: getattr(attempt, name) for name in _FIELDS} | {
        "parts": [{name: getattr(part, name) for name in _PART_FIELDS} for part in attempt.parts]
    }


def attempt_in(body: dict[str, Any]) -> Attempt | None:
    """The attempt in a body; None where the body does not have the shape of one."""
    try:
        return Attempt(
            exercise=_text(body["exercise"]),
            topic=_text(body["topic"]),
            seed=int(body["seed"]),
            version=str(body["version"]),
            prompt=str(body["prompt"]),
            parts=tuple(_part(part) for part in body["parts"]),
            hints=_count(body["hints"]),
            tries=_count(body["tries"]),
            active_ms=_count(body["active_ms"]),
            key=str(body["key"]),
            mode=_text(body.get("mode", "")),  # events of before modes were kept have none
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A section that was read before its skill was asked, and the milliseconds that it took."""

    skill: str
    topic: str
    active_ms: int = 0


def lesson_in(body: dict[str, Any]) -> Lesson | None:
    """The lesson in a body; None where the body does not have the shape of one."""
    try:
        return Lesson(_text(body["skill"]), _text(body["topic"]), _count(body["active_ms"]))
    except (KeyError, TypeError, ValueError):
        return None


def flag_in(body: dict[str, Any]) -> tuple[Flag, bool] | None:
    """The flag in a body, and whether it is set; None where the body does not have the shape of one."""
    try:
        texts = [_text(body[name]) for name in ("topic", "exercise", "heading", "note")]
        return Flag(*texts), bool(body["on"])
    except (KeyError, TypeError, ValueError):
        return None


def named_in(body: dict[str, Any], name: str) -> str:
    """The id that a body gives by a name; empty where there is none that a table takes."""
    value = body.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


def _part(body: dict[str, Any]) -> Part:
    mistake = body["mistake"]
    return Part(
        ask=_text(body["ask"]),
        skill=_text(body["skill"]),
        answer=str(body["answer"]),
        verdict=Outcome(body["verdict"]),
        mistake=None if mistake is None else _text(mistake),
        help=Help(body["help"]),
    )


def _text(value: object) -> str:
    text = str(value)
    text.encode("utf-8")  # a half surrogate, which no table takes, is a ValueError
    return text


def _count(value: Any) -> int:
    number = int(value)
    if not 0 <= number <= _MOST:
        raise ValueError(number)
    return number
