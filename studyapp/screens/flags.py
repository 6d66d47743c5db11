"""Flags: what the learner marked in questions and on pages, with notes of one line; and the list of them."""

from collections.abc import Iterator
from dataclasses import replace

from textual.app import ComposeResult

from studyapp.domain.record import Flag
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError, describe
from studyapp.screens.base import EXERCISE, FLAGS_ROUND
from studyapp.screens.boxes import LineScreen
from studyapp.screens.homeview import TITLES
from studyapp.screens.moving import Choosing
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import KeyLine, Row, Rows, body, framed
from studyapp.typeset.document import Span

FLAGGED = Text(ja="* 印を付けました。もう一度 * で外れます。", en="* flagged. * once more takes the flag off.")
UNFLAGGED = Text(ja="印を外しました。もう一度 * で元に戻ります。", en="Flag taken off. * once more puts it back.")
NOTED = Text(ja="* メモを付けました: {note}", en="* noted: {note}")
NOTE_LINE = Text(ja="一行のメモ", en="A note of one line")
NOTE_HINT = Text(ja="Enter で保存、Esc で取り消し", en="Enter saves, Esc leaves it as it was")
NO_FLAGS = Text(
    ja="印はまだありません。問題かページで * を押すと付きます。",
    en="There are no flags yet. The key * puts one on a question or on a place of a page.",
)
NO_FLAGGED_QUESTIONS = Text(ja="印を付けた問題はありません。", en="No question is flagged.")
GONE = Text(ja="この教材には、もうありません。", en="The course does not have it any more.")

LONGEST_NOTE = 200


class Flagging(StateScreen):
    """A screen on which something can be marked."""

    _freed: Flag | None = None
    """The flag that was taken away last, with the note that comes back with it."""

    def to_flag(self) -> Flag | None:
        """What a flag would mark now; None where there is nothing."""
        raise NotImplementedError

    @property
    def flag(self) -> Flag | None:
        """The flag on what is shown."""
        place = self.to_flag() if self.state.opened is not None else None
        return self.state.history.flag_at(place) if place is not None else None

    def action_flag_place(self) -> None:
        """Put the flag up, or take it away; its note goes and comes with it."""
        place, flag = self.to_flag(), self.flag
        if place is None:
            return
        if flag is None and self._freed is not None and self._freed.place == place.place:
            place = self._freed
        if not self._save_flag(flag or place, on=flag is None):
            return
        self._freed = flag
        self._say_flagged(place, FLAGGED() if flag is None else UNFLAGGED(), "near" if flag is None else "muted")

    def _say_flagged(self, place: Flag, sentence: str, role: str) -> None:
        """Say something of a flag; the name of a question may tell the method, and stays where it is."""
        self.say(sentence if place.exercise else f"{name_of(place, self.state)}: {sentence}", role)

    def action_note(self) -> None:
        place = self.flag or self.to_flag()
        if place is None or self.state.opened is None:
            return
        about = replace(place, note="")
        screen = LineScreen(
            "",
            lambda typed: replace(about, note=typed[:LONGEST_NOTE]),
            title=NOTE_LINE(),
            hint=NOTE_HINT(),
            value=place.note,
        )
        self.app.push_screen(screen, self._note)

    def _note(self, flag: Flag | None) -> None:
        if flag is not None and self._save_flag(flag, on=True):
            self._say_flagged(flag, NOTED(note=flag.note) if flag.note else FLAGGED(), "near")

    def _save_flag(self, flag: Flag, *, on: bool) -> bool:
        """Whether a flag was saved, or that it was taken away; it is said why where it could not be."""
        if self.state.opened is None:
            return False
        try:
            self.state.history.flag(flag, on=on, at=self.state.setup.now(), day=self.state.today)
        except NotSavedError as error:
            self.say_failure(describe(error))
            return False
        self.flag_changed()
        return True

    def flag_changed(self) -> None:
        """A flag was put up or taken away."""


def name_of(flag: Flag, state: AppState) -> str:
    """What is marked, as the course calls it: an exercise, a heading, or a page."""
    if flag.exercise:
        exercise = state.library.exercise(flag.exercise)
        return exercise.heading if exercise is not None else flag.exercise
    page = state.library.topic(flag.topic)
    return flag.heading or (page.title if page is not None else flag.topic)


class FlagsScreen(Choosing, Flagging):
    """The flags, the latest first. One that is taken away keeps its row, so that it can be put back."""

    TABLE = "flags"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._flags = state.history.flags()

    def compose(self) -> ComposeResult:
        rows = body(Rows(tuple(self._rows()), id="rows", classes="column"))
        return framed("flags", rows, title=TITLES["flags"](), state=self.state.day_text())

    def on_screen_resume(self) -> None:
        """Look again: what is listed may have been flagged or noted anew meanwhile."""
        kept = {flag.place: flag for flag in self.state.history.flags()}
        listed = {flag.place for flag in self._flags}
        new = tuple(flag for place, flag in kept.items() if place not in listed)
        self._flags = new + tuple(kept.get(flag.place, flag) for flag in self._flags)
        self.flag_changed()
        self.chosen_changed()

    def flag_changed(self) -> None:
        kept = {flag.place: flag for flag in self.state.history.flags()}
        self._flags = tuple(kept.get(flag.place, flag) for flag in self._flags)
        self.rows.show(tuple(self._rows()))

    def _rows(self) -> Iterator[Row]:
        kept = {flag.place for flag in self.state.history.flags()}
        if not self._flags:
            yield Row(None, text=NO_FLAGS(), role="muted")
        for number, flag in enumerate(self._flags):
            page = self.state.library.topic(flag.topic)
            text = ": ".join(filter(None, (name_of(flag, self.state), flag.note)))
            right = (Span(page.title if page is not None else flag.topic, "muted"), Span(""))
            yield Row(str(number), "*" if flag.place in kept else " ", text, right, "near")

    def to_flag(self) -> Flag | None:
        """The flag of the chosen row; taken away, it is what would be marked again."""
        return self._flags[int(self.rows.chosen)] if self.rows.chosen is not None else None

    def chosen_changed(self) -> None:
        flag = self.to_flag()
        self.say(flag.note if flag is not None else "")
        self.query_one(KeyLine).refresh()

    def _flagged_exercises(self) -> list[str]:
        """The exercises that are flagged now and still in the course, in the order of the list."""
        flags = self.state.history.flags()
        return [flag.exercise for flag in flags if self.state.library.exercise(flag.exercise) is not None]

    def applies(self, name: str) -> bool:
        match name:
            case "choose" | "flag_place" | "note":
                return self.to_flag() is not None
            case "ask_flag":
                flag = self.to_flag()
                return flag is not None and bool(flag.exercise)
            case "ask_flags":
                return bool(self._flagged_exercises())
        return True

    def action_choose(self) -> None:
        """Open the page at what is marked."""
        flag = self.to_flag()
        if flag is None:
            return
        if self.state.library.topic(flag.topic) is None:
            self.say(GONE(), "near")
        else:
            self.open_screen("topic", flag.topic, flag.exercise or flag.heading)

    def action_ask_flag(self) -> None:
        flag = self.to_flag()
        if flag is None or not flag.exercise:
            return
        if self.state.library.exercise(flag.exercise) is None:
            self.say(GONE(), "near")
        else:
            self.open_screen("round", f"{EXERCISE}{flag.exercise}", flag.exercise)

    def action_ask_flags(self) -> None:
        if exercises := self._flagged_exercises():
            self.open_screen("round", FLAGS_ROUND, *exercises)
        else:
            self.say(NO_FLAGGED_QUESTIONS())
