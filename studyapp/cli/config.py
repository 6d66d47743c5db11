"""`studyapp config`: the settings, seen and changed."""

from typing import NoReturn

import click

from studyapp.cli.commands import command
from studyapp.cli.context import Context
from studyapp.cli.lines import echo, fail
from studyapp.scheduling import study_day
from studyapp.study.settings import (
    EXAM_IS_PAST,
    SCHEMA,
    SETTINGS_UNKNOWN,
    SETTINGS_VALUE,
    SettingsTrouble,
    changed,
    load_settings,
    save_settings,
)


@command("config")
@click.argument("name", required=False)
@click.argument("value", required=False)
def config_command(context: Context, name: str | None, value: str | None) -> None:
    """Print every setting, or one; with a value, change it."""
    settings, troubles = load_settings(context.data)
    for trouble in troubles:
        echo(str(trouble), err=True)
    if name is None:
        for setting in SCHEMA.values():
            echo(f"{setting.name} = {settings.written(setting.name)}    ({setting.allowed})")
        return
    after = changed(settings, name, value or "", context.data)
    if value is None:
        if isinstance(after, SettingsTrouble) and after.sentence is SETTINGS_UNKNOWN:
            _refuse(after)
        echo(settings.written(name))
        return
    if isinstance(after, SettingsTrouble):
        _refuse(after)
    unsaved = save_settings(after, context.data)
    if unsaved is not None:
        _refuse(unsaved)
    echo(f"{name} = {after.written(name)}")
    if name == "exam_date" and after.exam_date is not None and after.exam_date < study_day(context.clock()):
        echo(EXAM_IS_PAST(exam=after.exam_date.isoformat()), err=True)


def _refuse(trouble: SettingsTrouble) -> NoReturn:
    """End the command with 2 for wrong usage, and with 1 where the file is to blame."""
    fail(str(trouble), 2 if trouble.sentence in (SETTINGS_UNKNOWN, SETTINGS_VALUE) else 1)
