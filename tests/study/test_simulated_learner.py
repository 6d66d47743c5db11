"""Eight weeks of a simulated learner, planned by the app: everything is met, and met once more before the exam."""

from statistics import fmean

import pytest

from studyapp.study.daily import SWEEP_DAYS

from .simulated import EXAM, PLANS, SKILLS, WEAKER, live, table

LEARNERS = range(4)
MEMORIES = pytest.mark.parametrize("weakness", [1.0, WEAKER], ids=["as-fsrs", "weaker"])


def runs(plan: str, weakness: float):
    planner, restart = PLANS[plan]
    return [live(planner, weakness=weakness, seed=seed, restart=restart) for seed in LEARNERS]


@MEMORIES
def test_every_skill_is_met_and_met_again_in_the_last_ten_days(weakness):
    for run in runs("studyapp", weakness):
        assert set(run.memories) == set(SKILLS)
        assert all(0 < (EXAM - run.lasts[skill]).days <= SWEEP_DAYS for skill in SKILLS)


@MEMORIES
def test_more_is_recalled_on_the_day_of_the_exam_than_after_fixed_intervals(weakness):
    planned, fixed = (fmean(run.on_exam_day for run in runs(name, weakness)) for name in ("studyapp", "fixed 1-3-7-14"))
    assert planned > fixed


@MEMORIES
def test_no_day_asks_for_more_than_twice_the_mean(weakness):
    for run in runs("studyapp", weakness):
        assert max(run.asked) <= 2 * fmean(run.asked)


@pytest.mark.deep
def test_the_table_of_forty_learners():
    """Told with `pytest -m deep tests/study/test_simulated_learner.py -s`."""
    report = table(40)
    print(f"\n{report}")  # noqa: T201 — reported by the deep run
    assert len(report.splitlines()) == 1 + 2 * len(PLANS)
