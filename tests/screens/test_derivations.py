"""Derivations: step after step, each judged at once, all of them saved as one attempt."""

import asyncio
import json
from dataclasses import replace

import pytest
from textual.widgets import Input

from studyapp.domain.kind import Kind
from studyapp.domain.question import ExpressionKey, KnownMistake, LayerTrace, Step, Trace
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw, Grade, Walk
from studyapp.screens.question import FRAME, QuestionScreen
from studyapp.screens.sitting import Stage
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text

TALL = (80, 60)
NETWORK = {"layers": [1, 1, 1], "activations": ["tanh", "identity"], "loss": "half_sse", "bias": False, "numbers": None}
SYMBOLS = dict.fromkeys(("x_1", "t_1", "w1_1_1", "w2_1_1", "u1_1", "z1_1", "y_1", "delta2_1"), "real")
WALK = Trace(
    (
        LayerTrace("forward", 1, ("z_1 = \\tanh(u_1)",), {"u1_1": 0.5, "z1_1": 0.46211}),
        LayerTrace("backward", 2, ("\\delta_2 = y_1 - t_1",), {"delta2_1": 0.25}),
    )
)
ASKS = (
    ("dE/du2_1", "\\frac{\\partial E}{\\partial u_2}", "y_1 - t_1", "y_1 - t_1"),
    ("dE/dz1_1", "\\frac{\\partial E}{\\partial z}", "delta2_1*w2_1_1", "\\delta_2 w_2"),
    ("dE/du1_1", "\\frac{\\partial E}{\\partial u_1}", "delta2_1*w2_1_1*(1-z1_1^2)", "\\delta_2 w_2 (1 - z^2)"),
)


def derivation(question):
    """A question of three steps in a network of one unit a layer."""
    steps = tuple(
        Step(
            ask=f"${tex}$ を求めよ。",
            key=ExpressionKey(answer, SYMBOLS, {}),
            answer=answer,
            skill="half-value" if number < 2 else "inner",
            target=target,
            mistakes=(KnownMistake("sign", "t_1 - y_1", "符号が逆。"),),
            hints=(f"ステップ {number + 1} の助け。",),
            solution=f"${tex} = {solution}$",
        )
        for number, (target, tex, answer, solution) in enumerate(ASKS)
    )
    last = steps[-1]
    return replace(
        question,
        kind=Kind.DERIVATION,
        prompt="次のネットワークについて、順に答えよ。",
        key=last.key,
        answer="\n".join(step.answer for step in steps),
        hints=(),
        mistakes=(),
        solution="1. まとめの解説。",
        steps=steps,
        network=NETWORK,
    )


def judged(step: Step, request: Grade) -> Verdict:
    """Right texts are right; a product with the slip of the first step in it is right by that step."""
    answer = request.answer.strip()
    if answer == step.answer:
        return Verdict(Outcome.CORRECT)
    if answer == "carried" and "t_1 - y_1" in request.earlier:
        return Verdict(Outcome.CORRECT, None, "carried", "ステップ 1 の答えを使えば正しい。")
    if answer == "?":
        return Verdict(Outcome.UNREADABLE, message="unreadable")
    known = next((mistake for mistake in step.mistakes if mistake.answer == answer), None)
    return Verdict(Outcome.WRONG, known.name if known else None, message=known.sentence if known else "")


@pytest.fixture
def derived(desk, monkeypatch):
    """The desk with a kernel whose first exercise is a derivation."""
    ask = desk.kernel.ask

    async def instead(request):
        match request:
            case Draw(_, "half-value", _):
                return derivation(await ask(request))
            case Walk():
                if desk.kernel.failures:
                    raise desk.kernel.failures.pop(0)
                return WALK
            case Grade() if request.question.steps:
                desk.kernel.asked.append(request)
                return judged(request.question.steps[request.step], request)
        return await ask(request)

    monkeypatch.setattr(desk.kernel, "ask", instead)
    return desk


async def opened(app, pilot, *, fresh: bool = False) -> QuestionScreen:
    """Open the derivation, with every step asked unless `fresh`."""
    await pilot.act(*FIRST, "e")
    if not fresh:
        await pilot.act("f6")
    assert isinstance(app.screen, QuestionScreen)
    return app.screen


def parts(desk):
    (line,) = desk.attempts()
    return json.loads(line)["body"]["parts"]


async def test_a_step_is_asked_beside_the_answer_and_the_network_stands_under_the_prompt(derived):
    async with derived.app(size=TALL) as (app, pilot):
        await opened(app, pilot)
        shown = screen_text(app)
        assert "ステップ 1 / 3  ∂E/∂u₂ を求めよ。" in shown
        assert "│ z₁⁽¹⁾ │" in shown


async def test_each_step_is_judged_at_once_and_stays_in_sight_and_one_attempt_is_saved(derived):
    async with derived.app(size=TALL) as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.answer(ASKS[0][2])
        shown = screen_text(app)
        assert "○ 1  ∂E/∂u₂ = y₁ − t₁   正解" in shown
        assert "ステップ 2 / 3" in shown
        assert screen.query_one(Input).value == ""
        assert derived.attempts() == []
        await pilot.answer(ASKS[1][2])
        assert derived.attempts() == []
        await pilot.answer(ASKS[2][2])
        shown = screen_text(app)
        assert "○ 3 ステップのうち 3 ステップが正解" in shown
        assert "記録しました" in shown
        assert "まとめの解説" in shown
    assert [(part["ask"], part["verdict"]) for part in parts(derived)] == [(ask[0], "correct") for ask in ASKS]


async def test_a_wrong_step_is_named_and_worked_out_and_a_later_one_that_carries_it_is_told(derived):
    async with derived.app(size=TALL) as (app, pilot):
        await opened(app, pilot)
        await pilot.answer("t_1 - y_1")
        shown = screen_text(app)
        assert "× 1  ∂E/∂u₂" in shown
        assert "あなた  t₁ − y₁" in shown
        assert "符号が逆。" in shown
        assert "∂E" in shown.split("符号が逆。")[1]
        await pilot.answer("carried")
        shown = screen_text(app)
        assert "○ 2" in shown
        assert "ステップ 1 の答えを使えば正しい。" in shown
        await pilot.answer("x_1")
        assert "× 3 ステップのうち 1 ステップが正解" in screen_text(app)
    grades = [request for request in derived.kernel.asked if isinstance(request, Grade)]
    assert [(one.step, one.earlier) for one in grades] == [(0, ()), (1, ("t_1 - y_1",)), (2, ("t_1 - y_1", "carried"))]
    assert [(part["verdict"], part["mistake"]) for part in parts(derived)] == [
        ("wrong", "sign"),
        ("correct", None),
        ("wrong", None),
    ]


async def test_f4_gives_the_step_away_once_and_goes_on(derived):
    async with derived.app(size=TALL) as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.act("f4")
        shown = screen_text(app)
        assert "· 1  ∂E/∂u₂" in shown
        assert "答えを見ました" in shown
        assert "ステップ 2 / 3" in shown
        await pilot.answer(ASKS[1][2])
        await pilot.act("f4")
        assert screen.sitting.stage is Stage.ANSWERED
    assert [(part["verdict"], part["help"]) for part in parts(derived)] == [
        ("wrong", "shown"),
        ("correct", "none"),
        ("wrong", "shown"),
    ]


async def test_hints_are_those_of_the_step_and_count_for_it_alone(derived):
    async with derived.app(size=TALL) as (app, pilot):
        await opened(app, pilot)
        await pilot.act("f2", "f2")
        assert "ステップ 1 の助け。" in screen_text(app)
        assert "これで全部" in screen_text(app)
        await pilot.answer(ASKS[0][2])
        assert "助け" not in screen_text(app)
        await pilot.answer(ASKS[1][2])
        await pilot.answer(ASKS[2][2])
    assert [part["help"] for part in parts(derived)] == ["nudge", "none", "none"]


async def test_a_step_that_cannot_be_read_is_asked_again(derived):
    async with derived.app(size=TALL) as (app, pilot):
        screen = await opened(app, pilot)
        await pilot.answer("?")
        assert "読めません" in screen_text(app)
        assert screen.sitting.current.asking.step == 0


async def test_who_is_new_to_a_skill_is_asked_the_last_step_and_may_ask_for_all(derived):
    async with derived.app(size=TALL) as (app, pilot):
        screen = await opened(app, pilot, fresh=True)
        shown = screen_text(app)
        assert "はじめの 2 ステップは解いてあります" in shown
        assert "ステップ 3 / 3" in shown
        await pilot.answer(ASKS[2][2])
        assert "○ 正解" in screen_text(app)
        assert screen.sitting.current.verdicts[0].outcome is Outcome.CORRECT
    (grade,) = [request for request in derived.kernel.asked if isinstance(request, Grade)]
    assert (grade.step, grade.earlier) == (2, ("", ""))
    assert [part["ask"] for part in parts(derived)] == ["dE/du1_1"]


async def test_a_derivation_that_was_begun_is_still_there_on_return_and_is_not_left_by_mistake(derived):
    async with derived.app(size=TALL) as (app, pilot):
        await opened(app, pilot)
        await pilot.answer(ASKS[0][2])
        await pilot.act("escape")
        assert app.interior.unfinished
        await pilot.act("e")
        shown = screen_text(app)
        assert "= y₁ − t₁   正解" in shown
        assert "ステップ 2 / 3" in shown


async def test_the_network_can_be_walked_forward_and_then_backward_once_the_answer_is_given(derived):
    async with derived.app(size=TALL) as (app, pilot):
        screen = await opened(app, pilot, fresh=True)
        await pilot.act("f4")
        assert screen.sitting.stage is Stage.ANSWERED
        await pilot.act("w")
        shown = screen_text(app)
        assert "順伝播: 第 1 層   1 / 2" in shown
        assert "z₁ = tanh(u₁)" in shown
        assert "0.4621" in shown
        assert "δ 0.2500" not in shown
        await pilot.act("right")
        shown = screen_text(app)
        assert "逆伝播: 第 2 層の δ   2 / 2" in shown
        assert "0.4621" in shown
        assert "δ 0.2500" in shown
        await pilot.act("right", "left", "left")
        assert "1 / 2" in screen_text(app)
        await pilot.act("escape", "w", "escape")
        assert app.screen is screen


async def test_a_walk_that_fails_is_asked_for_again_with_r(derived):
    async with derived.app(size=TALL) as (app, pilot):
        await opened(app, pilot, fresh=True)
        await pilot.act("f4")
        derived.kernel.failures.append(KernelFailure("the kernel has stopped"))
        await pilot.act("w")
        assert "the kernel has stopped" in screen_text(app)
        await pilot.act("r")
        assert "順伝播" in screen_text(app)


async def test_nothing_is_walked_before_the_answer_or_without_a_network(derived):
    async with derived.app(size=TALL) as (app, pilot):
        screen = await opened(app, pilot, fresh=True)
        screen.action_walk()
        await pilot.settled()
        assert app.screen is screen
        await pilot.act("f4", "n")
        await pilot.answer("y - t")
        assert screen.sitting.stage is Stage.ANSWERED
        await pilot.act("w")
        assert app.screen is screen
        assert "w たどる" not in screen_text(app)


async def test_a_derivation_looks_as_it_did(derived, snapshot):
    async with derived.app() as (app, pilot):
        await opened(app, pilot, fresh=True)
        await pilot.picture("first")
        await pilot.press("f6")
        await pilot.answer("t_1 - y_1")
        await asyncio.sleep(5 * FRAME)
        await pilot.picture("wrong step")
        await pilot.answer("carried")
        await pilot.act("f4")
        await asyncio.sleep(5 * FRAME)
        await pilot.picture("result")
        await pilot.picture("walk", "w", "right")
    assert pilot.pictures == snapshot
