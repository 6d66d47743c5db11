"""`studyapp grade --jsonl`: a verdict a line, for teachers' scripts and tests."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import click

from studyapp.cli.commands import JSONL, command, option, timing_option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import NOT_JSON, echo_replies, request_in
from studyapp.cli.shapes import verdict_shape
from studyapp.cli.shown import not_drawn
from studyapp.domain.limits import REQUEST_CHARACTERS
from studyapp.domain.question import Undrawable
from studyapp.domain.text import language
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.grading.requests import grade_request
from studyapp.kernel.messages import guarded
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service, undecided
from studyapp.study.library import Library
from studyapp.study.searching import unknown


@command("grade")
@option("--jsonl", is_flag=True, required=True, expose_value=False, about=JSONL)  # there is one form so far
@timing_option
@click.pass_obj
def grade_command(context: Context, timing: bool) -> None:
    """Answer each request with a verdict; no line ends the command."""
    grader = _Grader(context)
    echo_replies(lambda line: verdict_shape(guarded(lambda: grader.verdict(line), undecided())), timing=timing)


class _Grader:
    """Grades requests; the library is read when the first one comes that names an exercise."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._service = Service()

    @cached_property
    def _library(self) -> Library:
        return load_library(self._context)

    def verdict(self, line: str) -> Verdict:
        request = request_in(line) if len(line) <= REQUEST_CHARACTERS else None
        if request is None:
            return _unreadable(NOT_JSON())
        return self._by_exercise(request) if "exercise" in request else grade_request(request)

    def _by_exercise(self, request: dict[str, Any]) -> Verdict:
        """The verdict on an answer to the question of an exercise and a seed."""
        exercise, seed, answer = request.get("exercise"), request.get("seed", 0), request.get("answer")
        step, earlier = request.get("step"), request.get("steps", [])
        if not (isinstance(exercise, str) and _is_integer(seed) and isinstance(answer, str)):
            return _unreadable(NOT_JSON())
        entry = self._library.exercise(exercise)
        if entry is None:
            return _unreadable(unknown(exercise, self._library.nearest(exercise, exercises_only=True)))
        question = self._service.answer(Draw(entry.source, entry.id, seed))
        if isinstance(question, Undrawable):
            return _unreadable(not_drawn(question))
        is_step = step is None or (_is_integer(step) and 0 <= step < len(question.steps))
        if not is_step or not isinstance(earlier, list) or not all(isinstance(text, str) for text in earlier):
            return _unreadable(NOT_JSON())
        return self._service.answer(Grade(question, answer, language(), step, tuple(earlier)))


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unreadable(message: str) -> Verdict:
    return Verdict(Outcome.UNREADABLE, message=message)
