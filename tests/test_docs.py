"""The documentation says what the program does: its commands are run, its tables and help are generated."""

import importlib
import json
import pkgutil
import re
import shlex
import subprocess
import tomllib

import pytest

import studyapp
from studyapp.cli import ABOUT
from studyapp.cli.commands import COMMANDS
from studyapp.domain.code import ENTRIES
from studyapp.domain.exercise import DOMAINS
from studyapp.domain.facts import FLAGS
from studyapp.domain.kind import Kind
from studyapp.engine.catalogue.entry import Domain
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES
from studyapp.pages.course import AREA, EXAM
from studyapp.pages.course import FIELDS as COURSE
from studyapp.pages.figures import FIGURE
from studyapp.pages.keys import FIELDS
from studyapp.pages.page import FRONT_MATTER
from studyapp.pages.readers import ARRAYS
from studyapp.workshop.complaining import Fault
from studyapp.workshop.rules import RULES
from studyapp.workshop.rules.names import KNOWN_FUNCTIONS
from tests.docs.blocks import BLOCK, BLOCKS, DOCUMENTS, EXAMPLE, ROOT, SENTENCES, formula, refreshed
from tests.tools.commands import studyapp as run

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTIONS = (
    "exports",
    "format",
    "course",
    "functions",
    "draws",
    "domains",
    "matrices",
    "conventions",
    "checks",
    "catalogue",
)


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def command_block(mark: str) -> str:
    """README's shell block after a comment."""
    return re.findall(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", README, re.DOTALL)[0]


def shell_lines() -> list[str]:
    """Every line of a shell block that calls studyapp with a command, each once."""
    blocks = re.findall(r"```sh\n(.*?)```", "\n".join(map(text_of, DOCUMENTS)), re.DOTALL)
    lines = (line for text in blocks for line in text.splitlines() if re.search(r"studyapp \w", line))
    return list(dict.fromkeys(lines))


def test_the_two_commands_are_the_ones_promised_and_the_workflow_runs_them_on_every_python():
    assert command_block("start command") == "pip install . && studyapp"
    assert command_block("test command") == "pip install -e '.[dev]' && pytest"
    workflow = text_of(".github/workflows/test.yml")
    assert all(command_block(mark) in workflow for mark in ("start command", "test command"))
    assert all(f'"3.{minor}"' in workflow for minor in range(11, 15))


def test_readme_stays_short():
    assert len(README.encode()) <= 12_288


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_generated_block_is_what_the_code_says(document):
    assert text_of(document) == refreshed(document), "run python -m tests.docs"


def test_every_generated_block_is_in_a_document():
    assert {block[1] for document in DOCUMENTS for block in BLOCK.findall(text_of(document))} == set(BLOCKS)


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ("kinds", Kind),
        ("arrays", ENTRIES),
        ("fields", [*(field.name for field in FIELDS), *FRONT_MATTER]),
        ("figure fields", FIGURE),
        ("course fields", COURSE),
        ("area fields", AREA),
        ("exam fields", EXAM),
        ("domains", {*DOMAINS, *ARRAYS, "a..b"}),
        ("facts", FLAGS),
        ("families", FAMILIES),
        ("argument domains", set(Domain) - {Domain.REAL}),
        ("rules", RULES),
        ("verified", {fault.code for fault in Fault}),
    ],
)
def test_the_manual_has_a_sentence_for_everything_and_for_nothing_else(rows, known):
    assert set(SENTENCES[rows]) == set(known)


def test_the_formulas_of_the_catalogue_are_in_japanese_in_the_japanese_manual():
    words = set(re.findall(r"[a-z]+", " ".join(formula(entry, "ja") for entry in CATALOGUE.values())))
    assert not words & {"derivative", "where", "else", "kink", "with", "the", "also", "for", "of", "by"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_manual_shows_every_function_that_lint_accepts(language):
    shown = set(re.findall(r"\w+", run("--lang", language, "manual", "functions").output))
    assert KNOWN_FUNCTIONS - shown == set()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_manual_is_read_by_section_or_whole_and_a_wrong_name_is_answered_with_the_right_ones(language):
    whole, wrong, *parts = (run("--lang", language, "manual", *name.split()) for name in ("", "nothing", *SECTIONS))
    assert whole.exit_code == 0
    assert all(part.exit_code == 0 and len(part.output) > 200 and part.output in whole.output for part in parts)
    assert wrong.exit_code == 2
    assert all(section in wrong.output for section in SECTIONS)


def test_both_manuals_have_the_same_sections_and_blocks_in_the_same_order():
    japanese, english = (
        re.findall(r"<!-- (section: \w+|generated: (?!example (?:ja|en)).*?) -->", text_of(document))
        for document in ("content/README.md", "content/README.en.md")
    )
    assert japanese == english


def test_the_example_page_passes_every_check(data):
    for command in (["lint"], ["verify", "--seeds", "20"]):
        result = run(data, *command, str(EXAMPLE))
        assert (result.exit_code, result.output.splitlines()[-1]) == (0, "No complaints."), result.output


@pytest.mark.parametrize("document", ["content/README.md", "content/README.en.md"])
def test_the_exercise_in_matrix_symbols_passes_every_check(document, data, tmp_path):
    section = text_of(document).split("<!-- section: matrices -->")[1].split("<!-- section")[0]
    page = tmp_path / "ja" / "area" / "matrices.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 行列\n\n" + re.findall(r"````markdown\n(.*?)````", section, re.DOTALL)[0], encoding="utf-8")

    for command in (["lint"], ["verify", "--seeds", "20"]):
        result = run(data, *command, str(page))

        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("document", [*DOCUMENTS, "tests/benchmarks/README.md"])
def test_every_link_within_the_clone_leads_to_a_file_and_a_heading(document):
    prose = re.sub(r"````.*?````|```.*?```|`[^`\n]*`", "", text_of(document), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^):]+)\)", prose):
        name, _, anchor = target.partition("#")
        path = (ROOT / document).parent / name if name else ROOT / document
        assert path.is_file(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_command_has_help_in_both_languages(command, language):
    result = run("--lang", language, *command.split(), "--help")
    assert result.exit_code == 0, result.output
    assert COMMANDS.get(command, ABOUT)().split("\n")[0] in " ".join(result.output.split())


@pytest.mark.parametrize("line", shell_lines())
def test_the_commands_in_the_documentation_run(line, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    echoed, _, command = line.rpartition("|")
    given = shlex.split(echoed)[1] + "\n" if echoed else ""
    program, *words = shlex.split(command.split("   ")[0])
    result = run(data, *words, given=given, whole=True)
    assert program == "studyapp"
    assert result.exit_code == 0, result.stderr
    if "--json" in words:
        json.loads(result.stdout)


def test_the_floors_that_the_rooms_name_are_those_of_the_contract():
    settings = tomllib.loads(text_of("pyproject.toml"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    contract = [set(layer.split(" | ")) for layer in reversed(layers) if layer != "__main__"]
    floors: dict[str, set[str]] = {}
    for _, room, is_package in pkgutil.iter_modules(studyapp.__path__):
        if is_package:
            purpose = importlib.import_module(f"studyapp.{room}").__doc__ or ""
            floors.setdefault(re.findall(r"^Floor (\d): ", purpose)[0], set()).add(room)
    assert [floors[str(floor)] for floor in range(len(floors))] == contract


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
