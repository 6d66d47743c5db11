"""A page while it is written: it follows every save, and nothing that is saved ends it."""

import asyncio
import os
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from studyapp.domain.place import PageSource
from studyapp.domain.question import Undrawable
from studyapp.kernel.client import Client
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw, Lint
from studyapp.screens import preview
from studyapp.screens.preview import Preview, PreviewApp
from studyapp.study.pagefiles import files_of
from studyapp.workshop.lint import Workshop
from tests.screens.screenshots import screen_text

LONG = 60
"""Seconds after which something that is waited for has certainly failed."""
SIZES = [(80, 24), (120, 40)]


class Author:
    """A page, a preview of it, and the hand that edits and presses keys."""

    def __init__(self, app, hand, page):
        self.app, self.hand, self.page, self.shown = app, hand, page, app.shown
        self.press = hand.act
        self.original = page.read_text(encoding="utf-8")

    @property
    def screen(self):
        return screen_text(self.app)

    async def sees(self, text, *, gone=False):
        """Wait until a text is on the screen, or no longer."""
        end = time.monotonic() + LONG
        while (text in self.screen) is gone:
            assert time.monotonic() < end, self.screen
            await asyncio.sleep(0.02)
        await self.hand.settled()

    async def has_read(self, *, exercises):
        """Wait until the file was read again and has so many exercises: a message may be gone before that."""
        end = time.monotonic() + LONG
        while not self.shown.readable or len(self.shown.exercises) != exercises:
            assert time.monotonic() < end, self.screen
            await asyncio.sleep(0.02)
        await self.hand.settled()

    def save(self, old, new):
        assert old in self.original
        self.page.write_text(self.original.replace(old, new), encoding="utf-8")


@pytest.fixture
def author(desk_in, hand_of, monkeypatch):
    """A preview of a page of the small course, with the workshop in this process."""
    monkeypatch.setattr(preview, "LOOK", 0.02)

    @asynccontextmanager
    async def opened(language="ja", size=(80, 24), page="ja/losses/half.md", *, failures=()):
        desk = desk_in(language)
        desk.kernel.answer = Workshop().answer
        desk.kernel.failures += failures
        path = desk.setup.content[0] / page
        app = PreviewApp(replace(desk.setup, content=()), Preview(files_of(path), language, 1), desk.kernel)
        async with app.run_test(size=size) as pilot:
            hand = hand_of(pilot)
            await hand.settled()
            yield Author(app, hand, path)

    return opened


async def test_the_page_stands_first_and_its_exercises_follow(author):
    async with author() as at:
        assert "半分の二乗誤差" in at.screen
        await at.press("j")
        assert "値を求める" in at.screen
        assert "y = 0." in at.screen
        await at.press("j", "j", "j")
        assert "正しい説明を選ぶ" in at.screen
        await at.press("ｋ", "k", "k")
        assert "残差" in at.screen


async def test_a_saved_change_is_seen_at_once(author):
    async with author() as at:
        at.save("残差を二乗すれば", "ここを書き直せば")
        await at.sees("ここを書き直せば")
        assert "09:30:00 に読み直しました" in at.screen


async def test_a_change_of_the_facts_draws_the_shown_exercise_anew(author):
    async with author() as at:
        await at.press("j", "a")
        at.save("answer: (y - 1)**2 / 2", "answer: (y - 1)**2 * 0 + 7")
        await at.sees("正答  7")


async def test_a_broken_exercise_is_told_with_its_place_and_stays_as_it_was_until_it_is_mended(author):
    async with author(size=(120, 40)) as at:
        await at.press("j")
        at.save("kind: number", "kind: numbr")
        await at.sees("unknown-kind")
        line = at.page.read_text(encoding="utf-8").split("\n").index("kind: numbr") + 1
        assert f"ja/losses/half.md:{line}:7" in at.screen
        assert "を求めよ" in at.screen
        assert "前に読めたときの姿" in at.screen
        at.page.write_text(at.original, encoding="utf-8")
        await at.sees("前に読めたときの姿", gone=True)
        await at.sees("unknown-kind", gone=True)


@pytest.mark.parametrize(
    "broken",
    [b"", b"\xff\xfe\x00", b"---\n- [", b"x" * 300_000, b"```yaml key\nid: half-value\n"],
    ids=["empty", "no text", "torn front matter", "too large", "torn fence"],
)
async def test_whatever_is_saved_the_preview_goes_on(author, broken):
    async with author() as at:
        await at.press("j")
        at.page.write_bytes(broken)
        await at.sees("前に読めたときの姿")
        assert "を求めよ" in at.screen
        await at.press("r", "a", "v", "escape")
        await at.press("k", "j")
        at.page.write_text(at.original, encoding="utf-8")
        await at.has_read(exercises=3)
        await at.sees("前に読めたときの姿", gone=True)
        await at.press("k", "k", "j")
        await at.sees("求めよ")


async def test_a_file_that_is_gone_is_told_and_found_again_under_another_inode(author):
    async with author() as at:
        kept = at.page.with_suffix(".new")
        kept.write_text(at.original.replace("半分の二乗誤差", "戻ったページ"), encoding="utf-8")
        at.page.unlink()
        await at.sees("見つかりません")
        kept.replace(at.page)
        await at.sees("戻ったページ")
        await at.sees("見つかりません", gone=True)


async def test_a_twin_that_appears_is_checked_and_can_be_looked_at(author):
    async with author(page="ja/losses/absolute.md") as at:
        await at.press("l")
        assert "もう一方の言語のページはまだありません" in at.screen
        twin = at.page.parents[2] / "en" / "losses" / "absolute.md"
        twin.write_text("# The absolute value\n\nRead **me**.\n", encoding="utf-8")
        await at.sees("not-translated" if "not-translated" in at.screen else "指摘")
        await at.press("l")
        await at.sees("Read me.")
        assert "en/losses/absolute.md" in at.screen


async def test_the_next_seed_gives_other_numbers_and_the_same_as_the_question_command(author):
    async with author() as at:
        await at.press("j", "r", "ｒ")
        assert "種 3" in at.screen
        drawn = Workshop().answer(Draw(at.shown.source, "half-value", 3))
        assert not isinstance(drawn, Undrawable)
        assert at.shown.drawn.question == drawn
        assert f"y = {drawn.values['y']}" in at.screen


async def test_the_key_and_the_proof_are_one_key_away(author):
    async with author(size=(120, 40)) as at:
        await at.press("a")
        assert "j で練習へ移ると使えます" in at.screen
        await at.press("j")
        shown = f"正答  {at.shown.drawn.question.answer}"
        assert shown not in at.screen
        await at.press("a")
        assert shown in at.screen
        await at.press("v")
        await at.sees("mpmath（50 桁）")
        await at.press("escape", "a")
        assert shown not in at.screen


async def test_an_author_answers_an_exercise_and_nothing_is_kept_of_it(author):
    async with author() as at:
        await at.press("t")
        assert "j で練習へ移ると使えます" in at.screen
        await at.press("j", "r")
        answer, seed = at.shown.drawn.question.answer, "種 2"
        await at.press("t")
        assert "試し解き" in at.screen
        assert seed in at.screen
        await at.press(*"99", "enter")
        assert "× 不正解" in at.screen
        assert "記録しません" in at.screen
        await at.press("u", "m", "o", "asterisk", "s")
        assert "× 不正解" in at.screen
        await at.press("v")
        await at.sees("mpmath（50 桁）")
        await at.press("escape", "r")
        assert seed not in at.screen  # once more, with other numbers
        await at.press("escape", "t", *answer, "enter")
        assert "○ 正解" in at.screen
        await at.press("enter")
        assert seed in at.screen
        assert "試し解き" not in at.screen
    assert not (at.app.state.setup.data / "history.jsonl").exists()


async def test_hints_and_solution_are_there_for_an_author_who_answers(author):
    async with author() as at:
        await at.press("j", "j", "t", "f2", "f4")
        assert "解説を見ました" in at.screen


async def test_an_exercise_that_cannot_be_drawn_says_why_beside_the_last_one_that_could(author):
    async with author() as at:
        await at.press("j")
        at.save("answer: (y - 1)**2 / 2", "where:\n  - y > 2\nanswer: (y - 1)**2 / 2")
        await at.sees("問題を作れませんでした")
        assert "を求めよ" in at.screen


async def test_an_id_that_another_page_has_is_told(author):
    async with author() as at:
        at.save("id: half-slope", "id: absolute")
        await at.sees("duplicate-exercise")


async def test_a_kernel_that_stops_is_told_and_asked_again(author):
    async with author(failures=[KernelFailure("gone")]) as at:
        await at.sees("計算の部分が止まりました（gone）")
        await at.press("f5")
        await at.sees("指摘はありません")


async def test_the_complaints_can_have_the_screen(author):
    async with author() as at:
        at.save("残差を二乗", "$E$を二乗")
        await at.sees("math-spacing")
        await at.press("c")
        assert "半分の二乗誤差" not in at.screen
        await at.press("ｃ")
        assert "半分の二乗誤差" in at.screen


@pytest.mark.parametrize("key", ["q", "escape", "ｑ"])
async def test_it_is_left_by_one_key(author, key):
    async with author() as at:
        await at.hand.press(key)
        assert at.app._exit


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_preview_looks_as_it_did(author, snapshot, language, size):
    async with author(language, size) as at:
        await at.hand.picture("page")
        await at.hand.picture("exercise", "j")
        await at.hand.picture("next seed with key", "r", "a")
        await at.hand.picture("choice with key", "j", "j")
        at.save("kind: choice", "kind: choise")
        await at.sees("unknown-kind")
        await at.hand.picture("broken")
        await at.hand.picture("complaints", "c")
        await at.hand.picture("help", "f1")
    assert at.hand.pictures == snapshot


async def test_the_child_process_says_what_lint_says(desk_in):
    content = desk_in().setup.content[0]
    page = content / "ja" / "losses" / "half.md"
    page.write_text(page.read_text(encoding="utf-8").replace("kind: choice", "kind: choise"), encoding="utf-8")
    request = Lint(PageSource("losses/half", str(page), str(content / "en/losses/half.md"), "en"), "en")
    client = Client(module="studyapp.workshop")
    try:
        found = await client.ask(request)
    finally:
        await client.close()
    assert [one.code for one in found] == ["unknown-kind"]
    assert found == Workshop().answer(request)


LAUNCH = """
import asyncio, sys
from pathlib import Path
from studyapp.screens.preview import Preview, PreviewApp
from studyapp.screens import Setup
from studyapp.study.pagefiles import files_of
from datetime import datetime, timezone

async def main(page):
    setup = Setup(language="ja", content=(), data=page.parents[3] / "data", cache=None,
                  now=lambda: datetime(2026, 11, 2, 9, tzinfo=timezone.utc), new_id=str, seed=lambda: 1)
    app = PreviewApp(setup, Preview(files_of(page), "ja", 1))
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("j", "a")
        await app.workers.wait_for_complete()
        assert app.shown.drawn.question.answer, app.shown
        assert app.shown.complaints == (), app.shown.complaints
asyncio.run(main(Path(sys.argv[1])))
print(sorted({"numpy", "sympy", "mpmath"} & set(sys.modules)))
"""


def test_the_previews_own_process_never_loads_the_mathematics(desk_in):
    page = desk_in().setup.content[0] / "ja" / "losses" / "half.md"
    run = subprocess.run(
        [sys.executable, "-c", LAUNCH, str(page)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[]"
