"""Verification in chunks, on whatever executor there is: this process, other processes, a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from studyapp.domain.place import Place
from studyapp.domain.topic import PageSource
from studyapp.domain.words import Words, words_for
from studyapp.kernel.service import Service
from studyapp.workshop.complaining import complaint
from studyapp.workshop.tally import Tally
from studyapp.workshop.verification import Certificate, certificate, examine

LARGEST_CHUNK = 200
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
    """What became of a chunk, and how long it took."""

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


_SERVICE: list[Service] = []


def work(chunk: Chunk) -> Done:
    """What the questions of a chunk show; called in whichever process does the work."""
    if not _SERVICE:
        _SERVICE.append(Service())
    started = time.perf_counter()
    words = words_for(chunk.language)
    topic = _SERVICE[0].topic(chunk.source)
    exercise = topic.exercise(chunk.exercise) if topic else None
    if exercise is None:
        tally = Tally()
        gone = {"seed": chunk.first, "reason": "missing", "detail": chunk.exercise}
        tally.note(complaint("undrawable", Place(chunk.source.page), words, **gone), chunk.first)
    else:
        tally = examine(chunk.source, exercise, range(chunk.first, chunk.last), _SERVICE[0], words)
    return Done(tally, 1000 * (time.perf_counter() - started))


def verified(
    wanted: Iterable[tuple[PageSource, str]],
    seeds: range,
    words: Words,
    executor: Executor | None,
    told: Callable[[], None] = lambda: None,
) -> Iterator[Verified]:
    """The certificate of each wanted exercise, in the order in which they are wanted; `told` after each chunk."""
    plans = [(source, exercise, chunks_of(source, exercise, seeds, words.code)) for source, exercise in wanted]
    futures = [[executor.submit(work, chunk) for chunk in chunks] for *_, chunks in plans] if executor else []
    service = Service()
    for place, (source, exercise_id, chunks) in enumerate(plans):
        tally, ms = Tally(), 0.0
        for number, chunk in enumerate(chunks):
            done = futures[place][number].result() if executor else work(chunk)
            tally.merge(done.tally)
            ms += done.ms
            told()
        topic = service.topic(source)
        exercise = topic.exercise(exercise_id) if topic else None
        if exercise is not None:
            yield Verified(certificate(exercise, tally, words), ms)
