"""One fault at a time in a page that is right: each is found, at its very place, and told in words that name it."""

import shutil
from pathlib import Path

import pytest

from studyapp.domain.place import Complaint, PageSource, Severity
from studyapp.domain.text import set_language
from studyapp.kernel.service import Service
from studyapp.workshop.lint import Linter
from tests.workshop.verifying import verify

PIXEL = Path(__file__).parents[1] / "fixtures" / "lint" / "pixel.png"
SEEDS = range(20)
MARK = "⟦"
"""Stands before the text that the complaint points at; taken out before the page is written."""

PAGE = """---
item: [13]
---
# 題

本文。 ![直線](line.png) と $2 + 3 = 5$ 。

```yaml figure
curves:
  - x**2
over: {x: 0..2}
```

## 和

$x = {{ a }}$ 、 $y = {{ b }}$ のとき、図の点で $x + y$ を求めよ。 ![点](line.png)

```yaml figure
curves:
  - {{ a }}*x + {{ b }}
over: {x: 0..2}
```

### ヒント
1. 二つを足す。

### 誤答
- `product` — 掛けている。

### 解説
$ {{ a }} + {{ b }} = {{ answer }} $ 。

```yaml key
id: sum
kind: number
draw:
  a: integer(2, 30)
  b: integer(31, 60)
answer: a + b
check: b + a
digits: 0
example: {a: 2, b: 40, answer: 42}
mistakes:
  product: a * b
```

## 傾き

$f(x) = {{ f }}$ を $x$ で微分せよ。

### 誤答
- `power` — 指数を掛けていない。

```yaml key
id: slope
kind: expression
draw:
  a: integer(2, 30)
symbols: {x: real}
given:
  f: a*x**2
answer: 2*a*x
check: D(f, x)
mistakes:
  power: a*x
```

## 手順

$a = {{ a }}$ とする。

1. $a$ の二乗は。
2. その二倍は。

### 誤答
- `twice` — 二倍している。
- `cube` — 三乗している。

```yaml key
id: steps
kind: derivation
draw:
  a: integer(3, 30)
digits: 0
steps:
  - answer: a**2
    check: a * a
    mistakes:
      twice: 2 * a
  - answer: 2 * a**2
    check: a**2 + a**2
    mistakes:
      cube: a**3
```

## 選択

正しいものを選べ。

- [x] 一は奇数である
- [x] 三は奇数である
- [x] 五は奇数である
- [ ] 二は奇数である
- [ ] 四は奇数である
- [ ] 六は奇数である

```yaml key
id: pool
kind: choice
shown: 3
```
"""

FAULTS = [
    # what Markdown here does not show
    ("本文。", "⟦[^1] 本文。", "脚注は使えません"),
    ("本文。", "⟦~~本文~~ 。", "取り消し線は使えません"),
    ("本文。", "⟦==本文== 。", "マーカーは使えません"),
    ("本文。", "> ⟦[!NOTE]\n> 本文。", "囲み記事は使えません"),
    ("本文。", "- ⟦[ ] 本文。\n\n", "チェックボックスは、選択問題の選択肢のほかでは使えません"),
    ("本文。", "- 本文。\n  ⟦- [ ] 内側。\n\n", "チェックボックスは、選択問題の選択肢のほかでは使えません"),
    ("本文。", "- 本文。\n\t⟦- [ ] 内側。\n\n", "チェックボックスは、選択問題の選択肢のほかでは使えません"),
    ("本文。", "> ⟦- [ ] 本文。\n\n", "チェックボックスは、選択問題の選択肢のほかでは使えません"),
    ("1. 二つを足す。", "1. ⟦[x] 二つを足す。", "チェックボックスは、選択問題の選択肢のほかでは使えません"),
    ("本文。", r"⟦\(x\) 本文。", "数式は `$…$` か `$$…$$` で囲みます"),
    ("本文。", "⟦<b>本文</b> 。", "HTML は使えません"),
    ("掛けている。", "⟦<br> 掛けている。", "HTML は使えません"),
    # images and figures
    ("![直線](line.png)", "![直線](⟦lime.png)", "「lime.png」は表示されません。 画像のファイルがありません"),
    ("![点](line.png)", "![点](⟦line.pdf)", ".png .jpg .jpeg .gif .svg .webp のファイルを"),
    ("![点](line.png)", "⟦![](line.png)", "何の画像かを `![説明](ファイル)` の形で書いてください"),
    ("![点](line.png)", "![点](line-{{ ⟦a }}.png)", "画像のファイルがありません"),
    ("  - {{ a }}*x + {{ b }}", "  - {{ ⟦a }}*x + {{ b }} +", "式が途中で終わっています"),
    (
        "  - {{ a }}*x + {{ b }}\nover: {x: 0..2}",
        "  - {{ ⟦a }}*x + log(-{{ b }}*x)\nover: {x: 0..2}",
        "区間に値がありません",
    ),
    ("  - {{ a }}*x + {{ b }}\nover", "  - ⟦3*x + z\nover", "「z」はどこにも定義されていません"),
    (
        "curves:\n  - {{ a }}*x + {{ b }}\nover: {x: 0..2}",
        "⟦training: {hidden: [4], rate: 0.1, batches: [9], epochs: 2}",
        "問題には training の図を置けません",
    ),
    (
        "1. 二つを足す。",
        "1. 二つを足す。\n\n⟦   ```yaml figure\n   curves:\n     - x\n   over: {x: 0..1}\n   ```",
        "行頭から書いてください",
    ),
    # YAML
    ("kind: number", "kind⟦：number", "コロンが全角（：）です"),
    ("  product: a * b", "⟦\tproduct: a * b", "字下げにタブがあります"),
    ("digits: 0\nexample", "digits:⟦0\nexample", "コロンの後に空白を入れてください"),
    ("example:", "⟦exampel:", "「example」のことですか。使える欄: id kind"),
    ("  - answer: a**2\n", "  - ⟦anser: a**2\n    answer: a**2\n", "使える欄: target answer check"),
    ("over: {x: 0..2}\n```\n\n## 和", "over: {x: 0..2}\n⟦spam: 1..2\n```\n\n## 和", "使える欄: curves over span"),
    # names and functions
    ("a: integer(2, 30)\n  b", "a: ⟦randon(2, 30)\n  b", "draw に使える関数: decimal decimals"),
    ("answer: a + b", "answer: ⟦combine(a, b)", "使える関数: abs sqrt exp"),
    ("answer: a + b", "answer: a + ⟦z", "ここで値があるのは: a b"),
    ("check: a * a", "check: a * ⟦squareroot(a)", "関数はありません"),
    ("x + y$ を求めよ。", "x + y = {{ ⟦c }}$ を求めよ。", "「c」には値がありません"),
    # the key and its second route
    ("check: b + a", "check: ⟦b + a + 1", "種 0（a = 17, b = 46）: answer は 63、check は 64 になります"),
    ("check: D(f, x)", "check: ⟦D(f, x) + 1", "answer は"),
    ("check: a**2 + a**2", "check: ⟦a**2 + a", "になります"),
    ("check: b + a\n", "", "check がありません"),
    ("answer: 42}", "answer: ⟦43}", "例の答えは 43 ですが、計算すると 42 になります"),
    ("answer: a + b", "answer: ⟦(a, b)[a]", "計算できません"),
    ("digits: 0\nexample", "where:\n  - ⟦a > b\ndigits: 0\nexample", "a > b"),
    # foreseen mistakes
    ("product: a * b", "product: ⟦b + a", "誤答 product は、どの問題でも成り立ちません"),
    ("power: a*x", "power: ⟦a*x + a*x", "誤答 power は、どの問題でも成り立ちません"),
    ("twice: 2 * a", "twice: ⟦a * a", "誤答 1.twice は、どの問題でも成り立ちません"),
    ("cube: a**3", "cube: ⟦1 / (a - a)", "誤答 2.cube は、どの問題でも成り立ちません"),
    ("product: a * b", "product: ⟦if(a > 29, 1, a + b)", "誤答 product は"),
    ("- `product` — ", "- `⟦produkt` — 別の誤り。\n- `product` — ", "という誤りは mistakes にありません"),
    # equalities, in prose and as they are drawn
    ("$2 + 3 = 5$", "$2 + 3 ⟦= 6$", "等式 2 + 3 = 6 は成り立ちません"),
    (
        "$ {{ a }} + {{ b }} = {{ answer }} $",
        "$ {{ a }} + {{ b }} = {{ ⟦a + b + 1 }} $",
        "種 0（a = 17, b = 46）で、「17 + 46 = 64」が成り立ちません。左辺は 63 です",
    ),
    ("図の点で", "図の $ {{ a }} - 1 = {{ ⟦a }} $ で", "「17 - 1 = 17」が成り立ちません。左辺は 16 です"),
    (
        "1. 二つを足す。",
        "1. $ {{ a }} + 1 = {{ ⟦a + 2 }} $ だから足す。",
        "「17 + 1 = 19」が成り立ちません。左辺は 18 です",
    ),
    (
        "掛けている。",
        "掛けている。 $ 2 \\cdot {{ a }} = {{ ⟦a }} $",
        "\\cdot 17 = 17」が成り立ちません。左辺は 34 です",
    ),
    # what is guessed
    (
        "  a: integer(2, 30)\n  b: integer(31, 60)",
        "  ⟦a: integer(2, 3)\n  b: integer(31, 32)",
        "異なる問題が 4 個しかできません",
    ),
    ("- [ ] 六は奇数である", "- ⟦[ ] 四は奇数である", "選択肢「四は奇数である」が二つあります"),
]


def complaints_of(page: Path) -> set[Complaint]:
    """What lint says but for the missing translation; where that is no error, what verify says, too."""
    source = PageSource("x/a", str(page))
    topics, complaints = Linter()(source)
    found = {complaint for complaint in complaints if complaint.severity is not Severity.NOTE}
    if not any(complaint.severity is Severity.ERROR for complaint in found):
        for exercise in topics["ja"].exercises:
            found |= {complaint for complaint, _ in verify(source, exercise, SEEDS, Service()).complaints}
    return found


@pytest.fixture
def page(tmp_path: Path) -> Path:
    set_language("ja")
    path = tmp_path / "ja" / "x" / "a.md"
    path.parent.mkdir(parents=True)
    shutil.copy(PIXEL, path.parent / "line.png")
    shutil.copy(PIXEL, path.parent / "line.pdf")
    return path


def test_the_page_without_a_fault_deserves_no_complaint(page):
    page.write_text(PAGE, encoding="utf-8")
    assert complaints_of(page) == set()


@pytest.mark.parametrize(("right", "wrong", "sentence"), FAULTS, ids=[sentence for *_, sentence in FAULTS])
def test_a_planted_fault_is_found_at_its_place(page, right, wrong, sentence):
    assert PAGE.count(right) >= 1
    before, mark, after = PAGE.replace(right, wrong, 1).partition(MARK)
    page.write_text(before + after, encoding="utf-8")
    complaints = complaints_of(page)
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    places = {(one.place.line, one.place.column) for one in complaints if sentence in f"{one.message} {one.hint}"}
    if mark:
        assert places == {(line, column)}, [str(one) for one in complaints]
    assert len({(one.place, one.code) for one in complaints}) == 1, [str(one) for one in complaints]


def test_they_are_forty():
    assert len(FAULTS) >= 40
