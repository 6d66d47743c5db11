"""`course.yaml` of a content folder: what the course is called, its languages, its areas in order, its mock exams."""

import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from studyapp.domain.course import COURSE_FILE, Course, ExamForm
from studyapp.domain.exercise import DECIMAL
from studyapp.domain.place import Complaint
from studyapp.domain.text import LANGUAGES
from studyapp.pages import readers
from studyapp.pages.facts import Value, read_facts
from studyapp.pages.files import read_source
from studyapp.pages.readers import Reader, Shape, filled, list_of, one_of, read_mapping, read_record, read_word, whole
from studyapp.pages.report import Refused, Report
from studyapp.pages.source import Source

MOST_ITEMS, MOST_MINUTES = 500, 600


def _titles(value: Value, report: Report) -> dict[str, str]:
    """A title in each language that it is written in."""
    return dict(filled(lambda given, of: read_record(given, dict.fromkeys(LANGUAGES, read_word), of))(value, report))


_read_decimal = readers.scalar(lambda text: Decimal(text) if re.fullmatch(DECIMAL, text) else None, Shape.NOT_A_NUMBER)


def _share(value: Value, report: Report) -> float:
    """A part of the whole, from 0 to 1."""
    share = _read_decimal(value, report)
    if not 0 <= share <= 1:
        raise report.refuse(value.start, Shape.OUT_OF_RANGE, str(share), low=0, high=1)
    return float(share)


def _quotas(value: Value, report: Report) -> dict[int, int]:
    """How many items ask about each item of the syllabus."""
    entries = read_mapping(value, report).entries
    return {whole(1, 99)(item, report): whole(1, MOST_ITEMS)(quota, report) for item, quota in entries}


def _by_name(read: Callable[[str, Value, Report], Any]) -> Reader:
    """The reader of values by identifiers, in their order."""

    def read_named(value: Value, report: Report) -> dict[str, Any]:
        values = {}
        for name, written in read_mapping(value, report).entries:
            with suppress(Refused):
                values[readers.read_identifier(name, report)] = read(name.value, written, report)
        return values

    return read_named


EXAM: dict[str, Reader] = {
    "title": _titles,
    "items": whole(1, MOST_ITEMS),
    "minutes": whole(1, MOST_MINUTES),
    "quotas": _quotas,
    "numbers": _share,
    "calculator": _share,
    "repeats": whole(1, MOST_ITEMS),
    "themes": whole(1, MOST_ITEMS),
}
AREA: dict[str, Reader] = {"title": _titles}


def _exam(name: str, value: Value, report: Report) -> ExamForm:
    fields = read_record(value, EXAM, report, required=("title", "items", "minutes"))
    return ExamForm(id=name, titles=fields.pop("title"), **fields)


def _area(_: str, value: Value, report: Report) -> dict[str, str]:
    titles: dict[str, str] = read_record(value, AREA, report, required=("title",))["title"]
    return titles


FIELDS: dict[str, Reader] = {
    "title": _titles,
    "languages": filled(list_of(one_of(LANGUAGES))),
    "author": read_word,
    "version": read_word,
    "licence": read_word,
    "areas": _by_name(_area),
    "exams": _by_name(_exam),
    "syllabus": one_of(("g",)),
}
REQUIRED = ("title", "languages")


def read_course(folder: Path) -> tuple[Course, tuple[Complaint, ...]]:
    """The course of a content folder, with what is wrong in its file; what cannot be read is as without that field."""
    path = folder / COURSE_FILE
    plain = Course(folder=str(folder))
    if not path.exists():
        return plain, ()
    source = read_source(path, str(path))
    if not isinstance(source, Source):
        return plain, (source,)
    report = Report(source)
    fields: dict[str, Any] = {}
    with suppress(Refused):
        written = read_facts(source.text, 0, report)
        fields = readers.read_fields(written, FIELDS, report)
        with suppress(Refused):
            readers.require((name for name in REQUIRED if name not in written.names()), (), 0, report)
    fields.setdefault("syllabus", "")
    titles, exams = fields.pop("title", {}), fields.pop("exams", {})
    course = Course(folder=plain.folder, titles=titles, exams=tuple(exams.values()), **fields)
    return course, tuple(report.complaints)
