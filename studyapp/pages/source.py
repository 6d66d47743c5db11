"""The text of one file, and the way from any of its characters to line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from studyapp.domain.place import Place
from studyapp.domain.values import dataclass
from studyapp.typeset.width import UNSEEN, sign


@dataclass(frozen=True, slots=True)
class Source:
    """A text with Unix line ends and the offset of each line; `veiled` are offsets of signs for what is not shown."""

    name: str
    text: str
    starts: tuple[int, ...]
    veiled: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, name: str = "") -> Source:
        """The source of a text, whatever its line ends."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        lengths = (len(line) + 1 for line in text.split("\n")[:-1])
        return cls(name, text, tuple(accumulate(lengths, initial=0)))

    def place(self, offset: int) -> Place:
        """Line and column of a character."""
        line = bisect_right(self.starts, offset)
        return Place(self.name, line, offset - self.starts[line - 1] + 1)

    def unseen(self) -> dict[tuple[int, str], int]:
        """What a terminal obeys or does not show: by line and character the offset of the first."""
        first: dict[tuple[int, str], int] = {}
        for match in UNSEEN.finditer(self.text):
            first.setdefault((bisect_right(self.starts, match.start()), match[0]), match.start())
        return first

    def shown(self) -> Source:
        """The same text with one sign for each of those characters, so that no place moves."""
        veiled = tuple(match.start() for match in UNSEEN.finditer(self.text))
        return replace(self, text=UNSEEN.sub(lambda match: sign(match[0]), self.text), veiled=veiled)

    def is_veiled(self, start: int, end: int) -> bool:
        """Whether a stretch holds such a character."""
        return bisect_right(self.veiled, start - 1) < bisect_right(self.veiled, end - 1)

    def start(self, line: int) -> int:
        """The offset of a line counted from 0; the end of the text for the line after the last."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def between(self, first: int, last: int) -> str:
        """The text of lines `first` to `last`, the last one not included."""
        return self.text[self.start(first) : self.start(last)]

    def fragment(self, first: int, last: int) -> Fragment:
        """Lines `first` to `last`, the last one not included, as a fragment."""
        lines = self.between(first, last).removesuffix("\n").split("\n")
        return Fragment(tuple(Line(text, self.start(first + n)) for n, text in enumerate(lines)))


@dataclass(frozen=True, slots=True)
class Line:
    """What is left of a line once marker and indentation are taken away, and the offset of its first character."""

    text: str
    offset: int

    def after(self, count: int) -> Line:
        """The line without its first characters."""
        return Line(self.text[count:], self.offset + count)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of Markdown source without the markers around it, that still knows the offset of each character."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(line.text for line in self.lines)

    @property
    def start(self) -> int:
        """The offset of the first character in the source."""
        return self.lines[0].offset if self.lines else 0

    def offsets(self) -> tuple[tuple[int, int], ...]:
        """For each line: the index of its first character in `text`, and its offset in the source."""
        indices = accumulate((len(line.text) + 1 for line in self.lines), initial=0)
        return tuple((index, line.offset) for index, line in zip(indices, self.lines, strict=False))

    def stripped(self) -> Fragment:
        """The fragment without blank lines at its ends."""
        if self.lines and self.lines[0].text.strip() and self.lines[-1].text.strip():
            return self
        filled = [n for n, line in enumerate(self.lines) if line.text.strip()]
        return Fragment(self.lines[filled[0] : filled[-1] + 1]) if filled else Fragment(())

    def after(self, count: int) -> Fragment:
        """The fragment without the first characters of its first line."""
        return Fragment((self.lines[0].after(count), *self.lines[1:])) if self.lines else self


def joined(fragments: Iterable[Fragment]) -> Fragment:
    """Fragments with a blank line between them."""
    lines: list[Line] = []
    for fragment in fragments:
        if lines and fragment.lines:
            lines.append(Line("", fragment.start))
        lines += fragment.lines
    return Fragment(tuple(lines))
