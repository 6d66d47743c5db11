"""What holds for every history: the due list is py-fsrs's, and neither clocks nor pages change what was."""

import itertools
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as Grade
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp import scheduling
from studyapp.domain.verdict import Attempt, Help, Mode, Outcome, Part
from studyapp.history.chain import verify_chain
from studyapp.history.history import History
from studyapp.study.daily import todays_plan
from studyapp.study.learner import open_learner
from studyapp.study.library import Library
from studyapp.study.progress import stats
from studyapp.study.settings import Settings

from .conftest import due, exercise_entry, library_of, record, topic_entry

SKILLS = ("a", "b", "c", "d")
COURSE = library_of(topic_entry("losses/x", *(exercise_entry(skill, "losses/x") for skill in SKILLS)))
START = datetime(2026, 4, 1, 12, tzinfo=UTC)
EVIDENCE = (Outcome.CORRECT, Outcome.WRONG, Outcome.UNDECIDED)

parts = st.builds(
    Part,
    ask=st.just("answer"),
    skill=st.sampled_from(SKILLS),
    answer=st.just("1"),
    verdict=st.sampled_from(EVIDENCE),
    mistake=st.sampled_from([None, "sign"]),
    help=st.sampled_from(Help),
)
attempts = st.builds(
    Attempt,
    exercise=st.sampled_from(SKILLS),
    topic=st.just("losses/x"),
    seed=st.integers(0, 9),
    version=st.just("v"),
    prompt=st.just("?"),
    parts=st.lists(parts, min_size=1, max_size=2).map(tuple),
    tries=st.integers(1, 2),
    mode=st.sampled_from([Mode.TOPIC, Mode.MIXED, Mode.NEW]),
)
gaps = st.integers(0, 9 * 24)  # hours
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
histories = st.lists(st.tuples(attempts, gaps, zones), min_size=1, max_size=15)


def opened(folder: Path, library: Library = COURSE, now: datetime = START) -> History:
    numbers = itertools.count()
    opened = open_learner(folder, library, Settings(), now=now, new_id=lambda: f"{now.isoformat()}-{next(numbers)}")
    assert isinstance(opened, History), opened
    return opened


def learner_of(folder: Path, history: list[tuple[Attempt, int, timezone]]) -> datetime:
    """Write a history; the moment after it."""
    moment = START
    with opened(folder) as kept:
        for attempt, gap, zone in history:
            moment = (moment + timedelta(hours=gap)).astimezone(zone)
            record(kept, attempt, moment)
    return moment


def grade(touching: list[Part], tries: int) -> Grade | None:
    """The rating as the rules of the course state it, written down once more."""
    found = []
    for part in touching:
        if part.verdict is Outcome.UNDECIDED:
            continue
        unaided = part.verdict is Outcome.CORRECT and part.help is Help.NONE and tries == 1
        nudged = part.verdict is Outcome.CORRECT and part.help is Help.NUDGE and tries == 1
        found.append(Grade.Good if unaided else Grade.Hard if nudged else Grade.Again)
    return min(found, default=None)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


@settings(max_examples=40, deadline=None)
@given(histories, st.integers(0, 60))
def test_the_due_list_is_that_of_fsrs_used_directly(history, ahead):
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[str, Card] = {}
    met: set[tuple[str, date]] = set()
    moment = START
    for attempt, gap, zone in history:
        moment = (moment + timedelta(hours=gap)).astimezone(zone)
        day = (moment - timedelta(hours=4)).date()
        for skill in dict.fromkeys(part.skill for part in attempt.parts):
            rated = grade([part for part in attempt.parts if part.skill == skill], attempt.tries)
            if rated is None or (skill, day) in met:
                continue
            met.add((skill, day))
            card = cards.get(skill, Card(card_id=1))
            # A flight over the date line is no time passed.
            at = noon(day) if card.last_review is None else max(noon(day), card.last_review)
            cards[skill], _ = scheduler.review_card(card, rated, at)
    with TemporaryDirectory() as folder:
        learner_of(Path(folder), history)
        day = START.date() + timedelta(days=ahead)
        with opened(Path(folder)) as kept:
            found = due(kept, day, COURSE)
    ripe = [skill for skill, card in cards.items() if card.due.date() <= day]
    moment = noon(day)
    assert list(found) == sorted(
        ripe, key=lambda skill: (scheduler.get_card_retrievability(cards[skill], moment), skill)
    )


@settings(max_examples=25, deadline=None)
@given(histories, zones, st.integers(0, 12))
def test_another_time_zone_or_start_of_the_day_alters_no_past_day(history, zone, turn):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        after = learner_of(Path(folder), history)
        with opened(Path(folder)) as kept:
            before = stats(kept, START.date())
        (Path(folder) / "index.sqlite").unlink()
        patch.setattr(scheduling, "TURN", timedelta(hours=turn))
        with opened(Path(folder), now=after.astimezone(zone)) as kept:
            assert stats(kept, START.date()) == before


@settings(max_examples=25, deadline=None)
@given(histories, st.permutations(SKILLS), st.sets(st.sampled_from(SKILLS)), st.sampled_from(["losses/x", "other/y"]))
def test_editing_moving_and_renaming_pages_resets_no_skill(history, order, renamed, topic):
    entries = [
        exercise_entry(f"new-{skill}", topic, aliases=(skill,)) if skill in renamed else exercise_entry(skill, topic)
        for skill in order
    ]
    edited = library_of(topic_entry(topic, *(entry._replace(headings={"ja": "改めた"}) for entry in entries)))
    with TemporaryDirectory() as folder:
        learner_of(Path(folder), history)
        with opened(Path(folder)) as kept:
            before = kept.memories()
        with opened(Path(folder), edited) as kept:
            after = kept.memories()
            assert after == {f"new-{skill}" if skill in renamed else skill: one for skill, one in before.items()}
            assert set(todays_plan(kept, edited, START.date(), Settings()).new).isdisjoint(after)


@settings(max_examples=25, deadline=None)
@given(histories, st.integers(0, 14))
def test_without_its_index_a_history_answers_the_same_and_is_exported_to_the_byte(history, ahead):
    with TemporaryDirectory() as name:
        folder, day = Path(name), START.date() + timedelta(days=ahead)
        learner_of(folder, history)
        with opened(folder) as kept:
            before = (due(kept, day, COURSE), stats(kept, day, day + timedelta(days=30)))
            log = (folder / "history.jsonl").read_bytes()
        for index in folder.glob("index.sqlite*"):
            index.unlink()
        with opened(folder) as kept:
            assert (due(kept, day, COURSE), stats(kept, day, day + timedelta(days=30))) == before
        assert (folder / "history.jsonl").read_bytes() == log
        assert verify_chain(folder / "history.jsonl").events == len(history)
