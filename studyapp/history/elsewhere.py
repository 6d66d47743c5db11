"""Where an answer goes that the history cannot take: a log of its own in another folder, to be taken in later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from studyapp.domain.verdict import Attempt
from studyapp.history.attempts import ATTEMPT, body_of
from studyapp.history.chain import End, check_end
from studyapp.history.event import Event, event_in, header, version_of
from studyapp.history.log import Log, create, free_name, set_torn_aside
from studyapp.history.standing import NotSavedCode, NotSavedError

NAME = "studyapp-answers.jsonl"
_NEXT = "studyapp-answers-{}.jsonl"


class Appends(Protocol):
    """What takes events: the history, or a log elsewhere."""

    def append(self, kind: str, body: dict[str, Any], *, at: datetime, day: date, event_id: str = "") -> Event:
        """Save an event. Raises `NotSavedError`."""
        ...

    def record(self, attempt: Attempt, *, at: datetime, day: date) -> Event:
        """Save an attempt. Raises `NotSavedError`."""
        ...


class Elsewhere:
    """A folder that takes answers for a while; `path` is the log in it once something was saved there.

    It is a history like any other, so that `import history` takes it in.
    """

    def __init__(self, folder: Path, new_id: Callable[[], str]) -> None:
        self.path = folder / NAME
        self._new_id = new_id

    def append(self, kind: str, body: dict[str, Any], *, at: datetime, day: date, event_id: str = "") -> Event:
        """Save an event: it is on the disk when this returns.

        Errors: NotSavedError; nothing of it is there then.
        """
        event = Event(id=event_id or self._new_id(), at=at, day=day, kind=kind, body=body)
        try:
            log = self._open(at, day)
        except OSError as error:
            raise NotSavedError.by(error) from error
        try:
            log.append(event)
        finally:
            log.close()
        return event

    def record(self, attempt: Attempt, *, at: datetime, day: date) -> Event:
        """Save an attempt.

        Errors: NotSavedError, as `append`.
        """
        return self.append(ATTEMPT, body_of(attempt), at=at, day=day)

    def _open(self, at: datetime, day: date) -> Log:
        """The log that stands there, or a new one beside what cannot be added to."""
        end = _sound_end(self.path)
        if end is None:
            if self.path.exists():
                self.path = free_name(self.path.parent, _NEXT)
            create(self.path, header(self._new_id(), at, day))
            end = _sound_end(self.path)
        if end is None:
            raise NotSavedError(NotSavedCode.REPLACED)
        if end.torn:
            set_torn_aside(self.path, end.offset, end.torn)
        return Log(self.path, end.offset, end.hash)


def _sound_end(path: Path) -> End | None:
    """The end of a log of ours; None where there is none, or it is damaged."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        if version_of(event_in(file.readline())) is None:
            return None
    end = check_end(path)
    return end if isinstance(end, End) else None
