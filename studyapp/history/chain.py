"""The lines of a log, sound and damaged; what cannot be misread (a byte order mark, blank lines) is no damage."""

import os
import re
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from studyapp.domain.values import dataclass
from studyapp.history import event as lines
from studyapp.history.errors import Trouble, TroubleCode
from studyapp.history.event import BEFORE_ALL, Event, Kind, Unreadable

CHECKED_AT_START = 1000  # events at the end of the log whose chain is checked whenever it is opened
_BLOCK = 1 << 18
_LONGEST_HEADER = 1 << 16
_MERGED = re.compile(rb'(?<="\})[^\n](?=\{"v":)')  # between two lines whose line end is damaged
_CANDIDATES = 8  # hashes that the next line may follow, at most; behind one damaged line there are three


@dataclass(frozen=True, slots=True)
class Point:
    """A place between two lines: bytes before it, the hash of the event before it, lines before it."""

    offset: int
    hash: str
    lines: int


START = Point(0, BEFORE_ALL, 0)


@dataclass(frozen=True)
class Link:
    """One sound line: its plain text, where it begins, and the point after it."""

    text: bytes
    start: int
    after: Point

    @cached_property
    def event(self) -> Event | Unreadable:
        """The event of the line, or why it has none."""
        return lines.event_in(self.text)


@dataclass(frozen=True, slots=True)
class Damage:
    """A line (from 1) that does not follow the one before; `sound`: its content is proven, `torn`: it has no end."""

    line: int
    offset: int
    text: bytes
    sound: bool = False
    torn: bool = False

    @property
    def event(self) -> str:
        """The id of the event, as far as it can be read."""
        return lines.id_in(self.text)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The events up to the first damage, without the header, and that damage."""

    events: int
    damage: Damage | None = None


def walk(path: Path, start: Point = START, end: int | None = None) -> Iterator[Link | Damage]:
    """The lines from a point on, up to `end` bytes.

    A line is sound where it follows from the hash of the line before it. Behind a damaged line, that is the hash which
    the line states, or the one which it ought to have: damage to one line costs no other.
    Errors: OSError where the file cannot be read.
    """
    candidates = [start.hash]
    offset, number = start.offset, start.lines
    with path.open("rb") as file:
        file.seek(offset)
        while (end is None or offset < end) and (raw := file.readline()):
            begin, offset, number = offset, offset + len(raw), number + 1
            text = lines.plain(raw)
            own = next(filter(None, (lines.hash_checked(text, previous) for previous in candidates)), None)
            if own is not None:
                candidates = [own]
                yield Link(text, begin, Point(offset, own, number))
            elif text:
                for piece in _MERGED.split(text):
                    # By their places: a damaged sign between content and hash takes nothing from either.
                    content, stated = lines.content_and_hash(piece)
                    expected = [lines.hash_after(previous, content) for previous in candidates]
                    sound = bool(content) and stated in expected
                    candidates = [stated] if sound else [stated, *expected, *candidates][:_CANDIDATES]
                    torn = not raw.endswith(b"\n")
                    yield Damage(number, begin, piece, sound=sound and not torn, torn=torn)


def verify_chain(path: Path) -> ChainReport:
    """The whole chain of a log, from its first line. Errors: OSError where the file cannot be read."""
    events = -1  # without the header
    for link in walk(path):
        if isinstance(link, Damage):
            return ChainReport(max(events, 0), link)
        events += 1
    return ChainReport(max(events, 0))


def header_trouble(path: Path) -> Trouble | None:
    """Why a file is no log that can be used, by its kind and its first line; None where it is one."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device would be waited for, or never end
            return Trouble(TroubleCode.NO_FILE, path)
        with path.open("rb") as file:
            texts = map(lines.plain, iter(lambda: file.readline(_LONGEST_HEADER), b""))
            first = next(filter(None, texts), b"")
    except OSError as error:
        code = TroubleCode.DANGLING if path.is_symlink() and not path.exists() else TroubleCode.NOT_READABLE
        return Trouble.by(error, path, code)
    if not first:
        return Trouble(TroubleCode.EMPTY, path)
    is_ours = lines.hash_in(first) is not None or lines.FORMAT.encode() in first
    if is_ours and lines.hash_checked(first, BEFORE_ALL) is None:
        return Trouble(TroubleCode.DAMAGED, path, line=1)
    event = lines.event_in(first)
    body = event.body if isinstance(event, Event) and event.kind == Kind.HEADER else {}
    version = body.get("version")
    if body.get("format") != lines.FORMAT or not isinstance(version, int):
        return Trouble(TroubleCode.FOREIGN, path)
    return Trouble(TroubleCode.NEWER, path, str(version)) if version > lines.VERSION else None


def damaged(path: Path, damage: Damage) -> Trouble:
    """The trouble that a damaged line is; its number is counted where it was not known."""
    with path.open("rb") as file:
        line = file.read(damage.offset).count(b"\n") + 1
    return Trouble(TroubleCode.DAMAGED, path, line=line)


def hash_before(path: Path, offset: int) -> str | None:
    """The hash that the last event before `offset` states; None where no event ends there. Errors: OSError."""
    with path.open("rb") as file:
        file.seek(max(0, offset - _BLOCK))
        data = lines.plain(file.read(min(offset, _BLOCK))).rstrip(b"\n")
    return lines.hash_in(data + b"\n") if data else BEFORE_ALL


def point_before_last(path: Path, count: int = CHECKED_AT_START) -> Point:
    """The point before the last `count` lines, whose number is not known. Errors: OSError."""
    with path.open("rb") as file:
        size, block = file.seek(0, os.SEEK_END), _BLOCK
        while True:
            file.seek(max(0, size - block))
            data = file.read(block)
            lines = data.removesuffix(b"\n").split(b"\n")
            if len(lines) > count:
                offset = size - len(b"\n".join(lines[-count:])) - data.endswith(b"\n")
                return Point(offset, hash_before(path, offset) or "", 0)
            if block >= size:
                return START
            block *= 4


def rest_of(path: Path, offset: int) -> bytes:
    """The bytes of a file from an offset on. Errors: OSError."""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read()
