"""`python -m studyapp.history FOLDER`: the whole chain of a log checked, and a copy of it made when one is due.

It runs beside the app, once something is to be seen, and tells on one line what it found. It ends with its input: a
long history is not checked for an app that is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from datetime import datetime
from pathlib import Path

from studyapp.history.backups import back_up, is_due
from studyapp.history.chain import verify_chain
from studyapp.history.log import LOG

PATIENCE = 10
"""Steps by which it stands back behind the app, where the system knows of such."""


def main(folder: Path) -> None:
    """Print what is wrong with the log in a data folder: the line and the event, or 0 where its chain holds."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(PATIENCE)
    log = folder / LOG
    damage = verify_chain(log).damage if log.exists() else None
    broken = damage is not None and not damage.torn  # a torn last line is one that the app is writing now
    print(json.dumps({"line": damage.line, "event": damage.event} if damage and broken else {"line": 0}), flush=True)  # noqa: T201 — its reply
    now = datetime.now().astimezone()
    if not broken and is_due(folder, now):
        back_up(folder, now)  # a copy that fails is told by the doctor


def _end_with_the_input() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # of the system: a reader of Python's would not let go at the end
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_input, daemon=True).start()
    main(Path(sys.argv[1]))
