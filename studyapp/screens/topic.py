"""A page of the course, to be read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.document import Block, ExerciseMark, Heading, Text
from studyapp.domain.place import Complaint, Place
from studyapp.domain.question import Plotted
from studyapp.domain.topic import Topic
from studyapp.kernel.requests import KernelFailure
from studyapp.screens.actions import bindings
from studyapp.screens.complaints import complaint_lines
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.figures import figures_in, pictures, request_for
from studyapp.screens.messages import Practise
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.entries import TopicEntry
from studyapp.typeset.document import Setting, Span, set_document


class TopicScreen(DeskScreen):
    """The prose with its formulas; a key starts the exercises."""

    TABLE = "topic"
    BINDINGS = bindings("topic")

    def __init__(self, desk: Desk, topic: TopicEntry, exercise: str = "") -> None:
        super().__init__(desk)
        self.topic = topic
        self._exercise = exercise

    def compose(self) -> ComposeResult:
        """An empty page, filled once it is read."""
        yield Masthead(self.topic.title, self.words.exercises(len(self.topic.exercises)))
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(classes="column", id="notice")
            yield Lines(classes="column", id="page")
        yield Status()
        yield KeyLine("topic", self.words, ("exercises", "page_down", "page_up", "help", "back"))

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one("#notice", Lines).clear()
        self.action_retry()

    def action_retry(self) -> None:
        """Read the page, again where its figures could not be drawn."""
        self.say(self.words.loading)
        self.run_worker(self._read(), exclusive=True)

    def action_exercises(self) -> None:
        """Do the exercises of the page."""
        self.post_message(Practise(self.topic.id, tuple(one.id for one in self.topic.exercises)))

    async def _read(self) -> None:
        from studyapp.pages import read_topic

        topic, complaints = await asyncio.to_thread(read_topic, self.topic.source, self.desk.words)
        self.say("")
        self._tell(topic, complaints)
        if topic is None:
            return
        plots: dict[Place, Plotted] = {}
        self._show(topic, plots)
        self._go_to_exercise(topic)
        try:
            for figure in figures_in(topic.body):
                plots[figure.place] = await self.desk.ask(request_for(figure), self._restarted)
                self._show(topic, plots)
        except KernelFailure as failure:
            self.say(f"× {self.words.failure(str(failure), typing=False)}", "bad")

    def _show(self, topic: Topic, plots: Mapping[Place, Plotted]) -> None:
        self.query_one("#page", Lines).show_blocks(with_title(topic), self._setting(plots))

    def _setting(self, plots: Mapping[Place, Plotted]) -> Setting:
        ascii_only = self.desk.setup.ascii_only
        return Setting(
            ascii_only=ascii_only,
            exercise=self.words.exercise_mark,
            picture=pictures(dict(plots), ascii_only=ascii_only),
        )

    def _go_to_exercise(self, topic: Topic) -> None:
        """Bring the exercise into view that the page was opened for."""
        blocks = with_title(topic)
        marks = [number for number, block in enumerate(blocks) if _marks(block, self._exercise)]
        if not marks:
            return
        above = blocks[: marks[0]]

        self._exercise = ""  # once: who reads on is not to be brought back

        def go() -> None:
            page = self.query_one("#page", Lines)
            line = len(set_document(above, page.content_size.width, self._setting({})))
            self.body.scroll_to(y=page.virtual_region.y + line, animate=False)

        self.call_after_refresh(go)

    def _restarted(self) -> None:
        self.say(self.words.restarted, "near")

    def _tell(self, topic: Topic | None, complaints: tuple[Complaint, ...]) -> None:
        """What is to be known before the page is read: that it is broken, or not in the language asked for."""
        notice = self.query_one("#notice", Lines)
        if complaints:
            head = (Span(f"× {self.words.broken}", "bad"),)
            notice.show(lambda width: (head, *complaint_lines(complaints, width), ()))
        elif topic is not None and topic.language != self.topic.source.language:
            notice.show_lines(((Span(self.words.untranslated, "near"),), ()))


def _marks(block: Block, exercise: str) -> bool:
    return isinstance(block, ExerciseMark) and block.exercise == exercise


def with_title(topic: Topic) -> tuple[Block, ...]:
    """The page with its title before it, where it does not begin with one."""
    first = topic.body[0] if topic.body else None
    if isinstance(first, Heading) and first.level == 1:
        return topic.body
    return (Heading(1, (Text(topic.title),)), *topic.body)
