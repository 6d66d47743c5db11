"""A round of questions as far as it has come: it is kept when its screen is left, and taken up again on return."""

from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto

from studyapp.domain.question import AnswerKey, ChoiceKey, ExpressionKey, Proof, Question, ShownOption, Step
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Attempt, Mode, Outcome, Part, Verdict
from studyapp.study.entries import ExerciseEntry
from studyapp.study.practice import Asking, Turn, asking
from studyapp.study.progress import Standing
from studyapp.study.report import Report, report_on
from studyapp.study.rounds import DayRound, Round, was_right

LONGEST_LOOK = 600_000  # milliseconds that one look at a question can count; who stays longer has left the table


class Stage(Enum):
    """How far the current turn has come."""

    DRAWING = auto()
    UNDRAWN = auto()
    ASKED = auto()
    GRADING = auto()
    ANSWERED = auto()
    FINISHED = auto()


@dataclass(frozen=True, slots=True)
class Day:
    """What a session began from: the study day, and how far the learner was."""

    day: date
    before: Standing


@dataclass
class Current:
    """A question that is asked, with its answer as far as it has come.

    `typed` is the answer in the input; of a derivation `verdicts` are those on the steps that are done, None where a
    step was shown. `graded` is the last answer with its verdict. `attempt` waits to be saved until there is an `event`,
    which is empty where it was saved in another folder and so cannot be corrected; its skill `comes_again` on a day,
    None where it has no memory. `meant` says that the learner called the answer right after all, `undone` that it was
    taken back. `spent` counts the milliseconds for which the question was seen before its answer. `refuted`
    says where a refused formula differs from the key, once it was asked for.
    `disputed` says that the next press calls it right; `cursor` is the option that the keys are at. Of a `trial`
    nothing is kept.
    """

    question: Question
    asking: Asking
    typed: str = ""
    verdict: Verdict | None = None
    verdicts: tuple[Verdict | None, ...] = ()
    graded: tuple[str, Verdict] | None = None
    attempt: Attempt | None = None
    event: str | None = None
    comes_again: date | None = None
    meant: bool = False
    undone: bool = False
    proof: Proof | None = None
    spent: int = 0
    refuted: str | None = None
    disputed: bool = False
    cursor: str = ""
    trial: bool = False

    @property
    def answered(self) -> bool:
        """Whether no answer is waited for any more."""
        return self.attempt is not None

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.asking.parts if self.attempt is None else self.attempt.parts

    @property
    def is_right(self) -> bool:
        """Whether every part of the attempt is right, or was called so."""
        return self.meant or all(part.verdict is Outcome.CORRECT for part in self.parts)

    @property
    def correctable(self) -> bool:
        """Whether the attempt is in the history, and was not taken back."""
        return bool(self.event) and not self.undone

    @property
    def disputable(self) -> bool:
        """Whether the learner may call the answer right after all: one formula that was refused, and is saved."""
        formula = isinstance(self.question.key, ExpressionKey) and len(self.parts) == 1
        refused = self.verdict is not None and self.verdict.outcome is Outcome.WRONG
        return formula and refused and self.correctable and not self.meant

    @property
    def unsaved(self) -> bool:
        return self.answered and self.event is None

    @property
    def unfinished(self) -> bool:
        return bool(self.typed.strip() or self.parts) if not self.answered else self.unsaved

    @property
    def step(self) -> Step | None:
        """The step of a derivation that is asked, None for a plain question."""
        return self.question.steps[self.asking.step] if self.asking.step is not None else None

    @property
    def key(self) -> AnswerKey:
        return self.step.key if self.step is not None else self.question.key

    @property
    def one_of(self) -> tuple[str, ...]:
        """The labels of which one is asked for; none where several may be right, or something else is asked."""
        if not isinstance(self.key, ChoiceKey) or self.key.several:
            return ()
        return tuple(option.label for option in self.options)

    @property
    def asked(self) -> Question | Step:
        """What is asked: the question, or the step of a derivation."""
        return self.step or self.question

    @property
    def options(self) -> tuple[ShownOption, ...]:
        """The options of what is asked."""
        return self.asked.options

    @property
    def answers(self) -> tuple[str, ...]:
        """What was answered, by step where there are steps; empty texts for steps that were shown."""
        if not self.question.steps:
            return (self.typed,)
        return ("",) * self.asking.given + tuple(part.answer for part in self.parts)

    def judge(self, verdict: Verdict) -> None:
        """Take a verdict in: it is asked again, or goes on to the next step or to the end."""
        self.graded = (self.typed, verdict)
        self._go_on(self.asking.after(self.typed, verdict, active_ms=self.spent), verdict)

    def show_step(self) -> None:
        self._go_on(self.asking.with_step_shown(active_ms=self.spent), None)

    def give_up(self) -> None:
        self.attempt = self.asking.given_up(active_ms=self.spent)

    def _go_on(self, after: Asking | Attempt, verdict: Verdict | None) -> None:
        counts = len(after.parts) > len(self.asking.parts)
        self.verdicts += (verdict,) if counts else ()
        if isinstance(after, Attempt):
            self.verdict, self.attempt = verdict, after
        else:
            self.asking = after
            self.typed, self.cursor = ("", "") if counts else (self.typed, self.cursor)

    def ask_all(self) -> bool:
        """Ask the steps that were shown, too; whether there were any, and none is answered."""
        if not self.asking.given or self.asking.parts:
            return False
        self.asking = replace(asking(self.question), help=self.asking.help, hints=self.asking.hints)
        return True

    def report(self) -> Report:
        """What there is to report of the question: what is typed, with the verdict on it where there is one.

        Of a derivation it is the step that was answered last, unless the next one is begun.
        """
        verdict = self.graded[1] if self.graded is not None and self.graded[0] == self.typed else None
        if not self.question.steps:
            return report_on(self.question, self.typed, verdict)
        answers = self.answers
        if self.parts and (self.answered or not self.typed.strip()):
            return report_on(self.question, answers[-1], self.verdicts[-1] if self.verdicts else None, answers[:-1])
        return report_on(self.question, self.typed, verdict, answers)


@dataclass
class Sitting:
    """One round and its current question. A session of the day has a `day`.

    `seen` counts the milliseconds for which sections and questions were seen, `read` those for the section that is on;
    `since` is when what is on was last shown. `extra` is a question beside the round: one asked once more with fresh
    numbers. `latest` is what was asked last. `pad` are the lines of the scratch pad with their values.
    A `trial` is no learner's: nothing of it is kept.
    """

    name: str
    round: Round
    day: Day | None = None
    stage: Stage = Stage.DRAWING
    current: Current | None = None
    extra: Turn | None = None
    latest: Turn | None = None
    seen: int = 0
    read: int = 0
    since: datetime | None = None
    right: int = 0
    answered: int = 0
    pad: tuple[tuple[str, str], ...] = ()
    trial: bool = False

    @property
    def turn(self) -> Turn | None:
        """The question that is asked, or comes next; None at the end."""
        return self.extra or self.round.turn

    @property
    def lesson(self) -> ExerciseEntry | None:
        """The exercise whose section is to be read now, before its skill is asked."""
        waits = self.stage is Stage.DRAWING and self.extra is None
        return self.round.lesson if waits and isinstance(self.round, DayRound) else None

    @property
    def mixed(self) -> bool:
        """Whether the question is one among others, so that its heading, which may tell the method, waits."""
        return self.round.mixed and self.extra is None

    @property
    def count(self) -> int:
        """How many turns there will be if every answer from now on is right."""
        return self.round.asked + self.round.planned

    @property
    def unfinished(self) -> bool:
        return self.current is not None and self.current.unfinished

    @property
    def over(self) -> bool:
        """Whether nothing of the round is left to do."""
        if self.current is None or self.current.event is None:
            return self.stage is Stage.FINISHED
        following = self._following()
        if isinstance(following, DayRound):
            following = following.continued(self.seen)
        return self._time_is_over or following.turn is None

    @property
    def _time_is_over(self) -> bool:
        return isinstance(self.round, DayRound) and self.round.budget.is_used(self.seen)

    def put(self, question: Question, now: datetime, *, given: int = 0) -> None:
        """Ask a question that was drawn; of a derivation the first `given` steps are shown."""
        self.current = Current(question, asking(question, given=given), trial=self.trial)
        self.latest = Turn(question.exercise, question.seed)
        self.stage, self.since = Stage.ASKED, now

    def look_away(self, now: datetime) -> None:
        """Count the time since what is on was last shown."""
        if self.since is not None:
            look = min(max(0, int((now - self.since).total_seconds() * 1000)), LONGEST_LOOK)
            self.seen += look
            if self.current is None:
                self.read += look
            elif not self.current.answered:
                self.current.spent += look
        self.since = now

    def mode(self, *, right: bool) -> Mode:
        """How the question came to be asked."""
        return Mode.TOPIC if self.extra is not None else self.round.mode(right=right)

    def taken_up(self) -> None:
        """Go on behind a question that was answered and saved before the round was left."""
        if self.current is not None and self.current.event is not None:
            self.advance()

    def taught(self) -> None:
        """Go on from the section to its questions."""
        if isinstance(self.round, DayRound):
            self.round = self.round.after_lesson()
        self.read, self.since = 0, None

    def put_off(self) -> bool:
        """Leave the new skill for another day; whether something else is to be done."""
        if isinstance(self.round, DayRound):
            self.round = self.round.put_off()
        self.read = 0
        return self._go_on_with(self.round)

    def advance(self) -> bool:
        """Go on to the next turn, or to the end; whether there is another turn."""
        return self._go_on_with(self._following())

    def ask_again(self, seed: int) -> None:
        """Ask the latest exercise once more, beside the round, with another seed than before."""
        if self.latest is None:
            return
        self.round = self._following() if self.current is not None else self.round
        self.extra = replace(self.latest, seed=seed + (seed == self.latest.seed))
        self.current = self.since = None
        self.stage = Stage.DRAWING

    def _go_on_with(self, following: Round) -> bool:
        self.round = following.continued(self.seen) if isinstance(following, DayRound) else following
        self.current = self.since = self.extra = None
        more = self.round.turn is not None and not self._time_is_over
        self.stage = Stage.DRAWING if more else Stage.FINISHED
        return more

    def _following(self) -> Round:
        current = self.current
        if self.extra is not None:
            return self.round
        if current is None or current.attempt is None:
            return self.round.without()
        right = current.meant or was_right(current.attempt)
        return self.round.again() if current.undone else self.round.after(right=right)
