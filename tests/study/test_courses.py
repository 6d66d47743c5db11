"""Courses that are added, switched and removed; a course in one language alone."""

import zipfile
from pathlib import Path

import pytest

from studyapp.domain import limits
from studyapp.domain.course import FORMS
from studyapp.domain.text import speaking
from studyapp.study import courses as module
from studyapp.study.courses import AtHand, add, courses_at_hand, remove, switch
from studyapp.study.library import Library

from .test_library import english, page, write

SHIPPED = Path("shipped")


@pytest.fixture
def source(tmp_path) -> Path:
    folder = tmp_path / "physics"
    write(folder / "course.yaml", "title: {en: Physics}\nlanguages: [en]\nareas:\n  motion: {title: {en: Motion}}\n")
    write(folder / "en" / "motion" / "speed.md", "# Speed\n\nA body moves.\n")
    write(folder / ".git" / "config", "[core]\n")
    return folder


def names(data: Path) -> list[tuple[str, bool]]:
    return [(course.name, course.on) for course in courses_at_hand(data, SHIPPED)]


def zipped(folder: Path, name: str = "c.zip", within: str = "") -> Path:
    path = folder.parent / name
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"{within}{file.relative_to(folder).as_posix()}")
    return path


def test_a_folder_is_copied_without_what_is_hidden(source, tmp_path):
    data = tmp_path / "data"
    added = add(source, data)

    assert added == AtHand("physics", data / "courses" / "physics", on=True)
    files = {path.relative_to(added.folder) for path in added.folder.rglob("*") if path.is_file()}
    assert files == {Path("course.yaml"), Path("en/motion/speed.md")}
    assert names(data) == [("studyapp", True), ("physics", True)]


@pytest.mark.parametrize("within", ["", "physics-main/"])
def test_an_archive_is_unpacked_with_or_without_a_folder_around(source, tmp_path, within):
    added = add(zipped(source, within=within), tmp_path / "data", "physics")
    assert isinstance(added, AtHand)
    assert (added.folder / "en" / "motion" / "speed.md").is_file()
    assert not (added.folder / ".git").exists()


@pytest.mark.parametrize("name", ["../../out.md", "/etc/out.md", "a/../../out.md", "..\\out.md", "C:out.md"])
def test_an_archive_that_leads_out_is_refused(tmp_path, name):
    path = tmp_path / "c.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "# out")
    refused = add(path, tmp_path / "data")
    assert isinstance(refused, str)
    assert name.replace("\\", "/") in refused.replace("\\", "/")
    assert names(tmp_path / "data") == [("studyapp", True)]
    assert not list(tmp_path.rglob("out.md"))


def test_a_course_that_is_too_large_or_none_is_refused_and_leaves_nothing(source, tmp_path, monkeypatch):
    data = tmp_path / "data"
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no archive")
    assert "is no course" in spoken(add(tmp_path / "empty", data))
    assert "ZIP" in spoken(add(tmp_path / "text.zip", data))
    monkeypatch.setattr(module, "COURSE_FILES", 1)
    assert "too large" in spoken(add(source, data))
    assert "too large" in spoken(add(zipped(source), data))
    monkeypatch.setattr(module, "COURSE_FILES", limits.COURSE_FILES)
    monkeypatch.setattr(module, "COURSE_BYTES", 20)
    assert "too large" in spoken(add(source, data))
    assert list((data / "courses").iterdir()) == []


def spoken(refused: AtHand | str) -> str:
    assert isinstance(refused, str)
    return refused


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


def test_a_link_is_not_followed(source, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.md").write_text("# key")
    (source / "en" / "link").symlink_to(secret)
    added = add(source, tmp_path / "data")
    assert isinstance(added, AtHand)
    assert not list(added.folder.rglob("key.md"))


def test_a_name_that_is_taken_or_bad_is_refused_unless_it_is_to_be_replaced(source, tmp_path):
    data = tmp_path / "data"
    add(source, data)
    assert "--replace" in spoken(add(source, data))
    assert "cannot name a course" in spoken(add(source, data, "a/b"))
    assert "already" in spoken(add(source, data, "studyapp", replacing=True))
    write(source / "en" / "motion" / "way.md", "# Way\n\nText.\n")
    assert isinstance(add(source, data, replacing=True), AtHand)
    assert (data / "courses" / "physics" / "en" / "motion" / "way.md").exists()


def test_a_course_is_turned_off_and_on_but_never_the_last_one(source, tmp_path):
    data = tmp_path / "data"
    add(source, data)
    assert switch(data, SHIPPED, "physics", on=False) == ""
    assert names(data) == [("studyapp", True), ("physics", False)]
    assert "only course" in switch(data, SHIPPED, "studyapp", on=False)
    assert switch(data, SHIPPED, "physics", on=True) == ""
    assert switch(data, SHIPPED, "studyapp", on=False) == ""
    assert names(data) == [("studyapp", False), ("physics", True)]
    assert "There are: studyapp, physics" in switch(data, SHIPPED, "chemistry", on=False)


def test_switches_that_cannot_be_read_leave_every_course_on(source, tmp_path):
    data = tmp_path / "data"
    add(source, data)
    for text in ("{", "[]", '{"off": 3}', "\udcff"):
        (data / "courses.json").write_text(text, encoding="utf-8", errors="surrogateescape")
        assert names(data) == [("studyapp", True), ("physics", True)]


def test_an_added_course_is_removed_and_the_shipped_one_is_not(source, tmp_path):
    data = tmp_path / "data"
    add(source, data)
    assert remove(data, SHIPPED, "physics") == ""
    assert names(data) == [("studyapp", True)]
    assert "off studyapp" in remove(data, SHIPPED, "studyapp")
    assert "no course" in remove(data, SHIPPED, "physics")


def test_a_course_in_one_language_has_its_keys_there(tmp_path):
    key = page("Speed", "speed-a").replace("を 2 乗せよ。", ": square it.")
    write(tmp_path / "c" / "course.yaml", "title: {en: Physics}\nlanguages: [en]\n")
    write(tmp_path / "c" / "en" / "motion" / "speed.md", key)

    for language in ("ja", "en"):
        library = Library.load((tmp_path / "c",), None, language)
        assert [complaint.code for complaint in library.complaints] == []
        (topic,) = library.topics
        assert (topic.title, topic.source.facts, topic.exercises[0].heading) == ("Speed", "en", "speed-a の計算")
    assert library.courses[0].title == "Physics"


def test_areas_are_read_in_the_order_of_the_course_and_courses_one_after_the_other(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    write(
        first / "course.yaml",
        "title: {ja: 甲}\nlanguages: [ja, en]\nareas:\n  z: {title: {ja: 先}}\n  y: {title: {ja: 後}}\n",
    )
    for folder, name in ((first, "y/one"), (first, "z/two"), (first, "x/three"), (second, "z/four")):
        write(folder / "ja" / f"{name}.md", page(name))
        write(folder / "en" / f"{name}.md", english(name))

    cache = tmp_path / "index.json"
    for _ in range(2):  # read, and from the index
        library = Library.load((first, second), cache, "ja")
        assert [topic.id for topic in library.topics] == ["z/two", "y/one", "x/three", "z/four"]
        assert [topic.course for topic in library.topics] == [0, 0, 0, 1]
        assert [library.area_title(area) for area in ("z", "y", "x", "")] == ["先", "後", "x", "Other pages"]
    write(first / "course.yaml", "title: {ja: 甲}\nlanguages: [ja, en]\n")
    assert [topic.id for topic in Library.load((first, second), cache, "ja").topics][:3] == [
        "x/three",
        "y/one",
        "z/two",
    ]


def test_the_mock_exam_of_a_course_asks_about_its_own_pages(tmp_path):
    exam = "exams:\n  {}: {{title: {{ja: 模試}}, items: 4, minutes: 5}}\n"
    for name in ("a", "b"):
        folder = tmp_path / name
        write(folder / "course.yaml", f"title: {{ja: 甲}}\nlanguages: [ja]\n{exam.format(name)}")
        write(folder / "ja" / "z" / f"{name}.md", page(name))
    library = Library.load((tmp_path / "a", tmp_path / "b"), None, "ja")

    asked = {form.id: [topic.id for topic in library.asked_by(form)] for form in library.forms()}
    assert asked == {"a": ["z/a"], "b": ["z/b"]}
    assert [topic.id for topic in library.asked_by(FORMS[0])] == ["z/a", "z/b"]


def test_the_numbers_of_a_course_are_those_of_the_syllabus_only_where_it_says_so(tmp_path):
    exam = "exams:\n  end: {title: {ja: 模試}, items: 4, minutes: 5}\n"
    write(tmp_path / "ja" / "z" / "a.md", page("a"))
    for said, item in (("", 0), ("syllabus: g\n", 13)):
        write(tmp_path / "course.yaml", f"title: {{ja: 甲}}\nlanguages: [ja]\n{said}{exam}")
        library = Library.load((tmp_path,), None, "ja")
        assert library.follows_syllabus(library.forms()[0]) is bool(said)
        assert library.item_of(library.topics[0]) == item
