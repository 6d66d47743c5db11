"""Saving by line: what cannot be saved is asked about until it is, in its place or in another folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, read_line
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedCode, NotSavedError
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study.troubles import NO_FOLDER, SAVING_KEPT, describe

NOT_SAVED = Text(ja="この解答は保存できませんでした。", en="This answer could not be saved.")
ASK = Text(
    ja="解答は消えていません。Enter でもう一度保存します。別のフォルダーの名前を入力すると、そこに保存します。",
    en="The answer is not lost. Enter saves it again; the name of another folder saves it there.",
)

Saved = TypeVar("Saved")


def save(to: Callable[[History], Saved], history: History, context: Context) -> Saved:
    """What saving gives, once it is done.

    Errors: NotSavedError where the input ends before, and where another window goes on with the exam.
    """
    now = context.clock()
    folder: Path | None = None
    while True:
        try:
            if folder is None:
                return to(history)
            with history.elsewhere(folder, at=now, day=study_day(now)) as place:
                saved = to(place)
        except NotSavedError as error:
            if error.code is NotSavedCode.TAKEN_OVER:
                raise
            echo(f"{NOT_SAVED()} {describe(error)}", err=True)
            folder = _other_folder(error)
        else:
            echo(SAVING_KEPT(path=str(place.path)), err=True)
            return saved


def _other_folder(error: NotSavedError) -> Path | None:
    """Where to save instead, as it is typed: a folder, or (None) the same place again."""
    while True:
        echo(ASK(), err=True)
        line = read_line()
        if line is None:
            raise error
        if not line.strip():
            return None
        folder = Path(line.strip()).expanduser()
        if folder.is_dir():
            return folder
        echo(NO_FOLDER(path=str(folder)), err=True)
