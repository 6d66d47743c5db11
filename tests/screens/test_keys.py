"""The table of actions: no key twice, a sentence for each, twins for each letter, a key line that fits."""

import itertools

import pytest
from textual.binding import Binding

from studyapp.domain.text import set_language
from studyapp.screens.actions import TABLE, actions, bindings, key_name
from studyapp.screens.base import PLACEMENT
from studyapp.screens.question import KEYS, MOST_OFFERED, PLACED, ROUNDS
from studyapp.screens.sitting import Stage
from studyapp.screens.state import day_text
from studyapp.screens.widgets import Masthead
from studyapp.typeset.width import cells
from tests.screens.screenshots import shown

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
        assert action.label
        assert action.sentence


@pytest.mark.parametrize("screen", SCREENS)
def test_every_letter_has_its_full_width_twin(screen):
    keys = keys_of(screen)
    for key in keys:
        if len(key) == 1 and key.isascii():
            assert chr(ord(key) + 0xFEE0) in keys


def test_a_vowel_answers_to_the_kana_that_it_writes():
    assert {"あ", "え", "お"} & set(keys_of("exam")) == {"あ", "え"}
    assert "え" in keys_of("home")


AFTER = itertools.combinations(("meant_same", "walk", "proof", "read_topic"), MOST_OFFERED)


@pytest.mark.parametrize("names", [*KEYS.values(), *(("following", *offered, "back", "help") for offered in AFTER)])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_key_line_holds_at_most_five_keys_and_fits_into_eighty_cells(names, language):
    set_language(language)
    table = actions("question")
    assert len(names) <= 5
    assert cells("   ".join(f"{table[name].shown[0]} {table[name].label}" for name in names)) <= 76


def test_while_an_input_has_the_focus_the_keys_to_show_are_no_letters():
    table = actions("question")
    assert all(len(table[name].keys[0]) > 1 for name in KEYS[Stage.ASKED])


@pytest.mark.parametrize(
    ("key", "shown"), [("enter", "Enter"), ("f1", "F1"), ("question_mark", "?"), ("ctrl+d", "Ctrl+D"), ("j", "j")]
)
def test_keys_are_written_as_on_a_keyboard(key, shown):
    assert key_name(key) == shown


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_header_keeps_its_place_and_lets_the_day_go(language):
    set_language(language)
    place, last = ROUNDS[PLACEMENT](), PLACED(placed=12, at=34)
    for width in (80, 60):
        text = await shown(Masthead(place, f"{day_text(123, 100, 3_600_000)}   {last}"), size=(width, 3))
        assert place in text, width
        assert last in text, width
