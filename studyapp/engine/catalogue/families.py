"""Everything that the engine can compute by name, family by family."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studyapp.engine.catalogue import (
    activations,
    adaptive,
    metrics,
    optimisers,
    rectifiers,
    regularisers,
    scores,
    similarity,
    sizes,
    spread,
)
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.losses import (
    binary,
    classification,
    contrast,
    critic,
    divergence,
    generative,
    likelihood,
    margin,
    metric,
    regression,
    robust,
    segmentation,
    transport,
    variants,
)

FAMILIES: Mapping[str, tuple[Entry, ...]] = MappingProxyType(
    {
        "regression": (*regression.ENTRIES, *robust.ENTRIES, *likelihood.ENTRIES),
        "classification": (*binary.ENTRIES, *classification.ENTRIES, *variants.ENTRIES),
        "margin": margin.ENTRIES,
        "metric learning": (*metric.ENTRIES, *contrast.ENTRIES),
        "divergence": (*divergence.ENTRIES, *transport.ENTRIES),
        "generation": (*generative.ENTRIES, *critic.ENTRIES),
        "segmentation": segmentation.ENTRIES,
        "distance": (*similarity.ENTRIES, *spread.ENTRIES),
        "activation": (*activations.ENTRIES, *rectifiers.ENTRIES),
        "metric": (*metrics.ENTRIES, *scores.ENTRIES),
        "regulariser": regularisers.ENTRIES,
        "optimiser": (*optimisers.ENTRIES, *adaptive.ENTRIES),
        "size": sizes.ENTRIES,
    }
)
"""The entries of each family, in the order in which a reader meets them."""

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {entry.name: entry for entries in FAMILIES.values() for entry in entries}
)
"""By name."""
