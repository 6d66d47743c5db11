"""Every sentence of the interface: one frozen value per language, nested by room.

A sentence that takes values is a template with a method beside it. `JA` and `EN` are two instances of the same types,
so that a missing translation is a type error.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from studyapp.domain.words.sentences import Sentences

if TYPE_CHECKING:  # no cycle is hidden: a room's sentences are loaded when they are asked for, and home asks for few
    from studyapp.domain.words import (
        asking,
        checkup,
        cli,
        derivation,
        drawing,
        exam,
        examscreen,
        figures,
        grading,
        history,
        language,
        overview,
        pages,
        preview,
        progress,
        questions,
        records,
        report,
        saving,
        scenes,
        screens,
        session,
        settings,
        study,
        tools,
        typeset,
        workshop,
    )


class Words(Sentences):
    """All sentences in one language; `code` is `ja` or `en`. A room's sentences are loaded when they are asked for."""

    code: str
    language: language.LanguageWords
    pages: pages.PagesWords
    derivation: derivation.DerivationWords
    drawing: drawing.DrawingWords
    scenes: scenes.ScenesWords
    grading: grading.GradingWords
    history: history.HistoryWords
    checkup: checkup.CheckupWords
    study: study.StudyWords
    asking: asking.AskingWords
    session: session.SessionWords
    settings: settings.SettingsWords
    exam: exam.ExamWords
    examscreen: examscreen.ExamScreenWords
    progress: progress.ProgressWords
    questions: questions.QuestionsWords
    overview: overview.OverviewWords
    records: records.RecordsWords
    saving: saving.SavingWords
    workshop: workshop.WorkshopWords
    report: report.ReportWords
    preview: preview.PreviewWords
    screens: screens.ScreensWords
    tools: tools.ToolsWords
    cli: cli.CliWords
    typeset: typeset.TypesetWords
    figures: figures.FigureWords

    def __init__(self, code: str) -> None:
        vars(self)["code"] = code

    if not TYPE_CHECKING:  # a room that does not exist stays a type error

        def __getattr__(self, room: str) -> Any:
            if room == "code" or room not in Words.__annotations__:
                raise AttributeError(room)
            sentences = getattr(import_module(f"{__name__}.{room}"), self.code.upper())
            vars(self)[room] = sentences
            return sentences


JA = Words("ja")
EN = Words("en")


def words_for(code: str) -> Words:
    """The sentences in `ja` or `en`."""
    return EN if code == "en" else JA
