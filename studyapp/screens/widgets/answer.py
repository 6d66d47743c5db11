"""The line in which an answer is typed."""

from __future__ import annotations

from textual.widgets import Input


class AnswerInput(Input):
    """A plain input, one row high. It takes every sign as it is typed: reading it is the language's business.

    (Textual's number input drops the full-width full stop and so turns １２．５ into 125.)
    """

    DEFAULT_CSS = """
    AnswerInput, AnswerInput:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        &.-textual-compact { border: none; padding: 0 1; }
    }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 — Textual's name
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, compact=True)
        self.cursor_blink = False
