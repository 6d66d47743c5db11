"""By line, an answer that cannot be saved is asked about until it is: again, or in another folder."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studyapp.cli import build
from studyapp.domain.text import set_language
from studyapp.history import log as module
from studyapp.history.chain import verify_chain

AT = "2026-11-01T12:00:00+00:00"


def studyapp(data: Path, *arguments: str, given: str = "") -> Result:
    set_language("en")
    return CliRunner().invoke(build(), [f"--data={data}", "--now", AT, *arguments], input=given)


def kinds(log: Path) -> list[str]:
    return [json.loads(line)["kind"] for line in log.read_bytes().splitlines()]


@pytest.fixture
def full(tmp_path, monkeypatch):
    """A disk that is full for the log in the data folder, for so many writes of `needle`."""

    def make(needle: bytes, times: int) -> None:
        left = [times]
        write = module.write_all

        def refused(descriptor: int, data: bytes) -> None:
            here = os.fstat(descriptor).st_ino == (tmp_path / "data" / "history.jsonl").stat().st_ino
            if here and needle in data and left[0]:
                left[0] -= 1
                os.write(descriptor, data[:20])
                raise OSError(errno.ENOSPC, "No space left on device")
            write(descriptor, data)

        monkeypatch.setattr(module, "write_all", refused)

    studyapp(tmp_path / "data", "quiz", "losses/cross-entropy", "-n", "1")
    return make


QUIZ = ("quiz", "losses/cross-entropy", "-n", "2", "--seed", "1")


def test_enter_saves_an_answer_again_and_the_round_goes_on(tmp_path, full):
    full(b'"attempt"', 2)
    run = studyapp(tmp_path / "data", *QUIZ, given="1\n\n\n2\n")

    assert run.exit_code == 0
    assert run.stderr.count("Not saved: the disk is full") == 2
    assert kinds(tmp_path / "data" / "history.jsonl") == ["header", "attempt", "attempt"]
    assert verify_chain(tmp_path / "data" / "history.jsonl").damage is None


def test_a_folder_takes_the_answer_and_the_history_takes_it_from_there_later(tmp_path, full):
    full(b'"attempt"', 1)
    stick = tmp_path / "stick"
    stick.mkdir()

    run = studyapp(tmp_path / "data", *QUIZ, given=f"1\nno/such/folder\n{stick}\n2\n")

    assert run.exit_code == 0
    assert "There is no folder no" in run.stderr
    assert f"import history {stick}" in run.stderr
    assert kinds(tmp_path / "data" / "history.jsonl") == ["header", "attempt"]
    assert (
        studyapp(tmp_path / "data", "import", "history", str(stick / "studyapp-answers" / "history.jsonl")).exit_code
        == 0
    )
    assert kinds(tmp_path / "data" / "history.jsonl") == ["header", "attempt", "attempt"]


def test_where_the_input_ends_nothing_is_called_saved(tmp_path, full):
    full(b'"attempt"', 9)
    run = studyapp(tmp_path / "data", *QUIZ, given="1\n")

    assert run.exit_code == 1
    assert "\nwrong" not in run.stdout
    assert "could not be saved" in run.stderr
    assert kinds(tmp_path / "data" / "history.jsonl") == ["header"]


@pytest.mark.parametrize("needle", [b'"exam_answer"', b'"exam_flag"'])
def test_an_answer_or_flag_of_an_exam_is_saved_again_or_elsewhere(tmp_path, full, needle):
    full(needle, 2)
    exam = ("exam", "--short", "--seed", "1")
    line = "a" if needle == b'"exam_answer"' else "f"
    stick = tmp_path / "stick"
    stick.mkdir()

    run = studyapp(tmp_path / "data", *exam, given=f"{line}\n\n{stick}\n")

    assert run.exit_code == 0
    assert run.stdout.count("saved 1: a" if line == "a" else "flagged 1") == 1
    assert kinds(tmp_path / "data" / "history.jsonl") == ["header", "exam_start"]
    assert (
        studyapp(tmp_path / "data", "import", "history", str(stick / "studyapp-answers" / "history.jsonl")).exit_code
        == 0
    )
    resumed = studyapp(tmp_path / "data", *exam, given="l\n")
    assert "   1○   2." in resumed.stdout or "   1!   2." in resumed.stdout
