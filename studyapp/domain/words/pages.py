"""The sentences of `pages`, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesWords:
    """What `pages` says."""


JA = PagesWords()

EN = PagesWords()
