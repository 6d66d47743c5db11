"""The mock exams of the course, drawn and counted."""

from collections import Counter

import pytest

from studyapp.domain.course import ExamForm
from studyapp.domain.question import ExamQuestion
from studyapp.kernel.requests import Offer
from studyapp.kernel.service import Service
from studyapp.study.blueprint import MOST_PARTS, draw_items, quotas_of, stem_of, with_conventions
from studyapp.study.entries import ExerciseEntry
from studyapp.study.exam import ExamItem
from studyapp.study.library import Library

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(1, 10))]
LEAST = 3
"""Items of each syllabus item in the long form."""
LEAST_CODE = 3
"""Parts of the long E form that ask for code are more."""


def drawn(course: Library, name: str, seed: int) -> tuple[ExamForm, tuple[ExamItem, ...]]:
    form = next(form for form in course.forms() if form.id == name)
    service = Service()

    def draw(entry: ExerciseEntry, number: int) -> ExamQuestion | None:
        return with_conventions(service.answer(Offer(entry.source, entry.id, number)))

    return form, draw_items(course, form, draw, seed)


def test_the_short_form_comes_first_and_lengths_are_those_of_the_examinations(course):
    forms = {form.id: form for form in course.forms()}
    assert next(iter(forms)) == "g-short"
    assert {name: (form.items, form.minutes) for name, form in forms.items() if "short" not in name} == {
        "g": (145, 100),
        "e": (100, 120),
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["g-short", "g"])
def test_a_form_of_the_g_exam_has_few_numbers_and_no_stem_twice(course, name, seed):
    form, items = drawn(course, name, seed)
    assert len(items) == form.items
    assert sum(item.needs_number for item in items) <= form.items / 4
    assert sum(item.needs_calculator for item in items) <= form.items / 10
    assert len({stem_of(item) for item in items}) == len(items)
    assert max(Counter(item.exercise for item in items).values()) <= 3
    first = {topic.id: topic.item[0] for topic in course.topics if topic.item}
    counts = Counter(course.exercise(item.exercise).item or first[item.topic] for item in items)
    assert dict(counts) == quotas_of(course, form)
    if name == "g":
        assert min(counts.values()) >= LEAST, counts


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["e-short", "e"])
def test_a_form_of_the_e_exam_has_themes_of_three_or_four_parts(course, name, seed):
    form, items = drawn(course, name, seed)
    themes = Counter((item.exercise, item.seed) for item in items)
    assert (len(items), len(themes)) == (form.items, form.themes)
    assert set(themes.values()) <= {MOST_PARTS - 1, MOST_PARTS}
    assert len({item.prompt for item in items}) == len(themes)
    kinds = Counter(item.kind for item in items)
    assert name == "e-short" or (kinds["code"] > LEAST_CODE and {"number", "expression"} <= kinds.keys())
