"""`studyapp stats`: the learning history in numbers."""

from __future__ import annotations

from typing import Any

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.learner import open_learner
from studyapp.cli.shapes import document
from studyapp.domain.words import Words
from studyapp.scheduling import study_day


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("stats", help=said.summary("stats"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.pass_obj
    def stats(context: Context, as_json: bool) -> None:  # noqa: FBT001 — click gives options by name
        with open_learner(context, load_library(context), to_write=False) as learner:
            numbers = learner.stats(study_day(context.clock()))
        click.echo(document(numbers) if as_json else _text(numbers, words))

    return stats


def _text(numbers: dict[str, Any], words: Words) -> str:
    """The numbers for reading."""
    said = words.cli
    if not numbers["attempts"]:
        return said.stats_none
    lines = [said.stats(numbers["attempts"], numbers["skills"], numbers["due"], len(numbers["days"]))]
    lines += ["", said.stats_areas]
    lines += [
        f"  {area}  {count['first_correct']}/{count['first_attempts']}" for area, count in numbers["by_area"].items()
    ]
    if numbers["mistakes"]:
        lines += ["", said.stats_mistakes]
        lines += [f"  {mistake}  {times}" for mistake, times in numbers["mistakes"].items()]
    return "\n".join(lines)
