"""`studyapp compute`: a calculator over the catalogue."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.lines import echo, json_text
from studyapp.cli.options import JSON_HELP, JSONL_HELP, NOT_JSON, TIMING_HELP
from studyapp.cli.shapes import document
from studyapp.domain.expression import Node, Vector
from studyapp.domain.text import Text
from studyapp.domain.undrawable import translated_problem
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.calculator import compute as computed
from studyapp.engine.catalogue.families import catalogue_table
from studyapp.kernel.messages import guarded
from studyapp.language import read_strict
from studyapp.language.refusals import explain

WITH_HELP = Text(
    ja='名前の値（例: --with y="(0.1, 0.9)"）。何度でも',
    en='The value of a name, such as --with y="(0.1, 0.9)" (repeatable)',
)
GRADIENT_HELP = Text(ja="この名前についての勾配も求める", en="Also give the gradient by this name")
EXACT_HELP = Text(ja="SymPy による厳密な値も求める", en="Also give SymPy's exact value")
LIST_HELP = Text(
    ja="計算できる関数の一覧を Markdown の表で出す",
    en="List every function that can be computed, as Markdown tables",
)
LEFT_OUT = Text(
    ja="studyapp の不具合のため計算できませんでした。",
    en="A bug in studyapp kept this from being computed.",
)
NEEDS_EXPRESSION = Text(
    ja="計算する式を書いてください（または --jsonl）。",
    en="Name an expression to compute (or use --jsonl).",
)
NEEDS_VALUE = Text(ja="「{text}」は NAME=VALUE の形ではありません。", en="“{text}” is not of the form NAME=VALUE.")
NOT_FINITE = Text(ja="有限でない値があります。", en="Some of this is not finite.")


def command() -> click.Command:
    """The command in one language."""

    # An expression may begin with a minus sign, which is no option then.
    @click.command("compute", help=SUMMARIES["compute"](), context_settings={"ignore_unknown_options": True})
    @click.argument("expression", required=False)
    @click.option("--with", "values", multiple=True, metavar="NAME=VALUE", help=WITH_HELP())
    @click.option("--gradient", metavar="NAME", help=GRADIENT_HELP())
    @click.option("--list", "as_list", is_flag=True, help=LIST_HELP())
    @click.option("--exact", is_flag=True, help=EXACT_HELP())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.option("--jsonl", is_flag=True, help=JSONL_HELP())
    @click.option("--timing", is_flag=True, help=TIMING_HELP())
    def compute(
        expression: str | None,
        values: tuple[str, ...],
        gradient: str | None,
        as_list: bool,
        exact: bool,
        as_json: bool,
        jsonl: bool,
        timing: bool,
    ) -> None:
        if as_list:
            echo(catalogue_table())
            return
        if jsonl:
            for line in sys.stdin:
                if line.strip():
                    echo(json_text(_line_reply(line, exact=exact, timing=timing)))
            return
        if expression is None:
            raise click.UsageError(NEEDS_EXPRESSION())
        request: dict[str, Any] = {"expression": expression, "values": dict(_named(one) for one in values)}
        if gradient is not None:
            request["gradient"] = gradient
        reply = _reply(request, exact=exact, timing=timing)
        echo(document(reply) if as_json else _text(reply))
        sys.exit("value" not in reply)

    return compute


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(NEEDS_VALUE(text=text))
    return name.strip(), value


def _line_reply(line: str, *, exact: bool, timing: bool) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        request = None
    if not isinstance(request, dict):
        return {"message": NOT_JSON()}
    return _reply(request, exact=exact or bool(request.get("exact")), timing=timing)


def _reply(request: Mapping[str, Any], *, exact: bool, timing: bool) -> dict[str, Any]:
    """A reply to one request: its values, or a message that says what was wrong with it."""
    started = time.perf_counter()
    failed: dict[str, Any] = {"message": LEFT_OUT()}
    reply = guarded(lambda: _computed(request, exact=exact), failed)
    if timing:
        reply["ms"] = round(1000 * (time.perf_counter() - started), 3)
    return reply


def _computed(request: Mapping[str, Any], *, exact: bool) -> dict[str, Any]:
    text, given, gradient = request.get("expression"), request.get("values", {}), request.get("gradient")
    if not isinstance(text, str) or not isinstance(given, dict) or not isinstance(gradient, str | None):
        return {"message": NOT_JSON()}
    expression = read_strict(text)
    if isinstance(expression, Unreadable):
        return {"message": explain(expression)}
    values: dict[str, Node] = {}
    for name, value in given.items():
        read = _value(value)
        if isinstance(read, Unreadable):
            return {"message": f"{name}: {explain(read)}"}
        values[name] = read
    try:
        result = computed(expression, values, gradient, exact=exact)
    except Problem as problem:
        return {"message": translated_problem(str(problem))}
    reply = {"value": result.value}
    if result.gradient is not None:
        reply["gradient"] = result.gradient
    if result.exact is not None:
        reply["exact"] = result.exact
    if not result.finite:
        reply["message"] = NOT_FINITE()
    return reply


def _value(value: object) -> Node | Unreadable:
    """A value of a request: a number, a list of them, or a text in the expression language."""
    if isinstance(value, str):
        return read_strict(value)
    if isinstance(value, list):
        items = [_value(one) for one in value]
        bad = next((one for one in items if isinstance(one, Unreadable)), None)
        return bad or Vector(tuple(one for one in items if not isinstance(one, Unreadable)))
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return Unreadable("not-a-value", (0, 0), str(value))
    return read_strict(repr(value))


def _text(reply: Mapping[str, Any]) -> str:
    """The reply for reading."""
    return "\n".join(str(reply[name]) for name in ("value", "gradient", "exact", "message") if name in reply)
