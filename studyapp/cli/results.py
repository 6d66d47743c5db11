"""`studyapp class`: the results of a class, summed up."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from studyapp.cli.commands import command, option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo, fail
from studyapp.cli.shown import sentence_text
from studyapp.domain.record import Result
from studyapp.domain.text import Text
from studyapp.study.library import Library
from studyapp.study.results import SkillSum, read_results, summed, summed_csv
from studyapp.study.slips import Slip, mistake_sentences
from studyapp.typeset.width import cells, pad

CSV_HELP = Text(ja="表ではなく CSV を標準出力に書く", en="Print CSV on standard output instead of a table")
NO_RESULTS = Text(
    ja="{path} に結果のファイルがありません。学ぶ人が studyapp export results で作った CSV を入れてください。",
    en="There are no results in {path}. Put the CSV files there that learners make with studyapp export results.",
)
NOT_RESULTS = Text(
    ja="{path} は studyapp export results のファイルではないため、数えません。",
    en="{path} is no file of studyapp export results, and is not counted.",
)
HEAD = (
    Text(ja="技能", en="skill"),
    Text(ja="人数", en="learners"),
    Text(ja="解答", en="answers"),
    Text(ja="正答率", en="right"),
)
MISTAKE_ROW = Text(
    ja="    {sentence}（{mistake}）: {learners} 人、{times} 回",
    en="    {sentence} ({mistake}): {times} times, by {learners}",
)
MOST_FREQUENT = 3  # mistakes of a skill in the table


@command("class")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@option("--csv", "as_csv", is_flag=True, about=CSV_HELP)
def class_command(context: Context, folder: Path, as_csv: bool) -> None:
    """Print the sums of the files in a folder; exit with 1 where one of them is no file of results."""
    learners: dict[str, Sequence[Result]] = {}
    refused = False
    for path in sorted(folder.glob("*.csv")):
        results = read_results(path)
        if results is None:
            echo(NOT_RESULTS(path=path), err=True)
            refused = True
        else:
            learners[path.stem] = results
    if not learners:
        fail(NO_RESULTS(path=folder))
    sums = summed(learners)
    if as_csv:
        echo(summed_csv(sums), nl=False)
    else:
        echo("\n".join(_table(sums, load_library(context), context)))
    sys.exit(refused)


def _table(sums: Sequence[SkillSum], library: Library, context: Context) -> Iterator[str]:
    met = {
        (one.skill, slip.mistake): Slip(one.skill, slip.exercise, slip.topic, slip.mistake, slip.times, date.min)
        for one in sums
        for slip in one.mistakes[:MOST_FREQUENT]
    }
    sentences = mistake_sentences(list(met.values()), library)
    rows = [tuple(head() for head in HEAD)]
    rows += [(one.skill, f"{one.learners}", f"{one.answers}", f"{one.right / one.answers:.0%}") for one in sums]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "  ".join(pad(cell, widths[at], "right" if at else "left") for at, cell in enumerate(row))
        for slip in sums[number - 1].mistakes[:MOST_FREQUENT] if number else ():
            sentence = sentence_text(sentences[met[sums[number - 1].skill, slip.mistake]], context)
            yield MISTAKE_ROW(sentence=sentence, mistake=slip.mistake, learners=slip.learners, times=slip.times)
