"""`studyapp plan`: what today and the next days hold."""

from datetime import date
from itertools import islice
from typing import Any

import click

from studyapp.cli.commands import command, json_option, option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo, echo_json
from studyapp.domain.text import Text
from studyapp.scheduling import study_day
from studyapp.study.daily import DayPlan
from studyapp.study.pace import MINUTE
from studyapp.study.planning import LONGEST, days_ahead, outlook_of
from studyapp.study.settings import load_settings

DAYS = Text(ja="何日分を見るか", en="Days to show")
LINE = Text(
    ja="{day}  {planned:>3} 分 / {minutes} 分  復習 {due:>2}  間違い直し {slips}  新しい技能 {new}",
    en="{day}  {planned:>3} of {minutes} min  {due:>2} to review  {slips} slips  {new} new",
)


@command("plan")
@option("--days", type=click.IntRange(1, LONGEST), default=7, show_default=True, about=DAYS)
@json_option
def plan_command(context: Context, days: int, as_json: bool) -> None:
    """Print the plans of the coming days."""
    library = load_library(context)
    settings, _ = load_settings(context.data)
    today = study_day(context.clock())
    with open_learner(context, library) as history:
        ahead = days_ahead(history, library, today, settings)
        shown = list(islice(ahead, days))
        outlook = None if as_json else outlook_of(shown, ahead, history, library, settings)
    if outlook is None:
        echo_json([_written(day, plan, settings.minutes) for day, plan in shown])
        return
    for day, plan in shown:
        planned, due = round(plan.planned / MINUTE), plan.reviews
        slips, new = len(plan.slips), len(plan.new)
        echo(LINE(day=day.isoformat(), planned=planned, minutes=settings.minutes, due=due, slips=slips, new=new))
    if sentence := outlook.sentence(settings.exam_date):
        echo(sentence)


def _written(day: date, plan: DayPlan, minutes: int) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "minutes": minutes,
        "planned": round(plan.planned / MINUTE, 1),
        "due": plan.reviews,
        "slips": list(plan.slips),
        "new": list(plan.new),
    }
