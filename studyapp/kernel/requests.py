"""What can be asked of the kernel. Each request is a value and names the type of its reply."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.document import Documents
from studyapp.domain.figure import Training
from studyapp.domain.place import Findings
from studyapp.domain.question import (
    Descended,
    Plotted,
    Proof,
    Question,
    Reckoned,
    Surveyed,
    Trained,
    Undrawable,
    Walked,
)
from studyapp.domain.source import PageSource
from studyapp.domain.verdict import Verdict
from studyapp.kernel.asking import KernelFailure, Request

__all__ = [
    "Descend",
    "Draw",
    "Grade",
    "KernelFailure",
    "Lint",
    "Plot",
    "Prove",
    "Read",
    "Reckon",
    "Request",
    "Survey",
    "Train",
    "Walk",
]


@dataclass(frozen=True, slots=True)
class Draw(Request[Question | Undrawable]):
    """The question of an exercise and a seed, its sentences in the source's language where they exist."""

    source: PageSource
    exercise: str
    seed: int


@dataclass(frozen=True, slots=True)
class Grade(Request[Verdict]):
    """The verdict on an answer as it was typed, told in `language`.

    For a derivation `step` says which step it answers, from 0, and `earlier` are the answers to the steps before it,
    an empty text for one that was shown; without a step the answer has one line for each.
    """

    question: Question
    answer: str
    language: str
    step: int | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prove(Request[Proof]):
    """Every route to the key of a question."""

    source: PageSource
    question: Question


@dataclass(frozen=True, slots=True)
class Read(Request[Documents]):
    """Markdown texts of questions as blocks: the app has no reader of Markdown until a page is opened."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk(Request[Walked]):
    """The network of a question, forward and backward, layer by layer."""

    question: Question


@dataclass(frozen=True, slots=True)
class Plot(Request[Plotted]):
    """Points of curves (written expressions) over an interval of one variable, at a value of their parameter."""

    curves: tuple[str, ...]
    variable: str
    low: float
    high: float
    count: int
    parameter: str = ""
    value: float = 0.0
    slopes: bool = False


@dataclass(frozen=True, slots=True)
class Survey(Request[Surveyed]):
    """Heights of a surface over two variables, in a grid of cells."""

    function: str
    variables: tuple[str, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Descend(Request[Descended]):
    """The path of gradient descent on a function."""

    function: str
    variables: tuple[str, ...]
    start: tuple[float, ...]
    rate: float
    steps: int


@dataclass(frozen=True, slots=True)
class Train(Request[Trained]):
    """How a training run on the digits stands after an epoch; asked epoch by epoch, nothing is computed twice."""

    training: Training
    batch: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Reckon(Request[Reckoned]):
    """The value of arithmetic as a learner types it."""

    text: str


@dataclass(frozen=True, slots=True)
class Lint(Request[Findings]):
    """Every complaint about the files of a page, told in `language`; answered by the workshop alone."""

    source: PageSource
    language: str
