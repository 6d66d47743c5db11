"""A reported question, drawn and graded again beside what its learner saw."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library, refuse_unknown
from studyapp.cli.lines import echo
from studyapp.cli.shapes import document, question_shape, verdict_shape
from studyapp.cli.shown import full_text
from studyapp.cli.undrawn import tell_undrawable
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.text import Text, language, speaking
from studyapp.domain.verdict import Verdict
from studyapp.kernel.requests import Draw, Grade
from studyapp.kernel.service import Service
from studyapp.study.report import Report, read_report, shown_options

UNREADABLE = Text(ja="{path} は報告として読めません（{detail}）。", en="{path} cannot be read as a report ({detail}).")
THEN = Text(ja="報告したとき:", en="When it was reported:")
NOW = Text(ja="今の採点:", en="Graded now:")
NOTHING_TYPED = Text(ja="（まだ何も入力していません）", en="(nothing typed yet)")
OTHER_VERSION = Text(
    ja="報告のあとで、この練習のページが変わっています。",
    en="The page of this exercise has changed since the report.",
)
OTHER_QUESTION = Text(
    ja="今のページからは、報告とは違う問題ができます。",
    en="The page now gives another question than the reported one.",
)


def show_report(context: Context, path: Path, *, with_key: bool, as_json: bool) -> None:
    """Print the question of a report, its answer, and the verdict on it then and now.

    The command ends with 2 where the file is no report, with 1 where the question is not the reported one any more.
    """
    report = read_report(path)
    if isinstance(report, str):
        raise click.UsageError(UNREADABLE(path=str(path), detail=report))
    with speaking(report.language):
        library = load_library(context)
    entry = library.exercise(report.exercise)
    if entry is None:
        refuse_unknown(report.exercise, library.nearest(report.exercise, exercises_only=True))
    service = Service()
    drawn = service.answer(Draw(entry.source, entry.id, report.seed))
    if isinstance(drawn, Undrawable):
        tell_undrawable(drawn)
        sys.exit(1)
    now = _judged(report, drawn, service)
    same = (drawn.prompt, shown_options(drawn)) == (report.prompt, report.options)
    if as_json:
        about = {"version": report.version, "same_version": drawn.version == report.version, "same_question": same}
        answer = {"answer": report.answer, "then": report.verdict or None, "now": now and verdict_shape(now)}
        echo(document(question_shape(drawn, with_key=with_key) | {"report": about | answer}))
    else:
        with speaking(report.language):
            echo(full_text(drawn, context, with_key=with_key))
        echo("\n".join(_lines(report, now)))
    if drawn.version != report.version:
        echo(OTHER_VERSION(), err=True)
    if not same:
        echo(OTHER_QUESTION(), err=True)
    sys.exit(not same)


def _judged(report: Report, drawn: Question, service: Service) -> Verdict | None:
    """The verdict on the reported answer now; None where nothing was typed, or its step is gone."""
    if not report.answer.strip() or (report.step is not None) != bool(drawn.steps):
        return None
    if report.step is not None and not len(report.earlier) == report.step < len(drawn.steps):
        return None
    return service.answer(Grade(drawn, report.answer, language(), report.step, report.earlier))


def _lines(report: Report, now: Verdict | None) -> list[str]:
    answer = report.answer if report.answer.strip() else NOTHING_TYPED()
    where = f"({report.step + 1}) " if report.step is not None else ""
    lines = [f"{THEN()} {where}{answer}{f'  →  {report.reading}' if report.reading else ''}"]
    if report.verdict:
        lines.append(f"  {_judgement(report.verdict, report.mistake, report.message)}")
    if now is not None:
        lines.append(f"{NOW()} {_judgement(now.outcome.value, now.mistake or '', now.message)}")
    return lines


def _judgement(verdict: str, mistake: str, message: str) -> str:
    """A verdict with its sentence; the mistake's name only where there is none."""
    return f"{verdict} {message or mistake}".rstrip()
