"""The options of a question, to be picked with a click."""

from collections.abc import Callable, Iterable, Iterator

from textual.events import Click
from textual.message import Message

from studyapp.screens.widgets import Lines
from studyapp.typeset.document import Line

OptionRows = Callable[[int], Iterable[tuple[str, tuple[Line, ...]]]]  # labels with their lines, for a width in cells


class OptionList(Lines):
    """A list of options under each other; a click on one, anywhere in its lines, picks it."""

    ALLOW_SELECT = False  # dragging over a list chooses in it

    class Picked(Message):
        """An option was picked with the mouse."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    def __init__(self, make: OptionRows) -> None:
        super().__init__(self._lines, id="options")
        self._options = make

    def _lines(self, width: int) -> Iterator[Line]:
        for number, (_, lines) in enumerate(self._options(width)):
            if not number:
                yield ()
            yield from lines

    def rows_of(self, label: str) -> tuple[int, int]:
        """The first row of an option and how many it takes."""
        labels = self._labels()
        return labels.index(label), labels.count(label)

    def on_click(self, event: Click) -> None:
        labels = self._labels()
        if event.y < len(labels) and labels[event.y]:
            self.post_message(self.Picked(labels[event.y]))

    def _labels(self) -> list[str]:
        """The label of each row; the first is blank."""
        return ["", *(label for label, lines in self._options(self.content_size.width) for _ in lines)]
