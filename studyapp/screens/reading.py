"""How an answer is read while it is typed: rows to stand under the input, without the kernel."""

from collections.abc import Iterator

from studyapp.domain.question import AnswerKey, ChoiceKey, CodeKey, NumberKey, Question, Step
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language import to_tex, to_text
from studyapp.language.code import read_code
from studyapp.language.labels import read_labels
from studyapp.language.refusals import explain
from studyapp.screens.marked import plain_lines
from studyapp.study.report import understood
from studyapp.typeset.document import Line, Span
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.lines import caret
from studyapp.typeset.tree import TexError
from studyapp.typeset.width import cells

ANY_NUMBER = NumberKey("0")  # a key for what is read as a number is, and not graded
HIGHEST = 7  # rows that a reading may take; a higher one is shown on one line


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a reading; or, where the answer cannot be read, carets under the place and a sentence."""

    rows: tuple[Line, ...] = ()
    carets: str = ""
    sentence: str = ""


def read(key: AnswerKey, text: str, *, ascii_only: bool = False) -> Reading:
    """The reading of an answer. Kinds that are answered in words are their own reading."""
    answer = unreadable_code(key, text) if isinstance(key, CodeKey) else understood(key, text)
    if answer is None:
        return Reading()
    if isinstance(answer, Unreadable):
        return Reading(carets=caret(text, answer.span).split("\n", 1)[1], sentence=explain(answer))
    box = set_formula(to_tex(answer), ascii_only=ascii_only)
    if isinstance(box, TexError) or box.height > HIGHEST:
        return Reading(((Span(to_text(answer), "math"),),))
    return Reading(tuple((Span(row, "math"),) for row in box.rows))


def unreadable_code(key: CodeKey, text: str) -> Unreadable | None:
    """Why code cannot be read; None where it can, or nothing is typed."""
    tree = read_code(text, key.names) if text.strip() else None
    return tree if isinstance(tree, Unreadable) else None


def reading_lines(reading: Reading, typed: str, width: int) -> Iterator[Line]:
    """The rows of a reading, or carets and a sentence; the text is repeated above them where the input has scrolled."""
    yield from reading.rows
    if reading.carets:
        if cells(typed) >= width:
            yield (Span(typed, "muted"),)
        yield (Span(reading.carets, "near"),)
        yield from plain_lines(reading.sentence, width, "muted")


def as_text(key: AnswerKey, text: str) -> str:
    """An answer as it was understood, to be typed in elsewhere; as it was typed where it cannot be read."""
    answer = understood(key, text)
    return text.strip() if answer is None or isinstance(answer, Unreadable) else to_text(answer)


def on_one_line(key: AnswerKey, text: str, *, ascii_only: bool = False) -> str:
    """A formula, or arithmetic, typeset on one line; any other answer, and one that cannot be read, as it was typed."""
    answer = understood(key, text)
    if answer is None or isinstance(answer, Unreadable):
        return text.strip()
    line = set_inline(to_tex(answer), ascii_only=ascii_only)
    return line if isinstance(line, str) else text.strip()


def labels_in(asked: Question | Step, text: str) -> tuple[str, ...]:
    """The labels that an answer names, as far as it can be read while it is typed."""
    labels = read_labels(text, [option.label for option in asked.options])
    named = () if isinstance(labels, str) else tuple(dict.fromkeys(labels))
    several = not isinstance(asked.key, ChoiceKey) or asked.key.several
    return named if several or len(named) == 1 else ()
