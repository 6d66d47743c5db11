"""Figures and images in questions: drawn or said, and opened with a key; and exercises that their author answers."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.domain.place import PageSource
from studyapp.kernel.requests import Draw, Offer, Plot
from studyapp.kernel.service import Service
from studyapp.screens import images, marked
from studyapp.screens.exam.result import ExamReviewScreen
from tests.screens.screenshots import screen_text
from tests.screens.test_exams import EXAM

PIXEL = Path(__file__).parents[1] / "fixtures" / "lint" / "pixel.png"
PICTURED = """y は残差である。

```yaml figure
curves:
  - {{ y }}*x
over: {x: 0..1}
```

点は ![散布図](dots.png) 、線は ![直線](line.png) 。
"""


@pytest.fixture
def pictured(desk_in, monkeypatch):
    """A desk whose first exercise shows a figure and two images, drawn by the real kernel."""
    desk = desk_in()
    for name in ("dots.png", "line.png"):
        shutil.copy(PIXEL, desk.setup.content[0] / "ja" / "losses" / name)
    page = desk.setup.content[0] / "ja" / "losses" / "half.md"
    heading = "## 値を求める\n"
    text = page.read_text(encoding="utf-8")
    assert heading in text
    page.write_text(text.replace(heading, f"{heading}\n{PICTURED}"), encoding="utf-8")
    shutil.rmtree(desk.setup.content[0] / "en")
    answer, service = desk.kernel.answer, Service()
    desk.kernel.answer = lambda one: service.answer(one) if isinstance(one, Draw | Plot) else answer(one)
    monkeypatch.setattr(marked, "_READ", {})
    monkeypatch.setattr(marked, "_DRAWN", {})
    return desk


@pytest.fixture
def opened(monkeypatch):
    """The files that were opened."""
    files = []
    monkeypatch.setattr(images, "open_file", lambda path: files.append(path.name) or True)
    return files


BRAILLE = "⠤"


async def test_a_question_shows_its_figure_in_its_own_numbers(pictured):
    async with pictured.app(size=(80, 60)) as (app, pilot):
        await pilot.learn()
        assert BRAILLE in screen_text(app)
        assert "[画像: 散布図]" in screen_text(app)
        (plot,) = [one for one in pictured.kernel.asked if isinstance(one, Plot) and "*x" in one.curves[0]]
        assert plot.curves[0].startswith("0.")


async def test_a_figure_that_the_kernel_fails_to_draw_is_told_and_asked_for_again(pictured):
    from studyapp.kernel.messages import KernelFailure

    ask, failing = pictured.kernel.ask, [True]

    async def asked(request):
        if isinstance(request, Plot) and request.curves[0].endswith("*x") and failing:
            raise KernelFailure("gone")
        return await ask(request)

    pictured.kernel.ask = asked
    async with pictured.app(size=(80, 60)) as (app, pilot):
        await pilot.learn()
        assert "計算の部分が止まりました（gone）" in screen_text(app)
        failing.clear()
        await pilot.act("r")
        assert BRAILLE in screen_text(app)


async def test_an_image_is_picked_and_opened(pictured, opened):
    async with pictured.app(size=(80, 60)) as (app, pilot):
        await pilot.learn()
        await pilot.act("ctrl+o")
        assert "直線" in screen_text(app)
        await pilot.act("j", "enter")
        assert opened == ["line.png"]
        assert "画像を開きました" in screen_text(app)


async def test_the_key_of_images_is_none_where_there_are_none(desk, opened):
    async with desk.app() as (app, pilot):
        await pilot.learn()
        assert "画像を開く" not in screen_text(app)
        await pilot.act("ctrl+o")
        assert "ここに画像はありません" in screen_text(app)
        assert opened == []


async def test_an_image_of_a_page_is_opened_beside_it(desk, opened):
    shutil.copy(PIXEL, desk.setup.content[0] / "ja" / "losses" / "dots.png")
    desk.edit("\n## ", "\n![散布図](dots.png)\n\n## ")
    async with desk.app(keys=("j", "j", "j", "enter")) as (app, pilot):
        assert "[画像: 散布図]" in screen_text(app)
        await pilot.act("i")
        assert opened == ["dots.png"]


FENCE = "```yaml figure\ncurves:\n  - {slope}*y\nover: {{y: 0..1}}\n```"


async def test_an_exam_and_its_review_draw_figures_and_open_images(desk, opened, monkeypatch):
    monkeypatch.setattr(marked, "_DRAWN", {})
    shutil.copy(PIXEL, desk.setup.content[0] / "ja" / "losses" / "dots.png")
    ask = desk.kernel.ask

    async def asked(request):
        reply = await ask(request)
        if isinstance(request, Offer):
            fence = FENCE.format(slope=request.seed % 97 + 1)
            prompt = f"{request.seed}\n\n{fence}\n\n![散布図](dots.png)"
            return replace(reply, question=replace(reply.question, seed=request.seed, prompt=prompt))
        return reply

    desk.kernel.ask = asked
    async with desk.app(size=(80, 60), keys=EXAM) as (app, pilot):
        assert BRAILLE in screen_text(app)
        await pilot.act("i")
        assert opened == ["dots.png"]
        await pilot.act("s", "s", "w")
        assert isinstance(app.screen, ExamReviewScreen)
        assert BRAILLE in screen_text(app)
        await pilot.act("i")
        assert opened == ["dots.png", "dots.png"]


@pytest.mark.parametrize(
    ("platform", "display", "tool"), [("linux", ":0", "xdg-open"), ("linux", "", ""), ("darwin", "", "open")]
)
def test_a_file_is_opened_by_the_systems_viewer_and_never_in_the_terminal(monkeypatch, platform, display, tool):
    monkeypatch.setattr(images.sys, "platform", platform)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(images.shutil, "which", lambda name: f"/usr/bin/{name}")
    run = []
    assert images.open_file(Path("a.png"), lambda command, **_: run.append(command)) is bool(tool)
    assert run == ([[f"/usr/bin/{tool}", "a.png"]] if tool else [])


def test_a_drawn_question_says_where_its_images_lie(pictured):
    page = pictured.setup.content[0] / "ja" / "losses" / "half.md"
    question = Service().answer(Draw(PageSource("losses/half", str(page)), "half-value", 1))
    assert question.folder == str(page.parent)
    assert [path.name for path in marked.images_of(question.texts, question.folder)] == ["dots.png", "line.png"]
