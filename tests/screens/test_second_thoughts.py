"""Answers called right after all, answers taken back, and a second app that saves beside the first."""

import json

from textual.events import AppFocus

from studyapp.history.errors import NotSavedCode
from studyapp.screens.sitting import Stage
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text


async def at_formula(app, pilot, text: str):
    """Go to the formula question and answer it."""
    await pilot.act(*FIRST, "e")
    await pilot.act("f4", "f4", "n")
    await pilot.answer(text)
    return app.screen


def kinds(desk):
    return [json.loads(line)["kind"] for line in desk.attempts()]


async def test_a_refused_formula_can_be_called_right_and_the_history_keeps_both_verdicts(desk):
    async with desk.app() as (app, pilot):
        screen = await at_formula(app, pilot, "(y - t)")
        assert "m 同じ意味" in screen_text(app)
        await pilot.act("m")
        assert "反例" in screen_text(app), "the first press shows where it differs"
        assert "y = 0.4 では、あなたの式は 1、正答は 2 になります。" in screen_text(app)
        await pilot.act("v", "escape")
        assert "もう一度 m" not in screen_text(app), "any other key drops it"
        await pilot.act("m", "m")
        shown = screen_text(app)
        assert "○ 正解（同じ意味だと判断しました）" in shown
        assert "m 同じ意味" not in shown
        assert screen.sitting.right == 1
        await pilot.act("m")
    assert kinds(desk) == ["attempt", "attempt", "regrade"]
    attempt, regrade = map(json.loads, desk.attempts()[1:])
    assert attempt["body"]["parts"][0]["verdict"] == "wrong"
    assert regrade["body"] == {"attempt": attempt["id"], "verdict": "correct"}


async def test_only_a_refused_formula_can_be_called_right(desk):
    async with desk.app() as (app, pilot):
        await at_formula(app, pilot, "y - t")
        assert "m 同じ意味" not in screen_text(app)
        await pilot.act("m", "n")
        await pilot.act(*"b", "enter")
        await pilot.act("m")
        assert "× 不正解" in screen_text(app)
    assert "regrade" not in kinds(desk)


async def test_an_answer_is_taken_back_and_so_is_what_it_moved(desk):
    async with desk.app() as (app, pilot):
        screen = await at_formula(app, pilot, "t")
        learner = app.interior.history
        assert learner.skill("half-slope") is not None
        await pilot.act("u")
        shown = screen_text(app)
        assert "取り消しました" in shown
        assert "記録しました" not in shown
        assert learner.skill("half-slope") is None
        assert (screen.sitting.answered, screen.sitting.right) == (1, 0)
        await pilot.act("u", "m", "n")
        assert screen.sitting.round.asked == 2
        assert screen.sitting.stage is Stage.ASKED
    assert kinds(desk) == ["attempt", "attempt", "undo"]


async def test_what_could_not_be_taken_back_is_told_and_stays(desk, full_disk):
    async with desk.app() as (app, pilot):
        screen = await at_formula(app, pilot, "t")
        full_disk.fill()
        await pilot.act("m", "m")
        assert not screen.sitting.current.meant
        await pilot.act("u")
        assert not screen.sitting.current.undone
        assert NotSavedCode.NO_SPACE.value()[:10] in screen_text(app)


async def test_a_second_app_saves_too_and_the_first_one_knows_of_it_when_it_has_the_focus_again(desk):
    async with desk.app() as (first, first_pilot):
        await first_pilot.settled()
        async with desk.app() as (app, pilot):
            await pilot.act(*FIRST, "e")
            await pilot.act(*"0.18", "enter")
            assert "記録しました" in screen_text(app)
        first.post_message(AppFocus())
        await first_pilot.settled()
        assert "1 問、正解 1" in screen_text(first)
    assert len(desk.attempts()) == 1
