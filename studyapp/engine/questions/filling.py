"""Sentences with their holes filled from the values of a drawing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import field

import numpy as np

from studyapp.domain.exercise import Hole, Template
from studyapp.domain.expression import Binary, Call, Index, Name, Negate, Node, Number, names_in, substituted
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem, Value
from studyapp.engine.code.comparison import Read
from studyapp.engine.interpretation import CONSTANTS
from studyapp.engine.questions.shown import EXACT_PLACES, arranged, shown_number
from studyapp.engine.questions.values import Values, fraction_of
from studyapp.engine.rounding import exact_decimal, plain

_OPERATOR_BEFORE = re.compile(r"(?:[-+*/−×÷·^]|\\(?:cdot|times|div|pm))\s*$")
_APART = r"q?quad|text|approx|simeq|equiv|[lg]eq?|[lg]t|neq?|in|to|[Rr]ightarrow|implies|iff|mid|right|end|pm"
_COMMAND = rf"\\(?!(?:{_APART})\b)[A-Za-z]+"
"""A command of TeX that is a factor, or takes one: neither a relation nor space."""
_FACTOR_BEFORE = re.compile(rf"(?:[-*/−×÷·^0-9)}}]|(?<![\\A-Za-z])[A-Za-z]+|{_COMMAND})\s*$")
_FACTOR_AFTER = re.compile(rf"\s*(?:[*/×÷·^(A-Za-z0-9]|{_COMMAND})")
_EQUALS_BEFORE = re.compile(r"=(\s*)$")
_CONSTANTS = frozenset(CONSTANTS)
LOOKED_BACK = 40  # characters before a hole among which an operator is sought
_MARKUP = re.compile(r"([\\`*_\[\]<>$])")


@dataclass(frozen=True, slots=True)
class Printer:
    """How trees become text that can be typed, and TeX; given by the room that knows the language."""

    text: Callable[[Node], str]
    tex: Callable[[Node], str]
    read_code: Read


@dataclass(frozen=True, slots=True)
class Shown:
    """A hole as it was filled: the texts of its entries, and whether one of them was rounded."""

    entries: tuple[str, ...]
    shape: tuple[int, ...]
    rounded: bool


@dataclass(slots=True)
class Filler:
    """Everything that a hole may need: the values, the key, and the digits of the exercise.

    In a question about formulas `symbols` are its symbols, `formulas` what names stand for (`answer`, each `given`),
    and `carry_out` puts the drawn numbers into an expression and carries its derivatives out.
    """

    values: Values
    printer: Printer
    digits: int | None
    significant: int | None
    symbols: frozenset[str] = frozenset()
    formulas: dict[str, Node] = field(default_factory=dict)
    carry_out: Callable[[Node], Node] = lambda node: node
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the name of a drawn value how each word that it may be is said."""
    shown: dict[int, Shown] = field(default_factory=dict)
    """What the holes that were filled with numbers show, by the identity of the hole."""

    def fill(self, template: Template) -> str:
        """The Markdown source without holes."""
        filled, formulas = [""], self.formulas.keys() | self.symbols
        for place, part in enumerate(template):
            if isinstance(part, str):
                filled.append(part)
                continue
            after = template[place + 1] if place + 1 < len(template) else ""
            before = filled[-1][-LOOKED_BACK:]
            if formulas and not names_in(part.expression).isdisjoint(formulas):
                filled.append(self._formula(part, before, after if isinstance(after, str) else ""))
                continue
            shown, rounded = self._shown(part)
            if rounded:
                sign = r"\\approx\1" if part.context == "math" else r"≈\1"
                filled[-1] = _EQUALS_BEFORE.sub(sign, filled[-1])
            if shown.startswith("-") and (_OPERATOR_BEFORE.search(before) or _raised(after)):
                shown = f"({shown})"
            filled.append(shown)
        return "".join(filled)

    def _shown(self, hole: Hole) -> tuple[str, bool]:
        value = self._said(hole.expression, self.values.best(self.values.written(hole)))
        entries: list[str] = []
        rounded = False

        def show(entry: Value) -> str:
            nonlocal rounded
            text, changed = self._number(entry, hole)
            entries.append(text)
            rounded = rounded or changed
            return text

        text = arranged(value, show, hole.context)
        if entries:
            self.shown[id(hole)] = Shown(tuple(entries), np.shape(value), rounded)
        return (_MARKUP.sub(r"\\\1", text) if hole.context == "text" else text), rounded

    def _said(self, node: Node, value: Value) -> Value:
        """A drawn word, or an array of words, as it is said in the language of the sentences."""
        name = node.target if isinstance(node, Index) else node
        words = self.words.get(name.name, {}) if isinstance(name, Name) else {}
        if not words:
            return value
        return np.frompyfunc(lambda entry: words.get(entry, entry) if isinstance(entry, str) else entry, 1, 1)(value)

    def _number(self, value: Value, hole: Hole) -> tuple[str, bool]:
        if hole.digits is not None:
            return shown_number(value, hole.digits)
        is_key = isinstance(hole.expression, Name) and hole.expression.name == "answer"
        exact = None if is_key else exact_decimal(fraction_of(value), EXACT_PLACES)
        return (plain(exact), False) if exact is not None else shown_number(value, self.digits, self.significant)

    def _formula(self, hole: Hole, before: str, after: str) -> str:
        """A formula with the drawn numbers in it, in parentheses where what is around it would bind more tightly."""
        written = self.values.written(hole)
        if unknown := names_in(written) - self.symbols - self.formulas.keys() - self.values.floats.keys() - _CONSTANTS:
            raise Problem(f"unknown name {min(unknown)!r}")
        known = {name: self.formulas[name] for name in names_in(written) & self.formulas.keys()}
        if not isinstance(written, Name):
            known = {name: formula for name, formula in known.items() if name == "answer"}
        formula = self.carry_out(substituted(written, known))
        text = self.printer.tex(formula) if hole.context == "math" else self.printer.text(formula)
        is_sum = isinstance(formula, Negate) or (isinstance(formula, Binary) and formula.operator in "+-")
        is_atom = isinstance(formula, Name | Number | Call)
        factor = hole.context != "text" and (_FACTOR_AFTER.match(after) or _FACTOR_BEFORE.search(before))
        if (is_sum and factor) or (text.startswith("-") and _OPERATOR_BEFORE.search(before)):
            return f"({text})"
        return f"({text})" if _raised(after) and not is_atom else text


def _raised(following: object) -> bool:
    return isinstance(following, str) and following.lstrip().startswith(("^", "**"))
