"""The learner's history: one log that is the truth, and the index that answers from it.

Several windows may have it open. The lock of the data folder is held for one commit at a time: read on, append, wait
for the disk. The index follows when it is asked next, so that no answer waits for it.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from studyapp.domain.files import NEW, write_whole
from studyapp.domain.record import (
    Answered,
    Count,
    Flag,
    Memory,
    MistakeRecord,
    Predicted,
    Rating,
    Recent,
    Result,
    SkillRecord,
)
from studyapp.domain.verdict import Attempt, Help, Outcome
from studyapp.history.chain import Damage, Link, damaged, header_trouble, point_before_last, walk
from studyapp.history.errors import Notice, NoticeCode, NotSavedCode, NotSavedError, Trouble, TroubleCode, or_trouble
from studyapp.history.event import (
    BEFORE_ALL,
    Event,
    Kind,
    Lesson,
    attempt_in,
    body_of,
    event_in,
    header,
    line_of,
    plain,
)
from studyapp.history.fold import Rules, memory_in
from studyapp.history.index import INDEX, Index, new_index, open_index
from studyapp.history.log import LOG, MODE, FolderLock, Log

ANSWERS = "studyapp-answers"  # the folder, in one that is named, for what the data folder does not take
CLOCKS_DIFFER = timedelta(minutes=10)  # how far the clock may be behind the last event without a notice
_TRACES = ("index*.sqlite", "history*.jsonl*", "backups/*", "*.seal")
"""What shows that a log once was in a folder that has none now."""
_CONFLICT = re.compile(r"conflict|競合|\(\d+\)|copy|コピー", re.IGNORECASE)
"""How synchronising tools and desktops name the second of two files: `history.sync-conflict-…`, `history (1)`."""
_SKILL = (
    "SELECT stability, difficulty, last_day, due_day, reviews, lapses,"
    " skill, topic, attempts, correct, last_right, mixed_days FROM skill"
)
_COUNTS = "sum(attempts), sum(correct), sum(first), sum(first_correct), sum(active_ms) FROM count"


def trace_of(folder: Path) -> str:
    """The name of a file that an earlier log left in a folder; empty where there is none."""
    paths = (path for pattern in _TRACES for path in sorted(folder.glob(pattern)))
    # A file still being made is what a first start leaves that was killed.
    return next((path.name for path in paths if not path.name.endswith(NEW)), "")


def conflict_copies(folder: Path) -> tuple[Path, ...]:
    """Copies of the log that a synchronising tool left beside it: another computer's answers may be in them."""
    return tuple(sorted(path for path in folder.glob("history?*.jsonl") if _CONFLICT.search(path.name)))


@or_trouble
def open_history(
    folder: Path, rules: Rules, *, now: datetime, day: date, new_id: Callable[[], str]
) -> History | Trouble:
    """The history in a folder, begun there (at `now`, on `day`) if none was, for the caller to close; or why not."""
    history = History(folder / LOG, rules, new_id)
    with contextlib.ExitStack() as stack:
        stack.callback(history.close)  # unless the caller gets it
        folder.mkdir(parents=True, exist_ok=True)
        with history.lock:
            if not history.path.exists() and not history.path.is_symlink() and not trace_of(folder):
                write_whole(history.path, line_of(header(new_id(), now, day), BEFORE_ALL)[0], MODE)
            trouble = history.attach(now)
        trouble = trouble or history.catch_up()
        if trouble is None:
            stack.pop_all()
    return trouble or history


class History(contextlib.AbstractContextManager["History"]):
    """An opened history, made by `open_history`; any thread may call its methods. `notices` are for the learner."""

    _log: Log
    _index: Index

    def __init__(self, path: Path, rules: Rules, new_id: Callable[[], str]) -> None:
        self.path = path
        self.new_id = new_id
        self.notices: tuple[Notice, ...] = ()
        self._rules = rules
        self.lock = FolderLock(path.parent)
        self._turn = threading.RLock()
        self._files = contextlib.ExitStack()
        self._closed = True  # until it is attached
        self._taken = 0  # the offset up to which the index was brought
        self._memories: tuple[int, Mapping[str, Memory]] | None = None

    def attach(self, now: datetime | None = None) -> Trouble | None:
        """Open the log, its end mended, and its index, or say what is wrong; under the lock. Errors: OSError."""
        path, folder = self.path, self.path.parent
        if not path.exists() and not path.is_symlink():
            return Trouble(TroubleCode.LOST, path, trace_of(folder))
        trouble = header_trouble(path)
        if trouble is not None:
            return trouble
        with contextlib.ExitStack() as stack:
            log = stack.enter_context(contextlib.closing(Log(path, point_before_last(path))))
            links = log.read_on()
            if isinstance(links, Damage):
                return damaged(path, links)
            try:
                index, notice = open_index(folder / INDEX, self._rules, path, log.point.offset)
            except (sqlite3.Error, OSError):
                # A full disk, a folder that SQLite cannot use: the log is enough for a run.
                index, notice = new_index(None, self._rules), Notice(NoticeCode.IN_MEMORY)
            stack.callback(index.close)
            self._files.close()
            self._files = stack.pop_all()
        self._log, self._index, self._taken, self._closed = log, index, 0, False
        conflicts = [Notice(NoticeCode.CONFLICT, copy) for copy in conflict_copies(folder)]
        last = next((link.event for link in reversed(links) if isinstance(link.event, Event)), None)
        clock = None
        if now is not None and last is not None and now < last.at - CLOCKS_DIFFER:
            clock = Notice(NoticeCode.CLOCK, path, detail=last.at.isoformat(" ", "minutes"))
        self.notices = (*conflicts, *filter(None, (clock, log.notice, notice)))
        return None

    def append(
        self, kind: str, body: dict[str, Any], *, at: datetime, day: date, event_id: str = "", exam: str = ""
    ) -> Event:
        """Save an event: it is on the disk when this returns.

        `day` is the study day, which is kept as it is now; without an id one is made, and an attempt whose id is known
        is saved already. An event of an `exam` is saved only while no other window goes on with that exam.
        Errors: NotSavedError; the log is then as it was before, and saving can be tried again.
        """
        with self._turn, self._writing():
            event = Event(id=event_id or self.new_id(), at=at, day=day, kind=kind, body=body)
            if event_id and self.knows(event_id):
                return event
            if exam and not self.holds(exam):
                raise NotSavedError(NotSavedCode.TAKEN_OVER)
            self._log.append(event)
            return event

    def record(self, attempt: Attempt, *, at: datetime, day: date, event_id: str = "") -> Event:
        """Save an attempt. Errors: NotSavedError, as `append`."""
        return self.append(Kind.ATTEMPT, {**body_of(attempt), **self._rules.written}, at=at, day=day, event_id=event_id)

    def undo(self, attempt_id: str, *, at: datetime, day: date) -> Event:
        """Take an attempt back; the log keeps both. Errors: NotSavedError, as `append`."""
        return self.append(Kind.UNDO, {"attempt": attempt_id}, at=at, day=day)

    def regrade(self, attempt_id: str, verdict: Outcome, *, at: datetime, day: date) -> Event:
        """Give an attempt another verdict; the log keeps both. Errors: NotSavedError, as `append`."""
        return self.append(Kind.REGRADE, {"attempt": attempt_id, "verdict": verdict}, at=at, day=day)

    def lesson(self, lesson: Lesson, *, at: datetime, day: date) -> Event:
        """Save that a section was read. Errors: NotSavedError, as `append`."""
        return self.append(Kind.LESSON, asdict(lesson), at=at, day=day)

    def flag(self, flag: Flag, *, on: bool, at: datetime, day: date) -> Event:
        """Mark an exercise or a place on a page, or take its mark away. Errors: NotSavedError, as `append`."""
        return self.append(Kind.FLAG, asdict(flag) | {"on": on}, at=at, day=day)

    def hold(self, exam: str, *, at: datetime, day: date) -> Event:
        """Go on with an exam in this window, and in no other. Errors: NotSavedError, as `append`."""
        return self.append(Kind.EXAM_HOLD, {"exam": exam, "window": self.window}, at=at, day=day)

    @cached_property
    def window(self) -> str:
        """The id under which this window begins exams and goes on with them."""
        return self.new_id()

    def holds(self, exam: str) -> bool:
        """Whether this window may go on with an exam: no other one has done so since."""
        return self.exam_window(exam) in ("", self.window)

    def elsewhere(self, folder: Path, *, at: datetime, day: date) -> History:
        """A history in another folder, for what cannot be saved here. Errors: NotSavedError where it is not opened."""
        opened = open_history(folder / ANSWERS, self._rules, now=at, day=day, new_id=self.new_id)
        if isinstance(opened, Trouble):
            raise NotSavedError(NotSavedCode.FAILED, opened.detail)
        return opened

    def refresh(self) -> bool:
        """Take in what other windows saved; whether there was any. Errors: NotSavedError for a log that is unusable."""
        with self._turn:
            before = self._log.point.offset
            with self._writing():
                return self._log.point.offset != before

    def catch_up(self) -> Trouble | None:
        """Bring the index to the end of the log without the lock, for it may take minutes; the damage in its way."""
        with self._turn:
            damage = self._take()
            return None if damage is None else damaged(self.path, damage)

    def memories(self) -> Mapping[str, Memory]:
        """The memory of each skill that has one, as of now."""
        with self._turn:
            ((changes,),) = self.rows("PRAGMA data_version")  # another one once another window has written
            if self._memories is None or self._memories[0] != changes:  # home asks for every topic
                self._memories = changes, {skill.skill: skill.memory for skill in self.skills() if skill.memory}
            return self._memories[1]

    def exam_events(self, exam: str) -> tuple[Event, ...]:
        """The events of a mock exam as the log holds them. Errors: OSError where the log cannot be read."""
        events = []
        with self.path.open("rb") as file:
            for (start,) in self.rows("SELECT start FROM exam_event WHERE exam = ? ORDER BY seq", exam):
                file.seek(start)
                events.append(event_in(plain(file.readline())))
        return tuple(event for event in events if isinstance(event, Event))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query to the index; where it fails, to one that is folded anew in memory."""
        with self._turn:
            if self._closed:
                raise ValueError("the history is closed")
            if self._taken != self._log.point.offset:
                with contextlib.suppress(OSError):  # what keeps the log from being read comes up with the next commit
                    self._take()
            try:
                return self._index.connection.execute(query, values).fetchall()
            except sqlite3.Error:
                self._fold_anew()
                return self._index.connection.execute(query, values).fetchall()

    def skills(self) -> tuple[SkillRecord, ...]:
        """Every skill that was ever answered, by its id."""
        return tuple(map(_skill, self.rows(f"{_SKILL} ORDER BY skill")))

    def skill(self, name: str) -> SkillRecord | None:
        """What is known of one skill; None where it was never answered."""
        return next(map(_skill, self.rows(f"{_SKILL} WHERE skill = ?", name)), None)

    def is_empty(self) -> bool:
        """Whether no answer counts."""
        return not self.rows("SELECT 1 FROM attempt LIMIT 1")

    def knows(self, attempt_id: str) -> bool:
        """Whether an attempt with that id counts: it was saved, and not taken back."""
        return bool(self.rows("SELECT 1 FROM attempt WHERE id = ?", attempt_id))

    def begun(self, day: date, modes: Sequence[str]) -> int:
        """How many skills got their memory on a study day, by questions asked in some modes."""
        marks = ", ".join("?" * len(modes))
        query = f"SELECT count(*) FROM skill WHERE first_day = ? AND first_mode IN ({marks})"
        return int(self.rows(query, day.isoformat(), *modes)[0][0])

    def answered(self, day: date) -> tuple[Answered, ...]:
        """What was answered on a study day, in order."""
        # Parts are looked for under every skill: their tree begins there.
        rows = self.rows(
            "SELECT exercise, mode, min(verdict = ? AND help <> ?) FROM skill s CROSS JOIN part p"
            " ON p.skill = s.skill AND p.day = ? JOIN attempt a USING (day, seq) GROUP BY seq ORDER BY seq",
            Outcome.CORRECT,
            Help.SHOWN,
            day.isoformat(),
        )
        return tuple(Answered(exercise, mode, bool(right)) for exercise, mode, right in rows)

    def lessons(self, day: date) -> frozenset[str]:
        """The skills whose sections were read on a study day."""
        return frozenset(skill for (skill,) in self.rows("SELECT skill FROM lesson WHERE day = ?", day.isoformat()))

    def reviews(self) -> dict[str, list[tuple[date, Rating]]]:
        """How each first answer of a day on each skill was rated, in order."""
        rows = self.rows(
            "SELECT e.skill, e.day, e.recalled, max(p.help = ?) FROM evidence e JOIN part p ON p.skill = e.skill"
            " AND p.day = e.day AND p.seq = (SELECT min(seq) FROM part WHERE skill = e.skill AND day = e.day)"
            " GROUP BY e.skill, e.day",
            Help.NUDGE,
        )
        reviews: dict[str, list[tuple[date, Rating]]] = {}
        for skill, day, recalled, nudged in rows:
            rating = Rating.AGAIN if not recalled else Rating.HARD if nudged else Rating.GOOD
            reviews.setdefault(skill, []).append((date.fromisoformat(day), rating))
        return reviews

    def flags(self) -> tuple[Flag, ...]:
        """What is marked, the latest first."""
        rows = self.rows("SELECT topic, exercise, heading, note FROM flag ORDER BY seq DESC")
        return tuple(Flag(*row) for row in rows)

    def flag_at(self, flag: Flag) -> Flag | None:
        """The flag at the place of another; None where there is none."""
        query = "SELECT topic, exercise, heading, note FROM flag WHERE topic = ? AND exercise = ? AND heading = ?"
        return next((Flag(*row) for row in self.rows(query, *flag.place)), None)

    def recent(self, most: int) -> tuple[Recent, ...]:
        """The latest answers by their mode, and the latest lessons; of both so many at most."""
        latest = "ORDER BY day DESC, seq DESC LIMIT ?"
        rows = self.rows(
            "SELECT mode, count(*), sum(correct), sum(active_ms) FROM"
            f" (SELECT mode, correct, active_ms FROM attempt {latest}) GROUP BY mode"
            " UNION ALL SELECT 'lesson', count(*), 0, coalesce(sum(active_ms), 0)"
            f" FROM (SELECT active_ms FROM lesson {latest})",
            most,
            most,
        )
        return tuple(Recent(*row) for row in rows)

    def on_day(self, day: date) -> Count:
        """What was done on one study day."""
        rows = self.rows(f"SELECT {_COUNTS} WHERE day = ? GROUP BY day", day.isoformat())
        return Count(*rows[0]) if rows else Count()

    def days(self, most: int = -1, *, since: date = date.min) -> tuple[tuple[date, Count], ...]:
        """What was done on each study day that has something, the earliest first; on so many of them at most."""
        query = f"SELECT day, {_COUNTS} WHERE day >= ? GROUP BY day ORDER BY day LIMIT ?"
        rows = self.rows(query, since.isoformat(), most)
        return tuple((date.fromisoformat(day), Count(*counts)) for day, *counts in rows)

    def streak(self, day: date) -> int:
        """How many days in a row, up to that one or to the day before it, have something."""
        has = "EXISTS (SELECT 1 FROM count WHERE day = {} AND attempts > 0)"
        before = "date(reached, '-1 day')"
        query = (
            f"WITH RECURSIVE run(reached, length) AS (SELECT ?1, {has.format('?1')}"
            f" UNION ALL SELECT {before}, length + 1 FROM run WHERE {has.format(before)}) SELECT max(length) FROM run"
        )
        return int(self.rows(query, day.isoformat())[0][0])

    def counts(self, since: date) -> tuple[tuple[date, str, Count], ...]:
        """What was done from a study day on, by day and topic."""
        rows = self.rows("SELECT * FROM count WHERE day >= ? ORDER BY day, topic", since.isoformat())
        return tuple((date.fromisoformat(day), topic, Count(*counts)) for day, topic, *counts in rows)

    def topics(self) -> dict[str, Count]:
        """What was done in each topic, as the topics were named then."""
        return {topic: Count(*counts) for topic, *counts in self.rows(f"SELECT topic, {_COUNTS} GROUP BY topic")}

    def exercises(self) -> dict[str, int]:
        """How often each exercise was answered, by its name then."""
        return dict(self.rows("SELECT exercise, count(*) FROM attempt GROUP BY exercise ORDER BY exercise"))

    def predictions(self, bounds: Sequence[float]) -> tuple[Predicted, ...]:
        """First answers of a day against their prediction, between each two neighbouring bounds; no empty bins."""
        query = "SELECT count(*), avg(predicted), sum(recalled) FROM evidence WHERE predicted >= ? AND predicted < ?"
        bins = [(low, high, *self.rows(query, low, high)[0]) for low, high in itertools.pairwise(bounds)]
        return tuple(Predicted(*bin_) for bin_ in bins if bin_[2])

    def mistakes(self) -> tuple[MistakeRecord, ...]:
        """Every slip in every exercise, the most frequent first."""
        rows = self.rows(
            "SELECT mistake, skill, exercise, topic, times, last_day FROM mistake"
            " ORDER BY times DESC, last_day DESC, mistake, skill, exercise"
        )
        return tuple(
            MistakeRecord(mistake, skill, exercise, topic, times, date.fromisoformat(day))
            for mistake, skill, exercise, topic, times, day in rows
        )

    def results(self, *, typed: bool = False) -> tuple[Result, ...]:
        """Every answered ask, in order; with what was typed only where that is asked for. Errors: OSError."""
        rows = self.rows(
            "SELECT seq, day, topic, skill, exercise, number, mode, verdict, mistake, help"
            " FROM attempt JOIN part USING (day, seq) ORDER BY seq, number"
        )
        answers: dict[int, tuple[str, ...]] = {}
        for link in walk(self.path) if typed else ():
            if isinstance(link, Link) and isinstance(link.event, Event) and (attempt := attempt_in(link.event.body)):
                answers[link.after.lines] = tuple(part.answer for part in attempt.parts)
        results = []
        for seq, day, topic, skill, exercise, number, mode, verdict, mistake, help_ in rows:
            answer = answers[seq][number] if seq in answers and number < len(answers[seq]) else ""
            values = (day, topic, skill, exercise, str(number + 1), mode, verdict, mistake or "", help_, answer)
            results.append(Result(*values))
        return tuple(results)

    def exams(self) -> tuple[str, ...]:
        """The ids of the mock exams that were begun, the earliest first."""
        rows = self.rows("SELECT exam FROM exam_event WHERE kind = ? ORDER BY seq", Kind.EXAM_START)
        return tuple(exam for (exam,) in rows)

    def exam_window(self, exam: str) -> str:
        """The window that began an exam or went on with it last; empty where that is not known."""
        query = "SELECT window FROM exam_event WHERE exam = ? AND window <> '' ORDER BY seq DESC LIMIT 1"
        return next((window for (window,) in self.rows(query, exam)), "")

    def close(self) -> None:
        """Let go of the log and the index, which knows the whole log then: a log that lost its end is noticed."""
        with self._turn, contextlib.closing(self.lock), self._files:
            if not self._closed:
                self._closed = True
                with contextlib.suppress(OSError, sqlite3.Error):  # the next start does what could not be done here
                    self._index.catch_up(self.path, self._log.point.offset)

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, with everything known that others saved. Raises `NotSavedError`."""
        if self._closed:
            raise NotSavedError(NotSavedCode.CLOSED)
        try:
            with self.lock:
                links = self._log.read_on() if self._log.is_in_place() else None
                if not isinstance(links, list):  # the file that is there now is used from here on
                    gone = self.attach() or self.catch_up()
                    raise NotSavedError(NotSavedCode.GONE if gone else NotSavedCode.REPLACED)
                yield
        except OSError as error:
            raise NotSavedError.by(error) from error

    def _take(self) -> Damage | None:
        """Take saved events into the index, or into one in memory where it fails; the damage that is in the way."""
        self._memories, self._taken = None, self._log.point.offset
        try:
            return self._index.catch_up(self.path, self._log.point.offset)
        except (sqlite3.Error, OSError):
            return self._fold_anew()

    def _fold_anew(self) -> Damage | None:
        """Go on with an index in memory: the one in the file fails. What is wrong with that, the next start mends."""
        self._memories = None
        self._index.close()
        self._index = new_index(None, self._rules)
        self._files.callback(self._index.close)
        return self._index.catch_up(self.path, self._log.point.offset)


def _skill(row: tuple[Any, ...]) -> SkillRecord:
    *memory, name, topic, attempts, correct, last_right, mixed_days = row
    return SkillRecord(name, topic, attempts, correct, memory_in(tuple(memory)), bool(last_right), mixed_days)
