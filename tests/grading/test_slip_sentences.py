import pytest

from studyapp.domain.text import set_language
from studyapp.engine.equivalence.slip_rules import ORDER
from studyapp.grading.verdicts import slip_sentence

DETAILS = {
    "sign": [(), ("t",)],
    "swap": [("y", "t")],
    "complement": [(), ("y",)],
    "reciprocal": [(), ("y",)],
    "log-base": [("2",)],
    "reduction": [("sum",), ("mean",), ("1/N",)],
    "factor": [("2",), ("2", "t")],
    "missing-factor": [("x",), ("y*(1 - y)", "sigmoid")],
    "extra-factor": [("y",)],
    "dropped-term": [("t",)],
    "direction": [("p", "q")],
    "activation": [("tanh", "sigmoid"), ("f", "f"), ("f",)],
    "transposed": [(), ("X^T dU",)],
    "factor-order": [("A B",)],
    "entrywise": [("A B",)],
    "bracket": [("Y - T",)],
    "permuted": [()],
    "axis": [()],
    "component": [("2",)],
    "size": [("2", "3")],
    "position": [(), ("2",)],
    "spelling": [("交差エントロピー",)],
    "truncated": [("小数第4位より下を",)],
    "factor-point": [("1/10",)],
    "size-shape": [("4", "2 x 2")],
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("slip", DETAILS)
def test_every_slip_of_the_closed_list_has_a_sentence_with_its_details(language, slip: str):
    set_language(language)
    sentences = [slip_sentence(slip, *details) for details in DETAILS[slip]]
    assert len(set(sentences)) == len(sentences)
    for sentence, details in zip(sentences, DETAILS[slip], strict=True):
        assert "{" not in sentence
        assert sentence.endswith(("。", "."))
        shown = details if slip != "reduction" or details == ("1/N",) else ()
        assert all(detail in sentence for detail in shown)


def test_formula_slips_are_tried_in_the_order_of_the_closed_list():
    names = [name for name, _ in ORDER]
    assert names == [name for name in DETAILS if name in names]
