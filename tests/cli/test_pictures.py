"""Figures and images in questions by line: drawn, named with their files, or told in words."""

import shutil
from pathlib import Path

import pytest

from tests.tools.commands import events, json_of, studyapp, written

PIXEL = Path(__file__).parents[1] / "fixtures" / "lint" / "pixel.png"
PAGE = """---
item: [13]
---
# 題

本文。

## 問

$a$ を読み取れ。 ![点](dots.png)

```yaml figure
curves:
  - {{ a }}*x
over: {x: 0..2}
```

```yaml key
id: read-it
kind: number
draw:
  a: integer(2, 9)
answer: a
check: a * 1
digits: 0
```
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    page = written(tmp_path / "content", PAGE)
    shutil.copy(PIXEL, page.parent / "dots.png")
    return tmp_path / "content"


def test_one_exercise_of_an_author_is_asked_with_its_figure_and_the_file_of_its_image(course, data):
    answer = json_of("--lang=ja", data, f"--content={course}", "question", "read-it", "--seed", "1", "--with-key")[
        "answer"
    ]
    run = studyapp(
        "--lang=ja", data, f"--content={course}", "quiz", "read-it", "-n", "1", "--seed", "1", given=f"{answer}\n"
    )
    assert "⠤" in run.stdout
    assert "[画像: 点]" in run.stdout
    assert str(course / "ja" / "area" / "dots.png") in run.stdout
    assert "最小" not in run.stdout  # what is to be read from the figure is not told
    assert [part["verdict"] for body in events(data, "attempt") for part in body["parts"]] == ["correct"]


def test_whoever_listens_is_told_the_course_of_the_figure(course, data):
    run = studyapp("--speak", "--lang=ja", data, f"--content={course}", "question", "read-it", "--seed", "1")
    assert "⠤" not in run.stdout
    assert "値：x = 0 で 0、x = 2 で" in run.stdout


def test_a_script_gets_the_fence_and_the_files(course, data):
    shape = json_of("--lang=ja", data, f"--content={course}", "question", "read-it", "--seed", "1")
    assert "```yaml figure\ncurves:\n  - " in shape["prompt"]
    assert "{{" not in shape["prompt"]
    assert shape["images"] == [{"text": "点", "file": str(course / "ja" / "area" / "dots.png")}]
