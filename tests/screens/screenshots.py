"""The screen of an app as text and as SVG."""

import html
import re

from textual._context import visible_screen_stack
from textual.app import App, ComposeResult
from textual.widget import Widget

from studyapp.typeset.width import cells

_TEXT = re.compile(r'(<text [^>]*textLength=")([0-9.]+)("[^>]*>)([^<]*)(</text>)')


def screen_text(app: App[object]) -> str:
    """The cells of the screen as text: what a reader of a snapshot sees.

    Textual gives out pictures only as SVG; the strips behind them are the compositor's, which shows
    the screens below one that does not cover them where it knows of them.
    """
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shown(*widgets: Widget, size: tuple[int, int]) -> str:
    """What a screen of these widgets alone shows."""

    class Page(App[None]):
        def compose(self) -> ComposeResult:
            yield from widgets

    app = Page()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        return screen_text(app)


def screenshot(app: App[object], title: str) -> str:
    """The screen as SVG, with wide characters as wide as they are.

    Rich writes `textLength` as if each character took one cell, which squeezes Japanese to half its width.
    """

    def widened(found: re.Match[str]) -> str:
        text = html.unescape(found[4])
        length = float(found[2]) * cells(text.replace("\N{NO-BREAK SPACE}", " ")) / max(1, len(text))
        return f"{found[1]}{length:g}{found[3]}{found[4]}{found[5]}"

    return _TEXT.sub(widened, app.export_screenshot(title=title))
