"""What is expected in the exam, on simulated learners and by hand."""

import pytest

from studyapp.domain.record import Predicted
from studyapp.study.readiness import ENOUGH, GUESS, speeds_of

from .simulated import LEARNERS, WEAKER, by_time, expected_and_true, live


@pytest.mark.parametrize("kind", LEARNERS)
@pytest.mark.parametrize("weakness", [0.5, 1.0, WEAKER])
def test_the_true_share_lies_in_the_interval_and_near_its_middle(kind, weakness):
    for days in (12, 21):
        readiness, true = expected_and_true(live(by_time, LEARNERS[kind], weakness=weakness, seed=days, days=days))
        assert readiness is not None
        assert readiness.whole.low <= true <= readiness.whole.high
        assert readiness.whole.share == pytest.approx(true, abs=0.04)
        assert readiness.whole.high - readiness.whole.low < 0.2
        assert readiness.items.keys() == {13}


def test_too_little_is_passed_over_in_silence():
    readiness, _ = expected_and_true(live(by_time, LEARNERS["usual"], days=1))
    assert readiness is None


def test_who_forgets_faster_is_recognised():
    as_predicted = speeds_of([Predicted(0.85, 0.95, 1000, 0.9, 900)])
    faster = speeds_of([Predicted(0.85, 0.95, 1000, 0.9, 750)])
    assert as_predicted[1] == 1
    assert faster[0] > 1.5
    assert speeds_of([])[0] < 1 < speeds_of([])[2]
    assert 0 < GUESS < 1 <= ENOUGH
