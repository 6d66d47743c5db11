"""Verification: many questions of an exercise, each held to everything that a learner will rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from studyapp.domain.asking import OUTCOMES
from studyapp.domain.exercise import Exercise
from studyapp.domain.place import Complaint, PageSource, Place
from studyapp.domain.question import AnswerKey, ExpressionKey, KnownMistake, NumberKey, Question, Undrawable, VectorKey
from studyapp.domain.text import Text, language
from studyapp.domain.undrawable import NEVER, reason, seed_and_values
from studyapp.domain.verdict import Outcome
from studyapp.engine.drawing import draw, draw_with_values, drawn_text, example_of
from studyapp.engine.proof import prove
from studyapp.engine.questions.compiled import SymbolicRoute, float_route
from studyapp.engine.questions.filling import Filler
from studyapp.grading.amounts import Precision, exactly, is_correct
from studyapp.grading.formulas import unsettled_part
from studyapp.kernel.requests import Grade
from studyapp.kernel.service import PRINTER, Service
from studyapp.workshop.complaining import complaint
from studyapp.workshop.equalities import (
    Equality,
    FalseEquality,
    equalities_in,
    false_equalities,
    false_in_text,
)
from studyapp.workshop.nearmisses import near_misses, spellings
from studyapp.workshop.rules.registry import templates_of
from studyapp.workshop.tally import Tally, living, mistake_name, written_mistakes
from studyapp.workshop.variety import FEW, counted

EXAMPLE = Text(ja="例（{drawn}）", en="the example ({drawn})")

TRANSLATED = 2
"""Seeds for which the English question is held against the Japanese one: its facts are the same file's."""
PROVED = 3
"""Questions whose near misses are graded in full: reading and diagnosis are the same for every seed."""
MISMATCHES = ("check", "check-undecided", "float")
"""Codes of drawings that fail because two routes to the key disagree, or cannot be compared."""
LARGEST_DISTANCE = 1e-9
LONGEST_VALUE = 20
"""Characters of a value in a list of routes."""
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


def certificate(exercise: Exercise, tally: Tally) -> Certificate:
    """What the questions that were counted say of their exercise."""
    seen = {(one.code, one.place) for one, _ in tally.complaints}
    whole = [*counted(exercise, tally, _never_alive(exercise, tally)), *_example(exercise)]
    names = [name for name, _ in written_mistakes(exercise.key)]
    counts = {name: tally.alive[name] for name in dict.fromkeys((*names, *sorted(tally.alive)))}
    return Certificate(
        exercise.id,
        tally.drawn,
        tally.distance,
        len(tally.surfaces),
        tally.redrawn,
        {name: round(count / max(1, tally.drawn), 3) for name, count in counts.items()},
        (*tally.complaints, *((one, None) for one in whole if (one.code, one.place) not in seen)),
    )


def _never_alive(exercise: Exercise, tally: Tally) -> set[str]:
    """The mistakes that apply in no question; where few were asked for, in no other one either."""
    dead = {name for name, _ in written_mistakes(exercise.key) if not tally.alive[name]} if tally.drawn else set()
    for seed in range(tally.drawn, FEW) if dead else ():
        question = draw(exercise, seed, PRINTER)
        dead -= set() if isinstance(question, Undrawable) else set(living(question))
    return dead


def examine(source: PageSource, exercise: Exercise, seeds: range, service: Service) -> Tally:
    """What the questions of some seeds show, each by itself."""
    tally, twin, equalities = Tally(), _twin(source, exercise, service), _equalities(exercise)
    for seed in seeds:
        drawing = draw_with_values(exercise, seed, PRINTER)
        if isinstance(drawing, Undrawable):
            tally.note(undrawn(drawing), seed)
            break
        question, filler = drawing.question, drawing.filler
        examination = _Examination(exercise, twin, service, tally, question, filler, equalities)
        examination.run(seed - seeds.start)
    return tally


def undrawn(drawing: Undrawable, at: str = "") -> Complaint:
    """Why there is no question; two routes to the key that disagree are a fault of their own."""
    message, hint = reason(drawing)
    code = "mismatch" if drawing.code.removeprefix(NEVER) in MISMATCHES else "undrawable"
    at = at or seed_and_values(drawing.seed, drawing.drawn)
    return complaint(code, drawing.place, at=at, reason=message, advice=hint)


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


def _equalities(exercise: Exercise) -> tuple[Equality, ...]:
    """The equalities in the sentences of an exercise."""
    return equalities_in(templates_of(exercise.sentences), natural_log=exercise.key.convention.log in ("", "e"))


@dataclass(frozen=True, slots=True)
class _Examination:
    """One question under examination, the English exercise beside it."""

    exercise: Exercise
    twin: Exercise | None
    service: Service
    tally: Tally
    question: Question
    filler: Filler
    equalities: tuple[Equality, ...]

    def run(self, place: int) -> None:
        """Hold the question to everything; `place` is how many were examined before it."""
        question = self.question
        self.tally.count(question)
        false = list(false_equalities(self.equalities, self.filler))
        if place < PROVED and question.network is not None:  # what the engine writes
            false += false_in_text(question.solution, self.exercise.key.at("network"))
        self._complain_of(false)
        if question.network is not None:
            if place < PROVED:
                self._prove()
        elif isinstance(question.key, NumberKey | VectorKey):
            self._recompute(question.key)
        elif place == 0:
            self._prove()
        if question.steps:
            self._grade_steps()
        else:
            self._grade_key(in_full=place < PROVED)
            self._grade_mistakes(Grade(question, question.answer, language()), question.mistakes)
        if place < TRANSLATED and self.twin is not None:
            self._compare(self.twin)

    def _prove(self) -> None:
        """The distance between all routes to the key; of a derivation, to each gradient in its network."""
        proof = prove(self.exercise, self.question, PRINTER)
        distance = _number(proof.distance)
        self.tally.distance = max(self.tally.distance, distance)
        if distance > LARGEST_DISTANCE:
            routes = ", ".join(f"{route.name} {route.value[:LONGEST_VALUE]}" for route in proof.routes)
            self._complain("distance", "answer", "steps", distance=f"{distance:.1e}", routes=routes)

    def _complain(self, code: str, *fields: str, **values: object) -> None:
        """A complaint at the first of these fields that the key has."""
        self._complain_at(code, self.exercise.key.at(*fields), **values)

    def _complain_at(self, code: str, place: Place, **values: object) -> None:
        at = seed_and_values(self.question.seed, drawn_text(self.exercise.key, self.filler.values))
        self.tally.note(complaint(code, place, at=at, **values), self.question.seed)

    def _recompute(self, key: NumberKey | VectorKey) -> None:
        """NumPy's and SymPy's values beside the key."""
        values = self.filler.values
        entries = [float(one) for one in ([key.exact] if isinstance(key, NumberKey) else key.exact)]
        route = _route(self.exercise)
        derived = route.value(values)
        if derived is not None and not _near(derived, entries):
            derived = route.value(values, digits=50) or derived
        if derived is not None:
            self.tally.recomputed += 1
            if not _near(derived, entries):
                shown = [", ".join(f"{float(one):.10g}" for one in row) for row in (entries, derived)]
                self._complain("symbolic", "answer", answer=shown[0], found=shown[1])
        for found in (float_route(self.exercise.key, values), derived or []):
            gaps = [abs(float(a) - b) / (1 + abs(b)) for a, b in zip(found, entries, strict=False)]
            self.tally.distance = max([self.tally.distance, *gaps])

    def _grade_key(self, *, in_full: bool) -> None:
        """The key is accepted as it is shown; what is nearly right is refused."""
        for answer in spellings(self.question):
            outcome = self.service.answer(Grade(self.question, answer, language())).outcome
            if outcome != Outcome.CORRECT:
                verdict = OUTCOMES[outcome]()
                self._complain("key-refused", "answer", "accept", "right", answer=answer, verdict=verdict)
        if not in_full and not isinstance(self.question.key, NumberKey):
            return
        self._settle(self.question.key, self.exercise.key.at("answer"))
        for answer in near_misses(self.question):
            if self._is_accepted(answer, in_full=in_full):
                fields = ("digits", "significant", "refuse", "answer", "right")
                self._complain("near-miss", *fields, answer=answer, key=self.question.answer)

    def _settle(self, key: AnswerKey, place: Place) -> None:
        """Both sides of every kink of a formula can be reached, or do not exist: answers are decided there."""
        part = unsettled_part(key) if isinstance(key, ExpressionKey) else ""
        if part:
            self._complain_at("branch-undecided", place, part=part)

    def _is_accepted(self, answer: str, *, in_full: bool) -> bool:
        """Whether an answer counts as correct: by grading it, or by the comparison of numbers that grading makes."""
        key = self.question.key
        if in_full or not isinstance(key, NumberKey):
            return self.service.answer(Grade(self.question, answer, language())).outcome == Outcome.CORRECT
        typed, exact = exactly(answer), exactly(key.exact)
        return typed is not None and exact is not None and is_correct(typed, exact, Precision.of(key))

    def _grade_mistakes(self, ask: Grade, mistakes: tuple[KnownMistake, ...], step: int | None = None) -> None:
        """Each mistake that applies, to the question or to a step, is refused and named."""
        places = dict(written_mistakes(self.exercise.key))
        fallback = self.exercise.key.at("steps")
        for mistake in mistakes:
            verdict = self.service.answer(replace(ask, answer=mistake.answer))
            place = places.get(mistake_name(mistake.name, step), fallback)
            values = {"name": mistake.name, "answer": mistake.answer}
            if verdict.outcome != Outcome.WRONG:
                outcome = OUTCOMES[verdict.outcome]()
                self._complain_at("mistake-accepted", place, **values, verdict=outcome)
            elif verdict.mistake != mistake.name:
                self._complain_at("mistake-unnamed", place, **values, found=verdict.mistake or "?")

    def _grade_steps(self) -> None:
        """Each step of a derivation is accepted as it is shown, its mistakes are refused and named."""
        earlier: list[str] = []
        key = self.exercise.key
        for number, step in enumerate(self.question.steps):
            ask = Grade(self.question, step.answer, language(), number, tuple(earlier))
            outcome = self.service.answer(ask).outcome
            # In a drawn network one line may be several steps, and their keys are the engine's.
            answer = key.steps[number].answer if key.network is None else None
            place = answer.place if answer else key.at("steps")
            self._settle(step.key, place)
            if outcome != Outcome.CORRECT:
                verdict = OUTCOMES[outcome]()
                self._complain_at("key-refused", place, answer=step.answer, verdict=verdict)
            self._grade_mistakes(ask, step.mistakes, number)
            earlier.append(step.answer)

    def _compare(self, twin: Exercise) -> None:
        """The English question can be drawn, and asks for the same."""
        drawing = draw_with_values(twin, self.question.seed, PRINTER)
        if isinstance(drawing, Undrawable):
            self.tally.note(undrawn(drawing), self.question.seed)
            return
        self._complain_of(false_equalities(_equalities(twin), drawing.filler))
        if _asked(drawing.question) != _asked(self.question):
            found = drawing.question.answer
            self._complain_at("unlike-translation", twin.sentences.place, answer=self.question.answer, found=found)

    def _complain_of(self, equalities: Iterable[FalseEquality]) -> None:
        for equality in equalities:
            self._complain_at("false-equality", equality.place, shown=equality.shown, left=equality.left)


def _near(found: list[object], entries: list[float]) -> bool:
    return len(found) == len(entries) and all(
        abs(float(a) - b) <= SYMBOLIC_TOLERANCE * (1 + abs(b))  # type: ignore[arg-type]  # numbers of mpmath, too
        for a, b in zip(found, entries, strict=True)
    )


def _number(text: str) -> float:
    """A distance as a number, 0 for a formula that nobody simplified."""
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _twin(source: PageSource, exercise: Exercise, service: Service) -> Exercise | None:
    """The same exercise with its English sentences, None where there are none."""
    page = Path(source.page)
    twin = page.parents[source.topic.count("/") + 1] / "en" / f"{source.topic}.md"
    if exercise.sentences.language == "en" or not twin.is_file():
        return None
    topic = service.topic(replace(source, translation=str(twin), language="en"))
    found = topic.exercise(exercise.id) if topic else None
    return found if found is not None and found.sentences.language == "en" else None


def _example(exercise: Exercise) -> Iterator[Complaint]:
    """The author's worked example comes out as the author worked it out."""
    example = example_of(exercise, PRINTER)
    if example is None:
        return
    question, written = example
    if isinstance(question, Undrawable):
        yield undrawn(question, EXAMPLE(drawn=question.drawn))
    elif written and Service().answer(Grade(question, written, language())).outcome != Outcome.CORRECT:
        place = next(one.place for one in exercise.key.example if one.name == "answer")
        yield complaint("example", place, written=written, computed=question.answer)


def _asked(question: Question) -> tuple[object, ...]:
    """What must not depend on the language; the term that is shown may."""
    return question.values, question.key, [step.answer for step in question.steps]
