"""What only many questions show: counts over the questions of an exercise, mergeable in any order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import field
from hashlib import blake2b
from math import sqrt

from studyapp.domain.exercise import Exercise, Key, StepFacts
from studyapp.domain.expression import Word
from studyapp.domain.kind import Kind
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.question import EXAM_OPTIONS, ChoiceKey, NumberKey, Question, ShownOption, Step
from studyapp.domain.values import dataclass
from studyapp.typeset.width import cells
from studyapp.workshop.complaining import Fault
from studyapp.workshop.rules.questions import is_telling

MOST_OF_A_KIND = 3
"""Complaints of one code at one place that are kept: the hundredth seed that shows a fault says nothing new."""
FIXED_KINDS = (Kind.TERM, Kind.DERIVATION, Kind.CODE)
"""Kinds whose question may always be the same: a word to know, a proof to carry through, a line to write."""
LEAST_ALIVE = 0.2
LEAST_EXAMINABLE = 0.4  # share of questions that can be asked in an exam, where the key says that one may ask them
LEAST_DISTINCT = 7
FEW = 2 * LEAST_DISTINCT  # questions below which nothing can be said of variety
LARGEST_SHARE = 0.5
ENOUGH = 100  # questions from which on the shares below say something
LUCK = 0.2  # how far above chance a way of guessing may be right
LEAST_CHOSEN = 0.04  # share of the questions in which an option is right that a condition decides about
CHANCE = 3  # standard deviations of chance: one of 15 scenes may come in 9 of 400 questions
ABSOLUTE = re.compile(
    r"必ず|すべて|全て|常に|絶対|だけ|のみ|どんな|いつでも|決して|\b(?:always|never|only|every|all|any)\b"
)
"""Words by which examinees know a wrong statement."""
DEVIATIONS = 4.0
"""Standard deviations within which positions count as even: for fixed seeds the verdict is always the same."""


def mistake_name(name: str, step: int | None) -> str:
    """A mistake as it is counted: in a derivation with the number of its step before it, from 1."""
    return name if step is None else f"{step + 1}.{name}"


def written_mistakes(key: Key) -> dict[str, Place]:
    """The mistakes that an author foresaw, as they are counted, with their places."""
    steps = ((mistake_name(one.name, step), one.place) for step, part in enumerate(key.steps) for one in part.mistakes)
    return dict((*((one.name, one.place) for one in key.mistakes), *steps))


def stands_out(extreme: Callable[[Iterable[int]], int], options: Sequence[ShownOption], right: Collection[str]) -> bool:
    """Whether a right option alone is the longest (`max`) or the shortest (`min`) one."""
    widths = {option.label: cells(option.text) for option in options}
    found = [label for label, width in widths.items() if width == extreme(widths.values())]
    return len(found) == 1 and found[0] in right


def living(question: Question) -> list[str]:
    """The mistakes that apply in a question, as they are counted."""
    steps = (mistake_name(one.name, step) for step, part in enumerate(question.steps) for one in part.mistakes)
    return [*(one.name for one in question.mistakes), *steps]


@dataclass(slots=True)
class Tally:
    """Counts over questions; `offered` and `widths` (cells) are of right (True) and wrong options.

    `examinable` are numbers with enough wrong options, with those below 0 (True) or without. `chosen` are the right
    options by their written place. What a learner would get right without knowing anything: `longest` by taking the
    longest option, `shortest` the shortest one, `soberest` by passing over absolute words.
    """

    complaints: list[tuple[Complaint, int | None]] = field(default_factory=list)
    surfaces: set[bytes] = field(default_factory=set)
    alive: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    positions: Counter[int] = field(default_factory=Counter)
    offered: Counter[bool] = field(default_factory=Counter)
    widths: Counter[bool] = field(default_factory=Counter)
    chosen: Counter[int] = field(default_factory=Counter)
    examinable: Counter[bool] = field(default_factory=Counter)
    longest: int = 0
    shortest: int = 0
    soberest: float = 0.0
    options: int = 0
    drawn: int = 0
    redrawn: int = 0
    negative: int = 0
    distance: float = 0.0
    ms: float = 0.0

    def note(self, complaint: Complaint, seed: int | None) -> None:
        """Keep a complaint, unless enough of its kind are kept."""
        same = sum(one.code == complaint.code and one.place == complaint.place for one, _ in self.complaints)
        if same < MOST_OF_A_KIND:
            self.complaints.append((complaint, seed))

    def count(self, question: Question) -> None:
        """Count a question that was drawn."""
        self.drawn += 1
        self.redrawn += question.redrawn
        asks = "\0".join(step.ask for step in question.steps)
        parts: tuple[Question | Step, ...] = (question, *question.steps)
        options = sorted(option.text for part in parts for option in part.options)
        surface = "\0".join([question.prompt, asks, *options])
        self.surfaces.add(blake2b(surface.encode(), digest_size=8).digest())
        self.alive.update(living(question))
        match question.key:
            case NumberKey():
                self.answers[question.answer] += 1
                self.negative += question.answer.startswith("-")
                positive = [answer for answer in question.slips if not answer.startswith("-")]
                self.examinable[True] += len(question.slips) >= EXAM_OPTIONS - 1
                self.examinable[False] += len(positive) >= EXAM_OPTIONS - 1
            case ChoiceKey(right=right, several=False) if question.options:  # those of a derivation are of its steps
                self.options = max(self.options, len(question.options))
                self._guess(question.options, right)
                for position, option in enumerate(question.options):
                    is_right = option.label in right
                    self.positions[position] += is_right
                    self.chosen[option.number] += is_right
                    self.offered[is_right] += 1
                    self.widths[is_right] += cells(option.text)

    def _guess(self, options: Sequence[ShownOption], right: Collection[str]) -> None:
        self.longest += stands_out(max, options, right)
        self.shortest += stands_out(min, options, right)
        sober = [one.label for one in options if not ABSOLUTE.search(one.text)] or [one.label for one in options]
        self.soberest += sum(label in right for label in sober) / len(sober)

    def merge(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        for noted, seed in other.complaints:
            self.note(noted, seed)
        self.surfaces |= other.surfaces
        self.options, self.distance = max(self.options, other.options), max(self.distance, other.distance)
        for name in ("alive", "answers", "positions", "offered", "widths", "chosen", "examinable"):
            getattr(self, name).update(getattr(other, name))
        for name in ("drawn", "redrawn", "negative", "longest", "shortest", "soberest", "ms"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def counted(exercise: Exercise, tally: Tally, never: Set[str]) -> Iterator[Complaint]:
    """Complaints about the questions as a whole, if they are enough; `never` are mistakes that apply in none."""
    key, drawn = exercise.key, tally.drawn
    parts: tuple[Key | StepFacts, ...] = (key, *key.steps)
    for part in parts:
        if part.answer is not None and part.check is None and not isinstance(part.answer.expression, Word):
            yield Fault.NO_CHECK.at(part.answer.place, severity=Severity.WARNING)
    for name, place in written_mistakes(key).items():
        share = tally.alive[name] / max(1, drawn)
        if name in never:
            yield Fault.MISTAKE_NEVER.at(place, name=name)
        elif share < LEAST_ALIVE and drawn >= FEW:
            yield Fault.MISTAKE_RARE.at(place, name=name, share=round(100 * share))
    if drawn < FEW:
        return
    is_fixed = key.kind in FIXED_KINDS and not key.draw and key.network is None
    if len(tally.surfaces) < LEAST_DISTINCT and not is_fixed:
        place = key.at("draw", "network", "scenes", "shown")
        yield Fault.FEW_DISTINCT.at(place, seeds=drawn, count=len(tally.surfaces))
    examinable = tally.examinable[tally.negative > 0]
    if key.exam and examinable < LEAST_EXAMINABLE * drawn:
        yield Fault.EXAM_RARE.at(key.at("exam"), share=round(100 * examinable / drawn))
    for answer, count in tally.answers.most_common(1):
        if count > LARGEST_SHARE * drawn:
            yield Fault.GUESSABLE.at(key.at("answer"), answer=answer, share=round(100 * count / drawn))
    if tally.options:
        yield from _options(exercise, tally)


def _options(exercise: Exercise, tally: Tally) -> Iterator[Complaint]:
    """The right option is in no place more often than in another, and is neither the long nor the short one."""
    options = exercise.sentences.options
    place = options[0].place if options else exercise.key.at("options", "network")
    drawn = sum(tally.positions.values())
    expected = drawn / tally.options
    spread = sqrt(expected * (1 - 1 / tally.options))
    for position in range(tally.options):
        if abs(tally.positions[position] - expected) > DEVIATIONS * spread:
            share = round(100 * tally.positions[position] / max(1, drawn))
            yield Fault.UNEVEN_POSITIONS.at(place, position=position + 1, share=share)
    shorter, longer = sorted(tally.widths[right] / max(1, tally.offered[right]) for right in (True, False))
    if is_telling(shorter, longer):
        yield Fault.TELLING_LENGTH.at(place, ratio=f"{longer / max(shorter, 1):.1f}")
    if drawn < ENOUGH:
        return
    guesses = (
        (Fault.LONGEST_RIGHT, tally.longest),
        (Fault.SHORTEST_RIGHT, tally.shortest),
        (Fault.ABSOLUTE_WRONG, tally.soberest),
    )
    for fault, lucky in guesses:
        if lucky > (1 / tally.options + LUCK) * drawn:
            yield fault.at(place, share=round(100 * lucky / drawn))
    boxes = exercise.key.options or any(option.ticked for option in options)
    is_decided = exercise.key.right or (exercise.key.scenes and not boxes)
    for number, option in enumerate(options if is_decided else (), 1):
        if tally.chosen[number] + CHANCE * sqrt(tally.chosen[number]) < LEAST_CHOSEN * drawn:
            yield Fault.NEVER_RIGHT.at(option.place, number=number, count=tally.chosen[number], drawn=drawn)
    if exercise.key.network is None and len(+tally.chosen) == 1:
        yield Fault.CONSTANT_ANSWER.at(place, severity=Severity.WARNING)
