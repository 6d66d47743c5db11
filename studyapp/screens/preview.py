"""A page while it is written: as the learner will see it, read again as it is saved, the complaints beside it.

The preview is an app of its own: one page, the workshop as its kernel, and no learner.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partialmethod
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.screen import Screen

from studyapp.domain.document import Figure, figures_in
from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource, Place
from studyapp.domain.question import Undrawable
from studyapp.domain.text import LANGUAGES, Text, language
from studyapp.domain.undrawable import why_undrawn
from studyapp.domain.values import dataclass
from studyapp.kernel.client import Client
from studyapp.kernel.messages import Reply, Request
from studyapp.kernel.requests import Draw, Lint
from studyapp.screens import Setup
from studyapp.screens.beside import ProofScreen
from studyapp.screens.explaining import question_lines
from studyapp.screens.images import image_files
from studyapp.screens.keyorder import KeyOrderApp
from studyapp.screens.marked import images_of, plain_lines
from studyapp.screens.question import QuestionScreen
from studyapp.screens.sitting import Current, Sitting
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.themes import THEMES
from studyapp.screens.topic import EXERCISE_MARK, UNTRANSLATED, complaint_lines, with_title
from studyapp.screens.widgets import Lines, Masthead, body, framed
from studyapp.study.figures import View, figure_lines, requests_for
from studyapp.study.library import Library
from studyapp.study.pagefiles import PageFiles, complaints_across
from studyapp.study.practice import Turn, asking
from studyapp.study.rounds import TopicRound
from studyapp.study.settings import Settings
from studyapp.typeset.document import Line, Span, set_document

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
NO_TWIN = Text(ja="もう一方の言語のページはまだありません。", en="There is no page in the other language yet.")
ON_PAGE = Text(ja="j で練習へ移ると使えます。", en="Go to an exercise with j first.")
TRIAL = Text(ja="試し解き", en="Trial")
AT_TRIAL = Text(ja="{exercise}   種 {seed}", en="{exercise}   seed {seed}")
LEARNERS = ("read_topic", "flag_place", "note")  # actions of a question for which there must be a learner
LOOK = 0.25  # seconds between two looks at whether the file was saved


@dataclass
class Preview:
    """What is looked at. `exercise` is the id of the one that is shown, None for the page itself.

    `topic` is the page as it could last be read, `readable` whether the file can be read now; `drawn` is the
    question that could last be drawn. `trouble` says why what is shown is not what the file now says.
    """

    files: PageFiles
    language: str
    seed: int
    exercise: str | None = None
    keyed: bool = False
    topic: Topic | None = None
    readable: bool = True
    drawn: Current | None = None
    trouble: str = ""
    complaints: tuple[Complaint, ...] | None = None
    at: int = 0

    @property
    def source(self) -> PageSource:
        return self.files.source(self.language)

    @property
    def exercises(self) -> tuple[str, ...]:
        return tuple(exercise.id for exercise in self.topic.exercises) if self.topic is not None else ()

    @property
    def current(self) -> bool:
        return self.readable and (self.exercise is None or self.exercise in self.exercises)

    def read(self, topic: Topic | None) -> None:
        """Take the page as it was read; where it was no text, what was read before stays."""
        self.readable = topic is not None
        self.topic = topic if topic is not None else self.topic
        if self.exercise in self.exercises:
            self.at = self.exercises.index(self.exercise) + 1
        self.explain()

    def explain(self) -> None:
        """Say why something is shown that the file does not say now; nothing where it does."""
        self.trouble = "" if self.current else KEPT(exercise=self.exercise) if self.readable else NOT_TEXT()

    def move(self, step: int) -> bool:
        """Go to the next exercise (1) or the one before (-1), of the first to the page. Whether there is one.

        From an exercise that cannot be read now, its old place is where one goes from.
        """
        at = min(max(0, self.at + step), len(self.exercises))
        if self.exercise is not None and self.exercise not in self.exercises and step > 0:
            at = min(self.at, len(self.exercises))
        exercise = self.exercises[at - 1] if at else None
        moved = exercise != self.exercise
        self.at, self.exercise = at, exercise
        if moved:
            self.drawn = None
            self.explain()
        return moved


class PreviewScreen(StateScreen):
    """The page or one of its exercises, and what is wrong with it."""

    TABLE = "preview"

    def __init__(self, state: AppState, shown: Preview) -> None:
        super().__init__(state)
        self.shown = shown
        self.replies: dict[Place, tuple[object, ...]] = {}
        self._stamp = shown.files.stamp()
        self._times = 0

    def compose(self) -> ComposeResult:
        page = body(Lines(self._trouble, id="notice", classes="column"), Lines(self._page, id="page", classes="column"))
        complaints = VerticalScroll(Lines(self._complaints, id="complaints"), id="found", can_focus=False)
        files, keys = self.shown.files, ("next_exercise", "next_seed", "try_exercise", "show_key", "proof", "help")
        return framed("preview", Container(page, complaints, id="panes"), title=self._path(files.facts), keys=keys)

    @property
    def body(self) -> VerticalScroll:
        """What scrolls: the page, or the complaints while they have the screen."""
        return self.query_one("#found" if self.has_class("-complaining") else "#body", VerticalScroll)

    def _path(self, language: str) -> str:
        return self.shown.files.relative(str(self.shown.files.file(language)))

    def _trouble(self, width: int) -> Iterator[Line]:
        if self.shown.trouble:
            yield from plain_lines(f"× {self.shown.trouble}", width, "bad")
            yield ()

    def _page(self, width: int) -> Iterator[Line]:
        shown = self.shown
        if shown.exercise is not None:
            if shown.drawn is not None:
                yield from question_lines(shown.drawn, width, self.options, keyed=shown.keyed)
        elif shown.topic is not None:
            if shown.topic.language != shown.language:
                yield (Span(UNTRANSLATED(), "near"),)
                yield ()
            options = replace(self.options, exercise=EXERCISE_MARK(), picture=self._picture)
            yield from set_document(with_title(shown.topic), width, options)

    def _picture(self, figure: Figure, width: int) -> Sequence[Line]:
        """A figure at its first value, from what the kernel has said of it so far."""
        replies = self.replies.get(figure.place, ())
        return tuple(figure_lines(figure, View(), replies, width, ascii_only=self.options.ascii_only))

    def _complaints(self, width: int) -> Iterator[Line]:
        complaints = self.shown.complaints
        if complaints is None:
            yield (Span(CHECKING(), "muted"),)
        elif complaints:
            yield (Span(COMPLAINTS(count=len(complaints)), "bad"),)
            yield from complaint_lines(complaints, width, self.shown.files.relative)
        else:
            yield (Span(NO_COMPLAINTS(), "good"),)

    def _show(self) -> None:
        shown, count = self.shown, len(self.shown.exercises)
        state = WHOLE_PAGE(count=count)
        if shown.exercise is not None:
            state = AT_EXERCISE(at=shown.at, count=max(shown.at, count), exercise=shown.exercise, seed=shown.seed)
        self.query_one(Masthead).show(self._path(shown.language if shown.files.has_twin else shown.files.facts), state)
        for lines in self.query("#panes Lines").results(Lines):
            lines.set_again()
        self.query_one("#notice").display = bool(shown.trouble)

    def on_mount(self) -> None:
        self._show()
        self.action_reload()
        self.set_interval(LOOK, self._look)

    def _look(self) -> None:
        stamp = self.shown.files.stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            self.action_reload()

    def action_reload(self) -> None:
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        from studyapp.pages.topics import read_topic

        shown, setup = self.shown, self.state.setup
        if not shown.files.file(shown.files.facts).is_file():
            shown.trouble = GONE(path=self._path(shown.files.facts))
            self._show()
            return
        topic, errors = await asyncio.to_thread(read_topic, shown.source)
        shown.read(topic)
        shown.complaints = errors or shown.complaints
        self._show()
        if self._times:
            self.say(RELOADED(time=f"{setup.now():%H:%M:%S}"))
        self._times += 1
        await self._draw()
        files = shown.files
        source = files.source(files.other if files.has_twin else files.facts)
        findings = await self._ask(Lint(source, language()))
        complaints = set(findings if findings is not None else errors)
        self._complain(complaints)
        cache = setup.data / "cache" / "preview.json"
        complaints.update(await asyncio.to_thread(complaints_across, shown.files, setup.content, cache))
        self._complain(complaints)

    def _complain(self, complaints: Iterable[Complaint]) -> None:
        self.shown.complaints = tuple(sorted(complaints, key=lambda complaint: (complaint.place, complaint.code)))
        self._show()

    async def _draw(self) -> None:
        shown = self.shown
        if shown.exercise is None:
            await self._plot()
        elif shown.current:
            turn = Turn(shown.exercise, shown.seed)
            drawn = await self._ask(Draw(shown.source, turn.exercise, turn.seed))
            if turn != Turn(shown.exercise, shown.seed):
                return  # another question is being drawn meanwhile
            if isinstance(drawn, Undrawable):
                place = shown.files.relative(str(drawn.place))
                shown.trouble = UNDRAWN(exercise=drawn.exercise, reason=why_undrawn(drawn), place=place)
            elif drawn is not None:
                await self.draw_figures((*drawn.texts, drawn.solution))
                shown.trouble = ""
                shown.drawn = Current(drawn, asking(drawn))
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
        return await self.state.tried(request, self.say, "F5")

    def _move(self, step: int) -> None:
        if self.shown.move(step):
            self.query_one("#body").scroll_home(animate=False)
            self._draw_soon()
        elif not self.shown.exercises:
            self.say(NO_EXERCISES(), "near")

    action_next_exercise = partialmethod(_move, 1)
    action_previous_exercise = partialmethod(_move, -1)

    def action_next_seed(self) -> None:
        if self._at_exercise():
            self.shown.seed += 1
            self._draw_soon()

    def _draw_soon(self) -> None:
        self._show()
        self.run_worker(self._draw(), exclusive=True, group="draw")

    def action_show_key(self) -> None:
        if self._at_exercise():
            self.shown.keyed = not self.shown.keyed
            self._show()

    def action_proof(self) -> None:
        if self._at_exercise() and self.shown.drawn is not None:
            self.app.push_screen(ProofScreen(self.state, self.shown.drawn, self.shown.source))

    def action_try_exercise(self) -> None:
        """Open the exercise as a learner has it, with the same numbers."""
        if self._at_exercise() and self.shown.exercise is not None and self.shown.drawn is not None:
            turn = Turn(self.shown.exercise, self.shown.seed)
            self.app.push_screen(TrialScreen(self.state, self.shown.source, turn))

    def images(self) -> Mapping[Path, str]:
        drawn, topic = self.shown.drawn, self.shown.topic
        if self.shown.exercise is not None:
            question = drawn.question if drawn is not None else None
            return images_of((*question.texts, question.solution), question.folder) if question is not None else {}
        return image_files(topic.body, self.shown.source.folder) if topic is not None else {}

    def applies(self, name: str) -> bool:
        return name != "open_image" or bool(self.images())

    def _at_exercise(self) -> bool:
        if self.shown.exercise is None:
            self.say(ON_PAGE(), "near")
        return self.shown.exercise is not None

    def action_switch_language(self) -> None:
        if self.shown.files.has_twin:
            self.shown.language = next(code for code in LANGUAGES if code != self.shown.language)
            self.action_reload()
        else:
            self.say(NO_TWIN(), "near")

    def action_show_complaints(self) -> None:
        self.toggle_class("-complaining")

    def action_leave(self) -> None:
        self.app.exit()  # nothing can be lost


class TrialScreen(QuestionScreen):
    """One exercise as a learner has it: the answer is graded, and nothing is kept of it."""

    def __init__(self, state: AppState, source: PageSource, turn: Turn) -> None:
        self._source = source
        super().__init__(state, Sitting("", TopicRound((turn,)), trial=True))

    def source_of(self, exercise: str) -> PageSource | None:
        return self._source

    def _skill(self, skill: str) -> None:
        return None

    def _show_masthead(self) -> None:
        turn = self.sitting.latest or self.sitting.turn
        state = AT_TRIAL(exercise=turn.exercise, seed=turn.seed) if turn is not None else ""
        self.query_one(Masthead).show(TRIAL(), state)

    def _save(self) -> None:
        if self._attempt() is not None:
            self.say("")
            self._mark_saved("")  # without an event nothing can be taken back, or called right

    def applies(self, name: str) -> bool:
        return name not in LEARNERS and super().applies(name)

    def _end(self) -> None:
        self.dismiss()


class PreviewApp(KeyOrderApp):
    """The preview of one page."""

    CSS_PATH = ["app.tcss", "preview.tcss"]
    BINDINGS = [("ctrl+c,ctrl+q", "quit")]

    def __init__(self, setup: Setup, shown: Preview, kernel: Client | None = None) -> None:
        super().__init__()
        library = Library.load((), None, setup.language)
        self.state = AppState(setup, kernel or Client(setup.log, "studyapp.workshop"), library, Settings())
        self.shown = shown
        self.theme = THEMES["dark"].name

    def get_default_screen(self) -> Screen[None]:
        return PreviewScreen(self.state, self.shown)

    async def on_unmount(self) -> None:
        await self.state.kernel.close()
