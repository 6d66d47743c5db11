"""Practice without a terminal: which questions come, and what an answer to one of them leads to. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from studyapp.domain.question import Question
from studyapp.domain.record import Memory
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Attempt, Help, Outcome, Part, Verdict


@dataclass(frozen=True, slots=True)
class Turn:
    """One question to be drawn: the exercise and its seed, and a mistake that is to be possible in it, if any."""

    exercise: str
    seed: int
    mistake: str = ""


def cycle(exercises: Sequence[str], seed: int, count: int) -> tuple[Turn, ...]:
    """`count` turns through exercises in their order, over and over; the i-th (from 0) has the seed `seed + i`."""
    return tuple(
        Turn(exercise, seed + index)
        for index, exercise in enumerate(itertools.islice(itertools.cycle(exercises), count))
    )


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a question asks for, and the skill that it calls on."""

    name: str
    skill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question that waits for an answer; of a derivation the first `given` steps are shown worked out, not asked."""

    question: Question
    asks: tuple[Ask, ...]
    parts: tuple[Part, ...] = ()
    given: int = 0
    hints: int = 0
    step_hints: int = 0
    help: Help = Help.NONE
    rounded: bool = False

    @property
    def ask(self) -> Ask:
        """What an answer is waited for."""
        return self.asks[len(self.parts)]

    @property
    def step(self) -> int | None:
        """The place of the current step in a derivation, from 0; None for a plain question."""
        return self.given + len(self.parts) if self.question.steps else None

    @property
    def earlier(self) -> tuple[str, ...]:
        """The answers to the steps before the current one, empty where a step was given or shown."""
        return ("",) * self.given + tuple(part.answer for part in self.parts)

    @property
    def next_hint(self) -> str | None:
        """The hint that would be shown next; None where there is no more."""
        hints = self.question.hints if self.step is None else self.question.steps[self.step].hints
        return hints[self.step_hints] if self.step_hints < len(hints) else None

    def with_hint(self) -> Asking:
        """The question after one more hint: the first for an ask is a nudge, the second shows a step."""
        taken = Help.NUDGE if self.step_hints == 0 and self.help is Help.NONE else Help.SHOWN
        return replace(self, hints=self.hints + 1, step_hints=self.step_hints + 1, help=taken)

    def with_step_shown(self, *, active_ms: int = 0) -> Asking | Attempt:
        """What follows when the current step is given away: it counts as shown, and the next one is asked."""
        return self._with(Part(self.ask.name, self.ask.skill, "", Outcome.WRONG, None, Help.SHOWN), active_ms)

    def with_page_opened(self) -> Asking:
        """The question after the topic page was looked at: a nudge, unless more was taken already."""
        return self if self.help is Help.SHOWN else replace(self, help=Help.NUDGE)

    def after(self, answer: str, verdict: Verdict, *, active_ms: int = 0) -> Asking | Attempt:
        """What an answer leads to: the same ask where it was no attempt, the next one, or the attempt, to be saved."""
        match verdict.outcome:
            case Outcome.UNREADABLE | Outcome.UNDECIDED:
                return self
            case Outcome.ROUNDING if not self.rounded:
                return replace(self, rounded=True)
            case outcome:
                part = Part(self.ask.name, self.ask.skill, answer, outcome, verdict.mistake, self.help)
                return self._with(part, active_ms)

    def given_up(self, *, active_ms: int = 0) -> Attempt:
        """The attempt after the solution was asked for: every ask that is left counts as wrong."""
        left = (Part(ask.name, ask.skill, "", Outcome.WRONG, None, Help.SHOWN) for ask in self.asks[len(self.parts) :])
        return self._attempt((*self.parts, *left), active_ms)

    def _with(self, part: Part, active_ms: int) -> Asking | Attempt:
        parts = (*self.parts, part)
        if len(parts) == len(self.asks):
            return self._attempt(parts, active_ms)
        return replace(self, parts=parts, step_hints=0, help=Help.NONE)

    def _attempt(self, parts: tuple[Part, ...], active_ms: int) -> Attempt:
        return Attempt(
            exercise=self.question.exercise,
            topic=self.question.topic,
            seed=self.question.seed,
            version=self.question.version,
            prompt=self.question.prompt,
            parts=parts,
            hints=self.hints,
            active_ms=active_ms,
            key=self.question.answer,
        )


WEEK = 7.0  # days of stability from which a derivation is asked without help


def steps_given(memory: Memory | None, count: int) -> int:
    """How many first steps are shown worked out: all but one when new, all but two below a week, then none."""
    if memory is None:
        return max(0, count - 1)
    return max(0, count - 2) if memory.stability < WEEK else 0


ANSWER = "answer"  # the name of the one ask of a plain question


def asking(question: Question, *, given: int = 0) -> Asking:
    """A question as it is first put: an ask for each step behind the `given` (one at least), or one for the answer."""
    if not question.steps:
        return Asking(question=question, asks=(Ask(ANSWER, question.skill),))
    given = max(0, min(given, len(question.steps) - 1))
    steps = enumerate(question.steps[given:], given + 1)
    asks = tuple(Ask(step.target or f"{ANSWER} {number}", step.skill) for number, step in steps)
    return Asking(question=question, asks=asks, given=given)
