"""What commands do with the streams they are given: closed, full, cut short, and a terminal that obeys signs."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from studyapp.cli.lines import json_text
from studyapp.typeset.width import UNSEEN, visible
from tests.tools.commands import studyapp, written

HOSTILE = "\x1b]0;owned\x07\x1b[31m\u202e\u200b\x9b1m\x7f\ufeff"
PAGE = f"---\nitem: [13]\n---\n# 題{HOSTILE}\n\n本文{HOSTILE}。\n"
FULL = Path("/dev/full")


def shell(line: str, data: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """A command line of a POSIX shell, in which `studyapp` is this one."""
    program = f"'{sys.executable}' -m studyapp --lang en --data '{data}'"
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("studyapp", program)],
        input=given, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.skipif(not FULL.exists(), reason="needs a POSIX shell and /dev/full")
class TestStreams:
    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("studyapp topics <&-", 0),
            ("studyapp topics --json >&-", 0),
            ("studyapp topics 2>&-", 0),
            ("studyapp topics <&- >&- 2>&-", 0),
            ("studyapp quiz losses/huber -n 1 <&-", 0),
            ("studyapp grade --jsonl <&-", 0),
            ("studyapp nope 2>&-", 2),
            ("studyapp nope 2>/dev/full", 2),
            ("studyapp read no-such-page 2>&-", 2),
            ("studyapp <&-", 2),
            ("studyapp topics > /dev/full", 1),
            ("studyapp --help > /dev/full", 1),
            ("studyapp topics --json > /dev/full 2> /dev/full", 1),
        ],
    )
    def test_closed_and_full_streams_end_a_command_with_its_code_and_no_traceback(self, data, line, code):
        run = shell(line, data)
        assert run.returncode == code, run.stderr
        assert "Traceback" not in run.stderr
        assert "Exception ignored" not in run.stderr

    def test_what_is_written_to_a_stream_beside_a_closed_one_is_all_there(self, data):
        assert shell("studyapp topics <&- 2>&-", data).stdout == studyapp(data, "topics").stdout

    @pytest.mark.parametrize("command", ["topics", "topics --json", "grade --jsonl"])
    def test_a_reader_that_has_seen_enough_ends_a_command_quietly(self, data, command):
        request = '{"kind": "number", "key": "1", "answer": "1"}\n' * 3000
        run = shell(f"(studyapp {command}; echo $? >&2) | head -n 1", data, request)
        assert run.stdout.count("\n") == 1
        assert run.stderr == "0\n"


class TestSigns:
    def test_every_character_that_a_terminal_obeys_is_a_sign(self):
        for code in range(0x110000):
            char = chr(code)
            obeyed = unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} or unicodedata.bidirectional(char) in {
                "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN",
            }  # fmt: skip
            if obeyed and char not in "\n\t" and not 0xFDD0 <= code <= 0xFDEF and code & 0xFFFE != 0xFFFE:
                assert UNSEEN.match(char), hex(code)
            if UNSEEN.match(char):
                assert visible(char).isprintable()
                assert not UNSEEN.search(visible(char))

    @pytest.mark.parametrize("text", ["損失 −½ ⠿ é 葛\U000e0100 ⚠️", "a\tb\nc", "∂E/∂w₁₂ ≤ ‖x‖"])
    def test_what_is_seen_stays(self, text):
        assert visible(text) == text

    @pytest.mark.parametrize(
        "command", ["topics", "read area/page", "search 題", "lint PAGE", "question HOSTILE", "quiz HOSTILE", "HOSTILE"]
    )
    def test_no_command_sends_a_page_or_an_argument_to_the_terminal_as_it_is(self, data, tmp_path, command):
        page = written(tmp_path / "own", PAGE)
        words = [{"PAGE": str(page), "HOSTILE": HOSTILE}.get(word, word) for word in command.split()]
        run = studyapp(data, "--content", str(tmp_path / "own"), *words, whole=True)
        assert run.output
        assert not UNSEEN.findall(run.output)

    def test_json_means_the_same_in_signs_that_no_terminal_obeys(self):
        value = {HOSTILE: [HOSTILE, "損失", "\ud800", "\U000e0001"]}
        written = json_text(value)
        assert json.loads(written) == value
        assert not UNSEEN.search(written)
        assert "損失" in written


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_on_a_terminal_that_moves_no_cursor_the_commands_are_named(data, terminal):
    code = (
        "import os, pty, sys\n"
        "child, screen = pty.fork()\n"
        "if not child: os.execv(sys.executable, [sys.executable, '-m', 'studyapp', '--lang', 'en', *sys.argv[1:]])\n"
        "written = b''\n"
        "try:\n    while part := os.read(screen, 4096): written += part\n"
        "except OSError: pass\n"
        "sys.stdout.buffer.write(written)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code, "--data", str(data)], env={**os.environ, "TERM": terminal},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip

    assert run.returncode == 2
    assert "studyapp topics" in run.stdout
    assert "\x1b" not in run.stdout
