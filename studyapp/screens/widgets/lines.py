"""Typeset text as a widget: its lines are set anew for each width, so that nothing is ever cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from studyapp.domain.document import Block
from studyapp.screens.look import content_of
from studyapp.typeset.document import Line, RenderOptions, set_document

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

    def show_blocks(self, blocks: Iterable[Block], setting: RenderOptions) -> None:
        """Show a document."""
        kept = tuple(blocks)
        self.show(lambda width: set_document(kept, width, setting))

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
