"""A page of the course, to be read; and what is wrong with pages."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial, partialmethod
from itertools import groupby
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.worker import Worker

from studyapp.domain.document import Block, ExerciseMark, Figure, Heading, MathBlock, Plain, section_of
from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.record import Flag
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.screens.base import EXERCISE
from studyapp.screens.boxes import PickScreen
from studyapp.screens.flags import Flagging
from studyapp.screens.homeview import exercises_text
from studyapp.screens.images import image_files
from studyapp.screens.marked import ANY_WIDTH
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import GAP, KeyLine, Lines, Row, Rows, body, framed
from studyapp.study.entries import TopicEntry
from studyapp.study.figures import POINTS, View, figure_lines, last_point, requests_for
from studyapp.study.searching import folded
from studyapp.typeset.document import Line, RenderOptions, Span, plain_text, set_document
from studyapp.typeset.lines import wrap

COMPLAINTS_TITLE = Text(ja="ページの問題点", en="Problems in pages")


def complaint_lines(complaints: Iterable[Complaint], width: int, shown: Callable[[str], str] = str) -> Iterator[Line]:
    """A paragraph for each complaint: its place with the path as it is `shown`, then what was found and what to do."""
    for number, complaint in enumerate(complaints):
        if number:
            yield ()
        for place in wrap(shown(str(complaint.place)), width):
            yield (Span(place, "code"),)
        sentence = f"{complaint.message} {complaint.hint}".rstrip()
        for text in wrap(f"{complaint.severity} {complaint.code}: {sentence}", width - 2):
            yield (Span("  "), Span(text))


class ComplaintsScreen(StateScreen):
    """The findings of the whole library."""

    TABLE = "page"

    def compose(self) -> ComposeResult:
        complaints = self.state.library.complaints
        lines = Lines(lambda width: complaint_lines(complaints, width), classes="column")
        return framed("page", body(lines), title=COMPLAINTS_TITLE())


LOADING = Text(ja="ページを読んでいます…", en="Reading the page…")
UNTRANSLATED = Text(ja="このページは日本語だけです。", en="This page is in Japanese only.")
EXERCISE_MARK = Text(ja="▷ 問題: {heading}", en="▷ Exercise: {heading}")
BROKEN = Text(ja="このページには直すところがあります。", en="Something in this page needs mending.")
SKILLS_KNOWN = Text(ja="技能 {known} / {count}", en="skills {known} / {count}")
CONTENTS_TITLE = Text(ja="目次", en="Contents")
KEYS = ("exercises", "figure", "open_image", "contents", "flag_place", "search")
"""The keys to show first on a page."""
PAUSE = 0.05  # seconds for which a value must be left alone before the kernel is asked: a key held down asks once
STRIDE = 2  # points that one key moves on a curve: a cell


@dataclass(frozen=True, slots=True)
class Landmark:
    """A heading, an exercise or a formula: its text, the widget that shows it, the block, and those above it there."""

    text: str
    level: int
    part: Lines
    block: Block
    above: tuple[Block, ...]
    exercise: str = ""
    tex: str = ""

    def line(self, options: RenderOptions) -> int:
        above = len(set_document(self.above, self.part.content_size.width, options))
        return above + (1 if self.above else 0)


class FigureView(Lines, can_focus=True):
    """One figure of a page."""

    DEFAULT_CSS = """
    FigureView { height: auto; border-left: blank; }
    FigureView:focus { border-left: outer $accent; }
    """

    def __init__(self, figure: Figure, state: AppState, say: Callable[[str, str], None]) -> None:
        super().__init__(self._lines)
        self.figure = figure
        self.view = View()
        self._state = state
        self._say = say
        self._replies: tuple[object, ...] = ()
        self._training: Worker[None] | None = None

    @property
    def moves(self) -> bool:
        """Whether keys move something: a point, or the figure itself from value to value."""
        return self.figure.has_point or (bool(self.figure.form) and len(self.figure.choices) > 1)

    @property
    def is_drawn(self) -> bool:
        """Whether the kernel gave the numbers of the figure; a training is for the learner to start."""
        return self.figure.training is not None or bool(self._replies)

    @property
    def keys(self) -> tuple[str, ...]:
        """The actions that the figure knows."""
        keys: tuple[str, ...] = ("point_forward", "point_back") if self.moves else ()
        if self.figure.training is not None:
            keys = ("train",)
        if len(self.figure.choices) > 1 and not self.figure.form:
            keys += ("value_next",)
        return (*keys, "figure", "back")

    async def load(self) -> bool:
        """Ask for the numbers of the present choice; whether the kernel gave them."""
        if self.figure.training is not None:
            return True
        replies = []
        for request in requests_for(self.figure, self.view.choice, slopes=self.has_focus):
            replies.append(await self._ask(request))
            if replies[-1] is None:
                return False
        self._replies = tuple(replies)
        if self.view.at is not None:
            self.view = replace(self.view, at=min(self.view.at, last_point(self.figure, self._replies)))
        self.set_again()
        return True

    def move(self, by: int) -> None:
        """Move the point along the curve, or along the steps of a descent; without one go from value to value."""
        if self.figure.form:
            if 0 <= self.view.choice + by < len(self.figure.choices):
                self.choose(by)
        elif self.figure.has_point:
            stride = by if self.figure.descent is not None else by * STRIDE
            last = last_point(self.figure, self._replies)
            self.view = replace(self.view, at=min(max((self.view.at or 0) + stride, 0), last))
            self.set_again()

    def choose(self, by: int) -> None:
        """Take another value, round and round; a training run stops."""
        if len(self.figure.choices) < 2:
            return
        self.view = replace(self.view, choice=(self.view.choice + by) % len(self.figure.choices))
        if self.figure.training is not None:
            self._stop()
            self._replies = ()
        else:
            self.run_worker(self._load_soon(), exclusive=True)
        self.set_again()

    def train(self) -> None:
        if self.figure.training is not None and not self._stop():
            self._training = self.run_worker(self._run(), exclusive=True)

    def on_focus(self) -> None:
        """Show a point; its slope needs other numbers."""
        if self.figure.has_point:
            self.view = replace(self.view, at=0 if self.figure.descent is not None else POINTS // 2)
            self.run_worker(self._load_soon(), exclusive=True)
            self.set_again()

    def on_blur(self) -> None:
        self.view = replace(self.view, at=None)
        self.set_again()

    def _lines(self, width: int) -> Iterable[Line]:
        ascii_only = self._state.setup.ascii_only
        return figure_lines(self.figure, self.view, self._replies, width, ascii_only=ascii_only)

    async def _load_soon(self) -> None:
        await asyncio.sleep(PAUSE)
        await self.load()

    async def _run(self) -> None:
        self._replies = ()
        for request in requests_for(self.figure, self.view.choice):
            reply = await self._ask(request)
            if reply is None:
                return
            self._replies = (*self._replies, reply)
            self.set_again()
            if not getattr(reply, "scores", ()):
                return

    def _stop(self) -> bool:
        """Stop the training run; whether one was on."""
        if self._training is None or self._training.is_finished:
            return False
        self._training.cancel()
        return True

    async def _ask(self, request: Any) -> object:
        return await self._state.tried(request, self._say, "r")


class FiguredScreen(StateScreen):
    """A screen of prose and figures; a figure that has the focus takes the keys of its point and its values."""

    _blocks: tuple[Block, ...] = ()

    @property
    def source(self) -> PageSource:
        """The page that the prose is of."""
        raise NotImplementedError

    def parts(self, blocks: Iterable[Block]) -> Iterator[tuple[Lines, tuple[Block, ...]]]:
        """A widget for each figure, and for each run of blocks between figures, with its blocks."""
        blocks = tuple(blocks)
        self._blocks = blocks
        for figure, run in groupby(blocks, key=lambda block: block if isinstance(block, Figure) else None):
            between = tuple(run)
            part: Lines = FigureView(figure, self.state, self.say) if isinstance(figure, Figure) else Lines()
            if figure is None:
                part.show(partial(set_document, between, setting=self.options))
            part.add_class("part")
            yield part, between

    def images(self) -> Mapping[Path, str]:
        return image_files(self._blocks, self.source.folder)

    async def load_figures(self) -> None:
        """Ask for the numbers of the figures; the first that fails is the last that is asked for."""
        for figure in self.query(FigureView):
            if not await figure.load():
                break

    @property
    def figure(self) -> FigureView | None:
        return self.focused if isinstance(self.focused, FigureView) else None

    def action_figure(self) -> None:
        figures = list(self.query(FigureView))
        if figures:
            here = figures.index(self.figure) if self.figure in figures else -1
            self.set_focus(figures[(here + 1) % len(figures)])

    def _change(self, change: Callable[[FigureView, int], None], by: int) -> None:
        if self.figure is not None:
            change(self.figure, by)

    action_point_forward = partialmethod(_change, FigureView.move, 1)
    action_point_back = partialmethod(_change, FigureView.move, -1)
    action_value_next = partialmethod(_change, FigureView.choose, 1)
    action_value_previous = partialmethod(_change, FigureView.choose, -1)

    def action_train(self) -> None:
        if self.figure is not None:
            self.figure.train()

    def action_back(self) -> None:
        if self.figure is not None:
            self.set_focus(None)
        else:
            super().action_back()


class TopicScreen(FiguredScreen, Flagging):
    """The prose with its formulas and figures; on a wide terminal its contents beside it."""

    TABLE = "topic"
    CSS_PATH = "topic.tcss"

    def __init__(self, state: AppState, topic: TopicEntry, place: str = "") -> None:
        super().__init__(state)
        self.options = RenderOptions(ascii_only=state.setup.ascii_only, exercise=EXERCISE_MARK())
        self.topic = topic
        self._place = place
        self._landmarks: tuple[Landmark, ...] = ()
        self._reading = False

    @property
    def source(self) -> PageSource:
        return self.topic.source

    def compose(self) -> ComposeResult:
        (standing,) = self.state.standings((self.topic,))
        counts = [exercises_text(len(self.topic.exercises))]
        if self.topic.exercises:
            counts.insert(0, SKILLS_KNOWN(known=standing.known, count=standing.skills))
        page = body(Lines(classes="column", id="notice"), Vertical(classes="column", id="page"))
        beside = VerticalScroll(Rows(id="contents"), id="beside", can_focus=False)
        panes = Horizontal(page, beside, id="panes")
        return framed("topic", panes, title=self.topic.title, state=GAP.join(counts))

    def on_mount(self) -> None:
        self.query_one("#notice", Lines).clear()
        self._show_keys()
        self.action_retry()

    @property
    def waiting(self) -> bool:
        return self._reading

    def action_retry(self) -> None:
        """Read the page, again where its figures could not be drawn."""
        self._reading = True
        self.say(LOADING())
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        from studyapp.pages.topics import read_topic

        topic, complaints = await asyncio.to_thread(read_topic, self.topic.source)
        self.say("")
        self._show_notice(topic, complaints)
        if topic is None:
            self._reading = False
            return
        page = self.query_one("#page", Vertical)
        await page.remove_children()
        await page.mount_all(self._laid_out(topic))
        self.query_one("#contents", Rows).show(contents_rows(self._landmarks))
        self._show_keys()
        self._go_to_section(topic)
        self._reading = False
        await self.load_figures()

    def _laid_out(self, topic: Topic) -> Iterator[Widget]:
        self._landmarks = ()
        for part, run in self.parts(with_title(topic)):
            if not isinstance(part, FigureView):
                self._landmarks += tuple(landmarks_in(run, part))
            yield part

    def _show_notice(self, topic: Topic | None, complaints: tuple[Complaint, ...]) -> None:
        """What is to be known before the page is read: that it is broken, or not in the language asked for."""
        notice = self.query_one("#notice", Lines)
        if complaints:
            head = (Span(f"× {BROKEN()}", "bad"),)
            notice.show(lambda width: (head, *complaint_lines(complaints, width), ()))
        elif topic is not None and topic.language != self.topic.source.language:
            notice.show_lines(((Span(UNTRANSLATED(), "near"),), ()))

    def _show_keys(self) -> None:
        """The keys that matter: of the figure that has the focus, else of the page."""
        figure = self.figure
        self.query_one(KeyLine).show(KEYS if figure is None else figure.keys)

    def applies(self, name: str) -> bool:
        figure = self.figure
        match name:
            case "exercises":
                return bool(self.topic.exercises)
            case "contents":
                return bool(self._landmarks)
            case "copy":
                return any(mark.tex for mark in self._landmarks)
            case "open_image":
                return bool(self.images())
            case "figure":
                return bool(self.query(FigureView))
            case "retry":
                return any(not view.is_drawn for view in self.query(FigureView))
            case "train":
                return figure is not None and figure.figure.training is not None
            case "point_forward" | "point_back":
                return figure is not None and figure.moves
            case "value_next" | "value_previous":
                return figure is not None and len(figure.figure.choices) > 1
            case "flag_place" | "note":
                return self.state.opened is not None
        return True

    def action_exercises(self) -> None:
        self.open_screen("round", self.topic.id, *(exercise.id for exercise in self.topic.exercises))

    def _go_to_section(self, topic: Topic) -> None:
        """Bring into view what the page was opened for: the section that teaches an exercise, or a heading.

        It does so once: who reads on is not to be brought back.
        """
        place, self._place = self._place, ""
        exercise = topic.exercise(place)
        section = section_of(topic.body, exercise.id, exercise.section)[:1] if exercise is not None else ()
        wanted = [mark for mark in self._landmarks if mark.level and any(mark.block is block for block in section)]
        wanted += [mark for mark in self._landmarks if place and (mark.exercise == place or same(mark.text, place))]
        if wanted:
            self.call_after_refresh(lambda: self._go_to(wanted[0]))

    def _go_to(self, landmark: Landmark) -> None:
        self.body.scroll_to(y=self._row_of(landmark), animate=False)

    def _row_of(self, landmark: Landmark) -> int:
        top = self.query_one("#page", Vertical).virtual_region.y + landmark.part.virtual_region.y
        return top + landmark.line(self.options)

    def to_flag(self) -> Flag | None:
        """The heading under which the first row in sight is; that of the page is the page."""
        above = [mark for mark in self._landmarks if mark.level and self._row_of(mark) <= self.body.scroll_y + 1]
        heading = above[-1] if above else None
        return Flag(self.topic.id, heading=heading.text if heading is not None and heading.level > 1 else "")

    def action_copy(self) -> None:
        """Copy the first formula in sight as TeX, or the last one above it."""
        formulas = [landmark for landmark in self._landmarks if landmark.tex]
        below = [landmark for landmark in formulas if self._row_of(landmark) >= self.body.scroll_y]
        self.copy("".join(landmark.tex for landmark in below[:1] or formulas[-1:]))

    def action_contents(self) -> None:
        if self._landmarks:
            self.app.push_screen(PickScreen(contents_rows(self._landmarks), CONTENTS_TITLE()), self._picked)

    def on_rows_chosen(self) -> None:
        self._picked(self.query_one("#contents", Rows).chosen)

    def _picked(self, row: str | None) -> None:
        if row is None:
            return
        landmark = self._landmarks[int(row)]
        if landmark.exercise:
            self.open_screen("round", f"{EXERCISE}{landmark.exercise}", landmark.exercise)
        else:
            self._go_to(landmark)

    on_descendant_focus = on_descendant_blur = _show_keys


def same(heading: str, other: str) -> bool:
    """Whether two headings are the same, however their formulas are set."""
    return folded(heading) == folded(other)


def with_title(topic: Topic) -> tuple[Block, ...]:
    """The page with its title before it, where it does not begin with one."""
    first = topic.body[0] if topic.body else None
    if isinstance(first, Heading) and first.level == 1:
        return topic.body
    return (Heading(1, (Plain(topic.title),)), *topic.body)


def landmarks_in(blocks: Sequence[Block], part: Lines) -> Iterator[Landmark]:
    """The landmarks in a run of blocks that a widget shows."""
    for number, block in enumerate(blocks):
        above = tuple(blocks[:number])
        match block:
            case Heading(level):
                yield Landmark(plain_text(set_document((block,), ANY_WIDTH)), level, part, block, above)
            case ExerciseMark(exercise, heading):
                yield Landmark(heading, 0, part, block, above, exercise)
            case MathBlock(tex):
                yield Landmark("", 0, part, block, above, tex=tex)


def contents_rows(landmarks: Sequence[Landmark]) -> tuple[Row, ...]:
    """Headings and exercises as rows, each with its number as id; deeper ones are indented."""
    return tuple(
        Row(str(number), "▷" if landmark.exercise else "", "  " * max(0, landmark.level - 2) + landmark.text)
        for number, landmark in enumerate(landmarks)
        if not landmark.tex
    )
