"""The sentences of `study`, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyWords:
    """What `study` says."""


JA = StudyWords()

EN = StudyWords()
