"""What the tests of the history share, also in processes of their own: a moment, ids in order, attempts, and a fold."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

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


def recall(memory: Memory, day: date) -> float:
    """A memory loses a tenth a day."""
    return max(0.0, 1.0 - 0.1 * (day - memory.last_day).days)


RULES = Rules(fold=fold, name="doubling", renames={}, recall=recall)


def attempt(skill: str = "ce-onehot", verdict: Outcome = Outcome.CORRECT, **changes: object) -> Attempt:
    part = Part(
        ask="answer", skill=skill, answer="0.51", verdict=verdict, mistake="sign" if verdict is Outcome.WRONG else None
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
    """A data folder, and everything needed to open the history in it; ids begin with a name."""

    def __init__(self, folder: Path, name: str = "event") -> None:
        self.folder = folder
        self.log = folder / "history.jsonl"
        self.index = folder / "index.sqlite"
        numbers = itertools.count(1)
        self.new_id = lambda: f"{name}-{next(numbers)}"

    def try_to_open(self, rules: Rules = RULES, now: datetime = NOW) -> History | Trouble:
        return open_history(self.folder, rules, now=now, day=now.date(), new_id=self.new_id)

    def open(self, rules: Rules = RULES, now: datetime = NOW) -> History:
        history = self.try_to_open(rules, now)
        assert isinstance(history, History), history
        return history

    def trouble(self) -> Trouble:
        trouble = self.try_to_open()
        assert isinstance(trouble, Trouble), trouble
        return trouble

    def write(self, count: int, first: int = 0, at: datetime = NOW, apart: timedelta = timedelta()) -> None:
        """Some attempts, three a day over five skills, every fourth one wrong."""
        with self.open() as history:
            for number in range(first, first + count):
                day = DAY + timedelta(days=number // 3)
                verdict = Outcome.WRONG if number % 4 == 3 else Outcome.CORRECT
                history.record(attempt(f"skill-{number % 5}", verdict, seed=number), at=at + number * apart, day=day)

    def lines(self) -> list[bytes]:
        return self.log.read_bytes().splitlines(keepends=True)

    def ids(self) -> list[str]:
        return [json.loads(line)["id"] for line in self.lines()]


def answered(history: History) -> int:
    """The answers that count."""
    return sum(count.attempts for _, count in history.days())


def state_of(history: History) -> tuple[object, ...]:
    """Everything that the index answers."""
    return (history.skills(), history.days(), history.topics(), history.mistakes())
