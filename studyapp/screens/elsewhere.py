"""Another folder for what cannot be saved in its place, over the screen that holds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError
from studyapp.screens.actions import CLOSE_HELP, bindings
from studyapp.screens.look import said
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.study.troubles import NO_FOLDER, describe

TITLE = Text(ja="別のフォルダーに保存", en="Save in another folder")
LABEL = Text(ja="フォルダー", en="Folder")
ABOUT = Text(
    ja="解答を保存するフォルダーの名前を入力し、Enter を押してください。あとで記録に取り込めます。",
    en="Type the name of a folder for the answer and press Enter. It can be taken into the history later.",
)


class ElsewhereScreen(ModalScreen[Path | None]):
    """Asks for a folder until it has taken what is to be saved; gives the file that holds it, None on the way back."""

    CSS_PATH = "modal.tcss"
    BINDINGS = bindings("elsewhere")

    def __init__(self, save: Callable[[Path], Path]) -> None:
        super().__init__()
        self._save = save

    def compose(self) -> ComposeResult:
        """What is asked, the line for it, and what went wrong."""
        with Vertical(id="box") as box:
            box.border_title = TITLE()
            box.border_subtitle = CLOSE_HELP()
            yield Static(said(ABOUT()), markup=False)
            yield AnswerInput(id="folder", placeholder=LABEL())
            yield Static("", id="trouble", markup=False)

    def on_mount(self) -> None:
        """The folder can be typed at once."""
        self.query_one(AnswerInput).focus()

    def on_input_submitted(self) -> None:
        """Try the folder."""
        typed = self.query_one(AnswerInput).value.strip()
        folder = Path(typed).expanduser()
        if not typed or not folder.is_dir():
            self._tell(NO_FOLDER(path=typed))
            return
        try:
            self.dismiss(self._save(folder))
        except NotSavedError as error:
            self._tell(describe(error))

    def action_back(self) -> None:
        """Leave it unsaved for now."""
        self.dismiss(None)

    def _tell(self, sentence: str) -> None:
        self.query_one("#trouble", Static).update(said(f"× {sentence}", "bad"))
