"""The kernel in this process: for line commands, the workshop, tests, and the child process itself."""

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from studyapp.domain.exercise import Exercise, Topic
from studyapp.domain.expression import Node
from studyapp.domain.place import PageSource, Place
from studyapp.domain.question import ExamQuestion, Proof, Question, Undrawable
from studyapp.domain.text import speaking
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.drawing import draw
from studyapp.engine.plotting import area_below, curve_points, curve_slopes, descent_path, matrices, settled, surface
from studyapp.engine.proof import prove, walk
from studyapp.engine.questions.filling import Printer
from studyapp.engine.training import DigitRun
from studyapp.grading.amounts import reckoned
from studyapp.grading.code import value_on_example
from studyapp.grading.expression import refutation
from studyapp.grading.steps import grade_derivation, grade_plain, grade_step
from studyapp.grading.verdicts import UNDECIDED, bounded
from studyapp.kernel import requests
from studyapp.kernel.messages import Request, guarded
from studyapp.kernel.offering import offered
from studyapp.language import read_strict, to_tex, to_text
from studyapp.language.code import read_code
from studyapp.pages.blocks import read_blocks
from studyapp.pages.topics import read_topic

Reply = TypeVar("Reply")
PRINTER = Printer(to_text, to_tex, read_code)
MOST_TOPICS = 64
OTHER_DRAWINGS = 8  # drawings that show whether the key of an exercise can be negative


class Service:
    """Answers requests; pages stay read until their files change."""

    def __init__(self) -> None:
        self._digits = DigitRun()

    def answer(self, request: Request[Reply]) -> Reply:
        """The reply to a request. A bug of ours costs a question its key or its drawing, never the session."""
        reply: object
        match request:
            case requests.Draw(source, exercise_id, seed):
                failed = Undrawable(exercise_id, seed, "internal", "", Place(source.page))
                reply = guarded(lambda: self._draw(source, exercise_id, seed), failed)
            case requests.Offer(source, exercise_id, seed):
                failed = Undrawable(exercise_id, seed, "internal", "", Place(source.page))
                reply = guarded(lambda: self._offer(source, exercise_id, seed), failed)
            case requests.Grade():
                with speaking(request.language):
                    reply = guarded(lambda: _grade(request), undecided())
            case requests.Refute(question, answer, language):
                with speaking(language):
                    reply = guarded(lambda: refutation(question.key, answer), "")
            case requests.Prove(source, question, answers):
                reply = self._prove(source, question, answers)
            case requests.Walk(network, language):
                with speaking(language):
                    reply = walk(network, PRINTER)
            case requests.Plot():
                reply = _plot(request)
            case requests.Read(texts):
                reply = tuple(map(read_blocks, texts))
            case requests.Evaluate(text):
                reply = reckoned(text)
            case requests.TryCode(key, text, language):
                with speaking(language):
                    reply = guarded(lambda: value_on_example(key, text) or None, None)
            case requests.Survey():
                reply = _survey(request)
            case requests.Compute(texts, parameter, value, let):
                reply = requests.Matrices(matrices([_tree(text) for text in texts], _known(let, parameter, value)))
            case requests.Descend(function, variables, start, rate, steps):
                reply = requests.DescentPath(descent_path(_tree(function), variables, start, rate, steps))
            case requests.Train(training, batch, epoch):
                reply = requests.TrainingScores(epoch, self._digits.scores(training, batch, epoch))
            case _:
                raise TypeError(f"not a request: {request!r}")
        return cast("Reply", reply)  # each request names the type that its branch gives

    def topic(self, source: PageSource) -> Topic | None:
        """The topic behind a source, read again when one of its files has changed."""
        return _topic(source, *(_stamp(path) for path in (source.page, source.translation) if path))

    def _exercise(self, source: PageSource, exercise_id: str) -> Exercise | None:
        topic = self.topic(source)
        return topic.exercise(exercise_id) if topic else None

    def _draw(self, source: PageSource, exercise_id: str, seed: int) -> Question | Undrawable:
        exercise = self._exercise(source, exercise_id)
        if exercise is None:
            return Undrawable(exercise_id, seed, "missing", source.topic, Place(source.page))
        return draw(exercise, seed, PRINTER)

    def _offer(self, source: PageSource, exercise_id: str, seed: int) -> ExamQuestion | Undrawable:
        question = self._draw(source, exercise_id, seed)
        if isinstance(question, Undrawable):
            return question

        def is_wrong(answer: str, step: int | None) -> bool:
            earlier = tuple(before.answer for before in question.steps[:step])
            verdict = self.answer(requests.Grade(question, answer, question.language, step, earlier))
            return verdict.outcome is Outcome.WRONG

        def keys() -> tuple[str, ...]:
            others = (self._draw(source, exercise_id, seed + step) for step in range(1, OTHER_DRAWINGS + 1))
            return tuple(other.answer for other in others if isinstance(other, Question))

        return offered(question, is_wrong, keys)

    def _prove(self, source: PageSource, question: Question, answers: tuple[str, ...]) -> Proof:
        exercise = self._exercise(source, question.exercise)
        if exercise is None:
            return Proof(question.exercise, question.seed, (), "")
        return prove(exercise, question, PRINTER, answers)


@lru_cache(MOST_TOPICS)
def _topic(source: PageSource, *_stamps: int) -> Topic | None:
    return read_topic(source)[0]


def undecided() -> Verdict:
    """The verdict where grading failed: no attempt, as for every answer that cannot be decided."""
    return Verdict(Outcome.UNDECIDED, detail="internal", message=UNDECIDED())


def _stamp(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return -1


def _grade(request: requests.Grade) -> Verdict:
    question = request.question
    if not question.steps:
        return bounded(grade_plain(question, request.answer))
    if request.step is None:
        return bounded(grade_derivation(question, request.answer))
    return bounded(grade_step(question, request.step, request.answer, request.earlier))


def _plot(request: requests.Plot) -> requests.CurvePoints:
    curves = [read_strict(text) for text in request.curves]
    readable = [curve for curve in curves if not isinstance(curve, Unreadable)]
    values = _known(request.let, request.parameter, request.value)
    asked = readable, request.variable, request.low, request.high, request.count, values
    area = area_below(readable[0], request.variable, _tree(request.area), values) if request.area else None
    return requests.CurvePoints(curve_points(*asked), curve_slopes(*asked) if request.slopes else (), area)


def _known(let: requests.Let, parameter: str, value: float) -> dict[str, Any]:
    given = {parameter: value} if parameter else {}
    return settled([(name, _tree(text)) for name, text in let], given)


def _survey(request: requests.Survey) -> requests.Surface:
    known = _known(request.let, request.parameter, request.value)
    grid = request.variables, request.lows, request.highs, request.columns, request.rows
    return requests.Surface(surface(_tree(request.function), *grid, known))


def _tree(text: str) -> Node:
    node = read_strict(text)
    if isinstance(node, Unreadable):
        raise ValueError(text)  # noqa: TRY004 — a page whose figures were read has none such
    return node
