"""My mistakes: which slips were made, how often, when last; each leads to its page, and to a question to try again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.exercise import Topic
from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.home import ROWS
from studyapp.screens.marked import markdown_lines, one_line
from studyapp.screens.messages import OpenTopic
from studyapp.screens.progressview import NO_MISTAKES, short_date
from studyapp.screens.question import QuestionScreen
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status
from studyapp.study.slips import Slip, mistake_sentences, slips
from studyapp.typeset.document import Line, RenderOptions, Span
from studyapp.typeset.width import cells, pad

TIMES = Text(ja="{count} 回", en="once|{count} times")
LAST = Text(ja="{day} が最後", en="last on {day}")
MISTAKES_ABOUT = Text(ja="多い順に並んでいます。", en="The most frequent come first.")
UNEXPLAINED = Text(
    ja="本文の説明と、問題の解説で確かめましょう。",
    en="The page, and the solution of its question, show how it is done.",
)


def slip_rows(told: Mapping[Slip, str], names: Mapping[str, str]) -> Iterator[Row]:
    """A row for each slip with its sentence: where it was made, how often, and when last; `names` are by exercise."""
    often = max((cells(TIMES(count=slip.times)) for slip in told), default=0)
    last = max((cells(LAST(day=short_date(slip.last_day))) for slip in told), default=0)
    for number, (slip, sentence) in enumerate(told.items()):
        right = (
            Span(pad(LAST(day=short_date(slip.last_day)), last, "right") + "  ", "muted"),
            Span(pad(TIMES(count=slip.times), often, "right"), "strong"),
        )
        yield Row(str(number), "×", f"{sentence}  {names.get(slip.exercise, '')}".rstrip(), right, "bad")


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
        self._told: dict[Slip, str] = {}
        self._looking = False
        self._pages: dict[str, Topic | None] = {}

    def compose(self) -> ComposeResult:
        """The rows, and below them what the page says of the chosen one."""
        yield Masthead(ROWS["mistakes"][0](), self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Rows(id="rows", classes="column")
        yield Lines(id="about")
        yield Status()
        yield KeyLine("mistakes", ("explain", "drill", "back", "help"))

    def on_screen_resume(self) -> None:
        """Look again: a slip may have been made since."""
        self._looking = True
        self.run_worker(self._look(), group="look", exclusive=True)

    @property
    def waiting(self) -> bool:
        """Whether the slips are read, so that there is nothing to choose yet."""
        return self._looking

    async def _look(self) -> None:
        library = self.desk.course.library
        made = slips(self.desk.history.mistakes(), library)
        self._told = await asyncio.to_thread(mistake_sentences, made, library)
        setting = RenderOptions(ascii_only=self.desk.setup.ascii_only)
        entries = {slip.exercise: library.exercise(slip.exercise) for slip in made}
        names = {name: entry.heading for name, entry in entries.items() if entry is not None}
        shown = {slip: one_line(sentence, setting) for slip, sentence in self._told.items()}
        head = Row(None, text=MISTAKES_ABOUT() if made else NO_MISTAKES(), role="muted")
        self.query_one(Rows).show((head, *slip_rows(shown, names)))
        self._looking = False
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

            self._pages[entry.id], _ = await asyncio.to_thread(read_topic, entry.source)
        text = explanation(self._pages[entry.id], slip)
        if not text:
            text = f"{self._told.get(slip, '')}\n\n{UNEXPLAINED()}"
        setting = RenderOptions(ascii_only=self.desk.setup.ascii_only)

        def lines(width: int) -> Iterator[Line]:
            yield (Span(entry.title, "heading"),)
            yield from markdown_lines(text, width, setting)

        about.show(lines)

    def _chosen(self) -> Slip | None:
        chosen = self.query_one(Rows).chosen
        return tuple(self._told)[int(chosen)] if chosen is not None and self._told else None

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
