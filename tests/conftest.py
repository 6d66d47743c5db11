"""What tests of several rooms share."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from studyapp.cli.context import shipped_content
from studyapp.domain.exercise import Exercise
from studyapp.domain.place import PageSource
from studyapp.domain.text import Text, set_language
from studyapp.pages.topics import read_topic
from studyapp.study.library import Library

ROOT = Path(__file__).parent.parent

collect_ignore = ["fixtures"]  # pages that are broken on purpose are no test items

# Where Python may keep no bytecode beside the sources, it is kept apart: else the workers, and each process that a test
# starts, compile everything anew, which is a third of what it takes to collect the tests.
if sys.dont_write_bytecode and os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "bytecode")

# Textual reads once how often it paints. Tests of screens wait for a few frames at a time: more of them a second make
# these tests a third faster. Apps that tests start as processes of their own keep the usual 60.
os.environ["TEXTUAL_FPS"] = "1000"
import_module("textual.constants")
del os.environ["TEXTUAL_FPS"]

# A property test tries the same examples in every run, so that each clone passes or fails alike; `-m deep`
# tries new ones each time. What a search finds is kept beside its test as an explicit example.
settings.register_profile(
    "same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", settings.get_profile("same"), derandomize=False, max_examples=1000)


def _unsaid(text: Text) -> str:
    raise AssertionError(f"shown without being said: {text.en}")


Text.__str__ = _unsaid  # a sentence in an f-string that was not called


def _is_deep(config: pytest.Config) -> bool:
    return config.option.markexpr == "deep"


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples before the tests are imported: decorators read the profile in force then."""
    settings.load_profile("search" if _is_deep(config) else "same")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a deep run search in every property test, beside the tests that are marked deep."""
    for item in items if _is_deep(config) else ():
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
            item.add_marker(pytest.mark.deep)


@pytest.fixture
def exercise_from(tmp_path: Path) -> Callable[..., Exercise]:
    """An exercise from its prompt, its key and the rest of its section, read as a page is read."""

    def make(prompt: str, key: str, rest: str = "") -> Exercise:
        page = tmp_path / "ja" / "area" / "page.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        text = f"---\nitem: [13]\n---\n# 題\n\n## 見出し\n\n{prompt}\n\n{rest}\n\n```yaml key\n{key.strip()}\n```\n"
        page.write_text(text, encoding="utf-8")
        topic, complaints = read_topic(PageSource("area/page", str(page)))
        assert topic is not None
        assert topic.exercises, [str(complaint) for complaint in complaints]
        return topic.exercises[0]

    return make


@pytest.fixture(scope="session")
def course_index(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A cache folder that knows every page, in both languages: reading them all takes seconds.

    The processes of one run share it; it is moved to its place once it is whole.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "index"
    if not folder.exists():
        mine = tmp_path_factory.mktemp("index")
        for language in ("ja", "en"):
            Library.load([shipped_content()], mine / "library.json", language)
        with suppress(OSError):  # another process was quicker
            mine.rename(folder)
    return folder


@pytest.fixture(scope="session")
def course(course_index: Path) -> Library:
    """The shipped course."""
    return Library.load([shipped_content()], course_index / "library.json", "ja")


@pytest.fixture
def data(course_index: Path, tmp_path: Path) -> Path:
    """A data folder that knows the course already."""
    shutil.copytree(course_index, tmp_path / "data" / "cache")
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def _speaks_japanese() -> Iterator[None]:
    """Every test begins in Japanese, whatever language the one before it spoke."""
    set_language("ja")
    yield
    set_language("ja")
