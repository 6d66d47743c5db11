"""The table of actions: no key twice, a sentence for each, twins for each letter; what works now; keys of one's own."""

import json

import pytest
from textual.binding import Binding

from studyapp.domain.text import set_language
from studyapp.screens.actions import MOVEMENT, TABLE, actions, bindings, choose_keys, key_name, label
from studyapp.screens.base import PLACEMENT
from studyapp.screens.boxes import NOT_NOW, HelpScreen
from studyapp.screens.home import HomeScreen
from studyapp.screens.progress import ProgressScreen
from studyapp.screens.question import QuestionScreen
from studyapp.screens.sitting import Stage
from studyapp.screens.state import PLACED, ROUNDS, day_text
from studyapp.screens.widgets import KeyLine, Masthead, usable_keys
from studyapp.typeset.width import cells
from tests.screens.conftest import FIRST, PAGE
from tests.screens.screenshots import screen_text, shown

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


QUESTION = (*FIRST, "e")
SIZES = [(80, 24), (120, 40), (40, 20)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("keys", [(), "s", "p", "c", "m", "x", ("asterisk",), PAGE, QUESTION], ids="-".join)
async def test_the_key_line_shows_what_works_now_and_the_help_at_the_right(desk_in, language, size, keys):
    desk = desk_in(language)
    async with desk.app(size=size) as (app, pilot):
        await pilot.act(*keys)
        line = app.screen.query_one(KeyLine)
        below = screen_text(app).split("\n")[-1]
        placed = line._placed()
        usable = usable_keys(app.screen, app.screen.TABLE)
        names = [name for *_, name in placed]
        assert names[-1] == "help"
        assert set(names) <= usable.keys() - MOVEMENT
        assert below.endswith(f"F1 {label('help')}")
        assert cells(below) == size[0] - 2
        for column, key, text, _ in placed:
            assert below.find(f"{key} {text}") >= 0, (column, key)
        room = size[0] - 4 - sum(cells(f"{key} {text}") + 3 for _, key, text, _ in placed)
        shown = {text for _, _, text, _ in placed}
        left = [name for name in usable if name not in MOVEMENT and label(name) not in shown]
        assert not left or room < max(cells(f"{usable[name][0]} {label(name)}") + 3 for name in left)


async def test_each_key_of_the_key_line_is_clicked(desk):
    async with desk.app() as (app, pilot):
        at = screen_text(app).split("\n")[-1].index(label("progress"))
        before = screen_text(app).split("\n")[-1][:at]
        await pilot.click(KeyLine, offset=(cells(before), 0))
        assert isinstance(app.screen, ProgressScreen)
        await pilot.click(KeyLine, offset=(75, 0))
        assert isinstance(app.screen, HelpScreen)


async def test_while_a_line_takes_what_is_typed_no_letter_is_offered_as_a_key(desk):
    async with desk.app(keys=QUESTION) as (app, pilot):
        for typed in ("", "0"):
            await pilot.act(*typed)
            shown = usable_keys(app.screen, "question")
            assert not any(len(key) == 1 and key.isalnum() for keys in shown.values() for key in keys)
            assert (shown["flag_place"][0] == "*") is (typed == "")
        assert "following" not in shown


async def test_the_help_lists_what_works_now_before_the_rest(desk):
    async with desk.app(size=(120, 60), keys=(*QUESTION, "f1")) as (app, pilot):
        asked = screen_text(app)
        await pilot.act("escape", *"0.36", "enter", "f1")
        answered = screen_text(app)
    for text, now, later in ((asked, "hint", "proof"), (answered, "proof", "hint")):
        places = [text.index(actions("question")[name].sentence[:12]) for name in (now, later)]
        assert places[0] < text.index(NOT_NOW()) < places[1]


class TestKeysOfOnesOwn:
    @pytest.fixture(autouse=True)
    def _as_before(self):
        yield
        choose_keys({})

    def test_replace_those_of_the_table_with_their_twins(self):
        keymap, complaints = choose_keys({"question.mark": "z, Space", "home.exam": ";"})
        assert complaints == ()
        assert keymap["question.mark"].split(",")[-2:] == ["space", "ideographic_space"]
        assert keymap["home.exam"] == "semicolon,fullwidth_semicolon"
        assert actions("question")["mark"].shown == ("z", "Space")
        assert actions("home")["exam"].shown == (";",)

    def test_two_actions_may_exchange_theirs(self):
        assert choose_keys({"home.exam": "p", "home.progress": "x"})[1] == ()

    @pytest.mark.parametrize(
        ("name", "keys", "named"),
        [
            ("home.exams", "z", "home.exam"),
            ("nothing", "z", ""),
            ("exam.pick", "z", ""),
            ("home.exam", "zz", "zz"),
            ("home.exam", "", "home.exam"),
            ("home.exam", "あ", "あ"),
            ("home.exam", "z,,y", "home.exam"),
            ("home.exam", "p", "home.progress"),
        ],
    )
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_that_cannot_be_are_told_and_change_nothing(self, name, keys, named, language):
        set_language(language)
        keymap, complaints = choose_keys({name: keys})
        assert keymap == {}
        (complaint,) = complaints
        assert name in complaint
        assert named in complaint
        assert all(actions(screen)[action.name] == action for screen in TABLE for action in TABLE[screen])

    def _settings(self, desk, keys):
        desk.setup.data.mkdir(exist_ok=True)
        (desk.setup.data / "settings.json").write_text(json.dumps({"keys": keys}), encoding="utf-8")

    async def test_stand_in_the_settings_file(self, desk):
        self._settings(desk, {"home.progress": "z,F5"})
        async with desk.app() as (app, pilot):
            assert f"z {label('progress')}" in screen_text(app).split("\n")[-1]
            await pilot.act("p")
            assert isinstance(app.screen, HomeScreen)
            for key in ("z", "ｚ", "f5"):
                await pilot.act(key)
                assert isinstance(app.screen, ProgressScreen), key
                await pilot.act("escape")
            await pilot.act("j", "k", "x", "escape")
            assert isinstance(app.screen, HomeScreen), "the others are as they were"

    async def test_lead_on_from_a_verdict(self, desk):
        self._settings(desk, {"question.following": "z"})
        async with desk.app(keys=(*QUESTION, *"0.36", "enter")) as (app, pilot):
            assert isinstance(app.screen, QuestionScreen)
            await pilot.act("z")
            assert app.screen.sitting.stage is Stage.ASKED

    @pytest.mark.parametrize("keys", [{"home.exam": "p"}, {"home.exam": 3}, ["p"], "p", {"nothing": "p"}])
    async def test_that_are_wrong_are_told_on_home(self, desk, keys):
        self._settings(desk, keys)
        async with desk.app(size=(120, 40)) as (app, pilot):
            assert "keys" in screen_text(app)
            await pilot.act("p")
            assert isinstance(app.screen, ProgressScreen)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("enter", "Enter"), ("f1", "F1"), ("question_mark", "?"), ("slash", "/"), ("delete", "Del"), ("j", "j")],
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
