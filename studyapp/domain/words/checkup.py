"""The sentences of `doctor`, `restore` and `import` about the history, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.words.sentences import Sentences, counted


class CheckupWords(Sentences):
    """What was found in a data folder, and what came of putting a history back or taking one in.

    Templates have the names that their sentences need; one with two forms writes them `one|many`.
    """

    verified: str
    torn: str
    damaged: str
    unreadable: str
    future: str
    index_differs: str
    index_other: str
    no_space: str
    space: str
    backups: str
    bad_backups: str
    future_backups: str
    restored: str
    restored_torn: str
    lacks: str
    merged: str
    left_out: str
    line: str
    salvaged: str
    missing: str
    kept: str
    nothing_to_salvage: str

    def counted(self, name: str, count: int, **values: object) -> str:
        """A sentence about a number of things."""
        return counted(vars(self)[name], count, **values)

    def lines_left_out(self, lines: Sequence[tuple[int, str, str, str]]) -> list[str]:
        """A line each: its number, why it was left out, and exercise and day as far as they are known."""
        return [
            self.line.format(line=number, reason=reason, about=" ".join(filter(None, (exercise, day))) or "?")
            for number, reason, exercise, day in lines
        ]


JA = CheckupWords(
    verified="{count} 件の記録がすべてつながっています。",
    torn="最後の 1 行が書きかけで途切れています（保存済みとは表示していません）。"
    "次に起動したとき別のファイルに移します。",
    damaged="{line} 行目の記録（{about}）が壊れています。"
    "studyapp doctor --salvage で壊れていない解答をすべて取り出せます。studyapp restore で控えからも戻せます。",
    unreadable="{count} 件の記録は日付か形がありえないため、数えていません（{lines} 行目）。",
    future="{count} 件の記録が未来の日付です（最後は {day}）。"
    "時計が進んでいたときの解答で、復習はその日より後になります。",
    index_differs="索引が記録と食い違っています。{path} を消せば、次の起動で記録から作り直します。",
    index_other="索引はまだありません。次の起動で記録から作ります。",
    no_space="ディスクの空きが {free} MB しかありません。解答を保存できなくなるおそれがあります。",
    space="空きは {free} MB です。",
    backups="控え {count} 件はすべて読めます。",
    bad_backups="読めない控えがあります: {names}。",
    future_backups="未来の日付の控えがあります: {names}。時計が進んでいたときのもので、数には入れません。",
    restored="{count} 件の記録を戻しました。元の記録は backups フォルダーに残してあります。",
    restored_torn="控えの最後の 1 行は途中で切れていたので、入っていません。",
    lacks="元の記録にあって控えにない解答が {count} 件あります（{first} から {last}）。",
    merged="{count} 件を取り込みました（{known} 件は取り込み済み）。",
    left_out="取り込まなかった行が {count} 行あります。",
    line="  {line} 行目: {reason}（{about}）",
    salvaged="壊れていない記録 {count} 件で書き直しました。",
    missing="失われた記録が {count} 件あります。",
    kept="元のファイルは {path} に残してあります。",
    nothing_to_salvage="記録に壊れたところはありません。",
)

EN = CheckupWords(
    verified="{count} event verified.|{count} events verified.",
    torn="The last line was cut off while it was being written; it was never shown as saved. "
    "The next start moves it to a file of its own.",
    damaged="Line {line} ({about}) is damaged. studyapp doctor --salvage recovers every undamaged answer; "
    "studyapp restore puts a backup back.",
    unreadable="{count} event has an impossible day or form and does not count (line {lines}).|"
    "{count} events have an impossible day or form and do not count (lines {lines}).",
    future="{count} event is in the future ({day}): the clock was ahead. Its skill comes for review after that day.|"
    "{count} events are in the future, the last of {day}: the clock was ahead. "
    "Their skills come for review after that day.",
    index_differs="The index disagrees with the history. Delete {path}: the next start makes it anew.",
    index_other="There is no index yet; the next start makes it.",
    no_space="Only {free} MB of disk space are left. Answers may soon not be saved.",
    space="{free} MB of disk space are free.",
    backups="{count} backup can be restored.|{count} backups can be restored.",
    bad_backups="Backups that cannot be restored: {names}.",
    future_backups="Backups from the future: {names}. The clock was ahead; they do not count.",
    restored="{count} event was put back. What was there before is kept in the backups folder.|"
    "{count} events were put back. What was there before is kept in the backups folder.",
    restored_torn="The last line of the copy was cut off in the middle and is not part of it.",
    lacks="{count} answer of the history that was replaced is not in the copy ({first}).|"
    "{count} answers of the history that was replaced are not in the copy ({first} to {last}).",
    merged="{count} event was taken in ({known} known already).|{count} events were taken in ({known} known already).",
    left_out="{count} line was left out:|{count} lines were left out:",
    line="  line {line}: {reason} ({about})",
    salvaged="The history was written anew from {count} undamaged event.|"
    "The history was written anew from {count} undamaged events.",
    missing="{count} event is missing:|{count} events are missing:",
    kept="The earlier file is kept as {path}.",
    nothing_to_salvage="The history has no damage.",
)
