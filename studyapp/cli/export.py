"""`studyapp export`: questions and pages for elsewhere, the history, and what a learner did."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from studyapp.cli.commands import COMMANDS, COUNT, Group, option, seed_option
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, id_argument, load_library
from studyapp.cli.learner import open_learner, sound
from studyapp.cli.lines import echo, fail
from studyapp.cli.shown import draw
from studyapp.domain.files import write_whole
from studyapp.domain.question import Question
from studyapp.domain.text import Text
from studyapp.history.backups import export as export_log
from studyapp.kernel.service import Service
from studyapp.study.checkup import NO_HISTORY
from studyapp.study.entries import ExerciseEntry, TopicEntry, area_of
from studyapp.study.library import Library
from studyapp.study.pagefiles import real
from studyapp.study.results import results_csv
from studyapp.workshop.exports.anki import to_anki
from studyapp.workshop.exports.moodle import to_moodle
from studyapp.workshop.exports.sheets import Chapter, to_html, to_pages, to_paper

Names = dict[str, tuple[str, ...]]
FORMS = {
    "html": ("html", Text(ja="1 つの HTML ファイルに書き出す", en="Write questions as one HTML file")),
    "anki": ("apkg", Text(ja="Anki のパッケージに書き出す", en="Write questions as an Anki package")),
    "moodle": ("xml", Text(ja="Moodle の XML に書き出す", en="Write questions as Moodle XML")),
}
"""The ending of a file of each form, and what its command says of itself."""
PAGES_HELP = Text(
    ja="ページを図と問題ごと HTML に書き出す（目次つき。指定がなければ全ページ）",
    en="Write pages with figures and exercises as HTML, with a contents page (all pages where none is named)",
)
PAGES_OUTPUT_HELP = Text(ja="書き出すフォルダー", en="Folder to write to")
PAPER_HELP = Text(
    ja="この数の問題の試験用紙を作る。解答は別のファイル（FILE-key.html）に書く",
    en="Make a test paper of so many questions; its key is a file of its own (FILE-key.html)",
)
SEEDS_HELP = Text(
    ja="試験用紙の種（A,B,C のように、用紙ごとに一つ。数でも語でもよい）",
    en="Seeds of the test papers, one for each paper (A,B,C; numbers or words)",
)
RESULTS_HELP = Text(
    ja="学習の結果を教師に渡す CSV に書き出す（日、技能、判定、誤り）",
    en="Write what was learned as CSV for a teacher (days, skills, verdicts, mistakes)",
)
ANSWERS_HELP = Text(ja="入力した答えも書き出す", en="With the answers as they were typed")
EXPORTED_PAGES = Text(
    ja="{path} に {count} ページを書き出しました。",
    en="{count} page was written to {path}.|{count} pages were written to {path}.",
)
EXPORTED_PAPER = Text(
    ja="{path} に {count} 問の試験用紙を {papers} 部、{key} に解答を書き出しました。",
    en="Test papers of {count} questions ({papers}) were written to {path}, their key to {key}.",
)
NO_QUESTIONS = Text(
    ja="指定した話題に練習がないので、試験用紙を作れません。", en="No test paper: the named topics have no exercises."
)
HISTORY_HELP = Text(
    ja="学習の記録を書き出す（import history で取り込める）",
    en="Write the learning history, which import history takes in",
)
OUTPUT_HELP = Text(ja="書き出すファイル", en="File to write")
FORCE_HELP = Text(ja="すでにあるファイルを上書きする", en="Replace a file that exists already")
NO_GENANKI = Text(
    ja="Anki への書き出しには genanki が要ります。pip install 'studyapp[export]' で入ります。",
    en="Anki packages need genanki: pip install 'studyapp[export]'.",
)
EXPORTED_QUESTIONS = Text(
    ja="{path} に {count} 問を書き出しました。",
    en="{count} question was written to {path}.|{count} questions were written to {path}.",
)
EXPORTED_EVENTS = Text(
    ja="{path} に {count} 件の記録を書き出しました。",
    en="{count} event was written to {path}.|{count} events were written to {path}.",
)
EXPORTED_RESULTS = Text(
    ja="{path} に {count} 件の結果を書き出しました。",
    en="{count} result was written to {path}.|{count} results were written to {path}.",
)
FILE_EXISTS = Text(
    ja="{path} はすでにあるため、書き出しませんでした。上書きするには --force を付けてください。",
    en="{path} exists already and was not replaced. Use --force to replace it.",
)
OWN_HISTORY = Text(
    ja="{path} は学習の記録そのものなので、上書きできません。別のファイル名を指定してください。",
    en="{path} is the history itself and cannot be replaced. Name another file.",
)

SEEDS_APART = 1000
"""Between the seeds with which a paper asks an exercise again."""
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
force_option = option("--force", is_flag=True, about=FORCE_HELP)
count_option = option("-n", "--count", type=click.IntRange(min=1, max=1000), default=5, about=COUNT)
export_command = Group("export", about=COMMANDS["export"])


def _output_option(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return option("-o", "--output", type=FILE, default=name, about=OUTPUT_HELP)


@export_command.command("html", about=FORMS["html"][1])
@id_argument("names", nargs=-1, metavar="[ID]...")
@count_option
@seed_option
@option("--paper", type=click.IntRange(min=1, max=500), metavar="N", about=PAPER_HELP)
@option("--seeds", default="1", show_default=True, about=SEEDS_HELP)
@_output_option("studyapp.html")
@force_option
@click.pass_obj
def export_html(
    context: Context,
    names: tuple[str, ...],
    count: int,
    seed: int,
    paper: int | None,
    seeds: str,
    output: Path,
    force: bool,
) -> None:
    """Write questions, or test papers and their key."""
    if paper is None and not names:
        raise click.MissingParameter(param_hint="ID...", param_type="argument")
    _refuse_to_replace(output, context, force=force)
    library = load_library(context)
    if paper is None:
        questions = _drawn(exercises_named(library, names), range(seed, seed + count))
        _write({output: to_html(questions)})
        echo(EXPORTED_QUESTIONS(count=len(questions), path=output))
        return
    key = output.with_stem(f"{output.stem}-key")
    _refuse_to_replace(key, context, force=force)
    entries = exercises_named(library, names or [topic.id for topic in library.topics])
    if not entries:
        fail(NO_QUESTIONS())
    labels = dict.fromkeys(filter(None, map(str.strip, seeds.split(","))))
    papers, keys = to_paper({label: _paper(entries, paper, label) for label in labels})
    _write({output: papers, key: keys})
    echo(EXPORTED_PAPER(count=paper, papers=len(labels), path=output, key=key))


def _paper(entries: Sequence[ExerciseEntry], count: int, label: str) -> list[Question]:
    """So many questions, spread evenly over the exercises; where these are fewer, they come again with other numbers.

    Papers with different seeds ask the same exercises, so that they are equally hard.
    """
    seed = int(label) if label.isdecimal() else int.from_bytes(blake2b(label.encode(), digest_size=2).digest(), "big")
    rounds, rest = divmod(count, len(entries))
    drawn = [question for at in range(rounds) for question in _drawn(entries, [seed + SEEDS_APART * at])]
    spread = [entries[at * len(entries) // rest] for at in range(rest)]
    return drawn + _drawn(spread, [seed + SEEDS_APART * rounds])


def _add_form(form: str, ending: str, about: Text) -> None:
    @export_command.command(form, about=about)
    @id_argument("names", nargs=-1, required=True, metavar="ID...")
    @count_option
    @seed_option
    @_output_option(f"studyapp.{ending}")
    @force_option
    @click.pass_obj
    def export_questions(
        context: Context, names: tuple[str, ...], count: int, seed: int, output: Path, force: bool
    ) -> None:
        _refuse_to_replace(output, context, force=force)
        library = load_library(context)
        questions = _drawn(exercises_named(library, names), range(seed, seed + count))
        titles = {topic.id: _titles(topic, library) for topic in library.topics}
        try:
            _write({output: to_moodle(questions, titles) if form == "moodle" else _package(questions, titles)})
        except ImportError:
            raise click.UsageError(NO_GENANKI()) from None
        echo(EXPORTED_QUESTIONS(count=len(questions), path=output))


for _form, (_ending, _about) in FORMS.items():
    if _form != "html":
        _add_form(_form, _ending, _about)


@export_command.command("pages", about=PAGES_HELP)
@id_argument("names", nargs=-1, metavar="[ID]...")
@seed_option
@option("-o", "--output", type=FOLDER, default="studyapp-pages", about=PAGES_OUTPUT_HELP)
@force_option
@click.pass_obj
def export_pages(context: Context, names: tuple[str, ...], seed: int, output: Path, force: bool) -> None:
    """Write pages as HTML, with a contents page."""
    library, service = load_library(context), Service()
    exercises_named(library, names)  # an unknown id ends the command
    wanted = {exercise.topic if (exercise := library.exercise(name)) else name for name in names}
    chapters = []
    for entry in library.topics:
        topic = service.topic(entry.source) if not wanted or entry.id in wanted else None
        if topic is not None:
            area, drawn = library.area_title(area_of(entry.id)), _drawn(entry.exercises, [seed])
            chapters.append(Chapter(topic, area, entry.source.folder, drawn))
    files = {output / name: text for name, text in to_pages(chapters, library.courses[0].title).items()}
    for path in files:
        _refuse_to_replace(path, context, force=force)
    output.mkdir(parents=True, exist_ok=True)
    _write(files)
    echo(EXPORTED_PAGES(count=len(chapters), path=output))


@export_command.command("results", about=RESULTS_HELP)
@_output_option("studyapp-results.csv")
@option("--answers", "typed", is_flag=True, about=ANSWERS_HELP)
@force_option
@click.pass_obj
def export_results(context: Context, output: Path, typed: bool, force: bool) -> None:
    """Write what was learned for a teacher."""
    if not context.has_history:
        fail(NO_HISTORY())
    _refuse_to_replace(output, context, force=force)
    with open_learner(context, load_library(context)) as history:
        results = history.results(typed=typed)
    # With a mark by which spreadsheets know the encoding.
    _write({output: "\ufeff" + results_csv(results, typed=typed)})
    echo(EXPORTED_RESULTS(count=len(results), path=output))


@export_command.command("history", about=HISTORY_HELP)
@click.argument("path", type=FILE)
@force_option
@click.pass_obj
def export_history(context: Context, path: Path, force: bool) -> None:
    """Write the learning history."""
    if not context.has_history:
        fail(NO_HISTORY())
    _refuse_to_replace(path, context, force=force)
    events = sound(export_log(context.data, path))
    echo(EXPORTED_EVENTS(count=events, path=path))


def _refuse_to_replace(path: Path, context: Context, *, force: bool) -> None:
    """End the command where a file is there already and not meant to be replaced, and always at the history itself."""
    log = context.data / "history.jsonl"
    if real(path) == real(log) or (path.exists() and log.exists() and path.samefile(log)):
        fail(OWN_HISTORY(path=path))
    if os.path.lexists(path) and not force:
        fail(FILE_EXISTS(path=path))


def _drawn(entries: Iterable[ExerciseEntry], seeds: Iterable[int]) -> list[Question]:
    service, questions, seeds = Service(), [], list(seeds)
    for entry in entries:
        for seed in seeds:
            question = draw(service, entry, seed)
            if question is None:
                sys.exit(1)
            questions.append(question)
    return questions


def _titles(topic: TopicEntry, library: Library) -> tuple[str, ...]:
    """Where the questions of a topic are put: its area, and itself."""
    return tuple(filter(None, (library.area_title(area_of(topic.id)), topic.title)))


def _package(questions: list[Question], titles: Names) -> bytes:
    with TemporaryDirectory() as folder:
        package = Path(folder) / "deck.apkg"
        to_anki(questions, titles, package)
        return package.read_bytes()


def _write(files: Mapping[Path, str | bytes]) -> None:
    """Write files; one that cannot be written ends the command."""
    try:
        for path, content in files.items():
            write_whole(path, content if isinstance(content, bytes) else content.encode("utf-8"))
    except OSError as error:
        fail(str(error))
