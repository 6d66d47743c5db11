"""The room in which a mock exam is taken by line: items in order, commands, and afterwards the review."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, read_line
from studyapp.cli.saving import save
from studyapp.cli.shown import markdown_text
from studyapp.history.history import History
from studyapp.language.labels import read_labels
from studyapp.study.exam import Exam, State, results
from studyapp.study.taking import Taking

SIGNS = {State.ANSWERED: "○", State.BLANK: ".", State.FLAGGED: "!"}
IN_A_LINE = 10


class ExamRoom:
    """One exam from here to its end, or to the end of the input. Nothing is revealed before it is submitted."""

    def __init__(self, context: Context, history: History, exam: Exam) -> None:
        self._context = context
        self._said = context.words.exam
        self._history = history
        self._taking = Taking(history, exam, context.clock())
        self._warned = False

    @property
    def _exam(self) -> Exam:
        return self._taking.exam

    def run(self) -> None:
        """Take the exam.

        Errors: NotSavedError where the input ends before an answer is saved, or the submission cannot be.
        """
        echo(self._said.commands)
        self._show()
        while self._exam.submitted is None:
            line = read_line()
            if line is None:
                echo(self._said.left)
                return
            if self._exam.over(self._context.clock()):
                echo(self._said.time_over)
                self._taking.submit(self._context.clock())
            else:
                self._obey(line.strip())
        tell_result(self._exam, self._context)
        review(self._exam, self._context)

    def _obey(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        taking, labels = self._taking, self._taking.item.labels
        warned, self._warned = self._warned, False
        if not line:
            self._go(taking.number + 1)
        elif line == "-":
            self._answer([])
        elif word == "j":
            self._jump(rest)
        elif line in labels:
            self._answer([line])
        elif line == "f":
            self._flag()
        elif line == "l":
            echo(palette(self._exam, self._context))
        elif line == "s":
            self._try_to_submit(warned=warned)
        else:
            picked = read_labels(line, labels)
            if isinstance(picked, str) or (len(set(picked)) > 1 and not taking.item.several):
                echo(self._said.refused(labels))
            else:
                self._answer([label for label in labels if label in picked])

    def _answer(self, labels: list[str]) -> None:
        """Save first, then say so and go on."""
        now = self._context.clock()
        save(lambda place: self._taking.answer(labels, now, place), self._history, self._context)
        echo(self._said.saved(self._taking.number + 1, labels))
        self._go(self._taking.number + (1 if labels else 0))

    def _flag(self) -> None:
        now = self._context.clock()
        up = save(lambda place: self._taking.flag(now, place), self._history, self._context)
        echo(self._said.flagged(self._taking.number + 1, up=up))

    def _jump(self, text: str) -> None:
        number = int(text) if text.strip().isdecimal() and len(text) < 6 else 0
        if 1 <= number <= len(self._exam.items):
            self._go(number - 1)
        else:
            echo(self._said.no_item)

    def _go(self, number: int) -> None:
        """Show an item; behind the last one the palette, and the last one again."""
        if number >= len(self._exam.items):
            echo(palette(self._exam, self._context))
        self._taking.go(number, self._context.clock())
        self._show()

    def _try_to_submit(self, *, warned: bool) -> None:
        blank = len(self._exam.blank)
        if blank and not warned:
            self._warned = True
            echo(self._said.warning(blank))
        else:
            self._taking.submit(self._context.clock())

    def _show(self) -> None:
        exam, number, now = self._exam, self._taking.number, self._context.clock()
        left = int(exam.remaining(now).total_seconds())
        head = self._said.head(number + 1, len(exam.items), f"{left // 60}:{left % 60:02}", exam.state(number))
        echo(f"{head}  {self._said.pace(exam.ahead(now).total_seconds())}")
        echo(item_text(exam, number, self._context))
        echo(self._said.several if self._taking.item.several else self._said.one)
        self._taking.look(now)


def item_text(exam: Exam, number: int, context: Context) -> str:
    """An item: its prompt and its options, the picked ones marked."""
    item, picked = exam.items[number], exam.marks[number].answer
    options = [
        f"{'*' if label in picked else ' '} {label}) {markdown_text(text, context)}" for label, text in item.options
    ]
    return "\n".join([markdown_text(item.prompt, context), "", *options])


def palette(exam: Exam, context: Context) -> str:
    """Every item with its state, ten in a line."""
    signs = [f"{number + 1:>4}{SIGNS[exam.state(number)]}" for number in range(len(exam.items))]
    rows = ["".join(signs[start : start + IN_A_LINE]) for start in range(0, len(signs), IN_A_LINE)]
    return "\n".join([*rows, context.words.exam.palette])


def tell_result(exam: Exam, context: Context) -> None:
    """The result of a submitted exam, area by area."""
    said, found = context.words.exam, results(exam)
    echo(said.result(sum(one.right for one in found), len(exam.items)))
    for one in found:
        echo(said.area(one.area, one.right, one.items, one.blank, one.seconds_an_item))


def review(exam: Exam, context: Context) -> None:
    """Items shown again with their keys and solutions, as they are asked for, until the input ends."""
    said = context.words.exam
    numbers = range(len(exam.items))
    choices = {
        "a": tuple(numbers),
        "w": tuple(number for number in numbers if not exam.is_right(number)),
        "f": tuple(number for number in numbers if exam.marks[number].flagged),
    }
    echo(said.review_commands)
    while (line := read_line()) is not None and line.strip() != "q":
        if line.strip() in choices:
            _tell_items(exam, choices[line.strip()], context)
        else:
            echo(said.review_commands)


def _tell_items(exam: Exam, numbers: Iterable[int], context: Context) -> None:
    said, told = context.words.exam, False
    for number in numbers:
        item, mark, told = exam.items[number], exam.marks[number], True
        echo(
            said.review(
                number + 1,
                item.exercise,
                right=exam.is_right(number),
                answer=", ".join(mark.answer),
                key=", ".join(item.right),
                seconds=mark.spent_ms / 1000,
            )
        )
        echo(item_text(exam, number, context))
        echo(markdown_text(item.solution, context))
    if not told:
        echo(said.nothing_to_review)
