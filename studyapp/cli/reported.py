"""A reported question, drawn and graded again beside what its learner saw."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library, refuse_unknown
from studyapp.cli.lines import echo
from studyapp.cli.shapes import document, question_shape, verdict_shape
from studyapp.cli.shown import full_text
from studyapp.cli.undrawn import tell_undrawable
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.verdict import Verdict
from studyapp.domain.words import Words, words_for
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.study.report import Report, read_report, shown_options


def show_report(context: Context, path: Path, *, with_key: bool, as_json: bool) -> None:
    """Print the question of a report, its answer, and the verdict on it then and now.

    The command ends with 2 where the file is no report, with 1 where the question is not the reported one any more.
    """
    report = read_report(path)
    if isinstance(report, str):
        raise click.UsageError(context.words.report.not_read(str(path), report))
    spoken = replace(context, words=words_for(report.language))
    library = load_library(spoken)
    entry = library.exercise(report.exercise)
    if entry is None:
        refuse_unknown(report.exercise, library.nearest(report.exercise, exercises_only=True), context)
    service = Service()
    drawn = service.answer(Draw(entry.source, entry.id, report.seed))
    if isinstance(drawn, Undrawable):
        tell_undrawable(drawn, context)
        sys.exit(1)
    now = _judged(report, drawn, service, context.words)
    same = (drawn.prompt, shown_options(drawn)) == (report.prompt, report.options)
    if as_json:
        told = {"version": report.version, "same_version": drawn.version == report.version, "same_question": same}
        answer = {"answer": report.answer, "then": report.verdict or None, "now": now and verdict_shape(now)}
        echo(document(question_shape(drawn, with_key=with_key) | {"report": told | answer}))
    else:
        echo(full_text(drawn, spoken, with_key=with_key))
        echo("\n".join(_lines(report, now, context.words)))
    if drawn.version != report.version:
        echo(context.words.report.other_version, err=True)
    if not same:
        echo(context.words.report.other_question, err=True)
    sys.exit(not same)


def _judged(report: Report, drawn: Question, service: Service, words: Words) -> Verdict | None:
    """The verdict on the reported answer now; None where nothing was typed, or its step is gone."""
    if not report.answer.strip() or (report.step is not None) != bool(drawn.steps):
        return None
    if report.step is not None and not len(report.earlier) == report.step < len(drawn.steps):
        return None
    return service.answer(Grade(drawn, report.answer, words.code, report.step, report.earlier))


def _lines(report: Report, now: Verdict | None, words: Words) -> list[str]:
    said = words.report
    answer = report.answer if report.answer.strip() else said.nothing_typed
    where = f"({report.step + 1}) " if report.step is not None else ""
    lines = [f"{said.then} {where}{answer}{f'  →  {report.reading}' if report.reading else ''}"]
    if report.verdict:
        lines.append(f"  {_judgement(report.verdict, report.mistake, report.message)}")
    if now is not None:
        lines.append(f"{said.now} {_judgement(now.outcome.value, now.mistake or '', now.message)}")
    return lines


def _judgement(verdict: str, mistake: str, message: str) -> str:
    """A verdict with its sentence; the mistake's name only where there is none."""
    return f"{verdict} {message or mistake}".rstrip()
