"""Verification in chunks, on whatever executor there is: this process, other processes, a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache

from studyapp.domain.exercise import Exercise
from studyapp.domain.place import PageSource, Place
from studyapp.domain.question import Undrawable
from studyapp.domain.text import language, speaking
from studyapp.kernel.service import Service
from studyapp.workshop.tally import Tally
from studyapp.workshop.verification import Certificate, certificate, examine, undrawn

LARGEST_CHUNK = 100
"""Seeds of one exercise that one process takes at a time: SymPy's work is done once for each process."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some seeds of one exercise: all that a process needs to know. Its files must be there for the process, too."""

    source: PageSource
    exercise: str
    first: int
    last: int
    language: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chunk, and how long it took; the exercise comes along, None where there is none by that id."""

    exercise: Exercise | None
    tally: Tally
    ms: float


@dataclass(frozen=True, slots=True)
class Verified:
    """The certificate of an exercise, and how long its questions took, in milliseconds of one core."""

    certificate: Certificate
    ms: float


def chunks_of(source: PageSource, exercise: str, seeds: range, language: str) -> list[Chunk]:
    """The seeds of an exercise in chunks."""
    starts = range(seeds.start, seeds.stop, LARGEST_CHUNK)
    return [Chunk(source, exercise, start, min(start + LARGEST_CHUNK, seeds.stop), language) for start in starts]


_service = cache(Service)
"""The one that reads pages in this process."""


def work(chunk: Chunk) -> Done:
    """What the questions of a chunk show; called in whichever process does the work."""
    started = time.perf_counter()
    topic = _service().topic(chunk.source)
    exercise = topic.exercise(chunk.exercise) if topic else None
    with speaking(chunk.language):
        if exercise is None:
            tally = Tally()
            gone = Undrawable(chunk.exercise, chunk.first, "missing", chunk.source.topic, Place(chunk.source.page))
            tally.note(undrawn(gone), chunk.first)
        else:
            tally = examine(chunk.source, exercise, range(chunk.first, chunk.last), _service())
    return Done(exercise, tally, 1000 * (time.perf_counter() - started))


def verified(
    wanted: Iterable[tuple[PageSource, str]],
    seeds: range,
    executor: Executor | None,
    told: Callable[[], None] = lambda: None,
    first: Container[str] = (),
) -> Iterator[Verified]:
    """The certificate of each wanted exercise, in the order in which they are wanted; `told` after each chunk.

    The exercises that take longest are best begun `first`: at the end every process then has something to do.
    """
    plans = [chunks_of(source, exercise, seeds, language()) for source, exercise in wanted]
    every = sorted((chunk for chunks in plans for chunk in chunks), key=lambda chunk: chunk.exercise not in first)
    futures = {chunk: executor.submit(work, chunk) for chunk in every} if executor else {}
    for chunks in plans:
        exercise, tally, ms = None, Tally(), 0.0
        for chunk in chunks:
            done = futures.pop(chunk).result() if executor else work(chunk)
            exercise = done.exercise
            tally.merge(done.tally)
            ms += done.ms
            told()
        if exercise is not None:
            yield Verified(certificate(exercise, tally), ms)
