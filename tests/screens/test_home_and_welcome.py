"""Home and the first screen of a new learner."""

import json
from dataclasses import replace

import pytest
from textual.widgets import Input

from studyapp.domain.question import Question
from studyapp.screens.app import TooSmall
from studyapp.screens.home import HomeScreen
from studyapp.screens.lesson import LessonScreen
from studyapp.screens.topic import TopicScreen
from studyapp.screens.welcome import WelcomeScreen
from studyapp.typeset.width import UNSEEN, cells
from tests.screens.conftest import PAGE
from tests.screens.screenshots import screen_text


async def test_home_says_what_to_do_now_and_lists_the_areas_and_nothing_has_the_focus(desk):
    async with desk.app() as (app, _):
        assert isinstance(app.screen, HomeScreen)
        assert app.focused is None
        shown = screen_text(app)
        assert shown.index("今日の 20 分") < shown.index("› 始める") < shown.index("次は 半分の二乗誤差 » 値を求める")
        assert shown.index("次は") < shown.index("- 損失関数")
        assert shown.index("- 損失関数") < shown.index("半分の二乗誤差  ") < shown.index("絶対誤差")


async def test_enter_on_the_first_row_and_s_start_practice_also_with_the_input_method_on(desk):
    async with desk.app() as (app, pilot):
        for key in ("enter", "s", "ｓ"):
            await pilot.act(key)
            assert isinstance(app.screen, LessonScreen)
            await pilot.act("escape")
            assert isinstance(app.screen, HomeScreen)


async def test_a_page_is_chosen_and_opened_by_keys_or_a_click(desk):
    async with desk.app() as (app, pilot):
        for key in ("down", "j", "ｊ"):
            await pilot.act("home", key, key, key, "enter")
            assert isinstance(app.screen, TopicScreen)
            assert app.screen.topic.id == "losses/half"
            await pilot.act("escape")
        row = next(row for row, line in enumerate(screen_text(app).split("\n")) if "絶対誤差" in line)
        await pilot.click("#rows", offset=(10, row - app.screen.query_one("#rows").region.y))
        assert isinstance(app.screen, TopicScreen)
        assert app.screen.topic.id == "losses/absolute"


async def test_q_quits(desk):
    async with desk.app() as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app._exit
    assert desk.kernel.closed


async def test_what_was_answered_is_due_on_the_next_launch_and_told(desk):
    async with desk.app() as (app, pilot):
        await pilot.learn()
        await pilot.answer("0.36")
        await pilot.act("escape")
        assert "1 問、正解 0" in screen_text(app)
        assert "› 続ける" in screen_text(app)
    later = desk.setup.now().replace(day=4)
    async with desk.app(now=lambda: later) as (app, pilot):
        assert "復習 1   " in screen_text(app)
        assert "1 / 3    今日 1" in screen_text(app)


async def test_a_small_terminal_gets_a_notice_until_it_grows(desk):
    async with desk.app() as (app, pilot):
        await pilot.resize_terminal(39, 24)
        await pilot.act()
        assert isinstance(app.screen, TooSmall)
        assert "39×24" in screen_text(app).replace("\n", "")
        await pilot.resize_terminal(40, 16)
        await pilot.act()
        assert isinstance(app.screen, HomeScreen)


async def test_a_terminal_that_is_small_from_the_start_gets_the_notice_too(desk):
    async with desk.app(size=(30, 10), newcomer=True) as (app, pilot):
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await pilot.act()
        assert not isinstance(app.screen, TooSmall)


async def test_a_broken_page_is_told_with_its_place_and_the_others_still_work(desk):
    page = desk.folder / "content" / "ja" / "losses" / "broken.md"
    page.write_text("# 題\n\n## 問\n\n問う。\n\n```yaml key\nid: b\nkind: nonsense\n```\n", encoding="utf-8")
    async with desk.app() as (app, pilot):
        shown = screen_text(app)
        assert "! ページの問題点 1 件" in shown
        assert "損失関数" in shown
        await pilot.act("end", "enter")
        assert "broken.md:9:7" in screen_text(app).replace("\n", "").replace(" ", "")


async def test_a_data_folder_that_takes_no_files_is_told_before_the_first_question(desk):
    desk.setup.data.write_text("a file where a folder should be", encoding="utf-8")
    async with desk.app() as (app, pilot):
        assert "--data DIR" in screen_text(app)
        await pilot.act("s")
        assert isinstance(app.screen, HomeScreen)


async def test_a_newcomer_is_asked_for_exam_and_minutes_and_may_try_an_answer(desk):
    async with desk.app(newcomer=True) as (app, pilot):
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.act(*"２０２６／１１／８", "enter", "backspace", "backspace", *"３５", "enter", *"1/3")
        assert "───" in screen_text(app)
        await pilot.act("enter")
        assert isinstance(app.screen, HomeScreen)
        assert "試験まで 6 日" in screen_text(app)
    settings = json.loads((desk.setup.data / "settings.json").read_text(encoding="utf-8"))
    assert settings["exam_date"] == "2026-11-08"
    assert settings["minutes"] == 35
    assert desk.attempts() == []


async def test_the_welcome_is_skipped_with_esc_and_keeps_nothing(desk):
    async with desk.app(newcomer=True, keys=(*"2026", "escape")) as (app, _):
        assert isinstance(app.screen, HomeScreen)
    assert not (desk.setup.data / "settings.json").exists()


async def test_what_was_confirmed_on_the_welcome_is_kept_when_it_is_skipped(desk):
    keys = (*"2027/5/7", "enter", "backspace", "backspace", *"55", "escape")
    async with desk.app(newcomer=True, keys=keys) as (app, _):
        assert isinstance(app.screen, HomeScreen)
        assert "試験まで 186 日" in screen_text(app)
    settings = json.loads((desk.setup.data / "settings.json").read_text(encoding="utf-8"))
    assert settings == {"exam_date": "2027-05-07"}


async def test_a_date_that_is_none_is_asked_for_again(desk):
    async with desk.app(newcomer=True, keys=(*"2026-13-01", "enter")) as (app, _):
        assert app.focused is app.screen.query_one("#exam_date", Input)
        assert "日付として読めません" in screen_text(app)


async def test_the_last_field_does_not_drop_a_date_that_cannot_be_read(desk):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.press(*"2026-13-01")
        await pilot.click("#practice")
        await pilot.act("enter")
        assert isinstance(app.screen, WelcomeScreen)
        assert "日付として読めません" in screen_text(app)


@pytest.mark.parametrize(("text", "warned"), [("2026-11-01", True), ("2026-11-02", False), ("2026-11-03", False)])
async def test_an_exam_that_is_past_is_taken_with_a_warning(desk, text, warned):
    async with desk.app(newcomer=True, keys=(*text, "enter")) as (app, _):
        assert app.focused is app.screen.query_one("#minutes", Input)
        assert (f"{text} はもう過ぎた日です" in screen_text(app)) is warned


async def test_the_example_of_an_exam_date_lies_ahead_of_the_clock(desk):
    later = desk.setup.now().replace(year=2031)
    async with desk.app(newcomer=True, now=lambda: later) as (app, pilot):
        assert "例: 2032-01-31" in screen_text(app)
        await pilot.act("x", "enter")
        assert "2032-01-31 のように" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_signs_of_a_page_that_a_terminal_obeys_are_shown_and_never_sent(desk, size):
    hostile = "\x1b]0;x\x07\u202e\u200b\x9b31m"
    for plain in ("半分の二乗誤差", "値を求める", "残差"):
        desk.edit(plain, f"{plain}{hostile}")
    answer = desk.kernel.answer

    def hostile_answer(request):
        reply = answer(request)
        return replace(reply, heading=f"問{hostile}", prompt=hostile) if isinstance(reply, Question) else reply

    desk.kernel.answer = hostile_answer
    async with desk.app(size=size) as (app, pilot):
        for keys in ((), PAGE, ("c",), ("escape", "e"), ("1", hostile[0], "\u202e")):
            await pilot.act(*keys)
            shown = screen_text(app)
            assert not UNSEEN.search(shown), keys
            assert max(cells(line) for line in shown.split("\n")) <= size[0]
