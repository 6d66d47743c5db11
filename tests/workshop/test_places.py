"""A complaint points at the very text that it is about, whatever it is about."""

from pathlib import Path

import pytest

from studyapp.domain.place import PageSource
from studyapp.workshop.lint import Linter

FRONT = "---\nitem: [13]\n---\n"
MARK = "⟦"
"""Stands before the text that a complaint must point at; taken out before the page is written."""


def exercise(key: str, prompt: str = "値 {{ a }} を求めよ。", kind: str = "number", digits: str = "digits: 0\n") -> str:
    return f"{FRONT}# 題\n\n本文。\n\n## 問\n\n{prompt}\n\n```yaml key\nid: one\nkind: {kind}\n{key}{digits}```\n"


DRAW = "draw:\n  a: integer(1, 9)\n"

POINTED = {
    "item": ("---\nitem: [13, ⟦x]\n---\n# 題\n", "not-a-whole-number"),
    "item out of range": ("---\nitem:\n  - 13\n  - ⟦0\n---\n# 題\n", "out-of-range"),
    "requires": ("---\nrequires: [a/b, ⟦語]\n---\n# 題\n", "bad-topic-id"),
    "covers": ("---\ncovers: [a, ⟦[b]]\n---\n# 題\n", "not-a-text"),
    "field of front matter": ("---\nitem: [13]\n⟦titel: a\n---\n# 題\n", "unknown-field"),
    "id": ("# 題\n\n## 問\n\n値は。\n\n```yaml key\nid: ⟦a/b\nkind: term\naccept: [a]\n```\n", "bad-id"),
    "kind": (exercise(DRAW + "answer: a\n", kind="⟦nummer"), "unknown-kind"),
    "field": (exercise(DRAW + "answer: a\n⟦chek: a\n"), "unknown-field"),
    "skill": (exercise(DRAW + "skill: ⟦語\nanswer: a\n"), "bad-topic-id"),
    "aliases": (exercise(DRAW + "aliases: [x, ⟦語]\nanswer: a\n"), "bad-topic-id"),
    "aliases in lines": (exercise(DRAW + "aliases:\n  - x\n  - ⟦語\nanswer: a\n"), "bad-topic-id"),
    "confuses": (exercise(DRAW + "confuses: [⟦語]\nanswer: a\n"), "bad-topic-id"),
    "draw": (exercise("draw:\n  a: ⟦integr(1, 9)\nanswer: a\n"), "unknown-function"),
    "draw without a call": (exercise("draw:\n  a: ⟦5\nanswer: a\n"), "unknown-function"),
    "name of a draw": (exercise("draw:\n  ⟦1a: integer(1, 9)\n  a: integer(1, 9)\nanswer: a\n"), "bad-name"),
    "reserved name": (exercise("draw:\n  ⟦D: integer(1, 9)\n  a: integer(1, 9)\nanswer: a\n"), "reserved-name"),
    "name twice": (exercise(DRAW + "let:\n  ⟦a: 2\nanswer: a\n"), "duplicate-name"),
    "let": (exercise(DRAW + "let:\n  b: a + ⟦z\nanswer: b\n"), "missing-value"),
    "let, unread": (exercise(DRAW + "let:\n  b: a +⟦\nanswer: b\n"), "unreadable-expression"),
    "where": (exercise(DRAW + "where:\n  - a > 1\n  - a > ⟦z\nanswer: a\n"), "missing-value"),
    "where without a comparison": (exercise(DRAW + "where:\n  - ⟦a + 1\nanswer: a\n"), "not-a-condition"),
    "cases": (exercise(DRAW + "cases:\n  big: a > ⟦z\nanswer: a\n"), "missing-value"),
    "answer": (exercise(DRAW + "answer: a + ⟦sinc(a)\n"), "unknown-function"),
    "check": (exercise(DRAW + "answer: a\ncheck: a * ⟦z\n"), "missing-value"),
    "option": (exercise(DRAW + "answer: huber(a, 1, ⟦dleta=2)\n"), "unknown-option"),
    "count": (exercise(DRAW + "answer: a * ⟦dot(a)\n"), "wrong-count"),
    "example": (exercise(DRAW + "answer: a\nexample: {a: 1, ⟦b: 2}\n"), "unknown-name"),
    "digits": (exercise(DRAW + "answer: a\n", digits="digits: ⟦many\n"), "not-a-whole-number"),
    "mistakes": (exercise(DRAW + "answer: a\nmistakes:\n  m: a + ⟦z\n"), "missing-value"),
    "mistake without a sentence": (exercise(DRAW + "answer: a\nmistakes:\n  m: ⟦a + 1\n"), "mistake-without-sentence"),
    "convention": (exercise(DRAW + "answer: a\nconvention: {log: ⟦3}\n"), "unknown-word"),
    "symbols": (exercise("symbols: {x: real, y: ⟦rela}\nanswer: x\n", "値。", "expression", ""), "unknown-domain"),
    "interval": (exercise("symbols: {x: ⟦2..1}\nanswer: x\n", "値。", "expression", ""), "empty-interval"),
    "functions": (
        exercise("symbols: {x: real}\nfunctions: [⟦if]\nanswer: x\n", "値。", "expression", ""),
        "reserved-name",
    ),
    "given": (
        exercise("symbols: {x: real}\ngiven:\n  y: ⟦(1, 2)\nanswer: x*y\n", "値。", "expression", ""),
        "unfit-given",
    ),
    "given, a name": (
        exercise("symbols: {x: real}\ngiven:\n  y: x*⟦z\nanswer: y\n", "値。", "expression", ""),
        "missing-value",
    ),
    "step": (
        exercise("symbols: {x: real}\nsteps:\n  - answer: ⟦sinc(x)\n", "値。\n\n1. $x$ は。", "derivation", ""),
        "unknown-function",
    ),
    "field of a step": (
        exercise("symbols: {x: real}\nsteps:\n  - ⟦anser: x\n    answer: x\n", "値。\n\n1. $x$ は。", "derivation", ""),
        "unknown-field",
    ),
    "right": (
        exercise(DRAW + "right:\n  - a > 1\n  - a > ⟦z\n", "値。\n\n- [ ] あ\n- [ ] い\n", "choice", ""),
        "missing-value",
    ),
    "shown": (exercise("⟦shown: 5\n", "値。\n\n- [ ] あ\n- [x] い\n", "choice", ""), "shown-too-many"),
    "accept": (exercise("accept: [a, ⟦[b]]\n", "値。", "term", ""), "not-a-text"),
    "hole": (exercise(DRAW + "answer: a\n", "値 {{ ⟦b }} と {{ a }} 。"), "missing-value"),
    "hole, unread": (exercise(DRAW + "answer: a\n", "値 {{ a + ⟦@ }} 。"), "unreadable-expression"),
    "formula": (exercise(DRAW + "answer: a\n", "値 {{ a }} と $x + ⟦\\fraction{1}$ 。"), "unset-formula"),
    "figure": (f"{FRONT}# 題\n\n```yaml figure\ncurves:\n  - log(x)\n  - ⟦z\nover: {{x: 1..2}}\n```\n", "unknown-name"),
}


@pytest.mark.parametrize(("marked", "code"), POINTED.values(), ids=POINTED)
def test_a_complaint_is_where_its_text_is(marked, code, tmp_path: Path):
    before, _, after = marked.partition(MARK)
    page = tmp_path / "ja" / "x" / "a.md"
    page.parent.mkdir(parents=True)
    page.write_text(before + after, encoding="utf-8")
    complaints = Linter()(PageSource("x/a", str(page)))[1]
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert (code, line, column) in {(one.code, one.place.line, one.place.column) for one in complaints}, complaints
    errors = {complaint.code for complaint in complaints if complaint.severity == "error"}
    assert errors <= {code}, "one error, one complaint"
