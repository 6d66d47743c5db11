"""Steps of a derivation: each graded on what it means, an error carried forward where a step builds upon it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from studyapp.domain.expression import Node, names_in
from studyapp.domain.question import (
    CONDITIONS,
    AnswerKey,
    ChoiceKey,
    CodeKey,
    ExpressionKey,
    KnownMistake,
    NumberKey,
    Question,
    Step,
    VectorKey,
)
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.equivalence.deciding import State, compare
from studyapp.engine.interpretation import exact_entries, exact_value, is_met
from studyapp.engine.rounding import Precision
from studyapp.grading import grade
from studyapp.grading.amounts import Amount, amount, exactly, is_correct
from studyapp.grading.expression import SEPARATOR, named_in_question
from studyapp.grading.formulas import Prepared, prepared, read_for
from studyapp.grading.labels import labels_of
from studyapp.grading.verdicts import ask_again
from studyapp.language import read_number, read_strict, to_text

BY_EARLIER_STEPS = Text(
    ja="手順 {steps} での誤りを引き継いだ式としては、この手順は正しくできています。",
    en="Right, given what you found in step {steps}.",
)
LINES_MISSING = Text(
    ja="手順は {count} 個あります。1 行に一つずつ答えてください。",
    en="There are {count} steps; give one answer a line.",
)

CARRIED = "carried"  # the detail of a verdict that is right by an earlier answer only
Wrong = dict[int, str]  # earlier answers that are wrong, in a form that can be put in, by the place of their step


def grade_plain(question: Question, answer: str) -> Verdict:
    """The verdict on the answer to a question without steps."""
    return _graded(question.key, answer, question.mistakes, "\n".join((question.prompt, *question.hints)))


def _graded(key: AnswerKey, answer: str, mistakes: Sequence[KnownMistake], text: str) -> Verdict:
    verdict = grade(key, answer, mistakes)
    return named_in_question(verdict, key, text, answer) if isinstance(key, ExpressionKey) else verdict


def grade_derivation(question: Question, answer: str) -> Verdict:
    """The verdict on all steps at once, one answer a line: the first that is not right, else right."""
    lines = answer.strip().splitlines()
    if len(lines) != len(question.steps):
        return ask_again(LINES_MISSING(count=len(question.steps)), "lines")
    verdict = Verdict(Outcome.CORRECT)
    for number, line in enumerate(lines):
        verdict = grade_step(question, number, line, lines[:number])
        if verdict.outcome != Outcome.CORRECT:
            break
    return verdict


def grade_step(question: Question, number: int, answer: str, earlier: Sequence[str]) -> Verdict:
    """The verdict on one step (from 0); `earlier` are the answers to the steps before, empty where one was shown."""
    step = question.steps[number]
    text = "\n".join((question.prompt, step.ask, *step.hints))
    verdict = _graded(step.key, answer, step.mistakes, text)
    if verdict.outcome != Outcome.WRONG:
        return verdict
    match step.key:
        case ExpressionKey() as key:
            carried = _carried_formula(step, key, question.steps[:number], earlier, answer)
        case NumberKey() as key:
            carried = _carried_number(question, step, key, earlier[:number], answer)
        case VectorKey() | ChoiceKey() as key:
            carried = _carried_values(question, step, key, earlier[:number], answer)
        case CodeKey() as key:
            carried = _carried_code(key, question.steps[:number], earlier, answer)
        case _:
            carried = None
    if carried is None:
        return verdict
    if not carried:
        return replace(verdict, outcome=Outcome.CORRECT, mistake=None, detail="", message="")
    sentence = BY_EARLIER_STEPS(steps=SEPARATOR().join(_name(question, place) for place in carried))
    return Verdict(Outcome.CORRECT, None, CARRIED, sentence, verdict.reading)


def _name(question: Question, place: int) -> str:
    return question.steps[place].label or str(place + 1)


def _carried_formula(
    step: Step, key: ExpressionKey, steps: Sequence[Step], typed: Sequence[str], answer: str
) -> tuple[int, ...] | None:
    """The places of the wrong earlier answers by which a formula is right; None where it is not."""
    wrong, read = _wrong_formulas(steps, typed), read_for(key, answer)
    if read is None:
        return None
    right = {step.name: step.key.reference for step in steps if step.name and isinstance(step.key, ExpressionKey)}
    right |= {step.name: step.key.exact for step in steps if step.name and isinstance(step.key, NumberKey)}
    for places in _ways(wrong):
        given = {**key.given, **right, **{steps[place].name: wrong[place] for place in places}}
        carried = prepared(replace(key, reference=step.relation, given=given))
        if not isinstance(carried, str) and not _is_constant(carried) and _equals(read[1], carried):
            return places
    return None


def _equals(node: Node, ready: Prepared) -> bool:
    typed = ready.formula(node)
    return typed is not None and compare(ready.reference, typed).state == State.EQUAL


def _wrong_formulas(steps: Sequence[Step], typed: Sequence[str]) -> Wrong:
    wrong: Wrong = {}
    for place, (step, text) in enumerate(zip(steps, typed, strict=False)):
        if isinstance(step.key, NumberKey) and (number := _typed_number(step.key, text)) and number.value:
            exact = exactly(step.key.exact)
            if exact is not None and number.value != exact:  # a rounded one, too, is what a learner goes on with
                wrong[place] = str(number.value)
        if not text.strip() or not step.name or not isinstance(step.key, ExpressionKey):
            continue
        read = read_for(step.key, text)
        if read is None or (step.key.using and names_in(read[1]) - set(step.key.using)):
            continue
        ready, node = read
        if not _equals(node, ready) and _free(node, ready) & _free(ready.reference.source, ready):
            wrong[place] = to_text(node)
    return wrong


def _free(node: Node, ready: Prepared) -> frozenset[str]:
    """The symbols that a formula depends on in the end, through every relation."""
    given = ready.reference.setting.written
    names, waiting = set[str](), set(names_in(node))
    while waiting:
        name = waiting.pop()
        names.add(name)
        waiting |= (names_in(given[name]) if name in given else frozenset()) - names
    return frozenset(names - given.keys())


def _is_constant(ready: Prepared) -> bool:
    values = ready.reference.values[ready.reference.defined]
    return len(values) == 0 or bool(abs(values - values[0]).max() <= 1e-12 * (1 + abs(values[0])))


def _ways(wrong: Mapping[int, object]) -> Iterator[tuple[int, ...]]:
    if wrong:
        yield from dict.fromkeys((tuple(wrong), *((place,) for place in wrong)))


def _carried_number(
    question: Question, step: Step, key: NumberKey, typed: Sequence[str], answer: str
) -> tuple[int, ...] | None:
    """The same for a number; an empty tuple where it is right by earlier answers that are right, but rounded."""
    relation, number = read_strict(step.relation), _typed_number(key, answer)
    if isinstance(relation, Unreadable) or number is None:
        return None
    right, rounded, wrong = _earlier_numbers(question, typed)
    for places in (*_ways(wrong), ()):
        chosen = {question.steps[place].name: wrong[place] for place in places}
        for values in ({**right, **rounded, **chosen}, {**right, **chosen}):
            value = exact_value(relation, values)
            if value and is_correct(number.value, value, Precision.of(key)):
                return places
    return None


def _carried_values(
    question: Question, step: Step, key: VectorKey | ChoiceKey, typed: Sequence[str], answer: str
) -> tuple[int, ...] | None:
    """The same for a vector, and for a choice whose conditions depend on earlier numbers."""
    right, rounded, wrong = _earlier_numbers(question, typed)
    for places in (*_ways(wrong), ()):
        chosen = {question.steps[place].name: wrong[place] for place in places}
        carried = _key_for(key, step.relation, {**right, **rounded, **chosen})
        if carried is not None and grade(carried, answer, ()).outcome == Outcome.CORRECT:
            return places
    return None


def _key_for(key: VectorKey | ChoiceKey, relation: str, values: dict[str, Fraction]) -> AnswerKey | None:
    """The key that would be right with other numbers; None where there is none."""
    if isinstance(key, ChoiceKey):
        conditions = [read_strict(text) for text in relation.split(CONDITIONS)]
        readable = [node for node in conditions if not isinstance(node, Unreadable)]
        labels = labels_of(key)
        if len(readable) != len(labels):
            return None
        right = tuple(label for label, node in zip(labels, readable, strict=True) if is_met(node, values))
        return replace(key, right=right) if right else None
    node = read_strict(relation)
    entries = None if isinstance(node, Unreadable) else exact_entries(node, values)
    return None if entries is None or len(entries) != len(key.exact) else replace(key, exact=tuple(map(str, entries)))


def _carried_code(key: CodeKey, steps: Sequence[Step], typed: Sequence[str], answer: str) -> tuple[int, ...] | None:
    """The same for code, where it builds upon code that is wrong."""
    wrong = {
        place: text
        for place, (step, text) in enumerate(zip(steps, typed, strict=False))
        if step.name in key.given
        and isinstance(step.key, CodeKey)
        and grade(step.key, text, ()).outcome is Outcome.WRONG
    }
    for places in _ways(wrong):
        given = {**key.given, **{steps[place].name: wrong[place] for place in places}}
        if grade(replace(key, given=given), answer, ()).outcome is Outcome.CORRECT:
            return places
    return None


def _typed_number(key: NumberKey, answer: str) -> Amount | None:
    node = read_number(answer, integer=key.is_exact, unit=key.unit)
    return None if isinstance(node, Unreadable) else amount(node)


def _earlier_numbers(
    question: Question, typed: Sequence[str]
) -> tuple[dict[str, Fraction], dict[str, Fraction], dict[int, Fraction]]:
    """The numbers of the question with the exact results; right results as typed; wrong ones that are not 0."""
    numbers = (question.network or {}).get("numbers") or question.values
    right = {name: Fraction(Decimal(str(value))) for name, value in numbers.items() if isinstance(value, int | float)}
    rounded: dict[str, Fraction] = {}
    wrong: dict[int, Fraction] = {}
    for place, step in enumerate(question.steps):
        if not isinstance(step.key, NumberKey) or not step.name or (exact := exactly(step.key.exact)) is None:
            continue
        right[step.name] = exact
        number = _typed_number(step.key, typed[place]) if place < len(typed) else None
        if number is not None and is_correct(number.value, exact, Precision.of(step.key)):
            rounded[step.name] = number.value
        elif number is not None and number.value:
            wrong[place] = number.value
    return right, rounded, wrong
