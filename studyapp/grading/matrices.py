"""Formulas in matrix symbols: equal for matrices of every size, wrong in a way with a name, or of another shape."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from math import isfinite

from studyapp.domain.exercise import domain_of
from studyapp.domain.expression import Binary, Node, walk
from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.shapes import ONE, Shape, shape_text
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.equivalence.comparison import State
from studyapp.engine.matrices.deciding import Gap, MatrixFormula, compare, key_of
from studyapp.engine.matrices.slips import MatrixDiagnosis
from studyapp.engine.rounding import significant_text
from studyapp.grading.expression import restricted
from studyapp.grading.verdicts import UNDEFINED, ask_again, foreseen, slip_verdict, undecided, unreadable
from studyapp.language import to_text
from studyapp.language.matrices import Matrices, matrices_of, read_matrix

ENTRYWISE_POWER = Text(
    ja="正方でない行列とベクトルのべきは、成分ごとに計算しました。",
    en="The power of a vector, or of a matrix that is not square, was taken entry by entry.",
)
DIFFERS = Text(
    ja="たとえば {sizes} の行列では、あなたの式の{place}は {answer}、正解は {key} になります。",
    en="For some matrices with {sizes}, {place} of yours is {answer}, of the key {key}.",
)
VALUELESS = Text(
    ja="たとえば {sizes} の行列で、あなたの式の{place}は値をもちません。",
    en="For some matrices with {sizes}, {place} of yours has no value.",
)
WHOLE, ENTRY = Text(ja="値", en="the value"), Text(ja="({place}) 成分", en="entry ({place})")
SHAPES = Text(
    ja="答えの形は {answer} ですが、求めるのは {key} です。",
    en="The shape is wrong: the answer is {answer}, the key {key}.",
)
FEWEST_DIGITS, MOST_DIGITS = 3, 12


class PreparedMatrix:
    """A key ready to be compared with: its formula and shape, its slips, and the names that an answer may use."""

    def __init__(self, reference: MatrixFormula, shape: Shape, matrices: Matrices) -> None:
        self.reference = reference
        self.shape = shape
        self.matrices = matrices

    @cached_property
    def diagnosis(self) -> MatrixDiagnosis:
        """The general slips of the key."""
        return MatrixDiagnosis(self.reference)

    def formula(self, node: Node) -> MatrixFormula | None:
        """A tree in the setting of the key, None where it has no meaning there."""
        try:
            return MatrixFormula(node, self.reference.setting)
        except Problem:
            return None

    def read(self, text: str) -> tuple[Node, Shape] | Unreadable:
        """The tree of a formula over the names of the key, and its shape."""
        return read_matrix(text, self.matrices)


def prepared_matrix(key: ExpressionKey) -> PreparedMatrix | str:
    """The key made ready, or the field that is wrong, with the reason behind a colon where there is one."""
    return _prepared(key.reference, tuple(key.symbols.items()), tuple(key.given.items()), tuple(key.functions))


@lru_cache(maxsize=128)
def _prepared(
    reference: str, symbols: tuple[tuple[str, str], ...], given: tuple[tuple[str, str], ...], functions: tuple[str, ...]
) -> PreparedMatrix | str:
    domains = {name: domain_of(name, text) for name, text in symbols}
    known = {name: domain for name, domain in domains.items() if domain is not None}
    if len(known) < len(symbols):
        return "symbols"
    relations: dict[str, Node] = {}
    for place, (name, text) in enumerate(given):
        relation = read_matrix(text, matrices_of(symbols, given[:place], functions))
        if isinstance(relation, Unreadable):
            return "given"
        relations[name] = relation[0]
    matrices = matrices_of(symbols, given, functions)
    tree = read_matrix(reference, matrices)
    if isinstance(tree, Unreadable):
        return "reference"
    try:
        return PreparedMatrix(key_of(tree[0], known, relations, functions), tree[1], matrices)
    except Problem as problem:
        return f"reference: {problem}"


def grade_matrix(key: ExpressionKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed formula in matrix symbols."""
    ready = prepared_matrix(key)
    if isinstance(ready, str):
        return undecided(detail=ready)
    typed = ready.read(answer)
    if isinstance(typed, Unreadable):
        return unreadable(typed, answer)
    node, shape = typed
    reading, formula = to_text(node), ready.formula(node)
    if sentence_and_code := restricted(key, node):
        return ask_again(*sentence_and_code, reading)
    if formula is None:
        return undecided(reading)
    if not formula.is_defined:
        return ask_again(UNDEFINED(), "undefined", reading)
    decided = compare(ready.reference, formula)
    if decided.state == State.UNDECIDED:
        return undecided(reading)
    if decided.state == State.EQUAL and _alike(shape, ready.shape):
        return Verdict(Outcome.CORRECT, message=ENTRYWISE_POWER() if _has_power(node, ready) else "", reading=reading)
    for mistake in mistakes:
        wrong = ready.read(mistake.answer)
        other = None if isinstance(wrong, Unreadable) else ready.formula(wrong[0])
        if other is not None and compare(other, formula).state == State.EQUAL:
            return foreseen(mistake, reading)
    slip = ready.diagnosis.slip_behind(formula)
    if slip is not None and slip.name != "shape":
        return slip_verdict(slip, reading)
    if not _alike(shape, ready.shape):
        sentence = SHAPES(answer=shape_text(shape), key=shape_text(ready.shape))
        return Verdict(Outcome.WRONG, "shape", shape_text(shape), sentence, reading)
    return Verdict(Outcome.WRONG, message=_counter_example(decided.gap), reading=reading)


def _alike(typed: Shape, key: Shape) -> bool:
    """Whether the shapes agree by name; a row or a column is right where a vector is asked for."""
    if len(key) == 1:
        return tuple(name for name in typed if name != ONE) == key
    return typed == key


def _has_power(node: Node, ready: PreparedMatrix) -> bool:
    """Whether a power of a vector or matrix was read entry by entry."""
    bases = [part.left for part in walk(node) if isinstance(part, Binary) and part.operator == "**"]
    return any(base.shapes[0] for base in map(ready.formula, bases) if base is not None)


def _counter_example(gap: Gap | None) -> str:
    if gap is None:
        return ""
    sizes = ", ".join(f"{name} = {size}" for name, size in gap.sizes.items())
    place = ENTRY(place=", ".join(str(index + 1) for index in gap.place)) if gap.place else WHOLE()
    if not isfinite(gap.answer):
        return VALUELESS(sizes=sizes, place=place)
    shown = [(_shown(gap.answer, digits), _shown(gap.key, digits)) for digits in range(FEWEST_DIGITS, MOST_DIGITS)]
    answer, key = next((pair for pair in shown if pair[0] != pair[1]), shown[-1])
    return DIFFERS(sizes=sizes, place=place, answer=answer, key=key)


def _shown(value: float, digits: int) -> str:
    return significant_text(Decimal(value), digits)
