"""The sentences of `language`, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """What `language` says."""


JA = LanguageWords()

EN = LanguageWords()
