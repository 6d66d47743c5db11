"""Everything a key can do, in one table: it feeds bindings, the key line and the help.

The name of an action is the method `action_<name>` of its screen and the name of its sentences. A letter or digit also
answers to its full-width twin, a vowel to its kana: that is what arrives while a Japanese input method is on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its name, and its keys in Textual's names, the one to show first.

    With `told`, keys that are many are told like this, and the action is given the one that was pressed.
    """

    name: str
    keys: tuple[str, ...]
    told: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys as they are written for people."""
        return (self.told,) if self.told else tuple(key_name(key) for key in self.keys)


_BACK = Action("back", ("escape",))
_HELP = Action("help", ("f1", "question_mark"))
_COMMANDS = Action("commands", ("ctrl+p",))
_SEARCH = Action("search", ("slash",))
_CHOOSING = (
    Action("choose", ("enter",)),
    Action("cursor_down", ("down", "ctrl+n")),
    Action("cursor_up", ("up",)),
)
_SCROLLING = (
    Action("scroll_down", ("down", "j")),
    Action("scroll_up", ("up", "k")),
    Action("page_down", ("pagedown", "space", "ctrl+d")),
    Action("page_up", ("pageup", "b", "ctrl+u")),
    Action("top", ("home", "g")),
    Action("bottom", ("end", "G")),
)
_MOVING = (
    Action("cursor_down", ("down", "j")),
    Action("cursor_up", ("up", "k")),
    Action("first", ("home", "g")),
    Action("last", ("end", "G")),
)

TABLE: Mapping[str, tuple[Action, ...]] = {
    "home": (
        Action("choose", ("enter",)),
        Action("practise", ("s",)),
        Action("exercises", ("e",)),
        Action("progress", ("p",)),
        Action("mistakes", ("m",)),
        Action("settings", ("c",)),
        Action("exam", ("x",)),
        Action("placement", ("l",)),
        *_MOVING,
        Action("theme", ("t",)),
        _SEARCH,
        _COMMANDS,
        _HELP,
        Action("leave", ("q",)),
    ),
    "welcome": (Action("next", ("enter",)), Action("skip", ("escape",)), Action("help", ("f1",))),
    "topic": (
        Action("exercises", ("e", "enter")),
        *_SCROLLING,
        Action("contents", ("c",)),
        Action("figure", ("f",)),
        Action("point_forward", ("right", "l")),
        Action("point_back", ("left", "h")),
        Action("value_next", ("n",)),
        Action("value_previous", ("p",)),
        Action("train", ("s",)),
        Action("copy", ("y",)),
        Action("retry", ("r",)),
        _SEARCH,
        _COMMANDS,
        _HELP,
        _BACK,
    ),
    "question": (
        Action("submit", ("enter",)),
        Action("hint", ("f2",)),
        Action("give_up", ("f4",)),
        Action("all_steps", ("f6",)),
        Action("option_down", ("down",)),
        Action("option_up", ("up",)),
        Action("page_down", ("pagedown", "ctrl+d")),
        Action("page_up", ("pageup", "ctrl+u")),
        Action("retry", ("f5", "r")),
        Action("following", ("n",)),
        Action("meant_same", ("m",)),
        Action("undo", ("u",)),
        Action("elsewhere", ("s",)),
        Action("walk", ("w",)),
        Action("proof", ("v",)),
        Action("read_topic", ("f3", "o")),
        Action("symbols", ("f7",)),
        Action("calculator", ("f8",)),
        Action("copy", ("f9", "y")),
        Action("report", ("ctrl+r", "R")),
        _COMMANDS,
        _HELP,
        _BACK,
    ),
    "search": (*_CHOOSING, Action("help", ("f1",)), _BACK),
    "commands": (*_CHOOSING, _BACK),
    "contents": (Action("choose", ("enter",)), *_MOVING, _BACK),
    "symbols": (Action("choose", ("enter",)), *_MOVING, _BACK),
    "calculator": (Action("take", ("f9",)), Action("back", ("escape", "f8"))),
    "preview": (
        Action("next_exercise", ("j",)),
        Action("previous_exercise", ("k",)),
        Action("next_seed", ("r",)),
        Action("show_key", ("a", "enter")),
        Action("proof", ("v",)),
        Action("show_complaints", ("c",)),
        Action("switch_language", ("l",)),
        Action("reload", ("f5",)),
        Action("scroll_down", ("down",)),
        Action("scroll_up", ("up",)),
        Action("page_down", ("pagedown", "space", "ctrl+d")),
        Action("page_up", ("pageup", "b", "ctrl+u")),
        Action("top", ("home", "g")),
        Action("bottom", ("end", "G")),
        _HELP,
        Action("leave", ("q", "escape")),
    ),
    "summary": (
        Action("go_on", ("enter", "s")),
        Action("weakest", ("o",)),
        Action("progress", ("p",)),
        *_SCROLLING,
        _HELP,
        _BACK,
    ),
    "progress": (Action("mistakes", ("m",)), Action("settings", ("c",)), *_SCROLLING, _HELP, _BACK),
    "mistakes": (Action("explain", ("enter", "o")), Action("drill", ("d",)), *_MOVING, _HELP, _BACK),
    "settings": (Action("change", ("enter",)), *_MOVING, _HELP, _BACK),
    "exam_start": (Action("choose", ("enter",)), *_MOVING, _HELP, _BACK),
    "exam": (
        Action("pick", (*"abcdefgh", *"12345678"), "a–h"),
        Action("clear", ("0", "backspace")),
        Action("to_item", ("enter",)),
        Action("next_item", ("right", "j")),
        Action("previous_item", ("left", "k")),
        Action("flag", ("m",)),
        Action("jump", ("n",)),
        Action("palette", ("p", "tab")),
        Action("submit_exam", ("s",)),
        Action("elsewhere", ("w",)),
        Action("retry", ("r",)),
        Action("scroll_down", ("down",)),
        Action("scroll_up", ("up",)),
        Action("page_down", ("pagedown", "space", "ctrl+d")),
        Action("page_up", ("pageup", "ctrl+u")),
        _HELP,
        _BACK,
    ),
    "jump": (_BACK,),
    "exam_result": (
        Action("review_all", ("a",)),
        Action("review_wrong", ("w",)),
        Action("review_flagged", ("f",)),
        *_SCROLLING,
        _HELP,
        _BACK,
    ),
    "exam_review": (
        Action("next_item", ("n", "right", "enter")),
        Action("previous_item", ("p", "left")),
        Action("read_topic", ("o", "f3")),
        *_SCROLLING,
        _HELP,
        _BACK,
    ),
    "page": (*_SCROLLING, _BACK),
    "elsewhere": (Action("back", ("escape",)),),
    "proof": (Action("retry", ("r",)), *_SCROLLING, _BACK),
    "walk": (
        Action("next_stop", ("right", "n", "enter")),
        Action("previous_stop", ("left", "p")),
        *_SCROLLING,
        Action("retry", ("r",)),
        _HELP,
        _BACK,
    ),
    "help": (*_SCROLLING, Action("back", ("escape", "f1", "question_mark", "q"))),
}
"""The actions of each screen, in the order in which they are told."""

_NAMES: Mapping[str, str] = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "slash": "/",
}


def actions(screen: str) -> dict[str, Action]:
    """The actions of a screen by name."""
    return {action.name: action for action in TABLE[screen]}


def bindings(screen: str) -> list[BindingType]:
    """Textual's bindings for a screen; they show nothing themselves, for the key line speaks the learner's language."""
    return [Binding(",".join(keys), done, show=False) for action in TABLE[screen] for keys, done in _bound(action)]


def _bound(action: Action) -> Iterator[tuple[list[str], str]]:
    """The keys of an action with their twins; one by one, where the action is given the key."""
    every = [[key, *_twins(key)] for key in action.keys]
    if action.told:
        yield from ((keys, f"{action.name}({keys[0]!r})") for keys in every)
    else:
        yield [key for keys in every for key in keys], action.name


def key_name(key: str) -> str:
    """A key as it is written for people."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[-1].upper()}"
    return _NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def _twins(key: str) -> Iterator[str]:
    """What a key sends under an input method: its full-width character with its spelt-out name, or a vowel's kana."""
    character = {"question_mark": "?", "slash": "/", "space": " "}.get(key, key)
    if len(character) != 1:
        return
    wide = "\N{IDEOGRAPHIC SPACE}" if character == " " else chr(ord(character) + 0xFEE0)
    if wide.isalnum():
        yield wide
    yield unicodedata.name(wide).lower().replace("-", "_").replace(" ", "_")
    if character in "aiueo":
        yield unicodedata.lookup(f"HIRAGANA LETTER {character}")
