"""`studyapp grade --jsonl`: a verdict a line, for teachers' scripts and tests."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo, json_text
from studyapp.cli.options import JSONL_HELP, NOT_JSON, TIMING_HELP
from studyapp.cli.shapes import verdict_shape
from studyapp.cli.undrawn import NOT_DRAWN
from studyapp.domain.limits import REQUEST_CHARACTERS
from studyapp.domain.question import Undrawable
from studyapp.domain.text import language
from studyapp.domain.undrawable import why_undrawn
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.requests import grade_request
from studyapp.kernel.messages import guarded
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service, undecided
from studyapp.study.searching import unknown


def command() -> click.Command:
    """The command in one language."""

    @click.command("grade", help=SUMMARIES["grade"]())
    @click.option("--jsonl", is_flag=True, required=True, help=JSONL_HELP())
    @click.option("--timing", is_flag=True, help=TIMING_HELP())
    @click.pass_obj
    def grade(context: Context, jsonl: bool, timing: bool) -> None:  # noqa: ARG001 — there is one form so far
        by_exercise = _grader(context)
        for line in sys.stdin:
            if not line.strip():
                continue
            started = time.perf_counter()
            verdict = guarded(partial(_verdict, line, by_exercise), undecided())
            reply = verdict_shape(verdict)
            if timing:
                reply["ms"] = round(1000 * (time.perf_counter() - started), 3)
            echo(json_text(reply))

    return grade


def _verdict(line: str, by_exercise: Callable[[dict[str, Any]], Verdict]) -> Verdict:
    request = _request(line)
    if request is None:
        return Verdict(Outcome.UNREADABLE, message=NOT_JSON())
    if "exercise" in request:
        return by_exercise(request)
    return grade_request(request)


def _request(line: str) -> dict[str, Any] | None:
    try:
        request = json.loads(line) if len(line) <= REQUEST_CHARACTERS else None
    except (ValueError, RecursionError):
        return None
    return request if isinstance(request, dict) else None


def _grader(context: Context) -> Callable[[dict[str, Any]], Verdict]:
    """Grades requests that name an exercise and a seed; the library is read when the first one comes."""
    service = Service()
    libraries: list[Any] = []

    def verdict(request: dict[str, Any]) -> Verdict:
        if not libraries:
            libraries.append(load_library(context))
        exercise, seed, answer = request.get("exercise"), request.get("seed", 0), request.get("answer")
        if not isinstance(exercise, str) or isinstance(seed, bool) or not isinstance(seed, int):
            return Verdict(Outcome.UNREADABLE, message=NOT_JSON())
        if not isinstance(answer, str):
            return Verdict(Outcome.UNREADABLE, message=NOT_JSON())
        entry = libraries[0].exercise(exercise)
        if entry is None:
            nearest = libraries[0].nearest(exercise, exercises_only=True)
            return Verdict(Outcome.UNREADABLE, message=unknown(exercise, nearest))
        drawn = service.answer(Draw(entry.source, entry.id, seed))
        if isinstance(drawn, Undrawable):
            reason = why_undrawn(drawn)
            message = NOT_DRAWN(exercise=drawn.exercise, place=str(drawn.place), detail=reason)
            return Verdict(Outcome.UNREADABLE, message=message)
        step, earlier = request.get("step"), request.get("steps", [])
        if not _is_step(step, earlier, len(drawn.steps)):
            return Verdict(Outcome.UNREADABLE, message=NOT_JSON())
        return service.answer(Grade(drawn, answer, language(), step, tuple(earlier)))

    return verdict


def _is_step(step: Any, earlier: Any, count: int) -> bool:
    """Whether a request names a step that there is, and earlier answers that are texts."""
    if not isinstance(earlier, list) or not all(isinstance(one, str) for one in earlier):
        return False
    return step is None or (isinstance(step, int) and not isinstance(step, bool) and 0 <= step < count)
