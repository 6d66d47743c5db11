"""Whether code is the key: the same values in the same shape on every trial."""

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from studyapp.domain.code import ArrayDomain, read_array
from studyapp.domain.question import CodeKey
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.engine.code.arrays import FREE, TRIALS, Arrays, Trial, drawn, sizes_of
from studyapp.engine.code.evaluation import Array, NoValue, evaluate
from studyapp.engine.code.slips import Slip, changed, slips_of

Read = Callable[[str, Collection[str]], ast.expr | Unreadable]
"""Reads code in which some names stand for arrays; given by the room that knows the language."""
TOLERANCE, LEAST = 1e-9, 1e-13
"""Relative, and absolute."""
MOST_KNOWN = 1000
"""Values of code in trials that are kept."""
MOST_SLIPS = 400
"""Slips of a key that are tried."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an answer is not the key: the trial, and both values there."""

    trial: Trial
    key: Array
    answer: Array | NoValue


class CodeReference:
    """A key ready to be compared with: its tree, the arrays of every trial, its values there, and its slips."""

    def __init__(self, tree: ast.expr, domains: Sequence[ArrayDomain], given: Mapping[str, ast.expr]) -> None:
        self.tree = tree
        self.domains = tuple(domains)
        self._given = dict(given)
        self._trials = [(trial, self.arrays(trial)) for trial in TRIALS]
        values = [(trial, arrays, evaluate(tree, arrays)) for trial, arrays in self._trials]
        self.trials = [(trial, arrays, value) for trial, arrays, value in values if not isinstance(value, NoValue)]
        self.error = next((value for _, _, value in values if isinstance(value, NoValue)), None)
        self._known: dict[tuple[ast.expr, Trial], Array | NoValue] = {}

    def arrays(self, trial: Trial) -> Arrays:
        """What the names stand for in a trial; a result that has no value is left out."""
        return self.with_results(drawn(self.domains, trial))

    def with_results(self, arrays: Arrays) -> Arrays:
        """Arrays, and the results of earlier parts on them."""
        for name, tree in self._given.items():
            value = evaluate(tree, arrays)
            if not isinstance(value, NoValue):
                arrays[name] = value
        return arrays

    def sizes(self, trial: Trial) -> dict[str, int]:
        """The sizes of a trial by name."""
        return sizes_of(self.domains, trial)

    def sizes_text(self, trial: Trial) -> str:
        """The sizes of a trial: `N = 4, C = 6`."""
        return ", ".join(f"{name} = {size}" for name, size in self.sizes(trial).items())

    def _value(self, tree: ast.expr, trial: Trial, arrays: Arrays) -> Array | NoValue:
        """The value of code in a trial, computed once: foreseen mistakes are compared with every answer."""
        if (tree, trial) not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[tree, trial] = evaluate(tree, arrays)
        return self._known[tree, trial]

    def difference(self, tree: ast.expr, tolerance: float = TOLERANCE, *, kinds: bool = False) -> Difference | None:
        """Where code is not the key first; None where it is the key on every trial."""
        for trial, arrays, key in self.trials:
            answer = self._value(tree, trial, arrays)
            if isinstance(answer, NoValue) or not equal(key, answer, tolerance, kinds=kinds):
                return Difference(trial, key, answer)
        return None

    @cached_property
    def slips(self) -> list[tuple[Slip, Array]]:
        """Wrong code that a slip makes of the key, with its value on the first trial."""
        slips: list[tuple[Slip, Array]] = []
        if not self.trials:
            return slips
        _, arrays, _ = self.trials[0]
        for slip, _ in zip(slips_of(self.tree, self.domains), range(MOST_SLIPS), strict=False):
            value = evaluate(slip.tree, arrays)
            if not isinstance(value, NoValue):
                slips.append((slip, value))
        return slips

    def slip_behind(self, tree: ast.expr) -> Slip | None:
        """The first slip by which code differs from the key."""
        trial, arrays, _ = self.trials[0]
        answer = self._value(tree, trial, arrays)
        if isinstance(answer, NoValue):
            return None
        for slip, value in self.slips:
            if equal(value, answer) and self.agree(slip.tree, tree) and self.difference(slip.tree) is not None:
                return slip
        return None

    def agree(self, left: ast.expr, right: ast.expr) -> bool:
        """Whether two codes have the same values on every trial, or none."""
        for trial, arrays, _ in self.trials:
            a, b = self._value(left, trial, arrays), self._value(right, trial, arrays)
            if isinstance(a, NoValue) or isinstance(b, NoValue):
                if type(a) is not type(b):
                    return False
            elif not equal(a, b):
                return False
        return True

    def survivors(self) -> list[Slip]:
        """Slips that no trial tells from the key, though they are another thing: one of entries of any value does."""
        return [
            slip
            for slip, value in self.slips
            if equal(self.trials[0][2], value) and self.difference(slip.tree) is None and not self._is_identity(slip)
        ]

    def _is_identity(self, slip: Slip) -> bool:
        for trial in FREE:
            arrays = self.arrays(trial)
            key, wrong = evaluate(self.tree, arrays), evaluate(slip.tree, arrays)
            if isinstance(key, NoValue):
                continue
            if isinstance(wrong, NoValue) or not equal(key, wrong):
                return False
        return True

    def with_epsilon_of_key(self, tree: ast.expr) -> ast.expr | None:
        """Code with the key's own ε in place of another small constant; None where there is no such place."""
        own = _small_constants(self.tree)
        others = _small_constants(tree) - own
        if len(own) != 1 or not others:
            return None
        (epsilon,) = own

        def change(node: ast.AST) -> ast.expr | None:
            return ast.Constant(epsilon) if isinstance(node, ast.Constant) and node.value in others else None

        return changed(tree, change)

    def factor(self, tree: ast.expr) -> float | None:
        """The constant by which code differs from the key on every trial; None where there is none."""
        factors: list[float] = []
        for trial, arrays, key in self.trials:
            answer = self._value(tree, trial, arrays)
            if (
                isinstance(answer, NoValue)
                or answer.shape != key.shape
                or not _is_finite(key)
                or not _is_finite(answer)
            ):
                return None
            largest = np.argmax(np.abs(key)) if key.size else 0
            if key.size and np.ravel(key)[largest]:
                factors.append(float(np.ravel(answer)[largest]) / float(np.ravel(key)[largest]))
                if not equal(key * factors[-1], answer):
                    return None
        same = bool(factors) and max(factors) - min(factors) <= TOLERANCE * abs(factors[0])
        return factors[0] if same and factors[0] not in (0.0, 1.0) else None


def _is_finite(value: Array) -> bool:
    return bool(np.all(np.isfinite(value)))


def _small_constants(tree: ast.expr) -> frozenset[float]:
    parts = (part.value for part in ast.walk(tree) if isinstance(part, ast.Constant))
    return frozenset(value for value in parts if isinstance(value, float) and 0 < value <= 1e-3)


def equal(left: Array, right: Array, tolerance: float = TOLERANCE, *, kinds: bool = False) -> bool:
    """Whether two arrays have one shape and the same entries; what is no number equals what is none."""
    if left.shape != right.shape or (kinds and left.dtype.kind != right.dtype.kind):
        return False
    a, b = left.astype(float), right.astype(float)
    with np.errstate(all="ignore"):
        near = np.abs(a - b) <= LEAST + tolerance * np.maximum(np.abs(a), np.abs(b))
    return bool(np.all(near | (a == b) | (np.isnan(a) & np.isnan(b))))


def reference_of(key: CodeKey, read: Read) -> CodeReference | str:
    """A key made ready, or the field that is wrong, with the reason behind a colon where there is one."""
    return _reference(key.reference, tuple(key.arrays.items()), tuple(key.given.items()), read)


@lru_cache(maxsize=128)
def _reference(
    reference: str, arrays: tuple[tuple[str, str], ...], given: tuple[tuple[str, str], ...], read: Read
) -> CodeReference | str:
    domains = [read_array(name, text) for name, text in arrays]
    known = [domain for domain in domains if domain is not None]
    if len(known) < len(domains) or not domains:
        return "arrays"
    names = [name for name, _ in arrays]
    trees: dict[str, ast.expr] = {}
    for name, text in given:
        tree = read(text, [*names, *trees])
        if isinstance(tree, Unreadable):
            return "given"
        trees[name] = tree
    tree = read(reference, [*names, *trees])
    if isinstance(tree, Unreadable):
        return "reference"
    ready = CodeReference(tree, known, trees)
    if not ready.trials:
        return f"reference: {ready.error.message}" if ready.error is not None else "reference"
    return ready
