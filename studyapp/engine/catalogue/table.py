"""The catalogue as a Markdown table, for `compute --list`."""

from __future__ import annotations

from studyapp.engine.catalogue.arguments import Shape
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.families import FAMILIES

HEAD = "| call (defaults) | 名前 | kind | formula | gradient by | page |\n| --- | --- | --- | --- | --- | --- |"


def catalogue_table() -> str:
    """One row an entry, family by family: call, Japanese name, kind, formula, arguments with a gradient, page."""
    return "\n".join([HEAD, *(_row(entry) for entries in FAMILIES.values() for entry in entries)])


def _row(entry: Entry) -> str:
    formula, slopes = entry.formula_text.removesuffix("."), ", ".join(entry.gradients) or "–"
    cells = (f"`{entry.signature}`", entry.ja[0], _kind(entry), formula, slopes, entry.topic or "–")
    return f"| {' | '.join(cell.replace('|', chr(0x2223)) for cell in cells)} |"


def _kind(entry: Entry) -> str:
    if entry.reduction is not None:
        return f"{entry.shape}, {entry.reduction}"
    return "row to row" if entry.shape == Shape.ROW_MAP else str(entry.shape)
