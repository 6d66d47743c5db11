"""The app's own process: what it loads, and in which order things happen at the start."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from studyapp.kernel.requests import Draw
from studyapp.pages.topics import read_pages
from studyapp.screens import question
from studyapp.screens.app import FIRST_READ, StudyApp
from studyapp.screens.home import OPENING
from studyapp.screens.interior import Interior
from studyapp.screens.question import QuestionScreen
from studyapp.study import pagefiles
from studyapp.study.upkeep import Broken
from tests.screens.conftest import Hand
from tests.screens.screenshots import screen_text

LAUNCH = """
import asyncio, sys, tempfile
from datetime import datetime, timezone
from pathlib import Path
from studyapp.screens.app import StudyApp
from studyapp.screens import Setup

late = {"markdown_it", "yaml", "numpy", "sympy", "mpmath", "fsrs", "sqlite3", "studyapp.study", "studyapp.language"}
late |= {"studyapp.typeset.document", "studyapp.typeset.layout", "studyapp.typeset.plot", "studyapp.domain.document"}
at_import = late & set(sys.modules)
assert not at_import, at_import

async def main():
    folder = Path(tempfile.mkdtemp())
    page = folder / "content" / "ja" / "a" / "b.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 題\\n\\n$E$ を読む。\\n", encoding="utf-8")
    setup = Setup(language="ja", content=(folder / "content",), data=folder / "data", cache=None,
                  now=lambda: datetime(2026, 11, 2, 9, tzinfo=timezone.utc), new_id=lambda: "x", seed=lambda: 1)
    app = StudyApp(setup)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.press("j", "j", "j", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert type(app.screen).__name__ == "TopicScreen"
asyncio.run(main())
print(sorted({"numpy", "sympy", "mpmath"} & set(sys.modules)))
"""


WITHOUT_OPENSSL = """
import sys
from studyapp.cli import app
with app._absent(*app.OPENSSL):
    import asyncio, hashlib, secrets
    assert not {"_ssl", *app.OPENSSL} & {name for name, module in sys.modules.items() if module is not None}
    hashlib.blake2b(b"x"), hashlib.sha256(b"x"), secrets.randbelow(9)
import ssl, _hashlib
"""


def test_the_app_loads_no_openssl_and_leaves_it_to_others():
    subprocess.run([sys.executable, "-c", WITHOUT_OPENSSL], check=True)


def test_the_apps_own_process_never_loads_the_mathematics():
    run = subprocess.run(
        [sys.executable, "-c", LAUNCH],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(("frames", "shown"), [({}, "True 120"), ({"TEXTUAL_FPS": "30"}, "True 30")])
def test_the_keyboard_mode_and_the_frames_are_set_before_textual_is_imported(frames, shown):
    code = "import studyapp.screens.app; from textual.constants import *; print(DISABLE_KITTY_KEY, MAX_FPS)"
    env = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"} | frames
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=env)
    assert run.stdout.strip() == shown


async def test_home_is_painted_before_the_course_is_opened_and_the_kernel_started(desk):
    seen = []

    async def load(setup):
        seen.append((screen_text(app), desk.kernel.process_id))
        return Interior.open(setup, desk.kernel)

    app = StudyApp(desk.setup, load)
    async with app.run_test(size=(80, 24)) as pilot:
        await Hand(pilot).settled()
        ((painted, process),) = seen
        assert "studyapp" in painted
        assert OPENING() in painted
        assert process is None
        assert desk.kernel.process_id == 1


@pytest.mark.parametrize("leaves", [False, True])
async def test_the_first_start_counts_the_pages_that_it_reads_and_can_be_left(desk, monkeypatch, leaves):
    held = threading.Event()

    def read(source):
        held.wait()
        return read_pages(source)

    async def load(setup):
        return Interior.open(setup, desk.kernel)

    monkeypatch.setattr(pagefiles, "read_pages", read)
    cache = desk.setup.data / "cache" / "library.json"
    app = StudyApp(replace(desk.setup, cache=cache), load)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        while FIRST_READ(count=1) not in screen_text(app):
            await hand.pause()
        if leaves:
            app.post_message(events.Key("ctrl+c", None))
            while app.return_code is None:
                await hand.pause()
        held.set()
        if not leaves:
            while app.interior is None:
                await hand.pause()
            await hand.settled()
            assert FIRST_READ(count=1) not in screen_text(app)
    assert cache.exists() is not leaves


async def test_damage_that_is_found_after_the_start_is_told_on_home(desk):
    async def look(_folder):
        return Broken(7, "event-6")

    async def load(setup):
        interior = Interior.open(setup, desk.kernel)
        interior.look = look
        return interior

    app = StudyApp(desk.setup, load)
    async with app.run_test(size=(100, 30)) as pilot:
        hand = Hand(pilot)
        await hand.settled()
        await hand.act("escape")
        shown = "".join(screen_text(app).split())
        assert "7行目（event-6）が壊れています" in shown


async def test_the_first_question_of_today_is_drawn_ahead_while_home_waits(desk):
    async with desk.app() as (app, pilot):
        (ahead,) = [request for request in desk.kernel.asked if isinstance(request, Draw)]
        await pilot.learn()
        assert isinstance(app.screen, QuestionScreen)
        assert app.screen.sitting.current.question.exercise == ahead.exercise


async def test_the_style_sheet_of_a_question_is_read_while_home_waits(desk):
    async with desk.app() as (app, _):
        sheet = Path(question.__file__).with_suffix(".tcss")
        assert app.stylesheet.has_source(str(sheet))
