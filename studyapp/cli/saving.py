"""Saving by line: what cannot be saved is asked about until it is, in its place or in another folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, read_line
from studyapp.domain.words import Words
from studyapp.history import Appends, Elsewhere, History, NotSavedError

Saved = TypeVar("Saved")


def save(to: Callable[[Appends], Saved], history: History, context: Context) -> Saved:
    """What saving gives, once it is done.

    Errors: NotSavedError where the input ends before.
    """
    words = context.words
    place: Appends = history
    while True:
        try:
            saved = to(place)
        except NotSavedError as error:
            echo(f"{words.cli.not_saved} {error.tell(words.history)}", err=True)
            place = _other_place(history, words, error)
            continue
        if isinstance(place, Elsewhere):
            echo(words.saving.tell_kept(str(place.path)), err=True)
        return saved


def _other_place(history: History, words: Words, error: NotSavedError) -> Appends:
    """Where to save instead, as it is typed: the same place again, or a folder."""
    while True:
        echo(words.saving.ask, err=True)
        line = read_line()
        if line is None:
            raise error
        if not line.strip():
            return history
        folder = Path(line.strip()).expanduser()
        if folder.is_dir():
            return history.elsewhere(folder)
        echo(words.saving.tell_no_folder(str(folder)), err=True)
