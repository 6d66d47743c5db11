"""What a screen asks of the app: to go somewhere else."""

from __future__ import annotations

from textual.message import Message

DUE = ""
"""The name of the session of the day."""
PLACEMENT = "?placement"
"""The name of the round that finds out what is known already; no topic's id begins like this."""
EXERCISE = "?exercise "
"""What the name of a round begins with that asks one exercise; no topic's id begins like this."""


class OpenTopic(Message):
    """Open the page of a topic, at one of its exercises where that is named."""

    def __init__(self, topic: str, exercise: str = "") -> None:
        super().__init__()
        self.topic = topic
        self.exercise = exercise


class Practise(Message):
    """Start, or go on with, the round of that name; a name without exercises is what is due."""

    def __init__(self, name: str, exercises: tuple[str, ...]) -> None:
        super().__init__()
        self.name = name
        self.exercises = exercises


class ShowRecord(Message):
    """Show a screen about the learner: `progress`, `mistakes`, `settings`, `exam` or the exam that is `running`."""

    def __init__(self, screen: str) -> None:
        super().__init__()
        self.screen = screen


class ShowComplaints(Message):
    """Show what is wrong with pages."""


class HomeShown(Message):
    """Home is seen again, and what it shows may have changed."""


class ChangeLook(Message):
    """Change between the dark and the light look, and keep it."""


class Search(Message):
    """Search the course."""


class ShowCommands(Message):
    """Show what can be done on the present screen."""
