"""Copying: by a tool of the system where there is one, else by asking the terminal (OSC 52)."""

from __future__ import annotations

import asyncio

from textual.app import App

from studyapp.domain.text import Text

COPIED = Text(ja="コピーしました（{tool}）: {text}", en="Copied ({tool}): {text}")
COPIED_BY_TERMINAL = Text(
    ja="端末にコピーを頼みました（OSC 52）。届かない端末もあります: {text}",
    en="Asked the terminal to copy (OSC 52); some terminals do not: {text}",
)

NOTHING_TO_COPY = Text(ja="コピーするものがありません。", en="There is nothing to copy.")


async def copy(app: App[object], text: str) -> str:
    """Copy a text; the name of the system's tool that took it, or an empty text where the terminal was asked."""
    tool = await asyncio.to_thread(_by_tool, text)
    if not tool:
        app.copy_to_clipboard(text)
    return tool


def _by_tool(text: str) -> str:
    """Give the text to the system's clipboard: the name of the tool, empty where there is none or it fails."""
    import pyperclip

    take, _ = pyperclip.determine_clipboard()
    try:
        take(text)
    except (pyperclip.PyperclipException, OSError):
        return ""
    name: str = take.__name__.removeprefix("copy_")
    return name


def copied_text(text: str, tool: str) -> str:
    """What was copied, and by which way: a tool of the system, or else the terminal."""
    return COPIED(text=text, tool=tool) if tool else COPIED_BY_TERMINAL(text=text)
