"""Formulas, gradients and second derivatives as SymPy writes them."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import sympy

from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.exact import symbolic
from studyapp.engine.catalogue.arguments import Domain, Shape
from studyapp.engine.catalogue.families import CATALOGUE
from studyapp.engine.catalogue.formulas import derived, latex, symbols_of, two_dimensional, written
from studyapp.engine.catalogue.samples import carried, sample

NUMBERS = (Domain.INDEX, Domain.BIT, Domain.LABEL, Domain.SIZE, Domain.COUNT)


def test_half_sse_has_the_residuals_as_gradient_and_ones_as_second_derivative():
    found = derived(CATALOGUE["half_sse"], "y", {"y": (2,), "t": (2,)}, {})
    y, t = symbols_of("y", (2,)), symbols_of("t", (2,))

    assert sympy.simplify(found.value - ((y[0] - t[0]) ** 2 + (y[1] - t[1]) ** 2) / 2) == 0
    assert [sympy.simplify(slope - (y[i] - t[i])) for i, slope in enumerate(found.gradient)] == [0, 0]
    assert found.second.tolist() == [[1, 0], [0, 1]]


def test_softmax_cross_entropy_has_y_minus_t_as_gradient():
    found = derived(CATALOGUE["cross_entropy_with_logits"], "z", {"z": (3,)}, {}, {"t": [0, 1, 0]})
    z = symbols_of("z", (3,))
    softmax = [sympy.exp(one) / sum(map(sympy.exp, z)) for one in z]

    assert [sympy.simplify(a - b) for a, b in zip(found.gradient, softmax, strict=True)] == [0, -1, 0]


def test_a_kink_has_the_derivative_0():
    found = derived(CATALOGUE["relu"], "x", {}, {})
    x = symbols_of("x", ())

    assert [found.gradient.subs(x, value) for value in (-1, 0, 1)] == [0, 0, 1]
    assert found.second == 0


def test_print_is_tex_or_lines_of_text():
    formula = written(CATALOGUE["cross_entropy"], {"y": (2,), "t": (2,)}, {})

    assert latex(formula) == r"- t_{1} \ln{\left(y_{1} \right)} - t_{2} \ln{\left(y_{2} \right)}"
    assert two_dimensional(formula) == "-t₁⋅log(y₁) - t₂⋅log(y₂)"
    matrix = written(CATALOGUE["mse"], {"y": (1, 2), "t": (1, 2)}, {"reduction": "none"})
    assert r"\begin{matrix}" in latex(matrix)
    assert "y_{1,2}" in latex(matrix)


def test_a_formula_with_too_many_symbols_is_refused():
    with pytest.raises(Problem, match="symbols"):
        written(CATALOGUE["mse"], {"y": (20,), "t": (20,)}, {})


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.items() if entry.gradients])
def test_the_gradient_of_every_formula_is_the_catalogues(name):
    entry = CATALOGUE[name]
    by = next(iter(entry.gradients))
    arguments, _ = sample(entry, Random(f"formula:{name}"), dict.fromkeys("nkdmpqrcflx", 2))
    values = dict(zip(entry.argument_names, arguments, strict=True))
    fixed = {one.name: values[one.name] for one in entry.arguments if one.domain in NUMBERS}
    shapes = {one: np.shape(value) for one, value in values.items()}
    algebra = symbolic()

    gradient = np.asarray(derived(entry, by, shapes, {}, fixed).gradient)
    numbers = {}
    for one, value in values.items():
        symbols, exact = np.asarray(symbols_of(one, np.shape(value))), np.asarray(carried(value, algebra))
        numbers |= dict(zip(symbols.ravel(), exact.ravel(), strict=True))
    found = np.vectorize(lambda slope: float(sympy.sympify(slope).subs(numbers).evalf(25)), otypes=[float])(gradient)
    expected = entry.gradient_of(by, arguments, {})

    if entry.shape in (Shape.MAP, Shape.ROW_MAP):
        assert np.sum(found) == pytest.approx(np.sum(expected), rel=1e-12, abs=1e-14)
    else:
        assert found == pytest.approx(np.asarray(expected), rel=1e-12, abs=1e-14)
