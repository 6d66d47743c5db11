"""What is said beside a question: how to answer it, by which conventions, and what became of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studyapp.domain.network import families
from studyapp.domain.question import (
    AnswerKey,
    ChoiceKey,
    ExpressionKey,
    NumberKey,
    OrderKey,
    Question,
    TermKey,
    VectorKey,
)
from studyapp.domain.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingWords:
    """The lines under a prompt and the verdict's word, the same in the app and in line mode."""

    digits: str
    whole: str
    significant: str
    vector: str
    expression: str
    one: str
    several: str
    order: str
    term: str
    convention: str
    conventions: Mapping[str, str]
    separator: str
    outcomes: Mapping[Outcome, str]

    def outcome(self, outcome: Outcome) -> str:
        """A verdict in a word."""
        return self.outcomes[outcome]

    def lines(self, question: Question) -> tuple[str, ...]:
        """How to answer, then the conventions that the stem fixes, if any."""
        fixed = question.convention
        parts = [
            self.conventions[name].format(value=value)
            for name, value in (("log", fixed.log), ("epsilon", fixed.epsilon), ("reduction", fixed.reduction))
            if value and (name, value) != ("epsilon", "0")
        ]
        told = self.convention.format(parts=self.separator.join(parts)) if parts else ""
        how = "" if question.steps else self.how(question.key)
        return tuple(line for line in (how, told) if line)

    def how(self, key: AnswerKey) -> str:
        """How to answer."""
        match key:
            case NumberKey(_, digits, significant):
                return self._rounded(digits, significant)
            case VectorKey(_, digits, significant):
                return self.vector + self._rounded(digits, significant)
            case ExpressionKey(_, symbols, using=using):
                return self.expression.format(symbols=self.separator.join(families(using) if using else symbols))
            case ChoiceKey(_, _, several):
                return self.several if several else self.one
            case OrderKey():
                return self.order
            case TermKey():
                return self.term

    def _rounded(self, digits: int | None, significant: int | None) -> str:
        if digits is None:
            return self.significant.format(count=significant)
        return self.digits.format(count=digits) if digits else self.whole


JA = AskingWords(
    digits="小数第 {count} 位まで（その次の位を四捨五入）。",
    whole="整数で。",
    significant="有効数字 {count} 桁で。",
    vector="(a, b, …) の形で。各成分は",
    expression="式で。使える文字: {symbols}",
    one="記号を一つ。",
    several="正しいものをすべて（a, c のように）。",
    order="記号を正しい順に（b a c のように）。",
    term="用語を。",
    convention="約束: {parts}。",
    conventions={"log": "対数の底は {value}", "epsilon": "ε = {value}", "reduction": "集計は {value}"},
    separator="、",
    outcomes={
        Outcome.CORRECT: "正解",
        Outcome.ROUNDING: "桁不足",
        Outcome.WRONG: "不正解",
        Outcome.UNREADABLE: "読めません",
        Outcome.UNDECIDED: "判定できません",
    },
)

EN = AskingWords(
    digits="To {count} decimal places, rounded.",
    whole="As a whole number.",
    significant="To {count} significant digits.",
    vector="As (a, b, …). ",
    expression="As a formula in {symbols}.",
    one="One label.",
    several="All that are right, such as a, c.",
    order="The labels in their right order, such as b a c.",
    term="A term.",
    convention="Convention: {parts}.",
    conventions={"log": "logarithm to base {value}", "epsilon": "ε = {value}", "reduction": "reduced by {value}"},
    separator=", ",
    outcomes={outcome: outcome.value for outcome in Outcome},
)
