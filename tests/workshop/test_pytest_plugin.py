"""Pages are test items: right ones pass, wrong ones fail with line, seed and routes; other files are left alone."""

import sys

import pytest
import sympy  # noqa: F401 — what is imported before pytester begins is not loaded anew, which NumPy would refuse

import studyapp.workshop.examination
import studyapp.workshop.lint  # noqa: F401 — the same
from studyapp.domain.place import PageSource
from studyapp.kernel.service import Service
from studyapp.workshop.pytest_plugin import _routes

pytest_plugins = ["pytester"]

PAGE = """---
item: [13]
---
# 題

## 積

$ {{ a }} {{ b }} $ を計算せよ。

```yaml key
id: product
kind: number
draw:
  a: integer(2, 9)
  b: integer(2, 9)
answer: a * b
check: b * a
digits: 0
```
"""


@pytest.fixture
def course(pytester):
    """A folder with one page; the function writes it and runs pytest on it, with this plugin alone."""
    pytester.makeini("[pytest]\n")
    pytester._monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(page: str, *arguments: str, name: str = "course/ja/area/page.md"):
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
        return pytester.runpytest_inprocess("-p", "studyapp.workshop.pytest_plugin", *arguments)

    return run


def test_each_exercise_and_seed_is_an_item(course):
    result = course(PAGE, "--exercise-seeds=3", "-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["*area/page.md::page PASSED*", "*area/page.md::product[[]2[]] PASSED*"])


def test_a_wrong_key_fails_with_its_line_its_seed_and_the_routes(course):
    result = course(PAGE.replace("check: b * a", "check: if(a * b > 8, b * a + 0.001, b * a)"), "--exercise-seeds=2")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*page.md:17:8: error mismatch:*[[]seed 0[]]*"])


def test_the_routes_to_a_key_are_told(exercise_from):
    key = PAGE.partition("```yaml key\n")[2].partition("```")[0]
    exercise = exercise_from("$ {{ a }} {{ b }} $", key)
    source = PageSource(exercise.topic, exercise.key.place.path)
    lines = _routes(source, exercise, 0, Service())
    assert [line.split(" = ")[0].strip() for line in lines[:3]] == ["numpy: a * b", "mpmath: a * b", "sympy: a * b"]
    assert len(lines) == 6


def test_a_page_that_cannot_be_read_fails_as_a_page(course):
    result = course(PAGE.replace("kind: number", "kind: nubmer"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*unknown-kind*"])


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("course/en/area/page.md", PAGE),
        ("README.md", PAGE),
        ("course/ja/area/page.md", "# 題\n\n文。\n"),
        ("course/ja/area/page.txt", PAGE),
    ],
)
def test_other_files_are_left_alone(course, name, page):
    assert course(page, name=name).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_nothing_is_imported_where_there_is_no_page(pytester, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(
        "import sys\ndef test_modules():\n"
        "    loaded = {name for name in sys.modules if name.startswith('studyapp')}\n"
        "    assert loaded <= {'studyapp', 'studyapp.workshop', 'studyapp.workshop.pytest_plugin'}, loaded\n"
    )
    run = pytester.run(
        sys.executable, "-m", "pytest", "-p", "studyapp.workshop.pytest_plugin", "-q", "-p", "no:cacheprovider"
    )
    assert run.ret == 0
