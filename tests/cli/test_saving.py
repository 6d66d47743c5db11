"""By line, an answer that cannot be saved is asked about until it is: again, or in another folder."""

import errno
import json
import os
from functools import partial
from pathlib import Path

import pytest

from studyapp.history import log as module
from studyapp.history.chain import verify_chain
from tests.tools import commands

studyapp = partial(commands.studyapp, "--now=2026-11-01T12:00:00+00:00")
QUIZ = ("quiz", "losses/cross-entropy", "-n", "2", "--seed", "1")


def kinds(data: Path) -> list[str]:
    """The kinds of the events that are kept; the log is sound."""
    log = data / "history.jsonl"
    assert verify_chain(log).damage is None
    return [json.loads(line)["kind"] for line in log.read_bytes().splitlines()]


@pytest.fixture
def full(data, monkeypatch):
    """A disk that is full for the log in the data folder, for so many writes of `needle`."""

    def make(needle: bytes, times: int) -> None:
        left = [times]
        write = module.write_all

        def refused(descriptor: int, written: bytes) -> None:
            here = os.fstat(descriptor).st_ino == (data / "history.jsonl").stat().st_ino
            if here and needle in written and left[0]:
                left[0] -= 1
                os.write(descriptor, written[:20])
                raise OSError(errno.ENOSPC, "No space left on device")
            write(descriptor, written)

        monkeypatch.setattr(module, "write_all", refused)

    studyapp(data, "quiz", "losses/cross-entropy", "-n", "1")
    return make


@pytest.fixture
def stick(tmp_path) -> Path:
    """Another folder."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def taken_in(data: Path, stick: Path) -> bool:
    """Whether the answers kept in the other folder are taken into the history."""
    log = stick / "studyapp-answers" / "history.jsonl"
    return studyapp(data, "import", "history", str(log)).exit_code == 0


def test_enter_saves_an_answer_again_and_the_round_goes_on(data, full):
    full(b'"attempt"', 2)
    run = studyapp(data, *QUIZ, given="1\n\n\n2\n")
    assert run.exit_code == 0
    assert run.stderr.count("Not saved: the disk is full") == 2
    assert kinds(data) == ["header", "attempt", "attempt"]


def test_a_folder_takes_the_answer_and_the_history_takes_it_from_there_later(data, full, stick):
    full(b'"attempt"', 1)
    run = studyapp(data, *QUIZ, given=f"1\nno/such/folder\n{stick}\n2\n")
    assert run.exit_code == 0
    assert "There is no folder no" in run.stderr
    assert f"import history {stick}" in run.stderr
    assert kinds(data) == ["header", "attempt"]
    assert taken_in(data, stick)
    assert kinds(data) == ["header", "attempt", "attempt"]


def test_where_the_input_ends_nothing_is_called_saved(data, full):
    full(b'"attempt"', 9)
    run = studyapp(data, *QUIZ, given="1\n")
    assert run.exit_code == 1
    assert "\nwrong" not in run.stdout
    assert "could not be saved" in run.stderr
    assert kinds(data) == ["header"]


@pytest.mark.parametrize(
    ("needle", "line", "said", "shown"),
    [(b'"exam_answer"', "a", "saved 1: a", "   1○   2."), (b'"exam_flag"', "f", "flagged 1", "   1!   2.")],
)
def test_an_answer_or_flag_of_an_exam_is_saved_again_or_elsewhere(data, full, stick, needle, line, said, shown):
    full(needle, 2)
    exam = ("exam", "--short", "--seed", "1")
    run = studyapp(data, *exam, given=f"{line}\n\n{stick}\n")
    assert run.exit_code == 0
    assert run.stdout.count(said) == 1
    assert kinds(data) == ["header", "exam_start"]
    assert taken_in(data, stick)
    assert shown in studyapp(data, *exam, given="l\n").stdout
