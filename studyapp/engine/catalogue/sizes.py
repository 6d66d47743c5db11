"""Sizes and counts of networks, in whole numbers: outputs, parameters, operations, receptive fields."""

from __future__ import annotations

import numpy as np

from studyapp.engine.algebras import notation
from studyapp.engine.algebras.algebra import Algebra, Problem, Value
from studyapp.engine.catalogue.entry import FLAG_ON, Argument, Array, Domain, Entry, Option, Shape

SIZE = Option(1, Domain.SIZE)


def _conv_output_formula(algebra: Algebra, n: Value, k: Value, stride: Value, padding: Value, dilation: Value) -> Value:
    return algebra.apply("floor", algebra.divide(n + 2 * padding - dilation * (k - 1) - 1, stride)) + 1


@Entry(
    ja=("畳み込みの出力サイズ", "特徴マップの大きさ"),
    en=("convolution output size",),
    arguments=(Argument("n", Domain.SIZE), Argument("k", Domain.SIZE)),
    shape=Shape.MAP,
    formula=_conv_output_formula,
    options={"stride": SIZE, "padding": Option(0, Domain.COUNT), "dilation": SIZE},
)
def conv_output(n: Array, k: Array, stride: float = 1, padding: float = 0, dilation: float = 1) -> Array:
    """Output size of a convolution or pooling along one axis.

    Formula: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1.
    Args: n input size, k kernel size, stride s, padding p on each side, dilation d, whole numbers.
    Returns: a whole number. A kernel larger than the padded input is a `Problem`.
    Source: Dumoulin and Visin 2016.
    """
    room = n + 2 * padding - dilation * (k - 1) - 1
    if np.any(room < 0):
        raise Problem(f"conv_output: the kernel is larger than the padded input: {k} on {n} with padding {padding}")
    return np.floor(room / stride) + 1


CHANNELS = (Argument("cin", Domain.SIZE), Argument("cout", Domain.SIZE), Argument("k", Domain.SIZE))


def _conv_parameters_formula(
    algebra: Algebra, cin: Value, cout: Value, k: Value, *, groups: Value, bias: bool
) -> Value:
    weights = algebra.divide(cin, groups) * k**2 * cout
    return weights + cout if bias else weights


@Entry(
    ja=("畳み込み層のパラメータ数",),
    en=("parameters of a convolution layer",),
    arguments=CHANNELS,
    shape=Shape.MAP,
    formula=_conv_parameters_formula,
    options={"bias": FLAG_ON, "groups": SIZE},
)
def conv_parameters(cin: Array, cout: Array, k: Array, groups: float = 1, *, bias: bool = True) -> Array:
    """Parameters of a convolution layer with square kernels.

    Formula: (cin / g) · k² · cout, and cout more with biases; depthwise: g = cin.
    Args: cin, cout channels, k kernel size, whole numbers; bias true or false; groups g a divisor of both channels.
    Returns: a whole number. Groups that do not divide the channels are a `Problem`.
    Source: LeCun and others 1998.
    """
    if np.any(np.mod(cin, groups)) or np.any(np.mod(cout, groups)):
        raise Problem(f"groups divide both channels, found {groups} for {cin} and {cout}")
    return cin / groups * np.square(k) * cout + (cout if bias else 0.0)


def _conv_flops_formula(
    algebra: Algebra, cin: Value, cout: Value, k: Value, height: Value, width: Value, groups: Value
) -> Value:
    return 2 * algebra.divide(cin, groups) * k**2 * cout * height * width


@Entry(
    ja=("畳み込み層の演算量", "FLOPs"),
    en=("operations of a convolution layer", "FLOPs"),
    arguments=(*CHANNELS, Argument("height", Domain.SIZE), Argument("width", Domain.SIZE)),
    shape=Shape.MAP,
    formula=_conv_flops_formula,
    options={"groups": SIZE},
)
def conv_flops(cin: Array, cout: Array, k: Array, height: Array, width: Array, *, groups: float = 1) -> Array:
    """Floating-point operations of a convolution layer: two, a product and a sum, for each weight and place.

    Formula: 2 · (cin / g) · k² · cout · height · width (biases not counted; half of it are multiply-adds, MACs).
    Args: cin, cout channels, k kernel size, height and width of the output, groups g, whole numbers.
    Returns: a whole number. Groups that do not divide the channels are a `Problem`.
    Source: Howard and others 2017.
    """
    return 2 * conv_parameters.unreduced(cin, cout, k, groups, bias=False) * height * width


@Entry(
    ja=("Depthwise Separable Convolutionの計算量の比", "深さごとの分離畳み込みの計算量の比"),
    en=("cost ratio of depthwise separable convolution",),
    arguments=CHANNELS[1:],
    shape=Shape.MAP,
)
def separable_ratio(algebra: Algebra, cout: Value, k: Value) -> Value:
    """Cost of a depthwise separable convolution as a share of the plain one's.

    Formula: 1/cout + 1/k² (depthwise and pointwise stages, without biases).
    Args: cout output channels, k kernel size, whole numbers.
    Returns: a share, above 0. Different shapes are a `Problem`.
    Source: Howard and others 2017.
    """
    return algebra.divide(algebra.number(1), cout) + algebra.divide(algebra.number(1), k**2)


def _receptive_field_formula(algebra: Algebra, kernels: Value, strides: Value) -> Value:
    field, jump = algebra.number(1), algebra.number(1)
    for kernel, stride in zip(kernels, strides, strict=True):
        field, jump = field + (kernel - 1) * jump, jump * stride
    return field


@Entry(
    ja=("受容野", "受容野の大きさ"),
    en=("receptive field",),
    arguments=(Argument("kernels", Domain.SIZE, "l"), Argument("strides", Domain.SIZE, "l")),
    shape=Shape.WHOLE,
    formula=_receptive_field_formula,
)
def receptive_field(kernels: Array, strides: Array) -> Array:
    """How many inputs along one axis one output of a stack of layers sees.

    Formula: 1 + Σ_l (k_l − 1) · Π_{i<l} s_i.
    Args: kernels k_l and strides s_l, one a layer, from the input on, whole numbers.
    Returns: a whole number. Different or empty lengths are a `Problem`.
    Source: Araujo and others 2019.
    """
    jumps = np.concatenate([[1.0], np.cumprod(strides)[:-1]])
    return np.asarray(1.0 + np.sum((kernels - 1.0) * jumps))


def _two_layers(sizes: Value) -> None:
    if len(sizes) < 2:
        raise Problem(f"two layer sizes at least are needed, found {len(sizes)}")


def _dense_parameters_formula(algebra: Algebra, sizes: Value, *, bias: bool) -> Value:
    weights = notation.total(algebra, sizes[:-1] * sizes[1:])
    return weights + notation.total(algebra, sizes[1:]) if bias else weights


LAYERS = (Argument("sizes", Domain.SIZE, "l"),)


@Entry(
    ja=("全結合層のパラメータ数",),
    en=("parameters of fully connected layers",),
    arguments=LAYERS,
    shape=Shape.WHOLE,
    formula=_dense_parameters_formula,
    options={"bias": FLAG_ON},
)
def dense_parameters(sizes: Array, *, bias: bool = True) -> Array:
    """Parameters of a stack of fully connected layers.

    Formula: Σ_l n_l · n_{l+1}, and Σ_{l>1} n_l more with biases.
    Args: sizes of the layers, inputs first, whole numbers, two at least; bias true or false.
    Returns: a whole number. Fewer than two sizes are a `Problem`.
    Source: standard usage.
    """
    _two_layers(sizes)
    return np.asarray(np.sum(sizes[:-1] * sizes[1:]) + (np.sum(sizes[1:]) if bias else 0.0))


@Entry(
    ja=("全結合層の演算量",),
    en=("operations of fully connected layers",),
    arguments=LAYERS,
    shape=Shape.WHOLE,
    formula=lambda algebra, sizes: 2 * notation.total(algebra, sizes[:-1] * sizes[1:]),
)
def dense_flops(sizes: Array) -> Array:
    """Floating-point operations of a stack of fully connected layers for one example.

    Formula: 2 Σ_l n_l · n_{l+1} (a product and a sum for each weight; biases and activations not counted).
    Args: sizes of the layers, inputs first, whole numbers, two at least.
    Returns: a whole number. Fewer than two sizes are a `Problem`.
    Source: standard usage.
    """
    return 2.0 * dense_parameters.unreduced(sizes, bias=False)
