"""An exam while it is taken: where the learner is, how long each item was looked at, what is not saved yet.

The app and line mode share it. Nothing counts as answered before it is on the disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.study import mock
from studyapp.study.exam import Exam, ExamItem


class Taking:
    """One exam from here to its end. Moments are arguments.

    `number` is the item that is on (from 0); `unsaved` are labels that were picked for it and could not be saved.

    Errors: NotSavedError of `answer`, `pick`, `flag` and `submit`; what the history has is true then, and the same can
    be tried again.
    """

    def __init__(self, history: History, exam: Exam, now: datetime) -> None:
        self.exam = exam
        self.number = next(iter(exam.blank), 0)
        self.unsaved: tuple[str, ...] | None = None
        self._history = history
        self._since = now
        self._looked: Counter[int] = Counter()  # milliseconds spent on items since an answer to them was kept

    @property
    def item(self) -> ExamItem:
        """The item that is on."""
        return self.exam.items[self.number]

    @property
    def picked(self) -> tuple[str, ...]:
        """What is picked of the item, saved or not."""
        return self.exam.marks[self.number].answer if self.unsaved is None else self.unsaved

    def go(self, number: int, now: datetime) -> None:
        """Turn to an item; one before the first or behind the last is that one."""
        self._looked[self.number] += self._spent(now)
        self.number, self.unsaved = min(max(number, 0), len(self.exam.items) - 1), None

    def look(self, now: datetime) -> None:
        """Count from now on: the exam was away."""
        self._since = now

    def pick(self, label: str, now: datetime) -> None:
        """Answer with a label, or where several may apply add it or take it away."""
        if not self.item.several:
            self.answer((label,), now)
            return
        picked = set(self.picked) ^ {label}
        self.answer(tuple(one for one in self.item.labels if one in picked), now)

    def answer(self, labels: Sequence[str], now: datetime, place: History | None = None) -> None:
        """Save an answer to the item, or with no labels that it was taken away; elsewhere where a place is given."""
        spent = self._looked[self.number] + self._spent(now)
        self.unsaved = tuple(labels)
        try:
            self.exam = mock.answer(place or self._history, self.exam, self.number, labels, spent, now)
        except NotSavedError:
            self.exam = mock.reread(self._history, self.exam)
            self._looked[self.number] = spent
            raise
        self.unsaved = None
        self._looked[self.number] = 0

    def flag(self, now: datetime, place: History | None = None) -> bool:
        """Put the flag of the item up, or take it down; whether it is up."""
        up = not self.exam.marks[self.number].flagged
        try:
            self.exam = mock.flag(place or self._history, self.exam, self.number, now, up=up)
        except NotSavedError:
            self.exam = mock.reread(self._history, self.exam)
            raise
        return up

    def submit(self, now: datetime) -> None:
        """End the exam, as of its deadline where that has passed."""
        try:
            self.exam = mock.submit(self._history, self.exam, now)
        except NotSavedError:
            self.exam = mock.reread(self._history, self.exam)
            raise

    def _spent(self, now: datetime) -> int:
        """Milliseconds since the item was shown, or since its answer was kept; a clock set back has none."""
        spent = max(0, int((now - self._since).total_seconds() * 1000))
        self._since = now
        return spent
