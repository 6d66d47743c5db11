"""Verification: many questions of an exercise, each held to everything that a learner will rely on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from studyapp.domain.exercise import Exercise
from studyapp.domain.place import Complaint
from studyapp.domain.question import NumberKey, Question, Undrawable, VectorKey
from studyapp.domain.source import PageSource
from studyapp.domain.verdict import Outcome
from studyapp.domain.words import Words
from studyapp.engine.drawing import draw, draw_with_values, example_of
from studyapp.engine.proof import prove
from studyapp.engine.questions.compiled import SymbolicRoute, float_route
from studyapp.engine.questions.values import Values
from studyapp.grading.amounts import Precision, exactly, is_correct
from studyapp.kernel.requests import Grade
from studyapp.kernel.service import PRINTER, Service
from studyapp.workshop.complaining import complaint
from studyapp.workshop.nearmisses import near_misses, spellings
from studyapp.workshop.tally import Tally
from studyapp.workshop.variety import counted

TRANSLATED = 2
"""Seeds for which the English question is held against the Japanese one: its facts are the same file's."""
PROVED = 3
"""Questions whose near misses are graded in full: reading and diagnosis are the same for every seed."""
SYMBOLIC_TOLERANCE = 1e-9
"""Relative; a key that floats miss by more is recomputed with 50 digits before anybody complains."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What verification found of one exercise; `alive` is the share of questions in which each mistake applies.

    `complaints` go with the seed that showed them, None where no seed did.
    """

    id: str
    seeds: int
    distance: float
    distinct: int
    redrawn: int
    alive: dict[str, float]
    complaints: tuple[tuple[Complaint, int | None], ...]


def verify(source: PageSource, exercise: Exercise, seeds: range, service: Service, words: Words) -> Certificate:
    """Draw a question for each seed and hold it to everything; then look at them all together."""
    return certificate(exercise, examine(source, exercise, seeds, service, words), words)


def certificate(exercise: Exercise, tally: Tally, words: Words) -> Certificate:
    """What the questions that were counted say of their exercise."""
    whole = [(one, None) for one in (*counted(exercise, tally, words), *_example(exercise, words))]
    return Certificate(
        exercise.id,
        tally.drawn,
        tally.distance,
        len(tally.surfaces),
        tally.redrawn,
        {one.name: round(tally.alive[one.name] / max(1, tally.drawn), 3) for one in exercise.key.mistakes},
        (*tally.complaints, *whole),
    )


def examine(source: PageSource, exercise: Exercise, seeds: range, service: Service, words: Words) -> Tally:
    """What the questions of some seeds show, each by itself."""
    examiner = _Examiner(exercise, _twin(source, exercise, service), service, words, Tally())
    for seed in seeds:
        found = draw_with_values(exercise, seed, PRINTER)
        if isinstance(found, Undrawable):
            values = {"seed": seed, "reason": found.code, "detail": found.detail}
            examiner.tally.note(complaint("undrawable", found.place, words, **values), seed)
            break
        examiner.examine(*found, place=seed - seeds.start)
    return examiner.tally


_ROUTES: dict[tuple[str, str], SymbolicRoute] = {}
MOST_ROUTES = 256


def _route(exercise: Exercise) -> SymbolicRoute:
    """SymPy's route of an exercise, derived once in each process."""
    name = (exercise.id, exercise.version)
    if name not in _ROUTES:
        if len(_ROUTES) >= MOST_ROUTES:
            _ROUTES.clear()
        _ROUTES[name] = SymbolicRoute(exercise.key)
    return _ROUTES[name]


@dataclass(frozen=True, slots=True)
class _Examiner:
    """One exercise under examination, its English twin beside it."""

    exercise: Exercise
    twin: Exercise | None
    service: Service
    words: Words
    tally: Tally

    def examine(self, question: Question, values: Values, place: int) -> None:
        """Hold a question to everything; `place` is how many were examined before it."""
        self.tally.count(question)
        if question.network is not None:
            if place < PROVED:
                self._prove(question)
        elif isinstance(question.key, NumberKey | VectorKey):
            self._recompute(question, values)
        elif place == 0:
            self._prove(question)
        if question.steps:
            self._grade_steps(question)
            return
        self._grade_key(question, in_full=place < PROVED)
        self._grade_mistakes(question)
        if place < TRANSLATED and self.twin is not None:
            self._compare(question, self.twin)

    def _prove(self, question: Question) -> None:
        """The distance between all routes to the key; of a derivation, to each gradient in its network."""
        distance = prove(self.exercise, question, PRINTER).distance
        self.tally.distance = max(self.tally.distance, float(distance or 0) if _is_number(distance) else 0.0)

    def _complain(self, code: str, question: Question, **values: object) -> None:
        place = self.exercise.key.place
        self.tally.note(complaint(code, place, self.words, seed=question.seed, **values), question.seed)

    def _recompute(self, question: Question, values: Values) -> None:
        """NumPy's and SymPy's values beside the key."""
        key = question.key
        exact = [key.exact] if isinstance(key, NumberKey) else list(key.exact) if isinstance(key, VectorKey) else []
        entries = [float(one) for one in exact]
        route = _route(self.exercise)
        derived = route.value(values)
        if derived is not None and not _near(derived, entries):
            derived = route.value(values, digits=50) or derived
        if derived is not None:
            self.tally.recomputed += 1
            if not _near(derived, entries):
                shown = ", ".join(f"{float(one):.10g}" for one in derived)
                self._complain("symbolic", question, answer=question.answer, found=shown)
        for found in (float_route(self.exercise.key, values), derived or []):
            gaps = [abs(float(a) - b) for a, b in zip(found, entries, strict=False)]
            self.tally.distance = max([self.tally.distance, *gaps])

    def _grade(self, question: Question, answer: str) -> tuple[Outcome, str | None]:
        verdict = self.service.answer(Grade(question, answer, self.words.code))
        return verdict.outcome, verdict.mistake

    def _grade_key(self, question: Question, *, in_full: bool) -> None:
        """The key is accepted as it is shown; what is nearly right is refused."""
        for answer in spellings(question):
            outcome, _ = self._grade(question, answer)
            if outcome != Outcome.CORRECT:
                self._complain("key-refused", question, answer=answer, verdict=outcome.value)
        if not in_full and not isinstance(question.key, NumberKey):
            return
        for answer in near_misses(question):
            if self._is_accepted(question, answer, in_full=in_full):
                self._complain("near-miss", question, answer=answer, key=question.answer)

    def _is_accepted(self, question: Question, answer: str, *, in_full: bool) -> bool:
        """Whether an answer counts as correct: by grading it, or by the comparison of numbers that grading makes."""
        key = question.key
        if in_full or not isinstance(key, NumberKey):
            return self._grade(question, answer)[0] == Outcome.CORRECT
        precision = Precision(key.digits, key.significant)
        typed, exact = exactly(answer), exactly(key.exact)
        return typed is not None and exact is not None and is_correct(typed, exact, precision)

    def _grade_mistakes(self, question: Question) -> None:
        """Each mistake that applies is refused and named."""
        for mistake in question.mistakes:
            outcome, name = self._grade(question, mistake.answer)
            values = {"name": mistake.name, "answer": mistake.answer}
            if outcome != Outcome.WRONG:
                self._complain("mistake-accepted", question, **values, verdict=outcome.value)
            elif name != mistake.name:
                self._complain("mistake-unnamed", question, **values, found=name)

    def _grade_steps(self, question: Question) -> None:
        """Each step of a derivation is accepted as it is shown, its mistakes are refused and named."""
        earlier: list[str] = []
        for number, step in enumerate(question.steps):
            ask = Grade(question, step.answer, self.words.code, number, tuple(earlier))
            outcome = self.service.answer(ask).outcome
            if outcome != Outcome.CORRECT:
                self._complain("key-refused", question, answer=step.answer, verdict=outcome.value)
            for mistake in step.mistakes:
                verdict = self.service.answer(replace(ask, answer=mistake.answer))
                values = {"name": mistake.name, "answer": mistake.answer}
                if verdict.outcome != Outcome.WRONG:
                    self._complain("mistake-accepted", question, **values, verdict=verdict.outcome.value)
                elif verdict.mistake != mistake.name:
                    self._complain("mistake-unnamed", question, **values, found=verdict.mistake)
            earlier.append(step.answer)

    def _compare(self, question: Question, twin: Exercise) -> None:
        """The English question can be drawn, and asks for the same."""
        other = draw(twin, question.seed, PRINTER)
        if isinstance(other, Undrawable):
            values = {"seed": question.seed, "reason": other.code, "detail": other.detail}
            self.tally.note(complaint("undrawable", other.place, self.words, **values), question.seed)
        elif _asked(other) != _asked(question):
            self._complain("unlike-translation", question, answer=question.answer, found=other.answer)


def _near(found: list[object], entries: list[float]) -> bool:
    return len(found) == len(entries) and all(
        abs(float(a) - b) <= SYMBOLIC_TOLERANCE * (1 + abs(b))  # type: ignore[arg-type]  # numbers of mpmath, too
        for a, b in zip(found, entries, strict=True)
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _twin(source: PageSource, exercise: Exercise, service: Service) -> Exercise | None:
    """The same exercise with its English sentences, None where there are none."""
    page = Path(source.page)
    twin = page.parents[source.topic.count("/") + 1] / "en" / f"{source.topic}.md"
    if exercise.sentences.language == "en" or not twin.is_file():
        return None
    topic = service.topic(replace(source, translation=str(twin), language="en"))
    found = topic.exercise(exercise.id) if topic else None
    return found if found is not None and found.sentences.language == "en" else None


def _example(exercise: Exercise, words: Words) -> Iterator[Complaint]:
    """The author's worked example comes out as the author worked it out."""
    example = example_of(exercise, PRINTER)
    if example is None:
        return
    question, written = example
    if not isinstance(question, Question):
        place, detail = question.place, f"{question.code}: {question.detail}"
        yield complaint("example", place, words, written=written, computed=detail)
        return
    service = Service()
    if written and service.answer(Grade(question, written, words.code)).outcome != Outcome.CORRECT:
        yield complaint("example", exercise.key.place, words, written=written, computed=question.answer)


def _asked(question: Question) -> tuple[object, ...]:
    """What must not depend on the language; the term that is shown may."""
    return question.values, question.key, [step.answer for step in question.steps]
