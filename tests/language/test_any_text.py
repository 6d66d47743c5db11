"""Whatever is typed gives a value, and whatever is printed can be typed in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Index,
    Logical,
    Name,
    Negate,
    Not,
    Number,
    Vector,
    Word,
    walk,
)
from studyapp.domain.text import LANGUAGES, speaking
from studyapp.domain.verdict import Unreadable
from studyapp.language import Vocabulary, read_answer, read_number, read_strict, read_vector, to_tex, to_text
from studyapp.language.refusals import REFUSALS, explain
from studyapp.typeset.lines import caret

SYMBOLS = ("x", "y", "t", "u1_2", "w2_1_3", "delta_j", "rate", "α")
VOCABULARY = Vocabulary(frozenset(SYMBOLS), Vocabulary().functions | {"f"}, frozenset({"f"}), vectors=True)
DOORS = {
    "strict": read_strict,
    "answer": lambda text: read_answer(text, VOCABULARY),
    "number": read_number,
    "vector": read_vector,
    "vector of formulas": lambda text: read_vector(text, VOCABULARY),
}

SIGNS = "0123456789.,;:+-*/^()[]{}|=<>!%'\"_ \n\\√²³⁻¹₁₂ー−×・÷′½∂≒≤。、；（）"
SIGNS += "ｙ１＋yxteEπσδλ$#&~`@あ漢\x1b\u3000\u200b\u0302"
PIECES = (
    "** log ln exp log2 sqrt σ' f'( w^{(2)}_{13} u12 \\frac{ }{ \\left( \\right) 2e-3 1e99 9**9 答え: E= and not if( k="
    " 答えは \\sqrt ^{ _{"
)
FRAGMENTS = st.sampled_from([*SIGNS, *PIECES.split()])
TEXTS = st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=25).map("".join))

NUMBERS = st.one_of(
    st.decimals(0, 1000, allow_nan=False, places=3), st.integers(0, 9).map(Decimal), st.just(Decimal("1E-30"))
).map(Number)
NAMES = st.sampled_from(SYMBOLS).map(Name)


def arithmetic(child):
    """Signs and calls that authors and learners share."""
    return st.one_of(
        st.builds(Negate, child),
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "**"]), child, child),
        st.builds(lambda f, x: Call(f, (x,)), st.sampled_from(["log", "exp", "sigmoid", "sqrt", "abs"]), child),
        st.builds(lambda x, n: Call("f", (x,), primes=n), child, st.integers(0, 2)),
        st.builds(lambda x, y: Call("max", (x, y)), child, child),
    )


def everything(child):
    """All nodes of the authors' language."""
    return st.one_of(
        arithmetic(child),
        st.builds(Comparison, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), child, child),
        st.builds(Logical, st.sampled_from(["and", "or"]), child, child),
        st.builds(Not, child),
        st.builds(lambda x, v: Call("f", (x,), (("k", v), ("form", Word("ws")))), child, child),
        st.builds(lambda x, i: Index(x, (i,)), child, child),
        st.lists(child, min_size=1, max_size=3).map(lambda items: Vector(tuple(items))),
    )


def trees(extend):
    return st.recursive(st.one_of(NUMBERS, NAMES), extend, max_leaves=12)


@pytest.mark.parametrize("door", DOORS)
@given(text=TEXTS)
def test_any_text_gives_a_tree_or_a_reason(door, text):
    reading = DOORS[door](text)
    if not isinstance(reading, Unreadable):
        assert all(0 <= node.span[0] <= node.span[1] <= len(text) for node in walk(reading))
        return
    start, stop = reading.span
    assert 0 <= start <= stop <= len(text)
    assert reading.code in REFUSALS
    for language in LANGUAGES:
        with speaking(language):
            assert explain(reading).isprintable()
    assert caret(text, reading.span).count("\n") == 1


@given(tree=trees(everything))
def test_what_is_printed_reads_back_as_the_same_tree(tree):
    reading = read_strict(to_text(tree))
    assert reading == tree or (isinstance(reading, Unreadable) and reading.code == "too-large")


@given(tree=trees(arithmetic))
def test_a_printed_formula_can_be_typed_in_as_an_answer(tree):
    text = to_text(tree)
    reading = read_answer(text, VOCABULARY)
    assert reading == tree or (isinstance(reading, Unreadable) and reading.code in {"too-large", "ambiguous"})
    if isinstance(reading, Unreadable) and reading.code == "ambiguous":
        assert "e-30" in text


@given(tree=trees(everything))
def test_every_tree_has_tex_with_balanced_braces(tree):
    tex = to_tex(tree)
    assert tex.count("{") == tex.count("}")
    assert tex.count(r"\left") == tex.count(r"\right")
