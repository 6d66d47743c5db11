"""Rules about the names in a key and in holes: each is known where it is used, and used where it is known."""

from __future__ import annotations

from collections.abc import Iterator, Set
from difflib import get_close_matches

from studyapp.domain.exercise import Binding, Condition, Hole, Key, Sentences
from studyapp.domain.expression import Call, Node
from studyapp.domain.kind import Kind
from studyapp.domain.place import Place, Severity
from studyapp.engine.algebras.functions import FUNCTIONS
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.questions.randomness import DRAWS
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
            yield from _missing_in_key(sheet, key)
        known = _all_names(key)
        for template in templates_of(exercise.sentences):
            for hole in holes_in(template):
                yield from _missing(sheet, hole, known)


def _missing_in_key(sheet: Sheet, key: Key) -> Iterator[Finding]:
    known: set[str] = {domain.name for domain in key.symbols}
    for binding in key.draw:
        known.add(binding.name)
    for binding in (*key.let, *key.given):
        yield from _missing(sheet, binding, known)
        known.add(binding.name)
    for written in _conditions_and_answers(key):
        yield from _missing(sheet, written, known)
    conditions: tuple[Written, ...] = (*key.mistakes, *key.right)
    for written in conditions:
        yield from _missing(sheet, written, known | {"answer"})


def _conditions_and_answers(key: Key) -> tuple[Written, ...]:
    return (*key.where, *key.cases, *(one for one in (key.answer, key.check) if one))


def _missing(sheet: Sheet, written: Written, known: Set[str]) -> Iterator[Finding]:
    for name in sheet.parts(written.expression).names:
        if name.name not in known and name.name not in CONSTANTS:
            near = next(iter(get_close_matches(name.name, sorted(known), n=1)), "")
            yield Finding(_place(written, name), name.name, near)


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
        used = _used(sheet, key, exercise.sentences)
        # What the prompt states of an expression's symbols is for the answers, which may use any of it.
        stated = () if key.kind == Kind.EXPRESSION else key.given
        for binding in (*key.draw, *key.let, *stated):
            if binding.name not in used:
                yield Finding(binding.place, binding.name, severity=Severity.WARNING)


def _used(sheet: Sheet, key: Key, sentences: Sentences) -> set[str]:
    written: list[Written] = [*key.draw, *key.let, *key.given, *_conditions_and_answers(key)]
    written += [*key.mistakes, *key.right]
    for template in templates_of(sentences):
        written += holes_in(template)
    parts = [sheet.parts(one.expression) for one in written]
    return {name.name for one in parts for name in one.names + one.words} | {
        call.function for one in parts for call in one.calls
    }


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
                yield from _unknown_functions(sheet, written, known)
        for hole in holes:
            yield from _unknown_functions(sheet, hole, known)


def _not_a_draw(binding: Binding) -> Iterator[Finding]:
    call = binding.expression
    if not isinstance(call, Call):
        yield Finding(binding.place, binding.text, "integer(1, 9)")
    elif call.function not in DRAWS:
        near = next(iter(get_close_matches(call.function, list(DRAWS), n=1)), "")
        yield Finding(binding.place, call.function, near)


def _unknown_functions(sheet: Sheet, written: Written, known: Set[str]) -> Iterator[Finding]:
    for call in sheet.parts(written.expression).calls:
        if call.function not in known:
            near = next(iter(get_close_matches(call.function, sorted(known), n=1)), "")
            yield Finding(_place(written, call), call.function, near)


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
            yield from _unknown_options(sheet, one)


def _unknown_options(sheet: Sheet, written: Written) -> Iterator[Finding]:
    for call in sheet.parts(written.expression).calls:
        entry = CATALOGUE.get(call.function)
        if entry is None or not call.options:
            continue
        known = {*entry.options, *entry.argument_names, *(["reduction"] if entry.reduction is not None else [])}
        for name, value in call.options:
            if name not in known:
                near = next(iter(get_close_matches(name, sorted(known), n=1)), "")
                yield Finding(_place(written, value, back=len(name) + 1), name, near)


def _place(written: Written, node: Node, back: int = 0) -> Place:
    """Where a part of an expression stands; an expression stands on one line."""
    place = written.place
    return Place(place.path, place.line, place.column + max(0, node.span[0] - back))
