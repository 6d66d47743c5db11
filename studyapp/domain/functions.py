"""The functions of formulas: a row for each, with the number of its arguments, its other names, and its TeX."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function that a formula may call; trees use `name`. `tex` is empty where the name is set upright."""

    name: str
    aliases: tuple[str, ...] = ()
    tex: str = ""
    fewest: int = 1
    most: int = 1


ROWS = (
    Function("exp", tex=r"\exp"),
    Function("log", ("ln",), r"\log", most=2),
    Function("log2"),
    Function("log10"),
    Function("log1p"),
    Function("expm1"),
    Function("sqrt"),
    Function("abs"),
    Function("sign", ("sgn", "signum")),
    Function("sin", tex=r"\sin"),
    Function("cos", tex=r"\cos"),
    Function("tan", tex=r"\tan"),
    Function("sec", tex=r"\sec"),
    Function("csc", ("cosec",), r"\csc"),
    Function("cot", tex=r"\cot"),
    Function("asin", ("arcsin",), r"\arcsin"),
    Function("acos", ("arccos",), r"\arccos"),
    Function("atan", ("arctan",), r"\arctan"),
    Function("sinh", tex=r"\sinh"),
    Function("cosh", tex=r"\cosh"),
    Function("tanh", tex=r"\tanh"),
    Function("sech"),
    Function("csch", ("cosech",)),
    Function("coth", tex=r"\coth"),
    Function("asinh", ("arsinh", "arcsinh"), r"\mathrm{arsinh}"),
    Function("acosh", ("arcosh", "arccosh"), r"\mathrm{arcosh}"),
    Function("atanh", ("artanh", "arctanh"), r"\mathrm{artanh}"),
    Function("sigmoid", ("logistic",), r"\sigma"),
    Function("softplus"),
    Function("relu"),
    Function("swish", ("silu",)),
    Function("gelu"),
    Function("step", ("heaviside",)),
    Function("max", tex=r"\max", most=20),
    Function("min", tex=r"\min", most=20),
    Function("pow", fewest=2, most=2),
)
"""The functions of learners' formulas; authors have these, the plain ones of arrays, and the catalogue."""

BY_NAME = {row.name: row for row in ROWS}
ALIASES = {alias: row.name for row in ROWS for alias in row.aliases}
