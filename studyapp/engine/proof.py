"""How the key of a question is known: the value by each route, and how far apart they are; a network walked through."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import zip_longest
from typing import Any

import numpy as np

from studyapp.domain.exercise import Binding, Exercise, Key, StepFacts
from studyapp.domain.expression import Node, names_in, substituted
from studyapp.domain.kind import Kind
from studyapp.domain.network import read_target
from studyapp.domain.question import AnswerKey, CodeKey, LayerTrace, Proof, Question, Route, Trace
from studyapp.domain.verdict import Unreadable
from studyapp.engine.algebras.algebra import FLOATS, Algebra, Problem, Value, vectorised
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.algebras.trees import number
from studyapp.engine.code.comparison import Read, reference_of
from studyapp.engine.code.evaluation import NoValue
from studyapp.engine.code.evaluation import evaluate as evaluate_code
from studyapp.engine.code.shown import array_text, as_arrays
from studyapp.engine.derivations.authored import put_in, through_relations
from studyapp.engine.derivations.drawn import (
    FINE_PLACES,
    RATE_WHERE_NONE_IS_GIVEN,
    completed,
    drawn_numbers,
    numpy_gradients,
)
from studyapp.engine.derivations.texts import Teller
from studyapp.engine.derivations.writing import RATE, Architecture, Derived, deltas, derive
from studyapp.engine.drawing import Drawing, draw_with_values
from studyapp.engine.interpretation import evaluate
from studyapp.engine.matrices.deciding import MatrixFormula, key_of
from studyapp.engine.matrices.meaning import value_of
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.shown import arranged, key_text, shown_number
from studyapp.engine.questions.values import PRECISE, Values, fraction_of

LONGEST_DERIVATION = 2_000  # characters of TeX; a longer derivation is left out
MOST_SYMBOLIC = 4  # steps that SymPy derives: on large networks it takes a second for each
CHANGE = Fraction(1, 10**18)  # the distance over which a difference of 50 digits is taken to both sides
PLACES = 4  # decimal places of the numbers in a walk
SHOWN_DIGITS = 6  # of the entries of a matrix in a proof


def prove(exercise: Exercise, question: Question, printer: Printer, answers: Sequence[str] = ()) -> Proof:
    """Every route to the key of a question. SymPy is imported here, and here it may take a second.

    Of code it is what key and answer give on the arrays of the question; `answers` has one for each step.
    """
    keys = [step.key for step in question.steps] or [question.key]
    if any(isinstance(key, CodeKey) for key in keys):
        answered = zip_longest(keys, answers[: len(keys)])
        routes = [route for key, answer in answered for route in _tried(key, answer, printer.read_code)]
        return Proof(question.exercise, question.seed, tuple(routes), "")
    if question.network is not None:
        return _network_proof(question, Architecture.of_json(question.network))
    drawing = draw_with_values(exercise, question.seed, printer)
    values = drawing.filler.values if isinstance(drawing, Drawing) else None
    if exercise.key.has_matrices and values is not None:
        return _matrix_proof(exercise, question, values)
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


def _tried(key: AnswerKey, answer: str | None, read: Read) -> Iterator[Route]:
    """The arrays of code, and what the key and an answer give on them."""
    ready = reference_of(key, read) if isinstance(key, CodeKey) else ""
    if isinstance(ready, str) or not isinstance(key, CodeKey):
        return
    arrays = ready.with_results(as_arrays(key.example))
    for name in key.names:
        if name in arrays:
            yield Route("array", name, array_text(np.asarray(arrays[name])))
    for name, code in (("key", key.reference), ("typed", answer or "")):
        tree = read(code, key.names)
        if not isinstance(tree, Unreadable):
            value = evaluate_code(tree, arrays)
            text = value.message if isinstance(value, NoValue) else array_text(value)
            yield Route(name, code, text)


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
    rational = symbolic().number
    carried = np.frompyfunc(lambda entry: entry if isinstance(entry, str) else rational(fraction_of(entry)), 1, 1)
    return {name: carried(value) for name, value in {**values.precise, **values.exact}.items()}


def _distance(results: list[list[Fraction]]) -> str:
    largest = max(
        (abs(a - b) for left in results for right in results for a, b in zip(left, right, strict=False)),
        default=Fraction(0),
    )
    return _shortly(largest)


def _shortly(distance: Fraction) -> str:
    return f"{float(distance):.1e}" if distance else "0"


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

    simplify = vectorised(sympy.simplify, 1)
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
            text = arranged(simplify(formula), str, "text")
            routes.append(Route(f"{label}: sympy", binding.text, text))
            formulas.append(formula)
    # Hyperbolic functions and exponentials meet only once they are written in the same terms.
    gaps = np.ravel(formulas[0] - formulas[-1]) if len(formulas) > 1 else ()
    distances = [str(sympy.simplify(gap.rewrite(sympy.exp))) for gap in gaps]
    distance = next((text for text in distances if text != "0"), "0" if distances else "")
    first = formulas[0]
    tex = sympy.latex(sympy.Array(first.tolist()) if isinstance(first, np.ndarray) else first)
    return Proof(question.exercise, question.seed, tuple(routes), distance, tex)


def _matrix_proof(exercise: Exercise, question: Question, values: Values) -> Proof:
    """The drawn matrices, and the answer and the check at them: in floats, and with many digits."""
    key, largest = exercise.key, Fraction(0)
    put = partial(put_in, values=values.exact, symbols=key.free_names)
    given = {binding.name: put(binding.expression) for binding in key.given}
    parts: list[Key | StepFacts] = list(key.steps) or [key]
    given |= {step.name: put(step.answer.expression) for step in key.steps if step.name and step.answer}
    written = [(part.answer, line) for part in parts for line in (part.answer, part.check) if part.answer and line]
    formulas = [*given.values(), *(put(line.expression) for _, line in written)]
    used = frozenset[str]().union(*map(names_in, formulas))
    setting = key_of(formulas[-1], {symbol.name: symbol for symbol in key.symbols}, given, key.functions).setting
    draw = setting.draws[0]
    sizes = ", ".join(f"{name} = {size}" for name, size in draw.sizes.items())
    routes = [Route(name, sizes, arranged(draw.drawn[name], _shown, "text")) for name in draw.drawn if name in used]
    exact: list[Fraction] = []
    for answer, line in written:
        formula = MatrixFormula(put(line.expression), setting)
        for algebra in (PRECISE, FLOATS):
            value = value_of(formula.tree, draw.environment(algebra), algebra)
            label = "answer" if line is answer else "check"
            routes.append(Route(f"{label}: {algebra.name}", line.text, arranged(value, _shown, "text")))
            entries = [fraction_of(entry) for entry in np.ravel(np.asarray(value, dtype=object))]
            exact = entries if line is answer and algebra is PRECISE else exact
            largest = max(largest, *(abs(a - b) for a, b in zip(exact, entries, strict=True)))
    return Proof(question.exercise, question.seed, tuple(routes), _shortly(largest))


def _shown(entry: Value) -> str:
    return shown_number(fraction_of(entry), None, SHOWN_DIGITS)[0]


def _conditions(exercise: Exercise, values: Values | None) -> tuple[Route, ...]:
    """For a choice: each condition of being right, and what it came to."""
    if values is None:
        return ()
    return tuple(
        Route(PRECISE.name, condition.text, str(values.meets(condition.expression)).lower())
        for condition in exercise.key.right
    )


def _network_proof(question: Question, network: Architecture) -> Proof:
    """Every route to each gradient of a drawn network, at the question's numbers or, without any, at fine ones."""
    values = _network_values(question, network)
    machine = numpy_gradients(network, values)
    routes: list[Route] = []
    largest = Fraction(0)
    targets = [target for step in question.steps if (target := read_target(step.target)) and target.kind == "gradient"]
    for place, target in enumerate(targets):
        derived = derive(network, target)
        ways = gradient_routes(network, derived, values, machine, with_sympy=place < MOST_SYMBOLIC)
        routes += [Route(f"{target.text}: {way}", derived.name, key_text(value)) for way, value in ways.items()]
        largest = max(largest, *(abs(value - ways["mpmath"]) for value in ways.values()))
    return Proof(question.exercise, question.seed, tuple(routes), _shortly(largest))


def gradient_routes(
    network: Architecture, derived: Derived, values: Values, machine: Mapping[str, float], *, with_sympy: bool
) -> dict[str, Fraction]:
    """A gradient by 50 digits, by the product of its factors, by a difference, by NumPy where it has it, by SymPy."""
    name = derived.target.lower.name
    ways = {
        "mpmath": fraction_of(values.precisely(derived.result)),
        "product": fraction_of(values.precisely(derived.product)),
        "difference": _difference(network, name, values),
    }
    ways |= {"numpy": Fraction(machine[name])} if name in machine else {}
    return ways | ({"sympy": _symbolic(network, name, values)} if with_sympy else {})


def _network_values(question: Question, network: Architecture) -> Values:
    """Everything in a question's network at its numbers, at fine ones where it has none."""
    numbers = (question.network or {}).get("numbers")
    if not numbers:
        stream = Stream(question.exercise, question.seed, "(proof)")
        return drawn_numbers(network, stream, FINE_PLACES, RATE_WHERE_NONE_IS_GIVEN)
    return _with_numbers(network, numbers)


def _with_numbers(network: Architecture, numbers: Mapping[str, float]) -> Values:
    return completed(network, {name: Fraction(Decimal(str(numbers.get(name, 0)))) for name in (*network.free(), RATE)})


def _composed(network: Architecture, known: dict[str, Value], moved: str, algebra: Algebra) -> Value:
    """E with one quantity as it is in `known`, and everything behind it computed from it."""
    for name, formula in network.forward().items():
        if name != moved:
            known[name] = evaluate(formula, known, algebra)
    return evaluate(network.error(), known, algebra)


def _difference(network: Architecture, name: str, values: Values) -> Fraction:
    ends = []
    for change in (CHANGE, -CHANGE):
        known = {**values.precise, name: values.precise[name] + PRECISE.number(change)}
        ends.append(fraction_of(_composed(network, known, name, PRECISE)))
    return (ends[0] - ends[1]) / (2 * CHANGE)


def _symbolic(network: Architecture, name: str, values: Values) -> Fraction:
    import sympy

    algebra, free = symbolic(), sympy.Symbol("q", real=True)
    known: dict[str, Value] = {symbol: algebra.number(value) for symbol, value in values.exact.items()}
    known[name] = free
    derivative = sympy.diff(_composed(network, known, name, algebra), free)
    point = fraction_of(values.precise[name])
    return Fraction(str(derivative.subs(free, sympy.Rational(point.numerator, point.denominator)).evalf(50)))


def walk(network_json: Mapping[str, Any], printer: Printer) -> Trace:
    """The layers of a network in order; formulas alone where it has no numbers, 0 for targets that it has not."""
    network = Architecture.of_json(network_json)
    numbers = network_json.get("numbers")
    values = _with_numbers(network, numbers) if numbers else None
    return Trace(tuple(_layers(network, values, Teller(network, printer))))


def _layers(network: Architecture, values: Values | None, teller: Teller) -> Iterator[LayerTrace]:
    for layer in range(1, network.depth + 1):
        names = [f"u{layer}_{unit}" for unit in network.units(layer)]
        names += [network.activated(layer, unit) for unit in network.units(layer)]
        lines = [_equation(teller.tex(name), network.forward()[name], name, values, teller) for name in names]
        yield LayerTrace("forward", layer, tuple(lines), _numbers(names, values))
    for layer in range(network.depth, 0, -1):
        steps = deltas(network, layer)
        lines = [_equation(teller.line(step.target), step.result, step.name, values, teller) for step in steps]
        yield LayerTrace("backward", layer, tuple(lines), _numbers([step.name for step in steps], values))


def _equation(left: str, formula: Node, name: str, values: Values | None, teller: Teller) -> str:
    parts = [left, teller.printer.tex(formula)]
    if values is None:
        return " = ".join(parts)
    best = {**values.precise, **values.exact}
    shown = {symbol: number(Decimal(shown_number(value, PLACES)[0])) for symbol, value in best.items()}
    parts.append(teller.printer.tex(substituted(formula, shown)))
    value = teller.printer.tex(shown[name])
    return " = ".join(parts) + ("" if parts[-1] == value else rf" \approx {value}")


def _numbers(names: list[str], values: Values | None) -> dict[str, float]:
    return {} if values is None else {name: float(values.floats[name]) for name in names}
