"""Typeset text as a widget, and how it looks: a style for each role of a span, a sign for each outcome.

Lines are set anew for each width, so that nothing is ever cut, and nothing in them is read as markup.
"""

from collections.abc import Callable, Iterable, Mapping

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from studyapp.typeset.lines import Line
from studyapp.typeset.width import inert

STYLES: Mapping[str, str] = {
    "heading": "bold $accent",
    "strong": "bold",
    "emphasis": "italic",
    "code": "$typed",
    "math": "$formula",
    "quote": "$muted",
    "link": "underline",
    "rule": "$muted",
    "mark": "$accent",
    "muted": "$muted",
    "good": "bold $success",
    "bad": "bold $error",
    "near": "bold $warning",
    "chosen": "bold on $chosen",
    "unit": "",
    "lit": "bold $accent",
    "value": "$success",
    "delta": "$warning",
    "edge": "$muted",
    "weight": "$formula",
}
"""Styles by role, in the variables of the theme."""

SIGNS: Mapping[str, tuple[str, str]] = {
    "correct": ("○", "good"),
    "rounding": ("△", "near"),
    "wrong": ("×", "bad"),
    "unreadable": ("？", "near"),
    "undecided": ("？", "near"),
}
"""The sign of each `Outcome` and its role; a word comes with it, for a state is never shown by colour alone."""

Maker = Callable[[int], Iterable[Line]]
"""Lines for a width in cells."""


class Lines(Widget):
    """Lines of spans from a maker that knows the width."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def __init__(self, make: Maker | None = None, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._make: Maker = make or (lambda _width: ())
        self._set: tuple[int, Content] | None = None

    def show(self, make: Maker) -> None:
        """Show other lines from now on."""
        self._make = make
        self._set = None
        self.display = True
        self.refresh(layout=True)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines at any width."""
        kept = tuple(lines)
        self.show(lambda _width: kept)

    def set_again(self) -> None:
        """Set the lines anew: what their maker looks at has changed."""
        self.show(self._make)

    def clear(self) -> None:
        """Show nothing and take no room."""
        self.show_lines(())
        self.display = False

    def render(self) -> Content:
        """The lines for the present width."""
        return self._content(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the lines take at a width; what is wider (code) is folded, not cut."""
        content = self._content(width)
        return content.get_height({}, width) if content else 0

    def _content(self, width: int) -> Content:
        if self._set is None or self._set[0] != width:
            self._set = (width, content_of(self._make(max(1, width))))
        return self._set[1]


def content_of(lines: Iterable[Line]) -> Content:
    """The lines with their looks."""
    parts: list[str | tuple[str, str]] = []
    for number, line in enumerate(lines):
        if number:
            parts.append("\n")
        parts += [(inert(span.text), STYLES.get(span.role, "")) for span in line]
    return Content.assemble(*parts)


def said(text: str, role: str = "") -> Content:
    """One sentence in a role; its line ends are kept."""
    return Content.styled("\n".join(inert(line) for line in text.split("\n")), STYLES.get(role, ""))
