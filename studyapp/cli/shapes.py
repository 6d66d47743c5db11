"""The JSON shapes of the commands: what scripts rely on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from studyapp.cli.lines import json_text
from studyapp.domain.place import Complaint
from studyapp.domain.question import (
    AnswerKey,
    ChoiceKey,
    ExpressionKey,
    NumberKey,
    OrderKey,
    Question,
    Step,
    TermKey,
    VectorKey,
)
from studyapp.domain.verdict import Verdict


def document(value: object) -> str:
    """One JSON document."""
    return json_text(value, indent=2)


def question_shape(question: Question, *, with_key: bool) -> dict[str, Any]:
    """A question; its key, its known mistakes and its answer only when asked for."""
    shape: dict[str, Any] = {
        "exercise": question.exercise,
        "skill": question.skill,
        "seed": question.seed,
        "kind": question.kind.value,
        "prompt": "\n\n".join([question.prompt, *asks(question)]),
        "values": question.values,
    }
    if question.options:
        shape["options"] = [{"label": one.label, "text": one.text} for one in question.options]
    if question.network is not None:
        shape["network"] = question.network
    if with_key and question.steps:
        shape["steps"] = [_step_shape(step) for step in question.steps]
    if with_key:
        shape["key"] = key_shape(question.key)
        shape["mistakes"] = {one.name: one.answer for one in question.mistakes}
        shape["answer"] = question.answer
    return shape


def asks(question: Question) -> list[str]:
    """The asks of a derivation as one numbered list, nothing for other kinds."""
    return (
        ["\n".join(f"{number}. {step.ask}" for number, step in enumerate(question.steps, 1))] if question.steps else []
    )


def _step_shape(step: Step) -> dict[str, Any]:
    """One step: what is asked, the answer as it can be typed, the slips that are known."""
    shape: dict[str, Any] = {"ask": step.ask}
    if step.target:
        shape["target"] = step.target
    mistakes = {one.name: one.answer for one in step.mistakes}
    return {**shape, "answer": step.answer, "skill": step.skill, "key": key_shape(step.key), "mistakes": mistakes}


def key_shape(key: AnswerKey) -> object:
    """A key as `grade` requests take it."""
    match key:
        case NumberKey(exact):
            return exact
        case VectorKey(exact, columns=columns):
            rows = [list(exact[start : start + columns]) for start in range(0, len(exact), columns or len(exact))]
            return rows if columns else list(exact)
        case ExpressionKey(reference):
            return reference
        case ChoiceKey(_, right) | OrderKey(right):
            return list(right)
        case TermKey():
            return asdict(key)


def verdict_shape(verdict: Verdict) -> dict[str, Any]:
    """The reply to a `grade` request."""
    return {
        "verdict": verdict.outcome.value,
        "mistake": verdict.mistake,
        "detail": verdict.detail,
        "message": verdict.message,
        "reading": verdict.reading,
    }


def complaint_shape(complaint: Complaint) -> dict[str, Any]:
    """One complaint about a page."""
    return {
        "path": complaint.place.path,
        "line": complaint.place.line,
        "column": complaint.place.column,
        "code": complaint.code,
        "severity": complaint.severity.value,
        "message": complaint.message,
        "hint": complaint.hint,
    }
