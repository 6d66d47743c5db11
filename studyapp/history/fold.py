"""The fold: from an event to the rows of the index. An undo or a regrade folds the answers on its skills again."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date
from itertools import groupby
from typing import Any

from studyapp.domain.record import Memory
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Attempt, Help, Mode, Outcome, Part
from studyapp.history.chain import Link
from studyapp.history.event import Event, Kind, attempt_in, flag_in, lesson_in, named_in

_EXAM_KINDS = {kind for kind in Kind if kind.startswith("exam_")}
_VERDICTS = {str(verdict): verdict for verdict in Outcome}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How events become memories. An index made by other rules is folded anew.

    `fold` leads from a memory, the parts of one answer on its skill, the tries and the study day to the memory after;
    None where the parts say nothing. `name` identifies the way of folding; `renames` leads from names that
    skills once had to theirs; `recall` predicts, where there is one, how likely each first answer of a day was right.
    """

    fold: Callable[[Memory | None, tuple[Part, ...], int, date], Memory | None]
    name: str
    renames: Mapping[str, str]
    recall: Callable[[Memory, date], float] | None = None
    written: Mapping[str, Any] = field(default_factory=dict)
    """What is in the event of each attempt besides the attempt."""

    @property
    def fingerprint(self) -> str:
        """A text that differs where two sets of rules differ."""
        return json.dumps([self.name, sorted(self.renames.items())], ensure_ascii=False)


def fold(db: sqlite3.Connection, rules: Rules, link: Link) -> None:
    """Take one event into the index, inside the caller's transaction; what cannot be read leaves no rows."""
    event = link.event
    if not isinstance(event, Event):
        return
    if event.kind == Kind.ATTEMPT and (attempt := attempt_in(event.body)) is not None:
        _add_attempt(db, rules, link.after.lines, event, attempt)
    elif event.kind == Kind.UNDO:
        _correct(db, rules, named_in(event.body, "attempt"), None)
    elif event.kind == Kind.REGRADE and (verdict := _VERDICTS.get(named_in(event.body, "verdict"))) is not None:
        _correct(db, rules, named_in(event.body, "attempt"), verdict)
    elif event.kind == Kind.LESSON and (lesson := lesson_in(event.body)) is not None:
        day, skill = event.day.isoformat(), rules.renames.get(lesson.skill, lesson.skill)
        db.execute("INSERT INTO lesson VALUES (?, ?, ?, ?)", (day, link.after.lines, skill, lesson.active_ms))
        _count(db, day, lesson.topic, (0, 0, 0, 0, lesson.active_ms))
    elif event.kind == Kind.FLAG and (marked := flag_in(event.body)) is not None:
        flag, is_set = marked
        place = (flag.topic, flag.exercise, flag.heading)
        db.execute("DELETE FROM flag WHERE topic = ? AND exercise = ? AND heading = ?", place)
        if is_set:
            db.execute("INSERT INTO flag VALUES (?, ?, ?, ?, ?)", (*place, flag.note, link.after.lines))
    elif event.kind in _EXAM_KINDS:
        exam = event.id if event.kind == Kind.EXAM_START else named_in(event.body, "exam")
        row = (link.after.lines, link.start, exam, event.kind, named_in(event.body, "window"))
        db.execute("INSERT INTO exam_event VALUES (?, ?, ?, ?, ?)", row)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What of an attempt matters to one of its skills."""

    day: date
    exercise: str
    topic: str
    tries: int
    mode: str


def _add_attempt(db: sqlite3.Connection, rules: Rules, seq: int, event: Event, attempt: Attempt) -> None:
    day, parts = event.day.isoformat(), attempt.parts
    if any(part.skill in rules.renames for part in parts):
        parts = tuple(replace(part, skill=rules.renames.get(part.skill, part.skill)) for part in parts)
    right = all(part.verdict is Outcome.CORRECT for part in parts)
    db.execute(
        "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (day, seq, event.id, attempt.exercise, attempt.topic, attempt.tries, attempt.active_ms, right, attempt.mode),
    )
    by_skill: dict[str, list[Part]] = {}
    for number, part in enumerate(parts):
        row = (part.skill, day, seq, number, part.ask, part.verdict, part.mistake, part.help)
        db.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        by_skill.setdefault(part.skill, []).append(part)
    answer = _Answer(event.day, attempt.exercise, attempt.topic, attempt.tries, attempt.mode)
    evidence = [_move(db, rules, answer, skill, tuple(own)) for skill, own in by_skill.items()]
    first = [recalled for recalled in evidence if recalled is not None]
    _count(db, day, attempt.topic, (1, right, len(first), sum(first), attempt.active_ms))


def _move(db: sqlite3.Connection, rules: Rules, answer: _Answer, skill: str, parts: tuple[Part, ...]) -> bool | None:
    """Move a skill, and its memory by the first evidence of a day; whether it was recalled, None without evidence."""
    (row,) = db.execute(
        "INSERT INTO skill VALUES (?, ?, 1, ?, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, 0, 0) ON CONFLICT DO UPDATE"
        " SET topic = excluded.topic, attempts = attempts + 1, correct = correct + excluded.correct"
        " RETURNING stability, difficulty, last_day, due_day, reviews, lapses",
        (skill, answer.topic, all(part.verdict is Outcome.CORRECT for part in parts)),
    ).fetchall()
    day = answer.day.isoformat()
    for part in parts:
        if part.mistake is not None:
            db.execute(
                "INSERT INTO mistake VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE"
                " SET topic = excluded.topic, times = times + 1, last_day = max(last_day, excluded.last_day)",
                (part.mistake, skill, answer.exercise, answer.topic, day),
            )
    before = memory_in(row)
    # Placement is no evidence but by the question that shows a skill to be known, an exam none on a new skill.
    silent = answer.mode == Mode.PLACEMENT or (answer.mode == Mode.EXAM and before is None)
    if silent or (before is not None and before.last_day == answer.day):
        return None
    memory = rules.fold(before, parts, answer.tries, answer.day)
    if memory is None:
        return None
    # Right at the first try, with a nudge at most.
    recalled = answer.tries == 1 and all(
        part.verdict is Outcome.CORRECT and part.help is not Help.SHOWN for part in parts
    )
    predicted = None if before is None or rules.recall is None else rules.recall(before, answer.day)
    evidence = (skill, day, answer.topic, recalled, predicted)
    # Days need not come in order: an import brings earlier ones, which may have their evidence.
    if not db.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", evidence).rowcount:
        return None
    db.execute(
        "UPDATE skill SET stability = ?, difficulty = ?, last_day = ?, due_day = ?, reviews = ?, lapses = ?,"
        " first_day = coalesce(first_day, ?), first_mode = coalesce(first_mode, ?), last_right = ?,"
        " mixed_days = mixed_days + ? WHERE skill = ?",
        (
            *(memory.stability, memory.difficulty, memory.last_day.isoformat(), memory.due_day.isoformat()),
            *(memory.reviews, memory.lapses, day, answer.mode, recalled),
            *(recalled and answer.mode == Mode.MIXED, skill),
        ),
    )
    return recalled


def _count(db: sqlite3.Connection, day: str, topic: str, change: tuple[int, ...]) -> None:
    """Add to the counts of a topic on a day: attempts, correct, first, first correct, active milliseconds."""
    db.execute(
        "INSERT INTO count VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET attempts = attempts +"
        " excluded.attempts, correct = correct + excluded.correct, first = first + excluded.first,"
        " first_correct = first_correct + excluded.first_correct, active_ms = active_ms + excluded.active_ms",
        (day, topic, *change),
    )


def _correct(db: sqlite3.Connection, rules: Rules, event_id: str, verdict: Outcome | None) -> None:
    """Give every part of an attempt another verdict, or (None) take it back; an unknown attempt changes nothing."""
    row = db.execute("SELECT seq, day, topic, correct, active_ms FROM attempt WHERE id = ?", (event_id,)).fetchone()
    if row is None:
        return
    seq, day, topic, correct, active_ms = row
    # The parts are looked for under every skill: corrections are rare, and answers are not.
    query = "SELECT DISTINCT p.skill FROM skill s CROSS JOIN part p ON p.skill = s.skill WHERE p.day = ? AND p.seq = ?"
    skills = [skill for (skill,) in db.execute(query, (day, seq))]
    keys = [(skill, day, seq) for skill in skills]
    for skill in skills:
        _take_out(db, skill)
    _count(db, day, topic, (-1, -correct, 0, 0, -active_ms))
    if verdict is None:
        db.executemany("DELETE FROM part WHERE skill = ? AND day = ? AND seq = ?", keys)
        db.execute("DELETE FROM attempt WHERE day = ? AND seq = ?", (day, seq))
        db.execute("DELETE FROM count WHERE day = ? AND topic = ? AND attempts = 0 AND active_ms = 0", (day, topic))
    else:
        right = verdict is Outcome.CORRECT
        change = "UPDATE part SET verdict = ?, mistake = NULL WHERE skill = ? AND day = ? AND seq = ?"
        db.executemany(change, [(verdict, *key) for key in keys])
        db.execute("UPDATE attempt SET correct = ? WHERE day = ? AND seq = ?", (right, day, seq))
        _count(db, day, topic, (1, right, 0, 0, active_ms))
    for skill in skills:
        _fold_again(db, rules, skill)


def _take_out(db: sqlite3.Connection, skill: str) -> None:
    query = "SELECT day, topic, recalled FROM evidence WHERE skill = ?"
    for day, topic, recalled in db.execute(query, (skill,)).fetchall():
        _count(db, day, topic, (0, 0, -1, -recalled, 0))
    for table in ("evidence", "mistake", "skill"):
        db.execute(f"DELETE FROM {table} WHERE skill = ?", (skill,))


def _fold_again(db: sqlite3.Connection, rules: Rules, skill: str) -> None:
    rows = db.execute(
        "SELECT p.seq, p.day, a.exercise, a.topic, a.tries, a.mode, p.ask, p.verdict, p.mistake, p.help"
        " FROM part p JOIN attempt a USING (day, seq) WHERE p.skill = ? ORDER BY p.seq, p.number",
        (skill,),
    ).fetchall()
    for (_, day, *about), group in groupby(rows, key=lambda row: row[:6]):
        parts = tuple(
            Part(ask, skill, "", Outcome(verdict), mistake, Help(used)) for *_, ask, verdict, mistake, used in group
        )
        answer = _Answer(date.fromisoformat(day), *about)
        recalled = _move(db, rules, answer, skill, parts)
        if recalled is not None:
            _count(db, day, answer.topic, (0, 0, 1, recalled, 0))


def memory_in(row: tuple[Any, ...]) -> Memory | None:
    """The memory in a row of stability, difficulty, last and due day, reviews and lapses; None where there is none."""
    stability, difficulty, last_day, due_day, reviews, lapses = row
    if stability is None:
        return None
    return Memory(stability, difficulty, date.fromisoformat(last_day), date.fromisoformat(due_day), reviews, lapses)
