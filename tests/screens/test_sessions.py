"""The session of the day, its summary, and placement, as they are done in the app."""

import pytest

from studyapp.screens.base import DUE, PLACEMENT
from studyapp.screens.exam.start import ExamStartScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.lesson import LessonScreen
from studyapp.screens.progress import ProgressScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.summary import TOMORROW, SummaryScreen
from studyapp.screens.topic import TopicScreen
from tests.screens.conftest import Clock
from tests.screens.screenshots import screen_text


@pytest.fixture
def clock(desk) -> Clock:
    return Clock(desk.setup.now())


async def answer(pilot, *, right: bool, then: str = "n") -> None:
    """Answer the question that is on, right or wrong, and go on to the next."""
    await pilot.answer("0.18" if right else "0.36")
    await pilot.act(then)
    await pilot.read()


@pytest.fixture
def known(desk, clock):
    """A history in which two skills were met, two weeks ago."""

    async def made() -> None:
        async with desk.app(now=clock) as (_, pilot):
            await pilot.learn()
            for _ in range(4):
                await answer(pilot, right=True)
        clock.forward(days=14)

    return made


async def test_a_new_skill_is_asked_until_two_in_a_row_are_right_and_then_the_next(desk):
    async with desk.app() as (app, pilot):
        await pilot.learn()
        for right in (True, False, True, True):
            await answer(pilot, right=right)
        assert app.screen.sitting.round.turn.exercise == "half-slope"
    kept = desk.answers()
    assert [body["exercise"] for body in kept] == ["half-value"] * 4
    assert [body["mode"] for body in kept] == ["new"] * 4
    assert len({body["seed"] for body in kept}) == 4


async def test_what_is_due_is_asked_mixed_and_a_miss_comes_back_as_a_fresh_question(desk, known, clock):
    await known()
    async with desk.app(now=clock) as (app, pilot):
        await pilot.learn()
        first = app.screen.sitting.round.turn
        assert app.screen.sitting.count == 2 + 2 * 2
        await answer(pilot, right=False)
        assert app.screen.sitting.count == 3 + 2 * 2
        assert app.screen.sitting.round.turn.exercise != first.exercise
        for _ in range(5):
            await answer(pilot, right=True)
        again = app.screen.sitting.round.turn
        assert "値を求める" not in screen_text(app)
    assert again.exercise == first.exercise
    assert again.seed != first.seed
    assert [body["mode"] for body in desk.answers()[-6:]] == ["mixed", "mixed", "new", "new", "new", "new"]


async def test_a_session_is_left_and_taken_up_again_with_its_unfinished_answer(desk):
    async with desk.app() as (app, pilot):
        await pilot.learn()
        await pilot.act(*"0.1", "escape")
        assert "› 続ける       新しい技能 4" in screen_text(app)
        await pilot.act("enter")
        assert app.screen.input.value == "0.1"
    async with desk.app() as (app, pilot):
        assert "› 始める       新しい技能 4" in screen_text(app), "nothing was answered, so all of it is still to come"


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_a_session_ends_with_its_summary_and_leads_on(desk, known, clock, key):
    await known()
    desk.setup.data.joinpath("settings.json").write_text('{"minutes": 1}', encoding="utf-8")
    async with desk.app(now=clock) as (app, pilot):
        await pilot.learn()
        await answer(pilot, right=True)
        await pilot.act(*"0.36", "enter")
        clock.forward(seconds=61)
        await pilot.act(key)
        assert isinstance(app.screen, SummaryScreen)
        shown = screen_text(app)
        assert "時間になりました。残りの 1 問" in shown
        assert "2 件のうち 1 件が正解（50%）" in shown
        assert "学習済み → 学習中" in shown
        await pilot.act("p")
        assert isinstance(app.screen, ProgressScreen)
        await pilot.act("escape", "o")
        assert isinstance(app.screen, TopicScreen)
        await pilot.act("escape", "enter")
        assert isinstance(app.screen, QuestionScreen), "there is more to do today, so it goes on"


async def test_time_that_passes_before_a_question_is_answered_ends_nothing_in_its_middle(desk, clock):
    desk.setup.data.mkdir()
    desk.setup.data.joinpath("settings.json").write_text('{"minutes": 5}', encoding="utf-8")
    async with desk.app(now=clock) as (app, pilot):
        await pilot.learn()
        clock.forward(minutes=5)
        await pilot.act(*"0.18", "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert len(desk.answers()) == 1
        assert app.screen.sitting.over


async def test_after_the_last_question_of_the_day_home_says_that_it_is_done(desk):
    async with desk.app(size=(80, 40)) as (app, pilot):
        await pilot.learn()
        for _ in range(8):
            await answer(pilot, right=True)
        assert isinstance(app.screen, SummaryScreen)
        assert screen_text(app).count("未学習 → 学習済み") == 4
        await pilot.act("enter")
        assert isinstance(app.screen, HomeScreen)
        assert "今日の分は終わりました" in screen_text(app)
        await pilot.act("s")
        assert isinstance(app.screen, ExamStartScreen), "every skill was met: a mock exam is what there is more to do"


async def test_an_answer_that_was_taken_back_is_asked_again(desk):
    async with desk.app() as (app, pilot):
        await pilot.learn()
        await answer(pilot, right=True, then="u")
        await pilot.act("n")
        assert app.screen.sitting.round.turn.exercise == "half-value"
        assert app.screen.sitting.count == 1 + 8


@pytest.mark.parametrize("key", ["l", "ｌ"])
async def test_a_newcomer_is_offered_a_placement_that_skips_what_is_known(desk, key):
    async with desk.app() as (app, pilot):
        assert "実力確認" in screen_text(app)
        await pilot.act(key)
        assert app.screen.sitting.name == PLACEMENT
        assert "値を求める" not in screen_text(app), "a heading may tell the method"
        await answer(pilot, right=True)
        await answer(pilot, right=True)
        assert "とばせる技能 1" in screen_text(app)
        await answer(pilot, right=False)
        await pilot.act("escape")
        assert "新しい技能 3" in screen_text(app)
    assert [body["mode"] for body in desk.bodies()] == ["placement", "placed", "placement"]


async def test_a_placement_is_offered_on_the_first_day_only(desk, known, clock):
    await known()
    async with desk.app(now=clock) as (app, pilot):
        assert "実力確認" not in screen_text(app)
        await pilot.act("l")
        assert isinstance(app.screen, HomeScreen)


async def test_a_session_of_yesterday_gives_way_to_that_of_today(desk, clock):
    async with desk.app(now=clock) as (app, pilot):
        await pilot.learn()
        yesterday = app.screen.sitting
        await pilot.press("escape")
        clock.forward(days=1)
        await pilot.learn()
        assert app.screen.sitting is not yesterday
        assert app.screen.sitting.name == DUE


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_session_and_summary_hold_at_every_size(desk_in, size, language):
    desk = desk_in(language)
    async with desk.app(size=size) as (app, pilot):
        await pilot.learn()
        for _ in range(8):
            await answer(pilot, right=True)
        assert isinstance(app.screen, SummaryScreen)
        assert TOMORROW() in screen_text(app)


async def test_a_new_skill_is_taught_before_it_is_asked_and_the_time_is_kept(desk, clock):
    async with desk.app(now=clock) as (app, pilot):
        await pilot.act("s")
        shown = screen_text(app)
        assert "新しい技能   値を求める" in shown
        assert "予測 y と正解 t の差を残差という。" in shown
        clock.forward(seconds=40)
        await pilot.act("enter")
        assert isinstance(app.screen, QuestionScreen)
        assert app.screen.sitting.seen == 40_000
        await answer(pilot, right=True)
        assert isinstance(app.screen, QuestionScreen), "it is taught once"
        await pilot.answer("0.18")
        await pilot.act("n")
        assert isinstance(app.screen, LessonScreen), "and the next skill in its turn"
    lesson, *attempts = desk.bodies()
    assert (lesson["skill"], lesson["active_ms"]) == ("half-value", 40_000)
    assert [attempt["hints"] for attempt in attempts] == [0, 0]


async def test_a_lesson_that_is_left_comes_again_and_one_that_is_put_off_does_not(desk):
    async with desk.app() as (app, pilot):
        await pilot.act("s", "escape")
        assert isinstance(app.screen, HomeScreen)
        await pilot.act("s")
        assert app.screen.entry.skill == "half-value"
        await pilot.act("o")
        assert isinstance(app.screen, TopicScreen)
        await pilot.act("escape", "z")
        assert app.screen.entry.skill == "half-slope"
        await pilot.act("z", "z", "z")
        assert isinstance(app.screen, HomeScreen)
    assert desk.attempts() == []


async def test_the_figures_of_a_lesson_work(desk):
    desk.edit("## ", "```yaml figure\ncurves:\n  - y^2\nover: {y: 0..1}\n```\n\n図: 二乗。\n\n## ")
    async with desk.app(size=(80, 40)) as (app, pilot):
        await pilot.act("s", "f", "l")
        assert "y = 0.51" in screen_text(app)
        await pilot.act("escape", "enter")
        assert isinstance(app.screen, QuestionScreen)
