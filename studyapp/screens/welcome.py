"""The first screen of a new learner: exam date, minutes a day, one answer for practice. Esc skips it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from studyapp.domain.text import Text
from studyapp.domain.verdict import Unreadable
from studyapp.language import read_number, to_tex
from studyapp.language.refusals import explain
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.look import said
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.settings import EXAM_IS_PAST, example_exam, save_settings
from studyapp.typeset.document import Span
from studyapp.typeset.layout import set_formula
from studyapp.typeset.tree import TexError

WELCOME = Text(ja="はじめに", en="Welcome")
GREETING = Text(
    ja="ようこそ。三つだけお尋ねします。あとから変えることも、Esc でとばすこともできます。",
    en="Welcome. Three short questions; all can be changed later, and Esc skips them.",
)
ASK_EXAM = Text(ja="試験日", en="Date of the exam")
ASK_EXAM_HINT = Text(
    ja="例: {example}（決まっていなければ空のまま）",
    en="like {example}; leave it empty if it is open",
)
BAD_DATE = Text(
    ja="日付として読めません。{example} のように入力してください。",
    en="This is no date. Write it like {example}.",
)
ASK_MINUTES = Text(ja="1 日の学習時間（分）", en="Minutes a day")
BAD_MINUTES = Text(ja="1 から 600 までの整数を入力してください。", en="Write a whole number from 1 to 600.")
PRACTICE = Text(ja="答え方の練習", en="Try an answer")
PRACTICE_HINT = Text(
    ja="-ln 0.6 や 1/3 のように入力すると、読み取った式がすぐ下に表示されます。",
    en="Type -ln 0.6 or 1/3: how it is read is shown below at once.",
)
PRACTICE_READ = Text(
    ja="このように読みました。Enter でホームへ進みます。",
    en="This is how it was read. Enter leads to the home screen.",
)

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


def past_exam(exam: date | None, today: date) -> str:
    """A warning where the date of the exam is past."""
    return EXAM_IS_PAST(exam=exam.isoformat()) if exam is not None and exam < today else ""


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
        yield Masthead(WELCOME())
        with VerticalScroll(id="body", can_focus=False), Vertical(classes="column"):
            yield Static(said(GREETING()), markup=False)
            yield from self._field(
                "exam", ASK_EXAM(), "", ASK_EXAM_HINT(example=example_exam(self.desk.today).isoformat())
            )
            yield from self._field("minutes", ASK_MINUTES(), str(self.settings.minutes), "")
            yield from self._field("practice", PRACTICE(), "", PRACTICE_HINT())
            yield Lines(id="reading")
        yield Status()
        yield KeyLine("welcome", ("next", "skip", "help"))

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
            reading.show_lines(((Span(explain(found), "muted"),),))
        else:
            box = set_formula(to_tex(found), ascii_only=self.desk.setup.ascii_only)
            rows = () if isinstance(box, TexError) else box.rows
            reading.show_lines((*((Span("  " + row, "math"),) for row in rows), (Span(PRACTICE_READ(), "muted"),)))

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
                self.say(f"× {BAD_DATE(example=example_exam(self.desk.today).isoformat())}", "bad")
                return False
            self.say(past_exam(exam, self.desk.today), "near")
            self.settings = replace(self.settings, exam_date=exam)
        if name == "minutes" and text.strip():
            minutes = read_minutes(text)
            if minutes is None:
                self.say(f"× {BAD_MINUTES()}", "bad")
                return False
            self.settings = replace(self.settings, minutes=minutes)
        return True

    def _keep(self) -> None:
        """Save what was confirmed; home says why where it could not be."""
        if self.settings == self.desk.course.settings:
            return
        trouble = save_settings(self.settings, self.desk.setup.data)
        notices = (str(trouble),) if trouble else ()
        self.desk.course = replace(self.desk.course, settings=self.settings, notices=self.desk.course.notices + notices)
