"""The index: equal to a replay of the log, made anew whenever it is not, and never in the way of an answer."""

import contextlib
import itertools
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.record import Count, Memory
from studyapp.domain.verdict import Attempt, Mode, Outcome, Part
from studyapp.history import index
from studyapp.history.chain import Link
from studyapp.history.errors import NoticeCode
from studyapp.history.fold import Rules
from studyapp.history.index import Index

from .conftest import ATTEMPTS, DAY, NOW, Desk, answered, attempt, fold, state_of

# Days go back as well: a clock that is set, a flight over the date line.
days = st.integers(0, 6).map(lambda days: DAY + timedelta(days=days))


def oracle(answers: list[tuple[Attempt, date]]) -> dict[str, tuple[int, Memory | None]]:
    """Skills with their number of attempts and memory, straight from the rule: only the first of a day counts."""
    skills: dict[str, tuple[int, Memory | None]] = {}
    moved: set[tuple[str, date]] = set()
    for answer, day in answers:
        for skill in {part.skill for part in answer.parts}:
            touching = tuple(part for part in answer.parts if part.skill == skill)
            count, memory = skills.get(skill, (0, None))
            silent = (skill, day) in moved or answer.mode == Mode.PLACEMENT or (answer.mode == Mode.EXAM and not memory)
            after = None if silent else fold(memory, touching, answer.tries, day)
            if after is not None:
                moved.add((skill, day))
            skills[skill] = (count + 1, after or memory)
    return skills


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ATTEMPTS, days), max_size=12), st.integers(0, 12))
def test_a_replay_gives_what_was_kept_answer_by_answer(answered, reopened_after):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "data")
        history = desk.open()
        for number, (one, day) in enumerate(answered):
            if number == reopened_after:
                history.close()
                history = desk.open()
            history.record(one, at=NOW, day=day)
        kept = state_of(history)
        history.close()
        desk.index.unlink()
        with desk.open() as again:
            assert state_of(again) == kept
            skills = {one.skill: (one.attempts, one.memory) for one in again.skills()}
    assert skills == oracle(answered)


def test_counts_by_day_tell_attempts_from_first_ones(desk):
    with desk.open() as history:
        for verdict in (Outcome.WRONG, Outcome.CORRECT, Outcome.CORRECT):
            history.record(attempt("a", verdict), at=NOW, day=DAY)
        history.record(attempt("b"), at=NOW, day=DAY)
        assert history.on_day(DAY) == Count(attempts=4, correct=3, first=2, first_correct=1, active_ms=4000)
        assert history.on_day(DAY + timedelta(days=1)) == Count()
        assert history.topics() == {"losses/cross-entropy": history.on_day(DAY)}
        (slip,) = history.mistakes()
        assert (slip.mistake, slip.skill, slip.times, slip.last_day) == ("sign", "a", 1, DAY)


def test_two_parts_of_one_skill_are_one_piece_of_evidence(desk):
    right = Part("0", "a", "1", Outcome.CORRECT)
    wrong = Part("1", "a", "2", Outcome.WRONG, "sign")
    with desk.open() as history:
        history.record(attempt(parts=(right, wrong)), at=NOW, day=DAY)
        assert history.on_day(DAY) == Count(attempts=1, correct=0, first=1, first_correct=0, active_ms=1000)
        assert history.memories()["a"].stability == 1.0


def spoil_start(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"\0" * 100 + data[100:])


def spoil_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 512):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(bytes(data))


def execute(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()

    return run


SPOILED = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "a text": lambda path: path.write_text("notes", encoding="utf-8"),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "without its header": spoil_start,
    "with spoiled pages": spoil_pages,
    "whose making was killed": lambda path: (path.unlink(), execute("PRAGMA user_version = 0")(path)),
    "of another version": execute("PRAGMA user_version = 99"),
    "of another application": execute("PRAGMA application_id = 7"),
    "without a table": execute("DROP TABLE covered"),
    "without its row": execute("DELETE FROM covered"),
    "of another log": execute("UPDATE covered SET hash = 'other'"),
    "with a point that is none": execute("UPDATE covered SET offset = offset - 1"),
    "that knows more than the log": execute("UPDATE covered SET offset = offset + 1000"),
}


FOREIGN = ("a text", "cut in half", "without its header", "with spoiled pages", "of another application")
UNKNOWN = ("without a table", "without its row", "that knows more than the log")


@pytest.mark.parametrize("name", SPOILED)
def test_an_index_that_cannot_be_used_is_made_anew_and_kept_where_it_may_hold_more(desk, name):
    desk.write(20)
    with desk.open() as history:
        kept = state_of(history)
    SPOILED[name](desk.index)
    with desk.open() as again:
        assert state_of(again) == kept
        again.record(attempt(), at=NOW, day=DAY)
    with desk.open() as last:
        assert last.notices == ()
        assert last.on_day(DAY).attempts == 4
    assert bool(list(desk.folder.glob("index.set-aside*"))) == (name in FOREIGN + UNKNOWN)


def test_a_log_shorter_than_its_index_is_told_and_the_index_is_kept(desk):
    desk.write(10)
    content = desk.lines()
    desk.log.write_bytes(b"".join(content[:6]))
    with desk.open() as history:
        (notice,) = history.notices
        assert (notice.code, notice.count) == (NoticeCode.SHORTENED, 10)
        assert notice.path.name == "index.set-aside.sqlite"
        assert notice.path.exists()
        assert answered(history) == 5


def test_other_rules_make_the_index_anew(desk):
    desk.write(6)

    def never(memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date) -> Memory | None:
        return None

    with desk.open(Rules(fold=never, name="never", renames={})) as history:
        assert history.memories() == {}
    with desk.open() as history:
        assert [notice.code for notice in history.notices] == [NoticeCode.REBUILT]
        assert len(history.memories()) == 5


def test_renamed_skills_are_counted_under_their_new_names(desk):
    desk.write(10)
    with desk.open(Rules(fold=fold, name="doubling", renames={"skill-0": "skill-1"})) as history:
        assert [record.skill for record in history.skills()] == ["skill-1", "skill-2", "skill-3", "skill-4"]
        assert history.skills()[0].attempts == 4


def test_an_open_index_is_not_read_from_the_beginning_of_the_log(desk, monkeypatch):
    desk.write(10)
    taken: list[Link] = []
    monkeypatch.setattr(Index, "take", lambda self, links: taken.extend(links))
    desk.open().close()
    assert taken == []


def test_events_that_the_index_missed_are_taken_in_at_the_next_start(desk, monkeypatch):
    desk.write(4)
    with desk.open() as history:
        kept_back = desk.index.read_bytes()
        history.record(attempt("late"), at=NOW, day=DAY)
    desk.index.write_bytes(kept_back)
    for suffix in ("-wal", "-shm"):
        desk.index.with_name(desk.index.name + suffix).unlink(missing_ok=True)
    with desk.open() as again:
        assert again.notices == ()
        assert "late" in again.memories()


def test_an_answer_is_saved_though_the_index_fails(desk, monkeypatch):
    take, calls = Index.take, itertools.count()

    def fail_once(self: Index, links: list[Link]) -> None:
        if next(calls) == 0:
            raise sqlite3.OperationalError("disk I/O error")
        take(self, links)

    monkeypatch.setattr(Index, "take", fail_once)
    with desk.open() as history:
        history.record(attempt("a"), at=NOW, day=DAY)
        history.record(attempt("b"), at=NOW, day=DAY)
        assert sorted(history.memories()) == ["a", "b"]

    with desk.open() as again:
        assert sorted(again.memories()) == ["a", "b"]


def test_an_index_that_breaks_while_open_is_made_anew(desk):
    desk.write(6)
    with desk.open() as history:
        kept = state_of(history)
        execute("DROP TABLE skill")(desk.index)
        assert state_of(history) == kept
    with desk.open() as again:
        assert again.notices == ()
        assert state_of(again) == kept


def test_an_index_on_a_full_disk_is_kept_in_memory(desk, monkeypatch):
    desk.write(6)
    desk.index.unlink()

    connect = index._connect

    def full(path: Path | None) -> sqlite3.Connection:
        if path is not None:
            raise sqlite3.OperationalError("database or disk is full")
        return connect(path)

    monkeypatch.setattr(index, "_connect", full)
    with desk.open() as history:
        assert [notice.code for notice in history.notices] == [NoticeCode.IN_MEMORY]
        history.record(attempt("a"), at=NOW, day=DAY)
        assert history.on_day(DAY).attempts == 4
