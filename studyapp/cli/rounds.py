"""The rounds of a quiz by line: on topics, the session of the day, and placement."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from studyapp.cli.asking import Asker, ModeOf
from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.text import Text
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study.daily import todays_plan, was_right
from studyapp.study.library import Library
from studyapp.study.practice import Turn
from studyapp.study.progress import LEVELS
from studyapp.study.rounds import Round, TopicRound, day_round
from studyapp.study.rounds import placement_round as begun_placement
from studyapp.study.settings import load_settings
from studyapp.study.summary import Summary, standing, summed

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
MOST_TOLD = 8
"""Skills that a summary lists one by one."""


class Box:
    """The most questions and minutes of a round; None where there is no limit."""

    def __init__(self, count: int | None, minutes: float | None) -> None:
        self._count = count
        self._ends = None if minutes is None else time.monotonic() + 60 * minutes
        self.asked = 0

    @property
    def time_is_over(self) -> bool:
        """Whether no further question is to be asked."""
        return self._ends is not None and time.monotonic() >= self._ends

    @property
    def full(self) -> bool:
        """Whether every question was asked that there is room for."""
        return self._count is not None and self.asked >= self._count

    def place(self, planned: int) -> str:
        """Count one more question: its number and how many there will be, with so many planned from it on."""
        self.asked += 1
        whole = self.asked - 1 + planned
        return f"{self.asked}/{whole if self._count is None else min(whole, self._count)}"


def topic_round(library: Library, asker: Asker, turns: tuple[Turn, ...], box: Box) -> None:
    """Exercises of chosen topics, in page order."""
    for _ in _worked_off(TopicRound(turns), library, asker, box):
        pass


def mixed_round(context: Context, library: Library, history: History, asker: Asker, seed: int, box: Box) -> None:
    """The session of the day: what is due among what is due, what is new block by block; then its summary."""
    day = study_day(context.clock())
    settings, _ = load_settings(context.data)
    plan = todays_plan(history, library, day, settings.exam_date)
    if not plan.skills:
        echo(NOTHING_DUE())
        return
    echo(PLAN(due=(len(plan.resumed) + len(plan.due) + len(plan.slips)) + len(plan.sweep), new=len(plan.new)))
    with _summing_up(history, day):
        for left in _worked_off(day_round(plan, history, library, seed), library, asker, box):
            if box.time_is_over and left.turn is not None and not box.full:
                echo(TIME_OVER(count=left.planned))


def placement_round(library: Library, history: History, asker: Asker, seed: int, box: Box) -> None:
    """What the learner has not met: two right answers in a row take a skill for known."""
    latest = begun_placement(history, library, seed)
    if latest.turn is None:
        echo(NOTHING_TO_PLACE())
        return
    try:
        for left in _worked_off(latest, library, asker, box):
            latest = left
    finally:
        echo(known(len(latest.placement.placed)))


def _worked_off(begun: AnyRound, library: Library, asker: Asker, box: Box) -> Iterator[AnyRound]:
    """The round after each question, as long as there is room in the box; at first as it is."""
    yield begun
    while (turn := begun.turn) is not None and not box.full and not box.time_is_over:
        entry = library.exercise(turn.exercise)
        attempt = entry and asker.ask(entry, asker.seed_for(entry, turn), box.place(begun.planned), _kept_in(begun))
        begun = begun.after(right=was_right(attempt)) if attempt else begun.without()
        yield begun


def _kept_in(begun: Round) -> ModeOf:
    """How the next answer of a round is kept."""
    return lambda attempt: begun.mode(right=was_right(attempt))


@contextmanager
def _summing_up(history: History, day: date) -> Iterator[None]:
    """Say at the end what came of the session, however it ends."""
    before = standing(history, day)
    try:
        yield
    finally:
        found = summed(before, standing(history, day), day)
        if found.answered:
            echo(_text(found))


def _text(found: Summary) -> str:
    steps = {one.skill: RISEN(before=LEVELS[one.before](), after=LEVELS[one.after]()) for one in found.risen}
    moved = sorted(found.moved, key=lambda one: one.skill not in steps)
    lines = [HEAD(), first_of_day(found.first_right, found.first)]
    lines += [moved_skill(one.skill, one.before, one.after) + steps.get(one.skill, "") for one in moved[:MOST_TOLD]]
    if len(found.moved) > MOST_TOLD:
        lines.append(MORE(count=(len(found.moved) - MOST_TOLD)))
    lines.append(TOMORROW(count=found.tomorrow))
    if found.weakest is not None:
        lines.append(WEAKEST(skill=found.weakest))
    return "\n".join(lines)


def first_of_day(right: int, first: int) -> str:
    """How many of the first answers of the day were right."""
    share = round(100 * right / first) if first else 0
    return FIRST(right=right, first=first, share=share)


def moved_skill(skill: str, before: float | None, after: float) -> str:
    """How long a skill is kept in memory, before and after."""
    if before is None:
        return BEGUN(skill=skill, after=after)
    return MOVED(skill=skill, before=before, after=after)


def known(skills: int) -> str:
    """What a placement has found."""
    return PLACED(count=skills) if skills else NONE_PLACED()
