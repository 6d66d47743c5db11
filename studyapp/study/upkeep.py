"""What is done for the history while the app runs: a child process checks the whole chain, and copies the log."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Broken:
    """The first event of the log that does not follow from the one before it; its id as far as it can be read."""

    line: int
    event: str


async def look_after(folder: Path) -> Broken | None:
    """Have the history in a data folder checked, and copied when a copy is due; what is broken in it.

    None, too, where no process can be started or it ends without a word: `doctor` says more. The child is ended with
    the call, when that is cancelled, and ends by itself when the app is killed.
    """
    try:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "studyapp.history", str(folder)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return None
    assert child.stdout is not None  # noqa: S101 — it was opened as a pipe
    try:
        told = await child.stdout.read()
        await child.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    try:
        found = json.loads(told)
        return Broken(int(found["line"]), str(found["event"])) if found["line"] else None
    except (ValueError, KeyError, TypeError):
        return None
