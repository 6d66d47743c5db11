"""`studyapp exam`: a mock exam by line."""

from __future__ import annotations

import secrets
import sys

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library, tell_complaints
from studyapp.cli.examroom import ExamRoom, review, tell_result
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo
from studyapp.cli.saving import NOT_SAVED
from studyapp.domain.question import Question
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.kernel.requests import Draw
from studyapp.kernel.service import Service
from studyapp.study import mock
from studyapp.study.blueprint import draw_items, syllabus_of, with_conventions
from studyapp.study.entries import ExerciseEntry
from studyapp.study.exam import FULL, NO_ITEMS, SCOPE, SHORT, Exam, Length
from studyapp.study.library import Library
from studyapp.study.troubles import describe

SHORT_HELP = Text(ja="短縮版（36 問・25 分）", en="The short one: 36 items in 25 minutes")
RESULT_HELP = Text(ja="最後に受けた模試の結果を表示する", en="Show the result of the latest exam")
EXAM_SEED_HELP = Text(
    ja="出題を決める種（同じ種なら同じ問題）",
    en="Seed that decides the items (equal seeds, equal items)",
)
LENGTH = Text(
    ja="{items} 問・{minutes} 分。終わるまで正誤は表示しません。",
    en="{items} items in {minutes} minutes. Nothing is revealed before it is submitted.",
)
RESUMED = Text(ja="途中の模試を続けます。", en="The exam that was begun goes on.")
CLOSED_OVER = Text(
    ja="前の模試は、時間切れの時点の解答で提出しました。",
    en="The earlier exam was submitted with the answers given before its deadline.",
)
NO_EXAM = Text(ja="まだ模試を受けていません。", en="No exam was taken yet.")

SEEDS = 1_000_000


def command() -> click.Command:
    """The command in one language."""

    @click.command("exam", help=SUMMARIES["exam"]())
    @click.option("--short", is_flag=True, help=SHORT_HELP())
    @click.option("--result", is_flag=True, help=RESULT_HELP())
    @click.option("--seed", type=int, help=EXAM_SEED_HELP())
    @click.pass_obj
    def exam(
        context: Context,
        short: bool,
        result: bool,
        seed: int | None,
    ) -> None:
        library = load_library(context)
        tell_complaints(library)
        with open_learner(context, library) as history:
            try:
                found = mock.latest(history)
                if found is not None and mock.is_to_be_closed(found, context.clock()):
                    echo(CLOSED_OVER())
                    _tell_last(mock.submit(history, found, context.clock()), context)
                    return
                if result:
                    _tell_last(found, context)
                    return
                if found is None or found.submitted is not None:
                    drawn = secrets.randbelow(SEEDS) if seed is None else seed
                    found = _begun(context, library, history, SHORT if short else FULL, drawn)
                else:
                    mock.hold(history, found, context.clock())
                    echo(RESUMED())
                    echo(SCOPE(items=", ".join(map(str, found.syllabus))))
                ExamRoom(context, history, found).run()
            except NotSavedError as error:
                echo(f"{NOT_SAVED()} {describe(error)}", err=True)
                sys.exit(1)

    return exam


def _begun(context: Context, library: Library, history: History, length: Length, drawn: int) -> Exam:
    """Begin an exam and print its scope and length."""
    service = Service()

    def draw(entry: ExerciseEntry, number: int) -> Question | None:
        return with_conventions(service.answer(Draw(entry.source, entry.id, number)))

    items = draw_items(library, length.items, draw, drawn)
    if not items:
        echo(NO_ITEMS(), err=True)
        sys.exit(1)
    minutes = mock.minutes_for(length, len(items))
    echo(SCOPE(items=", ".join(map(str, syllabus_of(library)))))
    echo(LENGTH(items=len(items), minutes=minutes))
    return mock.begin(history, items, syllabus_of(library), minutes, context.clock())


def _tell_last(found: Exam | None, context: Context) -> None:
    if found is None or found.submitted is None:
        echo(NO_EXAM())
    else:
        tell_result(found)
        review(found, context)
