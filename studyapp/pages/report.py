"""Complaints about a page: the sentences stand beside the readers that complain, one enumeration for each reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any

from studyapp.domain.expression import Node
from studyapp.domain.nearness import MOST, nearest_name
from studyapp.domain.place import Complaint, Place, Problem, Severity
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language import read_strict
from studyapp.language.matrices import Matrices, read_in
from studyapp.language.refusals import explain
from studyapp.pages.source import Source

QUOTED = 40  # the longest piece of a page that a complaint repeats, in characters
SOUGHT = 100  # the number of complaints after which no nearest name is sought any more: seeking is slow


def problems() -> list[Problem]:
    """Everything that can be wrong with a page by itself, as far as its readers are imported."""
    readers = (reader for reader in Problem.__subclasses__() if reader.__module__.startswith("studyapp.pages."))
    return [problem for reader in readers for problem in reader]


class Refused(Exception):
    """A value that cannot be read; there is a complaint about it already."""


@dataclass(slots=True)
class Report:
    """Complaints about one source, gathered while it is read, so that reading goes on after each."""

    source: Source
    complaints: list[Complaint] = field(default_factory=list)
    matrices: Matrices | None = None
    """What formulas of the key at hand may hold, where it has matrix symbols."""

    def add(
        self,
        where: int | Place,
        problem: Problem,
        found: str = "",
        /,
        *,
        known: Collection[str] = (),
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        """Note a complaint; among `known` the nearest name is sought, and `{allowed}` lists them unless it is given."""
        nearest = ""
        if len(found) <= QUOTED and len(self.complaints) < SOUGHT:
            names = list(islice(known, MOST))
            nearest = nearest_name(found, names) or next(iter(get_close_matches(found, names, n=1, cutoff=0.75)), "")
        if "{allowed}" in problem.value.ja:
            values = {"allowed": " ".join(known), **values}
        place = self.source.place(where) if isinstance(where, int) else where
        self.complaints.append(problem.at(place, clipped(found), nearest=nearest, severity=severity, **values))

    def refuse(self, where: int | Place, problem: Problem, found: str = "", /, **values: Any) -> Refused:
        """Note a complaint; the exception to raise, since without what is refused there is no value."""
        self.add(where, problem, found, **values)
        return Refused()

    def expression(self, text: str, offset: int, *, formula: bool = False) -> Node:
        """The tree of an expression; a `formula` is in matrix symbols where the key has some.

        Errors: Refused, with a complaint at the very column.
        """
        result = read_in(self.matrices, text) if formula and self.matrices else _tree(text)
        if not isinstance(result, Unreadable):
            return result
        place = self.source.place(offset + min(result.span[0], len(text)))
        self.complaints.append(Complaint(place, "unreadable-expression", explain(result)))
        raise Refused

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
