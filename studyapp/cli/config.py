"""`studyapp config`: the settings, seen and changed."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.lines import echo
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

WRONG_USAGE = 2


def command() -> click.Command:
    """The command in one language."""

    @click.command("config", help=SUMMARIES["config"]())
    @click.argument("name", required=False)
    @click.argument("value", required=False)
    @click.pass_obj
    def config(context: Context, name: str | None, value: str | None) -> None:
        settings, troubles = load_settings(context.data)
        for trouble in troubles:
            echo(trouble.tell(), err=True)
        if name is None:
            for setting in SCHEMA.values():
                echo(f"{setting.name} = {_shown(settings, setting.name)}    ({setting.allowed})")
        elif value is None:
            unknown = changed(settings, name, "", context.data)
            if isinstance(unknown, SettingsTrouble) and unknown.code is SettingsCode.UNKNOWN:
                _refuse(unknown)
            echo(_shown(settings, name))
        else:
            after = changed(settings, name, value, context.data)
            if isinstance(after, SettingsTrouble):
                _refuse(after)
            unsaved = save_settings(after, context.data)
            if unsaved is not None:
                _refuse(unsaved)
            echo(f"{name} = {_shown(after, name)}")
            today = study_day(context.clock())
            if name == "exam_date" and after.exam_date is not None and after.exam_date < today:
                echo(EXAM_IS_PAST(exam=after.exam_date.isoformat()), err=True)

    return config


def _shown(settings: Settings, name: str) -> str:
    """A setting as it can be typed."""
    value = SCHEMA[name].write(getattr(settings, name))
    return "none" if value is None else str(value)


def _refuse(trouble: SettingsTrouble) -> NoReturn:
    """Say what is wrong; the command ends with 2 for wrong usage and with 1 where the file is to blame."""
    echo(trouble.tell(), err=True)
    sys.exit(WRONG_USAGE if trouble.code in (SettingsCode.UNKNOWN, SettingsCode.VALUE) else 1)
