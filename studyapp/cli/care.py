"""`studyapp doctor`, `backup`, `restore` and `import history`: the history checked, copied, put back, taken in."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

import click

from studyapp.cli.commands import COMMANDS, Group, command, json_option, option
from studyapp.cli.context import Context, shipped_content
from studyapp.cli.course import load_library
from studyapp.cli.courses import vanished_exercises, vanished_text
from studyapp.cli.learner import sound
from studyapp.cli.lines import echo, echo_json, fail
from studyapp.domain.place import Severity
from studyapp.domain.text import Text
from studyapp.history.backups import LeftOut, Salvaged, back_up, backups, merge, restore, salvage
from studyapp.history.chain import header_trouble, verify_chain
from studyapp.history.log import LOG
from studyapp.scheduling import study_day
from studyapp.study.checkup import IN_ORDER, Check, check_history
from studyapp.study.courses import courses_at_hand
from studyapp.study.learner import memory_rules
from studyapp.study.settings import load_settings

LINE = Text(ja="  {line} 行目: {reason}（{about}）", en="  line {line}: {reason} ({about})")
REASONS = {
    "damaged": Text(ja="壊れています", en="damaged"),
    "torn": Text(ja="途中で切れています", en="cut off in the middle"),
    "shape": Text(ja="解答の形をしていません", en="not an event of a history"),
    "moment": Text(ja="ありえない日付か時刻です", en="an impossible day or moment"),
    "future": Text(ja="未来の日付です", en="in the future"),
}
SALVAGE_HELP = Text(
    ja="壊れていない記録をすべて取り出し、新しく書き直す（元のファイルは残す）",
    en="Write the history anew from every undamaged event; the damaged file is kept",
)
SALVAGED = Text(
    ja="壊れていない記録 {count} 件で書き直しました。",
    en="The history was written anew from {count} undamaged event.|The history was written anew from {count} "
    "undamaged events.",
)
MISSING = Text(ja="失われた記録が {count} 件あります。", en="{count} event is missing:|{count} events are missing:")
KEPT = Text(ja="元のファイルは {path} に残してあります。", en="The earlier file is kept as {path}.")
NOTHING_TO_SALVAGE = Text(ja="記録に壊れたところはありません。", en="The history has no damage.")
RESTORED = Text(
    ja="{count} 件の記録を戻しました。元の記録は backups フォルダーに残してあります。",
    en="{count} event was put back. What was there before is kept in the backups folder.|{count} events were put "
    "back. What was there before is kept in the backups folder.",
)
RESTORED_TORN = Text(
    ja="控えの最後の 1 行は途中で切れていたので、入っていません。",
    en="The last line of the copy was cut off in the middle and is not part of it.",
)
LACKS = Text(
    ja="元の記録にあって控えにない解答が {count} 件あります（{first} から {last}）。",
    en="{count} answer of the history that was replaced is not in the copy ({first}).|{count} answers of the "
    "history that was replaced are not in the copy ({first} to {last}).",
)
NAME_A_BACKUP = Text(ja="戻す控えのパスを指定してください。", en="Name the backup to put back.")
MERGED = Text(
    ja="{count} 件を取り込みました（{known} 件は取り込み済み）。",
    en="{count} event was taken in ({known} known already).|{count} events were taken in ({known} known already).",
)
LEFT_OUT = Text(
    ja="取り込まなかった行が {count} 行あります。", en="{count} line was left out:|{count} lines were left out:"
)


@command("doctor")
@option("--salvage", "to_salvage", is_flag=True, about=SALVAGE_HELP)
@json_option
def doctor_command(context: Context, to_salvage: bool, as_json: bool) -> None:
    """Print what is in order and what is not; exit with 1 where something is not."""
    salvaged = _salvaged(context) if to_salvage else None
    if salvaged is not None and not as_json:
        _show_salvaged(salvaged)
    checks = []
    for check in _checks(context):
        checks.append(check)
        if not as_json:  # each as it is known: a long history takes minutes
            echo(f"{'○' if check.ok else '×'} {check.name}: {check.message}")
    well = all(check.ok for check in checks)
    if as_json:
        report: dict[str, object] = {"ok": well, "checks": [asdict(check) for check in checks]}
        if salvaged is not None:
            missing = [{"line": line.line, "exercise": line.exercise, "day": line.day} for line in salvaged.missing]
            report["salvaged"] = {"events": salvaged.events, "missing": missing}
        echo_json(report)
    sys.exit(not well)


def _salvaged(context: Context) -> Salvaged:
    """The history written anew where it is damaged; what it holds where it is not."""
    now, log = context.clock(), context.data / LOG
    if header_trouble(log) is None and (report := verify_chain(log)).damage is None:
        return Salvaged(report.events, (), None)
    return sound(salvage(context.data, now, study_day(now), str(uuid4())))


def _show_salvaged(salvaged: Salvaged) -> None:
    if salvaged.kept is None:
        echo(NOTHING_TO_SALVAGE())
    else:
        echo(SALVAGED(count=salvaged.events))
        echo(KEPT(path=salvaged.kept))
    if salvaged.missing:
        echo(MISSING(count=len(salvaged.missing)))
        echo(_lines(salvaged.missing))


def _lines(lines: Sequence[LeftOut]) -> str:
    """A line for each line of a log that was not taken over; exercise and day as far as they are known."""
    return "\n".join(
        LINE(line=line.line, reason=REASONS[line.reason](), about=f"{line.exercise} {line.day}".strip() or "?")
        for line in lines
    )


def _checks(context: Context) -> Iterator[Check]:
    settings, troubles = load_settings(context.data)
    library = load_library(context)
    sound_so_far = True
    for check in check_history(context.data, memory_rules(library, settings), context.clock()):
        sound_so_far &= check.ok
        yield check
    sentences = " ".join(map(str, troubles))
    yield Check("settings", not troubles, sentences or IN_ORDER())
    errors = [complaint for complaint in library.complaints if complaint.severity == Severity.ERROR]
    yield Check("content", not errors, "\n".join(map(str, errors)) or IN_ORDER())
    at_hand = courses_at_hand(context.data, shipped_content())
    yield Check("courses", ok=True, message=", ".join(f"{course.name} ({course.folder})" for course in at_hand))
    if sound_so_far:  # else the history cannot be opened
        vanished = vanished_text(vanished_exercises(context, library), library)
        yield Check("exercises", not vanished, vanished or IN_ORDER())


@command("backup")
def backup_command(context: Context) -> None:
    """Copy the history, and print where the copy is."""
    echo(str(sound(back_up(context.data, context.clock())).path))


@command("restore")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def restore_command(context: Context, path: Path | None) -> None:
    """Put a copy back; without a path, list the copies."""
    if path is None:
        for copy in backups(context.data):
            echo(str(copy.path))
        fail(NAME_A_BACKUP(), 2)
    restored = sound(restore(context.data, path, context.clock()))
    echo(RESTORED(count=restored.events))
    if restored.torn:
        echo(RESTORED_TORN())
    if restored.lacks:
        days = sorted(event.day.isoformat() for event in restored.lacks)
        echo(LACKS(count=len(days), first=days[0], last=days[-1]))


import_command = Group("import", about=COMMANDS["import"])


@import_command.command("history", about=COMMANDS["import"])
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_obj
def import_history(context: Context, path: Path) -> None:
    """Take in the events of another history, each once."""
    merged = sound(merge(context.data, path, context.clock()))
    echo(MERGED(count=merged.added, known=merged.known))
    if merged.left_out:
        echo(LEFT_OUT(count=len(merged.left_out)), err=True)
        echo(_lines(merged.left_out), err=True)
