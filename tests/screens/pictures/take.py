"""The pictures of README, taken from the app with its real course and kernel: `python -m tests.screens.pictures.take`.

Clock, seeds and folders are fixed, so that the same app gives the same pictures.
"""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from textual.pilot import Pilot

from studyapp.cli.context import shipped_content
from studyapp.screens import Setup
from studyapp.screens.app import StudyApp
from tests.screens.screenshots import screenshot

HERE = Path(__file__).parent
MORNING = datetime(2026, 11, 26, 9, 30, tzinfo=timezone(timedelta(hours=9)))
SIZE = (92, 28)
PATIENCE = 200
"""Looks at the screen, each after `PAUSE` seconds, before something that does not come is given up."""
PAUSE = 0.05

PICTURES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "home": (("", "始める"),),
    "topic": (
        ("/", "さがす"),
        *((sign, "") for sign in "Huber"),
        ("down", ""),
        ("enter", "フーバー損失"),
        ("f", "δ"),
        ("right", "傾き"),
    ),
    "question": (
        ("/", "さがす"),
        *((sign, "") for sign in "ce-onehot"),
        ("enter", "答え ›"),
        *((sign, "") for sign in "-ln 0.22"),
        ("f2", "ヒント"),
    ),
    "verdict": (
        ("/", "さがす"),
        *((sign, "") for sign in "ce-onehot"),
        ("enter", "答え ›"),
        *((sign, "") for sign in "ln 0.22"),
        ("enter", "解説"),
    ),
    "exam": (("x", "範囲内模試"), ("enter", "1/36"), ("b", "保存"), ("p", "解答済み")),
}
"""Each picture: keys, each with what the screen must hold before the next one."""


@asynccontextmanager
async def running(folder: Path, cache: Path | None) -> AsyncIterator[tuple[StudyApp, Pilot[None]]]:
    """The app over an empty history in a folder, past its welcome."""
    numbers = itertools.count()
    setup = Setup(
        language="ja",
        content=(shipped_content(),),
        data=folder,
        cache=cache,
        now=lambda: MORNING,
        new_id=lambda: f"id-{next(numbers)}",
        seed=lambda: 7,
    )
    app = StudyApp(setup)
    async with app.run_test(size=SIZE) as pilot:
        await seen(app, pilot, "ようこそ")
        await pilot.press("escape")
        await seen(app, pilot, "範囲")
        yield app, pilot


async def seen(app: StudyApp, pilot: Pilot[None], text: str) -> None:
    """Wait until a text is on the screen, and nothing is under way."""
    from tests.screens.screenshots import screen_text

    for _ in range(PATIENCE):
        await pilot.pause()
        if text in screen_text(app).replace("\n", ""):
            break
        await asyncio.sleep(PAUSE)
    else:
        raise AssertionError(f"{text} does not come:\n{screen_text(app)}")
    await app.workers.wait_for_complete()
    await pilot.pause()


async def picture(name: str, cache: Path | None = None) -> str:
    """One picture as SVG; an index of the course, where there is one, makes it quicker."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), cache) as (app, pilot):
            for key, text in PICTURES[name]:
                if key:
                    await pilot.press(key)
                await seen(app, pilot, text)
            return screenshot(app, "studyapp") + "\n"


def main() -> None:
    """Take every picture anew."""
    for name in PICTURES:
        (HERE / f"{name}.svg").write_text(asyncio.run(picture(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
