"""Golden rows: metrics from counts and scores, sizes of layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from recording import Draws, Row, row
from sklearn import metrics
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def counts() -> list[Row]:
    """Metrics from counts, by way of labels that have those counts; the area under the ROC curve with ties."""
    cells = {"tp": np.float64(17), "fp": np.float64(5), "fn": np.float64(9), "tn": np.float64(23)}
    truth = np.repeat([1, 0, 1, 0], [17, 5, 9, 23])
    said = np.repeat([1, 1, 0, 0], [17, 5, 9, 23])
    draw = Draws("roc_auc")
    scored = {"score": np.round(draw.unit(30), 1), "label": draw.bits(30)}
    named: dict[str, tuple[str, Callable[..., Any], dict[str, Any]]] = {
        "accuracy_score": ("accuracy", metrics.accuracy_score, {}),
        "precision_score": ("precision", metrics.precision_score, {}),
        "recall_score": ("recall", metrics.recall_score, {}),
        "recall_score(pos_label=0)": ("specificity", lambda t, y: metrics.recall_score(t, y, pos_label=0), {}),
        "1 − recall_score(pos_label=0)": (
            "false_positive_rate",
            lambda t, y: 1 - metrics.recall_score(t, y, pos_label=0),
            {},
        ),
        "roc_curve, its middle point": ("false_positive_rate", lambda t, y: metrics.roc_curve(t, y)[0][1], {}),
        "f1_score": ("f_beta", metrics.f1_score, {}),
        "fbeta_score(beta=2)": ("f_beta", lambda t, y: metrics.fbeta_score(t, y, beta=2), {"beta": 2}),
        "fbeta_score(beta=.5)": ("f_beta", lambda t, y: metrics.fbeta_score(t, y, beta=0.5), {"beta": 0.5}),
    }
    rows = [
        row(
            "scikit-learn",
            call,
            f"metrics.{its}",
            lambda *_, measure=measure: measure(truth, said),
            cells,
            options=options,
        )
        for its, (call, measure, options) in named.items()
    ]
    area = row(
        "scikit-learn",
        "roc_auc",
        "metrics.roc_auc_score",
        lambda s, t: metrics.roc_auc_score(t, s),
        scored,
        note="scores to one place: many ties",
    )
    average = row(
        "scikit-learn",
        "average_precision",
        "metrics.average_precision_score",
        lambda s, t: metrics.average_precision_score(t, s),
        scored,
    )
    return [*rows, area, average]


def sizes() -> list[Row]:
    """Sizes and counts, read off real layers."""
    rows = []
    for n, k, stride, padding, dilation in ((28, 5, 1, 0, 1), (32, 3, 2, 1, 1), (31, 3, 2, 0, 2), (224, 7, 2, 3, 1)):
        layer = nn.Conv1d(1, 1, k, stride, padding, dilation)
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        rows.append(
            row(
                "torch",
                "conv_output",
                f"nn.Conv1d(1, 1, {k}, {stride}, {padding}, {dilation})",
                lambda n, _, layer=layer: torch.tensor(layer(torch.zeros(1, 1, int(n))).shape[-1]),
                {"n": n, "k": k},
                options=options,
            )
        )
    for cin, cout, k, bias, groups in ((3, 16, 3, True, 1), (8, 16, 5, False, 1), (8, 8, 3, True, 8)):
        layer = nn.Conv2d(cin, cout, k, bias=bias, groups=groups)
        channels, options = {"cin": cin, "cout": cout, "k": k}, {"bias": str(bias).lower(), "groups": groups}
        rows.append(
            row(
                "torch",
                "conv_parameters",
                f"nn.Conv2d({cin}, {cout}, {k}, bias={bias}, groups={groups})",
                lambda *_, layer=layer: _parameters(layer),
                channels,
                options=options,
            )
        )
        place = {**channels, "height": 6, "width": 7}
        rows.append(
            row(
                "torch",
                "conv_flops",
                "utils.flop_counter.FlopCounterMode",
                lambda *_, layer=layer, cin=cin, k=k: _flops(layer, cin, 5 + k, 6 + k),
                place,
                options={"groups": groups},
            )
        )
    deep = {"sizes": np.array([784, 50, 20, 10])}
    layers = [(784, 50), (50, 20), (20, 10)]
    separable = [nn.Conv2d(4, 4, 3, groups=4, bias=False), nn.Conv2d(4, 6, 1, bias=False)]
    return [
        *rows,
        row(
            "torch",
            "separable_ratio",
            "FlopCounterMode: depthwise and pointwise over plain",
            lambda *_: (
                (_flops(separable[0], 4, 8, 8) + _flops(separable[1], 4, 6, 6))
                / _flops(nn.Conv2d(4, 6, 3, bias=False), 4, 8, 8).double()
            ),
            {"cout": 6, "k": 3},
        ),
        row(
            "torch",
            "receptive_field",
            "inputs that nn.Conv1d passes a gradient to",
            _seen,
            {"kernels": np.array([7, 3, 3, 5]), "strides": np.array([2, 1, 2, 1])},
        ),
        row(
            "torch",
            "dense_parameters",
            "nn.Linear",
            lambda _: sum(_parameters(nn.Linear(*one)) for one in layers),
            deep,
        ),
        row(
            "torch",
            "dense_parameters",
            "nn.Linear(bias=False)",
            lambda _: sum(_parameters(nn.Linear(*one, bias=False)) for one in layers),
            deep,
            options={"bias": "false"},
        ),
        row(
            "torch",
            "dense_flops",
            "utils.flop_counter.FlopCounterMode of nn.Linear",
            lambda _: _flops(nn.Sequential(*(nn.Linear(*one) for one in layers)), 784),
            deep,
        ),
    ]


def _parameters(layer):
    return torch.tensor(sum(one.numel() for one in layer.parameters()))


def _flops(layer, *shape: int):
    with FlopCounterMode(display=False) as counter:
        layer(torch.zeros(1, *shape))
    return torch.tensor(counter.get_total_flops())


def _seen(kernels, strides):
    line = torch.zeros(1, 1, 101, dtype=torch.float64, requires_grad=True)
    out = line
    for kernel, stride in zip(kernels.tolist(), strides.tolist(), strict=True):
        out = nn.functional.conv1d(out, torch.ones(1, 1, kernel, dtype=torch.float64), stride=stride)
    (pull,) = torch.autograd.grad(out[0, 0, 2], line)
    return (pull != 0).sum()


ROWS = (
    counts,
    sizes,
)
