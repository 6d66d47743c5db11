"""Curves drawn in braille dots, with axes."""

import math
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.typeset import plot
from studyapp.typeset.lines import Line
from studyapp.typeset.plot import (
    NOW,
    POINT,
    SHADES,
    START,
    STYLES,
    Canvas,
    Overlay,
    between,
    contour_picture,
    nice_ticks,
    tick_label,
)
from studyapp.typeset.width import cells

PARABOLA = [(x / 20, (x / 20) ** 2) for x in range(-40, 41)]
NOT_FINITE = [math.nan, math.inf, -math.inf]

PICTURE = """
4┤⢱                        ⡎
 │ ⠱⡀                    ⢀⠎
 │  ⠣⡀                  ⢀⠜
2┤   ⠑⡄                ⢠⠊
 │    ⠈⢣              ⡜⠁
 │      ⠙⢤⡀        ⢀⡤⠋
0┤        ⠈⠒⠤⣄⣀⣀⣠⠤⠒⠁
 └┬───────────┬────────────┬
 -2           0            2
"""


def dotted_cells(rows: tuple[str, ...]) -> int:
    return sum("\u2800" < character <= "\u28ff" for row in rows for character in row)


def test_a_dot_is_set_where_it_belongs():
    canvas = Canvas(2, 1)
    canvas.plot([(0, 0), (3, 3)])
    assert canvas.rows() == ("⠁⢀",)


def test_dots_outside_the_canvas_are_left_out():
    canvas = Canvas(2, 1)
    canvas.plot([(-1, 0), (4, 0), (0, -1), (0, 4)])
    assert canvas.rows() == ("  ",)


def texts(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple("".join(span.text for span in line) for line in lines)


def curve_picture(*arguments: Any, **named: Any) -> tuple[str, ...]:
    return texts(plot.curve_picture(*arguments, **named))


def legend(*arguments: Any, **named: Any) -> tuple[str, ...]:
    return texts(plot.legend(*arguments, **named))


def test_a_line_joins_its_ends():
    canvas = Canvas(2, 1)
    canvas.plot(between((0, 0), (3, 3)))
    assert canvas.rows() == ("⠑⢄",)
    assert canvas.rows(ascii_only=True) == ("'.",)


def test_a_parabola_looks_like_one():
    rows = curve_picture([PARABOLA], 28, 9)
    assert "\n".join(row.rstrip() for row in rows) == PICTURE.strip("\n")


@pytest.mark.parametrize("hole", NOT_FINITE)
def test_a_point_that_is_not_finite_parts_the_curve(hole: float):
    whole = curve_picture([[(0, 0), (1, 0), (2, 0)]], 30, 6, y_range=(-1, 1))
    parted = curve_picture([[(0, 0), (1, hole), (2, 0)]], 30, 6, y_range=(-1, 1))
    assert dotted_cells(whole) > 20
    assert dotted_cells(parted) == 2


@pytest.mark.parametrize("points", [[], [(0.0, math.nan)], [(math.inf, 1.0)]])
def test_without_a_finite_point_there_is_nothing_to_draw(points: list[tuple[float, float]]):
    assert curve_picture([points], 30, 8) == ()


def test_a_mark_stands_on_its_point():
    rows = curve_picture([PARABOLA], 28, 9, over=Overlay(marks=((0, 0, "●"), (9, 9, "×"), (0, math.nan, "△"))))
    assert ["●" in row for row in rows] == [False] * 6 + [True] + [False] * 2
    assert "△" not in "".join(rows)


def test_ascii_only_means_it():
    assert "".join(curve_picture([PARABOLA], 40, 10, ascii_only=True)).isascii()


def test_a_given_range_is_kept_and_what_lies_outside_is_cut_off():
    rows = curve_picture([[(0.01 * x, 1 / (0.01 * x)) for x in range(1, 101)]], 40, 10, y_range=(0, 10))
    assert rows[0].lstrip().startswith("10┤")


@given(
    st.lists(st.lists(st.tuples(st.floats(), st.floats()), max_size=12), max_size=3),
    st.integers(0, 90),
    st.integers(0, 30),
)
def test_every_picture_is_as_wide_and_high_as_asked(curves: list[list[tuple[float, float]]], width: int, height: int):
    rows = curve_picture(curves, width, height)
    assert len(rows) in {0, max(height, 5)}
    assert all(cells(row) == max(width, 16) for row in rows)


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (0, 1, 6, "0 0.2 0.4 0.6 0.8 1"),
        (0, 1, 3, "0 0.5 1"),
        (-3, 3, 4, "-2 0 2"),
        (0.01, 4.7, 3, "2 4"),
        (0, 1e-6, 3, "0 5e-7 1e-6"),
        (0, 250000, 3, "0 100000 200000"),
        (0, 3e9, 4, "0 1e9 2e9 3e9"),
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, most: int, ticks: str):
    assert [tick_label(tick) for tick in nice_ticks(low, high, most)] == ticks.split()


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(1e-9, 1e9), st.integers(1, 12))
def test_ticks_lie_within_the_range_evenly(low: float, reach: float, most: int):
    ticks = nice_ticks(low, low + reach, most)
    slack = Decimal(reach) / 1000
    assert len(ticks) <= most
    assert all(Decimal(low) - slack <= tick <= Decimal(low + reach) + slack for tick in ticks)
    assert len({after - before for before, after in pairwise(ticks)}) <= 1


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (math.nan, 1), (0, math.inf)])
def test_what_is_no_range_has_no_ticks(low: float, high: float):
    assert nice_ticks(low, high, 5) == ()


def test_curves_differ_by_their_strokes_as_the_legend_shows():
    level = [(0.0, 1.0), (10.0, 1.0)]
    rows = [curve_picture([[]] * place + [level], 40, 5, y_range=(0, 2)) for place in range(len(STYLES))]
    samples = [legend(["a"] * (place + 1), 8)[-1] for place in range(len(STYLES))]
    assert len(set(rows)) == len(set(samples)) == len(STYLES)


def test_a_second_curve_has_a_role_of_its_own_but_where_the_first_lies_on_top():
    level, above = [(0.0, 1.0), (10.0, 1.0)], [(0.0, 2.0), (10.0, 2.0)]
    apart = {span.role for line in plot.curve_picture([level, above], 40, 9, y_range=(0, 3)) for span in line}
    same = {span.role for line in plot.curve_picture([level, level], 40, 9, y_range=(0, 3)) for span in line}
    assert (apart, same) == ({"math", "curve2"}, {"math"})
    assert [line[0].role for line in plot.legend(["a", "b"], 8)] == ["math", "curve2"]


def test_curves_differ_in_ascii_too_and_the_first_lies_on_top():
    level = [(0.0, 1.0), (10.0, 1.0)]
    above = [(0.0, 2.0), (10.0, 2.0)]
    both = curve_picture([level, above], 40, 9, y_range=(0, 3), ascii_only=True)
    same = curve_picture([level, level], 40, 9, y_range=(0, 3), ascii_only=True)
    assert any("oooooooo" in row for row in both)
    assert not any("o" in row for row in same)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.integers(8, 60))
def test_a_legend_names_every_curve_within_its_width(labels: list[str], width: int):
    rows = legend(labels, width, ascii_only=True)
    assert all(cells(row) <= width for row in rows)
    assert 1 <= len(rows) <= len(labels)


BOWL = [[x * x + 4 * y * y for x in (-2, -1, 0, 1, 2)] for y in (1, 0, -1)]


def text_of(lines: tuple[Line, ...]) -> str:
    return "\n".join("".join(span.text for span in line) for line in lines)


def test_a_bowl_is_darker_the_higher_it_is():
    rows = text_of(contour_picture(BOWL, (-2, 2), (-1, 1))).split("\n")
    middle = rows[1][-5:]
    assert middle[2] == SHADES[0]
    assert SHADES.index(middle[0]) > SHADES.index(middle[1]) > SHADES.index(middle[2])
    assert rows[0] != rows[1]


def test_a_path_has_a_start_and_an_end_and_leaves_out_what_lies_outside():
    shown = text_of(contour_picture(BOWL, (-2, 2), (-1, 1), [(-2, 1), (0, 0), (1, 0)]))
    outside = text_of(contour_picture(BOWL, (-2, 2), (-1, 1), [(0, 0), (1e9, -1e9)]))
    assert (shown.count(START), shown.count(POINT), shown.count(NOW)) == (1, 1, 1)
    assert (outside.count(START), outside.count(NOW)) == (1, 0)


@pytest.mark.parametrize("rows", [[], [[]], [[None, None]]])
def test_a_surface_without_any_height_is_not_drawn(rows: list[list[None]]):
    assert contour_picture(rows, (0, 1), (0, 1)) == ()


def test_a_level_surface_and_a_hole_in_it_are_drawn():
    assert contour_picture([[1.0, None], [1.0, 1.0]], (0, 1), (0, 1))
