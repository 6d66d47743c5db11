"""The sentences of `grading`, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingWords:
    """What `grading` says."""


JA = GradingWords()

EN = GradingWords()
