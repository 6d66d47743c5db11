"""Rules about the prose of a page: what Markdown elsewhere would spoil, and words that are not the field's."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from studyapp.domain.place import Severity
from studyapp.workshop.rules.registry import Finding, Sheet, rule

_HEADING = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*(\$+)")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?![\s*])((?:[^*\n]|\n(?!\n))+?)(?<!\s)\1(?!\*)")
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")

AVOIDED = {
    "ja": {
        "プロバゲーション": "プロパゲーション", "バックプロバケーション": "バックプロパゲーション", "連鎖率": "連鎖律",
        "交叉エントロピー": "交差エントロピー", "損失函数": "損失関数",
        "誤差函数": "誤差関数", "活性化函数": "活性化関数", "シグノイド": "シグモイド",
        "ソフトマックッス": "ソフトマックス", "勾配効果法": "勾配降下法", "勾配降下方": "勾配降下法",
        "誤差逆伝播方": "誤差逆伝播法", "誤差逆電播": "誤差逆伝播", "逆伝番": "逆伝播", "学習立": "学習率",
        "KL距離": "KL情報量", "ハイパボリックタンジェット": "ハイパボリックタンジェント", "正則化層": "正規化層",
        "バッチ正則化": "バッチ正規化", "L1正規化": "L1正則化", "L2正規化": "L2正則化", "重み減衰率法": "重み減衰",
        "ミニバッヂ": "ミニバッチ", "アダマール績": "アダマール積",
    },
    "en": {
        "soft-max": "softmax", "back-propogation": "backpropagation", "backpropogation": "backpropagation",
        "back propagation": "backpropagation", "chain law": "chain rule", "gradient decent": "gradient descent",
        "sigmoidal function": "sigmoid function", "kl distance": "KL divergence", "learn rate": "learning rate",
        "batch regularization": "batch normalization", "cross entropy loss function": "cross-entropy loss",
    },
}  # fmt: skip
"""What to write instead of words that no sentence could make right, by language."""
_AVOIDED = {
    language: re.compile(f"{edge}(?:{'|'.join(map(re.escape, AVOIDED[language]))}){edge}", re.IGNORECASE)
    for language, edge in (("ja", ""), ("en", r"\b"))
}


@rule(
    ja="数式が「{found}」に接しています。\n"
    "`$` の外側に半角空白を一つ入れてください。空けないと、数式と見なされないことがあります。",
    en="The formula touches “{found}”.\n"
    "Put a half-width space outside of the `$`; without it this may not be read as mathematics.",
)
def math_spacing(sheet: Sheet) -> Iterator[Finding]:
    """On both sides of a formula in a sentence there is a half-width space, ASCII punctuation, or the end of the line.

    Other readers do not take a `$` next to a letter or to Japanese punctuation for mathematics.

    Bad:  損失$L$を求める。
    Good: 損失 $L$ を求める。
    """
    text = sheet.source.text
    for mark in sheet.marks:
        if mark.kind != "math" or mark.inner - mark.start == 2:  # between double dollars it is displayed
            continue
        if _clings(text[mark.start - 1 : mark.start]):
            yield Finding(sheet.source.place(mark.start), text[mark.start - 1])
        if _clings(text[mark.end : mark.end + 1]):
            yield Finding(sheet.source.place(mark.end), text[mark.end])


def _clings(neighbour: str) -> bool:
    """Whether a neighbour of a dollar keeps it from being read as the edge of a formula."""
    return bool(neighbour) and (neighbour.isalnum() or unicodedata.east_asian_width(neighbour) in "WF")


@rule(
    ja="閉じられていない `{found}` があります。\n数式を閉じるか、文字の $ なら `\\$` と書いてください。",
    en="A `{found}` is not closed.\nClose the formula, or write a plain dollar as `\\$`.",
)
def unclosed_dollar(sheet: Sheet) -> Iterator[Finding]:
    r"""Every formula is closed by `$` within its paragraph; a plain dollar sign is written `\$`.

    Bad:  損失 $L を求める。
    Good: 損失 $L$ を求める。
    """
    for base, match in sheet.in_text(_DOLLAR, "$"):
        yield Finding(sheet.source.place(base + match.start(1)), match[1])


@rule(
    ja="「{found}」は、ほかの Markdown では強調になりません。\nかぎ括弧や句読点を `**` の外に出してください。",
    en="“{found}” is not emphasised elsewhere: CommonMark reads plain stars.\n"
    "Put brackets and punctuation outside of the `**`.",
)
def broken_emphasis(sheet: Sheet) -> Iterator[Finding]:
    """Emphasis works in every Markdown reader: brackets and quotation marks are outside of the stars.

    CommonMark takes stars between a letter and punctuation for plain stars; this app is more lenient.

    Bad:  これを**「損失」**という。
    Good: これを「**損失**」という。
    """
    text = sheet.source.text
    for base, match in sheet.in_text(_EMPHASIS, "*"):
        start, end, width = base + match.start(), base + match.end(), len(match[1])
        if not _opens(text, start, start + width):
            yield Finding(sheet.source.place(start), match[0])
        elif not _opens(text[::-1], len(text) - end, len(text) - end + width):
            yield Finding(sheet.source.place(end - width), match[0])


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a run of stars is left-flanking, as CommonMark defines it (section 6.2)."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if after.isspace():
        return False
    return not _is_punctuation(after) or before.isspace() or _is_punctuation(before)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


@rule(
    ja="見出し {found} は、前の見出しより二段以上深くなっています。\n`{instead}` にしてください。",
    en="The heading {found} is two levels deeper than the one before.\nBegin it with `{instead}`.",
)
def heading_order(sheet: Sheet) -> Iterator[Finding]:
    """A heading is at most one level deeper than the one before it.

    Bad:  `## 定義` followed by `#### 例`
    Good: `## 定義` followed by `### 例`
    """
    text = sheet.source.text
    starts = [(base + match.start(), match[1]) for base, match in sheet.in_text(_HEADING)]
    headings = [(start, marks) for start, marks in starts if text[start - 1 : start] in ("", "\n")]
    for (_, upper), (start, marks) in pairwise(headings):
        if len(marks) > len(upper) + 1:
            yield Finding(sheet.source.place(start), marks, "#" * (len(upper) + 1))


@rule(
    ja="「{found}」は標準の用語ではありません。\n「{instead}」と書いてください。",
    en="“{found}” is not the standard term.\nWrite “{instead}”.",
)
def avoided_term(sheet: Sheet) -> Iterator[Finding]:
    """Words that are misspelt, or mean something else in the field, are replaced by the standard ones.

    The list is short and holds only words that are wrong in any context.

    Bad:  連鎖率を使う。
    Good: 連鎖律を使う。
    """
    if words := AVOIDED.get(sheet.page.language):
        for base, match in sheet.in_text(_AVOIDED[sheet.page.language]):
            instead = words.get(match[0].lower(), "") or words.get(match[0], "")
            yield Finding(sheet.source.place(base + match.start()), match[0], instead, Severity.WARNING)


@rule(
    ja="リンク先のページ {found} がありません。\nこのファイルからの相対パスで書いてください。",
    en="The link leads to {found}, which is not there.\nWrite the path from this file.",
)
def broken_link(sheet: Sheet) -> Iterator[Finding]:
    """A link to another page leads to an existing file.

    Bad:  [交差エントロピー](crossentropy.md)
    Good: [交差エントロピー](cross-entropy.md)
    """
    folder = Path(sheet.source.name).parent
    for base, match in sheet.in_text(_LINK, "]("):
        target = match[1].partition("#")[0]
        if target.endswith(".md") and ":" not in target and not (folder / target).is_file():
            yield Finding(sheet.source.place(base + match.start(1)), match[1])
