"""`studyapp quiz`: questions and verdicts as plain lines."""

from __future__ import annotations

import contextlib
import secrets

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.asking import Asker, InputEndedError
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library, tell_complaints
from studyapp.cli.learner import open_learner
from studyapp.cli.options import COUNT_HELP, SEED_HELP
from studyapp.cli.rounds import Box, mixed_round, placement_round, topic_round
from studyapp.domain.text import Text
from studyapp.study.practice import cycle

MINUTES_HELP = Text(
    ja="この時間（分）が過ぎたら、次の問題を出さない",
    en="Ask no further question after this many minutes",
)
PLACEMENT_HELP = Text(
    ja="まだ出会っていない技能を試し、2 問続けて正解した技能を飛ばす",
    en="Try skills not met yet; two right answers in a row skip one",
)
PLACEMENT_ALONE = Text(ja="--placement には話題を指定できません。", en="--placement takes no topics.")

SEEDS = 1_000_000


def command() -> click.Command:
    """The command in one language."""

    @click.command("quiz", help=SUMMARIES["quiz"]())
    @click.argument("names", nargs=-1, metavar="[ID]...")
    @click.option("-n", "--count", type=click.IntRange(min=1, max=10_000), help=COUNT_HELP())
    @click.option("--seed", type=int, help=SEED_HELP())
    @click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help=MINUTES_HELP())
    @click.option("--placement", is_flag=True, help=PLACEMENT_HELP())
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
            raise click.UsageError(PLACEMENT_ALONE())
        library = load_library(context)
        tell_complaints(library)
        exercises = tuple(exercise.id for exercise in exercises_named(library, names))
        with open_learner(context, library) as history, contextlib.suppress(InputEndedError):
            asker = Asker(context, history)
            first = secrets.randbelow(SEEDS) if seed is None else seed
            box = Box(count, minutes)
            if placement:
                placement_round(library, history, asker, first, box)
            elif names:
                topic_round(library, asker, cycle(exercises, first, count or len(exercises)), box)
            else:
                mixed_round(context, library, history, asker, first, box)

    return quiz
