"""What `doctor` finds of a history: damage, torn tails, clocks, links, an index that disagrees, conflict copies."""

import contextlib
import json
import os
import shutil
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from studyapp.domain.text import set_language
from studyapp.history.backups import back_up
from studyapp.history.event import Event, Kind, body_of, line_of
from studyapp.study import checkup
from studyapp.study.checkup import check_history
from studyapp.study.learner import memory_rules
from studyapp.study.settings import Settings

from .conftest import MORNING, attempt_at, exercise_entry, library_of, record, topic_entry

COURSE = library_of(topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a")))
RULES = memory_rules(COURSE, Settings())


@pytest.fixture
def data(open_learner, tmp_path) -> Path:
    set_language("en")
    with open_learner(COURSE) as history:
        for skill in ("a1", "a2", "a1"):
            record(history, attempt_at(skill), MORNING)
    return tmp_path / "data"


def checks(data: Path) -> dict[str, tuple[bool, str]]:
    return {check.name: (check.ok, check.message) for check in check_history(data, RULES, MORNING)}


def added(log: Path, event: Event) -> None:
    last = json.loads(log.read_bytes().splitlines()[-1])["hash"]
    with log.open("ab") as file:
        file.write(line_of(event, last)[0])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_is_in_order_after_some_answers(data, language):
    set_language(language)
    assert all(ok for ok, _ in checks(data).values())
    assert "3" in checks(data)["history"][1]


def spoil(change):
    """Another content of the log."""
    return lambda log: log.write_bytes(change(log.read_bytes()))


def later(log: Path) -> None:
    at = MORNING + timedelta(days=900)
    added(log, Event(id="x", at=at, day=at.date(), kind=Kind.ATTEMPT, body=body_of(attempt_at("a1"))))


def change_index(log: Path) -> None:
    with contextlib.closing(sqlite3.connect(log.parent / "index.sqlite")) as connection, connection:
        connection.execute("UPDATE skill SET reviews = reviews + 1")


@pytest.mark.parametrize(
    ("change", "name", "ok", "parts"),
    [
        (spoil(lambda data: data + b'{"v":1,"id":"ha'), "history", True, ["never shown as saved"]),
        (spoil(lambda data: data[:-1]), "history", True, ["never shown as saved"]),
        (
            spoil(lambda data: data.replace(b'"seed":1', b'"seed":2', 1)),
            *("history", False, ["Line 2 (event-2)", "--salvage", "restore"]),
        ),
        (later, "clock", False, ["2028-09-17"]),
        (
            lambda log: added(log, Event(id="x", at=MORNING, day=date(9999, 4, 1), kind=Kind.ATTEMPT, body={})),
            *("history", True, ["line 5"]),
        ),
        (change_index, "index", False, ["index.sqlite"]),
        (
            lambda log: shutil.copy(log, log.with_name("history.sync-conflict-1.jsonl")),
            *("conflict", False, ["import history"]),
        ),
    ],
    ids=["torn", "without its end", "damaged", "from the future", "of an impossible day", "another index", "conflict"],
)
def test_what_is_wrong_is_named_with_what_to_do(data, change, name, ok, parts):
    change(data / "history.jsonl")
    found, message = checks(data)[name]
    assert found is ok
    assert all(part in message for part in parts)
    assert not ok or "restore" not in message


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
