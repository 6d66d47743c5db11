"""A walk goes forward layer by layer and back again, each stop with its equations and numbers."""

import pytest

from studyapp.engine.drawing import draw
from studyapp.engine.proof import walk
from studyapp.kernel.service import PRINTER

KEY = """
id: walked
kind: derivation
network:
  layers: [2, 3, 2]
  hidden: [sigmoid]
  output:
    - softmax, cross_entropy
steps:
  - target: dE/du1_1
"""


def walked(exercise_from, key: str):
    question = draw(exercise_from("求めよ。", key), 1, PRINTER)
    return question, walk(question.network, PRINTER)


@pytest.mark.parametrize("key", [KEY, KEY + "digits: 4\n"], ids=["symbols", "numbers"])
def test_a_walk_goes_forward_then_backward(exercise_from, key):
    _, found = walked(exercise_from, key)
    assert [(stop.direction, stop.layer) for stop in found.layers] == [
        ("forward", 1),
        ("forward", 2),
        ("backward", 2),
        ("backward", 1),
    ]
    assert [len(stop.formulas) for stop in found.layers] == [6, 4, 2, 3]


def test_numbers_are_those_of_the_question(exercise_from):
    question, found = walked(exercise_from, KEY + "digits: 4\n")
    forward = {name: value for stop in found.layers[:2] for name, value in stop.numbers.items()}
    assert forward == pytest.approx({name: question.network["numbers"][name] for name in forward})
    assert f"{found.layers[-1].numbers['delta1_1']:.4f}" == question.answer


def test_without_numbers_there_are_formulas_alone(exercise_from):
    _, found = walked(exercise_from, KEY)
    assert all(stop.numbers == {} for stop in found.layers)
    assert found.layers[2].formulas[0].endswith("y_1 - t_1")
