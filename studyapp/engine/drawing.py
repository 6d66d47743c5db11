"""From an exercise and a seed to a question: values, key, sentences, and the checks that a drawing makes of itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from studyapp.domain.exercise import Exercise, Hole, Key
from studyapp.domain.expression import Node, names_in
from studyapp.domain.kind import Kind
from studyapp.domain.limits import REDRAWS
from studyapp.domain.question import AnswerKey, KnownMistake, NumberKey, Question, TermKey, Undrawable
from studyapp.domain.text import speaking
from studyapp.domain.units import unit_asked
from studyapp.domain.values import dataclass
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.derivations.authored import authored_steps, carried_out, formula
from studyapp.engine.derivations.drawn import about_derivation, network_derivation
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions import choices, numbers
from studyapp.engine.questions.choices import drawn_scene, in_scene, losses_for, scene_of
from studyapp.engine.questions.code import coded
from studyapp.engine.questions.filling import Filler, Printer
from studyapp.engine.questions.randomness import Stream, draw_value
from studyapp.engine.questions.shown import named_values
from studyapp.engine.questions.values import Budget, Draft, Rejected, TooMuchWork, Values, exact_value, fraction_of
from studyapp.engine.rounding import PLACES, half_up


def draw(exercise: Exercise, seed: int, printer: Printer) -> Question | Undrawable:
    """The question of that seed: the same for ever, in every version.

    A drawing that misses a condition or fails its own checks is drawn again, 200 times at most.
    """
    drawing = draw_with_values(exercise, seed, printer)
    return drawing if isinstance(drawing, Undrawable) else drawing.question


@dataclass(frozen=True, slots=True)
class Drawing:
    """A question with what its holes were filled from."""

    question: Question
    filler: Filler


def draw_with_values(exercise: Exercise, seed: int, printer: Printer) -> Drawing | Undrawable:
    """The question of that seed, and the values behind it."""
    streams = {binding.name: Stream(exercise.id, seed, binding.name) for binding in exercise.key.draw}
    arranging = Stream(exercise.id, seed, "(arrangement)")
    scene = scene_of(exercise, seed)
    if scene is not None:
        sentences = in_scene(exercise.sentences, scene)
        if isinstance(sentences, Rejected):
            return Undrawable(exercise.id, seed, sentences.code, sentences.detail, sentences.place)
        exercise = replace(exercise, sentences=sentences)
    reason = Rejected("where", "", exercise.key.place)
    budget = Budget()
    for redrawn in range(REDRAWS + 1):
        values = Values(budget=budget)
        try:
            if scene is not None:
                values.bind_exact("scene", scene.name)
            for binding in exercise.key.draw:
                drawn = draw_value(values.written(binding), streams[binding.name], values.exact)
                values.bind_exact(binding.name, exact_value(drawn))
            with speaking(exercise.sentences.language):
                outcome = _question(exercise, seed, values, arranging, printer, redrawn)
        except (Problem, ArithmeticError, RecursionError) as problem:
            outcome = _failure(exercise.key, values, problem)
        if not isinstance(outcome, Rejected):
            return outcome
        reason = outcome
        if reason.final:
            break
    code = reason.code if reason.final else f"never-{reason.code}"
    return _undrawable(exercise, seed, code, reason, values)


def _undrawable(exercise: Exercise, seed: int, code: str, reason: Rejected, values: Values) -> Undrawable:
    routes = (reason.answer, reason.other, reason.point)
    drawn = drawn_text(exercise.key, values)
    return Undrawable(exercise.id, seed, code, reason.detail, reason.place, drawn, *routes)


def drawn_text(key: Key, values: Values) -> str:
    """The values that an exercise has drawn, as text."""
    exact = values.exact
    return named_values({binding.name: exact[binding.name] for binding in key.draw if binding.name in exact})


def _failure(key: Key, values: Values, problem: Exception) -> Rejected:
    source = values.source
    place = source.place if source is not None else key.place
    if isinstance(problem, TooMuchWork):
        return Rejected("too-much-work", str(problem), place, final=True)
    detail = str(problem) if isinstance(problem, Problem) else "this cannot be computed"
    if isinstance(source, Hole):
        written = f"{{{{ {source.text.strip()} }}}}"
    elif source is not None and source.name:
        written = f"{source.name}: {source.text}"
    else:
        written = source.text if source is not None else ""
    return Rejected("value", detail, place, final=True, answer=written)


def _question(
    exercise: Exercise, seed: int, values: Values, arranging: Stream, printer: Printer, redrawn: int
) -> Drawing | Rejected:
    """The question with those drawn values, or why they will not do. Raises `Problem` for a key without sense."""
    key, sentences = exercise.key, exercise.sentences
    shown = [*values.exact]
    for binding in key.let:
        values.bind(binding.name, values.written(binding))
    if not key.is_symbolic:
        for binding in key.given:
            _bind_rounded(values, binding.name, values.written(binding), key.digits)
    shown += [binding.name for binding in key.let + key.given if binding.name in values.floats]
    free = key.free_names
    for condition in key.where:
        if not (free and free & names_in(condition.expression)) and not values.meets(values.written(condition)):
            return Rejected("where", condition.text, condition.place)
    filler = Filler(values, printer, key.digits, key.significant, key.free_names, words=sentences.words)
    filler.carry_out = partial(carried_out, key=key, values=values, given={})
    draft = _draft(exercise, arranging, filler)
    if isinstance(draft, Rejected):
        return draft
    arrays = (array.name for part in (key, *map(key.part, key.steps)) for array in part.arrays)
    shown += [name for name in dict.fromkeys(arrays) if name in values.floats and name not in shown]
    if draft.options:
        values.bind_exact("answer", draft.answer)
    cases = {"", *(binding.name for binding in key.cases if values.meets(values.written(binding)))}
    fill = filler.fill
    reasons = {item.name: item.text for item in sentences.mistakes}
    prompt = "\n\n".join(part for part in (fill(sentences.prompt).strip(), draft.given) if part)
    question = Question(
        exercise=exercise.id,
        skill=key.skill,
        topic=exercise.topic,
        seed=seed,
        kind=key.kind,
        language=sentences.language,
        version=exercise.version,
        heading=sentences.heading,
        prompt=prompt,
        values=values.as_json(shown),
        key=_with_unit(draft.key, prompt),
        answer=draft.answer,
        options=draft.options,
        mistakes=tuple(
            KnownMistake(name, answer, fill(reasons.get(name, ())).strip()) for name, answer in draft.mistakes
        ),
        hints=tuple(fill(item.text).strip() for item in sentences.hints if item.name in cases),
        solution="\n\n".join(
            [fill(item.text).strip() for item in sentences.solution if item.name in cases]
            + [part for part in (draft.solution,) if part]
        ),
        convention=key.convention,
        redrawn=redrawn,
        steps=tuple(replace(step, key=_with_unit(step.key, step.ask)) for step in draft.steps),
        network=draft.network,
        folder=str(Path(sentences.place.path).parent),
    )
    return Drawing(question, filler)


def _draft(
    exercise: Exercise, arranging: Stream, filler: Filler, results: Mapping[str, str] | None = None
) -> Draft | Rejected:
    """The key of a question, or of a part of one; `results` is the code of earlier parts by name."""
    key = exercise.key
    match key.kind:
        case Kind.CHOICE | Kind.ORDER if key.network is not None:
            return about_derivation(exercise, arranging, filler)
        case Kind.NUMBER | Kind.VECTOR:
            return numbers.computed(key, filler.values)
        case Kind.EXPRESSION:
            return formula(key, filler)
        case Kind.CHOICE if key.options:
            return losses_for(exercise, drawn_scene(exercise, filler.values), arranging, filler)
        case Kind.CHOICE:
            return choices.choice(exercise, filler.values, arranging, filler)
        case Kind.ORDER:
            return choices.order(exercise, arranging, filler)
        case Kind.CODE:
            return coded(key, filler.values, results or {}, arranging, filler.printer.read_code)
        case Kind.TERM:
            return _term(exercise, filler.values)
        case Kind.DERIVATION if key.network is not None:
            return network_derivation(key, arranging, filler.printer)
        case Kind.DERIVATION:
            return authored_steps(exercise, filler, lambda part, results: _draft(part, arranging, filler, results))


def _term(exercise: Exercise, values: Values) -> Draft:
    """The terms that are right, in its scene where there are scenes: there, terms of other scenes are wrong.

    The term to show is the first one that the language of the sentences is written in.
    """
    key = exercise.key
    accepted = drawn_scene(exercise, values).accept if key.scenes else key.accept
    others = (term for scene in key.scenes for term in scene.accept)
    refused = tuple(dict.fromkeys(term for term in (*key.refuse, *others) if term not in accepted))
    shown = accepted[0]
    if exercise.sentences.language != "ja":
        shown = next((term for term in accepted if term.isascii()), shown)
    return Draft(TermKey(accepted, refused), shown)


def _bind_rounded(values: Values, name: str, expression: Node, digits: int | None) -> None:
    """A given value is rounded before anything is computed from it: what is shown is what is computed with."""
    value = values.precisely(expression)
    places = PLACES if digits is None else digits
    rounded = np.frompyfunc(lambda number: half_up(fraction_of(number), places), 1, 1)(value)
    values.bind_exact(name, rounded)


def _with_unit(key: AnswerKey, ask: str) -> AnswerKey:
    return replace(key, unit=unit_asked(ask)) if isinstance(key, NumberKey) else key


def example_of(exercise: Exercise, printer: Printer) -> tuple[Question | Undrawable, str] | None:
    """The question of the author's worked example, and the answer that the author worked out; None without one.

    The answer is an empty text where the author gave none. For a choice the author gives the number of the right
    option as written, and gets it back as the label under which it is shown.
    """
    key = exercise.key
    given = {binding.name: binding for binding in key.example}
    if not given:
        return None
    values = Values()
    try:
        for binding in key.draw:
            if binding.name in given:
                values.bind_exact(binding.name, evaluate(values.written(given[binding.name]), {}, FRACTIONS))
        outcome = _question(exercise, 0, values, Stream(exercise.id, 0, "(example)"), printer, 0)
    except (Problem, ArithmeticError, RecursionError) as problem:
        outcome = _failure(key, values, problem)
    answer = given["answer"].text if "answer" in given else ""
    if isinstance(outcome, Rejected):
        return _undrawable(exercise, 0, outcome.code, outcome, values), answer
    question = outcome.question
    if key.kind == Kind.CHOICE and answer:
        answer = ", ".join(option.label for option in question.options if str(option.number) == answer)
    return question, answer
