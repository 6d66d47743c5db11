"""`studyapp exam`: a mock exam by line."""

from __future__ import annotations

import secrets
import sys

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library, tell_complaints
from studyapp.cli.examroom import ExamRoom, review, tell_result
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo
from studyapp.domain.question import Question
from studyapp.domain.words import Words
from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.kernel.requests import Draw
from studyapp.kernel.service import Service
from studyapp.study import mock
from studyapp.study.blueprint import draw_items, syllabus_of, with_conventions
from studyapp.study.entries import ExerciseEntry
from studyapp.study.exam import FULL, SHORT, Exam, Length
from studyapp.study.library import Library
from studyapp.study.troubles import describe

SEEDS = 1_000_000


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("exam", help=said.summary("exam"))
    @click.option("--short", is_flag=True, help=said.help("short"))
    @click.option("--result", is_flag=True, help=said.help("result"))
    @click.option("--seed", type=int, help=said.help("exam_seed"))
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
                    echo(words.exam.closed_over)
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
                    echo(words.exam.resumed)
                    echo(words.exam.covers(found.syllabus))
                ExamRoom(context, history, found).run()
            except NotSavedError as error:
                echo(f"{said.not_saved} {describe(error, words.history)}", err=True)
                sys.exit(1)

    return exam


def _begun(context: Context, library: Library, history: History, length: Length, drawn: int) -> Exam:
    """A new exam, its scope and length told."""
    words, service = context.words, Service()

    def draw(entry: ExerciseEntry, number: int) -> Question | None:
        return with_conventions(service.answer(Draw(entry.source, entry.id, number)), words.asking)

    items = draw_items(library, length.items, draw, drawn)
    if not items:
        echo(words.exam.no_items, err=True)
        sys.exit(1)
    minutes = mock.minutes_for(length, len(items))
    echo(words.exam.covers(syllabus_of(library)))
    echo(words.exam.sized(len(items), minutes))
    return mock.begin(history, items, syllabus_of(library), minutes, context.clock())


def _tell_last(found: Exam | None, context: Context) -> None:
    if found is None or found.submitted is None:
        echo(context.words.exam.no_exam)
    else:
        tell_result(found, context)
        review(found, context)
