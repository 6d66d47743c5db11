"""What the app works with once it has opened its folders, and the opening itself. Nothing here knows Textual."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.history.history import History
from studyapp.screens.setup import Setup
from studyapp.study.learner import open_learner
from studyapp.study.library import Library
from studyapp.study.settings import Settings, load_settings
from studyapp.study.troubles import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The library, the history and the settings. `history` is None where it could not be opened.

    `notices` are sentences to be told at the start; `trouble` is the one about a history that was not opened.
    """

    library: Library
    history: History | None
    settings: Settings
    notices: tuple[str, ...] = ()
    trouble: str = ""


def open_course(setup: Setup) -> Course:
    """The course behind a setup. Everything that is wrong is told in it; nothing is raised."""
    settings, troubles = load_settings(setup.data)
    notices = [str(trouble) for trouble in troubles]
    library = Library.load(setup.content, setup.cache, setup.language)
    opened = open_learner(setup.data, library, now=setup.now(), new_id=setup.new_id, retention=settings.retention)
    if not isinstance(opened, History):
        return Course(
            library=library,
            history=None,
            settings=settings,
            notices=tuple(notices),
            trouble=describe(opened),
        )
    notices += [describe(notice) for notice in opened.notices]
    return Course(library=library, history=opened, settings=settings, notices=tuple(notices))
