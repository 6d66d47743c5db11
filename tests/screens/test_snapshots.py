"""The screens as they look, cell by cell, with a frozen clock and seed. A picture says which screen at which size."""

import pytest

from tests.screens.conftest import PAGE

SIZES = [(80, 24), (120, 40), (40, 20)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_screens_look_as_they_did(desk_in, snapshot, language, size):
    async with desk_in(language).app(size=size, newcomer=True) as (_, pilot):
        await pilot.picture("welcome")
        await pilot.picture("home", "escape")
        await pilot.picture("topic", *PAGE)
        await pilot.picture("question", "e", *"1/3", "f2")
        await pilot.picture("wrong", "backspace", "backspace", "backspace", *"0.36", "enter")
        await pilot.picture("proof", "v")
        await pilot.picture("expression", "escape", "n", *"y - t")
        await pilot.picture("right", "enter")
        await pilot.picture("choice", "n", "down")
        await pilot.picture("option", "enter")
        await pilot.picture("finished", "n")
        await pilot.picture("help", "f1")
        await pilot.picture("home again", "escape", "escape", "escape")
    assert pilot.pictures == snapshot
