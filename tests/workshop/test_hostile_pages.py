"""Pages come from anywhere: none draws forever, fills the memory or stops a command; each is refused with its line."""

import time
from pathlib import Path

import pytest

from studyapp.domain.place import PageSource
from studyapp.domain.question import Question
from studyapp.domain.text import set_language
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER, Service
from studyapp.workshop.lint import Linter
from tests.workshop.verifying import verify

LONGEST = 20
"""Seconds within which each must end, on any machine; they take a fraction of that."""


def lines(field: str, count: int, line: str) -> str:
    return f"{field}:\n" + "".join(f"  {line.format(n=n, m=n - 1)}\n" for n in range(1, count))


KEYS = {
    "squares of squares": "draw:\n  x0: integer(2, 9)\n" + lines("let", 600, "x{n}: x{m} * x{m}") + "answer: x599",
    "powers of powers": "draw:\n  x0: integer(2, 9)\n" + lines("let", 200, "x{n}: x{m} ** 64") + "answer: x199",
    "a tower of exp": "draw:\n  a: integer(5, 9)\nanswer: exp(exp(exp(exp(exp(a)))))",
    "sin of a tower": "draw:\n  a: integer(5, 9)\nanswer: sin(exp(exp(exp(a))))",
    "a power of a tower": "draw:\n  a: integer(5, 9)\nanswer: 2 ** exp(exp(exp(a)))",
    "a condition that never holds": "draw:\n  a: integer(5, 9)\nwhere:\n  - a > 10\nanswer: a",
    "large vectors that never fit": (
        "draw:\n  y: decimals(10000, 0, 1, digits=3)\nwhere:\n  - sum(exp(y)) < 0\nanswer: sum(exp(y))"
    ),
    "many large vectors": lines("draw", 500, "y{n}: decimals(10000, 0, 1, digits=3)") + "answer: sum(y1)",
    "more elements than there may be": "draw:\n  y: decimals(10001, 0, 1)\nanswer: sum(y)",
    "a matrix of too many": "draw:\n  y: matrix(101, 100, 0, 1)\nanswer: sum(y)",
    "large one-hot vectors": (
        "draw:\n  a: integer(0, 9)\n" + lines("let", 200, "x{n}: sum(one_hot(a, 10000))") + "answer: x1"
    ),
    "products of large matrices": (
        "draw:\n  m: matrix(100, 100, 0, 1)\nanswer: sum(dot(dot(dot(dot(dot(m, m), m), m), m), m))"
    ),
    "derivatives of derivatives": "draw:\n  x: integer(2, 9)\nanswer: " + "D(" * 40 + "exp(sin(x*x))" + ", x)" * 40,
    "derivative by a large vector": "draw:\n  y: decimals(5000, 0, 1)\nanswer: sum(D(sum(y * y), y))",
    "bounds beyond any float": "draw:\n  a: decimal(0, 1e3000, digits=2)\nanswer: a",
    "digits beyond any": "draw:\n  a: decimal(0, 1, digits=1e300)\nanswer: a",
    "a number beyond any": "draw:\n  a: integer(2, 9)\nanswer: a * 1e3900 * 1e3900",
    "every pair": "draw:\n  x: decimals(4000, 0, 1)\n  y: decimals(4000, 0, 1)\nanswer: mmd2(x, y)",
}


def page_of(tmp_path: Path, key: str, prompt: str = "値を求めよ。") -> PageSource:
    page = tmp_path / "ja" / "area" / "page.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    fence = f"```yaml key\nid: hostile\nkind: number\n{key}\ndigits: 2\n```\n"
    text = f"---\nitem: [13]\n---\n# 題\n\n## 問\n\n{prompt}\n\n{fence}"
    page.write_text(text, encoding="utf-8")
    return PageSource("area/page", str(page))


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_each_ends_soon_and_is_refused_with_its_line(key, tmp_path):
    set_language("en")
    source = page_of(tmp_path, key)
    started = time.monotonic()
    topics, complaints = Linter()(source)
    topic = topics.get("ja")
    assert topic is not None
    found = [complaint for complaint in complaints if complaint.severity == "error"]
    for exercise in topic.exercises:
        found += [one for one, _ in verify(source, exercise, range(3), Service()).complaints]
    assert time.monotonic() - started < LONGEST
    assert {one.code for one in found} & {"undrawable", "unreadable-expression"}
    assert all(one.place.line >= 10 for one in found)


def test_large_values_within_the_bounds_are_drawn(tmp_path):
    source = page_of(tmp_path, "draw:\n  y: decimals(10000, 0, 1, digits=3)\nanswer: sum(y)\ncheck: 10000 * mean(y)")
    topic = Service().topic(source)
    assert isinstance(draw(topic.exercises[0], 0, PRINTER), Question)


PROSE = {
    "quotes within quotes": ">" * 20_000 + " a",
    "lists within lists": "".join("  " * n + "- a\n" for n in range(200)),
    "emphasis without end": "*a " * 10_000,
    "brackets without end": "[" * 20_000,
    "dollars without end": "$ a " * 20_000,
    "ticks without end": "".join("`" * n + " " for n in range(1, 300)),
    "holes without end": "{{ a " * 10_000,
    "comments without end": "<!-- " * 10_000,
    "TeX within TeX": "$" + "\\frac{" * 3_000 + "1" + "}{2}" * 3_000 + "$",
    "equalities without end": "$" + "1=" * 10_000 + "1$",
    "one long line": "あ" * 60_000,
    "links without end": "](" * 30_000,
    "headings": "#" * 5 + " a\n" + "###### b\n" * 5_000,
    "link definitions": "".join(f"[r{n}]: u{n}\n" for n in range(12_000)),
    "link definitions in quotes": "".join(f"> [r{n}]: u{n}\n" for n in range(10_000)),
    "titles of link definitions": "".join(f"[r{n}]: u{n}\n 'a\n b'\n" for n in range(8_000)),
    "one link definition before many lines": "[a]: b 'x\n" + "x\n" * 90_000,
    "links to one definition": "[r]: u\n\n" + "[r] " * 45_000,
    "emphasis within emphasis": "*a **b " * 25_000,
    "emphasis within emphasis, closed": "*a " * 30_000 + "b*" * 40_000,
    "stars": "a" + "*" * 190_000,
    "stars apart": "a" + "* a" * 60_000,
    "underscores": "_a __b " * 27_000,
    "a table of many columns": "|" + "a|" * 30_000 + "\n|" + "-|" * 30_000 + "\n|" + "b|" * 30_000 + "\n",
    "a table of many short rows": "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + "|\n" * 90_000,
    "tables": "|a|b|\n|-|-|\n|c|d|\n\n" * 9_000,
    "images within images": "![" * 95_000,
    "brackets within brackets": "[" * 90_000 + "]" * 90_000,
    "links without an end": "[a](<b" * 30_000,
    "ticks of every length": "".join("`" * n + " " for n in range(1, 600)),
    "tags": "<a href=" * 24_000,
    "attributes": "x <a " + "b " * 90_000,
    "declarations": "x <![CDATA[" * 17_000,
    "entities": "&amp; " * 32_000,
    "backslashes": "\\*" * 90_000,
    "formulas": "$x^2$ " * 32_000,
    "equals": "=" * 190_000,
    "quotes before lazy lines": ">" * 1_000 + "a\n" + "b\n" * 90_000,
    "fences of every length": "".join("`" * n + "\n" for n in range(600, 3, -1)),
    "figures": "```yaml figure\ncurves:\n  - log(x)\nover: {x: 0.01..2}\n```\n\n" * 3_000,
    "struck out": "~~a " * 48_000,
    "notes": "[^a] " * 38_000,
    "wiki links": "[[" + "a" * 199 + "[[" * 40_000,
    "TeX brackets": "\\( " * 60_000,
    "zero-width signs": "a\u200b" * 48_000,
    "controls": "\x1b[31m" * 38_000,
    "joiners": "👩\u200d" * 27_000,
    "list items": "- a\n" * 47_000,
    "items of lists within lists": "- " * 95_000,
    "line ends": "\n" * 190_000,
}


@pytest.mark.parametrize("prose", PROSE.values(), ids=PROSE)
def test_no_prose_keeps_lint_busy(prose, tmp_path):
    set_language("en")
    source = page_of(tmp_path, "draw:\n  a: integer(2, 9)\nanswer: a", prose)
    started = time.monotonic()
    topics, complaints = Linter()(source)
    assert time.monotonic() - started < LONGEST
    refused = [complaint for complaint in complaints if complaint.code.startswith("too-many-")]
    assert bool(refused) == (not topics)
    assert "too-large" not in {complaint.code for complaint in complaints}
    assert all(one.place.line >= 8 for one in refused)


LONG_FACTS = {
    "draws": "kind: number\ndraw:\n" + lines("draw", 6_000, "x{n}: integer(2, 9)").partition("\n")[2] + "answer: x1",
    "values": "draw:\n  x0: integer(2, 9)\n" + lines("let", 5_000, "x{n}: x{m} + zz{n}({m})") + "answer: x1",
    "conditions": "draw:\n  a: integer(2, 9)\nwhere:\n" + "  - a > 1\n" * 5_000 + "answer: a",
    "mistakes": "draw:\n  a: integer(2, 9)\n" + lines("mistakes", 5_000, "m{n}: a + {n}") + "answer: a",
    "values in one line": "example: {" + ", ".join(f"a{n}: 1" for n in range(18_000)) + "}\nanswer: a",
    "unknown fields": "".join(f"f{n}: 1\n" for n in range(5_000)) + "answer: a",
}


@pytest.mark.parametrize("key", LONG_FACTS.values(), ids=LONG_FACTS)
def test_no_facts_keep_lint_busy(key, tmp_path):
    set_language("en")
    source = page_of(tmp_path, key)
    started = time.monotonic()
    Linter()(source)
    assert time.monotonic() - started < LONGEST


def test_a_page_beyond_200_kb_is_refused(tmp_path):
    set_language("en")
    source = page_of(tmp_path, "draw:\n  a: integer(2, 9)\nanswer: a", "あ" * 70_000)
    assert [one.code for one in Linter()(source)[1]] == ["too-large"]
