"""The manual of the page format, written from the tables that read it."""

from __future__ import annotations

from studyapp.domain.kind import Kind
from studyapp.domain.words import Words
from studyapp.pages.schema import ALL, FIELDS, FIGURE, FRONT_MATTER, REQUIRED, Field


def key_table(words: Words) -> str:
    """The fields of a `yaml key` fence as a Markdown table; a kind in bold needs the field or its alternative."""
    return _table(
        [(_name(field), field.shape, _kinds(field, words), _meaning(field, words)) for field in FIELDS], words
    )


def front_matter_table(words: Words) -> str:
    """The fields of front matter as a Markdown table."""
    return _plain_table(FRONT_MATTER, words)


def figure_table(words: Words) -> str:
    """The fields of a `yaml figure` fence as a Markdown table."""
    return _plain_table(FIGURE, words)


def _plain_table(fields: tuple[Field, ...], words: Words) -> str:
    field, shape, _, meaning = words.pages.fields.headings
    rows = [(_name(one), one.shape, _meaning(one, words)) for one in fields]
    return _lines([(field, shape, meaning), ("---",) * 3, *rows])


def _table(rows: list[tuple[str, ...]], words: Words) -> str:
    return _lines([words.pages.fields.headings, ("---",) * 4, *rows])


def _lines(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _name(field: Field) -> str:
    return f"`{field.name}`"


def _kinds(field: Field, words: Words) -> str:
    needed = {kind for kind, groups in REQUIRED.items() if any(field.name in group for group in groups)}
    kinds = [f"**{kind}**" if kind in needed else str(kind) for kind in Kind if kind in field.kinds]
    if field.kinds == ALL:
        return " ".join([words.pages.fields.every_kind, *(f"**{kind}**" for kind in Kind if kind in needed)])
    return " ".join(kinds)


def _meaning(field: Field, words: Words) -> str:
    meaning: str = getattr(words.pages.fields, field.name)
    return meaning
