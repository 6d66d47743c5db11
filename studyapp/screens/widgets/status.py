"""One or two lines for what has just happened. It keeps its row, so that nothing moves when it speaks."""

from __future__ import annotations

from textual.widgets import Static


class Status(Static):
    """What is said stays until something else is."""

    DEFAULT_CSS = "Status { height: auto; min-height: 1; max-height: 4; padding: 0 2; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)
