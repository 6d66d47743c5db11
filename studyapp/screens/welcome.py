"""The first screen of a new learner: exam date, minutes a day, one answer for practice. Esc skips it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from studyapp.domain.verdict import Unreadable
from studyapp.domain.words.screens import ScreensWords
from studyapp.language import read_number, to_tex
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.look import said
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.settings import example_exam, save_settings
from studyapp.typeset.document import Span
from studyapp.typeset.layout import set_formula
from studyapp.typeset.tree import TexError

_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")
FIELDS = ("exam", "minutes", "practice")
MOST_MINUTES = 600


def read_date(text: str) -> date | None:
    """A date as people write it (`2026-11-08`, `2026/11/8`, `２０２６年１１月８日`); None where it is none."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def past_exam(exam: date | None, today: date, words: ScreensWords) -> str:
    """A warning where the date of the exam is past."""
    return words.past_exam(exam) if exam is not None and exam < today else ""


def read_minutes(text: str) -> int | None:
    """Minutes from 1 to 600; None where the text says none."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    minutes = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 3 else 0
    return minutes if 1 <= minutes <= MOST_MINUTES else None


class WelcomeScreen(DeskScreen):
    """Three fields, one after the other."""

    TABLE = "welcome"
    CSS_PATH = "welcome.tcss"
    BINDINGS = bindings("welcome")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.settings = desk.course.settings

    def compose(self) -> ComposeResult:
        """The fields, and how the practice answer is read."""
        words = self.words
        yield Masthead(words.welcome)
        with VerticalScroll(id="body", can_focus=False), Vertical(classes="column"):
            yield Static(said(words.greeting), markup=False)
            yield from self._field("exam", words.ask_exam, "", words.exam_hint(example_exam(self.desk.today)))
            yield from self._field("minutes", words.ask_minutes, str(self.settings.minutes), "")
            yield from self._field("practice", words.practice, "", words.practice_hint)
            yield Lines(id="reading")
        yield Status()
        yield KeyLine("welcome", words, ("next", "skip", "help"))

    def _field(self, name: str, label: str, value: str, hint: str) -> ComposeResult:
        with Horizontal(classes="field gap"):
            yield Static(label, classes="name heading", markup=False)
            yield AnswerInput(value, id=name)
        yield Static(hint, classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query_one("#exam", AnswerInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how the practice answer is read."""
        if event.input.id != "practice":
            return
        reading = self.query_one("#reading", Lines)
        found = read_number(event.value) if event.value.strip() else None
        if found is None:
            reading.show_lines(())
        elif isinstance(found, Unreadable):
            reading.show_lines(((Span(self.desk.words.language.explain(found), "muted"),),))
        else:
            box = set_formula(to_tex(found), ascii_only=self.desk.setup.ascii_only)
            rows = () if isinstance(box, TexError) else box.rows
            reading.show_lines(
                (*((Span("  " + row, "math"),) for row in rows), (Span(self.words.practice_read, "muted"),))
            )

    def on_input_submitted(self) -> None:
        """Enter leads to the next field."""
        self.action_next()

    def action_next(self) -> None:
        """Take the field that is on, then go to the next; after the last, keep the answers and go."""
        name = (self.focused.id if self.focused is not None else None) or FIELDS[-1]
        last = name == FIELDS[-1]
        self.say("")
        if not all(self._take(field) for field in (FIELDS if last else (name,))):
            return
        self._keep()
        if last:
            self.dismiss()
        else:
            self.query_one(f"#{FIELDS[FIELDS.index(name) + 1]}", AnswerInput).focus()

    def action_skip(self) -> None:
        """Go home; what was confirmed is kept."""
        self.dismiss()

    def _take(self, name: str) -> bool:
        """Whether what the field says is fine; a field that says nothing leaves its setting as it is."""
        text = self.query_one(f"#{name}", AnswerInput).value
        if name == "exam" and text.strip():
            exam = read_date(text)
            if exam is None:
                self.say(f"× {self.words.no_date(example_exam(self.desk.today))}", "bad")
                return False
            self.say(past_exam(exam, self.desk.today, self.words), "near")
            self.settings = replace(self.settings, exam_date=exam)
        if name == "minutes" and text.strip():
            minutes = read_minutes(text)
            if minutes is None:
                self.say(f"× {self.words.bad_minutes}", "bad")
                return False
            self.settings = replace(self.settings, minutes=minutes)
        return True

    def _keep(self) -> None:
        """Save what was confirmed; home says why where it could not be."""
        if self.settings == self.desk.course.settings:
            return
        trouble = save_settings(self.settings, self.desk.setup.data)
        notices = (trouble.tell(self.desk.words.study),) if trouble else ()
        self.desk.course = replace(self.desk.course, settings=self.settings, notices=self.desk.course.notices + notices)
