"""The collector of complaints: one for each part of a page that stands or falls by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from studyapp.domain.expression import Node
from studyapp.domain.nearness import MOST, nearest_name
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.verdict import Unreadable
from studyapp.domain.words import Words
from studyapp.domain.words.pages import Code
from studyapp.language import read_strict
from studyapp.pages.source import Source

QUOTED = 40
"""The longest piece of a page that a complaint repeats, in characters."""

SOUGHT = 100
"""The number of complaints after which no nearest name is sought any more: seeking is slow."""


@dataclass(slots=True)
class Report:
    """Complaints about one source, gathered while it is read, so that reading goes on after each."""

    source: Source
    words: Words
    complaints: list[Complaint] = field(default_factory=list)

    def add(
        self,
        offset: int,
        code: Code,
        found: str = "",
        *,
        known: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        """Note a complaint at an offset; `known` are the names among which the nearest to `found` is sought."""
        self.add_at(self.source.place(offset), code, found, known=known, severity=severity, **values)

    def add_at(
        self,
        place: Place,
        code: Code,
        found: str = "",
        *,
        known: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        """The same at a place that is known already."""
        nearest = ""
        if len(found) <= QUOTED and len(self.complaints) < SOUGHT:
            names = list(islice(known, MOST))
            nearest = nearest_name(found, names) or next(iter(get_close_matches(found, names, n=1, cutoff=0.75)), "")
        message, hint = self.words.pages.complaint(code, found=clipped(found), nearest=nearest, **values)
        self.complaints.append(Complaint(place, code, message, hint, severity))

    def expression(self, text: str, offset: int) -> Node | None:
        """The tree of an expression; None, and a complaint at the very column, where it cannot be read."""
        result = _tree(text)
        if not isinstance(result, Unreadable):
            return result
        self.complaints.append(
            Complaint(
                self.source.place(offset + min(result.span[0], len(text))),
                "unreadable-expression",
                self.words.language.explain(result),
            )
        )
        return None

    def branch(self) -> Report:
        """An empty report on the same source."""
        return Report(self.source, self.words)

    @property
    def sound(self) -> bool:
        """Whether no error was noted."""
        return not any(complaint.severity is Severity.ERROR for complaint in self.complaints)


@lru_cache(maxsize=4096)
def _tree(text: str) -> Node | Unreadable:
    """The reading of an expression, kept: a page says `y` many times over."""
    return read_strict(text)


def clipped(text: str) -> str:
    """A text short enough to be repeated in a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"
