"""Complaints of verification, in the words of its room."""

from __future__ import annotations

from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.words import Words


def complaint(code: str, place: Place, words: Words, **values: object) -> Complaint:
    """An error of that code, with its values put in."""
    message, hint = words.workshop.complaint(code, **values)
    return Complaint(place, code, message, hint, Severity.ERROR)
