"""A report holds what its learner saw, in a file that nothing is written over."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from studyapp.domain.kind import Kind
from studyapp.domain.question import ExpressionKey, NumberKey, Question, ShownOption, Step, TermKey, VectorKey
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.study import report as reports
from studyapp.study.report import read_report, report_on, write_report

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
QUESTION = Question(
    exercise="half-value",
    skill="half-value",
    topic="losses/half",
    seed=7,
    kind=Kind.NUMBER,
    language="ja",
    version="abc",
    heading="値",
    prompt="$y = 0.4$ のとき\n値を求めよ。",
    values={"y": 0.4},
    key=NumberKey("0.18", 3),
    answer="0.18",
)
STEP = Step(ask="微分せよ。", key=ExpressionKey("y - t", {"y": "real", "t": "real"}, {}), answer="y - t", skill="s")
WRONG = Verdict(Outcome.WRONG, "sign", message="符号が逆。", reading="-0.18")
REPORTS = {
    "nothing typed": report_on(QUESTION, "", None),
    "typed": report_on(QUESTION, "１/３", None),
    "judged": report_on(QUESTION, "-0.18", WRONG),
    "options": report_on(replace(QUESTION, options=(ShownOption("a", "甲"), ShownOption("b", "乙"))), "a", None),
    "step": report_on(replace(QUESTION, steps=(STEP, STEP)), "t - y", WRONG, ("y - t",)),
}


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_written_is_read_again(tmp_path, name):
    path = write_report(REPORTS[name], tmp_path, NOW)
    assert read_report(path) == REPORTS[name]
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["draw"] == "studyapp --lang ja question half-value --seed 7"
    assert str(path) in written["see"]


@pytest.mark.parametrize(
    ("key", "typed", "reading"),
    [
        (NumberKey("0.3", 3), "１/３", "1/3"),
        (VectorKey(("1", "2"), 2), "1 2", "[1, 2]"),
        (STEP.key, "y−t", "y - t"),
        (TermKey(("損失",)), " 損失 ", "損失"),
        (NumberKey("0.3", 3), "?)", ""),
        (NumberKey("0.3", 3), "  ", ""),
    ],
)
def test_an_answer_that_was_not_judged_is_told_as_it_is_read(key, typed, reading):
    assert report_on(replace(QUESTION, key=key), typed, None).reading == reading


def test_a_verdict_goes_with_its_reading_and_its_slip():
    report = REPORTS["step"]
    assert (report.step, report.earlier, report.answer) == (1, ("y - t",), "t - y")
    assert (report.verdict, report.mistake, report.message, report.reading) == ("wrong", "sign", "符号が逆。", "-0.18")


def test_reports_of_one_question_stand_beside_each_other(tmp_path):
    paths = [write_report(REPORTS["typed"], tmp_path, NOW) for _ in range(3)]
    assert [path.name for path in paths] == [f"2026-11-02-half-value-7{end}.json" for end in ("", "-2", "-3")]
    assert len({path.read_text(encoding="utf-8").replace(path.name, "") for path in paths}) == 1


ODD_IDS = ["a/b", "../../up", "x" * 5000, "値" * 300, "a\x1b\x00\nb", "\ud800", "", "/", "."]


@pytest.mark.parametrize("exercise", ODD_IDS)
def test_any_id_gives_a_file_in_the_folder_of_reports(tmp_path, exercise):
    report = report_on(replace(QUESTION, exercise=exercise), "1", None)
    paths = {write_report(report, tmp_path, NOW) for _ in range(2)}
    assert {path.parent for path in paths} == {tmp_path / "reports"}
    assert len(paths) == 2
    assert all(path.name.isprintable() and path.suffix == ".json" for path in paths)


def test_a_disk_that_takes_nothing_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reports, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        write_report(REPORTS["typed"], tmp_path, NOW)
    assert os.listdir(tmp_path / "reports") == []  # noqa: PTH208 — hidden files, too


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", "[" * 100_000, '{"exercise": 1}', '{"seed": "x"}', "\0"])
def test_a_file_that_is_no_report_is_told(tmp_path, text):
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    assert isinstance(read_report(path), str)
    assert read_report(path)
    path.unlink()
    assert "No such file" in str(read_report(path))


def test_each_field_of_a_report_is_held_to_its_type(tmp_path):
    path = write_report(REPORTS["step"], tmp_path, NOW)
    written = json.loads(path.read_text(encoding="utf-8"))
    for name in ("exercise", "language", "version", "prompt", "answer", "seed", "step", "earlier", "options"):
        path.write_text(json.dumps(written | {name: {"a": 1} if name not in ("earlier", "options") else [1]}))
        assert isinstance(read_report(path), str), name
    path.write_text(json.dumps(written))
    assert read_report(path) == REPORTS["step"]
