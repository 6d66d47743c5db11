"""Copies of the log: made when they are due, verified before they count, thinned as they age; restored and merged.

A backup is a whole log under another name, `backups/history-<UTC time>.jsonl`. Nothing here overwrites a log that
cannot be restored: what stands is copied first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studyapp.history.chain import Damage, Link, verify_chain, walk
from studyapp.history.event import BEFORE_ALL, HEADER, Event, line_of
from studyapp.history.headers import header_trouble
from studyapp.history.log import LOG, write_whole
from studyapp.history.opening import writing_alone
from studyapp.history.standing import Trouble, TroubleCode

FOLDER = "backups"
EVERY = timedelta(days=1)
ALL_OF = timedelta(days=2)
"""Backups that are no older than this are all kept."""
DAILY, WEEKLY, MONTHLY = 12, 10, 9
_NAME = "history-%Y%m%dT%H%M%SZ.jsonl"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the log, and when it was made."""

    path: Path
    made: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: events that were new here, and events there already."""

    added: int
    known: int


def backups(folder: Path) -> tuple[Backup, ...]:
    """The backups in a data folder, the oldest first."""
    found = []
    for path in (folder / FOLDER).glob("history-*.jsonl"):
        try:
            found.append(Backup(path, datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)))
        except ValueError:
            continue  # a file that somebody else put there
    return tuple(sorted(found, key=lambda one: one.made))


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the log has grown since a newest backup that is older than a day."""
    log, made = folder / LOG, backups(folder)
    if not log.exists():
        return False
    newest = made[-1] if made else None
    if newest is None:
        return True
    return now - newest.made >= EVERY and log.stat().st_size != newest.path.stat().st_size


def back_up(folder: Path, now: datetime) -> Backup | Trouble:
    """Copy the log, verify the copy, and thin the older ones; or why there is no copy.

    A log that is damaged is not copied, so that a bad file never pushes out good ones.
    """
    log = folder / LOG
    path = folder / FOLDER / now.astimezone(UTC).strftime(_NAME)
    try:
        report = verify_chain(log)
        if report.damage is not None and not report.damage.torn:
            return Trouble(TroubleCode.DAMAGED, log, line=report.damage.line, event=report.damage.event)
        path.parent.mkdir(exist_ok=True)
        _write_verified(path, _whole_lines(log.read_bytes()))
    except OSError as error:
        return Trouble(TroubleCode.NOT_WRITABLE, folder, error.strerror or str(error))
    for old in thinned(backups(folder), now):
        old.path.unlink(missing_ok=True)
    return Backup(path, now.astimezone(UTC).replace(microsecond=0))


def export(folder: Path, target: Path) -> int | Trouble:
    """Write the log to a file outside, byte by byte and verified; how many events it holds after its header.

    A torn last line, which was never shown as saved, is left out. Nothing is written where there is a trouble to tell.
    """
    log = folder / LOG
    trouble = _readable(log)
    if trouble is not None:
        return trouble
    try:
        report = verify_chain(log)
        _write_verified(target, _whole_lines(log.read_bytes()))
    except OSError as error:
        return Trouble(TroubleCode.NOT_WRITABLE, target, error.strerror or str(error))
    return report.events - 1


def thinned(made: Sequence[Backup], now: datetime) -> tuple[Backup, ...]:
    """The backups to let go: all of two days stay, then the last of each of 12 days, 10 weeks and 9 months."""
    kept = {one.path for one in made if now - one.made <= ALL_OF}
    older = [one for one in reversed(made) if one.path not in kept]
    for count, period in ((DAILY, "%Y-%j"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        newest_of: dict[str, Backup] = {}
        for one in older:
            newest_of.setdefault(one.made.strftime(period), one)
        kept |= {one.path for one in list(newest_of.values())[:count]}
    return tuple(one for one in made if one.path not in kept)


def restore(folder: Path, source: Path, now: datetime) -> Trouble | None:
    """Put a verified copy in the place of the log; what stood there is copied first, even if it is damaged.

    The index is made anew at the next start. Nothing is changed where there is a trouble to tell.
    """
    trouble = _readable(source)
    if trouble is not None:
        return trouble
    with writing_alone(folder) as alone:
        if isinstance(alone, Trouble):
            return alone
        try:
            _keep_what_stands(folder, now)
            _write_verified(folder / LOG, source.read_bytes())
        except OSError as error:
            return Trouble(TroubleCode.NOT_WRITABLE, folder, error.strerror or str(error))
    return None


def merge(folder: Path, source: Path, now: datetime) -> Merged | Trouble:
    """Take the events of another log into this one: by event id, ordered by time, chained anew.

    What stood there is copied first. Nothing is changed where there is a trouble to tell.
    """
    with writing_alone(folder) as alone:
        return alone if isinstance(alone, Trouble) else _merged(folder, source, now)


def _merged(folder: Path, source: Path, now: datetime) -> Merged | Trouble:
    for path in (source, folder / LOG):
        if path.exists() and (trouble := _readable(path)) is not None:
            return trouble
    own = list(_events(folder / LOG)) if (folder / LOG).exists() else []
    known = {event.id for event in own}
    others = [event for event in _events(source) if event.kind != HEADER or not own]
    new = [event for event in others if event.id not in known]
    if new:
        try:
            _keep_what_stands(folder, now)
            _write_verified(folder / LOG, _chained([*own, *new]))
        except OSError as error:
            return Trouble(TroubleCode.NOT_WRITABLE, folder, error.strerror or str(error))
    return Merged(len(new), len(others) - len(new))


def _chained(events: Iterable[Event]) -> bytes:
    """The lines of a log with these events: its header first, then the others by time, those of one moment as given."""
    ordered = sorted(events, key=lambda event: (event.kind != HEADER, event.at))
    lines, previous = [], BEFORE_ALL
    for event in ordered:
        line, previous = line_of(event, previous)
        lines.append(line)
    return b"".join(lines)


def _events(path: Path) -> Iterable[Event]:
    for link in walk(path):
        if isinstance(link, Link) and link.event is not None:
            yield link.event


def _readable(path: Path) -> Trouble | None:
    """Why a log cannot be taken over; None where it can. A torn last line is left behind, no reason to refuse."""
    try:
        with path.open("rb") as file:
            first = file.readline(1 << 16)
        wrong = header_trouble(first)
        if wrong is not None and wrong[0] is not TroubleCode.DAMAGED:
            return Trouble(wrong[0], path, wrong[1])
        damage = verify_chain(path).damage
    except OSError as error:
        return Trouble(TroubleCode.NOT_READABLE, path, error.strerror or str(error))
    if isinstance(damage, Damage) and not damage.torn:
        return Trouble(TroubleCode.DAMAGED, path, line=damage.line, event=damage.event)
    return None


def _keep_what_stands(folder: Path, now: datetime) -> None:
    """Copy the log as it stands, byte by byte: it may be the last trace of something."""
    log = folder / LOG
    if log.exists():
        aside = folder / FOLDER / now.astimezone(UTC).strftime("replaced-%Y%m%dT%H%M%SZ.jsonl")
        aside.parent.mkdir(exist_ok=True)
        write_whole(aside, log.read_bytes())


def _whole_lines(data: bytes) -> bytes:
    """What stands before a last line that has no end: it was torn, or is being written now."""
    return data[: data.rfind(b"\n") + 1]


def _write_verified(path: Path, data: bytes) -> None:
    """Write under a passing name, check the chain of what was written, then give it its own name.

    Errors: OSError where it cannot be written, or not read back as it was written.
    """
    passing = path.with_name(path.name + ".check")
    write_whole(passing, data)
    try:
        damage = verify_chain(passing).damage
        if damage is not None and not damage.torn:
            raise OSError(f"{passing.name}: what was written does not read back")
        passing.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            passing.unlink()
        raise
