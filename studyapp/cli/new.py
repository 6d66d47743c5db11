"""`studyapp new`: pages and exercises to begin with."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.lines import echo
from studyapp.domain.words import Words
from studyapp.study.files import write_whole
from studyapp.study.pagefiles import real
from studyapp.workshop.scaffolding import SCAFFOLDS, appended, exercise_section, is_topic, place_of, topic_pages

LANGUAGES = ("ja", "en")


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli
    group = click.Group("new", help=said.summary("new"))

    @group.command("topic", help=said.help("new_topic"))
    @click.argument("topic", metavar="AREA/NAME")
    @click.option("--into", type=click.Path(path_type=Path, file_okay=False), help=said.help("into"))
    @click.pass_obj
    def new_topic(context: Context, topic: str, into: Path | None) -> None:
        if not is_topic(topic):
            raise click.UsageError(said.not_a_topic.format(name=topic))
        folder = into or context.own_content
        pages = {place_of(folder, language, topic): text for language, text in topic_pages(topic).items()}
        for path in pages:
            if path.exists():
                raise click.UsageError(said.page_exists.format(path=path))
        _write(pages)

    @group.command("exercise", help=said.help("new_exercise"))
    @click.argument("kind", type=click.Choice([str(scaffold) for scaffold in SCAFFOLDS]))
    @click.option("--id", "exercise", default="new-exercise", show_default=True, help=said.help("new_id"))
    @click.option("--page", type=click.Path(path_type=Path, dir_okay=False, exists=True), help=said.help("new_page"))
    def new_exercise(kind: str, exercise: str, page: Path | None) -> None:
        sections = {language: exercise_section(kind, exercise, language) for language in LANGUAGES}
        if page is None:
            echo(f"\n{'—' * 8}\n\n".join(sections.values()), nl=False)
            return
        pages = _twins(page)
        if any(_holds(path, exercise) for path in pages.values()):
            raise click.UsageError(words.preview.id_taken.format(exercise=exercise, path=page))
        _write({path: appended(path.read_text(encoding="utf-8"), sections[one]) for one, path in pages.items()})

    return group


def _twins(page: Path) -> dict[str, Path]:
    """The page in each language in which it is there."""
    page = real(page)
    place = next((place for place, part in enumerate(page.parts) if part in LANGUAGES), None)
    if place is None:
        return {"ja": page}
    pages = {one: Path(*page.parts[:place], one, *page.parts[place + 1 :]) for one in LANGUAGES}
    return {language: path for language, path in pages.items() if path.is_file()}


def _holds(page: Path, exercise: str) -> bool:
    """Whether a page has an exercise of that id."""
    return f"id: {exercise}" in page.read_text(encoding="utf-8").splitlines()


def _write(pages: Mapping[Path, str]) -> None:
    for path, text in pages.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode("utf-8"))
        except OSError as error:
            echo(str(error), err=True)
            sys.exit(1)
        echo(str(path))
