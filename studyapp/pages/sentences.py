"""The prose of an exercise: its section of the page read into sentences."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.exercise import Item, Sentences, Template, WrittenOption
from studyapp.domain.kind import Kind
from studyapp.domain.place import Place
from studyapp.pages.items import LISTS, ListItem, box, check_boxes, list_items, split_quote
from studyapp.pages.outline import PART_HEADINGS, Part, Piece, Section
from studyapp.pages.report import Report
from studyapp.pages.source import Fragment, joined
from studyapp.pages.templates import read_template


def read_sentences(section: Section, language: str, kind: Kind | None, report: Report) -> Sentences:
    """The sentences of a section. The kind tells what a numbered list in the prompt is; None where it is not known."""
    reader = _Reader(report)
    heading = report.source.start(section.heading.first)
    if "{{" in section.heading.heading:
        found = report.source.text.find("{{", heading)
        report.add(found, "hole-in-heading")
    prompt, parts = reader.parts(section)
    text, options = reader.prompt(prompt, kind)
    if not text and not options:
        report.add(heading, "no-prompt", section.heading.heading)
    return Sentences(
        language=language,
        heading=section.heading.heading,
        prompt=text,
        options=options,
        hints=reader.hints(parts.get(Part.HINTS, [])),
        mistakes=reader.items_only(parts.get(Part.MISTAKES, []), "mistake-item"),
        solution=reader.solution(parts.get(Part.SOLUTION, [])),
        scenes=reader.items_only(parts.get(Part.SCENES, []), "scene-item"),
        place=report.source.place(heading),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """The readers of the parts of one section."""

    report: Report

    def start(self, piece: Piece) -> int:
        return self.report.source.start(piece.first)

    def parts(self, section: Section) -> tuple[list[Piece], dict[Part, list[Piece]]]:
        """The pieces of the prompt, and of each part by its heading."""
        current: list[Piece] = []
        prompt = current
        parts: dict[Part, list[Piece]] = {}
        for piece in section.pieces:
            part = piece.part or piece.near_part
            if part is None:
                current.append(piece)
                continue
            level = "#" * (section.heading.level + 1)
            if piece.part is None:
                names = " / ".join(name for name, named in PART_HEADINGS.items() if named is part)
                self.report.add(self.start(piece), "near-part", piece.heading, level=level, names=names)
            elif piece.level != len(level):
                self.report.add(self.start(piece), "part-level", piece.heading, level=level)
            if part in parts:
                self.report.add(self.start(piece), "second-part", piece.heading)
            current = parts.setdefault(part, [])
        return prompt, parts

    def template(self, fragment: Fragment) -> Template:
        return read_template(fragment.stripped(), self.report)

    def prompt(self, pieces: list[Piece], kind: Kind | None) -> tuple[Template, tuple[WrittenOption, ...]]:
        """The prompt without its options, and the options."""
        texts: list[Fragment] = []
        options: list[WrittenOption] = []
        after_options = False
        for piece in pieces:
            items = list_items(piece, self.report) if piece.type in LISTS else ()
            if any(box(item) for item in items):
                options += [self.option(item) for item in items]
                after_options = True
                continue
            if kind in (Kind.ORDER, Kind.DERIVATION) and piece.type == "ordered_list_open":
                options += [WrittenOption(*self.said(item.text), self.place(item)) for item in items]
                continue
            if after_options and piece.type == "blockquote_open":
                self.report.add(self.start(piece), "quote-not-indented")
            after_options = False
            texts.append(self.report.source.fragment(piece.first, piece.last).stripped())
        return self.template(joined(texts)), tuple(options)

    def option(self, item: ListItem) -> WrittenOption:
        """An item of a task list."""
        found = box(item)
        if found is None:
            self.report.add(item.start, "option-without-box")
        ticked, width = found or (False, 0)
        text, _, said = self.said(item.text.after(width))
        if not text:
            self.report.add(item.start, "empty-item")
        return WrittenOption(text, ticked, said, self.report.source.place(item.start))

    def said(self, fragment: Fragment) -> tuple[Template, None, Template]:
        """Text, no box, and what is said to whoever picks it."""
        text, quote = split_quote(fragment)
        return self.template(text), None, self.template(quote)

    def place(self, item: ListItem) -> Place:
        return self.report.source.place(item.start)

    def item(self, item: ListItem) -> Item:
        check_boxes((item,), self.report)
        text = self.template(item.text)
        if not text:
            self.report.add(item.start, "empty-item")
        return Item(text, item.name, self.place(item))

    def hints(self, pieces: list[Piece]) -> tuple[Item, ...]:
        """A numbered list, or items that belong to a case."""
        hints: list[Item] = []
        for piece in pieces:
            items = list_items(piece, self.report) if piece.type in LISTS else ()
            named = all(item.name for item in items)
            if items and (named or piece.type == "ordered_list_open"):
                hints += [self.item(item) for item in items]
            elif not piece.is_silent:
                self.report.add(self.start(piece), "hints-not-numbered")
        return tuple(hints)

    def items_only(self, pieces: list[Piece], code: str) -> tuple[Item, ...]:
        """A bullet list in which each item has a name."""
        found: dict[str, Item] = {}
        for piece in pieces:
            items = list_items(piece, self.report) if piece.type == "bullet_list_open" else ()
            if not items and not piece.is_silent:
                self.report.add(self.start(piece), code)
            for item in items:
                if not item.name:
                    self.report.add(item.start, code)
                elif item.name in found:
                    self.report.add(item.start, "second-item", item.name)
                else:
                    found[item.name] = self.item(item)
        return tuple(found.values())

    def solution(self, pieces: list[Piece]) -> tuple[Item, ...]:
        """Ordinary Markdown, cut where items belong to a case."""
        found: list[Item] = []
        plain: list[tuple[int, int]] = []
        for piece in pieces:
            items = list_items(piece, self.report) if piece.type in LISTS else ()
            if not any(item.name for item in items):
                check_boxes(items, self.report)
                plain.append((piece.first, piece.last))
                continue
            for item in items:
                if not item.name:
                    plain.append(item.lines)
                    continue
                found += self.plain(plain)
                found.append(self.item(item))
                plain = []
        return tuple(found + self.plain(plain))

    def plain(self, ranges: list[tuple[int, int]]) -> list[Item]:
        """Neighbouring lines of ordinary Markdown as one item, none where there is nothing."""
        if not ranges:
            return []
        source = self.report.source.fragment(ranges[0][0], ranges[-1][1]).stripped()
        text = self.template(source)
        return [Item(text, "", self.report.source.place(source.start))] if text else []
