"""How a log was found, and why an event was not saved, with what the learner reads of each."""

from __future__ import annotations

import errno
from collections.abc import Callable
from enum import Enum
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from studyapp.domain.text import Text
from studyapp.domain.values import dataclass

P = ParamSpec("P")
R = TypeVar("R")
NO_FOLDER = Text(ja="フォルダー {path} がありません。", en="There is no folder {path}.")
SAVING_KEPT = Text(
    ja="{path} に保存しました。あとで studyapp import history {path} で記録に取り込めます。",
    en="Saved in {path}. Later, studyapp import history {path} takes it into the history.",
)


class InUseError(OSError):
    """Another process does not let go of the lock of the data folder."""


class TroubleCode(Enum):
    """Why a history was not opened, or a file not taken. Nothing was written in any of these."""

    NOT_WRITABLE = Text(
        ja="データフォルダー {path} に書き込めません（{detail}）。--data DIR で別のフォルダーを指定してください。",
        en="The data folder {path} cannot be written to ({detail}). Name another one with --data DIR.",
    )
    NOT_READABLE = Text(
        ja="記録 {path} を読めません（{detail}）。--data DIR で別のフォルダーを指定できます。",
        en="The history {path} cannot be read ({detail}). Another folder can be named with --data DIR.",
    )
    EMPTY = Text(
        ja="記録 {path} が空です。バックアップがあれば元に戻してください。新しく始めるには、"
        "このファイルを別の場所へ移してください。",
        en="The history {path} is empty. Put a backup back if there is one; to begin anew, move this file away.",
    )
    LOST = Text(
        ja="記録 {path} が見つかりませんが、以前の記録の跡（{detail}）があります。記録を元に戻すか、--data DIR "
        "で別のフォルダーを指定してください。",
        en="There is no history {path}, but there are traces of an earlier one ({detail}). Put it back, or name "
        "another folder with --data DIR.",
    )
    FOREIGN = Text(
        ja="{path} は studyapp の記録ではありません。--data DIR で別のフォルダーを指定してください。",
        en="{path} is not a history of studyapp. Name another folder with --data DIR.",
    )
    NEWER = Text(
        ja="記録 {path} は新しい形式（{detail}）で書かれています。studyapp を更新してください。",
        en="The history {path} is written in a later format ({detail}). Update studyapp.",
    )
    DAMAGED = Text(
        ja="記録 {path} の {line} 行目が壊れています。これ以上書き込まないように、開くのを止めました。studyapp "
        "doctor --salvage で壊れていない解答をすべて取り出せます。studyapp restore でバックアップからも戻せます。",
        en="Line {line} of the history {path} is damaged. It was not opened, so that nothing is written over it. "
        "studyapp doctor --salvage recovers every undamaged answer; studyapp restore puts a backup back.",
    )
    IN_USE = Text(
        ja="別の studyapp が記録を使っています。しばらく待ってから、もう一度試してください。",
        en="Another studyapp is using the history. Wait a moment, then try again.",
    )
    NO_FILE = Text(
        ja="{path} はふつうのファイルではありません。別のファイルか、--data DIR で別のフォルダーを指定してください。",
        en="{path} is not a regular file. Name another file, or another folder with --data DIR.",
    )
    DANGLING = Text(
        ja="記録 {path} はリンクですが、リンク先 {detail} がありません。リンク先を元に戻すか、--data DIR "
        "で別のフォルダーを指定してください。",
        en="The history {path} is a link to {detail}, which does not exist. Put the file back, or name another "
        "folder with --data DIR.",
    )


OF_COPY = {
    TroubleCode.EMPTY: Text(ja="{path} は空です。", en="{path} is empty."),
    TroubleCode.FOREIGN: Text(
        ja="{path} は studyapp の記録ではありません。", en="{path} is not a history of studyapp."
    ),
    TroubleCode.NEWER: Text(
        ja="{path} は新しい形式（{detail}）で書かれています。studyapp を更新してください。",
        en="{path} is written in a later format ({detail}). Update studyapp.",
    ),
    TroubleCode.DAMAGED: Text(
        ja="{path} の {line} 行目が壊れています。壊れていない解答は studyapp import history で取り込めます。",
        en="Line {line} of {path} is damaged. studyapp import history takes in its undamaged answers.",
    ),
    TroubleCode.NOT_READABLE: Text(ja="{path} を読めません（{detail}）。", en="{path} cannot be read ({detail})."),
    TroubleCode.NO_FILE: Text(ja="{path} はふつうのファイルではありません。", en="{path} is not a regular file."),
}
"""What is said where the file is one that was named."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a history, or with a file that was named (`copy`); `line` counts from 1."""

    code: TroubleCode
    path: Path
    detail: str = ""
    line: int = 0
    copy: bool = False

    @classmethod
    def by(cls, error: OSError, path: Path, code: TroubleCode = TroubleCode.NOT_WRITABLE) -> Trouble:
        """The trouble that an error of the machine is."""
        if isinstance(error, InUseError):
            return cls(TroubleCode.IN_USE, path)
        return cls(code, path, error.strerror or str(error))


def or_trouble(function: Callable[Concatenate[Path, P], R]) -> Callable[Concatenate[Path, P], R | Trouble]:
    """Decorate a function of a data folder: an OSError becomes the trouble that it returns."""

    @wraps(function)
    def guarded(folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> R | Trouble:
        try:
            return function(folder, *args, **kwargs)
        except OSError as error:
            return Trouble.by(error, folder)

    return guarded


class NoticeCode(Enum):
    """What was found, and mended or kept apart, when a history was opened."""

    TORN = Text(
        ja="書きかけで途切れた最後の 1 行（{count} バイト）を {path} に移しました。"
        "保存済みと表示した解答は失われていません。",
        en="The last line was cut off while it was being written; its {count} bytes were moved to {path}. No "
        "answer that was shown as saved is missing.",
    )
    HEALED = Text(
        ja="記録の末尾に欠けていた改行を補いました。解答は失われていません。",
        en="The line end missing at the end of the history was put back. No answer is missing.",
    )
    SHORTENED = Text(
        ja="記録が以前より短くなっています（以前は {count} 件）。以前の索引を {path} に残しました。"
        "バックアップから記録を戻せるか確かめてください。",
        en="The history is shorter than it was (it had {count} events). The earlier index was kept as {path}. "
        "Check whether a backup of the history can be put back.",
    )
    REBUILT = Text(ja="記録から索引を作り直しました。", en="The index was rebuilt from the history.")
    IN_MEMORY = Text(
        ja="索引のファイルを使えないため、今回は記録から読み直して動きます。解答の保存には影響しません。",
        en="The index file cannot be used, so this run reads the history anew. Answers are saved as always.",
    )
    CLOCK = Text(
        ja="時計が最後の記録（{detail}）より前を指しています。日付と時刻の設定を確かめてください。"
        "解答は保存されますが、復習の間隔は時間がたっていないものとして計算します。",
        en="The clock is behind the last entry of the history ({detail}). Check date and time. Answers are saved, "
        "but for reviews no time has passed.",
    )
    CONFLICT = Text(
        ja="同期ツールが残した別の記録 {path} があります。ほかのパソコンでの解答が入っているかもしれません。"
        "studyapp import history で取り込めます。",
        en="A synchronising tool left a second history: {path}. It may hold answers from another computer. Take "
        "them in with studyapp import history.",
    )


@dataclass(frozen=True, slots=True)
class Notice:
    """What a learner should know of an opened history; `path` is where something was set aside, `count` its size."""

    code: NoticeCode
    path: Path = Path()
    count: int = 0
    detail: str = ""


class NotSavedCode(Enum):
    """Why an event was not saved."""

    NO_SPACE = Text(
        ja="保存できませんでした。ディスクに空きがありません。空きを作ってから、もう一度保存してください。",
        en="Not saved: the disk is full. Make room, then save again.",
    )
    REPLACED = Text(
        ja="まだ保存していません。開いている間に記録のファイルが置き換えられました。もう一度保存すると、"
        "今ある記録に加えます。",
        en="Not saved yet: the history file was replaced while it was open. Save again to add the answer to the "
        "file that is there now.",
    )
    GONE = Text(
        ja="保存できませんでした。開いている間に記録のファイルが移されたか、使えないファイルに置き換えられました。"
        "studyapp doctor で確かめてください。",
        en="Not saved: the history file was moved, or replaced by one that cannot be used, while it was open. "
        "Check with studyapp doctor.",
    )
    IN_USE = Text(
        ja="保存できませんでした。別の studyapp が記録を使っています。もう一度保存してください。",
        en="Not saved: another studyapp is using the history. Save again.",
    )
    TAKEN_OVER = Text(
        ja="この模試は別のウィンドウで続けられています。こちらでの解答は保存されません。模試を開き直せば、"
        "こちらで続けられます。",
        en="This exam is being continued in another window. Answers given here are not saved. Open the exam again "
        "to continue it here.",
    )
    CLOSED = Text(
        ja="保存できませんでした。記録はもう閉じられています。", en="Not saved: the history has been closed already."
    )
    FAILED = Text(ja="保存できませんでした（{detail}）。", en="Not saved ({detail}).")


_NO_SPACE = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class NotSavedError(Exception):
    """The event is not in the log, not even in part; saving it can be tried again."""

    def __init__(self, code: NotSavedCode, detail: str = "") -> None:
        super().__init__(f"{code.name}: {detail}" if detail else code.name)
        self.code = code
        self.detail = detail

    @classmethod
    def by(cls, error: OSError) -> NotSavedError:
        """The failure that an error of the machine is."""
        if isinstance(error, InUseError):
            return cls(NotSavedCode.IN_USE)
        code = NotSavedCode.NO_SPACE if error.errno in _NO_SPACE else NotSavedCode.FAILED
        return cls(code, error.strerror or str(error))


def describe(state: Trouble | Notice | NotSavedError) -> str:
    """The sentence for a state of the history, with what to do."""
    match state:
        case Trouble():
            sentence = (state.copy and OF_COPY.get(state.code)) or state.code.value
            return sentence(path=state.path, detail=state.detail, line=state.line)
        case Notice():
            return state.code.value(path=state.path, count=state.count, detail=state.detail)
        case NotSavedError():
            return state.code.value(detail=state.detail)
