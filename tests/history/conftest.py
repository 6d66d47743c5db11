"""Fixtures and strategies of the tests of the history."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st

from studyapp.domain.verdict import Help, Mode, Outcome, Part

from .desk import DAY, NOW, RULES, Desk, answered, attempt, fold, state_of

__all__ = ["ATTEMPTS", "DAY", "NOW", "RULES", "Desk", "answered", "attempt", "fold", "state_of", "writing"]

ATTEMPTS = st.builds(
    attempt,
    topic=st.sampled_from(["losses/x", "losses/y", "networks/z"]),
    parts=st.lists(
        st.builds(
            Part,
            ask=st.just("answer"),
            skill=st.sampled_from("abc"),
            answer=st.just("1"),
            verdict=st.sampled_from(Outcome),
            mistake=st.sampled_from([None, "sign", "argmax"]),
            help=st.sampled_from(Help),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    tries=st.integers(1, 2),
    active_ms=st.integers(0, 10**6),
    seed=st.integers(0, 10**25),
    mode=st.sampled_from(["", *Mode]),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


@pytest.fixture
def other(tmp_path: Path) -> Desk:
    """The data folder of another computer."""
    return Desk(tmp_path / "other", "other")


WRITER = """
import sys
from pathlib import Path
from tests.history.desk import DAY, NOW, Desk, attempt

folder, name, count = sys.argv[1:]
with Desk(Path(folder), name).open() as history:
    for number in range(int(count)):
        answer = attempt(f"skill-{name}-{number % 7}", prompt="p" * 300)
        print(history.record(answer, at=NOW, day=DAY).id, flush=True)
"""


def writing(desk: Desk, name: str, count: int) -> subprocess.Popen[str]:
    """A process that saves answers and prints the id of each once it is saved."""
    command = [sys.executable, "-c", WRITER, str(desk.folder), name, str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, encoding="utf-8")
