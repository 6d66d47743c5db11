"""Picking a loss for a task: the scenes of the course, held against the facts of the catalogue."""

from functools import cache

import pytest

from studyapp.domain.question import Question
from studyapp.domain.text import set_language
from studyapp.engine.catalogue.families import CATALOGUE, broken_facts, choice_for
from studyapp.engine.drawing import draw
from studyapp.engine.questions.choices import NUMBERS, OUTPUTS, SHOWN
from studyapp.kernel.service import PRINTER
from tests.content.pages import CONTENT, topic

PAGE = CONTENT / "ja" / "losses" / "choosing.md"
NAMES = {number: CATALOGUE[name] for name, number in NUMBERS.items()}


def exercises(language):
    set_language(language)
    return [exercise for exercise in topic(PAGE, language).exercises if exercise.key.options]


@cache
def drawn(exercise_id, seed) -> Question:
    exercise = next(exercise for exercise in exercises("ja") if exercise.id == exercise_id)
    question = draw(exercise, seed, PRINTER)
    assert isinstance(question, Question)
    return question


SCENES = [(exercise, scene) for exercise in exercises("ja") for scene in exercise.key.scenes]


def test_there_are_at_least_forty_scenes_and_no_two_say_the_same():
    texts = [item.text for exercise in exercises("ja") for item in exercise.sentences.scenes]
    assert len(SCENES) >= 40
    assert len(set(texts)) == len(texts) == len(SCENES)


@pytest.mark.parametrize(("exercise", "scene"), SCENES, ids=lambda one: getattr(one, "name", "in"))
def test_a_scene_is_drawn_and_offers_one_loss_that_fits_and_three_that_do_not(exercise, scene):
    questions = (drawn(exercise.id, seed) for seed in range(2000))
    question = next(question for question in questions if question.values["scene"] == scene.name)
    fitting = [option for option in question.options if not broken_facts(NAMES[option.number], scene.facts)]
    assert len(question.options) == SHOWN
    assert [NAMES[one.number] for one in fitting] == [choice_for(scene.facts).right]
    assert question.key.right == (fitting[0].label,)
    assert fitting[0].said == ""
    sentence = {item.name: item.text[0] for item in exercise.sentences.mistakes}
    for one in question.options:
        if one is not fitting[0]:
            assert one.said.startswith(sentence[broken_facts(NAMES[one.number], scene.facts)[0]].strip())
    assert f"**{fitting[0].text}**" in question.solution


@pytest.mark.parametrize("exercise", exercises("ja"), ids=lambda one: one.id)
def test_losses_that_fit_as_well_as_the_usual_one_are_never_shown(exercise):
    for seed in range(300):
        question = drawn(exercise.id, seed)
        scene = next(one for one in exercise.key.scenes if one.name == question.values["scene"])
        shown = {NAMES[option.number].name for option in question.options}
        fitting = {name for name, entry in CATALOGUE.items() if entry.facts and not broken_facts(entry, scene.facts)}
        assert len(shown & fitting) == 1


@pytest.mark.parametrize(
    ("scene", "right", "never"),
    [
        ("power", "mse", {"gaussian_nll", "half_sse", "rmse"}),
        ("rent", "mae", {"huber", "log_cosh", "pinball"}),
        ("pets", "cross_entropy", {"kl_divergence", "sparse_cross_entropy"}),
        ("spam", "binary_cross_entropy", {"focal"}),
    ],
)
def test_of_losses_that_are_much_the_same_the_usual_one_is_right(scene, right, never):
    facts = next(one.facts for _, one in SCENES if one.name == scene)
    choice = choice_for(facts)
    assert choice.right.name == right
    assert not never & {entry.name for entry, _ in choice.wrong}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_for_classes_an_option_is_a_pair_of_output_and_loss_in_both_languages(language):
    exercise = next(one for one in exercises(language) if one.id == "choose-loss-classes")
    pairs = {output() for output in OUTPUTS.values()}
    for seed in range(40):
        for option in draw(exercise, seed, PRINTER).options:
            assert any(unit and option.text.startswith(unit) for unit in pairs), option.text


def test_both_languages_draw_the_same_scene_with_the_same_options():
    for one, twin in zip(exercises("ja"), exercises("en"), strict=True):
        for seed in range(20):
            a, b = draw(one, seed, PRINTER), draw(twin, seed, PRINTER)
            assert (a.values, a.key) == (b.values, b.key)
            assert [option.number for option in a.options] == [option.number for option in b.options]
            assert a.prompt != b.prompt
