"""A course as its `course.yaml` describes it: titles, languages, areas in order, mock exams; and its terms."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePath

from studyapp.domain.text import LANGUAGES, language
from studyapp.domain.values import dataclass

COURSE_FILE = "course.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamForm:
    """A mock exam: how many items, in how many minutes, on what. `quotas` are weights by syllabus item.

    At most the share `numbers` of its items needs numbers, `calculator` a calculator; an exercise is asked `repeats`
    times at most. With `themes` the items are parts of that many derivations.
    """

    id: str
    titles: Mapping[str, str]
    items: int
    minutes: int
    quotas: Mapping[int, int] = field(default_factory=dict)
    numbers: float = 1.0
    calculator: float = 1.0
    repeats: int = 1_000
    themes: int = 0

    @property
    def title(self) -> str:
        """What it is called in the language in force."""
        return spoken(self.titles, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A content folder with what its course file says; without one it is called after the folder."""

    folder: str
    titles: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    """The first is that of the pages that hold keys."""
    author: str = ""
    version: str = ""
    licence: str = ""
    areas: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The titles of areas by area, in reading order."""
    exams: tuple[ExamForm, ...] = ()
    syllabus: str = "g"
    """Whose numbers pages give as their `item`: those of the G検定, else the course's own, which have no names."""

    @property
    def title(self) -> str:
        """What it is called in the language in force."""
        return spoken(self.titles, PurePath(self.folder).name)


def spoken(titles: Mapping[str, str], otherwise: str) -> str:
    """Of titles by language the one in the language in force, else the first one, else another name."""
    return titles.get(language()) or next(iter(titles.values()), otherwise)


FORMS = (
    ExamForm(id="g-short", titles={"ja": "短縮", "en": "Short"}, items=36, minutes=25),
    ExamForm(id="g", titles={"ja": "通し", "en": "Full"}, items=145, minutes=100),
)
"""The exams of a course that describes none."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The names of each term, which mean the same, and all words that lead to a page, by its id."""

    terms: tuple[tuple[str, ...], ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
