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
    figures,
    grading,
    history,
    language,
    pages,
    progress,
    screens,
    session,
    study,
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
    grading: grading.GradingWords
    history: history.HistoryWords
    study: study.StudyWords
    asking: asking.AskingWords
    session: session.SessionWords
    exam: exam.ExamWords
    progress: progress.ProgressWords
    workshop: workshop.WorkshopWords
    screens: screens.ScreensWords
    cli: cli.CliWords
    typeset: typeset.TypesetWords
    figures: figures.FigureWords


JA = Words(
    code="ja",
    language=language.JA,
    pages=pages.JA,
    derivation=derivation.JA,
    grading=grading.JA,
    history=history.JA,
    study=study.JA,
    asking=asking.JA,
    session=session.JA,
    exam=exam.JA,
    progress=progress.JA,
    workshop=workshop.JA,
    screens=screens.JA,
    cli=cli.JA,
    typeset=typeset.JA,
    figures=figures.JA,
)

EN = Words(
    code="en",
    language=language.EN,
    pages=pages.EN,
    derivation=derivation.EN,
    grading=grading.EN,
    history=history.EN,
    study=study.EN,
    asking=asking.EN,
    session=session.EN,
    exam=exam.EN,
    progress=progress.EN,
    workshop=workshop.EN,
    screens=screens.EN,
    cli=cli.EN,
    typeset=typeset.EN,
    figures=figures.EN,
)


def words_for(code: str) -> Words:
    """The sentences in `ja` or `en`."""
    return EN if code == "en" else JA
