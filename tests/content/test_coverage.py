"""The course covers its ground: every row of the source documents is taught, every ★ skill is an exercise."""

from pathlib import Path

import pytest
import yaml

from studyapp.domain.syllabus import ITEMS, OPTIONAL, SECTIONS
from studyapp.study.blueprint import coverage

ASKED = yaml.safe_load(Path(__file__).with_name("asked_skills.yaml").read_text(encoding="utf-8"))
ROWS = frozenset(
    f"{document}-{row}" for document, last in ((0, 18), (1, 26), (2, 29), (3, 15)) for row in range(1, last + 1)
)
TECHNICAL = {*range(7, 35), 37}
"""Items of the G検定: others ask for history, projects, law and ethics."""
WORDS_ALONE = {"E5.4"}
EXAMINED = SECTIONS.keys() - WORDS_ALONE - OPTIONAL
SKILLS = """
mse-mean half-sse sq-convention mae rmse msle rmsle huber outlier-effect quantile-loss poisson-nll
gauss-nll ce-onehot ce-soft bce bce-vs-ce ce-batch ce-index ce-logits ce-epsilon ce-compare ce-baseline
entropy kl ce-h-kl js wasserstein-1d hinge hinge-multi focal label-smoothing contrastive triplet
triplet-type metric-net circle infonce arcface recon vae-kl elbo reparam gan-value wgan gen-diagnose
choose-loss why-not-accuracy loss-terms grad-sq grad-softmax-ce grad-sigmoid grad-robust saturation
partial chain-1 chain-multi numgrad grad-check forward-mlp delta-out delta-hidden grad-w grad-b
backprop-full backprop-order branch-sum shapes vanish gd-step gd-sign gd-run least-squares critical-point
minibatch-grad epoch-count sampling log-cosh fit-compare overfit softmax
"""


def test_every_row_is_taught_by_some_page(course):
    taught = {row for topic in course.topics for row in topic.covers}
    assert taught == ROWS


def test_every_skill_is_an_exercise_with_that_id(course):
    exercises = {exercise.id for topic in course.topics for exercise in topic.exercises}
    assert exercises >= set(SKILLS.split())


@pytest.mark.parametrize(("page", "skills"), ASKED.items(), ids=ASKED)
def test_every_skill_that_exams_often_ask_for_is_drilled_on_its_page(course, page, skills):
    drilled = course.topic(page).skills
    assert set(skills) <= set(drilled)
    assert all(len(course.skills[skill]) >= 2 for skill in skills), "each has a second surface"


def test_what_can_be_computed_is_taught_drilled_and_examined_and_nothing_else_is_claimed(course):
    rows = {row.item: row for row in coverage(course)}
    assert all(row.taught == row.drilled for row in rows.values())
    assert {item for item in ITEMS if rows[item].examined} == {item for item in ITEMS if rows[item].taught} == TECHNICAL
    taught = {section for section in SECTIONS if rows[section].taught}
    assert (taught, {section for section in SECTIONS if rows[section].examined}) == (
        SECTIONS.keys() - WORDS_ALONE,
        EXAMINED,
    )


def test_an_exercise_asks_about_an_item_of_its_page(course):
    for topic in course.topics:
        assert {entry.item for entry in topic.exercises} <= {None, *topic.item}, topic.id


def test_most_skills_have_two_templates_or_more(course):
    skills = SKILLS.split()
    several = [skill for skill in skills if len(course.skills[skill]) >= 2]
    assert len(several) > 0.75 * len(skills)


def test_every_page_stands_in_both_languages(course):
    assert [topic.id for topic in course.topics if set(topic.titles) != {"ja", "en"}] == []
