"""`studyapp quiz`: rounds by line, on topics, of the day's session, or to find out what is known."""

from __future__ import annotations

import contextlib
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from math import ceil
from typing import TypeVar

import click

from studyapp.cli.commands import COUNT, SEED, command, option
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, id_argument, load_library, show_complaints
from studyapp.cli.learner import open_learner, save
from studyapp.cli.lines import echo, read_line
from studyapp.cli.shown import answer_text, blocks_text, draw, markdown_text, question_text, sentence_text, step_text
from studyapp.domain.asking import OUTCOMES
from studyapp.domain.document import section_of
from studyapp.domain.question import CodeKey, ExpressionKey, Question, Step, TermKey, Undrawable
from studyapp.domain.record import Flag
from studyapp.domain.text import Text, language
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Attempt, Outcome, Verdict
from studyapp.grading.verdicts import in_words
from studyapp.history.errors import NotSavedError
from studyapp.history.event import Lesson
from studyapp.history.history import History
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.scheduling import study_day
from studyapp.study.blueprint import SEEDS
from studyapp.study.daily import todays_plan
from studyapp.study.entries import ExerciseEntry
from studyapp.study.library import Library
from studyapp.study.pace import MINUTE
from studyapp.study.practice import Asking, Turn, asking, cycle
from studyapp.study.progress import LEVELS, Summary, standing, summed
from studyapp.study.report import NOT_WRITTEN, WRITTEN, report_on, write_report
from studyapp.study.rounds import DayRound, PlacementRound, TopicRound, day_round, placement_round, was_right
from studyapp.study.settings import load_settings
from studyapp.study.slips import DRAWINGS, can_be_made

MINUTES_HELP = Text(
    ja="この時間（分）が過ぎたら、次の問題を出さない", en="Ask no further question after this many minutes"
)
PLACEMENT_HELP = Text(
    ja="まだ出会っていない技能を試し、2 問続けて正解した技能を飛ばす",
    en="Try skills not met yet; two right answers in a row skip one",
)
MORE_HELP = Text(ja="今日の分を終えたあとに、もう少し続ける", en="Go on for a while after the day is done")
PLACEMENT_ALONE = Text(ja="--placement には話題を指定できません。", en="--placement takes no topics.")
DAY_DONE = Text(
    ja="今日の分は終わりました。studyapp quiz --more で続けられます。話題を指定しても練習できます"
    "（studyapp topics で一覧）。",
    en="The day is done. studyapp quiz --more goes on; name a topic to practise it (studyapp topics lists them).",
)
NOTHING_LEFT = Text(
    ja="今日できることはすべて終わりました。話題を指定すると練習できます（studyapp topics で一覧）。",
    en="Everything that can be done today is done. Name a topic to practise it (studyapp topics lists them).",
)
PLAN = Text(
    ja="復習 {due}・新しい技能 {new}・約 {minutes} 分",
    en="{due} to review, {new} new, about {minutes} min",
)
LESSON = Text(ja="新しい技能: {heading}", en="A new skill: {heading}")
TIME_OVER = Text(
    ja="時間になりました。残りの {count} 問は、次のときに出ます。",
    en="Time is up. 1 question is left for another session.|Time is up. {count} questions are left for another "
    "session.",
)
HEAD = Text(ja="まとめ", en="Summary")
FIRST = Text(
    ja="技能ごとの 1 回目の答え: {first} 件中 {right} 件正解（{share}%）",
    en="First answer on each skill: {right} of {first} right ({share}%)",
)
MOVED = Text(
    ja="  {skill}  記憶の安定度 {before:.1f} 日 → {after:.1f} 日",
    en="  {skill}  stability {before:.1f} → {after:.1f} days",
)
BEGUN = Text(ja="  {skill}  はじめて（安定度 {after:.1f} 日）", en="  {skill}  begun (stability {after:.1f} days)")
RISEN = Text(ja="、{before} → {after}", en=", {before} → {after}")
MORE = Text(ja="  ほか {count} 件", en="  and 1 more|  and {count} more")
TOMORROW = Text(ja="明日の復習: {count}", en="Due tomorrow: {count}")
WEAKEST = Text(ja="いちばん忘れかけている技能: {skill}", en="Nearest to being forgotten: {skill}")
PLACED = Text(
    ja="{count} 件の技能は、もう身に付いているものとして扱います。",
    en="1 skill is taken as known.|{count} skills are taken as known.",
)
NONE_PLACED = Text(
    ja="飛ばせる技能はありませんでした。順に学びましょう。", en="No skill can be skipped; learn them in order."
)
NOTHING_TO_PLACE = Text(ja="まだ出会っていない技能はありません。", en="There is no skill that you have not met.")

AnyRound = TypeVar("AnyRound", TopicRound, DayRound, PlacementRound)
MOST_LISTED = 8  # skills that a summary lists one by one
HINT_HEAD = Text(ja="ヒント:", en="Hint:")
NO_MORE_HINTS = Text(ja="ヒントはこれで全部です。", en="There are no more hints.")
HOW_TO_ASK = Text(
    ja="? でヒント、! で解き方を見る（できなかったと記録）、* で印を付け外し、R でこの問題を報告",
    en="? for a hint, ! to see the solution (counts as not known), * to flag the question or take its flag off, R to "
    "report it",
)
STEP_SHOWN = Text(ja="この手順を示します。", en="This step is shown.")

FLAGGED = Text(ja="印を付けました。もう一度 * で外れます。", en="Flagged. * once more takes the flag off.")
UNFLAGGED = Text(ja="印を外しました。もう一度 * で元に戻ります。", en="Flag taken off. * once more puts it back.")

HINT, GIVE_UP, REPORT, FLAG = ("?", "？"), ("!", "！"), ("R", "Ｒ"), ("*", "＊")


@command("quiz")
@id_argument("names", nargs=-1, metavar="[ID]...")
@option("-n", "--count", type=click.IntRange(min=1, max=10_000), about=COUNT)
@option("--seed", type=int, about=SEED)
@option("--minutes", type=click.FloatRange(min=0, min_open=True), about=MINUTES_HELP)
@option("--placement", is_flag=True, about=PLACEMENT_HELP)
@option("--more", is_flag=True, about=MORE_HELP)
def quiz_command(
    context: Context,
    names: tuple[str, ...],
    count: int | None,
    seed: int | None,
    minutes: float | None,
    placement: bool,
    more: bool,
) -> None:
    """Ask questions until the round is done, its time is over, or the input ends."""
    if placement and names:
        raise click.UsageError(PLACEMENT_ALONE())
    library = load_library(context)
    show_complaints(library)
    exercises = [exercise.id for exercise in exercises_named(library, names)]
    with open_learner(context, library) as history, contextlib.suppress(InputEndedError):
        asker = _Asker(context, library, history, count, None if minutes is None else MINUTE * minutes)
        first = secrets.randbelow(SEEDS) if seed is None else seed
        if placement:
            _place(library, history, first, asker)
        elif names:
            for _ in asker.rounds(TopicRound(cycle(exercises, first, count or len(exercises)))):
                pass
        else:
            _work_day_off(context, library, history, first, asker, more=more)


def _work_day_off(
    context: Context, library: Library, history: History, seed: int, asker: _Asker, *, more: bool
) -> None:
    """The session of the day: what is due among what is due, what is new block by block; then its summary."""
    day = study_day(context.clock())
    settings, _ = load_settings(context.data)
    plan = todays_plan(history, library, day, settings, more=more)
    if not plan.skills:
        echo((NOTHING_LEFT if more else DAY_DONE)())
        return
    echo(PLAN(due=plan.reviews + len(plan.slips), new=len(plan.new), minutes=ceil(plan.planned / MINUTE)))
    asker.give(plan.budget.limit)
    before = standing(history, day)
    try:
        for left in asker.rounds(day_round(plan, history, library, seed, history.lessons(day))):
            if asker.time_is_over and left.turn is not None and not asker.full:
                echo(TIME_OVER(count=left.planned))
    finally:
        summary = summed(before, standing(history, day), day)
        if summary.done.attempts:
            echo(_text(summary))


def _place(library: Library, history: History, seed: int, asker: _Asker) -> None:
    begun = placement_round(history, library, seed)
    if begun.turn is None:
        echo(NOTHING_TO_PLACE())
        return
    placed = 0
    try:
        for latest in asker.rounds(begun):
            placed = len(latest.placed)
    finally:
        echo(PLACED(count=placed) if placed else NONE_PLACED())


def _text(summary: Summary) -> str:
    """What came of a session; skills that have come to another level before the others."""
    done = summary.done
    share = round(100 * done.first_correct / done.first) if done.first else 0
    steps = {risen.skill: RISEN(before=LEVELS[risen.before](), after=LEVELS[risen.after]()) for risen in summary.risen}
    lines = [HEAD(), FIRST(right=done.first_correct, first=done.first, share=share)]
    moved = sorted(summary.moved, key=lambda skill: skill.skill not in steps)
    for skill in moved[:MOST_LISTED]:
        line = (BEGUN if skill.before is None else MOVED)(skill=skill.skill, before=skill.before, after=skill.after)
        lines.append(line + steps.get(skill.skill, ""))
    if len(moved) > MOST_LISTED:
        lines.append(MORE(count=len(moved) - MOST_LISTED))
    lines.append(TOMORROW(count=summary.tomorrow))
    if summary.weakest is not None:
        lines.append(WEAKEST(skill=summary.weakest))
    return "\n".join(lines)


class InputEndedError(Exception):
    """The input has ended; the question that was open is not an attempt."""


@dataclass
class _Asker:
    """Asks the questions of a round, up to a `count` and for `limit` milliseconds, where they are not None.

    Every attempt is saved before its verdict is printed.
    """

    context: Context
    library: Library
    history: History
    count: int | None
    limit: float | None
    started: float = field(default_factory=time.monotonic)
    service: Service = field(default_factory=Service)
    asked: int = 0

    def give(self, limit: float) -> None:
        """So many milliseconds, where no other time was asked for."""
        self.limit = limit if self.limit is None else self.limit

    @property
    def _spent(self) -> float:
        return 1000 * (time.monotonic() - self.started)

    @property
    def time_is_over(self) -> bool:
        """Whether no further question is to be asked."""
        return self.limit is not None and self._spent >= self.limit

    @property
    def full(self) -> bool:
        """Whether every question was asked that there is room for."""
        return self.count is not None and self.asked >= self.count

    def rounds(self, begun: AnyRound) -> Iterator[AnyRound]:
        """The round as it is, then after each question, as long as there is room."""
        yield begun
        while (turn := begun.turn) is not None and not self.full and not self.time_is_over:
            whole = self.asked + begun.planned
            self.asked += 1
            if isinstance(begun, DayRound) and begun.lesson is not None:
                self._teach(begun.lesson)
                begun = begun.after_lesson()
            position = f"{self.asked}/{whole if self.count is None else min(whole, self.count)}"
            entry = self.library.exercise(turn.exercise)
            attempt = entry and self._ask(entry, turn, position, begun.mode)
            begun = begun.after(right=was_right(attempt)) if attempt else begun.without()
            if isinstance(begun, DayRound):
                begun = begun.continued(self._spent)
            yield begun

    def _teach(self, entry: ExerciseEntry) -> None:
        """Print the section that teaches a new skill; the time that it is read for goes into the question after it."""
        topic = self.service.topic(entry.source)
        exercise = None if topic is None else topic.exercise(entry.id)
        if topic is None or exercise is None:
            return
        echo(LESSON(heading=exercise.sentences.heading))
        echo(blocks_text(section_of(topic.body, entry.id, exercise.section), self.context) + "\n")
        now = self.context.clock()
        lesson = Lesson(entry.skill, entry.topic)
        save(lambda log: log.lesson(lesson, at=now, day=study_day(now)), self.history, self.context)

    def _ask(self, entry: ExerciseEntry, turn: Turn, position: str, mode: Callable[..., str]) -> Attempt | None:
        """The attempt at one question; None where no question could be drawn."""
        seed = self._seed_for(entry, turn)
        echo(f"{position} {entry.id} seed {seed}")
        question = draw(self.service, entry, seed)
        if question is None:
            return None
        echo(question_text(question, self.context))
        if sys.stdin.isatty():
            echo(HOW_TO_ASK())
        attempt = self._until_done(asking(question), mode)
        echo()
        return attempt

    def _seed_for(self, entry: ExerciseEntry, turn: Turn) -> int:
        """The seed of a turn; where a mistake is to be possible, one of the next that makes it so, if there is any."""
        for seed in range(turn.seed, turn.seed + DRAWINGS if turn.mistake else turn.seed):
            question = self.service.answer(Draw(entry.source, entry.id, seed))
            if not isinstance(question, Undrawable) and can_be_made(question, turn.mistake):
                return seed
        return turn.seed

    def _until_done(self, state: Asking, mode: Callable[..., str]) -> Attempt:
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
            if answer.strip() in FLAG:
                self._flag(state.question)
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
                    for part in filter(None, (_comments(_current(state), verdict), _current(state).solution)):
                        echo(markdown_text(part, self.context))
                self._show_step(after)
            state = after

    def _answered(self, state: Asking, answer: str, spent: int) -> tuple[Asking | Attempt, Verdict]:
        """What a line leads to that is no call for a hint, and what is said of it."""
        if answer.strip() not in GIVE_UP:
            verdict = self.service.answer(Grade(state.question, answer, language(), state.step, state.earlier))
            return state.after(answer, verdict, active_ms=spent), verdict
        if state.step is not None:
            return state.with_step_shown(active_ms=spent), Verdict(Outcome.WRONG, message=STEP_SHOWN())
        key = answer_text(state.question.key, state.question.answer, self.context)
        return state.given_up(active_ms=spent), Verdict(Outcome.WRONG, message=key)

    def _show_step(self, state: Asking) -> None:
        if state.step is not None:
            echo(step_text(state.question, state.step, self.context))

    def _show_key(self, asked: Question | Step) -> None:
        echo(answer_text(asked.key, asked.answer, self.context))

    def _hinted(self, state: Asking) -> Asking:
        if state.next_hint is None:
            echo(NO_MORE_HINTS())
            return state
        echo(f"{HINT_HEAD()} {markdown_text(state.next_hint, self.context)}")
        return state.with_hint()

    def _flag(self, question: Question) -> None:
        """Flag the question, or take its flag and note away."""
        place, now = Flag(question.topic, question.exercise), self.context.clock()
        flag = self.history.flag_at(place)
        save(
            lambda log: log.flag(flag or place, on=flag is None, at=now, day=study_day(now)), self.history, self.context
        )
        echo((FLAGGED if flag is None else UNFLAGGED)())

    def _report(self, state: Asking, answer: str, verdict: Verdict | None) -> None:
        """Write what is on the screen into a file, with the last answer where it was no attempt."""
        report = report_on(state.question, answer, verdict, state.earlier)
        try:
            path = write_report(report, self.context.data, self.context.clock())
        except OSError as error:
            echo(NOT_WRITTEN(detail=error.strerror or str(error)), err=True)
        else:
            echo(WRITTEN(path=str(path)))

    def _finish(self, attempt: Attempt, verdict: Verdict, state: Asking) -> None:
        """Save first, then say: a verdict that was printed is never lost."""
        question, now = state.question, self.context.clock()
        try:
            save(lambda log: log.record(attempt, at=now, day=study_day(now)), self.history, self.context)
        except NotSavedError:
            sys.exit(1)
        self._show_verdict(verdict, state)
        if verdict.outcome != Outcome.CORRECT:
            self._show_key(question.steps[-1] if question.steps else question)
        for part in filter(None, (_comments(_current(state), verdict), question.solution)):
            echo(markdown_text(part, self.context))

    def _show_verdict(self, verdict: Verdict, state: Asking) -> None:
        """One line that begins with the verdict, then the sentence of the slip.

        What follows the first line of the message shows the place of an error, and is printed as it is.
        """
        sentence, *excerpt = in_words(verdict).split("\n")
        if any(mistake.name == verdict.mistake and mistake.sentence for mistake in _current(state).mistakes):
            sentence = sentence_text(sentence, self.context)  # the author's; others quote the answer
        echo("\n".join([f"{OUTCOMES[verdict.outcome]()} {sentence}".rstrip(), *excerpt]))


def _current(state: Asking) -> Question | Step:
    return state.question if state.step is None else state.question.steps[state.step]


def _comments(asked: Question | Step, verdict: Verdict) -> str:
    """What the author says of each option that was picked."""
    picked = set(verdict.reading.replace(",", " ").split())
    return "\n\n".join(option.said for option in asked.options if option.label in picked and option.said)


def _can_be_answer(text: str, state: Asking) -> bool:
    match _current(state).key:
        case ExpressionKey(_, symbols, given, functions):
            return text in {*symbols, *given, *functions}
        case CodeKey() as key:
            return text in key.names
        case TermKey(accept, refuse):
            return text in {*accept, *refuse}
        case _:
            return False
