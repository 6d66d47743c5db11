"""Rules about the names in a key and in holes: each is known where it is used, and used where it is known."""

from __future__ import annotations

from collections.abc import Iterator, Set
from difflib import get_close_matches

from studyapp.domain.exercise import Binding, Condition, Hole, Key, Kind, Sentences
from studyapp.domain.expression import Call, Name, Node, names_in, walk
from studyapp.domain.place import Place, Severity
from studyapp.engine.catalogue import CATALOGUE
from studyapp.engine.functions import FUNCTIONS
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.randomness import DRAWS
from studyapp.workshop.rules.registry import Finding, Sheet, holes_in, rule, templates_of

SPECIAL = frozenset({"if", "D"})
KNOWN_FUNCTIONS = frozenset({*FUNCTIONS, *CATALOGUE, *SPECIAL})
NUMERIC = frozenset({Kind.NUMBER, Kind.VECTOR, Kind.CHOICE, Kind.ORDER, Kind.TERM})

Written = Binding | Condition | Hole
"""Whatever holds an expression and its place."""


@rule
def missing_value(sheet: Sheet) -> Iterator[Finding]:
    """Every name in an expression or a hole has a value there: it was drawn, or defined further up.

    Bad:  a hole `{{ z }}`, and no `z` in draw, let, given or symbols
    Good: `z` is drawn, or the hole says what is
    """
    for exercise, key in sheet.exercises():
        if key.kind == Kind.DERIVATION:
            continue
        if sheet.has_facts:
            yield from _missing_in_key(key)
        known = _all_names(key)
        for template in templates_of(exercise.sentences):
            for hole in holes_in(template):
                yield from _missing(hole, known)


def _missing_in_key(key: Key) -> Iterator[Finding]:
    known: set[str] = {domain.name for domain in key.symbols}
    for binding in key.draw:
        yield from _missing(binding, known, words_allowed=True)
        known.add(binding.name)
    for binding in (*key.let, *key.given):
        yield from _missing(binding, known)
        known.add(binding.name)
    for written in _conditions_and_answers(key):
        yield from _missing(written, known)
    conditions: tuple[Written, ...] = (*key.mistakes, *key.right)
    for written in conditions:
        yield from _missing(written, known | {"answer"})


def _conditions_and_answers(key: Key) -> tuple[Written, ...]:
    return (*key.where, *key.cases, *(one for one in (key.answer, key.check) if one))


def _missing(written: Written, known: Set[str], *, words_allowed: bool = False) -> Iterator[Finding]:
    """Names without a value; in a draw a bare word stands for itself, and so it does as the value of an option."""
    for name in () if words_allowed else _values_in(written.expression):
        if name.name not in known and name.name not in CONSTANTS:
            near = next(iter(get_close_matches(name.name, sorted(known), n=1)), "")
            yield Finding(_place(written, name), name.name, near)


def _values_in(node: Node) -> Iterator[Name]:
    """The names that have to stand for values, each once; words of options are passed over."""
    words = {
        value for part in walk(node) if isinstance(part, Call) for _, value in part.options if isinstance(value, Name)
    }
    yield from {part.name: part for part in walk(node) if isinstance(part, Name) and part not in words}.values()


def _all_names(key: Key) -> frozenset[str]:
    bound = (binding.name for binding in (*key.draw, *key.let, *key.given))
    return frozenset({*bound, *(domain.name for domain in key.symbols), "answer", "scene"})


@rule
def unused_value(sheet: Sheet) -> Iterator[Finding]:
    """Every value that is drawn or defined is used: in the answer, another value, a condition or a hole.

    Bad:  draw: `a`, `b`, and only `a` is ever mentioned
    Good: draw: `a`
    """
    if not sheet.has_facts:
        return
    for exercise, key in sheet.exercises():
        if key.kind == Kind.DERIVATION:
            continue
        used = _used(key, exercise.sentences)
        for binding in (*key.draw, *key.let, *key.given):
            if binding.name not in used:
                yield Finding(binding.place, binding.name, severity=Severity.WARNING)


def _used(key: Key, sentences: Sentences) -> set[str]:
    written: list[Written] = [*key.draw, *key.let, *key.given, *_conditions_and_answers(key)]
    written += [*key.mistakes, *key.right]
    for template in templates_of(sentences):
        written += holes_in(template)
    used = set().union(*(names_in(one.expression) for one in written)) if written else set()
    return used | {part.function for one in written for part in walk(one.expression) if isinstance(part, Call)}


@rule
def unknown_function(sheet: Sheet) -> Iterator[Finding]:
    """Every function is one of the language, of the catalogue, drawn by name, or left open under `functions`.

    Bad:  cross_entropi(y, t)
    Good: cross_entropy(y, t)
    """
    for exercise, key in sheet.exercises():
        drawn = {binding.name for binding in key.draw}
        known = KNOWN_FUNCTIONS | drawn | set(key.functions)
        holes = [hole for template in templates_of(exercise.sentences) for hole in holes_in(template)]
        if sheet.has_facts:
            for binding in key.draw:
                yield from _not_a_draw(binding)
            named = (*key.let, *key.given, *_conditions_and_answers(key), *key.mistakes, *key.right)
            for written in named:
                yield from _unknown_functions(written, known)
        for hole in holes:
            yield from _unknown_functions(hole, known)


def _not_a_draw(binding: Binding) -> Iterator[Finding]:
    call = binding.expression
    if not isinstance(call, Call):
        yield Finding(binding.place, binding.text, "integer(1, 9)")
    elif call.function not in DRAWS:
        near = next(iter(get_close_matches(call.function, list(DRAWS), n=1)), "")
        yield Finding(binding.place, call.function, near)


def _unknown_functions(written: Written, known: Set[str]) -> Iterator[Finding]:
    for part in walk(written.expression):
        if isinstance(part, Call) and part.function not in known:
            near = next(iter(get_close_matches(part.function, sorted(known), n=1)), "")
            yield Finding(_place(written, part), part.function, near)


@rule
def unknown_option(sheet: Sheet) -> Iterator[Finding]:
    """Every named option is one that the function of the catalogue has.

    Bad:  huber(y, t, dleta=2)
    Good: huber(y, t, delta=2)
    """
    for exercise, key in sheet.exercises():
        written: list[Written] = [hole for one in templates_of(exercise.sentences) for hole in holes_in(one)]
        if sheet.has_facts:
            written += [*key.let, *key.given, *_conditions_and_answers(key), *key.mistakes, *key.right]
        for one in written:
            yield from _unknown_options(one)


def _unknown_options(written: Written) -> Iterator[Finding]:
    for part in walk(written.expression):
        entry = CATALOGUE.get(part.function) if isinstance(part, Call) else None
        if entry is None or not isinstance(part, Call):
            continue
        known = {*entry.options, *entry.argument_names, *(["reduction"] if entry.reduction is not None else [])}
        for name, value in part.options:
            if name not in known:
                near = next(iter(get_close_matches(name, sorted(known), n=1)), "")
                yield Finding(_place(written, value, back=len(name) + 1), name, near)


def _place(written: Written, node: Node, back: int = 0) -> Place:
    """Where a part of an expression stands; an expression stands on one line."""
    place = written.place
    return Place(place.path, place.line, place.column + max(0, node.span[0] - back))
