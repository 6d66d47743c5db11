"""Numbers and vectors in every form in which they are typed or copied, and the texts that are asked back."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.expression import Vector
from studyapp.domain.units import unit_asked
from studyapp.domain.verdict import Unreadable
from studyapp.engine.interpretation import exact_value
from studyapp.language import read_number, read_vector, to_text

DECIMALS = st.decimals("-999", "999", places=3, allow_nan=False, allow_infinity=False).map(lambda one: one + 0)
ENTRIES = st.lists(DECIMALS, min_size=2, max_size=8)
MATRICES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(DECIMALS, min_size=width, max_size=width), min_size=2, max_size=3)
)


def code(reading: object) -> str:
    return f"!{reading.code}" if isinstance(reading, Unreadable) else to_text(reading)


def values(reading: object) -> object:
    """The numbers of a reading, in lists; the refusal where there is one."""
    if isinstance(reading, Vector):
        return [values(item) for item in reading.items]
    return reading if isinstance(reading, Unreadable) else exact_value(reading)


def fractions(entries: list[Decimal]) -> list[Fraction]:
    return [Fraction(entry) for entry in entries]


FORMS = {
    "commas": ", ".join,
    "brackets": lambda texts: f"[{', '.join(texts)}]",
    "parentheses": lambda texts: f"({', '.join(texts)})",
    "blanks in brackets": lambda texts: f"[ {'  '.join(texts)} ]",
    "full width": lambda texts: f"（{'，'.join(texts)}）".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-"}),
    "full-width spaces": lambda texts: f"[{chr(0x3000).join(texts)}]",
    "a line each": "\n".join,
    "array": lambda texts: f"array([{', '.join(texts)}])",
    "torch.Size": lambda texts: f"torch.Size([{', '.join(texts)}])",
    "np.array": lambda texts: f"np.array([{', '.join(texts)}], dtype=np.float64)",
    "tensor": lambda texts: f"tensor([{', '.join(texts)}], device='cuda:0', grad_fn=<AddBackward0>)",
    "array over lines": lambda texts: f"array([{', '.join(texts[:1])},\n       {', '.join(texts[1:])}])",
    "numbers of NumPy 2": lambda texts: f"[{', '.join(f'np.float64({text})' for text in texts)}]",
    "pmatrix": lambda texts: rf"\begin{{pmatrix}} {' & '.join(texts)} \end{{pmatrix}}",
    "transposed": lambda texts: f"({', '.join(texts)})^T",
    "transposed sign": lambda texts: f"[{' '.join(texts)}]ᵀ",
    "factor before": lambda texts: f"1*({', '.join(texts)})",
    "factor behind": lambda texts: f"[{' '.join(texts)}]/1",
    "direction marks": lambda texts: f"\u2066({', '.join(texts)})\u2069",
}


@pytest.mark.parametrize("form", FORMS)
@given(entries=ENTRIES)
def test_a_vector_in_any_form_reads_back_exactly(form: str, entries: list[Decimal]):
    text = FORMS[form]([f"{entry:f}" for entry in entries])
    assert values(read_vector(text, matrix=False)) == fractions(entries)


@given(ENTRIES, st.integers(20, 75))
def test_a_vector_as_numpy_prints_it_reads_back_exactly(entries: list[Decimal], width: int):
    array = np.array([float(entry) for entry in entries])
    printed = np.array2string(array, max_line_width=width, suppress_small=True, precision=6, floatmode="maxprec")
    assert values(read_vector(printed, matrix=False)) == fractions(entries)
    assert values(read_vector(repr(array), matrix=False)) == fractions(entries)


@given(MATRICES)
def test_a_matrix_in_any_form_reads_back_exactly(rows: list[list[Decimal]]):
    wanted = [fractions(row) for row in rows]
    texts = [[f"{one:f}" for one in row] for row in rows]
    array = np.array([[float(one) for one in row] for row in rows])
    ends = r" \\ "
    forms = (
        "; ".join(", ".join(row) for row in texts),
        f"[{'; '.join(' '.join(row) for row in texts)}]",
        f"[{', '.join(f'[{chr(44).join(row)}]' for row in texts)}]",
        "\n".join(", ".join(row) for row in texts),
        rf"\begin{{bmatrix}} {ends.join(' & '.join(row) for row in texts)} \end{{bmatrix}}",
        np.array2string(array, suppress_small=True, precision=6),
        repr(array),
    )

    for text in forms:
        assert values(read_vector(text, matrix=True)) == wanted, text
    assert values(read_vector(f"{forms[2]}^T", matrix=True)) == [list(column) for column in zip(*wanted, strict=True)]


@given(st.lists(st.integers(-99, 99), min_size=2, max_size=6), st.integers(2, 9))
def test_integers_with_commas_alone_and_a_common_factor_read_back_exactly(entries: list[int], divisor: int):
    tight = ",".join(map(str, entries))
    scaled = [Fraction(entry, divisor) for entry in entries]
    assert values(read_vector(tight, matrix=False)) == entries
    assert values(read_vector(f"1/{divisor}*({tight})")) == scaled
    assert values(read_vector(rf"\frac{{1}}{{{divisor}}} ({tight})")) == scaled
    assert values(read_vector(f"({tight})/{divisor}")) == scaled


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(10, 99)), min_size=2, max_size=4),
    st.sampled_from(["; ", " ", ", ", "\n"]),
)
def test_decimal_commas_are_asked_back_whatever_parts_the_entries(entries: list[tuple[int, int]], part: str):
    reading = read_vector(part.join(f"{whole},{rest}" for whole, rest in entries), matrix=False)
    assert code(reading) == "!decimal-comma"


@pytest.mark.parametrize(
    ("text", "wanted"),
    {
        "[ 0.12 -0.02  0.5 ]": "[0.12, -0.02, 0.5]",
        "0.12 -0.02 0.5": "[0.12, -0.02, 0.5]",
        "[1 -1]": "[1, -1]",
        "[1 - 1]": "[1 - 1]",
        "[0.2 0. 1.]": "[0.2, 0, 1]",
        "3.5,2,3": "[3.5, 2, 3]",
        "1,-2,3": "[1, -2, 3]",
        "-1,-2,3,-7": "[-1, -2, 3, -7]",
        "1,2;3,4": "[[1, 2], [3, 4]]",
        "[[1 2]\n [3 4]]": "[[1, 2], [3, 4]]",
        "[[1 2][3 4]]": "[[1, 2], [3, 4]]",
        "(1, e^2)/(1+e^2)": "[1/(1 + e**2), e**2/(1 + e**2)]",
        "0.5[2 4]": "[0.5*2, 0.5*4]",
        "-(1, 2) + (3, 4)": "[-1 + 3, -2 + 4]",
        "np.array([1, 2], dtype=int)": "[1, 2]",
        "1 -1": "!separators",
        "(1 -1)": "!separators",
        "1 -2 -3": "!separators",
        "[1 - 2 3]": "!separators",
        "[1/2 -1/2]": "!separators",
        "1 1/2 0": "!separators",
        "1 1/2, 3": "!ambiguous",
        "0,12; -0,02; 0,5": "!decimal-comma",
        "1,210,000, 5": "!decimal-comma",
        "(1, 2)*(3, 4)": "!vector-arithmetic",
        "(1, 2) + 3": "!vector-arithmetic",
        "(1, 2) + (1, 2, 3)": "!vector-arithmetic",
        "1/(1, 2)": "!vector-arithmetic",
        "np.array([0.5, 1.5], dtype=int)": "!no-names",
        "np.zeros(3)": "!no-names",
    }.items(),
    ids=ascii,
)  # fmt: skip
def test_vectors_are_read_in_one_way_or_asked_back(text: str, wanted: str):
    assert code(read_vector(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    {
        "1½": "!ambiguous",
        "1 1/2": "!ambiguous",
        "-1 1/4": "!ambiguous",
        r"1\frac{1}{2}": "!ambiguous",
        r"3*2\frac{1}{2}": "!ambiguous",
        "1,210,000": "1210000",
        "1,234.5": "1234.5",
        "-1,210,000/2": "-1210000/2",
        "12,700": "!decimal-comma",
        "0,123,456": "!decimal-comma",
        "1,21,000": "!decimal-comma",
        "1.234,5": "!stray-comma",
        "5.1E-2": "0.051",
        "1e-8": "0.00000001",
        "12個": "12",
        "１２ 個です。": "12",
        "約368回": "368",
        "3エポック目": "3",
        "12 parameters": "12",
        "0.52です": "0.52",
        "3割": "!not-mathematics",
        "12万": "!not-mathematics",
        "12万個": "!not-mathematics",
        "5パーセント": "!not-mathematics",
        "2分": "!not-mathematics",
        "個": "!not-mathematics",
        "\u20661.5\u2069": "1.5",
        "\u061c1.5\u200e": "1.5",
        "1\u180e.5": "1.5",
        "\u202d1.5\u202c": "1.5",
        "\u202e1.5": "!unsupported-sign",
        "2\u20643": "!unsupported-sign",
        "tanh(1)": "!no-names",
        "σ(1)": "!no-names",
    }.items(),
    ids=ascii,
)
def test_numbers_are_read_in_one_way_or_asked_back(text: str, wanted: str):
    assert code(read_number(text)) == wanted


def test_groups_of_thousands_are_read_where_an_integer_is_asked_for():
    assert code(read_number("1,616", integer=True)) == "1616"
    assert code(read_number("1,61", integer=True)) == "!decimal-comma"


@given(st.integers(10**6, 10**12))
def test_a_number_with_groups_reads_back_exactly(number: int):
    assert values(read_number(f"{number:,}")) == number
    assert values(read_number(f"-{number:,}.25")) == -number - Fraction(1, 4)


@pytest.mark.parametrize(
    ("prompt", "text", "wanted"),
    [
        ("平均絶対誤差は何分か。", "2.35分", "2.35"),
        ("平均絶対誤差は何分か。", "141秒", "!not-mathematics"),
        ("RMSE は何度か。", "1.5 度", "1.5"),
        ("What is the error in minutes?", "2.35 minutes", "2.35"),
        ("How many weights are there, and how many bits is that?", "64 bits", "64"),
        ("エントロピーは何ビットか。", "1.5 ナット", "!not-mathematics"),
        ("誤差を求めよ。", "2.35分", "!not-mathematics"),
    ],
)
def test_the_measure_asked_for_may_stand_behind_a_number_and_no_other_may(prompt: str, text: str, wanted: str):
    assert code(read_number(text, unit=unit_asked(prompt))) == wanted
