"""My mistakes: which slips were made, how often, when last; each leads to its page, and to a question to try again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.topic import Topic
from studyapp.domain.words.records import RecordsWords
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import markdown_lines
from studyapp.screens.messages import OpenTopic
from studyapp.screens.question import QuestionScreen
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status
from studyapp.study.slips import Slip, slips
from studyapp.typeset.document import Line, Setting, Span
from studyapp.typeset.width import cells, pad


def slip_rows(made: tuple[Slip, ...], names: dict[str, str], words: RecordsWords) -> Iterator[Row]:
    """A row for each slip: what it is and where it was made, how often, and when last; `names` are by exercise."""
    often = max((cells(words.often(slip.times)) for slip in made), default=0)
    last = max((cells(words.last_made(slip.last_day)) for slip in made), default=0)
    for number, slip in enumerate(made):
        right = (
            Span(pad(words.last_made(slip.last_day), last, "right") + "  ", "muted"),
            Span(pad(words.often(slip.times), often, "right"), "strong"),
        )
        text = f"{words.slip(slip.mistake)}  {names.get(slip.exercise, slip.exercise)}"
        yield Row(str(number), "×", text, right, "bad")


def explanation(topic: Topic | None, slip: Slip) -> str:
    """What the page says of a slip, as Markdown; empty where it says nothing."""
    exercise = topic.exercise(slip.exercise) if topic is not None else None
    if exercise is None:
        return ""
    known = next((one.text for one in exercise.sentences.mistakes if one.name == slip.mistake), ())
    return "".join(part if isinstance(part, str) else part.text for part in known)


class MistakesScreen(Choosing, DeskScreen):
    """The slips of the history, the most frequent first."""

    TABLE = "mistakes"
    BINDINGS = bindings("mistakes")
    CSS_PATH = "mistakes.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._made: tuple[Slip, ...] = ()
        self._pages: dict[str, Topic | None] = {}

    def compose(self) -> ComposeResult:
        """The rows, and below them what the page says of the chosen one."""
        yield Masthead(self.desk.words.overview.rows["mistakes"][0], self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Rows(id="rows", classes="column")
        yield Lines(id="about")
        yield Status()
        yield KeyLine("mistakes", self.words, ("explain", "drill", "back", "help"))

    def on_screen_resume(self) -> None:
        """Look again: a slip may have been made since."""
        said, library = self.desk.words.records, self.desk.course.library
        self._made = slips(self.desk.learner.history.mistakes(), library)
        found = {slip.exercise: library.exercise(slip.exercise) for slip in self._made}
        names = {name: entry.heading for name, entry in found.items() if entry is not None}
        head = Row(None, text=said.mistakes_about if self._made else said.no_mistakes, role="muted")
        self.query_one(Rows).show((head, *slip_rows(self._made, names, said)))
        self.chosen_changed()

    def chosen_changed(self) -> None:
        """Say what the page says of the chosen slip."""
        self.run_worker(self._explain(), exclusive=True)

    async def _explain(self) -> None:
        slip = self._chosen()
        about = self.query_one("#about", Lines)
        entry = self.desk.course.library.topic(slip.topic) if slip is not None else None
        if slip is None or entry is None:
            about.clear()
            return
        if entry.id not in self._pages:
            from studyapp.pages.topics import read_topic

            self._pages[entry.id], _ = await asyncio.to_thread(read_topic, entry.source, self.desk.words)
        text = explanation(self._pages[entry.id], slip) or self.desk.words.records.unexplained
        setting = Setting(ascii_only=self.desk.setup.ascii_only)

        def lines(width: int) -> Iterator[Line]:
            yield (Span(entry.title, "heading"),)
            yield from markdown_lines(text, width, setting)

        about.show(lines)

    def _chosen(self) -> Slip | None:
        chosen = self.query_one(Rows).chosen
        return self._made[int(chosen)] if chosen is not None and self._made else None

    def on_rows_chosen(self) -> None:
        """A click on a row is as the first key."""
        self.action_explain()

    def action_explain(self) -> None:
        """Open the page at the exercise."""
        slip = self._chosen()
        if slip is not None:
            self.post_message(OpenTopic(slip.topic, slip.exercise))

    def action_drill(self) -> None:
        """Ask a fresh question in which the slip can be made again."""
        slip = self._chosen()
        if slip is not None and self.desk.course.library.exercise(slip.exercise) is not None:
            self.app.push_screen(QuestionScreen(self.desk, self.desk.retried(slip)))
