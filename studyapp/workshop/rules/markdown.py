"""The rule about Markdown that other programs know and this one does not show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from studyapp.domain.place import Severity
from studyapp.typeset.width import UNSEEN
from studyapp.workshop.rules.registry import Finding, Sheet, rule

# Each by the name under which `words` says what to write instead. A blank line ends whatever spans lines.
_SYNTAX = {
    "footnote": r"\[\^[^\]\s]+\]",
    "strikethrough": r"(?<![~\\])~~(?=[^\s~])[^~\n]*(?<=[^\s])~~(?!~)",
    "highlight": r"(?<![=<>!\\])==(?=[^\s=])[^=\n]*(?<=[^\s])==(?!=)",
    "directive": r"^ {0,3}:::+[ \t]*[^\s:][^\n]*",
    "callout": r"^ {0,3}>[> ]*\[![A-Za-z]+\]",
    "wikilink": r"!?\[\[[^\[\]\n,]{1,200}\]\]",
    "tex": r"\\\((?:[^\\\n]|\\[^()]|\n(?!\n)){1,400}?\\\)|\\\[(?:[^\\\n]|\\[^\[\]]|\n(?!\n)){1,400}?\\\]",
    "environment": r"\\begin\{\w+\*?\}",
    "html": r"<[A-Za-z][A-Za-z0-9-]*(?:[ \t\n][^<>]{0,400})?/?>",
    "definition": r"(?<=\S\n)^ {0,3}:[ \t]+\S[^\n]*",
    "heading-id": r"(?<=[^\n])\{#[\w-]+\}[ \t]*$",
    "entity": r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
}
_PATTERN = re.compile("|".join(f"(?P<{name.replace('-', '_')}>{one})" for name, one in _SYNTAX.items()), re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(([^)\s]+)[^)\n]*\)")
_FIGURE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[ \t]*yaml[ \t]+figure[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"[\d\s.+-]*")


@rule
def unshown_markdown(sheet: Sheet) -> Iterator[Finding]:
    r"""Pages use Markdown that this app shows: footnotes, callouts and HTML would be shown as raw text.

    The text of a footnote would even be lost. Comments `<!-- … -->` and code may contain anything.

    Bad:  損失[^a]を ~~減らす~~ <b>最小化</b>する。 \(L\)
    Good: 損失（誤差の大きさ）を **最小化** する。 $L$
    """
    text = _text_alone(sheet)
    for found in _PATTERN.finditer(text):
        name = (found.lastgroup or "").replace("_", "-")
        if name == "entity" and not UNSEEN.search(html.unescape(found[0])):
            continue
        if name in ("tex", "wikilink") and "[" in found[0] and _NUMBER.fullmatch(found[0].strip("![]\\")):
            continue  # a number in brackets: a citation, an index, a matrix of one
        written = found[0].lstrip("> ")
        yield Finding(sheet.place(found.end() - len(written)), written.split("\n")[0].strip(), name)


def _text_alone(sheet: Sheet) -> str:
    """The page with everything that is no running text blanked out, each character still in its place."""
    text = sheet.source.text
    kept = [(mark.start, mark.end) for mark in sheet.marks if mark.kind == "text"]
    parts, done = [], 0
    for start, end in kept:
        parts += [_blanked(text[done:start]), text[start:end]]
        done = end
    return "".join([*parts, _blanked(text[done:])])


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", "\0", text)


@rule
def unshown_picture(sheet: Sheet) -> Iterator[Finding]:
    """A picture is an existing file, and an exercise can be understood without pictures, which it does not show.

    Of an image the app shows the description. A `yaml figure` is shown in the prose of a page only.

    Bad:  ## 問   ![グラフ](graph.png)   から傾きを読み取れ。
    Good: ## 問   直線は (0, 1) と (2, 5) を通る。傾きを求めよ。
    """
    folder = Path(sheet.source.name).parent
    starts = [(sheet.source.start(one.place.line - 1), len(one.prose)) for one in sheet.page.exercises]

    def asked(offset: int) -> bool:
        return any(start <= offset < start + length for start, length in starts)

    for found in _IMAGE.finditer(_text_alone(sheet)):
        target = found[1].partition("#")[0]
        if ":" not in target and not (folder / target).is_file():
            yield Finding(sheet.place(found.start(1)), found[1], "missing")
        elif asked(found.start()):
            yield Finding(sheet.place(found.start()), found[0], "image", Severity.WARNING)
    for mark in sheet.marks:
        if mark.kind == "fence" and asked(mark.start) and (fence := _FIGURE.match(sheet.source.text, mark.start)):
            yield Finding(sheet.place(mark.start), fence[0].strip(), "figure")
