"""Trees read aloud, for screen readers and for learners who check by ear."""

from __future__ import annotations

import re
from decimal import Decimal

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Vector,
    Word,
)
from studyapp.domain.words.language import LanguageWords, SpeechWords
from studyapp.language.pratt import AND, NOT, OR, POWER, PRODUCT, SUM, TIGHTER
from studyapp.language.printing import NEEDS, binding, number_text

_LAYERED = re.compile(r"(?P<base>[^\W\d_]+)(?P<layer>[0-9]+)(?P<units>(?:_[^_]+)+)")


def to_speech(node: Node, words: LanguageWords) -> str:
    """The tree as it is said; brackets are said where leaving them out would change the meaning."""
    return _Speaker(words.speech).say(node)


class _Speaker:
    def __init__(self, words: SpeechWords) -> None:
        self.words = words

    def say(self, node: Node) -> str:
        words = self.words
        match node:
            case Number(value):
                return number_text(value)
            case Name(name):
                return self._name(name)
            case Word(text):
                return text
            case Negate(operand):
                return words.negative.format(self._operand(operand, PRODUCT))
            case Binary():
                return self._binary(node)
            case Comparison(relation, left, right):
                return words.relations[relation].format(self._operand(left, SUM), self._operand(right, SUM))
            case Logical(operator, left, right):
                power = AND if operator == "and" else OR
                return words.joined[operator].format(self._operand(left, power), self._operand(right, power + TIGHTER))
            case Not(operand):
                return words.denied.format(self._operand(operand, NOT))
            case Call():
                return self._call(node)
            case Index(target, indices):
                return words.index.format(self.say(target), words.comma.join(map(self.say, indices)))
            case Vector(items):
                template = words.matrix if items and isinstance(items[0], Vector) else words.vector
                return template.format(words.comma.join(map(self.say, items)))

    def _binary(self, node: Binary) -> str:
        words = self.words
        if node.operator == "**" and node.right == Number(Decimal(2)):
            return words.squared.format(self._operand(node.left, POWER + TIGHTER))
        template = {"+": words.plus, "-": words.minus, "*": words.times, "/": words.over, "**": words.power}
        left_need, right_need = NEEDS[node.operator]
        return template[node.operator].format(
            self._operand(node.left, left_need), self._operand(node.right, right_need)
        )

    def _call(self, node: Call) -> str:
        words = self.words
        several = len(node.arguments) + len(node.options) > 1
        items = [self.say(argument) for argument in node.arguments]
        items += [words.option.format(name, self.say(value)) for name, value in node.options]
        inner = words.comma.join(items)
        if several or (node.arguments and binding(node.arguments[0]) < POWER):
            inner = words.bracketed.format(inner)
        if node.function in words.functions and not node.primes:
            return words.functions[node.function].format(inner)
        name = self._name(node.function)
        for _ in range(node.primes):
            name = words.primed.format(name)
        return words.applied.format(name, inner)

    def _operand(self, node: Node, need: int) -> str:
        return self.say(node) if binding(node) >= need else self.words.bracketed.format(self.say(node))

    def _name(self, name: str) -> str:
        layered = _LAYERED.fullmatch(name)
        if layered is None:
            return name.replace("_", " ")
        return self.words.layer.format(layered["layer"]) + layered["base"] + layered["units"].replace("_", " ")
