"""Pages as they are read: broken ones, untranslated ones, and text that must stay text."""

from __future__ import annotations

import pytest

from studyapp.kernel.messages import KernelFailure
from studyapp.screens.question import QuestionScreen
from studyapp.screens.topic import TopicScreen
from tests.screens.screenshots import screen_text


async def open_topic(app, pilot, settled, steps=1):
    await pilot.press(*["j"] * steps, "enter")
    await settled(app, pilot)
    assert isinstance(app.screen, TopicScreen)


async def test_a_page_is_set_with_its_formulas_tables_and_exercises(desk, settled):
    async with desk.app(size=(80, 40)) as (app, pilot):
        await open_topic(app, pilot, settled)
        shown = screen_text(app)
    assert "∑" in shown
    assert "$" not in shown
    assert "予測の第 k 成分で、ネットワークの出力" in shown
    assert "▷ 問題: 値を求める" in shown


@pytest.mark.parametrize("key", ["e", "enter", "ｅ"])
async def test_a_key_starts_the_exercises(desk, settled, key):
    async with desk.app() as (app, pilot):
        await open_topic(app, pilot, settled)
        await pilot.press(key)
        await settled(app, pilot)
        assert isinstance(app.screen, QuestionScreen)
        assert [turn.exercise for turn in app.screen.sitting.round.turns] == [
            "half-value",
            "half-slope",
            "half-meaning",
        ]


async def test_a_page_scrolls_by_the_usual_keys(desk, settled):
    async with desk.app(size=(60, 16)) as (app, pilot):
        await open_topic(app, pilot, settled)
        for down, up in [
            ("down", "up"),
            ("j", "k"),
            ("space", "b"),
            ("pagedown", "pageup"),
            ("G", "g"),
            ("end", "home"),
        ]:
            await pilot.press(down)
            await settled(app, pilot)
            assert app.screen.body.scroll_y > 0, down
            await pilot.press(up)
            await settled(app, pilot)
            assert app.screen.body.scroll_y == 0, up


async def test_a_page_without_translation_says_so(desk_in, settled):
    async with desk_in("en").app() as (app, pilot):
        await open_topic(app, pilot, settled, 2)
        assert "This page is in Japanese only." in screen_text(app)


async def test_a_page_that_has_become_broken_is_told_with_places(desk, settled):
    async with desk.app() as (app, pilot):
        page = desk.folder / "content" / "ja" / "losses" / "half.md"
        page.write_text(page.read_text(encoding="utf-8").replace("kind: number", "kind: nonsense"), encoding="utf-8")
        await open_topic(app, pilot, settled)
        shown = screen_text(app).replace("\n", "").replace(" ", "")
        assert "×このページには直すところがあります" in shown
        assert "half.md:23:7" in shown


async def test_markup_and_escape_sequences_in_a_page_stay_text(desk, settled):
    page = desk.folder / "content" / "ja" / "losses" / "half.md"
    text = page.read_text(encoding="utf-8").replace("予測 $y$", "[bold red]赤[/] [@click=app.quit]押す[/] $y$", 1)
    page.write_text(text, encoding="utf-8")
    async with desk.app(size=(100, 30)) as (app, pilot):
        await open_topic(app, pilot, settled)
        shown = screen_text(app)
    assert "[bold red]赤[/]" in shown
    assert "[@click=app.quit]押す[/]" in shown


async def test_markup_in_an_answer_stays_text(desk, settled):
    async with desk.app(size=(100, 30)) as (app, pilot):
        await pilot.press("j", "e")
        await settled(app, pilot)
        await pilot.press(*"[b]1[/b]\N{RIGHT-TO-LEFT OVERRIDE}")
        await pilot.press("enter")
        await settled(app, pilot)
        shown = screen_text(app)
    assert "[b]1[/b]" in shown
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


async def test_a_page_is_set_anew_when_the_terminal_changes(desk, settled):
    async with desk.app(size=(100, 30)) as (app, pilot):
        await open_topic(app, pilot, settled)
        wide = screen_text(app)
        await pilot.resize_terminal(44, 30)
        await settled(app, pilot)
        narrow = screen_text(app)
    assert wide != narrow
    assert "残差を二乗すれば符号が消え" in narrow.replace("\n", "").replace(" ", "")


FIGURE = """```yaml figure
curves:
  - y**2
over: {y: 0..1}
```

図: 二乗の曲線。

## 値を求める
"""


def with_figure(desk):
    page = desk.folder / "content" / "ja" / "losses" / "half.md"
    page.write_text(page.read_text(encoding="utf-8").replace("## 値を求める\n", FIGURE, 1), encoding="utf-8")


async def test_a_figure_is_drawn_from_the_kernels_points(desk, settled):
    with_figure(desk)
    async with desk.app(size=(80, 50)) as (app, pilot):
        await open_topic(app, pilot, settled)
        shown = screen_text(app)
    assert any(0x2800 < ord(sign) < 0x2900 for sign in shown)
    assert "図: 二乗の曲線。" in shown


async def test_a_figure_that_cannot_be_drawn_leaves_the_page_readable_and_is_tried_again_with_r(desk, settled):
    with_figure(desk)
    desk.kernel.failures.append(KernelFailure("the kernel has stopped"))
    async with desk.app(size=(80, 50)) as (app, pilot):
        await open_topic(app, pilot, settled)
        shown = screen_text(app)
        assert "the kernel has stopped" in shown
        assert "図: 二乗の曲線。" in shown
        await pilot.press("r")
        await settled(app, pilot)
        assert any(0x2800 < ord(sign) < 0x2900 for sign in screen_text(app))


class TestTheContentsOfAPage:
    async def test_start_the_exercise_that_is_picked(self, desk, settled):
        async with desk.app(size=(60, 16)) as (app, pilot):
            await open_topic(app, pilot, settled)
            await pilot.press("c")
            await settled(app, pilot)
            assert "▷ 正しい説明を選ぶ" in screen_text(app)
            await pilot.press("G", "enter")
            await settled(app, pilot)
            assert isinstance(app.screen, QuestionScreen)
            assert app.screen.sitting.question.exercise == "half-meaning"
            await pilot.press("escape")
            await settled(app, pilot)
            assert isinstance(app.screen, TopicScreen)

    async def test_lead_to_the_heading_that_is_picked(self, desk, settled):
        async with desk.app(size=(60, 16)) as (app, pilot):
            await open_topic(app, pilot, settled)
            await pilot.press("G")
            assert app.screen.body.scroll_y > 0
            await pilot.press("c", "enter")
            await settled(app, pilot)
            assert isinstance(app.screen, TopicScreen)
            assert app.screen.body.scroll_y == 0

    async def test_leave_the_page_where_it_was_when_they_are_closed(self, desk, settled):
        async with desk.app(size=(60, 16)) as (app, pilot):
            await open_topic(app, pilot, settled)
            await pilot.press("c", "j", "escape")
            await settled(app, pilot)
            assert isinstance(app.screen, TopicScreen)
            assert app.screen.body.scroll_y == 0

    async def test_stand_beside_the_page_on_a_wide_terminal_and_take_clicks(self, desk, settled):
        async with desk.app(size=(120, 20)) as (app, pilot):
            await open_topic(app, pilot, settled)
            rows = app.screen.query_one("#contents")
            assert rows.display
            await pilot.press("G")
            await pilot.click("#contents", offset=(6, 0))
            await settled(app, pilot)
            assert app.screen.body.scroll_y == 0
            await pilot.click("#contents", offset=(6, len(rows._rows) - 1))
            await settled(app, pilot)
            assert isinstance(app.screen, QuestionScreen)

    async def test_are_not_beside_it_on_a_narrow_one(self, desk, settled):
        async with desk.app(size=(80, 24)) as (app, pilot):
            await open_topic(app, pilot, settled)
            assert app.screen.query_one("#beside").styles.display == "none"


async def test_a_page_counts_skills_and_exercises_as_home_does(desk, settled):
    async with desk.app() as (app, pilot):
        home = screen_text(app)
        assert "技能\n" in home
        assert "0 / 3" in home
        await open_topic(app, pilot, settled)
        assert "技能 0 / 3   問題 3" in screen_text(app).split("\n")[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 20)])
async def test_a_page_without_questions_offers_none_and_counts_none(desk, settled, size):
    sheet = desk.folder / "content" / "ja" / "losses" / "sheet.md"
    sheet.write_text("---\nitem: [13]\n---\n# 公式のまとめ\n\n式だけのページ。\n", encoding="utf-8")
    async with desk.app(size=size) as (app, pilot):
        (row,) = [line for line in screen_text(app).split("\n") if "公式のまとめ" in line]
        assert "未着手" not in row
        assert "0 / 0" not in row
        await pilot.press(*"/公式のまとめ", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, TopicScreen)
        assert "問題なし" in screen_text(app).split("\n")[0]
        assert "e 問題" not in screen_text(app)
        await pilot.press("e")
        await settled(app, pilot)
        assert isinstance(app.screen, TopicScreen)
