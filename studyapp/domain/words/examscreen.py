"""What the screens of the mock exam say, in both languages; what line mode says too is in `exam`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from studyapp.domain.words.sentences import Sentences


class ExamScreenWords(Sentences):
    """Titles, rows and sentences; `labels` and `helps` are by action."""

    labels: Mapping[str, str]
    helps: Mapping[str, str]
    title: str
    row: str
    running: str
    resume: str
    full: str
    short: str
    past: str
    past_day: str
    past_result: str
    none_past: str
    past_about: str
    real: str
    drawing: str
    drawing_of: str
    state: str
    kept: str
    cleared: str
    flag_up: str
    flag_down: str
    submit_twice: str
    submit_blank: str
    submitting: str
    closed: str
    left: str
    left_until: str
    left_time: str
    begin_twice: str
    not_kept: str
    result: str
    areas: str
    area_line: str
    no_mark: str
    whole_time: str
    review_title: str
    reviewed: str
    your_answer: str
    no_answer: str
    key: str
    jump_title: str
    jump_hint: str

    def sized(self, row: str, items: int, minutes: int) -> str:
        """A length to choose."""
        return row.format(items=items, minutes=minutes)

    def left_of(self, answered: int, items: int, left: str) -> str:
        """The exam that is running."""
        return self.resume.format(answered=answered, items=items, left=left)

    def ends(self, at: datetime) -> str:
        """When the exam that is running ends."""
        return self.left_until.format(hour=at.hour, minute=at.minute)

    def time_left(self, left: str) -> str:
        """What is left of the exam that is running."""
        return self.left_time.format(left=left)

    def begin_asked(self, minutes: int) -> str:
        """Beginning a long exam is to be said once more."""
        return self.begin_twice.format(minutes=minutes)

    def day_of(self, day: datetime) -> str:
        """The day of an exam that was submitted."""
        return self.past_day.format(year=day.year, month=day.month, day=day.day)

    def result_of(self, right: int, items: int) -> str:
        """What an exam that was submitted came to."""
        return self.past_result.format(right=right, items=items)

    def share_of(self, right: int, items: int) -> str:
        """The share of the items that were right, set apart."""
        return f"{round(100 * right / items) if items else 0} %   "

    def drawn(self, at: int, items: int) -> str:
        """How far the drawing of an exam has come."""
        return self.drawing_of.format(at=at, items=items)

    def state_of(self, number: int, items: int, left: str, pace: str) -> str:
        """Where an exam stands; its parts are set apart, so that the first can give way."""
        return self.state.format(number=number, items=items, left=left, pace=pace)

    def saved(self, number: int, answer: str) -> str:
        """An answer is kept, or was taken away."""
        return (self.kept if answer else self.cleared).format(number=number, answer=answer)

    def flagged(self, number: int, *, up: bool) -> str:
        """A flag was put up or taken down."""
        return (self.flag_up if up else self.flag_down).format(number=number)

    def submit_asked(self, blank: int) -> str:
        """Submitting is to be said once more."""
        return self.submit_blank.format(count=blank) if blank else self.submit_twice

    def area(self, name: str, right: int, items: int, blank: int, seconds: float) -> str:
        """The result of an area, with its time an item."""
        return self.area_line.format(name=name, right=right, items=items, blank=blank, seconds=round(seconds))

    def used(self, minutes: int, seconds: float) -> str:
        """The time that was used, and what that is an item."""
        return self.whole_time.format(minutes=minutes, seconds=round(seconds))

    def review_of(self, at: int, count: int) -> str:
        """Where a review stands."""
        return self.reviewed.format(at=at, count=count)


JA = ExamScreenWords(
    labels={
        "exam": "模試",
        "pick": "選ぶ",
        "clear": "消す",
        "to_item": "移る",
        "next_item": "次へ",
        "previous_item": "前へ",
        "flag": "印",
        "jump": "番号へ",
        "palette": "一覧",
        "submit_exam": "提出",
        "review_all": "すべて",
        "review_wrong": "不正解",
        "review_flagged": "印つき",
    },
    helps={
        "exam": "模試を始めます。途中の模試は続きから受けます。過去の結果も見られます。",
        "pick": "選択肢を選びます。すぐに保存されます。「すべて選べ」の問題では、もう一度押すと外れます。",
        "clear": "この問題の解答を消します。",
        "to_item": "次の問題へ進みます。一覧では、▸ の問題へ移ります。",
        "next_item": "次の問題へ進みます。",
        "previous_item": "前の問題へ戻ります。",
        "flag": "あとで見直す印を付けます。もう一度押すと外れます。",
        "jump": "番号を入力して、その問題へ移ります。",
        "palette": "全問題の状態を一覧で見ます。",
        "submit_exam": "提出して結果を見ます。途中でやめるときも提出します。二度押すと提出します。",
        "review_all": "全問題を、正答と解説つきで見直します。",
        "review_wrong": "不正解と未解答の問題だけを見直します。",
        "review_flagged": "印を付けた問題だけを見直します。",
    },
    title="範囲内模試",
    row="模試",
    running="途中の模試",
    resume="続きから受ける: {answered}/{items} 問解答済み、残り {left}",
    full="通し: {items} 問・{minutes} 分（2026 年の本試験と同じ）",
    short="短縮: {items} 問・{minutes} 分",
    past="これまでの結果",
    past_day="{year} 年 {month} 月 {day} 日",
    past_result="{right}/{items} 問正解",
    none_past="まだ受けていません。",
    past_about="結果と見直しを開きます。",
    real="本試験は 2026 年現在 145 問を 100 分、1 問あたり約 41 秒。合格点は公表されていません。",
    drawing="問題を作っています…",
    drawing_of="問題を作っています… {at}/{items}",
    state="{pace}   残り {left}   {number}/{items}",
    kept="○ {number} 番: {answer} を保存しました",
    cleared="· {number} 番の解答を消しました",
    flag_up="！ {number} 番に印を付けました",
    flag_down="{number} 番の印を外しました",
    submit_twice="提出するには、もう一度 s を押してください。",
    submit_blank="未解答が {count} 問あります。このまま提出するには、もう一度 s を押してください。",
    submitting="提出しています…",
    closed="時間切れの時点の解答で提出しました。",
    left="模試は続いています。画面を離れても時計は進みます。",
    left_until="{hour}:{minute:02} まで",
    left_time="残り {left}",
    begin_twice="{minutes} 分の模試です。途中で画面を離れても時計は進みます。"
    "始めるには、もう一度 Enter を押してください。",
    not_kept="まだ保存されていません。r でもう一度、w で別のフォルダーに保存できます。",
    result="結果",
    areas="分野ごと",
    area_line="{name}  {right}/{items}  未解答 {blank}  1 問 {seconds} 秒",
    no_mark="合格点は公表されていないので、合否は示しません。",
    whole_time="使った時間 {minutes} 分 ・ 1 問あたり {seconds} 秒（本試験のペースは約 41 秒）",
    review_title="見直し",
    reviewed="{at} / {count}",
    your_answer="解答",
    no_answer="未解答",
    key="正答",
    jump_title="番号へ移る",
    jump_hint="番号を入力して Enter",
)

EN = ExamScreenWords(
    labels={
        "exam": "mock exam",
        "pick": "pick",
        "clear": "clear",
        "to_item": "go there",
        "next_item": "next",
        "previous_item": "previous",
        "flag": "flag",
        "jump": "go to",
        "palette": "overview",
        "submit_exam": "submit",
        "review_all": "all",
        "review_wrong": "wrong",
        "review_flagged": "flagged",
    },
    helps={
        "exam": "Start a mock exam, or go on with the one that is running. Past results are there, too.",
        "pick": "Pick an option; it is saved at once. Where several apply, the same key takes it away again.",
        "clear": "Take the answer to this item away.",
        "to_item": "Go to the next item; in the overview, to the one marked ▸.",
        "next_item": "Go to the next item.",
        "previous_item": "Go back to the item before.",
        "flag": "Flag the item for later, or take the flag off.",
        "jump": "Type a number to go to that item.",
        "palette": "See the state of every item.",
        "submit_exam": "Submit and see the result; this is how to give an exam up, too. It takes two presses.",
        "review_all": "Go through all items with keys and solutions.",
        "review_wrong": "Go through the items that are wrong or blank.",
        "review_flagged": "Go through the items that were flagged.",
    },
    title="Mock exam within the course",
    row="Mock exam",
    running="Running",
    resume="Go on: {answered} of {items} answered, {left} left",
    full="Full: {items} items in {minutes} minutes (as the examination of 2026)",
    short="Short: {items} items in {minutes} minutes",
    past="Past results",
    past_day="{year}-{month:02}-{day:02}",
    past_result="{right} of {items} right",
    none_past="None was taken yet.",
    past_about="Open the result and the review.",
    real="As of 2026 the examination has 145 items in 100 minutes, some 41 s an item; no pass mark is published.",
    drawing="Drawing the items…",
    drawing_of="Drawing the items… {at}/{items}",
    state="{pace}   {left} left   {number}/{items}",
    kept="○ {number}: {answer} saved",
    cleared="· {number}: answer taken away",
    flag_up="! {number} flagged",
    flag_down="{number}: flag taken off",
    submit_twice="Press s once more to submit.",
    submit_blank="Blank items: {count}. Press s once more to submit all the same.",
    submitting="Submitting…",
    closed="The exam was submitted as it stood at its deadline.",
    left="The exam is running. Its clock does not stop when you leave the screen.",
    left_until="until {hour}:{minute:02}",
    left_time="{left} left",
    begin_twice="This takes {minutes} minutes, and the clock does not stop when you leave. "
    "Press Enter once more to begin.",
    not_kept="This is not saved yet. r tries again, w saves in another folder.",
    result="Result",
    areas="By area",
    area_line="{name}  {right}/{items}  blank {blank}  {seconds} s an item",
    no_mark="No pass mark is published, so nothing is said of passing.",
    whole_time="{minutes} minutes used, {seconds} s an item (the pace of the examination is some 41 s)",
    review_title="Review",
    reviewed="{at} of {count}",
    your_answer="your answer",
    no_answer="blank",
    key="key",
    jump_title="Go to an item",
    jump_hint="Type a number, then Enter",
)
