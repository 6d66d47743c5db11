"""Why drawn values will not do."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.place import Place


@dataclass(frozen=True, slots=True)
class Rejected:
    """A drawing refused: a stable code, what was found, where the reason is written.

    `final` marks a fault of the key, which no redraw will mend. Where two routes to the key disagree, `answer` and
    `other` are their values, and `point` the values of the symbols where formulas were compared.
    """

    code: str
    detail: str
    place: Place
    final: bool = False
    answer: str = ""
    other: str = ""
    point: str = ""
