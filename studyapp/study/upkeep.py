"""Upkeep while the app runs: a child, `python -m studyapp.study.upkeep FOLDER`, checks the chain and copies the log."""

import asyncio
import contextlib
import json
import os
import sys
import threading
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from studyapp.domain.values import dataclass
from studyapp.history.backups import back_up, is_due
from studyapp.history.chain import verify_chain
from studyapp.history.log import LOG

NICENESS = 10  # added to the niceness of the child, where the system has it: the app goes first


@dataclass(frozen=True, slots=True)
class Broken:
    """The first event of the log that does not follow from the one before it; its id as far as it can be read."""

    line: int
    event: str


async def look_after(folder: Path) -> Broken | None:
    """Have a history checked, and copied when due, by a child that ends with the call; what is broken, if anything."""
    try:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "studyapp.study.upkeep", str(folder)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return None
    assert child.stdout is not None
    try:
        reply = await child.stdout.read()
        await child.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    broken = json.loads(reply or b"null")
    return Broken(**broken) if broken else None


def check(folder: Path) -> None:
    """Print as JSON what is broken in a log, or `null` (a torn last line is being written), and back it up when due."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICENESS)
    log = folder / LOG
    damage = verify_chain(log).damage if log.exists() else None
    broken = None if damage is None or damage.torn else Broken(damage.line, damage.event)
    print(json.dumps(broken and asdict(broken)), flush=True)  # noqa: T201 - its reply
    now = datetime.now().astimezone()
    if broken is None and is_due(folder, now):
        back_up(folder, now)  # `doctor` reports a copy that fails


def _end_with_the_input() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # not a reader of Python's, which would not let go at the end
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_input, daemon=True).start()
    check(Path(sys.argv[1]))
