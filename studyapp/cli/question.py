"""`studyapp question ID`: questions of an exercise, or of every exercise of a topic, as text or JSON."""

from __future__ import annotations

import sys
import time
from itertools import product
from pathlib import Path
from typing import Any

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import exercises_named, load_library
from studyapp.cli.lines import echo
from studyapp.cli.options import COUNT_HELP, JSON_HELP, SEED_HELP, TIMING_HELP
from studyapp.cli.reported import show_report
from studyapp.cli.shapes import document, question_shape
from studyapp.cli.shown import full_text
from studyapp.cli.undrawn import tell_undrawable
from studyapp.domain.question import Undrawable
from studyapp.domain.text import Text
from studyapp.kernel.requests import Draw
from studyapp.kernel.service import Service

WITH_KEY_HELP = Text(ja="正答・想定した誤答・解き方も出す", en="Also give the key, the known mistakes and the answer")
REPORT_HELP = Text(
    ja="画面の R が書いた報告の問題を、もう一度作る",
    en="Draw the question of a report that R wrote in the app",
)
NEEDS_ONE = Text(
    ja="練習の id か --report のどちらか一方を指定してください。",
    en="Give either the id of an exercise or --report.",
)


def command() -> click.Command:
    """The command in one language."""

    @click.command("question", help=SUMMARIES["question"]())
    @click.argument("name", required=False, metavar="[ID]")
    @click.option("--seed", type=int, default=0, show_default=True, help=SEED_HELP())
    @click.option("--count", type=click.IntRange(min=1, max=10_000), help=COUNT_HELP())
    @click.option("--report", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=REPORT_HELP())
    @click.option("--with-key", is_flag=True, help=WITH_KEY_HELP())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.option("--timing", is_flag=True, help=TIMING_HELP())
    @click.pass_obj
    def question(
        context: Context,
        name: str | None,
        seed: int,
        count: int | None,
        report: Path | None,
        with_key: bool,
        as_json: bool,
        timing: bool,
    ) -> None:
        if name is None or report is not None:
            if report is None or name is not None or count is not None:
                raise click.UsageError(NEEDS_ONE())
            show_report(context, report, with_key=with_key, as_json=as_json)
            return
        library = load_library(context)
        entries = exercises_named(library, [name])
        service = Service()
        shapes: list[dict[str, Any]] = []
        undrawn = 0
        for entry, number in product(entries, range(seed, seed + (count or 1))):
            started = time.perf_counter()
            drawn = service.answer(Draw(entry.source, entry.id, number))
            if isinstance(drawn, Undrawable):
                tell_undrawable(drawn)
                undrawn += 1
                continue
            if not as_json:
                echo(full_text(drawn, context, with_key=with_key))
                continue
            shape = question_shape(drawn, with_key=with_key)
            if timing:
                shape["ms"] = round(1000 * (time.perf_counter() - started), 3)
            shapes.append(shape)
        if as_json and (shapes or not undrawn):
            echo(document(shapes[0] if count is None and library.topic(name) is None else shapes))
        sys.exit(bool(undrawn))

    return question
