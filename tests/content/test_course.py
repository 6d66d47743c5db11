"""The shipped course holds what it promises: no complaint, every key proved, every translation in step."""

import pytest

from studyapp.domain.exercise import Hole, Template
from studyapp.domain.question import ExpressionKey
from studyapp.engine.drawing import draw
from studyapp.grading import grade
from studyapp.kernel.service import PRINTER, Service
from studyapp.study.library import Library
from tests.content.pages import BY_PAGE, CONTENT, source, topic
from tests.workshop.verifying import verify


def holes(template: Template) -> list[str]:
    return [part.text for part in template if isinstance(part, Hole)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_course_has_no_complaint(course_index, language):
    library = Library.load([CONTENT], course_index / "library.json", language)
    assert [str(complaint) for complaint in library.complaints] == []


@pytest.mark.parametrize("seeds", [20, pytest.param(500, marks=pytest.mark.deep)])
@pytest.mark.parametrize("page", BY_PAGE)
def test_every_exercise_of_a_page_is_verified(page, seeds):
    service = Service()
    for exercise in topic(page, "ja").exercises:
        assert verify(source(page), exercise, range(seeds), service).complaints == ()


@pytest.mark.parametrize("page", BY_PAGE)
def test_the_english_page_says_the_same_as_the_japanese_one_and_draws_the_same_numbers_and_key(page):
    japanese, english = topic(page, "ja"), topic(page, "en")

    assert english.language == "en"
    assert [exercise.id for exercise in english.exercises] == [exercise.id for exercise in japanese.exercises]
    for one, twin in zip(japanese.exercises, english.exercises, strict=True):
        a, b = one.sentences, twin.sentences
        assert b.language == "en", one.id
        assert sorted(holes(a.prompt)) == sorted(holes(b.prompt)), one.id
        assert [option.ticked for option in a.options] == [option.ticked for option in b.options], one.id
        assert [item.name for item in a.mistakes] == [item.name for item in b.mistakes], one.id
        assert len(a.hints) == len(b.hints), one.id
        for seed in range(3):
            a, b = draw(one, seed, PRINTER), draw(twin, seed, PRINTER)
            assert (a.values, a.key) == (b.values, b.key)
            assert [step.answer for step in a.steps] == [step.answer for step in b.steps]
            assert [option.number for option in a.options] == [option.number for option in b.options]


@pytest.mark.parametrize("page", BY_PAGE)
def test_multiples_of_every_formula_are_named_with_their_constant(page):
    for exercise in topic(page, "ja").exercises:
        question = draw(exercise, 1, PRINTER)
        for key in (question.key, *(step.key for step in question.steps)):
            if isinstance(key, ExpressionKey) and any(map(str.isalpha, key.reference)):  # not of a number
                for times, named in (("-1", ("sign", "")), ("7/3", ("factor", "7/3")), ("-5", ("factor", "-5"))):
                    verdict = grade(key, f"({times})*({key.reference})", ())
                    assert (verdict.mistake, verdict.detail) == named, (exercise.id, key.reference)
