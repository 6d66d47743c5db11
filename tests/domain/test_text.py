"""Sentences in two languages: filled in, counted, with the same places in both, and given what they need."""

import ast
import string
from importlib import import_module
from pathlib import Path

import pytest

from studyapp.domain.text import Text, language, set_language, speaking

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "studyapp").rglob("*.py"))
MODULES = [path for path in SOURCES if path.stem not in {"__main__", "pytest_plugin"}]
LEFT = Text(ja="あと {days} 日", en="{days} days left")
ITEMS = Text(ja="{count} 件", en="{count} item|{count} items")


def places(template: str) -> set[str]:
    """The names of the values in a template; empty for those that have none."""
    return {name.split(".")[0].split("[")[0] for _, name, *_ in string.Formatter().parse(template) if name is not None}


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """The calls of plain names in a module, by name."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [(node.func.id, node) for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]


def test_a_sentence_is_said_in_the_language_in_force():
    assert LEFT(days=3) == "あと 3 日"
    with speaking("en"):
        assert LEFT(days=3) == "3 days left"
    assert language() == "ja"


def test_a_language_that_is_neither_is_refused():
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")


@pytest.mark.parametrize(("count", "sentence"), [(0, "0 items"), (1, "1 item"), (2, "2 items")])
def test_a_count_picks_the_form(count: int, sentence: str):
    set_language("en")
    assert ITEMS(count=count) == sentence


def test_braces_stay_where_no_value_is_given():
    assert Text(ja="{{ x }}", en="{{ x }}")() == "{{ x }}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_both_languages_have_the_same_places(path: Path):
    for name, call in calls(path):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if name in {"Text", "rule"} and "ja" in given and not isinstance(given["ja"], ast.Name):  # a rule hands them on
            differing = places(ast.literal_eval(given["ja"])) ^ places(ast.literal_eval(given["en"]))
            assert differing <= {"count", "month", "name", "month_name"}, call.lineno  # “1 day”; 11/2 and 2 November


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_sentence_is_given_the_values_that_it_needs(path: Path):
    """`LEFT(days=3)`: nothing is left in braces. A template that is filled in elsewhere is given none of them."""
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name, call in calls(path):
        text, given = getattr(module, name, None), {keyword.arg for keyword in call.keywords}
        if isinstance(text, Text) and given and None not in given:
            assert places(text.ja) | places(text.en) <= given, f"{name} in line {call.lineno}"
