"""The rule about Markdown that other programs know and this one does not show."""

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from studyapp.domain.document import IMAGE_SUFFIXES, Image
from studyapp.domain.exercise import WrittenOption
from studyapp.domain.text import Text
from studyapp.typeset.width import UNSEEN
from studyapp.workshop.rules.registry import Finding, Sheet, rule

# What other programs know; a blank line ends whatever spans lines.
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
    "heading_id": r"(?<=[^\n])\{#[\w-]+\}[ \t]*$",
    "task": r"^(?: {0,3}>[> ]*| {2,}|\t)[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\](?=[ \t])",
    "entity": r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
}
_INSTEAD = {
    "footnote": Text(
        ja="脚注は使えません（注の文は失われます）。本文に括弧で書いてください。",
        en="There are no footnotes (the text of a note is lost). Write it in the text, in brackets.",
    ),
    "strikethrough": Text(
        ja="取り消し線は使えません。取り除くか、`**` で強調してください。",
        en="Nothing is struck out. Take it out, or emphasise with `**`.",
    ),
    "highlight": Text(
        ja="マーカーは使えません。`**` で強調してください。", en="There are no highlights. Emphasise with `**`."
    ),
    "directive": Text(
        ja="`:::` の囲みは使えません。`> ` の引用か、見出しにしてください。",
        en="There are no `:::` boxes. Use a quote `> `, or a heading.",
    ),
    "callout": Text(
        ja="囲み記事は使えません。この印を取り除き、引用の中に `**注意**` のように書いてください。",
        en="There are no callouts. Take this mark out and write `**Note**` in the quote.",
    ),
    "wikilink": Text(ja="`[文字](ファイル.md)` の形で書いてください。", en="Write `[text](file.md)`."),
    "tex": Text(
        ja="数式は `$…$` か `$$…$$` で囲みます。括弧を出すだけなら `\\` は要りません。",
        en="A formula is written in `$…$` or `$$…$$`. A plain bracket needs no `\\`.",
    ),
    "environment": Text(ja="数式の環境は `$$` の行で囲んでください。", en="Put the environment between lines of `$$`."),
    "html": Text(
        ja="HTML は使えません（コメントを除く）。Markdown で書いてください。文字として出すなら ` で囲みます。",
        en="There is no HTML but comments. Write Markdown; to show it as text, put it between backticks.",
    ),
    "definition": Text(
        ja="定義リストは使えません。`- **用語**: 説明` のように書いてください。",
        en="There are no definition lists. Write `- **term**: meaning`.",
    ),
    "heading_id": Text(
        ja="見出しに id は付けられません。取り除いてください。", en="A heading has no id of its own. Take it out."
    ),
    "task": Text(
        ja="チェックボックスは、選択問題の選択肢のほかでは使えません。`- ` だけの項目にしてください。",
        en="Only the options of a choice have boxes. Make it a plain item `- `.",
    ),
    "entity": Text(
        ja="見えない文字です。取り除いてください。", en="It names a character that is not seen. Take it out."
    ),
}
_STARTS = r"(?=[ \t\[~=:>!\\<{&])"  # what any of them begins with: looked at first, it is found in a third of the time
_PATTERN = re.compile(
    f"{_STARTS}(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _SYNTAX.items())})", re.MULTILINE
)
_MISSING = Text(
    ja="画像のファイルがありません。{suffixes} のファイルを、このファイルからの相対パスで書いてください。",
    en="There is no such image file. Write the path from this file to a file of {suffixes}.",
)
_UNTOLD = Text(
    ja="何の画像かを `![説明](ファイル)` の形で書いてください。画像の代わりに、この説明が出ます。",
    en="Say what it shows: `![text](file)`. The text takes the place of the image.",
)
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)[^)\n]*\)")
_NUMBER = re.compile(r"[\d\s.+-]*")


@rule(
    ja="「{found}」は、このアプリでは書いたとおりの文字で出るか、消えます。\n{instead}",
    en="“{found}” stays raw in this app, or is lost.\n{instead}",
)
def unshown_markdown(sheet: Sheet) -> Iterator[Finding]:
    r"""Pages use Markdown that this app shows: footnotes, callouts and HTML would be shown as raw text.

    The text of a footnote would even be lost. Comments `<!-- … -->` and code may contain anything.

    Bad:  損失[^a]を ~~減らす~~ <b>最小化</b>する。 \(L\)
    Good: 損失（誤差の大きさ）を **最小化** する。 $L$
    """
    options = {one.place.line for exercise in sheet.page.exercises for one in _options(exercise.sentences.options)}
    for match in _PATTERN.finditer(sheet.text_alone):
        name = match.lastgroup or ""
        if name == "task" and sheet.source.place(match.end()).line in options:
            continue
        if name == "entity" and not UNSEEN.search(html.unescape(match[0])):
            continue
        if name in ("tex", "wikilink") and "[" in match[0] and _NUMBER.fullmatch(match[0].strip("![]\\")):
            continue  # a number in brackets: a citation, an index, a matrix of one
        written = match[0].lstrip("> \t")
        yield Finding(sheet.source.place(match.end() - len(written)), written.split("\n")[0].strip(), _INSTEAD[name]())


def _options(written: Iterable[WrittenOption]) -> Iterator[WrittenOption]:
    """Options, and those of the parts of a derivation."""
    for option in written:
        yield option
        yield from option.options


@rule(ja="「{found}」は表示されません。\n{instead}", en="“{found}” is not shown.\n{instead}")
def unshown_picture(sheet: Sheet) -> Iterator[Finding]:
    """An image is an existing file, and says in words what it shows; a terminal shows the words.

    A name of a file that holds a hole is looked up by `verify`, for each question.

    Bad:  ![](graph.png)
    Good: ![右下がりの直線](images/graph.png)
    """
    folder = str(Path(sheet.source.name).parent)
    for match in _IMAGE.finditer(sheet.text_alone):
        text, target = match.groups()
        if "{{" not in target and Image(text, unquote(target)).file(folder) is None:
            missing = _MISSING(suffixes=" ".join(IMAGE_SUFFIXES))
            yield Finding(sheet.source.place(match.start(2)), target, missing)
        if not text.strip():
            yield Finding(sheet.source.place(match.start()), match[0], _UNTOLD())
