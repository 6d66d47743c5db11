"""Sections that were read, what is marked, and the latest answers."""

import json
from dataclasses import replace
from datetime import timedelta

from studyapp.domain.record import Flag, Rating, Recent
from studyapp.domain.verdict import Help, Mode, Outcome
from studyapp.history.event import Kind, Lesson

from .conftest import DAY, NOW, RULES, attempt

QUESTION, PLACE = Flag("losses/a", exercise="a1"), Flag("losses/a", heading="微分する")


def test_a_section_that_was_read_counts_its_time_and_no_answer(desk):
    with desk.open() as history:
        history.lesson(Lesson("a", "losses/a", 60_000), at=NOW, day=DAY)
        event = history.record(replace(attempt(), active_ms=5_000), at=NOW, day=DAY)
        assert history.lessons(DAY) == {"a"}
        assert history.lessons(DAY + timedelta(days=1)) == set()
        assert (history.on_day(DAY).attempts, history.on_day(DAY).active_ms) == (1, 65_000)
        history.undo(event.id, at=NOW, day=DAY)
        assert (history.on_day(DAY).attempts, history.on_day(DAY).active_ms) == (0, 60_000)


def test_a_flag_is_set_noted_and_taken_away_and_outlives_the_index(desk):
    with desk.open() as history:
        history.flag(QUESTION, on=True, at=NOW, day=DAY)
        history.flag(PLACE, on=True, at=NOW, day=DAY)
        history.flag(replace(QUESTION, note="符号を確かめる"), on=True, at=NOW, day=DAY)
        assert history.flags() == (replace(QUESTION, note="符号を確かめる"), PLACE)
        history.flag(QUESTION, on=False, at=NOW, day=DAY)
        assert history.flags() == (PLACE,)
    desk.index.unlink()
    with desk.open() as history:
        assert history.flags() == (PLACE,)


def test_events_of_another_shape_are_kept_and_move_nothing(desk):
    with desk.open() as history:
        for number, kind in enumerate((Kind.LESSON, Kind.FLAG)):
            for body in ({}, {"skill": "a", "topic": 3, "active_ms": -1}, {"topic": "a", "on": True}):
                history.append(kind, body, at=NOW, day=DAY, event_id=f"{number} {body}")
        assert history.flags() == ()
        assert history.lessons(DAY) == set()


def test_the_latest_answers_are_counted_by_mode(desk):
    with desk.open() as history:
        for number in range(5):
            verdict = Outcome.CORRECT if number % 2 else Outcome.WRONG
            answer = replace(attempt(verdict=verdict), mode=Mode.NEW, active_ms=1000)
            history.record(answer, at=NOW, day=DAY + timedelta(days=number))
        history.lesson(Lesson("a", "losses/a", 7000), at=NOW, day=DAY)
        assert history.recent(3) == (Recent("new", 3, 1, 3000), Recent("lesson", 1, 0, 7000))


def test_reviews_are_the_first_answers_of_each_day_with_their_ratings(desk):
    with desk.open() as history:
        for days, verdict, taken in ((0, Outcome.CORRECT, Help.NONE), (1, Outcome.WRONG, Help.NONE),
                                     (1, Outcome.CORRECT, Help.NONE), (3, Outcome.CORRECT, Help.NUDGE)):  # fmt: skip
            answer = attempt(verdict=verdict)
            answer = replace(answer, parts=tuple(replace(part, help=taken) for part in answer.parts))
            history.record(answer, at=NOW, day=DAY + timedelta(days=days))
        (reviews,) = history.reviews().values()
        assert [(day - DAY).days for day, _ in reviews] == [0, 1, 3]
        assert [rating for _, rating in reviews] == [Rating.GOOD, Rating.AGAIN, Rating.HARD]


def test_each_attempt_says_by_what_it_was_scheduled(desk):
    scheduler = {"scheduler": {"version": "FSRS-6", "retention": 0.9}}
    with desk.open(replace(RULES, written=scheduler)) as history:
        history.record(attempt(), at=NOW, day=DAY)
    assert json.loads(desk.lines()[1])["body"]["scheduler"] == scheduler["scheduler"]
