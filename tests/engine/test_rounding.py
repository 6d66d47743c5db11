"""Rounding in whole numbers, held against what it means over fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.engine.rounding import half_up, rounded_decimal, unit

PLACES = st.integers(-4, 30)


@given(st.fractions(), PLACES)
def test_the_nearest_multiple_of_a_unit_and_of_two_the_one_farther_from_zero(value, places):
    rounded, last = half_up(value, places), unit(places)
    assert (rounded / last).denominator == 1
    gap = abs(rounded - value)
    assert gap < last / 2 or (gap == last / 2 and abs(rounded) > abs(value))


@given(st.integers(), PLACES)
def test_a_tie_goes_away_from_zero(whole, places):
    last = unit(places)
    tie = (whole + Fraction(1, 2)) * last
    assert half_up(tie, places) == (whole + (whole >= 0)) * last


@given(st.fractions(), PLACES)
def test_as_a_decimal_it_is_the_same_number_with_all_its_places(value, places):
    decimal = rounded_decimal(value, places)
    assert Fraction(decimal) == half_up(value, places)
    assert -decimal.as_tuple().exponent == places


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [("0.125", 2, "0.13"), ("-2.5", 0, "-3"), ("1450", -2, "1.5E+3"), ("-0.004", 2, "0.00")],
)
def test_by_hand(value, places, shown):
    assert str(rounded_decimal(Fraction(value), places)) == str(Decimal(shown))
