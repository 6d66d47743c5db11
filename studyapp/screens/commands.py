"""The command palette: what can be done on the screen below, found by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from studyapp.domain.text import Text
from studyapp.screens.actions import CLOSE_HELP, LABELS, TABLE, bindings, help_text
from studyapp.screens.choosing import Choosing
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.study.searching import searchable
from studyapp.typeset.lines import Span

COMMANDS_TITLE = Text(ja="操作", en="Actions")
COMMANDS_HINT = Text(ja="操作の名前", en="Name of an action")
NO_COMMAND = Text(ja="当てはまる操作がありません。", en="No action is called that.")

MOVING = frozenset(
    {"cursor_down", "cursor_up", "first", "last", "scroll_down", "scroll_up", "page_down", "page_up", "top", "bottom"}
    | {"option_down", "option_up", "pick", "commands"}
)
"""Actions that nobody looks for by name."""


class CommandsScreen(Choosing, ModalScreen[str | None]):
    """It gives the name of the action to do, or None. `applies` says which of the table can be done now."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("commands")

    def __init__(self, table: str, applies: Callable[[str], bool]) -> None:
        super().__init__()
        self._actions = tuple(one for one in TABLE[table] if one.name not in MOVING and applies(one.name))

    def compose(self) -> ComposeResult:
        """A box with an input and the actions."""
        with Vertical(id="box") as box:
            box.border_title = COMMANDS_TITLE()
            box.border_subtitle = CLOSE_HELP()
            yield AnswerInput(placeholder=COMMANDS_HINT(), id="wanted")
            with VerticalScroll(id="body", can_focus=False):
                yield Rows(tuple(self._rows("")))

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(AnswerInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the actions whose name, sentence or key holds what is typed."""
        self.rows.show(tuple(self._rows(searchable(event.value).strip())))
        self.rows.move_to_end(-1)

    def _rows(self, wanted: str) -> Iterator[Row]:
        none = True
        for action in self._actions:
            label, sentence = LABELS[action.name](), help_text(action.name)
            if wanted in searchable(f"{label} {sentence} {action.name}"):
                none = False
                yield Row(action.name, text=f"{label}  {sentence}", right=(Span(action.shown[0], "mark"),))
        if none:
            yield Row(None, text=NO_COMMAND(), role="muted")

    def on_input_submitted(self) -> None:
        """Enter in the input does what is chosen."""
        self.action_choose()

    def action_choose(self) -> None:
        """Do the chosen action."""
        self.dismiss(self.rows.chosen)

    def action_back(self) -> None:
        """Do nothing."""
        self.dismiss(None)
