"""What was taken back or regraded leaves the index as if only the last word had been said; the log keeps both."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Attempt, Help, Mode, Outcome, Part
from studyapp.history.fold import Rules
from studyapp.history.history import History, open_history

START = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)


def fold(memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date) -> Memory | None:
    """Stability doubles when all is right and is 1 otherwise; undecided parts say nothing."""
    if all(part.verdict is Outcome.UNDECIDED for part in parts):
        return None
    right = tries == 1 and all(part.verdict is Outcome.CORRECT for part in parts)
    stability = (memory.stability * 2 if memory else 2.0) if right else 1.0
    due = day + timedelta(days=min(int(stability), 100))
    return Memory(stability, 5.0, day, due, memory.reviews + 1 if memory else 1, 0)


RULES = Rules(fold=fold, name="doubling", renames={})
PARTS = st.builds(
    Part,
    ask=st.just("answer"),
    skill=st.sampled_from("abc"),
    answer=st.just("1"),
    verdict=st.sampled_from([Outcome.CORRECT, Outcome.WRONG, Outcome.UNDECIDED]),
    mistake=st.sampled_from([None, "sign", "factor"]),
    help=st.sampled_from(list(Help)),
)
ATTEMPTS = st.builds(
    Attempt,
    exercise=st.just("e"),
    topic=st.sampled_from(["l/a", "l/b"]),
    seed=st.just(1),
    version=st.just("v"),
    prompt=st.just("?"),
    parts=st.lists(PARTS, min_size=1, max_size=3).map(tuple),
    tries=st.integers(1, 2),
    active_ms=st.integers(0, 1000),
    mode=st.sampled_from(["", *Mode]),
)
STEPS = st.lists(st.tuples(ATTEMPTS, st.integers(0, 3), st.sampled_from(["keep", "undo", "right"])), max_size=12)


def opened(folder: Path) -> History:
    numbers = itertools.count()
    history = open_history(folder, RULES, now=START, day=START.date(), new_id=lambda: f"{folder.name}-{next(numbers)}")
    assert isinstance(history, History)
    return history


def known(history: History) -> tuple[object, ...]:
    """All that the index answers."""
    return history.skills(), history.days(), history.topics(), sorted(map(str, history.mistakes()))


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_index_is_as_if_only_the_last_word_had_been_said(steps):
    with TemporaryDirectory() as folder:
        corrected, plain = Path(folder) / "corrected", Path(folder) / "plain"
        with opened(corrected) as history, opened(plain) as other:
            later = []
            moment = START
            for attempt, days, fate in steps:
                moment += timedelta(days=days, minutes=1)
                event = history.record(attempt, at=moment, day=moment.date())
                later.append((event.id, fate))
                if fate == "keep":
                    other.record(attempt, at=moment, day=moment.date())
                elif fate == "right":
                    parts = tuple(
                        Part(one.ask, one.skill, one.answer, Outcome.CORRECT, None, one.help) for one in attempt.parts
                    )
                    fields = {name: getattr(attempt, name) for name in Attempt.__slots__}
                    other.record(Attempt(**{**fields, "parts": parts}), at=moment, day=moment.date())
            for event_id, fate in later:
                if fate == "undo":
                    history.undo(event_id, at=moment, day=moment.date())
                elif fate == "right":
                    history.regrade(event_id, Outcome.CORRECT, at=moment, day=moment.date())
            assert known(history) == known(other)
            after = known(history)
        (corrected / "index.sqlite").unlink()
        with opened(corrected) as replayed:
            assert known(replayed) == after


def test_the_log_keeps_the_answer_and_its_correction(tmp_path):
    attempt = Attempt(
        exercise="e", topic="l/a", seed=1, version="v", prompt="?", parts=(Part("answer", "a", "1", Outcome.WRONG),)
    )
    with opened(tmp_path) as history:
        event = history.record(attempt, at=START, day=START.date())
        history.undo(event.id, at=START, day=START.date())
        history.undo("never-was", at=START, day=START.date())

    kinds = [json.loads(line)["kind"] for line in (tmp_path / "history.jsonl").read_text("utf-8").splitlines()]
    assert kinds == ["header", "attempt", "undo", "undo"]
