"""Each change to Textual: what it mends is seen to be broken without it, so that we learn when it can go."""

import re

import pytest
import rich._wrap
import textual.content
from textual.app import App
from textual.events import Key, Paste
from textual.screen import Screen
from textual.widgets import Static

from studyapp.screens.textual_compat import FloodParser, MendedScreen, read_styles, use_japanese_line_breaking
from tests.screens.screenshots import screenshot, shown

SENTENCE = "最尤推定（maximum likelihood）では、損失を最小にする。「交差エントロピー」は、その代表である。"
FORBIDDEN_AT_HEAD = "。、」）ー"


async def breaks_rules(width: int) -> bool:
    """Whether Textual cuts a word, or begins a line with a sign that may not be there."""
    text = await shown(Static(SENTENCE, markup=False), size=(width, 20))
    lines = [line for line in text.split("\n") if line]
    whole = "maximumlikelihood" in "".join(lines).replace(" ", "") and any("maximum" in line for line in lines)
    return not whole or any(line[0] in FORBIDDEN_AT_HEAD for line in lines)


@pytest.fixture
def plain_textual(monkeypatch):
    """Textual as it comes."""
    monkeypatch.setattr(textual.content, "divide_line", rich._wrap.divide_line)


async def test_japanese_lines_begin_and_end_as_they_may(plain_textual):
    use_japanese_line_breaking()
    for width in range(16, 40):
        assert not await breaks_rules(width), width


async def test_textual_itself_still_breaks_japanese_lines_wrongly(plain_textual):
    assert any([await breaks_rules(width) for width in (14, 16, 18)])


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


class TestFloods:
    """What a terminal sends in one piece, as events: (key or "paste", text)."""

    def events(self, *pieces: str) -> list[tuple[str, str | None]]:
        parser = FloodParser()
        found = [event for piece in pieces for event in parser.feed(piece)]
        return [
            ("paste", event.text) if isinstance(event, Paste) else (event.key, event.character)
            for event in found
            if isinstance(event, Paste | Key)
        ]

    @pytest.mark.parametrize("before", [[], ["\x1b[A", "x"], ["\x1b[200~ab\x1b[201~", "x"], ["\x1b[I", "x"]])
    def test_a_flood_is_one_paste_and_the_key_behind_it_is_a_key(self, before):
        assert self.events(*before, "1" * 5000 + "\x03")[-2:] == [("paste", "1" * 5000), ("ctrl+c", "\x03")]

    @pytest.mark.parametrize("typed", ["12", "/cosh", "1 2\x7f3", "x" * 63, "a\r" * 100])
    def test_what_hands_type_is_keys_in_their_order(self, typed):
        assert [text for name, text in self.events(typed) if name != "paste"] == list(typed)

    def test_a_marked_paste_is_one_paste_however_it_is_cut(self):
        text = "y - t " * 100
        whole = f"\x1b[200~{text}\x1b[201~"
        for cut in (1, 3, 5, 6, 20, 200, len(whole) - 3):
            assert self.events(whole[:cut], whole[cut:]) == [("paste", text)], cut

    @pytest.mark.parametrize("cut", [1, 2, 3, 4])
    def test_a_sequence_that_is_cut_stays_one_key(self, cut):
        key = "\x1b[15~"
        assert self.events(key[:cut], key[cut:] + "x" * 80)[0] == ("f5", None)


class Flat(Static):
    DEFAULT_CSS = "Flat { height: 1; }"


async def test_a_widget_whose_styles_were_read_brings_none_when_it_is_mounted(tmp_path):
    sheet = tmp_path / "sheet.tcss"
    sheet.write_text("Static { width: 4; }", encoding="utf-8")
    app = App()
    async with app.run_test():
        known = set(app.stylesheet.source)
        read_styles(app, sheet, [Flat()])
        read = set(app.stylesheet.source)
        await app.mount(flat := Flat())
        assert read > known
        assert set(app.stylesheet.source) == read
        assert (flat.size.width, flat.size.height) == (4, 1)


class Counted(App[None]):
    styled = 0

    def update_styles(self, node, animate=True):
        self.styled += 1
        super().update_styles(node, animate)


@pytest.mark.parametrize(("kind", "times"), [(Screen, 1), (MendedScreen, 0)])
async def test_a_screen_is_not_styled_anew_as_it_is_opened(kind, times):
    app = Counted()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.styled = 0
        await app.push_screen(kind())
        await pilot.pause()
        assert app.styled == times
