"""A screen that works with the course, the learner or the kernel."""

from __future__ import annotations

from studyapp.screens.base import StudyScreen
from studyapp.screens.desk import Desk


class DeskScreen(StudyScreen):
    """A full screen over the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
