"""One question by line: asked, answered, saved, and only then judged aloud."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, read_line
from studyapp.cli.saving import save
from studyapp.cli.shown import KEY_SHOWN, answer_text, markdown_text, question_text, step_text
from studyapp.cli.undrawn import tell_undrawable
from studyapp.domain.asking import OUTCOMES
from studyapp.domain.question import ExpressionKey, KnownMistake, TermKey, Undrawable
from studyapp.domain.text import Text, language
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.scheduling import study_day
from studyapp.study.entries import ExerciseEntry
from studyapp.study.practice import Asking, Turn, asking
from studyapp.study.report import NOT_WRITTEN, WRITTEN, report_on, write_report
from studyapp.study.slips import DRAWINGS, can_be_made

HINT_HEAD = Text(ja="ヒント:", en="Hint:")
NO_MORE_HINTS = Text(ja="ヒントはこれで全部です。", en="There are no more hints.")
HOW_TO_ASK = Text(
    ja="? でヒント、! で解き方を見る（できなかったと記録）、R でこの問題を報告",
    en="? for a hint, ! to see the solution (counts as not known), R to report the question",
)
STEP_SHOWN = Text(ja="この手順を示します。", en="This step is shown.")

HINT, GIVE_UP, REPORT = ("?", "？"), ("!", "！"), ("R", "Ｒ")

ModeOf = Callable[[Attempt], str]
"""How an attempt is to be kept: the mode in which it was asked."""


class InputEndedError(Exception):
    """The input has ended; the question that was open is not an attempt."""


class Asker:
    """Asks question after question; every attempt is saved before its verdict is printed."""

    def __init__(self, context: Context, history: History) -> None:
        self._context = context
        self._history = history
        self._service = Service()

    def ask(self, entry: ExerciseEntry, seed: int, place: str, mode: ModeOf) -> Attempt | None:
        """The attempt at one question, saved; None where no question could be drawn.

        `place` is printed before it (`3/10`). Errors: InputEndedError.
        """
        echo(f"{place} {entry.id} seed {seed}")
        drawn = self._service.answer(Draw(entry.source, entry.id, seed))
        if isinstance(drawn, Undrawable):
            tell_undrawable(drawn)
            return None
        echo(question_text(drawn, self._context))
        if sys.stdin.isatty():
            echo(HOW_TO_ASK())
        attempt = self._asked(asking(drawn), mode)
        echo()
        return attempt

    def seed_for(self, entry: ExerciseEntry, turn: Turn) -> int:
        """The seed of a turn; where a mistake is to be possible, one of the next that makes it so, if there is any."""
        for one in range(turn.seed, turn.seed + DRAWINGS if turn.mistake else turn.seed):
            drawn = self._service.answer(Draw(entry.source, entry.id, one))
            if not isinstance(drawn, Undrawable) and can_be_made(drawn, turn.mistake):
                return one
        return turn.seed

    def _asked(self, state: Asking, mode: ModeOf) -> Attempt:
        """One question until it is done."""
        started = time.monotonic()
        latest: tuple[str, Verdict] | None = None
        self._show_step(state)
        while True:
            answer = read_line()
            if answer is None:
                raise InputEndedError
            if answer.strip() in HINT:
                state = self._hinted(state)
                continue
            if answer.strip() in REPORT and not _can_be_answer("R", state):
                self._report(state, latest)
                continue
            after, verdict = self._answered(state, answer, int(1000 * (time.monotonic() - started)))
            if isinstance(after, Attempt):
                kept = replace(after, mode=mode(after))
                self._finish(kept, verdict, state)
                return kept
            echo(self._verdict_line(verdict, _mistakes(state)))
            if after.step != state.step:
                self._show_key(state, verdict)
                self._show_step(after)
            latest = (answer, verdict) if after.step == state.step else None
            state = after

    def _answered(self, state: Asking, answer: str, spent: int) -> tuple[Asking | Attempt, Verdict]:
        """What a line leads to that is no call for a hint, and what is said of it."""
        if answer.strip() in GIVE_UP and state.step is not None:
            shown = Verdict(Outcome.WRONG, message=STEP_SHOWN())
            return state.with_step_shown(active_ms=spent), shown
        if answer.strip() in GIVE_UP:
            shown_key = answer_text(state.question.key, state.question.answer, self._context)
            message = f"{KEY_SHOWN()} {shown_key}"
            return state.given_up(active_ms=spent), Verdict(Outcome.WRONG, message=message)
        grade = Grade(state.question, answer, language(), state.step, state.earlier)
        verdict = self._service.answer(grade)
        return state.after(answer, verdict, active_ms=spent), verdict

    def _show_step(self, state: Asking) -> None:
        if state.step is not None:
            echo(step_text(state.question, state.step, self._context))

    def _show_key(self, state: Asking, verdict: Verdict) -> None:
        """The key of a step that was not answered right."""
        if state.step is not None and verdict.outcome != Outcome.CORRECT:
            step = state.question.steps[state.step]
            echo(f"{KEY_SHOWN()} {answer_text(step.key, step.answer, self._context)}")
            echo(markdown_text(step.solution, self._context))

    def _hinted(self, state: Asking) -> Asking:
        if state.next_hint is None:
            echo(NO_MORE_HINTS())
            return state
        echo(f"{HINT_HEAD()} {markdown_text(state.next_hint, self._context)}")
        return state.with_hint()

    def _report(self, state: Asking, latest: tuple[str, Verdict] | None) -> None:
        """Write what is on the screen into a file, with the last answer where it was no attempt."""
        context = self._context
        answer, verdict = latest or ("", None)
        try:
            path = write_report(
                report_on(state.question, answer, verdict, state.earlier), context.data, context.clock()
            )
        except OSError as error:
            echo(NOT_WRITTEN(detail=(error.strerror or str(error))), err=True)
            return
        echo(WRITTEN(path=str(path)))

    def _finish(self, attempt: Attempt, verdict: Verdict, state: Asking) -> None:
        """Save first, then say: a verdict that was printed is never lost."""
        question, now = state.question, self._context.clock()
        try:
            save(lambda place: place.record(attempt, at=now, day=study_day(now)), self._history, self._context)
        except NotSavedError:
            sys.exit(1)
        echo(self._verdict_line(verdict, _mistakes(state)))
        if verdict.outcome != Outcome.CORRECT:
            asked = question.steps[-1] if question.steps else question
            echo(f"{KEY_SHOWN()} {answer_text(asked.key, asked.answer, self._context)}")
        picked = {label.strip() for label in verdict.reading.split(",")}
        said = "\n\n".join(one.said for one in question.options if one.label in picked and one.said)
        for part in (said, question.solution):
            if part:
                echo(markdown_text(part, self._context))

    def _verdict_line(self, verdict: Verdict, mistakes: Sequence[KnownMistake]) -> str:
        """One line that begins with the verdict, then the sentence of the slip.

        What follows the first line of the message shows the place of an error, and is printed as it is.
        """
        word = OUTCOMES[verdict.outcome]()
        sentence, *place = verdict.message.split("\n")
        if any(one.name == verdict.mistake and one.sentence for one in mistakes):
            sentence = " ".join(markdown_text(sentence, self._context).split())  # the author's; others quote the answer
        return "\n".join([f"{word} {sentence}".rstrip(), *place])


def _mistakes(state: Asking) -> Sequence[KnownMistake]:
    """The mistakes that are foreseen in what is asked."""
    return (state.question if state.step is None else state.question.steps[state.step]).mistakes


def _can_be_answer(text: str, state: Asking) -> bool:
    """Whether a text is a name that the answer to what is asked may be made of."""
    key = state.question.key if state.step is None else state.question.steps[state.step].key
    match key:
        case ExpressionKey(_, symbols, given, functions):
            return text in {*symbols, *given, *functions}
        case TermKey(accept, refuse):
            return text in {*accept, *refuse}
        case _:
            return False
