"""What is said beside a question: how to answer it, by which conventions, and what became of the answer."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.exercise import Convention
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
from studyapp.domain.words.sentences import Sentences, counted


class AskingWords(Sentences):
    """The lines under a prompt and the verdict's word, the same in the app and in line mode.

    A template that has two forms writes them `one|many`.
    """

    digits: str
    whole: str
    significant: str
    vector: str
    matrix: str
    expression: str
    one: str
    several: str
    order: str
    term: str
    parted: str
    joined: str
    framed: str
    log: str
    log_base: str
    epsilon: str
    no_epsilon: str
    reductions: Mapping[str, str]
    outcomes: Mapping[Outcome, str]

    def outcome(self, outcome: Outcome) -> str:
        """A verdict in a word."""
        return self.outcomes[outcome]

    def lines(self, question: Question) -> tuple[str, ...]:
        """How to answer, then the conventions that the stem fixes, if any."""
        how = "" if question.steps else self.how(question.key)
        return tuple(line for line in (how, self.convention(question.convention)) if line)

    def how(self, key: AnswerKey) -> str:
        """How to answer."""
        match key:
            case NumberKey():
                return self._rounded(key)
            case VectorKey():
                layout = self.matrix if key.columns else self.vector
                return self.parted.join(part for part in (layout, self._rounded(key)) if part)
            case ExpressionKey(_, symbols, given, using=using):
                names = families(using or (*symbols, *given))
                return self.expression.format(symbols=self.joined.join(names))
            case ChoiceKey(_, _, several):
                return self.several if several else self.one
            case OrderKey():
                return self.order
            case TermKey():
                return self.term

    def convention(self, fixed: Convention) -> str:
        """The conventions that a question fixes; empty where it fixes none."""
        parts = []
        if fixed.log:
            parts.append(self.log if fixed.log == "e" else self.log_base.format(base=fixed.log))
        if fixed.epsilon:
            parts.append(self.no_epsilon if fixed.epsilon == "0" else self.epsilon.format(epsilon=fixed.epsilon))
        if fixed.reduction in self.reductions:
            parts.append(self.reductions[fixed.reduction])
        return self.framed.format(self.joined.join(parts)) if parts else ""

    def _rounded(self, key: NumberKey | VectorKey) -> str:
        if key.digits is not None:
            return counted(self.digits, key.digits) if key.digits else self.whole
        return counted(self.significant, key.significant) if key.significant is not None else ""


JA = AskingWords(
    digits="小数第 {count} 位まで（その次の位を四捨五入）",
    whole="整数で",
    significant="有効数字 {count} 桁で",
    vector="成分をコンマで区切る（例: 0.1, 0.7, 0.2）",
    matrix="成分をコンマで、行をセミコロンで区切る（例: 1, 2; 3, 4）",
    expression="使える文字: {symbols}",
    one="記号を一つ",
    several="当てはまる記号をすべて（例: a, c）",
    order="正しい順に記号を並べる（例: b, a, c）",
    term="用語を一つ",
    parted=" ・ ",
    joined="、",
    framed="（{}）",
    log="log は自然対数",
    log_base="log の底は {base}",
    epsilon="ε = {epsilon}",
    no_epsilon="ε は足さない",
    reductions={"mean": "平均を取る", "sum": "合計を取る", "none": "合計も平均も取らない"},
    outcomes={
        Outcome.CORRECT: "正解",
        Outcome.ROUNDING: "桁不足",
        Outcome.WRONG: "不正解",
        Outcome.UNREADABLE: "読めません",
        Outcome.UNDECIDED: "判定できません",
    },
)

EN = AskingWords(
    digits="to 1 decimal place, rounded|to {count} decimal places, rounded",
    whole="a whole number",
    significant="to 1 significant digit|to {count} significant digits",
    vector="entries with commas (0.1, 0.7, 0.2)",
    matrix="entries with commas, rows with semicolons (1, 2; 3, 4)",
    expression="names to use: {symbols}",
    one="one label",
    several="every label that fits (a, c)",
    order="the labels in their right order (b, a, c)",
    term="one term",
    parted=" · ",
    joined=", ",
    framed="({})",
    log="log is the natural logarithm",
    log_base="log has base {base}",
    epsilon="ε = {epsilon}",
    no_epsilon="no ε is added",
    reductions={"mean": "take the mean", "sum": "take the sum", "none": "neither sum nor mean is taken"},
    outcomes={outcome: outcome.value for outcome in Outcome},
)
