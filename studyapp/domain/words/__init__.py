"""Every sentence of the interface: one frozen value per language, nested by room.

A sentence that takes values is a template with a method beside it. `JA` and `EN` are two instances of the same types,
so that a missing translation is a type error.
"""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.domain.words import (
    asking,
    cli,
    derivation,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All sentences in one language; `code` is `ja` or `en`."""

    code: str
    language: language.LanguageWords
    pages: pages.PagesWords
    derivation: derivation.DerivationWords
    scenes: scenes.ScenesWords
    grading: grading.GradingWords
    history: history.HistoryWords
    study: study.StudyWords
    asking: asking.AskingWords
    session: session.SessionWords
    settings: settings.SettingsWords
    exam: exam.ExamWords
    examscreen: examscreen.ExamScreenWords
    progress: progress.ProgressWords
    overview: overview.OverviewWords
    saving: saving.SavingWords
    workshop: workshop.WorkshopWords
    report: report.ReportWords
    preview: preview.PreviewWords
    screens: screens.ScreensWords
    tools: tools.ToolsWords
    cli: cli.CliWords
    typeset: typeset.TypesetWords
    figures: figures.FigureWords


JA = Words(
    code="ja",
    language=language.JA,
    pages=pages.JA,
    derivation=derivation.JA,
    scenes=scenes.JA,
    grading=grading.JA,
    history=history.JA,
    study=study.JA,
    asking=asking.JA,
    session=session.JA,
    settings=settings.JA,
    exam=exam.JA,
    examscreen=examscreen.JA,
    progress=progress.JA,
    overview=overview.JA,
    saving=saving.JA,
    workshop=workshop.JA,
    report=report.JA,
    preview=preview.JA,
    screens=screens.JA,
    tools=tools.JA,
    cli=cli.JA,
    typeset=typeset.JA,
    figures=figures.JA,
)

EN = Words(
    code="en",
    language=language.EN,
    pages=pages.EN,
    derivation=derivation.EN,
    scenes=scenes.EN,
    grading=grading.EN,
    history=history.EN,
    study=study.EN,
    asking=asking.EN,
    session=session.EN,
    settings=settings.EN,
    exam=exam.EN,
    examscreen=examscreen.EN,
    progress=progress.EN,
    overview=overview.EN,
    saving=saving.EN,
    workshop=workshop.EN,
    report=report.EN,
    preview=preview.EN,
    screens=screens.EN,
    tools=tools.EN,
    cli=cli.EN,
    typeset=typeset.EN,
    figures=figures.EN,
)


def words_for(code: str) -> Words:
    """The sentences in `ja` or `en`."""
    return EN if code == "en" else JA
