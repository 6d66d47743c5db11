"""How a question was asked decides what its answer says: of memory, of the day's limit, of mastery."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Mode, Outcome
from studyapp.history.event import attempt_in, body_of
from studyapp.history.fold import Rules

from .conftest import DAY, NOW, RULES, attempt, fold


def recall(memory: Memory, day: date) -> float:
    """A memory loses a tenth a day."""
    return max(0.0, 1.0 - 0.1 * (day - memory.last_day).days)


PREDICTING = Rules(fold=fold, name="doubling", renames={}, recall=recall)


def test_an_attempt_of_before_modes_were_kept_is_read_with_none():
    body = body_of(attempt())
    del body["mode"]

    assert attempt_in(body) == attempt()


@pytest.mark.parametrize("mode", Mode)
def test_the_mode_is_kept_with_the_attempt(mode):
    assert attempt_in(json.loads(json.dumps(body_of(attempt(mode=mode))))) == attempt(mode=mode)


def test_only_days_with_a_right_first_answer_in_a_mixed_session_count_towards_mastery(desk):
    with desk.open() as history:
        answers = [
            (0, Outcome.CORRECT, Mode.NEW),
            (1, Outcome.CORRECT, Mode.MIXED),
            (1, Outcome.CORRECT, Mode.MIXED),  # the same day
            (2, Outcome.WRONG, Mode.MIXED),
            (2, Outcome.CORRECT, Mode.MIXED),  # not the first of its day
            (3, Outcome.CORRECT, Mode.TOPIC),
            (4, Outcome.CORRECT, Mode.MIXED),
        ]
        for ahead, verdict, mode in answers:
            history.record(attempt("s", verdict, mode=mode), at=NOW, day=DAY + timedelta(days=ahead))
        (record,) = history.skills()
        assert (record.mixed_days, record.last_right) == (2, True)
        history.record(attempt("s", Outcome.WRONG, mode=Mode.MIXED), at=NOW, day=DAY + timedelta(days=5))
        assert (history.skills()[0].mixed_days, history.skills()[0].last_right) == (2, False)


def test_skills_begun_today_are_counted_by_how_they_were_begun(desk):
    with desk.open() as history:
        for skill, mode in [("a", Mode.NEW), ("b", Mode.TOPIC), ("c", Mode.MIXED), ("d", ""), ("a", Mode.TOPIC)]:
            history.record(attempt(skill, mode=mode), at=NOW, day=DAY)

        assert history.begun(DAY, (Mode.NEW, Mode.MIXED)) == 2
        assert history.begun(DAY, (Mode.TOPIC,)) == 1
        assert history.begun(DAY + timedelta(days=1), (Mode.NEW,)) == 0


def test_a_placement_is_no_evidence_until_it_shows_a_skill_to_be_known(desk):
    with desk.open() as history:
        history.record(attempt("a", Outcome.WRONG, mode=Mode.PLACEMENT), at=NOW, day=DAY)
        assert history.memories() == {}
        history.record(attempt("a", mode=Mode.PLACED), at=NOW, day=DAY)
        assert history.memories()["a"].reviews == 1
        assert history.begun(DAY, (Mode.NEW, Mode.MIXED)) == 0


def test_first_answers_are_held_against_their_prediction(desk):
    with desk.open(PREDICTING) as history:
        for ahead, verdict in [(0, Outcome.CORRECT), (1, Outcome.CORRECT), (3, Outcome.WRONG), (4, Outcome.CORRECT)]:
            history.record(attempt("s", verdict), at=NOW, day=DAY + timedelta(days=ahead))
        found = history.predictions((0.0, 0.85, 1.01))

    assert [(one.answers, round(one.predicted, 3), one.right) for one in found] == [(1, 0.8, 0), (2, 0.9, 2)]


def test_a_regraded_answer_counts_anew_towards_mastery_and_predictions(desk):
    with desk.open(PREDICTING) as history:
        history.record(attempt("s", mode=Mode.NEW), at=NOW, day=DAY)
        wrong = history.record(attempt("s", Outcome.WRONG, mode=Mode.MIXED), at=NOW, day=DAY + timedelta(days=1))
        history.regrade(wrong.id, Outcome.CORRECT, at=NOW, day=DAY + timedelta(days=1))

        assert history.skills()[0].mixed_days == 1
        assert [one.right for one in history.predictions((0.0, 1.01))] == [1]
        history.undo(wrong.id, at=NOW, day=DAY + timedelta(days=1))
        assert history.skills()[0].mixed_days == 0
        assert history.predictions((0.0, 1.01)) == ()


def test_replay_gives_the_same_levels_and_predictions_as_each_answer_did(desk):
    with desk.open(PREDICTING) as history:
        modes = [Mode.NEW, Mode.MIXED, Mode.PLACEMENT, Mode.EXAM, Mode.TOPIC, Mode.MIXED]
        for number in range(60):
            verdict = Outcome.WRONG if number % 5 == 0 else Outcome.CORRECT
            mode = modes[number % len(modes)]
            day = DAY + timedelta(days=number // 4)
            history.record(attempt(f"s{number % 7}", verdict, mode=mode), at=NOW, day=day)
        kept = (history.skills(), history.predictions((0.0, 0.5, 1.01)))
    desk.index.unlink()

    with desk.open(PREDICTING) as again:
        assert (again.skills(), again.predictions((0.0, 0.5, 1.01))) == kept
    assert RULES.fingerprint == PREDICTING.fingerprint  # a prediction does not move a memory
