"""The functions of formulas: a row for each, with its other names, its TeX, its arguments, and how it grows."""

from dataclasses import dataclass
from typing import Literal

from studyapp.domain.limits import OPEN_ARGUMENTS


@dataclass(frozen=True, slots=True)
class Function:
    """A function that a formula may call; trees use `name`.

    `tex` is empty where the name is set upright. `growth` says how large a result may be: by it the size of a
    formula is estimated before anything is computed. A function `in_numbers` may be used in number fields. The
    derivative of an `activation` may be written with a prime wherever a formula is asked for. The value of a function
    that is `integral` is an integer whatever it is applied to, so that a key made of it is exact.
    """

    name: str
    aliases: tuple[str, ...] = ()
    tex: str = ""
    fewest: int = 1
    most: int = 1
    growth: Literal["", "exponential", "hyperbolic", "logarithm", "root", "size"] = ""
    in_numbers: bool = False
    activation: bool = False
    integral: bool = False

    @property
    def gathers(self) -> bool:
        """Whether it is of several values: its commas are never decimal, and TeX writes its arguments in braces."""
        return self.fewest > 1 or self.most > 2

    @property
    def command(self) -> str:
        """The TeX command that sets it, empty where it has none of its own name."""
        return self.tex.removeprefix("\\") if self.tex.removeprefix("\\").isalpha() else ""


ROWS = (
    Function("exp", tex=r"\exp", growth="exponential", in_numbers=True),
    Function("log", ("ln",), r"\log", most=2, growth="logarithm", in_numbers=True),
    Function("log2", growth="logarithm", in_numbers=True),
    Function("log10", growth="logarithm", in_numbers=True),
    Function("log1p"),
    Function("expm1", growth="exponential"),
    Function("sqrt", growth="root", in_numbers=True),
    Function("abs", growth="size"),
    Function("sign", ("sgn", "signum"), integral=True),
    Function("ceil", integral=True),
    Function("sin", tex=r"\sin"),
    Function("cos", tex=r"\cos"),
    Function("tan", tex=r"\tan"),
    Function("sec", tex=r"\sec"),
    Function("csc", ("cosec",), r"\csc"),
    Function("cot", tex=r"\cot"),
    Function("asin", ("arcsin",), r"\arcsin"),
    Function("acos", ("arccos",), r"\arccos"),
    Function("atan", ("arctan",), r"\arctan"),
    Function("sinh", tex=r"\sinh", growth="hyperbolic"),
    Function("cosh", tex=r"\cosh", growth="hyperbolic"),
    Function("tanh", tex=r"\tanh", activation=True),
    Function("sech"),
    Function("csch", ("cosech",)),
    Function("coth", tex=r"\coth"),
    Function("asinh", ("arsinh", "arcsinh"), r"\mathrm{arsinh}"),
    Function("acosh", ("arcosh", "arccosh"), r"\mathrm{arcosh}"),
    Function("atanh", ("artanh", "arctanh"), r"\mathrm{artanh}"),
    Function("sigmoid", ("logistic",), r"\sigma", activation=True),
    Function("softplus", activation=True),
    Function("relu", activation=True),
    Function("swish", ("silu",), activation=True),
    Function("gelu", activation=True),
    Function("step", ("heaviside",), activation=True, integral=True),
    Function("max", tex=r"\max", most=OPEN_ARGUMENTS),
    Function("min", tex=r"\min", most=OPEN_ARGUMENTS),
    Function("pow", fewest=2, most=2),
)
"""The functions of learners' formulas; authors have these, the plain ones of arrays, and the catalogue."""
BY_NAME = {row.name: row for row in ROWS}
ALIASES = {alias: row.name for row in ROWS for alias in row.aliases}
