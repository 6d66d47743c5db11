"""The colours of the looks: text is readable on every ground that it stands on."""

import pytest

from studyapp.screens.themes import COLOURS, VARIABLES

TEXT = ("foreground", "accent", "success", "warning", "error", "muted", "formula", "clock")
FAINT = ("faint", "heat-1", "heat-2", "heat-3", "heat-4")
GROUNDS = ("background", "surface", "chosen")
ALL = COLOURS | VARIABLES


def luminance(colour: str) -> float:
    """The relative luminance of a colour. Source: WCAG 2.2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, ground: str) -> float:
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [0, 1], ids=["dark", "light"])
@pytest.mark.parametrize("role", TEXT)
def test_text_has_a_contrast_of_four_and_a_half_on_every_ground(role, look):
    assert all(contrast(ALL[role][look], ALL[ground][look]) >= 4.5 for ground in GROUNDS)


@pytest.mark.parametrize("look", [0, 1], ids=["dark", "light"])
@pytest.mark.parametrize("role", FAINT)
def test_squares_have_a_contrast_of_three(role, look):
    assert contrast(ALL[role][look], ALL["background"][look]) >= 3


@pytest.mark.parametrize("look", [0, 1], ids=["dark", "light"])
def test_each_step_of_a_day_is_stronger_than_the_one_before(look):
    steps = [contrast(ALL[role][look], ALL["background"][look]) for role in FAINT[1:]]
    assert steps == sorted(steps)


def test_the_terminals_own_look_has_its_colours_alone():
    assert all(row[2].startswith("ansi_") for row in ALL.values())
