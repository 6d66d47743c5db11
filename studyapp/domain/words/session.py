"""The sentences about a session, in both languages: how it begins, what it came to."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences, counted


class SessionWords(Sentences):
    """What is said around a session. A template that has two forms writes them `one|many`."""

    plan: str
    time_over: str
    head: str
    first: str
    moved: str
    begun: str
    risen: str
    more: str
    tomorrow: str
    weakest: str
    placed: str
    none_placed: str
    nothing_to_place: str

    def planned(self, due: int, sweep: int, new: int) -> str:
        """What the session holds."""
        return self.plan.format(due=due + sweep, new=new)

    def over(self, left: int) -> str:
        """The time box has ended; so many questions are left for another session."""
        return counted(self.time_over, left)

    def first_of_day(self, right: int, first: int) -> str:
        """How many of the first answers of the day were right."""
        share = round(100 * right / first) if first else 0
        return self.first.format(right=right, first=first, share=share)

    def moved_skill(self, skill: str, before: float | None, after: float) -> str:
        """How long a skill is kept in memory, before and after."""
        if before is None:
            return self.begun.format(skill=skill, after=after)
        return self.moved.format(skill=skill, before=before, after=after)

    def level(self, before: str, after: str) -> str:
        """What stands behind a skill that has come to another level."""
        return self.risen.format(before=before, after=after)

    def and_more(self, count: int) -> str:
        """So many others moved."""
        return counted(self.more, count)

    def load(self, count: int) -> str:
        """What is due tomorrow."""
        return counted(self.tomorrow, count)

    def weak(self, skill: str) -> str:
        """The skill that is the nearest to being forgotten."""
        return self.weakest.format(skill=skill)

    def known(self, skills: int) -> str:
        """What a placement has found."""
        return counted(self.placed, skills) if skills else self.none_placed


JA = SessionWords(
    plan="復習 {due}・新しい技能 {new}",
    time_over="時間になりました。残りの {count} 問は、次のときに出ます。",
    head="まとめ",
    first="今日の最初の解答: {first} 件中 {right} 件正解（{share}%）",
    moved="  {skill}  記憶の安定度 {before:.1f} 日 → {after:.1f} 日",
    begun="  {skill}  はじめて（安定度 {after:.1f} 日）",
    risen="、{before} → {after}",
    more="  ほか {count} 件",
    tomorrow="明日の復習: {count}",
    weakest="いちばん忘れかけている技能: {skill}",
    placed="{count} 件の技能は、もう身に付いているものとして扱います。",
    none_placed="飛ばせる技能はありませんでした。順に学びましょう。",
    nothing_to_place="まだ出会っていない技能はありません。",
)

EN = SessionWords(
    plan="{due} to review, {new} new",
    time_over="Time is up. 1 question is left for another session.|"
    "Time is up. {count} questions are left for another session.",
    head="Summary",
    first="First answers of the day: {right} of {first} right ({share}%)",
    moved="  {skill}  stability {before:.1f} → {after:.1f} days",
    begun="  {skill}  begun (stability {after:.1f} days)",
    risen=", {before} → {after}",
    more="  and 1 more|  and {count} more",
    tomorrow="Due tomorrow: {count}",
    weakest="Nearest to being forgotten: {skill}",
    placed="1 skill is taken as known.|{count} skills are taken as known.",
    none_placed="No skill can be skipped; learn them in order.",
    nothing_to_place="There is no skill that you have not met.",
)
