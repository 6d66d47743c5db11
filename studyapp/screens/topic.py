"""A page of the course, to be read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget

from studyapp.domain.document import Block, Figure, Heading, Plain
from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint
from studyapp.domain.text import Text
from studyapp.kernel.messages import KernelFailure
from studyapp.screens.actions import bindings
from studyapp.screens.clipboard import NOTHING_TO_COPY, copied_text, copy
from studyapp.screens.complaints import complaint_lines
from studyapp.screens.contents import ContentsScreen
from studyapp.screens.desk import FAILED_RETRY, RESTARTED, Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.homeview import exercises_text
from studyapp.screens.messages import EXERCISE, Practise
from studyapp.screens.pageplaces import Place, place_rows, places_in
from studyapp.screens.widgets.figureview import FigureView
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import PARTING, Masthead
from studyapp.screens.widgets.rows import Rows
from studyapp.screens.widgets.status import Status
from studyapp.study.entries import TopicEntry
from studyapp.typeset.document import RenderOptions, Span

LOADING = Text(ja="ページを読んでいます…", en="Reading the page…")
UNTRANSLATED = Text(ja="このページは日本語だけです。", en="This page is in Japanese only.")
EXERCISE_MARK = Text(ja="▷ 問題: {heading}", en="▷ Exercise: {heading}")
BROKEN = Text(ja="このページには直すところがあります。", en="Something in this page needs mending.")
SKILLS_KNOWN = Text(ja="技能 {known} / {count}", en="skills {known} / {count}")

PLAIN_KEYS = ("exercises", "page_down", "page_up", "help", "back")
FIGURE_KEYS = ("exercises", "figure", "page_down", "help", "back")
"""The keys to tell on a page without figures, and with; the first only where there are exercises."""


class TopicScreen(DeskScreen):
    """The prose with its formulas and figures; on a wide terminal its contents beside it."""

    TABLE = "topic"
    AUTO_FOCUS = ""
    BINDINGS = bindings("topic")
    CSS_PATH = "topic.tcss"

    def __init__(self, desk: Desk, topic: TopicEntry, exercise: str = "") -> None:
        super().__init__(desk)
        self.topic = topic
        self._exercise = exercise
        self._places: tuple[Place, ...] = ()
        self._reading = False

    def compose(self) -> ComposeResult:
        """An empty page, filled once it is read."""
        (standing,) = self.desk.standings((self.topic,))
        yield Masthead(self.topic.title, counts(standing.known, standing.skills, len(self.topic.exercises), PARTING))
        with Horizontal(id="panes"):
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(classes="column", id="notice")
                yield Vertical(classes="column", id="page")
            with VerticalScroll(id="beside", can_focus=False):
                yield Rows(id="contents")
        yield Status()
        yield KeyLine("topic")

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one("#notice", Lines).clear()
        self._tell_keys()
        self.action_retry()

    @property
    def waiting(self) -> bool:
        """Whether the page is read, so that its contents are not known yet."""
        return self._reading

    def action_retry(self) -> None:
        """Read the page, again where its figures could not be drawn."""
        self._reading = True
        self.say(LOADING())
        self.run_worker(self._read(), exclusive=True)

    def applies(self, name: str) -> bool:
        """Whether an action of the table can be done now: a page may have no exercises."""
        return name != "exercises" or bool(self.topic.exercises)

    def action_exercises(self) -> None:
        """Do the exercises of the page."""
        self.post_message(Practise(self.topic.id, tuple(one.id for one in self.topic.exercises)))

    @property
    def figure(self) -> FigureView | None:
        """The figure that has the focus."""
        return self.focused if isinstance(self.focused, FigureView) else None

    def action_figure(self) -> None:
        """Go to the next figure, round and round."""
        figures = list(self.query(FigureView))
        if figures:
            here = figures.index(self.figure) if self.figure in figures else -1
            self.set_focus(figures[(here + 1) % len(figures)])

    def action_point_forward(self) -> None:
        """Move the point to the right."""
        if self.figure is not None:
            self.figure.move(1)

    def action_point_back(self) -> None:
        """Move the point to the left."""
        if self.figure is not None:
            self.figure.move(-1)

    def action_value_next(self) -> None:
        """Take the next value."""
        if self.figure is not None:
            self.figure.choose(1)

    def action_value_previous(self) -> None:
        """Take the value before."""
        if self.figure is not None:
            self.figure.choose(-1)

    def action_train(self) -> None:
        """Start or stop a training run."""
        if self.figure is not None:
            self.figure.train()

    def action_back(self) -> None:
        """Go back to the page, from the page to the screen before."""
        if self.figure is not None:
            self.set_focus(None)
        else:
            super().action_back()

    def on_descendant_focus(self) -> None:
        """Tell the keys of the figure."""
        self._tell_keys()

    def on_descendant_blur(self) -> None:
        """Tell the keys of the page again."""
        self._tell_keys()

    def on_figure_view_failed(self, message: FigureView.Failed) -> None:
        """Tell it, and that it can be tried again."""
        self._failed(message.detail)

    def on_figure_view_restarted(self) -> None:
        """Tell it."""
        self.say(RESTARTED(), "near")

    async def _read(self) -> None:
        from studyapp.pages.topics import read_topic

        topic, complaints = await asyncio.to_thread(read_topic, self.topic.source)
        self.say("")
        self._tell(topic, complaints)
        if topic is None:
            self._reading = False
            return
        page = self.query_one("#page", Vertical)
        await page.remove_children()
        await page.mount_all(self._parts(topic))
        self.query_one("#contents", Rows).show(place_rows(self._places))
        self._tell_keys()
        self._go_to_exercise()
        self._reading = False
        try:
            for figure in self.query(FigureView):
                await figure.load()
        except KernelFailure as failure:
            self._failed(str(failure))

    def _parts(self, topic: Topic) -> Iterator[Widget]:
        """A widget for each figure, and one for each run of other blocks."""
        self._places = ()
        for figure, run in groupby(with_title(topic), key=_figure_of):
            blocks = tuple(run)
            part: Lines = Lines() if figure is None else FigureView(figure, self.desk)
            if figure is None:
                part.show_blocks(blocks, self._setting)
                self._places += tuple(places_in(blocks, part))
            part.add_class("part")
            yield part

    @property
    def _setting(self) -> RenderOptions:
        return RenderOptions(ascii_only=self.desk.setup.ascii_only, exercise=EXERCISE_MARK())

    def _go_to_exercise(self) -> None:
        """Bring the exercise into view that the page was opened for, once: who reads on is not to be brought back."""
        wanted = [place for place in self._places if place.exercise and place.exercise == self._exercise]
        self._exercise = ""
        if wanted:
            self.call_after_refresh(lambda: self._go_to(wanted[0]))

    def _go_to(self, place: Place) -> None:
        self.body.scroll_to(y=self._row_of(place), animate=False)

    def _row_of(self, place: Place) -> int:
        """The row of the page in which something stands."""
        top = self.query_one("#page", Vertical).virtual_region.y + place.part.virtual_region.y
        return top + place.line(self._setting)

    def action_copy(self) -> None:
        """Copy the first formula in sight as TeX, or the last one above it."""
        formulas = [place for place in self._places if place.tex]
        below = [place for place in formulas if self._row_of(place) >= self.body.scroll_y]
        chosen = below[:1] or formulas[-1:]
        if chosen:
            self.run_worker(self._copied(chosen[0].tex))
        else:
            self.say(NOTHING_TO_COPY())

    async def _copied(self, tex: str) -> None:
        self.say(copied_text(tex, await copy(self.app, tex)))

    def action_contents(self) -> None:
        """Pick a heading to go to, or an exercise to do."""
        if self._places:
            self.app.push_screen(ContentsScreen(place_rows(self._places)), self._picked)

    def _picked(self, number: int | None) -> None:
        if number is None:
            return
        place = self._places[number]
        if place.exercise:
            self.post_message(Practise(f"{EXERCISE}{place.exercise}", (place.exercise,)))
        else:
            self._go_to(place)

    def on_rows_chosen(self) -> None:
        """A click in the contents beside the page is as picking from them."""
        chosen = self.query_one("#contents", Rows).chosen
        self._picked(int(chosen) if chosen is not None else None)

    def _failed(self, detail: str) -> None:
        self.say(f"× {FAILED_RETRY(detail=detail)}", "bad")

    def _tell_keys(self) -> None:
        """The keys that matter: of the figure that has the focus, else of the page."""
        figure = self.figure
        keys = PLAIN_KEYS if figure is None else _figure_keys(figure.figure)
        if figure is None and self.query(FigureView):
            keys = FIGURE_KEYS
        self.query_one(KeyLine).show([key for key in keys if self.applies(key)])

    def _tell(self, topic: Topic | None, complaints: tuple[Complaint, ...]) -> None:
        """What is to be known before the page is read: that it is broken, or not in the language asked for."""
        notice = self.query_one("#notice", Lines)
        if complaints:
            head = (Span(f"× {BROKEN()}", "bad"),)
            notice.show(lambda width: (head, *complaint_lines(complaints, width), ()))
        elif topic is not None and topic.language != self.topic.source.language:
            notice.show_lines(((Span(UNTRANSLATED(), "near"),), ()))


def _figure_of(block: Block) -> Figure | None:
    return block if isinstance(block, Figure) else None


def _figure_keys(figure: Figure) -> tuple[str, ...]:
    """The actions that a figure knows, as many as there is room for."""
    moving: tuple[str, ...] = ("train",) if figure.training is not None else ("point_forward", "point_back")
    if figure.upright is not None and figure.descent is None:
        moving = ()
    choosing = ("value_next",) if len(figure.choices) > 1 else ()
    return (*moving, *choosing, "figure", "back")


def with_title(topic: Topic) -> tuple[Block, ...]:
    """The page with its title before it, where it does not begin with one."""
    first = topic.body[0] if topic.body else None
    if isinstance(first, Heading) and first.level == 1:
        return topic.body
    return (Heading(1, (Plain(topic.title),)), *topic.body)


def counts(known: int, skills: int, exercises: int, parting: str) -> str:
    """The skills that were met of those of a page, and its exercises."""
    met = (SKILLS_KNOWN(known=known, count=skills),) if exercises else ()
    return parting.join((*met, exercises_text(exercises)))
