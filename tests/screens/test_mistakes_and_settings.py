"""The screens about the learner: mistakes that lead to their page and to a fresh question, settings that are saved."""

import json
from dataclasses import replace

import pytest
from textual.widgets import Input

from studyapp.domain.text import set_language
from studyapp.domain.verdict import Verdict
from studyapp.screens.home import HomeScreen
from studyapp.screens.mistakes import TIMES, MistakesScreen
from studyapp.screens.progress import FORECAST, TODAY, ProgressScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.settings import (
    ABOUTS,
    AT_ONCE,
    CHOICES,
    SAVED_AT_ONCE,
    SAVED_NEXT_START,
    SettingsScreen,
    setting_rows,
    typed_value,
    value_text,
)
from studyapp.screens.state import NAMES
from studyapp.screens.themes import THEMES
from studyapp.screens.topic import TopicScreen
from studyapp.study import settings as store
from studyapp.study.settings import SCHEMA, SETTINGS_VALUE, Settings, load_settings
from studyapp.study.slips import OTHER_SLIP, mistake_text
from tests.screens.conftest import FIRST
from tests.screens.screenshots import screen_text

SLIP = (*FIRST, "e", *"0.36", "enter", "escape")
"""The keys of one mistake, from home and back."""


async def test_keys_lead_from_home_to_each_screen_and_esc_back(desk):
    ways = {
        "p": ProgressScreen,
        "m": MistakesScreen,
        "c": SettingsScreen,
        "ｐ": ProgressScreen,
    }
    async with desk.app() as (app, pilot):
        for key, screen in ways.items():
            await pilot.act(key)
            assert isinstance(app.screen, screen)
            await pilot.act("escape")
            assert isinstance(app.screen, HomeScreen)


async def test_a_mistake_is_listed_and_leads_to_its_exercise_on_the_page_by_a_click_too(desk):
    async with desk.app(keys=(*SLIP, "m")) as (app, pilot):
        shown = screen_text(app)
        assert "係数の違い  値を求める" in shown
        assert "1 回" in shown
        assert "11/2 が最後" in shown
        await pilot.act("enter")
        assert isinstance(app.screen, TopicScreen)
        assert "▷ 問題: 値を求める" in screen_text(app)
        await pilot.act("escape")
        await pilot.click("#rows", offset=(10, 1))
        assert isinstance(app.screen, TopicScreen)


async def test_a_mistake_is_tried_again_in_a_fresh_question_in_which_it_can_be_made(desk):
    async with desk.app(keys=(*SLIP, "m", "d")) as (app, pilot):
        assert isinstance(app.screen, QuestionScreen)
        assert "間違いをもう一度" in screen_text(app)
        assert "factor" in {mistake.name for mistake in app.screen.sitting.current.question.mistakes}
        await pilot.act(*"0.36", "enter")
        await pilot.act("escape")
        assert isinstance(app.screen, MistakesScreen)
        assert "2 回" in screen_text(app)


SENTENCE = """
### 誤答
- `factor` — $\\frac{1}{2}$ を掛けていない。半分にするのを忘れやすい。

```yaml key
id: half-value"""


@pytest.mark.parametrize("key", ["m", "p"])
async def test_a_mistake_is_listed_by_the_sentence_of_its_author(desk, key):
    desk.edit("\n```yaml key\nid: half-value", SENTENCE)
    desk.edit(
        "answer: (y - 1)**2 / 2\ndigits: 3\n", "answer: (y - 1)**2 / 2\ndigits: 3\nmistakes:\n  factor: (y - 1)**2\n"
    )
    async with desk.app(size=(80, 70), keys=(*SLIP, key)) as (app, _):
        assert "½ を掛けていない。" in screen_text(app)
        assert "factor" not in screen_text(app)
        assert ("半分にするのを忘れやすい" in screen_text(app)) is (key == "m")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("key", ["m", "p"])
async def test_a_mistake_whose_page_is_gone_is_not_listed_by_its_id(desk_in, language, key):
    desk = desk_in(language)
    answer = desk.kernel.answer

    def renamed(request):
        reply = answer(request)
        return replace(reply, mistake="no-half") if isinstance(reply, Verdict) and reply.mistake else reply

    desk.kernel.answer = renamed
    async with desk.app(keys=SLIP):
        pass
    for page in desk.folder.glob("content/*/losses/half.md"):
        page.unlink()
    async with desk.app(size=(80, 70), keys=key) as (app, _):
        assert "no-half" not in screen_text(app)
        assert OTHER_SLIP() in screen_text(app)


async def test_a_date_of_the_exam_that_is_past_is_saved_with_a_warning(desk):
    async with desk.app(keys=("c", "enter", *"2026-11-01", "enter")) as (app, _):
        assert "2026-11-01 はもう過ぎた日です" in screen_text(app)
        assert "すぐに有効です" in screen_text(app)


async def test_without_a_mistake_the_list_says_so_and_keys_do_nothing(desk):
    async with desk.app(keys=("m", "d", "enter", "j")) as (app, _):
        assert isinstance(app.screen, MistakesScreen)
        assert "記録された間違いはありません" in screen_text(app)


# --- settings ------------------------------------------------------------------------------------------------------


def test_every_setting_has_its_row_in_both_languages():
    assert set(NAMES) == set(ABOUTS) == set(SCHEMA) - {"keys", "parameters"}, "these two are for studyapp config"
    assert [row.id for row in setting_rows(Settings())] == list(NAMES)
    for language in ("ja", "en"):
        set_language(language)
        for name, choices in CHOICES.items():
            for choice in choices:
                assert value_text(name, SCHEMA[name].read(choice))


@pytest.mark.parametrize(
    ("place", "typed", "name", "value"),
    [
        (0, "２０２７年１月２３日", "exam_date", "2027-01-23"),
        (0, "2027/1/23", "exam_date", "2027-01-23"),
        (1, "３５分", "minutes", 35),
        (3, "0.85", "retention", 0.85),
    ],
)
async def test_a_typed_value_is_saved_as_config_would(desk, place, typed, name, value):
    async with desk.app(keys=("c", *["j"] * place, "enter")) as (app, pilot):
        await pilot.act(*typed, "enter")
        assert app.focused is None
        sentence = SAVED_AT_ONCE() if name in AT_ONCE else SAVED_NEXT_START()
        assert sentence.rpartition("。")[0].rpartition("。")[2] in screen_text(app)
    assert json.loads((desk.setup.data / "settings.json").read_text(encoding="utf-8")) == {name: value}


@pytest.mark.parametrize(("place", "typed", "name"), [(0, "2026-13-01", "exam_date"), (1, "0", "minutes")])
async def test_what_cannot_be_is_told_by_the_name_on_the_screen_and_the_line_stays(desk, place, typed, name):
    async with desk.app(size=(120, 24), keys=("c", *["j"] * place, "enter")) as (app, pilot):
        await pilot.act(*typed, "enter")
        assert isinstance(app.focused, Input)
        assert app.focused.value == typed
        sentence = SETTINGS_VALUE(name=NAMES[name](), value=typed, allowed=SCHEMA[name].allowed)
        assert sentence in screen_text(app)
        await pilot.act("escape")
        assert isinstance(app.screen, SettingsScreen)
        assert app.focused is None
    assert not (desk.setup.data / "settings.json").exists()


async def test_a_choice_goes_round_and_the_colours_change_at_once(desk):
    async with desk.app() as (app, pilot):
        await pilot.press("c", "end")
        seen = []
        for _ in range(3):
            await pilot.act("enter")
            seen.append(app.theme)
        assert seen == [THEMES[name].name for name in ("light", "terminal", "dark")]
        await pilot.act("k", "enter")
        assert "次に起動したときから" in screen_text(app)
    assert load_settings(desk.setup.data)[0].language == "ja"


async def test_the_key_for_the_look_keeps_it_for_the_next_start(desk):
    async with desk.app() as (app, pilot):
        for look in ("light", "dark", "light"):
            await pilot.act("t")
            assert app.theme == THEMES[look].name
            assert load_settings(desk.setup.data)[0].theme == look


@pytest.fixture
def full_disk(monkeypatch):
    def full(path, data) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_whole", full)


async def test_a_look_that_cannot_be_kept_is_told_and_used_until_the_end(desk, full_disk):
    async with desk.app(keys="t") as (app, _):
        assert app.theme == THEMES["light"].name
        assert "保存できませんでした" in screen_text(app).replace("\n", "")


async def test_a_click_on_a_setting_changes_it(desk):
    async with desk.app(keys="c") as (app, pilot):
        await pilot.click("#rows", offset=(10, list(NAMES).index("theme")))
        assert app.theme == THEMES["light"].name


async def test_a_failure_to_save_is_told_and_changes_nothing(desk, full_disk):
    async with desk.app(keys=("c", "end", "enter")) as (app, _):
        assert "保存できませんでした" in screen_text(app).replace("\n", "")
        assert app.theme == THEMES["dark"].name
        assert "暗い画面" in screen_text(app)


async def test_the_exam_date_holds_at_once_on_home(desk):
    async with desk.app(keys=("c", "enter", *"2026-11-08", "enter", "escape")) as (app, _):
        assert "試験まで 6 日" in screen_text(app)


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_sets_what_every_widget_asks_for(desk, theme):
    async with desk.app(theme=theme) as (app, pilot):
        assert app.theme == THEMES[theme].name
        # Tooltips, which tests do without, ask for a variable that only the terminal's own colours have to give.
        app.stylesheet.add_source("Tooltip { &:ansi { background: $ansi-background; } }" if theme == "terminal" else "")
        app.stylesheet.reparse()
        await pilot.act("question_mark")
        assert "使い方" in screen_text(app)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("exam_date", "", ""),
        ("exam_date", "none", "none"),
        ("exam_date", "2026/11/8", "2026-11-08"),
        ("exam_date", "２０２６年１１月８日", "2026-11-08"),
        ("exam_date", "2026-02-30", "2026-02-30"),
        ("minutes", " ２０ ", "20"),
        ("minutes", "45分", "45"),
        ("retention", "０．９", "0.9"),
    ],
)
def test_typed_values_become_plain(name, text, value):
    assert typed_value(name, text) == value


@pytest.mark.parametrize("key", ["p", "m", "c"])
@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_screens_say_what_matters_in_a_small_terminal_too(desk_in, key, language):
    desk = desk_in(language)
    async with desk.app(size=(40, 20), keys=(*SLIP, key)) as (app, _):
        shown = screen_text(app)
    expected = {
        "p": (FORECAST(), TODAY()),
        "m": (mistake_text("factor")[:5], TIMES(count=1)),
        "c": (*(name() for name in NAMES.values()), value_text("minutes", 20)),
    }
    for text in expected[key]:
        assert text in shown
