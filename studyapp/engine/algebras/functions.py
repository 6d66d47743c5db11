"""What formulas have in common, and the plain functions of the expression language, each once over any algebra.

Written as one would by hand: no stable forms here.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial, wraps
from typing import Any

import numpy as np

from studyapp.domain.expression import Name
from studyapp.engine.algebras.algebra import ELEMENTARY, Algebra, Problem, Value, vectorised
from studyapp.engine.algebras.arrays import together
from studyapp.engine.algebras.matrices import MATRICES
from studyapp.engine.algebras.reductions import REDUCTIONS
from studyapp.engine.algebras.trees import ZERO, Term


def total(algebra: Algebra, values: Value) -> Value:
    """The sum of all elements."""
    return np.sum(values) if np.size(values) else algebra.number(0)


def mean(algebra: Algebra, values: Value) -> Value:
    """The mean of all elements."""
    return algebra.divide(total(algebra, values), algebra.number(np.size(values)))


def relu(algebra: Algebra, x: Value) -> Value:
    """max(0, x)."""
    return algebra.maximum(x, algebra.number(0))


def log(algebra: Algebra, x: Value, base: Value | None = None) -> Value:
    """The logarithm to a base; natural where the base is e."""
    natural = algebra.apply("log", x)
    if base is None or (isinstance(base, Term) and base.node == Name("e")):
        return natural
    return algebra.divide(natural, algebra.apply("log", base))


def times_log(algebra: Algebra, x: Value, y: Value, base: Value | None = None) -> Value:
    """`x · log y` with 0 · log 0 = 0; symbols are multiplied as they stand."""
    zero, logarithm = algebra.number(0), log(algebra, y, base)
    if algebra.name == "numpy":
        return algebra.where(x == 0, zero, x * logarithm)
    return _PRODUCT(x, logarithm, zero)


def _is_zero(x: Any) -> bool:
    return bool(x.node == ZERO if isinstance(x, Term) else x == 0)


_PRODUCT = vectorised(lambda x, y, zero: zero if _is_zero(x) else x * y, 3)


def sigmoid(algebra: Algebra, x: Value) -> Value:
    """1 / (1 + e⁻ˣ)."""
    one = algebra.number(1)
    return algebra.divide(one, one + algebra.apply("exp", -x))


def softplus(algebra: Algebra, x: Value) -> Value:
    """ln(1 + eˣ)."""
    return log(algebra, algebra.number(1) + algebra.apply("exp", x))


def log_sum_exp(algebra: Algebra, z: Value) -> Value:
    """The row's ln Σ e^z."""
    return log(algebra, total(algebra, algebra.apply("exp", z)))


def label(algebra: Algebra, index: Value, count: int) -> int:
    """The class that an index names; raises `Problem` outside 0 … count − 1."""
    place = algebra.integer(index)
    if not 0 <= place < count:
        raise Problem(f"labels are whole numbers from 0 to {count - 1}, found {place}")
    return place


def _apply(function: str, algebra: Algebra, x: Value) -> Value:
    return algebra.apply(function, x)


def _log(algebra: Algebra, x: Value, base: Value | None = None) -> Value:
    natural = algebra.apply("log", x)
    return natural if base is None else algebra.divide(natural, algebra.apply("log", base))


def _round(algebra: Algebra, x: Value, digits: Value | None = None) -> Value:
    if digits is None:
        return algebra.apply("round", x)
    scale = algebra.number(Fraction(10) ** algebra.integer(digits))
    return algebra.divide(algebra.apply("round", x * scale), scale)


def _elementwise(function: Callable[..., Value]) -> Callable[..., Value]:
    """The function, once the shapes of its arguments fit together."""

    @wraps(function)
    def fitted(algebra: Algebra, *values: Value, **options: Value) -> Value:
        together(*values, *options.values())
        return function(algebra, *values, **options)

    return fitted


def _minimum(algebra: Algebra, left: Value, right: Value) -> Value:
    return algebra.minimum(left, right)


def _maximum(algebra: Algebra, left: Value, right: Value) -> Value:
    return algebra.maximum(left, right)


def _clip(algebra: Algebra, x: Value, low: Value, high: Value) -> Value:
    return algebra.minimum(algebra.maximum(x, low), high)


def _mod(algebra: Algebra, x: Value, divisor: Value) -> Value:
    return x - divisor * algebra.apply("floor", algebra.divide(x, divisor))


def _comb(algebra: Algebra, n: Value, k: Value) -> Value:
    return algebra.count("comb", n, k)


def _binomial(algebra: Algebra, k: Value, n: Value, p: Value) -> Value:
    ways = algebra.count("comb", n, k)
    return ways * algebra.power(p, k) * algebra.power(algebra.number(1) - p, n - k)


def _poisson(algebra: Algebra, k: Value, rate: Value) -> Value:
    powers = algebra.power(rate, k) * algebra.apply("exp", -rate)
    return algebra.divide(powers, algebra.count("factorial", k))


def _normal_cdf(algebra: Algebra, x: Value, mean: Value = 0, std: Value = 1) -> Value:
    root = algebra.apply("sqrt", algebra.number(2))
    return (1 + algebra.apply("erf", algebra.divide(x - mean, std * root))) * algebra.number(Fraction(1, 2))


def _reciprocal(function: str, algebra: Algebra, x: Value) -> Value:
    return algebra.divide(algebra.number(1), algebra.apply(function, x))


RECIPROCALS = {"sec": "cos", "csc": "sin", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
"""Functions that are 1 over another one."""

FUNCTIONS: dict[str, Callable[..., Value]] = {
    **{name: partial(_apply, name) for name in ELEMENTARY if name not in {"log", "round"}},
    **{name: partial(_reciprocal, function) for name, function in RECIPROCALS.items()},
    "cot": lambda algebra, x: algebra.divide(algebra.apply("cos", x), algebra.apply("sin", x)),
    "ceil": lambda algebra, x: -algebra.apply("floor", -x),
    "log": _elementwise(_log),
    "log2": lambda algebra, x: _log(algebra, x, algebra.number(2)),
    "log10": lambda algebra, x: _log(algebra, x, algebra.number(10)),
    "round": _round,
    "factorial": lambda algebra, x: algebra.count("factorial", x),
    "minimum": _elementwise(_minimum),
    "maximum": _elementwise(_maximum),
    "clip": _elementwise(_clip),
    "mod": _elementwise(_mod),
    "comb": _elementwise(_comb),
    "binomial": _elementwise(_binomial),
    "poisson": _elementwise(_poisson),
    "normal_cdf": _elementwise(_normal_cdf),
    **REDUCTIONS,
    **MATRICES,
}
"""The mathematics of each row of `domain.functions` that is neither in the catalogue nor a form of the interpreter."""
