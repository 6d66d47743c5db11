"""The sentences of `history`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class HistoryWords(Sentences):
    """What was found when a history was opened, and why it was not, or an answer not saved; by the codes of each.

    A trouble may have `path`, `detail`, `line`; a notice `path`, `count`, `detail`; what was not saved `detail`.
    `of_copy` has the troubles of a file that was named, `left_out` why an event is not taken in.
    """

    troubles: Mapping[str, str]
    of_copy: Mapping[str, str]
    notices: Mapping[str, str]
    not_saved: Mapping[str, str]
    left_out: Mapping[str, str]
    broken: str

    def tell_broken(self, path: str, line: int, event: str) -> str:
        """The chain breaks at a line, as far back that it was found only after the start."""
        return self.broken.format(path=path, line=line, event=event or "?")


JA = HistoryWords(
    troubles={
        "not-writable": "データフォルダー {path} に書き込めません（{detail}）。--data DIR "
        "で別のフォルダーを指定してください。",
        "not-readable": "記録 {path} を読めません（{detail}）。--data DIR で別のフォルダーを指定できます。",
        "empty": "記録 {path} が空です。バックアップがあれば元に戻してください。"
        "新しく始めるには、このファイルを別の場所へ移してください。",
        "lost": "記録 {path} が見つかりませんが、以前の記録の跡（{detail}）があります。記録を元に戻すか、--data "
        "DIR で別のフォルダーを指定してください。",
        "foreign": "{path} は studyapp の記録ではありません。--data DIR で別のフォルダーを指定してください。",
        "newer": "記録 {path} は新しい形式（{detail}）で書かれています。studyapp を更新してください。",
        "damaged": "記録 {path} の {line} 行目が壊れています。これ以上書き込まないように、開くのを止めました。"
        "studyapp doctor --salvage で壊れていない解答をすべて取り出せます。studyapp restore "
        "でバックアップからも戻せます。",
        "in-use": "別の studyapp が記録を使っています。しばらく待ってから、もう一度試してください。",
        "no-file": "{path} はふつうのファイルではありません。別のファイルか、--data DIR "
        "で別のフォルダーを指定してください。",
        "dangling": "記録 {path} はリンクですが、リンク先 {detail} がありません。リンク先を元に戻すか、--data DIR "
        "で別のフォルダーを指定してください。",
    },
    of_copy={
        "empty": "{path} は空です。",
        "foreign": "{path} は studyapp の記録ではありません。",
        "newer": "{path} は新しい形式（{detail}）で書かれています。studyapp を更新してください。",
        "damaged": "{path} の {line} 行目が壊れています。壊れていない解答は studyapp import history で取り込めます。",
        "not-readable": "{path} を読めません（{detail}）。",
        "no-file": "{path} はふつうのファイルではありません。",
    },
    notices={
        "torn": "書きかけで途切れた最後の 1 行（{count} バイト）を {path} に移しました。"
        "保存済みと表示した解答は失われていません。",
        "healed": "記録の末尾に欠けていた改行を補いました。解答は失われていません。",
        "shortened": "記録が以前より短くなっています（以前は {count} 件）。以前の索引を {path} に残しました。"
        "バックアップから記録を戻せるか確かめてください。",
        "rebuilt": "記録から索引を作り直しました。",
        "in-memory": "索引のファイルを使えないため、今回は記録から読み直して動きます。解答の保存には影響しません。",
        "clock": "時計が最後の記録（{detail}）より前を指しています。日付と時刻の設定を確かめてください。"
        "解答は保存されますが、復習の間隔は時間がたっていないものとして計算します。",
        "conflict": "同期ツールが残した別の記録 {path} があります。ほかのパソコンでの解答が入っているかもしれません。"
        "studyapp import history で取り込めます。",
    },
    not_saved={
        "no-space": "保存できませんでした。ディスクに空きがありません。空きを作ってから、もう一度保存してください。",
        "replaced": "まだ保存していません。開いている間に記録のファイルが置き換えられました。"
        "もう一度保存すると、今ある記録に加えます。",
        "gone": "保存できませんでした。"
        "開いている間に記録のファイルが移されたか、使えないファイルに置き換えられました。studyapp doctor "
        "で確かめてください。",
        "in-use": "保存できませんでした。別の studyapp が記録を使っています。もう一度保存してください。",
        "taken-over": "この模試は別のウィンドウで続けられています。こちらでの解答は保存されません。"
        "模試を開き直せば、こちらで続けられます。",
        "closed": "保存できませんでした。記録はもう閉じられています。",
        "failed": "保存できませんでした（{detail}）。",
    },
    left_out={
        "damaged": "壊れています",
        "torn": "途中で切れています",
        "shape": "解答の形をしていません",
        "moment": "ありえない日付か時刻です",
        "future": "未来の日付です",
    },
    broken="記録 {path} の {line} 行目（{event}）が壊れています。studyapp を終了し、studyapp doctor "
    "--salvage か studyapp restore で元に戻してください。今の記録は、その前に別の名前で残されます。",
)

EN = HistoryWords(
    troubles={
        "not-writable": "The data folder {path} cannot be written to ({detail}). Name another one with --data DIR.",
        "not-readable": "The history {path} cannot be read ({detail}). Another folder can be named with --data DIR.",
        "empty": "The history {path} is empty. Put a backup back if there is one; to begin anew, move this file away.",
        "lost": "There is no history {path}, but there are traces of an earlier one ({detail}). Put it back, or "
        "name another folder with --data DIR.",
        "foreign": "{path} is not a history of studyapp. Name another folder with --data DIR.",
        "newer": "The history {path} is written in a later format ({detail}). Update studyapp.",
        "damaged": "Line {line} of the history {path} is damaged. It was not opened, so that nothing is written "
        "over it. studyapp doctor --salvage recovers every undamaged answer; studyapp restore puts a "
        "backup back.",
        "in-use": "Another studyapp is using the history. Wait a moment, then try again.",
        "no-file": "{path} is not a regular file. Name another file, or another folder with --data DIR.",
        "dangling": "The history {path} is a link to {detail}, which does not exist. Put the file back, or name "
        "another folder with --data DIR.",
    },
    of_copy={
        "empty": "{path} is empty.",
        "foreign": "{path} is not a history of studyapp.",
        "newer": "{path} is written in a later format ({detail}). Update studyapp.",
        "damaged": "Line {line} of {path} is damaged. studyapp import history takes in its undamaged answers.",
        "not-readable": "{path} cannot be read ({detail}).",
        "no-file": "{path} is not a regular file.",
    },
    notices={
        "torn": "The last line was cut off while it was being written; its {count} bytes were moved to {path}. "
        "No answer that was shown as saved is missing.",
        "healed": "The line end missing at the end of the history was put back. No answer is missing.",
        "shortened": "The history is shorter than it was (it had {count} events). The earlier index was kept as "
        "{path}. Check whether a backup of the history can be put back.",
        "rebuilt": "The index was rebuilt from the history.",
        "in-memory": "The index file cannot be used, so this run reads the history anew. Answers are saved as always.",
        "clock": "The clock is behind the last entry of the history ({detail}). Check date and time. Answers are "
        "saved, but for reviews no time has passed.",
        "conflict": "A synchronising tool left a second history: {path}. It may hold answers from another computer. "
        "Take them in with studyapp import history.",
    },
    not_saved={
        "no-space": "Not saved: the disk is full. Make room, then save again.",
        "replaced": "Not saved yet: the history file was replaced while it was open. Save again to add the answer to "
        "the file that is there now.",
        "gone": "Not saved: the history file was moved, or replaced by one that cannot be used, while it was "
        "open. Check with studyapp doctor.",
        "in-use": "Not saved: another studyapp is using the history. Save again.",
        "taken-over": "This exam is being continued in another window. Answers given here are not saved. "
        "Open the exam again to continue it here.",
        "closed": "Not saved: the history has been closed already.",
        "failed": "Not saved ({detail}).",
    },
    left_out={
        "damaged": "damaged",
        "torn": "cut off in the middle",
        "shape": "not an event of a history",
        "moment": "an impossible day or moment",
        "future": "in the future",
    },
    broken="Line {line} ({event}) of the history {path} is damaged. Quit, then use studyapp doctor "
    "--salvage or studyapp restore; the present file is kept under another name.",
)
