"""Where words stand on a page, and parts of a page as they are shown elsewhere."""

import pytest

from studyapp.domain.place import PageSource
from studyapp.study.excerpts import around, beginning_of
from studyapp.study.searching import Wanted, readable, spot_in

PAGE = """---
item: [13]
requires: [losses/softmax]
---
# 交差エントロピー

分類では、確率を**読む**。 $-\\log y$ を使う。 <!-- softmax の注 -->

```yaml figure
curves: softmax
```

二つめの段落。

## softmax との関係

出力は [softmax](softmax.md) で作る。

続きの段落。

## 値を求める

softmax の出力から `y[0]` を求めよ。

### 解説

softmax と平均を使う。

```yaml key
id: a
kind: number
```
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return PageSource("losses/page", str(path), None, "ja")


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(PAGE.splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("text", "heading", "line"),
    [
        ("softmax", "softmax との関係", "出力は"),
        ("ＳＯＦＴＭＡＸ　平均", "値を求める", "softmax と平均"),
        ("エントロピー", "交差エントロピー", "分類では"),
        ("二つめ", "交差エントロピー", "二つめ"),
        ("どこにもない", "交差エントロピー", "分類では"),
    ],
)
def test_the_place_is_the_section_of_the_line_and_what_stands_below_a_heading_is_shown_for_it(
    source, text, heading, line
):
    spot = spot_in(source, Wanted.of(text))
    assert (spot.heading, spot.line) == (heading, line_of(line))


def test_the_hit_is_bounded_in_a_snippet_that_reads_as_the_page_does(source):
    spot = spot_in(source, Wanted.of("softmax"))
    assert spot.snippet == "出力は softmax で作る。"
    assert spot.snippet[spot.start : spot.stop] == "softmax"
    long = "あ" * 100 + "softmax" + "い" * 100
    assert Wanted.of("softmax").count_in(long) == 1


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**太い**字", "太い字"),
        ("- [x] 正しい", "正しい"),
        ("1. $-\\log y$ を引く", "−log y を引く"),
        ("`y[0]` と [リンク](a.md)", "y[0] と リンク"),
        ("$\\unknown{$", "\\unknown{"),
    ],
)
def test_a_line_is_readable_without_its_marks(markdown, shown):
    assert readable(markdown) == shown


def test_a_page_begins_below_its_title_and_ends_at_its_first_heading(source):
    excerpt = beginning_of(source)
    assert excerpt.markdown == "分類では、確率を**読む**。 $-\\log y$ を使う。\n\n二つめの段落。"
    assert excerpt.minutes == 1


def test_around_a_line_stands_its_paragraph_and_what_follows_to_the_next_heading(source):
    assert around(source, line_of("出力は")) == "出力は [softmax](softmax.md) で作る。\n\n続きの段落。"
    assert around(source, line_of("続きの")) == "続きの段落。"
    assert "curves" not in around(source, line_of("分類では"))
    assert around(source, 1)
