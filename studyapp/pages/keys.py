"""A `yaml key` fence read into a key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from studyapp.domain.exercise import Binding, Key
from studyapp.domain.kind import Kind
from studyapp.pages.facts import Mapping, Scalar, Sequence, read_facts
from studyapp.pages.report import Report
from studyapp.pages.schema import FIELDS, REQUIRED, Field


@dataclass(frozen=True, slots=True)
class Facts:
    """What a fence states. `key` is None where it holds `id:` alone, or where it is not sound; `starts` are offsets.

    `draft` is the key as far as it could be read, `names` are all that it binds, readable or not.
    """

    id: str
    key: Key | None
    draft: Key | None
    names: frozenset[str]
    kind: Kind | None
    starts: dict[str, int]
    start: int


def read_key(text: str, base: int, report: Report) -> Facts:
    """The facts of a fence whose content begins at offset `base`."""
    mapping = read_facts(text, base, report)
    if mapping is None:
        return Facts("", None, None, frozenset(), None, {}, base)
    values = read_fields(mapping, _fields_of(mapping), report)
    names = {name.value for name, _ in mapping.entries}
    starts = {name.value: name.start for name, _ in mapping.entries}
    kind: Kind | None = values.get("kind")
    if "id" not in names:
        report.add(mapping.start, "missing-field", "id")
    if names == {"id"}:
        return Facts(values.get("id", ""), None, None, frozenset(), None, starts, mapping.start)
    _check_fields(mapping, names, kind, report)
    _check_names(mapping, report)
    draft = _key(values, mapping, report) if kind is not None and "id" in values else None
    bound = frozenset(one.value for field in ("draw", "let", "given", "symbols") for one in _names(mapping, field))
    key = draft if report.sound else None
    return Facts(values.get("id", ""), key, draft, bound, kind, starts, mapping.start)


def _fields_of(mapping: Mapping) -> tuple[Field, ...]:
    """The fields that the key may have, those of its kind first: an unknown one is answered with their list."""
    written = next(
        (value.value for name, value in mapping.entries if name.value == "kind" and isinstance(value, Scalar)), ""
    )
    return tuple(sorted(FIELDS, key=lambda field: written in list(Kind) and written not in field.kinds))


def read_fields(mapping: Mapping, fields: tuple[Field, ...], report: Report) -> dict[str, Any]:
    """The values of the known fields that could be read; the others are complaints."""
    known = {field.name: field for field in fields}
    values: dict[str, Any] = {}
    for name, value in mapping.entries:
        field = known.get(name.value)
        if field is None:
            report.add(name.start, "unknown-field", name.value, known=known, allowed=" ".join(known))
            continue
        if isinstance(value, Scalar) and not value.value:
            report.add(name.start, "empty-field", name.value)
            continue
        read = field.read(value, report)
        if read is not None:
            values[name.value] = read
    return values


def starts_of(mapping: Mapping) -> dict[str, int]:
    """Where the value of each field begins, and in a list each text: `requires losses/softmax`."""
    starts = {name.value: value.start for name, value in mapping.entries}
    for name, value in mapping.entries:
        for item in value.items if isinstance(value, Sequence) else ():
            if isinstance(item, Scalar):
                starts.setdefault(f"{name.value} {item.value}", item.start)
    return starts


def _check_fields(mapping: Mapping, names: set[str], kind: Kind | None, report: Report) -> None:
    """Whether a kind has the fields that it needs, and no field that it cannot have."""
    if "kind" not in names:
        report.add(mapping.start, "missing-field", "kind")
    if kind is None:
        return
    known = {field.name: field for field in FIELDS}
    for name, _ in mapping.entries:
        if name.value in known and kind not in known[name.value].kinds:
            report.add(name.start, "field-of-other-kind", name.value, kind=kind)
    for group in REQUIRED[kind]:
        if not names & set(group):
            report.add(mapping.start, "missing-field", " / ".join(group))
    if {"digits", "significant"} <= names:
        start = next(name.start for name, _ in mapping.entries if name.value == "significant")
        report.add(start, "digits-twice")


def _check_names(mapping: Mapping, report: Report) -> None:
    """Whether each name is bound once, and `example` mentions only names that there are."""
    bound = {"answer"}
    for name in chain.from_iterable(_names(mapping, field) for field in ("draw", "let", "given")):
        if name.value in bound:
            report.add(name.start, "duplicate-name", name.value)
        bound.add(name.value)
    bound |= {name.value for name in _names(mapping, "symbols")}
    for name in _names(mapping, "example"):
        if name.value not in bound:
            report.add(name.start, "unknown-name", name.value, known=bound)


def _names(mapping: Mapping, field: str) -> tuple[Scalar, ...]:
    """The names that a field of named values gives, whether their values could be read or not."""
    value = next((value for name, value in mapping.entries if name.value == field), None)
    return tuple(name for name, _ in value.entries) if isinstance(value, Mapping) else ()


def _key(values: dict[str, Any], mapping: Mapping, report: Report) -> Key:
    for field in ("answer", "check"):
        if isinstance(binding := values.get(field), Binding):
            values[field] = replace(binding, name=field)
    place = report.source.place
    places = {name: place(start) for name, start in starts_of(mapping).items()}
    return Key(**{"skill": values["id"], "place": place(mapping.start), "places": places, **values})
