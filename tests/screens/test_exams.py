"""The mock exam in the app: nothing revealed before the end, everything kept at once, the clock on the wall."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.events import AppFocus

from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Offer
from studyapp.screens.actions import label
from studyapp.screens.exam.result import (
    KEY,
    LEFT,
    PRACTISE_WRONG,
    ExamResultScreen,
    ExamReviewScreen,
)
from studyapp.screens.exam.room import FLAG_UP, KEPT, LEAVE_TWICE, NOT_KEPT, SUBMIT_BLANK, ExamScreen
from studyapp.screens.exam.start import CLOSED, ExamStartScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.homeday import CLOCK_RUNS, EXAM_RUNS
from studyapp.screens.question import QuestionScreen
from studyapp.screens.topic import TopicScreen
from studyapp.study import mock
from studyapp.study.exam import RIGHT_WORD, TIME_OVER, WRONG_WORD
from studyapp.typeset.width import cells
from tests.screens.conftest import Clock
from tests.screens.screenshots import screen_text

SIZES = [(80, 24), (120, 40), (40, 20)]


@pytest.fixture
def exam_desk(desk_in):
    """A desk whose kernel draws a new question for every seed, and a clock that the test moves."""

    def make(language="ja"):
        desk = desk_in(language)
        plain = desk.kernel.ask

        async def ask(request):
            reply = await plain(request)
            if isinstance(request, Offer):
                sign = str(request.seed % 1000).translate(LETTERS)
                drawn = replace(reply.question, seed=request.seed, prompt=f"{reply.question.prompt} [{sign}]")
                return replace(reply, question=drawn)
            return reply

        desk.kernel.ask = ask
        desk.clock = Clock(desk.setup.now())
        desk.setup = replace(desk.setup, now=desk.clock)
        return desk

    return make


EXAM = ("x", "enter")
"""Keys that begin the short exam, the default."""
LETTERS = str.maketrans("0123456789", "abcdefghij")
"""Numbers alone make no other stem."""


def kept(desk):
    """The exam as the history has it, read as another process would."""
    return [line for line in desk.history.read_text(encoding="utf-8").splitlines() if '"exam' in line]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_screens_of_an_exam_look_as_they_did(exam_desk, snapshot, language, size):
    async with exam_desk(language).app(size=size) as (_app, pilot):
        await pilot.picture("start", "x")
        await pilot.picture("item", "enter")
        await pilot.picture("picked", "b")
        await pilot.picture("flagged", "enter", "m", "a")
        await pilot.picture("overview", "p")
        await pilot.picture("jump", "p", "n")
        await pilot.picture("last", *"36", "enter")
        await pilot.picture("asked to submit", "s")
        await pilot.picture("result", "s")
        await pilot.picture("review", "w")
        await pilot.picture("start again", "escape", "escape")
    assert pilot.pictures == snapshot


async def test_an_answer_and_a_flag_are_kept_the_moment_they_are_given(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        before = len(kept(desk))
        await pilot.act("b")
        assert KEPT(number=1, answer="b") in screen_text(app)
        assert len(kept(desk)) == before + 1
        await pilot.act("m")
        assert FLAG_UP(number=1) in screen_text(app)
        assert len(kept(desk)) == before + 2


async def test_an_option_is_picked_by_letter_or_number_full_width_too_where_it_is_there(exam_desk):
    async with exam_desk().app(keys=EXAM) as (app, pilot):
        for key, picked in (*zip("h8", ("", ""), strict=True), *zip("a2１ｂ1２", "ababab", strict=True)):
            await pilot.act(key)
            assert app.screen.taking.picked == tuple(picked), key


async def test_nothing_is_revealed_before_the_exam_is_submitted(exam_desk):
    desk = exam_desk()
    async with desk.app(size=(120, 40), keys=EXAM) as (app, pilot):
        seen = []
        for key in ("a", "enter", "b", "m", "p", "p", "s"):
            await pilot.act(key)
            seen.append(screen_text(app))
        items = app.screen.taking.exam.items
        secrets = {"0 の二乗は 0 である", RIGHT_WORD(), WRONG_WORD(), KEY()}
        assert all(item.solution for item in items)
        for text in seen:
            assert not [secret for secret in secrets if secret in text]
            assert "その半分が答え" not in text
        await pilot.act("s")
        await pilot.act("a")
        assert KEY() in screen_text(app)
        assert "その半分が答え" in screen_text(app)


async def test_an_exam_that_was_left_goes_on_with_its_items_answers_flags_and_time(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        await pilot.act("b", "enter", "m")
        left = app.screen.taking.exam
        await pilot.act("escape", "escape")
        assert isinstance(app.screen, ExamStartScreen)
        assert "1/36" in screen_text(app)
    desk.clock.forward(minutes=3)
    async with desk.app() as (app, pilot):
        await pilot.act("x")
        await pilot.act("enter")
        exam = app.screen.taking.exam
        assert (exam.items, exam.deadline) == (left.items, left.deadline)
        assert [(mark.answer, mark.flagged) for mark in exam.marks] == [
            (mark.answer, mark.flagged) for mark in left.marks
        ]
        assert exam.remaining(desk.clock.now) == timedelta(minutes=22)
        assert app.screen.taking.number == 1


async def test_an_exam_whose_time_ran_out_while_the_app_was_closed_is_submitted_as_of_its_deadline(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        await pilot.act("a")
        deadline = app.screen.taking.exam.deadline
    desk.clock.forward(hours=5)
    async with desk.app() as (app, pilot):
        await pilot.act("x")
        assert CLOSED() in screen_text(app)
        (exam,) = app.screen._past
        assert exam.submitted == deadline
        await pilot.act("G", "enter")
        assert isinstance(app.screen, ExamResultScreen)


async def test_the_exam_ends_by_itself_when_the_time_is_up(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        desk.clock.forward(minutes=26)
        app.screen._tick()
        await pilot.settled()
        assert isinstance(app.screen, ExamResultScreen)
        assert TIME_OVER() in screen_text(app)


async def test_blanks_are_told_before_an_exam_is_submitted_and_any_other_key_takes_it_back(exam_desk):
    async with exam_desk().app(keys=EXAM) as (app, pilot):
        await pilot.act("a", "s")
        assert SUBMIT_BLANK(count=35) in screen_text(app)
        await pilot.act("enter", "s")
        assert isinstance(app.screen, ExamScreen)
        await pilot.act("s")
        assert isinstance(app.screen, ExamResultScreen)


async def test_a_number_leads_to_its_item_and_a_click_on_the_overview_too(exam_desk):
    async with exam_desk().app(size=(120, 40), keys=EXAM) as (app, pilot):
        await pilot.act("n", *"１２", "enter")
        assert app.screen.taking.number == 11
        await pilot.act("n", *"99", "enter")
        assert not isinstance(app.screen, ExamScreen)
        await pilot.act("escape")
        assert app.screen.taking.number == 11
        await pilot.click("#palette", offset=(2, 0))
        await pilot.settled()
        assert app.screen.taking.number == 0


async def test_an_answer_that_cannot_be_saved_stays_in_sight_and_is_saved_when_it_can_be(exam_desk, full_disk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        full_disk.fill()
        await pilot.act("b", "enter")
        assert app.screen.taking.number == 0
        assert "● b" in screen_text(app)
        assert NOT_KEPT() in screen_text(app)
        assert app.screen.taking.exam.marks[0].answer == ()
        full_disk.free()
        await pilot.act("r")
        assert KEPT(number=1, answer="b") in screen_text(app)
        assert app.screen.taking.exam.marks[0].answer == ("b",)


async def test_an_answer_that_cannot_be_saved_is_saved_in_another_folder(exam_desk, full_disk, tmp_path):
    desk, other = exam_desk(), tmp_path / "other"
    other.mkdir()
    async with desk.app(keys=EXAM) as (app, pilot):
        full_disk.fill()
        await pilot.act("b", "w")
        await pilot.act(*str(other), "enter")
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.taking.unsaved is None
        file = other / "studyapp-answers" / "history.jsonl"
        assert '"exam_answer"' in file.read_text(encoding="utf-8")


async def test_a_kernel_that_stops_while_items_are_drawn_is_told_and_it_can_be_tried_again(exam_desk):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await pilot.act("x")
        desk.kernel.failures.append(KernelFailure("stopped"))
        await pilot.act("enter")
        assert isinstance(app.screen, ExamStartScreen)
        assert "stopped" in screen_text(app)
        await pilot.act("enter")
        assert isinstance(app.screen, ExamScreen)


async def test_a_review_goes_through_what_was_asked_for_and_leads_to_the_page(exam_desk):
    async with exam_desk().app(keys=EXAM) as (app, pilot):
        for _ in range(3):
            await pilot.press("a", "enter")
        await pilot.act("m", "s", "s")
        exam = app.screen.exam
        wrong = [number for number in range(36) if not exam.is_right(number)]
        await pilot.act("f")
        assert app.screen.numbers == (3,)
        await pilot.act("escape", "w")
        assert isinstance(app.screen, ExamReviewScreen)
        assert app.screen.numbers == tuple(wrong)
        await pilot.act("n", "o")
        assert isinstance(app.screen, TopicScreen)


async def test_escape_leads_back_home_and_says_that_the_exam_goes_on_while_there_is_time(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        await pilot.act("p", "escape", "escape")
        assert LEAVE_TWICE() in screen_text(app)
        await pilot.act("escape")
        assert LEFT() in screen_text(app)
        desk.clock.forward(minutes=25)
        await pilot.act("escape")
        assert isinstance(app.screen, HomeScreen)
        assert EXAM_RUNS() not in screen_text(app)
        assert mock.latest(app.interior.history).submitted is None


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_running_exam_is_the_first_row_of_home_with_the_time_that_is_left(exam_desk, size):
    desk = exam_desk()
    async with desk.app(size=size) as (app, pilot):
        assert EXAM_RUNS() not in screen_text(app)
        await pilot.act(*EXAM)
        await pilot.press("b")
        desk.clock.forward(seconds=25)
        await pilot.act("escape", "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        first = screen_text(app).split("\n")[2]
        assert EXAM_RUNS() in first
        assert "残り 24:35" in first
        await pilot.press("g")
        assert CLOCK_RUNS() in screen_text(app)
        await pilot.act("enter")
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.taking.exam.marks[0].answer == ("b",)


async def test_the_long_exam_is_begun_when_that_is_asked_for_twice(exam_desk):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await pilot.act("x")
        await pilot.act("j", "enter")
        assert "100 分の模試です" in screen_text(app)
        assert not kept(desk)
        await pilot.act("k", "j", "enter", "enter")
        assert isinstance(app.screen, ExamScreen)


async def test_the_overview_moves_by_rows_and_items_and_leads_to_the_marked_one(exam_desk):
    async with exam_desk().app(keys=EXAM) as (app, pilot):
        below = screen_text(app).split("\n")[-1]
        await pilot.act("p")
        assert label("to_item") in screen_text(app).split("\n")[-1]
        await pilot.press("down", "right")
        in_a_row = app.screen.taking.number - 1
        assert in_a_row > 1
        await pilot.act("a", "down", "up", "down", "left", "enter")
        assert not app.screen.has_class("-overview")
        assert app.screen.taking.number == 2 * in_a_row
        assert not any(mark.answer for mark in app.screen.taking.exam.marks)
        assert screen_text(app).split("\n")[-1] == below


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_score_of_a_past_exam_is_never_cut(exam_desk, language):
    async with exam_desk(language).app(size=(40, 20), keys=EXAM) as (app, pilot):
        await pilot.act("s", "s")
        await pilot.act("escape")
        assert {"ja": "/36 問正解", "en": "of 36 right"}[language] in screen_text(app)


async def test_an_exam_that_another_window_goes_on_with_says_so_and_keeps_no_answer_here(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        await pilot.act("a")
        async with desk.app() as (other, other_pilot):
            await other_pilot.settled()
            await other_pilot.press("enter")  # home's first row is the running exam
            await other_pilot.settled()
            assert isinstance(other.screen, ExamScreen)
            assert other.screen.taking.exam.marks[0].answer == ("a",)
            answers = len(kept(desk))
            app.post_message(AppFocus())
            await pilot.settled()
            assert "別のウィンドウで続けられています" in screen_text(app)
            await pilot.act("b")
            assert "別のウィンドウで続けられています" in screen_text(app)
            assert len(kept(desk)) == answers
        await pilot.act("escape", "escape")
        await pilot.act("enter")
        await pilot.act("b")
        assert len(kept(desk)) == answers + 2  # this window goes on with it, and the answer


@pytest.mark.parametrize("where", ["exam", "home"])
async def test_an_exam_is_given_up_by_two_presses_without_a_result_and_its_answers_stay(exam_desk, where):
    desk = exam_desk()
    async with desk.app(keys=EXAM) as (app, pilot):
        await pilot.act("b")
        if where == "home":
            await pilot.act(*["escape"] * 3)
        await pilot.act("delete")
        assert "もう一度 Del" in screen_text(app)
        assert mock.running(app.interior.history, desk.clock.now) is not None
        await pilot.act("delete")
        assert type(app.screen) is (HomeScreen if where == "home" else ExamStartScreen)
        assert EXAM_RUNS() not in screen_text(app)
        history = app.interior.history
        exam = mock.latest(history)
        assert exam.given_up
        assert exam.marks[0].answer == ("b",)
        assert (mock.running(history, desk.clock.now), mock.submitted(history)) == (None, ())
        assert history.is_empty()
        desk.clock.forward(hours=1)
        assert not mock.is_to_be_closed(exam, desk.clock.now)
        assert history.exam_events(exam.id)[-1].kind == "exam_give_up"


async def test_any_other_key_takes_it_back_that_an_exam_is_given_up(exam_desk):
    async with exam_desk().app(keys=(*EXAM, "delete", "b", "delete")) as (app, _pilot):
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.taking.exam.is_open


async def test_del_does_nothing_on_home_where_no_exam_runs(desk):
    async with desk.app(keys=("delete", "delete")) as (app, _pilot):
        assert "Del" not in screen_text(app)


async def test_what_was_wrong_in_an_exam_is_practised_with_fresh_numbers(exam_desk):
    desk = exam_desk()
    async with desk.app(keys=(*EXAM, "a")) as (app, pilot):
        await pilot.act("s", "s")
        exam = app.screen.exam
        assert PRACTISE_WRONG(count=len(exam.wrong)) in screen_text(app)
        await pilot.act("enter")
        assert isinstance(app.screen, QuestionScreen)
        turns = app.screen.sitting.round.turns
        wrong = [exam.items[number] for number in exam.wrong]
        assert [turn.exercise for turn in turns] == list(dict.fromkeys(item.exercise for item in wrong))
        assert {turn.seed for turn in turns}.isdisjoint(item.seed for item in wrong)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_columns_of_a_result_are_aligned(exam_desk, language, width):
    desk = exam_desk(language)
    async with desk.app(size=(width, 40), keys=EXAM) as (app, pilot):
        exam = app.screen.taking.exam
        topics = ["losses/half"] * 20 + ["generative/vae", "learning/overfitting"]
        items = tuple(replace(item, topic=topics[number % len(topics)]) for number, item in enumerate(exam.items))
        await pilot.act("a", "s", "s")
        screen = ExamResultScreen(app.interior, replace(app.screen.exam, items=items))
        rows = ["".join(span.text for span in line) for line in screen._areas(width - 4)]
        table = [row for row in rows if " / " in row]
        assert len(table) == 3
        assert len({cells(row) for row in table}) == 1
        assert max(map(cells, rows[:5])) <= width - 4


async def test_a_result_offers_no_practice_where_nothing_was_wrong(exam_desk):
    async with exam_desk().app(keys=EXAM) as (app, pilot):
        await pilot.act("s", "s")
        exam = app.screen.exam
        right = replace(
            exam,
            marks=tuple(replace(mark, answer=item.right) for mark, item in zip(exam.marks, exam.items, strict=True)),
        )
        assert [row.id for row in ExamResultScreen(app.interior, right)._rows()] == ["review_all"]
