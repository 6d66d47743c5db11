"""Lint rules, by what they are about. Importing this registers them all."""

from studyapp.workshop.rules import markdown, mathematics, names, pairing, prose, questions
from studyapp.workshop.rules.registry import RULES, complaints_about, manual

__all__ = ["RULES", "complaints_about", "manual", "markdown", "mathematics", "names", "pairing", "prose", "questions"]
