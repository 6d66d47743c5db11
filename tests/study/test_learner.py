"""A history opened with the memories of a course: renames, joined skills, desired retention."""

import itertools

import pytest

from studyapp.history.errors import Trouble
from studyapp.study import learner
from studyapp.study.daily import todays_plan
from studyapp.study.settings import Settings

from .conftest import MORNING, TODAY, attempt_at, exercise_entry, library_of, record, topic_entry

COURSE = library_of(
    topic_entry("losses/b", exercise_entry("b1", "losses/b"), requires=("losses/a",), item=(1,)),
    topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a")),
    topic_entry("networks/c", exercise_entry("c1", "networks/c"), exercise_entry("c2", "networks/c", skill="c1")),
)


def test_with_an_empty_history_nothing_is_due_and_everything_is_new_in_reading_order(history):
    plan = todays_plan(history, COURSE, TODAY, Settings())
    assert (plan.due, plan.new) == ((), ("a1", "a2", "b1", "c1"))


def test_an_exercise_that_joins_a_skill_brings_its_progress(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a2"), MORNING)
    joined = library_of(
        topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a", skill="a1"))
    )
    with open_learner(joined) as history:
        assert list(history.memories()) == ["a1"]
        assert todays_plan(history, joined, TODAY, Settings()).new == ()


def test_another_desired_retention_moves_due_days_and_no_stability(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        relaxed = history.memories()["a1"]
    with open_learner(COURSE, retention=0.97) as history:
        strict = history.memories()["a1"]
    assert strict.stability == relaxed.stability
    assert strict.due_day < relaxed.due_day


def test_a_folder_that_cannot_be_written_is_told_instead_of_a_learner(tmp_path):
    (tmp_path / "data").write_bytes(b"")
    numbers = itertools.count()
    opened = learner.open_learner(tmp_path / "data", COURSE, Settings(), now=MORNING, new_id=lambda: str(next(numbers)))
    assert isinstance(opened, Trouble)


@pytest.mark.parametrize("retention", [0.5, 1.0])
def test_a_desired_retention_out_of_bounds_is_refused_before_anything_is_written(open_learner, tmp_path, retention):
    with pytest.raises(ValueError, match="retention"):
        open_learner(COURSE, retention=retention)
    assert not (tmp_path / "data").exists()
