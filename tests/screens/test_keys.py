"""The table of actions: no key twice, a sentence for each, twins for each letter, a key line that fits."""

from __future__ import annotations

import itertools

import pytest
from textual.app import App
from textual.binding import Binding

from studyapp.domain.text import set_language
from studyapp.screens.actions import LABELS, TABLE, actions, bindings, help_text, key_name
from studyapp.screens.desk import day_text
from studyapp.screens.messages import PLACEMENT
from studyapp.screens.round import KEYS, MOST_OFFERED, PLACED, round_text
from studyapp.screens.widgets.masthead import Masthead
from studyapp.typeset.width import cells
from tests.screens.screenshots import screen_text

SCREENS = sorted(TABLE)


def keys_of(screen):
    return [key for binding in bindings(screen) if isinstance(binding, Binding) for key in binding.key.split(",")]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_one_screen(screen):
    keys = keys_of(screen)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_action_has_a_label_and_a_sentence(screen, language):
    set_language(language)
    for action in TABLE[screen]:
        assert LABELS[action.name]()
        assert help_text(action.name)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_letter_has_its_full_width_twin(screen):
    keys = keys_of(screen)
    for key in keys:
        if len(key) == 1 and key.isascii():
            assert chr(ord(key) + 0xFEE0) in keys


def test_a_vowel_answers_to_the_kana_that_it_writes():
    assert {"あ", "え", "お"} & set(keys_of("exam")) == {"あ", "え"}
    assert "え" in keys_of("home")


@pytest.mark.parametrize("stage", KEYS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_key_line_holds_at_most_five_keys_and_fits_into_eighty_cells(stage, language):
    set_language(language)
    table = actions("question")
    parts = [f"{key_name(table[name].keys[0])} {LABELS[name]()}" for name in KEYS[stage]]
    assert len(parts) <= 5
    assert cells("   ".join(parts)) <= 76


def test_while_an_input_has_the_focus_the_keys_to_show_are_no_letters():
    table = actions("question")
    for stage, names in KEYS.items():
        if stage.name in {"ASKED", "GRADING"}:
            assert all(len(table[name].keys[0]) > 1 for name in names)


@pytest.mark.parametrize(
    ("key", "shown"), [("enter", "Enter"), ("f1", "F1"), ("question_mark", "?"), ("ctrl+d", "Ctrl+D"), ("j", "j")]
)
def test_keys_are_written_as_on_a_keyboard(key, shown):
    assert key_name(key) == shown


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "offered", list(itertools.combinations(("meant_same", "walk", "proof", "read_topic"), MOST_OFFERED))
)
def test_whatever_is_offered_after_an_answer_fits_into_eighty_cells(offered, language):
    set_language(language)
    table = actions("question")
    names = ("following", *offered, "back", "help")
    assert cells("   ".join(f"{key_name(table[name].keys[0])} {LABELS[name]()}" for name in names)) <= 76


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_header_keeps_its_place_and_lets_the_day_go(language):
    set_language(language)
    place, last = round_text(PLACEMENT), PLACED(placed=12, at=34)

    class Page(App[None]):
        def compose(self):
            yield Masthead(place, f"{day_text(123, 100, 3_600_000)}   {last}")

    for width in (80, 60):
        app = Page()
        async with app.run_test(size=(width, 3)) as pilot:
            await pilot.pause()
            assert place in screen_text(app), width
            assert last in screen_text(app), width
