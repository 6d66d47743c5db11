"""`studyapp doctor`: what is in order, and what is not; `--salvage` writes the history anew from what is sound."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from uuid import uuid4

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo
from studyapp.cli.options import JSON_HELP
from studyapp.cli.shapes import document
from studyapp.domain.place import Severity
from studyapp.domain.text import Text
from studyapp.history.backups import LeftOut, Salvaged, salvage
from studyapp.history.chain import header_trouble, verify_chain
from studyapp.history.errors import Trouble
from studyapp.history.log import LOG
from studyapp.scheduling import study_day
from studyapp.study.checkup import IN_ORDER, Check, check_history
from studyapp.study.learner import memory_rules
from studyapp.study.settings import load_settings
from studyapp.study.troubles import describe

LINE = Text(ja="  {line} 行目: {reason}（{about}）", en="  line {line}: {reason} ({about})")
SALVAGED = Text(
    ja="壊れていない記録 {count} 件で書き直しました。",
    en="The history was written anew from {count} undamaged event.|The history was written anew from {count} "
    "undamaged events.",
)
MISSING = Text(ja="失われた記録が {count} 件あります。", en="{count} event is missing:|{count} events are missing:")
KEPT = Text(ja="元のファイルは {path} に残してあります。", en="The earlier file is kept as {path}.")
NOTHING_TO_SALVAGE = Text(ja="記録に壊れたところはありません。", en="The history has no damage.")
SALVAGE_HELP = Text(
    ja="壊れていない記録をすべて取り出し、新しく書き直す（元のファイルは残す）",
    en="Write the history anew from every undamaged event; the damaged file is kept",
)
LEFT_OUT = {
    "damaged": Text(ja="壊れています", en="damaged"),
    "torn": Text(ja="途中で切れています", en="cut off in the middle"),
    "shape": Text(ja="解答の形をしていません", en="not an event of a history"),
    "moment": Text(ja="ありえない日付か時刻です", en="an impossible day or moment"),
    "future": Text(ja="未来の日付です", en="in the future"),
}


def command() -> click.Command:
    """The command in one language."""

    @click.command("doctor", help=SUMMARIES["doctor"]())
    @click.option("--salvage", "to_salvage", is_flag=True, help=SALVAGE_HELP())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.pass_obj
    def doctor(
        context: Context,
        to_salvage: bool,
        as_json: bool,
    ) -> None:
        salvaged = _salvaged(context, quiet=as_json) if to_salvage else None
        checks = []
        for check in _checks(context):
            checks.append(check)
            if not as_json:  # each as it is known: a long history takes minutes
                echo(f"{'○' if check.ok else '×'} {check.name}: {check.message}")
        well = all(check.ok for check in checks)
        if as_json:
            report = {"ok": well, "checks": [asdict(check) for check in checks]}
            echo(document(report if salvaged is None else report | {"salvaged": _shape(salvaged)}))
        sys.exit(not well)

    return doctor


def _salvaged(context: Context, *, quiet: bool) -> Salvaged:
    now = context.clock()
    log = context.data / LOG
    whole = header_trouble(log) is None and (report := verify_chain(log)).damage is None
    result = Salvaged(report.events, (), None) if whole else salvage(context.data, now, study_day(now), str(uuid4()))
    if isinstance(result, Trouble):
        echo(describe(result), err=True)
        sys.exit(1)
    if not quiet:
        if result.kept is None:
            echo(NOTHING_TO_SALVAGE())
        else:
            echo(SALVAGED(count=result.events))
            echo(KEPT(path=result.kept))
        if result.missing:
            echo(MISSING(count=len(result.missing)))
            for line in lines_left_out(result.missing):
                echo(line)
    return result


def lines_left_out(lines: tuple[LeftOut, ...]) -> list[str]:
    """A line for each line of a log that was not taken over."""
    return lines_left_out_text([(one.line, LEFT_OUT[one.reason](), one.exercise, one.day) for one in lines])


def _shape(salvaged: Salvaged) -> dict[str, object]:
    missing = [{"line": one.line, "exercise": one.exercise, "day": one.day} for one in salvaged.missing]
    return {"events": salvaged.events, "missing": missing}


def _checks(context: Context) -> Iterator[Check]:
    settings, troubles = load_settings(context.data)
    library = load_library(context)
    yield from check_history(context.data, memory_rules(library, settings.retention), context.clock())
    sentences = " ".join(trouble.tell() for trouble in troubles)
    yield Check("settings", not troubles, sentences or IN_ORDER())
    errors = [complaint for complaint in library.complaints if complaint.severity == Severity.ERROR]
    yield Check("content", not errors, "\n".join(map(str, errors)) or IN_ORDER())


def lines_left_out_text(lines: Sequence[tuple[int, str, str, str]]) -> list[str]:
    """A line each: its number, why it was left out, and exercise and day as far as they are known."""
    return [
        LINE(line=number, reason=reason, about=" ".join(filter(None, (exercise, day))) or "?")
        for number, reason, exercise, day in lines
    ]
