"""Where an answer is typed: how it is to be written, the line for it, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from studyapp.domain.text import Text
from studyapp.screens.asking import asked_for, one_of
from studyapp.screens.look import said
from studyapp.screens.marked import plain_lines
from studyapp.screens.reading import Reading, read
from studyapp.screens.sitting import Sitting
from studyapp.screens.steps import asked_step
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.lines import Lines
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells

ANSWER = Text(ja="答え", en="Answer")


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

    def __init__(self, *, ascii_only: bool, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._ascii_only = ascii_only

    def compose(self) -> ComposeResult:
        """The reading stands below the text it reads."""
        yield Lines(id="step")
        yield Static("", id="asked", markup=False)
        with Horizontal(id="line"):
            yield Static(f"{ANSWER()} ›", id="label", markup=False)
            with Vertical(id="typing"):
                yield AnswerInput(id="answer")
                yield Lines(id="reading")

    @property
    def input(self) -> AnswerInput:
        """The line itself."""
        return self.query_one(AnswerInput)

    def show(self, sitting: Sitting) -> None:
        """Ask for the answer that a sitting waits for."""
        step = self.query_one("#step", Lines)
        setting = RenderOptions(ascii_only=self._ascii_only)
        step.show(lambda width: asked_step(sitting, width, setting))
        step.display = sitting.step is not None
        self.query_one("#asked", Static).update(said(asked_for(sitting)))
        self.input.labels = one_of(sitting)
        self.write(sitting.typed)
        self.show_reading(sitting)

    def write(self, text: str) -> None:
        """Put a text into the line."""
        if self.input.value != text:
            self.input.value = text
            self.input.cursor_position = len(text)

    def show_reading(self, sitting: Sitting) -> None:
        """Show how the text is read."""
        typed, key = sitting.typed, sitting.key
        found = read(key, typed, ascii_only=self._ascii_only) if key is not None else Reading()
        self.query_one("#reading", Lines).show(lambda width: reading_lines(found, typed, width))


def reading_lines(found: Reading, typed: str, width: int) -> Iterator[Line]:
    """The rows of a reading, or carets and a sentence; the text is repeated above them where the input has scrolled."""
    yield from found.rows
    if found.carets:
        if cells(typed) >= width:
            yield (Span(typed, "muted"),)
        yield (Span(found.carets, "near"),)
        yield from plain_lines(found.sentence, width, "muted")
