"""Rules about the names in a key and in holes: each is known where it is used, and used where it is known."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from functools import cache
from inspect import signature

from studyapp.domain.exercise import Binding, Hole, Key
from studyapp.domain.expression import Call, Name, Node, Vector, Word
from studyapp.domain.functions import ELSEWHERE
from studyapp.domain.kind import Kind
from studyapp.domain.nearness import nearest_name
from studyapp.domain.place import BETWEEN, NEAREST, Place, Severity
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.questions.randomness import DRAWS
from studyapp.pages.page import WrittenExercise
from studyapp.workshop.rules.registry import Finding, Sheet, holes_in, rule, templates_of

SPECIAL = frozenset({"if", "D"})
KNOWN_FUNCTIONS = frozenset({*FUNCTIONS, *CATALOGUE, *SPECIAL})
_VECTORS = frozenset({"decimals", "integers", "probabilities", "matrix", "sample", "one_hot", "concat", "transpose"})

KNOWN = Text(
    ja="使える関数: {names}。損失などの関数は `studyapp manual catalogue` にあります。",
    en="There are: {names}. Losses and the like are listed by `studyapp manual catalogue`.",
)
DEFINED = Text(
    ja="draw か let で定義してください。ここで値があるのは: {names}。",
    en="Define it under draw or let. Those that have a value here: {names}.",
)
DRAWN = Text(
    ja="draw に使える関数: {names}。`integer(1, 9)` のように書いてください。",
    en="Under draw there are: {names}. Write it like `integer(1, 9)`.",
)

Written = Binding | Hole  # whatever holds an expression and its place


@rule(
    ja="「{found}」には値がありません。\n{instead}",
    en="“{found}” has no value.\n{instead}",
)
def missing_value(sheet: Sheet) -> Iterator[Finding]:
    """Every name in an expression or a hole has a value: it is drawn, or defined further up.

    Bad:  a hole `{{ z }}`, and no `z` in draw, let, given or symbols
    Good: `z` is drawn, or the hole says what is
    """
    for exercise, key, names in sheet.written():
        if key.kind == Kind.DERIVATION:
            continue
        bound = {binding.name for binding in (*key.draw, *key.let, *key.given)} | key.free_names | {"answer", "scene"}
        if sheet.has_facts:
            yield from _missing_in_key(sheet, key, names - bound)
        for template in templates_of(exercise.sentences):
            for hole in holes_in(template):
                yield from _missing(sheet, hole, bound | names)


def _missing_in_key(sheet: Sheet, key: Key, unread: Set[str]) -> Iterator[Finding]:
    scene = {"scene"} if key.scenes else set()
    known = {*unread, *key.free_names, *scene, *(binding.name for binding in key.draw)}
    for binding in (*key.let, *key.given):
        yield from _missing(sheet, binding, known.union(binding.parameters))
        known.add(binding.name)
    for written in _conditions_and_answers(key):
        yield from _missing(sheet, written, known)
    judged: tuple[Written, ...] = (*key.mistakes, *key.right)
    for written in judged:
        yield from _missing(sheet, written, known | {"answer"})


def _conditions_and_answers(key: Key) -> tuple[Written, ...]:
    return (*key.where, *key.cases, *filter(None, (key.answer, key.check)))


def _missing(sheet: Sheet, written: Written, known: Set[str]) -> Iterator[Finding]:
    for name in sheet.parts(written.expression).names:
        if name.name not in known and name.name not in CONSTANTS:
            near = sheet.nearest(name.name, known)
            instead = NEAREST(nearest=near) if near else DEFINED(names=" ".join(sorted(known)))
            yield Finding(_place(written, name), name.name, instead)


@rule(
    ja="「{found}」はどこにも使われていません。\n行を消すか、問題文や式で使ってください。",
    en="“{found}” is used nowhere.\nTake the line out, or use the value.",
)
def unused_value(sheet: Sheet) -> Iterator[Finding]:
    """Every value that is drawn or defined is used: in the answer, another value, a condition or a hole.

    Bad:  draw: `a`, `b`, and only `a` is ever mentioned
    Good: draw: `a`
    """
    for exercise, key in sheet.exercises() if sheet.has_facts else ():
        if key.kind == Kind.DERIVATION:
            continue
        parts = [sheet.parts(one.expression) for one in (*key.draw, *_written_in(sheet, exercise, key))]
        used = {name.name for one in parts for name in one.names + one.words}
        used |= {call.function for one in parts for call in one.calls} | {array.name for array in key.arrays}
        # What the prompt states of an expression's symbols is for the answers, which may use any of it.
        stated = () if key.kind == Kind.EXPRESSION else key.given
        for binding in (*key.draw, *key.let, *stated):
            if binding.name not in used:
                yield Finding(binding.place, binding.name, severity=Severity.WARNING)


def _written_in(sheet: Sheet, exercise: WrittenExercise, key: Key) -> list[Written]:
    """Everything of an exercise that is computed from drawn values, by the language of functions."""
    written: list[Written] = [hole for template in templates_of(exercise.sentences) for hole in holes_in(template)]
    if sheet.has_facts:
        written += [*key.let, *key.given, *_conditions_and_answers(key), *key.mistakes, *key.right]
        for step in key.steps:
            written += [*filter(None, (step.answer, step.check)), *step.mistakes]
    return written


def _called_in(sheet: Sheet, exercise: WrittenExercise, key: Key) -> list[Written]:
    """What calls functions of the language; those of formulas in matrix symbols were judged when they were read."""
    written = _written_in(sheet, exercise, key)
    if not key.has_matrices:
        return written
    return [one for one in written if isinstance(one, Hole) or one in (*key.let, *key.where, *key.cases)]


@rule(
    ja="「{found}」という関数はありません。\n{instead}",
    en="There is no function “{found}”.\n{instead}",
)
def unknown_function(sheet: Sheet) -> Iterator[Finding]:
    """Every function belongs to the language or the catalogue, is drawn by name, or is left open under `functions`.

    Bad:  cross_entropi(y, t)
    Good: cross_entropy(y, t)
    """
    for exercise, key, names in sheet.written():
        known = KNOWN_FUNCTIONS | names | set(key.functions)
        if sheet.has_facts:
            for binding in key.draw:
                yield from _not_a_draw(sheet, binding)
        for written in _called_in(sheet, exercise, key):
            for call in sheet.parts(written.expression).calls:
                if call.function not in known:
                    yield Finding(_place(written, call), call.function, _instead(sheet, call.function, known))


def _not_a_draw(sheet: Sheet, binding: Binding) -> Iterator[Finding]:
    call, known = binding.expression, DRAWN(names=" ".join(DRAWS))
    if not isinstance(call, Call):
        yield Finding(binding.place, binding.text, known)
    elif call.function not in DRAWS:
        near = _near(sheet, call.function, DRAWS.keys())
        yield Finding(_place(binding, call), call.function, BETWEEN().join(filter(None, (near, known))))


def _instead(sheet: Sheet, name: str, known: Set[str]) -> str:
    """What was meant, or else everything that there is."""
    return _near(sheet, name, known) or KNOWN(names=" ".join((*FUNCTIONS, *sorted(SPECIAL))))


def _near(sheet: Sheet, name: str, known: Set[str]) -> str:
    near = ELSEWHERE[name] if name in ELSEWHERE else sheet.nearest(name, known)
    return NEAREST(nearest=near) if near else ""


@rule(
    ja="「{found}」という引数はありません。\n使える引数: {instead}",
    en="There is no option “{found}”.\nThere are: {instead}",
)
def unknown_option(sheet: Sheet) -> Iterator[Finding]:
    """Every named option is one that the function has.

    Bad:  huber(y, t, dleta=2), mean(A, axes=1)
    Good: huber(y, t, delta=2)
    """
    for written, call, shape in _shaped_calls(sheet):
        for name, value in call.options:
            if name not in shape.names:
                offered = dict.fromkeys(filter(None, (nearest_name(name, shape.names), *shape.names)))
                yield Finding(_place(written, value, back=len(name) + 1), name, ", ".join(offered))


@rule(
    ja="「{found}」に渡す値の個数が違います。\n`{instead}` の形で書いてください。",
    en="“{found}” gets a wrong number of values.\nWrite it like `{instead}`.",
)
def wrong_count(sheet: Sheet) -> Iterator[Finding]:
    """A function is called with as many arguments as it takes.

    Bad:  dot(a), integer(9)
    Good: dot(a, b), integer(1, 9)
    """
    for written, call, shape in _shaped_calls(sheet):
        count = len(call.arguments) + sum(name in shape.names for name, _ in call.options)
        least = shape.least + sum(name in shape.names[shape.least :] for name, _ in call.options)
        if count < least or (shape.most is not None and count > shape.most):
            yield Finding(_place(written, call), call.function, shape.text)


def _shaped_calls(sheet: Sheet) -> Iterator[tuple[Written, Call, Shape]]:
    for exercise, key, names in sheet.written():
        draws = key.draw if sheet.has_facts else ()
        everything = [(one, False) for one in _called_in(sheet, exercise, key)] + [(one, True) for one in draws]
        for written, is_draw in everything:
            for call in sheet.parts(written.expression).calls:
                drawn = is_draw and call is written.expression
                defined = next((one for one in key.let if one.parameters and one.name == call.function), None)
                if defined is not None:
                    text, count = f"{defined.name}({', '.join(defined.parameters)})", len(defined.parameters)
                    yield written, call, Shape((), count, count, text)
                    continue
                shape = None if call.function in names else shape_of(call.function, drawn=drawn)
                if shape is not None:
                    yield written, call, shape


@dataclass(frozen=True, slots=True)
class Shape:
    """How a function is called: the names of its values in order, how many it needs and takes (None: any number)."""

    names: tuple[str, ...]
    least: int
    most: int | None
    text: str


@cache
def shape_of(function: str, *, drawn: bool) -> Shape | None:
    """The shape of a call, in `draw` or elsewhere; None for a function that is none of the language."""
    if function in SPECIAL and not drawn:
        text = "if(condition, a, b)" if function == "if" else "D(f, x)"
        return Shape((), text.count(",") + 1, text.count(",") + 1, text)
    if (entry := CATALOGUE.get(function)) and not drawn:
        extra = ("reduction",) if entry.reduction is not None else ()
        names = (*entry.argument_names, *entry.options, *extra)
        return Shape(names, len(entry.argument_names), len(names), entry.signature)
    plain = DRAWS.get(function) if drawn else FUNCTIONS.get(function)
    if plain is None:
        return None
    parameters = list(signature(plain).parameters.values())[1:]
    several = any(one.kind is one.VAR_POSITIONAL for one in parameters)
    named = [one for one in parameters if one.kind is not one.VAR_POSITIONAL]
    needed = [one.name for one in named if one.default is one.empty]
    options = [f"{one.name}={str(one.default).lower()}" for one in named if one.default is not one.empty]
    text = f"{function}({', '.join([*needed, *(['a, b, …'] if several else []), *options])})"
    least = len(needed) + several
    return Shape(tuple(one.name for one in named), least, None if several else len(named), text)


@rule(
    ja="given の「{found}」は、一つの式ではありません。\nベクトルや言葉でなく、一つの式にしてください。",
    en="The given “{found}” is not one formula.\nWrite one formula, no vector and no word.",
)
def unfit_given(sheet: Sheet) -> Iterator[Finding]:
    """In a question about formulas each `given` is one formula, not a vector.

    Bad:  given: y is (1, 2), in an exercise of kind: expression
    Good: given: y is a * x
    """
    for _, key, _ in sheet.written() if sheet.has_facts else ():
        if key.kind != Kind.EXPRESSION:
            continue
        vectors: set[str] = set()
        for binding in (*key.draw, *key.let, *key.given):
            match binding.expression:
                case Vector() | Word():
                    vectors.add(binding.name)
                case Call(function=name) if name in _VECTORS:
                    vectors.add(binding.name)
                case Name(name) if name in vectors:
                    vectors.add(binding.name)
        for binding in key.given:
            if binding.name in vectors:
                yield Finding(binding.place, binding.text)


def _place(written: Written, node: Node, back: int = 0) -> Place:
    return replace(written.place, column=written.place.column + max(0, node.span[0] - back))
