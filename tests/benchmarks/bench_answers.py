"""Answers that are decided by meaning: how right and how quick, on generated pairs whose truth is known.

The pairs are those of the tests, with a seed of their own: formulas with kinks, vectors and matrices of formulas,
formulas in matrix symbols, and code. Each key is new, so that reading it counts, too. Formulas with kinks are in the
language of authors and are decided alone; the rest is graded as typed, slips named.
"""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from studyapp.domain.exercise import domain_of
from studyapp.domain.expression import Node
from studyapp.domain.question import AnswerKey, CodeKey
from studyapp.domain.verdict import Outcome, Unreadable
from studyapp.engine.equivalence.deciding import State, decide
from studyapp.grading import grade
from studyapp.language import read_strict
from tests.benchmarks.measuring import Row, counted, limited, seconds
from tests.engine import kink_pairs
from tests.grading import code_pairs, matrix_pairs, table_pairs

SEED = 100
COUNT = 300
WARM = 10
LARGEST_SHARE = 0.5  # percent of the pairs that may be left without a verdict

Said = bool | None
Pair = tuple[Callable[[], Said], bool]
"""What decides whether the two sides are equal, and whether they are."""


def graded(key: AnswerKey, answer: str) -> Said:
    """The verdict on a typed answer. What does not fit by its shapes is refused with them: it is not the key."""
    verdict = grade(key, answer, ())
    if (verdict.outcome, verdict.detail) == (Outcome.UNREADABLE, "misfit"):
        return False
    return {Outcome.CORRECT: True, Outcome.WRONG: False}.get(verdict.outcome)


def decided(pair: kink_pairs.Pair) -> Said:
    """Whether two formulas of the language of authors are equal."""
    domains = {name: domain for name, text in pair.symbols.items() if (domain := domain_of(name, text))}
    state = decide(_tree(pair.key), _tree(pair.answer), domains, {}).state
    return {State.EQUAL: True, State.DIFFERENT: False}.get(state)


def _tree(text: str) -> Node:
    tree = read_strict(text)
    assert not isinstance(tree, Unreadable), text
    return tree


def kinks() -> Iterator[Pair]:
    """Formulas that change their branch somewhere."""
    return ((partial(decided, pair), pair.equal) for pair in kink_pairs.pairs(COUNT, SEED))


def tables() -> Iterator[Pair]:
    """Vectors and matrices of formulas."""
    return ((partial(graded, pair.key, pair.answer), pair.is_right) for pair in table_pairs.pairs(COUNT, SEED))


def matrices() -> Iterator[Pair]:
    """Formulas in matrix symbols."""
    return ((partial(graded, pair.key, pair.answer), pair.is_right) for pair in matrix_pairs.pairs(COUNT, SEED))


def code() -> Iterator[Pair]:
    """Lines of NumPy."""
    for key, arrays, answer in code_pairs.right_answers():
        yield partial(graded, CodeKey(key, arrays), answer), True
    for key, arrays, answer, _ in code_pairs.wrong_answers():
        yield partial(graded, CodeKey(key, arrays), answer), False


KINDS: dict[str, tuple[Callable[[], Iterator[Pair]], float]] = {
    "formulas with kinks": (kinks, 20),
    "vectors and matrices of formulas": (tables, 3),
    "formulas in matrix symbols": (matrices, 3),
    "lines of code": (code, 20),
}
"""Pairs, and the milliseconds that the median may take."""


def rows(_: int) -> Iterator[Row]:
    """A row for the time of each kind, and two for the verdicts of all."""
    wrong = silent = pairs = 0
    for kind, (generate, most) in KINDS.items():
        taken = []
        for work, truth in counted(list(generate()), kind):
            said: list[Said] = []
            taken.append(1000 * seconds(lambda: said.append(work())))
            pairs, silent, wrong = pairs + 1, silent + (said[0] is None), wrong + (said[0] is (not truth))
        yield limited(f"deciding {kind}, median", median(taken[WARM:]), "ms", most, slowest=max(taken[WARM:]))
    yield limited("deciding, all kinds, wrong verdicts", wrong, "", 0, pairs=pairs)
    yield limited("deciding, all kinds, without a verdict", 100 * silent / pairs, "%", LARGEST_SHARE, pairs=pairs)
