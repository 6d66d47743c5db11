"""Sentences with their holes filled from the values of a drawing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from studyapp.domain.exercise import Hole, Template
from studyapp.domain.expression import Name, Node, names_in
from studyapp.engine.algebras.algebra import Value
from studyapp.engine.questions.shown import Context, arranged, exact_decimal, plain, shown_number
from studyapp.engine.questions.values import Values, fraction_of

_OPERATOR_BEFORE = re.compile(r"(?:[-+*/−×÷·^]|\\(?:cdot|times|div|pm))\s*$")
_EQUALS_BEFORE = re.compile(r"=(\s*)$")
LOOKED_BACK = 40
"""Characters before a hole among which an operator is sought."""
_MARKUP = re.compile(r"([\\`*_\[\]<>$])")


@dataclass(frozen=True, slots=True)
class Printer:
    """How trees become text that can be typed, and TeX; given by the room that knows the language."""

    text: Callable[[Node], str]
    tex: Callable[[Node], str]


@dataclass(frozen=True, slots=True)
class Filler:
    """Everything that a hole may need: the values, the key, and the digits of the exercise."""

    values: Values
    printer: Printer
    digits: int | None
    significant: int | None
    formulas: dict[str, Node]
    """Names that stand for formulas (`answer` of an expression)."""

    def fill(self, template: Template) -> str:
        """The Markdown source without holes."""
        made = [""]
        for place, part in enumerate(template):
            if isinstance(part, str):
                made.append(part)
                continue
            after = template[place + 1] if place + 1 < len(template) else ""
            shown, rounded = self._shown(part)
            if rounded:
                sign = r"\\approx\1" if part.context == "math" else r"≈\1"
                made[-1] = _EQUALS_BEFORE.sub(sign, made[-1])
            if shown.startswith("-") and (_OPERATOR_BEFORE.search(made[-1][-LOOKED_BACK:]) or _raised(after)):
                shown = f"({shown})"
            made.append(shown)
        return "".join(made)

    def _shown(self, hole: Hole) -> tuple[str, bool]:
        """The text of one hole, and whether a number in it was rounded."""
        if self.formulas and names_in(hole.expression) & self.formulas.keys():
            return self._formula(hole), False
        value = self.values.best(self.values.written(hole))
        rounded = False

        def show(one: Value) -> str:
            nonlocal rounded
            text, changed = self._number(one, hole)
            rounded = rounded or changed
            return text

        text = arranged(value, show, hole.context)
        return (_MARKUP.sub(r"\\\1", text) if hole.context == "text" else text), rounded

    def _number(self, value: Value, hole: Hole) -> tuple[str, bool]:
        if hole.digits is not None:
            return shown_number(value, hole.digits)
        is_key = isinstance(hole.expression, Name) and hole.expression.name == "answer"
        exact = None if is_key else exact_decimal(fraction_of(value))
        return (plain(exact), False) if exact is not None else shown_number(value, self.digits, self.significant)

    def _formula(self, hole: Hole) -> str:
        formula = hole.expression
        if isinstance(formula, Name):
            formula = self.formulas[formula.name]
        context: Context = hole.context
        return self.printer.tex(formula) if context == "math" else self.printer.text(formula)


def _raised(following: object) -> bool:
    return isinstance(following, str) and following.lstrip().startswith(("^", "**"))
