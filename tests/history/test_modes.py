"""How a question was asked decides what its answer says: of memory, of the day's limit, of mastery."""

from dataclasses import replace
from datetime import timedelta

from studyapp.domain.verdict import Mode, Outcome
from studyapp.history.event import attempt_in, body_of

from .conftest import DAY, NOW, RULES, attempt


def test_an_attempt_of_before_modes_were_kept_is_read_with_none():
    body = body_of(attempt())
    del body["mode"]
    assert attempt_in(body) == attempt()


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
    with desk.open() as history:
        for ahead, verdict in [(0, Outcome.CORRECT), (1, Outcome.CORRECT), (3, Outcome.WRONG), (4, Outcome.CORRECT)]:
            history.record(attempt("s", verdict), at=NOW, day=DAY + timedelta(days=ahead))
        groups = history.predictions((0.0, 0.85, 1.01))
    assert [(group.answers, round(group.predicted, 3), group.right) for group in groups] == [(1, 0.8, 0), (2, 0.9, 2)]
    assert replace(RULES, recall=None).fingerprint == RULES.fingerprint  # a prediction does not move a memory
