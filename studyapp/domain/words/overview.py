"""What home says of the learner and of the rounds that can be gone through, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class OverviewWords(Sentences):
    """What is said of rounds, and of the ways to the screens about the learner."""

    rounds: Mapping[str, str]
    again: str
    going_on: str
    rest: str
    placement_row: str
    placement_about: str
    placed: str
    first_exposure: str
    offer: str
    keys_told: str
    learner_head: str
    rows: Mapping[str, tuple[str, str]]

    def round(self, name: str) -> str:
        """The name of a round that is not on a topic."""
        return self.rounds.get(name, self.again)

    def placed_so_far(self, placed: int, at: int) -> str:
        """How many skills a placement has found to be known, at which question."""
        return self.placed.format(placed=placed, at=at)

    def placement_offer(self, key: str) -> str:
        """What is said to somebody who may know some of it already."""
        return self.offer.format(key=key)

    def other_keys(self, keys: Mapping[str, str]) -> str:
        """The keys that lead to the screens about the learner."""
        return self.keys_told.format(**keys)

    def left_at(self, at: int, count: int) -> str:
        """Where a session was left."""
        return self.going_on.format(at=at, count=count)


JA = OverviewWords(
    rounds={"": "今日のセッション", "?placement": "実力確認"},
    again="間違いをもう一度",
    going_on="セッションの途中: {at} / {count}",
    rest="今日の分は終わりました。先へ進むときは、トピックを選んでください。",
    placement_row="知っている技能をとばす（実力確認）",
    placement_about="1 つの技能につき 2 問続けて正解すると、その技能を学習済みにします。いつでもやめられます。",
    placed="とばせる技能 {placed} ・ {at} 問目",
    first_exposure="新しい技能です。先に本文を読むときは F3（ヒントを見た扱いになります）。",
    offer="すでに学んだことがあれば、{key} の実力確認で、知っている技能をとばせます。",
    keys_told="{exam} 模試 ・ {progress} 進み具合 ・ {mistakes} 自分の間違い ・ {settings} 設定",
    learner_head="模試、記録、設定",
    rows={
        "exam": ("模試", "本番と同じ選択式の問題を、時間を計って解きます。過去の結果も見られます。"),
        "progress": ("進み具合", "復習の予定、予測と実際、記憶の安定度、試験日の見込みを見ます。"),
        "mistakes": ("自分の間違い", "これまでの間違いを見て、本文を読んだり、解き直したりします。"),
        "settings": ("設定", "試験日、1 日の学習時間、言語、画面の色などを変えます。"),
    },
)

EN = OverviewWords(
    rounds={"": "Session", "?placement": "Placement"},
    again="A mistake again",
    going_on="Go on with the session: {at} of {count}",
    rest="Today's session is done. To go ahead, choose a topic.",
    placement_row="Skip what you know (placement)",
    placement_about="Two right answers in a row take a skill for known. You can stop at any time.",
    placed="{placed} known, question {at}",
    first_exposure="This skill is new. F3 opens its page first; that counts as a hint.",
    offer="If you know some of it already, {key} finds out what can be skipped.",
    keys_told="{exam} mock exam · {progress} progress · {mistakes} my mistakes · {settings} settings",
    learner_head="Exam, record, settings",
    rows={
        "exam": ("Mock exam", "Items with options against the clock, as in the examination; past results, too."),
        "progress": ("Progress", "What lies ahead, prediction and fact, stability, the day of the exam."),
        "mistakes": ("My mistakes", "What went wrong so far, to read about it or to try it again."),
        "settings": ("Settings", "Exam date, minutes a day, language, colours."),
    },
)
