"""`course.yaml`: what it says, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from studyapp.domain.course import Course, ExamForm
from studyapp.pages.course import AREA, EXAM, FIELDS, read_course

WHOLE = """\
title: {ja: 力学, en: Mechanics}
languages: [en, ja]
author: A. Author
version: "1.2"
licence: CC BY 4.0
areas:
  motion: {title: {ja: 運動, en: Motion}}
  forces: {title: {en: Forces}}
exams:
  short:
    title: {en: Short}
    items: 10
    minutes: 12
    quotas: {13: 4, 7: 6}
    numbers: 0.25
    calculator: 0
    repeats: 2
    themes: 3
syllabus: g
"""


def course(folder: Path, text: str | None) -> tuple[Course, list[tuple[str, str]]]:
    if text is not None:
        (folder / "course.yaml").write_text(text, encoding="utf-8")
    read, complaints = read_course(folder)
    return read, [(f"{complaint.place.line}:{complaint.place.column}", complaint.code) for complaint in complaints]


def test_a_course_file_is_read_whole(tmp_path):
    form = ExamForm(
        id="short", titles={"en": "Short"}, items=10, minutes=12, quotas={13: 4, 7: 6}, numbers=0.25, calculator=0.0,
        repeats=2, themes=3,
    )  # fmt: skip
    areas = {"motion": {"ja": "運動", "en": "Motion"}, "forces": {"en": "Forces"}}
    expected = Course(
        folder=str(tmp_path), titles={"ja": "力学", "en": "Mechanics"}, languages=("en", "ja"), author="A. Author",
        version="1.2", licence="CC BY 4.0", areas=areas, exams=(form,),
    )  # fmt: skip

    assert course(tmp_path, WHOLE) == (expected, [])
    assert list(expected.areas) == ["motion", "forces"]
    assert set(FIELDS) == {line.split(":")[0] for line in WHOLE.splitlines() if line[0] != " "}


def test_without_a_file_a_course_is_called_after_its_folder_and_may_be_in_both_languages(tmp_path):
    read, complaints = course(tmp_path, None)
    assert (read.title, read.languages, complaints) == (tmp_path.name, ("ja", "en"), [])


@pytest.mark.parametrize(
    ("wrong", "instead", "complaint"),
    [
        ("title: {ja: 力学, en: Mechanics}\n", "", ("1:1", "missing-field")),
        ("languages: [en, ja]\n", "", ("1:1", "missing-field")),
        ("[en, ja]", "[en, fr]", ("2:17", "unknown-word")),
        ("{ja: 力学, en: Mechanics}", "Mechanics", ("1:8", "not-named-values")),
        ("author: A", "autor: A", ("3:1", "unknown-field")),
        ("title: {en: Forces}", "titel: {en: Forces}", ("8:12", "unknown-field")),
        ("items: 10", "items: many", ("12:12", "not-a-whole-number")),
        ("items: 10", "items: 0", ("12:12", "out-of-range")),
        ("{13: 4", "{0: 4", ("14:14", "out-of-range")),
        ("numbers: 0.25", "numbers: 1.25", ("15:14", "out-of-range")),
        ("numbers: 0.25", "numbers: some", ("15:14", "not-a-number")),
        ("    minutes: 12\n", "", ("11:5", "missing-field")),
        ("  motion:", "  mo/tion:", ("7:3", "bad-id")),
        ("author: A. Author", "author： A", ("3:7", "wide-colon")),
        ("  motion", "\tmotion", ("7:1", "yaml-tab")),
    ],
)
def test_what_is_wrong_is_found_at_its_place(tmp_path, wrong, instead, complaint):
    assert wrong in WHOLE
    _, complaints = course(tmp_path, WHOLE.replace(wrong, instead, 1))
    assert complaint in complaints


def test_a_file_that_cannot_be_read_leaves_a_course_without_it(tmp_path):
    read, complaints = course(tmp_path, "title: [")
    assert read.title == tmp_path.name
    assert complaints
    (tmp_path / "course.yaml").write_bytes(b"title: \xff")
    assert [complaint.code for complaint in read_course(tmp_path)[1]] == ["not-utf8"]


def test_every_field_of_areas_and_exams_is_in_the_whole_file():
    assert all(f"{field}:" in WHOLE for field in (*AREA, *EXAM))
