"""The page about PyTorch says what torch does; `golden_pytorch.json` holds that, and `make_pytorch.py` makes it.

Torch is not needed here: keys are computed by the course's own functions, and held against what torch printed.
"""

import json
import re

import numpy as np
import pytest

from studyapp.domain.document import CodeBlock
from studyapp.domain.question import ChoiceKey, CodeKey, NumberKey, Question, VectorKey
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER
from tests.content.pages import topic
from tests.oracles.pytorch_programs import PAGE, PLACE, SEEDS, questions

GOLDEN = json.loads(PLACE.read_text(encoding="utf-8"))
ROWS = {(row["exercise"], row["seed"]): row for row in GOLDEN["rows"]}
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
SCENES = {"loop-order-change": "change", "loss-inputs-choose": "loss", "pytorch-choose": "need"}
"""Choices whose right option depends on a scene, and how the facts about its scenes are called."""


def numbers(question: Question) -> list[float]:
    """The keys of a question, in the order in which its program prints them."""
    keys = [step.key for step in question.steps] or [question.key]
    assert all(isinstance(key, NumberKey | VectorKey) for key in keys)
    return [float(one) for key in keys for one in (key.exact if isinstance(key, VectorKey) else (key.exact,))]


def right(question: Question) -> str:
    assert isinstance(question.key, ChoiceKey)
    return next(option.text for option in question.options if option.label in question.key.right)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_question_about_a_program_has_the_key_that_torch_prints(language):
    found = set()
    for question, program in questions(language):
        found.add((question.exercise, question.seed))
        row = ROWS[question.exercise, question.seed]
        assert program == row["program"], "make the golden rows anew"
        if isinstance(row["shows"], dict):
            runs = [text for text, shown in row["shows"].items() if not shown.endswith("Error")]
            assert [f"`{text}`" for text in runs] == [right(question)], question.exercise
        elif isinstance(question.key, ChoiceKey) and row["shows"].endswith("Error"):
            assert row["shows"] in right(question), (question.exercise, question.seed)
        else:
            shown = [float(one) for one in NUMBER.findall(row["shows"])]
            choice = isinstance(question.key, ChoiceKey)
            ours = (
                [float(one) for one in NUMBER.findall(right(question).partition("`")[2])]
                if choice
                else numbers(question)
            )
            assert len(shown) == len(ours), (question.exercise, question.seed)
            assert np.allclose(shown, ours, rtol=1e-9), (question.exercise, question.seed, shown, ours)
    assert found == set(ROWS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_programs_of_the_prose_print_what_the_page_says(language):
    blocks = [block for block in topic(PAGE, language).body if isinstance(block, CodeBlock)]
    said: list[list[str]] = []
    for block in blocks:
        if block.language == "python":
            said.append([block.code, ""])
        else:
            said[-1][1] = block.code.strip()
    assert said == [[row["program"], row["shows"]] for row in GOLDEN["prose"]]


def test_the_blanks_of_backward_are_the_gradients_of_autograd():
    exercises = {exercise.id: exercise for exercise in topic(PAGE, "ja").exercises}
    held = set()
    for row in GOLDEN["backward"]:
        key = draw(exercises[row["exercise"]], 0, PRINTER).steps[row["step"] - 1].key
        assert isinstance(key, CodeKey)
        arrays = {name: np.array(value) for name, value in row["arrays"].items()}
        value = eval(key.reference, {"np": np, **arrays})  # noqa: S307 — the pages of this course
        assert np.shape(value) == np.shape(row["gradient"])
        assert np.allclose(value, row["gradient"], rtol=1e-9), (row["exercise"], row["step"])
        held.add((row["exercise"], row["step"]))
    steps = {(one.id, at) for one in exercises.values() for at, step in enumerate(one.key.steps, 1)}
    assert held == {(name, at) for name, at in steps if name.startswith("layer-backward-code")}


def test_what_the_options_say_in_words_holds_in_torch():
    assert [row["fact"] for row in GOLDEN["facts"] if row["shows"] != "True"] == []
    facts = {row["fact"] for row in GOLDEN["facts"]}
    for exercise in topic(PAGE, "ja").exercises:
        if exercise.id in SCENES:
            assert {f"{SCENES[exercise.id]}-{scene.name}" for scene in exercise.key.scenes} <= facts


def test_the_file_states_its_version_and_stays_small():
    assert GOLDEN["versions"]["torch"]
    assert {seed for _, seed in ROWS} == set(SEEDS)
    assert PLACE.stat().st_size <= 150_000
