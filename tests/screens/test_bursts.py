"""Keys that arrive in one burst act in their order, as if each had been waited for."""

import asyncio

import pytest
from textual import events

from studyapp.screens.answer import AnswerInput
from studyapp.screens.home import HomeScreen
from studyapp.screens.interior import Interior
from studyapp.screens.question import QuestionScreen
from studyapp.screens.search import SearchScreen
from studyapp.screens.settings import SettingsScreen
from studyapp.screens.sitting import Stage
from tests.screens.conftest import FIRST, PAGE


def typed(app) -> str:
    return app.screen.query_one(AnswerInput).value


EDITS = [
    ("1 2 backspace 3", "13"),
    ("1 2 left 3", "132"),
    ("1 2 left left 3", "312"),
    ("1 2 home 3 end 4", "3124"),
    ("1 2 left delete 3", "13"),
    ("1 2 ctrl+u 9 9 7", "997"),
    ("1 2 3 home right ctrl+k 4", "14"),
    ("1 2 ctrl+a 3", "312"),
    ("1 2 ctrl+a ctrl+e 3", "123"),
    ("1 space 2 ctrl+w 3", "1 3"),
    ("1 2 ctrl+a ctrl+d 3", "32"),
    ("1 2 shift+left 3", "13"),
    ("1 　 2", "1　2"),
    ("1 　 2 backspace backspace 3", "13"),
]


async def test_edits_act_in_their_order_in_the_line_of_an_answer(desk):
    async with desk.app(keys=(*FIRST, "e")) as (app, pilot):
        for keys, left in EDITS:
            await pilot.burst(*keys.split(" "))
            assert typed(app) == app.screen.sitting.current.typed == left, keys
            await pilot.burst("end", "ctrl+u")


async def test_edits_act_in_their_order_in_every_line(desk):
    edits = ("1", "2", "backspace", "3", "　", "4", "left", "5")
    async with desk.app() as (app, pilot):
        for way in (("/",), ("ctrl+p",), ("c", "down", "enter", "ctrl+u"), (*FIRST, "e", "f9")):
            await pilot.burst(*way)
            await pilot.burst(*edits)
            assert typed(app).endswith("13　54"), way
            while not isinstance(app.screen, HomeScreen):
                await pilot.burst("escape")


async def test_edits_act_in_their_order_on_the_first_screen(desk):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.burst(*"2027/5/9", "backspace", "8", "enter", "ctrl+u", *"45", "backspace", "4", "enter")
        assert [line.value for line in app.screen.query(AnswerInput)] == ["2027/5/8", "44", ""]


@pytest.mark.parametrize("way", [(), PAGE, (*PAGE, "c", "escape")])
async def test_what_is_typed_after_the_key_of_the_search_is_searched_for(desk, way):
    async with desk.app() as (app, pilot):
        await pilot.burst(*way, *"/cosh")
        assert isinstance(app.screen, SearchScreen)
        assert typed(app) == "cosh"


async def test_what_is_pasted_after_the_key_of_the_search_is_searched_for(desk):
    async with desk.app() as (app, pilot):
        pilot.send("/", "x")
        app.post_message(events.Paste("交差"))
        await pilot.burst("y")
        assert typed(app) == "x交差y"


async def test_keys_that_go_through_several_screens_reach_each_of_them(desk):
    async with desk.app() as (app, pilot):
        await pilot.burst(*"j/", "escape", "enter", *"/x", "escape", "escape", "c", "down", "enter", "4", "5", "enter")
        assert isinstance(app.screen, SettingsScreen)
        assert app.interior.settings.minutes == 45


async def test_what_is_typed_while_a_question_is_drawn_and_graded_waits_for_the_next_one(desk):
    async with desk.app() as (app, pilot):
        await pilot.burst(*FIRST, "e", *"0.18", "enter", "n", *"y-t")
        assert isinstance(app.screen, QuestionScreen)
        assert len(desk.attempts()) == 1
        assert app.screen.sitting.current.question.exercise == "half-slope"
        assert typed(app) == "y-t"


async def test_what_is_typed_before_a_question_is_left_is_kept(desk):
    async with desk.app() as (app, pilot):
        await pilot.burst(*FIRST, "e", *"0.1", "escape", "e")
        assert typed(app) == "0.1"


async def test_escape_does_not_wait_for_a_question_that_is_never_drawn(desk):
    async with desk.app() as (app, pilot):
        desk.kernel.ask = lambda _request: asyncio.Event().wait()
        await pilot.press(*FIRST, "e")
        assert app.screen.sitting.stage is Stage.DRAWING
        pilot.send("1", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_keys_wait_while_the_course_is_opened(desk):
    opened = asyncio.Event()

    async def load(setup):
        await opened.wait()
        return Interior.open(setup, desk.kernel)

    async with desk.app(load=load) as (app, pilot):
        pilot.send(*"2027/5/7")
        await pilot.pause()
        pilot.send("backspace", "8")
        opened.set()
        await pilot.settled()
        assert typed(app) == "2027/5/8"
