"""The terms of a course as a search knows them."""

from collections.abc import Mapping
from dataclasses import field

from studyapp.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Glossary:
    """The names of each term, which mean the same, and all words that lead to a page, by its id."""

    terms: tuple[tuple[str, ...], ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
