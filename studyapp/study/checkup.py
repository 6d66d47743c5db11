"""What `doctor` finds of a learner's history: the folder, the log, its fold, the index, the backups."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studyapp.domain.words import Words
from studyapp.history.backups import AHEAD, backups
from studyapp.history.chain import Damage, Link, header_trouble, verify_chain, walk
from studyapp.history.errors import Notice, NoticeCode, Trouble, TroubleCode
from studyapp.history.event import Event
from studyapp.history.fold import Rules
from studyapp.history.history import conflict_copies, trace_of
from studyapp.history.index import INDEX, is_equal
from studyapp.history.log import LOG
from studyapp.study.troubles import describe

ENOUGH = 20
"""Megabytes of free disk space: some 20,000 answers."""
MOST_NAMED = 10
"""Lines that are named one by one."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    message: str


def check_history(folder: Path, rules: Rules, now: datetime, words: Words) -> Iterator[Check]:
    """The checks of a data folder, in order. The log is read whole, and folded anew; nothing is changed."""
    yield from _folder(folder, words)
    log = folder / LOG
    trouble = _trouble(log)
    if trouble is not None:
        yield Check("history", ok=False, message=describe(trouble, words.history))
    elif not log.exists():
        yield Check("history", ok=True, message=words.cli.no_history)
    else:
        yield from _log(log, now, words)
        yield from _index(log, rules, words)
    yield from _backups(folder, now, words)
    for copy in conflict_copies(folder):
        yield Check("conflict", ok=False, message=describe(Notice(NoticeCode.CONFLICT, copy), words.history))


def _folder(folder: Path, words: Words) -> Iterator[Check]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / "history.trial"
        trial.write_bytes(b"studyapp")
        trial.unlink()
    except OSError as error:
        trouble = Trouble.by(error, folder)
        yield Check("folder", ok=False, message=describe(trouble, words.history))
        return
    yield Check("folder", ok=True, message=words.cli.data_folder.format(data=folder, content=folder / "content"))
    free = shutil.disk_usage(folder).free // 10**6
    said = words.checkup.space if free >= ENOUGH else words.checkup.no_space
    yield Check("space", ok=free >= ENOUGH, message=said.format(free=free))


def _trouble(log: Path) -> Trouble | None:
    """Why the log cannot be read at all; None where it can, or where there never was one."""
    if not log.exists() and not log.is_symlink():
        trace = trace_of(log.parent)
        return Trouble(TroubleCode.LOST, log, trace) if trace else None
    trouble = header_trouble(log)
    return trouble if trouble is not None and trouble.code is not TroubleCode.DAMAGED else None


def _log(log: Path, now: datetime, words: Words) -> Iterator[Check]:
    """The whole chain, event by event; a torn last line was never shown as saved, and is no damage."""
    said, damage = words.checkup, None
    events, unreadable, ahead = -1, list[int](), list[Event]()
    try:
        for link in walk(log):
            if isinstance(link, Damage):
                damage = link
                break
            events += 1
            if not isinstance(link.event, Event):
                unreadable.append(link.after.lines)
            elif link.event.at > now + AHEAD:
                ahead.append(link.event)
    except OSError as error:
        trouble = Trouble.by(error, log, TroubleCode.NOT_READABLE)
        yield Check("history", ok=False, message=describe(trouble, words.history))
        return
    sentences = [said.counted("verified", max(events, 0))]
    if damage is not None and damage.torn:
        sentences.append(said.torn)
    elif damage is not None:
        sentences.append(said.damaged.format(line=damage.line, about=damage.event or "?"))
    if unreadable:
        lines = ", ".join(map(str, unreadable[:MOST_NAMED]))
        sentences.append(said.counted("unreadable", len(unreadable), lines=lines))
    yield Check("history", ok=damage is None or damage.torn, message=" ".join(sentences))
    if ahead:
        last = max(event.day for event in ahead).isoformat()
        yield Check("clock", ok=False, message=said.counted("future", len(ahead), day=last))


def _index(log: Path, rules: Rules, words: Words) -> Iterator[Check]:
    """The index beside one that is folded anew: what the fold cannot do would lock the learner out."""
    said, path = words.checkup, log.parent / INDEX
    if verify_chain(log).damage is not None:
        return
    equal = is_equal(path, rules, log)
    if equal is None:
        yield Check("index", ok=True, message=said.index_other)
    else:
        message = words.cli.in_order if equal else said.index_differs.format(path=path)
        yield Check("index", ok=equal, message=message)


def _backups(folder: Path, now: datetime, words: Words) -> Iterator[Check]:
    """Every copy of the log can be put back; one from the future counts as none."""
    said, made = words.checkup, backups(folder)
    bad = [copy.path.name for copy in made if not _holds(copy.path)]
    message = said.bad_backups.format(names=", ".join(bad)) if bad else said.counted("backups", len(made))
    ahead = [copy.path.name for copy in made if copy.made > now]
    if ahead:
        message = f"{message} {said.future_backups.format(names=', '.join(ahead))}"
    yield Check("backups", ok=not bad and not ahead, message=message)


def _holds(path: Path) -> bool:
    try:
        return isinstance(next(walk(path), None), Link) and verify_chain(path).damage is None
    except OSError:
        return False
