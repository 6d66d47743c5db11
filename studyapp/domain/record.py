"""What is remembered of a skill, and what the history answers: counts, skills, predictions, mistakes."""

from datetime import date
from enum import IntEnum

from studyapp.domain.values import dataclass


class Rating(IntEnum):
    """How a review went, in FSRS's numbers. Easy (4) is never given by itself, so it is not here."""

    AGAIN = 1
    HARD = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of one skill after its latest rated review; `stability` in days, `difficulty` from 1 to 10."""

    stability: float
    difficulty: float
    last_day: date
    due_day: date
    reviews: int = 1
    lapses: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """Answered questions, those wholly right, first evidence on a skill in a study day, the right ones of it, time."""

    attempts: int = 0
    correct: int = 0
    first: int = 0
    first_correct: int = 0
    active_ms: int = 0


@dataclass(frozen=True, slots=True)
class SkillRecord:
    """What is known of a skill; `mixed_days` counts the study days on which it was recalled in a mixed session."""

    skill: str
    topic: str
    attempts: int
    correct: int
    memory: Memory | None
    last_right: bool = False
    mixed_days: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """One answered question of a study day: its exercise, its mode (empty where none was kept), right without help."""

    exercise: str
    mode: str
    right: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One answer as exported: without a time of day, and with the typed text only where the export asks for it."""

    day: str
    topic: str
    skill: str
    exercise: str
    part: str
    mode: str
    verdict: str
    mistake: str
    help: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Predicted:
    """First answers of a day whose predicted probability of recall lies between two bounds; `predicted` is its mean."""

    low: float
    high: float
    answers: int
    predicted: float
    right: int


@dataclass(frozen=True, slots=True)
class MistakeRecord:
    """A slip made in a skill by one exercise: how often, and on which study day last; `topic` is where it was met."""

    mistake: str
    skill: str
    exercise: str
    topic: str
    times: int
    last_day: date


@dataclass(frozen=True, slots=True)
class Flag:
    """What the learner marked, an exercise or else a heading of a page, with a note of one line that may be empty."""

    topic: str
    exercise: str = ""
    heading: str = ""
    note: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What is marked; two flags on it are one."""
        return self.topic, self.exercise, self.heading


@dataclass(frozen=True, slots=True)
class Recent:
    """The latest answers of one mode, or the latest lessons (mode `lesson`): how many, how many right, their time."""

    mode: str
    answers: int
    right: int
    active_ms: int
