"""My mistakes: which slips were made, how often, when last; each leads to its page, and to a question to try again."""

import asyncio
from collections.abc import Iterator, Mapping

from textual.app import ComposeResult

from studyapp.domain.exercise import Exercise
from studyapp.domain.text import Text
from studyapp.screens.homeday import short_date
from studyapp.screens.homeview import TITLES
from studyapp.screens.marked import markdown_lines, one_line
from studyapp.screens.moving import Choosing
from studyapp.screens.progress import NO_MISTAKES
from studyapp.screens.question import QuestionScreen
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import Lines, Row, Rows, body, framed
from studyapp.study.slips import Slip, author_text, exercises_by_id, mistake_sentence, slips
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells, pad

TIMES = Text(ja="{count} 回", en="once|{count} times")
LAST = Text(ja="{day} が最後", en="last on {day}")
MISTAKES_ABOUT = Text(ja="多い順に並んでいます。", en="The most frequent come first.")
UNEXPLAINED = Text(
    ja="本文の説明と、問題の解説で確かめましょう。",
    en="The page, and the solution of its question, show how it is done.",
)


class MistakesScreen(Choosing, StateScreen):
    """The slips of the history, the most frequent first; below them what the page says of the chosen one."""

    TABLE = "mistakes"
    CSS_PATH = "mistakes.tcss"

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._sentences: dict[Slip, str] = {}
        self._exercises: Mapping[str, Exercise] = {}
        self._looking = False

    def compose(self) -> ComposeResult:
        rows, about = body(Rows(id="rows", classes="column")), Lines(id="about")
        title, keys = TITLES["mistakes"](), ("explain", "drill", "back", "help")
        return framed("mistakes", rows, about, title=title, state=self.state.day_text(), keys=keys)

    def on_screen_resume(self) -> None:
        self._looking = True  # a slip may have been made since
        self.run_worker(self._look(), group="look", exclusive=True)

    @property
    def waiting(self) -> bool:
        return self._looking

    async def _look(self) -> None:
        library = self.state.library
        listed = slips(self.state.history.mistakes(), library)
        self._exercises = await asyncio.to_thread(exercises_by_id, listed, library)
        self._sentences = {slip: mistake_sentence(slip.mistake, self._exercises.get(slip.exercise)) for slip in listed}
        shown = {slip: one_line(sentence, self.options) for slip, sentence in self._sentences.items()}
        for slip in shown:
            if (exercise := library.exercise(slip.exercise)) is not None:
                shown[slip] += f"  {exercise.heading}"
        head = Row(None, text=MISTAKES_ABOUT() if listed else NO_MISTAKES(), role="muted")
        self.rows.show((head, *slip_rows(shown)))
        self._looking = False
        self.chosen_changed()

    def chosen_changed(self) -> None:
        slip = self._chosen()
        about = self.query_one("#about", Lines)
        entry = self.state.library.topic(slip.topic) if slip is not None else None
        if slip is None or entry is None:
            about.clear()
            return
        explained = author_text(slip.mistake, self._exercises.get(slip.exercise))
        text = explained or f"{self._sentences[slip]}\n\n{UNEXPLAINED()}"

        def lines(width: int) -> Iterator[Line]:
            yield (Span(entry.title, "heading"),)
            yield from markdown_lines(text, width, self.options)

        about.show(lines)

    def _chosen(self) -> Slip | None:
        chosen = self.rows.chosen
        return tuple(self._sentences)[int(chosen)] if chosen is not None and self._sentences else None

    def action_explain(self) -> None:
        slip = self._chosen()
        if slip is not None:
            self.open_screen("topic", slip.topic, slip.exercise)

    on_rows_chosen = action_explain

    def action_drill(self) -> None:
        slip = self._chosen()
        if slip is not None and self.state.library.exercise(slip.exercise) is not None:
            self.app.push_screen(QuestionScreen(self.state, self.state.retried(slip)))


def slip_rows(sentences: Mapping[Slip, str]) -> Iterator[Row]:
    """A row for each slip: what went wrong where, when last, and how often."""
    last = [LAST(day=short_date(slip.last_day)) for slip in sentences]
    times = [TIMES(count=slip.times) for slip in sentences]
    widths = [max(map(cells, column), default=0) for column in (last, times)]
    for number, sentence in enumerate(sentences.values()):
        right = (
            Span(pad(last[number], widths[0], "right") + "  ", "muted"),
            Span(pad(times[number], widths[1], "right"), "strong"),
        )
        yield Row(str(number), "×", sentence, right, "bad")
