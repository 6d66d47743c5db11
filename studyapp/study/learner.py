"""The learner's history, opened by the rules of the scheduler over the skills of the course."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from studyapp import scheduling
from studyapp.domain.record import Memory
from studyapp.domain.verdict import Part
from studyapp.history.errors import Trouble
from studyapp.history.fold import Rules
from studyapp.history.history import History, open_history
from studyapp.study.library import Library


def memory_rules(library: Library, retention: float) -> Rules:
    """How answers become memories: FSRS, over skills under today's names. Errors: ValueError, impossible retention."""
    if not scheduling.LOWEST_RETENTION <= retention <= scheduling.HIGHEST_RETENTION:
        raise ValueError(f"desired retention {retention} is out of bounds")

    def fold(memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date) -> Memory | None:
        rating = scheduling.worst_rating(parts, tries)
        return None if rating is None else scheduling.review(memory, rating, day, retention)

    name = f"{scheduling.RULES}, retention {retention}"
    return Rules(fold=fold, name=name, renames=library.renames, recall=scheduling.retrievability)


def open_learner(
    folder: Path, library: Library, *, now: datetime, new_id: Callable[[], str], retention: float = 0.9
) -> History | Trouble:
    """The history in a data folder, at a desired retention; or why not. Errors: as `memory_rules`."""
    rules = memory_rules(library, retention)
    return open_history(folder, rules, now=now, day=scheduling.study_day(now), new_id=new_id)
