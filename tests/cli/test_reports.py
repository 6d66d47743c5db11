"""A report made by line is drawn again: the same question, and what is said of its answer then and now."""

import json
from pathlib import Path

import pytest

from tests.tools.commands import json_of, studyapp, written

EASY = """# 題

## 式

抵抗 $R$ の 2 倍を書け。

```yaml key
id: doubled
kind: expression
symbols: {R: real}
answer: 2 * R
```
"""


def reported(data: Path, topic: str, *lines: str, more: tuple[str, ...] = ()) -> Path:
    """The one report that a round wrote."""
    given = "".join(f"{line}\n" for line in lines)
    run = studyapp(data, *more, "quiz", topic, "-n", "1", "--seed", "7", given=given)
    assert run.exit_code == 0, run.output
    (path,) = (data / "reports").glob("*.json")
    assert str(path) in run.stdout
    return path


@pytest.mark.parametrize(("language", "sign"), [("ja", "Ｒ"), ("en", "R")])
@pytest.mark.parametrize("topic", ["losses/cross-entropy", "losses/choosing", "backprop/delta"])
def test_a_report_is_drawn_again_as_it_was_in_its_own_language(data, topic, sign, language):
    path = reported(data, topic, sign, more=("--lang", language))
    report = json.loads(path.read_text(encoding="utf-8"))
    drawn = json_of("--lang=ja", data, "question", "--report", str(path))
    assert (drawn["exercise"], drawn["seed"]) == (report["exercise"], 7)
    assert drawn["prompt"].startswith(report["prompt"])
    assert drawn["report"]["same_version"]
    assert drawn["report"]["same_question"]
    assert drawn["report"]["now"] is None


def test_what_was_answered_is_judged_again(data):
    path = reported(data, "losses/cross-entropy", "((", "R")
    report = json.loads(path.read_text(encoding="utf-8"))
    assert (report["answer"], report["verdict"]) == ("((", "unreadable")
    run = studyapp("--lang=ja", data, "question", "--report", str(path))
    assert "報告したとき: ((" in run.stdout
    assert "今の採点: unreadable" in run.stdout


def test_a_page_that_has_changed_is_reported(data, tmp_path):
    own = tmp_path / "own"

    def again(text: str):
        written(own, text)
        return studyapp("--content", str(own), data, "question", "--report", str(path))

    page = EASY.replace("R", "S")
    written(own, page)
    path = reported(data, "area/page", "R", more=("--content", str(own)))
    same, computed, worded = (
        again(page),
        again(page.replace("answer: 2 * S", "answer: S + S")),
        again(page.replace("2 倍", "二倍")),
    )
    gone = again(page.replace("doubled", "other"))

    assert (same.exit_code, same.stderr) == (0, "")
    assert (computed.exit_code, "page of this exercise has changed" in computed.stderr) == (0, True)
    assert (worded.exit_code, "another question" in worded.stderr) == (1, True)
    assert gone.exit_code == 2


def test_a_formula_that_has_an_r_is_answered_with_it(data, tmp_path):
    written(tmp_path / "own", EASY)
    run = studyapp("--content", str(tmp_path / "own"), data, "quiz", "area/page", "-n", "1", given="R\n")
    assert "\nwrong" in run.stdout
    assert not (data / "reports").exists()


def test_wrong_usage_is_refused(data, tmp_path):
    path = str(reported(data, "losses/cross-entropy", "R"))
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    for wrong in ([], ["ce-onehot", "--report", path], ["--report", path, "--count", "2"], ["--report", str(broken)]):
        run = studyapp(data, "question", *wrong)
        assert run.exit_code == 2
        assert run.stderr


def test_a_folder_that_takes_no_report_is_named_and_the_round_goes_on(data):
    (data / "reports").write_text("in the way", encoding="utf-8")
    run = studyapp(data, "quiz", "losses/cross-entropy", "-n", "1", given="R\n0\n")
    assert run.exit_code == 0
    assert "could not be written" in run.stderr
    assert "\nwrong" in run.stdout


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("ja/area/page.md", "studyapp lint FILE"),
        ("ja/area/none.md", "studyapp new topic area/name"),
        ("loose.md", "ja/area/name.md"),
    ],
)
def test_a_preview_without_a_terminal_or_a_page_names_the_command_to_use(tmp_path, name, advice):
    written(tmp_path, EASY)
    run = studyapp(tmp_path, "preview", str(tmp_path / name), whole=True)
    assert run.exit_code == 2
    assert advice in " ".join(run.stderr.split())
