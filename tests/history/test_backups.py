"""Copies of the log are made when due, verified, thinned, restored and merged; nothing is overwritten unseen."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studyapp.domain.verdict import Attempt, Outcome, Part
from studyapp.history.backups import (
    Backup,
    LeftOut,
    Merged,
    Restored,
    back_up,
    backups,
    is_due,
    merge,
    restore,
    thinned,
)
from studyapp.history.chain import verify_chain
from studyapp.history.errors import Trouble, TroubleCode
from studyapp.history.event import Unreadable
from studyapp.history.fold import Rules
from studyapp.history.history import History, open_history

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
RULES = Rules(fold=lambda memory, parts, tries, day: memory, name="none", renames={})


def opened(folder: Path, prefix: str = "id") -> History:
    numbers = itertools.count()
    history = open_history(folder, RULES, now=NOW, day=NOW.date(), new_id=lambda: f"{prefix}-{next(numbers)}")
    assert isinstance(history, History), history
    return history


def answered(folder: Path, count: int, *, prefix: str = "id", at: datetime = NOW) -> None:
    """A history with some answers, an hour apart."""
    part = Part("answer", "ce", "0.5", Outcome.CORRECT)
    with opened(folder, prefix) as history:
        for number in range(count):
            moment = at + timedelta(hours=number)
            history.record(
                Attempt(exercise="ce", topic="l/ce", seed=number, version="a", prompt="?", parts=(part,)),
                at=moment,
                day=moment.date(),
            )


def log(folder: Path) -> bytes:
    return (folder / "history.jsonl").read_bytes()


class TestBackingUp:
    def test_a_copy_is_the_log_byte_for_byte(self, tmp_path):
        answered(tmp_path, 3)

        made = back_up(tmp_path, NOW)

        assert isinstance(made, Backup)
        assert made.path.read_bytes() == log(tmp_path)
        assert [one.path for one in backups(tmp_path)] == [made.path]

    def test_one_is_due_when_the_log_has_grown_for_a_day(self, tmp_path):
        answered(tmp_path, 1)
        assert is_due(tmp_path, NOW)
        back_up(tmp_path, NOW)
        assert not is_due(tmp_path, NOW + timedelta(hours=30))  # nothing new

        answered(tmp_path, 1, prefix="more")

        assert not is_due(tmp_path, NOW + timedelta(hours=23))
        assert is_due(tmp_path, NOW + timedelta(hours=25))

    def test_a_damaged_log_is_not_copied(self, tmp_path):
        answered(tmp_path, 3)
        data = bytearray(log(tmp_path))
        data[len(data) // 2] ^= 1
        (tmp_path / "history.jsonl").write_bytes(data)

        trouble = back_up(tmp_path, NOW)

        assert isinstance(trouble, Trouble)
        assert trouble.code is TroubleCode.DAMAGED
        assert backups(tmp_path) == ()

    @pytest.mark.parametrize(
        ("days", "kept"),
        [
            (1, 2),  # today's and yesterday's
            (14, 15),  # three of two days, twelve days
            (100, 26),  # three, twelve days, and weeks and months that reach further back
        ],
    )
    def test_older_copies_are_thinned(self, tmp_path, days, kept):
        made = tuple(Backup(tmp_path / str(day), NOW - timedelta(days=day)) for day in range(days, -1, -1))

        gone = thinned(made, NOW)

        left = [one for one in made if one not in gone]
        assert made[-1] in left
        assert {NOW - one.made for one in left} >= {timedelta(days=day) for day in range(min(days, 2) + 1)}
        assert abs(len(left) - kept) <= 5
        assert thinned(tuple(left), NOW) == ()

    def test_three_years_of_days_leave_a_few_dozen_copies(self, tmp_path):
        made = tuple(Backup(tmp_path / str(day), NOW - timedelta(days=day)) for day in range(1100, -1, -1))

        left = len(made) - len(thinned(made, NOW))

        assert 20 <= left <= 3 + 12 + 10 + 9


class TestRestoring:
    def test_a_restored_log_opens_as_it_was(self, tmp_path):
        answered(tmp_path, 3)
        made = back_up(tmp_path, NOW)
        before = log(tmp_path)
        answered(tmp_path, 2, prefix="later")
        assert isinstance(made, Backup)

        restored = restore(tmp_path, made.path, NOW)

        assert isinstance(restored, Restored)
        assert (restored.events, restored.torn, [event.id for event in restored.lacks]) == (
            3,
            False,
            ["later-0", "later-1"],
        )
        assert log(tmp_path) == before
        with opened(tmp_path, "again") as history:
            assert sum(count.attempts for _, count in history.days()) == 3

    def test_what_stood_there_is_kept_even_if_damaged(self, tmp_path):
        answered(tmp_path, 3)
        made = back_up(tmp_path, NOW)
        (tmp_path / "history.jsonl").write_bytes(b"broken")
        assert isinstance(made, Backup)

        assert isinstance(restore(tmp_path, made.path, NOW), Restored)

        kept = list((tmp_path / "backups").glob("replaced-*"))
        assert [path.read_bytes() for path in kept] == [b"broken"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [(b"", TroubleCode.EMPTY), (b"hello\n", TroubleCode.FOREIGN), (None, TroubleCode.NOT_READABLE)],
    )
    def test_a_file_that_is_no_log_is_refused_and_nothing_changes(self, tmp_path, content, code):
        answered(tmp_path, 1)
        before = log(tmp_path)
        source = tmp_path / "other"
        if content is not None:
            source.write_bytes(content)

        trouble = restore(tmp_path, source, NOW)

        assert isinstance(trouble, Trouble)
        assert trouble.code is code
        assert log(tmp_path) == before


class TestMerging:
    def test_events_of_two_machines_stand_together_in_the_order_of_time(self, tmp_path):
        here, there = tmp_path / "here", tmp_path / "there"
        answered(here, 3, prefix="a")
        answered(there, 3, prefix="b", at=NOW + timedelta(minutes=30))

        assert merge(here, there / "history.jsonl", NOW) == Merged(added=3, known=0)

        assert verify_chain(here / "history.jsonl").damage is None
        with opened(here, "c") as history:
            assert sum(count.attempts for _, count in history.days()) == 6
        times = [line.split(b'"at":"')[1][:16] for line in log(here).splitlines()[1:]]
        assert times == sorted(times)

    def test_merging_twice_adds_nothing_the_second_time(self, tmp_path):
        here, there = tmp_path / "here", tmp_path / "there"
        answered(here, 2, prefix="a")
        answered(there, 2, prefix="b")
        merge(here, there / "history.jsonl", NOW)
        once = log(here)

        assert merge(here, there / "history.jsonl", NOW) == Merged(added=0, known=2)

        assert log(here) == once

    def test_events_of_one_moment_keep_their_order(self, tmp_path):
        here, there = tmp_path / "here", tmp_path / "there"
        answered(there, 1, prefix="there")
        ids = iter(["header", "z", "y", "x", "b", "a"])
        history = open_history(here, RULES, now=NOW, day=NOW.date(), new_id=lambda: next(ids))
        assert isinstance(history, History)
        with history:
            for _ in range(5):
                history.append("note", {}, at=NOW, day=NOW.date())

        merge(here, there / "history.jsonl", NOW)

        found = [json.loads(line)["id"] for line in log(here).splitlines()]
        assert [one for one in found if not one.startswith("there")] == ["header", "z", "y", "x", "b", "a"]

    def test_an_empty_folder_takes_the_whole_log(self, tmp_path):
        here, there = tmp_path / "here", tmp_path / "there"
        answered(there, 2)

        merge(here, there / "history.jsonl", NOW)

        assert log(here) == log(there)

    def test_of_a_damaged_log_every_sound_event_is_taken_in_and_the_rest_is_named(self, tmp_path):
        here, there = tmp_path / "here", tmp_path / "there"
        answered(here, 1, prefix="a")
        answered(there, 3, prefix="b")
        lines = log(there).splitlines(keepends=True)
        lines[2] = lines[2].replace(b'"seed":1', b'"seed":7')
        (there / "history.jsonl").write_bytes(b"".join(lines))

        merged = merge(here, there / "history.jsonl", NOW)

        assert isinstance(merged, Merged)
        assert (merged.added, merged.known) == (2, 0)
        assert merged.left_out == (LeftOut(3, Unreadable.DAMAGED, "ce", "2026-04-01"),)
