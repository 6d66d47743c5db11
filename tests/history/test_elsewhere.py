"""An answer that the history cannot take is saved in another folder, and taken in later."""

from __future__ import annotations

import errno
import os

import pytest

from studyapp.history import Elsewhere, Merged, NotSavedError, merge, verify_chain
from studyapp.history import log as module

from .conftest import DAY, NOW, attempt


def attempts(history) -> int:
    return sum(count.attempts for _, count in history.days())


def test_answers_kept_elsewhere_are_a_history_that_can_be_imported(desk, tmp_path):
    desk.write(2)
    (tmp_path / "stick").mkdir()
    with desk.open() as history:
        for seed in range(2):
            elsewhere = history.elsewhere(tmp_path / "stick")
            elsewhere.record(attempt(seed=seed), at=NOW, day=DAY)
        assert attempts(history) == 2

    assert verify_chain(elsewhere.path).events == 3
    assert merge(desk.folder, elsewhere.path, NOW) == Merged(added=2, known=0)
    with desk.open() as history:
        assert attempts(history) == 4


@pytest.mark.parametrize("stands", [b"", b"my notes\n", b'{"v":1}\n'])
def test_a_file_of_that_name_that_is_no_history_is_left_alone(tmp_path, stands):
    (tmp_path / "studyapp-answers.jsonl").write_bytes(stands)

    elsewhere = Elsewhere(tmp_path, iter("abcd").__next__)
    elsewhere.record(attempt(), at=NOW, day=DAY)

    assert (tmp_path / "studyapp-answers.jsonl").read_bytes() == stands
    assert elsewhere.path.name == "studyapp-answers-1.jsonl"
    assert verify_chain(elsewhere.path).events == 2


def test_a_torn_line_elsewhere_is_set_aside_before_the_next_answer(tmp_path):
    Elsewhere(tmp_path, iter("abcd").__next__).record(attempt(), at=NOW, day=DAY)
    with (tmp_path / "studyapp-answers.jsonl").open("ab") as file:
        file.write(b'{"v":1,"id":"half')

    Elsewhere(tmp_path, iter("efgh").__next__).record(attempt(), at=NOW, day=DAY)

    assert verify_chain(tmp_path / "studyapp-answers.jsonl").events == 3
    assert verify_chain(tmp_path / "studyapp-answers.jsonl").damage is None


@pytest.mark.parametrize("failing", [1, 2])
def test_a_folder_that_is_full_too_keeps_nothing_half_written(tmp_path, monkeypatch, failing):
    calls = iter(range(1, 9))
    write = module.write_all

    def sometimes(descriptor, data):
        if next(calls) == failing:
            os.write(descriptor, data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        write(descriptor, data)

    monkeypatch.setattr(module, "write_all", sometimes)
    elsewhere = Elsewhere(tmp_path, iter("abcdefgh").__next__)

    with pytest.raises(NotSavedError):
        elsewhere.record(attempt(), at=NOW, day=DAY)
    elsewhere.record(attempt(), at=NOW, day=DAY)

    assert verify_chain(elsewhere.path).events == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["studyapp-answers.jsonl"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotSavedError):
        Elsewhere(tmp_path / "nowhere", iter("ab").__next__).record(attempt(), at=NOW, day=DAY)
