"""A round of questions as far as it has come: it is kept when its screen is left, and taken up again on return."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from studyapp.domain.question import Proof, Question
from studyapp.domain.verdict import Attempt, Verdict
from studyapp.study.practice import Asking, Turn


class Stage(Enum):
    """Where the current question stands."""

    DRAWING = auto()
    UNDRAWN = auto()
    ASKED = auto()
    GRADING = auto()
    ANSWERED = auto()
    FINISHED = auto()


@dataclass
class Sitting:
    """The turns of one round and the state of the current one.

    `typed` is the answer as it stands in the input; `attempt` waits to be saved until `saved` is true; `spent` counts
    the milliseconds for which the question was on the screen.
    """

    name: str
    turns: tuple[Turn, ...]
    at: int = 0
    stage: Stage = Stage.DRAWING
    question: Question | None = None
    asking: Asking | None = None
    typed: str = ""
    verdict: Verdict | None = None
    attempt: Attempt | None = None
    saved: bool = False
    proof: Proof | None = None
    spent: int = 0
    right: int = 0
    answered: int = 0
    trouble: str = field(default="")

    @property
    def turn(self) -> Turn:
        """The turn that is on."""
        return self.turns[self.at]

    @property
    def unfinished(self) -> bool:
        """Whether something would be lost: an answer that was begun, or one that is not saved."""
        begun = self.stage in (Stage.ASKED, Stage.GRADING) and bool(self.typed.strip())
        return begun or (self.stage is Stage.ANSWERED and not self.saved)

    @property
    def question_has_labels(self) -> bool:
        """Whether the question is answered with labels, which are not read while they are typed."""
        return self.question is not None and bool(self.question.options)

    @property
    def over(self) -> bool:
        """Whether nothing of the round is left to do."""
        last = self.at + 1 >= len(self.turns)
        return self.stage is Stage.FINISHED or (last and self.stage is Stage.ANSWERED and self.saved)

    def advance(self) -> None:
        """Go on to the next turn, or to the end."""
        self.question = self.asking = self.verdict = self.attempt = self.proof = None
        self.typed, self.saved, self.spent, self.trouble = "", False, 0, ""
        if self.at + 1 < len(self.turns):
            self.at += 1
            self.stage = Stage.DRAWING
        else:
            self.stage = Stage.FINISHED
