"""What a lint rule is: one function over a page that yields what it finds; its docstring is its manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import cleandoc

from studyapp.domain.exercise import Hole, Key, Sentences, Template
from studyapp.domain.expression import Call, Name, Node, walk
from studyapp.domain.nearness import nearest_name
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.text import Text
from studyapp.pages.page import Page, WrittenExercise
from studyapp.pages.source import Source
from studyapp.workshop.marks import Mark, marks_of

MESSAGES = {
    "math-spacing": (
        Text(ja="数式が「{found}」に接しています。", en="The formula touches “{found}”."),
        Text(
            ja="`$` の外側に半角空白を一つ入れてください。空けないと、数式と見なされないことがあります。",
            en="Put a half-width space outside of the `$`; without it this may not be read as mathematics.",
        ),
    ),
    "unclosed-dollar": (
        Text(ja="閉じられていない `{found}` があります。", en="A `{found}` is not closed."),
        Text(
            ja="数式を閉じるか、文字の $ なら `\\$` と書いてください。",
            en="Close the formula, or write a plain dollar as `\\$`.",
        ),
    ),
    "broken-emphasis": (
        Text(
            ja="「{found}」は、ほかの Markdown では強調になりません。",
            en="“{found}” is not emphasised elsewhere: CommonMark reads plain stars.",
        ),
        Text(
            ja="かぎ括弧や句読点を `**` の外に出してください。",
            en="Put brackets and punctuation outside of the `**`.",
        ),
    ),
    "heading-order": (
        Text(
            ja="見出し {found} は、前の見出しより二段以上深くなっています。",
            en="The heading {found} is two levels deeper than the one before.",
        ),
        Text(ja="`{instead}` にしてください。", en="Begin it with `{instead}`."),
    ),
    "avoided-term": (
        Text(ja="「{found}」は標準の用語ではありません。", en="“{found}” is not the standard term."),
        Text(ja="「{instead}」と書いてください。", en="Write “{instead}”."),
    ),
    "broken-link": (
        Text(ja="リンク先のページ {found} がありません。", en="The link leads to {found}, which is not there."),
        Text(ja="このファイルからの相対パスで書いてください。", en="Write the path from this file."),
    ),
    "unset-formula": (
        Text(ja="「{found}」は数式として組めません。", en="“{found}” cannot be set as a formula."),
        Text(
            ja="綴りと括弧を確かめ、使える命令だけで書いてください。",
            en="Check spelling and braces; use commands on the list.",
        ),
    ),
    "false-equality": (
        Text(ja="等式 {found} は成り立ちません。", en="The equality {found} does not hold."),
        Text(ja="計算すると {instead} になります。", en="It computes to {instead}."),
    ),
    "false-number": (
        Text(
            ja="{found} はコメントの式の値ではありません。",
            en="{found} is not what the expression in the comment gives.",
        ),
        Text(ja="計算すると {instead} になります。", en="It computes to {instead}."),
    ),
    "empty-figure": (
        Text(ja="図の {found} は描けません。", en="{found} cannot be drawn."),
        Text(
            ja="関数の名前と over の区間、学習なら rate を確かめてください。",
            en="Check the function's name, the interval of over, and the rate of a training.",
        ),
    ),
    "missing-value": (
        Text(ja="「{found}」には値がありません。", en="“{found}” has no value."),
        Text(ja="「{instead}」のことですか。", en="Did you mean `{instead}`?"),
    ),
    "unused-value": (
        Text(ja="「{found}」はどこにも使われていません。", en="“{found}” is used nowhere."),
        Text(ja="行を消すか、問題文や式で使ってください。", en="Take the line out, or use the value."),
    ),
    "unknown-function": (
        Text(ja="「{found}」という関数はありません。", en="There is no function “{found}”."),
        Text(ja="「{instead}」のことですか。", en="Did you mean `{instead}`?"),
    ),
    "unknown-option": (
        Text(ja="「{found}」という引数はありません。", en="There is no option “{found}”."),
        Text(ja="使える引数: {instead}", en="There are: {instead}"),
    ),
    "wrong-count": (
        Text(ja="「{found}」に渡す値の個数が違います。", en="“{found}” gets a wrong number of values."),
        Text(ja="`{instead}` の形で書いてください。", en="Write it like `{instead}`."),
    ),
    "unfit-given": (
        Text(ja="given の「{found}」は、一つの式ではありません。", en="The given “{found}” is not one formula."),
        Text(ja="ベクトルや言葉でなく、一つの式にしてください。", en="Write one formula, no vector and no word."),
    ),
    "equal-options": (
        Text(ja="選択肢「{found}」が二つあります。", en="The option “{found}” is there twice."),
        Text(ja="どちらかを書き換えてください。", en="Change one of them."),
    ),
    "telling-length": (
        Text(
            ja="正解と誤りの選択肢の長さが {found} 倍も違い、正解が分かってしまいます。",
            en="Right and wrong options differ in length by a factor of {found}, which gives the answer away.",
        ),
        Text(ja="1.6 倍以内にそろえてください。", en="Keep it within 1.6."),
    ),
    "telling-hint": (
        Text(ja="ヒントが答え（{found}）を言ってしまっています。", en="The hint gives the answer away ({found})."),
        Text(ja="答えに至る手がかりだけを書いてください。", en="Lead on without saying it."),
    ),
    "unfit-scene": (
        Text(
            ja="場面「{found}」の事実に合う損失がないか、誤りの選択肢が足りません。",
            en="No usual loss meets the facts of the scene “{found}”, or too few break one.",
        ),
        Text(
            ja="損失の一覧（`studyapp compute --list`）にある事実で、場面を言い直してください。",
            en="State the scene by facts that a loss of the catalogue has (`studyapp compute --list`).",
        ),
    ),
    "untranslated": (
        Text(ja="「{found}」の英語のページがまだありません。", en="“{found}” has no English page yet."),
        Text(ja="日本語のまま表示されます。", en="The Japanese one is shown instead."),
    ),
    "unpaired-exercise": (
        Text(ja="id「{found}」は日本語のページにありません。", en="The id “{found}” is not on the Japanese page."),
        Text(ja="日本語のページの id: {instead}", en="The ids there: {instead}"),
    ),
    "unlike-holes": (
        Text(ja="穴が日本語のページと違う: {found}", en="The holes differ from the Japanese page: {found}"),
        Text(ja="同じ穴を両方に書いてください。", en="Write the same holes in both."),
    ),
    "unshown-markdown": (
        Text(
            ja="「{found}」は、このアプリでは書いたとおりの文字で出るか、消えます。",
            en="“{found}” stays raw in this app, or is lost.",
        ),
        Text(ja="", en=""),
    ),
    "unshown-picture": (
        Text(ja="「{found}」は表示されません。", en="“{found}” is not shown."),
        Text(ja="", en=""),
    ),
    "unlike-items": (
        Text(
            ja="項目「{found}」の名前が日本語のページと合いません。",
            en="The item “{found}” has no counterpart on the other page.",
        ),
        Text(ja="「{instead}」のことですか。", en="Did you mean `{instead}`?"),
    ),
}
INSTEAD = {
    "unshown-markdown": {
        "footnote": Text(
            ja="脚注は使えません（注の文は失われます）。本文に括弧で書いてください。",
            en="There are no footnotes (the text of a note is lost). Write it in the text, in brackets.",
        ),
        "strikethrough": Text(
            ja="取り消し線は使えません。取り除くか、`**` で強調してください。",
            en="Nothing is struck out. Take it out, or emphasise with `**`.",
        ),
        "highlight": Text(
            ja="マーカーは使えません。`**` で強調してください。",
            en="There are no highlights. Emphasise with `**`.",
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
            en="A formula stands in `$…$` or `$$…$$`. A plain bracket needs no `\\`.",
        ),
        "environment": Text(
            ja="数式の環境は `$$` の行で囲んでください。",
            en="Put the environment between lines of `$$`.",
        ),
        "html": Text(
            ja="HTML は使えません（コメントを除く）。Markdown で書いてください。文字として出すなら ` で囲みます。",
            en="There is no HTML but comments. Write Markdown; to show it as text, put it between backticks.",
        ),
        "definition": Text(
            ja="定義リストは使えません。`- **用語**: 説明` のように書いてください。",
            en="There are no definition lists. Write `- **term**: meaning`.",
        ),
        "heading-id": Text(
            ja="見出しに id は付けられません。取り除いてください。",
            en="A heading has no id of its own. Take it out.",
        ),
        "entity": Text(
            ja="見えない文字です。取り除いてください。",
            en="It names a character that is not seen. Take it out.",
        ),
    },
    "unshown-picture": {
        "missing": Text(
            ja="画像のファイルがありません。このファイルからの相対パスで書いてください。",
            en="There is no such image file. Write the path from this file.",
        ),
        "image": Text(
            ja="問題では画像の代わりに説明の文が出ます。答えるのに要ることは問題文に書いてください。",
            en="In a question the description is shown instead. Write what is needed in the text.",
        ),
        "figure": Text(
            ja="図が出るのは問題の外の本文だけです。図を本文に移すか、要ることを問題文に書いてください。",
            en="Figures are shown outside of exercises alone. Move it into the prose, or write what is needed.",
        ),
    },
}

FACTS_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is broken, the text there, and what to write instead."""

    place: Place
    found: str = ""
    instead: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file of a page laid before the rules: as read, as written, its other language beside it.

    `keys` are the sound keys by id, also where this file is a translation and states none; `drafts` are those of all
    exercises as far as they could be read, each with the names that were bound in a line that could not.
    """

    page: Page
    source: Source
    marks: tuple[Mark, ...]
    keys: Mapping[str, Key]
    drafts: Mapping[str, tuple[Key, frozenset[str]]]
    twin: Page | None = None
    _parts: dict[int, Parts] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    @property
    def has_facts(self) -> bool:
        """Whether this is the file that states the facts."""
        return self.page.language == FACTS_LANGUAGE

    def place(self, offset: int) -> Place:
        """Line and column of a character."""
        return self.source.place(offset)

    def parts(self, node: Node) -> Parts:
        """What an expression of this page mentions, found once."""
        known = self._parts.get(id(node))
        if known is None:
            known = self._parts[id(node)] = _parts_of(node)
        return known

    def exercises(self) -> Iterator[tuple[WrittenExercise, Key]]:
        """The exercises whose facts are known, in written order."""
        for exercise in self.page.exercises:
            if key := self.keys.get(exercise.id):
                yield exercise, key

    def written(self) -> Iterator[tuple[WrittenExercise, Key, frozenset[str]]]:
        """The exercises whose kind and id are known, whatever else is wrong; one error hides no other."""
        for exercise in self.page.exercises:
            if draft := self.drafts.get(exercise.id):
                yield exercise, *draft

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """The known name that is near to one that is none; sought for the first hundred names of a page."""
        if name not in self._near and len(self._near) < SOUGHT:
            self._near[name] = nearest_name(name, known)
        return self._near.get(name, "")


SOUGHT = 100


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression mentions: the names that have to stand for values, the words of options, the calls."""

    names: tuple[Name, ...]
    words: tuple[Name, ...]
    calls: tuple[Call, ...]


Rule = Callable[[Sheet], Iterator[Finding]]

RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order in which they are listed."""


def rule(function: Rule) -> Rule:
    """Register a rule: `math_spacing` finds complaints of the code `math-spacing`."""
    RULES[function.__name__.replace("_", "-")] = function
    return function


def manual(code: str) -> str:
    """What a rule asks for and why, with what is bad and what is good."""
    return cleandoc(RULES[code].__doc__ or "")


def sheet_of(page: Page, facts: Page, twin: Page | None) -> Sheet | None:
    """A page laid before the rules, beside the page that states its facts; None where it is no text."""
    if page.source is None:
        return None
    keys = {exercise.id: exercise.key for exercise in facts.exercises if exercise.key}
    drafts = {exercise.id: (exercise.draft, exercise.names) for exercise in facts.exercises if exercise.draft}
    marks = marks_of(page.source.text)
    return Sheet(page=page, source=page.source, marks=marks, keys=keys, drafts=drafts, twin=twin)


def complaints_about(sheet: Sheet) -> Iterator[Complaint]:
    """What every rule finds."""
    for code, check in RULES.items():
        for finding in check(sheet):
            message, hint = complaint(code, finding.found, finding.instead)
            yield Complaint(finding.place, code, message, hint, finding.severity)


def _parts_of(node: Node) -> Parts:
    nodes = tuple(walk(node))
    calls = tuple(part for part in nodes if isinstance(part, Call))
    words = tuple(value for call in calls for _, value in call.options if isinstance(value, Name))
    names = {part.name: part for part in nodes if isinstance(part, Name) and part not in words}
    return Parts(tuple(names.values()), words, calls)


def templates_of(sentences: Sentences) -> Iterator[Template]:
    """Every template of an exercise's sentences."""
    yield sentences.prompt
    for option in sentences.options:
        yield option.text
        yield option.said
    for item in (*sentences.hints, *sentences.mistakes, *sentences.solution, *sentences.scenes):
        yield item.text


def holes_in(template: Template) -> list[Hole]:
    """The holes of a template, in written order."""
    return [part for part in template if isinstance(part, Hole)]


def complaint(code: str, found: str, instead: str) -> tuple[str, str]:
    """The message and the hint of a rule; a hint that offers something is left out where there is nothing."""
    message, hint = MESSAGES[code]
    if code in INSTEAD:
        return message(found=found), INSTEAD[code][instead]()
    offered = hint(found=found, instead=instead) if instead or "{instead}" not in hint.en else ""
    return message(found=found, instead=instead), offered
