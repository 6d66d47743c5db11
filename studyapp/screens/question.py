"""A question: it is answered, graded, saved and explained here."""

from __future__ import annotations

from pathlib import Path

from textual.geometry import Region
from textual.widgets import Input

from studyapp.domain.asking import OUTCOMES
from studyapp.domain.text import Text, language
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.history.errors import NotSavedError
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Grade
from studyapp.screens.asking import one_of, picked_rows
from studyapp.screens.beside import BesideScreen
from studyapp.screens.desk import FAILED_SUBMIT, Desk
from studyapp.screens.reading import labels_in
from studyapp.screens.signs import SIGNS
from studyapp.screens.sitting import Judged, Saved, Sitting, Stage
from studyapp.screens.widgets.lines import Lines
from studyapp.study.troubles import SAVING_KEPT, describe

NO_MORE_HINTS = Text(ja="ヒントはこれで全部です。", en="That was the last hint.")
NO_HINTS = Text(ja="この問題にヒントはありません。", en="This question has no hints.")
GRADING = Text(ja="採点しています…", en="Checking…")
ASKED_AGAIN = Text(ja="もう一度答えてください。", en="Please answer again.")
NOT_SAVED = Text(
    ja="まだ記録されていません。r でもう一度試せます。s で別のフォルダーに保存できます。",
    en="Not saved yet. r tries again; s saves in another folder.",
)
MEANT_TOLD = Text(
    ja="正解として記録し直しました。もとの採点も残ります。",
    en="Recorded as correct; the first verdict is kept beside it.",
)
UNDONE_TOLD = Text(
    ja="この解答の記録を取り消しました。復習の予定も解答前に戻ります。",
    en="This answer was taken back. Its reviews are planned as if it had not been given.",
)
NOTHING_TYPED = Text(ja="答えを入力してから Enter を押してください。", en="Type an answer, then press Enter.")
GIVE_UP_TWICE = Text(
    ja="もう一度 F4 を押すと解説を表示します。この問題は不正解として記録されます。",
    en="F4 once more shows the solution. The question is then recorded as wrong.",
)


class QuestionScreen(BesideScreen):
    """A round with its answers: what is typed, and what the keys do."""

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__(desk, sitting)
        self._giving_up = False
        self._said_of_answer = False

    # --- answering -------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read what is typed."""
        sitting = self.sitting
        if sitting.stage is not Stage.ASKED or sitting.question is None or event.value == sitting.typed:
            return
        sitting.typed = event.value
        self._giving_up = False
        if self._said_of_answer:
            self.say("")
            self._said_of_answer = False
        self.panel.show_reading(sitting)
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
            self._say_of_answer(NOTHING_TYPED(), "near")
            return
        sitting.stage = Stage.GRADING
        self._show()
        self.say(GRADING())
        self.run_worker(self._graded(), exclusive=True)

    async def _graded(self) -> None:
        sitting = self.sitting
        if sitting.question is None or sitting.asking is None:
            return
        asking = sitting.asking
        request = Grade(sitting.question, sitting.typed, language(), asking.step, asking.earlier)
        try:
            verdict = await self.desk.ask(request, self._restarted)
        except KernelFailure as failure:
            sitting.stage = Stage.ASKED
            self._show()
            self.say(f"× {FAILED_SUBMIT(detail=str(failure))}", "bad")
            return
        self._go_on(sitting.judged(verdict, self.desk.setup.now()), verdict)

    def _go_on(self, judged: Judged, verdict: Verdict | None) -> None:
        """Ask again, ask the next step, or save and explain."""
        match judged:
            case Judged.ANSWERED:
                self._answered()
            case Judged.NEXT:
                self.say("")
                self._show()
                self._once_set(lambda: self.body.scroll_end(animate=False, immediate=True))
            case Judged.AGAIN:
                self._show()
                if verdict is not None:
                    self._ask_again(verdict)

    def _ask_again(self, verdict: Verdict) -> None:
        """Say why the answer was no attempt; what cannot be read is explained under the input already."""
        sign, role = SIGNS[verdict.outcome]
        explained = verdict.outcome is Outcome.UNREADABLE and not (
            self.sitting.question and self.sitting.question.options
        )
        told = "" if explained else verdict.message.split("\n")[0]
        sentence = " ".join(part for part in (told, ASKED_AGAIN()) if part)
        self._say_of_answer(f"{sign} {OUTCOMES[verdict.outcome]()}  {sentence}", role)

    def _say_of_answer(self, text: str, role: str) -> None:
        """Say something that holds until the answer is changed."""
        self.say(text, role)
        self._said_of_answer = True

    def _answered(self) -> None:
        self._save()
        self._show()
        self._once_set(self._show_verdict)

    def _show_verdict(self) -> None:
        """Bring the verdict into view; the last step of a derivation stays in sight above it."""
        pane, verdict, body = self.query_one("#told-pane"), self.query_one("#verdict"), self.body
        above = body.size.height // 2 if self.sitting.verdicts else 0
        place = pane.virtual_region.y + verdict.virtual_region.y
        body.scroll_to(y=max(0, place - above), animate=False, immediate=True)

    def _save(self) -> None:
        """Record the attempt; nothing is called saved before it is on the disk."""
        sitting = self.sitting
        if sitting.attempt is None or sitting.dealt_with:
            return
        try:
            sitting.mark_saved(self._saved(sitting.attempt))
        except NotSavedError as error:
            self.say(f"× {describe(error)}\n{NOT_SAVED()}", "bad")
            return
        self.say("")
        self._show_masthead()
        self.query_one("#verdict", Lines).set_again()

    def _saved(self, attempt: Attempt) -> Saved:
        """The attempt on the disk. Raises `NotSavedError`."""
        return self.desk.save(attempt, self.sitting.mode(attempt))

    def action_meant_same(self) -> None:
        """Call a refused formula right after all; the history keeps both verdicts."""
        sitting = self.sitting
        if not sitting.disputable or sitting.saved is None or sitting.attempt is None:
            return
        try:
            sitting.mark_meant(self.desk.accept(sitting.saved.event, sitting.attempt))
        except NotSavedError as error:
            self.say(f"× {describe(error)}", "bad")
            return
        self._show()
        self.say(MEANT_TOLD(), "good")

    def action_undo(self) -> None:
        """Take the attempt back that was just saved."""
        sitting = self.sitting
        if sitting.stage is not Stage.ANSWERED or sitting.saved is None or not sitting.correctable:
            return
        try:
            self.desk.undo(sitting.saved.event)
        except NotSavedError as error:
            self.say(f"× {describe(error)}", "bad")
            return
        sitting.mark_undone()
        self._show()
        self.say(UNDONE_TOLD(), "near")

    def action_elsewhere(self) -> None:
        """Save an attempt in another folder that could not be saved."""
        sitting, attempt = self.sitting, self.sitting.attempt
        if attempt is not None and sitting.unsaved:
            from studyapp.screens.elsewhere import ElsewhereScreen

            self.app.push_screen(
                ElsewhereScreen(lambda folder: self.desk.save_elsewhere(attempt, sitting.mode(attempt), folder)),
                self._kept_elsewhere,
            )

    def _kept_elsewhere(self, path: Path | None) -> None:
        if path is not None:
            self.sitting.mark_saved(Saved("", None))
            self._show()
            self.say(SAVING_KEPT(path=str(path)), "good")

    # --- the other keys --------------------------------------------------------------------------------------------

    def action_hint(self) -> None:
        """Show one more hint."""
        sitting = self.sitting
        if sitting.stage is not Stage.ASKED or sitting.asking is None or sitting.question is None:
            return
        if sitting.asking.next_hint is None:
            self.say(NO_MORE_HINTS() if sitting.asking.step_hints else NO_HINTS())
            return
        sitting.asking = sitting.asking.with_hint()
        self.query_one("#hints", Lines).set_again()
        self._show_panes()
        self._once_set(lambda: self.body.scroll_end(animate=False, immediate=True))

    def action_give_up(self) -> None:
        """Show the solution, when it is asked for twice; of a derivation show the step, and go on."""
        if self.sitting.stage is not Stage.ASKED:
            return
        if self.sitting.step is not None:
            self._go_on(self.sitting.show_step(self.desk.setup.now()), None)
            return
        if not self._giving_up:
            self._giving_up = True
            self._say_of_answer(GIVE_UP_TWICE(), "near")
            return
        self._giving_up = self._said_of_answer = False
        self.sitting.give_up(self.desk.setup.now())
        self._answered()

    def action_all_steps(self) -> None:
        """Ask the steps of a derivation that were shown, too."""
        if self.sitting.stage is Stage.ASKED and self.sitting.ask_all():
            self._show()
            self.body.scroll_home(animate=False)

    def action_option_down(self) -> None:
        """Pick the next option, or scroll."""
        self._pick(1)

    def action_option_up(self) -> None:
        """Pick the option before, or scroll."""
        self._pick(-1)

    def _pick(self, step: int) -> None:
        question, labels = self.sitting.question, one_of(self.sitting)
        if question is None or self.sitting.stage is not Stage.ASKED or not labels:
            self.body.scroll_relative(y=step, animate=False)
            return
        picked = labels_in(question, self.panel.input.value)
        at = labels.index(picked[0]) + step if picked else (0 if step > 0 else -1)
        self.panel.write(labels[at % len(labels)])
        self._once_set(self._show_picked)

    def _show_picked(self) -> None:
        """Bring the picked option into view."""
        prompt = self.query_one("#prompt", Lines)
        found = picked_rows(self._prompt(prompt.content_size.width))
        if found is not None:
            row, rows = found
            place = self.query_one("#asked-pane").virtual_region.y + prompt.virtual_region.y + row
            self.body.scroll_to_region(Region(0, place, 1, rows), animate=False, immediate=True)

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
            sitting.look_away(self.desk.setup.now())
            more = sitting.advance()
            self.say("")
            self._draw() if more else self._end()

    def action_back(self) -> None:
        """Go back; from a session that is over by its summary."""
        self.sitting.look_away(self.desk.setup.now())
        if self.sitting.day is not None and self.sitting.over:
            self._end()
        else:
            self.dismiss()

    def _end(self) -> None:
        """What a round ends with: the session of the day with its summary."""
        sitting = self.sitting
        if sitting.stage is Stage.ANSWERED:
            sitting.advance()
        if sitting.day is None:
            self._show()
        else:
            from studyapp.screens.summary import SummaryScreen

            self.app.switch_screen(SummaryScreen(self.desk, sitting, sitting.day))
