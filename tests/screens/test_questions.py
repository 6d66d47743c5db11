"""Asking, answering, saving: what the question screen does with each kind of answer and each kind of failure."""

import asyncio

import pytest
from textual.widgets import Input

from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw, Grade, Prove, Read
from studyapp.screens.beside import ProofScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.marked import asked_text
from studyapp.screens.sitting import Stage
from studyapp.screens.topic import TopicScreen
from studyapp.screens.widgets import Status
from studyapp.typeset.width import cells
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text

NUMBER = (*FIRST, "e")


def draws(desk) -> int:
    """How often the kernel was asked for a question."""
    return sum(isinstance(request, Draw) for request in desk.kernel.asked)


FORMULA = (*NUMBER, "f4", "f4", "n")
CHOICE = (*FORMULA, "f4", "f4", "n")
"""Keys that lead to the exercises of the first topic, and to a question of it."""


async def test_an_option_is_picked_by_its_letter_its_number_or_its_kana(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        for sign in "aAａ1１アｱあ":
            await pilot.act(sign)
            assert "› a  " in screen_text(app), sign
            await pilot.act("backspace")
            assert "› a  " not in screen_text(app)


async def test_a_second_letter_takes_the_place_of_the_first_where_one_option_is_right(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        for signs, left in (("ba", "a"), ("bab", "b"), ("aイ", "イ"), ("あ2", "2"), ("bx", "bx")):
            await pilot.press(*signs)
            assert app.screen.sitting.current.typed == left
            await pilot.press("ctrl+u")


async def test_letters_in_other_answers_stay_side_by_side(desk):
    async with desk.app(keys=FORMULA) as (app, pilot):
        await pilot.press(*"ab")
        assert app.screen.sitting.current.typed == "ab"


async def test_an_answer_is_read_while_it_is_typed_and_every_space_is_one(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        rules = screen_text(app).count("───\n")
        for space in ("", "\u3000", "\u00a0", "\u2003", "\u202f"):
            await pilot.act(*f"1{space}/3")
            assert app.screen.sitting.current.typed == f"1{space}/3"
            assert screen_text(app).count("───\n") == rules + 1, "the bar of the fraction"
            await pilot.act("ctrl+u")


async def test_what_cannot_be_read_is_told_with_a_caret_below_the_place(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.act(*"1/)")
        rows = screen_text(app).split("\n")
        at = next(number for number, row in enumerate(rows) if "1/)" in row)
        assert "^" in rows[at + 1]
        assert rows[at + 2].strip()


async def test_a_wrong_answer_is_met_with_its_mistake_and_the_kernel_reads_all_texts(desk, app_reads):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.press("f2", "f2")
        await pilot.answer("0.36")
        shown = screen_text(app)
        assert "× 不正解" in shown
        assert "半分にしていない。" in shown
        assert "その半分が答えで、E = 0.18" in shown
    assert app_reads == []


async def test_a_text_that_the_kernel_did_not_read_is_read_in_the_app(desk, app_reads, monkeypatch):
    ask = desk.kernel.ask

    async def failing(request):
        if isinstance(request, Read):
            raise KernelFailure("no kernel")
        return await ask(request)

    monkeypatch.setattr(desk.kernel, "ask", failing)
    async with desk.app(keys=NUMBER) as (app, _pilot):
        assert "y = 0.4、t = 1 のとき" in screen_text(app)
        assert asked_text(app.screen.sitting.current.question) in app_reads


async def test_full_width_digits_stay_as_typed_and_are_read_and_letters_are_typed(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        screen = app.screen
        await pilot.act(*"１２．５")
        assert screen.query_one(Input).value == "１２．５"
        assert "12.5" in screen_text(app)
        await pilot.press("ctrl+u", *"nvrsq?")
        assert screen.query_one(Input).value == "nvrsq?"
        assert app.screen is screen


async def test_a_right_answer_is_saved_and_explained_and_letters_act_again(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer("0.18")
        shown = screen_text(app)
        assert "○ 正解" in shown
        assert "記録しました" in shown
        assert "解説" in shown
        assert app.focused is None
        await pilot.act("n")
        assert app.screen.sitting.round.asked == 1
    (body,) = desk.bodies()
    assert body["parts"][0]["verdict"] == "correct"
    assert body["key"] == "0.180"
    assert body["mode"] == "topic"


async def test_the_attempt_is_on_the_disk_before_the_screen_says_so(desk, monkeypatch):
    async with desk.app(keys=NUMBER) as (app, pilot):
        seen = []
        history = app.interior.history
        record = history.record

        def recording(attempt, **when):
            seen.append("記録しました" in screen_text(app))
            return record(attempt, **when)

        monkeypatch.setattr(history, "record", recording)
        await pilot.answer("0.18")
        assert seen == [False]
        assert app.screen.sitting.current.event
        assert len(desk.attempts()) == 1


async def test_an_answer_rounded_too_far_is_asked_for_again_and_the_second_one_counts(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer("0.2")
        assert "△ 桁不足" in screen_text(app)
        assert app.screen.sitting.current.typed == "0.2"
        assert desk.attempts() == []
        await pilot.act("enter")
        assert app.screen.sitting.stage is Stage.ANSWERED
        assert len(desk.attempts()) == 1


async def test_nothing_is_graded_where_nothing_is_typed_and_an_unreadable_answer_is_no_attempt(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer(" ")
        assert not any(isinstance(request, Grade) for request in desk.kernel.asked)
        await pilot.answer("?")
        assert "読めません" in screen_text(app)
        assert desk.attempts() == []


async def test_hints_come_one_by_one_and_are_recorded(desk):
    async with desk.app(size=(80, 40), keys=NUMBER) as (app, pilot):
        await pilot.act("f2")
        assert "ヒント 1 / 2" in screen_text(app)
        assert "ヒント 2 / 2" not in screen_text(app)
        await pilot.act("f2", "f2")
        assert "ヒント 2 / 2" in screen_text(app)
        assert "これで全部" in screen_text(app)
        await pilot.answer("0.18")
    body = desk.bodies()[0]
    assert (body["hints"], body["parts"][0]["help"]) == (2, "shown")


async def test_the_solution_is_shown_only_when_asked_for_twice(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.press("f4", "1", "f4")
        assert app.screen.sitting.stage is Stage.ASKED
        await pilot.act("f4")
        assert "解説を見ました" in screen_text(app)
    body = desk.bodies()[0]
    assert (body["parts"][0]["verdict"], body["parts"][0]["help"]) == ("wrong", "shown")


async def test_options_are_picked_with_arrows_or_by_their_labels(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        await pilot.press("down", "down")
        assert app.screen.query_one(Input).value == "b"
        assert "› b  " in screen_text(app)
        await pilot.press("down")
        assert app.screen.query_one(Input).value == "a"
        await pilot.act("enter")
        shown = screen_text(app)
        assert "○ a  " in shown
        assert "0 の二乗は 0 である。" in shown


async def test_an_option_that_is_picked_comes_into_sight_on_a_small_screen(desk):
    async with desk.app(size=(40, 16), keys=CHOICE) as (app, pilot):
        for key, label in (("down", "a"), ("down", "b"), ("down", "a"), ("up", "b")):
            await pilot.act(key)
            assert f"› {label}  " in screen_text(app)


async def test_a_new_question_is_read_from_its_beginning(desk):
    async with desk.app(size=(40, 16), keys=FORMULA) as (app, pilot):
        await pilot.answer("y + t")
        app.screen.body.scroll_end(animate=False)
        await pilot.act("n")
        assert app.screen.body.scroll_y == 0


async def test_a_wrong_option_is_marked_and_answered_by_what_its_author_says(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        await pilot.answer("b")
        shown = screen_text(app)
        assert "× b  " in shown
        assert "○ a  " in shown
        assert "二乗の和は負にならない。" in shown


async def test_the_proof_shows_every_route_and_their_distance(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        screen = app.screen
        await pilot.answer("0.18")
        await pilot.act("ｖ")
        shown = screen_text(app)
        assert isinstance(app.screen, ProofScreen)
        assert "NumPy" in shown
        assert "mpmath" in shown
        assert "0.5 * (1 - y)**2" in shown
        assert "2.8e-17" in shown
        await pilot.act("escape", "v")
        assert sum(isinstance(request, Prove) for request in desk.kernel.asked) == 1
        await pilot.act("escape", "n")
        assert app.screen is screen
        assert screen.sitting.round.asked == 1


async def test_what_was_said_of_an_answer_goes_away_once_it_is_changed(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer("0.2")
        assert "桁不足" in screen_text(app)
        await pilot.act("5")
        assert "桁不足" not in screen_text(app)
        await pilot.act("f4")
        assert "もう一度 F4 を押すと" in screen_text(app)
        await pilot.act("backspace")
        assert "もう一度 F4 を押すと" not in screen_text(app)


async def test_what_was_said_of_the_question_stays_while_an_answer_is_typed(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        app.screen.say("新しい技能です。")
        await pilot.act("0", ".")
        assert "新しい技能です。" in screen_text(app)


async def test_a_kernel_that_fails_while_grading_leaves_the_answer_and_is_asked_again_with_enter(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        desk.kernel.failures.append(KernelFailure("no reply within 20 s"))
        await pilot.answer("0.18")
        assert "no reply within 20 s" in screen_text(app)
        assert app.screen.query_one(Input).value == "0.18"
        assert desk.attempts() == []
        await pilot.act("enter")
        assert "○ 正解" in screen_text(app)


async def test_a_kernel_that_fails_while_drawing_is_asked_again_with_r(desk):
    async with desk.app() as (app, pilot):
        desk.kernel.failures.append(KernelFailure("the kernel has stopped"))
        await pilot.act(*FIRST, "e")
        assert "the kernel has stopped" in screen_text(app)
        await pilot.act("r")
        assert app.screen.sitting.stage is Stage.ASKED


async def test_a_question_is_asked_for_once_and_before_its_screen_is_mounted(desk):
    async with desk.app() as (app, pilot):
        drawn = draws(desk)
        desk.kernel.seen = []

        async def ask(request, answer=desk.kernel.ask):
            desk.kernel.seen.append((type(request), app.screen.is_mounted))
            return await answer(request)

        desk.kernel.ask = ask
        await pilot.act(*NUMBER)
        assert draws(desk) == drawn + 1
        assert (Draw, False) in desk.kernel.seen


async def test_a_kernel_that_dies_while_a_question_is_asked_for_early_is_started_anew_without_a_word(desk):
    async with desk.app() as (app, pilot):

        async def ask(request, answer=desk.kernel.ask):
            reply = await answer(request)
            desk.kernel.process_id = None
            return reply

        desk.kernel.ask = ask
        await pilot.act(*NUMBER)
        assert app.screen.sitting.stage is Stage.ASKED


async def test_what_a_screen_waits_for_ends_before_its_widgets_are_gone(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        screen, left = app.screen, []

        async def wait():
            try:
                await asyncio.Event().wait()
            finally:
                left.append(len(screen.query(Status)))

        screen.run_worker(wait())
        await pilot.act("escape")
        assert left == [1]


async def test_a_kernel_that_fails_while_proving_is_asked_again_with_r(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer("0.18")
        desk.kernel.failures.append(KernelFailure("the kernel has stopped"))
        await pilot.act("v")
        assert "the kernel has stopped" in screen_text(app)
        await pilot.act("r")
        assert "2.8e-17" in screen_text(app)


async def test_a_kernel_that_has_died_in_silence_is_told_when_it_is_started_anew(desk, monkeypatch):
    async with desk.app(keys=NUMBER) as (app, pilot):
        screen = app.screen
        desk.kernel.process_id = None
        messages = []
        monkeypatch.setattr(screen, "say", lambda text, role="muted": messages.append(text))
        await pilot.act(*"0.18", "enter")
        assert any("起動し直して" in text for text in messages)
        assert screen.sitting.stage is Stage.ANSWERED


async def test_an_exercise_that_cannot_be_drawn_is_told_with_its_place_and_passed_over(desk):
    desk.kernel.undrawable = ("half-value",)
    async with desk.app() as (app, pilot):
        await pilot.act(*FIRST, "e")
        assert "half.md:21:4" in screen_text(app).replace("\n", "").replace(" ", "")
        await pilot.act("n")
        assert app.screen.sitting.round.asked == 1
        assert app.screen.sitting.stage is Stage.ASKED


async def test_an_attempt_that_is_not_saved_stays_and_is_saved_with_r(desk, full_disk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        full_disk.fill()
        await pilot.answer("0.18")
        shown = screen_text(app)
        assert "記録しました" not in shown
        assert "0.18" in shown
        assert "まだ記録されていません" in shown
        await pilot.act("n")
        assert app.screen.sitting.round.asked == 0
        full_disk.free()
        await pilot.act("r")
        assert "記録しました" in screen_text(app)
        assert len(desk.attempts()) == 1


async def test_an_attempt_that_is_not_saved_can_be_saved_in_another_folder(desk, full_disk, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    async with desk.app(keys=NUMBER) as (app, pilot):
        screen = app.screen
        full_disk.fill()
        await pilot.answer("0.18")
        await pilot.act("s")
        await pilot.act(*"nowhere", "enter")
        assert "nowhere" in screen_text(app)
        assert screen.sitting.current.unsaved
        app.screen.query_one(Input).value = str(other)
        await pilot.act("enter")
        assert app.screen is screen
        assert "記録しました" in screen_text(app)
        await pilot.act("u")  # it is not in this history, so that there is nothing to take back
        assert not screen.sitting.current.undone
        await pilot.act("n")
        assert screen.sitting.round.asked == 1
        assert desk.attempts() == []
    assert '"answer":"0.18"' in (other / "studyapp-answers" / "history.jsonl").read_text(encoding="utf-8")


async def test_an_unfinished_answer_is_still_there_on_return(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        drawn = draws(desk)
        await pilot.act(*"0.1", "f2", "escape")
        assert isinstance(app.screen, HomeScreen)
        await pilot.act("e")
        shown = screen_text(app)
        assert app.screen.query_one(Input).value == "0.1"
        assert "ヒント 1 / 2" in shown
        assert draws(desk) == drawn


async def test_ctrl_c_quits_at_once_where_nothing_is_unfinished(desk):
    async with desk.app() as (app, pilot):
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app._exit


async def test_ctrl_c_is_asked_for_twice_where_an_answer_is_unfinished(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.press("1", "ctrl+c")
        await pilot.pause()
        assert not app._exit
        assert "もう一度 Ctrl+C" in screen_text(app)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app._exit


async def test_the_page_can_be_read_from_a_question_and_counts_as_a_nudge_where_the_skill_is_known(desk):
    for help_taken in ("none", "nudge"):
        async with desk.app(keys=NUMBER) as (app, pilot):
            screen = app.screen
            await pilot.act("f3")
            assert isinstance(app.screen, TopicScreen)
            await pilot.act("e")
            assert app.screen is screen
            await pilot.answer("0.18")
            await pilot.act("f3", "escape")
        assert desk.bodies()[-1]["parts"][0]["help"] == help_taken


async def test_a_round_ends_with_how_it_went(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        await pilot.answer("a")
        await pilot.act("n")
        assert "3 問のうち 1 問" in screen_text(app)
        await pilot.act("enter")
        assert isinstance(app.screen, HomeScreen)
        await pilot.act("e")
        assert app.screen.sitting.round.asked == 0


async def test_the_heading_is_hidden_in_a_mixed_round_until_the_answer_is_given(desk):
    async with desk.app(size=(80, 40)) as (app, pilot):
        await pilot.learn()
        assert "値を求める" in screen_text(app), "a first exposure hides nothing"
        await pilot.answer("0.18")
        await pilot.press("escape")
    later = desk.setup.now().replace(day=20)
    async with desk.app(size=(80, 40), now=lambda: later) as (app, pilot):
        await pilot.learn()
        assert "値を求める" not in screen_text(app)
        await pilot.answer("0.18")
        assert "値を求める" in screen_text(app)


async def test_help_lists_the_keys_of_the_screen_and_closes_with_esc(desk):
    async with desk.app(size=(80, 40), keys=NUMBER) as (app, pilot):
        screen = app.screen
        await pilot.act("f1")
        assert "ヒントを一つずつ見ます" in screen_text(app)
        await pilot.act("escape")
        assert app.screen is screen
        assert app.focused is screen.query_one(Input)


@pytest.mark.parametrize("key", ["enter", "space", "n"])
async def test_enter_and_space_lead_on_from_a_verdict(desk, key):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer("0.36")
        await pilot.act(key)
        assert app.screen.sitting.round.asked == 1
        assert app.screen.sitting.stage is Stage.ASKED


async def test_a_key_that_is_pressed_twice_does_not_skip_the_verdict(desk):
    async with desk.app(keys=NUMBER, guard=1_000_000) as (app, pilot):
        await pilot.burst(*"0.36", "enter", "enter", "space")
        assert app.screen.sitting.stage is Stage.ANSWERED
        await pilot.act("n")
        assert app.screen.sitting.stage is Stage.ASKED


async def test_the_same_exercise_is_asked_again_with_fresh_numbers_and_counts_beside_the_round(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        sitting = app.screen.sitting
        await pilot.answer("0.36")
        await pilot.act("r")
        await pilot.answer("0.18")
        assert sitting.round.asked == 1
        await pilot.act("r")
        await pilot.answer("0.18")
        await pilot.act("enter")
        assert sitting.turn.exercise == "half-slope"
    kept = desk.bodies()
    assert [body["exercise"] for body in kept] == ["half-value"] * 3
    assert len({body["seed"] for body in kept[:2]}) == 2


async def test_a_single_exercise_is_asked_again_at_the_end_of_its_round(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        await pilot.answer("b")
        await pilot.act("enter")
        assert "3 問のうち 0 問" in screen_text(app)
        assert "r もう一問" in screen_text(app)
        await pilot.act("r")
        assert app.screen.sitting.current.question.exercise == "half-meaning"
        await pilot.answer("a")
        await pilot.act("enter")
        assert "4 問のうち 1 問" in screen_text(app)


async def test_arithmetic_that_was_typed_is_shown_with_its_value_above_the_key(desk):
    async with desk.app(keys=NUMBER) as (app, pilot):
        await pilot.answer("1/4")
        rows = screen_text(app).split("\n")
        at = next(number for number, row in enumerate(rows) if "あなた" in row)
        assert rows[at].endswith("= 0.250")
        assert rows[at + 1].startswith("▐ 正答")
        assert rows[at].index("0.250") + 1 == rows[at + 1].index("0.180"), "あなた is one sign, and two cells, longer"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=str)
async def test_nothing_moves_when_an_answer_is_handed_in(desk, size):
    async with desk.app(size=size, keys=NUMBER) as (app, pilot):
        await pilot.act(*"0.36")
        before = screen_text(app).split("\n")
        await pilot.act("enter")
        after = screen_text(app).split("\n")
    for text in ("値を求める", "のとき、", "  0.36"):
        rows = [next(number for number, row in enumerate(shown) if text in row[:60]) for shown in (before, after)]
        assert rows[0] == rows[1], text
    places = [shown[rows[0]].partition("0.36")[0] for shown in (before, after)]
    assert places == ["▐ 答え ›  ", "▐ あなた  "]
    assert len(set(map(cells, places))) == 1


async def test_an_option_is_picked_with_a_click(desk):
    async with desk.app(keys=CHOICE) as (app, pilot):
        await pilot.click("#options", offset=(5, 2))
        assert app.screen.input.value == "b"
        await pilot.click("#options", offset=(5, 1))
        await pilot.act("enter")
        assert "○ 正解" in screen_text(app)
