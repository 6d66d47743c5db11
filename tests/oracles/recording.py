"""One golden row: a call of ours, and what a library computes for the same numbers.

Used by `make_golden.py` alone; the tests need neither this file nor any of the libraries.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

import jax
import jax.scipy.stats
import keras
import numpy as np
import optax
import torch
from scipy import special, stats
from scipy.spatial import distance
from sklearn import metrics

SEED = 20260301
"""Of all inputs; each call draws from its own stream, so that a new row leaves the others as they are."""

Row = dict[str, Any]


class Draws:
    """Seeded inputs for one call: NumPy's default generator over (`SEED`, CRC-32 of the call's name)."""

    def __init__(self, call: str) -> None:
        self.random = np.random.default_rng([SEED, crc32(call.encode())])

    def reals(self, *shape: int, spread: float = 2.0) -> np.ndarray:
        """Normal draws around 0."""
        return self.random.normal(0.0, spread, shape)

    def positive(self, *shape: int) -> np.ndarray:
        """From 0.2 to 4."""
        return self.random.uniform(0.2, 4.0, shape)

    def unit(self, *shape: int) -> np.ndarray:
        """Probabilities from 0.02 to 0.98: inside of every clamp that a library has."""
        return self.random.uniform(0.02, 0.98, shape)

    def rows(self, n: int, k: int) -> np.ndarray:
        """Rows of probabilities, none below about 0.01; their sums are 1 to the last bit or two."""
        made = self.random.uniform(0.05, 1.0, (n, k))
        return made / made.sum(axis=-1, keepdims=True)

    def labels(self, n: int, k: int) -> np.ndarray:
        """Classes from 0."""
        return self.random.integers(0, k, n)

    def bits(self, *shape: int) -> np.ndarray:
        """0 and 1, both of them."""
        made = self.random.integers(0, 2, shape)
        made.flat[:2] = (0, 1)
        return made.astype(float)

    def signs(self, *shape: int) -> np.ndarray:
        """−1 and 1, both of them."""
        return 2.0 * self.bits(*shape) - 1.0


SCOPE: dict[str, Any] = {
    "torch": torch,
    "nn": torch.nn,
    "functional": torch.nn.functional,
    "distributions": torch.distributions,
    "keras": keras,
    "jax": jax,
    "jnp": jax.numpy,
    "norm": jax.scipy.stats.norm,
    "optax": optax,
    "np": np,
    "metrics": metrics,
    "special": special,
    "stats": stats,
    "distance": distance,
}
"""What the code of a row may use."""


def helper(function):
    """A function that the code of rows may call by its name."""
    SCOPE[function.__name__] = function
    return function


def row(
    library: str,
    call: str,
    code: str,
    arguments: Mapping[str, Any],
    by: str = "",
    *,
    options: Mapping[str, Any] | None = None,
    ours: Mapping[str, Any] | None = None,
    known: Mapping[str, Any] | None = None,
    jacobian: bool = False,
    whole: bool = False,
    note: str = "",
    loose: tuple[float, str] | None = None,
) -> Row:
    """A row of the golden file.

    `code` computes it from the arguments by their names, which are the library's own tensors, and from what is `known`
    besides; `by` names the arguments by which it is differentiated. `options` are those of our call; `ours` replaces
    arguments of our call where the library takes another form. `jacobian` wants one of each row, `whole` one of the
    whole value by each argument. `loose` is a tolerance other than the common one, with
    its reason.
    """
    compute = eval(f"lambda {', '.join(arguments)}: {code}", {**SCOPE, **(known or {})})  # noqa: S307 — our own text
    value, gradients = _COMPUTE[library](compute, arguments, by.split(), jacobian=jacobian, whole=whole)
    made = {"library": library, "function": code, "call": call}
    made["arguments"] = {name: written(argument) for name, argument in {**arguments, **(ours or {})}.items()}
    made |= {"options": dict(options)} if options else {}
    made["value"] = written(value)
    made |= {"gradients": {name: written(slope) for name, slope in gradients.items()}} if gradients else {}
    made |= {"note": note} if note else {}
    made |= {"tolerance": loose[0], "why": loose[1]} if loose else {}
    return made


def written(value: Any) -> Any:
    """Plain lists and numbers for JSON, whose floats come back to the last bit; infinities and nan as words."""
    if isinstance(value, Mapping):
        return {name: one if name == "call" else written(one) for name, one in value.items()}
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    plain = np.asarray(value, dtype=float).tolist()
    return _words(plain)


def _words(value: Any) -> Any:
    if isinstance(value, list):
        return [_words(one) for one in value]
    return int(value) if value.is_integer() and abs(value) < 1e6 else value if math.isfinite(value) else str(value)


def _by_torch(
    compute: Callable[..., Any], arguments: Mapping[str, Any], by: list[str], *, jacobian: bool, whole: bool
) -> Any:
    tensors = {name: torch.tensor(one, requires_grad=name in by) for name, one in arguments.items()}
    value = compute(*tensors.values())
    if whole:
        slopes = dict(zip(arguments, torch.autograd.functional.jacobian(compute, tuple(tensors.values())), strict=True))
        return value, {name: slopes[name] for name in by}
    if jacobian:
        return value, {by[0]: [torch.autograd.functional.jacobian(compute, one) for one in tensors[by[0]].detach()]}
    wanted = [tensors[name] for name in by]
    gradients = torch.autograd.grad(value.sum(), wanted) if by else ()
    return value, dict(zip(by, gradients, strict=True))


def _by_jax(
    compute: Callable[..., Any], arguments: Mapping[str, Any], by: list[str], *, jacobian: bool, whole: bool
) -> Any:
    assert not whole, "torch has them"
    arrays = [jax.numpy.asarray(argument) for argument in arguments.values()]
    places = [list(arguments).index(name) for name in by]
    if jacobian:
        return compute(*arrays), {by[0]: [jax.jacobian(compute)(one) for one in arrays[places[0]]]}
    gradients = jax.grad(lambda *one: compute(*one).sum(), places)(*arrays) if by else ()
    return compute(*arrays), dict(zip(by, gradients, strict=True))


def _by_numpy(
    compute: Callable[..., Any], arguments: Mapping[str, Any], _by: list[str], *, jacobian: bool, whole: bool
) -> Any:
    assert not jacobian, "no autograd here"
    assert not whole, "no autograd here"
    return compute(*(np.asarray(argument) for argument in arguments.values())), {}


_COMPUTE = {
    "torch": _by_torch,
    "keras": _by_torch,
    "optax": _by_jax,
    "jax": _by_jax,
    "scipy": _by_numpy,
    "scikit-learn": _by_numpy,
}


@helper
def exact(function):
    """A Keras function with its ε set to 0 for the call: with ε = 1e-7 it agrees to about seven digits only."""

    def called(*arguments):
        keras.config.set_epsilon(0.0)
        try:
            return function(*arguments)
        finally:
            keras.config.set_epsilon(1e-7)

    return called
