"""Verification of exercises: their questions in chunks, on whatever executor there is, and a certificate for each."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import Executor
from functools import cache
from hashlib import sha256
from pathlib import Path
from platform import node

from studyapp.domain.exercise import Exercise
from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.question import Undrawable
from studyapp.domain.text import Text, language, speaking
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Outcome
from studyapp.engine.drawing import draw, example_of
from studyapp.kernel.requests import Grade
from studyapp.kernel.service import PRINTER, Service
from studyapp.workshop.complaining import Fault
from studyapp.workshop.examination import examine, undrawn
from studyapp.workshop.tally import FEW, Tally, counted, living, written_mistakes

EXAMPLE = Text(ja="例（{drawn}）", en="the example ({drawn})")
UNLIKE_CODE = Text(
    ja="{machine} の studyapp は、こちらのものと違います。同じ版を入れてください。",
    en="The studyapp on {machine} is not the one that is run here. Install the same version there.",
)
UNLIKE_PAGE = Text(
    ja="{machine} の {page} は、検証を始めたときのものと違います。同じファイルを置いてください。",
    en="{page} on {machine} is not as it was here when this began. Put the same files there.",
)
LARGEST_CHUNK = 100
"""Seeds of one exercise that one process takes at a time: SymPy's work is done once for each process."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What verification found; `alive` is the share of each mistake, and the seed of a complaint None without one."""

    id: str
    seeds: int
    distance: float
    distinct: int
    redrawn: int
    alive: dict[str, float]
    complaints: tuple[tuple[Complaint, int | None], ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """The certificate of an exercise, and how long its questions took, in milliseconds of one core."""

    certificate: Certificate
    ms: float


@dataclass(frozen=True, slots=True)
class Copy:
    """What a page is verified by and from, as hashes: the code of studyapp, and the files of the page."""

    studyapp: str
    page: str

    @classmethod
    def of(cls, source: PageSource) -> Copy:
        """What there is on this machine."""
        twin = source.file_in("en")
        return cls(_code(), _hash(Path(path) for path in (source.page, source.translation, twin) if path))


@cache
def _code() -> str:
    return _hash(sorted(Path(__file__).parents[1].rglob("*.py")))


def _hash(files: Iterable[Path]) -> str:
    contents = (path.read_bytes() if path.is_file() else b"" for path in files)
    return sha256(b"".join(sha256(content).digest() for content in contents)).hexdigest()


class UnlikeCopyError(Exception):
    """A worker has another page, or another version of studyapp."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some seeds of one exercise: all that a process needs to know. It must have the same `copy` of page and code."""

    source: PageSource
    exercise: str
    seeds: range
    language: str
    copy: Copy


_service = cache(Service)  # the service that reads pages in this process


def work(chunk: Chunk) -> tuple[Exercise | None, Tally]:
    """The exercise of a chunk, if there is one by that id, and what its questions show; called in any process.

    Raises: `UnlikeCopyError` where this machine would verify something else.
    """
    started = time.perf_counter()
    own = Copy.of(chunk.source)
    if own != chunk.copy:
        unlike = UNLIKE_CODE if own.studyapp != chunk.copy.studyapp else UNLIKE_PAGE
        with speaking(chunk.language):
            raise UnlikeCopyError(unlike(machine=node(), page=chunk.source.page))
    topic = _service().topic(chunk.source)
    exercise, tally = topic.exercise(chunk.exercise) if topic else None, Tally()
    if exercise is not None:
        with speaking(chunk.language):
            tally = examine(chunk.source, exercise, chunk.seeds, _service())
    tally.ms = 1000 * (time.perf_counter() - started)
    return exercise, tally


def verified(
    wanted: Iterable[tuple[PageSource, str]],
    seeds: range,
    executor: Executor | None,
    step: Callable[[], None] = lambda: None,
    first: Container[str] = (),
) -> Iterator[Verified]:
    """The certificates in order; `step` is called after each chunk, and the slow exercises are begun `first`."""
    parts = [seeds[start : start + LARGEST_CHUNK] for start in range(0, len(seeds), LARGEST_CHUNK)]
    plans = []
    for source, name in wanted:
        copy = Copy.of(source)
        plans.append([Chunk(source, name, part, language(), copy) for part in parts])
    every = sorted((chunk for chunks in plans for chunk in chunks), key=lambda chunk: chunk.exercise not in first)
    futures = {chunk: executor.submit(work, chunk) for chunk in every} if executor else {}
    for chunks in plans:
        exercise, tally = None, Tally()
        for chunk in chunks:
            try:
                exercise, part = futures.pop(chunk).result() if executor else work(chunk)
            except UnlikeCopyError:
                for waiting in futures.values():
                    waiting.cancel()
                raise
            tally.merge(part)
            step()
        if exercise is not None:
            yield Verified(certificate(exercise, tally), tally.ms)


def certificate(exercise: Exercise, tally: Tally) -> Certificate:
    """What the questions that were counted say of their exercise."""
    noted = {(one.code, one.place) for one, _ in tally.complaints}
    whole = [*counted(exercise, tally, _never_alive(exercise, tally)), *_example(exercise)]
    names = dict.fromkeys((*written_mistakes(exercise.key), *sorted(tally.alive)))
    return Certificate(
        exercise.id,
        tally.drawn,
        tally.distance,
        len(tally.surfaces),
        tally.redrawn,
        {name: round(tally.alive[name] / max(1, tally.drawn), 3) for name in names},
        (*tally.complaints, *((one, None) for one in whole if (one.code, one.place) not in noted)),
    )


def _never_alive(exercise: Exercise, tally: Tally) -> set[str]:
    """The mistakes that apply in no question; where few were asked for, in no other one either."""
    dead = {name for name in written_mistakes(exercise.key) if not tally.alive[name]} if tally.drawn else set()
    for seed in range(tally.drawn, FEW) if dead else ():
        question = draw(exercise, seed, PRINTER)
        dead -= set() if isinstance(question, Undrawable) else set(living(question))
    return dead


def _example(exercise: Exercise) -> Iterator[Complaint]:
    example = example_of(exercise, PRINTER)
    if example is None:
        return
    question, written = example
    if isinstance(question, Undrawable):
        yield undrawn(question, EXAMPLE(drawn=question.drawn))
    elif written and Service().answer(Grade(question, written, language())).outcome != Outcome.CORRECT:
        place = next(one.place for one in exercise.key.example if one.name == "answer")
        yield Fault.EXAMPLE.at(place, written=written, computed=question.answer)
