"""The keys of the screens as Markdown, for README; the help of each screen says the same."""

from __future__ import annotations

from studyapp.domain.words import Words
from studyapp.screens.actions import TABLE
from studyapp.screens.commands import MOVING

TOLD = ("home", "topic", "question", "exam", "exam_review", "mistakes", "progress", "settings", "preview")
"""The screens whose keys README tells; what moves through pages and lists is the same everywhere."""


def keys_table(words: Words) -> str:
    """A row for each action of those screens that does not only move."""
    rows = [
        f"| {screen if number == 0 else ''} | {' '.join(f'`{key}`' for key in action.shown)} | "
        f"{words.screens.help(action.name)} |"
        for screen in TOLD
        for number, action in enumerate(one for one in TABLE[screen] if one.name not in MOVING - {"pick", "commands"})
    ]
    return "\n".join(["| screen | keys | what they do |", "| --- | --- | --- |", *rows]) + "\n"
