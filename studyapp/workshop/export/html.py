"""Questions as one static HTML file: nothing is fetched, nothing runs; answers unfold."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from studyapp.domain.question import Question
from studyapp.domain.words import Words, words_for
from studyapp.workshop.export.markup import html_inline, html_of

STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.7;
  font-family: "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; }
article { border-top: 1px solid #888; padding: .5rem 0 1.5rem; }
h2 { font-size: 1rem; font-weight: normal; color: #555; }
pre { background: #f4f4f4; padding: .6rem; overflow-x: auto; }
table { border-collapse: collapse; } td, th { border: 1px solid #aaa; padding: .2rem .6rem; }
details { margin-top: .6rem; } summary { cursor: pointer; color: #06c; }
"""


def to_html(questions: Iterable[Question], words: Words) -> str:
    """The file as text."""
    said = words.workshop
    articles = "\n".join(_article(number, one, words) for number, one in enumerate(questions, 1))
    return (
        f'<!DOCTYPE html>\n<html lang="{words.code}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(said.export_title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(said.export_title)}</h1>\n{articles}\n</body>\n</html>\n"
    )


def _article(number: int, question: Question, words: Words) -> str:
    said = words.workshop
    return (
        f'<article id="q{number}">\n<h2>{number}. {escape(question.exercise)} #{question.seed}</h2>\n'
        f"{prompt_html(question)}\n"
        f"<details><summary>{escape(said.export_answer)}</summary>\n{answer_html(question)}\n</details>\n</article>"
    )


def prompt_html(question: Question) -> str:
    """The prompt with what it leaves to convention, and its options or asks."""
    parts = [stem_html(question)]
    if question.steps:
        parts.append(f"<ol>{''.join(f'<li>{html_inline(step.ask)}</li>' for step in question.steps)}</ol>")
    if question.options:
        items = "".join(f"<li>{html_inline(one.text)}</li>" for one in question.options)
        parts.append(f'<ol type="a">{items}</ol>')
    return "\n".join(parts)


def stem_html(question: Question) -> str:
    """The prompt, how to answer, and what it leaves to convention."""
    lines = words_for(question.language).asking.lines(question)
    return "\n".join([html_of(question.prompt), *(f"<p><small>{escape(one)}</small></p>" for one in lines)])


def answer_html(question: Question) -> str:
    """The key as it is shown, and the solution."""
    answers = [step.answer for step in question.steps] or [question.answer]
    shown = "<br/>".join(f"<strong>{escape(one)}</strong>" for one in answers)
    return f"<p>{shown}</p>\n{html_of(question.solution)}"
