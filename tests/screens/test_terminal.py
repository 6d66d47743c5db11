"""The app in a real terminal: bytes of any encoding are survived, and signals give the terminal back."""

import contextlib
import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.kills.running import Running, children_of, launch, outlives

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and terminals")

PAGE = """---
item: [13]
---
# Title

## Sum

What is one and one?

```yaml key
id: sum
kind: number
answer: 1 + 1
digits: 0
```
"""
ALTERNATE_SCREEN, NORMAL_SCREEN, CURSOR = r"\x1b\[\?1049h", r"\x1b\[\?1049l", r"\x1b\[\?25h"


@contextmanager
def opened(data: Path, *arguments: str) -> Iterator[Running]:
    content = data.parent / "content"
    page = content / "ja" / "area" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    running = Running(launch(data, "--content", str(content), *arguments), terminal=True)
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            running.process.kill()
        running.process.wait()
        running.close()


def echoes(running: Running) -> bool:
    return bool(termios.tcgetattr(running._output)[3] & termios.ECHO)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was_and_no_process(data, number):
    with opened(data) as running:
        running.until(ALTERNATE_SCREEN)
        running.until("Opening|Welcome|minutes")
        children = children_of(running.process.pid)
        os.kill(running.process.pid, number)
        running.until(NORMAL_SCREEN)
        running.until(CURSOR)
        code = running.ended()
        assert code == (0 if number == signal.SIGINT else 128 + number)
        assert echoes(running)
        assert not any(outlives(child) for child in children)


@pytest.mark.parametrize("moment", [0.2, *(pytest.param(moment, marks=pytest.mark.deep) for moment in (0.1, 0.3))])
def test_an_app_is_left_without_a_complaint_while_it_opens_a_screen(data, moment):
    with opened(data) as running:
        running.until(ALTERNATE_SCREEN)
        running.until("Opening|Welcome|minutes")
        time.sleep(moment)  # whichever moment it hits, the end is the same
        os.kill(running.process.pid, signal.SIGTERM)
        running.until(NORMAL_SCREEN)
        assert running.ended() == 128 + signal.SIGTERM
        assert not running.shown_again("Traceback|NoMatches")


def test_a_terminal_that_is_gone_leaves_no_process(data):
    with opened(data) as running:
        running.until("Welcome|minutes")
        children = children_of(running.process.pid)
        os.close(running._output)
        running._output = running._input = os.open(os.devnull, os.O_RDWR)
        assert not outlives(running.process.pid)
        assert not any(outlives(child) for child in children)


FOREIGN = [
    b"\xff", "あ".encode("euc-jp"), "あ".encode("shift-jis"), "é".encode("latin-1"),
    b"\xe3\x81", b"\xc0\x80", b"\xed\xa0\x80",
]  # fmt: skip
"""What other encodings send, halves of characters, and what UTF-8 forbids."""


def test_bytes_that_are_no_utf_8_do_not_end_the_quiz(data):
    with opened(data, "quiz", "area/page", "-n", "1") as running:
        running.until("What is one and one")
        for typed in FOREIGN:
            running.send(typed + b"\n")
            running.until("unreadable")
        running.send("2\n")
        running.until("correct")
        assert running.ended() == 0


def test_bytes_that_are_no_utf_8_do_not_end_the_app(data):
    with opened(data) as running:
        running.until("Welcome")
        for typed in FOREIGN:
            running.send(typed)
        running.until("\N{REPLACEMENT CHARACTER}")
        running.send("\x03")
        running.until(NORMAL_SCREEN)
        assert running.ended() == 0
