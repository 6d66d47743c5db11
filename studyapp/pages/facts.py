"""YAML as untyped texts with offsets, from libyaml's events: aliases, tags and depth are judged before all else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from studyapp.domain.place import Problem
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.pages.report import Refused, Report
from studyapp.typeset.width import UNSEEN


class Yaml(Problem):
    """What is wrong with YAML, or with how it is used here."""

    UNREADABLE_YAML = Text(
        ja="YAML として読めません（{problem}）。\n字下げ、コロン、引用符を確かめてください。",
        en="This is not YAML ({problem}).\nLook at indentation, colons and quotes.",
    )
    WIDE_COLON = Text(
        ja="コロンが全角（：）です。\n半角のコロンと空白で `名前: 値` と書いてください。",
        en="The colon is a full-width one (：).\nWrite `name: value` with a plain colon and a blank.",
    )
    TIGHT_COLON = Text(
        ja="「{found}」の後に空白がありません。\n`名前: 値` のように、コロンの後に空白を入れてください。",
        en="There is no blank after `{found}`.\nWrite `name: value`, with a blank after the colon.",
    )
    YAML_TAB = Text(
        ja="字下げにタブがあります。\n半角の空白で字下げしてください。",
        en="A tab is used to indent.\nIndent with blanks.",
    )
    SECOND_DOCUMENT = Text(
        ja="YAML の文書が二つあります。\n`---` の行を取り除いてください。",
        en="There is a second YAML document.\nTake out the `---` line.",
    )
    TOO_DEEP = Text(
        ja="入れ子が {limit} 段を超えています。\n括弧や字下げを減らしてください。",
        en="The nesting is deeper than {limit} levels.\nUse fewer brackets or levels.",
    )
    YAML_ALIAS = Text(
        ja="YAML のアンカーと別名（& と *）は使えません。\n値をそのまま書いてください。",
        en="YAML anchors and aliases (& and *) are not used here.\nWrite the value itself.",
    )
    YAML_TAG = Text(
        ja="YAML のタグ {found} は使えません。\n取り除くか、値を引用符で囲んでください。",
        en="The YAML tag {found} is not used here.\nTake it out, or put the value in quotes.",
    )
    NOT_A_MAPPING = Text(
        ja="「名前: 値」の形になっていません。\n1 行に一つずつ `名前: 値` と書いてください。",
        en="There are no `name: value` lines here.\nWrite one `name: value` a line.",
    )
    FIELD_NAME = Text(
        ja="欄の名前が文字列ではありません。\n欄の名前を、記号を付けずに書いてください。",
        en="The name of a field is a plain text.\nWrite the name of the field plainly.",
    )
    DUPLICATE_FIELD = Text(
        ja="「{found}」が二度書かれています。\nどちらか一つにしてください。",
        en="`{found}` is written twice.\nKeep one of them.",
    )
    CONTROL_CHARACTER = Text(
        ja="見えない文字か制御文字 {found} があります。\n"
        "取り除いてください（画面には印で示されます）。絵文字をつなぐ U+200D と異体字セレクタだけは使えます。",
        en="There is a character that is not seen or that controls the screen: {found}.\n"
        "Take it out; it is shown as a sign. U+200D within an emoji and variation selectors may stand.",
    )


YAML_PROBLEMS = {
    "could not find expected ':'": Text(ja="名前の後に「: 」がありません", en="no colon and blank after a name"),
    "mapping values are not allowed": Text(
        ja="一つの行に「: 」が二つあるか、字下げが合っていません",
        en="a second colon on one line, or an indentation that does not fit",
    ),
    "did not find expected key": Text(
        ja="字下げが上の行と合っていません", en="an indentation unlike that of the line above"
    ),
    "did not find expected '-'": Text(
        ja="リストの字下げが合っていません", en="list items that are indented unlike each other"
    ),
    "did not find expected ','": Text(
        ja="括弧が閉じられていないか、コンマが抜けています", en="a bracket that is not closed, or a comma left out"
    ),
    "block sequence entries": Text(ja="「- 」を書けない場所にリストがあります", en="a list where none may stand"),
    "end of stream": Text(ja="引用符か括弧が閉じられていません", en="a quote or bracket that is not closed"),
    "escape": Text(
        ja="引用符の中の \\ は `\\\\` と書くか、「'」で囲みます",
        en="a backslash in double quotes: write two, or use single quotes",
    ),
    "cannot start any token": Text(
        ja="行頭に書けない文字があります。値なら引用符で囲みます",
        en="a character that begins no value: put it in quotes",
    ),
    "": Text(ja="書き方が YAML の規則に合っていません", en="it breaks a rule of YAML"),
}
"""What libyaml reports, by a part of its sentence; the last row is for all others."""

DEPTH = 8
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `source` is how it is written in the file, without its quotes, and `start` the offset of that."""

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


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields in written order; no name occurs twice."""

    entries: tuple[tuple[Scalar, Value], ...]
    start: int

    def names(self) -> dict[str, int]:
        """The offset of each name."""
        return {name.value: name.start for name, _ in self.entries}

    def get(self, field: str) -> Value | None:
        """The value of a field, None where it is not written."""
        return next((value for name, value in self.entries if name.value == field), None)


Value = Scalar | Sequence | Mapping


def read_facts(text: str, base: int, report: Report) -> Mapping:
    """The mapping that a fence or front matter states; `base` is the offset of its text. Errors: Refused."""
    if report.source.is_veiled(base, base + len(text)):
        raise Refused  # the page has a complaint of each; what they would spoil has none of its own
    if control := UNPRINTABLE.search(text):
        raise report.refuse(base + control.start(), Yaml.CONTROL_CHARACTER, f"U+{ord(control.group()):04X}")
    _check_marks(text, base, report)
    events = iter(_judged(text, base, report))
    first = next(events, None)
    value = _Builder(text, base, report, events).build(first) if first else None
    if not isinstance(value, Mapping):
        raise report.refuse(value.start if value else base, Yaml.NOT_A_MAPPING)
    return value


_WIDE_COLON = re.compile(r"^[ \t]*[A-Za-z_][\w-]*[ \t　]*(：)", re.MULTILINE)
_TIGHT_COLON = re.compile(r"^ *([A-Za-z_][\w-]*:)(?![\s:/])", re.MULTILINE)
_TAB = re.compile(r"^ *(\t)[ \t]*(?=\S)", re.MULTILINE)


def _check_marks(text: str, base: int, report: Report) -> None:
    """Refuse what YAML would complain of at another line, or take for one long text."""
    marks = [(match.start(1), Yaml.WIDE_COLON) for match in _WIDE_COLON.finditer(text)]
    marks += [(match.start(1), Yaml.YAML_TAB) for match in _TAB.finditer(text)]
    for start, problem in sorted(marks, key=lambda mark: mark[0]):
        report.add(base + start, problem)
    if marks:
        raise Refused


def _judged(text: str, base: int, report: Report) -> list[yaml.Event]:
    """The events of values in one plain document. Errors: Refused, where YAML or this format forbids one."""
    events: list[yaml.Event] = []
    fine, depth, documents = True, 0, 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            start = base + _index(event.start_mark)
            match event:
                case yaml.NodeEvent():
                    events.append(event)
                    depth += isinstance(event, yaml.CollectionStartEvent)
                    if depth > DEPTH:
                        raise report.refuse(start, Yaml.TOO_DEEP, limit=DEPTH)
                    fine &= _plain(event, start, report)
                case yaml.CollectionEndEvent():
                    events.append(event)
                    depth -= 1
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise report.refuse(start, Yaml.SECOND_DOCUMENT)
    except yaml.MarkedYAMLError as error:
        _complain_of(error, text, base, report)
        fine = False
    if not fine:
        raise Refused
    return events


def _complain_of(error: yaml.MarkedYAMLError, text: str, base: int, report: Report) -> None:
    problem = error.problem or ""
    # A name without its colon is noticed at the next line; where it begins is the context.
    begun = error.context_mark if error.context == "while scanning a simple key" else None
    offset = base + _index(begun or error.problem_mark or error.context_mark)
    if "nesting depth" in problem:  # libyaml looks ahead, and may meet a bound of its own before ours is seen
        report.add(offset, Yaml.TOO_DEEP, limit=DEPTH)
    elif tight := list(_TIGHT_COLON.finditer(text)):
        for match in tight:
            report.add(base + match.end(1), Yaml.TIGHT_COLON, match[1])
    else:
        sentence = next(sentence for part, sentence in YAML_PROBLEMS.items() if part in problem)
        report.add(offset, Yaml.UNREADABLE_YAML, problem=sentence())


def _index(mark: Any) -> int:
    """The index of a mark in characters, the same with libyaml and without."""
    return mark.index if mark else 0


def _plain(event: yaml.NodeEvent, start: int, report: Report) -> bool:
    if event.anchor:
        report.add(start, Yaml.YAML_ALIAS, str(event.anchor))
    elif tag := getattr(event, "tag", None):
        report.add(start, Yaml.YAML_TAG, str(tag))
    else:
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Builder:
    """Values from events; the nesting is bounded before this begins."""

    text: str
    base: int
    report: Report
    events: Iterator[yaml.Event]

    def build(self, event: yaml.Event, *, in_flow: bool = False) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, in_flow=in_flow)
        start, flow = _index(event.start_mark), bool(getattr(event, "flow_style", False))
        if not isinstance(event, yaml.SequenceStartEvent):
            return Mapping(self._entries(in_flow=in_flow or flow), self.base + start)
        items: list[Value] = []
        while not isinstance(part := next(self.events), yaml.SequenceEndEvent):
            items.append(self.build(part, in_flow=in_flow or flow))
        source = self.text[start : _index(part.end_mark)] if flow else ""
        return Sequence(tuple(items), self.base + start, source)

    def _scalar(self, event: yaml.ScalarEvent, *, in_flow: bool) -> Scalar:
        start, end = _index(event.start_mark), _index(event.end_mark)
        quotes = 1 if event.style in ("'", '"') else 0
        block = event.style in ("|", ">")
        # A line end inside an expression is a blank: one character for one keeps every column right.
        source = event.value if block else self.text[start + quotes : end - quotes].replace("\n", " ")
        if quotes and ("\\" in source or "''" in source):
            source = event.value
        if control := UNSEEN.search(event.value):  # written as an escape: the page's own were shown before
            self.report.add(self.base + start + quotes, Yaml.CONTROL_CHARACTER, f"U+{ord(control[0]):04X}")
        return Scalar(event.value, source, self.base + start + quotes, in_flow, block)

    def _entries(self, *, in_flow: bool) -> tuple[tuple[Scalar, Value], ...]:
        entries: dict[str, tuple[Scalar, Value]] = {}
        last = ""
        while not isinstance(part := next(self.events), yaml.MappingEndEvent):
            name, value = self.build(part, in_flow=in_flow), self.build(next(self.events), in_flow=in_flow)
            if not isinstance(name, Scalar):
                self.report.add(name.start, Yaml.FIELD_NAME)
            elif last and in_flow and _is_open(entries[last][1]) and isinstance(value, Scalar) and not value.source:
                entries[last] = (entries[last][0], self._joined(entries[last][1], name))
            elif name.value in entries:
                self.report.add(name.start, Yaml.DUPLICATE_FIELD, name.value)
            else:
                entries[name.value] = (name, value)
                last = name.value
        return tuple(entries.values())

    def _joined(self, value: Value, rest: Scalar) -> Scalar:
        """A value that a comma inside of its parentheses has parted: `{x: real(N, D)}`."""
        text = self.text[value.start - self.base : rest.start - self.base + len(rest.source)]
        return Scalar(text, text, value.start, in_flow=True)


def _is_open(value: Value) -> bool:
    """Whether a text has a parenthesis that is not closed."""
    return isinstance(value, Scalar) and value.source.count("(") > value.source.count(")")
