"""The catalogue as a table: every call with its defaults, its formula and its names."""

from __future__ import annotations

from inspect import cleandoc

from studyapp.engine.arguments import Shape
from studyapp.engine.catalogue import FAMILIES
from studyapp.engine.entry import Entry


def catalogue_table() -> str:
    """The catalogue in Markdown, a table a family: call, kind, formula, names."""
    return "\n\n".join(
        "\n".join(
            [
                f"**{family}**",
                "",
                "| call (defaults) | kind | formula | 日本語 |",
                "|---|---|---|---|",
                *(
                    f"| `{signature(entry)}` | {kind(entry)} | {_cell(formula_line(entry))} | {entry.ja[0]} |"
                    for entry in entries
                ),
            ]
        )
        for family, entries in FAMILIES.items()
    )


def signature(entry: Entry) -> str:
    """The call with the defaults of its options: `huber(y, t, delta=1)`."""
    options = [f"{name}={option.text}" for name, option in entry.options.items()]
    return f"{entry.name}({', '.join([*entry.argument_names, *options])})"


def kind(entry: Entry) -> str:
    """How the entry meets vectors and matrices, and what becomes of several values."""
    shape = {Shape.MAP: "elementwise", Shape.ROW_MAP: "by row", Shape.WHOLE: "–"}.get(entry.shape, entry.shape.value)
    return f"{shape}, {entry.reduction}" if entry.reduction else shape


def formula_line(entry: Entry) -> str:
    """The formula as the docstring states it."""
    after = cleandoc(entry.value.__doc__ or "").partition("Formula:")[2]
    return " ".join(after.partition("\nArgs:")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
