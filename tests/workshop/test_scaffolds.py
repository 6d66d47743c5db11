"""What `studyapp new` writes passes lint and verify as it is, for every kind and in both languages."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from studyapp.cli import program
from studyapp.domain.kind import Kind
from studyapp.domain.place import PageSource
from studyapp.domain.text import set_language
from studyapp.kernel.service import Service
from studyapp.workshop.lint import Linter
from studyapp.workshop.scaffolding import DERIVATIONS, SCAFFOLDS, exercise_sections
from tests.workshop.verifying import verify


def run(data, *arguments: str):
    set_language("en")
    return CliRunner().invoke(program, ["--data", str(data), *arguments])


def new_topic(data, name: str = "area/fresh") -> PageSource:
    result = run(data, "new", "topic", name)
    assert result.exit_code == 0, result.output
    pages = [data / "content" / language / f"{name}.md" for language in ("ja", "en")]
    assert all(str(page) in result.output for page in pages)
    return PageSource(name, str(pages[0]), str(pages[1]), "en")


def test_a_new_topic_passes_lint_and_verify(data):
    set_language("en")
    source = new_topic(data)
    topics, complaints = Linter()(source)
    topic = topics.get(source.language) or topics.get("ja")
    assert complaints == ()
    for exercise in topic.exercises:
        assert verify(source, exercise, range(30), Service()).complaints == ()


@pytest.mark.parametrize("kind", SCAFFOLDS)
def test_a_new_exercise_passes_lint_and_verify(kind, data):
    set_language("en")
    source = new_topic(data)
    result = run(data, "new", "exercise", str(kind), "--id", "one-more", "--page", source.page)
    assert result.exit_code == 0, result.output
    topics, complaints = Linter()(source)
    topic = topics.get(source.language) or topics.get("ja")
    assert complaints == ()
    exercise = topic.exercise("one-more")
    assert exercise.key.kind == (Kind.DERIVATION if kind in DERIVATIONS else kind.partition("-")[0])
    assert exercise.sentences.language == "en"
    assert verify(source, exercise, range(30), Service()).complaints == ()


def test_without_a_page_the_sections_are_printed(data):
    result = run(data, "new", "exercise", "term", "--id", "word")
    assert result.exit_code == 0
    assert result.output.count("id: word") == 2


@pytest.mark.parametrize("kind", SCAFFOLDS)
def test_the_key_of_a_course_without_japanese_holds_none(kind):
    section = exercise_sections(kind, "word", ("en",))["en"]
    assert section.partition("```yaml key")[2].isascii()
    assert not section.partition("accept:")[2] or "deviation" in section or "- backpropagation" in section


def test_nothing_is_overwritten(data):
    new_topic(data)
    assert run(data, "new", "topic", "area/fresh").exit_code == 2


def test_an_exercise_is_not_appended_under_an_id_that_its_page_has(data):
    source = new_topic(data)
    before = Path(source.page).read_text(encoding="utf-8")
    result = run(data, "new", "exercise", "term", "--id", "fresh-1", "--page", source.page)
    assert result.exit_code == 2
    assert "--id" in result.output
    assert Path(source.page).read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["noarea", "Area/Name", "a/b/c", "../up", "a/"])
def test_a_name_that_cannot_be_an_id_is_refused(data, name):
    assert run(data, "new", "topic", name).exit_code == 2


def test_own_pages_are_read_beside_the_shipped_ones(data):
    new_topic(data)
    assert "area/fresh" in run(data, "topics").output


def test_a_page_of_any_subject_begins_without_the_words_of_one(data):
    source = new_topic(data, "history/dates")
    for page in (source.page, source.translation):
        text = Path(page).read_text(encoding="utf-8")
        assert "item" not in text
        for word in ("誤差", "error", "mae", "mse", "予測", "prediction"):
            assert word not in text
