"""Complaints of verification, in the words of its room."""

from __future__ import annotations

from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.words import Words

WARNINGS = ("no-check",)
"""Codes of what an author should know, and may leave as it is."""


def complaint(code: str, place: Place, words: Words, **values: object) -> Complaint:
    """A complaint of that code, with its values put in."""
    message, hint = words.workshop.complaint(code, **values)
    return Complaint(place, code, message, hint, Severity.WARNING if code in WARNINGS else Severity.ERROR)
