"""Golden rows: activations and penalties on weights."""

from __future__ import annotations

import jax
import keras
import numpy as np
import optax
import torch
from recording import Draws, Row, row
from scipy import special
from torch.nn import functional


def penalties() -> list[Row]:
    """Penalties on weights."""
    draw = Draws("l2")
    weights = draw.reals(3, 4)
    sparse = {"w": np.where(draw.bits(3, 4) == 1, weights, 0.0)}
    w = {"w": weights}
    strength = {"strength": 0.3}
    both = {"strength": 2.0, "ratio": 0.3}
    return [
        row("torch", "l0", "linalg.vector_norm(w, 0)", lambda w: torch.linalg.vector_norm(w.ravel(), 0), sparse),
        row("keras", "l1", "regularizers.L1(.3)", keras.regularizers.L1(0.3), w, "w", options=strength),
        row("torch", "l1", "linalg.vector_norm(w, 1)", lambda w: torch.linalg.vector_norm(w.ravel(), 1), w, "w"),
        row(
            "keras",
            "l2",
            "regularizers.L2(.3)",
            keras.regularizers.L2(0.3),
            w,
            "w",
            options=strength,
            note="λ Σw², without ½",
        ),
        row(
            "optax",
            "l2",
            "l2_loss(w), summed",
            lambda w: optax.l2_loss(w).sum(),
            w,
            "w",
            options={"half": "true"},
            note="½ Σw²",
        ),
        row(
            "keras",
            "elastic",
            "regularizers.L1L2(l1=.6, l2=1.4)",
            keras.regularizers.L1L2(l1=0.6, l2=1.4),
            w,
            "w",
            options=both,
        ),
    ]


def activations() -> list[Row]:
    """Activations; of softmax the Jacobian, else the derivative of each element."""
    draw = Draws("sigmoid")
    x, z = {"x": draw.reals(3, 4, spread=3)}, {"z": draw.reals(3, 4, spread=3)}
    kept = {"x": np.append(x["x"].ravel(), 0.0)}
    keras_names = {
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "relu": "relu",
        "elu": "elu",
        "softplus": "softplus",
        "swish": "silu",
        "identity": "linear",
    }
    torch_names = {
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "relu": "relu",
        "elu": "elu",
        "softplus": "softplus",
        "swish": "silu",
        "gelu": "gelu",
    }
    slope, alpha = {"slope": 0.2}, {"alpha": 0.7}
    row_of_z = {"z": z["z"]}
    return [
        *(
            row("torch", ours, f"functional.{its}", getattr(functional, its), x, "x")
            for ours, its in torch_names.items()
        ),
        *(
            row("keras", ours, f"activations.{its}", getattr(keras.activations, its), x, "x")
            for ours, its in keras_names.items()
        ),
        *(
            row("jax", ours, f"nn.{its}", getattr(jax.nn, its), x, "x")
            for ours, its in torch_names.items()
            if its != "gelu"
        ),
        row(
            "jax",
            "gelu",
            "nn.gelu(approximate=False)",
            lambda x: jax.nn.gelu(x, approximate=False),
            x,
            "x",
            note="jax's default is the tanh form",
        ),
        row(
            "keras",
            "gelu",
            "activations.gelu(approximate=False)",
            lambda x: keras.activations.gelu(x, approximate=False),
            x,
            "x",
        ),
        row("torch", "identity", "nn.Identity()", torch.nn.Identity(), x, "x"),
        row("torch", "step", "heaviside(x, 0)", lambda x: torch.heaviside(x, torch.zeros((), dtype=x.dtype)), kept),
        row(
            "torch",
            "leaky_relu",
            "functional.leaky_relu",
            functional.leaky_relu,
            x,
            "x",
            note="slope 0.01; Keras's default is 0.2",
        ),
        row("keras", "leaky_relu", "activations.leaky_relu", keras.activations.leaky_relu, x, "x", options=slope),
        row("torch", "elu", "functional.elu(alpha=.7)", lambda x: functional.elu(x, alpha=0.7), x, "x", options=alpha),
        row("scipy", "sigmoid", "special.expit", special.expit, x),
        row("scipy", "softmax", "special.softmax(axis=-1)", lambda z: special.softmax(z, axis=-1), row_of_z),
        row("torch", "softmax", "softmax(dim=-1)", lambda z: torch.softmax(z, -1), row_of_z, "z", jacobian=True),
        row(
            "torch",
            "softmax",
            "softmax(z / 2.5, dim=-1)",
            lambda z: torch.softmax(z / 2.5, -1),
            row_of_z,
            "z",
            jacobian=True,
            options={"temperature": 2.5},
        ),
        row("keras", "softmax", "activations.softmax", keras.activations.softmax, row_of_z),
    ]


ROWS = (
    penalties,
    activations,
)
