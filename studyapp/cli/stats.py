"""`studyapp stats`: the learning history in numbers."""

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
from studyapp.study.progress import FEW_ANSWERS, FORECAST, NO_SKILLS, area_text
from studyapp.study.settings import example_exam, load_settings
from studyapp.study.slips import mistake_sentences, slips

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
PROJECTION = Text(
    ja="試験日（{exam}）の見込み: これから復習しない場合、出会った技能 {skills} 件のうち約 {recall:.0%}（{low:.0%}"
    "–{high:.0%}）を思い出せます。予測と照らし合わせた解答は {answers} 件です。",
    en="On the day of the exam ({exam}), with no further review, about {recall:.0%} ({low:.0%}–{high:.0%}) of the "
    "skills met ({skills}) would be recalled. Answers held against their prediction: {answers}.",
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
        numbers = progress.stats(history, day, settings.exam_date)
        records = () if as_json else slips(history.mistakes(), library)
    if as_json:
        echo_json(numbers)
        return
    mistakes = [
        f"  {sentence_text(sentence, context)}  {slip.times}"
        for slip, sentence in mistake_sentences(records, library).items()
    ]
    exam, example = settings.exam_date, example_exam(day)
    if exam is None:
        unprojected = NO_EXAM(example=example)
    else:
        unprojected = NO_SKILLS() if exam >= day else EXAM_OVER(exam=exam, example=example)
    echo(_text(numbers, mistakes, unprojected) if numbers["attempts"] else NOTHING())


def _text(numbers: dict[str, Any], mistakes: list[str], unprojected: str) -> str:
    areas = {area_text(area): counts for area, counts in numbers["by_area"].items()}
    medians = {area: counts["stability"] for area, counts in areas.items() if counts["stability"] is not None}
    projection = numbers["projection"]
    projected = [PROJECTION(**projection), *([FEW_ANSWERS()] if projection["few"] else [])] if projection else []
    blocks = [
        [SUMMARY(**numbers | {"days": len(numbers["days"])}), LEVELS(**numbers["levels"])],
        [FORECAST(), *_bars({day["day"]: day["due"] for day in numbers["forecast"]})],
        [RETENTION(), *([RETENTION_LINE(**retention) for retention in numbers["retention"]] or [NO_RETENTION()])],
        [AREAS(), *(f"  {area}  {it['first_correct']}/{it['first_attempts']}" for area, it in areas.items())],
        [STABILITY(), *(STABILITY_LINE(area=area, days=days) for area, days in medians.items())],
        [CALENDAR(), *_weeks([day["attempts"] for day in numbers["calendar"]])],
        projected or [unprojected],
        [MISTAKES(), *mistakes] if mistakes else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _bars(counts: dict[str, int]) -> list[str]:
    most = max([LONGEST, *counts.values()])
    return [f"  {name}  {count:>3} {'#' * ceil(LONGEST * count / most)}".rstrip() for name, count in counts.items()]


def _weeks(counts: list[int]) -> list[str]:
    """Four lines of seven days, the last of them today."""
    rows = ["".join(f"{count or '.':>5}" for count in counts[start : start + 7]) for start in range(0, len(counts), 7)]
    return [*rows[:-1], rows[-1] + TODAY()]
