"""Code is computed to what Python and NumPy make of it, bit by bit; its size is known before anything is made."""

import ast
import random
import time
import warnings

import numpy as np
import pytest

from studyapp.domain.code import CALLS
from studyapp.domain.limits import CODE_NUMBERS
from studyapp.domain.verdict import Unreadable
from studyapp.engine.code.evaluation import NoValue, evaluate
from studyapp.engine.code.functions import FUNCTIONS
from studyapp.language.code import read_code

CHANCE = np.random.default_rng(5)
ARRAYS = {
    "x": CHANCE.normal(size=(4, 6)),
    "y": CHANCE.random((4, 6)),
    "z": CHANCE.normal(size=(2, 3, 5)),
    "W": CHANCE.normal(size=(6, 3)),
    "b": CHANCE.normal(size=3),
    "t": np.array([1, 2, 0, 3]),
    "mask": np.array([True, False, True, True]),
    "N": 4,
    "lr": 0.1,
    "v": CHANCE.normal(size=(4, 6)),
}
SAME = """
-np.sum(np.log(y[np.arange(N), t] + 1e-7)) / N
-np.sum(np.eye(6)[t] * np.log(y + 1e-7)) / y.shape[0]
np.exp(x - np.max(x, axis=1, keepdims=True)) / np.sum(np.exp(x), axis=1, keepdims=True)
0.5 * np.sum((x - y) ** 2)
np.mean((x - y) ** 2, axis=1)
x @ W + b
np.dot(x, W) + b
x.dot(W)
np.matmul(x, W)
x.T @ x
W.T
z.T
z.transpose(0, 2, 1)
np.transpose(z, (2, 0, 1))
z.transpose(2, 0, 1).reshape(5, -1)
z.reshape((2, -1))
z.reshape(-1)
np.reshape(z, (6, 5))
x.sum()
x.sum(0)
x.sum(axis=(0, 1))
x.mean(axis=1, keepdims=True)
x.std(axis=0, ddof=1)
np.var(x, axis=0)
x.max(axis=1)
x.argmax(axis=1)
np.argmin(x)
(x > 0).any(axis=0)
np.all(x > -10)
np.cumsum(x, axis=1)
np.prod(y, axis=0)
np.sort(x, axis=1)
np.argsort(x)
x.argsort(axis=0)
np.diff(x, axis=1)
np.count_nonzero(x > 0, axis=0)
np.trace(x.T @ x)
np.diag(b)
np.diag(x.T @ x)
np.outer(b, b)
np.einsum('ij,jk->ik', x, W)
np.einsum('ij,ij', x, y)
np.einsum('ij->j', x)
np.linalg.norm(x)
np.linalg.norm(x, axis=1, keepdims=True)
np.linalg.inv(W.T @ W)
np.linalg.solve(W.T @ W, b)
np.where(x > 0, x, 0)
np.where(x > 0, 1, -1)
x * (x > 0)
np.maximum(0, x)
np.minimum(x, y)
np.clip(x, 1e-7, None)
x.clip(0, 1)
1 / (1 + np.exp(-x))
np.tanh(x)
np.log1p(y)
np.expm1(x)
np.sqrt(y) + np.square(x)
np.abs(x)
abs(x)
np.sign(x)
np.floor(x) + np.ceil(x)
np.isnan(x).any()
np.isfinite(x / 0)
np.zeros_like(x)
np.ones_like(t)
np.full_like(x, 0.5)
np.zeros((2, 3))
np.ones(3, dtype=int)
np.full((2, 2), 7)
np.eye(3)
np.arange(5)
np.arange(1, 10, 2)
np.linspace(0, 1, 5)
np.array([1, 2.5, N])
np.array([[1, 2], [3, 4]])
np.asarray([True, False])
x.swapaxes(0, 1)
x.ravel()
x.flatten()
np.squeeze(x[:1])
x[:1].squeeze(axis=0)
np.expand_dims(b, 0)
np.broadcast_to(b, (4, 3))
np.tile(b, (N, 1))
np.repeat(b, 2)
x.repeat(2, axis=0)
np.concatenate([x, y], axis=1)
np.concatenate((x, y))
np.stack([x, y])
np.hstack((x, y))
np.vstack([b, b])
np.pad(x, ((1, 1), (0, 0)), 'constant')
np.pad(b, 2, mode='constant', constant_values=1)
x.astype(int)
x.astype(np.float32)
(x > 0).astype(float)
np.float64(3) * x
float(x[0, 0])
int(3.7)
bool(N)
len(x)
x[0, 0].item()
x.copy()
x[mask]
x[~mask]
x[t]
x[[0, 1]]
x[1:3, ::2]
x[:, None, :] - x[None, :, :]
x[..., 0]
x[np.newaxis].shape
x[-1]
x.shape
x.shape[0]
x.shape + (1,)
x.ndim
x.size
(N + 2 * 1 - 3) // 2 + 1
N % 3
N / 3
7 // 2 * 2 + 7 % 2
2 ** 10
2 ** -1
x ** 2
x % 1
x // 1
t * 2 + 1
t ** 2
(x > 0) & (y < 0.5)
(x > 0) | (y < 0.5)
(x > 0) ^ (y < 0.5)
x == y
t != 0
+x
True + True
x if N > 1 else y
(x, y)[1]
[N, 2]
np.pi * x
np.e
np.inf - N
x - x.mean(axis=0)
(x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-7)
v * 0.9 - lr * x
x - lr * v / (np.sqrt(v ** 2) + 1e-7)
np.logical_and(x > 0, y > 0)
np.greater(x, y)
np.add(x, np.multiply(y, 2))
np.power(np.abs(x), 0.5)
np.int64(3) + t
np.reciprocal(y)
""".strip().splitlines()
ERRORS = {
    "x + b": ("ValueError", "operands could not be broadcast together with shapes (4,6) (3,)"),
    "W @ x": ("ValueError", "mismatch in its core dimension"),
    "np.dot(W, x)": ("ValueError", "shapes (6,3) and (4,6) not aligned"),
    "x[9]": ("IndexError", "out of bounds"),
    "x[0.5]": ("IndexError", "only integers"),
    "x[0, 0, 0]": ("IndexError", "too many indices"),
    "1 / 0": ("ZeroDivisionError", "division by zero"),
    "2.0 ** 5000": ("OverflowError", ""),
    "-mask": ("TypeError", "numpy boolean negative"),
    "mask - mask": ("TypeError", "numpy boolean subtract"),
    "x.sum(axis=2)": ("AxisError", "axis 2 is out of bounds"),
    "x.reshape(5, 5)": ("ValueError", "cannot reshape array of size 24"),
    "t ** -1": ("ValueError", "Integers to negative integer powers"),
    "N.shape": ("AttributeError", "'int' object has no attribute 'shape'"),
    "np.linalg.inv(np.zeros((2, 2)))": ("LinAlgError", "Singular matrix"),
    "x if x > 0 else y": ("ValueError", "truth value of an array"),
    "np.array([[1], [1, 2]])": ("ValueError", "inhomogeneous"),
    "[1, 2] * 3": ("TypeError", "unsupported operand"),
    "x + None": ("TypeError", "unsupported operand"),
    "float": ("TypeError", "no array"),
}
BOUNDED = {
    "np.zeros((10000, 10000))": "numbers",
    "np.ones(20001)": "numbers",
    "np.arange(10**9)": "numbers",
    "np.arange(0, 1, 1e-9)": "numbers",
    "np.linspace(0, 1, 10**9)": "numbers",
    "np.eye(10**6)": "numbers",
    "np.tile(x, 10**6)": "numbers",
    "np.repeat(x, 10**6)": "numbers",
    "np.pad(x, 10**6)": "numbers",
    "np.broadcast_to(b, (10**6, 3))": "numbers",
    "np.full((10**5, 10**5), 0)": "numbers",
    "np.diag(np.ones(200), 10**6)": "numbers",
    "np.outer(np.ones(200), np.ones(200))": "numbers",
    "np.ones((200, 1)) + np.ones((1, 200))": "numbers",
    "np.ones((200, 1)) @ np.ones((1, 200))": "numbers",
    "np.ones((150, 1))[np.zeros((150, 1), dtype=int), np.zeros((1, 150), dtype=int)]": "numbers",
    "np.stack([np.ones(15000), np.ones(15000)])": "numbers",
    "np.einsum('i,j->ij', np.ones(200), np.ones(200))": "numbers",
    "np.einsum('i,j,k->', np.ones(1000), np.ones(1000), np.ones(1000))": "work",
    "np.linalg.inv(np.eye(51))": "work",
    "2 ** 100": "digits",
    "9 ** 9 ** 9": "digits",
    "10 ** 17 * 10 ** 17": "digits",
    "np.prod(np.arange(1, 30))": "digits",
    "t * 10**17 * 99": "digits",
    "(t + 2) ** 62": "digits",
    "int(1e300)": "conversion",
    "np.int64(1e300)": "conversion",
    "(x * 1e30).astype(int)": "conversion",
    "(x / 0).astype(int)": "conversion",
    "(-8) ** 0.5": "complex",
    "x[None, None, None, None, None, None, None]": "axes",
}


def read(text: str) -> ast.expr:
    tree = read_code(text, ARRAYS)
    assert not isinstance(tree, Unreadable), tree
    return tree


@pytest.mark.parametrize("text", SAME)
def test_code_has_the_value_that_numpy_gives_it(text: str):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        expected = np.asarray(eval(text, {"np": np, **ARRAYS}))  # noqa: S307 — Python itself is the oracle of this list

    value = evaluate(read(text), ARRAYS)

    assert not isinstance(value, NoValue), value
    assert (value.shape, value.dtype) == (expected.shape, expected.dtype)
    assert value.tobytes() == expected.tobytes()


@pytest.mark.parametrize(("text", "error"), ERRORS.items(), ids=ERRORS)
def test_an_error_is_numpys_own(text: str, error: tuple[str, str]):
    value = evaluate(read(text), ARRAYS)

    assert isinstance(value, NoValue)
    assert value.error == error[0]
    assert error[1] in value.message


@pytest.mark.parametrize(("text", "code"), BOUNDED.items(), ids=BOUNDED)
def test_what_would_be_too_large_is_not_made(text: str, code: str):
    value = evaluate(read(text), ARRAYS)

    assert value == NoValue("", code)


def test_operands_that_do_not_fit_are_known_by_their_shapes():
    value = evaluate(read("np.sum(x) + (x + b)"), ARRAYS)

    assert isinstance(value, NoValue)
    assert value.shapes == ((4, 6), (3,))


def test_every_function_that_can_be_read_can_be_computed():
    assert CALLS.keys() == FUNCTIONS.keys()


def test_the_arrays_of_a_question_stay_as_they_are():
    before = {name: np.copy(value) for name, value in ARRAYS.items()}

    for text in SAME:
        evaluate(read(text), ARRAYS)

    assert all(np.array_equal(before[name], value) for name, value in ARRAYS.items())


def mutated(text: str, chance: random.Random) -> str:
    """A line with some of its characters or words lost, doubled or exchanged."""
    signs = "()[],.:+-*/%@&|^~<>=' 0123456789xytWbNv"
    words = ("np.", "sum", "axis=0", "None", "[:, t]", "**9", ".T", "mask", "np.arange(N)", "1e300", "np.ones(200)")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + chance.choice(signs) + text[at:]
            case 2:
                text = text[:at] + chance.choice(words) + text[at:]
            case 3:
                stop = chance.randrange(len(text) + 1)
                text = text[: min(at, stop)] + text[max(at, stop) :]
            case _:
                text = text[:at] + chance.choice(SAME) + text[at:]
    return text


def attacked(count: int, seed: int) -> tuple[int, int, int, float]:
    """What became of so many mutated lines: refused, without value, with a value; and the slowest, in seconds."""
    chance, slowest = random.Random(seed), 0.0
    refused = without = values = 0
    for _ in range(count):
        text = mutated(chance.choice(SAME), chance)
        started = time.perf_counter()
        tree = read_code(text, ARRAYS)
        value = None if isinstance(tree, Unreadable) else evaluate(tree, ARRAYS)
        slowest = max(slowest, time.perf_counter() - started)
        refused += value is None
        without += isinstance(value, NoValue)
        if isinstance(value, np.ndarray):
            values += 1
            assert value.size <= CODE_NUMBERS
    return refused, without, values, slowest


def test_mutated_lines_raise_nothing():
    refused, without, values, _ = attacked(3_000, 1)

    assert min(refused, without, values) > 0


@pytest.mark.deep
def test_300_000_mutated_lines_raise_nothing():
    refused, without, values, slowest = attacked(300_000, 2)

    print(f"{refused} refused, {without} without a value, {values} with one; slowest {1000 * slowest:.1f} ms")
    assert min(refused, without, values) > 0
