"""The room in which a mock exam is taken by line: items in order, commands, and afterwards the review."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, read_line
from studyapp.cli.saving import save
from studyapp.cli.shown import markdown_text
from studyapp.domain.text import Text
from studyapp.history.history import History
from studyapp.language.labels import read_labels
from studyapp.study.exam import (
    BLANK_WORD,
    NOTHING_TO_REVIEW,
    ONE,
    RIGHT_WORD,
    SEVERAL,
    STATES,
    TIME_OVER,
    WRONG_WORD,
    Exam,
    State,
    pace_text,
    result,
    results,
)
from studyapp.study.taking import Taking

COMMANDS = Text(
    ja="記号で解答 ・ - 解答を消す ・ f 印 ・ j N で N 問目へ ・ l 一覧 ・ s 提出 ・ 空行で次へ",
    en="label to answer · - clears · f flag · j N jump · l list · s submit · empty line: next",
)
ITEM_HEAD = Text(ja="{number}/{items}  残り {left}  {state}", en="{number}/{items}  {left} left  {state}")
KEPT = Text(ja="保存しました {number}: {answer}", en="saved {number}: {answer}")
CLEARED = Text(ja="消しました {number}", en="cleared {number}")
FLAG_UP = Text(ja="印を付けました {number}", en="flagged {number}")
FLAG_DOWN = Text(ja="印を外しました {number}", en="flag off {number}")
NOT_UNDERSTOOD = Text(ja="記号は {labels} のどれかです。", en="The labels are {labels}.")
NO_ITEM = Text(ja="その番号の問題はありません。", en="There is no item of that number.")
PALETTE = Text(ja="○ 解答済み ・ . 未解答 ・ ! 印", en="○ answered · . blank · ! flagged")
BLANKS = Text(
    ja="未解答が {count} 問あります。提出するには、もう一度 s と入力してください。",
    en="1 item is blank. Enter s once more to submit.|{count} items are blank. Enter s once more to submit.",
)
LEFT = Text(
    ja="中断しました。studyapp exam で続けられます（時計は進みます）。",
    en="Left. studyapp exam goes on with it (the clock keeps running).",
)
AREA_LINE = Text(
    ja="  {area}  {right}/{items}  未解答 {blank}  1 問 {seconds:.0f} 秒",
    en="  {area}  {right}/{items}  blank {blank}  {seconds:.0f} s an item",
)
REVIEW_COMMANDS = Text(
    ja="見直し: a すべて ・ w 不正解だけ ・ f 印だけ ・ q 終わる",
    en="Review: a all · w wrong only · f flagged only · q quit",
)
REVIEW_LINE = Text(
    ja="{number}. {exercise}  {word}  解答 {answer}  正答 {key}  {seconds:.0f} 秒",
    en="{number}. {exercise}  {word}  answer {answer}  key {key}  {seconds:.0f} s",
)

SIGNS = {State.ANSWERED: "○", State.BLANK: ".", State.FLAGGED: "!"}
IN_A_LINE = 10


class ExamRoom:
    """One exam from here to its end, or to the end of the input. Nothing is revealed before it is submitted."""

    def __init__(self, context: Context, history: History, exam: Exam) -> None:
        self._context = context
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
        echo(COMMANDS())
        self._show()
        while self._exam.submitted is None:
            line = read_line()
            if line is None:
                echo(LEFT())
                return
            if self._exam.over(self._context.clock()):
                echo(TIME_OVER())
                self._taking.submit(self._context.clock())
            else:
                self._obey(line.strip())
        tell_result(self._exam)
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
            echo(palette(self._exam))
        elif line == "s":
            self._try_to_submit(warned=warned)
        else:
            picked = read_labels(line, labels)
            if isinstance(picked, str) or (len(set(picked)) > 1 and not taking.item.several):
                echo(NOT_UNDERSTOOD(labels=", ".join(labels)))
            else:
                self._answer([label for label in labels if label in picked])

    def _answer(self, labels: list[str]) -> None:
        """Save first, then say so and go on."""
        now = self._context.clock()
        save(lambda place: self._taking.answer(labels, now, place), self._history, self._context)
        echo((KEPT if labels else CLEARED)(number=self._taking.number + 1, answer=", ".join(labels)))
        self._go(self._taking.number + (1 if labels else 0))

    def _flag(self) -> None:
        now = self._context.clock()
        up = save(lambda place: self._taking.flag(now, place), self._history, self._context)
        echo((FLAG_UP if up else FLAG_DOWN)(number=self._taking.number + 1))

    def _jump(self, text: str) -> None:
        number = int(text) if text.strip().isdecimal() and len(text) < 6 else 0
        if 1 <= number <= len(self._exam.items):
            self._go(number - 1)
        else:
            echo(NO_ITEM())

    def _go(self, number: int) -> None:
        """Show an item; behind the last one the palette, and the last one again."""
        if number >= len(self._exam.items):
            echo(palette(self._exam))
        self._taking.go(number, self._context.clock())
        self._show()

    def _try_to_submit(self, *, warned: bool) -> None:
        blank = len(self._exam.blank)
        if blank and not warned:
            self._warned = True
            echo(BLANKS(count=blank))
        else:
            self._taking.submit(self._context.clock())

    def _show(self) -> None:
        exam, number, now = self._exam, self._taking.number, self._context.clock()
        left = int(exam.remaining(now).total_seconds())
        head = ITEM_HEAD(
            number=(number + 1),
            items=len(exam.items),
            left=(f"{left // 60}:{left % 60:02}"),
            state=STATES[exam.state(number)](),
        )
        echo(f"{head}  {pace_text(exam.ahead(now).total_seconds())}")
        echo(item_text(exam, number, self._context))
        echo(SEVERAL() if self._taking.item.several else ONE())
        self._taking.look(now)


def item_text(exam: Exam, number: int, context: Context) -> str:
    """An item: its prompt and its options, the picked ones marked."""
    item, picked = exam.items[number], exam.marks[number].answer
    options = [
        f"{'*' if label in picked else ' '} {label}) {markdown_text(text, context)}" for label, text in item.options
    ]
    return "\n".join([markdown_text(item.prompt, context), "", *options])


def palette(exam: Exam) -> str:
    """Every item with its state, ten in a line."""
    signs = [f"{number + 1:>4}{SIGNS[exam.state(number)]}" for number in range(len(exam.items))]
    rows = ["".join(signs[start : start + IN_A_LINE]) for start in range(0, len(signs), IN_A_LINE)]
    return "\n".join([*rows, PALETTE()])


def tell_result(exam: Exam) -> None:
    """The result of a submitted exam, area by area."""
    found = results(exam)
    echo(result(sum(one.right for one in found), len(exam.items)))
    for one in found:
        echo(AREA_LINE(area=one.area, right=one.right, items=one.items, blank=one.blank, seconds=one.seconds_an_item))


def review(exam: Exam, context: Context) -> None:
    """Items shown again with their keys and solutions, as they are asked for, until the input ends."""
    numbers = range(len(exam.items))
    choices = {
        "a": tuple(numbers),
        "w": tuple(number for number in numbers if not exam.is_right(number)),
        "f": tuple(number for number in numbers if exam.marks[number].flagged),
    }
    echo(REVIEW_COMMANDS())
    while (line := read_line()) is not None and line.strip() != "q":
        if line.strip() in choices:
            _tell_items(exam, choices[line.strip()], context)
        else:
            echo(REVIEW_COMMANDS())


def _tell_items(exam: Exam, numbers: Iterable[int], context: Context) -> None:
    shown = False
    for number in numbers:
        item, mark, shown = exam.items[number], exam.marks[number], True
        echo(
            review_text(
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
    if not shown:
        echo(NOTHING_TO_REVIEW())


def review_text(number: int, exercise: str, *, right: bool, answer: str, key: str, seconds: float) -> str:
    """What became of an item."""
    word = RIGHT_WORD() if right else WRONG_WORD() if answer else BLANK_WORD()
    return REVIEW_LINE(number=number, exercise=exercise, word=word, answer=answer or "-", key=key, seconds=seconds)
