"""What a first answer of a study day says: whether the skill was recalled, and how likely that was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studyapp.domain.verdict import Help, Mode, Outcome, Part


@dataclass(frozen=True, slots=True)
class Evidence:
    """The first evidence on a skill in a study day; `predicted` is None where there was no memory before."""

    recalled: bool
    predicted: float | None

    def counts_mixed(self, mode: str) -> bool:
        """Whether it makes its day one on which the skill was recognised and recalled among others."""
        return self.recalled and mode == Mode.MIXED


def recalled(parts: Iterable[Part], tries: int) -> bool:
    """Whether a skill was recalled: right at the first try, with a nudge at most."""
    right = all(part.verdict is Outcome.CORRECT and part.help is not Help.SHOWN for part in parts)
    return right and tries == 1
