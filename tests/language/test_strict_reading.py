"""The authors' language: what is read, as which tree, and what is refused where."""

from decimal import Decimal

import pytest

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
from studyapp.domain.verdict import Unreadable
from studyapp.language import read_strict, to_text


def number(text):
    return Number(Decimal(text))


A, B, C, X, Y = map(Name, "abcxy")

TREES = {
    "0.5": number("0.5"),
    ".5": number("0.5"),
    "1e-7": number("1e-7"),
    "1/3": Binary("/", number(1), number(3)),
    "a + b*c": Binary("+", A, Binary("*", B, C)),
    "a - b - c": Binary("-", Binary("-", A, B), C),
    "a/b/c": Binary("/", Binary("/", A, B), C),
    "a**b**c": Binary("**", A, Binary("**", B, C)),
    "a^b": Binary("**", A, B),
    "-x**2": Negate(Binary("**", X, number(2))),
    "(-x)**2": Binary("**", Negate(X), number(2)),
    "2**-1": Binary("**", number(2), Negate(number(1))),
    "-a*b": Negate(Binary("*", A, B)),
    "-a + b": Binary("+", Negate(A), B),
    "a*-b": Binary("*", A, Negate(B)),
    "a/-b*c": Binary("*", Binary("/", A, Negate(B)), C),
    "2**-x*y": Binary("*", Binary("**", number(2), Negate(X)), Y),
    "a < b": Comparison("<", A, B),
    "a < b <= c": Logical("and", Comparison("<", A, B), Comparison("<=", B, C)),
    "a == b != c": Logical("and", Comparison("==", A, B), Comparison("!=", B, C)),
    "not a < b and c > 0": Logical("and", Not(Comparison("<", A, B)), Comparison(">", C, number(0))),
    "a or b and c": Logical("or", A, Logical("and", B, C)),
    "f(x)": Call("f", (X,)),
    "f(x, y, reduction=sum)": Call("f", (X, Y), (("reduction", Name("sum")),)),
    "f(x, form='ws')": Call("f", (X,), (("form", Word("ws")),)),
    'f(x, form="ws")': Call("f", (X,), (("form", Word("ws")),)),
    "f'(x)": Call("f", (X,), primes=1),
    "f''(x)": Call("f", (X,), primes=2),
    "if(y > 0, 1, 0)": Call("if", (Comparison(">", Y, number(0)), number(1), number(0))),
    "y[c]": Index(Y, (C,)),
    "y[0, 2]": Index(Y, (number(0), number(2))),
    "softmax(x)[0]": Index(Call("softmax", (X,)), (number(0),)),
    "(a, b)": Vector((A, B)),
    "[a, b]": Vector((A, B)),
    "[a]": Vector((A,)),
    "(a)": A,
    "[[a, b], [b, a]]": Vector((Vector((A, B)), Vector((B, A)))),
    "w2_1_3*delta1_2": Binary("*", Name("w2_1_3"), Name("delta1_2")),
    "δ_j": Name("δ_j"),
    "decimal(0, 1, digits=2)": Call("decimal", (number(0), number(1)), (("digits", number(2)),)),
}

REFUSED = {
    "": ("empty", (0, 0)),
    "  ": ("empty", (0, 2)),
    "2x": ("missing-operator", (1, 2)),
    "a b": ("missing-operator", (2, 3)),
    "(a)(b)": ("missing-operator", (3, 4)),
    "f(x)(y)": ("missing-operator", (4, 5)),
    "2(x)": ("missing-operator", (1, 2)),
    "a;b": ("unsupported-sign", (1, 2)),
    "a × b": ("unsupported-sign", (2, 3)),
    "（a）": ("unsupported-sign", (0, 1)),
    "a = b": ("equation", (2, 3)),
    "a, b": ("stray-comma", (1, 2)),
    "a.b": ("unsupported-sign", (1, 2)),
    "__a__": ("unsupported-sign", (0, 1)),
    "a__b": ("unsupported-sign", (1, 2)),
    "5.": ("unsupported-sign", (1, 2)),
    "1.2.3": ("missing-operator", (3, 5)),
    "+a": ("missing-operand", (0, 1)),
    "a +": ("incomplete", (3, 3)),
    "(a +)": ("incomplete", (3, 4)),
    "(a": ("unbalanced", (0, 1)),
    "a)": ("unbalanced", (1, 2)),
    "(a]": ("unbalanced", (0, 1)),
    "()": ("missing-operand", (1, 2)),
    "[]": ("missing-operand", (1, 2)),
    "(a,)": ("incomplete", (2, 3)),
    "f(k=1, x)": ("option-first", (7, 8)),
    "f(k=1, k=2)": ("repeated-option", (7, 8)),
    "f'": ("missing-argument", (0, 2)),
    "'a": ("unsupported-sign", (0, 1)),
    "a\\b": ("unsupported-sign", (1, 2)),
    "9**9**9": ("too-large", (0, 7)),
    "((9**9)**9999)**9999": ("too-large", (0, 14)),
    "1e999999": ("too-large", (0, 8)),
    "9999999!": ("unsupported-sign", (7, 8)),
    "a if b else c": ("missing-operator", (2, 4)),
    "lambda: 0": ("missing-operator", (6, 7)),
}


@pytest.mark.parametrize(("text", "tree"), TREES.items())
def test_an_expression_is_read_as_its_tree(text, tree):
    assert read_strict(text) == tree


@pytest.mark.parametrize("text", TREES)
def test_a_written_expression_prints_and_reads_back(text):
    tree = read_strict(text)
    assert not isinstance(tree, Unreadable)
    assert read_strict(to_text(tree)) == tree


@pytest.mark.parametrize(("text", "wanted"), REFUSED.items())
def test_what_is_not_in_the_language_is_refused_with_its_place(text, wanted):
    refusal = read_strict(text)
    assert (refusal.code, refusal.span) == wanted


def test_the_plain_sign_is_offered_for_a_typographic_one():
    assert read_strict("a × b").nearest == "*"
    assert read_strict("（a）").nearest == "("


def test_a_number_keeps_the_places_it_was_written_with():
    assert str(read_strict("0.50").value) == "0.50"
    assert to_text(read_strict("0.50")) == "0.50"


def test_every_node_knows_its_place_in_the_text():
    text = "  f(x, k=2) + (a - b)*y[0]"
    tree = read_strict(text)
    slices = {type(node).__name__: text[slice(*node.span)] for node in walk(tree)}
    assert slices["Call"] == "f(x, k=2)"
    assert slices["Index"] == "y[0]"
    assert text[slice(*tree.span)] == text.strip()
    assert text[slice(*tree.right.left.span)] == "(a - b)"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 2000, "too-deep"),
        ("-" * 1999 + "x", "too-deep"),
        ("2**" * 600 + "2", "too-deep"),
        ("+".join(["x"] * 900), "too-deep"),
        ("x" * 2001, "too-long"),
        ("[" * 49 + "x" + "]" * 49, None),
        ("+".join(["x"] * 190), None),
        ("not " * 300 + "x", "too-deep"),
        ("f(" * 300, "too-deep"),
        ("x<" * 500 + "x", "too-deep"),
        ("x" + "[0]" * 500, "too-deep"),
        ("9" * 2000, None),
    ],
    ids=lambda text: str(text)[:12],
)
def test_long_and_deep_texts_meet_a_bound_and_never_the_stack(text, code):
    reading = read_strict(text)
    assert (reading.code if isinstance(reading, Unreadable) else None) == code


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("np.sum(a)", "sum"),
        ("A.T", "transpose(A)"),
        ("a.sum()", "sum(a)"),
        ("-2..2", ""),
        ("a . b", ""),
        ("x0.a", "a(x0)"),
    ],
)
def test_an_attribute_is_answered_with_the_call_that_it_means_and_a_sign_never_with_itself(text, nearest):
    refusal = read_strict(text)
    assert (refusal.code, refusal.nearest) == ("unsupported-sign", nearest)
