"""Taking a mock exam. Every answer and flag is on the disk when the call for it returns. Moments are arguments."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from studyapp.domain.course import ExamForm
from studyapp.domain.verdict import Attempt, Mode, Outcome, Part
from studyapp.history.errors import NotSavedError
from studyapp.history.event import Kind
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study.exam import Exam, ExamItem, exam_of
from studyapp.study.practice import ANSWER

NEARLY_ALL = 0.9  # themes have three or four parts, so that their number of items is never quite that of the form


def minutes_for(form: ExamForm, items: int) -> int:
    """The minutes of an exam; where the course has fewer questions than items, the time shrinks with them."""
    share = items / form.items
    return form.minutes if share > NEARLY_ALL else max(1, round(form.minutes * share))


def is_to_be_closed(exam: Exam, now: datetime) -> bool:
    """Whether the time of an exam has run out since it was left, or its submission was cut short."""
    return not exam.settled and not exam.given_up and (exam.submitted is not None or exam.over(now))


def submitted(history: History) -> tuple[Exam, ...]:
    """The exams that were submitted, the latest first."""
    exams = (exam_of(history.exam_events(name)) for name in reversed(history.exams()))
    return tuple(exam for exam in exams if exam is not None and exam.submitted is not None)


def latest(history: History) -> Exam | None:
    """The exam that was begun last; None where there was none."""
    started = history.exams()
    return exam_of(history.exam_events(started[-1])) if started else None


def running(history: History, now: datetime) -> Exam | None:
    """The exam whose clock runs; None where there is none, or the log cannot be read just now."""
    try:
        exam = latest(history)
    except OSError:
        return None
    return exam if exam is not None and exam.is_open and not exam.over(now) else None


def reread(history: History, exam: Exam) -> Exam:
    """An exam as the history has it: where something could not be saved, that alone is true."""
    return exam_of(history.exam_events(exam.id)) or exam


def begin(history: History, items: Sequence[ExamItem], syllabus: Sequence[int], minutes: int, now: datetime) -> Exam:
    """Start an exam. Errors: NotSavedError, here and below; nothing has changed then, and it can be tried again."""
    body = {
        "deadline": (now + timedelta(minutes=minutes)).isoformat(timespec="milliseconds"),
        "syllabus": list(syllabus),
        "items": [asdict(item) for item in items],
        "window": history.window,
    }
    exam = exam_of([history.append(Kind.EXAM_START, body, at=now, day=study_day(now))])
    assert exam is not None
    return exam


def hold(history: History, exam: Exam, now: datetime) -> None:
    """Go on with an exam in this window; another one that has it open can save no more answers to it."""
    history.hold(exam.id, at=now, day=study_day(now))


def submit(history: History, exam: Exam, now: datetime) -> Exam:
    """Submit an exam, as of its deadline at the latest: answers become attempts. Called again, it goes on."""
    if exam.settled:
        return exam
    at = exam.submitted or min(now, exam.deadline)
    day = study_day(at)
    if exam.submitted is None:
        body = {"exam": exam.id, "at": at.isoformat(timespec="milliseconds")}
        history.append(Kind.EXAM_SUBMIT, body, at=now, day=day)
    for number, mark in enumerate(exam.marks):
        event_id = f"{exam.id}-{number}"
        if mark.answer and not history.knows(event_id):
            history.record(_attempt(exam, number), at=at, day=day, event_id=event_id)
    history.append(Kind.EXAM_SETTLED, {"exam": exam.id}, at=now, day=day)
    return reread(history, exam)


def give_up(history: History, exam: Exam, now: datetime) -> Exam:
    """End an exam without a result; its answers stay in the log, and none becomes an attempt."""
    if exam.is_open:
        history.append(Kind.EXAM_GIVE_UP, {"exam": exam.id}, at=now, day=study_day(now))
    return reread(history, exam)


def _attempt(exam: Exam, number: int) -> Attempt:
    item, mark, right = exam.items[number], exam.marks[number], exam.is_right(number)
    slips = dict(item.mistakes)
    mistake = None if right else next((slips[label] for label in mark.answer if label in slips), None)
    verdict = Outcome.CORRECT if right else Outcome.WRONG
    return Attempt(
        exercise=item.exercise,
        topic=item.topic,
        seed=item.seed,
        version=item.version,
        prompt=item.prompt,
        parts=(Part(ANSWER, item.skill, ", ".join(mark.answer), verdict, mistake),),
        active_ms=mark.spent_ms,
        key=", ".join(item.right),
        mode=Mode.EXAM,
    )


class Taking:
    """One exam to its end; `unsaved` are picks that are not saved yet. Errors: NotSavedError; try the same again."""

    def __init__(self, history: History, exam: Exam, now: datetime) -> None:
        self.exam = exam
        self.number = next(iter(exam.blank), 0)
        self.unsaved: tuple[str, ...] | None = None
        self._history = history
        self._since = now
        self._looked: Counter[int] = Counter()  # milliseconds spent on items since an answer to them was kept

    @property
    def item(self) -> ExamItem:
        """The current item."""
        return self.exam.items[self.number]

    @property
    def picked(self) -> tuple[str, ...]:
        """The labels picked of the item, saved or not."""
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
        picked = set(self.picked) ^ {label} if self.item.several else {label}
        self.answer(tuple(label for label in self.item.labels if label in picked), now)

    def answer(self, labels: Sequence[str], now: datetime, elsewhere: History | None = None) -> None:
        """Save an answer to the item, or with no labels that it was taken away; elsewhere where that is given."""
        spent = self._looked[self.number] = self._looked[self.number] + self._spent(now)
        self.unsaved = tuple(labels)
        self._append(elsewhere, Kind.EXAM_ANSWER, {"answer": list(labels), "spent_ms": spent}, now)
        self.exam, self.unsaved = self.exam.answered(self.number, labels, spent), None
        self._looked[self.number] = 0

    def flag(self, now: datetime, elsewhere: History | None = None) -> bool:
        """Put the flag of the item up, or take it down; whether it is up."""
        up = not self.exam.marks[self.number].flagged
        self._append(elsewhere, Kind.EXAM_FLAG, {"up": up}, now)
        self.exam = self.exam.flagged(self.number, up=up)
        return up

    def submit(self, now: datetime) -> None:
        """End the exam, as of its deadline where that has passed."""
        with self._saving():
            self.exam = submit(self._history, self.exam, now)

    def give_up(self, now: datetime) -> None:
        """End the exam without a result."""
        with self._saving():
            self.exam = give_up(self._history, self.exam, now)

    def _append(self, elsewhere: History | None, kind: Kind, body: dict[str, Any], now: datetime) -> None:
        body = {"exam": self.exam.id, "item": self.number, **body}
        with self._saving():
            (elsewhere or self._history).append(kind, body, at=now, day=study_day(now), exam=self.exam.id)

    @contextmanager
    def _saving(self) -> Iterator[None]:
        try:
            yield
        except NotSavedError:
            self.exam = reread(self._history, self.exam)
            raise

    def _spent(self, now: datetime) -> int:
        """Milliseconds since the item was shown, or since its answer was kept; a clock set back has none."""
        spent = max(0, int((now - self._since).total_seconds() * 1000))
        self._since = now
        return spent
