"""From an exercise and a seed to a question: values, key, sentences, and the checks that a drawing makes of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from studyapp.domain.exercise import Binding, Exercise, Hole, Item, Key
from studyapp.domain.expression import Node, names_in
from studyapp.domain.kind import Kind
from studyapp.domain.limits import REDRAWS
from studyapp.domain.question import (
    AnswerKey,
    KnownMistake,
    NumberKey,
    Question,
    ShownOption,
    Step,
    TermKey,
    Undrawable,
)
from studyapp.domain.units import unit_asked
from studyapp.domain.words import words_for
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.algebras.exact import FRACTIONS
from studyapp.engine.derivations.authored import authored_steps
from studyapp.engine.derivations.drawn import network_derivation
from studyapp.engine.derivations.texts import about_derivation
from studyapp.engine.interpretation import evaluate
from studyapp.engine.questions import choices, numbers
from studyapp.engine.questions import formulas as formulas_drawn
from studyapp.engine.questions.choices import in_scene, losses_for, scene_of
from studyapp.engine.questions.filling import Filler, Printer
from studyapp.engine.questions.randomness import Stream, draw_value
from studyapp.engine.questions.shown import named_values
from studyapp.engine.questions.values import Budget, Rejected, TooMuchWork, Values, decimal_of, exact_value


def draw(exercise: Exercise, seed: int, printer: Printer) -> Question | Undrawable:
    """The question of that seed: the same for ever, in every version.

    A drawing that misses a condition or fails its own checks is drawn again, 200 times at most.
    """
    drawing = draw_with_values(exercise, seed, printer)
    return drawing if isinstance(drawing, Undrawable) else drawing.question


def drawn_values(exercise: Exercise, seed: int, printer: Printer) -> Values | None:
    """The values behind the question of that seed, None where there is no question."""
    drawing = draw_with_values(exercise, seed, printer)
    return None if isinstance(drawing, Undrawable) else drawing.filler.values


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
    return Undrawable(
        exercise.id,
        seed,
        code,
        reason.detail,
        reason.place,
        drawn_text(exercise.key, values),
        reason.answer,
        reason.other,
        reason.point,
    )


def drawn_text(key: Key, values: Values) -> str:
    """The values that an exercise has drawn, as text."""
    exact = values.exact
    return named_values({binding.name: exact[binding.name] for binding in key.draw if binding.name in exact})


def _failure(key: Key, values: Values, problem: Exception) -> Rejected:
    """Why the line or hole that was computed last could not be computed."""
    source = values.source
    place = source.place if source is not None else key.place
    if isinstance(problem, TooMuchWork):
        return Rejected("too-much-work", str(problem), place, final=True)
    detail = str(problem) if isinstance(problem, Problem) else "this cannot be computed"
    if isinstance(source, Hole):
        written = f"{{{{ {source.text.strip()} }}}}"
    elif isinstance(source, Binding):
        written = f"{source.name}: {source.text}"
    else:
        written = source.text if source is not None else ""
    return Rejected("value", detail, place, final=True, answer=written)


def _question(
    exercise: Exercise, seed: int, values: Values, arranging: Stream, printer: Printer, redrawn: int
) -> Drawing | Rejected:
    """The question with those drawn values, or why they will not do. Raises `Problem` for a key without sense."""
    key = exercise.key
    shown = [*values.exact]
    for binding in key.let:
        values.bind(binding.name, values.written(binding))
    symbolic = key.kind == Kind.DERIVATION and key.digits is None and key.significant is None
    if key.kind != Kind.EXPRESSION and not symbolic:
        for binding in key.given:
            _bind_rounded(values, binding.name, values.written(binding), key.digits)
    shown += [binding.name for binding in key.let + key.given if binding.name in values.floats]
    free = key.free_names
    for condition in key.where:
        if not (free and free & names_in(condition.expression)) and not values.meets(values.written(condition)):
            return Rejected("where", condition.text, condition.place)
    draft = _draft(exercise, values, arranging, printer)
    if isinstance(draft, Rejected):
        return draft
    cases = {binding.name for binding in key.cases if values.meets(values.written(binding))}
    fill = draft.filler.fill
    sentences = exercise.sentences
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
        mistakes=tuple(_explained(exercise, name, answer, draft.filler) for name, answer in draft.mistakes),
        hints=tuple(fill(item.text).strip() for item in sentences.hints if _applies(item, cases)),
        solution="\n\n".join(
            [fill(item.text).strip() for item in sentences.solution if _applies(item, cases)]
            + [part for part in (draft.solution,) if part]
        ),
        convention=key.convention,
        redrawn=redrawn,
        steps=tuple(replace(step, key=_with_unit(step.key, step.ask)) for step in draft.steps),
        network=draft.network,
    )
    return Drawing(question, draft.filler)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a kind makes of the values: key, typed answer, living mistakes, options, and the filler of its holes.

    `given` and `solution` are what the engine adds to the author's sentences, where it has drawn a network.
    """

    key: AnswerKey
    answer: str
    filler: Filler
    mistakes: tuple[tuple[str, str], ...] = ()
    options: tuple[ShownOption, ...] = ()
    steps: tuple[Step, ...] = ()
    network: dict[str, Any] | None = None
    given: str = ""
    solution: str = ""


def _draft(exercise: Exercise, values: Values, arranging: Stream, printer: Printer) -> Draft | Rejected:
    key = exercise.key
    filler = Filler(values, printer, key.digits, key.significant)
    match key.kind:
        case Kind.CHOICE | Kind.ORDER if key.network is not None:
            return _about_derivation(exercise, arranging, filler)
        case Kind.NUMBER | Kind.VECTOR:
            computed = numbers.computed(key, values)
            if isinstance(computed, Rejected):
                return computed
            return Draft(computed.key, computed.answer, filler, computed.mistakes)
        case Kind.EXPRESSION:
            formula = formulas_drawn.formula(key, values, printer)
            if isinstance(formula, Rejected):
                return formula
            filler.symbols = key.free_names
            filler.formulas = {**formula.given, "answer": formula.reference}
            filler.carry_out = partial(formulas_drawn.carried_out, key=key, values=values, given=formula.given)
            return Draft(formula.key, formula.answer, filler, formula.mistakes)
        case Kind.CHOICE if key.options:
            return _among_losses(exercise, values, arranging, filler)
        case Kind.CHOICE:
            chosen = choices.choice(exercise, values, arranging, filler)
        case Kind.ORDER:
            chosen = choices.order(exercise, arranging, filler)
        case Kind.TERM:
            return Draft(TermKey(key.accept, key.refuse), _term_in_language(exercise), filler)
        case Kind.DERIVATION:
            return _derived(exercise, arranging, filler)
    return chosen if isinstance(chosen, Rejected) else _among_options(chosen, filler)


def _among_options(chosen: choices.Chosen, filler: Filler) -> Draft:
    """A choice or an order; holes may name its answer."""
    filler.values.bind_exact("answer", chosen.answer)
    return Draft(chosen.key, chosen.answer, filler, options=chosen.options)


def _term_in_language(exercise: Exercise) -> str:
    """The accepted term to show: the first one that the language of the sentences is written in."""
    accepted = exercise.key.accept
    if exercise.sentences.language == "ja":
        return accepted[0]
    return next((term for term in accepted if term.isascii()), accepted[0])


def _derived(exercise: Exercise, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """A derivation; its key is that of its last step."""
    if exercise.key.network is None:
        steps = authored_steps(exercise, filler.values, filler)
        return steps if isinstance(steps, Rejected) else _stepwise(steps, filler)
    words = words_for(exercise.sentences.language).derivation
    derived = network_derivation(exercise.key, arranging, filler.printer, words)
    if isinstance(derived, Rejected):
        return derived
    draft = _stepwise(derived.steps, filler)
    return replace(draft, network=derived.json, given=derived.given, solution=derived.solution)


def _stepwise(steps: tuple[Step, ...], filler: Filler) -> Draft:
    """The key is that of the last step; the answer has one line for each."""
    return Draft(steps[-1].key, "\n".join(step.answer for step in steps), filler, steps=steps)


def _about_derivation(exercise: Exercise, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """A choice or an order about a derivation in a drawn network."""
    words = words_for(exercise.sentences.language).derivation
    about = about_derivation(exercise, arranging, filler, words)
    if isinstance(about, Rejected):
        return about
    draft = _among_options(about.chosen, filler)
    return replace(draft, network=about.json, given=about.given, solution=about.solution)


def _among_losses(exercise: Exercise, values: Values, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """A choice among the losses of the catalogue, for the scene that was drawn."""
    scene = next(scene for scene in exercise.key.scenes if scene.name == values.exact["scene"])
    words = words_for(exercise.sentences.language).scenes
    fitting = losses_for(exercise, scene, arranging, filler, words)
    if isinstance(fitting, Rejected):
        return fitting
    return replace(_among_options(fitting.chosen, filler), solution=fitting.solution)


def _bind_rounded(values: Values, name: str, expression: Node, digits: int | None) -> None:
    """A given value is rounded before anything is computed from it: what is shown is what is computed with."""
    value = values.precisely(expression)
    places = 4 if digits is None else digits
    rounded = np.frompyfunc(lambda number: FRACTIONS.number(decimal_of(number, places)), 1, 1)(value)
    values.bind_exact(name, rounded)


def _with_unit(key: AnswerKey, ask: str) -> AnswerKey:
    """The key of a number with the measure that is asked for."""
    return replace(key, unit=unit_asked(ask)) if isinstance(key, NumberKey) else key


def _applies(item: Item, cases: set[str]) -> bool:
    return not item.name or item.name in cases


def _explained(exercise: Exercise, name: str, answer: str, filler: Filler) -> KnownMistake:
    sentence = next((item.text for item in exercise.sentences.mistakes if item.name == name), ())
    return KnownMistake(name, answer, filler.fill(sentence).strip())


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
