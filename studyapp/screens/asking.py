"""What a question looks like, as lines: prompt, options, hints, and the verdict with its solution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from studyapp.domain.document import Block
from studyapp.domain.question import (
    ChoiceKey,
    ExpressionKey,
    NumberKey,
    OrderKey,
    Question,
    ShownOption,
    TermKey,
    VectorKey,
)
from studyapp.domain.verdict import Outcome
from studyapp.domain.words.screens import ScreensWords
from studyapp.screens.look import SIGNS
from studyapp.screens.reading import labels_in
from studyapp.screens.sitting import Sitting, Stage
from studyapp.typeset import cells, wrap
from studyapp.typeset.document import Line, Setting, Span, set_document

HANGING = 4
"""Cells before the text of an option."""


@lru_cache(maxsize=256)
def blocks(markdown: str) -> tuple[Block, ...]:
    """A question's text as blocks; read once."""
    from studyapp.pages import read_blocks

    return tuple(read_blocks(markdown))


def markdown_lines(markdown: str, width: int, setting: Setting) -> tuple[Line, ...]:
    """Markdown as lines."""
    return set_document(blocks(markdown), width, setting)


def plain_lines(text: str, width: int, role: str = "") -> Iterator[Line]:
    """A plain text as lines; nothing in it is Markdown."""
    for line in text.split("\n"):
        for piece in wrap(line, width):
            yield (Span(piece, role),)


def prompt_lines(
    sitting: Sitting, width: int, setting: Setting, words: ScreensWords, *, heading: bool
) -> Iterator[Line]:
    """The question: its heading where it gives nothing away, the prompt, the conventions, the options."""
    question = sitting.question
    if question is None:
        return
    if heading and question.heading:
        yield from plain_lines(question.heading, width, "heading")
        yield ()
    yield from markdown_lines(question.prompt, width, setting)
    fixed = question.convention
    if told := words.convention(fixed.log, fixed.epsilon, fixed.reduction):
        yield ()
        yield from plain_lines(told, width, "muted")
    if question.options:
        yield ()
        yield from _options(sitting, question, width, setting)


def _options(sitting: Sitting, question: Question, width: int, setting: Setting) -> Iterator[Line]:
    picked = labels_in(question, sitting.typed)
    right = question.key.right if isinstance(question.key, ChoiceKey) and sitting.stage is Stage.ANSWERED else None
    for option in question.options:
        sign, role = _option_sign(option, picked, right)
        lead = f"{sign} {option.label}) "
        indent = " " * max(HANGING, cells(lead))
        text = markdown_lines(option.text, width - len(indent), setting)
        for number, line in enumerate(text):
            yield (Span(lead, role) if number == 0 else Span(indent), *_weighted(line, option.label in picked))


def _weighted(line: Line, picked: bool) -> Line:  # noqa: FBT001 — read at its one call
    return tuple(Span(span.text, span.role or "strong") for span in line) if picked else line


def _option_sign(option: ShownOption, picked: Sequence[str], right: Sequence[str] | None) -> tuple[str, str]:
    if right is None:
        return ("▸", "mark") if option.label in picked else (" ", "muted")
    if option.label in right:
        return SIGNS[Outcome.CORRECT]
    return SIGNS[Outcome.WRONG] if option.label in picked else (" ", "muted")


def asked_for(question: Question, words: ScreensWords) -> str:
    """How an answer is to be written."""
    match question.key:
        case NumberKey(_, digits, significant):
            return words.digits(digits, significant)
        case VectorKey(_, digits, significant):
            return words.parted.join(part for part in (words.vector, words.digits(digits, significant)) if part)
        case ExpressionKey() as key:
            return words.usable(", ".join(key.using or (*key.symbols, *key.given)))
        case ChoiceKey(_, _, several):
            return words.options_several if several else words.options_one
        case OrderKey():
            return words.order
        case TermKey():
            return words.term


def hint_lines(sitting: Sitting, width: int, setting: Setting, words: ScreensWords) -> Iterator[Line]:
    """The hints that were shown."""
    question, asking = sitting.question, sitting.asking
    if question is None or asking is None:
        return
    for number, hint in enumerate(question.hints[: asking.hints], start=1):
        yield ()
        yield (Span(words.hint_number(number, len(question.hints)), "mark"),)
        yield from _indented(markdown_lines(hint, width - 2, setting))


def verdict_lines(sitting: Sitting, width: int, setting: Setting, words: ScreensWords) -> Iterator[Line]:
    """The verdict, what it rests on, and the worked solution in this question's numbers."""
    question = sitting.question
    if question is None or sitting.stage is not Stage.ANSWERED:
        return
    yield ()
    yield (Span(("-" if setting.ascii_only else "─") * width, "rule"),)
    yield _head(sitting, width, words)
    if sitting.verdict is not None:
        yield (Span(f"  {words.your_answer}  ", "muted"), Span(sitting.typed.strip()))
    if question.answer:
        yield (Span(f"  {words.key}  ", "muted"), Span(question.answer, "strong"))
    yield from _reasons(sitting, question, width, setting)
    if question.solution:
        yield ()
        yield (Span(words.solution, "heading"),)
        yield from markdown_lines(question.solution, width, setting)


def _head(sitting: Sitting, width: int, words: ScreensWords) -> Line:
    """The verdict at the left; at the right that it is saved, once it is."""
    text, role = f"· {words.given_up}", "near"
    if sitting.verdict is not None:
        sign, role = SIGNS[sitting.verdict.outcome]
        text = f"{sign} {words.outcome(sitting.verdict.outcome)}"
    saved = words.saved_until(sitting.comes_again) if sitting.saved else ""
    return (Span(text, role), Span(" " * max(2, width - cells(text) - cells(saved))), Span(saved, "muted"))


def _reasons(sitting: Sitting, question: Question, width: int, setting: Setting) -> Iterator[Line]:
    """The slip behind a wrong answer, and what the author says of each option that was picked."""
    verdict = sitting.verdict
    if verdict is not None and verdict.message:
        yield ()
        written = any(known.name == verdict.mistake and known.sentence for known in question.mistakes)
        if written:  # the author's own Markdown; the sentences of slips may quote the answer and are plain
            yield from _indented(markdown_lines(verdict.message, width - 2, setting))
        else:
            yield from _indented(plain_lines(verdict.message, width - 2))
    picked = labels_in(question, sitting.typed)
    for option in question.options:
        if option.label in picked and option.said and verdict is not None:
            yield ()
            yield from _indented(markdown_lines(option.said, width - 2, setting))


def _indented(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield (Span("  "), *line) if line else ()
