"""The settings: each is checked and saved when it is changed, as by `studyapp config`."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from studyapp.domain.text import Text
from studyapp.screens.answer import AnswerInput
from studyapp.screens.homeview import TITLES
from studyapp.screens.moving import Choosing
from studyapp.screens.state import NAMES, AppState, StateScreen
from studyapp.screens.themes import THEMES
from studyapp.screens.widgets import Row, Rows, body, framed
from studyapp.study.settings import EXAM_IS_PAST, SCHEMA, Settings
from studyapp.typeset.lines import Span

ABOUTS = {
    "exam_date": Text(
        ja="試験日に合わせて、1 日に始める技能の数と、最後の 10 日の総ざらいを決めます。",
        en="It sets how many skills are begun a day, and the sweep of the last ten days.",
    ),
    "minutes": Text(
        ja="1 回のセッションの長さです。問題の途中で打ち切ることはありません。",
        en="How long one session is. No question is cut short.",
    ),
    "new_a_day": Text(
        ja="1 日に始める技能の数の上限です。自動なら、時間いっぱいまで始めます。",
        en="How many skills are begun a day at most. Automatic: as many as the time allows.",
    ),
    "retention": Text(
        ja="復習のときに思い出せる割合の目標です。高くするほど、復習が増えます。",
        en="How much is to be recalled when it falls due. The higher, the more reviews.",
    ),
    "language": Text(ja="画面と本文の言語です。", en="The language of the interface and of the pages."),
    "theme": Text(
        ja="暗い画面、明るい画面、または端末の配色を使います。",
        en="A dark look, a light one, or the terminal's own colours.",
    ),
}
AUTOMATIC = Text(ja="自動", en="automatic")
VALUES = {
    "none": Text(ja="未設定", en="not set"),
    "ja": Text(ja="日本語", en="日本語"),
    "en": Text(ja="English", en="English"),
    "dark": Text(ja="暗い画面", en="dark"),
    "light": Text(ja="明るい画面", en="light"),
    "terminal": Text(ja="端末の配色", en="terminal's own"),
}
MINUTES_VALUE = Text(ja="{minutes} 分", en="{minutes} min")
SAVED_AT_ONCE = Text(ja="{name}を「{value}」にしました。すぐに有効です。", en="{name}: {value}. This holds at once.")
SAVED_NEXT_START = Text(
    ja="{name}を「{value}」にしました。次に起動したときから有効です。",
    en="{name}: {value}. This holds from the next start.",
)
EDIT_HELP = Text(
    ja="使える値: {allowed}   Enter で保存、Esc で取り消し",
    en="It can be: {allowed}   Enter saves, Esc leaves it as it was",
)

CHOICES: Mapping[str, tuple[str, ...]] = {"language": ("none", "ja", "en"), "theme": ("dark", "light", "terminal")}
"""Settings that are chosen, not typed."""
AT_ONCE = frozenset({"exam_date", "minutes", "new_a_day", "theme"})
"""Settings that hold at once; the others are read when the app starts."""
_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


class SettingsScreen(Choosing, StateScreen):
    """A list of settings, and a line for those that are typed, which is hidden at first."""

    TABLE = "settings"
    CSS_PATH = "settings.tcss"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._typing = ""

    def compose(self) -> ComposeResult:
        rows = body(Rows(setting_rows(self.state.settings), id="rows", classes="column"))
        name, value = Static("", id="name", classes="heading", markup=False), AnswerInput(id="value")
        typing, keys = Horizontal(name, value, id="typing"), ("change", "back", "help")
        return framed("settings", rows, typing, title=TITLES["settings"](), keys=keys)

    def on_mount(self) -> None:
        self._close()

    def chosen_changed(self) -> None:
        if not self._typing:
            self.say(ABOUTS[self._setting]())

    @property
    def _setting(self) -> str:
        return self.rows.chosen or ""

    def on_rows_chosen(self) -> None:
        if not self._typing:
            self.action_change()

    def action_change(self) -> None:
        if self._typing:
            self._save(self._typing, typed_value(self._typing, self.query_one(AnswerInput).value))
        elif self._setting in CHOICES:
            choices = CHOICES[self._setting]
            written = self.state.settings.written(self._setting)
            at = choices.index(written) + 1 if written in choices else 0
            self._save(self._setting, choices[at % len(choices)])
        else:
            self._open(self._setting)

    on_input_submitted = action_change

    def action_back(self) -> None:
        if self._typing:
            self._close()
        else:
            self.dismiss()

    def _open(self, name: str) -> None:
        self._typing = name
        line = self.query_one(AnswerInput)
        self.query_one("#typing").display = True
        self.query_one("#name", Static).update(f"{NAMES[name]()} ›")
        line.disabled = False
        written = self.state.settings.written(name)
        line.value = "" if written == "none" else written
        line.focus()
        line.select_all()
        self.say(EDIT_HELP(allowed=SCHEMA[name].allowed))

    def _close(self) -> None:
        self._typing = ""
        self.query_one(AnswerInput).disabled = True
        self.query_one("#typing").display = False
        self.set_focus(None)
        self.chosen_changed()

    def _save(self, name: str, text: str) -> None:
        """Check and save a value; where it is wrong, say why, and leave the line open."""
        if trouble := self.state.change(name, text):
            self.say_failure(trouble)
            return
        settings = self.state.settings
        self.rows.show(setting_rows(settings))
        self._close()
        if name == "theme":
            self.app.theme = THEMES[settings.theme].name
        saved = SAVED_AT_ONCE if name in AT_ONCE else SAVED_NEXT_START
        sentence = saved(name=NAMES[name](), value=value_text(name, getattr(settings, name)))
        past = past_exam(settings.exam_date, self.state.today) if name == "exam_date" else ""
        self.say(f"{sentence}\n{past}" if past else sentence, "near" if past else "good")


def setting_rows(settings: Settings) -> tuple[Row, ...]:
    """A row for each setting with its value."""
    return tuple(
        Row(name, text=NAMES[name](), right=(Span(value_text(name, getattr(settings, name)), "strong"),))
        for name in NAMES
    )


def value_text(name: str, value: object) -> str:
    """A setting's value in words."""
    if name == "new_a_day" and value is None:
        return AUTOMATIC()
    if name == "minutes":
        return MINUTES_VALUE(minutes=value)
    if isinstance(value, float):
        return f"{value:.0%}"
    text = VALUES.get("none" if value is None else str(value))
    return text() if text else str(value)


def typed_value(name: str, text: str) -> str:
    """A typed value as `studyapp config` takes it: full-width signs and Japanese dates become plain ones."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if name == "exam_date" and (match := _DATE.fullmatch(plain)):
        with suppress(ValueError):
            return date(*map(int, match.groups())).isoformat()
    return plain.removesuffix("分").strip() if name == "minutes" else plain


def past_exam(exam: date | None, today: date) -> str:
    """A warning where the date of the exam is past."""
    return EXAM_IS_PAST(exam=exam.isoformat()) if exam is not None and exam < today else ""
