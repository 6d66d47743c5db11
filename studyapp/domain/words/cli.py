"""The sentences of `cli`, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CliWords:
    """What `cli` says."""


JA = CliWords()

EN = CliWords()
