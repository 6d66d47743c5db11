"""Why drawn values will not do."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.place import Place


@dataclass(frozen=True, slots=True)
class Rejected:
    """A drawing refused: a stable code, what was found, where the reason is written.

    `final` marks a fault of the key, which no redraw will mend.
    """

    code: str
    detail: str
    place: Place
    final: bool = False
