"""Keys of code with odd spellings that are right, and answers with one slip each, by the name of the slip."""

from collections.abc import Iterator

Arrays = dict[str, str]
Pairs = tuple[str, Arrays, list[str], dict[str, str]]

LABELS = {"y": "probabilities(N, C)", "t": "labels(N, C)", "N": "size"}
ONE_HOT = {"y": "probabilities(N, C)", "t": "one_hot(N, C)", "N": "size"}
AFFINE = {"x": "real(N, D)", "W": "real(D, H)", "b": "real(H)"}
BACK = {"x": "real(N, D)", "W": "real(D, H)", "dout": "real(N, H)"}

PAIRS: list[Pairs] = [
    (
        "0.5 * np.sum((y - t) ** 2)",
        {"y": "real(K)", "t": "real(K)"},
        [
            "np.sum((y - t) ** 2) / 2",
            "0.5 * np.dot(y - t, y - t)",
            "((t - y) ** 2).sum() * .5",
            "np.square(y - t).sum() / 2",
            "0.5 * np.linalg.norm(y - t) ** 2",
        ],
        {
            "np.sum((y - t) ** 2)": "factor",
            "0.5 * np.mean((y - t) ** 2)": "reduction",
            "0.5 * np.sum(y - t) ** 2": "bracket",
            "0.5 * np.sum((y + t) ** 2)": "sign",
            "0.5 * np.sum(y - t)": "missing-factor",
        },
    ),
    (
        "-np.sum(np.log(y[np.arange(N), t] + 1e-7)) / N",
        LABELS,
        [
            "-np.mean(np.log(y[np.arange(N), t] + 1e-7))",
            "-np.log(y[np.arange(len(t)), t] + 1e-7).sum() / y.shape[0]",
            "np.sum(-np.log(1e-7 + y[np.arange(N), t])) / N",
            "-np.sum(np.eye(y.shape[1])[t] * np.log(y + 1e-7)) / N",
            "np.sum(np.log(y[np.arange(N), t] + 1e-7)) / -N",
        ],
        {
            "-np.sum(np.log(y[np.arange(N), t] + 1e-7))": "reduction",
            "np.sum(np.log(y[np.arange(N), t] + 1e-7)) / N": "sign",
            "-np.sum(np.log(y[np.arange(N), t])) / N": "epsilon",
            "-np.sum(np.log(y[np.arange(N), t] + 1e-4)) / N": "epsilon",
            "-np.sum(np.log(y[:, t] + 1e-7)) / N": "shape",
        },
    ),
    (
        "-np.sum(t * np.log(y + 1e-7)) / N",
        ONE_HOT,
        [
            "-(t * np.log(y + 1e-7)).sum() / N",
            "-np.sum(np.sum(t * np.log(y + 1e-7), axis=1)) / len(y)",
            "-np.mean(np.sum(t * np.log(y + 1e-7), axis=-1))",
            "-np.sum(np.log(y[np.arange(N), t.argmax(axis=1)] + 1e-7)) / N",
            "-np.einsum('ij,ij->', t, np.log(y + 1e-7)) / N",
        ],
        {
            "-np.mean(t * np.log(y + 1e-7))": "reduction",
            "-np.sum(y * np.log(t + 1e-7)) / N": "swap",
            "-np.sum(np.log(y + 1e-7)) / N": "missing-factor",
            "-np.sum(t * (np.log(y) + 1e-7)) / N": "epsilon",
            "-np.sum(t * np.log(y + 1e-7)) / t.shape[1]": "axis",
        },
    ),
    (
        "np.exp(a) / np.sum(np.exp(a), axis=1, keepdims=True)",
        {"a": "real(N, C)"},
        [
            "np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)",
            "np.exp(a - np.max(a)) / np.sum(np.exp(a - np.max(a)), axis=1, keepdims=True)",
            "(np.exp(a).T / np.exp(a).sum(axis=1)).T",
            "np.exp(a) / np.sum(np.exp(a), axis=-1).reshape(-1, 1)",
            "np.exp(a) / np.sum(np.exp(a), axis=1)[:, np.newaxis]",
        ],
        {
            "np.exp(a) / np.sum(np.exp(a))": "axis",
            "np.exp(a) / np.sum(np.exp(a), axis=0, keepdims=True)": "axis",
            "a / np.sum(np.exp(a), axis=1, keepdims=True)": "missing-factor",
            "np.exp(-a) / np.sum(np.exp(a), axis=1, keepdims=True)": "sign",
            "np.exp(a) / np.mean(np.exp(a), axis=1, keepdims=True)": "reduction",
        },
    ),
    (
        "np.dot(x, W) + b",
        AFFINE,
        ["x @ W + b", "b + x.dot(W)", "np.matmul(x, W) + b[None, :]", "(W.T @ x.T).T + b", "np.add(np.dot(x, W), b)"],
        {
            "np.dot(x, W)": "dropped-term",
            "np.dot(x, W) - b": "sign",
            "b - np.dot(x, W)": "sign",
            "2 * (np.dot(x, W) + b)": "factor",
            "(np.dot(x, W) + b).T": "transposed",
        },
    ),
    (
        "np.dot(dout, W.T)",
        BACK,
        [
            "dout @ W.T",
            "dout.dot(W.T)",
            "np.dot(W, dout.T).T",
            "np.einsum('nh,dh->nd', dout, W)",
            "np.matmul(dout, W.T)",
        ],
        {
            "np.dot(W, dout.T)": "swap",
            "-np.dot(dout, W.T)": "sign",
            "np.dot(dout, W.T) / x.shape[0]": "reduction",
            "np.dot(dout, W.T) / 2": "factor",
            "3 * np.dot(dout, W.T)": "factor",
        },
    ),
    (
        "np.dot(x.T, dout)",
        BACK,
        [
            "x.T @ dout",
            "x.T.dot(dout)",
            "np.dot(dout.T, x).T",
            "np.einsum('nd,nh->dh', x, dout)",
            "x.transpose() @ dout",
        ],
        {
            "np.dot(dout.T, x)": "swap",
            "np.dot(x.T, dout) / x.shape[0]": "reduction",
            "np.dot(x.T, dout) / len(x)": "reduction",
            "-np.dot(x.T, dout)": "sign",
            "np.dot(x.T, -dout)": "sign",
        },
    ),
    (
        "np.sum(dout, axis=0)",
        {"dout": "real(N, H)"},
        [
            "dout.sum(axis=0)",
            "dout.sum(0)",
            "np.ones(len(dout)) @ dout",
            "np.sum(dout.T, axis=1)",
            "np.sum(dout, 0)",
        ],
        {
            "np.sum(dout, axis=1)": "axis",
            "np.sum(dout)": "axis",
            "np.mean(dout, axis=0)": "reduction",
            "np.sum(dout, axis=0, keepdims=True)": "keepdims",
            "np.sum(dout, axis=0) * 2": "factor",
        },
    ),
    (
        "dout * (x > 0)",
        {"x": "real(N, D)", "dout": "real(N, D)"},
        [
            "np.where(x > 0, dout, 0)",
            "(x > 0) * dout",
            "dout * (x > 0).astype(int)",
            "dout * np.where(x > 0, 1, 0)",
            "dout * (0 < x)",
        ],
        {
            "dout * (x >= 0)": "comparison",
            "dout * (x < 0)": "mask",
            "dout * (x <= 0)": "mask",
            "dout": "mask",
            "np.where(x > 0, 0, dout)": "mask",
        },
    ),
    (
        "dout * y * (1 - y)",
        {"y": "positive(N, H)", "dout": "real(N, H)"},
        [
            "dout * (1.0 - y) * y",
            "y * (1 - y) * dout",
            "dout * (y - y ** 2)",
            "dout * (y - y * y)",
            "np.multiply(dout, y * (1 - y))",
        ],
        {
            "y * (1 - y)": "missing-factor",
            "dout * y * (1 + y)": "sign",
            "dout * y * 1 - y": "bracket",
            "dout * (1 - y)": "missing-factor",
            "dout * y * (y - 1)": "sign",
        },
    ),
    (
        "(y - t) / N",
        ONE_HOT,
        ["y / N - t / N", "(y - t) / y.shape[0]", "-(t - y) / len(t)", "np.subtract(y, t) / N", "(1 / N) * (y - t)"],
        {
            "y - t": "reduction",
            "(t - y) / N": "sign",
            "y - t / N": "bracket",
            "(y + t) / N": "sign",
            "(y - t) // N": "division",
        },
    ),
    (
        "W - lr * dW",
        {"W": "real(D, H)", "dW": "real(D, H)", "lr": "positive"},
        ["W - dW * lr", "-lr * dW + W", "W + (-lr) * dW", "np.subtract(W, lr * dW)", "W - np.multiply(lr, dW)"],
        {
            "W + lr * dW": "sign",
            "W - dW": "missing-factor",
            "lr * dW": "dropped-term",
            "dW - lr * W": "swap",
            "(W - lr) * dW": "bracket",
        },
    ),
    (
        "np.mean(np.argmax(y, axis=1) == t)",
        LABELS,
        [
            "(y.argmax(axis=1) == t).mean()",
            "np.sum(y.argmax(1) == t) / N",
            "np.count_nonzero(np.argmax(y, axis=1) == t) / len(t)",
            "np.sum((np.argmax(y, axis=-1) == t).astype(float)) / y.shape[0]",
            "1 - np.mean(np.argmax(y, axis=1) != t)",
        ],
        {
            "np.sum(np.argmax(y, axis=1) == t)": "reduction",
            "np.mean(np.argmin(y, axis=1) == t)": "mask",
            "np.mean(np.argmax(y, axis=1) != t)": "mask",
            "np.argmax(y, axis=1) == t": "reduction",
            "-np.mean(np.argmax(y, axis=1) == t)": "sign",
        },
    ),
    (
        "(H + 2 * pad - FH) // stride + 1",
        {"H": "integer(8, 30)", "FH": "integer(2, 5)", "pad": "integer(0, 3)", "stride": "integer(1, 4)"},
        [
            "1 + (H + 2 * pad - FH) // stride",
            "int((H + 2 * pad - FH) / stride) + 1",
            "(H - FH + pad + pad) // stride + 1",
            "(H + pad * 2 - FH + stride) // stride",
            "int(np.floor((H + 2 * pad - FH) / stride)) + 1",
        ],
        {
            "(H + 2 * pad - FH) / stride + 1": "division",
            "(H + 2 * pad - FH) // stride": "dropped-term",
            "(H + pad - FH) // stride + 1": "factor",
            "(H - 2 * pad - FH) // stride + 1": "sign",
            "H + 2 * pad - FH // stride + 1": "bracket",
        },
    ),
    (
        "(x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + 1e-7)",
        {"x": "real(N, D)"},
        [
            "(x - x.mean(0)) / np.sqrt(x.var(0) + 1e-7)",
            "(x - np.mean(x, axis=0)) / np.sqrt(np.mean((x - np.mean(x, axis=0)) ** 2, axis=0) + 1e-7)",
            "(x - x.mean(axis=0)) * (x.var(axis=0) + 1e-7) ** -0.5",
            "(x - x.mean(axis=0)) / np.sqrt(x.std(axis=0) ** 2 + 1e-7)",
            "(x - x.sum(axis=0) / len(x)) / np.sqrt(x.var(axis=0) + 1e-7)",
        ],
        {
            "(x - np.mean(x)) / np.sqrt(np.var(x, axis=0) + 1e-7)": "axis",
            "(x - np.mean(x, axis=0)) / (np.var(x, axis=0) + 1e-7)": "missing-factor",
            "x - np.mean(x, axis=0) / np.sqrt(np.var(x, axis=0) + 1e-7)": "bracket",
            "(x + np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + 1e-7)": "sign",
            "(x - np.sum(x, axis=0)) / np.sqrt(np.var(x, axis=0) + 1e-7)": "reduction",
        },
    ),
]
ODD = ("return {}", "out = ({})", "({}) * 1", "np.add({}, 0)", "({}) + 0.0")
"""Ways to say the same once more."""


def right_answers() -> Iterator[tuple[str, Arrays, str]]:
    """Key, arrays and an answer that is right: as it is written here, then in one of the odd ways."""
    for reference, arrays, right, _ in PAIRS:
        for place, answer in enumerate(right):
            yield reference, arrays, answer
            yield reference, arrays, ODD[place % len(ODD)].format(answer)


def wrong_answers() -> Iterator[tuple[str, Arrays, str, str]]:
    """Key, arrays, an answer with one slip, and the slip: as it is written here, then in one of the odd ways."""
    for reference, arrays, _, wrong in PAIRS:
        for place, (answer, slip) in enumerate(wrong.items()):
            yield reference, arrays, answer, slip
            yield reference, arrays, ODD[(place + 2) % len(ODD)].format(answer), slip
