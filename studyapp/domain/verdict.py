"""What is said of an answer, and what an answer leaves behind."""

from enum import StrEnum

from studyapp.domain.expression import Span
from studyapp.domain.values import dataclass


class Outcome(StrEnum):
    """The five verdicts. `unreadable` and `undecided` are not attempts; the first `rounding` of a question is not."""

    CORRECT = "correct"
    ROUNDING = "rounding"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, the slip behind a wrong answer with what completes it, a sentence, and how the answer was read.

    `value` is what arithmetic that was typed comes to, to the digits of the key.
    """

    outcome: Outcome
    mistake: str | None = None
    detail: str = ""
    message: str = ""
    reading: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that cannot be read, or in two ways (`readings`); `span` is where, `nearest` the nearest known name."""

    code: str
    span: Span
    found: str = ""
    nearest: str = ""
    readings: tuple[str, ...] = ()


class Help(StrEnum):
    """The most help that was taken before an answer."""

    NONE = "none"
    NUDGE = "nudge"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Part:
    """One answered ask of a question; plain kinds have exactly one."""

    ask: str
    skill: str
    answer: str
    verdict: Outcome
    mistake: str | None = None
    help: Help = Help.NONE


class Mode(StrEnum):
    """How a question came to be asked. Attempts of older histories do not say it: their mode is empty.

    `topic`: in a round on a chosen topic; `mixed`: among other skills; `new`: in the block of a first exposure;
    `exam`: in a mock exam; `placement`: to find out whether a skill is known; `placed`: the answer that showed it is.
    """

    TOPIC = "topic"
    MIXED = "mixed"
    NEW = "new"
    EXAM = "exam"
    PLACEMENT = "placement"
    PLACED = "placed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One answered question. `tries` counts the answers given to it, this one included; `mode` is a `Mode` or empty."""

    exercise: str
    topic: str
    seed: int
    version: str
    prompt: str
    parts: tuple[Part, ...]
    hints: int = 0
    tries: int = 1
    active_ms: int = 0
    key: str = ""
    mode: str = ""
