"""A `yaml key` fence read into a key, by one table of fields: a new field is a new row."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import field, replace
from decimal import Decimal
from typing import Any

from studyapp.domain.exercise import Key, NetworkFamily, StepFacts
from studyapp.domain.kind import ANSWERED, NUMERIC, Kind
from studyapp.domain.limits import HOLE_DIGITS, LAYER_UNITS, NETWORK_LAYERS
from studyapp.domain.network import HIDDEN, PAIRS, read_target
from studyapp.domain.place import Complaint, Place, Problem
from studyapp.domain.shapes import has_matrices, shapes_of
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language.code import read_code
from studyapp.language.matrices import Matrices, with_relation
from studyapp.language.refusals import explain
from studyapp.pages import readers
from studyapp.pages.definitions import check_definitions, head_of, read_let
from studyapp.pages.facts import Mapping, Scalar, Sequence, Value, read_facts
from studyapp.pages.readers import Reader, Shape
from studyapp.pages.report import Refused, Report
from studyapp.pages.source import Source


class Fields(Problem):
    """What is wrong with a step, and with the fields of a key taken together."""

    FIELD_OF_OTHER_KIND = Text(
        ja="「{found}」は kind: {kind} では使いません。\n行を取り除くか、kind を直してください。",
        en="`{found}` does not belong to kind: {kind}.\nTake the line out, or mend kind.",
    )
    DIGITS_TWICE = Text(
        ja="digits と significant の両方があります。\n"
        "小数点以下の桁数なら digits、有効桁数なら significant だけを残してください。",
        en="There are both digits and significant.\n"
        "Keep digits for decimal places, or significant for significant digits.",
    )
    DUPLICATE_NAME = Text(
        ja="「{found}」が二度定義されています。\nどちらかの名前を変えてください。",
        en="`{found}` is defined twice.\nRename one of them.",
    )
    UNKNOWN_NAME = Text(
        ja="「{found}」はどこにも定義されていません。\ndraw か let で定義するか、綴りを直してください。",
        en="`{found}` is defined nowhere.\nDefine it in draw or let, or mend the spelling.",
    )
    BAD_TARGET = Text(
        ja="「{found}」はネットワークの量ではありません。\n"
        "dE/dw1_2_1、dE/du2_1、du2_1/dz1_j、y_1、update w1_j_i のように書きます。",
        en="“{found}” is no quantity of a network.\nWrite dE/dw1_2_1, dE/du2_1, du2_1/dz1_j, y_1 or update w1_j_i.",
    )
    TARGET_AND_ANSWER = Text(
        ja="一つの手順に target と answer の両方があります。\nどちらか一つだけを書いてください。",
        en="One step has both a target and an answer.\nKeep one of them.",
    )


_SIZES = re.compile(r"(\d{1,2})(?:\s*\.\.\s*(\d{1,2}))?")
_RATE = re.compile(r"\d{1,6}(?:\.\d{1,12})?|\.\d{1,12}")

read_tolerance = readers.scalar(
    lambda text: Decimal(text) if _RATE.fullmatch(text) and 0 < Decimal(text) < 1 else None, Shape.NOT_A_NUMBER
)
"""A relative distance that is let pass."""

_CODE: dict[str, Reader] = {
    "answer": readers.code("answer"),
    "check": readers.code("check"),
    "mistakes": readers.named_code,
}
"""How fields of other kinds are read where the answer is code."""
_STEP: dict[str, Reader] = {
    "target": readers.scalar(lambda text: text.strip() if read_target(text) else None, Fields.BAD_TARGET),
    "answer": readers.expression("answer", formula=True),
    "check": readers.expression("check", formula=True),
    "name": readers.read_symbol,
    "using": readers.list_of(readers.read_symbol),
    "skill": readers.read_topic_id,
    "mistakes": readers.named(readers.is_item_name, formula=True),
}


def _steps(value: Value, report: Report) -> tuple[StepFacts, ...]:
    if not readers.read_items(value, report):
        raise report.refuse(value.start, Shape.NOT_A_LIST)
    steps: tuple[StepFacts, ...] = readers.list_of(_step)(value, report)
    return steps


def _step(value: Value, report: Report) -> StepFacts:
    kind = _kind_of(value)
    known = {**_STEP, "kind": readers.one_of(PARTS), **{row.name: row.read for row in FIELDS if row.name in _OWN}}
    fields = readers.read_record(value, {**known, **(_CODE if kind is Kind.CODE else {})}, report)
    if "target" in fields and "answer" in fields:
        raise report.refuse(value.start, Fields.TARGET_AND_ANSWER)
    if kind in (None, *ANSWERED) and "target" not in fields and "answer" not in fields:
        raise report.refuse(value.start, Shape.MISSING_FIELD, "target / answer")
    own = {name: fields.pop(name) for name in _OWN if name in fields}
    if kind is not None:
        foreign = {row.name for row in FIELDS if kind not in row.kinds}
        if wrong := next((name for name in own if name in foreign), None):
            raise report.refuse(value.start, Fields.FIELD_OF_OTHER_KIND, wrong, kind=kind)
        needed = [group[0] for group in REQUIRED[kind] if group not in (("arrays",), ("digits", "significant"))]
        readers.require(needed, {*fields, *own}, value.start, report)
    return StepFacts(place=report.source.place(value.start), own=own, **fields)


def _kind_of(value: Value) -> Kind | None:
    """The kind that a key or a step says it has, None where it says none."""
    written = value.get("kind") if isinstance(value, Mapping) else None
    return next((kind for kind in Kind if isinstance(written, Scalar) and written.value == kind), None)


def read_network(value: Value, report: Report) -> NetworkFamily:
    """The networks that a fence describes."""
    fields = readers.read_record(value, _NETWORK, report)
    is_deep = len(fields.get("layers", ())) > 2
    readers.require(("layers", "output", *(("hidden",) if is_deep else ())), fields, value.start, report)
    return NetworkFamily(place=report.source.place(value.start), **{"hidden": (), **fields})


def _layers(value: Value, report: Report) -> tuple[tuple[int, int], ...]:
    items = readers.read_items(value, report)
    if not 2 <= len(items) <= NETWORK_LAYERS:
        raise report.refuse(value.start, Shape.OUT_OF_RANGE, str(len(items)), low=2, high=NETWORK_LAYERS)
    return readers.every(_size, items, report)


def _size(value: Value, report: Report) -> tuple[int, int]:
    text = readers.read_text(value, report)
    ends = _SIZES.fullmatch(text.value.strip())
    if ends is None:
        raise report.refuse(text.start, Shape.NOT_A_WHOLE_NUMBER, text.value)
    low, high = int(ends[1]), int(ends[2] or ends[1])
    if not 1 <= low <= high <= LAYER_UNITS:
        raise report.refuse(text.start, Shape.OUT_OF_RANGE, text.value, low=1, high=LAYER_UNITS)
    return low, high


def _words(value: Value, report: Report) -> tuple[tuple[str, dict[str, str]], ...]:
    """By name, and by word, what is said for it."""
    return readers.every(_said, readers.read_mapping(value, report).entries, report)


def _said(entry: tuple[Scalar, Value], report: Report) -> tuple[str, dict[str, str]]:
    name, value = entry
    entries = readers.read_mapping(value, report).entries
    texts = readers.every(lambda word, _: (word[0].value, readers.read_word(word[1], report)), entries, report)
    return name.value, dict(texts)


def _one_of(table: dict[str, Any]) -> Reader:
    def parse(text: str) -> Any:
        return table.get(", ".join(part.strip() for part in text.split(",")))

    return readers.scalar(parse, Shape.UNKNOWN_WORD, known=table, allowed=" · ".join(table))


_NETWORK: dict[str, Reader] = {
    "layers": _layers,
    "hidden": readers.filled(readers.list_of(_one_of({word: word for word in HIDDEN}))),
    "output": readers.filled(readers.list_of(_one_of({", ".join(pair): pair for pair in PAIRS}))),
    "bias": readers.one_or_several(_one_of({"true": True, "false": False})),
}

read_rate = readers.scalar(lambda text: Decimal(text) or None if _RATE.fullmatch(text) else None, Shape.NOT_A_NUMBER)
"""A learning rate: a positive decimal."""

ALL = frozenset(Kind)
CODED = frozenset({Kind.CODE, Kind.DERIVATION})
SYMBOLIC = frozenset({Kind.EXPRESSION, Kind.DERIVATION})
DERIVED = frozenset({Kind.DERIVATION, Kind.CHOICE, Kind.ORDER})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, its reader, and the kinds it is meant for."""

    name: str
    read: Reader
    kinds: frozenset[Kind] = ALL


FIELDS: tuple[Field, ...] = (
    Field("id", readers.read_identifier),
    Field("kind", readers.read_kind),
    Field("skill", readers.read_topic_id),
    Field("aliases", readers.list_of(readers.read_topic_id)),
    Field("confuses", readers.list_of(readers.read_topic_id)),
    Field("section", readers.read_word),
    Field("item", readers.whole(1, 99)),
    Field("draw", readers.named(readers.is_symbol)),
    Field("let", read_let),
    Field("given", readers.named(readers.is_symbol, formula=True)),
    Field("where", readers.list_of(readers.read_condition)),
    Field("cases", readers.named(readers.is_item_name, condition=True)),
    Field("symbols", readers.read_symbols, SYMBOLIC | NUMERIC),
    Field("functions", readers.list_of(readers.read_symbol), SYMBOLIC),
    Field("answer", readers.expression("answer", formula=True), ANSWERED),
    Field("check", readers.expression("check", formula=True), ANSWERED),
    Field("example", readers.named(lambda name: name == "answer" or readers.is_symbol(name), literal=True)),
    Field("digits", readers.whole(0, HOLE_DIGITS)),
    Field("significant", readers.whole(1, HOLE_DIGITS)),
    Field("mistakes", readers.named(readers.is_item_name, formula=True), ANSWERED),
    Field("words", _words),
    Field("convention", readers.read_convention),
    Field("scenes", readers.read_scenes, frozenset({Kind.CHOICE, Kind.TERM})),
    Field("options", readers.one_of(("losses",)), frozenset({Kind.CHOICE})),
    Field("right", readers.list_of(readers.read_condition), frozenset({Kind.CHOICE})),
    Field("shown", readers.whole(2, 20), frozenset({Kind.CHOICE, Kind.ORDER})),
    Field("several", readers.read_flag, frozenset({Kind.CHOICE})),
    Field("accept", readers.list_of(readers.read_word), frozenset({Kind.TERM})),
    Field("refuse", readers.list_of(readers.read_word), frozenset({Kind.TERM})),
    Field("network", read_network, DERIVED),
    Field("steps", _steps, DERIVED),
    Field("rate", read_rate, DERIVED),
    Field("exam", readers.one_of(("choice",)), frozenset({Kind.NUMBER})),
    Field("arrays", readers.read_arrays, CODED),
    Field("tolerance", read_tolerance, CODED),
    Field("epsilon", readers.one_of(("any",)), CODED),
    Field("dtype", readers.read_flag, CODED),
)
"""Every field of a key, in the order in which the manual lists them."""

REQUIRED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.NUMBER: (("answer",), ("digits", "significant")),
    Kind.VECTOR: (("answer",), ("digits", "significant")),
    Kind.EXPRESSION: (("answer",),),
    Kind.CODE: (("answer",), ("arrays",)),
    Kind.DERIVATION: (("steps",),),
    Kind.CHOICE: (),
    Kind.ORDER: (),
    Kind.TERM: (("accept", "scenes"),),
}
"""What a kind cannot do without: of each group at least one field."""
PARTS = tuple(kind for kind in Kind if kind is not Kind.DERIVATION)
"""The kinds that a step may have."""
_OWN = (
    *("digits", "significant", "arrays", "tolerance", "epsilon", "dtype"),
    *("right", "shown", "several", "accept", "refuse"),
)
"""Fields of a step that belong to its kind."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a fence states; `key` is None where it is not sound, or an id alone, `draft` the key as it was read."""

    id: str = ""
    key: Key | None = None
    draft: Key | None = None
    names: frozenset[str] = frozenset()
    kind: Kind | None = None
    starts: dict[str, int] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)


def read_key(text: str, base: int, report: Report) -> Facts:
    """The facts of a fence whose content begins at offset `base`."""
    try:
        mapping = read_facts(text, base, report)
    except Refused:
        return Facts()
    report.matrices = _matrices(mapping)
    values = readers.read_fields(mapping, _readers(mapping), report, refuse_empty=True)
    starts = mapping.names()
    if "id" not in starts:
        report.add(mapping.start, Shape.MISSING_FIELD, "id")
    exercise: str = values.get("id", "")
    words = dict(values.pop("words", ()))
    if is_bare(starts):
        return Facts(exercise, starts=starts, words=words)
    kind: Kind | None = values.get("kind")
    _check_fields(mapping, starts, kind, report)
    _check_names(mapping, report)
    draft = None
    if kind is not None and exercise:
        places = places_of(mapping, report.source)
        draft = Key(**{"skill": exercise, "place": report.source.place(mapping.start), "places": places, **values})
        with suppress(Refused):
            check_definitions(draft, report)
        _check_code(draft, report)
    names = frozenset(head_of(name.value)[0] for name in _names(mapping, "draw", "let", "given", "symbols", "arrays"))
    return Facts(exercise, draft if report.sound else None, draft, names, kind, starts, words)


def is_bare(fields: Iterable[str]) -> bool:
    """Whether a fence says only which exercise it is, and how drawn words are said: that of a translation."""
    return {"id"} <= {*fields} <= {"id", "words"}


def _matrices(mapping: Mapping) -> Matrices | None:
    """What formulas may hold where symbols are matrices: relations and results of steps as well, in written order."""
    symbols = dict(_texts(mapping.get("symbols")))
    if not has_matrices(symbols):
        return None
    drawn = {name.value: () for name in _names(mapping, "draw", "let")}
    functions, steps = mapping.get("functions"), mapping.get("steps")
    opened = functions.items if isinstance(functions, Sequence) else ()
    names = tuple(one.value for one in opened if isinstance(one, Scalar))
    matrices = Matrices({**drawn, **shapes_of(symbols)}, names)
    relations = _texts(mapping.get("given"))
    for step in steps.items if isinstance(steps, Sequence) else ():
        fields = dict(_texts(step))
        relations += [(fields["name"], fields["answer"])] if {"name", "answer"} <= fields.keys() else []
    for name, text in relations:
        matrices = with_relation(matrices, name, text)
    return matrices


def _texts(value: Value | None) -> list[tuple[str, str]]:
    """The fields of a mapping that are one text each."""
    entries = value.entries if isinstance(value, Mapping) else ()
    return [(name.value, text.source) for name, text in entries if isinstance(text, Scalar)]


def _readers(mapping: Mapping) -> dict[str, Reader]:
    """The readers of all fields, those of its kind first: an unknown field is answered with their list."""
    written = mapping.get("kind")
    kind = written.value if isinstance(written, Scalar) else ""
    own_first = sorted(FIELDS, key=lambda field: kind not in field.kinds) if kind in list(Kind) else FIELDS
    return {field.name: field.read for field in own_first} | (_CODE if kind == Kind.CODE else {})


def places_of(mapping: Mapping, source: Source) -> dict[str, Place]:
    """Where the value of each field begins, and in a list each text: `requires losses/softmax`."""
    starts = {name.value: value.start for name, value in mapping.entries}
    for name, value in mapping.entries:
        for item in value.items if isinstance(value, Sequence) else ():
            if isinstance(item, Scalar):
                starts.setdefault(f"{name.value} {item.value}", item.start)
    return {name: source.place(start) for name, start in starts.items()}


def _check_fields(mapping: Mapping, starts: dict[str, int], kind: Kind | None, report: Report) -> None:
    if "kind" not in starts:
        report.add(mapping.start, Shape.MISSING_FIELD, "kind")
    if kind is None:
        return
    foreign = {field.name for field in FIELDS if kind not in field.kinds}
    for name, start in starts.items():
        if name in foreign:
            report.add(start, Fields.FIELD_OF_OTHER_KIND, name, kind=kind)
    for group in REQUIRED[kind]:
        if not starts.keys() & set(group):
            report.add(mapping.start, Shape.MISSING_FIELD, " / ".join(group))
    if {"digits", "significant"} <= starts.keys():
        report.add(starts["significant"], Fields.DIGITS_TWICE)


def _check_names(mapping: Mapping, report: Report) -> None:
    bound = {"answer"}
    for name in _names(mapping, "draw", "let", "given"):
        head, _ = head_of(name.value)
        if head in bound:
            report.add(name.start, Fields.DUPLICATE_NAME, head)
        bound.add(head)
    bound |= {name.value for name in _names(mapping, "symbols")}
    for name in _names(mapping, "example"):
        if name.value not in bound:
            report.add(name.start, Fields.UNKNOWN_NAME, name.value, known=bound)


def _check_code(key: Key, report: Report) -> None:
    """Complaints about code that cannot be read, at the very column."""
    parts = [key] if key.kind is Kind.CODE else [key.part(step) for step in key.steps if step.kind is Kind.CODE]
    results = [step.name for step in key.steps if step.name and step.kind is Kind.CODE]
    for part in parts:
        names = (*(array.name for array in part.arrays), *results)
        for line in (*filter(None, (part.answer, part.check)), *part.mistakes):
            tree = read_code(line.text, names)
            if isinstance(tree, Unreadable):
                place = replace(line.place, column=line.place.column + min(tree.span[0], len(line.text)))
                report.complaints.append(Complaint(place, "unreadable-expression", explain(tree)))


def _names(mapping: Mapping, *fields: str) -> Iterator[Scalar]:
    for value in map(mapping.get, fields):
        if isinstance(value, Mapping):
            yield from (name for name, _ in value.entries)
