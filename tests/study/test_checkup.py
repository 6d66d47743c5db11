"""What `doctor` finds of a history: damage, torn tails, clocks, links, an index that disagrees, conflict copies."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from studyapp.domain.text import set_language
from studyapp.history.backups import back_up
from studyapp.history.event import Event, Kind, body_of, line_of
from studyapp.study import checkup
from studyapp.study.checkup import check_history
from studyapp.study.learner import memory_rules

from .conftest import MORNING, attempt_at, exercise_entry, library_of, record, topic_entry

COURSE = library_of(topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a")))
RULES = memory_rules(COURSE, 0.9)


@pytest.fixture
def data(open_learner, tmp_path) -> Path:
    set_language("en")
    with open_learner(COURSE) as history:
        for skill in ("a1", "a2", "a1"):
            record(history, attempt_at(skill), MORNING)
    return tmp_path / "data"


def checks(data: Path) -> dict[str, tuple[bool, str]]:
    return {check.name: (check.ok, check.message) for check in check_history(data, RULES, MORNING)}


def added(data: Path, event: Event) -> None:
    log = data / "history.jsonl"
    last = json.loads(log.read_bytes().splitlines()[-1])["hash"]
    with log.open("ab") as file:
        file.write(line_of(event, last)[0])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_is_in_order_after_some_answers(data, language):
    set_language(language)
    assert all(ok for ok, _ in checks(data).values())
    assert "3" in checks(data)["history"][1]


@pytest.mark.parametrize("tail", [b'{"v":1,"id":"ha', b""])
def test_a_torn_tail_is_no_damage_and_gets_the_advice_that_fits(data, tail):
    log = data / "history.jsonl"
    log.write_bytes(log.read_bytes()[: None if tail else -1] + tail)

    ok, message = checks(data)["history"]

    assert ok
    assert "never shown as saved" in message
    assert "restore" not in message


def test_damage_is_named_with_both_ways_out(data):
    log = data / "history.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"seed":1', b'"seed":2', 1))

    ok, message = checks(data)["history"]

    assert not ok
    assert all(part in message for part in ("Line 2 (event-2)", "--salvage", "restore"))


def test_events_from_the_future_are_named(data):
    later = MORNING + timedelta(days=900)
    added(data, Event(id="x", at=later, day=later.date(), kind=Kind.ATTEMPT, body=body_of(attempt_at("a1"))))

    ok, message = checks(data)["clock"]

    assert not ok
    assert later.date().isoformat() in message


def test_events_that_cannot_be_are_counted_by_line(data):
    added(data, Event(id="x", at=MORNING, day=MORNING.date().replace(year=9999), kind=Kind.ATTEMPT, body={}))

    assert "line 5" in checks(data)["history"][1]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there, and Windows has no FIFO")
@pytest.mark.parametrize(
    ("put", "named"),
    [
        (lambda log: None, "traces of an earlier one"),
        (lambda log: log.symlink_to(log.parent / "cloud" / log.name), "is a link"),
        (os.mkfifo, "not a regular file"),
    ],
    ids=["nothing", "a link that leads nowhere", "a pipe"],
)
def test_what_is_in_the_place_of_the_log_is_named_and_not_waited_for(data, put, named):
    (data / "history.jsonl").unlink()
    put(data / "history.jsonl")

    ok, message = checks(data)["history"]

    assert not ok
    assert named in message


def test_a_row_of_the_index_that_was_changed_by_hand_is_noticed(data):
    with sqlite3.connect(data / "index.sqlite") as connection:
        connection.execute("UPDATE skill SET reviews = reviews + 1")
    connection.close()

    ok, message = checks(data)["index"]

    assert not ok
    assert "index.sqlite" in message


def test_a_full_disk_is_named_before_it_takes_an_answer(data, monkeypatch):
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 3 * 10**6))

    assert checks(data)["space"] == (False, "Only 3 MB of disk space are left. Answers may soon not be saved.")


def test_backups_from_the_future_and_broken_ones_are_named(data):
    back_up(data, MORNING)
    assert checks(data)["backups"][0]
    ahead = back_up(data, MORNING + timedelta(days=3650))
    assert ahead.path.name in checks(data)["backups"][1]
    ahead.path.write_bytes(b"broken\n")

    ok, message = checks(data)["backups"]

    assert not ok
    assert "cannot be restored" in message


def test_a_conflict_copy_is_named_with_what_to_do(data):
    shutil.copy(data / "history.jsonl", data / "history.sync-conflict-1.jsonl")

    ok, message = checks(data)["conflict"]

    assert not ok
    assert "import history" in message
