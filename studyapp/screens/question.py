"""A question: it is drawn, answered, graded, saved and explained here."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from studyapp.domain.question import ChoiceKey, Undrawable
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.history import NotSavedError
from studyapp.kernel.requests import Draw, Grade, KernelFailure
from studyapp.screens.actions import bindings
from studyapp.screens.asking import asked_for, hint_lines, prompt_lines, verdict_lines
from studyapp.screens.base import StudyScreen
from studyapp.screens.desk import DUE, Desk, is_right
from studyapp.screens.look import SIGNS, said
from studyapp.screens.messages import OpenTopic
from studyapp.screens.proof import ProofScreen
from studyapp.screens.reading import labels_in, read
from studyapp.screens.sitting import Sitting, Stage
from studyapp.screens.widgets.answer import AnswerInput
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.entries import ExerciseEntry
from studyapp.study.practice import asking
from studyapp.typeset.document import Line, Setting, Span

LONGEST_LOOK = 600_000
"""Milliseconds that one look at a question can count; who stays longer has left the table."""

KEYS: dict[Stage, tuple[str, ...]] = {
    Stage.DRAWING: ("back", "help"),
    Stage.UNDRAWN: ("retry", "following", "back", "help"),
    Stage.ASKED: ("submit", "hint", "give_up", "back", "help"),
    Stage.GRADING: ("back", "help"),
    Stage.ANSWERED: ("following", "proof", "read_topic", "back", "help"),
    Stage.FINISHED: ("back", "help"),
}
"""The keys to show at each stage."""


class QuestionScreen(StudyScreen):
    """One round of questions, one at a time. All state is in the sitting, so that the screen can be left."""

    TABLE = "question"
    CSS_PATH = "question.tcss"
    BINDINGS = bindings("question")
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__(desk)
        self.sitting = sitting
        self.setting = Setting(desk.setup.ascii_only, desk.words.screens.exercise_mark)
        self._since = desk.setup.now()
        self._giving_up = False

    # --- what is seen ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The text above, the answer below."""
        yield Masthead()
        with VerticalScroll(id="body", can_focus=False):
            for name in ("prompt", "hints", "verdict"):
                yield Lines(id=name, classes="column")
        with Vertical(id="panel"), Vertical(classes="column"):
            yield Static("", id="asked", classes="muted", markup=False)
            with Horizontal(id="line"):
                yield Static(f"{self.words.answer} ›", id="label", markup=False)
                yield AnswerInput(id="answer")
            yield Lines(id="reading")
        yield Status()
        yield KeyLine("question", self.words)

    def on_mount(self) -> None:
        """Draw a new question, or show the one that was left."""
        if self.sitting.stage is Stage.GRADING:
            self.sitting.stage = Stage.ASKED
        if self.sitting.stage is Stage.ANSWERED and self.sitting.saved:
            self.sitting.advance()
        if self.sitting.stage in (Stage.DRAWING, Stage.UNDRAWN):
            self._draw()
        else:
            self._show()

    def on_unmount(self) -> None:
        """Count the time for which the question was looked at."""
        self._stop_clock()

    def _show(self) -> None:
        """Show the sitting as it now is."""
        sitting = self.sitting
        self._show_masthead()
        self.query_one(KeyLine).show(KEYS[sitting.stage])
        alone = sitting.name != DUE or sitting.stage is Stage.ANSWERED
        self.query_one("#prompt", Lines).show(
            lambda width: prompt_lines(sitting, width, self.setting, self.words, heading=alone)
        )
        self.query_one("#hints", Lines).show(lambda width: hint_lines(sitting, width, self.setting, self.words))
        self.query_one("#verdict", Lines).show(lambda width: verdict_lines(sitting, width, self.setting, self.words))
        asked = sitting.stage in (Stage.ASKED, Stage.GRADING)
        self.query_one("#panel").display = asked
        answer = self.query_one(AnswerInput)
        if asked and sitting.question is not None:
            self.query_one("#asked", Static).update(said(asked_for(sitting.question, self.words)))
            if answer.value != sitting.typed:
                answer.value = sitting.typed
                answer.cursor_position = len(sitting.typed)
            self._show_reading()
        self.set_focus(answer if sitting.stage is Stage.ASKED else None)

    def _show_masthead(self) -> None:
        sitting = self.sitting
        course = self.desk.course
        topic = course.library.topic(sitting.name) if course else None
        place = topic.title if topic else self.words.label("practise")
        progress = self.words.round_of(sitting.at + 1, len(sitting.turns))
        self.query_one(Masthead).show(place, f"{self.desk.day_state()}   {progress}")

    def _show_reading(self) -> None:
        if self.sitting.question is None:
            return
        found = read(self.sitting.question, self.sitting.typed, self.desk.words, ascii_only=self.desk.setup.ascii_only)
        self.query_one("#reading", Lines).show_lines(found.rows)

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _exercise(self) -> ExerciseEntry | None:
        return self.desk.course.library.exercise(self.sitting.turn.exercise) if self.desk.course else None

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
        sitting.question, sitting.asking, sitting.stage = question, asking(question), Stage.ASKED
        self._since = self.desk.setup.now()
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
        if self.sitting.stage is not Stage.ASKED or event.value == self.sitting.typed:
            return
        self.sitting.typed = event.value
        self._giving_up = False
        self._show_reading()
        if self.sitting.question is not None and self.sitting.question.options:
            self.query_one("#prompt", Lines).set_again()

    def on_input_submitted(self) -> None:
        """Enter in the input hands the answer in."""
        self.action_submit()

    def action_submit(self) -> None:
        """Grade what was typed."""
        if self.sitting.stage is Stage.FINISHED:
            self.action_back()
        if self.sitting.stage is not Stage.ASKED:
            return
        if not self.sitting.typed.strip():
            self.say(self.words.nothing_typed, "near")
            return
        self.sitting.stage = Stage.GRADING
        self.say(self.words.grading)
        self.query_one(KeyLine).show(KEYS[Stage.GRADING])
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
        self._judge(verdict)

    def _judge(self, verdict: Verdict) -> None:
        """Ask again, or save the attempt."""
        sitting = self.sitting
        if sitting.asking is None:
            return
        self._stop_clock()
        after = sitting.asking.after(sitting.typed, verdict, active_ms=sitting.spent)
        if isinstance(after, Attempt):
            sitting.verdict = verdict
            self._answered(after)
            return
        sitting.asking, sitting.stage = after, Stage.ASKED
        self._show()
        sign, role = SIGNS[verdict.outcome]
        told = "" if verdict.outcome is Outcome.UNREADABLE and not sitting.question_has_labels else verdict.message
        sentence = " ".join(part for part in (told.split("\n")[0], self.words.asked_again) if part)
        self.say(f"{sign} {self.words.outcome(verdict.outcome)}  {sentence}", role)

    def _answered(self, attempt: Attempt) -> None:
        self.sitting.attempt, self.sitting.stage, self.sitting.saved = attempt, Stage.ANSWERED, False
        self._save()
        self._show()
        self.call_after_refresh(self._show_verdict)

    def _show_verdict(self) -> None:
        self.body.scroll_to_widget(self.query_one("#verdict"), top=True, animate=False)

    def _save(self) -> None:
        """Record the attempt; nothing is called saved before it is on the disk."""
        sitting = self.sitting
        if sitting.attempt is None or sitting.saved:
            return
        try:
            day = self.desk.save(sitting.attempt)
        except NotSavedError as error:
            self.say(f"× {error.tell(self.desk.words.history)}\n{self.words.not_saved}", "bad")
            return
        sitting.saved = True
        sitting.answered += 1
        sitting.right += is_right(sitting.attempt)
        self.say(self.words.saved_until(day))
        self._show_masthead()

    def _stop_clock(self) -> None:
        now = self.desk.setup.now()
        looked = int((now - self._since).total_seconds() * 1000)
        self.sitting.spent += min(max(0, looked), LONGEST_LOOK)
        self._since = now

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
        sitting = self.sitting
        if sitting.stage is not Stage.ASKED or sitting.asking is None:
            return
        if not self._giving_up:
            self._giving_up = True
            self.say(self.words.give_up_twice, "near")
            return
        self._stop_clock()
        sitting.verdict = None
        self._answered(sitting.asking.given_up(active_ms=sitting.spent))

    def action_option_down(self) -> None:
        """Pick the next option, or scroll."""
        self._pick(1)

    def action_option_up(self) -> None:
        """Pick the option before, or scroll."""
        self._pick(-1)

    def _pick(self, step: int) -> None:
        question = self.sitting.question
        single = question is not None and isinstance(question.key, ChoiceKey) and not question.key.several
        if question is None or not single or self.sitting.stage is not Stage.ASKED:
            self.body.scroll_relative(y=step, animate=False)
            return
        labels = [option.label for option in question.options]
        picked = labels_in(question, self.sitting.typed)
        at = labels.index(picked[0]) + step if picked else (0 if step > 0 else -1)
        self.query_one(AnswerInput).value = labels[at % len(labels)]

    def action_retry(self) -> None:
        """Try again what failed."""
        if self.sitting.stage is Stage.UNDRAWN:
            self._draw()
        elif self.sitting.stage is Stage.ANSWERED and not self.sitting.saved:
            self._save()

    def action_following(self) -> None:
        """Go on, once the answer is saved."""
        sitting = self.sitting
        if sitting.stage is Stage.ANSWERED and not sitting.saved:
            self._save()
            return
        if sitting.stage not in (Stage.ANSWERED, Stage.UNDRAWN):
            return
        sitting.advance()
        if sitting.over:
            self._finish()
        else:
            self._draw()

    def _finish(self) -> None:
        self._show()
        self.say("")
        lines: tuple[Line, ...] = (
            (Span(self.words.finished, "heading"),),
            (),
            (Span(self.words.round_result(self.sitting.right, self.sitting.answered)),),
        )
        self.query_one("#prompt", Lines).show_lines(lines)

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
