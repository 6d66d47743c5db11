"""The derivative of an elementary tree, rule by rule.

Kinks follow the field's usual convention: the derivative of abs at 0 is 0, and maximum and minimum take the branch of
the constant where both are equal, so that ReLU has derivative 0 at 0 and hinge at its margin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from studyapp.domain.expression import Binary, Call, Comparison, Index, Name, Negate, Node, Number, walk
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.trees import ONE, TWO, ZERO, add, divide, multiply, negate, number, power, subtract


def differentiate(node: Node, by: Node) -> Node:
    """d(node)/d(by), where `by` is a name or an entry; raises `Problem` where a function has no rule."""
    if node == by:
        return ONE
    if all(part != by for part in walk(node)):
        return ZERO
    match node:
        case Negate(operand):
            return negate(differentiate(operand, by))
        case Binary("+", left, right):
            return add(differentiate(left, by), differentiate(right, by))
        case Binary("-", left, right):
            return subtract(differentiate(left, by), differentiate(right, by))
        case Binary("*", left, right):
            return add(multiply(differentiate(left, by), right), multiply(left, differentiate(right, by)))
        case Binary("/", left, right):
            return _quotient(left, right, by)
        case Binary("**", base, exponent):
            return _power(base, exponent, by)
        case Call("if", (condition, yes, no)):
            return Call("if", (condition, differentiate(yes, by), differentiate(no, by)))
        case Call("maximum", (left, right)):
            return _extreme(">", left, right, by)
        case Call("minimum", (left, right)):
            return _extreme("<", left, right, by)
        case Call(function, (argument,)) if function in _RULES:
            return multiply(_RULES[function](argument), differentiate(argument, by))
        case Number() | Name() | Index():
            return ZERO
        case Call(function):
            raise Problem(f"{function} has no rule of differentiation")
        case _:
            raise Problem("only numbers can be differentiated")


def _quotient(left: Node, right: Node, by: Node) -> Node:
    change, change_below = differentiate(left, by), differentiate(right, by)
    if change_below == ZERO:
        return divide(change, right)
    return subtract(divide(change, right), divide(multiply(left, change_below), power(right, TWO)))


def _power(base: Node, exponent: Node, by: Node) -> Node:
    inner, growth = differentiate(base, by), differentiate(exponent, by)
    lowered = _lowered(exponent)
    by_base = multiply(multiply(exponent, power(base, lowered)), inner)
    if growth == ZERO:
        return by_base
    return add(by_base, multiply(multiply(power(base, exponent), Call("log", (base,))), growth))


def _lowered(exponent: Node) -> Node:
    if isinstance(exponent, Number) and exponent.value == int(exponent.value):
        return number(int(exponent.value) - 1)
    return subtract(exponent, ONE)


def _extreme(relation: Literal["<", ">"], left: Node, right: Node, by: Node) -> Node:
    first, second = differentiate(left, by), differentiate(right, by)
    if second == ZERO:
        return Call("if", (Comparison(relation, left, right), first, second))
    return Call("if", (Comparison(relation, right, left), second, first))


_RULES: dict[str, Callable[[Node], Node]] = {
    "exp": lambda x: Call("exp", (x,)),
    "log": lambda x: divide(ONE, x),
    "sqrt": lambda x: divide(ONE, multiply(TWO, Call("sqrt", (x,)))),
    "abs": lambda x: Call("sign", (x,)),
    "sign": lambda _: ZERO,
    "floor": lambda _: ZERO,
    "round": lambda _: ZERO,
    "sin": lambda x: Call("cos", (x,)),
    "cos": lambda x: negate(Call("sin", (x,))),
    "tan": lambda x: add(ONE, power(Call("tan", (x,)), TWO)),
    "asin": lambda x: divide(ONE, Call("sqrt", (subtract(ONE, power(x, TWO)),))),
    "acos": lambda x: negate(divide(ONE, Call("sqrt", (subtract(ONE, power(x, TWO)),)))),
    "atan": lambda x: divide(ONE, add(ONE, power(x, TWO))),
    "sinh": lambda x: Call("cosh", (x,)),
    "cosh": lambda x: Call("sinh", (x,)),
    "tanh": lambda x: subtract(ONE, power(Call("tanh", (x,)), TWO)),
    "asinh": lambda x: divide(ONE, Call("sqrt", (add(power(x, TWO), ONE),))),
    "acosh": lambda x: divide(ONE, multiply(Call("sqrt", (subtract(x, ONE),)), Call("sqrt", (add(x, ONE),)))),
    "atanh": lambda x: divide(ONE, subtract(ONE, power(x, TWO))),
    "expm1": lambda x: Call("exp", (x,)),
    "log1p": lambda x: divide(ONE, add(ONE, x)),
    "erf": lambda x: multiply(divide(TWO, Call("sqrt", (Name("pi"),))), Call("exp", (negate(power(x, TWO)),))),
}
