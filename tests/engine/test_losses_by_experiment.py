"""The rules for choosing a loss, held by experiment: data are drawn, models fitted, and the rule is seen to hold."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from studyapp.engine.algebras.algebra import FLOATS
from studyapp.engine.catalogue.families import CATALOGUE

SEEDS = range(5)


def value(name: str, *arguments: Any, **options: Any) -> float:
    return float(CATALOGUE[name].evaluate(FLOATS, [np.asarray(one, dtype=float) for one in arguments], options))


def gradient(name: str, by: str, *arguments: Any, **options: Any) -> np.ndarray:
    return CATALOGUE[name].gradient_of(by, [np.asarray(argument, dtype=float) for argument in arguments], options)


def line_fitted(name: str, x: np.ndarray, t: np.ndarray, steps: int = 4000) -> tuple[float, float]:
    """Slope and intercept that descent finds with a loss, its rate falling so that kinks do not matter."""
    slope = intercept = 0.0
    for step in range(steps):
        rate = 0.2 / (1 + step / 200)
        by_y = gradient(name, "y", slope * x + intercept, t)
        slope -= rate * float(np.sum(by_y * x))
        intercept -= rate * float(np.sum(by_y))
    return slope, intercept


def best(name: str, targets: np.ndarray, guesses: np.ndarray, **options: Any) -> float:
    """The one number among some that a loss likes best for all targets."""
    losses = [value(name, np.full_like(targets, guess), targets, **options) for guess in guesses]
    return float(guesses[int(np.argmin(losses))])


def steps_until(reached: Callable[[float], bool], slope: Callable[[float], float], start: float, most: int) -> int:
    """How many steps of descent it takes from a start."""
    at = start
    for step in range(most):
        if reached(at):
            return step
        at -= slope(at)
    return most


@pytest.mark.parametrize("seed", SEEDS)
def test_with_outliers_robust_losses_fit_the_clean_data_better_than_squared_error(seed):
    generator = np.random.default_rng(seed)
    x = generator.uniform(-1, 1, 80)
    t = 2 * x + 1 + generator.normal(0, 0.1, 80)
    t[:8] += 15
    fresh = np.linspace(-1, 1, 200)

    def clean_error(name: str) -> float:
        slope, intercept = line_fitted(name, x, t)
        return value("mse", slope * fresh + intercept, 2 * fresh + 1)

    squared = clean_error("mse")
    assert clean_error("huber") < 0.2 * squared
    assert clean_error("mae") < 0.2 * squared


@pytest.mark.parametrize("seed", SEEDS)
def test_without_outliers_squared_error_is_no_worse_than_the_absolute_one(seed):
    generator = np.random.default_rng(seed)
    targets = generator.normal(3, 1, (400, 25))
    by_squares = np.mean((targets.mean(axis=1) - 3) ** 2)
    by_absolutes = np.mean((np.median(targets, axis=1) - 3) ** 2)
    guesses = np.linspace(2, 4, 2001)
    assert best("mse", targets[0], guesses) == pytest.approx(targets[0].mean(), abs=1e-3)
    assert best("mae", targets[0], guesses) == pytest.approx(np.median(targets[0]), abs=1e-3)
    assert by_squares < by_absolutes


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_quantile_loss_finds_the_point_below_which_the_share_lies(seed, share):
    needed = np.random.default_rng(seed).exponential(1, 500)
    found = best("pinball", needed, np.linspace(0, 6, 3001), tau=share)
    assert np.mean(needed <= found) == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_ratios_count_the_logarithmic_error_finds_a_better_price_than_the_squared_one(seed):
    prices = np.exp(np.random.default_rng(seed).uniform(np.log(10), np.log(1e6), 300))
    guesses = np.exp(np.linspace(np.log(10), np.log(1e6), 2000))

    def factor_off(name: str) -> float:
        return float(np.mean(np.abs(np.log(best(name, prices, guesses) / prices))))

    assert factor_off("msle") < 0.85 * factor_off("mse")


@pytest.mark.parametrize("seed", SEEDS)
def test_for_counts_a_line_under_squared_error_predicts_less_than_nothing_and_poisson_does_not(seed):
    generator = np.random.default_rng(seed)
    x = generator.uniform(-2, 2, 300)
    counts = generator.poisson(np.exp(0.2 + 1.2 * x)).astype(float)
    line = np.polynomial.polynomial.polyfit(x, counts, 1)
    a = b = 0.0
    for _ in range(4000):
        rate = np.exp(a + b * x)
        by_rate = gradient("poisson_nll", "y", rate, counts)
        a, b = a - 0.05 * float(np.sum(by_rate * rate)), b - 0.05 * float(np.sum(by_rate * rate * x))
    assert (line[0] + line[1] * x).min() < 0
    assert (a, b) == pytest.approx((0.2, 1.2), abs=0.2)


def test_a_sigmoid_that_is_far_off_learns_fast_with_cross_entropy_and_hardly_with_squared_error():
    def sigmoid(u: float) -> float:
        return float(CATALOGUE["sigmoid"].evaluate(FLOATS, [np.asarray(u)], {}))

    def by_cross_entropy(u: float) -> float:
        return float(gradient("binary_cross_entropy_with_logits", "z", u, 1))

    def by_squares(u: float) -> float:
        y = sigmoid(u)
        return float(gradient("half_sse", "y", y, 1)) * y * (1 - y)

    fast = steps_until(lambda u: sigmoid(u) > 0.5, by_cross_entropy, -6.0, 10_000)
    slow = steps_until(lambda u: sigmoid(u) > 0.5, by_squares, -6.0, 10_000)

    assert slow > 20 * fast


def test_softmax_cannot_give_two_labels_at_once_and_sigmoids_can():
    target, z, free = np.array([1.0, 1.0, 0.0]), np.zeros(3), np.zeros(3)
    for _ in range(2000):
        z = z - gradient("cross_entropy_with_logits", "z", z, target / 2)
        free = free - gradient("binary_cross_entropy_with_logits", "z", free, target)
    together = CATALOGUE["softmax"].evaluate(FLOATS, [z], {})
    each = CATALOGUE["sigmoid"].evaluate(FLOATS, [free], {})
    assert together[:2] == pytest.approx([0.5, 0.5], abs=0.01)
    assert (each[:2] > 0.95).all()
    assert each[2] < 0.05


def test_beyond_the_margin_hinge_loss_is_done_and_cross_entropy_never_is():
    scores = np.array([1.0, 2.0, 5.0])
    assert value("hinge", scores, np.ones(3)) == 0
    assert not gradient("hinge", "s", scores, np.ones(3)).any()
    assert (gradient("binary_cross_entropy_with_logits", "z", scores, np.ones(3)) < 0).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_under_imbalance_focal_loss_gives_the_rare_class_a_larger_share_of_the_gradient(seed):
    generator = np.random.default_rng(seed)
    p = np.concatenate([generator.uniform(0.01, 0.1, 990), generator.uniform(0.2, 0.5, 10)])
    t = np.concatenate([np.zeros(990), np.ones(10)])

    def share(name: str, by: str) -> float:
        pull = np.abs(gradient(name, by, p, t) * p * (1 - p))
        return float(pull[t == 1].sum() / pull.sum())

    assert share("focal", "p") > 2 * share("binary_cross_entropy", "y")


def test_class_numbers_under_squared_error_point_at_a_class_that_never_occurs():
    numbers = np.array([0.0, 2.0] * 20)
    assert best("mse", numbers, np.array([0.0, 1.0, 2.0])) == 1
    z = np.zeros(3)
    shares = np.array([0.5, 0.0, 0.5])
    for _ in range(500):
        z = z - gradient("cross_entropy_with_logits", "z", z, shares)
    assert CATALOGUE["softmax"].evaluate(FLOATS, [z], {})[1] < 0.01


def test_reversed_the_divergence_prefers_one_of_two_peaks():
    grid = np.linspace(-6, 6, 121)

    def peak(center: float, width: float) -> np.ndarray:
        weights = np.exp(-(((grid - center) / width) ** 2) / 2) + 1e-9
        return weights / weights.sum()

    data = (peak(-3, 0.7) + peak(3, 0.7)) / 2
    wide, single = peak(0, 3.1), peak(3, 0.7)

    assert value("kl_divergence", data, wide) < value("kl_divergence", data, single)
    assert value("kl_divergence", single, data) < value("kl_divergence", wide, data)
