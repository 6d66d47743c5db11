"""A page of the course."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.document import Block
from studyapp.domain.exercise import Exercise
from studyapp.domain.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One Markdown page, read. `language` is the one that its prose is in, after any fallback."""

    id: str
    title: str
    language: str
    item: tuple[int, ...]
    requires: tuple[str, ...]
    covers: tuple[str, ...]
    body: tuple[Block, ...]
    exercises: tuple[Exercise, ...]
    requires_at: tuple[Place, ...] = ()
    """Where each topic that it requires is written."""

    def exercise(self, exercise_id: str) -> Exercise | None:
        """The exercise with that id, None where the page has none."""
        return next((one for one in self.exercises if one.id == exercise_id), None)
