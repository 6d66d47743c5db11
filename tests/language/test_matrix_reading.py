"""Formulas in matrix symbols: what a spelling means, what is asked back, and that nothing typed is too much."""

import random

import pytest

from studyapp.domain.text import speaking
from studyapp.domain.verdict import Unreadable
from studyapp.language import to_tex, to_text
from studyapp.language.matrices import Matrices, read_matrix
from studyapp.language.refusals import explain
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.speech import speak
from studyapp.typeset.tree import TexError
from tests.grading.matrix_pairs import pairs

SHAPES = {
    "X": ("N", "D"),
    "W": ("D", "H"),
    "b": ("H",),
    "U": ("N", "H"),
    "dU": ("N", "H"),
    "Y": ("N", "C"),
    "T": ("N", "C"),
    "A": ("D", "D"),
    "B": ("D", "D"),
    "x": ("D",),
    "w": ("D",),
    "y": ("N",),
    "W2": ("H", "C"),
    "dY": ("N", "C"),
    "N": (),
    "lambda": (),
    "c": (),
}
MATRICES = Matrices(SHAPES, ("f",))

SPELLINGS = {
    "X^T dU": "Xᵀ dU | X.T @ dU | X.T.dot(dU) | np.matmul(X.T, dU) | X^{\\top} dU | X^⊤·dU | X^\\intercal dU | X^TdU | "
    "transpose(X) dU | X.transpose() @ dU | X ** T dU | dW = X^T \\, dU | \\mathbf{X}^T dU | X^t dU | Ｘ＾Ｔ　ｄＵ",
    "dY W2^T ⊙ f'(U)": "dY W2ᵀ ⊙ f'(U) | dY W2.T * f'(U) | dY W_2^T \\odot f′(U) | (dY W2^T) ∘ f'(U)"
    " | dY@W2.T .* f'(U)",
    "(X^T X + lambda*I_D)^-1 X^T y": "(XᵀX + λI)⁻¹Xᵀy | inv(X^T X + λ I_{D}) X^T y | np.linalg.inv(X.T @ X + "
    "lambda*np.eye(D)) @ X.T @ y | \\left(X^\\top X + \\lambda I\\right)^{-1} X^\\top y",
    "1/N*X^T dU": "1/N X^T dU | \\frac{1}{N} X^T dU | (1/N) X^T dU | 1/N · X^T · dU",
    "1_N^T U": "\\mathbf{1}_N^T U | 1_{N}^T U | ones(N)^T U | 𝟏_N^⊤ U",
    "sum(U, axis=0)": "np.sum(U, axis=0) | U.sum(axis=0) | sum(U, 0) | U.sum(0) | colsum(U) | sum(U, axis=-2) ",
    "sum(U, axis=1)": "rowsum(U) | U.sum(axis=-1) | torch.sum(U, dim=1)",
    "norm(X w - y)**2": "‖X w - y‖^2 | ||Xw - y||² | \\|X w - y\\|_2^2 | \\lVert X w - y \\rVert^2"
    " | np.linalg.norm(X@w - y)**2",
    "x^T A x": "xᵀAx | x @ A @ x | x.T @ A @ x",
    "x x^T": "xxᵀ | x·x^T",
    "U ⊙ dU": "U*dU | np.multiply(U, dU) | U∘dU",
    "X W": "X*W | XW | X·W | X @ W | X \\times W",
    "(A^-1)^T": "A^{-T} | A^-T | inv(A).T",
    "X W + b": "XW + b | X@W + b",
    "trace(A)": "tr(A) | \\mathrm{tr}(A) | np.trace(A)",
    "-T/Y": "-T/Y | -\\frac{T}{Y}",
}
SPELLED = [(text, way.strip()) for text, ways in SPELLINGS.items() for way in ways.split(" | ")]

ASKED = {
    "ambiguous": "x x | A*B | A^2 | A^3 | A + x | A ⊙ x | XT | 1/NT | c/N c | |A| | 1/A | x^2^2",
    "misfit": "X dU | X + U | x A | U·dU | X ⊙ U | Y + y | X^T y + x^T | A^A | X/U | dot(x, y)",
    "not-square": "X^-1 | x^-1 | tr(X) | inv(U)",
    "identity-size": "I | λ I | ‖I‖",
    "wrong-axis": "sum(U, axis=2) | sum(x, axis=1)",
    "transposed-prime": "X' | (X W)' | X'X",
    "wrong-arguments": "transpose(X, W) | norm(X, W) | exp(X, axis=0) | sum(U, axis=0, axis=0, keepdims=2, 1)",
    "unknown-name": "Q | WQ | X^S",
    "empty": " ",
}
REFUSED = [(code, way) for code, ways in ASKED.items() for way in ([ways] if code == "empty" else ways.split(" | "))]


@pytest.mark.parametrize(("text", "spelling"), SPELLED)
def test_a_spelling_means_the_formula(text: str, spelling: str):
    formula, meant = read_matrix(spelling, MATRICES), read_matrix(text, MATRICES)

    assert not isinstance(formula, Unreadable), (spelling, explain(formula))
    assert (formula, to_text(formula[0])) == (meant, text)


@pytest.mark.parametrize(("code", "text"), REFUSED)
def test_what_does_not_fit_or_has_two_readings_is_asked_back(code: str, text: str):
    refusal = read_matrix(text, MATRICES)

    assert isinstance(refusal, Unreadable), to_text(refusal[0])
    assert refusal.code == code
    for language in ("ja", "en"):
        with speaking(language):
            assert "{" not in explain(refusal)


@pytest.mark.parametrize("text", [text for code, text in REFUSED if code == "ambiguous" and "^2^2" not in text])
def test_every_reading_that_is_offered_can_be_typed(text: str):
    refusal = read_matrix(text, MATRICES)

    assert isinstance(refusal, Unreadable)
    assert len(refusal.readings) == 2
    for reading in refusal.readings:
        again = read_matrix(reading, MATRICES)
        assert not isinstance(again, Unreadable) or again.code in ("misfit", "unsupported-sign"), (reading, again)


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_formula_is_printed_set_and_said(text: str):
    formula = read_matrix(text, MATRICES)
    assert not isinstance(formula, Unreadable)
    tex = to_tex(formula[0])

    assert not isinstance(set_inline(tex), TexError)
    assert not isinstance(set_formula(tex), TexError)
    for language in ("ja", "en"):
        with speaking(language):
            assert not isinstance(speak(tex), TexError)


def test_transposes_and_powers_are_said_as_such():
    formula = read_matrix("(X^T X)^-1 X^T y", MATRICES)
    assert not isinstance(formula, Unreadable)

    with speaking("en"):
        said = speak(to_tex(formula[0]))

    assert isinstance(said, str)
    assert said.count("transposed") == 2
    assert "to the power minus 1" in said


PIECES = "^T ᵀ .T ⊙ ∘ @ * · / + - ( ) [ ] { } ‖ | || 1_N I_N I ' f( f'( sum( axis=0 ,axis= -1 ^-1 \\top \\frac \\odot ⊤"
PIECES += " λ Q 0 1 2.5 1e9 ９ \\lambda np. dot( tr( log e あ \x1b \u0302"
FRAGMENTS = (*SHAPES, *PIECES.split())


def lines(count: int, seed: int):
    """Lines as they are typed, with characters and pieces taken out, doubled, exchanged or put in."""
    draws = random.Random(seed)
    answers = [pair.answer for pair in pairs(400, seed)]
    for _ in range(count):
        line = draws.choice(answers)
        for _ in range(draws.randint(1, 6)):
            at, to = sorted(draws.randint(0, len(line)) for _ in range(2))
            piece = draws.choice((*FRAGMENTS, line[at:to], draws.choice(answers)[at:to], ""))
            line = line[:at] + piece + line[draws.choice((at, at + 1, to)) :]
        yield line


def check_lines(count: int, seed: int) -> None:
    """Every line gives a tree that can be printed and read again, or says why it is none."""
    matrices = Matrices({**SHAPES, "Q": ("N", "C")}, ("f",))
    for line in lines(count, seed):
        formula = read_matrix(line, matrices)
        if isinstance(formula, Unreadable):
            assert explain(formula)
            continue
        again = read_matrix(to_text(formula[0]), matrices)
        assert not isinstance(again, Unreadable), (line, to_text(formula[0]), again)
        assert again[1] == formula[1]


def test_any_mutated_line_is_a_formula_or_a_refusal():
    check_lines(3_000, seed=0)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(1, 11))
def test_three_hundred_thousand_mutated_lines_are_formulas_or_refusals(seed: int):
    check_lines(30_000, seed)


@pytest.mark.parametrize("text", ["(" * 300, "X^T" * 200, "-" * 400, "‖" * 300, "X^T " * 120, "A^-1" * 100, "f(" * 160])
def test_what_is_too_long_or_too_deep_is_refused(text: str):
    assert isinstance(read_matrix(text, MATRICES), Unreadable)
