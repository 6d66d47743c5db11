"""What can be asked of the kernel, and what it replies. Each request is a value and names the type of its reply."""

from collections.abc import Mapping
from typing import Any, Self

from studyapp.domain.document import Documents, Figure, Rows, Training
from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.question import CodeKey, ExamQuestion, Proof, Question, Trace, Undrawable
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Verdict
from studyapp.kernel.messages import Request

Point = tuple[float, float | None]
Let = tuple[tuple[str, str], ...]  # names with their expressions, each of which may use those before it


@dataclass(frozen=True, slots=True)
class Draw(Request[Question | Undrawable]):
    """The question of an exercise and a seed, its sentences in the source's language where they exist."""

    source: PageSource
    exercise: str
    seed: int


@dataclass(frozen=True, slots=True)
class Offer(Request[ExamQuestion | Undrawable]):
    """The question of an exercise and a seed as an exam asks it: every part among options."""

    source: PageSource
    exercise: str
    seed: int


@dataclass(frozen=True, slots=True)
class Grade(Request[Verdict]):
    """The verdict on an answer as it was typed, in `language`.

    For a derivation `step` says which step it answers, from 0, and `earlier` are the answers to the steps before it,
    an empty text for one that was shown; without a step the answer has one line for each.
    """

    question: Question
    answer: str
    language: str
    step: int | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refute(Request[str]):
    """Where a formula differs from the key of a question, with both values; empty where nothing shows it."""

    question: Question
    answer: str
    language: str


@dataclass(frozen=True, slots=True)
class Prove(Request[Proof]):
    """Every route to the key of a question; of code also what the answers give, one for each step."""

    source: PageSource
    question: Question
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read(Request[Documents]):
    """Markdown texts of questions as blocks: the app has no reader of Markdown until a page is opened."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk(Request[Trace]):
    """A network as scripts know it, forward and backward, layer by layer."""

    network: Mapping[str, Any]
    language: str


@dataclass(frozen=True, slots=True)
class CurvePoints:
    """Points (x, y) of curves, and of their slopes where asked for; y is None where a curve is not finite.

    Where an area is asked for: its bounds and how large it is.
    """

    curves: tuple[tuple[Point, ...], ...]
    slopes: tuple[tuple[Point, ...], ...] = ()
    area: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Plot(Request[CurvePoints]):
    """Points of curves (written expressions) over an interval of one variable, at a value of their parameter."""

    curves: tuple[str, ...]
    variable: str
    low: float
    high: float
    count: int
    parameter: str = ""
    value: float = 0.0
    slopes: bool = False
    let: Let = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Matrices:
    """Values of expressions."""

    matrices: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Compute(Request[Matrices]):
    """The values of expressions at a value of their parameter; a vector is one row."""

    texts: tuple[str, ...]
    parameter: str = ""
    value: float = 0.0
    let: Let = ()

    @classmethod
    def of(cls, figure: Figure, value: float) -> Self:
        """What the parts of a figure need."""
        parameter = figure.parameter.name if figure.parameter else ""
        return cls(tuple(text for part in figure.parts for text in part.texts), parameter, value, figure.let)


@dataclass(frozen=True, slots=True)
class Surface:
    """Heights of a surface, row by row from the top; None where they are not finite."""

    rows: Rows


@dataclass(frozen=True, slots=True)
class Survey(Request[Surface]):
    """Heights of a surface over two variables, in a grid of cells."""

    function: str
    variables: tuple[str, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    columns: int
    rows: int
    parameter: str = ""
    value: float = 0.0
    let: Let = ()


@dataclass(frozen=True, slots=True)
class DescentPath:
    """The points of a descent, each followed by the value there; fewer than asked for where it diverged."""

    path: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Descend(Request[DescentPath]):
    """The path of gradient descent on a function."""

    function: str
    variables: tuple[str, ...]
    start: tuple[float, ...]
    rate: float
    steps: int


@dataclass(frozen=True, slots=True)
class TrainingScores:
    """Error and accuracy on the training digits, then on the test digits, after an epoch; none once it diverged."""

    epoch: int
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Train(Request[TrainingScores]):
    """The scores of a training run on the digits after an epoch; asked epoch by epoch, nothing is computed twice."""

    training: Training
    batch: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Evaluate(Request[str | None]):
    """The value of arithmetic as a learner types it, to ten digits; None where it has none."""

    text: str


@dataclass(frozen=True, slots=True)
class TryCode(Request[str | None]):
    """What code gives on the small arrays of its question, in `language`; None where it cannot be read."""

    key: CodeKey
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Lint(Request[tuple[Complaint, ...]]):
    """Every complaint about the files of a page, in their order and in `language`; answered by the workshop alone."""

    source: PageSource
    language: str
