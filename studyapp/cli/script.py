"""`studyapp compute` and `studyapp grade --jsonl`: a calculator over the catalogue; a verdict a line, for scripts."""

import sys
import time
from functools import cached_property
from typing import Any

import click

from studyapp.cli.commands import JSONL, command, json_option, option, timing_option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import NOT_JSON, echo, echo_json, echo_replies, request_in, with_ms
from studyapp.cli.question import verdict_shape
from studyapp.cli.shown import not_drawn
from studyapp.domain.expression import Node, Vector
from studyapp.domain.limits import REQUEST_CHARACTERS
from studyapp.domain.question import Undrawable
from studyapp.domain.text import Text, language
from studyapp.domain.undrawable import translated_problem
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.calculator import compute as computed
from studyapp.engine.catalogue.families import catalogue_table
from studyapp.grading.requests import grade_request
from studyapp.kernel.messages import guarded
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service, undecided
from studyapp.language import read_strict
from studyapp.language.refusals import explain
from studyapp.study.library import Library
from studyapp.study.searching import unknown

WITH_HELP = Text(
    ja='名前の値（例: --with y="(0.1, 0.9)"）。何度でも',
    en='The value of a name, such as --with y="(0.1, 0.9)" (repeatable)',
)
GRADIENT_HELP = Text(ja="この名前についての勾配も求める", en="Also give the gradient by this name")
EXACT_HELP = Text(ja="SymPy による厳密な値も求める", en="Also give SymPy's exact value")
LIST_HELP = Text(
    ja="計算できる関数の一覧を Markdown の表で出す", en="List every function that can be computed, as Markdown tables"
)
LEFT_OUT = Text(
    ja="studyapp の不具合のため計算できませんでした。", en="A bug in studyapp kept this from being computed."
)
NEEDS_EXPRESSION = Text(
    ja="計算する式を書いてください（または --jsonl）。", en="Name an expression to compute (or use --jsonl)."
)
NEEDS_VALUE = Text(ja="「{text}」は NAME=VALUE の形ではありません。", en="“{text}” is not of the form NAME=VALUE.")
NOT_FINITE = Text(ja="有限でない値があります。", en="Some of this is not finite.")


# An expression may begin with a minus sign, which is no option then.


@command("compute", context_settings={"ignore_unknown_options": True})
@click.argument("expression", required=False)
@option("--with", "values", multiple=True, metavar="NAME=VALUE", about=WITH_HELP)
@option("--gradient", metavar="NAME", about=GRADIENT_HELP)
@option("--list", "as_list", is_flag=True, about=LIST_HELP)
@option("--exact", is_flag=True, about=EXACT_HELP)
@json_option
@option("--jsonl", is_flag=True, about=JSONL)
@timing_option
def compute_command(
    _context: Context,
    expression: str | None,
    values: tuple[str, ...],
    gradient: str | None,
    as_list: bool,
    exact: bool,
    as_json: bool,
    jsonl: bool,
    timing: bool,
) -> None:
    """Print the value of an expression; exit with 1 where it has none."""
    if as_list:
        echo(catalogue_table())
        return
    if jsonl:
        echo_replies(lambda line: _reply(request_in(line), exact=exact), timing=timing)
        return
    if expression is None:
        raise click.UsageError(NEEDS_EXPRESSION())
    started = time.perf_counter()
    request = {"expression": expression, "values": dict(map(_named, values)), "gradient": gradient}
    reply = with_ms(_reply(request, exact=exact), started, timing=timing)
    if as_json:
        echo_json(reply)
    else:
        echo("\n".join(str(reply[name]) for name in ("value", "gradient", "exact", "message") if name in reply))
    sys.exit("value" not in reply)


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(NEEDS_VALUE(text=text))
    return name.strip(), value


def _reply(request: dict[str, Any] | None, *, exact: bool) -> dict[str, Any]:
    return guarded(lambda: _computed(request or {}, exact=exact), {"message": LEFT_OUT()})


def _computed(request: dict[str, Any], *, exact: bool) -> dict[str, Any]:
    text, given, gradient = request.get("expression"), request.get("values", {}), request.get("gradient")
    if not isinstance(text, str) or not isinstance(given, dict) or not isinstance(gradient, str | None):
        return {"message": NOT_JSON()}
    expression = read_strict(text)
    if isinstance(expression, Unreadable):
        return {"message": explain(expression)}
    values: dict[str, Node] = {}
    for name, value in given.items():
        node = _value(value)
        if isinstance(node, Unreadable):
            return {"message": f"{name}: {explain(node)}"}
        values[name] = node
    try:
        result = computed(expression, values, gradient, exact=exact or bool(request.get("exact")))
    except Problem as problem:
        return {"message": translated_problem(str(problem))}
    reply = {"value": result.value, "gradient": result.gradient, "exact": result.exact}
    message = {} if result.finite else {"message": NOT_FINITE()}
    return {name: value for name, value in reply.items() if name == "value" or value is not None} | message


def _value(value: object) -> Node | Unreadable:
    """A value of a request: a number, a list of them, or a text in the expression language."""
    if isinstance(value, str):
        return read_strict(value)
    if isinstance(value, list):
        items = [_value(item) for item in value]
        bad = next((item for item in items if isinstance(item, Unreadable)), None)
        return bad or Vector(tuple(item for item in items if not isinstance(item, Unreadable)))
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return Unreadable("not-a-value", (0, 0), str(value))
    return read_strict(repr(value))


@command("grade")
@option("--jsonl", is_flag=True, required=True, expose_value=False, about=JSONL)  # there is one form so far
@timing_option
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
