"""Formulas: equal on the declared domains, wrong in a way that can be named, or different at a point that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from studyapp.domain.expression import Call, Name, Number, walk
from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.deciding import Decision, Domain, State, compare
from studyapp.engine.equivalence.forms import has_form
from studyapp.engine.equivalence.setting import Formula
from studyapp.grading.amounts import shown
from studyapp.grading.formulas import Prepared, prepared
from studyapp.grading.restriction import SEPARATOR, asked_otherwise
from studyapp.grading.saying import UNDECIDED, UNDEFINED, asked_back, known, unreadable
from studyapp.grading.slip_texts import formula_text, slip_verdict
from studyapp.language import read_answer, to_text

FORM_SIMPLIFIED = Text(
    ja="値は等しいですが、まだ簡単にできます。整理した形で答えてください。",
    en="The value is equal, but it can be made simpler. Give it in simplified form.",
)
FORM_FACTORED = Text(
    ja="値は等しいですが、因数分解した形(積の形)で答えてください。",
    en="The value is equal, but a product was asked for. Give it in factored form.",
)
FORM_FRACTION = Text(
    ja="値は等しいですが、ひとつの分数の形で答えてください。",
    en="The value is equal, but a single fraction was asked for.",
)
COUNTER_EXAMPLE = Text(ja="あなたの式は {answer}、正解は {key} になります。", en="yours gives {answer}, the key {key}.")
ANSWER_UNDEFINED = Text(ja="あなたの式は値をもちません(正解は {key})。", en="yours has no value (the key gives {key}).")
GAP = Text(ja="あなたの式の値は、正解と {gap} だけ違います。", en="yours differs from the key by {gap}.")
POINT = Text(ja="{place} では、", en="At {place} ")
COORDINATE = Text(ja="{name} = {value}", en="{name} = {value}")
ROUNDED_COORDINATE = Text(ja="{name} ≈ {value}", en="{name} ≈ {value}")
OPEN_FUNCTIONS = Text(
    ja="{functions} の選び方によっては、正解と違う値になります。",
    en="For some choices of {functions} this differs from the key.",
)
ROUNDED_COEFFICIENT = Text(
    ja="係数が丸められています。分数などを使って、正確な値で書いてください。",
    en="The coefficient is rounded. Write it exactly, for example as a fraction.",
)
WIDER = Text(
    ja="この式は、正解の式が値をもたないところでも値をもちます。",
    en="Yours has a value even where the key has none.",
)

FEWEST_DIGITS, MOST_DIGITS = 3, 12
"""Digits with which two values are shown: as many as tell them apart, where it is not more than can be compared."""
COORDINATE_DIGITS = 6


def grade_expression(key: ExpressionKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed formula."""
    ready = prepared(key)
    if isinstance(ready, str):
        return Verdict(Outcome.UNDECIDED, detail=ready, message=UNDECIDED())
    node = read_answer(answer, ready.vocabulary)
    if isinstance(node, Unreadable):
        return unreadable(node, answer)
    reading = to_text(node)
    otherwise = asked_otherwise(key, node, reading)
    if otherwise is not None:
        return otherwise
    try:
        typed = Formula(node, ready.reference.setting)
    except Problem:
        return Verdict(Outcome.UNDECIDED, message=UNDECIDED(), reading=reading)
    decision = compare(ready.reference, typed)
    match decision.state:
        case State.EQUAL:
            return _equal(key, ready, typed, decision, reading)
        case State.DIFFERENT:
            return _different(ready, typed, decision, mistakes, reading)
        case _ if decision.domain == Domain.ANSWER_NOWHERE:
            return asked_back(UNDEFINED(), "undefined", reading)
        case _:
            return Verdict(Outcome.UNDECIDED, message=UNDECIDED(), reading=reading)


def _equal(key: ExpressionKey, ready: Prepared, typed: Formula, decision: Decision, reading: str) -> Verdict:
    if key.form and not has_form(typed.source, key.form, ready.reference.source):
        return Verdict(Outcome.ROUNDING, None, key.form, _form(key.form), reading)
    note = WIDER() if decision.domain == Domain.KEY_UNDEFINED else ""
    return Verdict(Outcome.CORRECT, message=note, reading=reading)


def _different(
    ready: Prepared, typed: Formula, decision: Decision, mistakes: Sequence[KnownMistake], reading: str
) -> Verdict:
    for mistake in mistakes:
        foreseen = ready.foreseen(mistake.answer)
        if foreseen is not None and compare(foreseen, typed).state == State.EQUAL:
            return known(mistake, reading)
    if ready.diagnosis.has_rounded_coefficient(typed):
        return Verdict(Outcome.WRONG, message=ROUNDED_COEFFICIENT(), reading=reading)
    slip = ready.diagnosis.slip_behind(typed)
    if slip is not None:
        return slip_verdict(slip, reading)
    return Verdict(Outcome.WRONG, message=_counter_example(ready.reference, typed, decision), reading=reading)


def _counter_example(reference: Formula, typed: Formula, decision: Decision) -> str:
    """A point at which the answer is not the key, with all that the two values depend on."""
    parts = [*walk(reference.source), *walk(typed.source)]
    calls = dict.fromkeys(part.function for part in parts if isinstance(part, Call))
    if left_open := [name for name in calls if name in reference.setting.functions]:
        return OPEN_FUNCTIONS(functions=SEPARATOR().join(left_open))
    if decision.key is None:
        return ""
    values = reference.setting.values_at(decision.point)
    names = dict.fromkeys(part.name for part in parts if isinstance(part, Name) and part.name in values)
    known_values = [(name, value) for name in names if (value := values[name]) is not None]
    place = [_coordinate(formula_text(Name(name)), value) for name, value in known_values]
    if decision.answer is None:
        return _at_point(place, ANSWER_UNDEFINED(key=shown(decision.key, FEWEST_DIGITS)))
    digits = FEWEST_DIGITS
    while digits < MOST_DIGITS and shown(decision.answer, digits) == shown(decision.key, digits):
        digits += 1
    if shown(decision.answer, digits) == shown(decision.key, digits):
        gap = Decimal(shown(abs(decision.answer - decision.key), FEWEST_DIGITS))
        return _at_point(place, GAP(gap=formula_text(Number(gap))))
    answer, key = shown(decision.answer, digits), shown(decision.key, digits)
    return _at_point(place, COUNTER_EXAMPLE(answer=answer, key=key))


def _form(form: str) -> str:
    """The value is right, but not in the form that was asked for."""
    return {"factored": FORM_FACTORED, "fraction": FORM_FRACTION}.get(form, FORM_SIMPLIFIED)()


def _coordinate(name: str, value: Decimal) -> str:
    """The value of one symbol at a point, with six digits."""
    text = shown(value, COORDINATE_DIGITS)
    return (COORDINATE if Decimal(text) == value else ROUNDED_COORDINATE)(name=name, value=text)


def _at_point(place: list[str], sentence: str) -> str:
    """A sentence about a point, which is named where it has coordinates."""
    return POINT(place=", ".join(place)) + sentence if place else sentence[:1].upper() + sentence[1:]
