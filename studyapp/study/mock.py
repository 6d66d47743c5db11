"""A mock exam over a history: every answer and flag is on the disk when the call for it returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from studyapp.domain.verdict import Attempt, Mode, Outcome, Part
from studyapp.history.event import Kind
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study.exam import Exam, ExamItem, Length
from studyapp.study.examlog import exam_of, start_body
from studyapp.study.practice import ANSWER


def begin(history: History, items: Sequence[ExamItem], syllabus: Sequence[int], minutes: int, now: datetime) -> Exam:
    """Start an exam: its items and its deadline are kept.

    Errors: NotSavedError here and in the functions below; nothing has changed then, and it can be tried again.
    """
    deadline = now + timedelta(minutes=minutes)
    body = start_body(items, syllabus, deadline) | {"window": history.window}
    event = history.append(Kind.EXAM_START, body, at=now, day=study_day(now))
    exam = exam_of([event])
    if exam is None:
        raise AssertionError("an exam that was just begun can be read")
    return exam


def hold(history: History, exam: Exam, now: datetime) -> None:
    """Go on with an exam in this window; another one that has it on can save no more answers to it."""
    history.hold(exam.id, at=now, day=study_day(now))


def minutes_for(length: Length, items: int) -> int:
    """The minutes of an exam; where the course has fewer questions than items, the time shrinks with them."""
    return max(1, round(length.minutes * items / length.items))


def is_to_be_closed(exam: Exam, now: datetime) -> bool:
    """Whether the time of an exam has run out since it was left, or its submission was cut short."""
    return not exam.settled and (exam.submitted is not None or exam.over(now))


def submitted(history: History) -> tuple[Exam, ...]:
    """The exams that were submitted, the latest first."""
    found = (exam_of(history.exam_events(name)) for name in reversed(history.exams()))
    return tuple(exam for exam in found if exam is not None and exam.submitted is not None)


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
    return exam if exam is not None and exam.submitted is None and not exam.over(now) else None


def reread(history: History, exam: Exam) -> Exam:
    """An exam as the history has it: where something could not be saved, that alone is true."""
    return exam_of(history.exam_events(exam.id)) or exam


def answer(history: History, exam: Exam, number: int, labels: Sequence[str], spent_ms: int, now: datetime) -> Exam:
    """Keep an answer to an item (from 0), or with no labels that it was taken away."""
    body = {"exam": exam.id, "item": number, "answer": list(labels), "spent_ms": spent_ms}
    history.append(Kind.EXAM_ANSWER, body, at=now, day=study_day(now), exam=exam.id)
    return exam.answered(number, labels, spent_ms)


def flag(history: History, exam: Exam, number: int, now: datetime, *, up: bool) -> Exam:
    """Put the flag of an item up, or take it down."""
    body = {"exam": exam.id, "item": number, "up": up}
    history.append(Kind.EXAM_FLAG, body, at=now, day=study_day(now), exam=exam.id)
    return exam.flagged(number, up=up)


def submit(history: History, exam: Exam, now: datetime) -> Exam:
    """Submit an exam, as of its deadline where that has passed; one that was submitted already stays as it is.

    Its answers become attempts, which move the memory of skills that were learned before. What a crash cuts short is
    gone on with when this is called again.
    """
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
