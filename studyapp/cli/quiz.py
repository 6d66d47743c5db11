"""`studyapp quiz`: questions and verdicts as plain lines."""

from __future__ import annotations

import secrets
import sys
import time

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library, refuse_unknown, tell_complaints, tell_undrawable
from studyapp.cli.learner import open_learner
from studyapp.cli.shown import markdown_text, question_text, step_text
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.domain.words import Words
from studyapp.history import NotSavedError
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.scheduling import study_day
from studyapp.study.learner import Learner
from studyapp.study.library import Library
from studyapp.study.practice import Asking, Turn, asking, cycle, in_turn

HINT, GIVE_UP = ("?", "？"), ("!", "！")
ROUND = 10
SEEDS = 1_000_000


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("quiz", help=said.summary("quiz"))
    @click.argument("topics", nargs=-1, metavar="[TOPIC]...")
    @click.option("-n", "--count", type=click.IntRange(min=1, max=10_000), help=said.help("count"))
    @click.option("--seed", type=int, help=said.help("seed"))
    @click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help=said.help("minutes"))
    @click.pass_obj
    def quiz(
        context: Context, topics: tuple[str, ...], count: int | None, seed: int | None, minutes: float | None
    ) -> None:
        library = load_library(context)
        tell_complaints(library)
        with open_learner(context, library, to_write=True) as learner:
            first = secrets.randbelow(SEEDS) if seed is None else seed
            turns = _turns(context, library, learner, topics, count, first)
            if not turns:
                click.echo(said.nothing_due)
            ends = None if minutes is None else time.monotonic() + 60 * minutes
            _Round(context, library, learner).run(turns, ends)

    return quiz


def _turns(
    context: Context, library: Library, learner: Learner, topics: tuple[str, ...], count: int | None, seed: int
) -> tuple[Turn, ...]:
    """The questions of the round: of the topics, cycling in page order; else what is due, then what is new."""
    if not topics:
        exercises = learner.next_exercises(study_day(context.clock()), library)
        return in_turn(exercises, seed, count or ROUND)
    found: list[str] = []
    for name in topics:
        topic = library.topic(name)
        if topic is None:
            refuse_unknown(name, library.nearest(name), context)
        found += [exercise.id for exercise in topic.exercises]
    return cycle(found, seed, count or len(found))


class _Round:
    """Asks question after question; every attempt is saved before its verdict is printed."""

    def __init__(self, context: Context, library: Library, learner: Learner) -> None:
        self._context = context
        self._said = context.words.cli
        self._library = library
        self._learner = learner
        self._service = Service()

    def run(self, turns: tuple[Turn, ...], ends: float | None) -> None:
        """Ask every turn, until the time (of the monotonic clock) is over or the input ends."""
        for number, turn in enumerate(turns, 1):
            if ends is not None and time.monotonic() >= ends:
                return
            entry = self._library.exercise(turn.exercise)
            if entry is None:
                continue
            click.echo(f"{number}/{len(turns)} {turn.exercise} seed {turn.seed}")
            drawn = self._service.answer(Draw(entry.source, entry.id, turn.seed))
            if isinstance(drawn, Undrawable):
                tell_undrawable(drawn, self._context)
                continue
            click.echo(question_text(drawn, self._context))
            if sys.stdin.isatty():
                click.echo(self._said.how_to_ask)
            if not self._asked(asking(drawn)):
                return
            click.echo()

    def _asked(self, state: Asking) -> bool:
        """One question until it is done; False where the input ended."""
        started = time.monotonic()
        self._show_step(state)
        while True:
            answer = _line()
            if answer is None:
                return False
            spent = int(1000 * (time.monotonic() - started))
            if answer.strip() in HINT:
                state = self._hinted(state)
            elif answer.strip() in GIVE_UP and state.step is not None:
                after = state.with_step_shown(active_ms=spent)
                if self._stepped(state, after, Verdict(Outcome.WRONG, message=self._said.step_shown)):
                    return True
                state = after if isinstance(after, Asking) else state
            elif answer.strip() in GIVE_UP:
                verdict = Verdict(Outcome.WRONG, message=f"{self._said.key_shown} {state.question.answer}")
                self._finish(state.given_up(active_ms=spent), verdict, state.question)
                return True
            else:
                grade = Grade(state.question, answer, self._context.words.code, state.step, state.earlier)
                verdict = self._service.answer(grade)
                after = state.after(answer, verdict, active_ms=spent)
                if state.step is not None:
                    if self._stepped(state, after, verdict):
                        return True
                    state = after if isinstance(after, Asking) else state
                    continue
                if isinstance(after, Attempt):
                    self._finish(after, verdict, state.question)
                    return True
                click.echo(self._verdict_line(verdict))
                state = after

    def _show_step(self, state: Asking) -> None:
        if state.step is not None:
            click.echo(step_text(state.question, state.step, self._context))

    def _stepped(self, state: Asking, after: Asking | Attempt, verdict: Verdict) -> bool:
        """Say what became of a step, and ask the next; True where it was the last, and all is saved."""
        if isinstance(after, Attempt):
            self._finish(after, verdict, state.question)
            return True
        click.echo(self._verdict_line(verdict))
        if after.step != state.step:
            self._show_key(state, verdict)
            self._show_step(after)
        return False

    def _show_key(self, state: Asking, verdict: Verdict) -> None:
        """The key of a step that was not answered right."""
        if state.step is not None and verdict.outcome != Outcome.CORRECT:
            step = state.question.steps[state.step]
            click.echo(f"{self._said.key_shown} {step.answer}")
            click.echo(markdown_text(step.solution, self._context))

    def _hinted(self, state: Asking) -> Asking:
        if state.next_hint is None:
            click.echo(self._said.no_more_hints)
            return state
        click.echo(f"{self._said.hint_head} {markdown_text(state.next_hint, self._context)}")
        return state.with_hint()

    def _finish(self, attempt: Attempt, verdict: Verdict, question: Question) -> None:
        """Save first, then say: a verdict that was printed is never lost."""
        try:
            self._learner.record(attempt, self._context.clock())
        except NotSavedError as error:
            click.echo(f"{self._said.not_saved} {error.tell(self._context.words.history)}", err=True)
            sys.exit(1)
        click.echo(self._verdict_line(verdict))
        if verdict.outcome != Outcome.CORRECT:
            click.echo(f"{self._said.key_shown} {question.steps[-1].answer if question.steps else question.answer}")
        picked = {label.strip() for label in verdict.reading.split(",")}
        said = "\n\n".join(one.said for one in question.options if one.label in picked and one.said)
        for part in (said, question.solution):
            if part:
                click.echo(markdown_text(part, self._context))

    def _verdict_line(self, verdict: Verdict) -> str:
        """One line that begins with the verdict; a slip stands in brackets under the name that scripts know.

        What follows the first line of the message shows the place of an error, and is printed as it is.
        """
        word = self._context.words.asking.outcome(verdict.outcome)
        named = f" ({verdict.mistake})" if verdict.mistake else ""
        sentence, *place = verdict.message.split("\n")
        message = " ".join(markdown_text(sentence, self._context).split())
        return "\n".join([f"{word}{named} {message}".rstrip(), *place])


def _line() -> str | None:
    """The next line of input without its end; None where the input has ended."""
    if sys.stdin.isatty():
        click.echo("> ", nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
