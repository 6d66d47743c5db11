"""What a learner did is written for a teacher without what was typed, and summed up for a class."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from studyapp.domain.record import Result
from studyapp.domain.verdict import Help, Mode, Outcome, Part
from studyapp.study.results import COLUMNS, NOT_TYPED, read_results, results_csv, summed, summed_csv
from tests.tools.commands import studyapp

from .conftest import MORNING, TODAY, attempt_at, library_of, record

COURSE = library_of()


def answered(skill: str, *parts: tuple[str, Outcome, str | None]):
    made = tuple(Part(f"{number}", skill, typed, verdict, slip) for number, (typed, verdict, slip) in enumerate(parts))
    return replace(attempt_at(skill, mode=Mode.TOPIC), exercise=f"{skill}-1", parts=made)


def result(skill: str, verdict: Outcome, mistake: str = "", help_: Help = Help.NONE, answer: str = "") -> Result:
    return Result("2026-01-02", "losses/a", skill, f"{skill}-1", "1", "topic", verdict, mistake, help_, answer)


def test_every_answered_part_is_told_in_order_and_what_was_typed_only_where_it_is_asked_for(history):
    two = answered("a", ("secret", Outcome.WRONG, "sign"), ("more", Outcome.CORRECT, None))
    record(history, two, MORNING)
    record(history, answered("b", ("last", Outcome.CORRECT, None)), MORNING + timedelta(days=1))
    told = history.results()
    assert [(one.day, one.skill, one.exercise, one.part, one.verdict, one.mistake) for one in told] == [
        (TODAY.isoformat(), "a", "a-1", "1", "wrong", "sign"),
        (TODAY.isoformat(), "a", "a-1", "2", "correct", ""),
        ((TODAY + timedelta(days=1)).isoformat(), "b", "b-1", "1", "correct", ""),
    ]
    assert {one.answer for one in told} == {""}
    assert [one.answer for one in history.results(typed=True)] == ["secret", "more", "last"]
    assert "secret" not in results_csv(told, typed=False)


def test_an_answer_that_was_taken_back_is_not_told_and_a_regraded_one_as_it_counts(history):
    first = record(history, answered("a", ("1", Outcome.WRONG, "sign")), MORNING)
    second = record(history, answered("b", ("2", Outcome.WRONG, None)), MORNING)
    history.undo(first.id, at=MORNING, day=TODAY)
    history.regrade(second.id, Outcome.CORRECT, at=MORNING, day=TODAY)
    assert [(one.skill, one.verdict, one.answer) for one in history.results(typed=True)] == [("b", "correct", "2")]


def test_the_file_is_read_as_it_was_written_also_after_a_spreadsheet_had_it(tmp_path):
    results = (result("a", Outcome.WRONG, "sign", answer='x, "y"\\nz'), result("b", Outcome.CORRECT))
    path = tmp_path / "anna.csv"
    path.write_text("\ufeff" + results_csv(results, typed=True), encoding="utf-8")
    assert read_results(path) == results
    path.write_text(results_csv(results, typed=False).replace("\n", "\r\n"), encoding="utf-8")
    assert read_results(path) == tuple(replace(one, answer="") for one in results)
    assert COLUMNS[:-1] == NOT_TYPED


@pytest.mark.parametrize("typed", ["=1+1", "+cmd|x", "@SUM(A1)", "-x+1", "\t=1"])
def test_no_answer_is_a_formula_for_the_spreadsheet_of_the_teacher(typed):
    (_, row) = csv.reader(results_csv([result("a", Outcome.WRONG, answer=typed)], typed=True).splitlines())
    assert row[-1] == f"'{typed}"


def test_a_number_stays_a_number():
    (_, row) = csv.reader(results_csv([result("a", Outcome.WRONG, answer="-0.3")], typed=True).splitlines())
    assert row[-1] == "-0.3"


@pytest.mark.parametrize("text", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'day,topic,skill\n"unclosed'])
def test_another_file_is_no_file_of_results(tmp_path, text):
    (tmp_path / "x.csv").write_bytes(text)
    assert read_results(tmp_path / "x.csv") is None


def test_a_class_is_summed_by_skill_and_mistake_the_worst_first():
    sums = summed(
        {
            "anna": [result("a", Outcome.WRONG, "sign"), result("a", Outcome.CORRECT), result("b", Outcome.CORRECT)],
            "ben": [
                result("a", Outcome.WRONG, "sign"),
                result("a", Outcome.WRONG, "factor"),
                result("a", Outcome.CORRECT, help_=Help.SHOWN),
                result("b", Outcome.UNDECIDED),
            ],
        }
    )
    assert [(one.skill, one.learners, one.answers, one.right) for one in sums] == [("a", 2, 5, 1), ("b", 1, 1, 1)]
    assert [(one.mistake, one.learners, one.times) for one in sums[0].mistakes] == [("sign", 2, 2), ("factor", 1, 1)]
    assert summed_csv(sums).splitlines() == [
        "skill,mistake,learners,answers,right",
        "a,,2,5,1",
        "a,sign,2,2,0",
        "a,factor,1,1,0",
        "b,,1,1,1",
    ]


class TestCommands:
    @pytest.fixture
    def folder(self, tmp_path):
        """The results of two learners who take the wrong class."""
        slip = Result("2026-01-02", "losses/cross-entropy", *["ce-onehot"] * 2, "1", "topic", "wrong", "argmax", "none")
        (tmp_path / "class").mkdir()
        for name in ("anna", "ben"):
            (tmp_path / "class" / f"{name}.csv").write_text(results_csv([slip], typed=False), encoding="utf-8")
        return tmp_path / "class"

    @pytest.mark.parametrize(("language", "said"), [("en", "2 times, by 2"), ("ja", "2 人、2 回")])
    def test_the_table_says_the_mistakes_in_their_sentences(self, data, folder, language, said):
        run = studyapp(f"--lang={language}", data, "class", str(folder))
        assert run.exit_code == 0, run.output
        head, skill, mistake = run.stdout.splitlines()
        assert skill.split() == ["ce-onehot", "2", "2", "0%"]
        assert "(argmax)" in mistake.replace("（", "(").replace("）", ")")
        assert said in mistake
        assert len(head) <= len(skill)

    def test_the_sums_are_csv_where_that_is_asked_for(self, data, folder):
        rows = list(csv.reader(studyapp(data, "class", str(folder), "--csv").stdout.splitlines()))
        assert rows[1:] == [["ce-onehot", "", "2", "2", "0"], ["ce-onehot", "argmax", "2", "2", "0"]]

    def test_what_is_no_file_of_results_is_said_and_left_out(self, data, folder):
        (folder / "other.csv").write_text("a,b\n", encoding="utf-8")
        run = studyapp(data, "class", str(folder), "--csv")
        assert run.exit_code == 1
        assert "other.csv" in run.stderr
        assert run.stdout.count("ce-onehot") == 2

    def test_without_any_results_the_way_to_them_is_said(self, data, tmp_path):
        (tmp_path / "empty").mkdir()
        run = studyapp(data, "class", str(tmp_path / "empty"))
        assert run.exit_code == 1
        assert "export results" in run.stderr

    def test_results_hold_what_was_typed_only_where_it_is_asked_for(self, data, tmp_path):
        studyapp(data, "quiz", "ce-onehot", "-n", "1", "--seed", "1", given="0.12345\n")
        for typed in (False, True):
            path = tmp_path / f"{typed}.csv"
            options = ["--answers"] if typed else []
            assert studyapp(data, "export", "results", "-o", str(path), *options).exit_code == 0
            assert ("0.12345" in path.read_text(encoding="utf-8")) is typed
        again = studyapp(data, "export", "results", "-o", str(tmp_path / "True.csv"))
        assert (again.exit_code, "--force" in again.stderr) == (1, True)

    def test_there_are_no_results_without_a_history(self, data, tmp_path):
        assert studyapp(data, "export", "results", "-o", str(tmp_path / "x.csv")).exit_code == 1
