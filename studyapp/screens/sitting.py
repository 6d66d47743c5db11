"""A round of questions as far as it has come: it is kept when its screen is left, and taken up again on return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum, auto

from studyapp.domain.question import AnswerKey, ExpressionKey, Proof, Question, Step
from studyapp.domain.verdict import Attempt, Mode, Outcome, Part, Verdict
from studyapp.study.practice import Asking, Turn, asking
from studyapp.study.progress import Standing
from studyapp.study.report import Report, report_on
from studyapp.study.rounds import Round, was_right

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


class Judged(Enum):
    """What an answer led to: it was no attempt, the next step is asked, or the question is answered."""

    AGAIN = auto()
    NEXT = auto()
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved attempt: its event, and the day on which its skill comes again, None where it has no memory.

    The event is empty where it was saved in another folder: there is nothing that could be corrected.
    """

    event: str
    comes_again: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """What a session began from: the study day, where the learner stood, and the milliseconds that it is given."""

    day: date
    before: Standing
    limit: int


@dataclass
class Sitting:
    """One round and the state of its current question. A session of the day has a `day`.

    `typed` is the answer as it stands in the input; of a derivation `verdicts` are those on the steps that are done,
    None where a step was shown. `told` is the last answer with its verdict. `attempt` waits to be saved until `saved`
    tells of it; it is only `tried` where nothing can be saved. `meant` says that the learner called the answer right
    after all, `undone` that it was taken back. `spent` counts the milliseconds for which the question was seen before
    its answer, `seen` those of the whole round, `since` is when it was last shown. `pad` are the lines of the scratch
    pad with their values.
    """

    name: str
    round: Round
    day: Day | None = None
    stage: Stage = Stage.DRAWING
    question: Question | None = None
    asking: Asking | None = None
    typed: str = ""
    verdict: Verdict | None = None
    verdicts: tuple[Verdict | None, ...] = ()
    told: tuple[str, Verdict] | None = None
    attempt: Attempt | None = None
    saved: Saved | None = None
    tried: bool = False
    meant: bool = False
    undone: bool = False
    proof: Proof | None = None
    spent: int = 0
    seen: int = 0
    since: datetime | None = None
    right: int = 0
    answered: int = 0
    pad: tuple[tuple[str, str], ...] = ()

    @property
    def turn(self) -> Turn | None:
        """The turn that is on; None at the end."""
        return self.round.turn

    @property
    def at(self) -> int:
        """The place of the turn, from 0."""
        return self.round.asked

    @property
    def count(self) -> int:
        """How many turns there will be if every answer from now on is right."""
        return self.round.asked + self.round.planned

    @property
    def time_is_over(self) -> bool:
        """Whether the round has had the time that it is given."""
        return self.day is not None and self.seen >= self.day.limit

    @property
    def asked(self) -> bool:
        """Whether an answer is waited for, or being graded."""
        return self.stage in (Stage.ASKED, Stage.GRADING)

    @property
    def dealt_with(self) -> bool:
        """Whether the attempt is saved, or is not to be."""
        return self.saved is not None or self.tried

    @property
    def disputable(self) -> bool:
        """Whether the learner may call the answer right after all: one formula that was refused, and is saved."""
        asked = self.question is not None and isinstance(self.question.key, ExpressionKey) and len(self.parts) == 1
        refused = self.verdict is not None and self.verdict.outcome is Outcome.WRONG
        return asked and refused and self.correctable and not self.meant

    @property
    def correctable(self) -> bool:
        """Whether the attempt stands in the history, and was not taken back."""
        return self.saved is not None and bool(self.saved.event) and not self.undone

    @property
    def unsaved(self) -> bool:
        """Whether the question is answered and the attempt is not saved."""
        return self.stage is Stage.ANSWERED and not self.dealt_with

    @property
    def unfinished(self) -> bool:
        """Whether something would be lost: an answer or a derivation that was begun, or one that is not saved."""
        return (self.asked and bool(self.typed.strip() or self.parts)) or self.unsaved

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is answered of the question."""
        if self.attempt is not None:
            return self.attempt.parts
        return self.asking.parts if self.asking is not None else ()

    @property
    def step(self) -> Step | None:
        """The step of a derivation that is asked, None for a plain question."""
        if self.question is None or self.asking is None or self.asking.step is None:
            return None
        return self.question.steps[self.asking.step]

    @property
    def key(self) -> AnswerKey | None:
        """The key of what is asked."""
        if self.step is not None:
            return self.step.key
        return self.question.key if self.question is not None else None

    @property
    def over(self) -> bool:
        """Whether nothing of the round is left to do."""
        if self.stage is not Stage.ANSWERED or not self.dealt_with:
            return self.stage is Stage.FINISHED
        return self.time_is_over or self._following().turn is None

    def put(self, question: Question, now: datetime, *, given: int = 0) -> None:
        """Ask a question that was drawn; of a derivation the first `given` steps are shown."""
        self.question, self.asking = question, asking(question, given=given)
        self.stage, self.since = Stage.ASKED, now

    def look_away(self, now: datetime) -> None:
        """Count the time since the question was last shown."""
        if self.since is not None:
            look = min(max(0, int((now - self.since).total_seconds() * 1000)), LONGEST_LOOK)
            self.seen += look
            self.spent += look if self.asked else 0
        self.since = now

    def judged(self, verdict: Verdict, now: datetime) -> Judged:
        """Take a verdict in; what the answer led to."""
        if self.asking is None:
            return Judged.AGAIN
        self.look_away(now)
        self.told = (self.typed, verdict)
        return self._go_on(self.asking.after(self.typed, verdict, active_ms=self.spent), verdict)

    def show_step(self, now: datetime) -> Judged:
        """Give the step that is asked away, and go on."""
        if self.asking is None:
            return Judged.AGAIN
        self.look_away(now)
        return self._go_on(self.asking.with_step_shown(active_ms=self.spent), None)

    def _go_on(self, after: Asking | Attempt, verdict: Verdict | None) -> Judged:
        if isinstance(after, Attempt):
            self.verdicts += (verdict,)
            self.verdict, self.attempt, self.stage = verdict, after, Stage.ANSWERED
            return Judged.ANSWERED
        on = self.asking is not None and len(after.parts) > len(self.asking.parts)
        self.asking, self.stage = after, Stage.ASKED
        if not on:
            return Judged.AGAIN
        self.verdicts += (verdict,)
        self.typed = ""
        return Judged.NEXT

    def ask_all(self) -> bool:
        """Ask the steps that were shown, too; whether there were any, and none is answered."""
        if self.asking is None or self.question is None or not self.asking.given or self.asking.parts:
            return False
        self.asking = replace(asking(self.question), help=self.asking.help, hints=self.asking.hints)
        return True

    def give_up(self, now: datetime) -> None:
        """Answer nothing."""
        if self.asking is not None:
            self.look_away(now)
            self.verdict, self.attempt = None, self.asking.given_up(active_ms=self.spent)
            self.stage = Stage.ANSWERED

    def report(self) -> Report | None:
        """What there is to report of the question: what is typed, with the verdict on it where there is one.

        Of a derivation it is the step that was answered last, unless the next one is begun.
        """
        question, asking = self.question, self.asking
        if question is None or asking is None:
            return None
        if not question.steps:
            return report_on(question, self.typed, self._told())
        answers = ("",) * asking.given + tuple(part.answer for part in self.parts)
        if self.parts and not (self.asked and self.typed.strip()):
            return report_on(question, answers[-1], self.verdicts[-1] if self.verdicts else None, answers[:-1])
        return report_on(question, self.typed, self._told(), answers)

    def _told(self) -> Verdict | None:
        """The verdict on what is typed, None where it was not judged."""
        return self.told[1] if self.told is not None and self.told[0] == self.typed else None

    @property
    def is_right(self) -> bool:
        """Whether every part of the attempt is right, or was called so."""
        return self.meant or all(part.verdict is Outcome.CORRECT for part in self.parts)

    def mark_saved(self, saved: Saved | None) -> None:
        """The attempt is on the disk, or (None) was only tried."""
        self.saved, self.tried = saved, saved is None
        self.answered += 1
        self.right += self.is_right

    def mark_meant(self, saved: Saved) -> None:
        """The learner called the answer right."""
        self.saved, self.meant = saved, True
        self.right += 1

    def mark_undone(self) -> None:
        """The attempt was taken back."""
        self.undone = True
        self.answered -= 1
        self.right -= self.is_right

    def advance(self) -> bool:
        """Go on to the next turn, or to the end; whether there is another turn."""
        self.round = self._following()
        self.question = self.asking = self.verdict = self.attempt = self.proof = None
        self.verdicts, self.told, self.saved = (), None, None
        self.tried = self.meant = self.undone = False
        self.typed, self.spent, self.since = "", 0, None
        more = self.turn is not None and not self.time_is_over
        self.stage = Stage.DRAWING if more else Stage.FINISHED
        return more

    def mode(self, attempt: Attempt) -> Mode:
        """How an attempt is kept."""
        return self.round.mode(right=was_right(attempt))

    def _following(self) -> Round:
        """The round after the question that is on, as it stands."""
        if self.attempt is None:
            return self.round.without()
        return self.round.again() if self.undone else self.round.after(right=self.meant or was_right(self.attempt))
