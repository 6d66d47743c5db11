"""`studyapp topics`: the course in reading order."""

from __future__ import annotations

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library, tell_complaints
from studyapp.cli.lines import echo
from studyapp.cli.options import JSON_HELP


def command() -> click.Command:
    """The command in one language."""

    @click.command("topics", help=SUMMARIES["topics"]())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.pass_obj
    def topics(context: Context, as_json: bool) -> None:
        library = load_library(context)
        tell_complaints(library)
        if as_json:
            from studyapp.cli.shapes import document

            echo(
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
        reached: dict[str, str] = {}
        if context.has_history:
            from studyapp.cli.reached import progress_by_topic

            reached = progress_by_topic(context, library)
        for topic in library.topics:
            echo(f"{topic.id}  {topic.title}{reached.get(topic.id, '')}")
            echo("    " + " ".join(exercise.id for exercise in topic.exercises))

    return topics
