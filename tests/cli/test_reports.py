"""A report made by line is drawn again: the same question, and what is said of its answer then and now."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studyapp.cli import build
from studyapp.cli.context import language_from
from studyapp.domain.text import set_language

EASY = "\n".join(
    [
        "# 題",
        "",
        "## 式",
        "",
        "抵抗 $R$ の 2 倍を書け。",
        "",
        "```yaml key",
        "id: doubled",
        "kind: expression",
        "symbols: {R: real}",
        "answer: 2 * R",
        "```",
        "",
    ]
)


def studyapp(*arguments: str, given: str = "") -> Result:
    set_language(language_from(arguments))
    return CliRunner().invoke(build(), arguments, input=given, prog_name="studyapp")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def reported(data: Path, topic: str, *lines: str, language: str = "ja", more: tuple[str, ...] = ()) -> Path:
    """The one report that a round wrote."""
    given = "".join(f"{line}\n" for line in lines)
    run = studyapp("--lang", language, "--data", str(data), *more, "quiz", topic, "-n", "1", "--seed", "7", given=given)
    assert run.exit_code == 0, run.output
    (path,) = (data / "reports").glob("*.json")
    assert str(path) in run.stdout
    return path


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("sign", ["R", "Ｒ"])
@pytest.mark.parametrize("topic", ["losses/cross-entropy", "losses/choosing", "backprop/delta"])
def test_a_report_is_drawn_again_as_it_was_in_its_own_language(data, topic, sign, language):
    path = reported(data, topic, sign, language=language)
    report = json.loads(path.read_text(encoding="utf-8"))

    run = studyapp("--data", str(data), "question", "--report", str(path), "--json")
    drawn = json.loads(run.stdout)

    assert run.exit_code == 0, run.output
    assert (drawn["exercise"], drawn["seed"]) == (report["exercise"], 7)
    assert drawn["prompt"].startswith(report["prompt"])
    assert drawn["report"]["same_version"]
    assert drawn["report"]["same_question"]
    assert drawn["report"]["now"] is None


def test_what_was_answered_is_judged_again(data):
    path = reported(data, "losses/cross-entropy", "((", "R")
    report = json.loads(path.read_text(encoding="utf-8"))
    assert (report["answer"], report["verdict"]) == ("((", "unreadable")

    run = studyapp("--lang", "ja", "--data", str(data), "question", "--report", str(path))

    assert "報告したとき: ((" in run.stdout
    assert "今の採点: unreadable" in run.stdout


def test_a_page_that_has_changed_is_told(data, tmp_path):
    page = tmp_path / "own" / "ja" / "my" / "easy.md"
    page.parent.mkdir(parents=True)
    page.write_text(EASY.replace("R", "S"), encoding="utf-8")
    own = ("--content", str(tmp_path / "own"))
    path = reported(data, "my/easy", "R", more=own)
    again = ("--lang", "ja", *own, "--data", str(data), "question", "--report", str(path))
    assert studyapp(*again).exit_code == 0
    assert studyapp(*again).stderr == ""

    page.write_text(EASY.replace("R", "S").replace("answer: 2 * S", "answer: S + S"), encoding="utf-8")
    run = studyapp(*again)
    assert run.exit_code == 0
    assert "このページが変わっています" in run.stderr or "ページが変わっています" in run.stderr

    page.write_text(EASY.replace("R", "S").replace("2 倍", "二倍"), encoding="utf-8")
    run = studyapp(*again)
    assert run.exit_code == 1
    assert "報告とは違う問題" in run.stderr

    page.unlink()
    assert studyapp(*again).exit_code == 2


def test_a_formula_that_has_an_r_is_answered_with_it(data, tmp_path):
    page = tmp_path / "own" / "ja" / "my" / "easy.md"
    page.parent.mkdir(parents=True)
    page.write_text(EASY, encoding="utf-8")

    run = studyapp(
        "--lang",
        "en",
        "--content",
        str(tmp_path / "own"),
        "--data",
        str(data),
        "quiz",
        "my/easy",
        "-n",
        "1",
        given="R\n",
    )

    assert "\nwrong" in run.stdout
    assert not (data / "reports").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["ce-onehot", "--report", "FILE"], ["--report", "FILE", "--count", "2"], ["--report", "BROKEN"]]
)
def test_wrong_usage_is_told(data, tmp_path, arguments):
    path = reported(data, "losses/cross-entropy", "R")
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    given = [{"FILE": str(path), "BROKEN": str(broken)}.get(one, one) for one in arguments]

    run = studyapp("--data", str(data), "question", *given)

    assert run.exit_code == 2
    assert run.stderr


def test_a_folder_that_takes_no_report_is_told_and_the_round_goes_on(data):
    data.mkdir(exist_ok=True)
    (data / "reports").write_text("in the way", encoding="utf-8")

    run = studyapp("--lang", "en", "--data", str(data), "quiz", "losses/cross-entropy", "-n", "1", given="R\n0\n")

    assert run.exit_code == 0
    assert "could not be written" in run.stderr
    assert "\nwrong" in run.stdout


def test_a_preview_without_a_terminal_names_the_command_to_use(tmp_path):
    page = tmp_path / "own" / "ja" / "my" / "easy.md"
    page.parent.mkdir(parents=True)
    page.write_text(EASY, encoding="utf-8")

    def preview(file: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "studyapp", "--lang", "en", "--data", str(tmp_path), "preview", str(file)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )

    for file, told in {
        page: "studyapp lint FILE",
        page.with_name("none.md"): "studyapp new topic area/name",
        tmp_path / "loose.md": "ja/area/name.md",
    }.items():
        run = preview(file)
        assert run.returncode == 2
        assert told in " ".join(run.stderr.split())
