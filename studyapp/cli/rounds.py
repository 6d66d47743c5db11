"""The rounds of a quiz by line: on topics, the session of the day, and placement."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from studyapp.cli.asking import Asker, ModeOf, always
from studyapp.cli.context import Context
from studyapp.domain.verdict import Mode
from studyapp.domain.words import Words
from studyapp.history import History
from studyapp.scheduling import study_day
from studyapp.study.daily import exercise_for, mode_of, session_of, todays_plan, waiting_slips, was_right
from studyapp.study.learner import Learner
from studyapp.study.library import Library
from studyapp.study.placement import Placement, placement_of
from studyapp.study.practice import Turn
from studyapp.study.session import Session, Why
from studyapp.study.settings import load_settings
from studyapp.study.summary import Summary, standing, summed

MOST_TOLD = 8
"""Skills of a summary that are told one by one."""


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
    for number, turn in enumerate(turns):
        entry = library.exercise(turn.exercise)
        if box.time_is_over:
            return
        if entry is not None:
            asker.ask(entry, turn.seed, box.place(len(turns) - number), always(Mode.TOPIC))


def mixed_round(context: Context, library: Library, learner: Learner, asker: Asker, seed: int, box: Box) -> None:
    """The session of the day: what is due among what is due, what is new block by block; then its summary."""
    day = study_day(context.clock())
    settings, _ = load_settings(context.data)
    plan = todays_plan(learner.history, library, day, settings.exam_date)
    if not plan.skills:
        click.echo(context.words.cli.nothing_due)
        return
    click.echo(context.words.session.planned(len(plan.due) + len(plan.slips), len(plan.sweep), len(plan.new)))
    with _summing_up(context.words, learner.history, day):
        _work_off(session_of(plan, library), library, learner, asker, seed, box, context.words)


def _work_off(
    session: Session, library: Library, learner: Learner, asker: Asker, seed: int, box: Box, words: Words
) -> None:
    memories, waiting = learner.history.memories(), waiting_slips(learner.history, library)
    asked: Counter[str] = Counter()
    while (item := session.next) is not None and not box.full:
        if box.time_is_over:
            click.echo(words.session.over(session.planned))
            return
        slip = waiting.get(item.skill) if item.why is not Why.NEW else None
        entry = exercise_for(item.skill, library, memories, asked[item.skill], slip)
        chosen = asker.seed_for(entry, seed + box.asked, slip.mistake) if entry and slip else seed + box.asked
        attempt = entry and asker.ask(entry, chosen, box.place(session.planned), always(mode_of(item)))
        asked[item.skill] += 1
        session = session.after(item, right=was_right(attempt)) if attempt else session.without(item)


def placement_round(context: Context, library: Library, learner: Learner, asker: Asker, seed: int, box: Box) -> None:
    """What the learner has not met: two right answers in a row take a skill for known."""
    said = context.words.session
    placement = placement_of(library, learner.history.memories())
    if placement.skill is None:
        click.echo(said.nothing_to_place)
        return
    asked: Counter[str] = Counter()
    try:
        while (skill := placement.skill) is not None and not box.full and not box.time_is_over:
            entry = library.skills[skill][asked[skill] % len(library.skills[skill])]
            attempt = asker.ask(
                entry,
                seed + box.asked,
                box.place(placement.planned),
                _tried(placement),
            )
            asked[skill] += 1
            placement = placement.answered(right=attempt is not None and was_right(attempt))
    finally:
        click.echo(said.known(len(placement.placed)))


def _tried(placement: Placement) -> ModeOf:
    """How the next answer of a placement is kept."""
    return lambda attempt: placement.mode(right=was_right(attempt))


@contextmanager
def _summing_up(words: Words, history: History, day: date) -> Iterator[None]:
    """Say at the end what came of the session, however it ends."""
    before = standing(history, day)
    try:
        yield
    finally:
        found = summed(before, standing(history, day), day)
        if found.answered:
            click.echo(_text(found, words))


def _text(found: Summary, words: Words) -> str:
    said = words.session
    lines = [said.head, said.first_of_day(found.first_right, found.first)]
    lines += [said.moved_skill(one.skill, one.before, one.after) for one in found.moved[:MOST_TOLD]]
    if len(found.moved) > MOST_TOLD:
        lines.append(said.and_more(len(found.moved) - MOST_TOLD))
    lines.append(said.load(found.tomorrow))
    if found.weakest is not None:
        lines.append(said.weak(found.weakest))
    return "\n".join(lines)
