"""The sentences about a report of a question, in both languages."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences


class ReportWords(Sentences):
    """What is said when a question is reported, and when a report is drawn again."""

    written: str
    not_written: str
    option: str
    needs_one: str
    unreadable: str
    then: str
    now: str
    nothing_typed: str
    other_version: str
    other_question: str

    def told(self, path: str) -> str:
        """Where the report was written."""
        return self.written.format(path=path)

    def failed(self, detail: str) -> str:
        """That the report could not be written."""
        return self.not_written.format(detail=detail)

    def not_read(self, path: str, detail: str) -> str:
        """That a file is no report."""
        return self.unreadable.format(path=path, detail=detail)


JA = ReportWords(
    written="この問題の報告を書きました: {path}",
    not_written="報告を書けませんでした（{detail}）。答えと記録はそのままです。",
    option="画面の R が書いた報告の問題を、もう一度作る",
    needs_one="練習の id か --report のどちらか一方を指定してください。",
    unreadable="{path} は報告として読めません（{detail}）。",
    then="報告したとき:",
    now="今の採点:",
    nothing_typed="（まだ何も入力していません）",
    other_version="報告のあとで、この練習のページが変わっています。",
    other_question="今のページからは、報告とは違う問題ができます。",
)

EN = ReportWords(
    written="The question was reported in {path}",
    not_written="The report could not be written ({detail}). The answer and the history are as they were.",
    option="Draw the question of a report that R wrote in the app",
    needs_one="Give either the id of an exercise or --report.",
    unreadable="{path} cannot be read as a report ({detail}).",
    then="When it was reported:",
    now="Graded now:",
    nothing_typed="(nothing typed yet)",
    other_version="The page of this exercise has changed since the report.",
    other_question="The page now gives another question than the reported one.",
)
