"""A question as an exam asks it: every part among options, wrong ones being slips that grading calls wrong."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from random import Random

from studyapp.domain.question import (
    EXAM_OPTIONS,
    KINDS,
    AnswerKey,
    ChoiceKey,
    CodeKey,
    ExamPart,
    ExamQuestion,
    ExpressionKey,
    NumberKey,
    OrderKey,
    Question,
    Step,
    TermKey,
)
from studyapp.engine.code.comparison import reference_of
from studyapp.engine.code.slips import text_of
from studyapp.language.code import read_code
from studyapp.language.formulas import key_tex

Grader = Callable[[str, int | None], bool]
"""Whether an answer to the question, or to a step of it, is wrong beyond doubt."""
LABELS = "abcdefgh"
MOST_TRIED = 20  # wrong answers of a part that are graded before it is given up
JOINED = " → "
APPROXIMATE = "\\approx"


def offered(question: Question, is_wrong: Grader, keys: Callable[[], Sequence[str]]) -> ExamQuestion:
    """The exam form of a question; `keys` are those of other drawings: options have signs that a key can have."""
    parts: tuple[ExamPart | None, ...]
    if question.steps:
        parts = tuple(_part(question, number, is_wrong) for number in range(len(question.steps)))
    elif question.network is not None:
        parts = (None,)
    else:
        parts = (_plain(question, keys),)
    return ExamQuestion(question, tuple(part for part in parts if part is not None))


def _plain(question: Question, keys: Callable[[], Sequence[str]]) -> ExamPart | None:
    match question.key:
        case ChoiceKey(_, right, several):
            options = tuple((option.label, option.text) for option in question.options)
            slips = tuple((mistake.answer, mistake.name) for mistake in question.mistakes)
            number = _is_numeric(list(question.values.values()))
            calculator = number and APPROXIMATE in question.solution
        case NumberKey() as key:
            wrong = [(answer, name) for answer, name in question.slips.items()]
            positive = [(answer, name) for answer, name in wrong if not answer.startswith("-")]
            if len(positive) < len(wrong) and not any(drawn.startswith("-") for drawn in (question.answer, *keys())):
                wrong = positive
            if len(wrong) < EXAM_OPTIONS - 1:
                return None
            options, right, slips = _shuffled(question.answer, wrong, f"{question.exercise}:{question.seed}:exam")
            several, number, calculator = False, True, _is_rounded(key, question.answer)
        case _:
            return None
    return ExamPart(
        ask="",
        kind=question.kind,
        skill=question.skill,
        options=options,
        right=right,
        several=several,
        mistakes=slips,
        solution=question.solution,
        needs_number=number,
        needs_calculator=calculator,
    )


def _shuffled(
    answer: str, wrong: Sequence[tuple[str, str]], lots: str
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The options of a key and of some wrong answers with the names of their slips; the right labels; the slips."""
    chance = Random(lots)
    order = [*chance.sample(list(wrong), EXAM_OPTIONS - 1), (answer, "")]
    chance.shuffle(order)
    labelled = list(zip(LABELS, order, strict=False))
    return (
        tuple((label, text) for label, (text, _) in labelled),
        tuple(label for label, (text, _) in labelled if text == answer),
        tuple((label, name) for label, (_, name) in labelled if name),
    )


def _is_numeric(values: object) -> bool:
    if isinstance(values, dict | list | tuple):
        return any(map(_is_numeric, values.values() if isinstance(values, dict) else values))
    return isinstance(values, int | float) and not isinstance(values, bool)


def _is_rounded(key: NumberKey, answer: str) -> bool:
    return Decimal(key.exact) != Decimal(answer)


def _part(question: Question, number: int, is_wrong: Grader) -> ExamPart | None:
    step = question.steps[number]
    several = False
    match step.key:
        case ChoiceKey(_, right, several):
            options = tuple((option.label, option.text) for option in step.options)
            slips: tuple[tuple[str, str], ...] = ()
        case key:
            tried = itertools.islice(_wrong_answers(question, number), MOST_TRIED)
            wrong: dict[str, str] = {}
            for answer, name in tried:
                shown = _shown(step, answer)
                if shown and shown not in wrong and shown != _shown(step, step.answer) and is_wrong(answer, number):
                    wrong[shown] = name
                if len(wrong) >= EXAM_OPTIONS:
                    break
            if len(wrong) < EXAM_OPTIONS - 1:
                return None
            lots = f"{question.exercise}:{question.seed}:{number}:exam"
            options, right, slips = _shuffled(_shown(step, step.answer), list(wrong.items()), lots)
    key = step.key
    return ExamPart(
        ask=step.ask,
        kind=KINDS[type(key)],
        skill=step.skill,
        options=options,
        right=right,
        several=several,
        mistakes=slips,
        solution=step.solution or question.solution,
        needs_number=isinstance(key, NumberKey),
        needs_calculator=isinstance(key, NumberKey) and _is_rounded(key, step.answer),
    )


def _wrong_answers(question: Question, number: int) -> Iterator[tuple[str, str]]:
    """What may stand beside the key of a part, with the names of slips: the likeliest first."""
    step = question.steps[number]
    yield from ((mistake.answer, mistake.name) for mistake in step.mistakes)
    match step.key:
        case OrderKey(right):
            yield from ((" ".join(order), "position") for order in itertools.permutations(right) if order != right)
        case TermKey(_, refuse):
            yield from ((term, "") for term in refuse)
        case CodeKey() as key:
            ready = reference_of(key, read_code)
            if not isinstance(ready, str):
                yield from ((text_of(slip.tree), slip.name) for slip, _ in ready.slips)
        case NumberKey() | ExpressionKey():
            others = [other for other in question.steps if other is not step and type(other.key) is type(step.key)]
            yield from ((other.answer, "") for other in others)
            yield from ((mistake.answer, "") for other in others for mistake in other.mistakes)
            yield from _other_amounts(step.key, step.answer)


def _other_amounts(key: AnswerKey, answer: str) -> Iterator[tuple[str, str]]:
    if isinstance(key, NumberKey):
        value, place = Decimal(answer), Decimal(answer).as_tuple().exponent
        unit = Decimal(1).scaleb(int(place))
        for name, other in (("factor", 2 * value), ("factor", value / 2), ("sign", -value)):
            yield str(other.quantize(unit)), name
    else:
        yield f"-({answer})", "sign"
        yield f"2*({answer})", "factor"
        yield f"({answer})^T", "transposed"  # what cannot be read is not called wrong
        yield f"1/({answer})", "reciprocal"
        yield f"1 - ({answer})", "complement"


def _shown(step: Step, answer: str) -> str:
    """An answer as an option shows it, in Markdown."""
    match step.key:
        case ExpressionKey() as key:
            tex = key_tex(key, answer)
            return f"${tex}$" if tex is not None else ""
        case CodeKey():
            return f"`{answer}`"
        case OrderKey():
            texts = {option.label: option.text for option in step.options}
            return JOINED.join(texts[label] for label in answer.split())
        case _:
            return answer
