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
from studyapp.scheduling import PARAMETERS
from studyapp.study.library import Library
from studyapp.study.settings import Settings


def memory_rules(library: Library, settings: Settings) -> Rules:
    """How answers become memories: FSRS, over skills under today's names. Errors: ValueError, impossible retention."""
    retention, parameters = settings.retention, settings.parameters or PARAMETERS
    if not scheduling.LOWEST_RETENTION <= retention <= scheduling.HIGHEST_RETENTION:
        raise ValueError(f"desired retention {retention} is out of bounds")

    def fold(memory: Memory | None, parts: tuple[Part, ...], tries: int, day: date) -> Memory | None:
        rating = scheduling.worst_rating(parts, tries)
        return None if rating is None else scheduling.review(memory, rating, day, retention, parameters)

    fitted = {} if parameters == PARAMETERS else {"parameters": parameters}
    return Rules(
        fold=fold,
        name=f"{scheduling.rules_of(parameters)}, retention {retention}",
        renames=library.renames,
        recall=scheduling.retrievability,
        written={"scheduler": {"version": scheduling.VERSION, "retention": retention, **fitted}},
    )


def open_learner(
    folder: Path, library: Library, settings: Settings, *, now: datetime, new_id: Callable[[], str]
) -> History | Trouble:
    """The history in a data folder, with memories as the settings have them; or why not. Errors: as `memory_rules`."""
    rules = memory_rules(library, settings)
    return open_history(folder, rules, now=now, day=scheduling.study_day(now), new_id=new_id)
