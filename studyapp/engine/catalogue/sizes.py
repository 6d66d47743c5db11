"""Sizes and counts of networks, in whole numbers: outputs, parameters, operations, receptive fields."""

import numpy as np

from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue.entry import FLAG_ON, Argument, Domain, Entry, Option, Shape

SIZE = Option(1, Domain.SIZE)


@Entry(
    names=Text(ja="畳み込みの出力サイズ、特徴マップの大きさ", en="convolution output size"),
    takes=(Shape.MAP, Argument("n", Domain.SIZE), Argument("k", Domain.SIZE)),
    options={"stride": SIZE, "padding": Option(0, Domain.COUNT), "dilation": SIZE},
)
def conv_output(algebra: Algebra, n: Value, k: Value, stride: Value, padding: Value, dilation: Value) -> Value:
    """Output size of a convolution or pooling along one axis.

    Formula: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1.
    Args: n input size, k kernel size, stride s, padding p on each side, dilation d, whole numbers.
    Returns: a whole number. A kernel larger than the padded input is a `Problem`.
    Source: Dumoulin and Visin 2016.
    """
    room = n + 2 * padding - dilation * (k - 1) - 1
    if algebra.name == "numpy" and np.any(room < 0):
        raise Problem(f"conv_output: the kernel is larger than the padded input: {k} on {n} with padding {padding}")
    return algebra.apply("floor", algebra.divide(room, stride)) + 1


CHANNELS = (Argument("cin", Domain.SIZE), Argument("cout", Domain.SIZE), Argument("k", Domain.SIZE))


def _weights(algebra: Algebra, cin: Value, cout: Value, k: Value, groups: Value) -> Value:
    if algebra.name == "numpy" and (np.any(np.mod(cin, groups)) or np.any(np.mod(cout, groups))):
        raise Problem(f"groups divide both channels, found {groups} for {cin} and {cout}")
    return algebra.divide(cin, groups) * k**2 * cout


@Entry(
    names=Text(ja="畳み込み層のパラメータ数", en="parameters of a convolution layer"),
    takes=(Shape.MAP, *CHANNELS),
    options={"bias": FLAG_ON, "groups": SIZE},
)
def conv_parameters(algebra: Algebra, cin: Value, cout: Value, k: Value, groups: Value, *, bias: bool) -> Value:
    """Parameters of a convolution layer with square kernels.

    Formula: (cin / g) · k² · cout, and cout more with biases; depthwise: g = cin.
    Args: cin, cout channels, k kernel size, whole numbers; bias true or false; groups g a divisor of both channels.
    Returns: a whole number. Groups that do not divide the channels are a `Problem`.
    Source: LeCun and others 1998.
    """
    weights = _weights(algebra, cin, cout, k, groups)
    return weights + cout if bias else weights


@Entry(
    names=Text(ja="畳み込み層の演算量、FLOPs", en="operations of a convolution layer, FLOPs"),
    takes=(Shape.MAP, *CHANNELS, Argument("height", Domain.SIZE), Argument("width", Domain.SIZE)),
    options={"groups": SIZE},
)
def conv_flops(
    algebra: Algebra, cin: Value, cout: Value, k: Value, height: Value, width: Value, groups: Value
) -> Value:
    """Floating-point operations of a convolution layer: two, a product and a sum, for each weight and place.

    Formula: 2 · (cin / g) · k² · cout · height · width (biases not counted; half of it are multiply-adds, MACs).
    Args: cin, cout channels, k kernel size, height and width of the output, groups g, whole numbers.
    Returns: a whole number. Groups that do not divide the channels are a `Problem`.
    Source: Howard and others 2017.
    """
    return 2 * _weights(algebra, cin, cout, k, groups) * height * width


@Entry(
    names=Text(
        ja="Depthwise Separable Convolutionの計算量の比、深さごとの分離畳み込みの計算量の比",
        en="cost ratio of depthwise separable convolution",
    ),
    takes=(Shape.MAP, *CHANNELS[1:]),
)
def separable_ratio(algebra: Algebra, cout: Value, k: Value) -> Value:
    """Cost of a depthwise separable convolution as a share of the plain one's.

    Formula: 1/cout + 1/k² (depthwise and pointwise stages, without biases).
    Args: cout output channels, k kernel size, whole numbers.
    Returns: a share, above 0.
    Source: Howard and others 2017.
    """
    return algebra.divide(algebra.number(1), cout) + algebra.divide(algebra.number(1), k**2)


@Entry(
    names=Text(ja="受容野、受容野の大きさ", en="receptive field"),
    takes=(Shape.WHOLE, Argument("kernels", Domain.SIZE, "l"), Argument("strides", Domain.SIZE, "l")),
)
def receptive_field(algebra: Algebra, kernels: Value, strides: Value) -> Value:
    """How many inputs along one axis one output of a stack of layers sees.

    Formula: 1 + Σ_l (k_l − 1) · Π_{i<l} s_i.
    Args: kernels k_l and strides s_l, one a layer, from the input on, whole numbers.
    Returns: a whole number. An empty length is a `Problem`.
    Source: Araujo and others 2019.
    """
    field, jump = algebra.number(1), algebra.number(1)
    for kernel, stride in zip(kernels, strides, strict=True):
        field, jump = field + (kernel - 1) * jump, jump * stride
    return field


def _pairs(algebra: Algebra, sizes: Value) -> Value:
    """Σ n_l · n_{l+1}."""
    if len(sizes) < 2:
        raise Problem(f"two layer sizes at least are needed, found {len(sizes)}")
    return functions.total(algebra, sizes[:-1] * sizes[1:])


LAYERS = (Argument("sizes", Domain.SIZE, "l"),)


@Entry(
    names=Text(ja="全結合層のパラメータ数", en="parameters of fully connected layers"),
    takes=(Shape.WHOLE, *LAYERS),
    options={"bias": FLAG_ON},
)
def dense_parameters(algebra: Algebra, sizes: Value, *, bias: bool) -> Value:
    """Parameters of a stack of fully connected layers.

    Formula: Σ_l n_l · n_{l+1}, and Σ_{l>1} n_l more with biases.
    Args: sizes of the layers, inputs first, whole numbers, two at least; bias true or false.
    Returns: a whole number. Fewer than two sizes are a `Problem`.
    Source: standard usage.
    """
    weights = _pairs(algebra, sizes)
    return weights + functions.total(algebra, sizes[1:]) if bias else weights


@Entry(names=Text(ja="全結合層の演算量", en="operations of fully connected layers"), takes=(Shape.WHOLE, *LAYERS))
def dense_flops(algebra: Algebra, sizes: Value) -> Value:
    """Floating-point operations of a stack of fully connected layers for one example.

    Formula: 2 Σ_l n_l · n_{l+1} (a product and a sum for each weight; biases and activations not counted).
    Args: sizes of the layers, inputs first, whole numbers, two at least.
    Returns: a whole number. Fewer than two sizes are a `Problem`.
    Source: standard usage.
    """
    return 2 * _pairs(algebra, sizes)
