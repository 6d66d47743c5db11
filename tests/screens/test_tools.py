"""What is beside pages and questions: search, the palette of actions, signs, the scratch pad, copying."""

import pytest

from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Evaluate
from studyapp.screens import base
from studyapp.screens.actions import TABLE, actions
from studyapp.screens.answer import AnswerInput
from studyapp.screens.base import COPIED, NOTHING_TO_COPY
from studyapp.screens.beside import IN_NUMBERS, MEANINGS, NO_VALUE, signs_for
from studyapp.screens.boxes import NAMELESS, CommandsScreen, PickScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.question import NO_SYMBOLS, QuestionScreen
from studyapp.screens.search import EARLIER, NOTHING_FOUND, SearchScreen
from studyapp.screens.topic import TopicScreen
from tests.screens.conftest import FIRST, PAGE
from tests.screens.screenshots import screen_text

NUMBER = (*FIRST, "e")
"""The keys that lead from home to the first question of the first page: a number."""
FORMULA = (*NUMBER, *"0.18", "enter", "n")
"""To the second: a formula."""
PAD = (*NUMBER, "f8")


class TestTheSearch:
    async def test_finds_pages_and_exercises_by_japanese_words_and_opens_what_is_chosen(self, desk):
        async with desk.app() as (app, pilot):
            for key in ("/", "／"):
                await pilot.act(key)
                assert isinstance(app.screen, SearchScreen)
                await pilot.act(*"二乗")
                assert "半分の二乗誤差" in screen_text(app)
                await pilot.act("enter")
                assert isinstance(app.screen, TopicScreen)
                await pilot.act("escape", "escape")
                assert isinstance(app.screen, HomeScreen)

    async def test_says_that_nothing_was_found_and_asks_the_exercise_that_is_chosen(self, desk):
        async with desk.app(keys=(*PAGE, "/")) as (app, pilot):
            await pilot.act(*"zzz", "enter")
            assert isinstance(app.screen, SearchScreen)
            assert NOTHING_FOUND() in screen_text(app)
            await pilot.act("ctrl+u", *"half-slope", "enter")
            assert isinstance(app.screen, QuestionScreen)
            assert app.screen.sitting.round.turn.exercise == "half-slope"

    async def test_shows_where_the_words_stand_and_keeps_what_led_somewhere(self, desk):
        async with desk.app(keys=("/", *"残差")) as (app, pilot):
            assert "予測 y と正解 t の差を残差という。" in screen_text(app)
            await pilot.act("enter")
            assert isinstance(app.screen, TopicScreen)
            await pilot.act("escape", "ctrl+u")
            assert EARLIER() in screen_text(app)
            await pilot.act("enter")
            assert app.screen.query_one(AnswerInput).value == "残差"


class TestThePaletteOfActions:
    async def test_does_what_was_found_by_name(self, desk):
        async with desk.app(keys=("j", "ctrl+p")) as (app, pilot):
            assert isinstance(app.screen, CommandsScreen)
            await pilot.act(*"さがす", "enter")
            assert isinstance(app.screen, SearchScreen)

    async def test_lists_only_what_applies_now(self, desk):
        async with desk.app(size=(120, 40), keys=NUMBER) as (app, pilot):
            await pilot.act("ctrl+p")
            asked = screen_text(app)
            await pilot.act("escape", *"0.18", "enter", "ctrl+p")
            answered = screen_text(app)
        sentences = {name: action.sentence for name, action in actions("question").items()}
        assert sentences["hint"] in asked
        assert sentences["proof"] not in asked
        assert sentences["proof"] in answered
        assert sentences["hint"] not in answered

    async def test_leaves_everything_as_it_was_when_it_is_closed(self, desk):
        async with desk.app(keys=("ctrl+p",)) as (app, pilot):
            await pilot.act(*"zzz", "enter")
            assert isinstance(app.screen, HomeScreen)

    def test_actions_that_move_are_the_only_ones_left_out(self):
        named = {action.name for actions in TABLE.values() for action in actions}
        assert named >= NAMELESS
        assert not NAMELESS & {"submit", "hint", "proof", "search", "help", "back"}


class TestSigns:
    async def test_are_put_where_the_cursor_stands(self, desk):
        async with desk.app(keys=NUMBER) as (app, pilot):
            await pilot.act(*"2", "f7")
            assert isinstance(app.screen, PickScreen)
            await pilot.act("enter")
            assert app.screen.input.value == "2" + IN_NUMBERS[0]

    async def test_the_symbols_of_a_formula_come_first(self, desk):
        async with desk.app(keys=FORMULA) as (app, _):
            assert signs_for(app.screen.sitting.current.key)[:2] == ("y", "t")

    async def test_are_not_offered_where_words_are_asked_for(self, desk):
        async with desk.app(keys=FORMULA) as (app, pilot):
            await pilot.act(*"y - t", "enter", "n", "f7")
            assert isinstance(app.screen, QuestionScreen)
            assert NO_SYMBOLS() in screen_text(app)

    def test_each_has_a_meaning(self):
        assert MEANINGS.keys() >= {*IN_NUMBERS}


class TestTheScratchPad:
    async def test_keeps_its_lines_while_the_question_is_answered_and_gives_it_its_last_value(self, desk):
        async with desk.app(keys=PAD) as (app, pilot):
            await pilot.act(*"1/4", "enter")
            assert "1/4 = 0.25" in screen_text(app)
            await pilot.act("escape", "f8")
            assert "1/4 = 0.25" in screen_text(app)
            await pilot.act(*"2*3", "enter", "f9")
            assert app.screen.input.value == "6"

    async def test_takes_arithmetic_alone(self, desk):
        async with desk.app(keys=PAD) as (app, pilot):
            for typed in ("half_sse(0.4, 1)", "y - 1", "2 +"):
                await pilot.act(*typed, "enter")
                assert app.screen.keeper.pad == ()
                await pilot.act("ctrl+u")
            assert not any(isinstance(asked, Evaluate) for asked in desk.kernel.asked)

    async def test_says_where_there_is_no_value_and_keeps_what_was_typed(self, desk):
        async with desk.app(keys=PAD) as (app, pilot):
            await pilot.act(*"1/0", "enter")
            assert NO_VALUE() in screen_text(app)
            desk.kernel.failures.append(KernelFailure("stopped"))
            await pilot.act("enter")
            assert "stopped" in screen_text(app)
            assert "1/0" in screen_text(app)


class TestCopying:
    @pytest.fixture
    def taken(self, monkeypatch):
        """What a tool of the system takes; it replaces the clipboard of the machine."""
        texts = []

        def take(text):
            texts.append(text)
            return "xclip"

        monkeypatch.setattr(base, "copy_by_tool", take)
        return texts

    async def test_takes_the_reading_before_the_answer_and_the_key_after_it(self, desk, taken):
        async with desk.app(keys=NUMBER) as (app, pilot):
            await pilot.act(*"１／３", "f9")
            assert taken == ["1/3"]
            assert COPIED(text="1/3", tool="xclip") in screen_text(app)
            await pilot.act("enter", "y")
            assert taken == ["1/3", "0.180"]

    async def test_asks_the_terminal_where_no_tool_takes_it_and_says_so(self, desk, monkeypatch):
        monkeypatch.setattr(base, "copy_by_tool", lambda text: "")
        async with desk.app(keys=NUMBER) as (app, pilot):
            await pilot.act(*"0.5", "f9")
            assert app.clipboard == "0.5"
            assert "OSC 52" in screen_text(app)

    async def test_says_that_there_is_nothing_yet(self, desk, taken):
        async with desk.app(keys=(*NUMBER, "f9")) as (app, _):
            assert taken == []
            assert NOTHING_TO_COPY() in screen_text(app)

    async def test_takes_the_formula_in_sight_of_a_page_as_tex(self, desk, taken):
        async with desk.app(size=(80, 40), keys=(*PAGE, "y")) as (app, _):
            (tex,) = taken
            assert tex.startswith("E = ")
            assert COPIED(text=tex, tool="xclip").split(":")[0] in screen_text(app)
