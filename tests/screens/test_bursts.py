"""Keys that arrive in one burst act in their order, as if each had been waited for."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.keys import _character_to_key

from studyapp.screens.app import StudyApp
from studyapp.screens.home import HomeScreen
from studyapp.screens.interior import open_interior
from studyapp.screens.question import QuestionScreen
from studyapp.screens.search import SearchScreen
from studyapp.screens.settings import SettingsScreen
from studyapp.screens.sitting import Stage
from studyapp.screens.widgets.answer import AnswerInput

SIGNS = {"space": " ", "enter": "\r"}


def burst(app, *keys: str) -> None:
    """Send keys as a terminal does after it was held up: all at once."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        app.post_message(events.Key(name, key if len(key) == 1 else SIGNS.get(key)))


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


@pytest.mark.parametrize(("keys", "left"), EDITS)
async def test_edits_act_in_their_order_in_the_line_of_an_answer(desk, settled, keys, left):
    async with desk.app() as (app, pilot):
        await pilot.press("j", "e")
        await settled(app, pilot)
        burst(app, *keys.split(" "))
        await settled(app, pilot)
        assert typed(app) == left
        assert app.screen.sitting.typed == left


async def test_edits_act_in_their_order_in_every_line(desk, settled):
    edits = ("1", "2", "backspace", "3", "　", "4", "left", "5")
    async with desk.app() as (app, pilot):
        for way in (("/",), ("ctrl+p",), ("c", "down", "enter", "ctrl+u"), ("j", "e", "f9")):
            burst(app, *way)
            await settled(app, pilot)
            burst(app, *edits)
            await settled(app, pilot)
            assert typed(app).endswith("13　54"), way
            while not isinstance(app.screen, HomeScreen):
                burst(app, "escape")
                await settled(app, pilot)


async def test_edits_act_in_their_order_on_the_first_screen(desk, settled):
    async with desk.app(newcomer=True) as (app, pilot):
        burst(app, *"2027/5/9", "backspace", "8", "enter", "ctrl+u", *"45", "backspace", "4", "enter")
        await settled(app, pilot)
        assert [line.value for line in app.screen.query(AnswerInput)] == ["2027/5/8", "44", ""]


@pytest.mark.parametrize("way", [(), ("j", "enter"), ("j", "enter", "c", "escape")])
async def test_what_is_typed_after_the_key_of_the_search_is_searched_for(desk, settled, way):
    async with desk.app() as (app, pilot):
        burst(app, *way, *"/cosh")
        await settled(app, pilot)
        assert isinstance(app.screen, SearchScreen)
        assert typed(app) == "cosh"


async def test_what_is_pasted_after_the_key_of_the_search_is_searched_for(desk, settled):
    async with desk.app() as (app, pilot):
        burst(app, "/", "x")
        app.post_message(events.Paste("交差"))
        burst(app, "y")
        await settled(app, pilot)
        assert typed(app) == "x交差y"


async def test_keys_that_go_through_several_screens_reach_each_of_them(desk, settled):
    async with desk.app() as (app, pilot):
        burst(app, *"j/", "escape", "enter", *"/x", "escape", "escape", "c", "down", "enter", "4", "5", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, SettingsScreen)
        assert app.interior.desk.course.settings.minutes == 45


async def test_what_is_typed_while_a_question_is_drawn_and_graded_waits_for_the_next_one(desk, settled):
    async with desk.app() as (app, pilot):
        burst(app, "j", "e", *"0.18", "enter", "n", *"y-t")
        await settled(app, pilot)
        assert isinstance(app.screen, QuestionScreen)
        assert len(desk.attempts()) == 1
        assert app.screen.sitting.question.exercise == "half-slope"
        assert typed(app) == "y-t"


async def test_what_is_typed_before_a_question_is_left_is_kept(desk, settled):
    async with desk.app() as (app, pilot):
        burst(app, "j", "e", *"0.1", "escape", "e")
        await settled(app, pilot)
        assert typed(app) == "0.1"


async def test_escape_does_not_wait_for_a_question_that_is_never_drawn(desk, settled):
    async with desk.app() as (app, pilot):
        desk.kernel.ask = lambda _request: asyncio.Event().wait()
        await pilot.press("j", "e")
        assert app.screen.sitting.stage is Stage.DRAWING
        burst(app, "1", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_keys_wait_while_the_course_is_opened(desk, settled):
    opened = asyncio.Event()

    async def load(setup):
        await opened.wait()
        return open_interior(setup, desk.kernel)

    app = StudyApp(desk.setup, load)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, *"2027/5/7")
        await pilot.pause()
        burst(app, "backspace", "8")
        opened.set()
        await settled(app, pilot)
        assert typed(app) == "2027/5/8"
