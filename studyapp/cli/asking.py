"""One question by line: asked, answered, saved, and only then judged aloud."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from studyapp.cli.context import Context
from studyapp.cli.learner import save
from studyapp.cli.lines import echo, read_line
from studyapp.cli.shown import answer_text, draw, markdown_text, question_text, sentence_text, step_text
from studyapp.domain.asking import OUTCOMES
from studyapp.domain.question import ExpressionKey, Question, Step, TermKey, Undrawable
from studyapp.domain.text import Text, language
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.scheduling import study_day
from studyapp.study.daily import was_right
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


class InputEndedError(Exception):
    """The input has ended; the question that was open is not an attempt."""


class Asker:
    """Asks question after question; every attempt is saved before its verdict is printed."""

    def __init__(self, context: Context, history: History) -> None:
        self._context = context
        self._history = history
        self._service = Service()

    def ask(self, entry: ExerciseEntry, turn: Turn, position: str, mode: Callable[..., str]) -> Attempt | None:
        """The attempt at one question, saved; None where no question could be drawn.

        `position` is printed before it (`3/10`); `mode` says how an attempt that was `right` or not is kept.

        Errors: InputEndedError.
        """
        seed = self._seed_for(entry, turn)
        echo(f"{position} {entry.id} seed {seed}")
        question = draw(self._service, entry, seed)
        if question is None:
            return None
        echo(question_text(question, self._context))
        if sys.stdin.isatty():
            echo(HOW_TO_ASK())
        attempt = self._until_done(asking(question), mode)
        echo()
        return attempt

    def _seed_for(self, entry: ExerciseEntry, turn: Turn) -> int:
        """The seed of a turn; where a mistake is to be possible, one of the next that makes it so, if there is any."""
        for seed in range(turn.seed, turn.seed + DRAWINGS if turn.mistake else turn.seed):
            question = self._service.answer(Draw(entry.source, entry.id, seed))
            if not isinstance(question, Undrawable) and can_be_made(question, turn.mistake):
                return seed
        return turn.seed

    def _until_done(self, state: Asking, mode: Callable[..., str]) -> Attempt:
        """One question until it is done."""
        started = time.monotonic()
        latest: tuple[str, Verdict | None] = ("", None)
        self._show_step(state)
        while True:
            answer = read_line()
            if answer is None:
                raise InputEndedError
            if answer.strip() in HINT:
                state = self._hinted(state)
                continue
            if answer.strip() in REPORT and not _can_be_answer("R", state):
                self._report(state, *latest)
                continue
            after, verdict = self._answered(state, answer, int(1000 * (time.monotonic() - started)))
            if isinstance(after, Attempt):
                attempt = replace(after, mode=mode(right=was_right(after)))
                self._finish(attempt, verdict, state)
                return attempt
            self._show_verdict(verdict, state)
            latest = (answer, verdict) if after.step == state.step else ("", None)
            if after.step != state.step:
                if verdict.outcome != Outcome.CORRECT:
                    self._show_key(_current(state))
                    echo(markdown_text(_current(state).solution, self._context))
                self._show_step(after)
            state = after

    def _answered(self, state: Asking, answer: str, spent: int) -> tuple[Asking | Attempt, Verdict]:
        """What a line leads to that is no call for a hint, and what is said of it."""
        if answer.strip() not in GIVE_UP:
            verdict = self._service.answer(Grade(state.question, answer, language(), state.step, state.earlier))
            return state.after(answer, verdict, active_ms=spent), verdict
        if state.step is not None:
            return state.with_step_shown(active_ms=spent), Verdict(Outcome.WRONG, message=STEP_SHOWN())
        key = answer_text(state.question.key, state.question.answer, self._context)
        return state.given_up(active_ms=spent), Verdict(Outcome.WRONG, message=key)

    def _show_step(self, state: Asking) -> None:
        if state.step is not None:
            echo(step_text(state.question, state.step, self._context))

    def _show_key(self, asked: Question | Step) -> None:
        echo(answer_text(asked.key, asked.answer, self._context))

    def _hinted(self, state: Asking) -> Asking:
        if state.next_hint is None:
            echo(NO_MORE_HINTS())
            return state
        echo(f"{HINT_HEAD()} {markdown_text(state.next_hint, self._context)}")
        return state.with_hint()

    def _report(self, state: Asking, answer: str, verdict: Verdict | None) -> None:
        """Write what is on the screen into a file, with the last answer where it was no attempt."""
        report = report_on(state.question, answer, verdict, state.earlier)
        try:
            path = write_report(report, self._context.data, self._context.clock())
        except OSError as error:
            echo(NOT_WRITTEN(detail=error.strerror or str(error)), err=True)
        else:
            echo(WRITTEN(path=str(path)))

    def _finish(self, attempt: Attempt, verdict: Verdict, state: Asking) -> None:
        """Save first, then say: a verdict that was printed is never lost."""
        question, now = state.question, self._context.clock()
        try:
            save(lambda log: log.record(attempt, at=now, day=study_day(now)), self._history, self._context)
        except NotSavedError:
            sys.exit(1)
        self._show_verdict(verdict, state)
        if verdict.outcome != Outcome.CORRECT:
            self._show_key(question.steps[-1] if question.steps else question)
        picked = {label.strip() for label in verdict.reading.split(",")}
        comments = "\n\n".join(option.said for option in question.options if option.label in picked and option.said)
        for part in filter(None, (comments, question.solution)):
            echo(markdown_text(part, self._context))

    def _show_verdict(self, verdict: Verdict, state: Asking) -> None:
        """One line that begins with the verdict, then the sentence of the slip.

        What follows the first line of the message shows the place of an error, and is printed as it is.
        """
        sentence, *excerpt = verdict.message.split("\n")
        if any(mistake.name == verdict.mistake and mistake.sentence for mistake in _current(state).mistakes):
            sentence = sentence_text(sentence, self._context)  # the author's; others quote the answer
        echo("\n".join([f"{OUTCOMES[verdict.outcome]()} {sentence}".rstrip(), *excerpt]))


def _current(state: Asking) -> Question | Step:
    """What asks for the answer: a step of a derivation, or the question."""
    return state.question if state.step is None else state.question.steps[state.step]


def _can_be_answer(text: str, state: Asking) -> bool:
    """Whether a text is a name that the answer to what is asked may be made of."""
    match _current(state).key:
        case ExpressionKey(_, symbols, given, functions):
            return text in {*symbols, *given, *functions}
        case TermKey(accept, refuse):
            return text in {*accept, *refuse}
        case _:
            return False
