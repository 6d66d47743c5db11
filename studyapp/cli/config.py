"""`studyapp config`: the settings, seen and changed."""

from typing import NoReturn

import click

from studyapp.cli.commands import command
from studyapp.cli.context import Context
from studyapp.cli.lines import echo, fail
from studyapp.scheduling import study_day
from studyapp.study import settings as store


@command("config")
@click.argument("name", required=False)
@click.argument("value", required=False)
def config_command(context: Context, name: str | None, value: str | None) -> None:
    """Print every setting, or one; with a value, change it."""
    settings, troubles = store.load_settings(context.data)
    for trouble in troubles:
        echo(str(trouble), err=True)
    if name is None:
        for setting in store.SCHEMA.values():
            echo(f"{setting.name} = {settings.written(setting.name)}    ({setting.allowed})")
        return
    after = store.changed(settings, name, value or "", context.data)
    if value is None:
        if isinstance(after, store.SettingsTrouble) and after.sentence is store.SETTINGS_UNKNOWN:
            _refuse(after)
        echo(settings.written(name))
        return
    if isinstance(after, store.SettingsTrouble):
        _refuse(after)
    unsaved = store.save_settings(after, context.data)
    if unsaved is not None:
        _refuse(unsaved)
    echo(f"{name} = {after.written(name)}")
    if name == "exam_date" and after.exam_date is not None and after.exam_date < study_day(context.clock()):
        echo(store.EXAM_IS_PAST(exam=after.exam_date.isoformat()), err=True)


def _refuse(trouble: store.SettingsTrouble) -> NoReturn:
    """End the command with 2 for wrong usage, and with 1 where the file is to blame."""
    fail(str(trouble), 2 if trouble.sentence in (store.SETTINGS_UNKNOWN, store.SETTINGS_VALUE) else 1)
