"""A round of questions, one at a time: each is drawn, answered, graded, saved and explained here."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial, partialmethod
from pathlib import Path
from unicodedata import normalize

from textual import work
from textual.app import ComposeResult
from textual.constants import MAX_FPS
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Key
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from studyapp.domain.asking import OUTCOMES
from studyapp.domain.place import PageSource
from studyapp.domain.question import ChoiceKey, CodeKey, OrderKey, Question, Undrawable
from studyapp.domain.record import Flag, SkillRecord
from studyapp.domain.text import Text, language
from studyapp.domain.undrawable import why_undrawn
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.history.errors import NotSavedError, describe
from studyapp.history.event import Event
from studyapp.kernel.messages import KernelFailure
from studyapp.kernel.requests import Grade, Refute, TryCode
from studyapp.screens import asking, explaining
from studyapp.screens.answer import AnswerInput
from studyapp.screens.base import DUE
from studyapp.screens.beside import CalculatorScreen, ProofScreen, WalkScreen, signs_for, symbols_screen
from studyapp.screens.flags import Flagging
from studyapp.screens.marked import (
    asked_text,
    images_of,
    markdown_lines,
    plain_lines,
    question_of,
    read_ahead,
    texts_afterwards,
)
from studyapp.screens.options import OptionList
from studyapp.screens.reading import as_text, labels_in, read, reading_lines
from studyapp.screens.sitting import Current, Sitting, Stage
from studyapp.screens.state import FAILED, AppState
from studyapp.screens.widgets import SIGNS, KeyLine, Lines, Masthead, framed, said
from studyapp.study import practice
from studyapp.study.practice import Turn
from studyapp.study.report import NOT_WRITTEN, WRITTEN, write_report
from studyapp.study.rounds import PlacementRound, was_right
from studyapp.study.searching import unknown
from studyapp.typeset.document import Line, RenderOptions, Span

DRAWING = Text(ja="問題を作っています…", en="Drawing a question…")
UNDRAWN = Text(
    ja="この問題は作れませんでした（{place}）。{reason}", en="This question could not be drawn ({place}). {reason}"
)
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
    Stage.ASKED: ("submit", "hint", "open_image", "read_topic", "give_up", "symbols", "calculator", "back", "help"),
    Stage.ANSWERED: (
        *("submit", "retry", "meant_same", "undo", "open_image", "read_topic", "proof", "walk", "back", "help"),
    ),
    Stage.FINISHED: ("submit", "retry", "read_topic", "back", "help"),
}
"""The keys to show at a stage where more can be done than to go back, as far as they apply."""
LABELS = {"retry": "once_more", **dict.fromkeys(("submit", "mark", "following"), "go_next")}
"""What keys mean once there is a verdict."""
STEP_LABELS = {"give_up": "show_step"}  # keys that mean something else in a derivation
SPARE = 1  # rows above each part below what is asked
LEAST_ASKED = 4  # rows of what is asked that are always seen
FLAG_KEYS = "*＊"  # no answer begins with them
FRAME = 3 / MAX_FPS
"""Seconds until what was changed is laid out: two frames, the second for what has its width from the first, and one
to spare."""


STYLES = Path(__file__).with_name("question.tcss")


def widgets() -> Iterable[Widget]:
    """A widget of each kind that a question has and home has not."""
    return Asked(), Vertical(), Horizontal(), AnswerInput()


class Asked(VerticalScroll, can_focus=False):
    """What is asked: as high as its text, as long as that leaves room for the answer below it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        below = (part for part in self.siblings if part.display)
        taken = sum(part.get_content_height(container, viewport, width) + SPARE for part in below)
        whole = super().get_content_height(container, viewport, width)
        return min(whole, max(LEAST_ASKED, container.height - taken))


class QuestionScreen(Flagging):
    """One round of questions. All state is in the sitting, so that the screen can be left."""

    TABLE = "question"
    CSS_PATH = STYLES

    def __init__(self, state: AppState, sitting: Sitting) -> None:
        super().__init__(state)
        self.sitting = sitting
        self.scrolls_due = 0  # scrolls that wait for a layout
        self._giving_up = False
        self._said_of_answer = False
        self._guarded = False
        self._row = 0  # of the answer below the top of what is asked, before its verdict
        self._early: tuple[Turn, asyncio.Task[Question | Undrawable]] | None = None
        turn = sitting.turn if sitting.stage in (Stage.DRAWING, Stage.UNDRAWN) else None
        source = self.source_of(turn.exercise) if turn is not None else None
        if turn is not None and source is not None and state.kernel.process_id is not None:
            self._early = turn, asyncio.create_task(question_of(source, turn, self.ask))

    def compose(self) -> ComposeResult:
        """The question with the answer right below it; beside them, on a wide terminal, what helps and the solution."""

        def lines(name: str, make: Callable[[Current, int, RenderOptions], Iterable[Line]]) -> Lines:
            def made(width: int) -> Iterable[Line]:
                return make(self.sitting.current, width, self.options) if self.sitting.current else ()

            return Lines(made, id=name)

        worked = Vertical(lines("solution", explaining.solution_lines), id="worked")
        steps, verdict = lines("steps", self._steps), lines("verdict", explaining.verdict_lines)
        asked = Asked(Lines(self._prompt, id="prompt"), steps, OptionList(self._options), verdict, worked, id="body")
        line = Horizontal(
            Static(f"{asking.ANSWER()} {asking.CURSOR}", id="label", markup=False),
            Vertical(AnswerInput(id="answer"), Lines(id="reading"), id="typing"),
            id="line",
        )
        panel = Vertical(lines("step", self._step), Static("", id="asked", markup=False), line, id="panel")
        left = Vertical(asked, panel, lines("hints", asking.hint_lines), id="left")
        aside = VerticalScroll(lines("aside", self._aside), id="beside", can_focus=False)
        return framed("question", Horizontal(left, aside, id="desk"))

    @property
    def scrolled(self) -> VerticalScroll:
        return self.body if self.body.max_scroll_y else self.query_one("#beside", VerticalScroll)

    def _has_room(self) -> bool:
        """Whether there is room below each other for a network, and for steps that are worked out."""
        return self.app.size.height >= asking.TALL

    def _is_wide(self) -> bool:
        return self.has_class("-wide")

    def on_mount(self) -> None:
        sitting = self.sitting
        if sitting.stage is Stage.GRADING:
            sitting.stage = Stage.ASKED
        sitting.taken_up()
        if sitting.stage in (Stage.DRAWING, Stage.UNDRAWN):
            self._draw()
        else:
            sitting.since = self.state.setup.now()
            self._show()

    def on_unmount(self) -> None:
        if self._early is not None:
            self._early[1].cancel()
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
        self.query_one(KeyLine).show(self._keys(), self._labels())
        self.set_class(current is not None and current.question.network is not None, "-networked")
        self._set_again()
        waits = current is not None and not current.answered
        panel, verdict = self.query_one("#panel"), self.query_one("#verdict")
        panel.display, verdict.display = waits, not waits and current is not None
        self.query_one("#hints").display = waits
        self.input.disabled = self.asked is None
        if current is not None and waits:
            self.query_one("#asked", Static).update(said(asking.asked_for(current)))
            self.input.labels = tuple(option.label for option in current.options)
            self.input.one, self.input.steered = bool(current.one_of), bool(current.cursor)
            self.input.keys = FLAG_KEYS
            self._write(current.typed)
            self._show_reading(current)
        elif current is not None:
            for role in ("good", "bad", "near"):
                verdict.set_class(role == explaining.role_of(current), role)
        self.set_focus(self.input if self.asked else None)

    def _set_again(self) -> None:
        for lines in self.query(Lines):
            if lines.id != "reading":
                lines.set_again()

    on_resize = _set_again

    def _keys(self) -> tuple[str, ...]:
        """The keys to show now: those of the stage that can be used."""
        keys = KEYS.get(self.sitting.stage, ("back", "help"))
        return tuple(name for name in keys if self.applies(name))

    def _labels(self) -> Mapping[str, str]:
        current = self.sitting.current
        if self.sitting.stage in (Stage.ANSWERED, Stage.FINISHED) and not (current and current.unsaved):
            return LABELS
        return STEP_LABELS if current is not None and current.step is not None else {}

    def _write(self, text: str) -> None:
        if self.input.value != text:
            self.input.value = text
            self.input.cursor_position = len(text)

    def _show_reading(self, current: Current) -> None:
        typed, options = current.typed, self.options
        if isinstance(current.key, OrderKey):
            order = asking.order_text(current, options)
            self.query_one("#reading", Lines).show(lambda width: plain_lines(order, width, "math"))
            return
        reading = read(current.key, typed, ascii_only=options.ascii_only)
        self.query_one("#reading", Lines).show(lambda width: reading_lines(reading, typed, width))
        if isinstance(current.key, CodeKey) and typed.strip() and not reading.carets:
            self._tried(current.key, typed)

    @work(group="code", exclusive=True)
    async def _tried(self, key: CodeKey, typed: str) -> None:
        """Show what code gives on the small arrays of the question, unless it was changed meanwhile."""
        with suppress(KernelFailure):
            result = await self.ask(TryCode(key, typed, language()))
            current = self.asked
            if result is not None and current is not None and current.typed == typed:
                value = ON_EXAMPLE(value=result)
                self.query_one("#reading", Lines).show(lambda width: plain_lines(value, width, "math"))

    def _show_masthead(self) -> None:
        progress = self.state.progress_of(self.sitting)
        self.query_one(Masthead).show(
            self.state.place_of(self.sitting), f"* {progress}" if self.flag is not None else progress
        )

    def _prompt(self, width: int) -> tuple[Line, ...]:
        """The question, or what is said at the end of a round; a heading may tell the method, so it waits."""
        sitting, current = self.sitting, self.sitting.current
        if sitting.stage is Stage.FINISHED:
            result = FINISHED_COUNT(right=sitting.right, answered=sitting.answered)
            return (Span(FINISHED(), "heading"),), (), (Span(result),)
        if current is None:
            return ()
        tight = not self._is_wide() and not self._has_room()
        heading = "" if sitting.mixed and not current.answered else current.question.heading
        if tight and isinstance(current.question.key, OrderKey):  # its options come first
            return tuple(markdown_lines(asked_text(current.question), width, self.options))
        drawn = not tight and not self._is_wide()
        lines = asking.prompt_lines(current, width, self.options, heading=heading, drawn=drawn)
        return (*lines, *(() if current.question.steps else self._network(current, width)))

    def _network(self, current: Current, width: int) -> Iterable[Line]:
        """The network in a row, where it is drawn neither below the prompt nor beside it."""
        if current.question.network is not None and not self._is_wide() and not self._has_room():
            yield ()
            yield from asking.network_lines(current.question, width, self.options)

    def _options(self, width: int) -> Iterable[tuple[str, tuple[Line, ...]]]:
        current = self.sitting.current
        if current is None or (current.question.steps and current.answered):
            return ()
        marked = current.answered
        cursor = "" if marked else current.cursor
        return asking.option_rows(current.asked, current.typed, width, self.options, marked=marked, cursor=cursor)

    def _steps(self, current: Current, width: int, options: RenderOptions) -> Iterable[Line]:
        """The steps that are done; one that is asked with options is here, right above them."""
        yield from asking.step_lines(current, width, options, worked=self._has_room())
        if current.options and not current.answered and current.step is not None:
            yield ()
            yield from asking.asked_step(current, width, options)

    def _step(self, current: Current, width: int, options: RenderOptions) -> Iterable[Line]:
        """The step that is asked; the network is above it, so that both are always in sight."""
        if current.step is not None and not current.answered and not current.options:
            yield from tuple(self._network(current, width))[1:]
            yield from asking.asked_step(current, width, options)

    def _aside(self, current: Current, width: int, options: RenderOptions) -> Iterable[Line]:
        """Beside a question what helps with its answer; after the answer the solution in its place."""
        yield from asking.aside_lines(current, width, options, self._skill(current.question.skill))
        yield from explaining.solution_lines(current, width, options)

    def _skill(self, skill: str) -> SkillRecord | None:
        """What the history has of a skill."""
        return self.state.history.skill(skill)

    def source_of(self, exercise: str) -> PageSource | None:
        """The page that an exercise is on."""
        entry = self.state.library.exercise(exercise)
        return entry.source if entry is not None else None

    def images(self) -> Mapping[Path, str]:
        current = self.sitting.current
        if current is None:
            return {}
        solution = (current.question.solution,) if current.answered else ()
        return images_of((*current.question.texts, *solution), current.question.folder)

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
        if self.sitting.lesson is not None:
            self.open_screen("round", DUE, instead=True)
            return
        if self._early is None or not self._early[1].done():
            self._show()
            self.say(DRAWING())
        self.run_worker(self._drawn(), exclusive=True)

    async def _drawn(self) -> None:
        sitting, state = self.sitting, self.state
        state.catch_up(sitting)
        turn = sitting.turn
        if turn is None:
            self._end()
            return
        source = self.source_of(turn.exercise)
        if source is None:
            self._undrawn(UNDRAWN(reason=unknown(turn.exercise, ()), place=turn.exercise))
            return
        try:
            early, self._early = self._early, None
            asked_for = early[1] if early is not None and early[0] == turn else None
            question = await (asked_for or question_of(source, turn, self.ask))
        except KernelFailure as failure:
            self._undrawn(FAILED(key="r", detail=str(failure)))
            return
        if isinstance(question, Undrawable):
            self._undrawn(UNDRAWN(reason=why_undrawn(question), place=str(question.place)))
            return
        record = self._skill(question.skill)
        given = practice.steps_given(record.memory if record else None, len(question.steps))
        if isinstance(sitting.round, PlacementRound) or question.is_theme:  # each part is to be answered
            given = 0
        sitting.put(question, state.setup.now(), given=given)
        self.say("")
        self._show()
        self._once_set(lambda: self.body.scroll_home(animate=False, immediate=True))
        await read_ahead(texts_afterwards(question), self.ask)
        await self.draw_figures(texts_afterwards(question))

    def _undrawn(self, sentence: str) -> None:
        self.sitting.stage = Stage.UNDRAWN
        self._show()
        self.say_failure(sentence)

    def on_input_changed(self, event: Input.Changed) -> None:
        current = self.asked
        if current is None or event.value == current.typed:
            return
        if bool(event.value) != bool(current.typed):
            self.query_one(KeyLine).refresh()  # a sign that begins no answer is a key until there is one
        current.typed = event.value
        self._giving_up = False
        if self._said_of_answer:
            self.say("")
            self._said_of_answer = False
        self._show_reading(current)
        if current.options:
            self.query_one(OptionList).set_again()

    def action_submit(self) -> None:
        """Hand the answer in; an order is first placed to its end. After the verdict, go on."""
        if self.sitting.stage is Stage.FINISHED:
            self.action_back()
        elif self.sitting.stage is Stage.ANSWERED:
            self._lead_on()
        elif (current := self.asked) is None or self._placed(current):
            return
        elif current.typed.strip():
            self._row = self.query_one("#panel").region.y - self.body.region.y
            self.sitting.stage = Stage.GRADING
            self.input.disabled = True
            self.say(GRADING())
            self.run_worker(self._graded(current), exclusive=True)
        else:
            self._say_of_answer(NOTHING_TYPED(), "near")

    def _lead_on(self) -> None:
        """Go on, unless the verdict is so fresh that the key was pressed twice."""
        if not self._guarded:
            self.action_following()

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
            self._guarded = self.state.setup.guard > 0
            if self._guarded:
                self.set_timer(self.state.setup.guard, self._let_through)
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

    def _let_through(self) -> None:
        self._guarded = False

    def _show_verdict(self) -> None:
        """Leave everything where it is, and bring the verdict into view where it is not."""
        verdict, height = self.query_one("#verdict").virtual_region, self.body.size.height
        row = max(verdict.y - self._row, min(verdict.bottom - height, verdict.y))
        self.body.scroll_to(y=max(0, row), animate=False, immediate=True)

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
        return replace(current.attempt, mode=self.sitting.mode(right=was_right(current.attempt)))

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
        record = self._skill(current.parts[-1].skill) if current.event else None
        current.comes_again = record.memory.due_day if record and record.memory else None

    def action_meant_same(self) -> None:
        """Show where the answer differs from the key; asked once more, call it right."""
        current = self.answered
        if current is None or not current.disputable:
            return
        if not current.disputed:
            self.run_worker(self._refuted(current), exclusive=True)
        elif self._record(self.state.history.regrade, current.event, Outcome.CORRECT):
            current.meant, current.disputed = True, False
            self._look_ahead(current)
            self.sitting.right += 1
            self._show()
            self.say(MEANT(), "good")

    async def _refuted(self, current: Current) -> None:
        request = Refute(current.question, current.typed, language())
        current.refuted = await self.state.tried(request, self.say, "m")
        current.disputed = current.refuted is not None
        self.query_one("#verdict", Lines).set_again()
        self._once_set(self._show_verdict)

    def on_key(self, event: Key) -> None:
        """Any other key drops the question whether a refused answer is to be called right."""
        current = self.answered
        if current is not None and current.disputed and normalize("NFKC", event.character or "") != "m":
            current.disputed = False
            self.query_one("#verdict", Lines).set_again()

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
        fresh = answered is not None or (self.sitting.stage is Stage.FINISHED and self.sitting.latest is not None)
        applying = {
            **dict.fromkeys(("give_up", "calculator"), asked is not None),
            "submit": asked is not None or answered is not None or self.sitting.stage is Stage.FINISHED,
            "mark": asked is not None or answered is not None,
            "hint": asked is not None and asked.asking.next_hint is not None,
            "all_steps": asked is not None and asked.asking.given > 0,
            "symbols": asked is not None and bool(signs_for(asked.key)),
            "meant_same": answered is not None and answered.disputable,
            "undo": answered is not None and answered.correctable,
            "proof": answered is not None,
            "open_image": bool(self.images()),
            "walk": answered is not None and answered.question.network is not None,
            "following": undrawn or answered is not None,
            "retry": undrawn or unsaved or fresh,
            **dict.fromkeys(("flag_place", "note"), current is not None),
            "elsewhere": unsaved,
            "read_topic": current is not None or fresh,
            **dict.fromkeys(("copy", "report"), current is not None),
        }
        return applying.get(name, True)

    def to_flag(self) -> Flag | None:
        question = self.sitting.current.question if self.sitting.current is not None else None
        return Flag(question.topic, question.exercise) if question is not None else None

    def flag_changed(self) -> None:
        self._show_masthead()

    def action_hint(self) -> None:
        current = self.asked
        if current is None:
            return
        if current.asking.next_hint is None:
            self.say(NO_MORE_HINTS() if current.asking.step_hints else NO_HINTS())
            return
        current.asking = current.asking.with_hint()
        self.query_one("#hints", Lines).set_again()
        self.query_one(KeyLine).show(self._keys(), self._labels())

    def action_give_up(self) -> None:
        """Show the solution, at once in a trial, else when asked twice; of a derivation show the step, and go on."""
        current = self.asked
        if current is None:
            return
        if current.step is None and not (self._giving_up or self.sitting.trial):
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

    def _move(self, step: int) -> None:
        """Move to the next option or the one before, which picks it where one is asked for; without options, scroll."""
        current = self.asked
        labels = [option.label for option in current.options] if current is not None else []
        if current is None or not labels:
            self.scrolled.scroll_relative(y=step, animate=False)
            return
        here = labels_in(current.asked, current.typed)[:1] if current.one_of else (current.cursor,)
        at = labels.index(here[0]) + step if here and here[0] else (0 if step > 0 else -1)
        self._pick(current, labels[at % len(labels)], toggled=False)

    action_option_down = partialmethod(_move, 1)
    action_option_up = partialmethod(_move, -1)

    def _pick(self, current: Current, label: str, *, toggled: bool = True) -> None:
        """Put the cursor at an option; `toggled`, and where one is asked for, pick it, or take it away again."""
        picked = list(labels_in(current.asked, current.typed))
        if current.one_of:
            picked = [label]
        else:
            current.cursor, self.input.steered = label, True
            if toggled:
                picked = [other for other in picked if other != label] if label in picked else [*picked, label]
        if current.one_of or toggled:
            current.typed = ", ".join(picked)
            self._write(current.typed)
            self._show_reading(current)
        self.query_one(OptionList).set_again()
        self._once_set(partial(self._show_option, label))

    def action_mark(self) -> None:
        """Pick the option at the cursor; after the verdict, go on."""
        current = self.asked
        if self.sitting.stage is Stage.ANSWERED:
            self._lead_on()
        elif current is not None and current.cursor:
            self._pick(current, current.cursor)

    def on_option_list_picked(self, event: OptionList.Picked) -> None:
        if self.asked is not None:
            self._pick(self.asked, event.label)

    def _placed(self, current: Current) -> bool:
        """Place the option at the cursor in an order that is not complete, or pick it where none is; whether it did."""
        picked = labels_in(current.asked, current.typed)
        chosen = isinstance(current.key, ChoiceKey) and bool(picked)
        if not current.cursor or current.cursor in picked or chosen:
            return False
        self._pick(current, current.cursor)
        labels = [option.label for option in current.options]
        left = [label for label in labels if label not in labels_in(current.asked, current.typed)]
        if isinstance(current.key, OrderKey) and left:
            behind = [label for label in left if labels.index(label) > labels.index(current.cursor)]
            self._pick(current, (behind or left)[0], toggled=False)
        return True

    def _show_option(self, label: str) -> None:
        options = self.query_one(OptionList)
        row, rows = options.rows_of(label)
        region = Region(0, options.virtual_region.y + row, 1, rows)
        self.body.scroll_to_region(region, animate=False, immediate=True)

    def action_retry(self) -> None:
        """Try again what failed; else ask the same exercise with fresh numbers."""
        if self.sitting.stage is Stage.UNDRAWN:
            self._draw()
        elif self._attempt() is not None:
            self._save()
        elif self.applies("retry"):
            self.sitting.look_away(self.state.setup.now())
            self.sitting.ask_again(self.state.setup.seed())
            self._draw()

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
        source = self.source_of(self.answered.question.exercise) if self.answered is not None else None
        if self.answered is not None and source is not None:
            self.app.push_screen(ProofScreen(self.state, self.answered, source))

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
        """Read the section that teaches the skill; where the skill is known, this is a nudge before the answer."""
        latest, asked = self.sitting.latest, self.asked
        exercise = self.state.library.exercise(latest.exercise) if latest is not None else None
        if asked is not None and asked.asking.ask.skill in self.state.history.memories():
            asked.asking = asked.asking.with_page_opened()
        if exercise is not None:
            self.open_screen("topic", exercise.topic, exercise.id)

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
