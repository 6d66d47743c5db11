"""Where things stand on a page that is shown: headings and exercises to go to, formulas to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyapp.domain.document import Block, ExerciseMark, Heading, MathBlock
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.rows import Row
from studyapp.typeset.document import RenderOptions, plain_text, set_document

ANY_WIDTH = 1000
"""Cells in which a heading surely stands on one line."""
EXERCISE_SIGN = "▷"


@dataclass(frozen=True, slots=True)
class Place:
    """A heading, an exercise or a formula: its text, the widget that shows it, and the blocks above it there."""

    text: str
    level: int
    part: Lines
    above: tuple[Block, ...]
    exercise: str = ""
    tex: str = ""

    def line(self, setting: RenderOptions) -> int:
        """The line of the widget in which it stands, at the widget's present width."""
        above = len(set_document(self.above, self.part.content_size.width, setting))
        return above + (1 if self.above else 0)


def places_in(blocks: Sequence[Block], part: Lines) -> Iterator[Place]:
    """The places of a run of blocks that a widget shows."""
    for number, block in enumerate(blocks):
        above = tuple(blocks[:number])
        match block:
            case Heading(level):
                yield Place(plain_text(set_document((block,), ANY_WIDTH)), level, part, above)
            case ExerciseMark(exercise, heading):
                yield Place(heading, 0, part, above, exercise)
            case MathBlock(tex):
                yield Place("", 0, part, above, tex=tex)
            case _:
                continue


def place_rows(places: Sequence[Place]) -> tuple[Row, ...]:
    """Headings and exercises as rows, each with its number as id; what lies deeper stands further in."""
    return tuple(
        Row(str(number), EXERCISE_SIGN if place.exercise else "", "  " * max(0, place.level - 2) + place.text)
        for number, place in enumerate(places)
        if not place.tex
    )
