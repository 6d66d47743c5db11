"""`studyapp course`, `--course`, and answered exercises that are in no course any more."""

import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT
from tests.tools.commands import json_of, studyapp, written

PHYSICS = ROOT / "tests" / "fixtures" / "physics"
EXERCISE = "phy-fall-name"


@pytest.fixture
def added(data) -> Path:
    """A data folder with the course of physics added."""
    run = studyapp(data, "course", "add", str(PHYSICS))
    assert run.exit_code == 0
    assert f"physics was added as {data / 'courses' / 'physics'} (pages: 10, exercises: 27)." in run.stdout
    return data


def topics(data: Path, *options: str) -> list[str]:
    return [topic["id"] for topic in json_of(data, *options, "topics")]


def listed(data: Path) -> dict[str, bool]:
    return {course["name"]: course["on"] for course in json_of(data, "course", "list")["courses"]}


def test_a_course_is_listed_with_what_its_file_says_and_where_it_lies(added):
    _, course = json_of(added, "course", "list")["courses"]
    assert course == {
        "name": "physics", "on": True, "folder": str(added / "courses" / "physics"),
        "titles": {"en": "Mechanics and circuits"}, "languages": ["en"], "author": "A. Author", "version": "1.0",
        "licence": "CC0", "syllabus": "", "exams": ["final"], "pages": 10, "exercises": 27,
    }  # fmt: skip
    for language, state in (("en", "(on; pages: 10, exercises: 27)"), ("ja", "（使用中、10 ページ・27 問）")):
        text = studyapp(added, f"--lang={language}", "course", "list").stdout
        assert f"○ physics  Mechanics and circuits{' ' if language == 'en' else ''}{state}" in text
        assert f"    {added / 'courses' / 'physics'} ・ 1.0 ・ A. Author ・ CC0 ・ en" in text


def test_one_course_alone_is_used_in_either_language_of_the_interface(added):
    assert len(topics(added)) > 50
    for language in ("ja", "en"):
        own = topics(added, f"--lang={language}", "--course=physics")
        assert (len(own), own[0]) == (10, "motion/speed")
        hits = json_of(added, f"--lang={language}", "--course=physics", "search", "friction")
        assert [hit["topic"] for hit in hits] == ["forces/friction", "energy/conservation"]
    unknown = studyapp(added, "--course", "physic", "topics")
    assert unknown.exit_code == 2
    assert "There are: studyapp, physics." in unknown.stderr


def test_a_course_is_turned_off_and_on_and_removed(added):
    assert studyapp(added, "course", "off", "physics").stdout == "physics: off\n"
    assert listed(added) == {"studyapp": True, "physics": False}
    assert "motion/speed" not in topics(added)
    assert "motion/speed" in topics(added, "--course=physics")
    assert studyapp(added, "--lang=ja", "course", "on", "physics").stdout == "physics: 使用中\n"
    assert "motion/speed" in topics(added)
    assert studyapp(added, "course", "remove", "physics").stdout.startswith("The course physics was removed.")
    assert listed(added) == {"studyapp": True}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", str(PHYSICS)), "There is a course physics already."),
        (("add", str(PHYSICS / "images")), "is no course"),
        (("remove", "studyapp"), "cannot be removed"),
        (("off", "chemistry"), "There is no course chemistry. There are: studyapp, physics."),
    ],
)
def test_what_cannot_be_done_is_said(added, arguments, sentence):
    run = studyapp(added, "course", *arguments)
    assert (run.exit_code, run.stdout) == (1, "")
    assert sentence in run.stderr


def test_the_faults_of_a_course_are_counted_when_it_is_added(data, tmp_path):
    written(tmp_path / "mine", "# A\n\n## B\n\nC\n\n```yaml key\nid: b\nkind: numbr\n```\n", "en/a/b.md")
    written(tmp_path / "mine", "title: {en: Mine}\nlanguages: [en]\n", "course.yaml")
    run = studyapp(data, "course", "add", str(tmp_path / "mine"))
    assert run.exit_code == 0
    assert f"studyapp lint {data / 'courses' / 'mine'} shows" in run.stderr


def renamed(data: Path, key: str) -> None:
    page = data / "courses" / "physics" / "en" / "motion" / "fall.md"
    page.write_text(page.read_text(encoding="utf-8").replace(f"id: {EXERCISE}\n", key), encoding="utf-8")


def exercises_row(data: Path, *options: str) -> dict[str, object]:
    return next(row for row in json_of(data, *options, "doctor")["checks"] if row["name"] == "exercises")


def test_answered_exercises_that_vanished_are_named_and_an_alias_takes_their_answers_over(added):
    studyapp(added, "quiz", EXERCISE, "-n", "1", given="free fall\n")
    assert json_of(added, "course", "list")["vanished"] == {}
    assert exercises_row(added)["ok"]

    renamed(added, "id: phy-fall-term\n")
    assert json_of(added, "course", "list")["vanished"] == {EXERCISE: 1}
    assert not (row := exercises_row(added))["ok"]
    assert f"{EXERCISE}  1 answer. Renamed? Then aliases: [{EXERCISE}]" in str(row)
    assert "phy-fall-term" in str(row)
    assert f"{EXERCISE}  解答 1 件" in studyapp(added, "--lang=ja", "course", "list").stdout

    renamed(added, "")
    page = added / "courses" / "physics" / "en" / "motion" / "fall.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("id: phy-fall-term\n", f"id: phy-fall-term\naliases: [{EXERCISE}]\n"), encoding="utf-8"
    )
    assert json_of(added, "course", "list")["vanished"] == {}
    assert exercises_row(added)["ok"]


def test_what_is_in_a_course_that_is_off_or_in_a_folder_of_ones_own_has_not_vanished(added):
    studyapp(added, "quiz", EXERCISE, "-n", "1", given="free fall\n")
    studyapp(added, "course", "off", "physics")
    assert exercises_row(added)["ok"]
    assert exercises_row(added, "--course=studyapp")["ok"]
    studyapp(added, "course", "on", "physics")
    shutil.move(added / "courses" / "physics", added / "content")
    assert json_of(added, "course", "list")["vanished"] == {}
    shutil.rmtree(added / "content")
    assert json_of(added, "course", "list")["vanished"] == {EXERCISE: 1}


def test_a_mock_exam_of_a_course_is_not_compared_with_the_real_ones(added):
    for language in ("en", "ja"):
        run = studyapp(added, f"--lang={language}", "--course=physics", "exam", "--seed=1", given="s\ns\n")
        assert not any(word in run.output for word in ("syllabus", "real exam", "シラバス", "本試験"))
    run = studyapp(added, "--course=physics", "exam", "--seed=2", given="")
    assert run.stdout.startswith("12 items in 30 minutes.")
