"""A mock exam in the events of the history, and back: what is read is what was saved, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import reduce
from typing import Any

from studyapp.history.event import Event, Kind
from studyapp.study.exam import Exam, ExamItem, Mark


def start_body(items: Iterable[ExamItem], syllabus: Iterable[int], deadline: datetime) -> dict[str, Any]:
    """What the event says that begins an exam: the items as they are asked, and the deadline."""
    return {
        "deadline": deadline.isoformat(timespec="milliseconds"),
        "syllabus": list(syllabus),
        "items": [asdict(item) for item in items],
    }


def exam_of(events: Sequence[Event]) -> Exam | None:
    """The exam that its events tell; None where they are not those of one.

    An answer or flag after the deadline, after the submission, or of a shape that is not known, changes nothing.
    """
    exam = _begun(events[0]) if events and events[0].kind == Kind.EXAM_START else None
    if exam is None:
        return None
    return reduce(_after, events[1:], exam)


def _begun(event: Event) -> Exam | None:
    try:
        items = tuple(_item(one) for one in event.body["items"])
        return Exam(
            id=event.id,
            started=event.at,
            deadline=datetime.fromisoformat(event.body["deadline"]),
            syllabus=tuple(int(number) for number in event.body["syllabus"]),
            items=items,
            marks=(Mark(),) * len(items),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _item(body: dict[str, Any]) -> ExamItem:
    return ExamItem(
        exercise=str(body["exercise"]),
        topic=str(body["topic"]),
        skill=str(body["skill"]),
        seed=int(body["seed"]),
        version=str(body["version"]),
        prompt=str(body["prompt"]),
        options=tuple((str(label), str(text)) for label, text in body["options"]),
        right=tuple(str(label) for label in body["right"]),
        several=bool(body["several"]),
        mistakes=tuple((str(label), str(name)) for label, name in body["mistakes"]),
        solution=str(body["solution"]),
    )


def _after(exam: Exam, event: Event) -> Exam:
    try:
        if event.kind == Kind.EXAM_SETTLED:
            return replace(exam, settled=True)
        if exam.submitted is not None:
            return exam
        if event.kind == Kind.EXAM_SUBMIT:
            return replace(exam, submitted=datetime.fromisoformat(event.body["at"]))
        number = int(event.body["item"])
        if exam.over(event.at) or not 0 <= number < len(exam.items):
            return exam
        if event.kind == Kind.EXAM_ANSWER:
            return exam.answered(
                number, [str(one) for one in event.body["answer"]], max(0, int(event.body["spent_ms"]))
            )
        if event.kind == Kind.EXAM_FLAG:
            return exam.flagged(number, up=bool(event.body["up"]))
    except (KeyError, TypeError, ValueError):
        return exam
    return exam
