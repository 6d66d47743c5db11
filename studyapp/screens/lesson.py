"""The section that teaches a new skill, before its first question."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from studyapp.domain.document import Heading, plain, section_of
from studyapp.domain.exercise import Topic
from studyapp.domain.place import PageSource
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError
from studyapp.history.event import Lesson
from studyapp.screens.base import DUE
from studyapp.screens.marked import plain_lines
from studyapp.screens.sitting import Sitting
from studyapp.screens.state import AppState
from studyapp.screens.topic import LOADING, FiguredScreen, FigureView
from studyapp.screens.widgets import KeyLine, Lines, body, framed
from studyapp.study.entries import ExerciseEntry
from studyapp.study.pace import IN_A_ROW
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, clip

NEW_SKILL = Text(ja="新しい技能", en="New skill")
READ_THEN_ANSWER = Text(ja="読む » 解く {count} 問", en="read » {count} question|read » {count} questions")
WHEN_READ = Text(
    ja="読み終えたら Enter で {count} 問。読むことは採点にもヒントにもなりません。",
    en="Enter leads to its {count} questions. Reading is neither graded nor a hint.",
)
NO_SECTION = Text(
    ja="このページは読めませんでした。Enter で問題に進めます。",
    en="This page could not be read. Enter leads to the questions.",
)
KEYS = ("to_questions", "figure", "open_image", "read_topic", "put_off", "back", "help")


class LessonScreen(FiguredScreen):
    """The prose of one section with its figures, in the place of the question that follows it."""

    TABLE = "lesson"
    CSS_PATH = "lesson.tcss"

    def __init__(self, state: AppState, sitting: Sitting, entry: ExerciseEntry) -> None:
        super().__init__(state)
        self.options = RenderOptions(ascii_only=state.setup.ascii_only)
        self.sitting = sitting
        self.entry = entry
        self._heading = entry.heading
        self._reading = False

    @property
    def source(self) -> PageSource:
        return self.entry.source

    def compose(self) -> ComposeResult:
        title = Lines(self._title, id="title", classes="edged")
        foot = Lines(lambda width: plain_lines(WHEN_READ(count=IN_A_ROW), width), id="foot", classes="edged")
        page = body(Vertical(id="page", classes="column"))
        state, place = self.state.progress_of(self.sitting), self.state.place_of(self.sitting)
        return framed("lesson", title, page, foot, title=place, state=state, keys=KEYS)

    def on_mount(self) -> None:
        self.sitting.since = self.state.setup.now()
        self.action_retry()

    def on_unmount(self) -> None:
        self.sitting.look_away(self.state.setup.now())

    def is_again(self, other: Screen[object]) -> bool:
        return isinstance(other, LessonScreen) and other.sitting is self.sitting

    @property
    def waiting(self) -> bool:
        return self._reading

    def _title(self, width: int) -> Iterator[Line]:
        """What is taught at the left, what follows at the right, which gives way where there is no room."""
        lead, way = f"{NEW_SKILL()}   ", READ_THEN_ANSWER(count=IN_A_ROW)
        heading = clip(self._heading, width - cells(lead), "»")
        gap = width - cells(lead + heading + way)
        follows = (Span(" " * gap), Span(way, "muted")) if gap > 1 else ()
        yield (Span(lead, "mark"), Span(heading, "strong"), *follows)

    def action_retry(self) -> None:
        """Read the page, again where its figures could not be drawn."""
        self._reading = True
        self.say(LOADING())
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        from studyapp.pages.topics import read_topic

        topic, _ = await asyncio.to_thread(read_topic, self.entry.source)
        await self._show(topic)
        self._reading = False
        self._show_keys()
        await self.load_figures()

    async def _show(self, topic: Topic | None) -> None:
        exercise = None if topic is None else topic.exercise(self.entry.id)
        if topic is None or exercise is None:
            self.say(NO_SECTION(), "near")
            return
        self.say("")
        section = section_of(topic.body, exercise.id, exercise.section)
        if section and isinstance(section[0], Heading):
            self._heading, section = plain(section[0].content), section[1:]
        self.query_one("#title", Lines).set_again()
        page = self.query_one("#page", Vertical)
        await page.remove_children()
        await page.mount_all(part for part, _ in self.parts(section))

    def _show_keys(self) -> None:
        """The keys that matter: of the figure that has the focus, else of the section."""
        keys = KEYS if self.figure is None else self.figure.keys
        self.query_one(KeyLine).show([key for key in keys if self.applies(key)])

    def applies(self, name: str) -> bool:
        has = {"figure": bool(self.query(FigureView)), "open_image": bool(self.images())}
        return has.get(name, True)

    def action_to_questions(self) -> None:
        """Go on to the questions; the time that the section was looked at is kept."""
        sitting, now = self.sitting, self.state.setup.now()
        sitting.look_away(now)
        lesson = Lesson(self.entry.skill, self.entry.topic, sitting.read)
        with suppress(NotSavedError):  # the answer that follows is not saved either, and says so with what can be done
            self.state.history.lesson(lesson, at=now, day=self.state.today)
        sitting.taught()
        self._go_on()

    def action_put_off(self) -> None:
        """Leave the skill for another day, and go on with what is next; home where nothing is."""
        self.sitting.look_away(self.state.setup.now())
        if self.sitting.put_off():
            self._go_on()
        else:
            self.dismiss()

    def _go_on(self) -> None:
        self.open_screen("round", DUE, instead=True)

    def action_read_topic(self) -> None:
        self.open_screen("topic", self.entry.topic, self.entry.id)

    on_descendant_focus = on_descendant_blur = _show_keys
