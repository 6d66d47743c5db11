"""Questions as one static HTML file: nothing is fetched, nothing runs; answers unfold."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from studyapp.domain.asking import fixed_conventions, how_to_answer, instructions
from studyapp.domain.question import AnswerKey, ChoiceKey, ExpressionKey, Question
from studyapp.domain.text import Text, language, speaking
from studyapp.language import strict_tex
from studyapp.workshop.export.markup import html_inline, html_of

EXPORT_TITLE = Text(ja="studyapp の問題", en="studyapp questions")
EXPORT_ANSWER = Text(ja="答えと解説", en="Answer and solution")

STYLE = """
:root { color-scheme: light; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; line-height: 1.8;
  font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; }
h1 { font-size: 1.4rem; }
article { border-top: 1px solid #ccc; padding: .8rem 0 1.2rem; }
h2 { font-size: 1.05rem; margin: 0 0 .4rem; }
h2 small { float: right; font-weight: normal; font-size: .75rem; color: #888; }
p { margin: .5rem 0; }
p, li > div { overflow-x: auto; overflow-y: hidden; }
li > div > p:first-child { margin-top: 0; }
ol, ul { padding-left: 2rem; margin: .5rem 0; }
.asked { color: #555; font-size: .85rem; }
pre { background: #f4f4f4; padding: .6rem .8rem; overflow-x: auto; line-height: 1.5; }
code { font-family: "Noto Sans Mono CJK JP", Menlo, Consolas, monospace; font-size: .9em; }
table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .2rem .6rem; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #ddd; }
details { margin-top: .8rem; } summary { cursor: pointer; color: #05a; }
details ol + ol { margin-top: 1.2rem; }
details li math { math-style: normal; }
@media print {
  body { max-width: none; margin: 0; font-size: 10.5pt; }
  article, pre, table { break-inside: avoid; }
  details:not([open]) { display: none; }
  p, pre, li > div { overflow: visible; } pre { white-space: pre-wrap; }
}
"""
"""What is folded stays off the paper: a sheet of questions, with those answers that were unfolded before."""


def to_html(questions: Iterable[Question]) -> str:
    """The file as text."""
    articles = "\n".join(_article(number, one) for number, one in enumerate(questions, 1))
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(EXPORT_TITLE())}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(EXPORT_TITLE())}</h1>\n{articles}\n</body>\n</html>\n"
    )


def _article(number: int, question: Question) -> str:
    return (
        f'<article id="q{number}">\n<h2>{number}. <small>{escape(question.exercise)} #{question.seed}</small></h2>\n'
        f"{prompt_html(question)}\n"
        f"<details><summary>{escape(EXPORT_ANSWER())}</summary>\n{answer_html(question)}\n</details>\n</article>"
    )


def prompt_html(question: Question) -> str:
    """The prompt with what it leaves to convention, and its options or asks."""
    parts = [stem_html(question)]
    if question.steps:
        with speaking(question.language):
            asks = [f"<div>{html_inline(one.ask)}</div>{_asked(how_to_answer(one.key))}" for one in question.steps]
        parts.append("<ol>" + "".join(f"<li>{one}</li>" for one in asks) + "</ol>")
    if question.options:
        items = "".join(f"<li><div>{html_inline(one.text)}</div></li>" for one in question.options)
        parts.append(f'<ol type="a">{items}</ol>')
    return "\n".join(parts)


def stem_html(question: Question, *, with_labels: bool = True) -> str:
    """The prompt, how to answer, and what it leaves to convention.

    Where options have no labels to type, nothing is said of them.
    """
    labelled = isinstance(question.key, ChoiceKey) and not question.steps
    with speaking(question.language):
        lines = instructions(question) if with_labels or not labelled else (fixed_conventions(question.convention),)
    return "\n".join(part for part in (html_of(question.prompt), _asked(*lines)) if part)


def _asked(*lines: str) -> str:
    asked = "<br/>".join(escape(line) for line in lines if line)
    return f'<p class="asked">{asked}</p>' if asked else ""


def answer_html(question: Question) -> str:
    """The key as it is shown, and the solution."""
    steps = "".join(f"<li><div>{_key_html(step.key, step.answer)}</div></li>" for step in question.steps)
    shown = f"<ol>{steps}</ol>" if steps else f"<p>{_key_html(question.key, question.answer)}</p>"
    return f"{shown}\n{html_of(question.solution)}"


def _key_html(key: AnswerKey, answer: str) -> str:
    """A formula as MathML, any other key as it can be typed."""
    tex = strict_tex(answer) if isinstance(key, ExpressionKey) else None
    return f"<strong>{escape(answer)}</strong>" if tex is None else html_inline(f"${tex}$")
