"""Hostile and careless input, by class: what each text is read as, or the code with which it is asked back.

`fixtures/answers.txt` lists them: a reading, or `!` and a code, before the texts that come to it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studyapp.domain.verdict import Unreadable
from studyapp.language import Vocabulary, read_answer, read_number, read_vector, to_text

VOCABULARY = Vocabulary(
    symbols=frozenset({"y", "t", "x", "z", "p", "q", "u", "delta_j", "w_11", "w2_1_3", "u_12", "u1_2", "alpha"}),
    functions=Vocabulary().functions | {"f"},
    primed=frozenset({"sigmoid", "f"}),
)
NETWORK = "x_1 x_2 y_1 u1_1 u1_2 u2_1 delta1_1 delta1_2 delta2_1 w1_1_1 w1_1_2 w1_2_1 w1_2_2 w2_1_1"
READERS = {
    "formulas": lambda text: read_answer(text, VOCABULARY),
    "numbers": read_number,
    "vectors of numbers": read_vector,
    "vectors of formulas": lambda text: read_vector(text, VOCABULARY),
    "formulas that may hold vectors": lambda text: read_answer(text, Vocabulary(frozenset("ytx"), vectors=True)),
    "names of a network": lambda text: read_answer(text, Vocabulary(frozenset(NETWORK.split()))),
    "marks above letters": lambda text: read_answer(text, Vocabulary(frozenset({"y_hat", "t", "x_bar"}))),
}
UNPRINTABLE = {
    "formulas": {
        "ｙ\u3000＋\u3000ｔ": "y + t",
        "y\u200bt": "y*t",
        "y\u2062t": "y*t",
        **dict.fromkeys(["", " ", "\u3000", "\t\n", "\u200b", "\ufeff", "\u200b \u3000"], "!empty"),
        **dict.fromkeys(["\x1b[31my", "\x1b]0;title\x07", "y\x00", "y\x7f"], "!unsupported-sign"),
        **dict.fromkeys(["y\u202et", "y\ud800"], "!unsupported-sign"),
    },
    "numbers": {"": "!empty"},
    "vectors of numbers": {
        "": "!empty",
        **dict.fromkeys(["1 2\n3 4", "[[1, 2],\n [3, 4]]", "1, 2\r\n3, 4\n"], "[[1, 2], [3, 4]]"),
    },
}
LONG = {
    "formulas": {
        "(" * 200: "!too-deep",
        "(" * 201: "!too-many-tokens",
        "(" * 60 + "y" + ")" * 60: "!too-deep",
        "(" * 30 + "y" + ")" * 30: "y",
        "+".join("y" * 5000): "!too-long",
        "+".join("y" * 101): "!too-many-tokens",
        "y" * 501: "!too-long",
        "y" * 400: "!unknown-name",
        "-(" * 50 + "y" + ")" * 50: "!too-deep",
        "^".join("y" * 99): "!too-deep",
        "9" * 500: "9" * 500,
        "√" * 100 + "2": "!too-deep",
    },
    "vectors of numbers": {"[" * 80 + "1" + "]" * 80: "!too-deep", "[" * 300: "!too-many-tokens"},
}


def cases() -> Iterator[tuple[str, str, str]]:
    """The reader, a text, and what it is read as."""
    listed = (Path(__file__).parent.parent / "fixtures" / "answers.txt").read_text(encoding="utf-8")
    for section in listed.split("\n\n"):
        name, *lines = section.splitlines()
        for line in lines:
            wanted, _, texts = line.partition(" ⇐ ")
            yield from ((name.removeprefix("# ").partition(":")[0], text, wanted) for text in texts.split(" ¦ "))
    for table in (UNPRINTABLE, LONG):
        yield from ((reader, text, wanted) for reader, texts in table.items() for text, wanted in texts.items())


CASES = list(cases())


def outcome(reading):
    return f"!{reading.code}" if isinstance(reading, Unreadable) else to_text(reading)


@pytest.mark.parametrize(("reader", "text", "wanted"), CASES, ids=lambda part: ascii(part[:30]))
def test_a_text_is_read_as_it_is_meant_or_asked_back(reader, text, wanted):
    reading = READERS[reader](text)
    assert outcome(reading) == wanted
    if isinstance(reading, Unreadable):
        start, stop = reading.span
        assert 0 <= start <= stop <= len(text)
        assert reading.found.isprintable()


def test_the_list_is_long_enough():
    assert len(CASES) > 700


def test_a_symbol_named_sigma_and_the_function_are_kept_apart_by_asking():
    vocabulary = Vocabulary(frozenset({"sigma", "z"}))
    assert outcome(read_answer("σ z", vocabulary)) == "sigma*z"
    assert outcome(read_answer("σ(z)", vocabulary)) == "!ambiguous"
    assert outcome(read_answer("σ(z)", Vocabulary(frozenset({"z"}), frozenset({"sigma"})))) == "sigma(z)"


def test_a_product_of_symbols_never_hides_a_name():
    assert outcome(read_answer("yt", Vocabulary(frozenset({"y", "t", "yt"})))) == "yt"
    assert outcome(read_answer("yt", Vocabulary(frozenset({"y", "t", "y_t"})))) == "!ambiguous"
    assert outcome(read_answer("abc", Vocabulary(frozenset({"a", "b", "c", "ab"})))) == "!ambiguous"
