"""The app in a terminal that answers nothing, as a learner meets it, and what it is compared with."""

import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.kills.running import Running, children_of

HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("Hello")

Hello().run()
"""
"""The smallest app that Textual's manual shows."""

WITHOUT_KERNEL = """
import sys
from pathlib import Path
from studyapp.cli import app as launching, main
from studyapp.kernel.messages import KernelFailure
from studyapp.screens import app, interior

class Silent:
    process_id = None

    async def start(self):
        pass

    async def ask(self, request):
        raise KernelFailure("none")

    async def close(self):
        pass

async def load(setup, child):
    return interior.Interior.open(setup, Silent())

launching.start_kernel = lambda log: None
app._load = load
main(sys.argv[1:])
"""
"""The same app, in which no kernel is started."""

OPENING = "Opening…"
"""What home shows at first paint."""
HOME = "Topics|TOPICS"
"""What home shows once the course is open."""


@contextmanager
def data_folder() -> Iterator[Path]:
    """The folder of a learner who has been welcomed, with the index of the course, as any start but the first has."""
    with TemporaryDirectory() as folder:
        yield welcomed(Path(folder))


def welcomed(folder: Path) -> Path:
    """The folder, as that of a learner who has been welcomed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text('{"exam_date": "2099-01-01"}', encoding="utf-8")
    return folder


def hello() -> list[str]:
    """The command of the bare Textual app."""
    return [sys.executable, "-c", HELLO]


def studyapp(data: Path, *more: str) -> list[str]:
    """The command of the app."""
    return [sys.executable, "-m", "studyapp", "--lang", "en", "--data", str(data), *more]


def without_kernel(data: Path) -> list[str]:
    """The command of the app in which no kernel is started."""
    return [sys.executable, "-c", WITHOUT_KERNEL, "--lang", "en", "--data", str(data)]


@contextmanager
def started(command: Sequence[str]) -> Iterator[Running]:
    """An app in a terminal; it is killed at the end."""
    app = Running(command, terminal=True)
    try:
        yield app
    finally:
        app.kill()


def until_shown(command: Sequence[str], pattern: str) -> float:
    """Seconds from the start of a program until it shows something."""
    begun = time.perf_counter()
    with started(command) as app:
        app.until(pattern)
        return time.perf_counter() - begun


def answered(app: Running, keys: str, pattern: str) -> float:
    """Seconds from keys until something is shown."""
    begun = time.perf_counter()
    app.send(keys)
    app.until(pattern)
    return time.perf_counter() - begun


def resident(process: int) -> float:
    """The memory in MB that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found, "the process is there"
    return int(found[1]) / 1024


def kernel_of(app: Running) -> int:
    """The process id of an app's kernel."""
    for child in children_of(app.process.pid):
        if b"studyapp.kernel" in Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    raise AssertionError("the app has no kernel")


def settled(app: Running, keys: str, quiet: float = 0.3) -> float:
    """Seconds from keys until the last of what they lead to is shown: nothing more comes for `quiet` seconds."""
    begun = last = time.perf_counter()
    app.send(keys)
    while app._read(quiet):
        last = time.perf_counter()
    return last - begun
