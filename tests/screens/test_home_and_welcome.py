"""Home and the first screen of a new learner."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from textual.widgets import Input

from studyapp.domain.question import Question
from studyapp.screens.home import HomeScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.toosmall import TooSmall
from studyapp.screens.topic import TopicScreen
from studyapp.screens.welcome import WelcomeScreen, read_date, read_minutes
from studyapp.typeset.width import UNSEEN, cells
from tests.screens.screenshots import screen_text


async def test_nothing_has_the_focus_on_home(desk, settled):
    async with desk.app() as (app, _):
        assert isinstance(app.screen, HomeScreen)
        assert app.focused is None


async def test_home_lists_the_topics_in_reading_order_with_their_state_in_words(desk, settled):
    async with desk.app() as (app, _):
        shown = screen_text(app)
    assert shown.index("半分の二乗誤差") < shown.index("絶対誤差")
    assert shown.count("未着手") == 2


@pytest.mark.parametrize("key", ["enter", "s", "ｓ"])
async def test_enter_on_the_first_row_and_s_start_practice_also_with_the_input_method_on(desk, settled, key):
    async with desk.app() as (app, pilot):
        await pilot.press(key)
        await settled(app, pilot)
        assert isinstance(app.screen, QuestionScreen)


@pytest.mark.parametrize("keys", [("down", "enter"), ("j", "enter"), ("ｊ", "enter")])
async def test_a_topic_is_chosen_and_opened(desk, settled, keys):
    async with desk.app() as (app, pilot):
        await pilot.press(*keys)
        await settled(app, pilot)
        assert isinstance(app.screen, TopicScreen)
        assert app.screen.topic.id == "losses/half"


async def test_a_click_on_a_topic_opens_it(desk, settled):
    async with desk.app() as (app, pilot):
        await pilot.click("#rows", offset=(10, 5))
        await settled(app, pilot)
        assert isinstance(app.screen, TopicScreen)
        assert app.screen.topic.id == "losses/absolute"


async def test_q_quits(desk, settled):
    async with desk.app() as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app._exit
    assert desk.kernel.closed


async def test_what_was_answered_is_due_on_the_next_launch_and_told(desk, settled):
    async with desk.app() as (app, pilot):
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press(*"0.36", "enter")
        await settled(app, pilot)
        await pilot.press("escape")
        await settled(app, pilot)
        assert "今日 1 問" in screen_text(app)
    later = desk.setup.now().replace(day=4)
    async with desk.app(now=lambda: later) as (app, pilot):
        assert "復習 1 件" in screen_text(app)
        assert "学習中" in screen_text(app)


async def test_a_small_terminal_gets_a_notice_until_it_grows(desk, settled):
    async with desk.app() as (app, pilot):
        await pilot.resize_terminal(39, 24)
        await settled(app, pilot)
        assert isinstance(app.screen, TooSmall)
        assert "39×24" in screen_text(app).replace("\n", "")
        await pilot.resize_terminal(40, 16)
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_terminal_that_is_small_from_the_start_gets_the_notice_too(desk, settled):
    async with desk.app(size=(30, 10), newcomer=True) as (app, pilot):
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        assert not isinstance(app.screen, TooSmall)


async def test_a_broken_page_is_told_with_its_place_and_the_others_still_work(desk, settled):
    page = desk.folder / "content" / "ja" / "losses" / "broken.md"
    page.write_text("# 題\n\n## 問\n\n問う。\n\n```yaml key\nid: b\nkind: nonsense\n```\n", encoding="utf-8")
    async with desk.app() as (app, pilot):
        shown = screen_text(app)
        assert "× ページの問題点 1 件" in shown
        assert "半分の二乗誤差" in shown
        await pilot.press("end", "enter")
        await settled(app, pilot)
        assert "broken.md:9:7" in screen_text(app).replace("\n", "").replace(" ", "")


async def test_a_data_folder_that_takes_no_files_is_told_before_the_first_question(desk, settled):
    desk.setup.data.write_text("a file where a folder should be", encoding="utf-8")
    async with desk.app() as (app, pilot):
        assert "--data DIR" in screen_text(app)
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_newcomer_is_asked_for_exam_and_minutes_and_may_try_an_answer(desk, settled):
    async with desk.app(newcomer=True) as (app, pilot):
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press(*"２０２６／１１／８")
        await pilot.press("enter", "backspace", "backspace")
        await pilot.press(*"３５")
        await pilot.press("enter", *"1/3")
        await settled(app, pilot)
        assert "───" in screen_text(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "試験まで 6 日" in screen_text(app)
    settings = json.loads((desk.setup.data / "settings.json").read_text(encoding="utf-8"))
    assert settings["exam_date"] == "2026-11-08"
    assert settings["minutes"] == 35
    assert desk.attempts() == []


async def test_the_welcome_is_skipped_with_esc_and_keeps_nothing(desk, settled):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.press(*"2026", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
    assert not (desk.setup.data / "settings.json").exists()


async def test_what_was_confirmed_on_the_welcome_is_kept_when_it_is_skipped(desk, settled):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.press(*"2027/5/7", "enter", "backspace", "backspace", *"55", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "試験まで 186 日" in screen_text(app)
    settings = json.loads((desk.setup.data / "settings.json").read_text(encoding="utf-8"))
    assert settings == {"exam_date": "2027-05-07"}


async def test_the_last_field_does_not_drop_a_date_that_cannot_be_read(desk, settled):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.press(*"2026-13-01")
        await pilot.click("#practice")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, WelcomeScreen)
        assert "日付として読めません" in screen_text(app)


@pytest.mark.parametrize(("text", "warned"), [("2026-11-01", True), ("2026-11-02", False), ("2026-11-03", False)])
async def test_an_exam_that_is_past_is_taken_with_a_warning(desk, settled, text, warned):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.press(*text, "enter")
        await settled(app, pilot)
        assert app.focused is app.screen.query_one("#minutes", Input)
        assert (f"{text} はもう過ぎた日です" in screen_text(app)) is warned


async def test_the_example_of_an_exam_date_lies_ahead_of_the_clock(desk, settled):
    later = desk.setup.now().replace(year=2031)
    async with desk.app(newcomer=True, now=lambda: later) as (app, pilot):
        assert "例: 2032-01-31" in screen_text(app)
        await pilot.press("x", "enter")
        await settled(app, pilot)
        assert "2032-01-31 のように" in screen_text(app)


async def test_a_date_that_is_none_is_asked_for_again(desk, settled):
    async with desk.app(newcomer=True) as (app, pilot):
        await pilot.press(*"2026-13-01", "enter")
        await settled(app, pilot)
        assert app.focused is app.screen.query_one("#exam", Input)
        assert "日付として読めません" in screen_text(app)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-08", date(2026, 11, 8)),
        ("2026/11/8", date(2026, 11, 8)),
        ("２０２６年１１月８日", date(2026, 11, 8)),
        ("2026-02-30", None),
        ("11/8", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text, read):
    assert read_date(text) == read


@pytest.mark.parametrize(
    ("text", "read"), [("20", 20), (" ３０ ", 30), ("45分", 45), ("0", None), ("601", None), ("-5", None), ("x", None)]
)
def test_minutes_are_whole_numbers_from_1_to_600(text, read):
    assert read_minutes(text) == read


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_signs_of_a_page_that_a_terminal_obeys_are_shown_and_never_sent(desk, settled, size):
    hostile = "\x1b]0;x\x07\u202e\u200b\x9b31m"
    page = desk.folder / "content" / "ja" / "losses" / "half.md"
    text = page.read_text(encoding="utf-8")
    for plain in ("半分の二乗誤差", "値を求める", "残差"):
        text = text.replace(plain, f"{plain}{hostile}", 1)
    page.write_text(text, encoding="utf-8")
    plain_ask = desk.kernel.ask

    async def ask(request):
        reply = await plain_ask(request)
        return replace(reply, heading=f"問{hostile}", prompt=hostile) if isinstance(reply, Question) else reply

    desk.kernel.ask = ask
    async with desk.app(size=size) as (app, pilot):
        for keys in ((), ("j", "enter"), ("c",), ("escape", "e"), ("1", hostile[0], "\u202e")):
            await pilot.press(*keys)
            await settled(app, pilot)
            shown = screen_text(app)
            assert not UNSEEN.search(shown), keys
            assert max(cells(line) for line in shown.split("\n")) <= size[0]
