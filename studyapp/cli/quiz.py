"""`studyapp quiz`: questions and verdicts as plain lines."""

from __future__ import annotations

import contextlib
import secrets

import click

from studyapp.cli.asking import Asker, InputEndedError
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library, tell_complaints
from studyapp.cli.learner import open_learner
from studyapp.cli.rounds import Box, mixed_round, placement_round, topic_round
from studyapp.domain.words import Words
from studyapp.study.practice import cycle

SEEDS = 1_000_000


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("quiz", help=said.summary("quiz"))
    @click.argument("names", nargs=-1, metavar="[ID]...")
    @click.option("-n", "--count", type=click.IntRange(min=1, max=10_000), help=said.help("count"))
    @click.option("--seed", type=int, help=said.help("seed"))
    @click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help=said.help("minutes"))
    @click.option("--placement", is_flag=True, help=said.help("placement"))
    @click.pass_obj
    def quiz(
        context: Context,
        names: tuple[str, ...],
        count: int | None,
        seed: int | None,
        minutes: float | None,
        placement: bool,
    ) -> None:
        if placement and names:
            raise click.UsageError(said.placement_alone)
        library = load_library(context)
        tell_complaints(library)
        exercises = tuple(exercise.id for exercise in exercises_named(library, names, context))
        with open_learner(context, library) as history, contextlib.suppress(InputEndedError):
            asker = Asker(context, history)
            first = secrets.randbelow(SEEDS) if seed is None else seed
            box = Box(count, minutes)
            if placement:
                placement_round(context, library, history, asker, first, box)
            elif names:
                topic_round(library, asker, cycle(exercises, first, count or len(exercises)), box)
            else:
                mixed_round(context, library, history, asker, first, box)

    return quiz
