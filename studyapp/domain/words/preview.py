"""The sentences of the preview of a page, in both languages."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences, counted


class PreviewWords(Sentences):
    """What an author is told while a page is being written. A template that has two forms writes them `one|many`."""

    whole_page: str
    at_exercise: str
    checking: str
    no_complaints: str
    complaints: str
    reloaded: str
    gone: str
    not_text: str
    kept: str
    undrawn: str
    no_exercises: str
    no_twin: str
    on_page: str
    mistakes: str
    hints: str
    failed: str
    no_terminal: str
    missing: str
    not_a_page: str
    id_taken: str

    def place(self, at: int, count: int, exercise: str, seed: int) -> str:
        """Which exercise is shown, and with which seed."""
        return self.at_exercise.format(at=at, count=count, exercise=exercise, seed=seed)

    def page(self, count: int) -> str:
        """That the whole page is shown, and how many exercises it has."""
        return counted(self.whole_page, count)

    def found(self, count: int) -> str:
        """How many complaints there are."""
        return counted(self.complaints, count) if count else self.no_complaints

    def told_gone(self, path: str) -> str:
        """That the file is not there."""
        return self.gone.format(path=path)

    def not_drawn(self, exercise: str, reason: str, place: str) -> str:
        """Why there is no question with this seed."""
        return self.undrawn.format(exercise=exercise, reason=reason, place=place)

    def failure(self, detail: str) -> str:
        """That the kernel failed, and which key asks again."""
        return self.failed.format(detail=detail)


JA = PreviewWords(
    whole_page="本文   問題 {count}",
    at_exercise="{at} / {count}  {exercise}   種 {seed}",
    checking="検査しています…",
    no_complaints="○ 指摘はありません",
    complaints="指摘 {count} 件",
    reloaded="{time} に読み直しました。",
    gone="{path} が見つかりません。保存されたら、また表示します。",
    not_text="このファイルは今は読めないので、前に読めたときの姿を表示しています。",
    kept="練習「{exercise}」は今は読めないので、前に読めたときの姿を表示しています。",
    undrawn="練習「{exercise}」の問題を作れませんでした（{place}）。{reason}",
    no_exercises="このページにはまだ練習がありません。",
    no_twin="英語のページはまだありません。",
    on_page="j で練習へ移ると使えます。",
    mistakes="想定した誤答",
    hints="ヒント",
    failed="計算の部分が止まりました（{detail}）。F5 でもう一度試せます。",
    no_terminal="ここは端末ではないので、画面を開けません。代わりに studyapp lint FILE を使ってください。",
    missing="{path} がありません。studyapp new topic area/name でページを作れます。",
    not_a_page="{path} は教材のページではありません。"
    "フォルダーの下の ja/area/name.md（英語は en/area/name.md）に置いてください。",
    id_taken="{path} には id「{exercise}」の練習がもうあります。--id で別の id を付けてください。",
)

EN = PreviewWords(
    whole_page="page   1 exercise|page   {count} exercises",
    at_exercise="{at} of {count}  {exercise}   seed {seed}",
    checking="Checking…",
    no_complaints="○ No complaints",
    complaints="1 complaint|{count} complaints",
    reloaded="Read again at {time}.",
    gone="{path} is not there. It will be shown again once it is saved.",
    not_text="The file cannot be read now; this is how it was when it could.",
    kept="The exercise {exercise} cannot be read now; this is how it was when it could.",
    undrawn="No question came of {exercise} ({place}). {reason}",
    no_exercises="This page has no exercise yet.",
    no_twin="There is no English page yet.",
    on_page="Go to an exercise with j first.",
    mistakes="Foreseen mistakes",
    hints="Hints",
    failed="The mathematics stopped ({detail}). F5 tries again.",
    no_terminal="There is no terminal here, so the screen cannot open. Use studyapp lint FILE instead.",
    missing="{path} is not there. studyapp new topic area/name begins a page.",
    not_a_page="{path} is no page of a course. Put it into a folder as ja/area/name.md (in English en/area/name.md).",
    id_taken="{path} has an exercise {exercise} already. Give another id with --id.",
)
