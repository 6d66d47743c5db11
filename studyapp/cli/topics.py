"""`studyapp topics`: the course in reading order."""

from __future__ import annotations

from collections.abc import Mapping

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library, tell_complaints
from studyapp.cli.learner import levels_of
from studyapp.cli.shapes import document
from studyapp.domain.words import Words
from studyapp.study.entries import TopicEntry
from studyapp.study.levels import Level


def command(words: Words) -> click.Command:
    """The command in one language."""

    @click.command("topics", help=words.cli.summary("topics"))
    @click.option("--json", "as_json", is_flag=True, help=words.cli.json)
    @click.pass_obj
    def topics(context: Context, as_json: bool) -> None:  # noqa: FBT001 — click gives options by name
        library = load_library(context)
        tell_complaints(library)
        if as_json:
            click.echo(
                document(
                    [
                        {
                            "id": topic.id,
                            "title": topic.title,
                            "item": list(topic.item),
                            "requires": list(topic.requires),
                            "exercises": [exercise.id for exercise in topic.exercises],
                        }
                        for topic in library.topics
                    ]
                )
            )
            return
        levels = levels_of(context, library)
        for topic in library.topics:
            click.echo(f"{topic.id}  {topic.title}{_progress(topic, levels, words)}")
            click.echo("    " + " ".join(exercise.id for exercise in topic.exercises))

    return topics


def _progress(topic: TopicEntry, levels: Mapping[str, Level], words: Words) -> str:
    """How far the skills of a topic have come; nothing where none was met."""
    skills = {exercise.skill for exercise in topic.exercises}
    found = [levels[skill] for skill in skills if skill in levels]
    if not found:
        return ""
    mastered = found.count(Level.MASTERED)
    return f"  ({words.progress.topic(found.count(Level.LEARNED) + mastered, mastered, len(skills))})"
