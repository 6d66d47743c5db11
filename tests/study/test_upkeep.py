"""While the app runs, a process of its own checks the whole chain, and copies the log when a copy is due."""

import asyncio
import os
import subprocess
import sys

from studyapp.history.backups import backups
from studyapp.history.chain import verify_chain
from studyapp.study import upkeep
from studyapp.study.upkeep import Broken, look_after

from .conftest import MORNING, attempt_at, exercise_entry, library_of, record, topic_entry

COURSE = library_of(topic_entry("losses/a", exercise_entry("a1", "losses/a")))


def answered(open_learner, count: int) -> None:
    with open_learner(COURSE) as history:
        for _ in range(count):
            record(history, attempt_at("a1"), MORNING)


async def test_a_chain_that_holds_is_copied_once_and_not_mentioned(open_learner, tmp_path):
    answered(open_learner, 3)
    assert await look_after(tmp_path / "data") is None
    assert await look_after(tmp_path / "data") is None
    (made,) = backups(tmp_path / "data")
    assert made.path.read_bytes() == (tmp_path / "data" / "history.jsonl").read_bytes()


async def test_damage_far_behind_the_last_thousand_events_is_told_and_not_copied(open_learner, tmp_path):
    answered(open_learner, 1100)
    log = tmp_path / "data" / "history.jsonl"
    data = bytearray(log.read_bytes())
    second = data.index(b"\n") + 1
    data[second + 60] ^= 1
    log.write_bytes(data)
    with open_learner(COURSE) as history:
        assert history.on_day(MORNING.date()).attempts == 1100  # its index agrees, and the last thousand hold
        assert await look_after(tmp_path / "data") == Broken(2, "event-2")
    assert backups(tmp_path / "data") == ()


async def test_a_line_that_is_being_written_is_no_damage_and_is_not_copied(open_learner, tmp_path):
    answered(open_learner, 2)
    log = tmp_path / "data" / "history.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"v":1,"id":"half')
    assert await look_after(tmp_path / "data") is None
    (made,) = backups(tmp_path / "data")
    assert made.path.read_bytes() == whole
    assert verify_chain(made.path).damage is None


def test_a_check_ends_when_the_app_is_gone(open_learner, tmp_path):
    answered(open_learner, 3)
    pipe = tmp_path / "history.jsonl"
    os.mkfifo(pipe)  # nothing writes into it: the check would wait for ever
    command = [sys.executable, "-P", "-m", "studyapp.study.upkeep", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as check:
        try:
            assert check.poll() is None
            check.stdin.close()
            assert check.wait(60) == 0
            assert check.stdout.read() == b""
        finally:
            check.kill()


async def test_a_folder_without_a_history_is_no_damage(tmp_path):
    assert await look_after(tmp_path) is None


async def test_the_process_ends_with_the_call(tmp_path, monkeypatch):
    started = asyncio.get_running_loop().create_future()
    start = asyncio.create_subprocess_exec

    async def endless(*arguments, **options):
        child = await start(*arguments[:1], "-c", "import time; time.sleep(600)", **options)
        started.set_result(child)
        return child

    monkeypatch.setattr(upkeep.asyncio, "create_subprocess_exec", endless)
    looking = asyncio.create_task(look_after(tmp_path))
    child = await started
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)

    assert await asyncio.wait_for(child.wait(), 60) != 0


async def test_no_process_to_be_had_is_no_reason_to_stop(tmp_path, monkeypatch):
    async def refused(*_, **__):
        raise OSError("no more processes")

    monkeypatch.setattr(upkeep.asyncio, "create_subprocess_exec", refused)
    assert await look_after(tmp_path) is None
