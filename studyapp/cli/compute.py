"""`studyapp compute`: a calculator over the catalogue."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, json_text
from studyapp.cli.shapes import document
from studyapp.domain.expression import Node, Vector
from studyapp.domain.verdict import Unreadable
from studyapp.domain.words import Words
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.calculator import compute as computed
from studyapp.engine.catalogue.families import catalogue_table
from studyapp.kernel.messages import guarded
from studyapp.language import read_strict


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    # An expression may begin with a minus sign, which is no option then.
    @click.command("compute", help=said.summary("compute"), context_settings={"ignore_unknown_options": True})
    @click.argument("expression", required=False)
    @click.option("--with", "values", multiple=True, metavar="NAME=VALUE", help=said.help("with"))
    @click.option("--gradient", metavar="NAME", help=said.help("gradient"))
    @click.option("--list", "as_list", is_flag=True, help=said.help("list"))
    @click.option("--exact", is_flag=True, help=said.help("exact"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.option("--jsonl", is_flag=True, help=said.help("jsonl"))
    @click.option("--timing", is_flag=True, help=said.help("timing"))
    @click.pass_obj
    def compute(
        context: Context,
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
                    echo(json_text(_line_reply(line, context, exact=exact, timing=timing)))
            return
        if expression is None:
            raise click.UsageError(said.needs_expression)
        request: dict[str, Any] = {"expression": expression, "values": dict(_named(one, words) for one in values)}
        if gradient is not None:
            request["gradient"] = gradient
        reply = _reply(request, context, exact=exact, timing=timing)
        echo(document(reply) if as_json else _text(reply))
        sys.exit("value" not in reply)

    return compute


def _named(text: str, words: Words) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(words.cli.needs_value.format(text=text))
    return name.strip(), value


def _line_reply(line: str, context: Context, *, exact: bool, timing: bool) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        request = None
    if not isinstance(request, dict):
        return {"message": context.words.cli.not_json}
    return _reply(request, context, exact=exact or bool(request.get("exact")), timing=timing)


def _reply(request: Mapping[str, Any], context: Context, *, exact: bool, timing: bool) -> dict[str, Any]:
    """A reply to one request: its values, or a message that says what was wrong with it."""
    started = time.perf_counter()
    failed: dict[str, Any] = {"message": context.words.cli.left_out}
    reply = guarded(lambda: _computed(request, context.words, exact=exact), failed)
    if timing:
        reply["ms"] = round(1000 * (time.perf_counter() - started), 3)
    return reply


def _computed(request: Mapping[str, Any], words: Words, *, exact: bool) -> dict[str, Any]:
    text, given, gradient = request.get("expression"), request.get("values", {}), request.get("gradient")
    if not isinstance(text, str) or not isinstance(given, dict) or not isinstance(gradient, str | None):
        return {"message": words.cli.not_json}
    expression = read_strict(text)
    if isinstance(expression, Unreadable):
        return {"message": words.language.explain(expression)}
    values: dict[str, Node] = {}
    for name, value in given.items():
        read = _value(value)
        if isinstance(read, Unreadable):
            return {"message": f"{name}: {words.language.explain(read)}"}
        values[name] = read
    try:
        result = computed(expression, values, gradient, exact=exact)
    except Problem as problem:
        return {"message": words.drawing.problem(str(problem))}
    reply = {"value": result.value}
    if result.gradient is not None:
        reply["gradient"] = result.gradient
    if result.exact is not None:
        reply["exact"] = result.exact
    if not result.finite:
        reply["message"] = words.cli.not_finite
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
