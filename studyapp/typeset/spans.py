"""Typeset text: lines of spans, each with the role that it plays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Some text and the role that it plays."""

    text: str
    role: str = ""


Line = tuple[Span, ...]
