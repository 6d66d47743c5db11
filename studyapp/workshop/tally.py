"""What was counted over the questions of one exercise: small, mergeable, the same in whatever order it is gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b

from studyapp.domain.exercise import Key
from studyapp.domain.place import Complaint, Place
from studyapp.domain.question import EXAM_OPTIONS, ChoiceKey, NumberKey, Question
from studyapp.typeset.width import cells

MOST_OF_A_KIND = 3
"""Complaints of one code at one place that are kept: the hundredth seed that shows a fault says nothing new."""


def mistake_name(name: str, step: int | None) -> str:
    """A mistake as it is counted: in a derivation with the number of its step before it, from 1."""
    return name if step is None else f"{step + 1}.{name}"


def written_mistakes(key: Key) -> list[tuple[str, Place]]:
    """The mistakes that an author foresaw, as they are counted, with their places."""
    alone = [(one.name, one.place) for one in key.mistakes]
    return alone + [
        (mistake_name(one.name, number), one.place) for number, step in enumerate(key.steps) for one in step.mistakes
    ]


def living(question: Question) -> list[str]:
    """The mistakes that apply in a question, as they are counted."""
    alone = [one.name for one in question.mistakes]
    return alone + [
        mistake_name(one.name, number) for number, step in enumerate(question.steps) for one in step.mistakes
    ]


@dataclass(slots=True)
class Tally:
    """Counts over questions; `complaints` go with the seed that showed them.

    `examinable` are questions in which enough mistakes are alive for the options of an exam.
    """

    complaints: list[tuple[Complaint, int | None]] = field(default_factory=list)
    surfaces: set[bytes] = field(default_factory=set)
    alive: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    positions: Counter[int] = field(default_factory=Counter)
    options: int = 0
    width_right: list[int] = field(default_factory=lambda: [0, 0])
    width_wrong: list[int] = field(default_factory=lambda: [0, 0])
    drawn: int = 0
    redrawn: int = 0
    recomputed: int = 0
    examinable: int = 0
    distance: float = 0.0

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
        surface = "\0".join([question.prompt, asks, *sorted(option.text for option in question.options)])
        self.surfaces.add(blake2b(surface.encode(), digest_size=8).digest())
        self.alive.update(living(question))
        if isinstance(question.key, NumberKey):
            self.answers[question.answer] += 1
            self.examinable += len(question.slips) >= EXAM_OPTIONS - 1
        if isinstance(question.key, ChoiceKey) and not question.key.several:
            self._count_options(question, question.key)

    def _count_options(self, question: Question, key: ChoiceKey) -> None:
        self.options = max(self.options, len(question.options))
        for place, option in enumerate(question.options):
            is_right = option.label in key.right
            if is_right:
                self.positions[place] += 1
            totals = self.width_right if is_right else self.width_wrong
            totals[0] += cells(option.text)
            totals[1] += 1

    def merge(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        for complaint, seed in other.complaints:
            self.note(complaint, seed)
        self.surfaces |= other.surfaces
        self.alive += other.alive
        self.answers += other.answers
        self.positions += other.positions
        self.options = max(self.options, other.options)
        for mine, theirs in ((self.width_right, other.width_right), (self.width_wrong, other.width_wrong)):
            mine[0] += theirs[0]
            mine[1] += theirs[1]
        self.drawn += other.drawn
        self.redrawn += other.redrawn
        self.recomputed += other.recomputed
        self.examinable += other.examinable
        self.distance = max(self.distance, other.distance)
