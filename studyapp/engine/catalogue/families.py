"""Everything that the engine can compute by name, family by family; as a table; and which loss fits a scene."""

from collections.abc import Mapping
from types import ModuleType
from typing import NamedTuple

from studyapp.domain.facts import FLAGS, WORDS, Fact, Facts, Task
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue import (
    activations,
    classification,
    distance,
    divergence,
    generation,
    layers,
    margin,
    metric_learning,
    metrics,
    optimisers,
    regression,
    regularisers,
    segmentation,
    sizes,
)
from studyapp.engine.catalogue.entry import Entry, Shape


def _entries(family: ModuleType) -> tuple[Entry, ...]:
    return tuple(value for value in vars(family).values() if isinstance(value, Entry))


_MODULES = (
    *(regression, classification, margin, metric_learning, divergence, generation, segmentation),
    *(distance, activations, layers, metrics, regularisers, optimisers, sizes),
)
FAMILIES: Mapping[str, tuple[Entry, ...]] = {
    module.__name__.rpartition(".")[2].replace("_", " "): _entries(module) for module in _MODULES
}
"""The entries of each family, in the order in which a reader meets them."""
CATALOGUE: Mapping[str, Entry] = {entry.name: entry for entries in FAMILIES.values() for entry in entries}

HEAD = "| call (defaults) | 名前 | kind | formula | gradient by | page |\n| --- | --- | --- | --- | --- | --- |"


def catalogue_table() -> str:
    """The catalogue in Markdown: call, Japanese name, kind, formula, arguments with a gradient, page of each entry."""
    return "\n".join([HEAD, *map(_row, CATALOGUE.values())])


def _row(entry: Entry) -> str:
    formula, slopes = entry.formula_text.removesuffix("."), ", ".join(entry.gradients) or "–"
    cells = (f"`{entry.signature}`", entry.ja[0], _kind(entry), formula, slopes, entry.topic or "–")
    return f"| {' | '.join(cell.replace('|', chr(0x2223)) for cell in cells)} |"


def _kind(entry: Entry) -> str:
    if entry.reduction is not None:
        return f"{entry.shape}, {entry.reduction}"
    return "row to row" if entry.shape == Shape.ROW_MAP else str(entry.shape)


AKIN = (
    frozenset({Task.REGRESSION, Task.COUNTING, Task.RECONSTRUCTION}),
    frozenset({Task.BINARY, Task.MULTICLASS, Task.MULTILABEL, Task.SEGMENTATION}),
    frozenset({Task.METRIC_LEARNING, Task.SELF_SUPERVISED, Task.RANKING}),
    frozenset({Task.GENERATION, Task.DISTRIBUTION}),
)
"""Tasks that are taken for one another."""

Stated = Mapping[str, Fact]  # the facts that a scene states


class Choice(NamedTuple):
    """The loss that is right in a scene, and those that are wrong, each with the first fact that it breaks.

    What fits as well as the right one is in neither: it is never offered.
    """

    right: Entry
    wrong: tuple[tuple[Entry, str], ...]


def broken_facts(entry: Entry, scene: Stated) -> tuple[str, ...]:
    """The facts of the scene that a loss breaks, in the scene's order; raises `Problem` for a fact that is none."""
    _check(scene)
    if entry.facts is None:
        raise Problem(f"{entry.name} carries no facts")
    facts = entry.facts
    return tuple(name for name, wanted in scene.items() if not _holds(facts, name, wanted))


def _holds(facts: Facts, name: str, wanted: Fact) -> bool:
    if name == "task":
        return wanted in (*facts.tasks, *facts.serves)
    return bool(getattr(facts, name) == wanted)


def choice_for(scene: Stated) -> Choice:
    """The usual one of the losses that break nothing, and the wrong ones, those that break least first.

    Where several usual ones fit, the first of the catalogue is right. Raises `Problem` where none does.
    """
    losses = [(entry, entry.facts, broken_facts(entry, scene)) for entry in CATALOGUE.values() if entry.facts]
    fitting = [(entry, facts) for entry, facts, broken in losses if not broken]
    task = scene.get("task")
    usual = [entry for entry, facts in fitting if facts.usual and (task is None or task in facts.tasks)]
    if not usual:
        names = ", ".join(entry.name for entry, _ in fitting)
        raise Problem(f"no usual loss fits {dict(scene)}; what fits: {names or 'nothing'}")
    wrong = sorted(((entry, broken) for entry, _, broken in losses if broken), key=lambda loss: len(loss[1]))
    return Choice(usual[0], tuple((entry, broken[0]) for entry, broken in wrong))


def offered(scene: Stated) -> tuple[tuple[Entry, str], ...]:
    """The wrong losses that are worth offering in a scene, the nearest first, each with the first fact it breaks.

    They are usual somewhere. Of those that break as many facts, losses for tasks akin to the scene's come first; of
    losses that differ in nothing that a scene asks about, only the first is offered.
    """
    task = scene.get("task")
    akin = next((group for group in AKIN if task in group), frozenset(Task))
    wrong = [(entry, fact, entry.facts) for entry, fact in choice_for(scene).wrong if entry.facts and entry.facts.usual]
    wrong.sort(key=lambda loss: (len(broken_facts(loss[0], scene)), akin.isdisjoint(loss[2].tasks)))
    nearest: dict[object, tuple[Entry, str]] = {}
    for entry, fact, facts in wrong:
        kind = (facts.tasks, facts.output, facts.robust, facts.relative, facts.asymmetric)
        nearest.setdefault(kind, (entry, fact))
    return tuple(nearest.values())


def _check(scene: Stated) -> None:
    for name, wanted in scene.items():
        if name in WORDS:
            words = [str(word) for word in WORDS[name]]
            if wanted not in words:
                raise Problem(f"{name} is {', '.join(words)}, found {wanted!r}")
        elif name not in FLAGS:
            raise Problem(f"a scene says {', '.join([*WORDS, *FLAGS])}, found {name!r}")
        elif not isinstance(wanted, bool):
            raise Problem(f"{name} is true or false, found {wanted!r}")
