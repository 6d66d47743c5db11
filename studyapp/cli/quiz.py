"""`studyapp quiz`: rounds by line, on topics, of the day's session, or to find out what is known."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Iterator
from typing import TypeVar

import click

from studyapp.cli.asking import Asker, InputEndedError
from studyapp.cli.commands import COUNT, SEED, command, option
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library, show_complaints
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo
from studyapp.domain.text import Text
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study.blueprint import SEEDS
from studyapp.study.daily import todays_plan, was_right
from studyapp.study.library import Library
from studyapp.study.practice import cycle
from studyapp.study.progress import LEVELS
from studyapp.study.rounds import Round, TopicRound, day_round, placement_round
from studyapp.study.settings import load_settings
from studyapp.study.summary import Summary, standing, summed

MINUTES_HELP = Text(
    ja="この時間（分）が過ぎたら、次の問題を出さない",
    en="Ask no further question after this many minutes",
)
PLACEMENT_HELP = Text(
    ja="まだ出会っていない技能を試し、2 問続けて正解した技能を飛ばす",
    en="Try skills not met yet; two right answers in a row skip one",
)
PLACEMENT_ALONE = Text(ja="--placement には話題を指定できません。", en="--placement takes no topics.")
NOTHING_DUE = Text(
    ja="今日の復習はありません。話題を指定すると練習できます（studyapp topics で一覧）。",
    en="Nothing is due today. Name a topic to practise it (studyapp topics lists them).",
)
PLAN = Text(ja="復習 {due}・新しい技能 {new}", en="{due} to review, {new} new")
TIME_OVER = Text(
    ja="時間になりました。残りの {count} 問は、次のときに出ます。",
    en="Time is up. 1 question is left for another session.|Time is up. {count} questions are left for another "
    "session.",
)
HEAD = Text(ja="まとめ", en="Summary")
FIRST = Text(
    ja="今日の最初の解答: {first} 件中 {right} 件正解（{share}%）",
    en="First answers of the day: {right} of {first} right ({share}%)",
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
    ja="飛ばせる技能はありませんでした。順に学びましょう。",
    en="No skill can be skipped; learn them in order.",
)
NOTHING_TO_PLACE = Text(ja="まだ出会っていない技能はありません。", en="There is no skill that you have not met.")

AnyRound = TypeVar("AnyRound", bound=Round)
MOST_LISTED = 8
"""Skills that a summary lists one by one."""


@command("quiz")
@click.argument("names", nargs=-1, metavar="[ID]...")
@option("-n", "--count", type=click.IntRange(min=1, max=10_000), about=COUNT)
@option("--seed", type=int, about=SEED)
@option("--minutes", type=click.FloatRange(min=0, min_open=True), about=MINUTES_HELP)
@option("--placement", is_flag=True, about=PLACEMENT_HELP)
@click.pass_obj
def quiz_command(
    context: Context,
    names: tuple[str, ...],
    count: int | None,
    seed: int | None,
    minutes: float | None,
    placement: bool,
) -> None:
    """Ask questions until the round is done, its time is over, or the input ends."""
    if placement and names:
        raise click.UsageError(PLACEMENT_ALONE())
    library = load_library(context)
    show_complaints(library)
    exercises = [exercise.id for exercise in exercises_named(library, names)]
    with open_learner(context, library) as history, contextlib.suppress(InputEndedError):
        box = _Box(library, Asker(context, history), count, minutes)
        first = secrets.randbelow(SEEDS) if seed is None else seed
        if placement:
            _place(library, history, first, box)
        elif names:
            for _ in box.rounds(TopicRound(cycle(exercises, first, count or len(exercises)))):
                pass
        else:
            _work_day_off(context, library, history, first, box)


class _Box:
    """Asks the questions of a round, as many and as long as there is room for; None where there is no limit."""

    def __init__(self, library: Library, asker: Asker, count: int | None, minutes: float | None) -> None:
        self._library = library
        self._asker = asker
        self._count = count
        self._ends = None if minutes is None else time.monotonic() + 60 * minutes
        self._asked = 0

    @property
    def time_is_over(self) -> bool:
        """Whether no further question is to be asked."""
        return self._ends is not None and time.monotonic() >= self._ends

    @property
    def full(self) -> bool:
        """Whether every question was asked that there is room for."""
        return self._count is not None and self._asked >= self._count

    def rounds(self, begun: AnyRound) -> Iterator[AnyRound]:
        """The round as it is, then after each question, as long as there is room."""
        yield begun
        while (turn := begun.turn) is not None and not self.full and not self.time_is_over:
            whole = self._asked + begun.planned
            self._asked += 1
            position = f"{self._asked}/{whole if self._count is None else min(whole, self._count)}"
            entry = self._library.exercise(turn.exercise)
            attempt = entry and self._asker.ask(entry, turn, position, begun.mode)
            begun = begun.after(right=was_right(attempt)) if attempt else begun.without()
            yield begun


def _work_day_off(context: Context, library: Library, history: History, seed: int, box: _Box) -> None:
    """The session of the day: what is due among what is due, what is new block by block; then its summary."""
    day = study_day(context.clock())
    settings, _ = load_settings(context.data)
    plan = todays_plan(history, library, day, settings.exam_date)
    if not plan.skills:
        echo(NOTHING_DUE())
        return
    due = sum(map(len, (plan.resumed, plan.due, plan.slips, plan.sweep)))
    echo(PLAN(due=due, new=len(plan.new)))
    before = standing(history, day)
    try:
        for left in box.rounds(day_round(plan, history, library, seed)):
            if box.time_is_over and left.turn is not None and not box.full:
                echo(TIME_OVER(count=left.planned))
    finally:
        summary = summed(before, standing(history, day), day)
        if summary.answered:
            echo(_text(summary))


def _place(library: Library, history: History, seed: int, box: _Box) -> None:
    """What the learner has not met: two right answers in a row take a skill for known."""
    begun = placement_round(history, library, seed)
    if begun.turn is None:
        echo(NOTHING_TO_PLACE())
        return
    placed = 0
    try:
        for latest in box.rounds(begun):
            placed = len(latest.placement.placed)
    finally:
        echo(PLACED(count=placed) if placed else NONE_PLACED())


def _text(summary: Summary) -> str:
    """What came of a session; skills that have come to another level before the others."""
    share = round(100 * summary.first_right / summary.first) if summary.first else 0
    steps = {risen.skill: RISEN(before=LEVELS[risen.before](), after=LEVELS[risen.after]()) for risen in summary.risen}
    lines = [HEAD(), FIRST(right=summary.first_right, first=summary.first, share=share)]
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
