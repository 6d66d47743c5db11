"""Figures and images of a question: whether its numbers leave something to be shown."""

from collections.abc import Iterator

from studyapp.domain.document import Figure, images_in
from studyapp.domain.exercise import Exercise, Template
from studyapp.domain.place import Place
from studyapp.domain.question import Question
from studyapp.domain.text import Text
from studyapp.pages.blocks import prose_parser, read_blocks
from studyapp.pages.figures import figure_asked, is_figure
from studyapp.pages.report import Report
from studyapp.pages.source import Source
from studyapp.workshop.rules.mathematics import not_drawn

NO_VALUES = Text(ja="over の区間に値がありません。", en="It has no value over the interval of `over`.")
NO_FILE = Text(ja="画像のファイルがありません。", en="There is no such image file.")
FIGURE, IMAGE = "yaml figure", "!["


def unshown_pictures(exercise: Exercise, question: Question) -> Iterator[tuple[Place, str, str]]:
    """What is not shown in a drawn question: its place, what it is, and why."""
    sentences = exercise.sentences
    texts = [(sentences.prompt, question.prompt)]
    texts += [(ask.text, step.ask) for ask, step in zip(sentences.options, question.steps, strict=False)]
    written = dict(enumerate(sentences.options, 1))
    texts += [(written[one.number].text, one.text) for one in question.options if one.number in written]
    texts.append((tuple(part for item in sentences.solution for part in item.text), question.solution))
    for template, text in texts:
        for at, (figure, reason) in enumerate(_figures(text) if FIGURE in text else ()):
            empty = next(not_drawn(figure), "") if figure is not None else ""
            if reason or empty:
                yield _hole_after(template, FIGURE, at, sentences.place), empty or FIGURE, reason or NO_VALUES()
        for at, image in enumerate(images_in(read_blocks(text)) if IMAGE in text else ()):
            if image.file(question.folder) is None:
                yield _hole_after(template, IMAGE, at, sentences.place), image.target, NO_FILE()


def _figures(markdown: str) -> Iterator[tuple[Figure | None, str]]:
    """Each figure of a text; None for one that cannot be read, with the reason."""
    report = Report(Source.of(markdown))
    for token in filter(is_figure, prose_parser().parse(report.source.text)):
        figure = figure_asked(token, report)
        reasons = [" ".join(filter(None, (one.message, one.hint))) for one in report.complaints]
        report.complaints.clear()
        yield figure, next(iter(reasons), "")


def _hole_after(template: Template, mark: str, at: int, otherwise: Place) -> Place:
    """Where the first hole behind a mark is, by its number among the same: without holes `lint` has the complaint."""
    marks = 0
    for part in template:
        if isinstance(part, str):
            marks += part.count(mark)
        elif marks > at:
            return part.place
    return otherwise
