"""YAML as untyped values with offsets: every scalar is text, typed later by the schema.

The events of libyaml are used, not its trees: aliases, tags and depth are judged before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from studyapp.pages.report import Report, yaml_problem
from studyapp.typeset.width import UNSEEN

DEPTH = 8
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Mark(Protocol):
    index: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `source` is how it stands in the file, without its quotes, and `start` the offset of that."""

    value: str
    source: str
    start: int
    in_flow: bool
    block: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; `source` is the text of a list in brackets, empty for one of dashes."""

    items: tuple[Value, ...]
    start: int
    source: str
    in_flow: bool


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields in written order; no name occurs twice."""

    entries: tuple[tuple[Scalar, Value], ...]
    start: int
    in_flow: bool


Value = Scalar | Sequence | Mapping


def read_facts(text: str, base: int, report: Report) -> Mapping | None:
    """The mapping that a fence or front matter states; `base` is the offset of the text in the report's source."""
    if report.source.is_veiled(base, base + len(text)):
        return None  # the page has a complaint of each; what they would spoil has none of its own
    if control := UNPRINTABLE.search(text):
        report.add(base + control.start(), "control-character", f"U+{ord(control.group()):04X}")
        return None
    if _slips(text, base, report):
        return None
    events = _judged(text, base, report)
    if events is None:
        return None
    stream = iter(events)
    first = next(stream, None)
    if first is None:
        report.add(base, "not-a-mapping")
        return None
    value = _Builder(text, base, report).build(first, stream, in_flow=False)
    if not isinstance(value, Mapping):
        report.add(value.start, "not-a-mapping")
        return None
    return value


_WIDE_COLON = re.compile(r"^[ \t]*[A-Za-z_][\w-]*[ \t　]*(：)", re.MULTILINE)
_TIGHT_COLON = re.compile(r"^ *([A-Za-z_][\w-]*:)(?![\s:/])", re.MULTILINE)
_TAB = re.compile(r"^ *(\t)[ \t]*(?=\S)", re.MULTILINE)


def _slips(text: str, base: int, report: Report) -> bool:
    """Slips of the hand that YAML would refuse at another line, or take for one long text."""
    found: list[tuple[int, str]] = [(one.start(1), "wide-colon") for one in _WIDE_COLON.finditer(text)]
    found += [(one.start(1), "yaml-tab") for one in _TAB.finditer(text)]
    for start, code in sorted(found):
        report.add(base + start, code)
    return bool(found)


def _judged(text: str, base: int, report: Report) -> list[yaml.Event] | None:
    """The events of values in one plain document, or None where YAML or this format forbids what is written."""
    events: list[yaml.Event] = []
    fine, depth, documents = True, 0, 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            match event:
                case yaml.NodeEvent():
                    events.append(event)
                    depth += isinstance(event, yaml.CollectionStartEvent)
                    if depth > DEPTH:
                        report.add(base + _index(event.start_mark), "too-deep", limit=DEPTH)
                        return None
                    fine &= _plain(event, base, report)
                case yaml.CollectionEndEvent():
                    events.append(event)
                    depth -= 1
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        report.add(base + _index(event.start_mark), "second-document")
                        return None
    except yaml.MarkedYAMLError as error:
        problem = error.problem or ""
        # A name without its colon is noticed at the next line; where it begins is the context.
        begun = error.context_mark if error.context == "while scanning a simple key" else None
        offset = base + _index(begun or error.problem_mark or error.context_mark)
        if "nesting depth" in problem:  # libyaml looks ahead, and may meet a bound of its own before ours is seen
            report.add(offset, "too-deep", limit=DEPTH)
        elif tight := list(_TIGHT_COLON.finditer(text)):
            for one in tight:
                report.add(base + one.end(1), "tight-colon", one[1])
        else:
            report.add(offset, "unreadable-yaml", problem=yaml_problem(problem))
        return None
    return events if fine else None


def _index(mark: _Mark | None) -> int:
    """The index of a mark in characters, the same with libyaml and without."""
    return mark.index if mark else 0


def _plain(event: yaml.NodeEvent, base: int, report: Report) -> bool:
    """Whether a value is free of anchors, aliases and tags."""
    if event.anchor:
        report.add(base + _index(event.start_mark), "yaml-alias", str(event.anchor))
        return False
    if tag := getattr(event, "tag", None):
        report.add(base + _index(event.start_mark), "yaml-tag", str(tag))
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Builder:
    """Values from events; the nesting is bounded before this begins."""

    text: str
    base: int
    report: Report

    def build(self, event: yaml.Event, stream: Iterator[yaml.Event], *, in_flow: bool) -> Value:
        start = _index(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, in_flow=in_flow)
            case yaml.SequenceStartEvent():
                flow = bool(event.flow_style)
                items = []
                end = start
                for part in stream:
                    if isinstance(part, yaml.SequenceEndEvent):
                        end = _index(part.end_mark)
                        break
                    items.append(self.build(part, stream, in_flow=in_flow or flow))
                source = self.text[start:end] if flow else ""
                return Sequence(tuple(items), self.base + start, source, in_flow)
            case _:
                return self._mapping(event, stream, in_flow=in_flow)

    def _scalar(self, event: yaml.ScalarEvent, *, in_flow: bool) -> Scalar:
        start, end = _index(event.start_mark), _index(event.end_mark)
        quotes = 1 if event.style in ("'", '"') else 0
        block = event.style in ("|", ">")
        # A line end inside an expression is a blank: one character for one keeps every column right.
        source = event.value if block else self.text[start + quotes : end - quotes].replace("\n", " ")
        if quotes and ("\\" in source or "''" in source):
            source = event.value
        if control := UNSEEN.search(event.value):  # written as an escape: the page's own were shown before
            self.report.add(self.base + start + quotes, "control-character", f"U+{ord(control[0]):04X}")
        return Scalar(event.value, source, self.base + start + quotes, in_flow, block)

    def _mapping(self, event: yaml.Event, stream: Iterator[yaml.Event], *, in_flow: bool) -> Mapping:
        flow = in_flow or bool(getattr(event, "flow_style", False))
        entries: dict[str, tuple[Scalar, Value]] = {}
        for part in stream:
            if isinstance(part, yaml.MappingEndEvent):
                break
            name = self.build(part, stream, in_flow=flow)
            value = self.build(next(stream), stream, in_flow=flow)
            if not isinstance(name, Scalar):
                self.report.add(name.start, "field-name")
            elif name.value in entries:
                self.report.add(name.start, "duplicate-field", name.value)
            else:
                entries[name.value] = (name, value)
        return Mapping(tuple(entries.values()), self.base + _index(event.start_mark), in_flow)
