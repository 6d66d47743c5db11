"""Home as a dashboard: the day, the weeks, what comes next, the areas, and the chosen page beside the list."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from studyapp.domain.text import set_language
from studyapp.domain.verdict import Attempt, Help, Mode, Outcome, Part
from studyapp.scheduling import study_day
from studyapp.screens.board import Room
from studyapp.screens.exam.start import ExamStartScreen
from studyapp.screens.homeday import LOWEST, Step, Today, day_rows, noted
from studyapp.screens.homeview import home_view
from studyapp.screens.question import QuestionScreen
from studyapp.screens.state import AppState
from studyapp.screens.topic import TopicScreen
from studyapp.typeset.document import plain_text
from studyapp.typeset.width import cells
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text

SKILLS = ("half-value", "half-slope", "half-meaning", "absolute")
AMBIGUOUS = "─│━┃┌┐└┘├┤█▌▏▀▄▒▓■□●○◯◎•·▶▷◆◇★☆▲△→←↑↓…‥—–×÷±“”§°▰▱▬✓✗⎯⏎"
"""Signs that some terminals take for wide ones, or many fonts lack."""
DAY = Today(
    goal=30,
    spent=12,
    answered=9,
    right=7,
    streak=6,
    heat=tuple(number % 5 / 4 for number in range(49)),
    ahead=(9, 4, 7, 3, 5, 2, 6, 1, 4, 2, 0, 3, 1, 2),
    steps=(Step("?practice", "続ける", "復習 7   間違い直し 2   新しい技能 3", "あと約 18 分", "s"),),
    following="交差エントロピー誤差 » one-hot の正解に対する損失",
)


def answered(desk, *, days: int = 0, minutes: int = 1, right: bool = True, skills=SKILLS) -> None:
    """An answer on each skill, some days ago."""
    now = desk.setup.now() - timedelta(days=days)
    with AppState.open(desk.setup, desk.kernel).history as history:
        for skill in skills:
            outcome = Outcome.CORRECT if right else Outcome.WRONG
            part = Part("answer", skill, "1", outcome, None if right else "factor", Help.NONE)
            topic = "losses/absolute" if skill == "absolute" else "losses/half"
            attempt = Attempt(
                exercise=skill,
                topic=topic,
                seed=days,
                version="1",
                prompt="?",
                parts=(part,),
                active_ms=minutes * 60_000,
                mode=Mode.MIXED,
            )
            history.record(attempt, at=now, day=study_day(now))


def with_settings(desk, **settings) -> None:
    desk.setup.data.mkdir(exist_ok=True)
    (desk.setup.data / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


def shown(rows, width: int) -> list[str]:
    """The texts of rows, each made for a width."""
    return [plain_text((row.parts(width) if callable(row.parts) else row.parts,)) for row in rows]


def test_the_day_block_says_how_far_the_day_is_what_to_do_and_how_the_weeks_went():
    rows = list(day_rows(DAY, Room(80, 80, 0, LOWEST), acts=True, shaded=True, ascii_only=False))
    bar, step, following, blank, weeks = shown(rows, 76)
    assert bar.startswith("今日の 30 分   ▪▪▪▪▪▪▪▪▫▫▫▫▫▫▫▫▫▫▫▫    12 分   9 問、正解 7")
    assert bar.endswith("連続 6 日")
    assert step.startswith("続ける       復習 7   間違い直し 2")
    assert step.endswith("あと約 18 分")
    assert following == "  次は 交差エントロピー誤差 » one-hot の正解に対する損失"
    assert not blank
    assert weeks.startswith("この 4 週間    ▪▪▪▪▫▪▪ ")
    assert weeks.endswith("この先 7 日  9 4 7 3 5 2 6")
    assert {row.edge for row in rows[:3]} == {"mark"}
    assert not any(row.edge for row in rows[3:])


def test_a_day_that_is_done_says_so_in_its_edge_and_in_words():
    done = replace(DAY, ended="次の復習は 明日 9 件")
    rows = list(day_rows(done, Room(80, 80, 0, LOWEST), acts=True, shaded=True, ascii_only=False))
    assert "〇 今日の分は終わりました   9 問、正解 7" in shown(rows, 76)[1]
    assert {row.edge for row in rows[:4]} == {"good"}
    plain = list(day_rows(done, Room(80, 80, 0, LOWEST), acts=False, shaded=True, ascii_only=True))
    assert not any(row.edge for row in plain)
    assert all(not set("〇▪▫") & set(line) for line in shown(plain, 72))


def test_a_low_or_narrow_terminal_has_no_row_of_weeks_and_a_row_for_what_a_step_holds():
    low = list(day_rows(DAY, Room(80, 80, 0, LOWEST - 1), acts=True, shaded=True, ascii_only=False))
    narrow = list(day_rows(DAY, Room(40, 40, 0, LOWEST), acts=True, shaded=True, ascii_only=False))
    assert len(low) == 3
    assert shown(narrow, 32)[2] == "  復習 7   間違い直し 2   新しい技能 3"


def test_a_note_gives_way_where_there_is_no_room_for_it():
    make = noted(DAY.steps and (), "note", "more")
    assert plain_text((make(20),)) == "more            note"
    assert plain_text((make(7),)) == "   note"
    assert not plain_text((make(4),))


@pytest.mark.parametrize("size", [(40, 16), (80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_home_has_no_sign_that_may_be_wide_no_row_over_its_width_and_one_edge_at_most(
    desk_in, language, size, ascii_only
):
    desk = desk_in(language)
    answered(desk, days=3)
    answered(desk, skills=SKILLS[:1])
    async with desk.app(size=size, keys="j", ascii_only=ascii_only) as (app, _):
        lines = screen_text(app).split("\n")
        pane = app.screen.rows.room.list
    assert not set("".join(lines[:-1])) & set(AMBIGUOUS if size[0] < 110 else "…→×")
    assert max(map(cells, lines)) <= size[0]
    edges = [number for number, line in enumerate(lines) if line.startswith("|" if ascii_only else "▐")]
    assert edges == list(range(edges[0], edges[-1] + 1))
    assert pane <= size[0]


async def test_what_enter_does_follows_the_cursor_and_the_session_keeps_its_key(desk):
    async with desk.app() as (app, pilot):
        assert "› 始める       新しい技能 4（先に読みます）" in screen_text(app)
        assert screen_text(app).split("\n")[-1].startswith("  Enter 始める")
        await pilot.act(*FIRST)
        assert "s 始める" in screen_text(app)
        assert screen_text(app).split("\n")[-1].startswith("  Enter 読む   s 始める   e 問題")


async def test_l_opens_an_area_and_h_closes_it_from_any_of_its_pages(desk):
    async with desk.app(keys=(*FIRST, "j", "h")) as (app, pilot):
        assert "› 損失関数" in screen_text(app)
        assert "半分の二乗誤差  " not in screen_text(app)
        await pilot.act("l")
        assert "半分の二乗誤差  " in screen_text(app)
        await pilot.act("enter", "enter", "j", "enter")
        assert isinstance(app.screen, TopicScreen)
        await pilot.act("escape")
        assert "› " in next(line for line in screen_text(app).split("\n") if "半分の二乗誤差  " in line)


async def test_the_rest_of_an_area_is_a_row_that_shows_it(desk):
    for number in range(20):
        page = desk.folder / "content" / "ja" / "losses" / f"more-{number:02}.md"
        page.write_text(f"---\nitem: [40]\n---\n# 続きのページ {number:02}\n\n本文。\n", encoding="utf-8")
    async with desk.app() as (app, pilot):
        assert re.search("ほか [0-9]+ ページ", screen_text(app))
        await pilot.act("end", "enter")
        assert "ほか" not in screen_text(app)
        assert "›   続きのページ" in screen_text(app)
        await pilot.act("end")
        assert "›   続きのページ 19" in screen_text(app)
        await pilot.act("home")
        assert "今日の 20 分" in screen_text(app)


async def test_a_course_beside_the_shipped_one_is_an_area_of_its_own(desk, tmp_path):
    page = tmp_path / "seminar" / "ja" / "losses" / "own.md"
    page.parent.mkdir(parents=True)
    page.write_text("# ゼミの課題\n\n本文。\n", encoding="utf-8")
    async with desk.app(content=(*desk.setup.content, tmp_path / "seminar")) as (app, _):
        lines = screen_text(app).split("\n")
    areas = [line.split()[1] for line in lines if line.startswith(("  + ", "  - "))]
    assert areas == ["損失関数", "seminar"]


async def test_once_the_day_is_done_home_offers_more_and_slips_that_wait(desk):
    with_settings(desk, minutes=1, exam_date=None)
    answered(desk, days=2, right=False, skills=SKILLS[:1])
    answered(desk, skills=SKILLS[1:2])
    async with desk.app(size=(80, 30)) as (app, pilot):
        shown = screen_text(app)
        assert "今日の分は終わりました" in shown
        assert "› もっと" in shown
        assert "苦手" in shown
        assert "factor" not in shown
        await pilot.act("j", "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert "間違い直し" in screen_text(app).split("\n")[0]


async def test_where_every_skill_was_met_today_s_leads_to_the_mock_exam(desk):
    with_settings(desk, minutes=1)
    answered(desk)
    async with desk.app() as (app, pilot):
        assert "今日は、どの技能にも出会いました" in screen_text(app)
        await pilot.act("s")
        assert isinstance(app.screen, ExamStartScreen)


async def test_beside_the_list_stand_the_beginning_of_the_page_and_its_skills_with_levels(desk):
    answered(desk, days=1, skills=SKILLS[:1])
    async with desk.app(size=(120, 30), keys=FIRST[1:]) as (app, pilot):
        await pilot.act()
        shown = screen_text(app)
        lines = [line[50:] for line in shown.split("\n")]
    assert any("半分の二乗誤差" in line and "約 1 分" in line for line in lines)
    assert any("残差" in line for line in lines)
    assert any("値を求める" in line and "▪▪▫" in line for line in lines)
    assert any("微分を求める" in line and "▫▫▫" in line for line in lines)


async def test_a_page_that_is_gone_leaves_the_pane_empty(desk):
    async with desk.app(size=(120, 30)) as (app, pilot):
        for page in (desk.folder / "content").rglob("*.md"):
            page.unlink()
        await pilot.act(*FIRST)
        assert "絶対誤差" in screen_text(app)


def test_days_in_a_row_end_today_or_yesterday(desk):
    for days in (1, 2, 3, 5):
        answered(desk, days=days, skills=SKILLS[:1])
    with AppState.open(desk.setup, desk.kernel).history as history:
        today = study_day(desk.setup.now())
        assert [history.streak(today - timedelta(days=ago)) for ago in range(-1, 7)] == [0, 3, 3, 2, 1, 1, 1, 0]


def test_the_areas_that_are_open_are_those_that_are_needed_and_fit(desk):
    set_language("ja")
    answered(desk, days=9)
    state = AppState.open(desk.setup, desk.kernel)
    view = home_view(state)
    assert view.opened(Room(80, 80, 0, 40)) == {"losses": 2}
    assert view.opened(Room(80, 80, 0, 7)) == {}
    state.history.close()
