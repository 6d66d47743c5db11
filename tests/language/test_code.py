"""Code is read by a list of what it may contain; everything else is refused in a sentence, and nothing is executed."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.code import CALLS
from studyapp.domain.limits import CODE_CHARACTERS
from studyapp.domain.verdict import Unreadable
from studyapp.language.code import read_code
from studyapp.language.refusals import OTHERWISE, REFUSALS, explain

NAMES = ("x", "y", "t", "W", "b", "N", "dout", "lr")

READ = {
    "np.sum(dout, axis=0)": "np.sum(dout, axis=0)",
    "  return np.sum(dout, axis=0)  ": "np.sum(dout, axis=0)",
    "dx = dout * (x > 0)": "dout * (x > 0)",
    "self.dx = dout * (self.x > 0)": "dout * (x > 0)",
    "np.sum（x，axis＝０）": "np.sum(x, axis=0)",
    "x − y × 2": "x - y * 2",
    "x.T @ dout": "x.T @ dout",
    "x.reshape(-1, 1)": "x.reshape(-1, 1)",
    "x[np.arange(N), t]": "x[np.arange(N), t]",
    "x[:, None, ...]": "x[:, None, ...]",
    "np.linalg.inv(W)": "np.linalg.inv(W)",
    "numpy.exp(x)": "numpy.exp(x)",
    "x.astype(float)": "x.astype(float)",
    "x.astype('int')": "x.astype('int')",
    "np.einsum('ij,jk->ik', x, W)": "np.einsum('ij,jk->ik', x, W)",
    "np.pad(x, 1, 'constant')": "np.pad(x, 1, 'constant')",
    "x if N > 1 else y": "x if N > 1 else y",
    "(x\n + y)  # both": "x + y",
    "(x > 0) & ~(y < 0.5)": "(x > 0) & ~(y < 0.5)",
}
REFUSED = {
    "": "empty",
    "   ": "empty",
    "return": "empty",
    "x = ": "empty",
    "x += 1": "code-statement",
    "x[0] = 1": "code-statement",
    "import os": "code-statement",
    "x; y": "code-statement",
    "del x": "code-statement",
    "x = y = 3": "code-statement",
    "for i in x: pass": "code-statement",
    "x +": "code-syntax",
    "1 2": "code-syntax",
    "x y": "code-syntax",
    "(x": "unbalanced",
    "x)": "unbalanced",
    "(x]": "unbalanced",
    "x × あ": "code-sign",
    "x \x00": "code-sign",
    "x \ud800": "code-sign",
    "𝐱z": "code-name",
    "z": "code-name",
    "np": "code-name",
    "object": "code-name",
    "np.zeros(3, dtype=object)": "code-name",
    "x and y": "code-logic",
    "not x": "code-logic",
    "0 < x < 1": "code-chain",
    "[i for i in x]": "code-form",
    "{i for i in x}": "code-form",
    "{1: 2}": "code-form",
    "(i for i in x)": "code-form",
    "lambda: 1": "code-form",
    "(z := 1)": "code-form",
    "f'{x}'": "code-form",
    "1j": "code-form",
    "np.sum(*x)": "code-form",
    "np.sum(**x)": "code-argument",
    "x << 2": "code-form",
    "x is y": "code-form",
    "x in y": "code-form",
    "await x": "code-form",
    "'a'": "code-text",
    "b'a'": "code-text",
    "np.array('a')": "code-text",
    "np.einsum('ij->%s', x)": "code-text",
    "np.pad(x, 1, 'wrap')": "code-text",
    "np.zeros(3, dtype='O')": "code-text",
    "sum(x)": "code-function",
    "eval('1')": "code-function",
    "open('x')": "code-function",
    "__import__('os')": "code-function",
    "getattr(x, 'T')": "code-function",
    "np.random.rand(3)": "code-function",
    "np.load('x')": "code-function",
    "np.linalg.eig(W)": "code-function",
    "np.fft.fft(x)": "code-function",
    "x.tolist()": "code-function",
    "x.tofile('a')": "code-function",
    "x.sum()()": "code-function",
    "np.sum": "code-uncalled",
    "x.__class__": "code-attribute",
    "x.real": "code-attribute",
    "np.core.numeric": "code-attribute",
    "().__class__.__bases__": "code-attribute",
    "np.sum(x, axes=0)": "code-argument",
    "np.sum(x, out=y)": "code-argument",
    "np.add(x, y, where=t)": "code-argument",
    "np.sum(x, axis=0, axis=1)": "repeated-option",
    "np.sum(x, 0, axis=1)": "repeated-option",
    "np.add(x, y, y)": "wrong-arguments",
    "np.where(x)": "wrong-arguments",
    "np.sum()": "wrong-arguments",
    "9" * 19: "too-large",
    "0x" + "f" * 18: "too-large",
    "-" * 30 + "x": "doubled-sign",
    "(" * 41 + "x" + ")" * 41: "too-deep",
    "+".join(["x"] * 130): "too-deep",
    "x" + "+x" * 300: "too-long",
}


@pytest.mark.parametrize(("text", "code"), READ.items(), ids=READ)
def test_an_expression_is_read_and_what_is_written_around_it_is_left_out(text: str, code: str):
    tree = read_code(text, NAMES)

    assert isinstance(tree, ast.expr), tree
    assert ast.unparse(tree) == code


@pytest.mark.parametrize(("text", "code"), REFUSED.items(), ids=map(repr, REFUSED))
def test_anything_else_is_refused_with_a_sentence_of_its_own(text: str, code: str):
    refusal = read_code(text, NAMES)

    assert isinstance(refusal, Unreadable), ast.unparse(refusal)
    assert refusal.code == code
    assert code in REFUSALS
    assert explain(refusal) != OTHERWISE(found=refusal.found)
    assert 0 <= refusal.span[0] <= refusal.span[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x + z", "z"),
        ("return x + z", "z"),
        ("  np.sum(x) + np.sun(x)", "np.sun"),
        ("dx = np.sum(x, axes=0)", "axes=0"),
        ("self.x + q", "q"),
        ("x.T + x.foo", "x.foo"),
    ],
)
def test_the_place_of_what_is_refused_is_that_in_the_typed_text(text: str, found: str):
    refusal = read_code(text, NAMES)

    assert isinstance(refusal, Unreadable)
    start, stop = refusal.span
    assert text[start:stop] == found


def test_a_name_that_is_nearly_one_of_the_code_is_offered():
    refusal = read_code("np.sum(duot, axis=0)", NAMES)

    assert isinstance(refusal, Unreadable)
    assert refusal.nearest == "dout"


def test_a_function_of_python_is_answered_with_that_of_numpy():
    refusal = read_code("sum(x)", NAMES)

    assert isinstance(refusal, Unreadable)
    assert refusal.nearest == "np.sum"


@pytest.mark.parametrize("name", CALLS)
def test_every_function_can_be_called_with_what_it_needs(name: str):
    call = CALLS[name]
    values = ["'ij->i'" if argument == "subscripts" else "x" for argument in call.arguments[: call.needed]]
    plain = ("len", "float", "int", "bool")
    written = f"{'' if name in plain else 'np.'}{name}({', '.join(values)})"
    if name in ("flatten", "astype", "item"):
        written = f"x.{name}({', '.join(values[1:])})"

    assert isinstance(read_code(written, NAMES), ast.expr), explain(read_code(written, NAMES))


def test_reading_says_nothing_and_warns_of_nothing(
    capsys: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
):
    for text in ("'\\d'", "1or 2", "1 is 1", "x[0](1)", "0777", "1_000 + x", "''''", "\\"):
        read_code(text, NAMES)

    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


WORDS = ("np.", "np.sum(", "axis=0", "0", "1.5", "1e9", "__class__", "if", "else", "lambda", "for", "not ", "and ")
PIECES = st.sampled_from([*"()[]{}+-*/%@&|^~<>=!,.:; \n\t\"'#\\あ＝（é\x00\ud800", "**", "//", "...", *NAMES, *WORDS])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str):
    tree = read_code(text, NAMES)

    assert isinstance(tree, ast.expr | Unreadable)
    if isinstance(tree, ast.expr):
        assert len(text) <= CODE_CHARACTERS
        assert isinstance(read_code(ast.unparse(tree), NAMES), ast.expr)
