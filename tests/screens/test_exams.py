"""The mock exam in the app: nothing revealed before the end, everything kept at once, the clock on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.events import AppFocus

from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.history.history import History
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw
from studyapp.screens.actions import LABELS
from studyapp.screens.examresult import ExamResultScreen, ExamReviewScreen
from studyapp.screens.examroom import FLAG_UP, NOT_KEPT, ExamScreen, saved, submit_asked
from studyapp.screens.examstart import CLOSED, ExamStartScreen
from studyapp.screens.examview import KEY
from studyapp.screens.home import EXAM_RUNNING, LEFT, HomeScreen
from studyapp.screens.topic import TopicScreen
from studyapp.study import mock
from studyapp.study.exam import RIGHT_WORD, TIME_OVER, WRONG_WORD
from tests.screens.screenshots import screen_text

SIZES = [(80, 24), (120, 40), (40, 20)]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def exam_desk(desk_in):
    """A desk whose kernel draws a new question for every seed, and a clock that the test moves."""

    def make(language="ja"):
        desk = desk_in(language)
        plain = desk.kernel.ask

        async def ask(request):
            reply = await plain(request)
            if isinstance(request, Draw):
                return replace(reply, seed=request.seed, prompt=f"{reply.prompt} [{request.seed % 1000}]")
            return reply

        desk.kernel.ask = ask
        desk.clock = Clock(desk.setup.now())
        desk.setup = replace(desk.setup, now=desk.clock)
        return desk

    return make


async def begin(app, pilot, settled):
    """The short exam."""
    await pilot.press("x")
    await settled(app, pilot)
    await pilot.press("j", "enter")
    await settled(app, pilot)
    assert isinstance(app.screen, ExamScreen)


def kept(desk):
    """The exam as the history has it, read as another process would."""
    return [line for line in desk.history.read_text(encoding="utf-8").splitlines() if '"exam' in line]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_screens_of_an_exam_look_as_they_did(exam_desk, settled, snapshot, language, size):
    pictures = {}
    async with exam_desk(language).app(size=size) as (app, pilot):

        async def picture(name, *keys):
            await pilot.press(*keys)
            await settled(app, pilot)
            pictures[name] = screen_text(app).split("\n")

        await picture("start", "x")
        await picture("item", "j", "enter")
        await picture("picked", "b")
        await picture("flagged", "enter", "m", "a")
        await picture("overview", "p")
        await picture("jump", "p", "n")
        await picture("last", *"36", "enter")
        await picture("asked to submit", "s")
        await picture("result", "s")
        await picture("review", "w")
        await picture("start again", "escape", "escape")
    assert pictures == snapshot


async def test_an_answer_and_a_flag_are_kept_the_moment_they_are_given(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        before = len(kept(desk))
        await pilot.press("b")
        await settled(app, pilot)
        assert saved(1, "b") in screen_text(app)
        assert len(kept(desk)) == before + 1
        await pilot.press("m")
        await settled(app, pilot)
        assert FLAG_UP(number=1) in screen_text(app)
        assert len(kept(desk)) == before + 2


@pytest.mark.parametrize(("key", "label"), [("a", "a"), ("2", "b"), ("ｂ", "b"), ("２", "b"), ("１", "a")])
async def test_an_option_is_picked_by_letter_or_number_full_width_too(exam_desk, settled, key, label):
    async with exam_desk().app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press(key)
        await settled(app, pilot)
        assert app.screen.taking.picked == (label,)


async def test_keys_of_options_that_are_not_there_do_nothing(exam_desk, settled):
    async with exam_desk().app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("h", "8")
        await settled(app, pilot)
        assert app.screen.taking.picked == ()


async def test_nothing_is_revealed_before_the_exam_is_submitted(exam_desk, settled):
    desk = exam_desk()
    async with desk.app(size=(120, 40)) as (app, pilot):
        await begin(app, pilot, settled)
        seen = []
        for key in ("a", "enter", "b", "m", "p", "p", "s"):
            await pilot.press(key)
            await settled(app, pilot)
            seen.append(screen_text(app))
        items = app.screen.taking.exam.items
        secrets = {"0 の二乗は 0 である", RIGHT_WORD(), WRONG_WORD(), KEY()}
        assert all(item.solution for item in items)
        for text in seen:
            assert not [secret for secret in secrets if secret in text]
            assert "その半分が答え" not in text
        await pilot.press("s")
        await settled(app, pilot)
        await pilot.press("a")
        await settled(app, pilot)
        assert KEY() in screen_text(app)
        assert "その半分が答え" in screen_text(app)


async def test_an_exam_that_was_left_goes_on_with_its_items_answers_flags_and_time(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("b", "enter", "m")
        await settled(app, pilot)
        left = app.screen.taking.exam
        await pilot.press("escape")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamStartScreen)
        assert "1/36" in screen_text(app)
    desk.clock.now += timedelta(minutes=3)
    async with desk.app() as (app, pilot):
        await pilot.press("x")
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        exam = app.screen.taking.exam
        assert (exam.items, exam.deadline) == (left.items, left.deadline)
        assert [(mark.answer, mark.flagged) for mark in exam.marks] == [
            (mark.answer, mark.flagged) for mark in left.marks
        ]
        assert exam.remaining(desk.clock.now) == timedelta(minutes=22)
        assert app.screen.taking.number == 1


async def test_an_exam_whose_time_ran_out_while_the_app_was_closed_is_submitted_as_of_its_deadline(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("a")
        await settled(app, pilot)
        deadline = app.screen.taking.exam.deadline
    desk.clock.now += timedelta(hours=5)
    async with desk.app() as (app, pilot):
        await pilot.press("x")
        await settled(app, pilot)
        assert CLOSED() in screen_text(app)
        (exam,) = app.screen._past
        assert exam.submitted == deadline
        await pilot.press("G", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamResultScreen)


async def test_the_exam_ends_by_itself_when_the_time_is_up(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        desk.clock.now += timedelta(minutes=26)
        app.screen._tick()
        await settled(app, pilot)
        assert isinstance(app.screen, ExamResultScreen)
        assert TIME_OVER() in screen_text(app)


async def test_blanks_are_told_before_an_exam_is_submitted_and_any_other_key_takes_it_back(exam_desk, settled):
    async with exam_desk().app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("a", "s")
        await settled(app, pilot)
        assert submit_asked(35) in screen_text(app)
        await pilot.press("enter", "s")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamScreen)
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamResultScreen)


async def test_a_number_leads_to_its_item_and_a_click_on_the_overview_too(exam_desk, settled):
    async with exam_desk().app(size=(120, 40)) as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("n", *"１２", "enter")
        await settled(app, pilot)
        assert app.screen.taking.number == 11
        await pilot.press("n", *"99", "enter")
        await settled(app, pilot)
        assert not isinstance(app.screen, ExamScreen)
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.screen.taking.number == 11
        await pilot.click("#palette", offset=(2, 0))
        await settled(app, pilot)
        assert app.screen.taking.number == 0


@pytest.fixture
def full_disk(monkeypatch):
    """A history that takes nothing until it is let."""
    state = {"full": False}
    plain = History.append

    def append(self, *arguments, **named):
        if state["full"] and "other" not in self.path.parts:
            raise NotSavedError(NotSavedCode.NO_SPACE)
        return plain(self, *arguments, **named)

    monkeypatch.setattr(History, "append", append)
    return state


async def test_an_answer_that_cannot_be_saved_stays_in_sight_and_is_saved_when_it_can_be(exam_desk, settled, full_disk):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        full_disk["full"] = True
        await pilot.press("b", "enter")
        await settled(app, pilot)
        assert app.screen.taking.number == 0
        assert "● b" in screen_text(app)
        assert NOT_KEPT() in screen_text(app)
        assert app.screen.taking.exam.marks[0].answer == ()
        full_disk["full"] = False
        await pilot.press("r")
        await settled(app, pilot)
        assert saved(1, "b") in screen_text(app)
        assert app.screen.taking.exam.marks[0].answer == ("b",)


async def test_an_answer_that_cannot_be_saved_is_saved_in_another_folder(exam_desk, settled, full_disk, tmp_path):
    desk, other = exam_desk(), tmp_path / "other"
    other.mkdir()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        full_disk["full"] = True
        await pilot.press("b", "w")
        await settled(app, pilot)
        await pilot.press(*str(other), "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.taking.unsaved is None
        file = other / "studyapp-answers" / "history.jsonl"
        assert '"exam_answer"' in file.read_text(encoding="utf-8")


async def test_a_kernel_that_stops_while_items_are_drawn_is_told_and_it_can_be_tried_again(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await pilot.press("x")
        await settled(app, pilot)
        desk.kernel.failures.append(KernelFailure("stopped"))
        await pilot.press("j", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamStartScreen)
        assert "stopped" in screen_text(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamScreen)


async def test_a_review_goes_through_what_was_asked_for_and_leads_to_the_page(exam_desk, settled):
    async with exam_desk().app() as (app, pilot):
        await begin(app, pilot, settled)
        for _ in range(3):
            await pilot.press("a", "enter")
        await pilot.press("m", "s", "s")
        await settled(app, pilot)
        exam = app.screen.exam
        wrong = [number for number in range(36) if not exam.is_right(number)]
        await pilot.press("f")
        await settled(app, pilot)
        assert app.screen.numbers == (3,)
        await pilot.press("escape", "w")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamReviewScreen)
        assert app.screen.numbers == tuple(wrong)
        await pilot.press("n", "o")
        await settled(app, pilot)
        assert isinstance(app.screen, TopicScreen)


async def test_escape_leads_back_home_and_the_exam_goes_on(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("p", "escape", "escape", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert mock.latest(app.interior.desk.history).submitted is None


async def test_leaving_a_running_exam_says_that_the_clock_runs_on(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("escape")
        await settled(app, pilot)
        assert LEFT() in screen_text(app)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_running_exam_is_the_first_row_of_home_with_the_time_that_is_left(exam_desk, settled, size):
    desk = exam_desk()
    async with desk.app(size=size) as (app, pilot):
        assert EXAM_RUNNING() not in screen_text(app)
        await begin(app, pilot, settled)
        await pilot.press("b")
        desk.clock.now += timedelta(seconds=25)
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        first = screen_text(app).split("\n")[2]
        assert EXAM_RUNNING() in first
        assert "残り 24:35" in first
        await pilot.press("g")
        assert LEFT() in screen_text(app).replace("\n  ", "")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamScreen)
        assert app.screen.taking.exam.marks[0].answer == ("b",)


async def test_an_exam_whose_time_is_over_is_no_row_of_home(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("escape")
        desk.clock.now += timedelta(minutes=25)
        await pilot.press("escape")
        await settled(app, pilot)
        assert EXAM_RUNNING() not in screen_text(app)


async def test_the_long_exam_is_begun_when_that_is_asked_for_twice(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await pilot.press("x")
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "100 分の模試です" in screen_text(app)
        assert not kept(desk)
        await pilot.press("j", "k", "enter", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, ExamScreen)


async def test_the_overview_moves_by_rows_and_items_and_leads_to_the_marked_one(exam_desk, settled):
    async with exam_desk().app() as (app, pilot):
        await begin(app, pilot, settled)
        below = screen_text(app).split("\n")[-1]
        await pilot.press("p")
        await settled(app, pilot)
        assert LABELS["to_item"]() in screen_text(app).split("\n")[-1]
        await pilot.press("down", "right")
        in_a_row = app.screen.taking.number - 1
        assert in_a_row > 1
        await pilot.press("a", "down", "up", "down", "left", "enter")
        await settled(app, pilot)
        assert not app.screen.has_class("-overview")
        assert app.screen.taking.number == 2 * in_a_row
        assert not any(mark.answer for mark in app.screen.taking.exam.marks)
        assert screen_text(app).split("\n")[-1] == below


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_score_of_a_past_exam_is_never_cut(exam_desk, settled, language):
    async with exam_desk(language).app(size=(40, 20)) as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("s", "s")
        await settled(app, pilot)
        await pilot.press("escape")
        await settled(app, pilot)
        assert {"ja": "/36 問正解", "en": "of 36 right"}[language] in screen_text(app)


async def test_an_exam_that_another_window_goes_on_with_says_so_and_keeps_no_answer_here(exam_desk, settled):
    desk = exam_desk()
    async with desk.app() as (app, pilot):
        await begin(app, pilot, settled)
        await pilot.press("a")
        await settled(app, pilot)
        async with desk.app() as (other, other_pilot):
            await settled(other, other_pilot)
            await other_pilot.press("enter")  # home's first row is the running exam
            await settled(other, other_pilot)
            assert isinstance(other.screen, ExamScreen)
            assert other.screen.taking.exam.marks[0].answer == ("a",)
            answers = len(kept(desk))
            app.post_message(AppFocus())
            await settled(app, pilot)
            assert "別のウィンドウで続けられています" in screen_text(app)
            await pilot.press("b")
            await settled(app, pilot)
            assert "別のウィンドウで続けられています" in screen_text(app)
            assert len(kept(desk)) == answers
        await pilot.press("escape")
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        await pilot.press("b")
        await settled(app, pilot)
        assert len(kept(desk)) == answers + 2  # this window goes on with it, and the answer
