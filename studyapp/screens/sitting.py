"""A round of questions as far as it has come: it is kept when its screen is left, and taken up again on return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from studyapp.domain.question import Proof, Question
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.study.practice import Asking, Turn, asking

LONGEST_LOOK = 600_000
"""Milliseconds that one look at a question can count; who stays longer has left the table."""


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

    `typed` is the answer as it stands in the input; `attempt` waits to be saved until `saved` is true; then
    `comes_again` is the day on which its skill is due. `spent` counts the milliseconds for which the question was seen,
    `since` is when it was last shown.
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
    comes_again: date | None = None
    proof: Proof | None = None
    spent: int = 0
    since: datetime | None = None
    right: int = 0
    answered: int = 0

    @property
    def turn(self) -> Turn:
        """The turn that is on."""
        return self.turns[self.at]

    @property
    def asked(self) -> bool:
        """Whether an answer is waited for, or being graded."""
        return self.stage in (Stage.ASKED, Stage.GRADING)

    @property
    def unsaved(self) -> bool:
        """Whether the question is answered and the attempt is not saved."""
        return self.stage is Stage.ANSWERED and not self.saved

    @property
    def unfinished(self) -> bool:
        """Whether something would be lost: an answer that was begun, or one that is not saved."""
        return (self.asked and bool(self.typed.strip())) or self.unsaved

    @property
    def over(self) -> bool:
        """Whether nothing of the round is left to do."""
        last = self.at + 1 >= len(self.turns)
        return self.stage is Stage.FINISHED or (last and self.stage is Stage.ANSWERED and self.saved)

    def put(self, question: Question, now: datetime) -> None:
        """Ask a question that was drawn."""
        self.question, self.asking, self.stage, self.since = question, asking(question), Stage.ASKED, now

    def look_away(self, now: datetime) -> None:
        """Count the time since the question was last shown."""
        if self.since is not None and self.asked:
            self.spent += min(max(0, int((now - self.since).total_seconds() * 1000)), LONGEST_LOOK)
        self.since = now

    def judged(self, verdict: Verdict, now: datetime) -> bool:
        """Take a verdict in; whether the question is answered by it, rather than asked again."""
        if self.asking is None:
            return False
        self.look_away(now)
        after = self.asking.after(self.typed, verdict, active_ms=self.spent)
        if isinstance(after, Attempt):
            self.verdict, self.attempt, self.stage = verdict, after, Stage.ANSWERED
            return True
        self.asking, self.stage = after, Stage.ASKED
        return False

    def give_up(self, now: datetime) -> None:
        """Answer nothing."""
        if self.asking is not None:
            self.look_away(now)
            self.verdict, self.attempt = None, self.asking.given_up(active_ms=self.spent)
            self.stage = Stage.ANSWERED

    def mark_saved(self, comes_again: date | None) -> None:
        """The attempt is on the disk."""
        self.saved, self.comes_again = True, comes_again
        if self.attempt is not None:
            self.answered += 1
            self.right += all(part.verdict is Outcome.CORRECT for part in self.attempt.parts)

    def advance(self) -> bool:
        """Go on to the next turn, or to the end; whether there is another turn."""
        self.question = self.asking = self.verdict = self.attempt = self.proof = None
        self.typed, self.saved, self.comes_again, self.spent, self.since = "", False, None, 0, None
        more = self.at + 1 < len(self.turns)
        self.at += more
        self.stage = Stage.DRAWING if more else Stage.FINISHED
        return more
