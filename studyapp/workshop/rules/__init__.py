"""Lint rules, by what they are about. Importing this registers them all."""

from studyapp.workshop.rules import markdown, mathematics, names, pairing, prose, questions
from studyapp.workshop.rules.registry import RULES, Sheet, complaints_about, manual, sheet_of

__all__ = [
    "RULES",
    "Sheet",
    "complaints_about",
    "manual",
    "markdown",
    "mathematics",
    "names",
    "pairing",
    "prose",
    "questions",
    "sheet_of",
]
