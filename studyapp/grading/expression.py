"""Formulas: equal on the declared domains, wrong in a way that can be named, or different at a point that is shown."""

import re
from collections.abc import Sequence
from decimal import Decimal

from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, children, names_in, walk
from studyapp.domain.network import families
from studyapp.domain.question import AnswerKey, ExpressionKey, KnownMistake
from studyapp.domain.shapes import dimensions_in, reserved_names, shapes_of
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.algebras.trees import ONE, ZERO
from studyapp.engine.equivalence.deciding import Decision, Domain, State, compare
from studyapp.engine.equivalence.setting import Formula
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.rewriting import size
from studyapp.engine.rounding import significant_text
from studyapp.grading import verdicts
from studyapp.grading.formulas import Prepared, prepared
from studyapp.language import read_answer, to_text
from studyapp.language.formulas import read_formula
from studyapp.language.names import SPELT, spelt

FORMS = {
    "simplified": Text(
        ja="値は等しいですが、まだ簡単にできます。整理した形で答えてください。",
        en="The value is equal, but it can be made simpler. Give it in simplified form.",
    ),
    "factored": Text(
        ja="値は等しいですが、因数分解した形(積の形)で答えてください。",
        en="The value is equal, but a product was asked for. Give it in factored form.",
    ),
    "fraction": Text(
        ja="値は等しいですが、ひとつの分数の形で答えてください。",
        en="The value is equal, but a single fraction was asked for.",
    ),
}
COUNTER_EXAMPLE = Text(ja="あなたの式は {answer}、正答は {key} になります。", en="yours gives {answer}, the key {key}.")
ANSWER_UNDEFINED = Text(ja="あなたの式は値をもちません(正答は {key})。", en="yours has no value (the key gives {key}).")
GAP = Text(ja="あなたの式の値は、正答と {gap} だけ違います。", en="yours differs from the key by {gap}.")
POINT = Text(ja="{place} では、", en="At {place} ")
COORDINATE = Text(ja="{name} = {value}", en="{name} = {value}")
ROUNDED_COORDINATE = Text(ja="{name} ≈ {value}", en="{name} ≈ {value}")
OPEN_FUNCTIONS = Text(
    ja="{functions} の選び方によっては、正答と違う値になります。",
    en="For some choices of {functions} this differs from the key.",
)
ROUNDED_COEFFICIENT = Text(
    ja="係数が丸められています。分数などを使って、正確な値で書いてください。",
    en="The coefficient is rounded. Write it exactly, for example as a fraction.",
)
WIDER = Text(
    ja="この式は、正答の式が値をもたないところでも値をもちます。", en="Yours has a value even where the key has none."
)
USING = Text(ja="{found} を使わず、{using} だけで表してください。", en="Write it in {using} alone, without {found}.")
DERIVATIVE_LEFT = Text(
    ja="{found} のままにせず、微分した式で書いてください。", en="Carry out {found}: write the derivative itself."
)
IN_QUESTION = Text(
    ja="{found} は問題文の名前ですが、答えには使えません。{names} で表してください。",
    en="{found} is a name of the question, but the answer must be in terms of {names}.",
)
SEPARATOR = Text(ja="、", en=", ")
SPARE = 3  # nodes that a simplified formula may have more than the reference
FEWEST_DIGITS, MOST_DIGITS = 3, 12
"""Digits with which two values are shown: as many as tell them apart, where it is not more than can be compared."""
COORDINATE_DIGITS = 6
_FORMULA = re.compile(r"\$+([^$]+)\$+")
_LETTER = re.compile(r"\\([A-Za-z]+)|([^\W\d_])")
LONGEST_PRODUCT = 3  # letters of a word that may be a product of names: `uv`


def grade_expression(key: ExpressionKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed formula."""
    ready = prepared(key)
    if isinstance(ready, str):
        return verdicts.undecided(detail=ready)
    node = read_answer(answer, ready.vocabulary)
    if isinstance(node, Unreadable):
        return verdicts.unreadable(node, answer)
    reading = to_text(node)
    if sentence_and_code := restricted(key, node):
        return verdicts.ask_again(*sentence_and_code, reading)
    typed = ready.formula(node)
    if typed is None:
        return verdicts.undecided(reading)
    decision = compare(ready.reference, typed)
    match decision.state:
        case State.EQUAL if key.form and not has_form(typed.source, key.form, ready.reference.source):
            return Verdict(Outcome.ROUNDING, None, key.form, FORMS[key.form](), reading)
        case State.EQUAL:
            note = WIDER() if decision.domain == Domain.KEY_UNDEFINED else ""
            return Verdict(Outcome.CORRECT, message=note, reading=reading)
        case State.DIFFERENT:
            return _different(ready, typed, decision, mistakes, reading)
        case _ if decision.domain == Domain.ANSWER_NOWHERE:
            return verdicts.ask_again(verdicts.UNDEFINED(), "undefined", reading)
        case _:
            return verdicts.undecided(reading)


def restricted(key: ExpressionKey, node: Node) -> tuple[str, str] | None:
    """Why an answer is not in the symbols that are asked for, or leaves `f'(u)` where f is known, with the code."""
    if not key.using:
        return None
    for part in walk(node):
        if isinstance(part, Call) and part.primes and part.function not in key.functions:
            return DERIVATIVE_LEFT(found=to_text(part)), "derivative-left"
    reserved = reserved_names(dimensions_in(shapes_of(key.symbols).values()))
    beyond = sorted(names_in(node) - {*key.using, *CONSTANTS, *reserved})
    if beyond:
        return USING(found=", ".join(beyond), using=", ".join(families(key.using))), "using"
    return None


def _different(
    ready: Prepared, typed: Formula, decision: Decision, mistakes: Sequence[KnownMistake], reading: str
) -> Verdict:
    for mistake in mistakes:
        formula = ready.foreseen(mistake.answer)
        if formula is not None and compare(formula, typed).state == State.EQUAL:
            return verdicts.foreseen(mistake, reading)
    if ready.diagnosis.has_rounded_coefficient(typed):
        return Verdict(Outcome.WRONG, message=ROUNDED_COEFFICIENT(), reading=reading)
    slip = ready.diagnosis.slip_behind(typed)
    if slip is not None:
        return verdicts.slip_verdict(slip, reading)
    return Verdict(Outcome.WRONG, message=counter_example(ready.reference, typed, decision), reading=reading)


def refutation(key: AnswerKey, answer: str) -> str:
    """Where a typed formula differs from the key, and both values there; empty where that cannot be shown."""
    ready = prepared(key) if isinstance(key, ExpressionKey) else ""
    if isinstance(ready, str):
        return ""
    node = read_answer(answer, ready.vocabulary)
    typed = None if isinstance(node, Unreadable) else ready.formula(node)
    decision = None if typed is None else compare(ready.reference, typed)
    if typed is None or decision is None or decision.state != State.DIFFERENT:
        return ""
    return counter_example(ready.reference, typed, decision)


def counter_example(reference: Formula, typed: Formula, decision: Decision) -> str:
    """A point at which the answer is not the key, with all that the two values depend on."""
    parts = [*walk(reference.source), *walk(typed.source)]
    calls = dict.fromkeys(part.function for part in parts if isinstance(part, Call))
    if left_open := [name for name in calls if name in reference.setting.functions]:
        return OPEN_FUNCTIONS(functions=SEPARATOR().join(left_open))
    if decision.key is None:
        return ""
    values = reference.setting.values_at(decision.point)
    names = dict.fromkeys(part.name for part in parts if isinstance(part, Name) and part.name in values)
    point = [
        _coordinate(verdicts.formula_text(Name(name)), value) for name in names if (value := values[name]) is not None
    ]
    if decision.answer is None:
        return _at_point(point, ANSWER_UNDEFINED(key=significant_text(decision.key, FEWEST_DIGITS)))
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        answer, key = significant_text(decision.answer, digits), significant_text(decision.key, digits)
        if answer != key:
            return _at_point(point, COUNTER_EXAMPLE(answer=answer, key=key))
    gap = Decimal(significant_text(abs(decision.answer - decision.key), FEWEST_DIGITS))
    return _at_point(point, GAP(gap=verdicts.formula_text(Number(gap))))


def _coordinate(name: str, value: Decimal) -> str:
    text = significant_text(value, COORDINATE_DIGITS)
    return (COORDINATE if Decimal(text) == value else ROUNDED_COORDINATE)(name=name, value=text)


def _at_point(point: list[str], sentence: str) -> str:
    return POINT(place=", ".join(point)) + sentence if point else sentence[:1].upper() + sentence[1:]


def named_in_question(verdict: Verdict, key: ExpressionKey, text: str, answer: str) -> Verdict:
    """The verdict; of an unknown name from the question's text, the names to use in its place are listed."""
    if verdict.outcome != Outcome.UNREADABLE or verdict.detail not in {"unknown-name", "wrong-case"}:
        return verdict
    refusal = read_formula(key, answer)
    if not isinstance(refusal, Unreadable):
        return verdict
    letters = _letters(refusal.found)
    mentioned = {letter for formula in _FORMULA.findall(text) for letter in _letters(formula)}
    if not letters or len(letters) > LONGEST_PRODUCT or not set(letters) <= mentioned:
        return verdict
    names = families(key.using or (*key.symbols, *key.given))
    sentence = IN_QUESTION(found=refusal.found, names=SEPARATOR().join(names))
    return verdicts.ask_again(f"{sentence}\n{verdicts.pointed(answer, refusal)}", "question-name")


def _letters(text: str) -> list[str]:
    """The letters of a formula, Greek ones by name; words of TeX such as `frac` are none."""
    letters = [spelt(command or letter) for command, letter in _LETTER.findall(text)]
    return [letter for letter in letters if len(letter) == 1 or letter in SPELT]


def has_form(node: Node, form: str, reference: Node) -> bool:
    """Whether a formula equal to the reference has the form that was asked for."""
    while form != "simplified" and isinstance(node, Negate):
        node = node.operand
    match form:
        case "factored":
            is_sum = isinstance(node, Binary) and node.operator in "+-"
            return not is_sum and _factors(node) >= max(1, _factors(reference))
        case "fraction":
            is_fraction = isinstance(node, Binary) and node.operator == "/"
            return is_fraction and not any(map(_has_bar, children(node)))
        case _:
            return size(node) <= size(reference) + SPARE and not any(map(_is_idle, walk(node)))


def _factors(node: Node) -> int:
    """How many factors with symbols a product has; a whole power counts as that many."""
    match node:
        case Number():
            return 0
        case Negate(operand):
            return _factors(operand)
        case Binary("*" | "/", left, right):
            return _factors(left) + _factors(right)
        case Binary("**", base, Number(exponent)) if exponent == int(exponent) and 0 < exponent < 100:
            return _factors(base) * int(exponent)
        case _:
            return 1


def _has_bar(node: Node) -> bool:
    """Whether a fraction bar is part of it; arguments of functions may have their own."""
    match node:
        case Call():
            return False
        case Binary("/", _, _) | Binary("**", _, Negate()):
            return True
        case _:
            return any(map(_has_bar, children(node)))


def _is_idle(node: Node) -> bool:
    """What could be left out or worked out at sight: `2*3`, `1*x`, `x + 0`, `x - x`, `x/x`, `x*x`, two minus signs."""
    match node:
        case Binary(operator, Number(), Number()):
            return operator != "/"
        case Binary("**", _, _):
            return False
        case Binary("/", left, right):
            return right in (left, ONE)
        case Binary(operator, left, right):
            idle = (ZERO, ONE) if operator == "*" else (ZERO,)
            return left == right or left in idle or right in idle
        case _:
            return isinstance(node, Negate) and isinstance(node.operand, Negate)
