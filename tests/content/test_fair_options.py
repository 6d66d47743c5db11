"""Over many drawings, the right option of a choice is neither the longest nor the shortest too often.

`pytest -m deep tests/content/test_fair_options.py` draws every page, the daily run only some.
"""

from collections import Counter

import pytest

from studyapp.domain.exercise import Exercise
from studyapp.domain.kind import Kind
from studyapp.domain.question import ChoiceKey, Question, Step, Undrawable
from studyapp.domain.text import speaking
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER
from studyapp.workshop.tally import LUCK, stands_out
from tests.content.pages import PAGES, topic

DRAWINGS = 400
CHOOSING = (Kind.CHOICE, Kind.DERIVATION)
DAILY = PAGES[7::60]  # two pages: a minute on one core
ROWS = [pytest.param(page, marks=() if page in DAILY else pytest.mark.deep, id=page.stem) for page in PAGES]


def given_away(exercise: Exercise) -> list[str]:
    """The parts of an exercise whose right option is the longest or the shortest too often, with the share."""
    found, options, drawn = Counter[tuple[int, str]](), Counter[int](), Counter[int]()
    for seed in range(DRAWINGS):
        question = draw(exercise, seed, PRINTER)
        parts: tuple[Question | Step, ...] = () if isinstance(question, Undrawable) else (question, *question.steps)
        for number, part in enumerate(parts):
            if isinstance(part.key, ChoiceKey) and not part.key.several and part.options:
                drawn[number] += 1
                options[number] = max(options[number], len(part.options))
                for name, extreme in (("longest", max), ("shortest", min)):
                    found[number, name] += stands_out(extreme, part.options, part.key.right)
    shares = {(number, name): count / drawn[number] for (number, name), count in found.items()}
    return [
        f"{exercise.id} {number}: {name} {share:.0%}"
        for (number, name), share in shares.items()
        if share > 1 / options[number] + LUCK
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ROWS)
def test_a_right_option_is_known_by_its_length_no_more_often_than_by_luck(page, language):
    asked = [exercise for exercise in topic(page, language).exercises if exercise.key.kind in CHOOSING]
    with speaking(language):
        assert [line for exercise in asked for line in given_away(exercise)] == []
