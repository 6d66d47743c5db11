"""Code is typed into the same line: its value on the question's arrays is shown, and refusals are told in place."""

import json
import shutil

import pytest

from studyapp.domain.question import CodeKey
from studyapp.screens.app import StudyApp
from studyapp.screens.question import QuestionScreen
from studyapp.screens.reading import read
from studyapp.screens.sitting import Stage
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text

KEY = CodeKey("np.sum(dout, axis=0)", {"dout": "real(N, H)"}, example={"dout": [[1.0, 2.0], [3.0, 4.5]]})
PAGE = """# コード

本文。

## 勾配

```python
dout = np.array({{ dout }})
db = ____
```

空欄に入る式を書け。

```yaml key
id: code-db
kind: code
arrays: {dout: real(N, H)}
answer: np.sum(dout, axis=0)
```

## 主題

$a = {{ a }}$ とする。

1. （ア） $2a$ を求めよ。
2. （イ）どちらか。
   - [ ] 正
   - [ ] 負
3. （ウ） $2ax$ を書け。
4. （エ）正のところだけを 1 にせよ。

### ヒント
1. 一つ目。
2. 二つ目。
3. 三つ目。
4. 四つ目。

```yaml key
id: theme
kind: derivation
draw:
  a: integer(2, 9)
symbols: {x: positive}
steps:
  - kind: number
    name: g
    answer: 2 * a
    digits: 0
    skill: slope
  - kind: choice
    right:
      - g > 0
      - g < 0
    skill: direction
  - kind: expression
    answer: g * x
    skill: formula
  - kind: code
    arrays: {v: real(N)}
    answer: v > 0
    skill: mask
```
"""


def test_what_cannot_be_read_is_pointed_at():
    reading = read(KEY, "np.sum(duot)")

    assert reading.carets.strip() == "^^^^"
    assert "dout" in reading.sentence
    assert read(KEY, "np.sum(dout)").carets == ""
    assert read(KEY, "").carets == ""


@pytest.fixture
def coded(desk):
    """A desk over a course of one page, with an exercise of code and a theme."""
    content = desk.folder / "content"
    shutil.rmtree(content)
    (content / "ja" / "area").mkdir(parents=True)
    (content / "ja" / "area" / "code.md").write_text(PAGE, encoding="utf-8")
    return desk


async def opened(app, pilot, settled) -> QuestionScreen:
    await settled(app, pilot)
    await pilot.press("escape")
    await pilot.press(*FIRST, "e")
    await settled(app, pilot)
    assert isinstance(app.screen, QuestionScreen)
    assert app.screen.sitting.stage is Stage.ASKED
    return app.screen


async def answer(app, pilot, settled, text: str) -> None:
    app.screen.input.value = text
    await settled(app, pilot)
    await pilot.press("enter")
    await settled(app, pilot)


async def test_code_is_tried_on_the_arrays_of_the_question_while_it_is_typed(coded, settled):
    app = StudyApp(coded.setup)
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await opened(app, pilot, settled)
        assert "使える変数: dout" in screen_text(app)
        example = screen.sitting.current.key.example["dout"]
        screen.input.value = "dout[0, 0] + 0"
        await settled(app, pilot)
        assert f"問題文の例では {example[0][0]:.4g}" in screen_text(app)
        screen.input.value = "np.dot(dout, dout)"
        await settled(app, pilot)
        assert "not aligned" in screen_text(app)
        screen.input.value = "np.sum(duot)"
        await settled(app, pilot)
        assert "もしかして「dout」" in screen_text(app)


async def test_code_that_does_not_fit_is_no_attempt_and_the_proof_shows_both_results(coded, settled):
    app = StudyApp(coded.setup)
    async with app.run_test(size=(100, 50)) as pilot:
        await opened(app, pilot, settled)
        await answer(app, pilot, settled, "np.dot(dout, dout)")
        assert "読めません" in screen_text(app)
        assert coded.attempts() == []
        await answer(app, pilot, settled, "dout.sum(axis=1)")
        assert "軸が違います" in screen_text(app)
        await pilot.press("v")
        await settled(app, pilot)
        shown = screen_text(app)
        assert "正解のコード" in shown
        assert "あなたの答え" in shown
        assert len(coded.attempts()) == 1


async def test_a_theme_asks_each_part_in_its_own_way_and_is_saved_as_one_attempt(coded, settled):
    app = StudyApp(coded.setup)
    async with app.run_test(size=(100, 60)) as pilot:
        screen = await opened(app, pilot, settled)
        await answer(app, pilot, settled, "dout.sum(0)")
        await pilot.press("n")
        await settled(app, pilot)
        steps = screen.sitting.current.question.steps
        assert "ステップ 1 / 4" in screen_text(app)
        await answer(app, pilot, settled, str(-int(steps[0].answer)))
        assert "  a  " in screen_text(app)
        await pilot.press("down")
        await settled(app, pilot)
        assert screen.input.value == "a"
        await answer(app, pilot, settled, next(one.label for one in steps[1].options if one.label != steps[1].answer))
        assert "(ア)" in screen_text(app)
        await pilot.press("f2")
        await answer(app, pilot, settled, f"{-int(steps[0].answer)}*x")
        await pilot.press("f4")
        await settled(app, pilot)
        assert screen.sitting.stage is Stage.ANSWERED
        (line,) = coded.attempts()[1:]
        parts = json.loads(line)["body"]["parts"]
        assert [part["verdict"] for part in parts] == ["wrong", "correct", "correct", "wrong"]
        assert [part["skill"] for part in parts] == ["slope", "direction", "formula", "mask"]
        assert [part["help"] for part in parts] == ["none", "none", "nudge", "shown"]
        await pilot.press("u")
        await settled(app, pilot)
        assert "取り消しました" in screen_text(app)
