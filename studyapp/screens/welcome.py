"""The first screen of a new learner: exam date, minutes a day, one answer for practice. Esc skips it."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from studyapp.domain.text import Text
from studyapp.screens.answer import AnswerInput
from studyapp.screens.reading import ANY_NUMBER, read
from studyapp.screens.settings import past_exam, typed_value
from studyapp.screens.state import NAMES, AppState, StateScreen
from studyapp.screens.widgets import Lines, body, framed, said
from studyapp.study.settings import SCHEMA, example_exam, save_settings
from studyapp.typeset.document import Span

WELCOME = Text(ja="はじめに", en="Welcome")
GREETING = Text(
    ja="ようこそ。三つだけお尋ねします。あとから変えることも、Esc でとばすこともできます。",
    en="Welcome. Three short questions; all can be changed later, and Esc skips them.",
)
ASK_EXAM_HINT = Text(
    ja="例: {example}（決まっていなければ空のまま）", en="like {example}; leave it empty if it is open"
)
BAD_DATE = Text(
    ja="日付として読めません。{example} のように入力してください。", en="This is no date. Write it like {example}."
)
ASK_MINUTES = Text(ja="1 日の学習時間（分）", en="Minutes a day")
BAD_MINUTES = Text(ja="1 から 600 までの整数を入力してください。", en="Write a whole number from 1 to 600.")
PRACTICE = Text(ja="答え方の練習", en="Try an answer")
PRACTICE_HINT = Text(
    ja="-ln 0.6 や 1/3 のように入力すると、読み取った式がすぐ下に表示されます。",
    en="Type -ln 0.6 or 1/3: how it is read is shown below at once.",
)
PRACTICE_READ = Text(
    ja="このように読みました。Enter でホームへ進みます。", en="This is how it was read. Enter leads to the home screen."
)
FIELDS = ("exam_date", "minutes", "practice")


class WelcomeScreen(StateScreen):
    """Three fields, one after the other."""

    TABLE = "welcome"
    CSS_PATH = "welcome.tcss"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.settings = state.settings
        self._example = example_exam(state.today).isoformat()

    def compose(self) -> ComposeResult:
        fields = Vertical(
            Static(said(GREETING()), markup=False),
            *_field("exam_date", NAMES["exam_date"](), ASK_EXAM_HINT(example=self._example)),
            *_field("minutes", ASK_MINUTES(), "", str(self.settings.minutes)),
            *_field("practice", PRACTICE(), PRACTICE_HINT()),
            Lines(id="reading"),
            classes="column",
        )
        return framed("welcome", body(fields), title=WELCOME(), keys=("next", "skip", "help"))

    def on_mount(self) -> None:
        self.query_one("#exam_date", AnswerInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id != "practice":
            return
        reading = read(ANY_NUMBER, event.value, ascii_only=self.options.ascii_only)
        sentence = reading.sentence or (PRACTICE_READ() if reading.rows else "")
        rows = [(Span("  "), *row) for row in reading.rows]
        self.query_one("#reading", Lines).show_lines([*rows, (Span(sentence, "muted"),)] if sentence else [])

    def action_next(self) -> None:
        name = (self.focused.id if self.focused is not None else None) or FIELDS[-1]
        last = name == FIELDS[-1]
        self.say("")
        if not all(self._take(field) for field in (FIELDS if last else (name,))):
            return
        self._save()
        if last:
            self.dismiss()
        else:
            self.query_one(f"#{FIELDS[FIELDS.index(name) + 1]}", AnswerInput).focus()

    on_input_submitted = action_next

    def action_skip(self) -> None:
        self.dismiss()

    def _take(self, name: str) -> bool:
        """Whether what the field says is fine; a field that says nothing leaves its setting as it is."""
        text = self.query_one(f"#{name}", AnswerInput).value
        if name not in SCHEMA or not text.strip():
            return True
        try:
            self.settings = replace(self.settings, **{name: SCHEMA[name].read(typed_value(name, text))})
        except ValueError:
            refusal = BAD_DATE(example=self._example) if name == "exam_date" else BAD_MINUTES()
            self.say_failure(refusal)
            return False
        if name == "exam_date":
            self.say(past_exam(self.settings.exam_date, self.state.today), "near")
        return True

    def _save(self) -> None:
        """Save what was confirmed; home says why where it could not be."""
        if self.settings == self.state.settings:
            return
        trouble = save_settings(self.settings, self.state.setup.data)
        self.state.settings = self.settings
        self.state.notices += (str(trouble),) if trouble else ()


def _field(name: str, label: str, hint: str, value: str = "") -> tuple[Widget, Widget]:
    heading = Static(label, classes="name heading", markup=False)
    line = Horizontal(heading, AnswerInput(value, id=name), classes="field gap")
    return line, Static(hint, classes="muted", markup=False)
