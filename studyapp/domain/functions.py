"""The functions of formulas: a row for each, with its sentence, other names, TeX, arguments, and how it grows."""

from collections.abc import Mapping
from typing import Literal

from studyapp.domain.limits import OPEN_ARGUMENTS
from studyapp.domain.values import dataclass

Growth = Literal["", "exponential", "hyperbolic", "logarithm", "root", "size", "factorial", "pairs"]


@dataclass(frozen=True, slots=True)
class Function:
    """A function that a formula may call; trees use `name`.

    `ja` and `en` say in the manual what it is, and `example` is computed there, with x = 3, y = (0.1, 0.6, 0.3) and
    A = ((1, 2), (3, 4)). All three are empty where the catalogue explains the function.

    `tex` is the head of the call in TeX, empty where the name is set upright, or the whole call with `#1`, `#2` for its
    arguments. `growth` says how large a result may be, by which the size of a formula is estimated before anything is
    computed, or that the work grows with `pairs` of elements. A function `in_numbers` may be used in number fields. The
    derivative of an `activation` may be written with a prime wherever a formula is asked for. The value of a function
    that is `integral` is an integer whatever it is applied to, that of a `closed` one where its arguments are integers,
    so that a key made of it is exact.
    """

    name: str
    ja: str = ""
    en: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    tex: str = ""
    fewest: int = 1
    most: int = 1
    growth: Growth = ""
    in_numbers: bool = False
    activation: bool = False
    integral: bool = False
    closed: bool = False

    @property
    def gathers(self) -> bool:
        """Whether it is of several values: its commas are never decimal, and TeX writes its arguments in braces."""
        return self.fewest > 1 or self.most > 2

    @property
    def command(self) -> str:
        """The TeX command that sets it, empty where it has none of its own name."""
        return self.tex.removeprefix("\\") if self.tex.removeprefix("\\").isalpha() else ""


TYPED = (
    Function("exp", "指数関数 eˣ", "exponential eˣ", "exp(x)", tex=r"\exp", growth="exponential", in_numbers=True),
    Function("log", "自然対数。2 番目の引数は底", "natural logarithm, or to a base", "log(8, 2)", aliases=("ln",),
        tex=r"\log", most=2, growth="logarithm", in_numbers=True),
    Function("log2", "2 を底とする対数", "logarithm to base 2", "log2(8)", growth="logarithm", in_numbers=True),
    Function("log10", "10 を底とする対数", "logarithm to base 10", "log10(1000)", growth="logarithm",
        in_numbers=True),
    Function("log1p", "log(1 + x)（x が小さくても正確）", "log(1 + x), accurate for small x", "log1p(0.001)"),
    Function("expm1", "eˣ − 1（x が小さくても正確）", "eˣ − 1, accurate for small x", "expm1(0.001)",
        growth="exponential"),
    Function("sqrt", "平方根", "square root", "sqrt(x)", tex=r"\sqrt{#1}", growth="root", in_numbers=True),
    Function("abs", "絶対値", "absolute value", "abs(-x)", tex=r"\left|#1\right|", growth="size", closed=True),
    Function("sign", "符号。−1、0、1", "sign: −1, 0 or 1", "sign(-x)", aliases=("sgn", "signum"), integral=True),
    Function("ceil", "天井関数（x 以上の最小の整数）", "smallest integer not below x", "ceil(2.5)",
        tex=r"\left\lceil #1\right\rceil", integral=True),
    Function("floor", "床関数（x 以下の最大の整数）", "largest integer not above x", "floor(-2.5)",
        tex=r"\left\lfloor #1\right\rfloor", integral=True),
    Function("sin", "正弦（ラジアン）", "sine (radians)", "sin(pi / 6)", tex=r"\sin"),
    Function("cos", "余弦", "cosine", "cos(pi / 3)", tex=r"\cos"),
    Function("tan", "正接", "tangent", "tan(pi / 4)", tex=r"\tan"),
    Function("sec", "1 / cos x", "1 / cos x", "sec(0)", tex=r"\sec"),
    Function("csc", "1 / sin x", "1 / sin x", "csc(pi / 2)", aliases=("cosec",), tex=r"\csc"),
    Function("cot", "cos x / sin x", "cos x / sin x", "cot(pi / 4)", tex=r"\cot"),
    Function("asin", "逆正弦", "inverse sine", "asin(1)", aliases=("arcsin",), tex=r"\arcsin"),
    Function("acos", "逆余弦", "inverse cosine", "acos(0)", aliases=("arccos",), tex=r"\arccos"),
    Function("atan", "逆正接", "inverse tangent", "atan(1)", aliases=("arctan",), tex=r"\arctan"),
    Function("sinh", "双曲線正弦", "hyperbolic sine", "sinh(1)", tex=r"\sinh", growth="hyperbolic"),
    Function("cosh", "双曲線余弦", "hyperbolic cosine", "cosh(1)", tex=r"\cosh", growth="hyperbolic"),
    Function("tanh", "双曲線正接", "hyperbolic tangent", "tanh(1)", tex=r"\tanh", activation=True),
    Function("sech", "1 / cosh x", "1 / cosh x", "sech(0)"),
    Function("csch", "1 / sinh x", "1 / sinh x", "csch(1)", aliases=("cosech",)),
    Function("coth", "1 / tanh x", "1 / tanh x", "coth(1)", tex=r"\coth"),
    Function("asinh", "逆双曲線正弦", "inverse hyperbolic sine", "asinh(1)", aliases=("arsinh", "arcsinh"),
        tex=r"\mathrm{arsinh}"),
    Function("acosh", "逆双曲線余弦", "inverse hyperbolic cosine", "acosh(2)", aliases=("arcosh", "arccosh"),
        tex=r"\mathrm{arcosh}"),
    Function("atanh", "逆双曲線正接", "inverse hyperbolic tangent", "atanh(0.5)", aliases=("artanh", "arctanh"),
        tex=r"\mathrm{artanh}"),
    Function("erf", "誤差関数", "error function", "erf(1)"),
    Function("factorial", "階乗。0 以上の整数に限る", "factorial of an integer from 0 on", "factorial(x)", tex="#1!",
        growth="factorial", closed=True),
    Function("sigmoid", aliases=("logistic",), tex=r"\sigma", activation=True),
    Function("softplus", activation=True),
    Function("relu", activation=True, closed=True),
    Function("swish", aliases=("silu",), activation=True),
    Function("gelu", activation=True),
    Function("step", aliases=("heaviside",), activation=True, integral=True),
    Function("pow", fewest=2, most=2),
    Function("clip", "low と high の間に収めた値", "value kept between low and high", "clip(y, 0.2, 0.5)", fewest=3,
        most=3, closed=True),
    Function("comb", "n 個から k 個を選ぶ組合せの数", "number of ways to choose k of n", "comb(5, x)",
        tex=r"\binom{#1}{#2}", fewest=2, most=2, integral=True),
    Function("min", "一つのベクトルの最小の成分、または成分ごとの最小",
        "smallest entry of one vector, or elementwise minimum", "min(y)", tex=r"\min", most=OPEN_ARGUMENTS,
        closed=True),
    Function("max", "一つのベクトルの最大の成分、または成分ごとの最大",
        "largest entry of one vector, or elementwise maximum", "max(y)", tex=r"\max", most=OPEN_ARGUMENTS,
        closed=True),
)  # fmt: skip
"""What learners may type in formulas."""

WRITTEN = (
    Function("round", "四捨五入。桁数を指定できる", "rounded half away from zero, to so many places",
        "round(2.35, digits=1)", integral=True, most=2),
    Function("minimum", "成分ごとの小さい方", "elementwise smaller value", "minimum(y, 0.2)", fewest=2, most=2,
        closed=True),
    Function("maximum", "成分ごとの大きい方", "elementwise larger value", "maximum(y, 0.2)", fewest=2, most=2,
        closed=True),
    Function("mod", "割った余り。符号は割る数と同じ", "remainder, with the sign of the divisor", "mod(-x, 5)",
        fewest=2, most=2, closed=True),
    Function("binomial", "n 回中 k 回起こる確率（二項分布）", "probability of k successes in n trials",
        "binomial(2, x, 0.5)", fewest=3, most=3),
    Function("poisson", "平均 rate のポアソン分布で k 回起こる確率", "probability of k events at that mean rate",
        "poisson(x, 2)", fewest=2, most=2),
    Function("normal_cdf", "正規分布で x 以下になる確率", "probability of a normal value up to x", "normal_cdf(1.96)",
        most=3),
    Function("if", "条件が成り立てば a、そうでなければ b", "a where the condition holds, else b", "if(x > 2, 1, 0)",
        fewest=3, most=3, closed=True),
    Function("sum", "すべての成分の和", "sum of all entries", "sum(A)", most=OPEN_ARGUMENTS, closed=True),
    Function("prod", "すべての成分の積", "product of all entries", "prod(A)", most=OPEN_ARGUMENTS, closed=True),
    Function("mean", "すべての成分の平均", "mean of all entries", "mean(A)", most=OPEN_ARGUMENTS),
    Function("median", "中央値。偶数個なら中央の二つの平均", "median; of an even number the mean of the middle two",
        "median(y)"),
    Function("quantile", "分位点。`method=halves` は、中央値で分けた両半分の中央値を四分位数とする",
        "quantile; `method=halves` takes the medians of both halves as quartiles", "quantile((1, 3, 4, 6, 7), 0.25)",
        fewest=2, most=2),
    Function("var", "分散。個数 − ddof で割る", "variance, divided by the number less ddof", "var(y)"),
    Function("std", "標準偏差。分散の平方根", "standard deviation, the root of the variance", "std(A, ddof=1)"),
    Function("norm", "長さ（2-ノルム、行列ではフロベニウスノルム）", "2-norm; of a matrix Frobenius'", "norm((x, 4))",
        tex=r"\left\|#1\right\|"),
    Function("count", "成り立つ成分の数", "number of entries where the condition holds", "count(y > 0.2)",
        most=OPEN_ARGUMENTS, integral=True),
    Function("any", "一つでも成り立つか", "whether one entry at least holds", "any(y > 0.5)", most=OPEN_ARGUMENTS,
        integral=True),
    Function("all", "すべて成り立つか", "whether all entries hold", "all(y > 0.5)", most=OPEN_ARGUMENTS,
        integral=True),
    Function("argmax", "最大の成分の番号（0 から、最初のもの）", "index of the (first) largest entry, from 0",
        "argmax(y)", integral=True),
    Function("argmin", "最小の成分の番号（0 から、最初のもの）", "index of the (first) smallest entry, from 0",
        "argmin(y)", integral=True),
    Function("sort", "小さい順に並べたもの。行列では行ごと", "entries in ascending order; of a matrix each row",
        "sort(y)", closed=True),
    Function("argsort", "小さい順に並べたときの元の番号", "indices of the entries in ascending order", "argsort(y)",
        integral=True),
    Function("cumsum", "先頭からの累積和。行列では行ごと", "running sums; of a matrix along each row", "cumsum(y)",
        closed=True),
    Function("len", "成分の数、行列では行の数", "number of entries, of a matrix its rows", "len(y)", integral=True),
    Function("concat", "成分をつないだ一つのベクトル", "all entries joined into one vector", "concat(y, 1)",
        most=OPEN_ARGUMENTS, closed=True),
    Function("reshape", "同じ成分を別の形に並べたもの。−1 は残りから決まる大きさ",
        "the same entries in another shape; −1 is the size that is left", "reshape(A, 4)", fewest=2,
        most=OPEN_ARGUMENTS, closed=True),
    Function("transpose", "転置", "transpose", "transpose(A)", tex=r"#1^{\top}", closed=True),
    Function("diag", "対角成分、またはベクトルを対角に置いた行列",
        "the diagonal of a matrix, or a matrix with that diagonal", "diag(A)", growth="pairs", closed=True),
    Function("range", "0 から（二つなら最初の数から）の続いた整数",
        "integers from 0 (of two from the first) up to before the last", "range(4)", most=2,
        integral=True),
    Function("zeros", "すべて 0 のベクトルや行列", "vector or matrix of zeros", "zeros(2, 2)", most=OPEN_ARGUMENTS,
        integral=True),
    Function("ones", "すべて 1 のベクトルや行列", "vector or matrix of ones", "ones(3)", most=OPEN_ARGUMENTS,
        integral=True),
    Function("eye", "単位行列", "identity matrix", "eye(2)", integral=True),
    Function("one_hot", "index 番目だけが 1 の長さ size のベクトル", "vector of that size, 1 at the index",
        "one_hot(1, 3)", fewest=2, most=2, integral=True),
    Function("dot", "内積、行列とベクトル・行列の積", "inner product, product with a matrix", "dot(A, (1, 1))",
        tex="#1 #2", fewest=2, most=2, growth="pairs", closed=True),
    Function("outer", "直積（すべての組の積の行列）", "outer product: the matrix of all products", "outer((1, 2), y)",
        fewest=2, most=2, growth="pairs", closed=True),
    Function("trace", "対角成分の和", "sum of the diagonal", "trace(A)", tex=r"\mathrm{tr}", closed=True),
    Function("det", "行列式", "determinant", "det(A)", tex=r"\det", growth="pairs", closed=True),
    Function("inverse", "逆行列", "inverse matrix", "inverse(A)", tex="#1^{-1}", growth="pairs"),
    Function("solve", "連立方程式 A x = b の解", "solution x of A x = b", "solve(A, (5, 11))", fewest=2, most=2,
        growth="pairs"),
    Function("eigenvalues", "対称行列の固有値（小さい順）", "eigenvalues of a symmetric matrix, ascending",
        "eigenvalues(((2, 1), (1, 2)))", growth="pairs"),
    Function("D", "式 f の x（文字、成分、ベクトル）に関する微分",
        "derivative of f by x: a symbol, an entry or a vector", "D(x ** 2, x)", fewest=2, most=2, growth="pairs"),
)  # fmt: skip
"""What authors have besides, and the catalogue."""

ROWS = TYPED + WRITTEN
BY_NAME = {row.name: row for row in ROWS}
LEARNERS = frozenset(row.name for row in TYPED)
ALIASES = {alias: row.name for row in ROWS for alias in row.aliases}

ELSEWHERE: Mapping[str, str] = {
    "where": "if(condition, a, b)", "matmul": "A @ B", "inner": "dot(a, b)", "average": "mean",
    "size": "len", "length": "len", "arange": "range(n)", "linspace": "low + (high - low) * range(n) / (n - 1)",
    "power": "a ** b", "square": "x ** 2", "multiply": "a * b", "divide": "a / b", "add": "a + b",
    "subtract": "a - b", "sigma": "sigmoid", "diff": "D(f, x)", "derivative": "D(f, x)", "grad": "D(f, x)",
    "inv": "inverse(A)", "eig": "eigenvalues(A)", "eigvals": "eigenvalues(A)", "eigh": "eigenvalues(A)",
    "identity_matrix": "eye(n)", "product": "prod", "percentile": "quantile(x, q)", "stdev": "std",
    "variance": "var", "cov": "mean((x - mean(x)) * (y - mean(y)))", "remainder": "mod(a, b)", "fmod": "mod(a, b)",
    "binom": "binomial(k, n, p)", "nCr": "comb(n, k)", "choose": "comb(n, k)", "gamma": "factorial(x - 1)",
    "logsumexp": "log(sum(exp(x)))", "cdf": "normal_cdf(x, mean, std)", "phi": "normal_cdf(x)",
    "count_nonzero": "count(x != 0)", "flatten": "concat(A)", "ravel": "concat(A)", "hstack": "concat(a, b)",
    "stack": "(a, b)", "vstack": "(a, b)", "array": "(a, b)", "shape": "len(A), len(A[0])", "slice": "y[0:2]",
    "randint": "integer(low, high)", "uniform": "decimal(low, high)", "choice": "pick(a, b)",
    "shuffle": "permutation(n)", "conv": "conv2d(x, k)", "einsum": "A @ B", "ndim": "len",
}  # fmt: skip
"""How this language says what other languages and libraries name so; a name that is a function is never looked up."""
