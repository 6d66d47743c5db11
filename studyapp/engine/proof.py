"""How the key of a question is known: the value by each route, and how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from studyapp.domain.exercise import Binding, Exercise
from studyapp.domain.expression import Node
from studyapp.domain.kind import Kind
from studyapp.domain.question import Proof, Question, Route
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.algebras.floats import FLOATS
from studyapp.engine.derivations.proof import prove_derivation
from studyapp.engine.drawing import drawn_values
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.formulas import put_in, through_relations
from studyapp.engine.questions.shown import arranged, key_text
from studyapp.engine.questions.values import PRECISE, Values, fraction_of

LONGEST_DERIVATION = 2_000
"""Characters of TeX; a longer derivation is left out."""


def prove(exercise: Exercise, question: Question, printer: Printer) -> Proof:
    """Every route to the key of a question. SymPy is imported here, and here it may take a second."""
    if question.network is not None:
        return prove_derivation(question)
    values = drawn_values(exercise, question.seed, printer)
    if exercise.key.answer is None or values is None:
        return Proof(question.exercise, question.seed, _conditions(exercise, values), "")
    if question.kind == Kind.EXPRESSION:
        return _formula_proof(exercise, question, values)
    routes, results = [], []
    for binding, label in ((exercise.key.answer, ""), (exercise.key.check, "check: ")):
        if binding is None:
            continue
        for algebra, environment in ((FLOATS, values.floats), (PRECISE, values.precise), (symbolic(), None)):
            value, text = _by_route(binding, algebra, environment, values)
            routes.append(Route(f"{label}{algebra.name}", binding.text, text))
            if value is not None:
                results.append(value)
    derivation = _latex(exercise.key.answer.expression, values)
    return Proof(question.exercise, question.seed, tuple(routes), _distance(results), derivation)


def _by_route(
    binding: Binding, algebra: Algebra, environment: Mapping[str, Value] | None, values: Values
) -> tuple[list[Fraction] | None, str]:
    try:
        value = evaluate(binding.expression, environment or _symbolic_values(values), algebra)
    except Problem as problem:
        return None, str(problem)
    if environment is None:
        value = np.frompyfunc(lambda entry: PRECISE.number(Fraction(str(entry.evalf(50)))), 1, 1)(value)
    entries = [fraction_of(entry) for entry in np.ravel(np.asarray(value, dtype=object))]
    digits = repr if algebra.name == "numpy" else key_text
    return entries, arranged(value, lambda entry: digits(float(entry) if digits is repr else entry), "text")


def _symbolic_values(values: Values) -> dict[str, Value]:
    """The values for SymPy: exact ones as rationals; a value that is not exact is recomputed by its own line."""
    number = symbolic().number
    return {
        name: value if isinstance(value, str) else np.frompyfunc(number, 1, 1)(value)
        for name, value in values.exact.items()
    } | {
        name: np.frompyfunc(lambda entry: number(fraction_of(entry)), 1, 1)(value)
        for name, value in values.precise.items()
        if name not in values.exact
    }


def _distance(results: list[list[Fraction]]) -> str:
    """The largest distance between two routes, over all entries."""
    largest = max(
        (abs(a - b) for left in results for right in results for a, b in zip(left, right, strict=False)),
        default=Fraction(0),
    )
    return f"{float(largest):.1e}" if largest else "0"


def _latex(node: Node, values: Values) -> str:
    import sympy

    try:
        exact: Any = evaluate(node, _symbolic_values(values), symbolic())
    except Problem:
        return ""
    tex = sympy.latex(sympy.Array(exact.tolist()) if isinstance(exact, np.ndarray) else exact)
    return tex if len(tex) <= LONGEST_DERIVATION else ""


def _formula_proof(exercise: Exercise, question: Question, values: Values) -> Proof:
    """SymPy's own form of the answer and of the check, and whether their difference vanishes for it."""
    import sympy

    routes, formulas = [], []
    names = exercise.key.free_names
    free = {name: sympy.Symbol(name, real=True) for name in names}
    given = {binding.name: put_in(binding.expression, values.exact, names) for binding in exercise.key.given}
    for name, relation in given.items():
        free[name] = evaluate(relation, free, symbolic())
    for binding, label in ((exercise.key.answer, "answer"), (exercise.key.check, "check")):
        if binding is not None:
            written = through_relations(put_in(binding.expression, values.exact, names), given)
            formula = evaluate(written, free, symbolic())
            routes.append(Route(f"{label}: sympy", binding.text, str(sympy.simplify(formula))))
            formulas.append(formula)
    # Hyperbolic functions and exponentials meet only once they are written in the same terms.
    gap = (formulas[0] - formulas[-1]).rewrite(sympy.exp) if len(formulas) > 1 else None
    distance = "" if gap is None else str(sympy.simplify(gap))
    return Proof(question.exercise, question.seed, tuple(routes), distance, sympy.latex(formulas[0]))


def _conditions(exercise: Exercise, values: Values | None) -> tuple[Route, ...]:
    """For a choice: each condition of being right, and what it came to."""
    if values is None:
        return ()
    return tuple(
        Route(PRECISE.name, condition.text, str(values.meets(condition.expression)).lower())
        for condition in exercise.key.right
    )
