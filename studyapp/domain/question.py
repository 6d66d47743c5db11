"""One drawing of an exercise: numbers, sentences, key. Texts throughout, so that it travels and is kept as JSON."""

import re
from dataclasses import field
from typing import Any, Literal

from studyapp.domain.exercise import Convention
from studyapp.domain.kind import Kind
from studyapp.domain.place import Place
from studyapp.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A wrong answer that the author foresaw: its name, the answer as it can be typed, and what to say."""

    name: str
    answer: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number: `exact` has 50 digits, `integer` by its origin; `unit`, the measure asked for, may follow an answer."""

    exact: str
    digits: int | None = None
    significant: int | None = None
    integer: bool = False
    unit: str = field(default="", compare=False)

    @property
    def is_exact(self) -> bool:
        """Whether no other value is right: an integer by its origin, or as written where 0 digits are asked for."""
        return self.integer or (self.digits == 0 and _is_integer(self.exact))


@dataclass(frozen=True, slots=True)
class VectorKey:
    """A vector (`exact` by entry) or, with `columns` > 0, a matrix by rows; digits and `integer` as for a number."""

    exact: tuple[str, ...]
    digits: int | None = None
    significant: int | None = None
    columns: int = 0
    integer: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether every entry is an integer, and no other value is right."""
        return self.integer or (self.digits == 0 and all(map(_is_integer, self.exact)))


def _is_integer(text: str) -> bool:
    return text.removeprefix("-").removeprefix("+").isdecimal()


@dataclass(frozen=True, slots=True)
class ExpressionKey:
    """A formula, compared where `where` holds; an answer is written in `using` alone where it names any symbols."""

    reference: str
    symbols: dict[str, str]
    given: dict[str, str]
    functions: tuple[str, ...] = ()
    form: str = ""
    using: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    @property
    def layout(self) -> Literal["", "vector", "matrix"]:
        """Whether the key is a vector or a matrix of formulas, written in square brackets."""
        opening = self.reference.replace(" ", "")[:2]
        return "matrix" if opening == "[[" else "vector" if opening[:1] == "[" else ""


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """The right labels among those shown; `several` where more than one may be picked."""

    options: tuple[str, ...]
    right: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class OrderKey:
    """The labels in their right order."""

    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermKey:
    """Terms that are right, and terms that are near but another thing."""

    accept: tuple[str, ...]
    refuse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeKey:
    """One expression of NumPy; `arrays` declares what each name in it stands for (`real(N, D)`).

    `given` are results of earlier parts by name, as code. Values may differ by a relative `tolerance`, and by the
    `epsilon` where that is `any`; with `dtype` the kind of the numbers counts. `example` are small arrays by name.
    """

    reference: str
    arrays: dict[str, str]
    given: dict[str, str] = field(default_factory=dict)
    tolerance: float | None = None
    epsilon: str = ""
    dtype: bool = False
    example: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that an answer may use."""
        return (*self.arrays, *self.given)


CONDITIONS = "; "
"""What parts the conditions of the options of a choice."""
_LABEL = re.compile(r"[*`]*[(（]([ァ-ヶA-Za-z]|\d{1,2})[)）]")
"""The name of a part, in brackets at the beginning of its ask."""
EXAM_OPTIONS = 4  # options of a number in an exam: the key, and three of the answers that foreseen mistakes lead to

AnswerKey = NumberKey | VectorKey | ExpressionKey | CodeKey | ChoiceKey | OrderKey | TermKey


KINDS: dict[type[AnswerKey], Kind] = {
    NumberKey: Kind.NUMBER,
    VectorKey: Kind.VECTOR,
    ExpressionKey: Kind.EXPRESSION,
    CodeKey: Kind.CODE,
    ChoiceKey: Kind.CHOICE,
    OrderKey: Kind.ORDER,
    TermKey: Kind.TERM,
}
"""The kind of exercise, or of part, that has such a key."""


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option as it is shown; `said` is the comment on picking it, `number` is its written place, from 1."""

    label: str
    text: str
    said: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An ask of a derivation; `name` is what later steps call the result, `relation` the result by earlier ones.

    The relation of a choice holds the condition of each option.
    """

    ask: str
    key: AnswerKey
    answer: str
    skill: str
    target: str = ""
    name: str = ""
    relation: str = ""
    mistakes: tuple[KnownMistake, ...] = ()
    options: tuple[ShownOption, ...] = ()
    hints: tuple[str, ...] = ()
    solution: str = ""

    @property
    def label(self) -> str:
        """What the part is called where its ask begins with that: `(ア)`; empty where it has only its number."""
        found = _LABEL.match(self.ask)
        return f"({found[1]})" if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, what is right, and what to say afterwards, in one language.

    Texts are Markdown without holes, `values` the numbers behind the holes. The key of a derivation is that of its last
    step, its answer has one line for each. `network` is JSON; its `numbers` hold every parameter and forward value.
    Texts may hold figures, and images whose files are named from `folder`, that of the page.
    """

    exercise: str
    skill: str
    topic: str
    seed: int
    kind: Kind
    language: str
    version: str
    heading: str
    prompt: str
    values: dict[str, Any]
    key: AnswerKey
    answer: str
    options: tuple[ShownOption, ...] = ()
    mistakes: tuple[KnownMistake, ...] = ()
    hints: tuple[str, ...] = ()
    solution: str = ""
    convention: Convention = Convention()
    redrawn: int = 0
    steps: tuple[Step, ...] = ()
    network: dict[str, Any] | None = None
    folder: str = field(default="", compare=False)

    @property
    def is_theme(self) -> bool:
        """Whether its steps are parts of several kinds, each to be answered by itself."""
        return len({type(step.key) for step in self.steps}) > 1

    @property
    def texts(self) -> tuple[str, ...]:
        """What is read before an answer: the prompt, and each ask of a derivation with its options."""
        parts: tuple[Question | Step, ...] = (self, *self.steps)
        options = (option.text for part in parts for option in part.options)
        return (self.prompt, *(step.ask for step in self.steps), *options)

    @property
    def slips(self) -> dict[str, str]:
        """The names of the mistakes that lead to another answer than the key, by that answer."""
        return {mistake.answer: mistake.name for mistake in self.mistakes if mistake.answer != self.answer}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPart:
    """A question, or a part of one, as an exam asks it: always among options, which are Markdown.

    `kind` is what is asked for otherwise; `mistakes` are names of slips by the label of the option they lead to.
    """

    ask: str
    kind: Kind
    skill: str
    options: tuple[tuple[str, str], ...]
    right: tuple[str, ...]
    several: bool = False
    mistakes: tuple[tuple[str, str], ...] = ()
    solution: str = ""
    needs_number: bool = False
    needs_calculator: bool = False


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """A question with its exam form; no parts where it has none."""

    question: Question
    parts: tuple[ExamPart, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One way to the value of a key: its name (`numpy`, `mpmath`, `check`, `sympy`), and what it gave."""

    name: str
    expression: str
    value: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How the key of a question is known: the value by each route, and the largest distance between two of them."""

    exercise: str
    seed: int
    routes: tuple[Route, ...]
    distance: str
    derivation: str = ""
    """What SymPy derives symbolically, as TeX, where there is something to derive."""


@dataclass(frozen=True, slots=True)
class LayerTrace:
    """One layer in one direction: its equations as TeX, and its numbers by name, where known."""

    direction: Literal["forward", "backward"]
    layer: int
    formulas: tuple[str, ...]
    numbers: dict[str, float]


@dataclass(frozen=True, slots=True)
class Trace:
    """A network computed forward layer by layer (u, z), then backward (δ)."""

    layers: tuple[LayerTrace, ...]


@dataclass(frozen=True, slots=True)
class Undrawable:
    """Why no question came; `drawn` are its values, `answer` and `other` those of two routes, `point` where."""

    exercise: str
    seed: int
    code: str
    detail: str
    place: Place
    drawn: str = ""
    answer: str = ""
    other: str = ""
    point: str = ""
