"""What the tests of the screens share: a small course, a kernel that answers from a table, an app over them."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._compositor import Compositor
from textual.constants import MAX_FPS
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from studyapp.domain.exercise import Convention
from studyapp.domain.kind import Kind
from studyapp.domain.question import (
    ChoiceKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    Proof,
    Question,
    Route,
    ShownOption,
    Undrawable,
)
from studyapp.domain.text import set_language
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.number import PLACES, RIGHT
from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.history.history import History
from studyapp.kernel.offering import offered
from studyapp.kernel.requests import (
    Compute,
    CurvePoints,
    Descend,
    Draw,
    Evaluate,
    Grade,
    Offer,
    Plot,
    Prove,
    Read,
    Refute,
    Survey,
    Train,
)
from studyapp.kernel.service import Service
from studyapp.pages import blocks
from studyapp.pages.blocks import read_blocks
from studyapp.screens import Setup, marked
from studyapp.screens.app import Load, StudyApp
from studyapp.screens.interior import Interior
from studyapp.screens.lesson import LessonScreen
from tests.screens.screenshots import screen_text

LOOKS = 500
"""Looks, a frame apart, before a scroll that does not come is given up."""
STILL = 8
"""Looks after which a screen that keeps changing, such as a training run, is taken as it is."""
FRAME = 4 / MAX_FPS
"""Seconds after which Textual has painted what has changed, and texts have been scrolled: three frames."""
TURNS = 60
"""Turns of the event loop: a key goes from the app to the screen, to a widget and back, and the focus follows."""
MORNING = datetime(2026, 11, 2, 9, 30, tzinfo=timezone(timedelta(hours=9)))

FIRST = ("j", "j", "j")
"""From the session to the row of the first page, on the first day: below the placement and the area."""
PAGE = (*FIRST, "enter")
COURSE = Path(__file__).parents[1] / "fixtures" / "course"

TEXTS = {
    "ja": {
        "half-value": ("値を求める", "$y = 0.4$ 、 $t = 1$ のとき、 $E = \\frac{1}{2} (y - t)^2$ を求めよ。"),
        "half-slope": ("微分を求める", "$E = \\frac{1}{2} (y - t)^2$ を $y$ で微分せよ。"),
        "half-meaning": ("正しい説明を選ぶ", "$E$ について正しいものを選べ。"),
        "absolute": ("絶対値", "$|-0.5|$ はいくつか。"),
        "options": ("残差が 0 なら値は 0 になる。", "値は負になることがある。"),
        "said": ("0 の二乗は 0 である。", "二乗の和は負にならない。"),
        "hints": ("まず $y - t$ を求める。", "二乗して、半分にする。"),
        "solution": "差は $-0.6$ 、二乗は $0.36$ 。その半分が答えで、 $E = 0.18$ 。",
        "factor": "半分にしていない。",
    },
    "en": {
        "half-value": ("Find the value", "Let $y = 0.4$ and $t = 1$. Find $E = \\frac{1}{2} (y - t)^2$."),
        "half-slope": ("Find the derivative", "Differentiate $E = \\frac{1}{2} (y - t)^2$ by $y$."),
        "half-meaning": ("Pick the right statement", "Which of these holds for $E$?"),
        "absolute": ("Absolute value", "What is $|-0.5|$?"),
        "options": ("Where the residual is 0, so is the value.", "The value can be negative."),
        "said": ("The square of 0 is 0.", "A sum of squares is never negative."),
        "hints": ("Find $y - t$ first.", "Square it, then halve it."),
        "solution": "The difference is $-0.6$, its square $0.36$. Half of that is $E = 0.18$.",
        "factor": "It was not halved.",
    },
}


def question(exercise: str, seed: int = 1, language: str = "ja") -> Question:
    """A question of the small course, as the kernel would draw it."""
    texts: Any = TEXTS[language]
    heading, prompt = texts[exercise]
    number = Question(
        exercise=exercise,
        skill=exercise,
        topic="losses/half",
        seed=seed,
        kind=Kind.NUMBER,
        language=language,
        version="1",
        heading=heading,
        prompt=prompt,
        values={"y": 0.4},
        key=NumberKey("0.18", digits=3),
        answer="0.180",
        hints=texts["hints"],
        solution=texts["solution"],
        mistakes=(KnownMistake("factor", "0.36", texts["factor"]),),
        convention=Convention(log="e"),
    )
    match exercise:
        case "half-slope":
            key = ExpressionKey("y - t", {"y": "real", "t": "real"}, {})
            return replace(number, kind=Kind.EXPRESSION, key=key, answer="y - t", convention=Convention())
        case "half-meaning":
            options = tuple(
                ShownOption(label, text, said)
                for label, text, said in zip("ab", texts["options"], texts["said"], strict=True)
            )
            choice = ChoiceKey(("a", "b"), ("a",))
            return replace(number, kind=Kind.CHOICE, key=choice, answer="a", options=options, mistakes=())
        case _:
            return number


@pytest.fixture(scope="session", autouse=True)
def _textual_does_no_idle_work() -> Iterator[None]:
    """Skip what nothing is seen of: parsing the same style sheets for each app and each kind of screen, and painting.

    Without a terminal a painted frame is thrown away; `screen_text` renders every widget that is in sight.
    """
    parse, paint = Stylesheet._parse_rules, Compositor.render_update
    parsed: dict[Any, list[RuleSet]] = {}

    def parse_once(self: Stylesheet, css: str, **options: Any) -> list[RuleSet]:
        key = (css, *options.items(), *self._variables.items())
        if key not in parsed:
            parsed[key] = parse(self, css, **options)
        return parsed[key]

    def paint_pictures_alone(self: Compositor, full: bool = False, **options: Any) -> Any:
        if full:
            return paint(self, full, **options)
        self._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(Compositor, "render_update", paint_pictures_alone)
        yield


@pytest.fixture
def app_reads(monkeypatch):
    """The texts that the app's own reader of Markdown was given, none being known at first."""
    texts: list[str] = []
    monkeypatch.setattr(marked, "_READ", {})
    monkeypatch.setattr(blocks, "read_blocks", lambda text: texts.append(text) or read_blocks(text))
    return texts


@dataclass
class TableKernel:
    """A kernel that grades by comparing texts. `failures` are raised first, one a request, but for texts to be read."""

    failures: list[Exception] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    undrawable: tuple[str, ...] = ()
    process_id: int | None = None
    closed: bool = False

    async def start(self) -> None:
        self.process_id = 1

    async def close(self) -> None:
        self.closed = True

    async def ask(self, request: Any) -> Any:
        self.asked.append(request)
        if self.failures and not isinstance(request, Read):
            raise self.failures.pop(0)
        self.process_id = 1
        return self.answer(request)

    def answer(self, request: Any) -> Any:
        match request:
            case Draw(source, exercise, seed):
                if exercise in self.undrawable:
                    return Undrawable(exercise, seed, "exhausted", "y < 0", source_place(source.page))
                return question(exercise, seed, source.language)
            case Offer(source, exercise, seed):
                drawn = self.answer(Draw(source, exercise, seed))
                return offered(drawn, lambda *_: True, tuple) if isinstance(drawn, Question) else drawn
            case Grade(asked, answer):
                return verdict(asked, answer.strip())
            case Plot(_, _, low, high, count):
                return CurvePoints((tuple((low + (high - low) * at / count, at / count) for at in range(count)),))
            case Refute():
                return "y = 0.4 では、あなたの式は 1、正答は 2 になります。"
            case Evaluate(text):
                return {"1/4": "0.25", "2*3": "6"}.get(text)
            case Train() | Descend() | Survey() | Compute() | Read():
                return Service().answer(request)
            case Prove(_, asked):
                routes = (
                    Route("numpy", "(y - 1)**2 / 2", "0.18"),
                    Route("mpmath", "(y - 1)**2 / 2", "0.18000000000000000000"),
                    Route("check: numpy", "0.5 * (1 - y)**2", "0.18"),
                )
                return Proof(asked.exercise, asked.seed, routes, "2.8e-17", "\\frac{(y-1)^2}{2}")
        raise AssertionError(request)


def source_place(page: str) -> Any:
    from studyapp.domain.place import Place

    return Place(page, 21, 4)


def verdict(asked: Question, answer: str) -> Verdict:
    known = next((mistake for mistake in asked.mistakes if mistake.answer == answer), None)
    if answer in (asked.answer, "0.18"):
        return Verdict(Outcome.CORRECT, reading=answer)
    if known is not None:
        return Verdict(Outcome.WRONG, known.name, message=known.sentence, reading=answer)
    if answer == "0.2":
        return Verdict(Outcome.ROUNDING, message=RIGHT(wanted=PLACES(count=3)), reading=answer)
    if answer == "?":
        return Verdict(Outcome.UNREADABLE, message="unreadable")
    return Verdict(Outcome.WRONG, reading=answer, value="0.250" if answer == "1/4" else "")


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@dataclass
class Desk:
    """A course in a folder, and what an app over it is made of."""

    folder: Path
    kernel: TableKernel
    setup: Setup

    @property
    def history(self) -> Path:
        return self.setup.data / "history.jsonl"

    def attempts(self) -> list[str]:
        """The lines of the history after its header."""
        return self.history.read_text(encoding="utf-8").splitlines()[1:]

    def edit(self, old: str, new: str, page: str = "ja/losses/half.md") -> None:
        """Replace a text of a page where it is first found."""
        path = self.folder / "content" / page
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def bodies(self) -> list[dict[str, Any]]:
        """What the events of the history say."""
        return [json.loads(line)["body"] for line in self.attempts()]

    def answers(self) -> list[dict[str, Any]]:
        """What the attempts among them say."""
        return [body for body in self.bodies() if "mode" in body]

    @asynccontextmanager
    async def app(
        self,
        size: tuple[int, int] = (80, 24),
        *,
        newcomer: bool = False,
        keys: str | Sequence[str] = (),
        load: Load | None = None,
        **changes: Any,
    ) -> AsyncIterator[tuple[StudyApp, Hand]]:
        """The app, running and filled, after some keys; without `newcomer` the welcome is skipped.

        With `load` nothing is waited for.
        """

        async def plain(setup: Setup) -> Interior:
            return Interior.open(setup, self.kernel)

        app = StudyApp(replace(self.setup, **changes), load or plain)
        async with app.run_test(size=size) as pilot:
            hand = Hand(pilot)
            if load is None:
                await hand.settled()
            if load is None and not newcomer and type(app.screen).__name__ == "WelcomeScreen":
                await hand.act("escape")
            if keys:
                await hand.act(*([keys] if isinstance(keys, str) else keys))
            yield app, hand


class Hand:
    """A pilot that types without waiting for an idle processor: every key is waited for, no time is."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self._app = pilot.app
        self._pilot = pilot
        self.pictures: dict[str, list[str]] = {}
        self.resize_terminal = pilot.resize_terminal
        self.wait_for_screen = pilot._wait_for_screen

    def send(self, *keys: str) -> None:
        """Send keys by Textual's names, or single signs, as a terminal does after it was held up: all at once."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            sign = key if len(key) == 1 else {"space": " ", "enter": "\r"}.get(key)
            self._app.post_message(events.Key(name, sign))

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.send(key)
            await self.pause()

    async def act(self, *keys: str) -> None:
        """Press keys, and wait for what they lead to."""
        await self.press(*keys)
        await self.settled()

    async def picture(self, name: str, *keys: str) -> None:
        """Press keys, and keep what is seen then among the pictures."""
        await self.act(*keys)
        self.pictures[name] = screen_text(self._app).split("\n")

    async def click(self, widget: Any, **where: Any) -> None:
        """Click on a widget, and wait for what it leads to."""
        await self._pilot.click(widget, **where)
        await self.settled()

    async def burst(self, *keys: str) -> None:
        """Send keys all at once, and wait for what they lead to."""
        self.send(*keys)
        await self.settled()

    async def learn(self) -> None:
        """Start the session of the day, and read the section of its first skill."""
        await self.act("s")
        await self.read()

    async def read(self) -> None:
        """Go on from the section that teaches a new skill to its questions, where one is shown."""
        if isinstance(self._app.screen, LessonScreen):
            await self.act("enter")

    async def answer(self, text: str) -> None:
        """Type an answer and hand it in."""
        await self.act(*text, "enter")

    async def pause(self) -> None:
        """Let every message that is on its way arrive."""
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def done(self) -> None:
        """Wait for what is under way, unless it ends with the screen that it is for."""
        with suppress(WorkerCancelled):
            await self._app.workers.wait_for_complete()

    async def settled(self) -> None:
        """Wait until nothing is under way and the screen is painted."""
        app = self._app
        await self.pause()
        await self.done()
        for _ in range(LOOKS):
            if not getattr(app.screen, "scrolls_due", 0):
                break
            await asyncio.sleep(FRAME)
        before = None
        for _ in range(STILL):
            await asyncio.sleep(FRAME)
            await self.pause()
            await self.done()  # a key that was held acts in a worker, and may begin another
            await self.wait_for_screen()
            seen = screen_text(app)
            if seen == before:
                return
            before = seen


async def settled(_app: StudyApp, pilot: Hand | Pilot[None]) -> None:
    """Wait until nothing is under way and the screen is painted."""
    await (pilot if isinstance(pilot, Hand) else Hand(pilot)).settled()


class Disk:
    """What histories are written to; a folder called `other` is on another one."""

    full = False

    def fill(self) -> None:
        self.full = True

    def free(self) -> None:
        self.full = False


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """A disk that takes nothing while it is full."""
    disk, append = Disk(), History.append

    def appending(self: History, *arguments: Any, **named: Any) -> Any:
        if disk.full and "other" not in self.path.parts:
            raise NotSavedError(NotSavedCode.NO_SPACE)
        return append(self, *arguments, **named)

    monkeypatch.setattr(History, "append", appending)
    return disk


@pytest.fixture
def desk_in(tmp_path: Path) -> Callable[..., Desk]:
    """A desk in a language, over a folder of its own."""

    def make(language: str = "ja") -> Desk:
        set_language(language)
        content = tmp_path / "content"
        shutil.copytree(COURSE, content, dirs_exist_ok=True)
        numbers = itertools.count()
        setup = Setup(
            language=language,
            content=(content,),
            data=tmp_path / "data",
            cache=None,
            now=lambda: MORNING,
            new_id=lambda: f"id-{next(numbers)}",
            seed=lambda: 1,
            guard=0,
        )
        return Desk(tmp_path, TableKernel(), setup)

    return make


@pytest.fixture
def desk(desk_in: Callable[..., Desk]) -> Desk:
    """A desk in Japanese."""
    return desk_in()


@pytest.fixture(name="settled")
def settled_() -> Callable[..., Any]:
    """Wait until nothing is under way."""
    return settled


@pytest.fixture
def hand_of() -> Callable[..., Hand]:
    """A hand for a pilot."""
    return Hand
