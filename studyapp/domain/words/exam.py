"""The sentences of a mock exam, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studyapp.domain.words.sentences import Sentences, counted


class ExamWords(Sentences):
    """What is said in a mock exam. A template that has two forms writes them `one|many`."""

    scope: str
    length: str
    resumed: str
    commands: str
    item_head: str
    several: str
    one: str
    ahead: str
    behind: str
    states: Mapping[str, str]
    kept: str
    cleared: str
    flag_up: str
    flag_down: str
    not_understood: str
    no_item: str
    palette: str
    blanks: str
    time_over: str
    closed_over: str
    left: str
    no_exam: str
    no_items: str
    result_head: str
    area_line: str
    review_commands: str
    right_word: str
    wrong_word: str
    blank_word: str
    review_line: str
    nothing_to_review: str

    def covers(self, syllabus: Sequence[int]) -> str:
        """Which items of the syllabus the exam asks about."""
        return self.scope.format(items=", ".join(map(str, syllabus)))

    def sized(self, items: int, minutes: int) -> str:
        """How many items in how many minutes."""
        return self.length.format(items=items, minutes=minutes)

    def head(self, number: int, items: int, left: str, state: str) -> str:
        """The line over an item: its number, the time that is left, its state."""
        return self.item_head.format(number=number, items=items, left=left, state=self.states[state])

    def pace(self, seconds: float) -> str:
        """How far ahead of an even pace, or behind it."""
        minutes, rest = divmod(int(abs(seconds)), 60)
        return (self.ahead if seconds >= 0 else self.behind).format(time=f"{minutes}:{rest:02}")

    def saved(self, number: int, labels: Sequence[str]) -> str:
        """An answer is kept, or was taken away."""
        return (self.kept if labels else self.cleared).format(number=number, answer=", ".join(labels))

    def flagged(self, number: int, *, up: bool) -> str:
        """A flag was put up or taken down."""
        return (self.flag_up if up else self.flag_down).format(number=number)

    def refused(self, labels: Sequence[str]) -> str:
        """A line that is no label and no command."""
        return self.not_understood.format(labels=", ".join(labels))

    def warning(self, blank: int) -> str:
        """Items are blank; submitting is to be said once more."""
        return counted(self.blanks, blank)

    def result(self, right: int, items: int) -> str:
        """The whole result."""
        return self.result_head.format(right=right, items=items, share=round(100 * right / items) if items else 0)

    def area(self, area: str, right: int, items: int, blank: int, seconds: float) -> str:
        """The result of an area, with its time an item."""
        return self.area_line.format(area=area, right=right, items=items, blank=blank, seconds=seconds)

    def review(self, number: int, exercise: str, *, right: bool, answer: str, key: str, seconds: float) -> str:
        """What became of an item."""
        word = self.right_word if right else self.wrong_word if answer else self.blank_word
        return self.review_line.format(
            number=number, exercise=exercise, word=word, answer=answer or "-", key=key, seconds=seconds
        )


JA = ExamWords(
    scope="範囲内模試: この教材が扱うシラバスの項目（{items}）から出題します。",
    length="{items} 問・{minutes} 分。終わるまで正誤は表示しません。",
    resumed="途中の模試を続けます。",
    commands="記号で解答 ・ - 解答を消す ・ f 印 ・ j N で N 問目へ ・ l 一覧 ・ s 提出 ・ 空行で次へ",
    item_head="{number}/{items}  残り {left}  {state}",
    several="当てはまるものをすべて選べ。",
    one="一つ選べ。",
    ahead="ペース +{time}",
    behind="ペース −{time}",
    states={"answered": "解答済み", "blank": "未解答", "flagged": "印あり"},
    kept="保存しました {number}: {answer}",
    cleared="消しました {number}",
    flag_up="印を付けました {number}",
    flag_down="印を外しました {number}",
    not_understood="記号は {labels} のどれかです。",
    no_item="その番号の問題はありません。",
    palette="○ 解答済み ・ . 未解答 ・ ! 印",
    blanks="未解答が {count} 問あります。提出するには、もう一度 s と入力してください。",
    time_over="時間になりました。ここまでの解答で提出しました。",
    closed_over="前の模試は、時間切れの時点の解答で提出しました。",
    left="中断しました。studyapp exam で続けられます（時計は進みます）。",
    no_exam="まだ模試を受けていません。",
    no_items="出題できる選択式の問題がありません。",
    result_head="結果: {items} 問中 {right} 問正解（{share}%）",
    area_line="  {area}  {right}/{items}  未解答 {blank}  1 問 {seconds:.0f} 秒",
    review_commands="見直し: a すべて ・ w 不正解だけ ・ f 印だけ ・ q 終わる",
    right_word="正解",
    wrong_word="不正解",
    blank_word="未解答",
    review_line="{number}. {exercise}  {word}  解答 {answer}  正答 {key}  {seconds:.0f} 秒",
    nothing_to_review="当てはまる問題はありません。",
)

EN = ExamWords(
    scope="A mock exam within the course: it asks about the syllabus items {items}.",
    length="{items} items in {minutes} minutes. Nothing is revealed before it is submitted.",
    resumed="The exam that was begun goes on.",
    commands="label to answer · - clears · f flag · j N jump · l list · s submit · empty line: next",
    item_head="{number}/{items}  {left} left  {state}",
    several="Choose all that apply.",
    one="Choose one.",
    ahead="pace +{time}",
    behind="pace -{time}",
    states={"answered": "answered", "blank": "blank", "flagged": "flagged"},
    kept="saved {number}: {answer}",
    cleared="cleared {number}",
    flag_up="flagged {number}",
    flag_down="flag off {number}",
    not_understood="The labels are {labels}.",
    no_item="There is no item of that number.",
    palette="○ answered · . blank · ! flagged",
    blanks="1 item is blank. Enter s once more to submit.|{count} items are blank. Enter s once more to submit.",
    time_over="Time is up. The exam was submitted as it stands.",
    closed_over="The earlier exam was submitted as it stood at its deadline.",
    left="Left. studyapp exam goes on with it (the clock keeps running).",
    no_exam="No exam was taken yet.",
    no_items="There are no exercises with options to ask.",
    result_head="Result: {right} of {items} right ({share}%)",
    area_line="  {area}  {right}/{items}  blank {blank}  {seconds:.0f} s an item",
    review_commands="Review: a all · w wrong only · f flagged only · q quit",
    right_word="right",
    wrong_word="wrong",
    blank_word="blank",
    review_line="{number}. {exercise}  {word}  answer {answer}  key {key}  {seconds:.0f} s",
    nothing_to_review="There are none.",
)
