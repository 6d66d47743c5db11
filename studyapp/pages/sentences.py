"""The prose of an exercise: its section of the page read into sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from studyapp.domain.exercise import Item, Sentences, Template, WrittenOption
from studyapp.domain.kind import Kind
from studyapp.domain.place import Problem
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.pages.outline import Part, Piece, Section
from studyapp.pages.report import Report
from studyapp.pages.source import Fragment, joined
from studyapp.pages.templates import read_template


class Prose(Problem):
    """What is wrong with the prose of an exercise."""

    PART_LEVEL = Text(
        ja="見出し「{found}」の深さが違います。\n問題の見出しより一つ深く、`{level}` で始めてください。",
        en="The heading “{found}” has the wrong level.\nOne level below the exercise: begin it with `{level}`.",
    )
    NEAR_PART = Text(
        ja="見出し「{found}」は決まった言葉ではありません。\n`{level} ` の後に {names} と書いてください。",
        en="The heading “{found}” is none of the fixed words.\nWrite {names} after `{level} `.",
    )
    SECOND_PART = Text(
        ja="見出し「{found}」が二つあります。\n一つにまとめてください。",
        en="The heading “{found}” occurs twice.\nPut both into one.",
    )
    NO_PROMPT = Text(
        ja="「{found}」に問題文がありません。\n見出しのすぐ下に書いてください。",
        en="“{found}” asks nothing.\nWrite the question right under the heading.",
    )
    HOLE_IN_HEADING = Text(
        ja="見出しに穴 {{{{ }}}} は使えません。\n問題文に書いてください。",
        en="A heading has no holes {{{{ }}}}.\nWrite it in the prompt.",
    )
    HINTS_NOT_NUMBERED = Text(
        ja="ヒントは番号付きリストで書きます。\n`1. ` から始めてください。",
        en="Hints are a numbered list.\nBegin with `1. `.",
    )
    MISTAKE_ITEM = Text(
        ja="誤答は「- `名前` — 文」の形で書きます。\n名前は `` ` `` で囲み、mistakes にある名前にしてください。",
        en="Mistakes are written - `name` — sentence.\nPut the name of a mistake between backticks first.",
    )
    SCENE_ITEM = Text(
        ja="場面は「- `名前` — 文」の形で書きます。\n名前は `` ` `` で囲み、scenes にある名前にしてください。",
        en="Scenes are written - `name` — sentence.\nPut the name of a scene between backticks first.",
    )
    SECOND_ITEM = Text(
        ja="「{found}」の項目が二つあります。\nどちらか一つにまとめてください。",
        en="There are two items `{found}`.\nMake them one.",
    )
    EMPTY_ITEM = Text(
        ja="項目に文がありません。\n文を書くか、項目を取り除いてください。",
        en="The item says nothing.\nWrite a sentence, or take the item out.",
    )
    OPTION_WITHOUT_BOX = Text(
        ja="選択肢に [ ] がありません。\n`- [ ] ` か `- [x] ` で始めてください。",
        en="The option has no box.\nBegin it with `- [ ] ` or `- [x] `.",
    )
    QUOTE_NOT_INDENTED = Text(
        ja="引用が選択肢の外にあります。\n選択肢に添えるなら、二文字下げてください。",
        en="The quote is outside of the option.\nIndent it by two characters to say it of the option.",
    )
    STRAY_BOX = Text(
        ja="チェックボックスは、選択問題の選択肢のほかでは使えません。\n`- ` だけの項目にしてください。",
        en="Only the options of a choice have boxes.\nMake it a plain item `- `.",
    )


_MARKER = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}|$)")
_NAMED = re.compile(r"`([^`\n]+)`[ \t　]*(?:—+|―+|─+|–|--)[ \t　]*")
_BOX = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_OWN_OPTION = re.compile(r"(?:[-*+][ \t]+\[[ xX]\]|\d{1,2}[.)])[ \t]")
_QUOTE = re.compile(r" {0,3}> ?")

LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item. `name` is what is before the dash of `` `name` — sentence ``, `start` where name or text begins."""

    text: Fragment
    start: int
    lines: tuple[int, int]
    name: str = ""


def list_items(piece: Piece, report: Report, types: Sequence[str] = LISTS) -> tuple[ListItem, ...]:
    """The items of a list at the top level of a page, none of another block; a name before a dash is taken off."""
    items = []
    for token in piece.tokens if piece.type in types else ():
        if token.type == "list_item_open" and token.level == 1 and token.map:
            lines = (token.map[0], token.map[1])
            text = _content(report.source.fragment(*lines))
            name = _NAMED.match(text.lines[0].text) if text.lines else None
            if name:
                items.append(ListItem(text.after(name.end()).stripped(), text.start + 1, lines, name[1]))
            else:
                items.append(ListItem(text, text.start, lines))
    return tuple(items)


def _content(fragment: Fragment) -> Fragment:
    first = fragment.lines[0]
    marker = _MARKER.match(first.text)
    width = marker.end() if marker else 0
    lines = [first.after(width)]
    lines += [line.after(min(width, len(line.text) - len(line.text.lstrip(" ")))) for line in fragment.lines[1:]]
    stripped = Fragment(tuple(lines)).stripped()
    return stripped if stripped.lines else Fragment((lines[0],))


def _nested(item: ListItem) -> tuple[Fragment, list[ListItem]]:
    """An item without the list inside of it, and the items of that, where it has boxes or numbers."""
    lines = item.text.lines
    starts = [place for place, line in enumerate(lines) if place and _OWN_OPTION.match(line.text)]
    if not starts:
        return item.text, []
    texts = [Fragment(lines[start:stop]) for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True)]
    nested = [ListItem(_content(text), text.start, item.lines) for text in texts]
    return Fragment(lines[: starts[0]]).stripped(), nested


def box(item: ListItem) -> tuple[bool, int] | None:
    """Whether the box of an option is ticked, and the length of the box; None where there is no box."""
    match = None if item.name or not item.text.lines else _BOX.match(item.text.lines[0].text)
    return None if match is None else (match[1] != " ", match.end())


def check_boxes(items: Iterable[ListItem], report: Report) -> None:
    """Complaints about boxes of items that are no options."""
    for item in items:
        if box(item):
            report.add(item.start, Prose.STRAY_BOX)


def _split_quote(fragment: Fragment) -> tuple[Fragment, Fragment]:
    lines = fragment.lines
    first = next((n for n, line in enumerate(lines) if n and line.text.lstrip(" ").startswith(">")), len(lines))
    quote = [line.after(marker.end() if (marker := _QUOTE.match(line.text)) else 0) for line in lines[first:]]
    text = Fragment(lines[:first]).stripped() if quote else fragment
    return text, Fragment(tuple(quote)).stripped()


def read_sentences(section: Section, language: str, kind: Kind | None, report: Report) -> Sentences:
    """The sentences of a section. The kind says what a numbered list in the prompt is; None where it is unknown."""
    reader = _Reader(report)
    title, heading = section.heading.heading, report.source.start(section.heading.first)
    if "{{" in title:
        report.add(report.source.text.find("{{", heading), Prose.HOLE_IN_HEADING)
    prompt, parts = reader.parts(section)
    text, options = reader.prompt(prompt, kind)
    if not text and not options:
        report.add(heading, Prose.NO_PROMPT, title)
    return Sentences(
        language=language,
        heading=title,
        prompt=text,
        options=options,
        hints=reader.hints(parts[Part.HINTS]),
        mistakes=reader.items_only(parts[Part.MISTAKES], Prose.MISTAKE_ITEM),
        solution=reader.solution(parts[Part.SOLUTION]),
        scenes=reader.items_only(parts[Part.SCENES], Prose.SCENE_ITEM),
        place=report.source.place(heading),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    report: Report

    def complain(self, piece: Piece, problem: Problem, **values: Any) -> None:
        self.report.add(self.report.source.start(piece.first), problem, piece.heading, **values)

    def parts(self, section: Section) -> tuple[list[Piece], dict[Part, list[Piece]]]:
        prompt: list[Piece] = []
        parts: dict[Part, list[Piece]] = {part: [] for part in Part}
        current = prompt
        opened: set[Part] = set()
        level = "#" * (section.heading.level + 1)
        for piece in section.pieces:
            part = piece.part or piece.near_part
            if part is None:
                current.append(piece)
                continue
            if piece.part is None:
                self.complain(piece, Prose.NEAR_PART, level=level, names=" / ".join(part.value))
            elif piece.level != len(level):
                self.complain(piece, Prose.PART_LEVEL, level=level)
            if part in opened:
                self.complain(piece, Prose.SECOND_PART)
            opened.add(part)
            current = parts[part]
        return prompt, parts

    def template(self, fragment: Fragment) -> Template:
        return read_template(fragment.stripped(), self.report)

    def prompt(self, pieces: list[Piece], kind: Kind | None) -> tuple[Template, tuple[WrittenOption, ...]]:
        texts: list[Fragment] = []
        options: list[WrittenOption] = []
        after_options = False
        for piece in pieces:
            items = list_items(piece, self.report)
            if any(box(item) for item in items):
                options += [self.option(item) for item in items]
                after_options = True
            elif kind is Kind.DERIVATION and piece.type == "ordered_list_open":
                options += [self.ask(item) for item in items]
            elif kind is Kind.ORDER and piece.type == "ordered_list_open":
                options += [self.entry(item, item.text) for item in items]
            else:
                if after_options and piece.type == "blockquote_open":
                    self.complain(piece, Prose.QUOTE_NOT_INDENTED)
                after_options = False
                texts.append(self.report.source.fragment(piece.first, piece.last).stripped())
        return self.template(joined(texts)), tuple(options)

    def ask(self, item: ListItem) -> WrittenOption:
        """An ask of a derivation, and the options of its own: items with boxes, or numbered ones to put in order."""
        text, nested = _nested(item)
        ask = self.entry(item, text)
        boxed = any(box(option) for option in nested)
        options = [self.option(option) if boxed else self.entry(option, option.text) for option in nested]
        return replace(ask, options=tuple(options))

    def option(self, item: ListItem) -> WrittenOption:
        mark = box(item)
        if mark is None:
            self.report.add(item.start, Prose.OPTION_WITHOUT_BOX)
        ticked, width = mark or (False, 0)
        option = self.entry(item, item.text.after(width), ticked=ticked)
        if not option.text:
            self.report.add(item.start, Prose.EMPTY_ITEM)
        return option

    def entry(self, item: ListItem, fragment: Fragment, *, ticked: bool | None = None) -> WrittenOption:
        text, quote = _split_quote(fragment)
        return WrittenOption(self.template(text), ticked, self.template(quote), self.report.source.place(item.start))

    def item(self, item: ListItem) -> Item:
        check_boxes((item,), self.report)
        text = self.template(item.text)
        if not text:
            self.report.add(item.start, Prose.EMPTY_ITEM)
        return Item(text, item.name, self.report.source.place(item.start))

    def hints(self, pieces: list[Piece]) -> tuple[Item, ...]:
        hints: list[Item] = []
        for piece in pieces:
            items = list_items(piece, self.report)
            if items and (piece.type == "ordered_list_open" or all(item.name for item in items)):
                hints += [self.item(item) for item in items]
            elif not piece.is_silent:
                self.complain(piece, Prose.HINTS_NOT_NUMBERED)
        return tuple(hints)

    def items_only(self, pieces: list[Piece], problem: Problem) -> tuple[Item, ...]:
        named: dict[str, Item] = {}
        for piece in pieces:
            items = list_items(piece, self.report, LISTS[:1])
            if not items and not piece.is_silent:
                self.complain(piece, problem)
            for item in items:
                if not item.name:
                    self.report.add(item.start, problem)
                elif item.name in named:
                    self.report.add(item.start, Prose.SECOND_ITEM, item.name)
                else:
                    named[item.name] = self.item(item)
        return tuple(named.values())

    def solution(self, pieces: list[Piece]) -> tuple[Item, ...]:
        """Ordinary Markdown, cut where items belong to a case."""
        solution: list[Item] = []
        plain: list[tuple[int, int]] = []
        for piece in pieces:
            items = list_items(piece, self.report)
            if not any(item.name for item in items):
                check_boxes(items, self.report)
                plain.append((piece.first, piece.last))
                continue
            for item in items:
                if not item.name:
                    plain.append(item.lines)
                    continue
                solution += [*self.plain(plain), self.item(item)]
                plain = []
        return tuple(solution + self.plain(plain))

    def plain(self, ranges: list[tuple[int, int]]) -> list[Item]:
        if not ranges:
            return []
        source = self.report.source.fragment(ranges[0][0], ranges[-1][1]).stripped()
        text = self.template(source)
        return [Item(text, "", self.report.source.place(source.start))] if text else []
