"""`studyapp stats`: the learning history in numbers."""

from __future__ import annotations

from math import ceil
from typing import Any

import click

from studyapp.cli.context import Context
from studyapp.cli.course import load_library
from studyapp.cli.learner import open_learner
from studyapp.cli.lines import echo
from studyapp.cli.shapes import document
from studyapp.cli.shown import markdown_text
from studyapp.domain.words import Words
from studyapp.scheduling import study_day
from studyapp.study import progress
from studyapp.study.settings import example_exam, load_settings
from studyapp.study.slips import mistake_sentences, slips

LONGEST = 40
"""Signs of the longest bar."""


def command(words: Words) -> click.Command:
    """The command in one language."""
    said = words.cli

    @click.command("stats", help=said.summary("stats"))
    @click.option("--json", "as_json", is_flag=True, help=said.json)
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
        told = [
            f"  {' '.join(markdown_text(sentence, context).split())}  {slip.times}"
            for slip, sentence in mistake_sentences(made, library, words).items()
        ]
        exam = settings.exam_date
        ahead = exam is not None and exam >= day
        without = words.records.no_skills if ahead else words.progress.without_exam(exam, example_exam(day))
        echo(_text(numbers, told, without, words))

    return stats


def _text(numbers: dict[str, Any], mistakes: list[str], without_exam: str, words: Words) -> str:
    """The numbers for reading, with the mistakes line by line, and what is said where nothing is projected."""
    said = words.cli
    if not numbers["attempts"]:
        return said.stats_none
    blocks = [
        [
            said.stats(numbers["attempts"], numbers["skills"], numbers["due"], len(numbers["days"])),
            words.progress.levels(numbers["levels"]),
        ],
        [words.progress.forecast, *_bars([(one["day"], one["due"]) for one in numbers["forecast"]])],
        [f"{words.progress.retention}: {words.progress.retention_note}", *_retention(numbers["retention"], words)],
        [
            said.stats_areas,
            *(
                f"  {words.records.area(area)}  {one['first_correct']}/{one['first_attempts']}"
                for area, one in numbers["by_area"].items()
            ),
        ],
        [words.progress.stability, *_stabilities(numbers["by_area"], words)],
        [words.progress.calendar, *_weeks([one["attempts"] for one in numbers["calendar"]], words.progress.today)],
        _projection(numbers["projection"], words) or [without_exam],
    ]
    if mistakes:
        blocks.append([said.stats_mistakes, *mistakes])
    return "\n\n".join("\n".join(block) for block in blocks)


def _bars(counts: list[tuple[str, int]]) -> list[str]:
    """A line for each count, its bar at most as long as there is room for."""
    most = max((count for _, count in counts), default=0)
    return [
        f"  {name}  {count:>3} {'#' * ceil(LONGEST * count / max(most, LONGEST))}".rstrip() for name, count in counts
    ]


def _retention(bins: list[dict[str, Any]], words: Words) -> list[str]:
    return [words.progress.held(**one) for one in bins] or [words.progress.no_retention]


def _stabilities(areas: dict[str, dict[str, Any]], words: Words) -> list[str]:
    found = [(area, one["stability"]) for area, one in areas.items() if one["stability"] is not None]
    return [words.progress.stable(words.records.area(area), days) for area, days in found]


def _weeks(counts: list[int], today: str) -> list[str]:
    """Four lines of seven days, the last of them today."""
    rows = ["".join(f"{count or '.':>5}" for count in counts[start : start + 7]) for start in range(0, len(counts), 7)]
    return [*rows[:-1], f"{rows[-1]}  ({today})"]


def _projection(found: dict[str, Any] | None, words: Words) -> list[str]:
    if found is None:
        return []
    told = words.progress.projected(**{name: value for name, value in found.items() if name != "few"})
    return [told, words.progress.few_answers] if found["few"] else [told]
