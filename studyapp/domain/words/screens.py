"""The sentences of `screens`, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreensWords:
    """What `screens` says."""


JA = ScreensWords()

EN = ScreensWords()
