"""A round of questions, one at a time: each is drawn, answered, graded, saved and explained here."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partialmethod

from textual.app import ComposeResult
from textual.constants import MAX_FPS
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Input, Static

from studyapp.domain.asking import OUTCOMES
from studyapp.domain.question import CodeKey, Question, Undrawable
from studyapp.domain.text import Text, language
from studyapp.domain.undrawable import why_undrawn
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.history.errors import NotSavedError, describe
from studyapp.history.event import Event
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Draw, Grade, TryCode
from studyapp.screens import asking
from studyapp.screens.answer import AnswerInput
from studyapp.screens.base import EXERCISE
from studyapp.screens.beside import CalculatorScreen, ProofScreen, WalkScreen, signs_for, symbols_screen
from studyapp.screens.marked import plain_lines, read_ahead, texts_afterwards, texts_at_first
from studyapp.screens.reading import as_text, labels_in, read, reading_lines
from studyapp.screens.sitting import Current, Sitting, Stage
from studyapp.screens.state import FAILED, AppState, StateScreen
from studyapp.screens.widgets import SIGNS, KeyLine, Lines, Masthead, body, framed, said
from studyapp.study import practice
from studyapp.study.entries import ExerciseEntry
from studyapp.study.practice import Turn
from studyapp.study.report import NOT_WRITTEN, WRITTEN, write_report
from studyapp.study.rounds import DayRound, PlacementRound, was_right
from studyapp.study.searching import unknown
from studyapp.study.slips import DRAWINGS, can_be_made
from studyapp.typeset.document import Line, RenderOptions, Span

ROUNDS = {"": Text(ja="今日のセッション", en="Session"), "?placement": Text(ja="実力確認", en="Placement")}
AGAIN = Text(ja="間違いをもう一度", en="A mistake again")
PLACED = Text(ja="とばせる技能 {placed} ・ {at} 問目", en="{placed} known, question {at}")
PROGRESS = Text(ja="{at} / {count}", en="{at} of {count}")
FIRST_EXPOSURE = Text(
    ja="新しい技能です。先に本文を読むときは F3（ヒントを見た扱いになります）。",
    en="This skill is new. F3 opens its page first; that counts as a hint.",
)
DRAWING = Text(ja="問題を作っています…", en="Drawing a question…")
UNDRAWN = Text(
    ja="この問題は作れませんでした（{place}）。{reason}", en="This question could not be drawn ({place}). {reason}"
)
ANSWER = Text(ja="答え", en="Answer")
ON_EXAMPLE = Text(ja="問題文の例では {value}", en="on the example: {value}")
NO_SYMBOLS = Text(ja="この問題の答えに記号は要りません。", en="The answer to this question needs no signs.")
NO_MORE_HINTS = Text(ja="ヒントはこれで全部です。", en="That was the last hint.")
NO_HINTS = Text(ja="この問題にヒントはありません。", en="This question has no hints.")
NOTHING_TYPED = Text(ja="答えを入力してから Enter を押してください。", en="Type an answer, then press Enter.")
GIVE_UP_TWICE = Text(
    ja="もう一度 F4 を押すと解説を表示します。この問題は不正解として記録されます。",
    en="F4 once more shows the solution. The question is then recorded as wrong.",
)
GRADING = Text(ja="採点しています…", en="Checking…")
ASKED_AGAIN = Text(ja="もう一度答えてください。", en="Please answer again.")
NOT_SAVED = Text(
    ja="まだ記録されていません。r でもう一度試せます。s で別のフォルダーに保存できます。",
    en="Not saved yet. r tries again; s saves in another folder.",
)
MEANT = Text(
    ja="正解として記録し直しました。もとの採点も残ります。",
    en="Recorded as correct; the first verdict is kept beside it.",
)
UNDONE = Text(
    ja="この解答の記録を取り消しました。復習の予定も解答前に戻ります。",
    en="This answer was taken back. Its reviews are planned as if it had not been given.",
)
FINISHED = Text(ja="おつかれさまでした", en="Well done")
FINISHED_COUNT = Text(ja="{answered} 問のうち {right} 問が正解でした。", en="{right} of {answered} correct.")

KEYS = {
    Stage.UNDRAWN: ("retry", "following", "back", "help"),
    Stage.ASKED: ("submit", "hint", "give_up", "back", "help"),
}
"""The keys to show at a stage where more can be done than to go back."""
MOST_OFFERED = 2
STEP_LABELS = {"give_up": "show_step"}  # keys that mean something else in a derivation
FRAME = 3 / MAX_FPS
"""Seconds until what was changed is laid out: two frames, the second for what has its width from the first, and one
to spare."""


class QuestionScreen(StateScreen):
    """One round of questions. All state is in the sitting, so that the screen can be left."""

    TABLE = "question"
    CSS_PATH = "question.tcss"

    def __init__(self, state: AppState, sitting: Sitting) -> None:
        super().__init__(state)
        self.sitting = sitting
        self.scrolls_due = 0  # scrolls that wait for a layout
        self._giving_up = False
        self._said_of_answer = False

    def compose(self) -> ComposeResult:
        """The text above, the answer below; on a wide terminal hints and verdict are beside the question."""

        def lines(name: str, make: Callable[[Current, int, RenderOptions], Iterable[Line]]) -> Lines:
            def made(width: int) -> Iterable[Line]:
                return make(self.sitting.current, width, self.options) if self.sitting.current else ()

            return Lines(made, id=name, classes="column")

        prompt = Lines(self._prompt, id="prompt", classes="column")
        asked = Vertical(prompt, lines("steps", asking.step_lines), id="asked-pane", classes="pane")
        explained = Vertical(
            lines("hints", asking.hint_lines), lines("verdict", asking.verdict_lines), id="answer-pane", classes="pane"
        )
        line = Horizontal(
            Static(f"{ANSWER()} ›", id="label", markup=False),
            Vertical(AnswerInput(id="answer"), Lines(id="reading"), id="typing"),
            id="line",
        )
        answer = Vertical(
            lines("step", asking.asked_step), Static("", id="asked", markup=False), line, classes="column"
        )
        return framed("question", body(asked, explained), Vertical(answer, id="panel"))

    def on_mount(self) -> None:
        sitting = self.sitting
        if sitting.stage is Stage.GRADING:
            sitting.stage = Stage.ASKED
        if sitting.current is not None and sitting.current.event is not None:
            sitting.advance()
        if sitting.stage in (Stage.DRAWING, Stage.UNDRAWN):
            self._draw()
        else:
            sitting.since = self.state.setup.now()
            self._show()

    def on_unmount(self) -> None:
        self.sitting.look_away(self.state.setup.now())

    @property
    def waiting(self) -> bool:
        return self.sitting.stage in (Stage.DRAWING, Stage.GRADING)

    def is_again(self, other: Screen[object]) -> bool:
        return isinstance(other, QuestionScreen) and other.sitting is self.sitting

    @property
    def input(self) -> AnswerInput:
        return self.query_one(AnswerInput)

    @property
    def asked(self) -> Current | None:
        return self.sitting.current if self.sitting.stage is Stage.ASKED else None

    @property
    def answered(self) -> Current | None:
        return self.sitting.current if self.sitting.stage is Stage.ANSWERED else None

    def _show(self) -> None:
        current = self.sitting.current
        self._show_masthead()
        derived = current is not None and current.step is not None
        self.query_one(KeyLine).show(self._keys(), STEP_LABELS if derived else None)
        for lines in self.query("#body Lines").results(Lines):
            lines.set_again()
        self._show_panes()
        waits = current is not None and not current.answered
        self.query_one("#panel").display = waits
        self.input.disabled = self.asked is None
        if current is not None and waits:
            self.query_one("#step", Lines).set_again()
            self.query_one("#step").display = current.step is not None
            self.query_one("#asked", Static).update(said(asking.asked_for(current)))
            self.input.labels = current.one_of
            self._write(current.typed)
            self._show_reading(current)
        self.set_focus(self.input if self.asked else None)

    def _keys(self) -> tuple[str, ...]:
        """The keys to show now: after an answer the two that it makes worth while; the help has the others."""
        current = self.sitting.current
        if current is None or not current.answered:
            return KEYS.get(self.sitting.stage, ("back", "help"))
        offered = {"meant_same": current.disputable, "walk": current.question.network is not None}
        worth = [name for name in offered if offered[name]] + ["proof", "read_topic"]
        return ("following", *worth[:MOST_OFFERED], "back", "help")

    def _write(self, text: str) -> None:
        if self.input.value != text:
            self.input.value = text
            self.input.cursor_position = len(text)

    def _show_reading(self, current: Current) -> None:
        typed = current.typed
        reading = read(current.key, typed, ascii_only=self.options.ascii_only)
        self.query_one("#reading", Lines).show(lambda width: reading_lines(reading, typed, width))
        if isinstance(current.key, CodeKey) and typed.strip() and not reading.carets:
            self.run_worker(self._tried(current.key, typed), exclusive=True, group="code")

    async def _tried(self, key: CodeKey, typed: str) -> None:
        """Show what code gives on the small arrays of the question, unless it was changed meanwhile."""
        with suppress(KernelFailure):
            result = await self.ask(TryCode(key, typed, language()))
            current = self.asked
            if result is not None and current is not None and current.typed == typed:
                value = ON_EXAMPLE(value=result)
                self.query_one("#reading", Lines).show(lambda width: plain_lines(value, width, "math"))

    def _show_panes(self) -> None:
        """Two panes once there is something to tell; until then the question has the width to itself."""
        current = self.sitting.current
        self.query_one("#answer-pane").display = current is not None and (current.asking.hints > 0 or current.answered)

    def _show_masthead(self) -> None:
        """The page that the round is about: named by it, or that of the one exercise that was looked for."""
        library, sitting = self.state.library, self.sitting
        name = sitting.name.removeprefix(EXERCISE)
        exercise = library.exercise(name) if name != sitting.name else None
        topic = library.topic(exercise.topic if exercise is not None else sitting.name)
        progress = PROGRESS(at=min(sitting.round.asked + 1, sitting.count), count=sitting.count)
        if isinstance(sitting.round, PlacementRound):  # it may end at any time, and has no end to count to
            progress = PLACED(placed=len(sitting.round.placed), at=sitting.round.asked + 1)
        place = topic.title if topic else ROUNDS.get(sitting.name, AGAIN)()
        self.query_one(Masthead).show(place, f"{self.state.day_text()}   {progress}")

    def _prompt(self, width: int) -> tuple[Line, ...]:
        """The question, or what is said at the end of a round; a heading may tell the method, so it waits."""
        sitting, current = self.sitting, self.sitting.current
        if sitting.stage is Stage.FINISHED:
            result = FINISHED_COUNT(right=sitting.right, answered=sitting.answered)
            return (Span(FINISHED(), "heading"),), (), (Span(result),)
        if current is None:
            return ()
        heading = not sitting.round.mixed or current.answered
        return tuple(asking.prompt_lines(current, width, self.options, heading=heading))

    def _once_set(self, scroll: Callable[[], None]) -> None:
        """Scroll once everything has its new height; a refresh is too early, for layouts wait for the next frame."""
        self.scrolls_due += 1

        def scrolled() -> None:
            scroll()
            self.scrolls_due -= 1

        self.set_timer(FRAME, scrolled)

    def _say_of_answer(self, text: str, role: str) -> None:
        """Say something that holds until the answer is changed."""
        self.say(text, role)
        self._said_of_answer = True

    def _draw(self) -> None:
        self.sitting.stage = Stage.DRAWING
        self._show()
        self.say(DRAWING())
        self.run_worker(self._drawn(), exclusive=True)

    async def _drawn(self) -> None:
        sitting, state = self.sitting, self.state
        state.refresh()
        if isinstance(sitting.round, DayRound):  # another window may have asked some of it meanwhile
            sitting.round = sitting.round.caught_up(state.history.memories(), state.today)
        turn = sitting.round.turn
        if turn is None:
            return
        exercise = state.library.exercise(turn.exercise)
        if exercise is None:
            self._undrawn(UNDRAWN(reason=unknown(turn.exercise, ()), place=turn.exercise))
            return
        try:
            question = await self._question(exercise, turn)
        except KernelFailure as failure:
            self._undrawn(FAILED(key="r", detail=str(failure)))
            return
        if isinstance(question, Undrawable):
            self._undrawn(UNDRAWN(reason=why_undrawn(question), place=str(question.place)))
            return
        await read_ahead(texts_at_first(question), self.ask)
        record = state.history.skill(question.skill)
        given = practice.steps_given(record.memory if record else None, len(question.steps))
        if isinstance(sitting.round, PlacementRound) or question.is_theme:  # each part is to be answered
            given = 0
        sitting.put(question, state.setup.now(), given=given)
        exposed = sitting.day is not None and question.skill not in state.history.memories()
        self.say(asking.steps_given(given, changeable=True) if given else FIRST_EXPOSURE() if exposed else "")
        self._show()
        self._once_set(lambda: self.body.scroll_home(animate=False, immediate=True))
        await read_ahead(texts_afterwards(question), self.ask)

    async def _question(self, exercise: ExerciseEntry, turn: Turn) -> Question | Undrawable:
        """The question of a turn, one that makes its mistake possible where it has one. Raises `KernelFailure`."""
        for seed in range(turn.seed, turn.seed + DRAWINGS if turn.mistake else turn.seed):
            drawn = await self.ask(Draw(exercise.source, exercise.id, seed))
            if isinstance(drawn, Question) and can_be_made(drawn, turn.mistake):
                return drawn
        return await self.ask(Draw(exercise.source, exercise.id, turn.seed))

    def _undrawn(self, sentence: str) -> None:
        self.sitting.stage = Stage.UNDRAWN
        self._show()
        self.say_failure(sentence)

    def on_input_changed(self, event: Input.Changed) -> None:
        current = self.asked
        if current is None or event.value == current.typed:
            return
        current.typed = event.value
        self._giving_up = False
        if self._said_of_answer:
            self.say("")
            self._said_of_answer = False
        self._show_reading(current)
        if current.options:
            self.query_one("#prompt" if current.step is None else "#step", Lines).set_again()

    def action_submit(self) -> None:
        if self.sitting.stage is Stage.FINISHED:
            self.action_back()
        elif (current := self.asked) is None:
            return
        elif current.typed.strip():
            self.sitting.stage = Stage.GRADING
            self._show()
            self.say(GRADING())
            self.run_worker(self._graded(current), exclusive=True)
        else:
            self._say_of_answer(NOTHING_TYPED(), "near")

    on_input_submitted = action_submit

    async def _graded(self, current: Current) -> None:
        request = Grade(current.question, current.typed, language(), current.asking.step, current.asking.earlier)
        verdict = await self.state.tried(request, self.say, "Enter")
        if verdict is None:
            self.sitting.stage = Stage.ASKED
            self._show()
            return
        self.sitting.look_away(self.state.setup.now())
        steps = len(current.parts)
        current.judge(verdict)
        if len(current.parts) > steps:
            self._go_on(current)
            return
        self.sitting.stage = Stage.ASKED
        self._show()
        self._ask_again(current, verdict)

    def _go_on(self, current: Current) -> None:
        if current.answered:
            self.sitting.stage = Stage.ANSWERED
            self._save()
            self._show()
            self._once_set(self._show_verdict)
        else:
            self.sitting.stage = Stage.ASKED
            self.say("")
            self._show()
            self._once_set(lambda: self.body.scroll_end(animate=False, immediate=True))

    def _ask_again(self, current: Current, verdict: Verdict) -> None:
        """Say why the answer was no attempt; what cannot be read is explained under the input already."""
        sign, role = SIGNS[verdict.outcome]
        explained = verdict.outcome is Outcome.UNREADABLE and verdict.detail != "code-error" and not current.options
        reason = "" if explained else verdict.message.split("\n")[0]
        sentence = " ".join(part for part in (reason, ASKED_AGAIN()) if part)
        self._say_of_answer(f"{sign} {OUTCOMES[verdict.outcome]()}  {sentence}", role)

    def _show_verdict(self) -> None:
        """Bring the verdict into view; the last step of a derivation stays in sight above it."""
        pane, verdict = self.query_one("#answer-pane"), self.query_one("#verdict")
        current = self.sitting.current
        above = self.body.size.height // 2 if current is not None and current.verdicts else 0
        row = pane.virtual_region.y + verdict.virtual_region.y
        self.body.scroll_to(y=max(0, row - above), animate=False, immediate=True)

    def _record(self, record: Callable[..., Event], *arguments: object, advice: str = "") -> Event | None:
        """Write something of now into the history; where that fails, say why, and what can be done."""
        try:
            return record(*arguments, at=self.state.setup.now(), day=self.state.today)
        except NotSavedError as error:
            self.say_failure(f"{describe(error)}\n{advice}".rstrip())
            return None

    def _attempt(self) -> Attempt | None:
        """The attempt that is not saved yet, in the mode of the round."""
        current = self.sitting.current
        if current is None or current.attempt is None or current.event is not None:
            return None
        return replace(current.attempt, mode=self.sitting.round.mode(right=was_right(current.attempt)))

    def _save(self) -> None:
        """Record the attempt; nothing is called saved before it is on the disk."""
        attempt = self._attempt()
        if attempt is not None and (event := self._record(self.state.history.record, attempt, advice=NOT_SAVED())):
            self._mark_saved(event.id)
            self.say("")
            self._show_masthead()
            self.query_one("#verdict", Lines).set_again()

    def _mark_saved(self, event: str) -> None:
        current = self.sitting.current
        assert current is not None
        current.event = event
        self._look_ahead(current)
        self.sitting.answered += 1
        self.sitting.right += current.is_right

    def _look_ahead(self, current: Current) -> None:
        record = self.state.history.skill(current.parts[-1].skill) if current.event else None
        current.comes_again = record.memory.due_day if record and record.memory else None

    def action_meant_same(self) -> None:
        current = self.answered
        if current is None or not current.disputable:
            return
        if self._record(self.state.history.regrade, current.event, Outcome.CORRECT):
            current.meant = True
            self._look_ahead(current)
            self.sitting.right += 1
            self._show()
            self.say(MEANT(), "good")

    def action_undo(self) -> None:
        current = self.answered
        if current is None or not current.correctable:
            return
        if self._record(self.state.history.undo, current.event):
            current.undone = True
            self.sitting.answered -= 1
            self.sitting.right -= current.is_right
            self._show()
            self.say(UNDONE(), "near")

    def action_elsewhere(self) -> None:
        attempt, day = self._attempt(), self.state.today
        if attempt is not None:
            self.save_elsewhere(lambda history, now: history.record(attempt, at=now, day=day), self._saved_elsewhere)

    def _saved_elsewhere(self) -> None:
        self._mark_saved("")
        self._show()

    def applies(self, name: str) -> bool:
        current, asked, answered = self.sitting.current, self.asked, self.answered
        undrawn, unsaved = self.sitting.stage is Stage.UNDRAWN, answered is not None and answered.unsaved
        applying = {
            **dict.fromkeys(("submit", "give_up", "hint", "calculator"), asked is not None),
            "all_steps": asked is not None and asked.asking.given > 0,
            "symbols": asked is not None and bool(signs_for(asked.key)),
            "meant_same": answered is not None and answered.disputable,
            "undo": answered is not None and answered.event is not None and not answered.undone,
            "proof": answered is not None,
            "walk": answered is not None and answered.question.network is not None,
            "following": undrawn or answered is not None,
            "retry": undrawn or unsaved,
            "elsewhere": unsaved,
            **dict.fromkeys(("read_topic", "copy"), current is not None),
        }
        return applying.get(name, True)

    def action_hint(self) -> None:
        current = self.asked
        if current is None:
            return
        if current.asking.next_hint is None:
            self.say(NO_MORE_HINTS() if current.asking.step_hints else NO_HINTS())
            return
        current.asking = current.asking.with_hint()
        self.query_one("#hints", Lines).set_again()
        self._show_panes()
        self._once_set(lambda: self.body.scroll_end(animate=False, immediate=True))

    def action_give_up(self) -> None:
        """Show the solution, when it is asked for twice; of a derivation show the step, and go on."""
        current = self.asked
        if current is None:
            return
        if current.step is None and not self._giving_up:
            self._giving_up = True
            self._say_of_answer(GIVE_UP_TWICE(), "near")
            return
        self.sitting.look_away(self.state.setup.now())
        if current.step is not None:
            current.show_step()
        else:
            self._giving_up = self._said_of_answer = False
            current.give_up()
        self._go_on(current)

    def action_all_steps(self) -> None:
        if self.asked is not None and self.asked.ask_all():
            self._show()
            self.body.scroll_home(animate=False)

    def _pick(self, step: int) -> None:
        """Pick the next option or the one before; where there is none to pick, scroll."""
        current = self.asked
        if current is None or not current.one_of:
            self.body.scroll_relative(y=step, animate=False)
            return
        picked, labels = labels_in(current.step or current.question, self.input.value), current.one_of
        at = labels.index(picked[0]) + step if picked else (0 if step > 0 else -1)
        self._write(labels[at % len(labels)])
        self._once_set(self._show_picked)

    action_option_down = partialmethod(_pick, 1)
    action_option_up = partialmethod(_pick, -1)

    def _show_picked(self) -> None:
        prompt = self.query_one("#prompt", Lines)
        picked = asking.picked_rows(self._prompt(prompt.content_size.width))
        if picked is not None:
            row, rows = picked
            top = self.query_one("#asked-pane").virtual_region.y + prompt.virtual_region.y
            self.body.scroll_to_region(Region(0, top + row, 1, rows), animate=False, immediate=True)

    def action_retry(self) -> None:
        if self.sitting.stage is Stage.UNDRAWN:
            self._draw()
        else:
            self._save()

    def action_following(self) -> None:
        if self._attempt() is not None:
            self._save()
        elif self.applies("following"):
            self.sitting.look_away(self.state.setup.now())
            more = self.sitting.advance()
            self.say("")
            self._draw() if more else self._end()

    def action_back(self) -> None:
        """Go back; from a session that is over by its summary."""
        self.sitting.look_away(self.state.setup.now())
        if self.sitting.day is not None and self.sitting.over:
            self._end()
        else:
            self.dismiss()

    def _end(self) -> None:
        if self.answered is not None:
            self.sitting.advance()
        if self.sitting.day is None:
            self._show()
        else:
            from studyapp.screens.summary import SummaryScreen

            self.app.switch_screen(SummaryScreen(self.state, self.sitting, self.sitting.day))

    def action_walk(self) -> None:
        if self.answered is not None and self.answered.question.network is not None:
            self.app.push_screen(WalkScreen(self.state, self.answered.question))

    def action_proof(self) -> None:
        exercise = self.state.library.exercise(self.answered.question.exercise) if self.answered is not None else None
        if self.answered is not None and exercise is not None:
            self.app.push_screen(ProofScreen(self.state, self.answered, exercise.source))

    def action_symbols(self) -> None:
        if self.asked is None:
            return
        if signs := signs_for(self.asked.key):
            self.app.push_screen(symbols_screen(signs), self._insert)
        else:
            self.say(NO_SYMBOLS())

    def action_calculator(self) -> None:
        if self.sitting.current is not None and not self.sitting.current.answered:
            self.app.push_screen(CalculatorScreen(self.state, self.sitting), self._insert)

    def _insert(self, text: str | None) -> None:
        if text:
            self.input.insert_text_at_cursor(text)

    def action_copy(self) -> None:
        """Copy how the answer is read; after the answer, the key."""
        if self.answered is not None:
            self.copy(self.answered.question.answer)
        else:
            current = self.sitting.current
            self.copy(as_text(current.key, current.typed) if current is not None else "")

    def action_read_topic(self) -> None:
        """Read the page; before the answer this is a nudge."""
        if self.asked is not None:
            self.asked.asking = self.asked.asking.with_page_opened()
        if self.sitting.current is not None:
            self.open_screen("topic", self.sitting.current.question.topic)

    def action_report(self) -> None:
        current, setup = self.sitting.current, self.state.setup
        if current is None:
            return
        try:
            path = write_report(current.report(), setup.data, setup.now())
        except OSError as error:
            self.say_failure(NOT_WRITTEN(detail=error.strerror or str(error)))
            return
        self.say(WRITTEN(path=str(path)), "good")
