"""What is due, what is new, and what the history amounts to."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Grade

from studyapp.domain.verdict import Help, Outcome
from studyapp.history.errors import NoticeCode, Trouble
from studyapp.scheduling import retrievability
from studyapp.study import learner
from studyapp.study.daily import todays_plan
from studyapp.study.progress import stats

from .conftest import MORNING, attempt_at, due, exercise_entry, library_of, record, topic_entry

TODAY = date(2026, 4, 1)
COURSE = library_of(
    topic_entry("losses/b", exercise_entry("b1", "losses/b"), requires=("losses/a",), item=(1,)),
    topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a")),
    topic_entry("networks/c", exercise_entry("c1", "networks/c"), exercise_entry("c2", "networks/c", skill="c1")),
)


def days_later(days: int) -> datetime:
    return MORNING + timedelta(days=days)


def test_with_an_empty_history_nothing_is_due_and_everything_is_new_in_reading_order(open_learner):
    with open_learner(COURSE) as history:
        plan = todays_plan(history, COURSE, TODAY, None)

        assert (plan.due, plan.new) == ((), ("a1", "a2", "b1", "c1"))


def test_what_is_due_comes_first_what_is_nearest_to_forgotten_before_the_rest(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        record(history, attempt_at("a2", Outcome.WRONG), MORNING)
        record(history, attempt_at("c1", help=Help.NUDGE), days_later(5))
        day = TODAY + timedelta(days=6)

        assert due(history, day, COURSE) == ("a2", "a1", "c1")
        probabilities = [retrievability(history.memories()[skill], day) for skill in due(history, day, COURSE)]
        assert probabilities == sorted(probabilities)


def test_only_the_first_attempt_on_a_skill_in_a_study_day_moves_its_memory(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1", Outcome.WRONG), MORNING)
        first = history.memories()["a1"]
        record(history, attempt_at("a1"), MORNING + timedelta(hours=1))
        # 18 hours later it is past midnight, and the same study day.
        record(history, attempt_at("a1"), MORNING + timedelta(hours=18))

        assert history.memories()["a1"] == first
        assert history.on_day(TODAY).attempts == 3
        assert history.on_day(TODAY).first == 1

        record(history, attempt_at("a1"), MORNING + timedelta(hours=19, minutes=1))
        assert history.memories()["a1"].last_day == TODAY + timedelta(days=1)


def test_an_undecided_answer_leaves_the_first_attempt_of_the_day_to_come(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1", Outcome.UNDECIDED), MORNING)
        assert history.memories() == {}
        record(history, attempt_at("a1"), MORNING)
        assert history.memories()["a1"].reviews == 1


def test_the_due_list_is_what_fsrs_used_directly_makes_of_the_history(open_learner):
    # Oracle: py-fsrs over the same first attempts, at noon UTC of each study day.
    chance = random.Random(4)
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[str, Card] = {}
    with open_learner(COURSE) as history:
        for number in range(60):
            day = number // 2
            skill = chance.choice(["a1", "a2", "b1", "c1"])
            right = chance.random() < 0.8
            noon = datetime.combine(TODAY + timedelta(days=day), time(12), tzinfo=UTC)
            card = cards.get(skill, Card(card_id=1))
            if card.last_review != noon:
                cards[skill], _ = scheduler.review_card(card, Grade.Good if right else Grade.Again, noon)
            record(history, attempt_at(skill, Outcome.CORRECT if right else Outcome.WRONG), days_later(day))
        for ahead in range(0, 60, 5):
            day = TODAY + timedelta(days=30 + ahead)
            noon = datetime.combine(day, time(12), tzinfo=UTC)
            ripe = [skill for skill, card in cards.items() if card.due <= noon]
            expected = sorted(ripe, key=lambda skill: (scheduler.get_card_retrievability(cards[skill], noon), skill))

            assert list(due(history, day, COURSE)) == expected


def test_a_renamed_exercise_keeps_its_progress(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        before = history.memories()["a1"]
    renamed = library_of(topic_entry("losses/a", exercise_entry("one-hot", "losses/a", aliases=("a1",))))

    with open_learner(renamed) as history:
        assert history.memories() == {"one-hot": before}
        assert NoticeCode.REBUILT in [notice.code for notice in history.notices]
        record(history, attempt_at("one-hot"), days_later(3))
        assert history.memories()["one-hot"].reviews == 2


def test_an_exercise_that_joins_a_skill_brings_its_progress(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a2"), MORNING)
    joined = library_of(
        topic_entry("losses/a", exercise_entry("a1", "losses/a"), exercise_entry("a2", "losses/a", skill="a1"))
    )

    with open_learner(joined) as history:
        assert list(history.memories()) == ["a1"]
        assert todays_plan(history, joined, TODAY, None).new == ()


def test_editing_and_moving_a_page_resets_no_skill(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        before = history.memories()
    moved = library_of(topic_entry("networks/elsewhere", exercise_entry("a1", "networks/elsewhere")))

    with open_learner(moved) as history:
        assert history.memories() == before
        assert due(history, TODAY + timedelta(days=30), moved) == ("a1",)


def test_another_desired_retention_moves_due_days_and_no_stability(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        relaxed = history.memories()["a1"]
    with open_learner(COURSE, retention=0.97) as history:
        strict = history.memories()["a1"]

    assert strict.stability == relaxed.stability
    assert strict.due_day < relaxed.due_day


def test_another_time_zone_alters_no_past_day(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        record(history, attempt_at("a1"), MORNING.astimezone(timezone(timedelta(hours=-10))))
        before = history.days()
    (history.path.parent / "index.sqlite").unlink()
    with open_learner(COURSE) as again:
        assert again.days() == before
        assert [day for day, _ in before] == [TODAY - timedelta(days=1), TODAY]


def test_stats_count_what_was_answered(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        record(history, attempt_at("a1", Outcome.WRONG), MORNING)
        record(history, attempt_at("c1", Outcome.WRONG, topic="networks/c"), days_later(1))
        found = stats(history, TODAY + timedelta(days=2))

    assert (found["attempts"], found["first_attempts"], found["skills"], found["due"]) == (3, 2, 2, 2)
    assert found["mistakes"] == {"sign": 2}
    assert found["by_area"]["losses"]["attempts"] == 2
    assert (found["by_area"]["networks"]["skills"], found["by_area"]["networks"]["due"]) == (1, 1)
    assert [(day["day"], day["attempts"]) for day in found["days"]] == [("2026-04-01", 2), ("2026-04-02", 1)]
    assert found["days"][0]["active_ms"] == 1000
    assert [one["skill"] for one in found["memories"]] == ["a1", "c1"]


def test_stats_of_an_empty_history_are_zeros(open_learner):
    with open_learner(COURSE) as history:
        found = stats(history, TODAY)

    assert (found["attempts"], found["due"], found["days"], found["by_area"], found["mistakes"]) == (0, 0, [], {}, {})


def test_a_folder_that_cannot_be_written_is_told_instead_of_a_learner(tmp_path):
    (tmp_path / "data").write_bytes(b"")
    numbers = itertools.count()
    opened = learner.open_learner(tmp_path / "data", COURSE, now=MORNING, new_id=lambda: str(next(numbers)))

    assert isinstance(opened, Trouble)


@pytest.mark.parametrize("retention", [0.5, 1.0])
def test_a_desired_retention_out_of_bounds_is_refused_before_anything_is_written(open_learner, tmp_path, retention):
    with pytest.raises(ValueError, match="retention"):
        open_learner(COURSE, retention=retention)
    assert not (tmp_path / "data").exists()


def test_an_attempt_called_right_moves_memory_as_a_right_one_and_both_verdicts_are_kept(open_learner):
    with open_learner(COURSE) as history:
        right = record(history, attempt_at("a1"), MORNING)
        wrong = record(history, attempt_at("b1", Outcome.WRONG), MORNING)
        history.regrade(wrong.id, Outcome.CORRECT, at=MORNING, day=MORNING.date())
        memories = history.memories()

        assert right.id != wrong.id
        assert memories["b1"].stability == memories["a1"].stability
        assert history.on_day(TODAY).correct == 2


def test_an_attempt_taken_back_leaves_the_memory_as_it_was_before(open_learner):
    with open_learner(COURSE) as history:
        record(history, attempt_at("a1"), MORNING)
        before = history.memories()["a1"]
        later = record(history, attempt_at("a1", Outcome.WRONG), days_later(3))
        assert history.memories()["a1"] != before
        history.undo(later.id, at=days_later(3), day=days_later(3).date())

        assert history.memories()["a1"] == before
