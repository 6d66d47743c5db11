"""The main job by line: from a page to a graded answer that is never lost."""

import re
from pathlib import Path

import pytest

from tests.tools.commands import BROKEN, events, json_of, studyapp, written

TOPICS = ["losses/cross-entropy", "losses/squared-error"]


def quiz(data: Path, topic: str, count: int, *answers: str, lang: str = "en"):
    """A round from seed 1 on, with a line for each answer."""
    given = "".join(f"{answer}\n" for answer in answers)
    return studyapp(f"--lang={lang}", data, "quiz", topic, "-n", str(count), "--seed", "1", given=given)


def questions(data: Path, topic: str, count: int) -> list[dict]:
    """The questions that such a round asks, with their keys."""
    exercises = next(one["exercises"] for one in json_of(data, "topics") if one["id"] == topic)
    return [
        json_of(data, "question", exercises[i % len(exercises)], "--seed", str(1 + i), "--with-key")
        for i in range(count)
    ]


def attempts(data: Path) -> list[dict]:
    return events(data, "attempt")


def verdicts(output: str, word: str) -> int:
    """How many lines begin with a verdict."""
    return len(re.findall(f"^{word}", output, re.MULTILINE))


@pytest.mark.parametrize("topic", TOPICS)
def test_the_answers_that_question_gives_are_all_correct(topic, data):
    asked = questions(data, topic, 6)
    run = quiz(data, topic, 6, *(request["answer"] for request in asked))
    assert run.exit_code == 0, run.stderr
    assert verdicts(run.stdout, "correct") == 6
    for number, one in enumerate(asked, 1):
        assert f"{number}/6 {one['exercise']} seed {number}" in run.stdout.splitlines()
    assert [(body["exercise"], body["seed"]) for body in attempts(data)] == [
        (request["exercise"], request["seed"]) for request in asked
    ]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_mistake_is_refused_and_named(topic, data):
    asked = questions(data, topic, 9)
    names = sorted({name for request in asked for name in request["mistakes"]})
    for number, name in enumerate(names, 1):
        run = quiz(data, topic, 9, *(request["mistakes"].get(name, request["answer"]) for request in asked))
        expected = sum(name in request["mistakes"] for request in asked)
        made = attempts(data)[-9:]
        assert [part["mistake"] for one in made for part in one["parts"]].count(name) == expected, run.stdout
        assert verdicts(run.stdout, "wrong ") == expected
        assert f"({name})" not in run.stdout
        assert len(attempts(data)) == 9 * number


def test_what_is_no_attempt_asks_again_and_leaves_nothing(data):
    run = quiz(data, TOPICS[0], 1, "", "abc", "1.02", "1.0217")
    assert [verdicts(run.stdout, word) for word in ("unreadable", "rounding", "correct")] == [2, 1, 1]
    assert len(attempts(data)) == 1


def test_the_second_rounding_of_a_question_is_an_attempt(data):
    run = quiz(data, TOPICS[0], 1, "1.02", "1.022")
    assert verdicts(run.stdout, "rounding") == 2
    assert [part["verdict"] for part in attempts(data)[0]["parts"]] == ["rounding"]


def test_the_end_of_the_input_ends_with_zero(data):
    assert quiz(data, TOPICS[0], 3).exit_code == 0
    assert attempts(data) == []


def test_japanese_verdicts_and_full_width_answers(data):
    assert verdicts(quiz(data, TOPICS[0], 1, "１．０２１７", lang="ja").stdout, "正解") == 1


def test_a_hint_and_giving_up_are_kept_with_the_attempt(data):
    run = quiz(data, TOPICS[0], 2, "?", "1.0217", "!")
    assert run.exit_code == 0
    kept = [(body["hints"], body["parts"][0]["help"], body["parts"][0]["verdict"]) for body in attempts(data)]
    assert kept == [(1, "nudge", "correct"), (0, "shown", "wrong")]


def test_what_was_answered_comes_back_when_it_is_due(data):
    first, later = "--now=2026-11-01T12:00:00+09:00", "--now=2026-11-20T12:00:00+09:00"
    studyapp(first, data, "quiz", TOPICS[0], "-n", "1", "--seed", "1", given="1.0217\n")
    again = studyapp(later, data, "quiz", "-n", "1", "--seed", "5")
    assert (json_of(first, data, "stats")["due"], json_of(later, data, "stats")["due"]) == (0, 1)
    assert re.search(r"^1/1 ce-onehot[\w-]* seed 5$", again.stdout, re.MULTILINE)  # one of the skill's exercises


@pytest.mark.parametrize(
    ("name", "near"), [("losses/cross-entrpy", "losses/cross-entropy"), ("ce-onehott", "ce-onehot")]
)
@pytest.mark.parametrize("command", ["quiz", "read", "question"])
def test_an_unknown_name_is_answered_with_the_nearest_ones(command, name, near, data):
    run = studyapp(data, command, name)
    assert run.exit_code == 2
    assert near in run.stderr


def test_without_a_terminal_the_app_names_the_commands_to_use(data):
    run = studyapp(data, whole=True)
    assert run.exit_code == 2
    assert "studyapp quiz" in run.stderr


def test_a_broken_page_is_reported_in_full_and_the_others_still_work(data, tmp_path):
    page = written(tmp_path / "own", BROKEN)
    run = studyapp(
        data, "--content", str(tmp_path / "own"), "quiz", TOPICS[0], "-n", "1", "--seed", "1", given="1.0217\n"
    )
    assert f"{page}:12:7" in run.stderr
    assert f"{page}:13:1" in run.stderr
    assert verdicts(run.stdout, "correct") == 1


def test_a_folder_that_cannot_be_written_is_reported_before_the_first_question(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = quiz(tmp_path / "file" / "data", TOPICS[0], 1)
    assert run.exit_code == 1
    assert "--data" in run.stderr
    assert "ce-onehot" not in run.stdout


def test_a_round_leaves_a_copy_of_the_history_once_a_day(data):
    for now, copies in (("01T12", 1), ("01T20", 1), ("03T12", 2)):
        at = f"--now=2026-11-{now}:00:00+09:00"
        assert studyapp(at, data, "quiz", TOPICS[0], "-n", "1", "--seed", "1", given="1.0217\n").exit_code == 0
        assert len(list((data / "backups").glob("history-*.jsonl"))) == copies


def test_the_key_of_a_formula_is_typeset_and_simplified(data):
    shown = studyapp(data, "question", "chain-1", "--seed", "1", "--with-key")
    assert "Answer: 24(6x + 7)³" in quiz(data, "backprop/chain-rule", 1, "0").stdout
    assert "Answer: 24*(6*x + 7)**3" in shown.stdout  # to be typed in


@pytest.mark.parametrize("sign", ["*", "＊"])
def test_a_question_is_flagged_and_freed_by_a_line_that_is_no_answer(sign, data):
    run = quiz(data, "ce-onehot", 1, sign, lang="ja")
    assert "印を付けました" in run.output
    assert attempts(data) == []
    assert quiz(data, "ce-onehot", 1, "*", "*", lang="en").output.count("lag") >= 2
    flags = [(event["exercise"], event["on"]) for event in events(data, "flag")]
    assert flags == [("ce-onehot", True), ("ce-onehot", False), ("ce-onehot", True)]
