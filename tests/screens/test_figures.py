"""Figures on a page: the focus goes to them and back, keys move their point, change their value, train a network."""

import asyncio

import pytest

from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Plot, Train
from studyapp.screens import topic
from studyapp.screens.home import HomeScreen
from studyapp.screens.topic import FigureView
from studyapp.screens.widgets import KeyLine
from tests.screens.conftest import PAGE
from tests.screens.screenshots import screen_text

"""The keys that lead from home to the first page."""

FIGURES = """```yaml figure
curves:
  - a * y
over: {y: 0..1}
parameter: {a: [1, 2, 3]}
```

図: 直線。

```yaml figure
curves:
  - w**2
over: {w: -4..4}
descent: {start: -3, rates: [0.1, 0.5], steps: 5}
```

図: 下る。

```yaml figure
curves:
  - (a**2 + 4 * b**2) / 2
over: {a: -2..2, b: -1..1}
descent: {start: [1, 1], rates: [0.1, 0.5], steps: 5}
```

図: 谷。

```yaml figure
training: {hidden: [4], rate: 0.1, batches: [512, 1024], epochs: 3}
```

図: 学習。

"""
HEADINGS = {"ja": "## 値を求める\n", "en": "## Find the value\n"}


@pytest.fixture
def desk(desk):
    """A desk whose first page has figures."""
    desk.edit(HEADINGS["ja"], FIGURES + HEADINGS["ja"])
    return desk


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_figures_of_a_page_look_as_they_did(desk_in, snapshot, language):
    desk = desk_in(language)
    desk.edit(HEADINGS[language], FIGURES + HEADINGS[language], f"{language}/losses/half.md")
    async with desk.app(size=(80, 24), keys=PAGE) as (_, pilot):
        for name, keys in {
            "curve": "f",
            "moved": ("right", "n"),
            "descent": "f",
            "step": ("right", "n"),
            "valley": ("f", "right", "right"),
            "training": "f",
            "trained": "s",
        }.items():
            await pilot.picture(name, *keys)
    assert pilot.pictures == snapshot


async def test_escape_leads_from_the_figure_to_the_page_and_from_there_home(desk):
    async with desk.app(keys=PAGE) as (app, pilot):
        assert app.screen.figure is None
        assert "figure" in app.screen.query_one(KeyLine).names
        await pilot.act("f")
        assert app.screen.figure is not None
        assert "point_forward" in app.screen.query_one(KeyLine).names
        await pilot.act("escape")
        assert app.screen.figure is None
        assert "exercises" in app.screen.query_one(KeyLine).names
        await pilot.act("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_focus_goes_round_the_figures(desk):
    async with desk.app(keys=PAGE) as (app, pilot):
        views = list(app.screen.query(FigureView))
        for number, key in enumerate(("f", "ｆ", "tab") * 4):  # each key from each figure
            await pilot.act(key)
            assert app.screen.figure is views[number % 4]


async def test_a_click_gives_a_figure_the_focus(desk):
    async with desk.app(size=(80, 40), keys=PAGE) as (app, pilot):
        view = app.screen.query(FigureView).first()
        await pilot.act("f", "escape")
        await pilot.click(view)
        assert app.screen.figure is view


async def test_the_point_moves_and_stays_on_the_curve(desk):
    async with desk.app(keys=(*PAGE, "f")) as (app, pilot):
        view = app.screen.figure
        middle = view.view.at
        for right, left in (("right", "left"), ("l", "h"), ("ｌ", "ｈ")):
            await pilot.act(right)
            assert view.view.at > middle
            await pilot.act(left, left)
            assert view.view.at < middle
            await pilot.act(right)
        await pilot.act(*["h"] * 80)
        assert view.view.at == 0


async def test_a_key_held_down_asks_the_kernel_once(desk, monkeypatch):
    async with desk.app(keys=PAGE) as (_, pilot):
        await pilot.act("f")
        before = len(desk.kernel.asked)
        monkeypatch.setattr(topic, "PAUSE", 3600)  # the next key comes before the pause is over
        await pilot.press("n", "n", "n", "n")
        monkeypatch.setattr(topic, "PAUSE", 0)
        await pilot.act("n")
        asked = [request for request in desk.kernel.asked[before:] if isinstance(request, Plot)]
        assert len(asked) == 1
        assert asked[-1].value == 3.0
        assert asked[-1].slopes


async def test_without_the_focus_the_keys_of_figures_do_nothing(desk):
    async with desk.app(keys=PAGE) as (app, pilot):
        before = screen_text(app)
        await pilot.act("right", "left", "n", "p", "s")
        assert screen_text(app) == before
        assert not any(isinstance(request, Train) for request in desk.kernel.asked)


async def test_a_training_run_stops_at_a_key_and_when_the_page_is_left(desk, monkeypatch):
    async with desk.app(keys=PAGE) as (app, pilot):
        await pilot.act("f", "f", "f", "f")
        ask = desk.kernel.ask
        waiting = asyncio.Event()

        async def slow(request):
            if isinstance(request, Train) and request.epoch:
                waiting.set()
                await asyncio.Event().wait()
            return await ask(request)

        monkeypatch.setattr(desk.kernel, "ask", slow)
        for stop in ("s", "n"):
            waiting.clear()
            await pilot.press("s")
            await waiting.wait()
            await pilot.act(stop)
        waiting.clear()
        await pilot.press("s")
        await waiting.wait()
        await pilot.act("escape", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_kernel_that_fails_under_a_figure_is_told_and_tried_again(desk):
    async with desk.app(keys=PAGE) as (app, pilot):
        await pilot.act("f")
        desk.kernel.failures.append(KernelFailure("the kernel has stopped"))
        await pilot.act("n")
        assert "the kernel has stopped" in screen_text(app)
        await pilot.act("n")
        assert desk.kernel.asked[-1].value == 3.0


async def test_a_figure_that_cannot_be_drawn_leaves_the_page_readable_and_is_tried_again_with_r(desk):
    async with desk.app(size=(80, 60)) as (app, pilot):
        desk.kernel.failures.append(KernelFailure("the kernel has stopped"))
        await pilot.act(*PAGE)
        assert "the kernel has stopped" in screen_text(app)
        assert "図: 直線。" in screen_text(app)
        before = len(desk.kernel.asked)
        await pilot.act("r")
        assert "the kernel has stopped" not in screen_text(app)
        assert any(isinstance(request, Plot) for request in desk.kernel.asked[before:])


FRAMES = """```yaml figure
grid:
  cells:
    values: range(4)
    lit: (0, i, 1, 1)
parameter: {i: [0, 1, 2]}
```

図: 窓。

"""


async def test_the_arrows_lead_through_the_values_of_what_is_computed_and_stop_at_both_ends(desk):
    desk.edit(HEADINGS["ja"], FRAMES + HEADINGS["ja"])
    async with desk.app(size=(80, 40), keys=PAGE) as (app, pilot):
        await pilot.act(*["f"] * 5)
        view = app.screen.figure
        assert view.figure.form == "grid"
        assert "point_forward" in app.screen.query_one(KeyLine).names
        for key, choice, cells in (
            ("left", 0, "[0] 1  2  3"),
            ("right", 1, " 0 [1] 2  3"),
            ("l", 2, " 0  1 [2] 3"),
            ("right", 2, " 0  1 [2] 3"),
            ("h", 1, " 0 [1] 2  3"),
        ):
            await pilot.act(key)
            assert view.view.choice == choice
            assert cells in screen_text(app)
