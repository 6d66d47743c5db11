"""Everything that the engine can compute by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studyapp.engine.entry import Entry
from studyapp.engine.losses import regression

CATALOGUE: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in regression.ENTRIES})
"""By name, in the order in which the families are listed."""
