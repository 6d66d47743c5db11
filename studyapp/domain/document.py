"""Prose and figures as values: what a Markdown page says. `pages` makes them, `screens` and `cli` show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from studyapp.domain.expression import Node
from studyapp.domain.place import Place
from studyapp.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """A variable and the interval that is shown of it."""

    variable: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name in the curves that takes one of several values, the first one first."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Descent:
    """Gradient descent on the first curve, from a place (a number an axis), at one of several rates."""

    start: tuple[float, ...]
    rates: tuple[float, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Training:
    """Training of a network on the digits: units of its hidden layers, the rate, a choice of batch sizes, epochs."""

    hidden: tuple[int, ...]
    rate: float
    batches: tuple[int, ...]
    epochs: int


@dataclass(frozen=True, slots=True)
class Wired:
    """A network with its numbers, gone through layer by layer: forward, and back where it has targets."""

    layers: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    numbers: tuple[tuple[str, float], ...]

    @property
    def stops(self) -> int:
        """How many layers are gone through, both ways together."""
        return len(self.activations) * (2 if "t_1" in dict(self.numbers) else 1)

    @property
    def as_json(self) -> dict[str, object]:
        """The network as that of a question."""
        return {
            "layers": list(self.layers),
            "activations": list(self.activations),
            "loss": self.loss,
            "bias": "b1_1" in dict(self.numbers),
            "numbers": dict(self.numbers),
        }


@dataclass(frozen=True, slots=True)
class Plain:
    """Running text; it may hold line ends that the author wrote as soft breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words with weight: a term where it is introduced."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with stress."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Code in a sentence."""

    code: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in a sentence, as TeX without its dollars."""

    tex: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a topic or to a web page."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Image:
    """What an image shows in words, and its file as a path from the page."""

    text: str
    target: str

    def file(self, folder: str) -> Path | None:
        """The file, for a page in a folder; None where there is none, or it is no image that can be shown."""
        path = Path(folder, self.target)
        return path if path.suffix.lower() in IMAGE_SUFFIXES and path.is_file() else None


IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


@dataclass(frozen=True, slots=True)
class Break:
    """A line end that the author asked for."""


Inline = Plain | Strong | Emphasis | CodeSpan | Math | Link | Image | Break


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    content: tuple[Inline, ...]


SECTION = 2
"""The level of the headings of sections."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula, as TeX without its dollars."""

    tex: str


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block of code; `language` is the first word of its info string."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list; `start` is the first number of an ordered one and None of a bulleted one."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quote."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `alignments` holds `left`, `right`, `center` or an empty text, a column each."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve of a figure: the expression as written, and as read, and its name in the legend (or none)."""

    text: str
    expression: Node
    label: str = ""


Rows = tuple[tuple[float | None, ...], ...]
"""Computed numbers, row by row; None where one is not finite."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a figure of computed numbers, whose expressions are as written.

    Of `points`, `picked` says for each row whether it is shown, and `joined` that they lie on a line. Of a `grid` it is
    a window (first row, first column, rows, columns); its rows and columns may have names, its cells may be `shaded`.
    Of `joins`, whose rows name the leaves, it is the height of a cut. A part of a `tree` is a node `under` another.
    """

    label: str
    values: str
    place: Place
    picked: str = ""
    joined: bool = False
    shaded: bool = False
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    under: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is to be computed: the values, and what is picked of them."""
        return (self.values, self.picked) if self.picked else (self.values,)


@dataclass(frozen=True, slots=True)
class Figure:
    """Curves over an interval (`over: {y: 0.01..1}`), a surface with an `upright` axis, a training run or a network.

    Below the first curve an `area` between two bounds may be picked out, an expression with two values. Or `parts` of
    computed numbers in a `form`, which has a row in the tables of what reads and draws them. `let` names
    values, each of which may use the parameter and those before it.
    """

    curves: tuple[Curve, ...]
    variable: str
    low: float
    high: float
    place: Place
    upright: Axis | None = None
    span: tuple[float, float] | None = None
    parameter: Parameter | None = None
    descent: Descent | None = None
    training: Training | None = None
    network: Wired | None = None
    form: str = ""
    parts: tuple[Part, ...] = ()
    let: tuple[tuple[str, str], ...] = ()
    area: str = ""

    @property
    def axes(self) -> tuple[Axis, ...]:
        """One axis for curves, two for a surface, none for what has no interval."""
        if not self.variable:
            return ()
        across = Axis(self.variable, self.low, self.high)
        return (across, self.upright) if self.upright else (across,)

    def dealt(self, matrices: Sequence[Rows]) -> Iterator[tuple[Part, Rows, Rows]]:
        """Each part with its computed values, and with what is picked of them."""
        rest = iter(matrices)
        for part in self.parts:
            yield part, next(rest), next(rest) if part.picked else ()

    def groups(self, matrices: Sequence[Rows]) -> list[list[tuple[float, float]]]:
        """The points of each part that have two finite numbers and are picked."""
        groups = []
        for _, rows, picked in self.dealt(matrices):
            shown = zip(rows, picked[0] if picked else (1.0,) * len(rows), strict=False)
            points = [(row[0], row[-1]) for row, one in shown if one and len(row) == 2]
            groups.append([(x, y) for x, y in points if x is not None and y is not None])
        return groups

    @property
    def has_point(self) -> bool:
        """Whether there is a point to move: on a curve, or on the way of a descent."""
        return self.descent is not None or (len(self.axes) == 1 and not self.form)

    @property
    def choices(self) -> tuple[float, ...]:
        """The values among which a reader chooses: of the parameter, rates of the descent, batch sizes, or stops.

        At stop 0 a network is shown with all its numbers.
        """
        if self.network is not None:
            return tuple(map(float, range(self.network.stops + 1)))
        if self.training is not None:
            return tuple(float(size) for size in self.training.batches)
        if self.descent is not None:
            return self.descent.rates
        return self.parameter.values if self.parameter is not None else ()


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A rule across the page."""


@dataclass(frozen=True, slots=True)
class ExerciseMark:
    """The position of an exercise in a page; the exercise itself is in the topic."""

    exercise: str
    heading: str


Block = Heading | Paragraph | MathBlock | CodeBlock | List | Quotation | Table | Figure | ThematicBreak | ExerciseMark
Documents = tuple[tuple[Block, ...], ...]


def plain(content: Iterable[Inline]) -> str:
    """The words of running text, formulas as TeX."""
    parts = []
    for inline in content:
        match inline:
            case Plain(text) | CodeSpan(text) | Math(text) | Image(text):
                parts.append(text)
            case Strong(inside) | Emphasis(inside) | Link(inside):
                parts.append(plain(inside))
            case _:
                parts.append(" ")
    return "".join(parts)


def figures_in(blocks: Iterable[Block]) -> tuple[Figure, ...]:
    """The figures of a document, in their order."""
    return tuple(block for block in blocks if isinstance(block, Figure))


def images_in(blocks: Iterable[Block]) -> Iterator[Image]:
    """The images of a document, in their order."""
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content):
                yield from _images(content)
            case List(items):
                yield from images_in(chain.from_iterable(items))
            case Quotation(content):
                yield from images_in(content)
            case Table(header, rows):
                for cell in chain(header, *rows):
                    yield from _images(cell)


def _images(content: Iterable[Inline]) -> Iterator[Image]:
    for inline in content:
        if isinstance(inline, Image):
            yield inline
        elif isinstance(inline, Strong | Emphasis | Link):
            yield from _images(inline.content)


def section_of(body: Sequence[Block], exercise: str, number: int | None) -> tuple[Block, ...]:
    """The blocks that teach an exercise: the section with that number, from 0, else all between the exercises before.

    Exercises that follow each other share what is before the first of them.
    """
    marks = {at: block.exercise for at, block in enumerate(body) if isinstance(block, ExerciseMark)}
    starts = [at for at, block in enumerate(body) if isinstance(block, Heading) and block.level == SECTION]
    if number is not None and number < len(starts):
        first = starts[number]
        return tuple(body[first : min((at for at in (*starts, *marks) if at > first), default=len(body))])
    last = next((at for at in marks if marks[at] == exercise), len(body))
    while last - 1 in marks:
        last -= 1
    return tuple(body[max((at + 1 for at in marks if at < last), default=0) : last])
