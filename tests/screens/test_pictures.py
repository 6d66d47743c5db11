"""The pictures in README are what the app looks like now; `python -m tests.screens.pictures.take` takes them anew."""

import re
from pathlib import Path

import pytest

from tests.screens.pictures.take import HERE, PICTURES, picture

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_shows_the_app_as_it_is(course_index, name):
    assert await picture(name, course_index / "library.json") == (HERE / f"{name}.svg").read_text(encoding="utf-8")


def test_readme_shows_every_picture_and_no_other():
    shown = re.findall(r"\]\((tests/screens/pictures/\w+\.svg)\)", README)
    assert sorted(shown) == sorted(f"tests/screens/pictures/{name}.svg" for name in PICTURES)
    assert {path.stem for path in HERE.glob("*.svg")} == set(PICTURES)
