"""Functions that an author defines, `f(x): a * x ** 2` under `let:`, written into whatever calls them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from studyapp.domain.exercise import Binding, Hole, Item, Key, Sentences, StepFacts, WrittenOption
from studyapp.domain.expression import Call, Name, Node, children, rebuilt, substituted
from studyapp.domain.functions import BY_NAME
from studyapp.domain.limits import DEFINED_NODES, TREE_DEPTH
from studyapp.domain.place import Problem
from studyapp.domain.text import Text
from studyapp.pages.facts import Value
from studyapp.pages.readers import Entry, Shape, each, expression, is_symbol, read_mapping
from studyapp.pages.report import Report


class Defining(Problem):
    """What is wrong with a function that is defined under `let`."""

    BAD_DEFINITION = Text(
        ja="「{found}」は関数の定義として読めません。\n`f(x): …` のように、異なる名前を括弧に並べてください。",
        en="`{found}` does not define a function.\nWrite it like `f(x): …`, with different names in the brackets.",
    )
    TAKEN_FUNCTION = Text(
        ja="「{found}」という関数はもうあります。\nほかの名前にしてください。",
        en="There is a function `{found}` already.\nChoose another name.",
    )
    LARGE_DEFINITION = Text(
        ja="「{found}」の定義を書き込むと、式が大きくなりすぎます。\n呼び出しの入れ子を減らしてください。",
        en="With the definitions written in, `{found}` is too large.\nCall fewer of them within each other.",
    )


_HEAD = re.compile(r"(\w+)\s*\(([^()]*)\)")


def head_of(name: str) -> tuple[str, tuple[str, ...]]:
    """The name of a line of `let`, and the parameters where it defines a function."""
    head = _HEAD.fullmatch(name.strip())
    return (head[1], tuple(part.strip() for part in head[2].split(","))) if head else (name, ())


def read_let(value: Value, report: Report) -> tuple[Binding, ...]:
    """Values and functions by name, in written order: those that can be read."""
    return each(_line, read_mapping(value, report).entries, report)


def _line(entry: Entry, report: Report) -> Binding:
    name, value = entry
    head, parameters = head_of(name.value)
    if "(" not in name.value and not is_symbol(head):
        raise report.refuse(name.start, Shape.RESERVED_NAME if head.isidentifier() else Shape.BAD_NAME, head)
    if "(" in name.value:
        if not parameters or not all(map(is_symbol, (head, *parameters))) or len({*parameters}) < len(parameters):
            raise report.refuse(name.start, Defining.BAD_DEFINITION, name.value)
        if head in BY_NAME:
            raise report.refuse(name.start, Defining.TAKEN_FUNCTION, head)
    return replace(expression(head)(value, report), parameters=parameters)


def check_definitions(key: Key, report: Report) -> None:
    """Complain of what would be too large with the definitions written in. Errors: Refused."""
    known: dict[str, Binding] = {}
    for binding in _lines_of(key):
        if known and _size(binding.expression, known, {}) > DEFINED_NODES:
            raise report.refuse(binding.place, Defining.LARGE_DEFINITION, binding.name or binding.text)
        if binding.parameters:
            known[binding.name] = replace(binding, expression=_written_in(binding.expression, known))
        if known and _is_deep(_written_in(binding.expression, known)):
            raise report.refuse(binding.place, Defining.LARGE_DEFINITION, binding.name or binding.text)


def _lines_of(key: Key) -> Iterable[Binding]:
    yield from key.let
    yield from (*key.given, *key.where, *key.cases, *key.mistakes, *key.right)
    yield from filter(None, (key.answer, key.check))
    for step in key.steps:
        yield from (*filter(None, (step.answer, step.check)), *step.mistakes, *step.own.get("right", ()))


def _size(node: Node, known: Mapping[str, Binding], sizes: Mapping[str, int]) -> int:
    """The nodes of a tree once the definitions are written in, counted without doing so."""
    match node:
        case Name(name):
            return sizes.get(name, 1)
        case Call(function, arguments) if function in known:
            inner = [_size(argument, known, sizes) for argument in arguments]
            definition = known[function]
            return _size(definition.expression, {}, dict(zip(definition.parameters, inner, strict=False)))
        case _:
            return 1 + sum(_size(child, known, sizes) for child in children(node))


def _is_deep(node: Node) -> bool:
    level: tuple[Node, ...] = (node,)
    for _ in range(TREE_DEPTH):
        level = tuple(child for parent in level for child in children(parent))
        if not level:
            return False
    return True


def _written_in(node: Node, known: Mapping[str, Binding]) -> Node:
    """The tree with the body of each definition in place of its calls; a call that does not fit stays."""

    def change(part: Node) -> Node:
        definition = known.get(part.function) if isinstance(part, Call) else None
        if not isinstance(part, Call) or definition is None or part.options or part.primes:
            return part
        if len(part.arguments) != len(definition.parameters):
            return part
        return substituted(definition.expression, dict(zip(definition.parameters, part.arguments, strict=True)))

    return rebuilt(node, change)


def without_definitions(key: Key, sentences: Sentences) -> tuple[Key, Sentences]:
    """Facts and sentences with the definitions written into every expression, and none left."""
    if not any(binding.parameters for binding in key.let):
        return key, sentences
    known: dict[str, Binding] = {}
    let: list[Binding] = []
    for binding in key.let:
        whole = replace(binding, expression=_written_in(binding.expression, known))
        if binding.parameters:
            known[binding.name] = whole
        else:
            let.append(whole)
    return _rewritten(replace(key, let=tuple(let)), known), _rewritten(sentences, known)


def _rewritten(value: Any, known: Mapping[str, Binding]) -> Any:
    """The value with the definitions written into every expression that it holds."""
    match value:
        case Binding() | Hole():
            return replace(value, expression=_written_in(value.expression, known))
        case tuple():
            return tuple(_rewritten(item, known) for item in value)
        case dict():
            return {name: _rewritten(item, known) for name, item in value.items()}
        case Key() | Sentences() | Item() | StepFacts() | WrittenOption():
            parts = {field.name: _rewritten(getattr(value, field.name), known) for field in fields(value)}
            return replace(value, **parts)
        case _:
            return value
