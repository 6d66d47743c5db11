"""What opens in a box over a screen: its keys, a list to pick from, and its actions by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Input, Static

from studyapp.domain.text import Text
from studyapp.screens.actions import CLOSE_HELP, MOVEMENT, actions
from studyapp.screens.answer import AnswerInput
from studyapp.screens.moving import Choosing, Scrolling
from studyapp.screens.widgets import Lines, Row, Rows, body, said
from studyapp.study.searching import searchable
from studyapp.typeset.document import Line, Span
from studyapp.typeset.lines import wrap
from studyapp.typeset.width import cells, pad

HELP_TITLE = Text(ja="使い方", en="Help")
NOT_NOW = Text(ja="今は使えないキー", en="Not now")
COMMANDS_TITLE = Text(ja="操作", en="Actions")
COMMANDS_HINT = Text(ja="操作の名前", en="Name of an action")
NO_COMMAND = Text(ja="当てはまる操作がありません。", en="No action is called that.")

NAMELESS = MOVEMENT | {"pick", "commands"}
"""Actions that are not looked for by name."""


class BoxScreen(Scrolling, ModalScreen[ScreenResultType]):
    """A box over the screen below; closed by Esc, it gives None."""

    CSS_PATH = "modal.tcss"
    TABLE = "box"

    def boxed(self, *parts: Widget, title: str, hint: str = "") -> ComposeResult:
        """The parts in the box; `hint` is shown at its foot."""
        box = Vertical(*parts, id="box")
        box.border_title = title
        box.border_subtitle = hint or CLOSE_HELP()
        yield box

    def action_back(self) -> None:
        self.dismiss(None)


class HelpScreen(BoxScreen[None]):
    """What each key of a screen does: first what works now, what only moves behind it, then the rest."""

    TABLE = "help"

    def __init__(self, table: str, usable: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._table = table
        self._usable = usable

    def compose(self) -> ComposeResult:
        return self.boxed(body(Lines(self._lines)), title=HELP_TITLE())

    def _lines(self, width: int) -> Iterator[Line]:
        every = sorted(actions(self._table).values(), key=lambda action: action.name in MOVEMENT)
        now = [(self._usable[action.name], action.sentence, "") for action in every if action.name in self._usable]
        later = [(action.shown, action.sentence, "muted") for action in every if action.name not in self._usable]
        column = max(cells("  ".join(keys)) for keys, _, _ in (*now, *later)) + 2
        for rows, heading in ((now, ""), (later, NOT_NOW())):
            if rows and heading:
                yield from ((), (Span(heading, "heading"),))
            for keys, sentence, role in rows:
                for number, text in enumerate(wrap(sentence, max(10, width - column))):
                    written = pad("  ".join(keys) if number == 0 else "", column)
                    yield (Span(written, role or "mark"), Span(text, role))


class LineScreen(BoxScreen[ScreenResultType]):
    """A line to type in. `read` makes the result of it; where it gives a text, that is said, and the box stays open."""

    AUTO_FOCUS = "AnswerInput"

    def __init__(
        self,
        line: str,
        read: Callable[[str], ScreenResultType | str],
        *,
        title: str,
        hint: str = "",
        about: str = "",
        value: str = "",
    ) -> None:
        super().__init__()
        self._line = AnswerInput(value, placeholder=line)
        self._read = read
        self._about = about
        self._heads = {"title": title, "hint": hint}

    def compose(self) -> ComposeResult:
        about, trouble = Static(said(self._about), markup=False), Static("", id="trouble", markup=False)
        about.display = trouble.display = bool(self._about)
        return self.boxed(about, self._line, trouble, **self._heads)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        result = self._read(event.value.strip())
        if not isinstance(result, str):
            self.dismiss(result)
        elif result:
            self.query_one("#trouble", Static).update(said(f"× {result}", "bad"))


class PickScreen(BoxScreen[str], Choosing):
    """It gives the id of the row that was picked."""

    TABLE = "list"

    def __init__(self, rows: Sequence[Row], title: str, hint: str = "") -> None:
        super().__init__()
        self._list = Rows(rows)
        self._heads = {"title": title, "hint": hint}

    def compose(self) -> ComposeResult:
        return self.boxed(body(self._list), **self._heads)

    def action_choose(self) -> None:
        self.dismiss(self.rows.chosen)


class CommandsScreen(BoxScreen[str], Choosing):
    """It gives the name of the action to do. `applies` says which of the table can be done now."""

    AUTO_FOCUS = "AnswerInput"
    TABLE = "commands"

    def __init__(self, table: str, applies: Callable[[str], bool]) -> None:
        super().__init__()
        self._actions = [action for name, action in actions(table).items() if name not in NAMELESS and applies(name)]

    def compose(self) -> ComposeResult:
        wanted = AnswerInput(placeholder=COMMANDS_HINT(), id="wanted")
        return self.boxed(wanted, body(Rows(self._found(""))), title=COMMANDS_TITLE())

    def on_input_changed(self, event: Input.Changed) -> None:
        self.rows.show(self._found(searchable(event.value).strip()))
        self.rows.move_to_end(-1)

    def _found(self, wanted: str) -> list[Row]:
        rows = [
            Row(action.name, text=f"{action.label}  {action.sentence}", right=(Span(action.shown[0], "mark"),))
            for action in self._actions
            if wanted in searchable(f"{action.label} {action.sentence} {action.name}")
        ]
        return rows or [Row(None, text=NO_COMMAND(), role="muted")]

    def action_choose(self) -> None:
        self.dismiss(self.rows.chosen)

    on_input_submitted = action_choose
