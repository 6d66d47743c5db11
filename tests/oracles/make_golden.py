"""Makes `golden.json`: what other libraries compute for the calls of the catalogue.

    python3.11 -m venv oracles && . oracles/bin/activate
    pip install torch==2.13.0 keras==3.15.1 scikit-learn==1.9.1 scipy==1.17.1 jax==0.10.2 optax==0.2.8 numpy==2.4.6
    python tests/oracles/make_golden.py

None of them is a dependency of the project; its tests read the file alone. The file holds

- `versions`, and `seed`: inputs come from `numpy.random.default_rng([seed, crc32(call)])`, one stream a call, and are
  written so that they come back to the last bit;
- `rows`: library, function (below the library's name), our call with arguments and options, the library's value and
  its gradients by name. Where libraries disagree, each convention that one of our calls has, has rows of its own; a
  `note` names it. A row with a `tolerance` of its own says `why`. Values that the text of `function` says to be scaled
  (½, minus, K times) are so scaled here. A gradient of a value that is not reduced is each element's own; of softmax,
  the Jacobian;
- `left_out`: conventions that no option of ours reaches, with the reason;
- `extremes`: inputs at the edge and what torch makes of them.

All is float64. Keras (here over torch) turns float64 into float32 in means and wherever it promotes types, except with
its TensorFlow backend; its table is set to that backend's entry, so that its formulas count with all digits.
"""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import jax
import keras
import torch
from keras.src.backend.common import dtypes

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

# The rows are made in the precision that is set above.
import rows_activation  # noqa: E402
import rows_classification  # noqa: E402
import rows_distance  # noqa: E402
import rows_divergence  # noqa: E402
import rows_extreme  # noqa: E402
import rows_likelihood  # noqa: E402
import rows_margin  # noqa: E402
import rows_metric  # noqa: E402
import rows_regression  # noqa: E402
import rows_steps  # noqa: E402
from recording import SEED  # noqa: E402

PLACE = Path(__file__).with_name("golden.json")
LIBRARIES = ("torch", "keras", "scikit-learn", "scipy", "jax", "optax", "numpy")
LEFT_OUT = [
    (
        "keras",
        "losses.categorical_hinge",
        "its maximum over (1 − y) · s includes 0: neither Crammer–Singer nor Weston–Watkins",
    ),
    ("torch", "nn.MultiMarginLoss(p=2)", "Weston–Watkins with squares; `multiclass_hinge` has none"),
    (
        "torch",
        "functional.multilabel_margin_loss, soft_margin_loss, hinge_embedding_loss",
        "losses that the catalogue lacks",
    ),
    (
        "keras",
        "losses.categorical_crossentropy, gradient by probabilities",
        "through the renormalisation of y; ours takes y as given",
    ),
    ("keras", "losses.categorical_focal_crossentropy", "α .25 for every class; `focal` is the binary one"),
    (
        "keras",
        "losses.binary_crossentropy(label_smoothing)",
        "pulls t to ½; `label_smoothing` mixes over classes of a row",
    ),
    ("torch", "functional.cross_entropy(weight)", "class weights, and their sum as the divisor; no option of ours"),
    ("torch", "functional.binary_cross_entropy_with_logits(pos_weight)", "no option of ours"),
    (
        "torch",
        "functional.gaussian_nll_loss(full=True), poisson_nll_loss(full=True)",
        "with constants that ours leave out",
    ),
    (
        "torch",
        "functional.pairwise_distance, triplet_margin_loss with its ε",
        "1e-6 is added to each difference; ours adds none",
    ),
    ("torch", "functional.gelu(approximate='tanh')", "the approximation; ours is exact"),
    ("keras", "losses.dice with its ε", "1e-7 in the denominator alone; ours adds `smooth` to both sides"),
    (
        "keras",
        "optimizers.Adagrad; Adam, RMSprop with ε > 0",
        "ε inside the root, or added before the correction; ours adds it to the corrected root",
    ),
    ("optax", "adagrad, rmsprop with ε inside the root", "the same"),
    ("optax", "losses.ntxent with several positives an anchor", "the other positives leave the denominator"),
    ("torch", "optim.Adam(weight_decay)", "L2 inside the gradient of Adam; the catalogue has AdamW's"),
    (
        "scikit-learn",
        "metrics.r2_score of several columns",
        "the mean of the columns' R²; ours takes all elements as one sample",
    ),
]


def golden() -> dict[str, object]:
    """All of the file."""
    modules = (
        rows_regression,
        rows_likelihood,
        rows_classification,
        rows_margin,
        rows_divergence,
        rows_distance,
        rows_activation,
        rows_metric,
        rows_steps,
    )
    return {
        "versions": {name: version(name) for name in LIBRARIES},
        "seed": SEED,
        "left_out": [dict(zip(("library", "function", "why"), one, strict=True)) for one in LEFT_OUT],
        "rows": [row for module in modules for family in module.ROWS for row in family()],
        "extremes": rows_extreme.extremes(),
    }


def text(made: dict[str, object]) -> str:
    """JSON, a row a line, so that a change can be read."""
    parts = []
    for name, value in made.items():
        lines = (
            [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in value]
            if isinstance(value, list)
            else []
        )
        parts.append(f'"{name}":' + ("[\n" + ",\n".join(lines) + "\n]" if lines else json.dumps(value)))
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    PLACE.write_text(text(golden()), encoding="utf-8")
