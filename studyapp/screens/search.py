"""Search over the whole course: pages and exercises that hold the words, as they are typed."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from studyapp.domain.text import Text
from studyapp.screens.answer import AnswerInput
from studyapp.screens.base import EXERCISE
from studyapp.screens.moving import Choosing
from studyapp.screens.state import StateScreen
from studyapp.screens.widgets import Row, Rows, body, framed
from studyapp.study.entries import ExerciseEntry, TopicEntry

SEARCH_TITLE = Text(ja="さがす", en="Search")
SEARCH_HINT = Text(
    ja="語を入力してください（空白で区切ると、すべてを含むページ）",
    en="Type words (with spaces between: pages that hold them all)",
)
NOTHING_FOUND = Text(ja="見つかりません。", en="Nothing found.")
FOUND = Text(ja="ページ {topics} 件 ・ 問題 {exercises} 件", en="{topics} pages · {exercises} exercises")


class SearchScreen(Choosing, StateScreen):
    """An input, and below it what is found. The index is in memory, so that every key answers at once."""

    TABLE = "search"

    def compose(self) -> ComposeResult:
        # A pane paints the cells around the input; a margin would keep those of home.
        wanted = Vertical(AnswerInput(placeholder=SEARCH_HINT(), id="wanted"), id="wanted-pane")
        rows = body(Rows(id="rows", classes="column"))
        keys = ("choose", "cursor_down", "cursor_up", "help", "back")
        return framed("search", wanted, rows, title=SEARCH_TITLE(), keys=keys)

    def on_mount(self) -> None:
        self.state.library.ready_search()
        self.query_one(AnswerInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        entries = self.state.library.search(event.value)
        topics = [entry for entry in entries if isinstance(entry, TopicEntry)]
        exercises = [entry for entry in entries if isinstance(entry, ExerciseEntry)]
        self.rows.show(tuple(map(self._row, entries)))
        self.rows.move_to_end(-1)
        sentence = FOUND(topics=len(topics), exercises=len(exercises)) if topics or exercises else NOTHING_FOUND()
        self.say(sentence if event.value.strip() else "")

    def _row(self, entry: TopicEntry | ExerciseEntry) -> Row:
        if isinstance(entry, TopicEntry):
            return Row(entry.id, "▤", entry.title)
        page = self.state.library.topic(entry.topic)
        return Row(f"{EXERCISE}{entry.id}", "▷", f"{entry.heading}  — {page.title if page else ''}")

    def action_choose(self) -> None:
        chosen = self.rows.chosen or ""
        if chosen.startswith(EXERCISE):
            self.open_screen("round", chosen, chosen.removeprefix(EXERCISE))
        elif chosen:
            self.open_screen("topic", chosen)

    on_input_submitted = action_choose
