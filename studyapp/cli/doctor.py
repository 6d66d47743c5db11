"""`studyapp doctor`: what is in order, and what is not; `--salvage` writes the history anew from what is sound."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from uuid import uuid4

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo
from studyapp.cli.shapes import document
from studyapp.domain.place import Severity
from studyapp.domain.words import Words
from studyapp.history.backups import LeftOut, Salvaged, salvage
from studyapp.history.chain import header_trouble, verify_chain
from studyapp.history.errors import Trouble
from studyapp.history.log import LOG
from studyapp.scheduling import study_day
from studyapp.study.checkup import Check, check_history
from studyapp.study.learner import memory_rules
from studyapp.study.settings import load_settings
from studyapp.study.troubles import describe


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("doctor", help=said.summary("doctor"))
    @click.option("--salvage", "to_salvage", is_flag=True, help=said.help("salvage"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
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
    words, now = context.words, context.clock()
    log = context.data / LOG
    whole = header_trouble(log) is None and (report := verify_chain(log)).damage is None
    result = Salvaged(report.events, (), None) if whole else salvage(context.data, now, study_day(now), str(uuid4()))
    if isinstance(result, Trouble):
        echo(describe(result, words.history), err=True)
        sys.exit(1)
    if not quiet:
        said = words.checkup
        if result.kept is None:
            echo(said.nothing_to_salvage)
        else:
            echo(said.counted("salvaged", result.events))
            echo(said.kept.format(path=result.kept))
        if result.missing:
            echo(said.counted("missing", len(result.missing)))
            for line in lines_left_out(result.missing, words):
                echo(line)
    return result


def lines_left_out(lines: tuple[LeftOut, ...], words: Words) -> list[str]:
    """A line for each line of a log that was not taken over."""
    reasons = words.history.left_out
    return words.checkup.lines_left_out([(one.line, reasons[one.reason], one.exercise, one.day) for one in lines])


def _shape(salvaged: Salvaged) -> dict[str, object]:
    missing = [{"line": one.line, "exercise": one.exercise, "day": one.day} for one in salvaged.missing]
    return {"events": salvaged.events, "missing": missing}


def _checks(context: Context) -> Iterator[Check]:
    words = context.words
    settings, troubles = load_settings(context.data)
    library = load_library(context)
    yield from check_history(context.data, memory_rules(library, settings.retention), context.clock(), words)
    sentences = " ".join(trouble.tell(words.study) for trouble in troubles)
    yield Check("settings", not troubles, sentences or words.cli.in_order)
    errors = [complaint for complaint in library.complaints if complaint.severity == Severity.ERROR]
    yield Check("content", not errors, "\n".join(map(str, errors)) or words.cli.in_order)
