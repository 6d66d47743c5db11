"""Layers: convolution and pooling, attention, normalisation, one step of recurrent ones; gradients are Jacobians."""

from collections.abc import Callable, Iterator
from functools import reduce
from math import prod

import numpy as np

from studyapp.domain.text import Text
from studyapp.engine.algebras import functions
from studyapp.engine.algebras.algebra import FLOATS, Algebra, Problem, Value
from studyapp.engine.algebras.arrays import array_of, bounded, stacked
from studyapp.engine.catalogue import stable
from studyapp.engine.catalogue.activations import LARGEST_JACOBIAN
from studyapp.engine.catalogue.entry import FLAG_OFF, FLAG_ON, Argument, Array, Domain, Entry, Option, Shape

Place = tuple[int, int]
Window = tuple[slice, slice]


def _jacobian(function: str, *shape: int) -> Array:
    """Zeros in that shape, unless they are too many."""
    if prod(shape) > LARGEST_JACOBIAN:
        raise Problem(f"{function}: a Jacobian of more than {LARGEST_JACOBIAN} entries, for the shape {shape}")
    return np.zeros(shape)


def _padded(algebra: Algebra, x: Value, padding: int) -> Value:
    """A map with zeros around it."""
    rows, columns = (size + 2 * padding for size in x.shape)
    bounded((rows, columns))
    padded = array_of(algebra, [algebra.number(0)] * (rows * columns), (rows, columns))
    padded[padding : padding + x.shape[0], padding : padding + x.shape[1]] = x
    return padded


def _windows(function: str, padded: Value, kernel: Place, stride: int) -> tuple[Place, Iterator[tuple[Place, Window]]]:
    """How many windows fit below and beside each other, and each of them with its place."""
    room = [size - width for size, width in zip(padded.shape, kernel, strict=True)]
    if min(room) < 0:
        raise Problem(f"{function}: the kernel {kernel} is larger than the padded input {padded.shape}")
    rows, columns = (left // stride + 1 for left in room)
    windows = (
        ((i, j), (slice(i * stride, i * stride + kernel[0]), slice(j * stride, j * stride + kernel[1])))
        for i in range(rows)
        for j in range(columns)
    )
    return (rows, columns), windows


def _conv2d_by_x(x: Array, k: Array, stride: float, padding: float) -> Array:
    border = int(padding)
    padded = _padded(FLOATS, x, border)
    shape, windows = _windows("conv2d", padded, k.shape, int(stride))
    slopes = _jacobian("conv2d", *shape, *padded.shape)
    for place, window in windows:
        slopes[place][window] = k
    return slopes[..., border : border + x.shape[0], border : border + x.shape[1]]


def _conv2d_by_k(x: Array, k: Array, stride: float, padding: float) -> Array:
    padded = _padded(FLOATS, x, int(padding))
    shape, windows = _windows("conv2d", padded, k.shape, int(stride))
    slopes = _jacobian("conv2d", *shape, *k.shape)
    for place, window in windows:
        slopes[place] = padded[window]
    return slopes


PADDING = Option(0, Domain.COUNT)


@Entry(
    names=Text(ja="2次元畳み込み、畳み込み", en="two-dimensional convolution, cross-correlation"),
    takes=(Shape.WHOLE, Argument("x", Domain.REAL, "xf"), Argument("k", Domain.REAL, "pq")),
    gradients={"x": _conv2d_by_x, "k": _conv2d_by_k},
    options={"stride": Option(1, Domain.SIZE), "padding": PADDING},
)
def conv2d(algebra: Algebra, x: Value, k: Value, stride: Value, padding: Value) -> Value:
    """Convolution of one map with one kernel, which is not turned (cross-correlation, as in deep learning).

    Formula: y_ij = Σ_ab x_(si+a−p, sj+b−p) k_ab; ∂y_ij/∂k_ab = x_(si+a−p, sj+b−p).
    Args: x a map (H×W), k a kernel; stride s, padding p zeros on each side. Several channels are added up.
    Returns: the map of ⌊(H + 2p − K) / s⌋ + 1 rows. A kernel larger than the padded map is a `Problem`.
    Source: Fukushima 1980; LeCun and others 1989.
    """
    padded = _padded(algebra, x, algebra.integer(padding))
    shape, windows = _windows("conv2d", padded, k.shape, algebra.integer(stride))
    bounded(shape)
    return array_of(algebra, [np.sum(padded[window] * k) for _, window in windows], shape)


def _pool_by_x(x: Array, size: float, stride: float | None, form: str) -> Array:
    width = int(size)
    shape, windows = _windows("pool", x, (width, width), width if stride is None else int(stride))
    slopes = _jacobian("pool", *shape, *x.shape)
    for place, window in windows:
        largest = stable.one_hot(np.array(float(np.argmax(x[window]))), width * width).reshape(width, width)
        slopes[place][window] = largest if form == "max" else 1 / width**2
    return slopes


@Entry(
    names=Text(ja="プーリング、最大プーリング、平均プーリング", en="pooling, max pooling, average pooling"),
    takes=(Shape.WHOLE, Argument("x", Domain.REAL, "xf")),
    gradients={"x": _pool_by_x},
    options={
        "size": Option(2, Domain.SIZE),
        "stride": Option("none", Domain.SIZE, ("none",)),
        "form": Option("max", words=("max", "mean")),
    },
)
def pool(algebra: Algebra, x: Value, size: Value, stride: Value | None, form: str) -> Value:
    """The largest or the mean value of each window of a map.

    Formula: y_ij = max x_(si+a, sj+b), form=mean: Σ x_(si+a, sj+b) / m²; ∂y_ij/∂x = 1, form=mean: 1/m²
    Args: x a map (H×W); size m of the square windows, stride s (the size unless given).
    Returns: the map of ⌊(H − m) / s⌋ + 1 rows. A window larger than the map is a `Problem`.
    Source: Yamaguchi and others 1990; LeCun and others 1989.
    """
    width = algebra.integer(size)
    shape, windows = _windows("pool", x, (width, width), width if stride is None else algebra.integer(stride))
    pooled = [
        reduce(algebra.maximum, x[window].ravel()) if form == "max" else functions.mean(algebra, x[window])
        for _, window in windows
    ]
    return array_of(algebra, pooled, shape)


def _allowed(q: Value, k: Value, *, causal: bool) -> Array:
    """Which keys each query sees: with `causal` none that comes later."""
    if causal and len(q) != len(k):
        raise Problem(f"attention: causal takes as many queries as keys, found {len(q)} and {len(k)}")
    bounded((len(q), len(k)))
    seen = np.ones((len(q), len(k)))
    return np.tril(seen) if causal else seen


def _attention_formula(algebra: Algebra, q: Value, k: Value, v: Value, *, scaled: bool, causal: bool) -> Value:
    seen = _allowed(q, k, causal=causal)
    scores = np.dot(q, k.T)
    if scaled:
        scores = algebra.divide(scores, algebra.apply("sqrt", algebra.number(q.shape[1])))
    rows = []
    for row, keys in zip(scores, seen, strict=True):
        weights = algebra.apply("exp", row[keys > 0])
        rows.append(np.dot(algebra.divide(weights, functions.total(algebra, weights)), v[keys > 0]))
    return stacked(*rows)


def _weights(q: Array, k: Array, *, scaled: bool, causal: bool) -> Array:
    scores = q @ k.T / (np.sqrt(q.shape[1]) if scaled else 1.0)
    return stable.softmax(np.where(_allowed(q, k, causal=causal) > 0, scores, -np.inf))


def _pull(q: Array, k: Array, v: Array, *, scaled: bool, causal: bool) -> Array:
    """How each entry of the result (i, a) moves with each score (i, j)."""
    weights = _weights(q, k, scaled=scaled, causal=causal)
    gaps = v.T[np.newaxis] - (weights @ v)[..., np.newaxis]
    pull: Array = weights[:, np.newaxis, :] * gaps / (np.sqrt(q.shape[1]) if scaled else 1.0)
    return pull


def _attention_by_q(q: Array, k: Array, v: Array, *, scaled: bool, causal: bool) -> Array:
    slopes = _pull(q, k, v, scaled=scaled, causal=causal) @ k
    return np.asarray(np.eye(len(q))[:, np.newaxis, :, np.newaxis] * slopes[:, :, np.newaxis, :])


def _attention_by_k(q: Array, k: Array, v: Array, *, scaled: bool, causal: bool) -> Array:
    return np.asarray(np.einsum("iaj,ib->iajb", _pull(q, k, v, scaled=scaled, causal=causal), q))


def _attention_by_v(q: Array, k: Array, v: Array, *, scaled: bool, causal: bool) -> Array:
    return np.asarray(np.einsum("ij,ab->iajb", _weights(q, k, scaled=scaled, causal=causal), np.eye(v.shape[1])))


@Entry(
    names=Text(ja="Attention、縮約内積注意、注意機構", en="attention, scaled dot-product attention"),
    takes=(
        Shape.WHOLE,
        Argument("q", Domain.REAL, "nd"),
        Argument("k", Domain.REAL, "md"),
        Argument("v", Domain.REAL, "mr"),
    ),
    formula=_attention_formula,
    gradients={"q": _attention_by_q, "k": _attention_by_k, "v": _attention_by_v},
    options={"scaled": FLAG_ON, "causal": FLAG_OFF},
)
def attention(q: Array, k: Array, v: Array, *, scaled: bool = True, causal: bool = False) -> Array:
    """What each query finds: the values, weighed by how its key agrees with the query.

    Formula: softmax(q kᵀ / √d) v, scaled=false: softmax(q kᵀ) v, causal: j ≤ i; ∂y_ia/∂v_ja = w_ij
    Args: q queries (N×d), k keys (M×d), v values (M×E), a row each; causal hides later keys.
    Returns: N×E. With causal N ≠ M is a `Problem`.
    Source: Vaswani and others 2017.
    """
    return np.asarray(_weights(q, k, scaled=scaled, causal=causal) @ v)


GAMMA_AND_BETA = (Argument("gamma", Domain.REAL, "k"), Argument("beta", Domain.REAL, "k"))
EPSILON = {"epsilon": Option(1e-5, Domain.NONNEGATIVE)}


def _normal(algebra: Algebra, row: Value, epsilon: Value) -> Value:
    """A row less its mean, over its (population) deviation."""
    gaps = row - functions.mean(algebra, row)
    return algebra.divide(gaps, algebra.apply("sqrt", functions.mean(algebra, gaps * gaps) + epsilon))


def _normal_slopes(row: Array, epsilon: float) -> Array:
    """The Jacobian of a row that is normalised."""
    normal = _normal(FLOATS, row, epsilon)
    deviation = np.sqrt(np.var(row) + epsilon)
    return np.asarray((np.eye(row.size) - 1 / row.size - np.outer(normal, normal) / row.size) / deviation)


def _batch_norm_by_x(x: Array, gamma: Array, _beta: Array, epsilon: float) -> Array:
    slopes = _jacobian("batch_norm", *x.shape, *x.shape)
    for column in range(x.shape[1]):
        slopes[:, column, :, column] = gamma[column] * _normal_slopes(x[:, column], epsilon)
    return slopes


def _batch_norm_by_gamma(x: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    normal = batch_norm.unreduced(x, np.ones_like(gamma), np.zeros_like(beta), epsilon)
    return np.asarray(normal[..., np.newaxis] * np.eye(len(gamma)))


def _by_beta(x: Array, _gamma: Array, beta: Array, **_: float) -> Array:
    return np.zeros((*x.shape, 1)) + np.eye(len(beta))


@Entry(
    names=Text(ja="バッチ正規化、バッチノーマライゼーション", en="batch normalisation"),
    takes=(Shape.WHOLE, Argument("x", Domain.REAL, "mk"), *GAMMA_AND_BETA),
    gradients={"x": _batch_norm_by_x, "gamma": _batch_norm_by_gamma, "beta": _by_beta},
    options=EPSILON,
)
def batch_norm(algebra: Algebra, x: Value, gamma: Value, beta: Value, epsilon: Value) -> Value:
    """Each feature over the batch to mean β and deviation γ, as in training.

    Formula: γ_k (x_nk − μ_k) / √(σ²_k + ε) + β_k, μ_k = Σ_n x_nk / N, σ²_k = Σ_n (x_nk − μ_k)² / N
    Args: x rows of a batch (N×K), gamma, beta one a feature; epsilon inside the root.
    Returns: N×K. A constant feature without epsilon is a `Problem`.
    Source: Ioffe and Szegedy 2015.
    """
    return stacked(*(_normal(algebra, column, epsilon) for column in x.T)).T * gamma + beta


def _check_width(x: Value, gamma: Value) -> None:
    if not np.ndim(x) or np.shape(x)[-1:] != np.shape(gamma):
        found = f"x has the shape {np.shape(x)} and gamma has the shape {np.shape(gamma)}"
        raise Problem(f"layer_norm: shapes do not fit: {found}")


def _layer_norm_by_x(x: Array, gamma: Array, _beta: Array, epsilon: float) -> Array:
    rows = x.reshape(-1, len(gamma))
    slopes = _jacobian("layer_norm", *rows.shape, *rows.shape)
    for place, row in enumerate(rows):
        slopes[place, :, place, :] = gamma[:, np.newaxis] * _normal_slopes(row, epsilon)
    return slopes.reshape(*x.shape, *x.shape)


def _layer_norm_by_gamma(x: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    normal = layer_norm.unreduced(x, np.ones_like(gamma), np.zeros_like(beta), epsilon)
    return np.asarray(normal[..., np.newaxis] * np.eye(len(gamma)))


@Entry(
    names=Text(ja="レイヤー正規化、層正規化", en="layer normalisation"),
    takes=(Shape.WHOLE, Argument("x"), *GAMMA_AND_BETA),
    gradients={"x": _layer_norm_by_x, "gamma": _layer_norm_by_gamma, "beta": _by_beta},
    options=EPSILON,
)
def layer_norm(algebra: Algebra, x: Value, gamma: Value, beta: Value, epsilon: Value) -> Value:
    """Each example over its features to mean 0 and deviation 1, then scaled and shifted.

    Formula: γ_k (x_nk − μ_n) / √(σ²_n + ε) + β_k, μ_n = Σ_k x_nk / K, σ²_n = Σ_k (x_nk − μ_n)² / K
    Args: x rows (N×K, or one row), gamma, beta one a feature; epsilon inside the root.
    Returns: the shape of x. A constant row without epsilon is a `Problem`.
    Source: Ba, Kiros and Hinton 2016.
    """
    _check_width(x, gamma)
    rows = [_normal(algebra, row, epsilon) for row in x.reshape(-1, len(gamma))]
    return stacked(*rows).reshape(x.shape) * gamma + beta


X, H = Argument("x", Domain.REAL, "d"), Argument("h", Domain.REAL, "r")


def _weighed(x: Value, h: Value, wx: Value, wh: Value, b: Value) -> Value:
    """X Wx + h Wh + b."""
    return np.dot(x, wx) + np.dot(h, wh) + b


Slopes = Callable[..., Array]  # of the arguments: the result by what is weighed


def _through(slopes: Slopes, argument: str) -> Callable[..., Array]:
    """The Jacobian by an argument of a recurrent step, from that by the weighed sums x Wx + h Wh + b."""

    def jacobian(x: Array, h: Array, *rest: Array, **options: bool) -> Array:
        wx, wh, _ = rest[-3:]
        by = slopes(x, h, *rest, **options)
        match argument:
            case "x":
                return np.asarray(by @ wx.T)
            case "h":
                return np.asarray(by @ wh.T)
            case "wx":
                return np.asarray(by[..., np.newaxis, :] * x[:, np.newaxis])
            case "wh":
                return np.asarray(by[..., np.newaxis, :] * h[:, np.newaxis])
            case _:
                return by

    return jacobian


def _rnn_slopes(x: Array, h: Array, wx: Array, wh: Array, b: Array) -> Array:
    return np.diag(1 - np.tanh(_weighed(x, h, wx, wh, b)) ** 2)


@Entry(
    names=Text(ja="RNNの1ステップ、単純RNN", en="RNN step, simple recurrent network"),
    takes=(
        Shape.WHOLE,
        X,
        H,
        Argument("wx", Domain.REAL, "dr"),
        Argument("wh", Domain.REAL, "rr"),
        Argument("b", Domain.REAL, "r"),
    ),
    gradients={name: _through(_rnn_slopes, name) for name in ("x", "h", "wx", "wh", "b")},
)
def rnn_step(algebra: Algebra, x: Value, h: Value, wx: Value, wh: Value, b: Value) -> Value:
    """One step of a recurrent network: the new state from the input and the state before.

    Formula: h′ = tanh(x Wx + h Wh + b); ∂h′/∂b = 1 − h′²
    Args: x the input (D), h the state (H), wx (D×H), wh (H×H), b (H): rows times matrices (torch has Wx transposed).
    Returns: h′ (H).
    Source: Elman 1990.
    """
    return algebra.apply("tanh", _weighed(x, h, wx, wh, b))


def _gates(function: str, weighed: Value, h: Value, count: int) -> list[Value]:
    """The weighed sums of each gate."""
    if len(weighed) != count * len(h):
        found = f"h has the shape {np.shape(h)} and b has the shape {np.shape(weighed)}"
        raise Problem(f"{function}: shapes do not fit: {found}")
    return np.split(weighed, count)


GATED = (Argument("wx", Domain.REAL, "dg"), Argument("wh", Domain.REAL, "rg"), Argument("b", Domain.REAL, "g"))


def _lstm_state(x: Array, h: Array, c: Array, wx: Array, wh: Array, b: Array) -> tuple[Array, ...]:
    i, f, g, o = _gates("lstm_step", _weighed(x, h, wx, wh, b), h, 4)
    i, f, g, o = stable.sigmoid(i), stable.sigmoid(f), np.tanh(g), stable.sigmoid(o)
    return i, f, g, o, np.tanh(f * c + i * g)


def _lstm_slopes(x: Array, h: Array, c: Array, wx: Array, wh: Array, b: Array) -> Array:
    i, f, g, o, t = _lstm_state(x, h, c, wx, wh, b)
    cell = np.hstack([np.diag(s) for s in (g * i * (1 - i), c * f * (1 - f), i * (1 - g**2), np.zeros_like(o))])
    hidden = (o * (1 - t**2))[:, np.newaxis] * cell
    hidden[:, -len(h) :] = np.diag(t * o * (1 - o))
    return np.stack([hidden, cell])


def _lstm_by_c(x: Array, h: Array, c: Array, wx: Array, wh: Array, b: Array) -> Array:
    _, f, _, o, t = _lstm_state(x, h, c, wx, wh, b)
    return np.stack([np.diag(o * (1 - t**2) * f), np.diag(f)])


@Entry(
    names=Text(ja="LSTMの1ステップ、LSTM", en="LSTM step, long short-term memory"),
    takes=(Shape.WHOLE, X, H, Argument("c", Domain.REAL, "r"), *GATED),
    gradients={
        **{name: _through(_lstm_slopes, name) for name in ("x", "h", "wx", "wh", "b")},
        "c": _lstm_by_c,
    },
)
def lstm_step(algebra: Algebra, x: Value, h: Value, c: Value, wx: Value, wh: Value, b: Value) -> Value:
    """One step of an LSTM; the gates lie beside each other in the order i, f, g, o (torch, Keras).

    Formula: (i, f, g, o) = (σ, σ, tanh, σ)(x Wx + h Wh + b), c′ = f ⊙ c + i ⊙ g, h′ = o ⊙ tanh c′
    Args: x the input (D), h the state and c the cell (H), wx (D×4H), wh (H×4H), b (4H), one bias.
    Returns: the rows h′, c′ (2×H).
    Source: Hochreiter and Schmidhuber 1997; Gers and others 2000.
    """
    weighed = _gates("lstm_step", _weighed(x, h, wx, wh, b), h, 4)
    i, f, o = (functions.sigmoid(algebra, weighed[gate]) for gate in (0, 1, 3))
    cell = f * c + i * algebra.apply("tanh", weighed[2])
    return stacked(o * algebra.apply("tanh", cell), cell)


THIRDS = (Argument("wx", Domain.REAL, "du"), Argument("wh", Domain.REAL, "ru"), Argument("b", Domain.REAL, "u"))


def _gru_parts(x: Array, h: Array, wx: Array, wh: Array, b: Array, *, reset_after: bool) -> tuple[Array, ...]:
    """The gates r and z, the candidate n, and the weights of the state in the candidate."""
    size = len(h)
    r, z, candidate = _gates("gru_step", np.dot(x, wx) + b, h, 3)
    r, z = stable.sigmoid(r + h @ wh[:, :size]), stable.sigmoid(z + h @ wh[:, size : 2 * size])
    weights = wh[:, 2 * size :]
    return r, z, np.tanh(candidate + (r * (h @ weights) if reset_after else (r * h) @ weights)), weights


def _gru_slopes(x: Array, h: Array, wx: Array, wh: Array, b: Array, *, reset_after: bool, z_keeps: bool) -> Array:
    r, z, n, weights = _gru_parts(x, h, wx, wh, b, reset_after=reset_after)
    to_candidate = (1 - z if z_keeps else z) * (1 - n**2)
    reset = r * (1 - r)
    by_reset = np.diag(h @ weights * reset) if reset_after else (h * reset)[:, np.newaxis] * weights
    return np.hstack(
        [
            to_candidate[:, np.newaxis] * (by_reset if reset_after else by_reset.T),
            np.diag((1 if z_keeps else -1) * z * (1 - z) * (h - n)),
            np.diag(to_candidate),
        ]
    )


def _gru_by_h(x: Array, h: Array, wx: Array, wh: Array, b: Array, *, reset_after: bool, z_keeps: bool) -> Array:
    r, z, n, weights = _gru_parts(x, h, wx, wh, b, reset_after=reset_after)
    by = _gru_slopes(x, h, wx, wh, b, reset_after=reset_after, z_keeps=z_keeps)[:, : 2 * len(h)]
    direct = r[:, np.newaxis] * weights.T if reset_after else weights.T * r
    to_candidate = (1 - z if z_keeps else z) * (1 - n**2)
    kept = np.diag(z if z_keeps else 1 - z)
    return np.asarray(kept + by @ wh[:, : 2 * len(h)].T + to_candidate[:, np.newaxis] * direct)


def _gru_by_wh(x: Array, h: Array, wx: Array, wh: Array, b: Array, *, reset_after: bool, z_keeps: bool) -> Array:
    r, _, _, _ = _gru_parts(x, h, wx, wh, b, reset_after=reset_after)
    by = _gru_slopes(x, h, wx, wh, b, reset_after=reset_after, z_keeps=z_keeps)
    slopes = by[:, np.newaxis, :] * h[:, np.newaxis]
    candidate = slopes[..., 2 * len(h) :]
    candidate *= r if reset_after else r[:, np.newaxis]
    return slopes


@Entry(
    names=Text(ja="GRUの1ステップ、GRU", en="GRU step, gated recurrent unit"),
    takes=(Shape.WHOLE, X, H, *THIRDS),
    gradients={
        **{name: _through(_gru_slopes, name) for name in ("x", "wx", "b")},
        "h": _gru_by_h,
        "wh": _gru_by_wh,
    },
    options={"reset_after": FLAG_ON, "z_keeps": FLAG_ON},
)
def gru_step(
    algebra: Algebra, x: Value, h: Value, wx: Value, wh: Value, b: Value, *, reset_after: bool, z_keeps: bool
) -> Value:
    """One step of a GRU; the gates lie beside each other in the order r, z, n (torch).

    Formula: (r, z) = σ(x Wx + h Wh + b), n = tanh(x Wn + r ⊙ (h Un) + b), h′ = z ⊙ h + (1 − z) ⊙ n;
    reset_after=false: n = tanh(x Wn + (r ⊙ h) Un + b); z_keeps=false: h′ = (1 − z) ⊙ h + z ⊙ n
    Args: x the input (D), h the state (H), wx (D×3H), wh (H×3H), b (3H), one bias; torch and Keras have the defaults,
    Cho's paper reset_after=false, Chung's also z_keeps=false.
    Returns: h′ (H).
    Source: Cho and others 2014; Chung and others 2014.
    """
    size = len(h)
    inputs = _gates("gru_step", np.dot(x, wx) + b, h, 3)
    states = np.dot(h, wh)
    r = functions.sigmoid(algebra, inputs[0] + states[:size])
    z = functions.sigmoid(algebra, inputs[1] + states[size : 2 * size])
    remembered = r * states[2 * size :] if reset_after else np.dot(r * h, wh[:, 2 * size :])
    n = algebra.apply("tanh", inputs[2] + remembered)
    return z * h + (1 - z) * n if z_keeps else (1 - z) * h + z * n
