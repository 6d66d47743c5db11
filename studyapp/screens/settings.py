"""The settings: each is checked and saved when it is changed, as by `studyapp config`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.desk import NAMES, Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.themes import THEMES
from studyapp.screens.welcome import past_exam, read_date
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status
from studyapp.study.settings import SCHEMA, Settings
from studyapp.typeset.lines import Span

TITLE = Text(ja="設定", en="Settings")
ABOUTS = {
    "exam_date": Text(
        ja="試験日に合わせて、1 日に始める技能の数と、最後の 10 日の総ざらいを決めます。",
        en="It sets how many skills are begun a day, and the sweep of the last ten days.",
    ),
    "minutes": Text(
        ja="1 回のセッションの長さです。問題の途中で打ち切ることはありません。",
        en="How long one session is. No question is cut short.",
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
AT_ONCE = frozenset({"exam_date", "minutes", "theme"})
"""Settings that hold at once; the others are read when the app starts."""


def typed_value(name: str, text: str) -> str:
    """A typed value as `studyapp config` takes it: full-width signs and Japanese dates become plain ones."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if name == "exam_date" and (day := read_date(plain)):
        return day.isoformat()
    return plain.removesuffix("分").strip() if name == "minutes" else plain


def setting_rows(settings: Settings) -> tuple[Row, ...]:
    """A row for each setting with its value."""
    return tuple(
        Row(name, text=NAMES[name](), right=(Span(value_text(name, getattr(settings, name)), "strong"),))
        for name in SCHEMA
    )


class SettingsScreen(Choosing, DeskScreen):
    """A list of settings, and a line for those that are typed."""

    TABLE = "settings"
    BINDINGS = bindings("settings")
    CSS_PATH = "settings.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._typing = ""

    def compose(self) -> ComposeResult:
        """The rows, and the line, which is hidden at first."""
        yield Masthead(TITLE())
        with VerticalScroll(id="body", can_focus=False):
            yield Rows(setting_rows(self.desk.course.settings), id="rows", classes="column")
        with Horizontal(id="typing"):
            yield Static("", id="name", classes="heading", markup=False)
            yield AnswerInput(id="value")
        yield Status()
        yield KeyLine("settings", ("change", "back", "help"))

    def on_mount(self) -> None:
        """Nothing is typed yet."""
        self._close()

    def chosen_changed(self) -> None:
        """Say what the chosen setting is for."""
        if not self._typing:
            self.say(ABOUTS[self._setting]())

    @property
    def _setting(self) -> str:
        return self.query_one(Rows).chosen or ""

    def on_rows_chosen(self) -> None:
        """A click on a row changes it, unless another value is being typed."""
        if not self._typing:
            self.action_change()

    def action_change(self) -> None:
        """Take the next choice, or type another value; what was typed is saved."""
        if self._typing:
            self._keep(self._typing, typed_value(self._typing, self.query_one(AnswerInput).value))
        elif self._setting in CHOICES:
            choices = CHOICES[self._setting]
            written = self.desk.course.settings.written(self._setting)
            at = choices.index(written) + 1 if written in choices else 0
            self._keep(self._setting, choices[at % len(choices)])
        else:
            self._open(self._setting)

    def on_input_submitted(self) -> None:
        """Enter in the line saves."""
        self.action_change()

    def action_back(self) -> None:
        """Leave the value as it was; from the list, go back."""
        if self._typing:
            self._close()
        else:
            self.dismiss()

    def _open(self, name: str) -> None:
        self._typing = name
        written = self.desk.course.settings.written(name)
        line = self.query_one(AnswerInput)
        self.query_one("#typing").display = True
        self.query_one("#name", Static).update(f"{NAMES[name]()} ›")
        line.disabled = False
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

    def _keep(self, name: str, text: str) -> None:
        """Check and save a value; what is wrong is told, and the line stays open."""
        if trouble := self.desk.change(name, text):
            self.say(f"× {trouble}", "bad")
            return
        settings = self.desk.course.settings
        self.query_one(Rows).show(setting_rows(settings))
        self._close()
        if name == "theme":
            self.app.theme = THEMES[settings.theme].name
        saved = saved_text(name, getattr(settings, name), at_once=name in AT_ONCE)
        past = past_exam(settings.exam_date, self.desk.today) if name == "exam_date" else ""
        self.say(f"{saved}\n{past}" if past else saved, "near" if past else "good")


def value_text(name: str, value: object) -> str:
    """A setting's value in words."""
    if name == "minutes":
        return MINUTES_VALUE(minutes=value)
    if isinstance(value, float):
        return f"{value:.0%}"
    text = VALUES.get("none" if value is None else str(value))
    return text() if text else str(value)


def saved_text(name: str, value: object, *, at_once: bool) -> str:
    """That a setting is saved, and from when it holds."""
    return (SAVED_AT_ONCE if at_once else SAVED_NEXT_START)(name=NAMES[name](), value=value_text(name, value))
