"""Verification lets right exercises pass and finds each fault that it is there for."""

from __future__ import annotations

import pytest

from studyapp.domain.topic import PageSource
from studyapp.domain.words import EN
from studyapp.kernel.service import Service
from studyapp.workshop.verification import Certificate, verify

PROMPT = "$ {{ a }} {{ b }} $"
KEY = """
id: product
kind: number
draw:
  a: integer(2, 9)
  b: integer(2, 9)
answer: a * b
check: b * a
example: {a: 2, b: 3, answer: 6}
digits: 2
mistakes:
  sum: a + b
"""
REST = "### 誤答\n- `sum` — 足している。"


def certified(exercise, seeds: int = 40) -> Certificate:
    source = PageSource(exercise.topic, exercise.key.place.path)
    return verify(source, exercise, range(seeds), Service(), EN)


def test_a_sound_exercise_gets_a_clean_certificate(exercise_from):
    certificate = certified(exercise_from(PROMPT, KEY, REST))

    assert certificate.complaints == ()
    assert certificate.seeds == 40
    assert certificate.distinct > 20
    assert certificate.distance < 1e-12
    # 2 · 2 = 2 + 2 is the one drawing in 64 in which the mistake does not apply.
    assert 0.9 <= certificate.alive["sum"] <= 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("check: b * a", "check: b * a + 1"), "undrawable"),
        (("answer: a * b", "answer: a * c"), "undrawable"),
        (("answer: 6}", "answer: 7}"), "example"),
        (("a: integer(2, 9)\n  b: integer(2, 9)", "a: integer(2, 3)\n  b: integer(2, 3)"), "few-distinct"),
        (("sum: a + b", "sum: if(a * b == 81, a, a * b)"), "mistake-rare"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_each_fault_is_found_under_its_code(exercise_from, change, code):
    certificate = certified(exercise_from(PROMPT, KEY.replace(*change), REST))

    assert code in {complaint.code for complaint, _ in certificate.complaints}


def test_a_complaint_names_the_seed_that_shows_it(exercise_from):
    key = KEY.replace("check: b * a", "check: if(a == 5, 0, b * a)")

    (complaint, seed), *_ = certified(exercise_from(PROMPT, key, REST)).complaints

    assert complaint.code == "undrawable"
    assert str(seed) in complaint.message
