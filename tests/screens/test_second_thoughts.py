"""Answers called right after all, answers taken back, and a second app that saves beside the first."""

from __future__ import annotations

import json

import pytest
from textual.events import AppFocus

from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.screens.sitting import Stage
from studyapp.study.troubles import NOT_SAVED
from tests.screens.screenshots import screen_text


@pytest.fixture
def at_formula(settled):
    """Go to the formula question and answer it."""

    async def answered(app, pilot, text: str):
        await pilot.press("j", "e")
        await settled(app, pilot)
        await pilot.press("f4", "f4", "n")
        await settled(app, pilot)
        await pilot.press(*text, "enter")
        await settled(app, pilot)
        return app.screen

    return answered


def kinds(desk):
    return [json.loads(line)["kind"] for line in desk.attempts()]


async def test_a_refused_formula_can_be_called_right_and_the_history_keeps_both_verdicts(desk, settled, at_formula):
    async with desk.app() as (app, pilot):
        screen = await at_formula(app, pilot, "(y - t)")
        assert "m 同じ意味" in screen_text(app)
        await pilot.press("m")
        await settled(app, pilot)
        shown = screen_text(app)
        assert "○ 正解（同じ意味だと判断しました）" in shown
        assert "m 同じ意味" not in shown
        assert screen.sitting.right == 1
        await pilot.press("m")
        await settled(app, pilot)
    assert kinds(desk) == ["attempt", "attempt", "regrade"]
    attempt, regrade = map(json.loads, desk.attempts()[1:])
    assert attempt["body"]["parts"][0]["verdict"] == "wrong"
    assert regrade["body"] == {"attempt": attempt["id"], "verdict": "correct"}


async def test_only_a_refused_formula_can_be_called_right(desk, settled, at_formula):
    async with desk.app() as (app, pilot):
        await at_formula(app, pilot, "y - t")
        assert "m 同じ意味" not in screen_text(app)
        await pilot.press("m", "n")
        await settled(app, pilot)
        await pilot.press(*"b", "enter")
        await settled(app, pilot)
        await pilot.press("m")
        await settled(app, pilot)
        assert "× 不正解" in screen_text(app)
    assert "regrade" not in kinds(desk)


async def test_an_answer_is_taken_back_and_so_is_what_it_moved(desk, settled, at_formula):
    async with desk.app() as (app, pilot):
        screen = await at_formula(app, pilot, "t")
        learner = app.interior.desk.course.history
        assert learner.skill("half-slope") is not None
        await pilot.press("u")
        await settled(app, pilot)
        shown = screen_text(app)
        assert "取り消しました" in shown
        assert "記録しました" not in shown
        assert learner.skill("half-slope") is None
        assert (screen.sitting.answered, screen.sitting.right) == (1, 0)
        await pilot.press("u", "m", "n")
        await settled(app, pilot)
        assert screen.sitting.at == 2
        assert screen.sitting.stage is Stage.ASKED
    assert kinds(desk) == ["attempt", "attempt", "undo"]


async def test_what_could_not_be_taken_back_is_told_and_stays(desk, settled, at_formula, monkeypatch):
    async with desk.app() as (app, pilot):
        screen = await at_formula(app, pilot, "t")

        def full(*_, **__):
            raise NotSavedError(NotSavedCode.NO_SPACE)

        learner = app.interior.desk.course.history
        monkeypatch.setattr(learner, "undo", full)
        monkeypatch.setattr(learner, "regrade", full)
        await pilot.press("m")
        await settled(app, pilot)
        assert not screen.sitting.meant
        await pilot.press("u")
        await settled(app, pilot)
        assert not screen.sitting.undone
        assert NOT_SAVED["no-space"]()[:10] in screen_text(app)


async def test_a_second_app_saves_too_and_the_first_one_knows_of_it_when_it_has_the_focus_again(desk, settled):
    async with desk.app() as (first, first_pilot):
        await settled(first, first_pilot)
        async with desk.app() as (app, pilot):
            await pilot.press("j", "e")
            await settled(app, pilot)
            await pilot.press(*"0.18", "enter")
            await settled(app, pilot)
            assert "記録しました" in screen_text(app)
        first.post_message(AppFocus())
        await settled(first, first_pilot)
        assert "今日 1 問" in screen_text(first)
    assert len(desk.attempts()) == 1
