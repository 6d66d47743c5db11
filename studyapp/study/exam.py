"""A mock exam as a value: items, answers, deadline, result; and its events. Pure: moments are arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import Any

from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.history.event import Event, Kind
from studyapp.study.entries import area_of

SCOPE = Text(
    ja="範囲内模試: この教材が扱うシラバスの項目（{items}）から出題します。",
    en="A mock exam within the course: it asks about the syllabus items {items}.",
)
REAL_LIKE = Text(
    ja="本試験と同じなのは通しの問題数と時間だけで、範囲はその一部です。",
    en="Only number and time of the full form are the real exam's; it asks more.",
)
UNCOVERED = Text(
    ja="範囲外: シラバスの {items}（38–55 は法律・倫理）",
    en="Left out: items {items} of the syllabus (38–55: law, ethics)",
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
    en="Time is up. The exam was submitted with the answers given so far.",
)
NO_ITEMS = Text(ja="出題できる選択式の問題がありません。", en="There are no exercises with options to ask.")
RESULT_HEAD = Text(ja="結果: {items} 問中 {right} 問正解（{share}%）", en="Result: {right} of {items} right ({share}%)")
RIGHT_WORD = Text(ja="正解", en="right")
WRONG_WORD = Text(ja="不正解", en="wrong")
BLANK_WORD = Text(ja="未解答", en="blank")
NOTHING_TO_REVIEW = Text(ja="当てはまる問題はありません。", en="There are none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamItem:
    """One item as it is asked, with all that judging and reviewing it needs; `mistakes` gives slips by label.

    Parts of one theme follow each other, have the same `prompt`, and each its own `ask`.
    """

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
    ask: str = ""
    kind: str = ""
    needs_number: bool = False
    needs_calculator: bool = False

    @property
    def text(self) -> str:
        """What is asked, in full."""
        return f"{self.prompt}\n\n{self.ask}" if self.ask else self.prompt

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
    """One exam, open until it is submitted or given up; `syllabus` are the items that it can ask about."""

    id: str
    started: datetime
    deadline: datetime
    syllabus: tuple[int, ...]
    items: tuple[ExamItem, ...]
    marks: tuple[Mark, ...]
    submitted: datetime | None = None
    settled: bool = False
    given_up: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it was neither submitted nor given up."""
        return self.submitted is None and not self.given_up

    def over(self, now: datetime) -> bool:
        """Whether the time is up."""
        return now >= self.deadline

    def remaining(self, now: datetime) -> timedelta:
        """The time left; a clock that was set back gives no more than there was."""
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
        """The exam with another answer to an item, or none; the time is added up."""
        mark = self.marks[number]
        return self._marked(number, replace(mark, answer=tuple(answer), spent_ms=mark.spent_ms + spent_ms))

    def flagged(self, number: int, *, up: bool) -> Exam:
        """The exam with the flag of an item up or down."""
        return self._marked(number, replace(self.marks[number], flagged=up))

    def _marked(self, number: int, mark: Mark) -> Exam:
        return replace(self, marks=(*self.marks[:number], mark, *self.marks[number + 1 :]))

    def is_right(self, number: int) -> bool:
        """Whether exactly the right options of an item were picked."""
        return set(self.marks[number].answer) == set(self.items[number].right)

    @property
    def wrong(self) -> tuple[int, ...]:
        """The items (from 0) that are wrong or blank."""
        return tuple(number for number in range(len(self.items)) if not self.is_right(number))


def exam_of(events: Sequence[Event]) -> Exam | None:
    """The exam that events make, None where there is none; an event too late, or of no known shape, changes nothing."""
    try:
        return reduce(_after, events[1:], _begun(events[0]))
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _begun(event: Event) -> Exam:
    if event.kind != Kind.EXAM_START:
        raise ValueError(event.kind)
    items = tuple(map(_item, event.body["items"]))
    return Exam(
        id=event.id,
        started=event.at,
        deadline=datetime.fromisoformat(event.body["deadline"]),
        syllabus=tuple(int(number) for number in event.body["syllabus"]),
        items=items,
        marks=(Mark(),) * len(items),
    )


def _item(body: dict[str, Any]) -> ExamItem:
    return ExamItem(
        exercise=str(body["exercise"]),
        topic=str(body["topic"]),
        skill=str(body["skill"]),
        version=str(body["version"]),
        prompt=str(body["prompt"]),
        solution=str(body["solution"]),
        ask=str(body.get("ask", "")),
        kind=str(body.get("kind", "")),
        needs_number=bool(body.get("needs_number")),
        needs_calculator=bool(body.get("needs_calculator")),
        seed=int(body["seed"]),
        options=tuple((str(label), str(text)) for label, text in body["options"]),
        right=tuple(map(str, body["right"])),
        several=bool(body["several"]),
        mistakes=tuple((str(label), str(name)) for label, name in body["mistakes"]),
    )


def _after(exam: Exam, event: Event) -> Exam:
    body = event.body
    try:
        if event.kind == Kind.EXAM_SETTLED:
            return replace(exam, settled=True)
        if not exam.is_open:
            return exam
        if event.kind == Kind.EXAM_SUBMIT:
            return replace(exam, submitted=datetime.fromisoformat(body["at"]))
        if event.kind == Kind.EXAM_GIVE_UP:
            return replace(exam, given_up=not exam.over(event.at))
        number = int(body["item"])
        if exam.over(event.at) or not 0 <= number < len(exam.items):
            return exam
        if event.kind == Kind.EXAM_ANSWER:
            return exam.answered(number, [str(label) for label in body["answer"]], max(0, int(body["spent_ms"])))
        if event.kind == Kind.EXAM_FLAG:
            return exam.flagged(number, up=bool(body["up"]))
    except (KeyError, TypeError, ValueError):
        pass
    return exam


@dataclass(frozen=True, slots=True)
class AreaResult:
    """The result of an area; the time is over its items."""

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


def clock(left: timedelta) -> str:
    """Minutes and seconds; hours are counted as minutes, as in the examination."""
    seconds = int(left.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}"


def pace_text(ahead: timedelta) -> str:
    """How far ahead of an even pace, or behind it."""
    return (AHEAD if ahead >= timedelta(0) else BEHIND)(time=clock(abs(ahead)))


def result(right: int, items: int) -> str:
    """The whole result."""
    return RESULT_HEAD(right=right, items=items, share=round(100 * right / items) if items else 0)
