"""`studyapp stats`: the learning history in numbers."""

from collections.abc import Callable
from math import ceil
from typing import Any

from studyapp.cli.commands import command, json_option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo, echo_json
from studyapp.cli.shown import sentence_text
from studyapp.domain.text import Text
from studyapp.scheduling import study_day
from studyapp.study import progress
from studyapp.study.pace import MINUTE
from studyapp.study.progress import FORECAST
from studyapp.study.readiness import (
    ENOUGH,
    READINESS,
    READINESS_ABOUT,
    READINESS_SHARE,
    READINESS_SILENT,
    Readiness,
    readiness,
)
from studyapp.study.settings import example_exam, load_settings
from studyapp.study.slips import mistake_sentences, slips
from studyapp.typeset.width import cells, pad

SUMMARY = Text(
    ja="解答 {attempts} 回、出会った技能 {skills}、今日の復習 {due}、学習した日 {days} 日",
    en="{attempts} answers, {skills} skills met, {due} due today, {days} study days",
)
NOTHING = Text(
    ja="まだ記録がありません。studyapp quiz で始められます。",
    en="Nothing has been recorded yet. Start with studyapp quiz.",
)
AREAS = Text(ja="分野ごと（その日の最初の解答）", en="By area (first answers of the day)")
MISTAKES = Text(ja="よくある誤り", en="Frequent mistakes")
LEVELS = Text(
    ja="学習中 {begun}、学習済み {learned}、習得 {mastered}", en="{begun} begun, {learned} learned, {mastered} mastered"
)
RETENTION = Text(
    ja="予測と実際（その日の最初の解答）: 予測した正答率の範囲ごとに、実際に正解した割合",
    en="Prediction and fact (first answers of the day): by predicted recall, the share that was right",
)
RETENTION_LINE = Text(
    ja="  {low:.0%}–{high:.0%}  予測 {predicted:.0%}  実際 {recalled:.0%}  （{answers} 件）",
    en="  {low:.0%}–{high:.0%}  predicted {predicted:.0%}  recalled {recalled:.0%}  ({answers} answers)",
)
NO_RETENTION = Text(ja="  まだ復習がありません。", en="  Nothing has been reviewed yet.")
STABILITY = Text(ja="分野ごとの記憶の安定度（中央値）", en="Stability of memory by area (median)")
STABILITY_LINE = Text(ja="  {area}  {days:.1f} 日", en="  {area}  {days:.1f} days")
CALENDAR = Text(ja="この 28 日間の解答数", en="Answers in the last 28 days")
TODAY = Text(ja="  (今日)", en="  (today)")
PROMISED = Text(
    ja="記憶率: 約束 {promised:.0%}、実際 {recalled:.0%}（復習 {answers} 件、95% で {low:.0%} から {high:.0%}）",
    en="Retention: promised {promised:.0%}, had {recalled:.0%} ({answers} reviews; at 95%, {low:.0%} to {high:.0%})",
)
WEEKS = Text(ja="週ごと", en="By week")
WEEK_LINE = Text(
    ja="  {week}  正答率 {right:>4.0%}  {minutes:>4} 分", en="  {week}  {right:>4.0%} right  {minutes:>4} min"
)
NO_EXAM = Text(
    ja="試験日を決めると見込みを出します（studyapp config exam_date {example}）。",
    en="Set the date of the exam for a projection (studyapp config exam_date {example}).",
)
EXAM_OVER = Text(
    ja="試験日 {exam} は過ぎています（次の試験日は studyapp config exam_date {example} のように入れます）。",
    en="The date of the exam, {exam}, is past (for the next one: studyapp config exam_date {example}).",
)

LONGEST = 40  # signs of the longest bar


@command("stats")
@json_option
def stats_command(context: Context, as_json: bool) -> None:
    """Print the numbers, or a text made of them."""
    settings, _ = load_settings(context.data)
    library, day = load_library(context), study_day(context.clock())
    with open_learner(context, library) as history:
        ready = readiness(history, library, day, settings.exam_date)
        numbers = progress.stats(history, day, settings.exam_date)
        records = () if as_json else slips(history.mistakes(), library)
    if as_json:
        echo_json(numbers | {"promised": settings.retention, "readiness": ready and ready.written()})
        return
    mistakes = [
        f"  {sentence_text(sentence, context)}  {slip.times}"
        for slip, sentence in mistake_sentences(records, library).items()
    ]
    exam, example = settings.exam_date, example_exam(day)
    expected = _expected(ready)
    if exam is None or exam < day:
        expected.append(f"  {NO_EXAM(example=example) if exam is None else EXAM_OVER(exam=exam, example=example)}")
    promised = PROMISED(promised=settings.retention, **numbers["had"]) if numbers["had"]["answers"] else ""
    text = _text(numbers, mistakes, expected, promised, library.area_title)
    echo(text if numbers["attempts"] else NOTHING())


def _text(
    numbers: dict[str, Any], mistakes: list[str], expected: list[str], promised: str, title: Callable[[str], str]
) -> str:
    areas = {title(area): counts for area, counts in numbers["by_area"].items()}
    medians = {area: counts["stability"] for area, counts in areas.items() if counts["stability"] is not None}
    retention = [RETENTION_LINE(**retention) for retention in numbers["retention"]] or [NO_RETENTION()]
    weeks = [_week(week) for week in numbers["weeks"] if week["attempts"]]
    blocks = [
        [SUMMARY(**numbers | {"days": len(numbers["days"])}), LEVELS(**numbers["levels"])],
        expected,
        [FORECAST(), *_bars({day["day"]: day["due"] for day in numbers["forecast"]})],
        [*([promised] if promised else []), RETENTION(), *retention],
        [WEEKS(), *weeks] if weeks else [],
        [AREAS(), *(f"  {area}  {it['first_correct']}/{it['first_attempts']}" for area, it in areas.items())],
        [STABILITY(), *(STABILITY_LINE(area=area, days=days) for area, days in medians.items())],
        [CALENDAR(), *_weeks([day["attempts"] for day in numbers["calendar"]])],
        [MISTAKES(), *mistakes] if mistakes else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _expected(ready: Readiness | None) -> list[str]:
    """What is to be expected in the exam, in all and by each syllabus item of which enough is known."""
    if ready is None:
        return [READINESS(), f"  {READINESS_SILENT(count=ENOUGH)}"]
    met = {name: value for name, value in ready.rows.items() if not value.note}
    column = max(map(cells, met), default=0)
    lines = [
        f"  {pad(name, column)}  {READINESS_SHARE(share=value.share, low=value.low, high=value.high)}"
        for name, value in met.items()
    ]
    return [READINESS(), *lines, f"  {READINESS_ABOUT(day=ready.day.isoformat())}"]


def _week(week: dict[str, Any]) -> str:
    right, minutes = week["correct"] / week["attempts"], round(week["active_ms"] / MINUTE)
    return WEEK_LINE(week=week["week"], right=right, minutes=minutes)


def _bars(counts: dict[str, int]) -> list[str]:
    most = max([LONGEST, *counts.values()])
    return [f"  {name}  {count:>3} {'#' * ceil(LONGEST * count / most)}".rstrip() for name, count in counts.items()]


def _weeks(counts: list[int]) -> list[str]:
    """Four lines of seven days, the last of them today."""
    rows = ["".join(f"{count or '.':>5}" for count in counts[start : start + 7]) for start in range(0, len(counts), 7)]
    return [*rows[:-1], rows[-1] + TODAY()]
