"""A round of questions as it is seen: it shows the sitting as it stands, and draws the next question."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.constants import MAX_FPS
from textual.containers import Vertical, VerticalScroll

from studyapp.domain.question import Question, Undrawable
from studyapp.domain.text import Text
from studyapp.domain.undrawable import why_undrawn
from studyapp.kernel.messages import KernelFailure, Reply, Request
from studyapp.kernel.requests import Draw
from studyapp.screens.actions import bindings
from studyapp.screens.asking import hint_lines, prompt_lines, verdict_lines
from studyapp.screens.desk import FAILED_RETRY, RESTARTED, Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import read_ahead, texts_afterwards, texts_at_first
from studyapp.screens.messages import EXERCISE
from studyapp.screens.sitting import Sitting, Stage
from studyapp.screens.steps import step_lines, steps_given
from studyapp.screens.widgets.answerpanel import AnswerPanel
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.entries import ExerciseEntry, TopicEntry
from studyapp.study.practice import Turn
from studyapp.study.rounds import PlacementRound
from studyapp.study.searching import unknown
from studyapp.study.slips import DRAWINGS, can_be_made
from studyapp.typeset.document import Line, RenderOptions, Span

ROUNDS = {
    "": Text(ja="今日のセッション", en="Session"),
    "?placement": Text(ja="実力確認", en="Placement"),
}
AGAIN = Text(ja="間違いをもう一度", en="A mistake again")
PLACED = Text(ja="とばせる技能 {placed} ・ {at} 問目", en="{placed} known, question {at}")
FIRST_EXPOSURE = Text(
    ja="新しい技能です。先に本文を読むときは F3（ヒントを見た扱いになります）。",
    en="This skill is new. F3 opens its page first; that counts as a hint.",
)
DRAWING = Text(ja="問題を作っています…", en="Drawing a question…")
UNDRAWN = Text(
    ja="この問題は作れませんでした（{place}）。{reason}",
    en="This question could not be drawn ({place}). {reason}",
)
PROGRESS = Text(ja="{at} / {count}", en="{at} of {count}")
FINISHED = Text(ja="おつかれさまでした", en="Well done")
FINISHED_COUNT = Text(ja="{answered} 問のうち {right} 問が正解でした。", en="{right} of {answered} correct.")

KEYS: dict[Stage, tuple[str, ...]] = {
    Stage.DRAWING: ("back", "help"),
    Stage.UNDRAWN: ("retry", "following", "back", "help"),
    Stage.ASKED: ("submit", "hint", "give_up", "back", "help"),
    Stage.GRADING: ("back", "help"),
    Stage.ANSWERED: ("following", "proof", "read_topic", "back", "help"),
    Stage.FINISHED: ("back", "help"),
}
"""The keys to show at each stage."""
MOST_OFFERED = 2
FRAME = 3 / MAX_FPS
"""Seconds until what was changed is laid out: two frames, the second for what has its width from the first, and one
to spare."""
STEP_LABELS = {"give_up": "show_step"}
"""Keys that mean something else in a derivation."""


def keys_of(sitting: Sitting) -> tuple[str, ...]:
    """The keys to show now: after an answer the two that it makes worth while, the others are told by the help."""
    if sitting.stage is not Stage.ANSWERED:
        return KEYS[sitting.stage]
    network = sitting.question is not None and sitting.question.network is not None
    offered = [*(["meant_same"] if sitting.disputable else []), *(["walk"] if network else []), "proof", "read_topic"]
    return ("following", *offered[:MOST_OFFERED], "back", "help")


class RoundScreen(DeskScreen):
    """One round of questions, one at a time. All state is in the sitting, so that the screen can be left."""

    TABLE = "question"
    CSS_PATH = "question.tcss"
    BINDINGS = bindings("question")

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__(desk)
        self.sitting = sitting
        self.setting = RenderOptions(ascii_only=desk.setup.ascii_only)
        self.scrolls_due = 0
        """Scrolls that wait for a layout."""

    # --- what is seen ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The text above, the answer below; on a wide terminal what is told stands beside what is asked."""
        sitting, setting = self.sitting, self.setting
        yield Masthead()
        with VerticalScroll(id="body", can_focus=False):
            with Vertical(id="asked-pane", classes="pane"):
                yield Lines(self._prompt, id="prompt", classes="column")
                yield Lines(lambda width: step_lines(sitting, width, setting), id="steps", classes="column")
            with Vertical(id="told-pane", classes="pane"):
                yield Lines(lambda width: hint_lines(sitting, width, setting), id="hints", classes="column")
                yield Lines(lambda width: verdict_lines(sitting, width, setting), id="verdict", classes="column")
        with Vertical(id="panel"):
            yield AnswerPanel(ascii_only=setting.ascii_only, classes="column")
        yield Status()
        yield KeyLine("question")

    def on_mount(self) -> None:
        """Draw a new question, or show the one that was left."""
        sitting = self.sitting
        if sitting.stage is Stage.GRADING:
            sitting.stage = Stage.ASKED
        if sitting.stage is Stage.ANSWERED and sitting.dealt_with:
            sitting.advance()
        if sitting.stage in (Stage.DRAWING, Stage.UNDRAWN):
            self._draw()
        else:
            sitting.since = self.desk.setup.now()
            self._show()

    def on_unmount(self) -> None:
        """Count the time for which the question was looked at."""
        self.sitting.look_away(self.desk.setup.now())

    @property
    def waiting(self) -> bool:
        """Whether a question is drawn, or an answer graded."""
        return self.sitting.stage in (Stage.DRAWING, Stage.GRADING)

    @property
    def panel(self) -> AnswerPanel:
        """Where the answer is typed."""
        return self.query_one(AnswerPanel)

    def _show(self) -> None:
        """Show the sitting as it now is."""
        sitting = self.sitting
        self._show_masthead()
        self.query_one(KeyLine).show(keys_of(sitting), STEP_LABELS if sitting.step is not None else None)
        for lines in self.query("#body Lines").results(Lines):
            lines.set_again()
        self._show_panes()
        self.query_one("#panel").display = sitting.asked
        self.panel.input.disabled = sitting.stage is not Stage.ASKED
        if sitting.asked and sitting.question is not None:
            self.panel.show(sitting)
        self.set_focus(self.panel.input if sitting.stage is Stage.ASKED else None)

    def _show_panes(self) -> None:
        """Two panes once there is something to tell; until then the question has the width to itself."""
        hints = self.sitting.asking is not None and self.sitting.asking.hints > 0
        self.query_one("#told-pane").display = hints or self.sitting.stage is Stage.ANSWERED

    def _show_masthead(self) -> None:
        sitting = self.sitting
        topic = self._topic()
        place = topic.title if topic else round_text(sitting.name)
        progress = self._progress()
        self.query_one(Masthead).show(place, f"{self.desk.day_state()}   {progress}")

    def _topic(self) -> TopicEntry | None:
        """The page that the round is about: named by it, or that of the one exercise that was looked for."""
        library, name = self.desk.course.library, self.sitting.name
        exercise = library.exercise(name.removeprefix(EXERCISE)) if name.startswith(EXERCISE) else None
        return library.topic(exercise.topic if exercise is not None else name)

    def _progress(self) -> str:
        """How far the round has come; a placement may end at any time, so that it has no end to count to."""
        sitting = self.sitting
        if isinstance(sitting.round, PlacementRound):
            placed = len(sitting.round.placed)
            return PLACED(placed=placed, at=sitting.at + 1)
        return PROGRESS(at=min(sitting.at + 1, sitting.count), count=sitting.count)

    def _prompt(self, width: int) -> tuple[Line, ...]:
        """The question, or what is said at the end of a round; a heading may tell the method, so it waits."""
        sitting = self.sitting
        if sitting.stage is Stage.FINISHED:
            result = FINISHED_COUNT(right=sitting.right, answered=sitting.answered)
            return (Span(FINISHED(), "heading"),), (), (Span(result),)
        heading = not sitting.round.mixed or sitting.stage is Stage.ANSWERED
        return tuple(prompt_lines(sitting, width, self.setting, heading=heading))

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _exercise(self) -> ExerciseEntry | None:
        turn = self.sitting.turn
        return self.desk.course.library.exercise(turn.exercise) if turn is not None else None

    def _draw(self) -> None:
        self.sitting.stage = Stage.DRAWING
        self._show()
        self.say(DRAWING())
        self.run_worker(self._drawn(), exclusive=True)

    async def _drawn(self) -> None:
        self.desk.catch_up(self.sitting)
        sitting, exercise, turn = self.sitting, self._exercise(), self.sitting.turn
        if turn is None:
            return
        if exercise is None:
            gone = unknown(turn.exercise, ())
            self._undrawn(UNDRAWN(reason=gone, place=turn.exercise))
            return
        try:
            question = await self._question(exercise, turn)
        except KernelFailure as failure:
            self._undrawn(FAILED_RETRY(detail=str(failure)))
            return
        if isinstance(question, Undrawable):
            reason = why_undrawn(question)
            self._undrawn(UNDRAWN(reason=reason, place=str(question.place)))
            return
        await read_ahead(texts_at_first(question), self._ask)
        sitting.put(question, self.desk.setup.now(), given=self.desk.steps_given(question, sitting))
        given = sitting.asking.given if sitting.asking is not None else 0
        exposed = sitting.day is not None and self.desk.is_new(question.skill)
        first = FIRST_EXPOSURE() if exposed else ""
        self.say(steps_given(given, changeable=True) if given else first)
        self._show()
        self._once_set(lambda: self.body.scroll_home(animate=False, immediate=True))
        await read_ahead(texts_afterwards(question), self._ask)

    def _once_set(self, scroll: Callable[[], None]) -> None:
        """Scroll once everything has its new height; a refresh is too early, for layouts wait for the next frame."""
        self.scrolls_due += 1

        def scrolled() -> None:
            scroll()
            self.scrolls_due -= 1

        self.set_timer(FRAME, scrolled)

    async def _question(self, exercise: ExerciseEntry, turn: Turn) -> Question | Undrawable:
        """The question of a turn; where a mistake is to be possible, one of the next that makes it so.

        Raises `KernelFailure`.
        """
        for seed in range(turn.seed, turn.seed + DRAWINGS if turn.mistake else turn.seed):
            drawn = await self._ask(Draw(exercise.source, exercise.id, seed))
            if isinstance(drawn, Question) and can_be_made(drawn, turn.mistake):
                return drawn
        return await self._ask(Draw(exercise.source, exercise.id, turn.seed))

    async def _ask(self, request: Request[Reply]) -> Reply:
        """The kernel's reply. Raises `KernelFailure`."""
        return await self.desk.ask(request, self._restarted)

    def _undrawn(self, sentence: str) -> None:
        self.sitting.stage = Stage.UNDRAWN
        self._show()
        self.say(f"× {sentence}", "bad")

    def _restarted(self) -> None:
        self.say(RESTARTED(), "near")


def round_text(name: str) -> str:
    """The name of a round that is not on a topic."""
    return ROUNDS.get(name, AGAIN)()
