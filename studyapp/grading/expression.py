"""Formulas: equal on the declared domains, wrong in a way that can be named, or different at a point that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from studyapp.domain.expression import Call, Name, Number, walk
from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.domain.words import Words
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.deciding import Decision, Domain, State, compare
from studyapp.engine.equivalence.forms import has_form
from studyapp.engine.equivalence.setting import Formula
from studyapp.grading.amounts import shown
from studyapp.grading.formulas import Prepared, prepared
from studyapp.grading.restriction import asked_otherwise
from studyapp.grading.saying import asked_back, known, unreadable
from studyapp.grading.slip_texts import formula_text, slip_verdict
from studyapp.language import read_answer, to_text

FEWEST_DIGITS, MOST_DIGITS = 3, 12
"""Digits with which two values are shown: as many as tell them apart, where it is not more than can be compared."""
COORDINATE_DIGITS = 6


def grade_expression(key: ExpressionKey, answer: str, mistakes: Sequence[KnownMistake], words: Words) -> Verdict:
    """The verdict on a typed formula."""
    ready = prepared(key)
    if isinstance(ready, str):
        return Verdict(Outcome.UNDECIDED, detail=ready, message=words.grading.undecided)
    node = read_answer(answer, ready.vocabulary)
    if isinstance(node, Unreadable):
        return unreadable(node, answer, words)
    reading = to_text(node)
    otherwise = asked_otherwise(key, node, reading, words)
    if otherwise is not None:
        return otherwise
    try:
        typed = Formula(node, ready.reference.setting)
    except Problem:
        return Verdict(Outcome.UNDECIDED, message=words.grading.undecided, reading=reading)
    decision = compare(ready.reference, typed)
    match decision.state:
        case State.EQUAL:
            return _equal(key, ready, typed, decision, words, reading)
        case State.DIFFERENT:
            return _different(ready, typed, decision, mistakes, words, reading)
        case _ if decision.domain == Domain.ANSWER_NOWHERE:
            return asked_back(words.grading.undefined, "undefined", reading)
        case _:
            return Verdict(Outcome.UNDECIDED, message=words.grading.undecided, reading=reading)


def _equal(
    key: ExpressionKey, ready: Prepared, typed: Formula, decision: Decision, words: Words, reading: str
) -> Verdict:
    if key.form and not has_form(typed.source, key.form, ready.reference.source):
        return Verdict(Outcome.ROUNDING, None, key.form, words.grading.form(key.form), reading)
    note = words.grading.wider if decision.domain == Domain.KEY_UNDEFINED else ""
    return Verdict(Outcome.CORRECT, message=note, reading=reading)


def _different(
    ready: Prepared,
    typed: Formula,
    decision: Decision,
    mistakes: Sequence[KnownMistake],
    words: Words,
    reading: str,
) -> Verdict:
    for mistake in mistakes:
        foreseen = ready.foreseen(mistake.answer)
        if foreseen is not None and compare(foreseen, typed).state == State.EQUAL:
            return known(mistake, reading)
    if ready.diagnosis.has_rounded_coefficient(typed):
        return Verdict(Outcome.WRONG, message=words.grading.rounded_coefficient, reading=reading)
    slip = ready.diagnosis.slip_behind(typed)
    if slip is not None:
        return slip_verdict(slip, words, reading)
    return Verdict(Outcome.WRONG, message=_counter_example(ready.reference, typed, decision, words), reading=reading)


def _counter_example(reference: Formula, typed: Formula, decision: Decision, words: Words) -> str:
    """A point at which the answer is not the key, with all that the two values depend on."""
    said, parts = words.grading, [*walk(reference.source), *walk(typed.source)]
    calls = dict.fromkeys(part.function for part in parts if isinstance(part, Call))
    if left_open := [name for name in calls if name in reference.setting.functions]:
        return said.differs_for_some(left_open)
    if decision.key is None:
        return ""
    values = reference.setting.values_at(decision.point)
    names = dict.fromkeys(part.name for part in parts if isinstance(part, Name) and part.name in values)
    known_values = [(name, value) for name in names if (value := values[name]) is not None]
    place = [said.coordinate_of(formula_text(Name(name)), *_rounded(value)) for name, value in known_values]
    if decision.answer is None:
        return said.has_no_value(place, shown(decision.key, FEWEST_DIGITS))
    digits = FEWEST_DIGITS
    while digits < MOST_DIGITS and shown(decision.answer, digits) == shown(decision.key, digits):
        digits += 1
    if shown(decision.answer, digits) == shown(decision.key, digits):
        gap = Decimal(shown(abs(decision.answer - decision.key), FEWEST_DIGITS))
        return said.differs_by(place, formula_text(Number(gap)))
    return said.differs_at(place, shown(decision.answer, digits), shown(decision.key, digits))


def _rounded(value: Decimal) -> tuple[str, bool]:
    """A coordinate with six digits, and whether it has more."""
    text = shown(value, COORDINATE_DIGITS)
    return text, Decimal(text) != value
