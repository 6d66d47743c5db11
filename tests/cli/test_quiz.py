"""The main job by line: from a page to a graded answer that is never lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studyapp.cli import build
from studyapp.cli.context import language_from
from studyapp.domain.text import set_language
from studyapp.history.chain import verify_chain

TOPICS = ["losses/cross-entropy", "losses/squared-error"]


def studyapp(data: Path, *arguments: str, given: str = "") -> Result:
    """The command line in this process, in the language that its arguments ask for."""
    line = [f"--data={data}", *arguments]
    set_language(language_from(line))
    return CliRunner().invoke(build(), line, input=given, prog_name="studyapp")


def process(data: Path, *arguments: str) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "studyapp", "--lang", "en", "--data", str(data), *arguments]


def questions(data: Path, topic: str, count: int, seed: int) -> list[dict]:
    """The questions that a quiz on a topic asks, with their keys."""
    topics = json.loads(studyapp(data, "topics", "--json").stdout)
    exercises = next(one["exercises"] for one in topics if one["id"] == topic)
    return [
        json.loads(
            studyapp(
                data, "question", exercises[i % len(exercises)], "--seed", str(seed + i), "--with-key", "--json"
            ).stdout
        )
        for i in range(count)
    ]


def attempts(data: Path) -> list[dict]:
    lines = (data / "history.jsonl").read_text(encoding="utf-8").splitlines()
    return [event["body"] for event in map(json.loads, lines) if event["kind"] == "attempt"]


def verdict_lines(output: str, word: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(word)]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_answers_that_question_gives_are_all_correct(topic, tmp_path):
    asked = questions(tmp_path, topic, 6, 1)

    run = studyapp(
        tmp_path, "--lang", "en", "quiz", topic, "-n", "6", "--seed", "1",
        given="".join(one["answer"] + "\n" for one in asked),
    )  # fmt: skip

    assert run.exit_code == 0, run.stderr
    assert len(verdict_lines(run.stdout, "correct")) == 6
    for place, one in enumerate(asked):
        assert f"{place + 1}/6 {one['exercise']} seed {1 + place}" in run.stdout.splitlines()
    assert [(one["exercise"], one["seed"]) for one in attempts(tmp_path)] == [
        (one["exercise"], one["seed"]) for one in asked
    ]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_mistake_is_refused_and_named(topic, tmp_path):
    asked = questions(tmp_path, topic, 9, 1)
    names = sorted({name for one in asked for name in one["mistakes"]})
    for number, name in enumerate(names, 1):
        typed = [one["mistakes"].get(name, one["answer"]) for one in asked]
        run = studyapp(
            tmp_path, "--lang", "en", "quiz", topic, "-n", "9", "--seed", "1",
            given="".join(one + "\n" for one in typed),
        )  # fmt: skip
        expected = sum(name in one["mistakes"] for one in asked)

        made = attempts(tmp_path)[-9:]
        assert [part["mistake"] for one in made for part in one["parts"]].count(name) == expected, run.stdout
        assert len(verdict_lines(run.stdout, "wrong ")) == expected
        assert f"({name})" not in run.stdout
        assert len(attempts(tmp_path)) == 9 * number


def test_what_is_no_attempt_asks_again_and_leaves_nothing(tmp_path):
    run = studyapp(
        tmp_path, "--lang", "en", "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1",
        given="\nabc\n1.02\n1.0217\n",
    )  # fmt: skip

    assert len(verdict_lines(run.stdout, "unreadable")) == 2
    assert len(verdict_lines(run.stdout, "rounding")) == 1
    assert len(verdict_lines(run.stdout, "correct")) == 1
    assert len(attempts(tmp_path)) == 1


def test_the_second_rounding_of_a_question_is_an_attempt(tmp_path):
    run = studyapp(
        tmp_path, "--lang", "en", "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1", given="1.02\n1.022\n"
    )

    assert len(verdict_lines(run.stdout, "rounding")) == 2
    assert [part["verdict"] for part in attempts(tmp_path)[0]["parts"]] == ["rounding"]


def test_the_end_of_the_input_ends_with_zero(tmp_path):
    run = studyapp(tmp_path, "quiz", "losses/cross-entropy", "-n", "3", "--seed", "1")

    assert run.exit_code == 0
    assert attempts(tmp_path) == []


def test_japanese_verdicts_and_full_width_answers(tmp_path):
    run = studyapp(
        tmp_path, "--lang", "ja", "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1", given="１．０２１７\n"
    )

    assert len(verdict_lines(run.stdout, "正解")) == 1


def test_a_hint_and_giving_up_are_kept_with_the_attempt(tmp_path):
    run = studyapp(tmp_path, "quiz", "losses/cross-entropy", "-n", "2", "--seed", "1", given="?\n1.0217\n!\n")

    assert run.exit_code == 0
    kept = [(one["hints"], one["parts"][0]["help"], one["parts"][0]["verdict"]) for one in attempts(tmp_path)]
    assert kept == [(1, "nudge", "correct"), (0, "shown", "wrong")]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_attempt_outlives_a_kill_right_after_its_verdict(tmp_path):
    quiz = subprocess.Popen(
        process(tmp_path, "quiz", "losses/cross-entropy", "-n", "2", "--seed", "1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
    )
    assert quiz.stdin is not None
    assert quiz.stdout is not None
    with quiz.stdin as keys, quiz.stdout as screen:
        keys.write("1.0217\n")
        keys.flush()
        while not screen.readline().startswith("correct"):
            pass
        quiz.send_signal(signal.SIGKILL)
        quiz.wait()

    assert [one["exercise"] for one in attempts(tmp_path)] == ["ce-onehot"]
    assert verify_chain(tmp_path / "history.jsonl").damage is None


def test_what_was_answered_comes_back_when_it_is_due(tmp_path):
    first, later = "2026-11-01T12:00:00+09:00", "2026-11-20T12:00:00+09:00"
    studyapp(tmp_path, "--now", first, "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1", given="1.0217\n")

    now = json.loads(studyapp(tmp_path, "--now", first, "stats", "--json").stdout)
    then = json.loads(studyapp(tmp_path, "--now", later, "stats", "--json").stdout)
    quiz = studyapp(tmp_path, "--now", later, "quiz", "-n", "1", "--seed", "5")

    assert (now["due"], then["due"]) == (0, 1)
    assert re.search(r"^1/1 ce-onehot[\w-]* seed 5$", quiz.stdout, re.MULTILINE)  # one of the skill's exercises


@pytest.mark.parametrize("name", ["losses/cross-entrpy", "ce-onehott"])
@pytest.mark.parametrize("command", ["quiz", "read", "question"])
def test_an_unknown_name_is_answered_with_the_nearest_ones(command, name, tmp_path):
    run = studyapp(tmp_path, "--lang", "en", command, name)

    assert run.exit_code == 2
    assert ("cross-entropy" if "/" in name else "ce-onehot") in run.stderr


def test_without_a_terminal_the_app_names_the_commands_to_use(tmp_path):
    run = subprocess.run(
        process(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert run.returncode == 2
    assert "studyapp quiz" in run.stderr


def test_a_broken_page_is_told_in_full_and_the_others_still_work(tmp_path):
    page = tmp_path / "own" / "ja" / "area" / "broken.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\nitem: [13]\n---\n# 題\n\n## 壊れた\n\n問い\n\n```yaml key\nid: broken\nkind: numbr\nanswr: 1\n```\n",
        encoding="utf-8",
    )

    run = studyapp(
        tmp_path / "data", "--lang", "en", "--content", str(tmp_path / "own"),
        "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1", given="1.0217\n",
    )  # fmt: skip

    assert f"{page}:12:7" in run.stderr
    assert f"{page}:13:1" in run.stderr
    assert len(verdict_lines(run.stdout, "correct")) == 1


def test_a_folder_that_cannot_be_written_is_told_before_the_first_question(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    run = studyapp(tmp_path / "file" / "data", "--lang", "en", "quiz", "losses/cross-entropy", "-n", "1")

    assert run.exit_code == 1
    assert "--data" in run.stderr
    assert "ce-onehot" not in run.stdout


def test_a_round_leaves_a_copy_of_the_history_once_a_day(tmp_path):
    def copies_after(now: str) -> int:
        quiz = ["quiz", "losses/cross-entropy", "-n", "1", "--seed", "1"]
        assert studyapp(tmp_path, "--now", now, *quiz, given="1.0217\n").exit_code == 0
        return len(list((tmp_path / "backups").glob("history-*.jsonl")))

    assert copies_after("2026-11-01T12:00:00+09:00") == 1
    assert copies_after("2026-11-01T20:00:00+09:00") == 1
    assert copies_after("2026-11-03T12:00:00+09:00") == 2


def test_the_key_of_a_formula_is_typeset_and_simplified(tmp_path):
    run = studyapp(
        tmp_path, "--lang", "en", "quiz", "backprop/chain-rule", "-n", "1", "--seed", "1", given="0\n",
    )  # fmt: skip
    shown = studyapp(tmp_path, "--lang", "en", "question", "chain-1", "--seed", "1", "--with-key")

    assert "Answer: 24(6x + 7)³" in run.stdout
    assert "Answer: 24*(6*x + 7)**3" in shown.stdout  # to be typed in
