"""`studyapp new`: pages and exercises to begin with."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from studyapp.cli.commands import COMMANDS, Group, option
from studyapp.cli.context import Context
from studyapp.cli.lines import echo, fail
from studyapp.domain.files import write_whole
from studyapp.domain.text import LANGUAGES, Text
from studyapp.pages.course import read_course
from studyapp.study.pagefiles import real
from studyapp.workshop.scaffolding import SCAFFOLDS, exercise_sections, is_topic, topic_pages

TOPIC_HELP = Text(
    ja="新しい話題のページを、教材の言語ごとに作る", en="Write the pages of a new topic, in each language of the course"
)
EXERCISE_HELP = Text(
    ja="新しい練習の節を表示するか、ページの末尾に加える",
    en="Print the section of a new exercise, or append it to a page",
)
ID_HELP = Text(ja="練習の id", en="Id of the exercise")
PAGE_HELP = Text(
    ja="この ページ（と対になる言語のページ）の末尾に加える",
    en="Append it to this page, and to its twin in the other language",
)
INTO_HELP = Text(ja="教材のフォルダー（既定は自分の教材）", en="Content folder (default: your own)")
NOT_A_TOPIC = Text(
    ja="「{name}」は話題の id になりません。area/name の形に、英小文字と数字と - で書いてください。",
    en="“{name}” cannot be the id of a topic. Write area/name in lower-case letters, digits and -.",
)
PAGE_EXISTS = Text(ja="{path} はもうあります。", en="{path} is there already.")
ID_TAKEN = Text(
    ja="{path} には id「{exercise}」の練習がもうあります。--id で別の id を付けてください。",
    en="{path} has an exercise {exercise} already. Give another id with --id.",
)

FOLDER = click.Path(path_type=Path, file_okay=False)
PAGE = click.Path(path_type=Path, dir_okay=False, exists=True)
new_command = Group("new", about=COMMANDS["new"])


@new_command.command("topic", about=TOPIC_HELP)
@click.argument("topic", metavar="AREA/NAME")
@option("--into", type=FOLDER, about=INTO_HELP)
@click.pass_obj
def new_topic(context: Context, topic: str, into: Path | None) -> None:
    """Write the pages of a topic and print where they are."""
    if not is_topic(topic):
        raise click.UsageError(NOT_A_TOPIC(name=topic))
    folder = into or context.data / "content"
    course, _ = read_course(folder)
    texts = topic_pages(topic, course.languages)
    pages = {folder / language / f"{topic}.md": text for language, text in texts.items()}
    for path in pages:
        if path.exists():
            raise click.UsageError(PAGE_EXISTS(path=path))
    _write(pages)


@new_command.command("exercise", about=EXERCISE_HELP)
@click.argument("kind", type=click.Choice([str(scaffold) for scaffold in SCAFFOLDS]))
@option("--id", "exercise", default="new-exercise", show_default=True, about=ID_HELP)
@option("--page", type=PAGE, about=PAGE_HELP)
def new_exercise(kind: str, exercise: str, page: Path | None) -> None:
    """Print the section of an exercise in both languages, or append it to a page."""
    twins, languages = ({}, LANGUAGES) if page is None else _twins(page)
    sections = exercise_sections(kind, exercise, languages)
    if page is None:
        echo(f"\n{'—' * 8}\n\n".join(sections.values()), nl=False)
        return
    texts = {path: (path.read_text(encoding="utf-8"), sections[language]) for language, path in twins.items()}
    if any(f"id: {exercise}" in text.splitlines() for text, _ in texts.values()):
        raise click.UsageError(ID_TAKEN(exercise=exercise, path=page))
    _write({path: text.rstrip("\n") + "\n\n" + section for path, (text, section) in texts.items()})


def _twins(page: Path) -> tuple[dict[str, Path], Sequence[str]]:
    """The page in every language that there is, and the languages of its course."""
    page = real(page)
    folder = next((number for number, part in enumerate(page.parts) if part in LANGUAGES), None)
    if folder is None:
        return {"ja": page}, LANGUAGES
    languages = read_course(Path(*page.parts[:folder]))[0].languages
    pages = {language: Path(*page.parts[:folder], language, *page.parts[folder + 1 :]) for language in languages}
    return {language: path for language, path in pages.items() if path.is_file()}, languages


def _write(pages: Mapping[Path, str]) -> None:
    for path, text in pages.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode("utf-8"))
        except OSError as error:
            fail(str(error))
        echo(str(path))
