"""`studyapp config`: the settings, seen and changed."""

from typing import NoReturn

import click

from studyapp.cli.commands import command, option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo, fail
from studyapp.domain.text import Text
from studyapp.scheduling import PARAMETERS, study_day
from studyapp.scheduling.fitting import FEWEST, count_of, fitted
from studyapp.study import settings as store

FIT = Text(
    ja="自分の復習の記録に FSRS のパラメータを合わせる（pip install 'studyapp[optimize]' が要る）",
    en="Fit the parameters of FSRS to your own reviews (needs pip install 'studyapp[optimize]')",
)
TOO_FEW = Text(
    ja="復習の記録が {count} 件しかありません。{fewest} 件から合わせられます。",
    en="There are {count} reviews; a fit needs {fewest}.",
)
NOT_INSTALLED = Text(
    ja="pip install 'studyapp[optimize]' で、合わせるための道具を入れてください。",
    en="Install what fits them: pip install 'studyapp[optimize]'.",
)
FITTED = Text(
    ja="復習 {count} 件のうち、合わせるのに使わなかった最後の 2 割での対数損失: いま {before:.4f}、"
    "合わせたあと {after:.4f}",
    en="Log loss on the last fifth of {count} reviews, which the fit did not see: {before:.4f} now, {after:.4f} fitted",
)
USE = Text(ja="このパラメータを使いますか", en="Use these parameters?")
NO_BETTER = Text(ja="いまのパラメータのほうがよいので変えません。", en="The present ones predict better; they stay.")


@command("config")
@click.argument("name", required=False)
@click.argument("value", required=False)
@option("--fit", is_flag=True, about=FIT)
def config_command(context: Context, name: str | None, value: str | None, fit: bool) -> None:
    """Print every setting, or one; with a value, change it."""
    settings, troubles = store.load_settings(context.data)
    for trouble in troubles:
        echo(str(trouble), err=True)
    if fit:
        value = _fitted(context, settings)
        if value is None:
            return
        name = "parameters"
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


def _fitted(context: Context, settings: store.Settings) -> str | None:
    """Parameters fitted to the learner's reviews, as they are set; None where they are not wanted."""
    with open_learner(context, load_library(context)) as history:
        reviews = history.reviews()
    if (count := count_of(reviews)) < FEWEST:
        fail(TOO_FEW(count=count, fewest=FEWEST), 1)
    try:
        fit = fitted(reviews, settings.parameters or PARAMETERS)
    except ImportError:
        fail(NOT_INSTALLED(), 1)
    echo(FITTED(count=fit.reviews, before=fit.before, after=fit.after))
    if fit.after >= fit.before:
        echo(NO_BETTER())
        return None
    return ",".join(map(str, fit.parameters)) if click.confirm(USE()) else None


def _refuse(trouble: store.SettingsTrouble) -> NoReturn:
    """End the command with 2 for wrong usage, and with 1 where the file is to blame."""
    fail(str(trouble), 2 if trouble.sentence in (store.SETTINGS_UNKNOWN, store.SETTINGS_VALUE) else 1)
