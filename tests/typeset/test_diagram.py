"""Pictures of networks: every unit, every weight that has room, within the width."""

import re

import pytest

from studyapp.study.figures import picture_of, question_picture
from studyapp.typeset.document import plain_text
from studyapp.typeset.inline import set_inline
from studyapp.typeset.width import cells

SIZES = [(1, 1), (2, 1, 1), (2, 2, 1), (3, 2, 2), (2, 3, 2), (4, 4, 3), (5, 5, 5, 5, 5), (1, 2, 1, 2)]


def network(sizes):
    return {"layers": list(sizes), "activations": ["tanh"] * (len(sizes) - 1), "loss": "half_sse", "bias": True}


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_a_picture_fits_and_shows_every_unit(sizes, ascii_only):
    picture = plain_text(picture_of(network(sizes), 80, ascii_only=ascii_only))
    assert all(cells(line) <= 80 for line in picture.splitlines())
    assert picture.count("x_" if ascii_only else "x") == sizes[0]
    assert picture.count("y_" if ascii_only else "y") == sizes[-1]
    assert picture.isascii() or not ascii_only


@pytest.mark.parametrize("sizes", [(1, 1), (2, 1, 1), (2, 2, 1), (3, 2, 2), (2, 3, 2)], ids=str)
def test_small_networks_name_every_weight(sizes):
    picture = plain_text(picture_of(network(sizes), 80))
    for layer in range(1, len(sizes)):
        for to in range(1, sizes[layer] + 1):
            for source in range(1, sizes[layer - 1] + 1):
                assert picture.count(set_inline(rf"w_{{{to}{source}}}^{{({layer})}}")) == 1


def test_a_crowd_of_weights_is_not_named_in_part():
    assert not re.search(r"w\S+⁽¹⁾", plain_text(picture_of(network((5, 5, 1)), 80)))


def test_forward_values_and_deltas_play_different_roles():
    lines = picture_of(network((2, 1)), values={"x_1": 0.5, "y_1": -0.25}, deltas={"delta1_1": 0.125})
    spans = {span.role: span.text.strip() for line in lines for span in line}
    assert spans["value"] in {"0.5000", "-0.2500"}
    assert spans["delta"] == "δ 0.1250"


def test_a_narrow_terminal_gets_no_picture():
    assert picture_of(network((2, 3, 2)), 20) == ()


def test_a_question_without_network_has_no_picture(question_without_network):
    assert question_picture(question_without_network) == ()


@pytest.fixture
def question_without_network(exercise_from):
    from studyapp.engine.drawing import draw
    from studyapp.kernel.service import PRINTER

    key = "id: one\nkind: number\ndraw:\n  a: integer(2, 9)\nanswer: a\ndigits: 0"
    return draw(exercise_from("$ {{ a }} $", key), 0, PRINTER)
