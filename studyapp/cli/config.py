"""`studyapp config`: the settings, seen and changed."""

from __future__ import annotations

from typing import NoReturn

import click

from studyapp.cli.commands import command
from studyapp.cli.context import Context
from studyapp.cli.lines import echo, fail
from studyapp.scheduling import study_day
from studyapp.study.daily import EXAM_IS_PAST
from studyapp.study.settings import (
    SCHEMA,
    Settings,
    SettingsCode,
    SettingsTrouble,
    changed,
    load_settings,
    save_settings,
)


@command("config")
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.pass_obj
def config_command(context: Context, name: str | None, value: str | None) -> None:
    """Print every setting, or one; with a value, change it."""
    settings, troubles = load_settings(context.data)
    for trouble in troubles:
        echo(trouble.tell(), err=True)
    if name is None:
        for setting in SCHEMA.values():
            echo(f"{setting.name} = {_shown(settings, setting.name)}    ({setting.allowed})")
        return
    after = changed(settings, name, value or "", context.data)
    if value is None:
        if isinstance(after, SettingsTrouble) and after.code is SettingsCode.UNKNOWN:
            _refuse(after)
        echo(_shown(settings, name))
        return
    if isinstance(after, SettingsTrouble):
        _refuse(after)
    unsaved = save_settings(after, context.data)
    if unsaved is not None:
        _refuse(unsaved)
    echo(f"{name} = {_shown(after, name)}")
    if name == "exam_date" and after.exam_date is not None and after.exam_date < study_day(context.clock()):
        echo(EXAM_IS_PAST(exam=after.exam_date.isoformat()), err=True)


def _shown(settings: Settings, name: str) -> str:
    """A setting as it can be typed."""
    value = SCHEMA[name].write(getattr(settings, name))
    return "none" if value is None else str(value)


def _refuse(trouble: SettingsTrouble) -> NoReturn:
    """End the command with 2 for wrong usage, and with 1 where the file is to blame."""
    fail(trouble.tell(), 2 if trouble.code in (SettingsCode.UNKNOWN, SettingsCode.VALUE) else 1)
