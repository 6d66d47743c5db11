"""HTML files: a sheet of questions, whole pages with their contents page, and a test paper with its key."""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

from studyapp.domain import document
from studyapp.domain.exercise import Topic
from studyapp.domain.question import Question
from studyapp.domain.text import Text, language
from studyapp.domain.values import dataclass
from studyapp.workshop.exports.markup import EXPORT_ANSWER, EXPORT_TITLE, Markup

CONTENTS = Text(ja="目次", en="Contents")
PAPER = Text(ja="問題用紙 {label}", en="Test paper {label}")
KEY = Text(ja="解答", en="Key")
NAME = Text(ja="名前", en="Name")
NUMBER = Text(ja="番号", en="No.")
STYLE = """
:root { color-scheme: light; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; line-height: 1.8;
  font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; }
h1 { font-size: 1.4rem; }
article { border-top: 1px solid #ccc; padding: .8rem 0 1.2rem; }
h2, h3 { font-size: 1.05rem; margin: 0 0 .4rem; }
main > h2 { font-size: 1.2rem; margin-top: 1.6rem; } main > article { border-bottom: 1px solid #ccc; }
h2 small, h3 small { float: right; font-weight: normal; font-size: .75rem; color: #888; }
p { margin: .5rem 0; }
p, li > div { overflow-x: auto; overflow-y: hidden; }
li > div > p:first-child { margin-top: 0; }
ol, ul { padding-left: 2rem; margin: .5rem 0; }
nav { font-size: .85rem; display: flex; justify-content: space-between; gap: 1rem; }
.asked { color: #555; font-size: .85rem; }
pre { background: #f4f4f4; padding: .6rem .8rem; overflow-x: auto; line-height: 1.5; }
code { font-family: "Noto Sans Mono CJK JP", Menlo, Consolas, monospace; font-size: .9em; }
svg, img { max-width: 100%; height: auto; }
table { border-collapse: collapse; } td, th { border: 1px solid #bbb; padding: .2rem .6rem; }
td p, td ol { margin: 0; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #ddd; }
details { margin-top: .8rem; } summary { cursor: pointer; color: #05a; }
details ol + ol { margin-top: 1.2rem; }
details li math { math-style: normal; }
.name { float: right; border-bottom: 1px solid #1a1a1a; width: 14rem; font-weight: normal; font-size: 1rem; }
section > article { padding-bottom: 4rem; }
section + section { break-before: page; margin-top: 3rem; }
@media print {
  body { max-width: none; margin: 0; font-size: 10.5pt; }
  article, pre, table, svg, img { break-inside: avoid; }
  details:not([open]), nav { display: none; }
  p, pre, li > div { overflow: visible; } pre { white-space: pre-wrap; }
}
"""
"""What is folded stays off the paper: a sheet of questions, with those answers that were unfolded before."""
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of a course with the name of its area, the folder it is in, and a question of each of its exercises."""

    topic: Topic
    area: str
    folder: str
    questions: Sequence[Question]

    @property
    def file(self) -> str:
        """The file that the page is written to."""
        return f"{self.topic.id.replace('/', '-')}.html"


def to_html(questions: Iterable[Question]) -> str:
    """One file: nothing is fetched, nothing runs; answers unfold."""
    markup = Markup()
    articles = (_article(question, markup, f"{number}.") for number, question in enumerate(questions, 1))
    return _document(EXPORT_TITLE(), f"<h1>{escape(EXPORT_TITLE())}</h1>\n" + "\n".join(articles))


def to_pages(chapters: Sequence[Chapter], title: str) -> dict[str, str]:
    """A file for each page, and the contents page, by name; links between the pages lead from file to file."""
    markup, files = Markup(), {chapter.topic.id: chapter.file for chapter in chapters}
    pages = {INDEX: _document(title, _contents(chapters, title))}
    for at, chapter in enumerate(chapters):
        before, after = chapters[max(0, at - 1) : at], chapters[at + 1 : at + 2]
        links = [f"<span>← {_link(other)}</span>" for other in before]
        links += [f'<a href="{INDEX}">{escape(CONTENTS())}</a>', *(f"<span>{_link(other)} →</span>" for other in after)]
        body = _page(chapter, replace(markup, folder=chapter.folder, address=_addresses(chapter.topic.id, files)))
        pages[chapter.file] = _document(chapter.topic.title, f"<nav>{''.join(links)}</nav>\n<main>\n{body}\n</main>")
    return pages


def to_paper(papers: Mapping[str, Sequence[Question]]) -> tuple[str, str]:
    """Test papers by their labels, each from a page of its own, and the key of all of them."""
    markup = Markup()
    sections = "\n".join(_paper(label, questions, markup) for label, questions in papers.items())
    head = "".join(f"<th>{escape(label)}</th>" for label in papers)
    rows = "\n".join(
        f"<tr><th>{number}</th>{''.join(_key_cell(question, markup) for question in row)}</tr>"
        for number, row in enumerate(zip(*papers.values(), strict=True), 1)
    )
    table = f"<table><tr><th>{escape(NUMBER())}</th>{head}</tr>\n{rows}</table>"
    return _document(EXPORT_TITLE(), sections), _document(KEY(), f"<h1>{escape(KEY())}</h1>\n{table}")


def _paper(label: str, questions: Sequence[Question], markup: Markup) -> str:
    articles = "\n".join(
        f"<article>\n<h2>{number}.</h2>\n{replace(markup, folder=question.folder).prompt(question)}\n</article>"
        for number, question in enumerate(questions, 1)
    )
    named = f'<span class="name">{escape(NAME())}</span>'
    return f"<section>\n<h1>{escape(PAPER(label=label))}{named}</h1>\n{articles}\n</section>"


def _key_cell(question: Question, markup: Markup) -> str:
    origin = f"{question.exercise} #{question.seed}"
    labelled = replace(markup, folder=question.folder)
    return f'<td>{labelled.key(question)}<p class="asked">{escape(origin)}</p></td>'


def _article(question: Question, markup: Markup, title: str, level: int = 2) -> str:
    markup = replace(markup, folder=question.folder)
    origin = f"<small>{escape(question.exercise)} #{question.seed}</small>"
    return (
        f'<article id="{escape(question.exercise)}-{question.seed}">\n<h{level}>{escape(title)} {origin}</h{level}>\n'
        f"{markup.prompt(question)}\n"
        f"<details><summary>{escape(EXPORT_ANSWER())}</summary>\n{markup.answer(question)}\n</details>\n</article>"
    )


def _page(chapter: Chapter, markup: Markup) -> str:
    """The prose of a page with its figures, and a question where each exercise is."""
    drawn = {question.exercise: question for question in chapter.questions}

    def mark(block: document.ExerciseMark) -> str:
        question = drawn.get(block.exercise)
        return _article(question, markup, block.heading, 3) if question else ""

    body = chapter.topic.body
    title = "" if body and isinstance(body[0], document.Heading) else f"<h1>{escape(chapter.topic.title)}</h1>\n"
    return title + replace(markup, mark=mark).blocks(body)


def _contents(chapters: Sequence[Chapter], title: str) -> str:
    areas: dict[str, list[Chapter]] = {}
    for chapter in chapters:
        areas.setdefault(chapter.area, []).append(chapter)
    parts = (
        f"<h2>{escape(area)}</h2>\n<ol>{''.join(f'<li>{_link(chapter)}</li>' for chapter in within)}</ol>"
        for area, within in areas.items()
    )
    return f"<h1>{escape(title)}</h1>\n<main>\n" + "\n".join(parts) + "\n</main>"


def _link(chapter: Chapter) -> str:
    return f'<a href="{escape(chapter.file)}">{escape(chapter.topic.title)}</a>'


def _addresses(topic: str, files: Mapping[str, str]) -> Callable[[str], str]:
    """What a link from a page leads to among the files; empty for what is not there."""

    def address(target: str) -> str:
        path, _, _ = target.partition("#")
        return files.get(posixpath.normpath(posixpath.join(posixpath.dirname(topic), path)).removesuffix(".md"), "")

    return address


def _document(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
