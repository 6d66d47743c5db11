"""The log: what is written, what is found when it is opened, and what is said of it."""

import errno
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.verdict import Mode, Outcome
from studyapp.history.chain import Link, verify_chain, walk
from studyapp.history.errors import NoticeCode, NotSavedCode, NotSavedError, TroubleCode
from studyapp.history.event import (
    BEFORE_ALL,
    FIRST_DAY,
    LAST_DAY,
    Event,
    attempt_in,
    body_of,
    event_in,
    hash_checked,
    line_of,
)
from studyapp.history.log import FolderLock

from .conftest import DAY, NOW, Desk, attempt


def test_a_new_log_holds_its_header_and_each_attempt_as_a_line_of_json(desk):
    with desk.open() as history:
        event = history.record(attempt(), at=NOW, day=DAY)
    first, second = (json.loads(line) for line in desk.lines())
    assert (first["kind"], first["body"]) == ("header", {"format": "studyapp history", "version": 1})
    assert (second["id"], second["day"], second["at"]) == (event.id, "2026-04-01", "2026-04-01T10:00:00.000+00:00")
    assert second["body"]["parts"][0]["verdict"] == "correct"
    assert "交差エントロピー" in desk.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", ["", *Mode])
def test_an_attempt_comes_back_from_its_body_as_it_was(mode):
    answer = attempt(verdict=Outcome.WRONG, hints=2, seed=10**30, mode=mode)
    assert attempt_in(json.loads(json.dumps(body_of(answer)))) == answer


@pytest.mark.parametrize("spoil", [{"hints": -1}, {"parts": 3}, {"tries": 10**30}, {"topic": "\ud800"}, {"seed": "x"}])
def test_a_body_of_another_shape_is_no_attempt(spoil):
    assert attempt_in(body_of(attempt()) | spoil) is None


texts = st.text() | st.text(st.characters(categories=["Cs"]), max_size=1)
bodies = st.dictionaries(texts, st.recursive(texts | st.integers() | st.booleans() | st.none(), st.lists, max_leaves=4))


moments = st.datetimes(
    datetime(2000, 1, 2),
    datetime(2199, 12, 30),
    timezones=st.just(UTC) | st.just(timezone(timedelta(hours=9))),
)


@given(bodies, moments, st.dates(FIRST_DAY, LAST_DAY))
def test_any_event_comes_back_from_its_line_as_it_was(body, at, day):
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    event = Event(id="e", at=at, day=day, kind="k", body=body)
    line, own = line_of(event, "abc")
    assert line.count(b"\n") == 1
    assert hash_checked(line, "abc") == own
    assert hash_checked(line, BEFORE_ALL) is None
    assert event_in(line) == event


def test_a_moment_without_a_time_zone_is_not_written(desk):
    with desk.open() as history, pytest.raises(ValueError, match="time zone"):
        history.record(attempt(), at=datetime(2026, 4, 1), day=DAY)
    assert len(desk.lines()) == 1


def test_whichever_byte_is_flipped_the_check_names_the_event_and_the_start_its_line(desk):
    desk.write(3)
    sound = desk.log.read_bytes()
    names = desk.ids()
    for at in range(len(sound)):
        flipped = sound[:at] + bytes([sound[at] ^ (1 << at % 8)]) + sound[at + 1 :]  # another bit at every place
        desk.log.write_bytes(flipped)
        damage = verify_chain(desk.log).damage

        assert damage.line == sound[:at].count(b"\n") + 1, at
        start = sound.rfind(b"\n", 0, at) + 1
        if at > start + 40:  # behind the id itself
            assert damage.event == names[damage.line - 1], at
        if at < len(sound) - 1:  # the end of the last line is put right
            trouble = desk.trouble()
            assert (trouble.code, trouble.line) == (TroubleCode.DAMAGED, damage.line), (at, trouble)
            assert desk.log.read_bytes() == flipped
    desk.log.write_bytes(sound)
    desk.open().close()


@pytest.mark.parametrize(("back", "noticed"), [(0, False), (timedelta(minutes=5), False), (timedelta(hours=1), True)])
def test_a_clock_that_has_jumped_back_is_noticed_and_answers_are_saved(desk, back, noticed):
    desk.write(1)
    now = NOW - back if back else NOW
    with desk.open(now=now) as history:
        assert [notice.code for notice in history.notices] == [NoticeCode.CLOCK] * noticed
        history.record(attempt("skill-0"), at=now, day=now.date())
        assert history.skills()[0].memory.last_day == DAY
    assert verify_chain(desk.log).damage is None


def test_a_line_left_out_or_moved_breaks_the_chain(desk):
    desk.write(4)
    lines = desk.lines()
    for numbers in ((0, 2, 3, 4), (0, 2, 1, 3, 4), (0, 1, 1, 2)):
        desk.log.write_bytes(b"".join(lines[number] for number in numbers))
        assert verify_chain(desk.log).damage is not None


def test_damage_before_the_last_thousand_is_told_when_the_index_is_made_anew(desk, monkeypatch):
    monkeypatch.setattr("studyapp.history.chain.point_before_last.__defaults__", (3,))
    desk.write(9)
    content = desk.lines()
    content[2] = content[2].replace(b'"seed":1', b'"seed":9')
    desk.log.write_bytes(b"".join(content))
    desk.open().close()
    desk.index.unlink()
    trouble = desk.trouble()
    assert (trouble.code, trouble.line) == (TroubleCode.DAMAGED, 3)


@pytest.mark.parametrize("kept", [1, 5, -1, -2, -20])
def test_a_torn_last_line_is_set_aside(desk, kept):
    desk.write(3)
    *whole, last = desk.lines()
    torn = last[:kept] if kept != -1 else last[:-1].replace(b"0.51", b"0.59")
    desk.log.write_bytes(b"".join(whole) + torn)
    desk.index.unlink()

    with desk.open() as history:
        (notice,) = history.notices
        history.record(attempt(), at=NOW, day=DAY)

    assert (notice.code, notice.path.name, notice.count) == (NoticeCode.TORN, "history.torn.jsonl", len(torn))
    assert notice.path.read_bytes() == torn
    assert desk.lines()[:-1] == whole
    desk.log.write_bytes(desk.log.read_bytes() + torn)
    with desk.open() as again:
        assert again.notices[0].path.name == "history.torn-2.jsonl"  # the first stays
    assert verify_chain(desk.log).damage is None


def test_a_torn_line_that_cannot_be_set_aside_is_told_and_stays(desk, monkeypatch):
    desk.write(2)
    torn = desk.log.read_bytes() + b'{"v":1,'
    desk.log.write_bytes(torn)

    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studyapp.domain.files.write_all", full)
    trouble = desk.trouble()

    assert (trouble.code, trouble.detail) == (TroubleCode.NOT_WRITABLE, "No space left on device")
    assert desk.log.read_bytes() == torn


@pytest.mark.parametrize("end", [b"", b"\x0b"], ids=["missing", "another sign"])
def test_the_end_of_the_last_line_is_put_right(desk, end):
    desk.write(3)
    sound = desk.log.read_bytes()
    desk.log.write_bytes(sound[:-1] + end)
    with desk.open() as history:
        assert [notice.code for notice in history.notices] == [NoticeCode.HEALED]
        assert history.on_day(DAY).attempts == 3
    assert desk.log.read_bytes() == sound


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", TroubleCode.EMPTY),
        (b"\x00\x01\x02", TroubleCode.FOREIGN),
        (b"\n", TroubleCode.EMPTY),
        (b'{"a": 1}\n', TroubleCode.FOREIGN),
        (b"[1, 2]\n", TroubleCode.FOREIGN),
        ("日記\n".encode(), TroubleCode.FOREIGN),
        (b"x" * 100_000, TroubleCode.FOREIGN),
        (b"[" * 60_000, TroubleCode.FOREIGN),
    ],
)
def test_a_file_that_is_no_log_of_ours_is_told_and_left_as_it_is(desk, content, code):
    desk.folder.mkdir()
    desk.log.write_bytes(content)
    trouble = desk.trouble()
    assert trouble.code is code
    assert desk.log.read_bytes() == content
    assert not desk.index.exists()


def test_a_log_of_a_later_format_is_told(desk):
    desk.folder.mkdir()
    body = {"format": "studyapp history", "version": 2}
    line, _ = line_of(Event(id="e", at=NOW, day=DAY, kind="header", body=body, v=2), BEFORE_ALL)
    desk.log.write_bytes(line)
    trouble = desk.trouble()
    assert (trouble.code, trouble.detail) == (TroubleCode.NEWER, "2")


@pytest.mark.parametrize("trace", ["index.sqlite", "history.jsonl.bak", "history-2026.jsonl", "backups/a.jsonl"])
def test_no_log_is_begun_where_the_trace_of_an_old_one_stands(desk, trace):
    path = desk.folder / trace
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    trouble = desk.trouble()
    assert (trouble.code, trouble.detail) == (TroubleCode.LOST, path.name)
    assert not desk.log.exists()


def test_a_first_start_that_was_killed_leaves_nothing_in_the_way(desk):
    desk.folder.mkdir()
    (desk.folder / "history.jsonl.123.new").write_bytes(b'{"v":1')
    desk.write(1)
    assert verify_chain(desk.log).events == 1


def test_a_folder_that_takes_no_files_is_told_before_anything_is_asked(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    trouble = Desk(tmp_path / "file" / "data").trouble()
    assert trouble.code is TroubleCode.NOT_WRITABLE
    assert trouble.detail


def test_a_history_that_cannot_be_begun_keeps_no_file_open(desk, monkeypatch):
    closed, close = [], FolderLock.close
    monkeypatch.setattr(FolderLock, "close", lambda lock: closed.append(lock) or close(lock))

    def full(*_):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("studyapp.history.history.write_whole", full)
    assert desk.trouble().code is not None
    assert len(closed) == 1


def test_a_closed_history_saves_nothing_and_says_so(desk):
    history = desk.open()
    history.close()
    with pytest.raises(NotSavedError) as refused:
        history.record(attempt(), at=NOW, day=DAY)
    assert refused.value.code is NotSavedCode.CLOSED


def test_an_event_keeps_the_study_day_that_it_was_given(desk):
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    with desk.open() as history:
        history.record(attempt(), at=tokyo, day=DAY - timedelta(days=1))
    desk.index.unlink()
    with desk.open() as again:
        assert [day for day, _ in again.days(1)] == [DAY - timedelta(days=1)]
    events = [link.event for link in walk(desk.log) if isinstance(link, Link)]
    assert events[1].at.utcoffset() == timedelta(hours=9)
