"""The line in which an answer is typed."""

import unicodedata
from collections.abc import Sequence

from textual.events import Key
from textual.widgets import Input

from studyapp.language.labels import read_labels


class AnswerInput(Input):
    """A plain input, one row high. It takes every sign as it is typed: reading it is the language's business.

    (Textual's number input drops the full-width full stop and so turns １２．５ into 125; its plain input drops every
    space but the ASCII one, and U+3000 is what the space bar sends while a Japanese input method is on.)
    With `labels`, options are asked for: j and k move among them and are not typed. Where `one` of them is asked for, a
    second one takes the place of the first; where the cursor is `steered`, a space picks what it is at. A sign of
    `keys` begins no answer: in an empty line it is a key of the screen.
    """

    DEFAULT_CSS = """
    AnswerInput, AnswerInput:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        &.-textual-compact { border: none; padding: 0 1; }
    }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, compact=True)
        self.cursor_blink = False
        self.labels: Sequence[str] = ()
        self.one = False
        self.steered = False
        self.keys = ""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        if self._steers(character) or self._is_key(character or ""):
            return False
        return super().check_consume_key(key, character) or _is_space(character)

    def on_key(self, event: Key) -> None:
        """Type what Textual's own input would drop, or put a label in place of the one before."""
        sign = event.character or ""
        if self._steers(sign) or self._is_key(sign):
            event.prevent_default()
            return
        if self._replaces(sign):
            self.value = ""
        elif not _is_space(sign):
            return
        event.stop()
        event.prevent_default()
        self.replace(sign, *self.selection)

    def _steers(self, sign: str | None) -> bool:
        """Whether the sign moves among the options, or picks one."""
        key = unicodedata.normalize("NFKC", sign or "").lower()
        moves = key in ("j", "k") and key not in self.labels
        return bool(self.labels) and (moves or (self.steered and _is_space(sign)))

    def _is_key(self, sign: str) -> bool:
        return not self.value and bool(sign) and sign in self.keys

    def _replaces(self, sign: str) -> bool:
        """Whether the line holds a label and the sign is another, not the second digit of one."""
        return (
            self.one and self._is_label(self.value) and self._is_label(sign) and not self._is_label(self.value + sign)
        )

    def _is_label(self, text: str) -> bool:
        labels = read_labels(text, self.labels) if self.labels else ""
        return isinstance(labels, list) and len(labels) == 1


def _is_space(sign: str | None) -> bool:
    return sign is not None and len(sign) == 1 and unicodedata.category(sign) == "Zs"
