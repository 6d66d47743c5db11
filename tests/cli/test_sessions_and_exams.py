"""The day's session, placement, settings, progress and mock exams by line."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from tests.tools.commands import events, json_of, studyapp

FIRST, LATER = "--now=2026-11-01T12:00:00+00:00", "--now=2026-11-20T12:00:00+00:00"


def modes(data: Path) -> list[str]:
    return [event["mode"] for event in events(data, "attempt")]


def asked(output: str) -> list[tuple[int, int, str, int]]:
    """The lines that announce questions: number, count, id, seed."""
    found = re.findall(r"^(\d+)/(\d+) (\S+) seed (\d+)$", output, re.MULTILINE)
    return [(int(number), int(count), name, int(seed)) for number, count, name, seed in found]


def answered_right(data: Path, count: int, *arguments: str) -> Result:
    """A round whose first questions are answered right, found out one by one in copies of the folder."""
    answers: list[str] = []
    while True:
        trial = data.with_name("trial")
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(data, trial)
        run = studyapp(trial, *arguments, given="".join(f"{answer}\n" for answer in answers))
        if len(answers) == count:
            return studyapp(data, *arguments, given="".join(f"{answer}\n" for answer in answers))
        _, _, exercise, seed = asked(run.stdout)[-1]
        answers.append(json_of(data, "question", exercise, "--seed", str(seed), "--with-key")["answer"])


def test_a_first_session_asks_new_skills_block_by_block_and_sums_up(data):
    run = answered_right(data, 3, FIRST, "quiz", "--seed", "7")
    assert run.exit_code == 0
    found = asked(run.stdout)
    assert [(number, count, seed) for number, count, _, seed in found] == [(n, 12, 6 + n) for n in range(1, 5)]
    assert modes(data) == ["new", "new", "new"]
    skills = [event["parts"][0]["skill"] for event in events(data, "attempt")]
    assert skills[0] == skills[1] != skills[2]
    assert "First answer on each skill: 2 of 2 right (100%)" in run.stdout
    learned = [line for line in run.stdout.splitlines() if line.endswith(", new → learned")]
    assert {line.split()[0] for line in learned} == {skills[0], skills[2]}
    assert "Due tomorrow: 0" in run.stdout


def test_what_is_due_is_asked_mixed_and_a_miss_comes_back_as_a_fresh_question(data):
    answered_right(data, 2, FIRST, "quiz", "--seed", "7", "-n", "2")
    run = studyapp(data, LATER, "quiz", "--seed", "1", "-n", "3", given="!\n!\n!\n")
    assert modes(data)[2] == "mixed"
    first = asked(run.stdout)[0]
    kept = events(data, "attempt")
    again = [body for body in kept[3:] if body["parts"][0]["skill"] == kept[2]["parts"][0]["skill"]]
    assert first[:2] == (1, 3)
    assert [count for _, count, _, _ in asked(run.stdout)] == [3, 3, 3]
    assert all(one["seed"] != first[3] for one in again)
    assert "First answer on each skill:" in run.stdout


def test_a_time_box_ends_the_session_between_two_questions(data):
    run = studyapp(data, FIRST, "quiz", "--minutes", "0.0000001")
    assert run.exit_code == 0
    assert "Time is up. 12 questions are left" in run.stdout
    assert asked(run.stdout) == []


def test_questions_of_a_chosen_topic_say_so(data):
    studyapp(data, "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1", given="1.0217\n")
    assert modes(data) == ["topic"]


def test_a_placement_takes_for_known_what_was_right_twice_and_leaves_the_rest_new(data):
    run = answered_right(data, 2, FIRST, "quiz", "--placement", "--seed", "3", "-n", "2")
    assert "1 skill is taken as known." in run.stdout
    assert modes(data) == ["placement", "placed"]
    assert json_of(data, FIRST, "stats")["skills"] == 1
    missed = studyapp(data, FIRST, "quiz", "--placement", "--seed", "9", "-n", "1", given="!\n")
    assert modes(data)[2] == "placement"
    assert "No skill can be skipped" in missed.stdout
    assert json_of(data, FIRST, "stats")["skills"] == 1
    assert studyapp(data, "quiz", "--placement", "losses/softmax").exit_code == 2


def test_settings_are_seen_and_changed_and_what_cannot_be_is_refused(data):
    assert studyapp(data, "config", "exam_date", "2026-12-01").stdout == "exam_date = 2026-12-01\n"
    assert studyapp(data, "config", "exam_date").stdout == "2026-12-01\n"
    assert "minutes = 20" in studyapp(data, "config").stdout
    assert studyapp(data, "config", "exam_date", "none").stdout == "exam_date = none\n"
    for wrong in (["exam_date", "soon"], ["minutes", "0"], ["retention", "1"], ["nothing"], ["nothing", "1"]):
        run = studyapp(data, "config", *wrong)
        assert (run.exit_code, run.stdout) == (2, ""), wrong
        assert wrong[0] in run.stderr


@pytest.mark.parametrize(("day", "past"), [("2020-01-01", True), ("2026-11-08", False), ("2026-11-07", True)])
def test_an_exam_on_a_day_that_is_past_is_set_with_a_warning(data, day, past):
    run = studyapp(data, "--now=2026-11-08T12:00:00+00:00", "config", "exam_date", day)
    assert run.exit_code == 0
    assert run.stdout == f"exam_date = {day}\n"
    assert ("past" in run.stderr) == past


@pytest.mark.parametrize("setting", ["en", "ja"])
def test_the_language_that_was_chosen_is_spoken_unless_another_is_asked_for(setting, data, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8" if setting == "ja" else "ja_JP.UTF-8")
    studyapp(data, "config", "language", setting)
    help_begins = {"ja": "G検定・E資格", "en": "Learn what"}
    for options, language in (([], setting), (["--lang", "en"], "en"), (["--lang=ja"], "ja")):
        assert help_begins[language] in studyapp(data, *options, "--help", whole=True).stdout


def test_progress_is_shown_in_full(data):
    answered_right(data, 2, FIRST, "quiz", "--seed", "7", "-n", "2")
    studyapp(data, "config", "exam_date", "2026-12-01")
    text = studyapp(data, LATER, "stats").stdout
    topics = studyapp(data, "topics").stdout
    for words in ("0 begun, 1 learned, 0 mastered", "Due in the next 14 days", "Answers in the last 28 days"):
        assert words in text
    assert "Expected in the exam\n  Some 30 reviews" in text
    assert "By week\n  2026-" in text
    assert re.search(r"\(1/\d+ learned, 0/\d+ mastered\)", topics)


@pytest.mark.parametrize(("language", "area"), [("en", "Loss functions"), ("ja", "損失関数")])
def test_areas_are_named_by_their_titles(data, language, area):
    answered_right(data, 1, FIRST, "quiz", "losses/cross-entropy", "--seed", "7", "-n", "1")
    text = studyapp(data, "--lang", language, FIRST, "stats").stdout
    assert f"  {area}  1/1" in text
    assert "losses" not in text


@pytest.mark.parametrize(
    ("exam", "reason"), [("none", "config exam_date 2027-01-30"), ("2025-11-01", "2025-11-01, is past")]
)
def test_without_an_exam_ahead_the_reason_is_said_below_what_is_expected(data, exam, reason):
    studyapp(data, FIRST, "quiz", "losses/cross-entropy", "--seed", "7", "-n", "1", given="!\n")
    studyapp(data, "config", "exam_date", exam)
    assert reason in studyapp(data, FIRST, "stats").stdout


def test_stats_give_weeks_the_retention_that_was_promised_and_had_and_what_is_expected(data):
    answered_right(data, 2, FIRST, "quiz", "--seed", "7", "-n", "2")
    studyapp(data, "config", "retention", "0.85")
    numbers = json_of(data, LATER, "stats")
    assert (numbers["promised"], numbers["had"]["answers"], numbers["readiness"]) == (0.85, 0, None)
    assert len(numbers["weeks"]) == 12
    (week,) = [week for week in numbers["weeks"] if week["attempts"]]
    assert (week["attempts"], week["correct"]) == (2, 2)
    assert sum(area["attempts"] for area in week["by_area"].values()) == 2


def test_the_plan_says_what_today_and_the_next_days_hold_and_when_everything_is_met(data):
    studyapp(data, "config", "minutes", "30")
    plan = json_of(data, FIRST, "plan", "--days", "3")
    assert [day["minutes"] for day in plan] == [30, 30, 30]
    assert all(27 <= day["planned"] <= 33 for day in plan)
    assert plan[0]["due"] == 0
    assert plan[0]["new"]
    assert not plan[0]["slips"]
    assert not {*plan[0]["new"]} & {*plan[1]["new"]}
    assert set(plan[0]) == {"day", "minutes", "planned", "due", "slips", "new"}
    text = studyapp(data, FIRST, "plan").stdout.splitlines()
    assert len(text) == 7 + 1
    assert text[0].startswith(f"{plan[0]['day']}   ")
    assert f"{len(plan[0]['new'])} new" in text[0]
    assert "every skill is met by" in text[-1]


def test_the_plan_says_how_many_skills_are_not_met_by_an_exam_that_is_near(data):
    day = json_of(data, FIRST, "plan", "--days", "1")[0]["day"]
    studyapp(data, "config", "exam_date", str(date.fromisoformat(day) + timedelta(days=2)))
    assert "are not met by the exam" in studyapp(data, FIRST, "plan").stdout
    assert studyapp(data, FIRST, "plan", "--days", "0").exit_code == 2


def test_the_history_is_exported_to_the_byte(data, tmp_path):
    assert studyapp(data, "export", "history", str(tmp_path / "out.jsonl")).exit_code == 1
    studyapp(data, "quiz", "losses/cross-entropy", "-n", "1", "--seed", "1", given="1.0217\n")
    run = studyapp(data, "export", "history", str(tmp_path / "out.jsonl"))
    assert run.exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (data / "history.jsonl").read_bytes()
    assert "1 event was written" in run.stdout


VERDICT = re.compile(r"^\d+\. \S+  (?:right|wrong|blank)  ", re.MULTILINE)
"""How the review begins an item."""


def exam(data: Path, now: str, given: str, *arguments: str) -> Result:
    return studyapp(data, now, "exam", "--short", "--seed", "1", *arguments, given=given)


def test_an_exam_reveals_nothing_before_it_is_submitted_and_everything_after(data):
    before = exam(data, FIRST, "a\n2\nf\nj 36\nb\nl\n")
    items = events(data, "exam_start")[0]["items"]

    assert before.exit_code == 0
    assert "syllabus items" in before.stdout
    assert len(items) == 36
    for solution in (item["solution"].split("\n")[0] for item in items[:3]):
        assert solution not in before.stdout
    assert not VERDICT.search(before.stdout)
    assert "Result" not in before.stdout
    assert "saved 1: a" in before.stdout
    assert "saved 2: b" in before.stdout
    assert "   1○   2○   3!   4." in before.stdout

    after = exam(data, "--now=2026-11-01T12:10:00+00:00", "s\ns\nw\nf\na\nq\n")

    assert "33 items are blank" in after.stdout
    assert re.search(r"Result: \d of 36 right", after.stdout)
    assert len(VERDICT.findall(after.stdout)) > 36
    assert set(modes(data)) == {"exam"}


def test_an_exam_that_was_left_goes_on_and_one_whose_time_ran_out_is_submitted_as_of_then(data):
    exam(data, FIRST, "a\n")
    resumed = exam(data, "--now=2026-11-01T12:10:00+00:00", "b\n")
    assert "goes on" in resumed.stdout
    assert "2/36  15:00 left" in resumed.stdout
    closed = exam(data, "--now=2026-11-03T12:00:00+00:00", "", "--result")
    assert "with the answers given before its deadline" in closed.stdout
    assert [event["at"] for event in events(data, "exam_submit")] == ["2026-11-01T12:25:00.000+00:00"]
    (data / "index.sqlite").unlink()
    again = exam(data, "--now=2026-11-03T12:00:00+00:00", "", "--result")
    assert re.findall("Result.*", again.stdout) == re.findall("Result.*", closed.stdout)
    assert len(events(data, "exam_start")) == 1


def test_lines_that_are_no_label_and_no_command_change_nothing(data):
    run = exam(data, FIRST, "zz\nj 99\nj x\nab\n\n-\n")
    assert events(data, "exam_answer")[0]["answer"] == []  # `-` alone was kept
    assert len(events(data, "exam_answer")) == 1
    assert run.stdout.count("There is no item of that number.") == 2
    assert "The labels are" in run.stdout
