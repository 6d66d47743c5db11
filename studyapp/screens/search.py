"""Search over the whole course: pages and exercises that hold the words, as they are typed."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.choosing import Choosing
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.messages import EXERCISE, OpenTopic, Practise
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.rows import Row, Rows
from studyapp.screens.widgets.status import Status

SEARCH_TITLE = Text(ja="さがす", en="Search")
SEARCH_HINT = Text(
    ja="語を入力してください（空白で区切ると、すべてを含むページ）",
    en="Type words (with spaces between: pages that hold them all)",
)
NOTHING_FOUND = Text(ja="見つかりません。", en="Nothing found.")
FOUND = Text(ja="ページ {topics} 件 ・ 問題 {exercises} 件", en="{topics} pages · {exercises} exercises")


class SearchScreen(Choosing, DeskScreen):
    """An input, and below it what is found. The index is in memory, so that every key answers at once."""

    TABLE = "search"
    BINDINGS = bindings("search")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def compose(self) -> ComposeResult:
        """The input above, the findings below."""
        yield Masthead(SEARCH_TITLE())
        with Vertical(id="wanted-pane"):  # it paints the cells around the input; a margin would keep those of home
            yield AnswerInput(placeholder=SEARCH_HINT(), id="wanted")
        with VerticalScroll(id="body", can_focus=False):
            yield Rows(id="rows", classes="column")
        yield Status()
        yield KeyLine("search", ("choose", "cursor_down", "cursor_up", "help", "back"))

    def on_mount(self) -> None:
        """Type at once."""
        self.desk.course.library.ready_search()
        self.query_one(AnswerInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed."""
        rows = tuple(self._found(event.value))
        self.rows.show(rows)
        self.rows.move_to_end(-1)
        exercises = sum((row.id or "").startswith(EXERCISE) for row in rows)
        topics = len(rows) - exercises
        self.say(found_of(topics, exercises) if event.value.strip() else "")

    def _found(self, text: str) -> Iterator[Row]:
        library = self.desk.course.library
        for topic in library.search(text):
            yield Row(topic.id, "▤", topic.title)
        for exercise in library.exercises_about(text):
            page = library.topic(exercise.topic)
            yield Row(f"{EXERCISE}{exercise.id}", "▷", f"{exercise.heading}  — {page.title if page else ''}")

    def on_input_submitted(self) -> None:
        """Enter in the input opens what is chosen."""
        self.action_choose()

    def action_choose(self) -> None:
        """Open a page, or ask the exercise."""
        chosen = self.rows.chosen
        if chosen is None:
            return
        if chosen.startswith(EXERCISE):
            exercise = chosen.removeprefix(EXERCISE)
            self.post_message(Practise(chosen, (exercise,)))
        else:
            self.post_message(OpenTopic(chosen))


def found_of(topics: int, exercises: int) -> str:
    """How much a search has found."""
    return FOUND(topics=topics, exercises=exercises) if topics + exercises else NOTHING_FOUND()
