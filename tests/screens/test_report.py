"""`R` and Ctrl+R: the question that is seen goes into a file, and nothing of it is lost."""

import json

import pytest

from studyapp.screens import question
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text


def reports(desk):
    """What was reported, in the order of the names."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((desk.setup.data / "reports").glob("*"))]


@pytest.mark.parametrize("key", ["R", "Ｒ", "ctrl+r"])
async def test_an_answered_question_is_reported_with_answer_and_verdict(desk, key):
    async with desk.app(keys=(*FIRST, "e")) as (app, pilot):
        await pilot.act(*"0.36", "enter")
        await pilot.press(key)
        assert "この問題の報告を書きました" in screen_text(app)
        (report,) = reports(desk)
    assert (report["exercise"], report["seed"], report["language"], report["version"]) == ("half-value", 1, "ja", "1")
    assert (report["answer"], report["verdict"], report["mistake"]) == ("0.36", "wrong", "factor")
    assert "$y = 0.4$" in report["prompt"]


async def test_while_an_answer_is_typed_ctrl_r_reports_it_and_r_is_typed(desk):
    async with desk.app(keys=(*FIRST, "e")) as (app, pilot):
        await pilot.press(*"1/3R")
        assert app.screen.sitting.current.typed == "1/3R"
        assert reports(desk) == []
        await pilot.press("backspace", "ctrl+r")
        (report,) = reports(desk)
        assert (report["answer"], report["reading"], report["verdict"]) == ("1/3", "1/3", "")
        assert app.screen.sitting.current.typed == "1/3"
    assert desk.attempts() == []


async def test_an_answer_that_is_asked_again_is_reported_with_its_verdict_until_it_is_changed(desk):
    async with desk.app(keys=(*FIRST, "e")) as (_, pilot):
        await pilot.act(*"0.2", "enter")
        await pilot.press("ctrl+r", "5", "ctrl+r")
    assert {report["answer"]: report["verdict"] for report in reports(desk)} == {"0.2": "rounding", "0.25": ""}


async def test_a_disk_that_takes_nothing_is_told_and_the_answer_stays(desk, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(question, "write_report", full)
    async with desk.app(keys=(*FIRST, "e")) as (app, pilot):
        await pilot.press(*"0.18", "ctrl+r")
        assert "報告を書けませんでした（No space left on device）" in screen_text(app)
        await pilot.act("enter")
        assert "○ 正解" in screen_text(app)
    assert len(desk.attempts()) == 1
