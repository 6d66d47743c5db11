"""Whether the sentences of an exercise and its key fit together."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.exercise import Key, Sentences
from studyapp.domain.kind import Kind
from studyapp.domain.place import Severity
from studyapp.pages.report import Report
from studyapp.pages.scenes import check_scenes
from studyapp.pages.schema import ANSWERED


def check_exercise(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    """Complaints about items, options and boxes that the key does not fit; `starts` are the offsets of its fields."""
    _check_cases(key, sentences, report)
    if key.kind in ANSWERED:
        _check_mistakes(key, sentences, report)
    _check_steps(key, report)
    check_scenes(key, sentences, starts, report)
    if key.options:
        if sentences.options:
            report.add_at(sentences.options[0].place, "options-twice")
    elif key.network is not None:
        if sentences.options:
            report.add_at(sentences.options[0].place, "options-of-other-kind", kind=key.kind)
    elif key.kind is Kind.DERIVATION:
        if len(sentences.options) != len(key.steps):
            report.add_at(sentences.place, "asks-count", steps=len(key.steps), count=len(sentences.options))
    elif key.kind is Kind.CHOICE:
        _check_choice(key, sentences, starts, report)
    elif key.kind is Kind.ORDER:
        _check_order(key, sentences, starts, report)
    elif sentences.options:
        report.add_at(sentences.options[0].place, "options-of-other-kind", kind=key.kind)


def _check_steps(key: Key, report: Report) -> None:
    """Targets are of a network, answers are of an authored derivation."""
    for step in key.steps:
        if step.target and key.network is None:
            report.add_at(step.place, "target-without-network")
        if step.answer is not None and key.network is not None:
            report.add_at(step.place, "answer-in-network")


def _check_cases(key: Key, sentences: Sentences, report: Report) -> None:
    cases = {case.name for case in key.cases}
    for item in (*sentences.hints, *sentences.solution):
        if item.name and item.name not in cases:
            report.add_at(item.place, "unknown-case", item.name, known=cases)


def _check_mistakes(key: Key, sentences: Sentences, report: Report) -> None:
    names = {mistake.name for mistake in key.mistakes}
    said = {item.name for item in sentences.mistakes}
    for item in sentences.mistakes:
        if item.name not in names:
            report.add_at(item.place, "unknown-mistake", item.name, known=names)
    for mistake in key.mistakes:
        if mistake.name not in said:
            report.add_at(mistake.place, "mistake-without-sentence", mistake.name, severity=Severity.WARNING)


def _check_choice(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    options = sentences.options
    if len(options) < 2:
        report.add_at(sentences.place, "too-few-options", count=len(options))
        return
    if key.right and len(key.right) != len(options):
        report.add(starts["right"], "right-count", count=len(key.right), options=len(options))
    ticked = sum(option.ticked is True for option in options)
    if not key.right:
        _check_ticks(key, sentences, ticked, report)
    _check_shown(key, len(options), starts, report)
    blank = len(options) - ticked
    if key.shown and key.shown <= len(options) and not key.several and not key.right and key.shown - 1 > blank:
        report.add(starts["shown"], "too-few-wrong", needed=key.shown - 1, count=blank)


def _check_ticks(key: Key, sentences: Sentences, ticked: int, report: Report) -> None:
    """Without conditions the boxes are the key: one ticked, or a pool of which one is drawn, or several."""
    if ticked == 0:
        report.add_at(sentences.options[0].place, "nothing-ticked")
    elif ticked > 1 and not key.several and key.shown is None:
        second = [option for option in sentences.options if option.ticked][1]
        report.add_at(second.place, "two-ticked")


def _check_order(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    if len(sentences.options) < 2:
        report.add_at(sentences.place, "too-few-entries", count=len(sentences.options))
        return
    _check_shown(key, len(sentences.options), starts, report)


def _check_shown(key: Key, count: int, starts: Mapping[str, int], report: Report) -> None:
    if key.shown is not None and key.shown > count:
        report.add(starts["shown"], "shown-too-many", shown=key.shown, count=count)
