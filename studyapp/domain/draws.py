"""The random values of `draw:` lines: a row for each, with its sentence and an example."""

from studyapp.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Draw:
    """A call that draws a value; `ja` and `en` say in the manual what it is, and `example` is drawn there.

    A `fractional` one gives no integers by what it is, unless `digits=0` says so.
    """

    name: str
    ja: str
    en: str
    example: str
    fractional: bool = False


DRAWS = (
    Draw("decimal", "low から high までの小数", "decimal from low to high", "decimal(0.1, 0.9, digits=2)",
        fractional=True),
    Draw("decimals", "小数 count 個のベクトル", "vector of count decimals", "decimals(3, -1, 1, digits=1)",
        fractional=True),
    Draw("matrix", "rows 行 columns 列の小数の行列", "matrix of decimals", "matrix(2, 2, 0, 5, digits=0)",
        fractional=True),
    Draw("normal", "平均 mean、標準偏差 std のほぼ正規分布に従う小数",
        "decimal, about normal with that mean and deviation", "normal(50, 10, digits=0)", fractional=True),
    Draw("integer", "low から high までの整数", "integer from low to high", "integer(1, 9)"),
    Draw("integers", "整数 count 個のベクトル", "vector of count integers", "integers(3, 1, 9)"),
    Draw("distinct", "互いに異なる整数 count 個、順不同", "count different integers, in any order",
        "distinct(4, 1, 9)"),
    Draw("index", "0 から count − 1 までの番号", "index from 0 to count − 1", "index(4)"),
    Draw("permutation", "0 から count − 1 までの並べ替え", "0 to count − 1 in random order", "permutation(4)"),
    Draw("symmetric", "成分が整数の対称行列（size 行）", "symmetric matrix of integers, size rows",
        "symmetric(2, 0, 5)"),
    Draw("invertible", "成分が整数で逆行列のある行列（size 行）", "matrix of integers with an inverse, size rows",
        "invertible(2, 0, 5)"),
    Draw("probabilities", "正の小数 count 個。和はちょうど 1", "count positive decimals whose sum is exactly 1",
        "probabilities(3, digits=2)", fractional=True),
    Draw("pick", "並べたうちの一つ。数、ベクトル、行列、語、関数の名前",
        "one of the values: numbers, vectors, matrices, words or names of functions", "pick(relu, tanh, sigmoid)"),
    Draw("sample", "並べたうちの異なる count 個、順不同", "count different ones of the values, in any order",
        "sample(2, 1, 2, 5, 10)"),
    Draw("sign", "1 か −1", "1 or −1", "sign()"),
)  # fmt: skip
