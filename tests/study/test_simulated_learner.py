"""Simulated learners, planned by the app: days as long as asked, everything taught, and met once more at the end."""

from statistics import fmean

import pytest

from studyapp.study.daily import SWEEP_DAYS

from .simulated import EXAM, LEARNERS, PLANS, WEAKER, by_time, live, table

SEEDS = range(2)
KINDS = pytest.mark.parametrize("kind", LEARNERS)


@KINDS
def test_seven_days_of_thirty_minutes_take_thirty_minutes_each_and_teach_before_they_ask(kind):
    for seed in SEEDS:
        run = live(by_time, LEARNERS[kind], seed=seed, days=7)
        assert all(27 <= minutes <= 33 for minutes in (*run.planned, *run.used)), (run.planned, run.used)
        assert run.untaught == set()


@KINDS
def test_what_was_met_is_met_again_in_the_last_ten_days(kind):
    run = live(by_time, LEARNERS[kind])
    assert all(0 < (EXAM - run.lasts[skill]).days <= SWEEP_DAYS for skill in run.memories)


def test_more_is_recalled_on_the_day_of_the_exam_than_with_so_many_new_skills_a_day():
    plans = {
        name: fmean(live(PLANS[name][0], LEARNERS["fast"], weakness=WEAKER, seed=seed).on_exam_day for seed in SEEDS)
        for name in ("by time", "so many new a day", "fixed 1-3-7-14")
    }
    assert plans["by time"] > max(plans["so many new a day"], plans["fixed 1-3-7-14"])


@pytest.mark.deep
def test_the_table_of_forty_learners():
    """Told with `pytest -m deep tests/study/test_simulated_learner.py -s`."""
    rows = table(40)
    print(f"\n{rows}")
    assert len(rows.splitlines()) == 1 + 2 * len(LEARNERS) * len(PLANS)
