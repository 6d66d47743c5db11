"""The sentences of the screens about what was learned, in both languages: summary, progress, mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from studyapp.domain.words.sentences import MONTHS, Sentences, counted


class RecordsWords(Sentences):
    """What is said of a session, of progress and of mistakes. A template that has two forms writes them `one|many`."""

    areas: Mapping[str, str]
    summary_title: str
    answered: str
    first: str
    no_first: str
    first_share: str
    time: str
    minutes: str
    seconds: str
    time_over: str
    risen: str
    none_risen: str
    levels: Mapping[str, str]
    others: str
    tomorrow: str
    tomorrow_count: str
    weakest: str
    progress_title: str
    nothing: str
    skills: str
    total: str
    forecast: str
    today: str
    date_form: str
    peak: str
    retention: str
    retention_about: str
    retention_head: tuple[str, str, str, str]
    too_few: str
    no_retention: str
    areas_title: str
    days_of_stability: str
    no_stability: str
    area_right: str
    calendar: str
    calendar_days: str
    weekdays: str
    mistakes_title: str
    no_mistakes: str
    times: str
    projection: str
    projected: str
    rests_on: str
    few_answers: str
    no_exam: str
    exam_over: str
    no_skills: str
    slips: Mapping[str, str]
    other_slip: str
    last: str
    mistakes_about: str
    unexplained: str

    def area(self, area: str) -> str:
        """The name of an area; its own where it has none here."""
        return self.areas.get(area, area)

    def level(self, level: str) -> str:
        """The name of a level."""
        return self.levels[level]

    def slip(self, mistake: str) -> str:
        """A mistake in a few words, where it is one of those that any exercise knows."""
        return self.slips.get(mistake, self.other_slip)

    def count_answered(self, answered: int) -> str:
        """How many questions were answered."""
        return counted(self.answered, answered)

    def first_right(self, right: int, first: int) -> str:
        """How many of the first answers of the day were right."""
        return (
            self.first_share.format(right=right, first=first, share=round(100 * right / first))
            if first
            else self.no_first
        )

    def lasted(self, active_ms: int) -> str:
        """A time of work."""
        seconds = active_ms // 1000
        return self.seconds.format(seconds=seconds) if seconds < 60 else counted(self.minutes, seconds // 60)

    def over(self, left: int) -> str:
        """The time box has ended; so many questions are left."""
        return counted(self.time_over, left)

    def and_others(self, count: int) -> str:
        """So many others."""
        return counted(self.others, count)

    def load(self, count: int) -> str:
        """What is due tomorrow."""
        return counted(self.tomorrow_count, count)

    def on(self, day: date) -> str:
        """A date without its year."""
        return self.date_form.format(month=day.month, day=day.day, name=MONTHS[day.month - 1])

    def met(self, begun: int, learned: int, mastered: int) -> str:
        """How many skills stand at each level."""
        return self.skills.format(begun=begun, learned=learned, mastered=mastered)

    def altogether(self, attempts: int, days: int, active_ms: int) -> str:
        """Everything that was done."""
        return self.total.format(
            attempts=counted(self.answered, attempts),
            days=counted(self.calendar_days, days),
            time=self.lasted(active_ms),
        )

    def busiest(self, day: date, count: int) -> str:
        """The day of the coming two weeks on which most falls due."""
        return self.peak.format(day=self.on(day), count=count)

    def days(self, days: float) -> str:
        """A stability in days."""
        return self.days_of_stability.format(days=days)

    def right_in_area(self, right: int, first: int) -> str:
        """First answers of the day in an area."""
        return self.area_right.format(right=right, first=first)

    def studied(self, days: int) -> str:
        """On how many days of the calendar something was answered."""
        return counted(self.calendar_days, days)

    def often(self, times: int) -> str:
        """How often a mistake was made."""
        return counted(self.times, times)

    def last_made(self, day: date) -> str:
        """When a mistake was made last."""
        return self.last.format(day=self.on(day))

    def on_exam_day(self, exam: str, skills: int, recall: float, low: float, high: float) -> str:
        """What would be recalled on the day of the exam without another review."""
        return self.projected.format(exam=exam, skills=skills, recall=recall, low=low, high=high)

    def resting_on(self, answers: int) -> str:
        """How many answers a projection rests on."""
        return counted(self.rests_on, answers)


JA = RecordsWords(
    areas={
        "": "そのほか",
        "losses": "損失関数",
        "backprop": "誤差逆伝播法",
        "descent": "勾配降下法",
        "generative": "生成モデル",
        "learning": "学習と汎化",
        "metric": "距離学習",
    },
    summary_title="セッションのまとめ",
    answered="{count} 問",
    first="今日の最初の解答",
    no_first="なし（どの技能も今日 2 回目以降の解答でした）",
    first_share="{first} 件のうち {right} 件が正解（{share}%）",
    time="時間",
    minutes="{count} 分",
    seconds="{seconds} 秒",
    time_over="時間になりました。残りの {count} 問は、続けて解くことも、次の回に回すこともできます。",
    risen="段階が変わった技能",
    none_risen="段階の変わった技能はありません。",
    levels={"new": "未学習", "begun": "学習中", "learned": "学習済み", "mastered": "習得"},
    others="ほか {count} 件",
    tomorrow="明日の復習",
    tomorrow_count="{count} 件",
    weakest="いちばん忘れかけている技能",
    progress_title="進み具合",
    nothing="まだ記録がありません。ホームで s を押すと、最初のセッションが始まります。",
    skills="学習中 {begun} ・ 学習済み {learned} ・ 習得 {mastered}",
    total="{attempts}、{days}、{time}",
    forecast="これから 14 日の復習",
    today="今日",
    date_form="{month}/{day}",
    peak="最も多い日: {day} に {count} 件",
    retention="予測と実際",
    retention_about="その日の最初の解答だけを、予測した正答率ごとに数えます。",
    retention_head=("予測の範囲", "予測", "実際", "95% 区間"),
    too_few="件数が少ないので、まだ比べられません",
    no_retention="予測と比べられる復習が、まだありません。",
    areas_title="分野ごとの記憶の安定度（中央値）",
    days_of_stability="{days:.1f} 日",
    no_stability="記憶のある技能が、まだありません。",
    area_right="{right}/{first}",
    calendar="この 28 日間",
    calendar_days="学習した日 {count} 日",
    weekdays="月火水木金土日",
    mistakes_title="間違い",
    no_mistakes="記録された間違いはありません。",
    times="{count} 回",
    projection="試験日の見込み",
    projected="これから復習しない場合、{exam} には、出会った技能 {skills} 件のうち約 {recall:.0%}"
    "（95% 区間 {low:.0%}–{high:.0%}）を思い出せます。",
    rests_on="予測と照らし合わせた解答: {count} 件",
    few_answers="解答がまだ少ないので、この見込みは目安にもなりません。",
    no_exam="試験日を決めると、見込みを出します（c で設定）。",
    exam_over="試験日は過ぎています。次の試験日は c で設定できます。",
    no_skills="記憶のある技能がまだないので、見込みは出せません。",
    slips={
        "sign": "符号が逆",
        "swap": "二つの取り違え",
        "complement": "1 から引いた値",
        "reciprocal": "逆数",
        "log-base": "対数の底",
        "reduction": "和と平均の取り違え",
        "factor": "係数の違い",
        "missing-factor": "因子の抜け",
        "extra-factor": "余分な因子",
        "dropped-term": "項の抜け",
        "direction": "向きが逆",
        "activation": "活性化関数の微分",
        "transposed": "行と列の取り違え",
        "permuted": "順序の違い",
        "axis": "軸の取り違え",
        "component": "成分の違い",
        "size": "成分の数",
        "position": "順番の違い",
        "spelling": "表記の違い",
        "truncated": "四捨五入でなく切り捨て",
    },
    other_slip="今のページに説明のない誤り",
    last="{day} が最後",
    mistakes_about="多い順に並んでいます。",
    unexplained="本文の説明と、問題の解説で確かめましょう。",
)

EN = RecordsWords(
    areas={
        "": "Other pages",
        "losses": "Loss functions",
        "backprop": "Backpropagation",
        "descent": "Gradient descent",
        "generative": "Generative models",
        "learning": "Learning",
        "metric": "Metric learning",
    },
    summary_title="Session summary",
    answered="1 question|{count} questions",
    first="First answers of the day",
    no_first="none: every skill had been answered before today",
    first_share="{right} of {first} right ({share}%)",
    time="Time",
    minutes="1 minute|{count} minutes",
    seconds="{seconds} s",
    time_over="Time is up. 1 question is left, for now or for another session.|"
    "Time is up. {count} questions are left, for now or for another session.",
    risen="Skills that changed their level",
    none_risen="No skill changed its level.",
    levels={"new": "new", "begun": "begun", "learned": "learned", "mastered": "mastered"},
    others="and 1 other|and {count} others",
    tomorrow="Due tomorrow",
    tomorrow_count="1 review|{count} reviews",
    weakest="Nearest to being forgotten",
    progress_title="Progress",
    nothing="Nothing is recorded yet. The key s on the home screen starts a first session.",
    skills="{begun} begun, {learned} learned, {mastered} mastered",
    total="{attempts}, {days}, {time}",
    forecast="Due in the next 14 days",
    today="today",
    date_form="{day} {name}",
    peak="Busiest: {count} on {day}",
    retention="Prediction and fact",
    retention_about="Only first answers of a day count, by predicted recall.",
    retention_head=("predicted", "mean", "fact", "95% range"),
    too_few="too few answers to compare",
    no_retention="No review can be held against a prediction yet.",
    areas_title="Stability by area (median)",
    days_of_stability="{days:.1f} days",
    no_stability="No skill has a memory yet.",
    area_right="{right}/{first}",
    calendar="The last 28 days",
    calendar_days="1 study day|{count} study days",
    weekdays="MTWTFSS",
    mistakes_title="Mistakes",
    no_mistakes="No mistake is recorded.",
    times="once|{count} times",
    projection="The day of the exam",
    projected="With no further review, about {recall:.0%} (95% range {low:.0%}–{high:.0%}) of the skills met"
    " ({skills}) would be recalled on {exam}.",
    rests_on="Answers held against their prediction: {count}",
    few_answers="These are too few answers for the projection to mean much.",
    no_exam="Set the date of the exam for a projection (c, settings).",
    exam_over="The exam is over. Set the date of the next one with c.",
    no_skills="No skill has a memory yet, so there is no projection.",
    slips={
        "sign": "sign reversed",
        "swap": "two things exchanged",
        "complement": "one minus the value",
        "reciprocal": "upside down",
        "log-base": "base of the logarithm",
        "reduction": "sum for mean",
        "factor": "another constant",
        "missing-factor": "missing factor",
        "extra-factor": "factor too many",
        "dropped-term": "dropped term",
        "direction": "direction reversed",
        "activation": "another derivative",
        "transposed": "transposed",
        "permuted": "another order",
        "axis": "wrong axis",
        "component": "one component",
        "size": "number of components",
        "position": "place in the order",
        "spelling": "spelling",
        "truncated": "cut instead of rounded",
    },
    other_slip="a mistake that the page no longer explains",
    last="last on {day}",
    mistakes_about="The most frequent come first.",
    unexplained="The page, and the solution of its question, show how it is done.",
)
