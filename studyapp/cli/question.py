"""`studyapp question ID`: questions of an exercise, a topic or a report, as text or JSON."""

import sys
import time
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any

import click

from studyapp.cli.commands import COUNT, command, json_option, option, seed_option, timing_option
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, id_argument, load_library
from studyapp.cli.lines import echo, echo_json, fail, with_ms
from studyapp.cli.shown import draw, full_text, image_files
from studyapp.domain.question import (
    KINDS,
    AnswerKey,
    ChoiceKey,
    CodeKey,
    ExpressionKey,
    NumberKey,
    OrderKey,
    Question,
    Step,
    TermKey,
    VectorKey,
)
from studyapp.domain.text import Text, language, speaking
from studyapp.domain.verdict import Verdict
from studyapp.grading.verdicts import in_words
from studyapp.kernel.requests import Grade
from studyapp.kernel.service import Service
from studyapp.study.report import Report, read_report, shown_options
from studyapp.study.searching import unknown

WITH_KEY_HELP = Text(ja="正答・想定した誤答・解き方も出す", en="Also give the key, the known mistakes and the answer")
REPORT_HELP = Text(
    ja="画面の R が書いた報告の問題を、もう一度作る", en="Draw the question of a report that R wrote in the app"
)
NEEDS_ONE = Text(
    ja="練習の id か --report のどちらか一方を指定してください。", en="Give either the id of an exercise or --report."
)
UNREADABLE = Text(ja="{path} は報告として読めません（{detail}）。", en="{path} cannot be read as a report ({detail}).")
THEN = Text(ja="報告したとき:", en="When it was reported:")
NOW = Text(ja="今の採点:", en="Graded now:")
NOTHING_TYPED = Text(ja="（まだ何も入力していません）", en="(nothing typed yet)")
OTHER_VERSION = Text(
    ja="報告のあとで、この練習のページが変わっています。", en="The page of this exercise has changed since the report."
)
OTHER_QUESTION = Text(
    ja="今のページからは、報告とは違う問題ができます。", en="The page now gives another question than the reported one."
)


@command("question")
@id_argument("name", required=False, metavar="[ID]")
@seed_option
@option("--count", type=click.IntRange(min=1, max=10_000), about=COUNT)
@option("--report", type=click.Path(path_type=Path, exists=True, dir_okay=False), about=REPORT_HELP)
@option("--with-key", is_flag=True, about=WITH_KEY_HELP)
@json_option
@timing_option
def question_command(
    context: Context,
    name: str | None,
    seed: int,
    count: int | None,
    report: Path | None,
    with_key: bool,
    as_json: bool,
    timing: bool,
) -> None:
    """Print questions; exit with 1 where one cannot be drawn."""
    if (name is None) == (report is None) or (report is not None and count is not None):
        raise click.UsageError(NEEDS_ONE())
    if report is not None:
        _show_report(context, report, with_key=with_key, as_json=as_json)
        return
    assert name is not None
    library, service = load_library(context), Service()
    shapes, undrawn = [], False
    for entry, number in product(exercises_named(library, [name]), range(seed, seed + (count or 1))):
        started = time.perf_counter()
        question = draw(service, entry, number)
        if question is None:
            undrawn = True
        elif as_json:
            shapes.append(with_ms(_question_shape(question, with_key=with_key), started, timing=timing))
        else:
            echo(full_text(question, context, with_key=with_key))
    if as_json and (shapes or not undrawn):
        echo_json(shapes[0] if count is None and library.topic(name) is None else shapes)
    sys.exit(undrawn)


def _show_report(context: Context, path: Path, *, with_key: bool, as_json: bool) -> None:
    """Print the question of a report with the verdicts then and now; exit with 1 where the page gives another one."""
    report = read_report(path)
    if isinstance(report, str):
        raise click.UsageError(UNREADABLE(path=path, detail=report))
    with speaking(report.language):
        library = load_library(context)
    entry = library.exercise(report.exercise)
    if entry is None:
        fail(unknown(report.exercise, library.nearest(report.exercise, exercises_only=True)), 2)
    service = Service()
    question = draw(service, entry, report.seed)
    if question is None:
        sys.exit(1)
    now = _graded(report, question, service)
    same_version = question.version == report.version
    same = (question.prompt, shown_options(question)) == (report.prompt, report.options)
    if as_json:
        about = {"version": report.version, "same_version": same_version, "same_question": same}
        answer = {"answer": report.answer, "then": report.verdict or None, "now": now and verdict_shape(now)}
        echo_json(_question_shape(question, with_key=with_key) | {"report": about | answer})
    else:
        with speaking(report.language):
            echo(full_text(question, context, with_key=with_key))
        echo(_verdicts(report, now))
    if not same_version:
        echo(OTHER_VERSION(), err=True)
    if not same:
        echo(OTHER_QUESTION(), err=True)
    sys.exit(not same)


def _graded(report: Report, question: Question, service: Service) -> Verdict | None:
    """The verdict on the reported answer now; None where nothing was typed, or its step is gone."""
    if not report.answer.strip() or (report.step is not None) != bool(question.steps):
        return None
    if report.step is not None and not len(report.earlier) == report.step < len(question.steps):
        return None
    return service.answer(Grade(question, report.answer, language(), report.step, report.earlier))


def _verdicts(report: Report, now: Verdict | None) -> str:
    """What was answered, and what is said of it; a mistake's name only where it has no sentence."""
    answer = report.answer if report.answer.strip() else NOTHING_TYPED()
    step = f"({report.step + 1}) " if report.step is not None else ""
    lines = [f"{THEN()} {step}{answer}{f'  →  {report.reading}' if report.reading else ''}"]
    if report.verdict:
        lines.append(f"  {report.verdict} {report.message or report.mistake}".rstrip())
    if now is not None:
        lines.append(f"{NOW()} {now.outcome} {now.message or now.mistake or ''}".rstrip())
    return "\n".join(lines)


def _question_shape(question: Question, *, with_key: bool) -> dict[str, Any]:
    """A question; its key, its known mistakes and its answer only when asked for."""
    asks = "\n".join(
        "\n".join([f"{number}. {step.ask}", *(f"   {option.label}) {option.text}" for option in step.options)])
        for number, step in enumerate(question.steps, 1)
    )
    shape: dict[str, Any] = {
        "exercise": question.exercise,
        "skill": question.skill,
        "seed": question.seed,
        "kind": question.kind.value,
        "prompt": f"{question.prompt}\n\n{asks}" if asks else question.prompt,
        "values": question.values,
    }
    if question.options:
        shape["options"] = [{"label": option.label, "text": option.text} for option in question.options]
    if images := [{"text": text, "file": str(file)} for text, file in image_files(question)]:
        shape["images"] = images
    if question.network is not None:
        shape["network"] = question.network
    if with_key and question.steps:
        shape["steps"] = [_step_shape(step) for step in question.steps]
    if with_key:
        shape["key"] = _key_shape(question.key)
        shape["mistakes"] = _mistakes(question)
        shape["answer"] = question.answer
    return shape


def _step_shape(step: Step) -> dict[str, Any]:
    named: dict[str, Any] = {"name": step.label.strip("()")} if step.label else {}
    named |= {"target": step.target} if step.target else {}
    if step.options:
        named["options"] = [{"label": option.label, "text": option.text} for option in step.options]
    facts = {"answer": step.answer, "skill": step.skill, "key": _key_shape(step.key)}
    return {
        "ask": step.ask,
        "kind": KINDS[type(step.key)].value,
        **named,
        **facts,
        "mistakes": _mistakes(step),
    }


def _mistakes(asked: Question | Step) -> dict[str, str]:
    return {mistake.name: mistake.answer for mistake in asked.mistakes}


def _key_shape(key: AnswerKey) -> object:
    """A key as `grade` requests take it."""
    match key:
        case NumberKey(exact):
            return exact
        case VectorKey(exact, columns=0):
            return list(exact)
        case VectorKey(exact, columns=columns):
            return [list(exact[start : start + columns]) for start in range(0, len(exact), columns)]
        case ExpressionKey(reference):
            return reference
        case CodeKey(reference, arrays, given):
            return {"reference": reference, "arrays": arrays, **({"given": given} if given else {})}
        case ChoiceKey(_, right) | OrderKey(right):
            return list(right)
        case TermKey():
            return asdict(key)


def verdict_shape(verdict: Verdict) -> dict[str, Any]:
    """The reply to a `grade` request."""
    shape = asdict(replace(verdict, message=in_words(verdict)))
    del shape["value"]
    return {"verdict": shape.pop("outcome").value, **shape}
