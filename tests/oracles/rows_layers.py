"""Golden rows: layers, with the Jacobian by each of their arguments."""

import keras
import numpy as np
import torch
from recording import Draws, Row, helper, row


@helper
def beside(states):
    """The states of an LSTM as rows."""
    return torch.cat(states)


@helper
def keras_gru(x, h, wx, wh, b):
    """Keras's cell, whose gates lie in the order z, r, n."""
    size = len(h)

    def turned(gates):
        r, z, n = torch.split(gates.detach(), size, dim=-1)
        return torch.cat([z, r, n], dim=-1).numpy()

    cell = keras.layers.GRUCell(size, reset_after=False, dtype="float64")
    cell.build((1, len(x)))
    cell.set_weights([turned(wx), turned(wh), turned(b)])
    return cell(x[None], [h[None]])[0][0]


def maps() -> list[Row]:
    """Convolution and pooling of one map."""
    draw = Draws("conv2d")
    rows = []
    for stride, padding in ((1, 0), (2, 1)):
        code = f"functional.conv2d(x[None, None], k[None, None], stride={stride}, padding={padding})[0, 0]"
        options = {"stride": stride, "padding": padding}
        arguments = {"x": draw.reals(4, 4), "k": draw.reals(3, 2)}
        rows.append(row("torch", "conv2d", code, arguments, "x k", options=options, whole=True))
    draw = Draws("pool")
    for options, code in (
        ({}, "functional.max_pool2d(x[None], 2)[0]"),
        ({"size": 3, "stride": 1}, "functional.max_pool2d(x[None], 3, 1)[0]"),
        ({"form": "mean", "stride": 1}, "functional.avg_pool2d(x[None], 2, 1)[0]"),
    ):
        rows.append(row("torch", "pool", code, {"x": draw.reals(4, 4)}, "x", options=options, whole=True))
    return rows


def attentions() -> list[Row]:
    """Queries, keys and values; causal, and without the scale."""
    draw = Draws("attention")
    rows = []
    for options, given in (
        ({}, ""),
        ({"causal": "true"}, ", is_causal=True"),
        ({"scaled": "false"}, ", scale=1.0"),
    ):
        code = f"functional.scaled_dot_product_attention(q, k, v{given})"
        arguments = {"q": draw.reals(3, 2), "k": draw.reals(3, 2), "v": draw.reals(3, 2)}
        rows.append(row("torch", "attention", code, arguments, "q k v", options=options, whole=True))
    return rows


def norms() -> list[Row]:
    """Over the batch, and over the features."""
    rows = []
    for call, code in (
        ("batch_norm", "functional.batch_norm(x, None, None, gamma, beta, True, 0.0, {})"),
        ("layer_norm", "functional.layer_norm(x, (3,), gamma, beta, {})"),
    ):
        draw = Draws(call)
        for epsilon in (1e-5, 0.5):
            arguments = {"x": draw.reals(4, 3), "gamma": draw.reals(3), "beta": draw.reals(3)}
            given = {"options": {"epsilon": epsilon}, "whole": True}
            rows.append(row("torch", call, code.format(epsilon), arguments, "x gamma beta", **given))
    return rows


def recurrent() -> list[Row]:
    """One step each; torch has its weights transposed and two biases, of which the second is 0 here."""
    weights = "wx.T, wh.T, b, 0 * b"

    def arguments(draw: Draws, gates: int, cell: bool = False) -> dict[str, np.ndarray]:
        states = {"h": draw.reals(2), **({"c": draw.reals(2)} if cell else {})}
        sums = {"wx": draw.reals(3, 2 * gates), "wh": draw.reals(2, 2 * gates), "b": draw.reals(2 * gates)}
        return {"x": draw.reals(3), **states, **sums}

    rnn = f"torch.rnn_tanh_cell(x[None], h[None], {weights})[0]"
    lstm = f"beside(torch.lstm_cell(x[None], (h[None], c[None]), {weights}))"
    gru = f"torch.gru_cell(x[None], h[None], {weights})[0]"
    before = {"options": {"reset_after": "false"}, "whole": True}
    return [
        row("torch", "rnn_step", rnn, arguments(Draws("rnn_step"), 1), "x h wx wh b", whole=True),
        row("torch", "lstm_step", lstm, arguments(Draws("lstm_step"), 4, cell=True), "x h c wx wh b", whole=True),
        row("torch", "gru_step", gru, arguments(Draws("gru_step"), 3), "x h wx wh b", whole=True),
        row("keras", "gru_step", "keras_gru(x, h, wx, wh, b)", arguments(Draws("gru before"), 3), "x h", **before),
    ]


ROWS = (maps, attentions, norms, recurrent)
