"""The app over the real kernel: a question answered, the kernel killed in the middle, the next question answered."""

import os
import signal

from studyapp.screens.app import StudyApp
from studyapp.screens.sitting import Stage
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text


async def test_a_kernel_that_is_killed_is_told_and_the_round_goes_on(desk, settled, monkeypatch):
    app = StudyApp(desk.setup)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        await pilot.press("escape")
        await pilot.press(*FIRST, "e")
        await settled(app, pilot)
        screen = app.screen
        assert screen.sitting.stage is Stage.ASKED
        messages = []
        say = screen.say
        monkeypatch.setattr(screen, "say", lambda text, role="muted": (messages.append(text), say(text, role)))
        kernel = app.interior.kernel
        first = kernel.process_id
        os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))
        await pilot.press(*screen.sitting.current.question.answer, "enter")
        await settled(app, pilot)
        if screen.sitting.stage is Stage.ASKED:  # the child's end was noticed only while it was asked
            await pilot.press("enter")
            await settled(app, pilot)
        assert "○ 正解" in screen_text(app)
        assert kernel.process_id not in (None, first)
        assert any("起動し直して" in text or "止まりました" in text for text in messages)
    assert kernel.process_id is None
    assert len(desk.attempts()) == 1
