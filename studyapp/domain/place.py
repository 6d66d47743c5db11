"""The files of a page, positions in them, and what is wrong there."""

from enum import Enum, StrEnum
from pathlib import Path

from studyapp.domain.text import LANGUAGES, Text
from studyapp.domain.values import dataclass

NEAREST = Text(ja="「{nearest}」のことですか。", en="Did you mean `{nearest}`?")
BETWEEN = Text(ja="", en=" ")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a text file; line and column count from 1, columns in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a complaint matters: an error stops the exercise from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One finding about content: where, a stable code, what was found, what to do."""

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        text = f"{self.place}: {self.severity} {self.code}: {self.message}"
        return f"{text} {self.hint}" if self.hint else text


class Problem(Enum):
    """What can be wrong (`WIDE_COLON` has the code `wide-colon`), as two lines: what was found, and what to do."""

    _value_: Text

    @property
    def code(self) -> str:
        """The code, which is stable."""
        return self.name.lower().replace("_", "-")

    def at(
        self, place: Place, found: str = "", *, nearest: str = "", severity: Severity = Severity.ERROR, **values: object
    ) -> Complaint:
        """The complaint at a place; the hint begins with the nearest known name, where there is one."""
        message, hint = (line.format(found=found, **values) for line in self.value().split("\n"))
        if nearest:
            hint = BETWEEN().join((NEAREST(nearest=nearest), hint))
        return Complaint(place, self.code, message, hint, severity)


@dataclass(frozen=True, slots=True)
class PageSource:
    """The files behind a topic: facts and prose in `page`, another language's prose in `translation`.

    `language` is the one asked for; `languages` are those of the course, the first that of `page`.
    """

    topic: str
    page: str
    translation: str | None = None
    language: str = "ja"
    languages: tuple[str, ...] = LANGUAGES

    @property
    def facts(self) -> str:
        """The language of the page that states the facts."""
        return self.languages[0]

    def file_in(self, language: str) -> Path:
        """Where the page of a language is, or would be."""
        return Path(self.page).parents[self.topic.count("/") + 1] / language / f"{self.topic}.md"

    @property
    def folder(self) -> str:
        """The folder of the page in its language, from which its images are named."""
        return str(Path(self.translation or self.page).parent)
