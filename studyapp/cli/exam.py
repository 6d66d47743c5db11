"""`studyapp exam`: a mock exam by line: items in order, commands, and afterwards the review; or a form to look at."""

import secrets
from collections.abc import Sequence

from studyapp.cli.commands import command, json_option, option
from studyapp.cli.context import Context
from studyapp.cli.course import load_library, show_complaints
from studyapp.cli.learner import not_saved, open_learner, save
from studyapp.cli.lines import echo, echo_json, fail, read_line
from studyapp.cli.shown import markdown_text
from studyapp.domain.course import ExamForm
from studyapp.domain.question import ExamQuestion
from studyapp.domain.text import Text
from studyapp.history.errors import NotSavedError
from studyapp.history.history import History
from studyapp.kernel.requests import Offer
from studyapp.kernel.service import Service
from studyapp.language.labels import read_labels
from studyapp.study import exam as exams
from studyapp.study import mock
from studyapp.study.blueprint import SEEDS, draw_items, syllabus_of, uncovered, with_conventions, written
from studyapp.study.entries import ExerciseEntry
from studyapp.study.exam import Exam, ExamItem, State, clock, pace_text, result, results
from studyapp.study.library import Library
from studyapp.study.mock import Taking

FORM_HELP = Text(
    ja="教材にある模試の種類（付属の教材では g-short、g、e-short、e など。指定しなければ最初のもの）",
    en="Which exam of the course (here g-short, g, e-short, e …); the first one by default",
)
SHORT_HELP = Text(ja="短縮版（--form g-short と同じ）", en="The short one, as --form g-short")
DRAW_HELP = Text(ja="受けずに、出題される問題を見る", en="Show the items without taking the exam")
NO_FORM = Text(
    ja="模試 {found} はありません。使えるのは {forms} です。", en="There is no exam {found}. There are: {forms}."
)
RESULT_HELP = Text(ja="最後に受けた模試の結果を表示する", en="Show the result of the latest exam")
SEED_HELP = Text(ja="出題を決める種（同じ種なら同じ問題）", en="Seed that decides the items (equal seeds, equal items)")
LENGTH = Text(
    ja="{items} 問・{minutes} 分。終わるまで正誤は表示しません。",
    en="{items} items in {minutes} minutes. Nothing is revealed before it is submitted.",
)
RESUMED = Text(ja="途中の模試を続けます。", en="The exam that was begun goes on.")
CLOSED_OVER = Text(
    ja="前の模試は、時間切れの時点の解答で提出しました。",
    en="The earlier exam was submitted with the answers given before its deadline.",
)
NO_EXAM = Text(ja="まだ模試を受けていません。", en="No exam was taken yet.")
HELP = Text(
    ja="記号で解答 ・ - 解答を消す ・ f 印 ・ j N で N 問目へ ・ l 一覧 ・ s 提出 ・ x やめる ・ 空行で次へ",
    en="label to answer · - clears · f flag · j N jump · l list · s submit · x give up · empty line: next",
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
GIVE_UP_TWICE = Text(
    ja="結果を出さずに模試をやめるには、もう一度 x と入力してください。",
    en="Enter x once more to give the exam up, without a result.",
)
GIVEN_UP = Text(
    ja="模試をやめました。解答は記録に残り、結果や復習の予定には数えません。",
    en="The exam was given up. Its answers stay in the history, and count for no result and no review.",
)
LEFT = Text(
    ja="中断しました。studyapp exam で続けられます（時計は進みます）。",
    en="Left. studyapp exam goes on with it (the clock keeps running).",
)
AREA_LINE = Text(
    ja="  {area}  {right}/{items}  未解答 {blank}  1 問 {seconds:.0f} 秒",
    en="  {area}  {right}/{items}  blank {blank}  {seconds:.0f} s an item",
)
REVIEW_HELP = Text(
    ja="見直し: a すべて ・ w 不正解だけ ・ f 印だけ ・ q 終わる",
    en="Review: a all · w wrong only · f flagged only · q quit",
)
REVIEW_LINE = Text(
    ja="{number}. {exercise}  {word}  解答 {answer}  正答 {key}  {seconds:.0f} 秒",
    en="{number}. {exercise}  {word}  answer {answer}  key {key}  {seconds:.0f} s",
)

SIGNS = {State.ANSWERED: "○", State.BLANK: ".", State.FLAGGED: "!"}
IN_A_LINE = 10


@command("exam")
@option("--form", "form_id", about=FORM_HELP)
@option("--short", is_flag=True, about=SHORT_HELP)
@option("--draw", "only_drawn", is_flag=True, about=DRAW_HELP)
@option("--result", "to_review", is_flag=True, about=RESULT_HELP)
@option("--seed", type=int, about=SEED_HELP)
@json_option
def exam_command(
    context: Context, form_id: str, short: bool, only_drawn: bool, to_review: bool, seed: int | None, as_json: bool
) -> None:
    """Take an exam, go on with the one that was left, show the latest result, or with --draw what one would ask."""
    library = load_library(context)
    show_complaints(library)
    form = _form_named(library, "g-short" if short else form_id)
    first = secrets.randbelow(SEEDS) if seed is None else seed
    if only_drawn:
        _show_drawn(context, library, form, first, as_json=as_json)
        return
    with open_learner(context, library) as history:
        try:
            exam = mock.latest(history)
            if exam is not None and mock.is_to_be_closed(exam, context.clock()):
                echo(CLOSED_OVER())
                mock.submit(history, exam, context.clock())
                to_review = True
            if to_review:
                _show_result(next(iter(mock.submitted(history)), None), context)
                return
            if exam is None or not exam.is_open:
                exam = _begun(context, library, history, form, first)
            else:
                mock.hold(history, exam, context.clock())
                echo(RESUMED())
                _show_scope(exam.syllabus)
            _Room(context, history, exam).run()
        except NotSavedError as error:
            fail(not_saved(error))


def _form_named(library: Library, name: str) -> ExamForm:
    """The form of that name, the first one where none is named; a name that is none ends the command."""
    forms = {form.id: form for form in library.forms()}
    if name and name not in forms:
        fail(NO_FORM(found=name, forms=", ".join(forms)), 2)
    return forms[name] if name else next(iter(forms.values()))


def _drawn(library: Library, form: ExamForm, seed: int) -> tuple[ExamItem, ...]:
    service = Service()

    def draw(entry: ExerciseEntry, number: int) -> ExamQuestion | None:
        return with_conventions(service.answer(Offer(entry.source, entry.id, number)))

    items = draw_items(library, form, draw, seed)
    if not items:
        fail(exams.NO_ITEMS())
    return items


def _show_drawn(context: Context, library: Library, form: ExamForm, seed: int, *, as_json: bool) -> None:
    items = _drawn(library, form, seed)
    minutes = mock.minutes_for(form, len(items))
    if as_json:
        echo_json(written(library, form, items, minutes))
        return
    for number, item in enumerate(items, 1):
        echo(f"{number}. {item.exercise}")
        echo(markdown_text(item.text, context))
        echo("\n".join(f"  {label}) {markdown_text(text, context)}" for label, text in item.options))


def _begun(context: Context, library: Library, history: History, form: ExamForm, seed: int) -> Exam:
    items = _drawn(library, form, seed)
    minutes = mock.minutes_for(form, len(items))
    syllabus = syllabus_of(library, form)
    _show_scope(syllabus)
    if syllabus:
        echo(exams.UNCOVERED(items=uncovered(library, form)))
        echo(exams.REAL_LIKE())
    echo(LENGTH(items=len(items), minutes=minutes))
    return mock.begin(history, items, syllabus, minutes, context.clock())


def _show_scope(syllabus: Sequence[int]) -> None:
    if syllabus:
        echo(exams.SCOPE(items=", ".join(map(str, syllabus))))


class _Room:
    """One exam from here to its end, or to the end of the input. Nothing is revealed before it is submitted."""

    def __init__(self, context: Context, history: History, exam: Exam) -> None:
        self._context = context
        self._history = history
        self._taking = Taking(history, exam, context.clock())
        self._warned = ""

    def run(self) -> None:
        """Take the exam. Errors: NotSavedError where the input ends before all is saved, or it cannot be submitted."""
        taking, context = self._taking, self._context
        echo(HELP())
        self._show()
        while taking.exam.is_open:
            line = read_line()
            if line is None:
                echo(LEFT())
                return
            if taking.exam.over(context.clock()):
                echo(exams.TIME_OVER())
                taking.submit(context.clock())
            else:
                self._obey(line.strip())
        if taking.exam.given_up:
            echo(GIVEN_UP())
        else:
            _show_result(taking.exam, context)

    def _obey(self, line: str) -> None:
        taking, labels = self._taking, self._taking.item.labels
        warned, self._warned = self._warned, line
        word, _, rest = line.partition(" ")
        if not line:
            self._go(taking.number + 1)
        elif line == "-":
            self._answer([])
        elif word == "j":
            number = int(rest) if rest.strip().isdecimal() and len(rest) < 6 else 0
            if 1 <= number <= len(taking.exam.items):
                self._go(number - 1)
            else:
                echo(NO_ITEM())
        elif line in labels:
            self._answer([line])
        elif line == "f":
            now = self._context.clock()
            up = save(lambda log: taking.flag(now, log), self._history, self._context)
            echo((FLAG_UP if up else FLAG_DOWN)(number=taking.number + 1))
        elif line == "l":
            echo(_palette(taking.exam))
        elif line == "s" and taking.exam.blank and warned != "s":
            echo(BLANKS(count=len(taking.exam.blank)))
        elif line == "s":
            taking.submit(self._context.clock())
        elif line == "x" and warned != "x":
            echo(GIVE_UP_TWICE())
        elif line == "x":
            taking.give_up(self._context.clock())
        else:
            picked = read_labels(line, labels)
            if isinstance(picked, str) or (len(set(picked)) > 1 and not taking.item.several):
                echo(NOT_UNDERSTOOD(labels=", ".join(labels)))
            else:
                self._answer([label for label in labels if label in picked])

    def _answer(self, labels: Sequence[str]) -> None:
        taking, now = self._taking, self._context.clock()
        save(lambda log: taking.answer(labels, now, log), self._history, self._context)
        echo((KEPT if labels else CLEARED)(number=taking.number + 1, answer=", ".join(labels)))
        self._go(taking.number + (1 if labels else 0))

    def _go(self, number: int) -> None:
        """Show an item; behind the last one the palette, and the last one again."""
        if number >= len(self._taking.exam.items):
            echo(_palette(self._taking.exam))
        self._taking.go(number, self._context.clock())
        self._show()

    def _show(self) -> None:
        exam, number, now = self._taking.exam, self._taking.number, self._context.clock()
        left, state = clock(exam.remaining(now)), exams.STATES[exam.state(number)]()
        head = ITEM_HEAD(number=number + 1, items=len(exam.items), left=left, state=state)
        echo(f"{head}  {pace_text(exam.ahead(now))}")
        echo(_item_text(exam, number, self._context))
        echo(exams.SEVERAL() if self._taking.item.several else exams.ONE())
        self._taking.look(now)


def _item_text(exam: Exam, number: int, context: Context) -> str:
    item, picked = exam.items[number], exam.marks[number].answer
    options = [
        f"{'*' if label in picked else ' '} {label}) {markdown_text(text, context)}" for label, text in item.options
    ]
    return "\n".join([markdown_text(item.text, context), "", *options])


def _palette(exam: Exam) -> str:
    signs = [f"{number + 1:>4}{SIGNS[exam.state(number)]}" for number in range(len(exam.items))]
    rows = ["".join(signs[start : start + IN_A_LINE]) for start in range(0, len(signs), IN_A_LINE)]
    return "\n".join([*rows, PALETTE()])


def _show_result(exam: Exam | None, context: Context) -> None:
    if exam is None:
        echo(NO_EXAM())
        return
    areas = results(exam)
    echo(result(sum(area.right for area in areas), len(exam.items)))
    for area in areas:
        seconds = area.seconds_an_item
        echo(AREA_LINE(area=area.area, right=area.right, items=area.items, blank=area.blank, seconds=seconds))
    _review(exam, context)


def _review(exam: Exam, context: Context) -> None:
    """Items shown again with their keys and solutions, as they are asked for, until the input ends."""
    numbers = range(len(exam.items))
    choices: dict[str, Sequence[int]] = {
        "a": numbers,
        "w": exam.wrong,
        "f": [number for number in numbers if exam.marks[number].flagged],
    }
    echo(REVIEW_HELP())
    while (line := read_line()) is not None and line.strip() != "q":
        chosen = choices.get(line.strip())
        if chosen is None:
            echo(REVIEW_HELP())
        elif not chosen:
            echo(exams.NOTHING_TO_REVIEW())
        for number in chosen or ():
            _show_reviewed(exam, number, context)


def _show_reviewed(exam: Exam, number: int, context: Context) -> None:
    item, mark = exam.items[number], exam.marks[number]
    word = exams.RIGHT_WORD if exam.is_right(number) else exams.WRONG_WORD if mark.answer else exams.BLANK_WORD
    echo(
        REVIEW_LINE(
            number=number + 1,
            exercise=item.exercise,
            word=word(),
            answer=", ".join(mark.answer) or "-",
            key=", ".join(item.right),
            seconds=mark.spent_ms / 1000,
        )
    )
    echo(_item_text(exam, number, context))
    echo(markdown_text(item.solution, context))
