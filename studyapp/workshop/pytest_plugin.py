"""A pytest plugin: `pytest content/` collects each exercise of each page as `losses/mse.md::mse-value[seed]`.

Only pages `ja/<area>/<topic>.md` with a `yaml key` fence are collected, and nothing else of studyapp is imported until
there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

KEY = re.compile(rb"^```yaml key[ \t]*\r?$", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options for pages."""
    group = parser.getgroup("studyapp")
    group.addoption("--exercise-seeds", type=int, default=5, help="questions to draw of each exercise (default: 5)")
    group.addoption("--exercise-lang", choices=("ja", "en"), default="en", help="language of what is found in pages")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """A page of a course; any other file is left alone."""
    if file_path.suffix != ".md" or file_path.parts[-3:-2] not in (("ja",), ("en",)):
        return None
    from studyapp.domain.limits import PAGE_BYTES

    with file_path.open("rb") as file:
        return PageFile.from_parent(parent, path=file_path) if KEY.search(file.read(PAGE_BYTES)) else None


class PageFile(pytest.File):
    """One page: an item for the page itself, and one for each exercise and seed."""

    def collect(self) -> Iterable[pytest.Item]:
        """The items; an exercise that cannot be read is a fault of the page."""
        from studyapp.domain.place import PageSource
        from studyapp.domain.text import LANGUAGES, speaking
        from studyapp.pages.course import read_course
        from studyapp.workshop.lint import Linter

        folder, name = self.path.parents[2], "/".join(self.path.with_suffix("").parts[-2:])
        languages = read_course(folder)[0].languages
        if self.path.parts[-3] != languages[0]:
            return
        plain = PageSource(name, str(self.path), None, languages[0], languages)
        other = next(code for code in LANGUAGES if code != languages[0])
        twin = folder / other / f"{name}.md"
        source = replace(plain, translation=str(twin), language=other) if twin.is_file() else plain
        code = self.config.getoption("--exercise-lang")
        with speaking(code):
            topics, complaints = Linter()(source)
        topic = topics.get(source.language) or topics.get(source.facts)
        errors = [str(complaint) for complaint in complaints if complaint.severity == "error"]
        yield Item.from_parent(self, name="page", faults=lambda: errors)
        for exercise in topic.exercises if topic else ():
            for seed in range(self.config.getoption("--exercise-seeds")):
                faults = partial(_faults, plain, exercise, seed, code)
                line = exercise.key.place.line - 1
                yield Item.from_parent(self, name=f"{exercise.id}[{seed}]", faults=faults, line=line)


class Fault(Exception):
    """What was found, as text for the report."""


class Item(pytest.Item):
    """A page without lint errors, or one question of an exercise, which begins at `line`, held to verification."""

    def __init__(self, *, faults: Callable[[], list[str]], line: int | None = None, **rest: Any) -> None:
        super().__init__(**rest)
        self.faults = faults
        self.line = line

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The page, the line of the key, the exercise."""
        return self.path, self.line, "" if self.line is None else self.name

    def runtest(self) -> None:
        """Fail with what was found."""
        if faults := self.faults():
            raise Fault("\n".join(faults))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The text alone, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, Fault) else super().repr_failure(excinfo, style)


def _faults(source: Any, exercise: Any, seed: int, code: str) -> list[str]:
    from studyapp.domain.text import speaking
    from studyapp.kernel.service import Service
    from studyapp.workshop.examination import examine

    service = Service()
    with speaking(code):
        complaints = examine(source, exercise, range(seed, seed + 1), service).complaints
    faults = [f"{complaint} [seed {seed}]" for complaint, _ in complaints]
    return [*faults, *_routes(source, exercise, seed, service)] if faults else []


def _routes(source: Any, exercise: Any, seed: int, service: Any) -> list[str]:
    from studyapp.domain.question import Question
    from studyapp.kernel.requests import Draw, Prove

    question = service.answer(Draw(source, exercise.id, seed))
    if not isinstance(question, Question):
        return []
    return [f"  {one.name}: {one.expression} = {one.value}" for one in service.answer(Prove(source, question)).routes]
