"""What terminals and Textual do to Japanese, each seen to happen without our way around it, and not with it."""

import ast
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.events import Key
from textual.widgets import Input, Markdown

import studyapp.screens
from studyapp.pages.blocks import read_blocks
from studyapp.screens.answer import AnswerInput
from studyapp.screens.exam.room import SIGNS as STATES
from studyapp.screens.widgets import SIGNS as OUTCOMES
from studyapp.typeset.document import plain_text, set_document
from studyapp.typeset.width import cells
from tests.screens.screenshots import shown

CELL = "正解の確率の対数に負号を付けた値を、すべて足したものである"
TABLE = f"| 名前 | 説明 |\n|---|---|\n| 交差エントロピー誤差 | {CELL} |\n"
SCREENS = Path(studyapp.screens.__file__).parent


async def typed(widget: Input, text: str) -> str:
    """The value of an input after a text was typed into it."""

    class Page(App[None]):
        def compose(self):
            yield widget

    app = Page()
    async with app.run_test() as pilot:
        widget.focus()
        for sign in text:
            app.post_message(Key(sign, sign))
            await pilot.pause()
        return widget.value


async def test_an_answer_keeps_full_width_digits_and_points_which_a_number_input_drops():
    assert await typed(AnswerInput(), "１２．５") == "１２．５"
    assert await typed(Input(type="number"), "１２．５") != "１２．５"


@pytest.mark.parametrize("width", [30, 40, 50])
async def test_a_table_of_long_japanese_cells_loses_no_sign_which_textual_cuts(width):
    ours = plain_text(set_document(read_blocks(TABLE), width))
    theirs = await shown(Markdown(TABLE), size=(width, 30))
    right = ours.split("\n")[2:]
    column = cells(ours.split("\n")[0].partition("説明")[0])
    assert "".join(_from_cell(line, column).strip() for line in right) == CELL
    assert all(cells(line) <= width for line in ours.split("\n"))
    assert CELL not in "".join(theirs.replace("│", "").split())


def _from_cell(line: str, column: int) -> str:
    """The part of a line from a cell on."""
    at = 0
    for number, sign in enumerate(line):
        if at >= column:
            return line[number:]
        at += cells(sign)
    return ""


def test_emphasis_beside_kana_is_set_which_plain_commonmark_leaves_as_stars():
    text = "これは**「損失」**です。"
    lines = set_document(read_blocks(text), 60)
    assert plain_text(lines) == "これは「損失」です。"
    assert [span.text for line in lines for span in line if span.role == "strong"] == ["「損失」"]
    assert "<strong>" not in MarkdownIt().render(text)


def test_a_formula_with_stars_stays_a_formula_which_plain_commonmark_makes_emphasis():
    text = "$a*b$ と $c*d$"
    assert "*" in plain_text(set_document(read_blocks(text), 60))
    assert "<em>" in MarkdownIt().render(text)


def test_what_an_input_method_commits_at_once_arrives_sign_by_sign():
    parser = XTermParser()
    keys = [event.character for event in parser.feed("損失関数") if isinstance(event, Key)]
    assert keys == list("損失関数")


def test_nothing_of_the_app_pops_up_over_a_border_where_wide_signs_are_lost():
    """Toasts, drop-downs and tooltips do; screens over screens and the status line do not."""
    avoided = {"notify", "Select", "Tooltip", "tooltip", "Toast"}
    for path in SCREENS.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert not names & avoided, path


def test_every_use_of_what_textual_keeps_to_itself_is_in_one_file():
    for path in SCREENS.rglob("*.py"):
        if path.name == "textual_compat.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
                parts = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                assert not [part for part in parts if part.startswith("_")], path


@pytest.mark.parametrize("table", [STATES, OUTCOMES], ids=["palette", "verdicts"])
def test_no_state_is_told_by_colour_alone(table):
    roles = {}
    for sign, role in table.values():
        roles.setdefault(sign, set()).add(role)
    assert all(len(found) == 1 for found in roles.values())
