"""Flags: put up and taken away by one key, noted, listed, opened at their place, practised; every one is an event."""

from dataclasses import replace

import pytest

from studyapp.domain.record import Flag
from studyapp.screens.boxes import LineScreen
from studyapp.screens.flags import LONGEST_NOTE, NO_FLAGS, FlagsScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.topic import TopicScreen
from tests.screens.conftest import PAGE
from tests.screens.screenshots import screen_text

QUESTION = Flag("losses/half", "half-value")


def flags(app):
    return app.interior.history.flags()


async def test_a_question_is_flagged_and_freed_before_its_answer_and_after_it(desk):
    async with desk.app(keys=(*PAGE, "e")) as (app, pilot):
        for keys, flagged in (("*", True), ("*", False), ("*", True), ("0.18\n", True), ("*", False), ("*", True)):
            await pilot.act(*({"\n": "enter"}.get(key, key) for key in keys))
            assert flags(app) == ((QUESTION,) if flagged else ()), keys
            assert ("* 今日" in screen_text(app).split("\n")[0]) is flagged
        assert app.screen.sitting.answered == 1
    assert [body["on"] for body in desk.bodies() if "on" in body] == [True, False, True, False, True]


async def test_the_sign_is_typed_once_an_answer_is_begun_and_ctrl_t_flags(desk):
    async with desk.app(keys=(*PAGE, "e")) as (app, pilot):
        await pilot.act(*"2*3")
        assert app.screen.input.value == "2*3"
        assert flags(app) == ()
        await pilot.act("ctrl+t")
        assert flags(app) == (QUESTION,)
        assert app.screen.input.value == "2*3"
        await pilot.act("ctrl+u", "＊")
        assert flags(app) == ()


async def test_a_note_of_one_line_comes_with_its_flag_and_is_changed(desk):
    async with desk.app(keys=(*PAGE, "e", *"0.36", "enter")) as (app, pilot):
        await pilot.act("N", *"半分にする", "enter")
        assert flags(app) == (replace(QUESTION, note="半分にする"),)
        await pilot.act("N")
        assert isinstance(app.screen, LineScreen)
        await pilot.act(*"!", "escape")
        assert flags(app) == (replace(QUESTION, note="半分にする"),)
        await pilot.act("*", "*")
        assert flags(app) == (replace(QUESTION, note="半分にする"),), "it comes back with its flag"
        await pilot.act("N", "ctrl+u", "enter")
        assert flags(app) == (QUESTION,)
        await pilot.act("N", *"x" * (LONGEST_NOTE + 1), "enter")
        assert flags(app) == (replace(QUESTION, note="x" * LONGEST_NOTE),)


async def test_a_flag_on_a_page_is_on_the_heading_above_what_is_in_sight_and_leads_back_to_it(desk):
    desk.edit("## 値を求める", "## 二つ目の節\n\n" + "文。\n\n" * 30 + "## 値を求める")
    async with desk.app(size=(60, 16), keys=(*PAGE, "*")) as (app, pilot):
        assert flags(app) == (Flag("losses/half"),)
        await pilot.act("c", "j", "enter")
        below = app.screen.body.scroll_y
        assert below > 0
        await pilot.act("*", "escape", "*")
        assert isinstance(app.screen, FlagsScreen)
        assert flags(app) == (Flag("losses/half", heading="二つ目の節"), Flag("losses/half"))
        await pilot.act("enter")
        assert isinstance(app.screen, TopicScreen)
        assert app.screen.body.scroll_y == below
        await pilot.act("escape", "j", "enter")
        assert app.screen.body.scroll_y == 0


async def test_the_list_opens_frees_notes_and_puts_back(desk):
    async with desk.app(keys=(*PAGE, "e", "*", "escape", "*", "escape", "*")) as (app, pilot):
        assert len(flags(app)) == 2
        await pilot.act("G", "delete")
        assert flags(app) == (Flag("losses/half"),)
        assert "値を求める" in screen_text(app), "its row stays, so that it can be put back"
        await pilot.act("*", "N", *"あとで", "enter")
        assert flags(app)[0] == replace(QUESTION, note="あとで")
        assert "値を求める: あとで" in screen_text(app)
        await pilot.act("enter")
        assert isinstance(app.screen, TopicScreen)


async def test_flagged_questions_are_asked_alone_or_in_a_round_with_fresh_numbers(desk):
    async with desk.app(keys=(*PAGE, "e", "*", *"0.18", "enter", "n", "*")) as (app, pilot):
        await pilot.act("escape", "*", "escape", "*")  # the page, too, which asks nothing
        await pilot.act("d")
        assert isinstance(app.screen, FlagsScreen), "a page is no question"
        await pilot.act("s")
        assert isinstance(app.screen, QuestionScreen)
        assert [turn.exercise for turn in app.screen.sitting.round.turns] == ["half-slope", "half-value"]
        await pilot.act("escape", "G", "d")
        assert [turn.exercise for turn in app.screen.sitting.round.turns] == ["half-value"]


async def test_the_list_is_opened_from_home_by_key_and_name_and_says_when_it_is_empty(desk):
    async with desk.app() as (app, pilot):
        for keys in ("*", "\x10" + "印の一覧"):
            await pilot.act(*({"\x10": "ctrl+p"}.get(key, key) for key in keys))
            if keys != "*":
                await pilot.act("enter")
            assert isinstance(app.screen, FlagsScreen), keys
            assert NO_FLAGS() in screen_text(app).replace("\n", "")
            await pilot.act("enter", "d", "s", "*", "N", "escape")
            assert isinstance(app.screen, HomeScreen)
        assert flags(app) == ()


async def test_a_flag_whose_page_is_gone_is_listed_and_freed(desk):
    async with desk.app() as (app, pilot):
        app.interior.history.flag(Flag("gone/page", "gone-id"), on=True, at=desk.setup.now(), day=app.interior.today)
        await pilot.act("*", "enter", "d")
        assert isinstance(app.screen, FlagsScreen)
        await pilot.act("s")
        assert isinstance(app.screen, FlagsScreen)
        await pilot.act("*")
        assert flags(app) == ()


async def test_a_flag_that_cannot_be_saved_is_told(desk, full_disk):
    async with desk.app(keys=(*PAGE, "e")) as (app, pilot):
        full_disk.fill()
        await pilot.act("*")
        assert flags(app) == ()
        assert "×" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_flags_look_as_they_did(desk_in, snapshot, language, size):
    async with desk_in(language).app(size=size, keys=(*PAGE, "e", "*")) as (_app, pilot):
        await pilot.picture("question")
        await pilot.picture("note", *"0.36", "enter", "N", *"1/2")
        await pilot.picture("page", "enter", "escape", "*")
        await pilot.picture("list", "escape", "*")
        await pilot.picture("freed", "*")
    assert pilot.pictures == snapshot
