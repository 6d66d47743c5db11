"""What a preview shows: the page as it could last be read, and the exercise and seed that are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource
from studyapp.screens.sitting import Sitting
from studyapp.study.pagefiles import PageFiles


@dataclass
class Previewed:
    """The state of a preview. `exercise` is the id of the one that is shown, None for the page itself.

    `topic` is the page as it could last be read, `readable` whether the file can be read now; `sitting` holds the
    question that could last be drawn. `trouble` says why what is shown is not what the file now says.
    """

    files: PageFiles
    language: str
    seed: int
    exercise: str | None = None
    keyed: bool = False
    topic: Topic | None = None
    readable: bool = True
    sitting: Sitting | None = None
    trouble: str = ""
    complaints: tuple[Complaint, ...] | None = None
    at: int = 0

    @property
    def source(self) -> PageSource:
        """The files in the language that is looked at."""
        return self.files.source(self.language)

    @property
    def exercises(self) -> tuple[str, ...]:
        """The ids of the exercises that can be read, in page order."""
        return tuple(one.id for one in self.topic.exercises) if self.topic is not None else ()

    @property
    def current(self) -> bool:
        """Whether what is shown can be read now."""
        return self.readable and (self.exercise is None or self.exercise in self.exercises)

    def read(self, topic: Topic | None) -> None:
        """The file was read; where it was no text, what was read before stays."""
        self.readable = topic is not None
        self.topic = topic if topic is not None else self.topic
        if self.exercise in self.exercises:
            self.at = self.exercises.index(self.exercise) + 1

    def move(self, step: int) -> bool:
        """Go to the next exercise (1) or the one before (-1); the page stands before the first. Whether there is one.

        From an exercise that cannot be read now, its old place is where one goes from.
        """
        at = min(max(0, self.at + step), len(self.exercises))
        if self.exercise is not None and self.exercise not in self.exercises and step > 0:
            at = min(self.at, len(self.exercises))
        exercise = self.exercises[at - 1] if at else None
        moved = exercise != self.exercise
        self.at, self.exercise = at, exercise
        if moved:
            self.sitting = None
        return moved
