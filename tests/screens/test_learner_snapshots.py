"""The screens about the learner as they look, cell by cell, with a frozen clock and a history made by hand."""

from datetime import timedelta

import pytest

from studyapp.domain.verdict import Attempt, Help, Mode, Outcome, Part
from studyapp.scheduling import study_day
from studyapp.screens.state import AppState

SIZES = [(80, 24), (120, 40)]
SKILLS = ("half-value", "half-slope", "half-meaning")


def study(desk, days: int) -> None:
    """Answers of some days: one skill is ever right, one is missed at times, one often."""
    with AppState.open(desk.setup, desk.kernel).history as history:
        for day in range(days):
            now = desk.setup.now() - timedelta(days=days - day)
            for place, skill in enumerate(SKILLS):
                right = (day + place) % (6 - place) != 0 or place == 0
                outcome = Outcome.CORRECT if right else Outcome.WRONG
                part = Part("answer", skill, "1", outcome, None if right else "factor", Help.NONE)
                attempt = Attempt(
                    exercise=skill,
                    topic="losses/half",
                    seed=day,
                    version="1",
                    prompt="?",
                    parts=(part,),
                    active_ms=40_000,
                    mode=Mode.MIXED,
                )
                history.record(attempt, at=now, day=study_day(now))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_screens_about_the_learner_look_as_they_did(desk_in, snapshot, language, size):
    desk = desk_in(language)
    desk.setup.data.mkdir()
    (desk.setup.data / "settings.json").write_text('{"exam_date": "2026-11-21"}', encoding="utf-8")
    study(desk, 20)
    async with desk.app(size=size) as (app, pilot):
        await pilot.picture("home")
        await pilot.picture("progress", "p")
        await pilot.picture("progress below", "G")
        await pilot.picture("mistakes", "escape", "m")
        await pilot.picture("settings", "escape", "c")
        await pilot.picture("typing", "enter")
        await pilot.picture("refused", "end", "8", "enter")
        await pilot.picture("session", "escape", "escape", "s")
        for _ in range(10):
            await pilot.act(*"0.18", "enter")
            await pilot.act("n")
            if type(app.screen).__name__ == "SummaryScreen":
                break
        await pilot.picture("summary")
    assert pilot.pictures == snapshot
