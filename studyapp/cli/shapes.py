"""The JSON shapes of the commands: what scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from studyapp.domain.place import Complaint
from studyapp.domain.question import (
    AnswerKey,
    ChoiceKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    OrderKey,
    Question,
    Step,
    TermKey,
    VectorKey,
)
from studyapp.domain.verdict import Verdict


def question_shape(question: Question, *, with_key: bool) -> dict[str, Any]:
    """A question; its key, its known mistakes and its answer only when asked for."""
    asks = "\n".join(f"{number}. {step.ask}" for number, step in enumerate(question.steps, 1))
    shape: dict[str, Any] = {
        "exercise": question.exercise,
        "skill": question.skill,
        "seed": question.seed,
        "kind": question.kind.value,
        "prompt": f"{question.prompt}\n\n{asks}" if asks else question.prompt,
        "values": question.values,
    }
    if question.options:
        shape["options"] = [{"label": option.label, "text": option.text} for option in question.options]
    if question.network is not None:
        shape["network"] = question.network
    if with_key and question.steps:
        shape["steps"] = [_step_shape(step) for step in question.steps]
    if with_key:
        shape["key"] = key_shape(question.key)
        shape["mistakes"] = _mistakes(question.mistakes)
        shape["answer"] = question.answer
    return shape


def _step_shape(step: Step) -> dict[str, Any]:
    target = {"target": step.target} if step.target else {}
    facts = {"answer": step.answer, "skill": step.skill, "key": key_shape(step.key)}
    return {"ask": step.ask, **target, **facts, "mistakes": _mistakes(step.mistakes)}


def _mistakes(mistakes: Sequence[KnownMistake]) -> dict[str, str]:
    return {mistake.name: mistake.answer for mistake in mistakes}


def key_shape(key: AnswerKey) -> object:
    """A key as `grade` requests take it."""
    match key:
        case NumberKey(exact):
            return exact
        case VectorKey(exact, columns=0):
            return list(exact)
        case VectorKey(exact, columns=columns):
            return [list(exact[start : start + columns]) for start in range(0, len(exact), columns)]
        case ExpressionKey(reference):
            return reference
        case ChoiceKey(_, right) | OrderKey(right):
            return list(right)
        case TermKey():
            return asdict(key)


def verdict_shape(verdict: Verdict) -> dict[str, Any]:
    """The reply to a `grade` request."""
    shape = asdict(verdict)
    return {"verdict": shape.pop("outcome").value, **shape}


def complaint_shape(complaint: Complaint) -> dict[str, Any]:
    """A complaint about a page."""
    return {
        **asdict(complaint.place),
        "code": complaint.code,
        "severity": complaint.severity.value,
        "message": complaint.message,
        "hint": complaint.hint,
    }
