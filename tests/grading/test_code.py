"""Code as an answer: the same values in the same shape are right however they are written; slips are named."""

import random
import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.question import CodeKey, KnownMistake
from studyapp.domain.text import LANGUAGES, speaking
from studyapp.domain.verdict import Outcome, Unreadable
from studyapp.engine.code.arrays import TRIALS, drawn
from studyapp.engine.code.comparison import CodeReference, reference_of
from studyapp.engine.code.slips import RULES
from studyapp.grading import grade
from studyapp.grading.code import SLIPS, grade_code, value_on_example
from studyapp.grading.requests import grade_request
from studyapp.language.code import read_code
from tests.grading.code_pairs import BACK, LABELS, ONE_HOT, PAIRS, Pairs, right_answers, wrong_answers
from tests.grading.hostile_code import HOSTILE

DB = CodeKey("np.sum(dout, axis=0)", {"dout": "real(N, H)"})
DW = CodeKey("np.dot(x.T, dout)", BACK)
RELU = CodeKey("dout * (x > 0)", {"x": "real(N, D)", "dout": "real(N, D)"})
LOSS = CodeKey("-np.sum(np.log(y[np.arange(N), t] + 1e-7)) / N", LABELS)
CONVOLUTION = CodeKey("(H - F) // S + 1", {"H": "integer(9, 30)", "F": "integer(2, 5)", "S": "integer(2, 3)"})


def reference(key: CodeKey) -> CodeReference:
    ready = reference_of(key, read_code)
    assert isinstance(ready, CodeReference), ready
    return ready


def test_there_are_150_answers_of_each_sort():
    assert len(list(right_answers())) == len(list(wrong_answers())) == 150


@pytest.mark.parametrize(("key", "arrays", "answer"), list(right_answers()))
def test_another_spelling_of_the_key_is_right(key: str, arrays: dict[str, str], answer: str):
    verdict = grade_code(CodeKey(key, arrays), answer, ())

    assert verdict.outcome is Outcome.CORRECT, verdict.message


@pytest.mark.parametrize(("key", "arrays", "answer", "slip"), list(wrong_answers()))
def test_an_answer_with_a_slip_is_wrong(key: str, arrays: dict[str, str], answer: str, slip: str):
    verdict = grade_code(CodeKey(key, arrays), answer, ())

    assert verdict.outcome is Outcome.WRONG, verdict.message
    assert verdict.message
    assert verdict.mistake in {slip, None}


def test_nine_of_ten_slips_are_named():
    named = [grade_code(CodeKey(key, arrays), answer, ()).mistake for key, arrays, answer, _ in wrong_answers()]

    assert sum(name is not None for name in named) >= 0.9 * len(named)


@pytest.mark.deep
def test_the_time_of_grading():
    spent = []
    answers = [(key, arrays, answer) for key, arrays, answer, *_ in (*right_answers(), *wrong_answers())]
    for key, arrays, answer in answers:
        started = time.process_time()
        grade_code(CodeKey(key, arrays), answer, ())
        spent.append(1000 * (time.process_time() - started))

    print(f"median {statistics.median(spent):.1f} ms, slowest {max(spent):.1f} ms")


@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_has_its_sentence_in_both_languages(slip: str):
    sentences = set()
    for language in LANGUAGES:
        with speaking(language):
            sentences.add(SLIPS[slip]("axis=1"))

    assert len(sentences) == 2


def test_every_rule_of_a_slip_has_a_sentence():
    assert {name for name, _ in RULES} <= SLIPS.keys()


# --- what is said ----------------------------------------------------------------------------------------------------


def test_operands_that_do_not_fit_are_no_attempt_and_both_shapes_are_named():
    with speaking("en"):
        verdict = grade_code(DW, "np.dot(x, dout)", ())

    assert verdict.outcome is Outcome.UNREADABLE
    assert verdict.detail == "code-error"
    assert "ValueError" in verdict.message
    assert "not aligned" in verdict.message
    assert "(N, D) and (N, H)" in verdict.message


def test_a_result_of_another_shape_is_wrong_with_both_shapes():
    with speaking("en"):
        verdict = grade_code(DB, "dout.sum(0).reshape(-1, 1) @ np.ones((1, 2))", ())

    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, "shape")
    assert "(H, 2)" in verdict.message
    assert "(H,)" in verdict.message


def test_an_error_for_some_sizes_alone_is_wrong_and_said():
    with speaking("en"):
        verdict = grade_code(DB, "dout[0] + dout[1] + dout[2] + dout[3]", ())

    assert verdict.outcome is Outcome.WRONG


def test_a_foreseen_mistake_comes_first():
    mistake = KnownMistake("no-sum", "np.sum(dout)", "All is added.")

    verdict = grade(DB, "dout.sum()", [mistake])

    assert (verdict.outcome, verdict.mistake, verdict.message) == (Outcome.WRONG, "no-sum", "All is added.")


def test_a_wrong_answer_that_has_no_name_is_answered_with_the_example():
    key = CodeKey("np.sum(dout, axis=0)", {"dout": "real(N, H)"}, example={"dout": [[1.0, 2.0], [3.0, 4.0]]})

    with speaking("en"):
        verdict = grade_code(key, "np.max(dout, axis=0) + 1", ())

    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, None)
    assert "[4, 5]" in verdict.message


def test_the_reading_is_the_code_without_what_is_around_it():
    assert grade_code(DB, "db = dout.sum( axis = 0 )", ()).reading == "dout.sum(axis=0)"


# --- options ---------------------------------------------------------------------------------------------------------


def test_another_epsilon_is_wrong_unless_any_will_do():
    answer = "-np.sum(np.log(y[np.arange(N), t] + 1e-8)) / N"

    assert grade_code(LOSS, answer, ()).mistake == "epsilon"
    free = CodeKey(LOSS.reference, LOSS.arrays, epsilon="any")
    verdict = grade_code(free, answer, ())
    assert verdict.outcome is Outcome.CORRECT
    assert verdict.message
    assert grade_code(free, "-np.sum(np.log(y[np.arange(N), t])) / N", ()).outcome is Outcome.WRONG
    assert grade_code(free, "-np.sum(np.log(y[np.arange(N), t] + 0.1)) / N", ()).outcome is Outcome.WRONG


def test_a_tolerance_lets_values_differ():
    answer = "np.sum(dout, axis=0) * 1.001"

    assert grade_code(DB, answer, ()).outcome is Outcome.WRONG
    assert grade_code(CodeKey(DB.reference, DB.arrays, tolerance=0.01), answer, ()).outcome is Outcome.CORRECT


def test_the_kind_of_the_numbers_counts_where_it_is_asked_for():
    strict = CodeKey("x > 0", {"x": "real(N)"}, dtype=True)

    assert grade_code(strict, "np.where(x > 0, 1, 0)", ()).outcome is Outcome.WRONG
    assert grade_code(strict, "0 < x", ()).outcome is Outcome.CORRECT
    assert grade_code(CodeKey("x > 0", {"x": "real(N)"}), "np.where(x > 0, 1, 0)", ()).outcome is Outcome.CORRECT


def test_code_may_build_upon_the_code_of_an_earlier_part():
    key = CodeKey("dout * mask", {"x": "real(N)", "dout": "real(N)"}, {"mask": "x > 0"})

    assert grade_code(key, "mask * dout", ()).outcome is Outcome.CORRECT
    assert grade_code(key, "dout * (x > 0)", ()).outcome is Outcome.CORRECT


# --- the trials ------------------------------------------------------------------------------------------------------


def test_the_trials_are_the_same_every_time():
    domains = reference(LOSS).domains

    assert all(str(drawn(domains, trial)) == str(drawn(domains, trial)) for trial in TRIALS)


def test_some_labels_are_those_of_the_largest_entry_and_some_are_not():
    hits = set()
    for trial in TRIALS:
        arrays = drawn(reference(LOSS).domains, trial)
        hits |= set((arrays["y"].argmax(axis=1) == arrays["t"]).tolist())
        assert arrays["y"].sum(axis=1) == pytest.approx(1)
        assert arrays["t"].max() < arrays["y"].shape[1]
        assert arrays["N"] == len(arrays["t"])

    assert hits == {True, False}


TOLD_APART = {
    "wide": (DB, "np.sum(dout, axis=1)"),
    "equal": (CodeKey("x.T.reshape(x.shape)", {"x": "real(N, D)"}), "x"),
    "one": (CodeKey("x", {"x": "real(N, D)"}), "np.squeeze(x)"),
    "zeros": (RELU, "dout * (x >= 0)"),
    "ties": (CodeKey("np.argmax(x, axis=1)", {"x": "real(N, D)"}), "x.shape[1] - 1 - np.argmax(x[:, ::-1], axis=1)"),
}
"""Keys and wrong answers by the trial in which they differ."""


@pytest.mark.parametrize("name", TOLD_APART)
def test_a_trial_tells_apart_what_it_is_there_for(name: str):
    key, answer = TOLD_APART[name]
    tree = read_code(answer, key.names)
    assert not isinstance(tree, Unreadable)

    ready = reference(key)
    ready.trials = [row for row in ready.trials if row[0].name == name]

    assert ready.difference(tree) is not None


@pytest.mark.parametrize(("key", "arrays"), [pair[:2] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_no_slip_of_a_sound_key_survives_the_trials(key: str, arrays: dict[str, str]):
    assert reference(CodeKey(key, arrays)).survivors() == []


def test_a_slip_survives_where_no_label_is_ever_right():
    key = CodeKey("np.sum(np.argmax(y, axis=1) == t + C)", {**LABELS, "C": "size"})

    survivors = {slip.name for slip in reference(key).survivors()}

    assert "reduction" in survivors


def test_a_slip_survives_where_a_division_is_always_even():
    assert "division" in {slip.name for slip in reference(CodeKey("n // 2", {"n": "integer(4, 4)"})).survivors()}
    assert reference(CONVOLUTION).survivors() == []


def test_the_value_on_the_example_is_shown_with_few_digits():
    key = CodeKey("x / 3", {"x": "real(N)"}, example={"x": [1.0, 2.0]})

    assert value_on_example(key, "x / 3") == "[0.3333, 0.6667]"
    assert value_on_example(key, "x > 1") == "[False, True]"
    assert value_on_example(key, "x +") == ""
    assert value_on_example(key, "x.reshape(3)").startswith("ValueError: cannot reshape")


# --- requests --------------------------------------------------------------------------------------------------------


def test_a_request_of_code_is_graded():
    request = {"kind": "code", "reference": DB.reference, "arrays": DB.arrays, "answer": "dout.sum(0)"}

    assert grade_request(request).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"arrays": None}, "arrays"),
        ({"arrays": {"dout": "real(N"}}, "arrays"),
        ({"arrays": {"dout": "real(99)"}}, "arrays"),
        ({"arrays": {f"a{place}": "real(N)" for place in range(30)}}, "arrays"),
        ({"arrays": {"not a name": "real(N)"}}, "arrays"),
        ({"reference": "np.sum(dout, axis=9)"}, "reference"),
        ({"reference": "z"}, "reference"),
        ({"reference": ""}, "reference"),
        ({"tolerance": "big"}, "tolerance"),
        ({"tolerance": 2}, "tolerance"),
        ({"epsilon": "all"}, "epsilon"),
        ({"dtype": "yes"}, "dtype"),
        ({"given": {"m": "z"}}, "given"),
    ],
)
def test_a_request_that_cannot_be_graded_is_said_to_be_so(change: dict[str, object], field: str):
    request = {"kind": "code", "reference": DB.reference, "arrays": DB.arrays, "answer": "dout", **change}

    verdict = grade_request(request)

    assert (verdict.outcome, verdict.detail) == (Outcome.UNREADABLE, "request")
    assert field in verdict.message


# --- bad input -------------------------------------------------------------------------------------------------------


def test_there_are_a_hundred_hostile_lines():
    assert len(set(HOSTILE)) >= 100


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: ascii(line[:40]))
def test_a_hostile_line_is_refused_in_a_sentence_or_computed_and_does_nothing(
    line: str, capsys: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("something was opened"))
    key = CodeKey("x + y", {"x": "real(N, D)", "y": "real(N, D)", "t": "integer(1, 9)"})

    verdict = grade(key, line, ())

    assert verdict.outcome in {Outcome.UNREADABLE, Outcome.WRONG}
    assert verdict.message or verdict.mistake
    assert "\x1b" not in verdict.message + verdict.reading
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


@given(st.text(max_size=60), st.sampled_from([DB, DW, LOSS, CONVOLUTION]))
def test_any_text_gets_the_same_verdict_twice(text: str, key: CodeKey):
    assert grade(key, text, ()) == grade(key, text, ())


@given(st.randoms(use_true_random=False), st.sampled_from(PAIRS))
def test_pieces_of_answers_get_a_verdict(chance: random.Random, pair: Pairs):
    reference, arrays, right, wrong = pair
    answers = [*right, *wrong]
    first, second = chance.choice(answers), chance.choice(answers)
    text = first[: chance.randrange(len(first))] + second[chance.randrange(len(second)) :]

    assert grade(CodeKey(reference, arrays), text, ()).outcome in set(Outcome)


def test_the_gradient_of_one_hot_and_of_labels_are_the_same_key():
    key = CodeKey("(y - np.eye(y.shape[1])[t]) / N", LABELS)

    assert grade_code(key, "(y - (np.arange(y.shape[1]) == t[:, None])) / N", ()).outcome is Outcome.CORRECT
    assert grade_code(CodeKey("(y - t) / N", ONE_HOT), "(y - t) / len(y)", ()).outcome is Outcome.CORRECT
