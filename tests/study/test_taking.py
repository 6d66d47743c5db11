"""An exam while it is taken: time looked at is counted once, and only what is saved counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from studyapp.history.errors import NotSavedError
from studyapp.study import mock
from studyapp.study.exam import Exam, ExamItem, Mark
from studyapp.study.taking import Taking

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def later(seconds):
    return NOON + timedelta(seconds=seconds)


def item(*, several=False):
    return ExamItem(
        exercise="e", topic="losses/t", skill="e", seed=1, version="1", prompt="?", right=("a",), several=several,
        options=(("a", "one"), ("b", "two"), ("c", "three")),
    )  # fmt: skip


@pytest.fixture
def taking(monkeypatch):
    """An exam of three items whose history is a switch: it takes everything, or nothing."""
    history = SimpleNamespace(full=False)

    def saving(do):
        def call(place, exam, number, *arguments, **named):
            if place.full:
                raise NotSavedError("full")
            return do(exam, number, *arguments, **named)

        return call

    monkeypatch.setattr(
        mock, "answer", saving(lambda exam, number, labels, spent, _: exam.answered(number, labels, spent))
    )
    monkeypatch.setattr(mock, "flag", saving(lambda exam, number, _, *, up: exam.flagged(number, up=up)))
    monkeypatch.setattr(mock, "reread", lambda _, exam: exam)
    items = (item(), item(several=True), item())
    exam = Exam(
        id="x", started=NOON, deadline=later(600), syllabus=(13,), items=items, marks=(Mark(),) * 3,
    )  # fmt: skip
    return Taking(history, exam, NOON), history


def test_time_is_counted_for_the_item_that_was_seen_each_second_once(taking):
    one, _ = taking
    one.answer(("a",), later(10))
    one.go(1, later(12))
    one.go(0, later(20))
    one.answer(("b",), later(25))
    one.go(1, later(26))
    one.answer(("a",), later(30))

    assert [mark.spent_ms for mark in one.exam.marks] == [10_000 + 2_000 + 5_000, 8_000 + 4_000, 0]


def test_time_while_the_exam_was_away_is_not_counted(taking):
    one, _ = taking
    one.look(later(300))
    one.answer(("a",), later(305))

    assert one.exam.marks[0].spent_ms == 5_000


def test_of_one_option_the_last_counts_and_of_several_each_key_turns_one(taking):
    one, _ = taking
    one.pick("a", later(1))
    one.pick("b", later(2))
    assert one.picked == ("b",)
    one.go(1, later(3))
    for label in ("c", "a", "c"):
        one.pick(label, later(4))
    assert one.picked == ("a",)


def test_what_could_not_be_saved_is_in_sight_and_does_not_count(taking):
    one, history = taking
    history.full = True
    with pytest.raises(NotSavedError):
        one.pick("b", later(5))
    assert one.picked == ("b",)
    assert one.exam.marks[0] == Mark()
    history.full = False
    one.answer(one.unsaved, later(8))
    assert one.unsaved is None
    assert one.exam.marks[0] == replace(Mark(), answer=("b",), spent_ms=8_000)


def test_what_could_not_be_saved_here_is_saved_elsewhere(taking):
    one, history = taking
    history.full = True
    elsewhere = SimpleNamespace(full=False)
    one.answer(("c",), later(5), elsewhere)

    assert one.picked == ("c",)
    assert one.flag(later(6), elsewhere)


def test_there_is_no_item_before_the_first_or_behind_the_last(taking):
    one, _ = taking
    one.go(-1, later(1))
    assert one.number == 0
    one.go(99, later(2))
    assert one.number == 2
