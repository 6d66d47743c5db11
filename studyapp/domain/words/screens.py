"""The sentences of `screens`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from studyapp.domain.words import actions
from studyapp.domain.words.sentences import Sentences, counted


class ScreensWords(Sentences):
    """What `screens` says. `labels` and `helps` are by the name of an action."""

    labels: Mapping[str, str]
    helps: Mapping[str, str]
    # places
    home: str
    welcome: str
    help_title: str
    complaints_title: str
    # the day
    today_nothing: str
    today: str
    minutes: str
    days_left: str
    exam_today: str
    # home
    opening: str
    due: str
    new: str
    nothing_due: str
    practice_head: str
    topics: str
    about_items: str
    about_requires: str
    no_topics: str
    topic_new: str
    topic_begun: str
    topic_done: str
    topic_due: str
    complaints_row: str
    not_opened: str
    other_folder: str
    # topic
    loading: str
    untranslated: str
    exercise_mark: str
    broken: str
    exercises_count: str
    no_exercises: str
    skills_head: str
    skills_count: str
    skills_known: str
    joined: str
    parted: str
    # welcome
    greeting: str
    ask_exam: str
    ask_exam_hint: str
    bad_date: str
    exam_is_past: str
    ask_minutes: str
    bad_minutes: str
    practice: str
    practice_hint: str
    practice_read: str
    # others
    too_small: str
    leave_twice: str
    close_help: str

    def label(self, action: str) -> str:
        """An action in a word or two."""
        return self.labels[action]

    def help(self, action: str) -> str:
        """An action in a sentence."""
        return self.helps.get(action, self.labels[action])

    def day(self, answered: int, right: int, active_ms: int) -> str:
        """What was done today."""
        if not answered:
            return self.today_nothing
        done = self.today.format(answered=answered, right=right)
        minutes = active_ms // 60_000
        return done + self.minutes.format(minutes=minutes) if minutes else done

    def until_exam(self, exam: date, today: date) -> str:
        """How far the exam is; empty once it is over."""
        days = (exam - today).days
        if days < 0:
            return ""
        return self.exam_today if days == 0 else counted(self.days_left, days)

    def exam_hint(self, example: date) -> str:
        """How the date of the exam is typed."""
        return self.ask_exam_hint.format(example=example.isoformat())

    def no_date(self, example: date) -> str:
        """What was typed is no date."""
        return self.bad_date.format(example=example.isoformat())

    def past_exam(self, exam: date) -> str:
        """The date of the exam lies in the past."""
        return self.exam_is_past.format(exam=exam.isoformat())

    def to_do(self, due: int, new: int) -> str:
        """What a round of practice would hold."""
        if due:
            return counted(self.due, due)
        return counted(self.new, new) if new else self.nothing_due

    def due_of(self, count: int) -> str:
        """How many skills of a topic are due."""
        return self.topic_due.format(count=count)

    def counts(self, known: int, skills: int, exercises: int, parting: str) -> str:
        """The skills that were met of those of a page, and its exercises."""
        met = (self.skills_known.format(known=known, count=skills),) if exercises else ()
        return parting.join((*met, self.exercises(exercises)))

    def about(self, items: Sequence[int], requires: Sequence[str], skills: int, exercises: int) -> str:
        """One line on a topic: its skills and exercises, where it stands in the syllabus, what comes before it."""
        parts = [*([counted(self.skills_count, skills)] if skills else []), self.exercises(exercises)]
        if items:
            parts.append(self.about_items.format(items=self.joined.join(map(str, items))))
        if requires:
            parts.append(self.about_requires.format(titles=self.joined.join(requires)))
        return self.parted.join(parts)

    def complaints(self, count: int) -> str:
        """The row that leads to what is wrong with pages."""
        return counted(self.complaints_row, count)

    def exercises(self, count: int) -> str:
        """How many exercises a page has."""
        return counted(self.exercises_count, count) if count else self.no_exercises

    def size(self, width: int, height: int, least_width: int, least_height: int) -> str:
        """That the terminal is too small."""
        return self.too_small.format(width=width, height=height, least_width=least_width, least_height=least_height)


JA = ScreensWords(
    labels=actions.JA_LABELS,
    helps=actions.JA_HELPS,
    home="",
    welcome="はじめに",
    help_title="使い方",
    complaints_title="ページの問題点",
    today_nothing="今日はまだ 0 問",
    today="今日 {answered} 問 ・ 正解 {right}",
    minutes=" ・ {minutes} 分",
    days_left="試験まで {count} 日",
    exam_today="試験は今日です",
    opening="開いています…",
    due="復習 {count} 件",
    new="新しい問題 {count} 件",
    nothing_due="今日の復習はありません",
    practice_head="今日の練習",
    topics="トピック",
    about_items="シラバス {items}",
    about_requires="先に読む: {titles}",
    no_topics="読めるトピックがありません。",
    topic_new="未着手",
    topic_begun="学習中",
    topic_done="一巡済み",
    topic_due="復習 {count}",
    complaints_row="ページの問題点 {count} 件",
    not_opened="学習の記録を開けないので、ページを読むことだけできます。",
    other_folder="studyapp --data DIR で、別のフォルダを使えます。",
    loading="ページを読んでいます…",
    untranslated="このページは日本語だけです。",
    exercise_mark="▷ 問題: {heading}",
    broken="このページには直すところがあります。",
    exercises_count="問題 {count}",
    no_exercises="問題なし",
    skills_head="技能",
    skills_count="技能 {count}",
    skills_known="技能 {known} / {count}",
    joined="、",
    parted=" ・ ",
    greeting="ようこそ。三つだけお尋ねします。あとから変えることも、Esc でとばすこともできます。",
    ask_exam="試験日",
    ask_exam_hint="例: {example}（決まっていなければ空のまま）",
    bad_date="日付として読めません。{example} のように入力してください。",
    exam_is_past="{exam} はもう過ぎた日です。",
    ask_minutes="1 日の学習時間（分）",
    bad_minutes="1 から 600 までの整数を入力してください。",
    practice="答え方の練習",
    practice_hint="-ln 0.6 や 1/3 のように入力すると、読み取った式がすぐ下に表示されます。",
    practice_read="このように読みました。Enter でホームへ進みます。",
    too_small="端末が小さすぎます（{width}×{height}）。{least_width}×{least_height} 以上に広げてください。",
    leave_twice="書きかけの答えがあります。もう一度 Ctrl+C を押すと終了します。",
    close_help="Esc で閉じます",
)

EN = ScreensWords(
    labels=actions.EN_LABELS,
    helps=actions.EN_HELPS,
    home="",
    welcome="Welcome",
    help_title="Help",
    complaints_title="Problems in pages",
    today_nothing="nothing answered today",
    today="today {answered} answered, {right} correct",
    minutes=", {minutes} min",
    days_left="1 day to the exam|{count} days to the exam",
    exam_today="the exam is today",
    opening="Opening…",
    due="1 review is due|{count} reviews are due",
    new="1 new exercise|{count} new exercises",
    nothing_due="Nothing is due today",
    practice_head="Practice",
    topics="Topics",
    about_items="syllabus {items}",
    about_requires="read first: {titles}",
    no_topics="There is no topic to read.",
    topic_new="new",
    topic_begun="begun",
    topic_done="covered",
    topic_due="{count} due",
    complaints_row="1 problem in pages|{count} problems in pages",
    not_opened="The history cannot be opened, so pages can be read and nothing else.",
    other_folder="studyapp --data DIR uses another folder.",
    loading="Reading the page…",
    untranslated="This page is in Japanese only.",
    exercise_mark="▷ Exercise: {heading}",
    broken="Something in this page needs mending.",
    exercises_count="1 exercise|{count} exercises",
    no_exercises="no exercises",
    skills_head="skills",
    skills_count="1 skill|{count} skills",
    skills_known="skills {known} / {count}",
    joined=", ",
    parted=" · ",
    greeting="Welcome. Three short questions; all can be changed later, and Esc skips them.",
    ask_exam="Date of the exam",
    ask_exam_hint="like {example}; leave it empty if it is open",
    bad_date="This is no date. Write it like {example}.",
    exam_is_past="{exam} is in the past.",
    ask_minutes="Minutes a day",
    bad_minutes="Write a whole number from 1 to 600.",
    practice="Try an answer",
    practice_hint="Type -ln 0.6 or 1/3: how it is read is shown below at once.",
    practice_read="This is how it was read. Enter leads to the home screen.",
    too_small="The terminal is too small ({width}×{height}). At least {least_width}×{least_height} is needed.",
    leave_twice="An answer is unfinished. Press Ctrl+C once more to quit.",
    close_help="Esc closes this",
)
