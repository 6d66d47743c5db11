"""A page while it is written: as the learner will see it, read again as it is saved, the complaints beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from studyapp.domain.document import Figure
from studyapp.domain.place import Complaint, Place
from studyapp.domain.question import Undrawable
from studyapp.domain.text import Text, language
from studyapp.domain.undrawable import why_undrawn
from studyapp.kernel.messages import KernelFailure, Request
from studyapp.kernel.requests import Draw, Lint
from studyapp.screens.actions import bindings
from studyapp.screens.complaints import complaint_lines
from studyapp.screens.desk import RESTARTED, Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.keyed import question_lines
from studyapp.screens.marked import plain_lines
from studyapp.screens.previewing import Previewed
from studyapp.screens.proof import ProofScreen
from studyapp.screens.sitting import Sitting, Stage
from studyapp.screens.topic import EXERCISE_MARK, UNTRANSLATED, with_title
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.figures import View, figure_lines, figures_in, requests_for
from studyapp.study.pagefiles import complaints_across
from studyapp.study.practice import Turn
from studyapp.study.rounds import TopicRound
from studyapp.typeset.document import Line, RenderOptions, Span, set_document

WHOLE_PAGE = Text(ja="本文   問題 {count}", en="page   1 exercise|page   {count} exercises")
AT_EXERCISE = Text(ja="{at} / {count}  {exercise}   種 {seed}", en="{at} of {count}  {exercise}   seed {seed}")
CHECKING = Text(ja="検査しています…", en="Checking…")
NO_COMPLAINTS = Text(ja="○ 指摘はありません", en="○ No complaints")
COMPLAINTS = Text(ja="指摘 {count} 件", en="1 complaint|{count} complaints")
RELOADED = Text(ja="{time} に読み直しました。", en="Read again at {time}.")
GONE = Text(
    ja="{path} が見つかりません。保存されたら、また表示します。",
    en="{path} is not there. It will be shown again once it is saved.",
)
NOT_TEXT = Text(
    ja="このファイルは今は読めないので、前に読めたときの姿を表示しています。",
    en="The file cannot be read now; this is how it was when it could.",
)
KEPT = Text(
    ja="練習「{exercise}」は今は読めないので、前に読めたときの姿を表示しています。",
    en="The exercise {exercise} cannot be read now; this is how it was when it could.",
)
UNDRAWN = Text(
    ja="練習「{exercise}」の問題を作れませんでした（{place}）。{reason}",
    en="No question came of {exercise} ({place}). {reason}",
)
NO_EXERCISES = Text(ja="このページにはまだ練習がありません。", en="This page has no exercise yet.")
NO_TWIN = Text(ja="英語のページはまだありません。", en="There is no English page yet.")
ON_PAGE = Text(ja="j で練習へ移ると使えます。", en="Go to an exercise with j first.")
FAILED = Text(
    ja="計算の部分が止まりました（{detail}）。F5 でもう一度試せます。",
    en="The mathematics stopped ({detail}). F5 tries again.",
)

Reply = TypeVar("Reply")
LOOK = 0.25
"""Seconds between two looks at whether the file was saved."""
WIDE = 110
"""Cells from which the complaints stand beside the page."""


class PreviewScreen(DeskScreen):
    """The page or one of its exercises, and what is wrong with it."""

    TABLE = "preview"
    BINDINGS = bindings("preview")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, desk: Desk, shown: Previewed) -> None:
        super().__init__(desk)
        self.shown = shown
        self.replies: dict[Place, tuple[object, ...]] = {}
        self._stamp = shown.files.stamp()
        self._times = 0

    # --- what is seen ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The page, and the complaints beside or below it."""
        yield Masthead(self.shown.files.relative(str(self.shown.files.file(self.shown.language))))
        with Container(id="panes"):
            with VerticalScroll(id="body", can_focus=False):
                yield Lines(self._trouble, id="notice", classes="column")
                yield Lines(self._page, id="page", classes="column")
            with VerticalScroll(id="found", can_focus=False):
                yield Lines(self._found, id="complaints")
        yield Status()
        yield KeyLine("preview", ("next_exercise", "next_seed", "show_key", "proof", "help"))

    @property
    def body(self) -> VerticalScroll:
        """What scrolls: the page, or the complaints while they have the screen."""
        return self.query_one("#found" if self.has_class("-complaining") else "#body", VerticalScroll)

    def _trouble(self, width: int) -> Iterator[Line]:
        if self.shown.trouble:
            yield from plain_lines(f"× {self.shown.trouble}", width, "bad")
            yield ()

    def _page(self, width: int) -> Iterator[Line]:
        shown, ascii_only = self.shown, self.desk.setup.ascii_only
        if shown.exercise is not None:
            if shown.sitting is not None:
                shown.sitting.stage = Stage.ANSWERED if shown.keyed else Stage.ASKED
                setting = RenderOptions(ascii_only=ascii_only)
                yield from question_lines(shown.sitting, width, setting, keyed=shown.keyed)
        elif shown.topic is not None:
            setting = RenderOptions(ascii_only=ascii_only, exercise=EXERCISE_MARK(), picture=self._picture)
            if shown.topic.language != shown.language:
                yield (Span(UNTRANSLATED(), "near"),)
                yield ()
            yield from set_document(with_title(shown.topic), width, setting)

    def _picture(self, figure: Figure, width: int) -> Sequence[Line]:
        """A figure at its first value, from what the kernel has said of it so far."""
        replies, ascii_only = self.replies.get(figure.place, ()), self.desk.setup.ascii_only
        return tuple(figure_lines(figure, View(), replies, width, ascii_only=ascii_only))

    def _found(self, width: int) -> Iterator[Line]:
        complaints = self.shown.complaints
        if complaints is None:
            yield (Span(CHECKING(), "muted"),)
            return
        yield (Span(found_text(len(complaints)), "bad" if complaints else "good"),)
        yield from complaint_lines(map(self._short, complaints), width)

    def _short(self, complaint: Complaint) -> Complaint:
        """The complaint with its place as it stands in the content folder."""
        place = complaint.place
        return replace(complaint, place=replace(place, path=self.shown.files.relative(place.path)))

    def _show(self) -> None:
        """Show the state as it now is."""
        shown = self.shown
        state = WHOLE_PAGE(count=len(shown.exercises))
        if shown.exercise is not None:
            state = AT_EXERCISE(
                at=shown.at, count=max(shown.at, len(shown.exercises)), exercise=shown.exercise, seed=shown.seed
            )
        path = shown.files.relative(str(shown.files.file(shown.language if shown.files.has_twin else "ja")))
        self.query_one(Masthead).show(path, state)
        for lines in self.query("#panes Lines").results(Lines):
            lines.set_again()
        self.query_one("#notice").display = bool(shown.trouble)

    # --- reading ---------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read the file, and look after it from now on."""
        self._show()
        self.action_reload()
        self.set_interval(LOOK, self._look)

    def _look(self) -> None:
        """Read the file again where it has been saved."""
        stamp = self.shown.files.stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            self.action_reload()

    def action_reload(self) -> None:
        """Read the file now."""
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        from studyapp.pages.topics import read_topic

        shown, setup = self.shown, self.desk.setup
        page = shown.files.file("ja")
        if not page.is_file():
            shown.trouble = GONE(path=shown.files.relative(str(page)))
            self._show()
            return
        topic, complaints = await asyncio.to_thread(read_topic, shown.source)
        shown.read(topic)
        shown.trouble = self._why_kept()
        shown.complaints = complaints or shown.complaints
        self._show()
        if self._times:
            self.say(RELOADED(time=f"{setup.now():%H:%M:%S}"))
        self._times += 1
        await self._draw()
        both = shown.files.source("en") if shown.files.has_twin else shown.files.source("ja")
        findings = await self._ask(Lint(both, language()))
        found = set(findings.complaints if findings is not None else complaints)
        shown.complaints = _in_order(found)
        self._show()
        cache = setup.data / "cache" / "preview.json"
        found.update(await asyncio.to_thread(complaints_across, shown.files, setup.content, cache))
        shown.complaints = _in_order(found)
        self._show()

    def _why_kept(self) -> str:
        """Why something is shown that the file does not say now; nothing where it does."""
        if not self.shown.readable:
            return NOT_TEXT()
        return "" if self.shown.current else KEPT(exercise=self.shown.exercise)

    async def _draw(self) -> None:
        """Draw the question that is looked at, or the figures of the page."""
        shown = self.shown
        if shown.exercise is None:
            await self._plot()
        elif shown.current:
            turn = Turn(shown.exercise, shown.seed)
            drawn = await self._ask(Draw(shown.source, turn.exercise, turn.seed))
            if turn != Turn(shown.exercise, shown.seed):
                return  # another question is being drawn meanwhile
            if isinstance(drawn, Undrawable):
                place = self.shown.files.relative(str(drawn.place))
                reason = why_undrawn(drawn)
                shown.trouble = UNDRAWN(exercise=drawn.exercise, reason=reason, place=place)
            elif drawn is not None:
                shown.trouble = ""
                shown.sitting = Sitting("", TopicRound((turn,)))
                shown.sitting.put(drawn, self.desk.setup.now())
        self._show()

    async def _plot(self) -> None:
        self.replies = {}
        for figure in figures_in(self.shown.topic.body) if self.shown.topic is not None else ():
            if figure.training is not None:
                continue  # a run is for the learner to start
            replies = tuple([await self._ask(request) for request in requests_for(figure)])
            if None in replies:
                return
            self.replies[figure.place] = replies
            self.query_one("#page", Lines).set_again()

    async def _ask(self, request: Request[Reply]) -> Reply | None:
        """The reply of the kernel; where it fails, that is told."""
        try:
            return await self.desk.ask(request, lambda: self.say(RESTARTED(), "near"))
        except KernelFailure as failure:
            self.say(f"× {FAILED(detail=str(failure))}", "bad")
            return None

    # --- the keys --------------------------------------------------------------------------------------------------

    def action_next_exercise(self) -> None:
        """Show the next exercise."""
        self._move(1)

    def action_previous_exercise(self) -> None:
        """Show the exercise before, or the page."""
        self._move(-1)

    def _move(self, step: int) -> None:
        if self.shown.move(step):
            self.shown.trouble = self._why_kept()
            self.query_one("#body").scroll_home(animate=False)
            self._show()
            self.run_worker(self._draw(), exclusive=True, group="draw")
        elif not self.shown.exercises:
            self.say(NO_EXERCISES(), "near")

    def action_next_seed(self) -> None:
        """Draw the exercise anew."""
        if self._at_exercise():
            self.shown.seed += 1
            self._show()
            self.run_worker(self._draw(), exclusive=True, group="draw")

    def action_show_key(self) -> None:
        """Show the key with all that belongs to it, or take it away."""
        if self._at_exercise():
            self.shown.keyed = not self.shown.keyed
            self._show()

    def action_proof(self) -> None:
        """Show every route to the key."""
        if self._at_exercise() and self.shown.sitting is not None:
            self.app.push_screen(ProofScreen(self.desk, self.shown.sitting, self.shown.source))

    def _at_exercise(self) -> bool:
        if self.shown.exercise is None:
            self.say(ON_PAGE(), "near")
        return self.shown.exercise is not None

    def action_switch_language(self) -> None:
        """Look at the page in the other language."""
        if not self.shown.files.has_twin:
            self.say(NO_TWIN(), "near")
            return
        self.shown.language = "ja" if self.shown.language == "en" else "en"
        self.action_reload()

    def action_show_complaints(self) -> None:
        """Give the complaints the whole screen, or take it back."""
        self.toggle_class("-complaining")

    def action_leave(self) -> None:
        """End the preview; nothing can be lost."""
        self.app.exit()


def _in_order(complaints: set[Complaint]) -> tuple[Complaint, ...]:
    return tuple(sorted(complaints, key=lambda one: (one.place, one.code)))


def found_text(count: int) -> str:
    """How many complaints there are."""
    return COMPLAINTS(count=count) if count else NO_COMPLAINTS()
