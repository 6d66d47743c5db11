"""Makes `golden.json`: what other libraries compute for the calls of the catalogue.

    python3.11 -m venv oracles && . oracles/bin/activate
    pip install torch==2.13.0 keras==3.15.1 scikit-learn==1.9.1 scipy==1.17.1 jax==0.10.2 optax==0.2.8 numpy==2.4.6
    python tests/oracles/make_golden.py

None of them is a dependency of the project; its tests read the file alone. The file holds

- `versions`, and `seed`: inputs come from `numpy.random.default_rng([seed, crc32(call)])`, one stream a call, and are
  written so that they come back to the last bit;
- `rows`: library, function (the code that computes it from the arguments by their names), our call with arguments and
  options, the library's value and its gradients by name. Where libraries disagree, each convention that one of our
  calls has, has rows of its own; a `note` names it. A row with a `tolerance` of its own says `why`. A gradient of a
  value that is not reduced is each element's own; of softmax and of layers, the Jacobian;
- `left_out`: conventions that no option of ours reaches, with the reason: written by hand there, and kept;
- `extremes`: inputs at the edge and what torch makes of them.

All is float64. Keras (here over torch) turns float64 into float32 in means and wherever it promotes types, except with
its TensorFlow backend; its table is set to that backend's entry, so that its formulas count with all digits.
"""

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
import rows_extreme
import rows_layers
import rows_losses
import rows_measures
import rows_steps
from recording import SEED

PLACE = Path(__file__).with_name("golden.json")
MODULES = (rows_losses, rows_measures, rows_steps, rows_layers)
LIBRARIES = ("torch", "keras", "scikit-learn", "scipy", "jax", "optax", "numpy")


def golden() -> dict[str, object]:
    """All of the file."""
    return {
        "versions": {name: version(name) for name in LIBRARIES},
        "seed": SEED,
        "left_out": json.loads(PLACE.read_text(encoding="utf-8"))["left_out"],
        "rows": [
            row
            for module in (rows_losses, rows_measures, rows_steps, rows_layers)
            for family in module.ROWS
            for row in family()
        ],
        "extremes": rows_extreme.extremes(),
    }


def text(made: dict[str, object]) -> str:
    """JSON, a row a line, so that a change can be read."""
    parts = []
    for name, value in made.items():
        lines = (
            [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value]
            if isinstance(value, list)
            else []
        )
        parts.append(f'"{name}":' + ("[\n" + ",\n".join(lines) + "\n]" if lines else json.dumps(value)))
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    PLACE.write_text(text(golden()), encoding="utf-8")
