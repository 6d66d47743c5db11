"""Search over the whole course: pages and exercises that hold the words, as they are typed."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from studyapp.domain.text import Text
from studyapp.screens.answer import AnswerInput
from studyapp.screens.base import EXERCISE
from studyapp.screens.board import CURSOR, CUT, EDGE, Board, BoardRow
from studyapp.screens.homeday import noted
from studyapp.screens.marked import markdown_lines, read_ahead
from studyapp.screens.moving import Choosing
from studyapp.screens.state import StateScreen
from studyapp.screens.widgets import framed, said
from studyapp.study.entries import ExerciseEntry, TopicEntry
from studyapp.study.excerpts import around
from studyapp.study.progress import LEVEL_STEPS, level_of
from studyapp.study.searching import Spot, folded_name, spot_in
from studyapp.typeset.gauge import level
from studyapp.typeset.lines import Line, Span

SEARCH_TITLE = Text(ja="さがす", en="Search")
SEARCH_LABEL = Text(ja="検索", en="Find")
SEARCH_HINT = Text(
    ja="語を入力してください（空白で区切ると、すべてを含むページ）",
    en="Type words (with spaces between: pages that hold them all)",
)
SAME_WORDS = Text(ja="同じ言葉  {words}", en="also: {words}")
NOTHING_FOUND = Text(ja="見つかりません。", en="Nothing found.")
NEAR_WORDS = Text(ja="近い言葉", en="Near words")
EARLIER = Text(ja="これまでの検索", en="Earlier searches")
FOUND = Text(ja="ページ {topics} 件 ・ 問題 {exercises} 件", en="{topics} pages · {exercises} exercises")
JOINED = Text(ja="、", en=", ")
TERM = "?term "  # what a row begins with that is typed when it is chosen
LOOKING = 0.03  # seconds for which the line must be left alone before pages are read for what is in them
MOST_EARLIER = 5


class SearchScreen(Choosing, StateScreen):
    """A line, and below it what is found. The index is in memory, so that every key answers at once.

    What is in a page is read a little later, of the rows that are in sight.
    """

    TABLE = "search"

    @property
    def rows(self) -> Board:
        return self.query_one(Board)

    def compose(self) -> ComposeResult:
        # A pane paints the cells around the input; a margin would keep those of home.
        wanted = Vertical(
            Horizontal(
                Static(f"{EDGE} {SEARCH_LABEL()} {CURSOR}", id="wanted-label", markup=False),
                AnswerInput(placeholder=SEARCH_HINT(), id="wanted"),
            ),
            Static(id="same", markup=False),
            id="wanted-pane",
        )
        rows = Board(id="rows", ascii_only=self.options.ascii_only)
        keys = ("choose", "cursor_down", "cursor_up", "help", "back")
        return framed("search", wanted, rows, title=SEARCH_TITLE(), keys=keys)

    def on_mount(self) -> None:
        self._entries: tuple[TopicEntry | ExerciseEntry, ...] = ()
        self._spots: dict[str, Spot] = {}
        self._same = ""
        self.state.library.ready_search()
        self.query_one(AnswerInput).focus()
        self.watch(self.rows, "scroll_y", self.chosen_changed, init=False)
        self._show_terms(tuple(self.state.searched)[::-1], EARLIER())

    def on_input_changed(self, event: Input.Changed) -> None:
        text, library = event.value, self.state.library
        self._entries, self._spots = library.search(text), {}
        topics = sum(isinstance(entry, TopicEntry) for entry in self._entries)
        wanted = folded_name(text)
        same = [term for group in library.synonyms() if wanted in map(folded_name, group) for term in group]
        words = JOINED().join(term for term in same if folded_name(term) != wanted)
        if words != self._same:  # a widget with another text is laid out again, and all that is around it
            self._same = words
            self.query_one("#same", Static).update(said(SAME_WORDS(words=words) if words else "", "muted"))
        if self._entries:
            self.rows.show(tuple(self._found()))
            self.rows.move_to_end(-1)
            self.say(FOUND(topics=topics, exercises=len(self._entries) - topics))
        elif text.strip():
            self._show_terms(library.terms_near(text), NEAR_WORDS())
            self.say(NOTHING_FOUND())
        else:
            self._show_terms(tuple(self.state.searched)[::-1], EARLIER())
            self.say("")
        self.chosen_changed()

    def _show_terms(self, terms: tuple[str, ...], head: str) -> None:
        heading = [BoardRow(None, parts=(Span(head, "heading"),))] if terms else []
        self.rows.show((*heading, *(BoardRow(f"{TERM}{term}", parts=(Span(term),)) for term in terms)))

    def _found(self) -> Iterator[BoardRow]:
        """A row for an exercise, with its page and level; two for a page: where the words stand, and how."""
        for entry in self._entries:
            if isinstance(entry, TopicEntry):
                yield BoardRow(entry.id, parts=partial(self._title, entry))
                yield BoardRow(None, parts=partial(self._snippet, entry.id))
                continue
            page = self.state.library.topic(entry.topic)
            record = self.state.opened.skill(entry.skill) if self.state.opened is not None else None
            steps = level(LEVEL_STEPS[level_of(record)] if record else 0, ascii_only=self.options.ascii_only)
            parts = noted((Span(entry.heading),), page.title if page is not None else "")
            yield BoardRow(f"{EXERCISE}{entry.id}", parts=parts, right=(Span("  "), *steps))

    def _title(self, entry: TopicEntry, _width: int) -> Line:
        spot = self._spots.get(entry.id)
        place = f" {CUT} {spot.heading}" if spot is not None and spot.heading not in ("", entry.title) else ""
        return Span(entry.title), Span(place, "muted")

    def _snippet(self, topic: str, _width: int) -> Line:
        spot = self._spots.get(topic)
        if spot is None:
            return ()
        text, start, stop = spot.snippet, spot.start, spot.stop
        return Span("    "), Span(text[:start], "muted"), Span(text[start:stop], "lit"), Span(text[stop:], "muted")

    def chosen_changed(self) -> None:
        self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        """Read the snippets of the visible pages, and the text around the selected hit for the pane beside the list."""
        await asyncio.sleep(LOOKING)
        wanted = self.state.library.wanted(self.query_one(AnswerInput).value)
        for row in self.rows.ids_in_sight:
            entry = self.state.library.topic(row)
            if entry is not None and row not in self._spots:
                with suppress(OSError, UnicodeDecodeError):
                    self._spots[row] = await asyncio.to_thread(spot_in, entry.source, wanted)
        self.rows.draw_again()
        chosen = self.rows.chosen or ""
        entry, spot, width = self.state.library.topic(chosen), self._spots.get(chosen), self.rows.room.pane - 2
        if entry is None or spot is None or width <= 0:
            self.rows.show_pane(())
            return
        text = await asyncio.to_thread(around, entry.source, spot.line)
        await read_ahead((text,), self.state.kernel.ask)
        section = ((Span(spot.heading, "heading"),),) if spot.heading != entry.title else ()
        head: tuple[Line, ...] = ((Span(entry.title, "strong"),), *section, ())
        self.rows.show_pane((*head, *markdown_lines(text, width, self.options)))

    def action_choose(self) -> None:
        chosen, line = self.rows.chosen or "", self.query_one(AnswerInput)
        if chosen.startswith(TERM):
            line.value = chosen.removeprefix(TERM)
            line.action_end()
            return
        if chosen:
            self._keep(line.value.strip())
        if chosen.startswith(EXERCISE):
            self.open_screen("round", chosen, chosen.removeprefix(EXERCISE))
        elif (entry := self.state.library.topic(chosen)) is not None:
            spot = self._spots.get(chosen) or spot_in(entry.source, self.state.library.wanted(line.value))
            self.open_screen("topic", chosen, spot.heading)

    def _keep(self, text: str) -> None:
        """Keep what led somewhere among the latest searches."""
        searched = self.state.searched
        searched.pop(text, None)
        searched[text] = None
        while len(searched) > MOST_EARLIER:
            del searched[next(iter(searched))]

    on_input_submitted = action_choose
