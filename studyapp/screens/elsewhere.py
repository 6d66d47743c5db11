"""Another folder for what cannot be saved in its place, over the screen that holds it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from studyapp.domain.text import Text
from studyapp.history.errors import NO_FOLDER, NotSavedError, describe
from studyapp.history.history import History
from studyapp.screens.boxes import LineScreen
from studyapp.screens.state import AppState

TITLE = Text(ja="別のフォルダーに保存", en="Save in another folder")
LABEL = Text(ja="フォルダー", en="Folder")
ABOUT = Text(
    ja="解答を保存するフォルダーの名前を入力し、Enter を押してください。あとで記録に取り込めます。",
    en="Type the name of a folder for the answer and press Enter. It can be taken into the history later.",
)


def elsewhere_screen(state: AppState, write: Callable[[History, datetime], object]) -> LineScreen[Path]:
    """Asks for a folder until what is to be saved could be written there, as of a moment.

    It gives the file that holds it, None on the way back.
    """

    def read(typed: str) -> Path | str:
        folder = Path(typed).expanduser()
        if not typed or not folder.is_dir():
            return NO_FOLDER(path=typed)
        now = state.setup.now()
        try:
            with state.history.elsewhere(folder, at=now, day=state.today) as history:
                write(history, now)
                return history.path
        except NotSavedError as error:
            return describe(error)

    return LineScreen(LABEL(), read, title=TITLE(), about=ABOUT())
