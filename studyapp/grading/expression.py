"""Formulas: equal on the declared domains, wrong in a way that can be named, or different at a point that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from studyapp.domain.expression import names_in
from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.domain.words import Words
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.deciding.equivalence import Decision, Domain, State, compare
from studyapp.engine.deciding.forms import has_form
from studyapp.engine.deciding.setting import Formula
from studyapp.grading.amounts import shown
from studyapp.grading.formulas import Prepared, prepared
from studyapp.grading.restriction import asked_otherwise
from studyapp.grading.saying import asked_back, known, unreadable
from studyapp.grading.slip_texts import slip_verdict
from studyapp.language import read_answer, to_text

MOST_DIGITS = 40


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
    slip = ready.diagnosis.slip_behind(typed)
    if slip is not None:
        return slip_verdict(slip, words, reading)
    return Verdict(Outcome.WRONG, message=_counter_example(ready.reference, typed, decision, words), reading=reading)


def _counter_example(reference: Formula, typed: Formula, decision: Decision, words: Words) -> str:
    if decision.key is None:
        return ""
    names = names_in(reference.source) | names_in(typed.source)
    mentioned = [one for one in decision.point.items() if one[0] in names] or list(decision.point.items())
    point = [(name, shown(value, 6)) for name, value in mentioned]
    answer, key = _told_apart(decision.answer, decision.key)
    return words.grading.differs_at(point, answer, key)


def _told_apart(answer: Decimal | None, key: Decimal) -> tuple[str | None, str]:
    """Both values with the fewest digits, three at least, that show them to differ."""
    if answer is None:
        return None, shown(key, 3)
    digits = 3
    while digits < MOST_DIGITS and shown(answer, digits) == shown(key, digits):
        digits += 1
    return shown(answer, digits), shown(key, digits)
