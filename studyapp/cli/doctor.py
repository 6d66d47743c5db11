"""`studyapp doctor`: what is in order, and what is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.lines import echo
from studyapp.cli.shapes import document
from studyapp.domain.place import Severity
from studyapp.domain.words import Words
from studyapp.history import backups, check_folder, verify_chain
from studyapp.study.settings import load_settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    message: str


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("doctor", help=said.summary("doctor"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
    @click.pass_obj
    def doctor(context: Context, as_json: bool) -> None:  # noqa: FBT001 — click gives options by name
        checks = list(_checks(context))
        well = all(check.ok for check in checks)
        if as_json:
            echo(document({"ok": well, "checks": [asdict(check) for check in checks]}))
        else:
            for check in checks:
                echo(f"{'○' if check.ok else '×'} {check.name}: {check.message}")
        sys.exit(not well)

    return doctor


def _checks(context: Context) -> Iterator[Check]:
    words, said = context.words, context.words.cli
    trouble = check_folder(context.data)
    where = said.data_folder.format(data=context.data, content=context.own_content)
    yield Check("folder", trouble is None, where if trouble is None else trouble.tell(words.history))
    yield _log(context)
    yield from _backups(context)
    _, troubles = load_settings(context.data)
    yield Check("settings", not troubles, " ".join(one.tell(words.study) for one in troubles) or said.in_order)
    errors = [one for one in load_library(context).complaints if one.severity == Severity.ERROR]
    yield Check("content", not errors, "\n".join(map(str, errors)) or said.in_order)


def _log(context: Context) -> Check:
    """The whole chain, event by event; a folder without a log is in order unless it had one."""
    log = context.data / "history.jsonl"
    if not log.exists():
        lost = bool(backups(context.data))
        words = context.words.history
        message = words.tell_lost(str(log), "backups") if lost else context.words.cli.no_history
        return Check("history", not lost, message)
    try:
        report = verify_chain(log)
    except OSError as error:
        return Check("history", ok=False, message=context.words.history.tell_not_readable(str(log), str(error)))
    if report.damage is not None:
        named = context.words.cli.damaged_event(report.damage.line, report.damage.event)
        return Check("history", ok=False, message=named)
    return Check("history", ok=True, message=context.words.cli.chain_holds(report.events))


def _backups(context: Context) -> Iterator[Check]:
    """Every copy of the log can be restored."""
    made = backups(context.data)
    bad = [one.path.name for one in made if not _holds(one.path)]
    message = context.words.cli.backups_hold(len(made)) if not bad else ", ".join(bad)
    yield Check("backups", not bad, message)


def _holds(path: Path) -> bool:
    try:
        return verify_chain(path).damage is None
    except OSError:
        return False
