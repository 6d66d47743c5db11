"""Every use of Textual's internals, each with its reason and a test that fails without it. Tried with Textual 8.2.8."""

from __future__ import annotations

import re

import textual.content
from textual.app import App

from studyapp.typeset.lines import divide_line
from studyapp.typeset.width import cells

_TEXT = re.compile(r'(<text [^>]*textLength=")([0-9.]+)("[^>]*>)([^<]*)(</text>)')


def use_japanese_line_breaking() -> None:
    """Let Textual break lines by the rules of Japanese typesetting.

    Textual takes Rich's `divide_line`, which breaks at white space only and then folds anywhere: lines begin with 。
    and words are cut. Every text of every widget goes through this one name.
    """
    textual.content.divide_line = divide_line  # type: ignore[attr-defined]  # a private import of that module


def screen_text(app: App[object]) -> str:
    """The cells of the screen as text: what a reader of a snapshot sees.

    Textual gives out pictures only as SVG; the strips behind them are the compositor's.
    """
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 — see above
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def screenshot(app: App[object], title: str) -> str:
    """The screen as SVG, with wide characters as wide as they are.

    Rich writes `textLength` as if each character took one cell, which squeezes Japanese to half its width.
    """
    import html

    def widened(found: re.Match[str]) -> str:
        text = html.unescape(found[4])
        length = float(found[2]) * cells(text.replace("\N{NO-BREAK SPACE}", " ")) / max(1, len(text))
        return f"{found[1]}{length:g}{found[3]}{found[4]}{found[5]}"

    return _TEXT.sub(widened, app.export_screenshot(title=title))
