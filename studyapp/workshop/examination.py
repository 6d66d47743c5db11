"""Verification of single questions: each is held to everything that a learner will rely on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from studyapp.domain import question as questions
from studyapp.domain.asking import OUTCOMES
from studyapp.domain.exercise import Exercise
from studyapp.domain.place import Complaint, PageSource, Place
from studyapp.domain.question import CodeKey, NumberKey, Question, Undrawable, VectorKey
from studyapp.domain.text import language
from studyapp.domain.undrawable import NEVER, reason, seed_and_values
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.engine.code.comparison import reference_of
from studyapp.engine.code.slips import text_of
from studyapp.engine.drawing import draw_with_values, drawn_text
from studyapp.engine.proof import prove
from studyapp.engine.questions.compiled import SymbolicRoute, float_route
from studyapp.engine.questions.filling import Filler
from studyapp.engine.rounding import Precision, plain
from studyapp.grading.amounts import exactly, is_correct
from studyapp.grading.formulas import unsettled_part
from studyapp.kernel.requests import Grade
from studyapp.kernel.service import PRINTER, Service
from studyapp.workshop.complaining import Fault
from studyapp.workshop.equalities import Equality, FalseEquality, equalities_in, false_equalities, false_in_text
from studyapp.workshop.pictures import unshown_pictures
from studyapp.workshop.rules.registry import templates_of
from studyapp.workshop.tally import Tally, mistake_name, written_mistakes

TRANSLATED = 2  # seeds for which the English question is compared with the Japanese one: its facts are the same file's
PROVED = 3  # questions whose near misses are graded in full: reading and diagnosis are the same for every seed
MISMATCHES = ("check", "check-undecided", "float")
"""Codes of drawings that fail because two routes to the key disagree, or cannot be compared."""
LARGEST_DISTANCE = 1e-9
LONGEST_VALUE = 20  # characters of a value in a list of routes
SYMBOLIC_TOLERANCE = 1e-9
"""Relative; a key that floats miss by more is recomputed with 50 digits before anything is said of it."""
MOST_PICKED = 6
NEAR_INTEGER = Decimal("0.4")  # added to an integer key: rounding would take it for the key
MOST_SURVIVORS = 3  # slips of one key that are complained of
MOST_ROUTES = 256
_ROUTES: dict[tuple[str, str], SymbolicRoute] = {}
"""SymPy's route of each exercise by id and version, derived once in each process."""


def examine(source: PageSource, exercise: Exercise, seeds: range, service: Service) -> Tally:
    """What the questions of some seeds show, each by itself."""
    tally, twin, equalities = Tally(), _twin(source, exercise, service), _equalities(exercise)
    for seed in seeds:
        drawing = draw_with_values(exercise, seed, PRINTER)
        if isinstance(drawing, Undrawable):
            tally.note(undrawn(drawing), seed)
            break
        examination = _Examination(exercise, twin, service, tally, drawing.question, drawing.filler, equalities)
        examination.run(seed - seeds.start)
    return tally


def _twin(source: PageSource, exercise: Exercise, service: Service) -> Exercise | None:
    path = source.file_in("en")
    if exercise.sentences.language == "en" or not path.is_file():
        return None
    topic = service.topic(replace(source, translation=str(path), language="en"))
    twin = topic.exercise(exercise.id) if topic else None
    return twin if twin is not None and twin.sentences.language == "en" else None


def _equalities(exercise: Exercise) -> tuple[Equality, ...]:
    return equalities_in(templates_of(exercise.sentences), natural_log=exercise.key.convention.log in ("", "e"))


def undrawn(drawing: Undrawable, at: str = "") -> Complaint:
    """Why there is no question; two routes to the key that disagree are a fault of their own."""
    message, hint = reason(drawing)
    fault = Fault.MISMATCH if drawing.code.removeprefix(NEVER) in MISMATCHES else Fault.UNDRAWABLE
    at = at or seed_and_values(drawing.seed, drawing.drawn)
    return fault.at(drawing.place, at=at, reason=message, advice=hint)


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

    def run(self, before: int) -> None:
        """Hold the question to everything; `before` is how many were examined already."""
        question, key = self.question, self.question.key
        self.tally.count(question)
        false = list(false_equalities(self.equalities, self.filler))
        if before < PROVED and question.network is not None:  # what the engine writes
            false += false_in_text(question.solution, self._at("network"))
        self._complain_of(false)
        self._complain_of_pictures(self.exercise, question)
        if self.exercise.key.answer is not None and isinstance(key, NumberKey | VectorKey):
            self._recompute(key)
        elif before < (1 if question.network is None else PROVED):
            self._prove()
        if before == 0:  # the arrays on which code is tried are the same for every seed
            self._try_slips()
        if question.steps:
            self._grade_steps()
        else:
            self._grade_key(in_full=before < PROVED)
            self._grade_mistakes(question.mistakes)
        if before < TRANSLATED and self.twin is not None:
            self._compare(self.twin)

    def _at(self, *fields: str) -> Place:
        return self.exercise.key.at(*fields)

    def _complain(self, fault: Fault, place: Place, **values: Any) -> None:
        at = seed_and_values(self.question.seed, drawn_text(self.exercise.key, self.filler.values))
        self.tally.note(fault.at(place, at=at, **values), self.question.seed)

    def _complain_of(self, equalities: Iterable[FalseEquality]) -> None:
        for equality in equalities:
            self._complain(Fault.FALSE_EQUALITY, equality.place, shown=equality.shown, left=equality.left)

    def _complain_of_pictures(self, exercise: Exercise, question: Question) -> None:
        for place, found, why in unshown_pictures(exercise, question):
            self._complain(Fault.PICTURE, place, found=found, reason=why)

    def _verdict(self, answer: str, step: int | None = None, earlier: tuple[str, ...] = ()) -> Verdict:
        return self.service.answer(Grade(self.question, answer, language(), step, earlier))

    def _prove(self) -> None:
        """The distance between all routes to the key; of a derivation, to each gradient in its network."""
        proof = prove(self.exercise, self.question, PRINTER)
        try:
            distance = float(proof.distance or 0)
        except ValueError:  # a formula that could not be simplified to a number
            distance = 0.0
        self.tally.distance = max(self.tally.distance, distance)
        if distance > LARGEST_DISTANCE:
            routes = ", ".join(f"{route.name} {route.value[:LONGEST_VALUE]}" for route in proof.routes)
            self._complain(Fault.DISTANCE, self._at("answer", "steps"), distance=f"{distance:.1e}", routes=routes)

    def _try_slips(self) -> None:
        """Every slip of a key of code is told from it on the arrays, unless it is the same by algebra."""
        question, key = self.question, self.exercise.key
        asked = [(step.key, part.answer) for step, part in zip(question.steps, key.steps, strict=False)]
        for code, answer in asked or [(question.key, key.answer)]:
            ready = reference_of(code, PRINTER.read_code) if isinstance(code, CodeKey) else ""
            if isinstance(ready, str) or answer is None:
                continue
            for slip in ready.survivors()[:MOST_SURVIVORS]:
                self._complain(Fault.SLIP_SURVIVES, answer.place, slip=text_of(slip.tree))

    def _recompute(self, key: NumberKey | VectorKey) -> None:
        values = self.filler.values
        entries = [float(one) for one in ([key.exact] if isinstance(key, NumberKey) else key.exact)]
        name = (self.exercise.id, self.exercise.version)
        if name not in _ROUTES:
            if len(_ROUTES) >= MOST_ROUTES:
                _ROUTES.clear()
            _ROUTES[name] = SymbolicRoute(self.exercise.key)
        derived = _ROUTES[name].value(values)
        if derived is not None and not _near(derived, entries):
            derived = _ROUTES[name].value(values, digits=50) or derived
        if derived is not None and not _near(derived, entries):
            derived = _ROUTES[name].exactly(values) or derived
        if derived is not None and not _near(derived, entries):
            shown = [", ".join(f"{float(one):.10g}" for one in row) for row in (entries, derived)]
            self._complain(Fault.SYMBOLIC, self._at("answer"), answer=shown[0], found=shown[1])
        for computed in (float_route(self.exercise.key, values), derived or []):
            gaps = [abs(float(a) - b) / (1 + abs(b)) for a, b in zip(computed, entries, strict=False)]
            self.tally.distance = max([self.tally.distance, *gaps])

    def _grade_key(self, *, in_full: bool) -> None:
        """The key, and every other spelling of a term, is accepted as it is shown; what is nearly right is refused."""
        key, answer = self.question.key, self.question.answer
        for spelling in (answer, *(key.accept if isinstance(key, questions.TermKey) else ())):
            self._accept(self._verdict(spelling), spelling, self._at("answer", "accept", "right"))
        if not in_full and not isinstance(key, NumberKey):
            return
        self._settle(key, self._at("answer"))
        for near in near_misses(self.question):
            if self._is_accepted(near, in_full=in_full):
                place = self._at("digits", "significant", "refuse", "answer", "right")
                self._complain(Fault.NEAR_MISS, place, answer=near, key=answer)

    def _accept(self, verdict: Verdict, answer: str, place: Place) -> None:
        if verdict.outcome != Outcome.CORRECT:
            self._complain(Fault.KEY_REFUSED, place, answer=answer, verdict=OUTCOMES[verdict.outcome]())

    def _settle(self, key: questions.AnswerKey, place: Place) -> None:
        """Both sides of every kink of a formula can be reached, or do not exist: answers are decided there."""
        if part := unsettled_part(key) if isinstance(key, questions.ExpressionKey) else "":
            self._complain(Fault.BRANCH_UNDECIDED, place, part=part)

    def _is_accepted(self, answer: str, *, in_full: bool) -> bool:
        """Whether an answer counts as correct: by grading it, or by the comparison of numbers that grading makes."""
        key = self.question.key
        if in_full or not isinstance(key, NumberKey):
            return self._verdict(answer).outcome == Outcome.CORRECT
        typed, exact = exactly(answer), exactly(key.exact)
        return typed is not None and exact is not None and is_correct(typed, exact, Precision.of(key))

    def _grade_mistakes(
        self, mistakes: tuple[questions.KnownMistake, ...], step: int | None = None, earlier: tuple[str, ...] = ()
    ) -> None:
        places = written_mistakes(self.exercise.key)
        for mistake in mistakes:
            verdict = self._verdict(mistake.answer, step, earlier)
            place = places.get(mistake_name(mistake.name, step)) or self._at("steps")
            values = {"name": mistake.name, "answer": mistake.answer}
            if verdict.outcome != Outcome.WRONG:
                self._complain(Fault.MISTAKE_ACCEPTED, place, **values, verdict=OUTCOMES[verdict.outcome]())
            elif verdict.mistake != mistake.name:
                self._complain(Fault.MISTAKE_UNNAMED, place, **values, found=verdict.mistake or "?")

    def _grade_steps(self) -> None:
        key = self.exercise.key
        for number, step in enumerate(self.question.steps):
            earlier = tuple(before.answer for before in self.question.steps[:number])
            # In a drawn network one line may be several steps, and their keys are the engine's.
            answer = key.steps[number].answer if key.network is None else None
            place = answer.place if answer else self._at("steps")
            self._settle(step.key, place)
            self._accept(self._verdict(step.answer, number, earlier), step.answer, place)
            self._grade_mistakes(step.mistakes, number, earlier)

    def _compare(self, twin: Exercise) -> None:
        drawing = draw_with_values(twin, self.question.seed, PRINTER)
        if isinstance(drawing, Undrawable):
            self.tally.note(undrawn(drawing), self.question.seed)
            return
        self._complain_of(false_equalities(_equalities(twin), drawing.filler))
        self._complain_of_pictures(twin, drawing.question)
        if _asked(drawing.question) != _asked(self.question):
            values = {"answer": self.question.answer, "found": drawing.question.answer}
            self._complain(Fault.UNLIKE_TRANSLATION, twin.sentences.place, **values)


def _near(computed: list[object], entries: list[float]) -> bool:
    return len(computed) == len(entries) and all(
        abs(float(a) - b) <= SYMBOLIC_TOLERANCE * (1 + abs(b))  # type: ignore[arg-type]  # numbers of mpmath, too
        for a, b in zip(computed, entries, strict=True)
    )


def _asked(question: Question) -> tuple[object, ...]:
    """What must not depend on the language; the term that is shown may."""
    return question.values, question.key, [step.answer for step in question.steps]


def near_misses(question: Question) -> Iterator[str]:
    """Answers as they could be typed: a unit of the last place off, the sign flipped, another option, another order."""
    match question.key:
        case NumberKey() as key:
            yield from _near_number(key, question.answer)
        case VectorKey() as key:
            yield from _near_vector(key)
        case questions.ExpressionKey():
            yield f"({question.answer}) + 1"
            if question.answer.strip() not in ("0", ""):
                yield f"-({question.answer})"
        case questions.CodeKey():
            yield f"({question.answer}) + 1"
        case questions.ChoiceKey(options, right, several):
            yield from [label for label in options if label not in right][:MOST_PICKED]
            if several and len(right) > 1:
                yield ", ".join(right[1:])
        case questions.OrderKey(right):
            yield " ".join(reversed(right))
            yield " ".join((*right[:-2], right[-1], right[-2]))
        case questions.TermKey(_, refuse):
            yield from refuse


def _near_number(key: NumberKey, answer: str) -> Iterator[str]:
    """The key a unit up and down, with the other sign, and of an integer with a fraction or cut; none that is right."""
    value, shown = Fraction(Decimal(key.exact)), Decimal(answer)
    unit = Decimal(1).scaleb(-Precision.of(key).places(value))  # 1446 to 3 significant digits: tens
    for near in (shown + unit, shown - unit, -shown):
        if abs(Fraction(near) - value) > Fraction(unit) / 2:
            yield plain(near)
    if key.is_exact:
        yield plain(shown + NEAR_INTEGER)
        if shown % 10:
            yield plain(shown - shown % 10)


def _near_vector(key: VectorKey) -> Iterator[str]:
    entries = [Decimal(one) for one in key.exact]
    units = [Decimal(1).scaleb(-Precision.of(key).places(Fraction(one))) for one in entries]
    yield _typed([*entries[:-1], entries[-1] + units[-1]], key.columns)
    if key.is_exact:
        yield _typed([*entries[:-1], entries[-1] + NEAR_INTEGER], key.columns)
    if any(abs(2 * one) > unit / 2 for one, unit in zip(entries, units, strict=True)):
        yield _typed([-one for one in entries], key.columns)


def _typed(entries: list[Decimal], columns: int) -> str:
    texts = [plain(one) for one in entries]
    if columns:
        rows = [texts[start : start + columns] for start in range(0, len(texts), columns)]
        texts = [f"({', '.join(row)})" for row in rows]
    return f"({', '.join(texts)})"
