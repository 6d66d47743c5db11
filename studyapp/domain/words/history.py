"""The sentences of `history`, in both languages."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences


class HistoryWords(Sentences):
    """What is said of the learner's log: what was found when it was opened, and why an answer could not be saved."""

    read_only: str
    torn: str
    healed: str
    shortened: str
    rebuilt: str
    in_memory: str
    clock: str
    not_writable: str
    not_readable: str
    empty: str
    lost: str
    foreign: str
    newer: str
    damaged: str
    broken: str
    in_use: str
    no_space: str
    replaced: str
    failed: str
    closed: str

    def tell_torn(self, path: str, size: int) -> str:
        """The last line was half-written; its bytes stand in `path`."""
        return self.torn.format(path=path, size=size)

    def tell_shortened(self, path: str, known: int) -> str:
        """The log ends before what the index knew; the old index stands in `path`, `known` events are in it."""
        return self.shortened.format(path=path, known=known)

    def tell_clock(self, last: str) -> str:
        """The clock is behind the last event, which is of the moment `last`."""
        return self.clock.format(last=last)

    def tell_not_writable(self, path: str, detail: str) -> str:
        """The folder takes no files; `detail` is the machine's own word for it."""
        return self.not_writable.format(path=path, detail=detail)

    def tell_not_readable(self, path: str, detail: str) -> str:
        """The log cannot be read."""
        return self.not_readable.format(path=path, detail=detail)

    def tell_empty(self, path: str) -> str:
        """The log has no byte."""
        return self.empty.format(path=path)

    def tell_lost(self, path: str, found: str) -> str:
        """There is no log, but `found` says that there was one."""
        return self.lost.format(path=path, found=found)

    def tell_foreign(self, path: str) -> str:
        """The file is no log of ours."""
        return self.foreign.format(path=path)

    def tell_newer(self, path: str, version: str) -> str:
        """The log was written by a later version of the format."""
        return self.newer.format(path=path, version=version)

    def tell_damaged(self, path: str, line: int) -> str:
        """The chain of hashes breaks at a line."""
        return self.damaged.format(path=path, line=line)

    def tell_broken(self, path: str, line: int, event: str) -> str:
        """The chain breaks at a line, as far back that it was found only after the start."""
        return self.broken.format(path=path, line=line, event=event or "?")

    def tell_failed(self, detail: str) -> str:
        """Writing failed for a reason that only the machine knows."""
        return self.failed.format(detail=detail)


JA = HistoryWords(
    read_only="studyapp がもうひとつ動いているため、読むだけで開きました。ここでの解答は保存されません。",
    torn="書きかけで途切れた最後の 1 行（{size} バイト）を {path} に移しました。"
    "保存済みと表示した解答は失われていません。",
    healed="記録の末尾に欠けていた改行を補いました。解答は失われていません。",
    shortened="記録が以前より短くなっています（以前は {known} 件）。以前の索引を {path} に残しました。"
    "バックアップから記録を戻せるか確かめてください。",
    rebuilt="記録から索引を作り直しました。",
    in_memory="索引のファイルを使えないため、今回は記録から読み直して動きます。解答の保存には影響しません。",
    clock="時計が最後の記録（{last}）より前を指しています。日付と時刻の設定を確かめてください。"
    "解答は保存されますが、復習の間隔は時間がたっていないものとして計算します。",
    not_writable="データフォルダー {path} に書き込めません（{detail}）。"
    "--data DIR で別のフォルダーを指定してください。",
    not_readable="記録 {path} を読めません（{detail}）。--data DIR で別のフォルダーを指定できます。",
    empty="記録 {path} が空です。バックアップがあれば元に戻してください。"
    "新しく始めるには、このファイルを別の場所へ移してください。",
    lost="記録 {path} が見つかりませんが、以前の記録の跡（{found}）があります。記録を元に戻すか、"
    "--data DIR で別のフォルダーを指定してください。",
    foreign="{path} は studyapp の記録ではありません。--data DIR で別のフォルダーを指定してください。",
    newer="記録 {path} は新しい形式（{version}）で書かれています。studyapp を更新してください。",
    damaged="記録 {path} の {line} 行目が壊れています。これ以上書き込まないように、開くのを止めました。"
    "バックアップから戻すか、--data DIR で別のフォルダーを指定してください。",
    broken="記録 {path} の {line} 行目（{event}）が壊れています。studyapp を終了し、"
    "studyapp restore でバックアップから戻してください。今の記録は、戻す前に別の名前で残されます。",
    in_use="studyapp がもうひとつ動いています。それを終えてから、もう一度試してください。",
    no_space="保存できませんでした。ディスクに空きがありません。空きを作ってから、もう一度保存してください。",
    replaced="保存できませんでした。開いている間に記録のファイルが置き換えられたか、移されました。",
    failed="保存できませんでした（{detail}）。",
    closed="保存できませんでした。記録はもう閉じられています。",
)

EN = HistoryWords(
    read_only="Another studyapp is running, so the history was opened for reading only. "
    "Answers given here are not saved.",
    torn="The last line was cut off while it was being written; its {size} bytes were moved to {path}. "
    "No answer that was shown as saved is missing.",
    healed="The line end missing at the end of the history was put back. No answer is missing.",
    shortened="The history is shorter than it was (it had {known} events). The earlier index was kept as {path}. "
    "Check whether a backup of the history can be put back.",
    rebuilt="The index was rebuilt from the history.",
    in_memory="The index file cannot be used, so this run reads the history anew. Answers are saved as always.",
    clock="The clock is behind the last entry of the history ({last}). Check date and time. "
    "Answers are saved, but for reviews no time has passed.",
    not_writable="The data folder {path} cannot be written to ({detail}). Name another one with --data DIR.",
    not_readable="The history {path} cannot be read ({detail}). Another folder can be named with --data DIR.",
    empty="The history {path} is empty. Put a backup back if there is one; to begin anew, move this file away.",
    lost="There is no history {path}, but there are traces of an earlier one ({found}). "
    "Put it back, or name another folder with --data DIR.",
    foreign="{path} is not a history of studyapp. Name another folder with --data DIR.",
    newer="The history {path} is written in a later format ({version}). Update studyapp.",
    damaged="Line {line} of the history {path} is damaged. It was not opened, so that nothing is written over it. "
    "Put a backup back, or name another folder with --data DIR.",
    broken="Line {line} ({event}) of the history {path} is damaged. Quit, and put a backup back with studyapp restore; "
    "what stands there now is kept under another name before.",
    in_use="Another studyapp is running. End it, then try again.",
    no_space="Not saved: the disk is full. Make room, then save again.",
    replaced="Not saved: the history file was replaced or moved while it was open.",
    failed="Not saved ({detail}).",
    closed="Not saved: the history has been closed already.",
)
