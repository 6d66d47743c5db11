"""The sentences about progress, in both languages: levels, forecast, retention, the day of the exam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from studyapp.domain.words.sentences import Sentences


class ProgressWords(Sentences):
    """What is said of progress, in line mode and on screens. A template that has two forms writes them `one|many`."""

    levels_line: str
    topic_line: str
    forecast: str
    retention: str
    retention_note: str
    retention_line: str
    no_retention: str
    stability: str
    stability_line: str
    calendar: str
    today: str
    projection: str
    few_answers: str
    no_exam: str
    exam_over: str

    def levels(self, counts: Mapping[str, int]) -> str:
        """How many skills stand at each level."""
        return self.levels_line.format(**counts)

    def topic(self, learned: int, mastered: int, skills: int) -> str:
        """How far a topic has come; what is mastered is learned too."""
        return self.topic_line.format(learned=learned, mastered=mastered, skills=skills)

    def held(self, low: float, high: float, predicted: float, recalled: float, answers: int) -> str:
        """One bin of predicted recall beside what was recalled."""
        return self.retention_line.format(low=low, high=high, predicted=predicted, recalled=recalled, answers=answers)

    def stable(self, area: str, days: float) -> str:
        """How long the skills of an area are kept."""
        return self.stability_line.format(area=area, days=days)

    def without_exam(self, exam: date | None, example: date) -> str:
        """Why nothing is projected: there is no date of an exam, or it is past."""
        template = self.no_exam if exam is None else self.exam_over
        return template.format(exam=exam, example=example)

    def projected(self, exam: str, skills: int, recall: float, low: float, high: float, answers: int) -> str:
        """What would be recalled on the day of the exam, and what that rests on."""
        return self.projection.format(exam=exam, skills=skills, recall=recall, low=low, high=high, answers=answers)


JA = ProgressWords(
    levels_line="学習中 {begun}、学習済み {learned}、習得 {mastered}",
    topic_line="学習済み {learned}/{skills}、習得 {mastered}/{skills}",
    forecast="これから 14 日の復習",
    retention="予測と実際（その日の最初の解答）",
    retention_note="予測した正答率の範囲ごとに、実際に正解した割合",
    retention_line="  {low:.0%}–{high:.0%}  予測 {predicted:.0%}  実際 {recalled:.0%}  （{answers} 件）",
    no_retention="  まだ復習がありません。",
    stability="分野ごとの記憶の安定度（中央値）",
    stability_line="  {area}  {days:.1f} 日",
    calendar="この 28 日間の解答数",
    today="今日",
    projection="試験日（{exam}）の見込み: これから復習しない場合、出会った技能 {skills} 件のうち約 {recall:.0%}"
    "（{low:.0%}–{high:.0%}）を思い出せます。予測と照らし合わせた解答は {answers} 件です。",
    few_answers="解答がまだ少ないので、この見込みは目安にもなりません。",
    no_exam="試験日を決めると見込みを出します（studyapp config exam_date {example}）。",
    exam_over="試験日 {exam} は過ぎています（次の試験日は studyapp config exam_date {example} のように入れます）。",
)

EN = ProgressWords(
    levels_line="{begun} begun, {learned} learned, {mastered} mastered",
    topic_line="{learned}/{skills} learned, {mastered}/{skills} mastered",
    forecast="Due in the next 14 days",
    retention="Prediction and fact (first answers of the day)",
    retention_note="by predicted recall, the share that was right",
    retention_line="  {low:.0%}–{high:.0%}  predicted {predicted:.0%}  recalled {recalled:.0%}  ({answers} answers)",
    no_retention="  Nothing has been reviewed yet.",
    stability="Stability of memory by area (median)",
    stability_line="  {area}  {days:.1f} days",
    calendar="Answers in the last 28 days",
    today="today",
    projection="On the day of the exam ({exam}), with no further review, about {recall:.0%} ({low:.0%}–{high:.0%}) of"
    " the skills met ({skills}) would be recalled. Answers held against their prediction: {answers}.",
    few_answers="These are too few answers for the projection to mean much.",
    no_exam="Set the date of the exam for a projection (studyapp config exam_date {example}).",
    exam_over="The date of the exam, {exam}, is past (for the next one: studyapp config exam_date {example}).",
)
