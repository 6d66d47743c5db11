"""Pages as they are read: broken ones, untranslated ones, and text that must stay text."""

import pytest

from studyapp.screens.question import QuestionScreen
from studyapp.screens.topic import TopicScreen
from tests.screens.conftest import FIRST, PAGE
from tests.screens.screenshots import screen_text

"""The keys that lead from home to the first page."""


async def test_a_page_is_set_with_its_formulas_tables_and_exercises(desk):
    async with desk.app(size=(80, 40), keys=PAGE) as (app, _):
        shown = screen_text(app)
    assert "∑" in shown
    assert "$" not in shown
    assert "予測の第 k 成分で、ネットワークの出力" in shown
    assert "▷ 問題: 値を求める" in shown


async def test_a_key_starts_the_exercises(desk):
    async with desk.app(keys=PAGE) as (app, pilot):
        for key in ("e", "enter", "ｅ"):
            await pilot.act(key)
            assert isinstance(app.screen, QuestionScreen)
            exercises = [turn.exercise for turn in app.screen.sitting.round.turns]
            assert exercises == ["half-value", "half-slope", "half-meaning"]
            await pilot.act("escape")
            assert isinstance(app.screen, TopicScreen)


async def test_a_page_scrolls_by_the_usual_keys(desk):
    async with desk.app(size=(60, 16), keys=PAGE) as (app, pilot):
        keys = {"down": "up", "j": "k", "space": "b", "pagedown": "pageup", "G": "g", "end": "home"}
        for down, up in keys.items():
            await pilot.act(down)
            assert app.screen.body.scroll_y > 0, down
            await pilot.act(up)
            assert app.screen.body.scroll_y == 0, up


async def test_a_page_without_translation_says_so(desk_in):
    async with desk_in("en").app(keys=("j", *PAGE)) as (app, _):
        assert "This page is in Japanese only." in screen_text(app)


async def test_a_page_that_has_become_broken_is_told_with_places(desk):
    async with desk.app() as (app, pilot):
        desk.edit("kind: number", "kind: nonsense")
        await pilot.act(*PAGE)
        shown = screen_text(app).replace("\n", "").replace(" ", "")
        assert "×このページには直すところがあります" in shown
        assert "half.md:23:7" in shown


async def test_markup_and_escape_sequences_in_a_page_stay_text(desk):
    desk.edit("予測 $y$", "[bold red]赤[/] [@click=app.quit]押す[/] $y$")
    async with desk.app(size=(100, 30), keys=PAGE) as (app, _):
        shown = screen_text(app)
    assert "[bold red]赤[/]" in shown
    assert "[@click=app.quit]押す[/]" in shown


async def test_markup_in_an_answer_stays_text(desk):
    async with desk.app(size=(100, 30), keys=(*FIRST, "e")) as (app, pilot):
        await pilot.act(*"[b]1[/b]\N{RIGHT-TO-LEFT OVERRIDE}", "enter")
        shown = screen_text(app)
    assert "[b]1[/b]" in shown
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


async def test_a_page_is_set_anew_when_the_terminal_changes(desk):
    async with desk.app(size=(100, 30), keys=PAGE) as (app, pilot):
        wide = screen_text(app)
        await pilot.resize_terminal(44, 30)
        await pilot.act()
        narrow = screen_text(app)
    assert wide != narrow
    assert "残差を二乗すれば符号が消え" in narrow.replace("\n", "").replace(" ", "")


class TestTheContentsOfAPage:
    async def test_lead_to_the_heading_or_start_the_exercise_that_is_picked(self, desk):
        async with desk.app(size=(60, 16), keys=PAGE) as (app, pilot):
            await pilot.press("G")
            assert app.screen.body.scroll_y > 0
            await pilot.act("c", "enter")
            assert isinstance(app.screen, TopicScreen)
            assert app.screen.body.scroll_y == 0
            await pilot.act("c", "j", "escape")
            assert isinstance(app.screen, TopicScreen)
            assert app.screen.body.scroll_y == 0, "closed, they leave the page where it was"
            await pilot.act("c")
            assert "▷ 正しい説明を選ぶ" in screen_text(app)
            await pilot.act("G", "enter")
            assert isinstance(app.screen, QuestionScreen)
            assert app.screen.sitting.current.question.exercise == "half-meaning"
            await pilot.act("escape")
            assert isinstance(app.screen, TopicScreen)

    async def test_stand_beside_the_page_on_a_wide_terminal_and_take_clicks(self, desk):
        async with desk.app(size=(120, 20), keys=PAGE) as (app, pilot):
            rows = app.screen.query_one("#contents")
            assert rows.display
            await pilot.press("G")
            await pilot.click("#contents", offset=(6, 0))
            assert app.screen.body.scroll_y == 0
            await pilot.click("#contents", offset=(6, len(rows._rows) - 1))
            assert isinstance(app.screen, QuestionScreen)

    async def test_are_not_beside_it_on_a_narrow_one(self, desk):
        async with desk.app(size=(80, 24), keys=PAGE) as (app, _):
            assert app.screen.query_one("#beside").styles.display == "none"


async def test_a_page_counts_skills_and_exercises_as_home_does(desk):
    async with desk.app() as (app, pilot):
        home = screen_text(app)
        assert "技能" in home
        assert "0 / 3" in home
        await pilot.act(*PAGE)
        assert "技能 0 / 3   問題 3" in screen_text(app).split("\n")[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 20)])
async def test_a_page_without_questions_offers_none_and_counts_none(desk, size):
    sheet = desk.folder / "content" / "ja" / "losses" / "sheet.md"
    sheet.write_text("---\nitem: [13]\n---\n# 公式のまとめ\n\n式だけのページ。\n", encoding="utf-8")
    async with desk.app(size=size) as (app, pilot):
        (row,) = [line for line in screen_text(app).split("\n") if "公式のまとめ" in line]
        assert "本文のみ" in row or size[0] < 80
        assert "0 / 0" not in row
        await pilot.act(*"/公式のまとめ", "enter")
        assert isinstance(app.screen, TopicScreen)
        assert "問題なし" in screen_text(app).split("\n")[0]
        assert "e 問題" not in screen_text(app)
        await pilot.act("e")
        assert isinstance(app.screen, TopicScreen)
