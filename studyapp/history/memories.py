"""A memory in the rows of the index."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from studyapp.domain.memory import Memory


def memory_in(row: tuple[Any, ...]) -> Memory | None:
    """The memory in a row of stability, difficulty, last and due day, reviews and lapses; None where there is none."""
    stability, difficulty, last_day, due_day, reviews, lapses = row
    if stability is None:
        return None
    return Memory(stability, difficulty, date.fromisoformat(last_day), date.fromisoformat(due_day), reviews, lapses)


def write_memory(connection: sqlite3.Connection, skill: str, memory: Memory | None) -> None:
    """Put a memory, or that there is none, into the row of a skill."""
    values = (
        (None, None, None, None, 0, 0)
        if memory is None
        else (
            memory.stability,
            memory.difficulty,
            memory.last_day.isoformat(),
            memory.due_day.isoformat(),
            memory.reviews,
            memory.lapses,
        )
    )
    connection.execute(
        "UPDATE skill SET stability = ?, difficulty = ?, last_day = ?, due_day = ?, reviews = ?, lapses = ?"
        " WHERE skill = ?",
        (*values, skill),
    )
