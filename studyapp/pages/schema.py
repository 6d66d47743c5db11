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
    """One field: its name, the word for its shape in the manual, its reader, and the kinds it is meant for."""

    name: str
    shape: str
    read: Reader
    kinds: frozenset[Kind] = ALL


WORDS = list_of(readers.read_word)
TOPICS = list_of(readers.read_topic_id)
SYMBOLS = list_of(readers.read_symbol)
CONDITIONS = list_of(readers.read_condition)
BINDINGS = named(readers.is_symbol)

FIELDS: tuple[Field, ...] = (
    Field("id", "id", readers.read_identifier),
    Field("kind", "kind", readers.read_kind),
    Field("skill", "id", readers.read_topic_id),
    Field("aliases", "ids", TOPICS),
    Field("confuses", "ids", TOPICS),
    Field("draw", "name: expression", BINDINGS),
    Field("let", "name: expression", BINDINGS),
    Field("given", "name: expression", BINDINGS),
    Field("where", "conditions", CONDITIONS),
    Field("cases", "name: condition", named(readers.is_item_name, conditions=True)),
    Field("symbols", "name: domain", readers.read_symbols, SYMBOLIC),
    Field("functions", "names", SYMBOLS, SYMBOLIC),
    Field("answer", "expression", readers.read_expression, ANSWERED),
    Field("check", "expression", readers.read_expression, ANSWERED),
    Field("example", "name: value", named(readers.is_symbol_or_answer, literal=True)),
    Field("digits", "number", whole(0, HOLE_DIGITS)),
    Field("significant", "number", whole(1, HOLE_DIGITS)),
    Field("mistakes", "name: expression", named(readers.is_item_name), ANSWERED),
    Field("convention", "log, epsilon, reduction", readers.read_convention),
    Field("scenes", "name: facts", read_scenes, frozenset({Kind.CHOICE})),
    Field("options", "losses", readers.one_word("losses"), frozenset({Kind.CHOICE})),
    Field("right", "conditions", CONDITIONS, frozenset({Kind.CHOICE})),
    Field("shown", "number", whole(2, 20), frozenset({Kind.CHOICE, Kind.ORDER})),
    Field("several", "true, false", readers.read_flag, frozenset({Kind.CHOICE})),
    Field("accept", "words", WORDS, frozenset({Kind.TERM})),
    Field("refuse", "words", WORDS, frozenset({Kind.TERM})),
    Field("network", "layers, hidden, output, bias", read_network, DERIVED),
    Field("steps", "target · answer, check, name, using, skill, mistakes", read_steps, DERIVED),
    Field("rate", "number", read_rate, DERIVED),
    Field("exam", "choice", readers.one_word("choice"), frozenset({Kind.NUMBER})),
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
    Field("item", "numbers", list_of(whole(1, 99))),
    Field("requires", "ids", TOPICS),
    Field("covers", "words", WORDS),
)
"""Every field of front matter."""

FIGURE: tuple[Field, ...] = (
    Field("curves", "expressions · label: expression", drawings.read_curves),
    Field("over", "name: interval", readers.read_symbols),
    Field("span", "interval", drawings.read_span),
    Field("parameter", "name: numbers", drawings.read_parameter),
    Field("descent", "start, rates, steps", drawings.read_descent),
    Field("training", "hidden, rate, batches, epochs", drawings.read_training),
)
"""Every field of a `yaml figure` fence."""
