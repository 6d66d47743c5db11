"""Floors, types and style hold."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from vulture import Vulture

from studyapp.cli.commands import COMMANDS, MODULES
from studyapp.domain.facts import FLAGS

ROOT = Path(__file__).parent.parent
USED_BY_NAME = [  # first: what Textual calls and reads
    *("action_*", "on_*", "_on_*", "compose", "render", "render_line", "get_content_height", "get_default_screen"),
    *(
        "ALLOW_SELECT",
        "AUTO_FOCUS",
        "COMPONENT_CLASSES",
        "CSS_PATH",
        "DEFAULT_CSS",
        "ENABLE_COMMAND_PALETTE",
        "HORIZONTAL_BREAKPOINTS",
        "refresh_styles",
    ),
    *("BINDINGS", "COMPONENT_CLASSES", "animation_level", "border_*", "container", "cursor_*", "disabled", "viewport"),
    *("command_class", "format_commands", "get_command", "list_commands"),  # click
    *("pytest_*", "collect", "reportinfo", "runtest"),  # pytest
    *("dps", "prec"),  # the precision of mpmath and decimal
    "scrolls_due",  # tests of screens wait until there are none
    *FLAGS,
]
REGISTERED = ["@rule", "@command", "@*.command", "@click.*", "@Entry"]
"""Decorators that keep the function themselves."""
TABLES = "catalogue"
"""The package whose constants are rows, gathered by walking over the module."""


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="ruff finds nothing"),
        pytest.param(["ruff", "format", "--check", "."], id="every file is formatted"),
        pytest.param(["mypy"], marks=pytest.mark.types, id="types hold, strictly"),
    ],
)
def test_the_checkers_are_content(command: list[str]):
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_rooms_import_downwards_only():
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_code_is_unused():
    finder = Vulture(ignore_names=USED_BY_NAME, ignore_decorators=REGISTERED)
    finder.scavenge([str(ROOT / "studyapp")])
    unused = [
        item.get_report()
        for item in finder.get_unused_code(min_confidence=60)  # a function that is named nowhere has 60 %
        if not (item.typ == "variable" and item.filename.parent.name == TABLES)
    ]
    assert unused == []


def test_every_module_is_imported_by_another_or_run():
    modules = {_name(path): path for path in (ROOT / "studyapp").rglob("*.py")}
    imported = {name for module, path in modules.items() for name in _named(path) if name != module}
    run = {name for name, path in modules.items() if path.name in {"__init__.py", "__main__.py"}}
    plugins = {"studyapp.workshop.pytest_plugin"}
    commands = {f"studyapp.cli.{MODULES.get(name, name)}" for name in COMMANDS}
    assert modules.keys() - imported - run - plugins - commands == set()


def test_the_constraints_name_every_dependency_and_the_lowest_are_the_bounds_that_are_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = dict(text.partition(",")[0].split(">=") for text in project["dependencies"])
    lowest, newest = (
        dict(line.split("==") for line in (ROOT / "tests/constraints" / f"{name}.txt").read_text().split())
        for name in ("lowest", "newest")
    )
    assert lowest.keys() == newest.keys() == bounds.keys()
    for name, bound in bounds.items():
        assert lowest[name] == bound or re.fullmatch(rf"{re.escape(bound)}(\.0)*", lowest[name]), name


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _named(path: Path) -> Iterator[str]:
    """The names that a module imports, texts that may name a module among them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str() as module):
                yield module
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case ast.Constant(value=str() as text):
                yield text
