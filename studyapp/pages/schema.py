"""The fields of a `yaml key` fence and of front matter, as one table. A new field is a new row."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.kind import Kind
from studyapp.domain.limits import HOLE_DIGITS
from studyapp.pages import drawings, readers
from studyapp.pages.derivations import read_network, read_rate, read_steps
from studyapp.pages.readers import Reader, list_of, named, whole
from studyapp.pages.scenes import read_scenes

ALL = frozenset(Kind)
NUMERIC = frozenset({Kind.NUMBER, Kind.VECTOR})
ANSWERED = NUMERIC | {Kind.EXPRESSION}
SYMBOLIC = frozenset({Kind.EXPRESSION, Kind.DERIVATION})
DERIVED = frozenset({Kind.DERIVATION, Kind.CHOICE, Kind.ORDER})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, its reader, and the kinds it is meant for."""

    name: str
    read: Reader
    kinds: frozenset[Kind] = ALL


WORDS = list_of(readers.read_word)
TOPICS = list_of(readers.read_topic_id)
SYMBOLS = list_of(readers.read_symbol)
CONDITIONS = list_of(readers.read_condition)
BINDINGS = named(readers.is_symbol)

FIELDS: tuple[Field, ...] = (
    Field("id", readers.read_identifier),
    Field("kind", readers.read_kind),
    Field("skill", readers.read_topic_id),
    Field("aliases", TOPICS),
    Field("confuses", TOPICS),
    Field("draw", BINDINGS),
    Field("let", BINDINGS),
    Field("given", BINDINGS),
    Field("where", CONDITIONS),
    Field("cases", named(readers.is_item_name, conditions=True)),
    Field("symbols", readers.read_symbols, SYMBOLIC),
    Field("functions", SYMBOLS, SYMBOLIC),
    Field("answer", readers.read_expression, ANSWERED),
    Field("check", readers.read_expression, ANSWERED),
    Field("example", named(readers.is_symbol_or_answer, literal=True)),
    Field("digits", whole(0, HOLE_DIGITS)),
    Field("significant", whole(1, HOLE_DIGITS)),
    Field("mistakes", named(readers.is_item_name), ANSWERED),
    Field("convention", readers.read_convention),
    Field("scenes", read_scenes, frozenset({Kind.CHOICE})),
    Field("options", readers.one_word("losses"), frozenset({Kind.CHOICE})),
    Field("right", CONDITIONS, frozenset({Kind.CHOICE})),
    Field("shown", whole(2, 20), frozenset({Kind.CHOICE, Kind.ORDER})),
    Field("several", readers.read_flag, frozenset({Kind.CHOICE})),
    Field("accept", WORDS, frozenset({Kind.TERM})),
    Field("refuse", WORDS, frozenset({Kind.TERM})),
    Field("network", read_network, DERIVED),
    Field("steps", read_steps, DERIVED),
    Field("rate", read_rate, DERIVED),
    Field("exam", readers.one_word("choice"), frozenset({Kind.NUMBER})),
)
"""Every field of a key, in the order in which the manual lists them."""

REQUIRED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.NUMBER: (("answer",), ("digits", "significant")),
    Kind.VECTOR: (("answer",), ("digits", "significant")),
    Kind.EXPRESSION: (("answer",),),
    Kind.DERIVATION: (("steps",),),
    Kind.CHOICE: (),
    Kind.ORDER: (),
    Kind.TERM: (("accept",),),
}
"""What a kind cannot do without: of each group at least one field."""

FRONT_MATTER: tuple[Field, ...] = (
    Field("item", list_of(whole(1, 99))),
    Field("requires", TOPICS),
    Field("covers", WORDS),
)
"""Every field of front matter."""

FIGURE: tuple[Field, ...] = (
    Field("curves", drawings.read_curves),
    Field("over", readers.read_symbols),
    Field("span", drawings.read_span),
    Field("parameter", drawings.read_parameter),
    Field("descent", drawings.read_descent),
    Field("training", drawings.read_training),
)
"""Every field of a `yaml figure` fence."""
