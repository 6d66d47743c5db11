"""What cannot be misread is no damage; damage to one line costs no other, and what is missing is named."""

import json
import os
import random
import sys
from datetime import date

import pytest

from studyapp.history.backups import LeftOut, Salvaged, salvage
from studyapp.history.chain import verify_chain
from studyapp.history.errors import NoticeCode, Trouble, TroubleCode
from studyapp.history.event import Event, Kind, Unreadable, body_of, line_of

from .conftest import DAY, NOW, answered, attempt, state_of


def kept_state(desk) -> tuple[object, ...]:
    with desk.open() as history:
        return state_of(history)


HARMLESS = {
    "carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "a blank line in the middle": lambda data: data.replace(b"\n", b"\n\n", 3),
    "blank lines at the end": lambda data: data + b"\n\r\n  \n",
    "blank lines in front": lambda data: b"\n\r\n" + data,
    "all of them": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n\r\n") + b"\r\n",
}


@pytest.mark.parametrize("changed", HARMLESS.values(), ids=HARMLESS.keys())
@pytest.mark.parametrize("index", ["kept", "gone"])
def test_what_editors_and_synchronising_tools_do_to_a_text_changes_nothing(desk, changed, index):
    desk.write(5)
    expected = kept_state(desk)
    desk.log.write_bytes(changed(desk.log.read_bytes()))
    if index == "gone":
        desk.index.unlink()
    assert kept_state(desk) == expected
    desk.write(1, first=5)
    assert verify_chain(desk.log).events == 6
    assert verify_chain(desk.log).damage is None
    again = kept_state(desk)
    desk.index.unlink()
    assert kept_state(desk) == again


def test_each_flipped_bit_is_noticed_and_salvage_brings_back_every_other_event(desk):
    desk.write(12)
    sound = desk.log.read_bytes()
    lines = sound.splitlines(keepends=True)
    ids = [json.loads(line)["id"] for line in lines]
    chance = random.Random(17)
    for _ in range(200):
        at = chance.randrange(len(sound))
        flipped = sound[:at] + bytes([sound[at] ^ (1 << chance.randrange(8))]) + sound[at + 1 :]
        desk.log.write_bytes(flipped)
        damage = verify_chain(desk.log).damage
        if damage is None:  # a space became a sign that is no damage, or a line end a carriage return: nothing is lost
            assert flipped.split() == sound.split(), at
            continue
        hit = sound[:at].count(b"\n")

        result = salvage(desk.folder, NOW, DAY, "new-header")

        assert isinstance(result, Salvaged), (at, result)
        assert verify_chain(desk.log).damage is None
        back = desk.ids()
        wanted = [name for number, name in enumerate(ids) if number not in (0, hit)]
        assert [name for name in back[1:] if name != ids[hit]] == wanted, at
        assert result.kept.read_bytes() == flipped


def test_salvage_names_what_is_missing_by_exercise_and_day(desk):
    desk.write(9)
    lines = desk.lines()
    lines[4] = lines[4].replace(b'"tries":1', b'"tries":2')
    desk.log.write_bytes(b"".join(lines))
    desk.trouble()
    result = salvage(desk.folder, NOW, DAY, "new-header")
    assert result.events == 8
    assert result.missing == (LeftOut(5, Unreadable.DAMAGED, "skill-3", "2026-04-02"),)
    with desk.open() as history:
        assert answered(history) == 8


def test_a_lost_sector_costs_the_events_in_it_alone(desk):
    desk.write(20)
    data = bytearray(desk.log.read_bytes())
    start = len(data) // 2
    data[start : start + 512] = bytes(512)
    ids = desk.ids()
    desk.log.write_bytes(data)
    result = salvage(desk.folder, NOW, DAY, "new-header")
    assert isinstance(result, Salvaged)
    back = desk.ids()
    assert len(ids) - 3 <= len(back) < len(ids)
    assert set(back) <= set(ids)


@pytest.mark.parametrize("content", [b"", b"my notes\n", b"\x00" * 100])
def test_where_no_line_is_sound_nothing_is_changed(desk, content):
    desk.folder.mkdir()
    desk.log.write_bytes(content)
    assert isinstance(salvage(desk.folder, NOW, DAY, "id"), Trouble)
    assert desk.log.read_bytes() == content


def test_an_event_of_an_impossible_day_counts_for_nothing_and_locks_nobody_out(desk):
    desk.write(2)
    last = json.loads(desk.log.read_bytes().splitlines()[-1])["hash"]
    event = Event(id="x", at=NOW, day=date(9999, 12, 31), kind=Kind.ATTEMPT, body=body_of(attempt("later")))
    with desk.log.open("ab") as file:
        file.write(line_of(event, last)[0])
    with desk.open() as history:
        assert "later" not in history.memories()
        history.record(attempt("now"), at=NOW, day=DAY)
        assert "now" in history.memories()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFO")
@pytest.mark.parametrize("kind", ["fifo", "folder", "dangling", "loop"])
def test_what_is_no_regular_file_is_reported_at_once(desk, kind):
    desk.folder.mkdir()
    if kind == "fifo":
        os.mkfifo(desk.log)
    elif kind == "folder":
        desk.log.mkdir()
    else:
        desk.log.symlink_to(desk.folder / "gone" if kind == "dangling" else desk.log)
    trouble = desk.trouble()
    assert trouble.code is (TroubleCode.NO_FILE if kind in ("fifo", "folder") else TroubleCode.DANGLING)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_log_behind_a_link_is_written_through_it_and_stays_a_link(desk, tmp_path):
    desk.write(2)
    real = tmp_path / "cloud.jsonl"
    desk.log.rename(real)
    desk.log.symlink_to(real)
    desk.write(1, first=2)
    real.write_bytes(real.read_bytes().replace(b'"tries":1', b'"tries":2', 1))
    assert isinstance(salvage(desk.folder, NOW, DAY, "id"), Salvaged)
    assert desk.log.is_symlink()
    assert verify_chain(real).events == 2


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("history (conflicted copy 2026-04-01).jsonl", [NoticeCode.CONFLICT]),
        ("history.sync-conflict-20260401-120000-ABC.jsonl", [NoticeCode.CONFLICT]),
        ("history (1).jsonl", [NoticeCode.CONFLICT]),
        ("history - コピー.jsonl", [NoticeCode.CONFLICT]),
        ("history.torn.jsonl", []),
        ("notes.jsonl", []),
        ("history.jsonl.new", []),
    ],
)
def test_a_copy_that_a_synchronising_tool_left_is_noticed_and_no_other_file(desk, name, codes):
    desk.write(1)
    (desk.folder / name).write_bytes(b"")
    with desk.open() as history:
        assert [notice.code for notice in history.notices] == codes
        assert all(notice.path.name == name for notice in history.notices)
