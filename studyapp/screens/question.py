"""A question: it is drawn, answered, graded, saved and explained here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from studyapp.domain.question import ChoiceKey, Undrawable
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.history import NotSavedError
from studyapp.kernel.requests import Draw, Grade, KernelFailure
from studyapp.screens.actions import bindings
from studyapp.screens.asking import hint_lines, prompt_lines, verdict_lines
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.home import DUE
from studyapp.screens.look import SIGNS
from studyapp.screens.messages import OpenTopic
from studyapp.screens.proof import ProofScreen
from studyapp.screens.reading import labels_in
from studyapp.screens.sitting import Sitting, Stage
from studyapp.screens.widgets.answerpanel import AnswerPanel
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.entries import ExerciseEntry
from studyapp.typeset.document import Line, Setting, Span

KEYS: dict[Stage, tuple[str, ...]] = {
    Stage.DRAWING: ("back", "help"),
    Stage.UNDRAWN: ("retry", "following", "back", "help"),
    Stage.ASKED: ("submit", "hint", "give_up", "back", "help"),
    Stage.GRADING: ("back", "help"),
    Stage.ANSWERED: ("following", "proof", "read_topic", "back", "help"),
    Stage.FINISHED: ("back", "help"),
}
"""The keys to show at each stage."""


class QuestionScreen(DeskScreen):
    """One round of questions, one at a time. All state is in the sitting, so that the screen can be left."""

    TABLE = "question"
    CSS_PATH = "question.tcss"
    BINDINGS = bindings("question")

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__(desk)
        self.sitting = sitting
        self.setting = Setting(ascii_only=desk.setup.ascii_only)
        self._giving_up = False

    # --- what is seen ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The text above, the answer below."""
        sitting, setting, words = self.sitting, self.setting, self.words
        yield Masthead()
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._prompt, id="prompt", classes="column")
            yield Lines(lambda width: hint_lines(sitting, width, setting, words), id="hints", classes="column")
            yield Lines(lambda width: verdict_lines(sitting, width, setting, words), id="verdict", classes="column")
        with Vertical(id="panel"):
            yield AnswerPanel(self.desk.words, ascii_only=setting.ascii_only, classes="column")
        yield Status()
        yield KeyLine("question", words)

    def on_mount(self) -> None:
        """Draw a new question, or show the one that was left."""
        sitting = self.sitting
        if sitting.stage is Stage.GRADING:
            sitting.stage = Stage.ASKED
        if sitting.stage is Stage.ANSWERED and sitting.saved:
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
    def panel(self) -> AnswerPanel:
        """Where the answer is typed."""
        return self.query_one(AnswerPanel)

    def _show(self) -> None:
        """Show the sitting as it now is."""
        sitting = self.sitting
        self._show_masthead()
        self.query_one(KeyLine).show(KEYS[sitting.stage])
        for lines in self.query("#body > Lines").results(Lines):
            lines.set_again()
        self.query_one("#panel").display = sitting.asked
        self.panel.input.disabled = sitting.stage is not Stage.ASKED
        if sitting.asked and sitting.question is not None:
            self.panel.show(sitting.question, sitting.typed)
        self.set_focus(self.panel.input if sitting.stage is Stage.ASKED else None)

    def _show_masthead(self) -> None:
        sitting = self.sitting
        topic = self.desk.course.library.topic(sitting.name)
        place = topic.title if topic else self.words.label("practise")
        progress = self.words.round_of(sitting.at + 1, len(sitting.turns))
        self.query_one(Masthead).show(place, f"{self.desk.day_state()}   {progress}")

    def _prompt(self, width: int) -> tuple[Line, ...]:
        """The question, or what is said at the end of a round; a heading may tell the method, so it waits."""
        sitting = self.sitting
        if sitting.stage is Stage.FINISHED:
            result = self.words.round_result(sitting.right, sitting.answered)
            return (Span(self.words.finished, "heading"),), (), (Span(result),)
        heading = sitting.name != DUE or sitting.stage is Stage.ANSWERED
        return tuple(prompt_lines(sitting, width, self.setting, self.words, heading=heading))

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _exercise(self) -> ExerciseEntry | None:
        return self.desk.course.library.exercise(self.sitting.turn.exercise)

    def _draw(self) -> None:
        self.sitting.stage = Stage.DRAWING
        self._show()
        self.say(self.words.drawing)
        self.run_worker(self._drawn(), exclusive=True)

    async def _drawn(self) -> None:
        sitting, exercise = self.sitting, self._exercise()
        if exercise is None:
            self._undrawn(self.words.not_drawn("missing", sitting.turn.exercise, ""))
            return
        try:
            question = await self.desk.ask(Draw(exercise.source, exercise.id, sitting.turn.seed), self._restarted)
        except KernelFailure as failure:
            self._undrawn(self.words.failure(str(failure), typing=False))
            return
        if isinstance(question, Undrawable):
            self._undrawn(self.words.not_drawn(question.code, question.detail, str(question.place)))
            return
        sitting.put(question, self.desk.setup.now())
        self.say("")
        self._show()
        self.body.scroll_home(animate=False)

    def _undrawn(self, sentence: str) -> None:
        self.sitting.stage = Stage.UNDRAWN
        self._show()
        self.say(f"× {sentence}", "bad")

    def _restarted(self) -> None:
        self.say(self.words.restarted, "near")

    # --- answering -------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read what is typed."""
        sitting = self.sitting
        if sitting.stage is not Stage.ASKED or sitting.question is None or event.value == sitting.typed:
            return
        sitting.typed = event.value
        self._giving_up = False
        self.panel.show_reading(sitting.question, sitting.typed)
        if sitting.question.options:
            self.query_one("#prompt", Lines).set_again()

    def on_input_submitted(self) -> None:
        """Enter in the input hands the answer in."""
        self.action_submit()

    def action_submit(self) -> None:
        """Grade what was typed; at the end of a round, go back."""
        sitting = self.sitting
        if sitting.stage is Stage.FINISHED:
            self.action_back()
        if sitting.stage is not Stage.ASKED:
            return
        if not sitting.typed.strip():
            self.say(self.words.nothing_typed, "near")
            return
        sitting.stage = Stage.GRADING
        self._show()
        self.say(self.words.grading)
        self.run_worker(self._graded(), exclusive=True)

    async def _graded(self) -> None:
        sitting = self.sitting
        if sitting.question is None:
            return
        request = Grade(sitting.question, sitting.typed, self.desk.words.code)
        try:
            verdict = await self.desk.ask(request, self._restarted)
        except KernelFailure as failure:
            sitting.stage = Stage.ASKED
            self._show()
            self.say(f"× {self.words.failure(str(failure), typing=True)}", "bad")
            return
        if sitting.judged(verdict, self.desk.setup.now()):
            self._answered()
        else:
            self._show()
            self._ask_again(verdict)

    def _ask_again(self, verdict: Verdict) -> None:
        """Say why the answer was no attempt; what cannot be read is explained under the input already."""
        sign, role = SIGNS[verdict.outcome]
        explained = verdict.outcome is Outcome.UNREADABLE and not (
            self.sitting.question and self.sitting.question.options
        )
        told = "" if explained else verdict.message.split("\n")[0]
        sentence = " ".join(part for part in (told, self.words.asked_again) if part)
        self.say(f"{sign} {self.words.outcome(verdict.outcome)}  {sentence}", role)

    def _answered(self) -> None:
        self._save()
        self._show()
        self.call_after_refresh(self.body.scroll_to_widget, self.query_one("#verdict"), top=True, animate=False)

    def _save(self) -> None:
        """Record the attempt; nothing is called saved before it is on the disk."""
        sitting = self.sitting
        if sitting.attempt is None or sitting.saved:
            return
        try:
            sitting.mark_saved(self.desk.save(sitting.attempt))
        except NotSavedError as error:
            self.say(f"× {error.tell(self.desk.words.history)}\n{self.words.not_saved}", "bad")
            return
        self.say("")
        self._show_masthead()
        self.query_one("#verdict", Lines).set_again()

    # --- the other keys --------------------------------------------------------------------------------------------

    def action_hint(self) -> None:
        """Show one more hint."""
        sitting = self.sitting
        if sitting.stage is not Stage.ASKED or sitting.asking is None or sitting.question is None:
            return
        if sitting.asking.next_hint is None:
            self.say(self.words.no_more_hints if sitting.question.hints else self.words.no_hints)
            return
        sitting.asking = sitting.asking.with_hint()
        self.query_one("#hints", Lines).set_again()
        self.call_after_refresh(self.body.scroll_end, animate=False)

    def action_give_up(self) -> None:
        """Show the solution, when it is asked for twice."""
        if self.sitting.stage is not Stage.ASKED:
            return
        if not self._giving_up:
            self._giving_up = True
            self.say(self.words.give_up_twice, "near")
            return
        self._giving_up = False
        self.sitting.give_up(self.desk.setup.now())
        self._answered()

    def action_option_down(self) -> None:
        """Pick the next option, or scroll."""
        self._pick(1)

    def action_option_up(self) -> None:
        """Pick the option before, or scroll."""
        self._pick(-1)

    def _pick(self, step: int) -> None:
        question = self.sitting.question
        if question is None or self.sitting.stage is not Stage.ASKED or not _takes_one(question.key):
            self.body.scroll_relative(y=step, animate=False)
            return
        labels = [option.label for option in question.options]
        picked = labels_in(question, self.panel.input.value)
        at = labels.index(picked[0]) + step if picked else (0 if step > 0 else -1)
        self.panel.write(labels[at % len(labels)])

    def action_retry(self) -> None:
        """Try again what failed."""
        if self.sitting.stage is Stage.UNDRAWN:
            self._draw()
        else:
            self._save()

    def action_following(self) -> None:
        """Go on, once the answer is saved."""
        sitting = self.sitting
        if sitting.unsaved:
            self._save()
        elif sitting.stage in (Stage.ANSWERED, Stage.UNDRAWN):
            more = sitting.advance()
            self.say("")
            self._draw() if more else self._show()

    def action_proof(self) -> None:
        """Show every route to the key."""
        exercise = self._exercise()
        if self.sitting.stage is Stage.ANSWERED and exercise is not None:
            self.app.push_screen(ProofScreen(self.desk, self.sitting, exercise.source))

    def action_read_topic(self) -> None:
        """Read the page; before the answer this is a nudge."""
        if self.sitting.question is None:
            return
        if self.sitting.stage is Stage.ASKED and self.sitting.asking is not None:
            self.sitting.asking = self.sitting.asking.with_page_opened()
        self.post_message(OpenTopic(self.sitting.question.topic))


def _takes_one(key: object) -> bool:
    return isinstance(key, ChoiceKey) and not key.several
