"""Bars and days in cells."""

import pytest

from studyapp.typeset.document import plain_text
from studyapp.typeset.gauge import gauge, heat, level
from studyapp.typeset.width import cells


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_bar_has_its_width_and_is_empty_for_nothing_alone_and_full_for_all_alone(ascii_only):
    full, empty = ("#", ".") if ascii_only else ("▪", "▫")
    for value in range(31):
        bar = plain_text((gauge(value, 30, 10, ascii_only=ascii_only),))
        assert cells(bar) == 10
        assert (full in bar) is (value > 0)
        assert (empty in bar) is (value < 30)


def test_more_than_all_is_all_and_nothing_of_nothing_is_nothing():
    assert plain_text((gauge(40, 30, 4),)) == "▪▪▪▪"
    assert plain_text((gauge(0, 0, 4),)) == "▫▫▫▫"
    assert plain_text((level(2),)) == "▪▪▫"


@pytest.mark.parametrize(("plain", "signs"), [(False, "▫▪▪▪▪"), (True, "▫-++▪")])
def test_a_day_is_the_stronger_the_more_of_its_goal_was_done_and_weeks_stand_apart(plain, signs):
    days = tuple(heat([0, 0.01, 0.4, 0.7, 1.2, 0, 0], plain=plain))
    assert len({span.role for span in days[:5]}) == 5
    week = plain_text((tuple(heat([0, 0.01, 0.4, 0.7, 1.2, 0, 0, 0, 0], plain=plain)),))
    assert week == f"{signs}▫▫ ▫▫"
