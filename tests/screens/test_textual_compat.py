"""Each change to Textual: what it mends is seen to be broken without it, so that we learn when it can go."""

from __future__ import annotations

import re

import pytest
import rich._wrap
import textual.content
from textual.app import App
from textual.widgets import Static

from studyapp.screens.textual_compat import screen_text, screenshot, use_japanese_line_breaking

SENTENCE = "最尤推定（maximum likelihood）では、損失を最小にする。「交差エントロピー」は、その代表である。"
FORBIDDEN_AT_HEAD = "。、」）ー"


class Page(App[None]):
    def compose(self):
        yield Static(SENTENCE, markup=False)


async def rows(width: int) -> list[str]:
    app = Page()
    async with app.run_test(size=(width, 20)) as pilot:
        await pilot.pause()
        return [row for row in screen_text(app).split("\n") if row]


def breaks_rules(lines: list[str]) -> bool:
    cut_word = "maximumlikelihood" not in "".join(lines).replace(" ", "") or not any(
        "maximum" in line for line in lines
    )
    return cut_word or any(line[0] in FORBIDDEN_AT_HEAD for line in lines)


@pytest.fixture
def plain_textual(monkeypatch):
    """Textual as it comes."""
    monkeypatch.setattr(textual.content, "divide_line", rich._wrap.divide_line)


async def test_japanese_lines_begin_and_end_as_they_may(plain_textual):
    use_japanese_line_breaking()
    for width in range(16, 40):
        assert not breaks_rules(await rows(width)), width


async def test_textual_itself_still_breaks_japanese_lines_wrongly(plain_textual):
    assert any([breaks_rules(await rows(width)) for width in (14, 16, 18)])


def lengths(svg: str) -> list[tuple[str, float]]:
    found = re.findall(r'<text [^>]*textLength="([0-9.]+)"[^>]*>([^<]*)</text>', svg)
    return [(text.replace("&#160;", " ").rstrip(), float(length)) for length, text in found]


async def test_a_picture_gives_japanese_its_width_which_textual_itself_does_not():
    class Word(App[None]):
        def compose(self):
            yield Static("損失", markup=False)
            yield Static("loss", markup=False)

    app = Word()
    async with app.run_test(size=(4, 2)) as pilot:
        await pilot.pause()
        plain = dict(lengths(app.export_screenshot(title="x")))
        mended = dict(lengths(screenshot(app, "x")))
    assert plain["損失"] == pytest.approx(plain["loss"] / 2)
    assert mended["損失"] == pytest.approx(mended["loss"])
