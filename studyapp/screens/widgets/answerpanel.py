"""Where an answer is typed: how it is to be written, the line for it, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from studyapp.domain.question import Question
from studyapp.domain.words import Words
from studyapp.screens.asking import asked_for, plain_lines
from studyapp.screens.look import said
from studyapp.screens.reading import Reading, read
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset import cells
from studyapp.typeset.document import Line, Span


class AnswerPanel(Vertical):
    """The input with what belongs to it."""

    DEFAULT_CSS = """
    AnswerPanel { height: auto; }
    AnswerPanel #asked { color: $muted; }
    AnswerPanel #line { height: auto; }
    AnswerPanel #label { width: auto; padding-right: 1; color: $accent; text-style: bold; }
    AnswerPanel #typing { width: 1fr; height: auto; }
    AnswerPanel #reading { min-height: 3; padding: 0 1; }
    """

    def __init__(self, words: Words, *, ascii_only: bool, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._words = words
        self._ascii_only = ascii_only

    def compose(self) -> ComposeResult:
        """The reading stands below the text it reads."""
        yield Static("", id="asked", markup=False)
        with Horizontal(id="line"):
            yield Static(f"{self._words.screens.answer} ›", id="label", markup=False)
            with Vertical(id="typing"):
                yield AnswerInput(id="answer")
                yield Lines(id="reading")

    @property
    def input(self) -> AnswerInput:
        """The line itself."""
        return self.query_one(AnswerInput)

    def show(self, question: Question, typed: str) -> None:
        """Ask for an answer to a question; `typed` is what there is of it."""
        self.query_one("#asked", Static).update(said(asked_for(question, self._words.screens)))
        self.write(typed)
        self.show_reading(question, typed)

    def write(self, text: str) -> None:
        """Put a text into the line."""
        if self.input.value != text:
            self.input.value = text
            self.input.cursor_position = len(text)

    def show_reading(self, question: Question, typed: str) -> None:
        """Show how the text is read."""
        found = read(question, typed, self._words, ascii_only=self._ascii_only)
        self.query_one("#reading", Lines).show(lambda width: reading_lines(found, typed, width))


def reading_lines(found: Reading, typed: str, width: int) -> Iterator[Line]:
    """The rows of a reading, or carets and a sentence; the text is repeated above them where the input has scrolled."""
    yield from found.rows
    if found.carets:
        if cells(typed) >= width:
            yield (Span(typed, "muted"),)
        yield (Span(found.carets, "near"),)
        yield from plain_lines(found.sentence, width, "muted")
