"""Copies of the log: made when due, verified before they count, thinned as they age; put back, merged, exported.

A backup is a whole log under another name, `backups/history-<UTC time>.jsonl`. Nothing here overwrites a log: what is
replaced is kept first, under a name that no other file has.
"""

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from studyapp.domain.files import NEW, write_beside, write_whole
from studyapp.domain.values import dataclass
from studyapp.history.chain import START, Link, Point, damaged, header_trouble, verify_chain, walk
from studyapp.history.errors import Trouble, TroubleCode, or_trouble
from studyapp.history.event import BEFORE_ALL, Event, Kind, Unreadable, attempt_in, header, line_of, rechained
from studyapp.history.index import INDEX
from studyapp.history.log import LOG, MODE, FolderLock

FOLDER = "backups"
EVERY = timedelta(days=1)
ALL_OF = timedelta(days=2)  # backups that are no older than this are all kept
DAILY, WEEKLY, MONTHLY = 12, 10, 9
ZONES = timedelta(days=2)
"""A study day and the date of its moment are no further apart: 14 hours of time zone, and a day that starts at 4."""
AHEAD = timedelta(days=1)
"""How far an event that is taken in may be ahead of the clock: other time zones, and clocks that are a little wrong."""
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"history-(\d{8}T\d{6}Z)(-\d+)?\.jsonl")
_NAMED = {name: re.compile(rb'"%b":"([^"\\]{1,100})"' % name.encode()) for name in ("exercise", "day")}


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the log, and when it was made."""

    path: Path
    made: datetime


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not taken over, and why; its exercise and day as far as they can be read."""

    line: int
    reason: Unreadable
    exercise: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy that was put back: its events, whether its last one was cut off, and the events that it lacks."""

    events: int
    torn: bool
    lacks: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: events that were new here, events that were here already, and what was left out."""

    added: int
    known: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A log that was written anew from its sound lines: its events, what is missing, and where the old file is."""

    events: int
    missing: tuple[LeftOut, ...]
    kept: Path | None


def backups(folder: Path) -> tuple[Backup, ...]:
    """The backups in a data folder, the oldest first."""
    copies = []
    for path in (folder / FOLDER).glob("history-*.jsonl"):
        match = _NAME.fullmatch(path.name)
        with contextlib.suppress(ValueError):  # no such time: a file that somebody else put there
            if match and path.stat().st_size:  # an empty one was being made when its process was killed
                copies.append(Backup(path, datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)))
    return tuple(sorted(copies, key=lambda copy: (copy.made, len(copy.path.name), copy.path.name)))


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the log has grown since the newest backup, and that is older than a day. One from the future is none."""
    log, made = folder / LOG, [copy for copy in backups(folder) if copy.made <= now]
    if not log.is_file() or not made:
        return log.is_file()
    return now - made[-1].made >= EVERY and log.stat().st_size != made[-1].path.stat().st_size


@or_trouble
def back_up(folder: Path, now: datetime) -> Backup | Trouble:
    """Copy the log, verify the copy and thin older ones; or why not. A damaged log never pushes out good copies."""
    log = folder / LOG
    trouble = _trouble_of(log)
    if trouble is not None:
        return trouble
    (folder / FOLDER).mkdir(exist_ok=True)
    path = _write(folder / FOLDER, f"history-{now.astimezone(UTC).strftime(_TIME)}{{}}.jsonl", _whole_lines(log))
    for old in thinned(backups(folder), now):
        old.path.unlink(missing_ok=True)
    for left in (*folder.glob(f"*{NEW}"), *(folder / FOLDER).glob(f"*{NEW}")):
        if left.stat().st_mtime < (now - EVERY).timestamp():  # a process that was killed left it half-written
            left.unlink(missing_ok=True)
    return Backup(path, now.astimezone(UTC).replace(microsecond=0))


def thinned(made: Sequence[Backup], now: datetime) -> tuple[Backup, ...]:
    """The backups to let go: all of two days stay, then the last of each of 12 days, 10 weeks and 9 months."""
    kept = {copy.path for copy in made if now - copy.made <= ALL_OF}
    older = [copy for copy in reversed(made) if copy.path not in kept]
    for count, period in ((DAILY, "%Y-%j"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest_of: dict[str, Backup] = {}
        for copy in older:
            newest_of.setdefault(copy.made.strftime(period), copy)
        kept |= {copy.path for copy in list(newest_of.values())[:count]}
    return tuple(copy for copy in made if copy.path not in kept)


@or_trouble
def export(folder: Path, target: Path) -> int | Trouble:
    """Write the log, verified, to a file outside, which is replaced; its events, or why nothing was written."""
    log = folder / LOG
    trouble = _trouble_of(log)
    if trouble is not None:
        return trouble
    try:
        write_whole(target, _whole_lines(log), MODE)
    except OSError as error:
        return Trouble.by(error, target.parent)
    return verify_chain(target).events


@or_trouble
def restore(folder: Path, source: Path, now: datetime) -> Restored | Trouble:
    """Put a sound copy in the place of the log, which is kept first, even if damaged; or why nothing was changed."""
    trouble = _trouble_of(source)
    if trouble is not None:
        return replace(trouble, copy=True)
    log = folder / LOG
    with contextlib.closing(FolderLock(folder)) as lock, lock:
        data, (links, torn) = _whole_lines(source), _sound(source)
        copy = _events(links)
        ids = {event.id for event in copy}
        own = _events(_sound(log)[0]) if log.is_file() else []
        _put_in_place(folder, data, now)
    return Restored(len(copy), bool(torn), tuple(event for event in own if event.id not in ids))


@or_trouble
def merge(folder: Path, source: Path, now: datetime) -> Merged | Trouble:
    """Take in the sound events of another log, by id and in the order of time; or why nothing was changed."""
    trouble = header_trouble(source)
    if trouble is not None and trouble.code is not TroubleCode.DAMAGED:
        return replace(trouble, copy=True)
    theirs, left_out = _sound(source)
    folder.mkdir(parents=True, exist_ok=True)
    log, again, new = folder / LOG, 0, list[Link]()
    with contextlib.closing(FolderLock(folder)) as lock, lock:
        trouble = _trouble_of(log) if log.exists() else None
        if trouble is not None:
            return trouble
        own = _sound(log)[0] if log.exists() else [link for link in theirs if _is_header(link)][:1]
        if not own:
            return Trouble(TroubleCode.DAMAGED, source, line=1, copy=True)
        known = {event.id for event in _events(own)}
        for link in theirs:
            event = link.event
            reason = event if isinstance(event, Unreadable) else _refusal(event, now)
            if reason is not None:
                left_out.append(_left_out(link.after.lines, link.text, reason))
            elif isinstance(event, Event) and event.kind != Kind.HEADER:
                again += event.id in known
                new += [link] if event.id not in known else []
                known.add(event.id)
        if new:
            first, *rest = own
            _put_in_place(folder, _rechained([first, *sorted([*rest, *new], key=_moment)]), now)
    return Merged(len(new), again, tuple(sorted(left_out, key=lambda line: line.line)))


@or_trouble
def salvage(folder: Path, now: datetime, day: date, new_id: str) -> Salvaged | Trouble:
    """Write the log anew from its sound lines, the damaged file kept; the other values are for a lost header."""
    log = folder / LOG
    with contextlib.closing(FolderLock(folder)) as lock, lock:
        links, missing = _sound(log)
        if not links:
            return header_trouble(log) or Trouble(TroubleCode.FOREIGN, log)
        if not _is_header(links[0]):
            links.insert(0, Link(line_of(header(new_id, now, day), BEFORE_ALL)[0], 0, START))
        kept = _put_in_place(folder, _rechained(links), now, kept_as="damaged")
    return Salvaged(len(links) - 1, tuple(line for line in missing if line.reason is not Unreadable.TORN), kept)


def _put_in_place(folder: Path, data: bytes, now: datetime, *, kept_as: str = "replaced") -> Path | None:
    """Make `data` the log, verified; where the old one is kept. For who holds the lock. Errors: OSError, no change."""
    log, kept = folder / LOG, None
    if log.is_file():
        (folder / FOLDER).mkdir(exist_ok=True)
        stamp = now.astimezone(UTC).strftime(_TIME)
        kept = write_beside(folder / FOLDER, f"{kept_as}-{stamp}{{}}.jsonl", log.read_bytes(), MODE)
    trial = _write(log.resolve().parent, f"{LOG}.check{{}}{NEW}", data)
    try:
        trial.replace(log.resolve())
    finally:
        trial.unlink(missing_ok=True)
    for suffix in ("", "-wal", "-shm"):  # the index is folded anew; a window that has it open notices by the log
        with contextlib.suppress(OSError):
            (folder / f"{INDEX}{suffix}").unlink(missing_ok=True)
    return kept


def _write(folder: Path, pattern: str, data: bytes) -> Path:
    """Write a log under a new name, verified. Errors: OSError; there is no such file then."""
    path = write_beside(folder, pattern, data, MODE)
    if verify_chain(path).damage is not None:
        path.unlink()
        raise OSError(f"{path.name}: what was written does not read back")
    return path


def _trouble_of(path: Path) -> Trouble | None:
    """Why a log cannot be copied; None where it can. A torn last line is left behind, no reason to refuse."""
    trouble = header_trouble(path)
    damage = verify_chain(path).damage if trouble is None else None
    return damaged(path, damage) if damage is not None and not damage.torn else trouble


def _whole_lines(path: Path) -> bytes:
    """A log up to its last line end: what is behind was torn, or is being written now. Errors: OSError."""
    data = path.read_bytes()
    return data[: data.rfind(b"\n") + 1]


def _events(links: Iterable[Link]) -> list[Event]:
    return [link.event for link in links if isinstance(link.event, Event) and link.event.kind != Kind.HEADER]


def _sound(path: Path) -> tuple[list[Link], list[LeftOut]]:
    sound, left_out = list[Link](), list[LeftOut]()
    for link in walk(path):
        if isinstance(link, Link):
            sound.append(link)
        elif link.sound:
            line, own = rechained(link.text, BEFORE_ALL)
            sound.append(Link(line, link.offset, Point(link.offset, own, link.line)))
        else:
            left_out.append(_left_out(link.line, link.text, Unreadable.TORN if link.torn else Unreadable.DAMAGED))
    return sound, left_out


def _left_out(number: int, text: bytes, reason: Unreadable) -> LeftOut:
    matches = [(name, pattern.search(text)) for name, pattern in _NAMED.items()]
    return LeftOut(number, reason, **{name: match[1].decode(errors="replace") for name, match in matches if match})


def _rechained(links: Iterable[Link]) -> bytes:
    chain, previous = [], BEFORE_ALL
    for link in links:
        line, previous = rechained(link.text, previous)
        chain.append(line)
    return b"".join(chain)


def _is_header(link: Link) -> bool:
    return isinstance(link.event, Event) and link.event.kind == Kind.HEADER


def _moment(link: Link) -> datetime:
    return link.event.at if isinstance(link.event, Event) else datetime.min.replace(tzinfo=UTC)


def _refusal(event: Event, now: datetime) -> Unreadable | None:
    if event.at > now + AHEAD or event.day > (now + AHEAD + ZONES).date():
        return Unreadable.FUTURE
    if abs(event.day - event.at.date()) > ZONES:
        return Unreadable.MOMENT
    return Unreadable.SHAPE if event.kind == Kind.ATTEMPT and attempt_in(event.body) is None else None
