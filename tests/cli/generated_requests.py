"""Lines for `grade --jsonl`, made from a seed: right requests, answers near their keys, and all that is neither."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

NAMES = ("x", "y", "t", "z", "w", "n", "delta", "sigma", "y_1", "θ", "損", "e", "pi", "D", "T", "f", "q")
FUNCTIONS = (
    "exp", "log", "ln", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "abs", "sign", "max", "min", "relu",
    "leaky_relu", "sigmoid", "softplus", "gelu", "step", "sum", "mean", "len", "dot", "softmax", "one_hot", "argmax",
    "concat", "round", "if", "D", "f", "f'", "f''", "g'", "huber", "mse", "cross_entropy", "kl_divergence",
    "adam_step", "log2", "log10", "\\frac", "\\sqrt", "norm", "sort", "nope",
)  # fmt: skip
SOUND = (
    "exp", "log", "sqrt", "sin", "cos", "tanh", "abs", "relu", "sigmoid", "softplus", "gelu", "step", "sign", "swish",
)  # fmt: skip
DOMAINS = (
    "real", "positive", "nonnegative", "integer", "label", "0..1", "-1..1", "-1e400..1e400", "1..1", "2..1",
    "0..1e-300", "0..99999999999999999999", "nan..1", "matrix(2, 3)", "vector(3)", "size", "red", "", "0..", "１..２",
)  # fmt: skip
NUMBERS = (
    "0", "1", "2", "-1", "0.5", "1/3", "0.1", "1e-7", "1e-30", "1e-400", "1e400", "1e308", "10**20", "10**-30",
    "9**9**9", "2**0.5", "10**400", "1e999999999", "00012", "1,210,000", "3,5", "１２", "½", "50%", "-0", "+2", "--2",
    "1 2/3", "0x10", "1_000", "∞", "π",
)  # fmt: skip
OPERATORS = (
    "+", "-", "*", "/", "**", "^", " ", "·", "×", "÷", "−", ">", "<=", "==", " and ", ",", "--", "+ -", ";", "=",
)  # fmt: skip
TEXTS = (
    "", " ", "\u3000", "\n", "\t", "\0", "\x1b[31m", "\u202e12", "\ufeff1", "\ud800", "\udfff\ud800", "😀", "é",
    "e\u0301", "ー", "あ", "ア", "'a'", '"a"', "(1, 2)", "((1, 2), (3, 4))", "()", "[]", "(,)", "((1), 2)",
    "(1, (2, 3))", "True", "None", "nan", "inf", "-inf", "tanh(10**20)", "sin(10**20)", "cos(1e300)", "erf(1e300)",
    "exp(exp(exp(9)))", "exp(-exp(exp(9)))", "x[0]", "x[9]", "(1,2)[5]", "f'()", "f''''''''(x)", "D(x, x)",
    "D(D(D(x**9, x), x), x)", "D(1, 2)", "D()", "if(x > 0, x, -x)", "if(x, 1, 2)", "if(1)", "1/0", "0/0", "0**0",
    "(-1)**0.5", "(-8)**(1/3)", "sqrt(-1)", "log(0)", "log(-1)", "x**x**x**x", "1/(x-x)", "log(x, 1)", "log(x, 0)",
    "max()", "min(x)", "sum((x, x))", "softmax((x, 1))", "one_hot(1, 3)", "one_hot(9, 3)", "len(1)",
    "mse((1,2),(1,2,3))", "huber(x, 0, delta=0)", "huber(x, 0, delta='a')", "huber(x, 0, nope=1)", "mean((), ())",
    "not x", "x > 0", "x and y", "lambda: 0", "__import__('os')", "\\frac12", "\\frac{1}{", "\\sqrt[0]{x}", "$x$",
    "x'", "x_{1}^{(2)}", "x²", "√x", "|x|", "||x|", "‖x‖", "a b", "b,a", "a、b", "損失", "(" * 200 + "x" + ")" * 200,
    "[" * 3000, "-" * 3000 + "x", "1+" * 2000 + "1", "x**" * 300 + "2", "exp(" * 60 + "x" + ")" * 60, "9" * 5000,
    "0." + "1" * 5000, "x" * 900_000, "1 " * 300_000, "(1," * 400, "sin(x)*" * 300 + "1",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 40, 41, 10**9, 10**400, -(10**400), 0.1, 1e308, 5e-324, float("nan"),
    float("inf"), [], {}, [[]], [None], [[1], [1, 2]], [[1, 2], [3, 4]], {"a": None}, {"": ""}, ["a"] * 500,
    {str(i): "1" for i in range(500)},
)  # fmt: skip
LINES = (
    "{}", "[]", "null", "1", '"a"', "{", "[" * 50_000, '{"kind": NaN}', '{"kind": "number", "kind": "vector"}',
    "\ufeff{}", '{"a":' * 20_000, "x" * 1_100_000, '{"kind": "\\ud800"}', "1" * 10_000, '{"exercise": 1e999}',
)  # fmt: skip
EXERCISES = ("ce-onehot", "grad-sq", "half-sse", "huber-choice", "log-cosh-gradient", "nope", "losses/huber", "", "\0")


class Maker:
    """Lines from one seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def line(self) -> str:
        """A request, right, nearly right, or none at all."""
        chance = self._chance
        if chance.random() < 0.03:
            return self._any_line()
        request = chance.choice(self._kinds)(self)
        while chance.random() < 0.12:
            self._spoil(request)
        return json.dumps(request, ensure_ascii=chance.random() < 0.9 or _has_surrogates(request))

    def formula(self, names: Sequence[str], depth: int = 4) -> str:
        """A formula, more or less."""
        chance = self._chance
        roll = chance.random()
        if depth == 0 or roll < 0.2:
            return chance.choice(names) if chance.random() < 0.6 else chance.choice(NUMBERS)
        if roll < 0.25:
            return chance.choice(TEXTS)
        if roll < 0.55:
            operator = chance.choice(OPERATORS if chance.random() < 0.3 else OPERATORS[:5])
            return f"{self.formula(names, depth - 1)}{operator}{self.formula(names, depth - 1)}"
        if roll < 0.65:
            return f"({self.formula(names, depth - 1)})"
        arguments = ", ".join(self.formula(names, depth - 1) for _ in range(chance.choice((1, 1, 1, 2, 2, 3))))
        return f"{chance.choice(FUNCTIONS)}({arguments})"

    def near(self, text: str) -> str:
        """A text that differs a little, or not at all."""
        chance = self._chance
        for _ in range(chance.choice((0, 1, 1, 2, 5))):
            place = chance.randrange(len(text) + 1)
            pieces = (*"+-*/^()0123456789.,eE' ", *NAMES, *OPERATORS, "²", "ー", "\u200b", "\ud800")
            piece = "" if chance.random() < 0.4 else chance.choice(pieces)
            text = text[:place] + piece + text[place + chance.choice((0, 0, 1)) :]
        if chance.random() < 0.1:
            text += chance.choice(
                ("+10**-30", "*(1+1e-40)", "+exp(-70)", "-0", "+0*x", "*1", "+tanh(10**20)", "+1e-400")
            )
        return text

    def _expression(self) -> dict[str, Any]:
        chance = self._chance
        if chance.random() < 0.6:
            return self._sound_expression()
        names = chance.sample(NAMES, chance.choice((1, 1, 2, 2, 3, 6)))
        symbols = {name: chance.choice(DOMAINS if chance.random() < 0.3 else DOMAINS[:7]) for name in names}
        reference = self.formula(names, chance.choice((1, 2, 3)))
        request = {"kind": "expression", "reference": reference, "symbols": symbols, "answer": self._answer(reference)}
        if chance.random() < 0.3:
            request["given"] = {
                chance.choice(names): chance.choice((*TEXTS, self.formula(names, 2)))
                for _ in range(chance.choice((1, 2)))
            }
        if chance.random() < 0.2:
            request["functions"] = chance.choice((["f"], ["f", "g"], ["x"], ["exp"], [""]))
        if chance.random() < 0.3:
            request["mistakes"] = {chance.choice(("sign", "", "損", "factor")): self.near(reference) for _ in range(3)}
        if chance.random() < 0.1:
            request["form"] = chance.choice(("factored", "expanded", "pretty", "simplified"))
        return request

    def _sound_expression(self) -> dict[str, Any]:
        """A request that can be graded, most likely, with an answer that means the same, or nearly."""
        chance = self._chance
        names = chance.sample(NAMES[:8], chance.choice((1, 2, 2, 3)))
        symbols = {name: chance.choice(DOMAINS[:7]) for name in names}
        reference = self.sound(names, chance.choice((1, 2, 3, 4)))
        same = chance.choice(
            ("({0})", "0+{0}", "({0})*2/2", "({0})**1", "-(-({0}))", "({0})+x-x", "exp(log({0}))", "({0})^2/({0})")
        )
        wrong = chance.choice(
            ("-({0})", "({0})*2", "({0})**2", "({0})+1e-9", "({0})*(1+10**-30)", "abs({0})", "max(0, {0})")
        )
        shape = chance.choice((same, wrong, "{0}"))
        answer = shape.replace("x", names[0]).replace("e" + names[0] + "p", "exp").replace("ma" + names[0], "max")
        answer = answer.replace("{0}", reference)
        request = {"kind": "expression", "reference": reference, "symbols": symbols}
        request["answer"] = self.near(answer) if chance.random() < 0.3 else answer
        if len(names) > 1 and chance.random() < 0.3:
            request["given"] = {names[0]: self.sound(names[1:], 2)}
        if chance.random() < 0.3:
            request["mistakes"] = {name: self.sound(names, 2) for name in ("first", "second")}
        return request

    def sound(self, names: Sequence[str], depth: int) -> str:
        """A formula of the language."""
        chance = self._chance
        roll = chance.random()
        if depth == 0 or roll < 0.15:
            return (
                chance.choice(names)
                if chance.random() < 0.7
                else chance.choice(("1", "2", "0.5", "1/3", "1e-7", "10", "30"))
            )
        left = self.sound(names, depth - 1)
        if roll < 0.6:
            return f"({left} {chance.choice('+-*/')} {self.sound(names, depth - 1)})"
        if roll < 0.7:
            return f"({left})**{chance.choice(('2', '3', '-1', '0.5', '10', '40', 'n'))}"
        if roll < 0.8:
            return f"{chance.choice(('max', 'min'))}({left}, {self.sound(names, depth - 1)})"
        return f"{chance.choice(SOUND)}({left})"

    def _answer(self, key: str) -> str:
        chance = self._chance
        other = chance.choice((self.formula(NAMES[:6], 2), chance.choice(TEXTS)))
        return other if chance.random() < 0.25 else self.near(key)

    def _precision(self) -> dict[str, Any]:
        name = self._chance.choice(("digits", "significant"))
        return {name: self._chance.choice((0, 1, 2, 3, 4, 4, 12, 40))}

    def _number(self) -> dict[str, Any]:
        chance = self._chance
        key = chance.choice(
            (*NUMBERS, f"{chance.uniform(-9, 9):.7f}", str(chance.randrange(10**6)), self.formula(("1", "2.5"), 2))
        )
        shown = chance.choice((int, str, float))
        try:
            written = shown(key) if chance.random() < 0.3 else key
        except (ValueError, OverflowError):
            written = key
        return {"kind": "number", "key": written, **self._precision(), "answer": self._answer(key)}

    def _vector(self) -> dict[str, Any]:
        chance = self._chance
        width, rows = chance.choice((1, 2, 3, 4, 40)), chance.choice((0, 0, 1, 2))
        entries = [chance.choice((f"{chance.uniform(-9, 9):.4f}", *NUMBERS[:8])) for _ in range(width * max(1, rows))]
        key = [entries[start : start + width] for start in range(0, len(entries), width)] if rows else entries
        text = str(key).replace("'", "")
        return {"kind": "vector", "key": key, **self._precision(), "answer": self._answer(text)}

    def _choice(self) -> dict[str, Any]:
        chance = self._chance
        options = [chance.choice(TEXTS[:30]) for _ in range(chance.choice((1, 2, 4, 30)))]
        key = chance.sample("abcdefz", chance.choice((1, 1, 2)))
        return {"kind": "choice", "options": options, "key": key, "answer": self._answer(" ".join(key))}

    def _order(self) -> dict[str, Any]:
        key = self._chance.sample("abcdef", self._chance.choice((1, 2, 4)))
        return {"kind": "order", "key": key, "answer": self._answer(" ".join(key))}

    def _term(self) -> dict[str, Any]:
        accept = [self._chance.choice((*TEXTS, "交差エントロピー", "dropout")) for _ in range(2)]
        return {
            "kind": "term",
            "accept": accept,
            "refuse": [self._chance.choice(TEXTS)],
            "answer": self._answer(accept[0]),
        }

    def _exercise(self) -> dict[str, Any]:
        chance = self._chance
        seed = chance.choice((0, 1, 7, -1, 10**30))
        request = {"exercise": chance.choice(EXERCISES), "seed": seed, "answer": self._answer("4*(y - t)")}
        if chance.random() < 0.1:
            request |= {"step": chance.choice((0, 1, -1, 99)), "steps": [self.formula(NAMES[:4], 1)]}
        return request

    _kinds: tuple[Callable[[Maker], dict[str, Any]], ...] = (
        *(_expression,) * 10, *(_number,) * 4, *(_vector,) * 3, _choice, _order, _term, _exercise,
    )  # fmt: skip

    def _spoil(self, request: dict[str, Any]) -> None:
        """Change, add or take away a field."""
        chance = self._chance
        name = chance.choice(
            (*request, "kind", "key", "digits", "given", "mistakes", "functions", "several", "steps", "nope")
        )
        if chance.random() < 0.2:
            request.pop(name, None)
        elif chance.random() < 0.5:
            request[name] = chance.choice((*VALUES, *TEXTS))
        else:
            inner = chance.choice((*VALUES[:17], *TEXTS))
            request[name] = chance.choice(([inner], {"x": inner}, [inner, "1"], {"x": "1", "y": inner}, [[inner]]))

    def _any_line(self) -> str:
        return self._chance.choice(LINES)


def _has_surrogates(request: object) -> bool:
    return any(0xD800 <= ord(char) <= 0xDFFF for char in json.dumps(request, ensure_ascii=False))


def lines(count: int, seed: int) -> list[str]:
    """So many lines, each with a seed of its own: one can be made again without the others."""
    return [Maker(seed + number).line() for number in range(count)]


def asked(requests: Sequence[str], hash_seed: int) -> tuple[list[dict[str, Any]], str]:
    """The replies of one run of the command, and what it wrote on standard error: a bug of ours each line."""
    run = subprocess.run(
        [sys.executable, "-m", "studyapp", "--lang", "en", "grade", "--jsonl", "--timing"],
        input="".join(f"{line}\n" for line in requests), capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()], run.stderr
