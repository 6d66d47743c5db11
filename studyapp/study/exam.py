"""A mock exam as a value: its items, what was answered, when it ends, what it came to. Pure: moments are arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from studyapp.domain.text import Text
from studyapp.study.entries import area_of

SCOPE = Text(
    ja="範囲内模試: この教材が扱うシラバスの項目（{items}）から出題します。",
    en="A mock exam within the course: it asks about the syllabus items {items}.",
)
SEVERAL = Text(ja="当てはまるものをすべて選べ。", en="Choose all that apply.")
ONE = Text(ja="一つ選べ。", en="Choose one.")
AHEAD = Text(ja="ペース +{time}", en="pace +{time}")
BEHIND = Text(ja="ペース −{time}", en="pace -{time}")
STATES = {
    "answered": Text(ja="解答済み", en="answered"),
    "blank": Text(ja="未解答", en="blank"),
    "flagged": Text(ja="印あり", en="flagged"),
}
TIME_OVER = Text(
    ja="時間になりました。ここまでの解答で提出しました。",
    en="Time is up. The exam was submitted as it stands.",
)
NO_ITEMS = Text(ja="出題できる選択式の問題がありません。", en="There are no exercises with options to ask.")
RESULT_HEAD = Text(ja="結果: {items} 問中 {right} 問正解（{share}%）", en="Result: {right} of {items} right ({share}%)")
RIGHT_WORD = Text(ja="正解", en="right")
WRONG_WORD = Text(ja="不正解", en="wrong")
BLANK_WORD = Text(ja="未解答", en="blank")
NOTHING_TO_REVIEW = Text(ja="当てはまる問題はありません。", en="There are none.")


@dataclass(frozen=True, slots=True)
class Length:
    """How many items in how many minutes."""

    items: int
    minutes: int


FULL = Length(145, 100)
"""The examination as of 2026."""
SHORT = Length(36, 25)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamItem:
    """One item as it is asked, with all that judging and reviewing it needs; `mistakes` gives slips by label."""

    exercise: str
    topic: str
    skill: str
    seed: int
    version: str
    prompt: str
    options: tuple[tuple[str, str], ...]
    right: tuple[str, ...]
    several: bool = False
    mistakes: tuple[tuple[str, str], ...] = ()
    solution: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the options."""
        return tuple(label for label, _ in self.options)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the learner has done with an item; `answer` holds the labels picked, none where it is blank."""

    answer: tuple[str, ...] = ()
    flagged: bool = False
    spent_ms: int = 0


class State(StrEnum):
    """What the palette shows of an item."""

    ANSWERED = "answered"
    BLANK = "blank"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """One exam. `syllabus` are the syllabus items that it can ask about; `submitted` is None while it runs."""

    id: str
    started: datetime
    deadline: datetime
    syllabus: tuple[int, ...]
    items: tuple[ExamItem, ...]
    marks: tuple[Mark, ...]
    submitted: datetime | None = None
    settled: bool = False

    def over(self, now: datetime) -> bool:
        """Whether the time is up."""
        return now >= self.deadline

    def remaining(self, now: datetime) -> timedelta:
        """The time that is left; a clock that was set back gives no more than there was."""
        return max(timedelta(0), min(self.deadline - now, self.deadline - self.started))

    def ahead(self, now: datetime) -> timedelta:
        """How far the learner is ahead of an even pace; negative where behind."""
        done = sum(bool(mark.answer) for mark in self.marks)
        used = (self.deadline - self.started) - self.remaining(now)
        return done * (self.deadline - self.started) / len(self.items) - used

    def state(self, number: int) -> State:
        """What the palette shows of an item (from 0)."""
        mark = self.marks[number]
        return State.FLAGGED if mark.flagged else State.ANSWERED if mark.answer else State.BLANK

    @property
    def blank(self) -> tuple[int, ...]:
        """The items (from 0) that have no answer."""
        return tuple(number for number, mark in enumerate(self.marks) if not mark.answer)

    def answered(self, number: int, answer: Sequence[str], spent_ms: int) -> Exam:
        """The exam after an answer to an item, or after its answer was taken away; the time is added up."""
        mark = self.marks[number]
        return self._marked(number, replace(mark, answer=tuple(answer), spent_ms=mark.spent_ms + spent_ms))

    def flagged(self, number: int, *, up: bool) -> Exam:
        """The exam after the flag of an item was put up or taken down."""
        return self._marked(number, replace(self.marks[number], flagged=up))

    def _marked(self, number: int, mark: Mark) -> Exam:
        return replace(self, marks=(*self.marks[:number], mark, *self.marks[number + 1 :]))

    def is_right(self, number: int) -> bool:
        """Whether exactly the right options of an item were picked."""
        return set(self.marks[number].answer) == set(self.items[number].right)


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What an area came to; the time is over its items."""

    area: str
    items: int
    right: int
    blank: int
    spent_ms: int

    @property
    def seconds_an_item(self) -> float:
        """The mean time of an item."""
        return self.spent_ms / 1000 / self.items


def results(exam: Exam) -> tuple[AreaResult, ...]:
    """The result of each area, by name."""
    by_area: dict[str, list[int]] = {}
    for number, item in enumerate(exam.items):
        by_area.setdefault(area_of(item.topic), []).append(number)
    return tuple(
        AreaResult(
            area,
            len(numbers),
            sum(exam.is_right(number) for number in numbers),
            sum(not exam.marks[number].answer for number in numbers),
            sum(exam.marks[number].spent_ms for number in numbers),
        )
        for area, numbers in sorted(by_area.items())
    )


def pace_text(seconds: float) -> str:
    """How far ahead of an even pace, or behind it."""
    minutes, rest = divmod(int(abs(seconds)), 60)
    return (AHEAD if seconds >= 0 else BEHIND)(time=f"{minutes}:{rest:02}")


def result(right: int, items: int) -> str:
    """The whole result."""
    return RESULT_HEAD(right=right, items=items, share=round(100 * right / items) if items else 0)
