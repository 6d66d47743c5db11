"""What the tests of the history share: a moment, ids in order, attempts, and a fold that needs no scheduler."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from studyapp.domain.record import Memory
from studyapp.domain.verdict import Attempt, Outcome, Part
from studyapp.history.errors import Trouble
from studyapp.history.fold import Rules
from studyapp.history.history import History, open_history

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
DAY = date(2026, 4, 1)


def fold(memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date) -> Memory | None:
    """Stability doubles when all is right and is 1 otherwise; undecided parts say nothing."""
    if all(part.verdict is Outcome.UNDECIDED for part in parts):
        return None
    right = tries == 1 and all(part.verdict is Outcome.CORRECT for part in parts)
    stability = (memory.stability * 2 if memory else 2.0) if right else 1.0
    return Memory(
        stability=min(stability, 1024.0),
        difficulty=5.0,
        last_day=day,
        due_day=day + timedelta(days=int(min(stability, 1024.0))),
        reviews=memory.reviews + 1 if memory else 1,
        lapses=(memory.lapses if memory else 0) + (not right),
    )


RULES = Rules(fold=fold, name="doubling", renames={})


def attempt(skill: str = "ce-onehot", verdict: Outcome = Outcome.CORRECT, **changes: object) -> Attempt:
    part = Part(
        ask="answer",
        skill=skill,
        answer="0.51",
        verdict=verdict,
        mistake="sign" if verdict is Outcome.WRONG else None,
    )
    plain = Attempt(
        exercise=skill,
        topic="losses/cross-entropy",
        seed=1,
        version="abc",
        prompt="出力 $y$ のとき、交差エントロピー誤差を求めよ。",
        parts=(part,),
        active_ms=1000,
        key="0.5108",
    )
    return replace(plain, **changes)  # type: ignore[arg-type] - the tests name the fields


class Desk:
    """A data folder, and everything needed to open the history in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "history.jsonl"
        self.index = folder / "index.sqlite"
        self._numbers = itertools.count(1)

    def new_id(self) -> str:
        return f"event-{next(self._numbers)}"

    def try_to_open(self, rules: Rules = RULES) -> History | Trouble:
        return open_history(self.folder, rules, now=NOW, day=DAY, new_id=self.new_id)

    def open(self, rules: Rules = RULES) -> History:
        history = self.try_to_open(rules)
        assert isinstance(history, History), history
        return history

    def write(self, count: int, first: int = 0) -> None:
        """Some attempts, three a day over five skills, every fourth one wrong."""
        with self.open() as history:
            for number in range(first, first + count):
                day = DAY + timedelta(days=number // 3)
                verdict = Outcome.WRONG if number % 4 == 3 else Outcome.CORRECT
                history.record(attempt(f"skill-{number % 5}", verdict, seed=number), at=NOW, day=day)


def state_of(history: History) -> tuple[object, ...]:
    """Everything that the index answers."""
    return (history.skills(), history.days(), history.topics(), history.mistakes())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


@pytest.fixture
def make_attempt() -> Callable[..., Attempt]:
    return attempt
