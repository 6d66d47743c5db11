"""However often the power fails: what was shown as saved is there, the chain holds, and no process is left.

`pytest -m deep tests/kills` kills 300 times: the app in a terminal, the quiz and the exam in a terminal and by pipes.
"""

import json
import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from studyapp.domain.verdict import Attempt, Outcome, Part
from studyapp.history.backups import backups, restore
from studyapp.history.chain import verify_chain
from studyapp.history.event import BEFORE_ALL, Event, body_of, header, line_of

from .running import Running, children_of, launch, outlives

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and terminals")

EXERCISE = """
## Value {number}

Compute ${{{{ y }}}} + {number}$, prompt-{number}-here.

```yaml key
id: kill-{number}
kind: number
draw:
  y: decimal(0.1, 0.9, digits=1)
answer: y + {number}
digits: 3
```
"""
VERDICT = "\n(?:> )?wrong"
MOST = 12
"""Answers in a run, at most; the page has more exercises, so that no round of the app ends."""

APP = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from studyapp.cli.app import launch
from studyapp.cli.context import Context
from studyapp.domain.text import set_language

set_language("en")
now = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
launch(Context(Path(sys.argv[1]), (Path(sys.argv[2]),), now=now))
"""

KILLS = [2, pytest.param(100, marks=pytest.mark.deep)]


@pytest.fixture
def content(tmp_path) -> Path:
    page = tmp_path / "content" / "ja" / "kill" / "numbers.md"
    page.parent.mkdir(parents=True)
    exercises = "".join(EXERCISE.format(number=number) for number in range(MOST + 3))
    page.write_text("# Numbers\n\nSome numbers.\n" + exercises, encoding="utf-8")
    return tmp_path / "content"


def at_home(data: Path, content: Path) -> Running:
    """The app once home shows the course; a new learner is welcomed before."""
    app = Running([sys.executable, "-c", APP, str(data), str(content)], terminal=True)
    if b"skip" in app.until("Numbers|skip")[0]:
        app.send("\x1b")
        app.until("Numbers")
    return app


def events_in(data: Path) -> list[tuple[str, dict[str, Any]]]:
    """Kind and body of the whole lines of the log: nothing else may have been saved."""
    lines = (data / "history.jsonl").read_bytes().splitlines(keepends=True)
    events = [json.loads(line) for line in lines if line.endswith(b"\n")]
    return [(event["kind"], event["body"]) for event in events]


def answers_in(data: Path) -> list[str]:
    return [body["parts"][0]["answer"] for kind, body in events_in(data) if kind == "attempt"]


def check(data: Path, shown: list[str], kept: list[str], kills: int) -> None:
    """Everything shown as saved is kept, in its order; beyond it, at most what was under way at each kill."""
    rest = iter(kept)
    missing = [one for one in shown if one not in rest]
    assert not missing
    assert len(kept) - len(shown) <= kills
    damage = verify_chain(data / "history.jsonl").damage
    assert damage is None or damage.torn


def wait_a_moment(chance: random.Random) -> None:
    """A moment of any length up to what an answer takes, so that kills fall everywhere."""
    time.sleep(chance.choice([0.0, 0.001, 0.003, 0.01, 0.03, 0.1]) * chance.random())


@pytest.mark.parametrize("kills", KILLS)
def test_no_kill_of_the_app_loses_an_answer_or_leaves_a_process(kills, tmp_path, content):
    chance, shown, data = random.Random(1), list[str](), tmp_path / "data"
    for run in range(kills):
        app = at_home(data, content)
        app.send("Ge")
        typed = [f"{run}.{number}75" for number in range(chance.randint(1, MOST))]
        for number, answer in enumerate(typed[:-1]):
            app.until(f"prompt-{number}-here")
            app.send(f"{answer}\r")
            app.until("saved")
            shown.append(answer)
            app.send("n")
        app.until(f"prompt-{len(typed) - 1}-here")
        app.send(f"{typed[-1]}\r")
        wait_a_moment(chance)
        left = app.kill()
        shown += [typed[-1]] if app.shown_again("saved") else []
        assert left, "the app had started its kernel"
        assert not any(map(outlives, left))
        check(data, shown, answers_in(data), run + 1)
    assert len(set(answers_in(data))) == len(answers_in(data))
    print(f"app: {kills} kills, {len(shown)} answers shown as saved, {len(answers_in(data))} kept")


@pytest.mark.parametrize("moment", ["Opening…", "Topics|TOPICS", "prompt-0-here"])
def test_leaving_is_clean_from_the_first_paint_on(moment, tmp_path, content):
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.json").write_text('{"exam_date": "2099-01-01"}', encoding="utf-8")
    app = Running([sys.executable, "-c", APP, str(data), str(content)], terminal=True)
    app.until("Opening…")
    if "prompt" in moment:
        app.until("Topics|TOPICS")
        app.send("Ge")
    if moment != "Opening…":
        app.until(moment)
    left = children_of(app.process.pid)
    app.send("\x03")
    try:
        assert app.ended() == 0
        assert not app.shown_again("Traceback|Error")
        assert left, "the app had started its kernel"
        assert not any(map(outlives, left))
    finally:
        app.close()


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipes"])
@pytest.mark.parametrize("kills", [1, pytest.param(50, marks=pytest.mark.deep)])
def test_no_kill_of_a_quiz_loses_an_answer(kills, terminal, data, content):
    chance, shown = random.Random(2 + terminal), list[str]()
    for run in range(kills):
        command = launch(data, "--content", str(content), "quiz", "kill/numbers", "-n", "99", "--seed", "1")
        quiz = Running(command, terminal=terminal)
        typed = [f"{run}.{number}75" for number in range(chance.randint(1, MOST))]
        for answer in typed[:-1]:
            quiz.until("-here")
            quiz.send(f"{answer}\n")
            quiz.until(VERDICT)
            shown.append(answer)
        quiz.until("-here")
        quiz.send(f"{typed[-1]}\n")
        wait_a_moment(chance)
        assert not any(map(outlives, quiz.kill()))
        shown += [typed[-1]] if quiz.shown_again(VERDICT) else []
        check(data, shown, answers_in(data), run + 1)
    assert len(set(answers_in(data))) == len(answers_in(data))
    print(f"quiz: {kills} kills, {len(shown)} answers shown as saved, {len(answers_in(data))} kept")


MARKS = {
    "exam_answer": lambda body: f"saved {body['item'] + 1}: {''.join(body['answer'])}",
    "exam_flag": lambda body: f"{'flagged' if body['up'] else 'flag off'} {body['item'] + 1}",
}


def marks_in(data: Path) -> list[str]:
    """Every answer and flag of the exam that was kept."""
    return [MARKS[kind](body) for kind, body in events_in(data) if kind in MARKS]


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipes"])
@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.deep)])
def test_no_kill_of_an_exam_loses_an_answer_or_a_flag(kills, terminal, data):
    chance, shown = random.Random(4 + terminal), list[str]()
    marked = r"\n(?:> )?((?:saved \d+: [a-z]|flagged \d+|flag off \d+))\r?\n"
    for run in range(kills):
        room = Running(launch(data, "exam", "--short", "--seed", "1"), terminal=terminal)
        room.until("label to answer")
        room.until("left")
        for _ in range(chance.randint(1, MOST)):
            room.send(f"j {chance.randint(1, 30)}\n")
            room.until("left")
            room.send(chance.choice(["a\n", "b\n", "f\n"]))
            shown.append(room.until(marked)[1].decode())
        room.send("a\n")
        wait_a_moment(chance)
        assert not any(map(outlives, room.kill()))
        shown += [found[1].decode() for found in room.shown_again(marked)]
        check(data, shown, marks_in(data), run + 1)
    assert [kind for kind, _ in events_in(data)].count("exam_start") == 1
    print(f"exam: {kills} kills, {len(shown)} marks shown as saved, {len(marks_in(data))} kept")


def written(log: Path, ids: range) -> bytes:
    """A log with an attempt for each id."""
    at = datetime(2026, 10, 1, 12, tzinfo=UTC)
    part = Part("answer", "kill-0", "1", Outcome.CORRECT)
    attempt = Attempt(exercise="kill-0", topic="kill/numbers", seed=1, version="v", prompt="p" * 300, parts=(part,))
    events = [header("header", at, at.date())]
    events += [Event(id=f"id-{n}", at=at, day=at.date(), kind="attempt", body=body_of(attempt)) for n in ids]
    lines, previous = [], BEFORE_ALL
    for event in events:
        line, previous = line_of(event, previous)
        lines.append(line)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"".join(lines))
    return log.read_bytes()


CARE = {"import": ("import", "history"), "restore": ("restore",), "backup": ("backup",), "salvage": ("doctor",)}


@pytest.mark.parametrize("command", CARE)
@pytest.mark.parametrize("kills", [1, pytest.param(15, marks=pytest.mark.deep)])
def test_no_kill_of_a_command_that_replaces_the_history_loses_an_event(kills, command, tmp_path, course_index):
    chance, other = random.Random(7), tmp_path / "other.jsonl"
    written(other, range(4_000, 8_000))
    whole, fell_before = 0.0, 0
    for run in range(kills + 1):  # the first run is not killed: it shows how long one takes
        data = tmp_path / f"data-{run}"
        shutil.copytree(course_index, data / "cache")
        own = written(data / "history.jsonl", range(6_000))
        damaged = own.replace(b'"seed":1', b'"seed":2', 1) if command == "salvage" else own
        (data / "history.jsonl").write_bytes(damaged)
        arguments = {"import": [str(other)], "restore": [str(other)], "backup": [], "salvage": ["--salvage"]}[command]
        started = time.monotonic()
        process = subprocess.Popen(
            launch(data, *CARE[command], *arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if run:
            time.sleep(whole * chance.uniform(0.5, 1.0))
            process.kill()
        process.wait()
        whole = whole or time.monotonic() - started

        log = (data / "history.jsonl").read_bytes()
        kept = [path.read_bytes() for path in (data / "backups").glob("*.jsonl")]
        fell_before += run > 0 and log == damaged
        if log != damaged:
            assert verify_chain(data / "history.jsonl").damage is None
            assert command != "backup"
            assert damaged in kept
        if command == "import":
            ids = {json.loads(line)["id"] for line in log.splitlines()}
            assert {f"id-{number}" for number in range(6_000)} <= ids
        assert all(verify_chain(copy.path).damage is None for copy in backups(data))
        assert restore(data, other, datetime(2026, 11, 1, tzinfo=UTC)).events == 4_000  # what a kill left is in no way
    print(f"{command}: {kills} kills, {fell_before} of them before anything had changed")


@pytest.mark.deep
@pytest.mark.parametrize("kills", [40])
def test_no_kill_of_the_exam_screen_loses_an_answer(kills, tmp_path, content):
    chance, shown, data = random.Random(9), list[str](), tmp_path / "data"
    room = Running(launch(data, "--now", "2026-11-01T12:00:00+00:00", "exam", "--short", "--seed", "1"), terminal=False)
    room.until("left")
    room.kill()
    for run in range(kills):
        app = at_home(data, content)
        app.send("\r")  # the first row of home is the exam that is on
        app.until("25:00")
        for _ in range(chance.randint(1, 5)):
            app.send(chance.choice("ab"))
            seen = app.until(r"(\d+): ([a-j]) saved")
            said = f"saved {seen[1].decode()}: {seen[2].decode()}"
            shown += [said] if shown[-1:] != [said] else []  # a line that is painted again says nothing new
            app.send("\r")
        app.send("a")
        wait_a_moment(chance)
        left = app.kill()
        assert not any(map(outlives, left))
        check(data, shown, marks_in(data), 6 * (run + 1))  # five answers and the one under way, in a run
    print(f"exam screen: {kills} kills, {len(shown)} answers shown as saved, {len(marks_in(data))} kept")
