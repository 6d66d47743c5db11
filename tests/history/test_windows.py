"""Several windows over one history: each saves, each sees what the others saved, and an exam has one window."""

import pytest

from studyapp.history import log
from studyapp.history.backups import back_up, merge, restore
from studyapp.history.chain import verify_chain
from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.history.event import Kind

from .conftest import DAY, NOW, Desk, attempt, state_of, writing


def test_two_windows_save_in_turn_and_see_each_other(desk):
    with desk.open() as first, desk.open() as second:
        for number in range(6):
            (first, second)[number % 2].record(attempt(f"skill-{number}"), at=NOW, day=DAY)
        assert first.refresh()
        assert not first.refresh()
        assert state_of(first) == state_of(second)
        assert sorted(first.memories()) == [f"skill-{number}" for number in range(6)]
    assert verify_chain(desk.log).events == 6


def test_memories_are_read_again_once_another_window_has_saved(desk):
    with desk.open() as first, desk.open() as second:
        assert first.memories() == {}
        second.record(attempt("late"), at=NOW, day=DAY)
        assert list(second.memories()) == ["late"]
        assert list(first.memories()) == ["late"]


def test_an_answer_that_another_window_has_taken_back_counts_nowhere(desk):
    with desk.open() as first, desk.open() as second:
        event = first.record(attempt("a"), at=NOW, day=DAY)
        second.undo(event.id, at=NOW, day=DAY)
        assert first.refresh()
        assert first.memories() == {}
        assert not first.knows(event.id)


def test_an_attempt_with_a_known_id_is_saved_once_whichever_window_comes_second(desk):
    with desk.open() as first, desk.open() as second:
        for history in (first, second):
            history.record(attempt("a"), at=NOW, day=DAY, event_id="exam-0")
        assert second.on_day(DAY).attempts == 1


def test_an_exam_belongs_to_the_window_that_went_on_with_it_last(desk):
    body = {"exam": "", "item": 0, "answer": ["a"], "spent_ms": 1}
    with desk.open() as first, desk.open() as second:
        exam = first.append(Kind.EXAM_START, {}, at=NOW, day=DAY).id
        first.hold(exam, at=NOW, day=DAY)
        first.append(Kind.EXAM_ANSWER, body | {"exam": exam}, at=NOW, day=DAY, exam=exam)
        second.hold(exam, at=NOW, day=DAY)
        with pytest.raises(NotSavedError) as refused:
            first.append(Kind.EXAM_ANSWER, body | {"exam": exam}, at=NOW, day=DAY, exam=exam)
        assert refused.value.code is NotSavedCode.TAKEN_OVER
        second.append(Kind.EXAM_ANSWER, body | {"exam": exam}, at=NOW, day=DAY, exam=exam)
        first.hold(exam, at=NOW, day=DAY)
        first.append(Kind.EXAM_ANSWER, body | {"exam": exam}, at=NOW, day=DAY, exam=exam)

        kinds = [event.kind for event in first.exam_events(exam)]
    assert kinds.count(Kind.EXAM_ANSWER) == 3


def test_what_a_killed_window_left_half_written_is_set_aside_by_the_next_commit(desk):
    with desk.open() as history:
        history.record(attempt("a"), at=NOW, day=DAY)
        with desk.log.open("ab") as file:
            file.write(b'{"v":1,"id":"half')
        history.record(attempt("b"), at=NOW, day=DAY)
    assert verify_chain(desk.log).events == 2
    assert (desk.folder / "history.torn.jsonl").read_bytes() == b'{"v":1,"id":"half'


@pytest.mark.parametrize("how", ["restored", "imported", "copied over"])
def test_a_log_that_was_replaced_while_open_is_reported_and_then_used(desk, tmp_path, how):
    desk.write(3)
    with desk.open() as history:
        if how == "restored":
            restore(desk.folder, back_up(desk.folder, NOW).path, NOW)
        elif how == "imported":
            other = Desk(tmp_path / "other", "other")
            other.write(2)
            merge(desk.folder, other.log, NOW)
        else:
            copy = desk.folder / "copy"
            copy.write_bytes(desk.log.read_bytes())
            copy.replace(desk.log)
        with pytest.raises(NotSavedError) as refused:
            history.record(attempt("a"), at=NOW, day=DAY)
        assert refused.value.code is NotSavedCode.REPLACED
        history.record(attempt("a"), at=NOW, day=DAY)

        assert "a" in history.memories()
    assert verify_chain(desk.log).damage is None
    assert verify_chain(desk.log).events == (6 if how == "imported" else 4)


def test_a_log_that_was_moved_away_while_open_takes_nothing_and_none_is_begun(desk):
    desk.write(3)
    with desk.open() as history:
        desk.log.rename(desk.folder / "elsewhere")
        with pytest.raises(NotSavedError) as refused:
            history.record(attempt("a"), at=NOW, day=DAY)
    assert refused.value.code is NotSavedCode.GONE
    assert not desk.log.exists()


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.deep)])
def test_two_processes_that_save_at_once_lose_nothing(desk, count):
    desk.open().close()
    writers = [writing(desk, name, count) for name in "ab"]
    shown = {line.strip() for writer in writers for line in writer.communicate()[0].splitlines()}

    assert [writer.returncode for writer in writers] == [0, 0]
    ids = desk.ids()
    assert len(shown) == 2 * count
    assert shown <= set(ids)
    assert len(ids) == len(set(ids)) == 2 * count + 1
    assert verify_chain(desk.log).damage is None
    with desk.open() as history:
        kept = state_of(history)
    desk.index.unlink()
    with desk.open() as again:
        assert state_of(again) == kept


def test_windows_save_in_turn_though_the_lock_file_was_removed(desk, monkeypatch):
    monkeypatch.setattr(log, "PATIENCE", 0.05)
    with desk.open() as first:
        first.record(attempt("a"), at=NOW, day=DAY)
        (desk.folder / log.LOCK).unlink()
        with desk.open() as second, first.lock:
            with pytest.raises(NotSavedError) as refused:
                second.record(attempt("b"), at=NOW, day=DAY)
            assert refused.value.code is NotSavedCode.IN_USE
        first.record(attempt("c"), at=NOW, day=DAY)
    assert verify_chain(desk.log).events == 2
