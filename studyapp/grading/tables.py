"""Vectors and matrices of formulas, gradients and Jacobians: decided entry by entry, slips named with the entry."""

from collections.abc import Sequence

from studyapp.domain.expression import Node, Vector
from studyapp.domain.question import ExpressionKey, KnownMistake
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.algebras.trees import multiply
from studyapp.engine.equivalence.deciding import Decision, Domain, State, compare
from studyapp.engine.equivalence.setting import Formula
from studyapp.engine.equivalence.slips import Slip, are_close, common_factor, constant_tree
from studyapp.grading.expression import WIDER, counter_example, restricted
from studyapp.grading.formulas import Prepared, prepared_entries
from studyapp.grading.vector import Table, laid_out, size_text, wrong_entries
from studyapp.grading.verdicts import (
    SLIPS,
    UNDEFINED,
    ask_again,
    foreseen,
    slip_sentence,
    slip_verdict,
    undecided,
    unreadable,
)
from studyapp.language import read_strict, to_text
from studyapp.language.formulas import is_matrix, read_formula, table_of

IN_ENTRY = Text(ja="第 {place} 成分: {sentence}", en="Component {place}: {sentence}")
_SPACED = Text(ja="{0}{1}", en="{0} {1}")
MOST_PERMUTED = 25  # entries among which another order is looked for
MOST_DIAGNOSED = 2  # wrong entries whose slip is looked for

Formulas = Table[Formula]


def grade_table(key: ExpressionKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on a typed vector or matrix of formulas."""
    node, reference, ready = read_formula(key, answer), table_of(key.reference), prepared_entries(key)
    if isinstance(ready, str) or reference is None:
        return undecided(detail=str(ready))
    if isinstance(node, Unreadable):
        return unreadable(node, answer)
    reading = to_text(node)
    if sentence_and_code := restricted(key, node):
        return ask_again(*sentence_and_code, reading)
    exact = Table(tuple(entry.reference for entry in ready), _columns(reference))
    typed = _formulas(node, ready[0])
    if typed is None:
        return undecided(reading)
    typed = laid_out(typed, exact)
    decisions = [compare(*pair) for pair in zip(exact.entries, typed.entries, strict=False)]
    if typed.shape == exact.shape:
        states = {decision.state for decision in decisions}
        if states == {State.EQUAL}:
            wider = any(decision.domain == Domain.KEY_UNDEFINED for decision in decisions)
            return Verdict(Outcome.CORRECT, message=WIDER() if wider else "", reading=reading)
        if any(decision.domain == Domain.ANSWER_NOWHERE for decision in decisions):
            return ask_again(UNDEFINED(), "undefined", reading)
        if State.DIFFERENT not in states:
            return undecided(reading)
    for mistake in mistakes:
        wrong = read_strict(mistake.answer)
        table = None if isinstance(wrong, Unreadable) else _formulas(wrong, ready[0])
        if table is not None and _equal(laid_out(table, exact), typed):
            return foreseen(mistake, reading)
    return _wrong(ready, exact, typed, decisions, reading)


def _columns(node: Vector) -> int:
    first = node.items[0]
    return len(first.items) if is_matrix(node) and isinstance(first, Vector) else len(node.items)


def _formulas(node: Node, ready: Prepared) -> Formulas | None:
    """The entries as formulas, None where one has no meaning."""
    if not isinstance(node, Vector):
        return None
    items = [entry for row in node.items for entry in (row.items if isinstance(row, Vector) else (row,))]
    formulas = [formula for item in items if (formula := ready.formula(item)) is not None]
    return Table(tuple(formulas), _columns(node)) if len(formulas) == len(items) else None


def _equal(left: Formulas, right: Formulas) -> bool:
    return left.shape == right.shape and all(_same(a, b) for a, b in zip(left.entries, right.entries, strict=True))


def _same(left: Formula, right: Formula) -> bool:
    """Whether two formulas are equal; those that floats tell apart are not compared."""
    return are_close(left, right) and compare(left, right).state == State.EQUAL


def _wrong(
    ready: Sequence[Prepared], exact: Formulas, typed: Formulas, decisions: Sequence[Decision], reading: str
) -> Verdict:
    """What is wrong with a table: its shape, the order of its entries, or a slip in one of them or in all."""
    if exact.rows > 1 and _equal(_turned(exact), typed):
        return Verdict(Outcome.WRONG, "transposed", message=SLIPS["transposed"](), reading=reading)
    if typed.shape != exact.shape:
        alike = len(typed.entries) == len(exact.entries)
        sentence = slip_sentence("size-shape" if alike else "size", size_text(typed), size_text(exact))
        detail = str(typed.columns) if typed.rows == 1 else f"{typed.rows}x{typed.columns}"
        return Verdict(Outcome.WRONG, "size", detail, sentence, reading)
    differing = [place for place, decision in enumerate(decisions) if decision.state != State.EQUAL]
    if len(differing) > 1 and (whole := _common(exact, typed, ready)) is not None:
        return slip_verdict(whole, reading)
    if exchanged := _exchanged(exact, typed, differing):
        slip_name, sentence = ("swap", "swap-entries") if len(exchanged) == 2 else ("permuted", "permuted")
        details = exchanged if slip_name == "swap" else ()
        return Verdict(Outcome.WRONG, slip_name, ", ".join(details), SLIPS[sentence](*details), reading)
    for named in differing[:MOST_DIAGNOSED]:
        slip = ready[named].diagnosis.slip_behind(typed.entries[named])
        if slip is None:
            continue
        verdict = slip_verdict(slip, reading)
        place = exact.name(named)
        detail = ": ".join(filter(None, (place, verdict.detail)))
        return Verdict(Outcome.WRONG, slip.name, detail, IN_ENTRY(place=place, sentence=verdict.message), reading)
    if len(differing) > 1:
        places = [exact.name(place) for place in differing]
        return Verdict(Outcome.WRONG, message=wrong_entries(places, len(exact.entries)), reading=reading)
    (wrong,) = differing
    shown = counter_example(exact.entries[wrong], typed.entries[wrong], decisions[wrong])
    place = exact.name(wrong)
    return Verdict(Outcome.WRONG, "component", place, _SPACED(slip_sentence("component", place), shown), reading)


def _turned(table: Formulas) -> Formulas:
    entries = tuple(entry for at in range(table.columns) for entry in table.entries[at :: table.columns])
    return Table(entries, table.rows)


def _common(exact: Formulas, typed: Formulas, ready: Sequence[Prepared]) -> Slip | None:
    """A reversed sign, or one factor, in every entry."""
    constant = common_factor(*([entry.values for entry in table.entries] for table in (exact, typed)))
    if constant is None:
        return None
    factor = constant_tree(constant)
    for entry, other, key in zip(exact.entries, typed.entries, ready, strict=True):
        scaled = key.formula(multiply(factor, entry.source))
        if scaled is None or compare(scaled, other).state != State.EQUAL:
            return None
    return Slip("sign", ()) if constant == -1 else Slip("factor", (factor,))


def _exchanged(exact: Formulas, typed: Formulas, differing: Sequence[int]) -> tuple[str, ...]:
    """The names of the entries that are right but for their places; empty where one of them is of no place."""
    if not 2 <= len(differing) <= MOST_PERMUTED:
        return ()
    left = list(differing)
    for place in differing:
        formula = typed.entries[place]
        same = next((at for at in left if _same(exact.entries[at], formula)), None)
        if same is None:
            return ()
        left.remove(same)
    return tuple(map(exact.name, differing))
