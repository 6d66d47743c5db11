"""The chain of a log file: walked from a point on, checked at its end, or verified as a whole. Nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from studyapp.history.event import BEFORE_ALL, TAIL, Event, event_in, hash_checked, hash_in, id_in

CHECKED_AT_START = 1000
"""Events at the end of the log whose chain is checked whenever it is opened."""

_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Point:
    """A place between two lines: bytes before it, the hash of the line before it, lines before it."""

    offset: int
    hash: str
    lines: int


START = Point(0, BEFORE_ALL, 0)


@dataclass(frozen=True, slots=True)
class Link:
    """One whole event (None where its shape is not known), and the point after it."""

    event: Event | None
    start: int
    after: Point


@dataclass(frozen=True, slots=True)
class Damage:
    """The first line that does not follow from the one before it.

    `line` counts from 1 (0 where it was not counted), `event` is its id as far as it can be read. `torn` where the line
    has no end and is the last: it was cut off while being written.
    """

    line: int
    offset: int
    event: str = ""
    torn: bool = False


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The events that hold, header included, and the first damage behind them."""

    events: int
    damage: Damage | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The end of a log whose last events hold: bytes and hash of the whole lines, and what stands torn after them.

    `last` is the moment of the last whole event, where it can be read.
    """

    offset: int
    hash: str
    torn: bytes = b""
    last: datetime | None = None


def _damage(line: bytes, number: int, offset: int) -> Damage:
    return Damage(number, offset, id_in(line), torn=not line.endswith(b"\n"))


def walk(path: Path, start: Point = START, end: int | None = None) -> Iterator[Link | Damage]:
    """The events from a point on, up to `end` bytes; the first damage ends it.

    Errors: OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        file.seek(start.offset)
        point = start
        while (end is None or point.offset < end) and (line := file.readline()):
            own = hash_checked(line, point.hash)
            if own is None:
                yield _damage(line, point.lines + 1, point.offset)
                return
            after = Point(point.offset + len(line), own, point.lines + 1)
            yield Link(event_in(line), point.offset, after)
            point = after


def verify_chain(path: Path) -> ChainReport:
    """The whole chain of a log, from its first line.

    Errors: OSError where the file cannot be read.
    """
    events, previous, offset = 0, BEFORE_ALL, 0
    with path.open("rb") as file:
        for line in file:
            own = hash_checked(line, previous)
            if own is None:
                return ChainReport(events, _damage(line, events + 1, offset))
            events, previous, offset = events + 1, own, offset + len(line)
    return ChainReport(events)


def hash_before(path: Path, offset: int) -> str | None:
    """The hash that the line ending at `offset` states; None where no line ends there."""
    if offset <= TAIL:
        return BEFORE_ALL if offset == 0 else None
    with path.open("rb") as file:
        file.seek(offset - TAIL - 1)
        return hash_in(file.read(TAIL + 1))


def check_end(path: Path, count: int = CHECKED_AT_START) -> End | Damage:
    """The end of a log, with the chain of its last `count` events checked.

    Errors: OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        offset = _start_of_last_lines(file, size, count + 1)
        file.seek(offset)
        lines = _lines(file.read(size - offset))
    previous = BEFORE_ALL
    if offset > 0:
        # The line before those that are asked for gives the hash that they follow.
        stated = hash_in(lines[0])
        if stated is None:
            return _counted(path, _damage(lines[0], 0, offset))
        previous, offset, lines = stated, offset + len(lines[0]), lines[1:]
    for line in lines:
        own = hash_checked(line, previous)
        if own is None:
            if line is lines[-1] and not line.endswith(b"\n"):
                return End(offset, previous, line, _moment(lines[-2:-1]))
            return _counted(path, _damage(line, 0, offset))
        previous, offset = own, offset + len(line)
    return End(offset, previous, last=_moment(lines[-1:]))


def _moment(lines: list[bytes]) -> datetime | None:
    event = event_in(lines[0]) if lines else None
    return event.at if event is not None and event.at.tzinfo is not None else None


def _lines(data: bytes) -> list[bytes]:
    # Only a line feed ends a line; `bytes.splitlines` would also cut at a carriage return.
    return [part + b"\n" for part in data.split(b"\n")[:-1]] + ([rest] if (rest := data.rpartition(b"\n")[2]) else [])


def _start_of_last_lines(file: BinaryIO, size: int, count: int) -> int:
    """The offset at which the last `count` lines begin."""
    position, found = size, 0
    while position > 0:
        block = min(_BLOCK, position)
        position -= block
        file.seek(position)
        data = file.read(block)
        at = len(data)
        while (at := data.rfind(b"\n", 0, at)) >= 0:
            if position + at + 1 < size:
                found += 1
                if found == count:
                    return position + at + 1
    return 0


def _counted(path: Path, damage: Damage) -> Damage:
    """The damage with its line number, for which the lines before it have to be counted."""
    lines, left = 1, damage.offset
    with path.open("rb") as file:
        while left > 0 and (data := file.read(min(_BLOCK, left))):
            lines += data.count(b"\n")
            left -= len(data)
    return Damage(lines, damage.offset, damage.event, damage.torn)
