"""The learner's history: one log that is the truth, and the index that answers from it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from filelock import BaseFileLock

from studyapp.domain.memory import Memory
from studyapp.domain.verdict import Attempt, Outcome
from studyapp.history import exams, reading
from studyapp.history.attempts import ATTEMPT, REGRADE, UNDO, body_of
from studyapp.history.chain import ChainReport, Damage, Link, Point, check_end, verify_chain
from studyapp.history.elsewhere import Elsewhere
from studyapp.history.event import Event
from studyapp.history.index import Index, is_broken, replayed, set_aside
from studyapp.history.log import Log
from studyapp.history.schema import INDEX
from studyapp.history.standing import Notice, NotSavedCode, NotSavedError

Answer = TypeVar("Answer")


class History:
    """An opened history; made by `open_history`. Its methods may be called from any thread, one at a time runs.

    `notices` are to be told; without `log` it only reads.
    """

    def __init__(
        self,
        path: Path,
        index: Index,
        *,
        log: Log | None,
        lock: BaseFileLock | None,
        notices: tuple[Notice, ...],
        new_id: Callable[[], str],
    ) -> None:
        self.path = path
        self.notices = notices
        self._index = index
        self._log = log
        self._lock = lock
        self._new_id = new_id
        self._turn = threading.RLock()
        self._closed = False
        self._memories: Mapping[str, Memory] | None = None

    @property
    def writable(self) -> bool:
        """Whether answers can be saved here."""
        return self._log is not None

    def append(self, kind: str, body: dict[str, Any], *, at: datetime, day: date, event_id: str = "") -> Event:
        """Save an event: it is on the disk when this returns.

        `day` is the study day, which is kept as it is now; without an id one is made.
        Errors: NotSavedError; the log is then as it was before, and saving can be tried again.
        """
        with self._turn:
            if self._log is None:
                raise NotSavedError(NotSavedCode.CLOSED if self._closed else NotSavedCode.READ_ONLY)
            event = Event(id=event_id or self._new_id(), at=at, day=day, kind=kind, body=body)
            start = self._log.append(event)
            self._take_in(event, start)
            return event

    def record(self, attempt: Attempt, *, at: datetime, day: date, event_id: str = "") -> Event:
        """Save an attempt.

        Errors: NotSavedError, as `append`.
        """
        return self.append(ATTEMPT, body_of(attempt), at=at, day=day, event_id=event_id)

    def elsewhere(self, folder: Path) -> Elsewhere:
        """Another folder, for what cannot be saved here; its events can be imported later."""
        return Elsewhere(folder, self._new_id)

    def undo(self, attempt_id: str, *, at: datetime, day: date) -> Event:
        """Take an attempt back; the log keeps both.

        Errors: NotSavedError, as `append`.
        """
        return self.append(UNDO, {"attempt": attempt_id}, at=at, day=day)

    def regrade(self, attempt_id: str, verdict: Outcome, *, at: datetime, day: date) -> Event:
        """Give an attempt another verdict; the log keeps both.

        Errors: NotSavedError, as `append`.
        """
        return self.append(REGRADE, {"attempt": attempt_id, "verdict": verdict}, at=at, day=day)

    def skills(self) -> tuple[reading.SkillRecord, ...]:
        """Every skill that was ever answered."""
        return self._read(reading.skills)

    def memories(self) -> Mapping[str, Memory]:
        """The memory of each skill that has one, as of now."""
        with self._turn:
            memories = self._memories
            if memories is None:
                memories = {record.skill: record.memory for record in self.skills() if record.memory is not None}
            # Home asks for every topic. Who only reads has to look each time, for another writes.
            self._memories = memories if self.writable else None
            return memories

    def on_day(self, day: date) -> reading.Count:
        """What was done on one study day."""
        return self._read(lambda connection: reading.on_day(connection, day))

    def days(self) -> tuple[tuple[date, reading.Count], ...]:
        """What was done on each study day that has something."""
        return self._read(reading.days)

    def begun(self, day: date, modes: Sequence[str]) -> int:
        """How many skills got their memory on a study day, by questions asked in some modes."""
        return self._read(lambda connection: reading.begun(connection, day, modes))

    def answered(self, day: date) -> tuple[reading.Answered, ...]:
        """What was answered on a study day, in order."""
        return self._read(lambda connection: reading.answered(connection, day))

    def knows(self, attempt_id: str) -> bool:
        """Whether an attempt with that id counts: it was saved, and not taken back."""
        return self._read(lambda connection: reading.knows(connection, attempt_id))

    def predictions(self, bounds: Sequence[float]) -> tuple[reading.Predicted, ...]:
        """First answers of a day against their prediction, between each two neighbouring bounds."""
        return self._read(lambda connection: reading.predictions(connection, bounds))

    def exams(self) -> tuple[str, ...]:
        """The ids of the mock exams that were begun, the earliest first."""
        return self._read(exams.exams)

    def exam_events(self, exam: str) -> tuple[Event, ...]:
        """The events of a mock exam as the log holds them.

        Errors: OSError where the log cannot be read.
        """
        return exams.events_at(self.path, self._read(lambda connection: exams.starts_of(connection, exam)))

    def topics(self) -> dict[str, reading.Count]:
        """What was done in each topic."""
        return self._read(reading.topics)

    def mistakes(self) -> tuple[reading.MistakeRecord, ...]:
        """Every slip in every exercise, the most frequent first."""
        return self._read(reading.mistakes)

    def verify(self) -> ChainReport:
        """The whole chain of the log, read anew.

        Errors: OSError where the log cannot be read.
        """
        return verify_chain(self.path)

    def close(self) -> None:
        """Let go of the log, its lock and the index."""
        with self._turn:
            self._closed, self._memories = True, None
            if self._log is not None:
                self._log.close()
                self._log = None
            self._index.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> History:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_in(self, event: Event, start: int) -> None:
        """Bring the index up to the log. The event is saved already: an index that fails is caught up later."""
        self._memories = None
        if self._log is None:
            return
        try:
            covered = self._index.covered
            if covered.offset == start:
                after = Point(self._log.end, self._log.last_hash, covered.lines + 1)
                self._index.take([Link(event, start, after)])
            else:
                self._index.catch_up(self.path, self._log.end)
        except sqlite3.Error as error:
            self._renew(error)

    def _read(self, query: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self._turn:
            if self._closed:
                raise ValueError("the history is closed")
            try:
                return query(self._index.connection)
            except sqlite3.Error as error:
                self._renew(error)
                return query(self._index.connection)

    def _renew(self, error: sqlite3.Error) -> None:
        """Make the index anew: in its file where the file was broken, in memory where it cannot be used just now."""
        self._memories = None
        end = self._log.end if self._log is not None else _end_of(self.path)
        rules, path = self._index.rules, self.path.parent / INDEX
        self._index.close()
        index: Index | Damage | None = None
        if self._log is not None and is_broken(error):
            with contextlib.suppress(sqlite3.Error, OSError):
                set_aside(path, end)
                index = replayed(path, rules, self.path, end)
        if index is None:
            index = replayed(None, rules, self.path, end)
        if isinstance(index, Damage):
            raise sqlite3.DatabaseError(f"the log is damaged at line {index.line}") from error
        self._index = index


def _end_of(path: Path) -> int:
    end = check_end(path) if path.exists() else None
    return end.offset if end is not None else 0
