"""The pages under `fixtures/pages/wide` show what the expression language can say; each passes every check."""

from pathlib import Path

import pytest

from studyapp.domain.place import PageSource
from studyapp.domain.question import Question
from studyapp.domain.text import speaking
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER, Service
from studyapp.pages.topics import read_topic
from studyapp.workshop.lint import Linter
from tests.workshop.verifying import verify

WIDE = Path(__file__).parent.parent / "fixtures" / "pages" / "wide"
PAGES = {
    "words": ["drawn-word"],
    "formulas": ["slope-at", "hessian-at", "shown-derivative"],
    "arrays": ["conv-by-slices", "pool-by-reshape", "layer-norm-rows", "kmeans-step", "masked-attention"],
    "matrices": ["inverse-2", "pca-share", "bellman-three", "newton-step", "margin-distance"],
    "counting": ["binomial-k", "poisson-k", "quartiles", "dcg", "knn-mean", "word-edits", "round-up"],
    "definitions": ["defined-twice"],
    "draws": ["exam-score", "teacher", "symmetric-trace"],
}
"""Words that are drawn, drawn formulas, arrays, matrices, counting and order, definitions, draws; each with its ids."""
EXERCISES = [(page, exercise) for page, exercises in PAGES.items() for exercise in exercises]


def source(page, language="ja"):
    ours, theirs = (str(WIDE / code / "language" / f"{page}.md") for code in ("ja", "en"))
    return PageSource(f"language/{page}", ours, None if language == "ja" else theirs, language)


def question(page, exercise, seed, language="ja") -> Question:
    topic, _ = read_topic(source(page, language))
    drawn = draw(topic.exercise(exercise), seed, PRINTER)
    assert isinstance(drawn, Question), drawn
    return drawn


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_language_has_no_complaint(page):
    topic, _ = read_topic(source(page))

    assert [exercise.id for exercise in topic.exercises] == PAGES[page]
    assert Linter()(source(page, "en"))[1] == ()


@pytest.mark.parametrize(("page", "exercise"), EXERCISES)
def test_an_exercise_of_the_language_is_verified(page, exercise):
    topic, _ = read_topic(source(page))
    with speaking("en"):
        certificate = verify(source(page, "en"), topic.exercise(exercise), range(12), Service())

    # Of the rules over many seeds a dozen say nothing.
    assert [complaint for complaint, _ in certificate.complaints if complaint.code != "few-distinct"] == []
    assert certificate.distance < 1e-12


def test_a_drawn_word_is_said_in_the_language_of_the_page():
    said = {"positive": ("陽性", "positive"), "negative": ("陰性", "negative")}
    for seed in range(6):
        japanese, english = (question("words", "drawn-word", seed, language) for language in ("ja", "en"))
        word = japanese.values["case"]

        assert said[word][0] in japanese.prompt
        assert said[word][1] in english.prompt
        assert japanese.answer == english.answer


def test_a_formula_in_the_prompt_is_simplified_with_the_drawn_numbers_in_it():
    drawn = question("formulas", "slope-at", 3)
    a, b, t = (drawn.values[name] for name in "abt")

    sign, size = ("-", -b) if b < 0 else ("+", b)
    cubic = "x^{3}" if a == 1 else f"{a}x^{{3}}"
    linear = "x" if size == 1 else f"{size}x"
    assert f"$f(x) = {cubic} {sign} {linear}$" in drawn.prompt
    assert drawn.answer == str(3 * a * t**2 + b)
