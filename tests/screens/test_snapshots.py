"""The screens as they look, cell by cell, with a frozen clock and seed. A picture says which screen at which size."""

from __future__ import annotations

import pytest

from tests.screens.screenshots import screen_text

SIZES = [(80, 24), (120, 40), (40, 20)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_screens_look_as_they_did(desk_in, settled, snapshot, language, size):
    pictures = {}
    async with desk_in(language).app(size=size, newcomer=True) as (app, pilot):

        async def picture(name: str, *keys: str) -> None:
            await pilot.press(*keys)
            await settled(app, pilot)
            pictures[name] = screen_text(app).split("\n")

        await picture("welcome")
        await picture("home", "escape")
        await picture("topic", "j", "enter")
        await picture("question", "e", *"1/3", "f2")
        await picture("wrong", "backspace", "backspace", "backspace", *"0.36", "enter")
        await picture("proof", "v")
        await picture("expression", "escape", "n", *"y - t")
        await picture("right", "enter")
        await picture("choice", "n", "down")
        await picture("option", "enter")
        await picture("finished", "n")
        await picture("help", "f1")
        await picture("home again", "escape", "escape", "escape")
    assert pictures == snapshot
