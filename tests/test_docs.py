"""README says what the program does: its commands are run, its tables and help are compared."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import studyapp
from studyapp.cli import COMMANDS, build
from studyapp.domain.words import EN, JA
from studyapp.engine.catalogue.table import catalogue_table
from studyapp.pages.manual import figure_table, front_matter_table, key_table
from studyapp.screens.keymanual import keys_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    """The fenced block after a comment."""
    found = re.search(rf"<!-- {mark} -->\n```\w*\n(.*?)```", README, re.DOTALL)
    assert found, f"README has no block {mark}"
    return found[1].strip()


def shell_lines() -> list[str]:
    """Every line of README's shell blocks that calls studyapp with a command."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line for text in blocks for line in text.splitlines() if re.search(r"studyapp \w", line)]


def test_the_two_commands_are_the_ones_promised():
    assert block("start command") == "pip install . && studyapp"
    assert block("test command") == "pip install -e '.[dev]' && pytest"


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_every_command_has_help_in_both_languages(command, words):
    result = CliRunner().invoke(build(words), [*command.split(), "--help"])

    assert result.exit_code == 0, result.output
    assert words.cli.summaries.get(command, words.cli.about.split("\n")[0]) in " ".join(result.output.split())


def test_the_help_in_readme_is_the_programs_own():
    result = CliRunner().invoke(build(EN), ["--help"], prog_name="studyapp", terminal_width=100)

    assert block("help") == result.output.strip()


@pytest.mark.parametrize("line", shell_lines())
def test_the_commands_in_readme_run(line, tmp_path):
    echoed, _, command = line.rpartition("|")
    given = shlex.split(echoed)[1] + "\n" if echoed else ""
    words = shlex.split(command.split("   ")[0])
    assert words[0] == "studyapp"
    run = subprocess.run(
        [sys.executable, "-m", "studyapp", "--data", str(tmp_path), *words[1:]],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "1"},
    )

    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    if "--json" in words:
        json.loads(run.stdout)


@pytest.mark.parametrize(
    ("mark", "table"),
    [("key fields", key_table), ("front matter fields", front_matter_table), ("figure fields", figure_table)],
)
def test_the_page_format_in_readme_is_the_readers_own(mark, table):
    told = README.partition(f"<!-- {mark} -->\n")[2].partition(f"<!-- end of {mark} -->")[0]

    assert told == table(EN)


def test_the_keys_in_readme_are_those_of_the_screens():
    assert README.partition("<!-- keys -->\n")[2].partition("<!-- end of keys -->")[0] == keys_table(EN)


def test_the_catalogue_in_readme_is_the_engines_own():
    told = README.partition("<!-- catalogue -->")[2].partition("<!-- end of the catalogue -->")[0]

    assert told.strip() == catalogue_table()


def test_the_table_of_rooms_is_the_house():
    told = re.findall(r"^\| (\d) \| `(\w+)` \|", README, re.MULTILINE)
    rooms = {name for _, name, is_package in pkgutil.iter_modules(studyapp.__path__) if is_package}
    assert {room for _, room in told} == rooms
    for floor, room in told:
        said = importlib.import_module(f"studyapp.{room}").__doc__
        assert said is not None
        assert said.startswith(f"Floor {floor}: ")


def test_the_floors_in_readme_are_those_of_the_contract():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    contract = [set(layer.split(" | ")) for layer in reversed(layers) if layer != "__main__"]
    told: dict[str, set[str]] = {}
    for floor, room in re.findall(r"^\| (\d) \| `(\w+)` \|", README, re.MULTILINE):
        told.setdefault(floor, set()).add(room)

    assert [told[str(floor)] for floor in range(len(told))] == contract


def test_the_top_level_holds_what_it_should():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    names = {line.split("/")[0] for line in tracked.stdout.splitlines()}

    assert {name for name in names if not name.startswith(".")} <= {
        "pyproject.toml",
        "studyapp",
        "content",
        "tests",
        "README.md",
        "LICENSE",
    }
