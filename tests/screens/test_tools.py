"""What stands beside pages and questions: search, the palette of actions, signs, the scratch pad, copying."""

from __future__ import annotations

import pytest

from studyapp.domain.text import set_language
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Evaluate
from studyapp.screens import clipboard
from studyapp.screens.actions import HELPS, TABLE
from studyapp.screens.beside import NO_SYMBOLS
from studyapp.screens.calculator import NO_VALUE, CalculatorScreen
from studyapp.screens.clipboard import NOTHING_TO_COPY, copied_text
from studyapp.screens.commands import MOVING, CommandsScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.search import NOTHING_FOUND, SearchScreen
from studyapp.screens.symbols import IN_FORMULAS, IN_NUMBERS, SYMBOL_OF, SymbolsScreen, meaning, signs_for
from studyapp.screens.topic import TopicScreen
from tests.screens.screenshots import screen_text


async def ask_number(app, pilot, settled):
    """The first question of the first page: a number."""
    await pilot.press("j", "e")
    await settled(app, pilot)
    assert isinstance(app.screen, QuestionScreen)


async def ask_formula(app, pilot, settled):
    await ask_number(app, pilot, settled)
    await pilot.press(*"0.18", "enter")
    await settled(app, pilot)
    await pilot.press("n")
    await settled(app, pilot)


class TestTheSearch:
    @pytest.mark.parametrize("key", ["/", "／"])
    async def test_finds_pages_and_exercises_by_japanese_words_and_opens_what_is_chosen(self, desk, settled, key):
        async with desk.app() as (app, pilot):
            await pilot.press(key)
            await settled(app, pilot)
            assert isinstance(app.screen, SearchScreen)
            await pilot.press(*"二乗")
            await settled(app, pilot)
            assert "半分の二乗誤差" in screen_text(app)
            await pilot.press("enter")
            await settled(app, pilot)
            assert isinstance(app.screen, TopicScreen)
            await pilot.press("escape", "escape")
            await settled(app, pilot)
            assert isinstance(app.screen, HomeScreen)

    async def test_asks_the_exercise_that_is_chosen(self, desk, settled):
        async with desk.app() as (app, pilot):
            await pilot.press("/")
            await settled(app, pilot)
            await pilot.press(*"half-slope", "enter")
            await settled(app, pilot)
            assert isinstance(app.screen, QuestionScreen)
            assert app.screen.sitting.turn.exercise == "half-slope"

    async def test_says_that_nothing_was_found_and_opens_nothing(self, desk, settled):
        async with desk.app() as (app, pilot):
            await pilot.press("/")
            await settled(app, pilot)
            await pilot.press(*"zzz", "enter")
            await settled(app, pilot)
            assert isinstance(app.screen, SearchScreen)
            assert NOTHING_FOUND() in screen_text(app)

    async def test_is_reached_from_a_page_too(self, desk, settled):
        async with desk.app() as (app, pilot):
            await pilot.press("j", "enter")
            await settled(app, pilot)
            await pilot.press("/")
            await settled(app, pilot)
            assert isinstance(app.screen, SearchScreen)


class TestThePaletteOfActions:
    async def test_does_what_was_found_by_name(self, desk, settled):
        async with desk.app() as (app, pilot):
            await pilot.press("j", "ctrl+p")
            await settled(app, pilot)
            assert isinstance(app.screen, CommandsScreen)
            await pilot.press(*"さがす", "enter")
            await settled(app, pilot)
            assert isinstance(app.screen, SearchScreen)

    async def test_lists_only_what_applies_now(self, desk, settled):
        async with desk.app(size=(120, 40)) as (app, pilot):
            await ask_number(app, pilot, settled)
            await pilot.press("ctrl+p")
            await settled(app, pilot)
            asked = screen_text(app)
            await pilot.press("escape", *"0.18", "enter")
            await settled(app, pilot)
            await pilot.press("ctrl+p")
            await settled(app, pilot)
            answered = screen_text(app)
        assert HELPS["hint"]() in asked
        assert HELPS["proof"]() not in asked
        assert HELPS["proof"]() in answered
        assert HELPS["hint"]() not in answered

    async def test_leaves_everything_as_it_was_when_it_is_closed(self, desk, settled):
        async with desk.app() as (app, pilot):
            await pilot.press("ctrl+p")
            await settled(app, pilot)
            await pilot.press(*"zzz", "enter")
            await settled(app, pilot)
            assert isinstance(app.screen, HomeScreen)

    def test_actions_that_move_are_the_only_ones_left_out(self):
        named = {action.name for actions in TABLE.values() for action in actions}
        assert named >= MOVING
        assert not MOVING & {"submit", "hint", "proof", "search", "help", "back"}


class TestSigns:
    async def test_are_put_where_the_cursor_stands(self, desk, settled):
        async with desk.app() as (app, pilot):
            await ask_number(app, pilot, settled)
            await pilot.press(*"2", "f7")
            await settled(app, pilot)
            assert isinstance(app.screen, SymbolsScreen)
            await pilot.press("enter")
            await settled(app, pilot)
            assert app.screen.panel.input.value == "2" + IN_NUMBERS[0]

    async def test_the_symbols_of_a_formula_come_first(self, desk, settled):
        async with desk.app() as (app, pilot):
            await ask_formula(app, pilot, settled)
            assert signs_for(app.screen.sitting.key)[:2] == ("y", "t")

    async def test_are_not_offered_where_words_are_asked_for(self, desk, settled):
        async with desk.app() as (app, pilot):
            await ask_formula(app, pilot, settled)
            await pilot.press(*"y - t", "enter")
            await settled(app, pilot)
            await pilot.press("n")
            await settled(app, pilot)
            await pilot.press("f7")
            await settled(app, pilot)
            assert isinstance(app.screen, QuestionScreen)
            assert NO_SYMBOLS() in screen_text(app)

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_each_has_a_meaning(self, language):
        set_language(language)
        for sign in {*IN_NUMBERS, *IN_FORMULAS}:
            assert meaning(sign) != SYMBOL_OF()


class TestTheScratchPad:
    async def open_pad(self, app, pilot, settled):
        await ask_number(app, pilot, settled)
        await pilot.press("f8")
        await settled(app, pilot)
        assert isinstance(app.screen, CalculatorScreen)

    async def test_keeps_its_lines_while_the_question_is_answered(self, desk, settled):
        async with desk.app() as (app, pilot):
            await self.open_pad(app, pilot, settled)
            await pilot.press(*"1/4", "enter")
            await settled(app, pilot)
            assert "1/4 = 0.25" in screen_text(app)
            await pilot.press("escape", "f8")
            await settled(app, pilot)
            assert "1/4 = 0.25" in screen_text(app)

    async def test_gives_its_last_value_to_the_answer(self, desk, settled):
        async with desk.app() as (app, pilot):
            await self.open_pad(app, pilot, settled)
            await pilot.press(*"2*3", "enter")
            await settled(app, pilot)
            await pilot.press("f9")
            await settled(app, pilot)
            assert app.screen.panel.input.value == "6"

    @pytest.mark.parametrize("typed", ["half_sse(0.4, 1)", "y - 1", "2 +"])
    async def test_takes_arithmetic_alone(self, desk, settled, typed):
        async with desk.app() as (app, pilot):
            await self.open_pad(app, pilot, settled)
            await pilot.press(*typed, "enter")
            await settled(app, pilot)
            assert app.screen.sitting.pad == ()
            assert not any(isinstance(asked, Evaluate) for asked in desk.kernel.asked)

    async def test_says_where_there_is_no_value_and_keeps_what_was_typed(self, desk, settled):
        async with desk.app() as (app, pilot):
            await self.open_pad(app, pilot, settled)
            await pilot.press(*"1/0", "enter")
            await settled(app, pilot)
            assert NO_VALUE() in screen_text(app)
            desk.kernel.failures.append(KernelFailure("stopped"))
            await pilot.press("enter")
            await settled(app, pilot)
            assert "stopped" in screen_text(app)
            assert "1/0" in screen_text(app)


class TestCopying:
    @pytest.fixture
    def taken(self, monkeypatch):
        """What a tool of the system takes; it stands in for the clipboard of whoever runs the tests."""
        texts = []

        def take(text):
            texts.append(text)
            return "xclip"

        monkeypatch.setattr(clipboard, "_by_tool", take)
        return texts

    async def test_takes_the_reading_before_the_answer_and_the_key_after_it(self, desk, settled, taken):
        async with desk.app() as (app, pilot):
            await ask_number(app, pilot, settled)
            await pilot.press(*"１／３", "f9")
            await settled(app, pilot)
            assert taken == ["1/3"]
            assert copied_text("1/3", "xclip") in screen_text(app)
            await pilot.press("enter")
            await settled(app, pilot)
            await pilot.press("y")
            await settled(app, pilot)
            assert taken == ["1/3", "0.180"]

    async def test_asks_the_terminal_where_no_tool_takes_it_and_says_so(self, desk, settled, monkeypatch):
        monkeypatch.setattr(clipboard, "_by_tool", lambda text: "")
        async with desk.app() as (app, pilot):
            await ask_number(app, pilot, settled)
            await pilot.press(*"0.5", "f9")
            await settled(app, pilot)
            assert app.clipboard == "0.5"
            assert "OSC 52" in screen_text(app)

    async def test_says_that_there_is_nothing_yet(self, desk, settled, taken):
        async with desk.app() as (app, pilot):
            await ask_number(app, pilot, settled)
            await pilot.press("f9")
            await settled(app, pilot)
            assert taken == []
            assert NOTHING_TO_COPY() in screen_text(app)

    async def test_takes_the_formula_in_sight_of_a_page_as_tex(self, desk, settled, taken):
        async with desk.app(size=(80, 40)) as (app, pilot):
            await pilot.press("j", "enter")
            await settled(app, pilot)
            await pilot.press("y")
            await settled(app, pilot)
            (tex,) = taken
            assert tex.startswith("E = ")
            assert copied_text(tex, "xclip").split(":")[0] in screen_text(app)
