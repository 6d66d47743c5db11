"""Everything that the engine can compute by name, family by family."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studyapp.engine import activations, rectifiers
from studyapp.engine.entry import Entry
from studyapp.engine.losses import binary, classification, divergence, regression

FAMILIES: Mapping[str, tuple[Entry, ...]] = MappingProxyType(
    {
        "regression": regression.ENTRIES,
        "classification": (*binary.ENTRIES, *classification.ENTRIES),
        "divergence": divergence.ENTRIES,
        "activation": (*activations.ENTRIES, *rectifiers.ENTRIES),
    }
)
"""The entries of each family, in the order in which a reader meets them."""

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {entry.name: entry for entries in FAMILIES.values() for entry in entries}
)
"""By name."""
