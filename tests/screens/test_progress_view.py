"""Progress as lines: bars, calendar, prediction and fact, the day of the exam. Every part is a pure function."""

from datetime import date, timedelta
from functools import partial

import pytest

from studyapp.domain.text import set_language
from studyapp.screens.progress import (
    Progress,
    area_lines,
    bar,
    calendar_lines,
    exam_lines,
    forecast_lines,
    level,
    mistake_lines,
    plan_lines,
    progress_lines,
    readiness_lines,
    retention_lines,
    week_lines,
)
from studyapp.study.daily import DayPlan
from studyapp.study.progress import interval
from studyapp.study.readiness import Expected, Readiness
from studyapp.typeset.document import plain_text
from studyapp.typeset.width import cells

TODAY = date(2026, 11, 9)
NONE = {"attempts": 0, "correct": 0, "first_attempts": 0, "first_correct": 0, "active_ms": 0}
COUNT = {"attempts": 90, "correct": 60, "first_attempts": 80, "first_correct": 60, "active_ms": 3_600_000}
NUMBERS = {
    "day": TODAY.isoformat(),
    **COUNT,
    "levels": {"begun": 3, "learned": 20, "mastered": 1200},
    "days": [{"day": "2026-11-08"}],
    "forecast": [{"day": (TODAY + timedelta(days=day)).isoformat(), "due": day * 70} for day in range(14)],
    "calendar": [
        {"day": (TODAY - timedelta(days=27 - day)).isoformat(), "attempts": (day % 5) * 300} for day in range(28)
    ],
    "retention": [
        {"low": 0.5, "high": 0.7, "answers": 5, "predicted": 0.66, "recalled": 0.8},
        {"low": 0.8, "high": 0.9, "answers": 100, "predicted": 0.88, "recalled": 0.5},
        {"low": 0.95, "high": 1.0, "answers": 1000, "predicted": 0.97, "recalled": 0.97},
    ],
    "by_area": {
        "losses": {**COUNT, "skills": 20, "due": 3, "stability": 1234.5},
        "an area with a name of some length": {**COUNT, "skills": 1, "due": 0, "stability": 0.4},
        "backprop": {**COUNT, "skills": 0, "due": 0, "stability": None},
    },
    "had": {"answers": 43, "recalled": 0.88, "low": 0.75, "high": 0.94},
    "weeks": [
        {"week": (TODAY - timedelta(weeks=11 - week)).isoformat(), **(COUNT if week > 2 else NONE),
         "by_area": {"losses": COUNT} if week % 2 else {}}
        for week in range(12)
    ],
}  # fmt: skip
HAD = NUMBERS["had"]
READINESS = Readiness(
    date(2026, 12, 1),
    Expected(0.64, 0.55, 0.72, 27, 96),
    {13: Expected(0.8, 0.7, 0.9, 18, 48), 15: Expected(0.7, 0.2, 1.0, 2, 15), 99: Expected(0.25, 0.1, 0.4, 0, 10)},
)
PLANS = [(TODAY + timedelta(days=day), DayPlan(("a",) * 40, ("b",) * day, (), planned=1_800_000)) for day in range(7)]

MISTAKES = [
    ("sign reversed", 120),
    ("The derivative of tanh was taken where the activation is a sigmoid, and the target left out.", 3),
    *((f"other {number}", 1) for number in range(9)),
]
LONG = "an area with a name of some length"
TITLES = {"losses": "Loss functions", "backprop": "Backpropagation", LONG: LONG}


PROGRESS = Progress(
    numbers=NUMBERS,
    mistakes=MISTAKES,
    readiness=READINESS,
    exam=date(2026, 12, 1),
    plans=PLANS,
    outlook="At this pace every skill is met by 2026-12-13.",
)


@pytest.fixture(autouse=True)
def english():
    set_language("en")


def text(lines) -> str:
    return plain_text(tuple(lines))


@pytest.mark.parametrize("width", [35, 40, 76, 88, 96, 116])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_the_room_for_it(width, language, ascii_only):
    set_language(language)
    for line in progress_lines(PROGRESS, width, ascii_only=ascii_only):
        assert sum(cells(span.text) for span in line) <= width, line


def test_in_ascii_no_sign_is_drawn_that_is_not():
    parts = {
        forecast_lines: NUMBERS["forecast"],
        calendar_lines: NUMBERS["calendar"],
        mistake_lines: MISTAKES,
        partial(area_lines, title=str): NUMBERS["by_area"],
    }
    for lines, numbers in parts.items():
        assert text(lines(numbers, 76, ascii_only=True)).replace("…", "").isascii()


def test_two_panes_stand_side_by_side_where_there_is_room():
    narrow = text(progress_lines(PROGRESS, 88, ascii_only=False))
    wide = text(progress_lines(PROGRESS, 116, ascii_only=False))
    assert len(wide.split("\n")) < len(narrow.split("\n"))
    assert any("The coming days" in line and "Expected in the exam" in line for line in wide.split("\n"))


def test_without_a_history_it_says_how_to_begin():
    assert "The key s" in text(progress_lines(Progress(numbers=NUMBERS | {"attempts": 0}), 76, ascii_only=False))


def test_the_forecast_says_which_day_is_the_busiest():
    assert "Busiest: 910 on 22 Nov" in text(forecast_lines(NUMBERS["forecast"], 76))
    empty = [{"day": TODAY.isoformat(), "due": 0}]
    assert "Busiest" not in text(forecast_lines(empty, 76))


def test_the_calendar_ends_with_today_and_counts_study_days_not_streaks():
    shown = text(calendar_lines(NUMBERS["calendar"], 76))
    rows = shown.split("\n")
    assert "22 study days" in rows[0]
    assert len(rows) == 2 + 4
    assert rows[1].split() == ["T", "W", "T", "F", "S", "S", "M"], "the first of 28 days and today frame the same week"


def test_a_bin_of_few_answers_claims_nothing_and_one_of_many_says_whether_the_prediction_held():
    few, off, held = text(retention_lines(NUMBERS["retention"], HAD, 0.9, 76)).split("\n")[-3:]
    assert "4/5" in few
    assert "too few" in few
    assert "80%" not in few.replace("–80%", "")
    assert "△ 100" in off
    assert "○ 1000" in held


def test_what_is_to_be_expected_is_said_with_its_range_and_nothing_where_too_little_is_known():
    shown = text(readiness_lines(READINESS, 76)).split("\n")
    assert [line.split() for line in shown[1:5]] == [
        ["Everything", "▪▪▪▪▪▪▫▫▫▫", "64%", "55%", "to", "72%"],
        ["Loss", "functions", "▪▪▪▪▪▪▪▪▫▫", "80%", "70%", "to", "90%"],
        ["Backpropagation", "too", "little", "yet"],
        ["syllabus", "99", "not", "met", "yet"],
    ]
    assert "%" not in text(readiness_lines(None, 76))


def test_without_a_date_of_the_exam_or_with_one_that_is_past_it_says_so():
    none, past, ahead = (
        text(exam_lines(exam, TODAY, 76)) for exam in (None, TODAY - timedelta(days=1), TODAY + timedelta(days=1))
    )
    assert none != past
    assert none
    assert past
    assert not ahead


def test_the_plan_of_the_coming_days_says_minutes_and_what_they_hold():
    shown = text(plan_lines(PLANS, "Every skill is met.", 76)).split("\n")
    assert shown[2].split() == ["today", "30", "40", "-", "-"]
    assert shown[4].split() == ["11", "Nov", "30", "40", "-", "2"]
    assert shown[-1] == "  Every skill is met."


def test_the_weeks_begin_with_the_first_that_has_answers_and_stand_by_area_too():
    shown = text(week_lines(NUMBERS["weeks"], 90, TITLES.__getitem__)).split("\n")
    assert shown[2].split() == ["Everything"] + ["67%"] * 9
    assert shown[3].split() == ["Loss", "functions"] + ["67%"] * 5
    assert shown[6].split() == ["Everything"] + ["60"] * 9


def test_the_retention_that_was_promised_stands_beside_the_one_that_was_had():
    assert "promised 90%   had 88% (43 reviews; at 95%, 75% to 94%)" in text(retention_lines((), HAD, 0.9, 76))
    assert "promised" not in text(retention_lines((), HAD | {"answers": 0, "recalled": None}, 0.9, 76))


def test_an_area_without_a_memory_is_left_out():
    shown = text(area_lines(NUMBERS["by_area"], 76, TITLES.__getitem__))
    assert "Loss functions" in shown
    assert "Backpropagation" not in shown


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_bar_is_as_long_as_its_share_and_anything_above_nothing_is_seen(ascii_only):
    lengths = [cells(bar(value, 40, 20, ascii_only=ascii_only)) for value in range(41)]
    assert lengths[0] == 0
    assert lengths[1] == 1
    assert lengths[-1] == 20
    assert lengths == sorted(lengths)
    assert bar(1, 0, 20) == bar(1, 1, 0) == ""


def test_the_fullest_day_has_the_fullest_sign():
    signs = [level(value, 8) for value in range(9)]
    assert signs[0] == "·"
    assert signs[8] == "⣿"
    assert len(set(signs)) == 5


def test_the_interval_of_a_share_is_wilsons():
    low, high = interval(10, 10)
    assert high == pytest.approx(1.0)
    assert low == pytest.approx(0.7225, abs=1e-4)
    assert interval(0, 0) == (0.0, 1.0)
    narrow, wide = interval(500, 1000), interval(5, 10)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]
