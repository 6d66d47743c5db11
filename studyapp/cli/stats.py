"""`studyapp stats`: the learning history in numbers."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any

import click

from studyapp.cli import SUMMARIES
from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo
from studyapp.cli.options import JSON_HELP
from studyapp.cli.shapes import document
from studyapp.cli.shown import markdown_text
from studyapp.domain.text import Text
from studyapp.scheduling import study_day
from studyapp.study import progress
from studyapp.study.progress import NO_SKILLS, area_text
from studyapp.study.settings import example_exam, load_settings
from studyapp.study.slips import mistake_sentences, slips

STATS_LINE = Text(
    ja="解答 {attempts} 回、出会った技能 {skills}、今日の復習 {due}、学習した日 {days} 日",
    en="{attempts} answers, {skills} skills met, {due} due today, {days} study days",
)
STATS_NONE = Text(
    ja="まだ記録がありません。studyapp quiz で始められます。",
    en="Nothing has been recorded yet. Start with studyapp quiz.",
)
STATS_AREAS = Text(ja="分野ごと（その日の最初の解答）", en="By area (first answers of the day)")
STATS_MISTAKES = Text(ja="よくある誤り", en="Frequent mistakes")
LEVELS_LINE = Text(
    ja="学習中 {begun}、学習済み {learned}、習得 {mastered}",
    en="{begun} begun, {learned} learned, {mastered} mastered",
)
FORECAST = Text(ja="これから 14 日の復習", en="Due in the next 14 days")
RETENTION = Text(ja="予測と実際（その日の最初の解答）", en="Prediction and fact (first answers of the day)")
RETENTION_NOTE = Text(
    ja="予測した正答率の範囲ごとに、実際に正解した割合",
    en="by predicted recall, the share that was right",
)
RETENTION_LINE = Text(
    ja="  {low:.0%}–{high:.0%}  予測 {predicted:.0%}  実際 {recalled:.0%}  （{answers} 件）",
    en="  {low:.0%}–{high:.0%}  predicted {predicted:.0%}  recalled {recalled:.0%}  ({answers} answers)",
)
NO_RETENTION = Text(ja="  まだ復習がありません。", en="  Nothing has been reviewed yet.")
STABILITY = Text(ja="分野ごとの記憶の安定度（中央値）", en="Stability of memory by area (median)")
STABILITY_LINE = Text(ja="  {area}  {days:.1f} 日", en="  {area}  {days:.1f} days")
CALENDAR = Text(ja="この 28 日間の解答数", en="Answers in the last 28 days")
TODAY = Text(ja="今日", en="today")
PROJECTION = Text(
    ja="試験日（{exam}）の見込み: これから復習しない場合、出会った技能 {skills} 件のうち約 {recall:.0%}（{low:.0%}"
    "–{high:.0%}）を思い出せます。予測と照らし合わせた解答は {answers} 件です。",
    en="On the day of the exam ({exam}), with no further review, about {recall:.0%} ({low:.0%}–{high:.0%}) of the "
    "skills met ({skills}) would be recalled. Answers held against their prediction: {answers}.",
)
FEW_ANSWERS = Text(
    ja="解答がまだ少ないので、この見込みは目安にもなりません。",
    en="These are too few answers for the projection to mean much.",
)
NO_EXAM = Text(
    ja="試験日を決めると見込みを出します（studyapp config exam_date {example}）。",
    en="Set the date of the exam for a projection (studyapp config exam_date {example}).",
)
EXAM_OVER = Text(
    ja="試験日 {exam} は過ぎています（次の試験日は studyapp config exam_date {example} のように入れます）。",
    en="The date of the exam, {exam}, is past (for the next one: studyapp config exam_date {example}).",
)

LONGEST = 40
"""Signs of the longest bar."""


def command() -> click.Command:
    """The command in one language."""

    @click.command("stats", help=SUMMARIES["stats"]())
    @click.option("--json", "as_json", is_flag=True, help=JSON_HELP())
    @click.pass_obj
    def stats(context: Context, as_json: bool) -> None:
        settings, _ = load_settings(context.data)
        library, day = load_library(context), study_day(context.clock())
        with open_learner(context, library) as history:
            numbers = progress.stats(history, day, settings.exam_date)
            made = () if as_json else slips(history.mistakes(), library)
        if as_json:
            echo(document(numbers))
            return
        sentences = [
            f"  {' '.join(markdown_text(sentence, context).split())}  {slip.times}"
            for slip, sentence in mistake_sentences(made, library).items()
        ]
        exam = settings.exam_date
        ahead = exam is not None and exam >= day
        without = NO_SKILLS() if ahead else without_exam_text(exam, example_exam(day))
        echo(_text(numbers, sentences, without))

    return stats


def _text(numbers: dict[str, Any], mistakes: list[str], without_exam: str) -> str:
    """The numbers for reading, with the mistakes line by line, and what is said where nothing is projected."""
    if not numbers["attempts"]:
        return STATS_NONE()
    blocks = [
        [
            STATS_LINE(
                attempts=numbers["attempts"], skills=numbers["skills"], due=numbers["due"], days=len(numbers["days"])
            ),
            LEVELS_LINE(**numbers["levels"]),
        ],
        [FORECAST(), *_bars([(one["day"], one["due"]) for one in numbers["forecast"]])],
        [f"{RETENTION()}: {RETENTION_NOTE()}", *_retention(numbers["retention"])],
        [
            STATS_AREAS(),
            *(
                f"  {area_text(area)}  {one['first_correct']}/{one['first_attempts']}"
                for area, one in numbers["by_area"].items()
            ),
        ],
        [STABILITY(), *_stabilities(numbers["by_area"])],
        [CALENDAR(), *_weeks([one["attempts"] for one in numbers["calendar"]], TODAY())],
        _projection(numbers["projection"]) or [without_exam],
    ]
    if mistakes:
        blocks.append([STATS_MISTAKES(), *mistakes])
    return "\n\n".join("\n".join(block) for block in blocks)


def _bars(counts: list[tuple[str, int]]) -> list[str]:
    """A line for each count, its bar at most as long as there is room for."""
    most = max((count for _, count in counts), default=0)
    return [
        f"  {name}  {count:>3} {'#' * ceil(LONGEST * count / max(most, LONGEST))}".rstrip() for name, count in counts
    ]


def _retention(bins: list[dict[str, Any]]) -> list[str]:
    return [held(**one) for one in bins] or [NO_RETENTION()]


def _stabilities(areas: dict[str, dict[str, Any]]) -> list[str]:
    found = [(area, one["stability"]) for area, one in areas.items() if one["stability"] is not None]
    return [STABILITY_LINE(area=area_text(area), days=days) for area, days in found]


def _weeks(counts: list[int], today: str) -> list[str]:
    """Four lines of seven days, the last of them today."""
    rows = ["".join(f"{count or '.':>5}" for count in counts[start : start + 7]) for start in range(0, len(counts), 7)]
    return [*rows[:-1], f"{rows[-1]}  ({today})"]


def _projection(found: dict[str, Any] | None) -> list[str]:
    if found is None:
        return []
    sentences = projected(**{name: value for name, value in found.items() if name != "few"})
    return [sentences, FEW_ANSWERS()] if found["few"] else [sentences]


def held(low: float, high: float, predicted: float, recalled: float, answers: int) -> str:
    """One bin of predicted recall beside what was recalled."""
    return RETENTION_LINE(low=low, high=high, predicted=predicted, recalled=recalled, answers=answers)


def without_exam_text(exam: date | None, example: date) -> str:
    """Why nothing is projected: there is no date of an exam, or it is past."""
    return (NO_EXAM if exam is None else EXAM_OVER)(exam=exam, example=example)


def projected(exam: str, skills: int, recall: float, low: float, high: float, answers: int) -> str:
    """What would be recalled on the day of the exam, and what that rests on."""
    return PROJECTION(exam=exam, skills=skills, recall=recall, low=low, high=high, answers=answers)
