"""What `doctor` finds of a learner's history: the folder, the log, its fold, the index, the backups."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.history.backups import AHEAD, backups
from studyapp.history.chain import Damage, Link, header_trouble, verify_chain, walk
from studyapp.history.errors import Notice, NoticeCode, Trouble, TroubleCode, describe
from studyapp.history.event import Event
from studyapp.history.fold import Rules
from studyapp.history.history import conflict_copies, trace_of
from studyapp.history.index import INDEX, is_equal
from studyapp.history.log import LOG

VERIFIED = Text(ja="{count} 件の記録がすべてつながっています。", en="{count} event verified.|{count} events verified.")
TORN = Text(
    ja="最後の 1 行が書きかけで途切れています（保存済みとは表示していません）。"
    "次に起動したとき別のファイルに移します。",
    en="The last line was cut off while it was being written; it was never shown as saved. The next start moves "
    "it to a file of its own.",
)
DAMAGED = Text(
    ja="{line} 行目の記録（{about}）が壊れています。studyapp doctor --salvage "
    "で壊れていない解答をすべて取り出せます。studyapp restore で控えからも戻せます。",
    en="Line {line} ({about}) is damaged. studyapp doctor --salvage recovers every undamaged answer; studyapp "
    "restore puts a backup back.",
)
UNREADABLE = Text(
    ja="{count} 件の記録は日付か形がありえないため、数えていません（{lines} 行目）。",
    en="{count} event has an impossible day or form and does not count (line {lines}).|{count} events have an "
    "impossible day or form and do not count (lines {lines}).",
)
FUTURE = Text(
    ja="{count} 件の記録が未来の日付です（最後は {day}）。時計が進んでいたときの解答で、復習はその日より後になります。",
    en="{count} event is in the future ({day}): the clock was ahead. Its skill comes for review after that day.|"
    "{count} events are in the future, the last of {day}: the clock was ahead. Their skills come for review after "
    "that day.",
)
INDEX_DIFFERS = Text(
    ja="索引が記録と食い違っています。{path} を消せば、次の起動で記録から作り直します。",
    en="The index disagrees with the history. Delete {path}: the next start makes it anew.",
)
INDEX_OTHER = Text(
    ja="索引はまだありません。次の起動で記録から作ります。", en="There is no index yet; the next start makes it."
)
NO_SPACE = Text(
    ja="ディスクの空きが {free} MB しかありません。解答を保存できなくなるおそれがあります。",
    en="Only {free} MB of disk space are left. Answers may soon not be saved.",
)
SPACE = Text(ja="空きは {free} MB です。", en="{free} MB of disk space are free.")
BACKUPS = Text(
    ja="控え {count} 件はすべて読めます。", en="{count} backup can be restored.|{count} backups can be restored."
)
BAD_BACKUPS = Text(ja="読めない控えがあります: {names}。", en="Backups that cannot be restored: {names}.")
FUTURE_BACKUPS = Text(
    ja="未来の日付の控えがあります: {names}。時計が進んでいたときのもので、数には入れません。",
    en="Backups from the future: {names}. The clock was ahead; they do not count.",
)
IN_ORDER = Text(ja="問題ありません。", en="In order.")
DATA_FOLDER = Text(ja="{data}（自分のページは {content}）", en="{data} (your own pages: {content})")
NO_HISTORY = Text(ja="まだ記録がありません。", en="Nothing has been recorded yet.")
ENOUGH = 20  # megabytes of free disk space: some 20,000 answers
MOST_NAMED = 10  # lines that are named one by one


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    message: str


def check_history(folder: Path, rules: Rules, now: datetime) -> Iterator[Check]:
    """The checks of a data folder, in order. The log is read whole, and folded anew; nothing is changed."""
    yield from _folder(folder)
    log = folder / LOG
    trouble = _trouble(log)
    if trouble is not None:
        yield Check("history", ok=False, message=describe(trouble))
    elif not log.exists():
        yield Check("history", ok=True, message=NO_HISTORY())
    else:
        yield from _log(log, now)
        yield from _index(log, rules)
    yield from _backups(folder, now)
    for copy in conflict_copies(folder):
        yield Check("conflict", ok=False, message=describe(Notice(NoticeCode.CONFLICT, copy)))


def _folder(folder: Path) -> Iterator[Check]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / "history.trial"
        trial.write_bytes(b"studyapp")
        trial.unlink()
    except OSError as error:
        yield Check("folder", ok=False, message=describe(Trouble.by(error, folder)))
        return
    yield Check("folder", ok=True, message=DATA_FOLDER(data=folder, content=folder / "content"))
    free = shutil.disk_usage(folder).free // 10**6
    yield Check("space", ok=free >= ENOUGH, message=(SPACE if free >= ENOUGH else NO_SPACE)(free=free))


def _trouble(log: Path) -> Trouble | None:
    """Why the log cannot be read at all; None where it can, or where there never was one."""
    if not log.exists() and not log.is_symlink():
        trace = trace_of(log.parent)
        return Trouble(TroubleCode.LOST, log, trace) if trace else None
    trouble = header_trouble(log)
    return trouble if trouble is not None and trouble.code is not TroubleCode.DAMAGED else None


def _log(log: Path, now: datetime) -> Iterator[Check]:
    """The whole chain, event by event; a torn last line was never shown as saved, and is no damage."""
    damage = None
    events, unreadable, ahead = -1, list[int](), list[Event]()
    try:
        for link in walk(log):
            if isinstance(link, Damage):
                damage = link
                break
            events += 1
            if not isinstance(link.event, Event):
                unreadable.append(link.after.lines)
            elif link.event.at > now + AHEAD:
                ahead.append(link.event)
    except OSError as error:
        yield Check("history", ok=False, message=describe(Trouble.by(error, log, TroubleCode.NOT_READABLE)))
        return
    sentences = [VERIFIED(count=max(events, 0))]
    if damage is not None and damage.torn:
        sentences.append(TORN())
    elif damage is not None:
        sentences.append(DAMAGED(line=damage.line, about=damage.event or "?"))
    if unreadable:
        lines = ", ".join(map(str, unreadable[:MOST_NAMED]))
        sentences.append(UNREADABLE(count=len(unreadable), lines=lines))
    yield Check("history", ok=damage is None or damage.torn, message=" ".join(sentences))
    if ahead:
        last = max(event.day for event in ahead).isoformat()
        yield Check("clock", ok=False, message=FUTURE(count=len(ahead), day=last))


def _index(log: Path, rules: Rules) -> Iterator[Check]:
    """The index beside one that is folded anew: what the fold cannot do would lock the learner out."""
    path = log.parent / INDEX
    if verify_chain(log).damage is not None:
        return
    equal = is_equal(path, rules, log)
    message = INDEX_OTHER() if equal is None else IN_ORDER() if equal else INDEX_DIFFERS(path=path)
    yield Check("index", ok=equal is not False, message=message)


def _backups(folder: Path, now: datetime) -> Iterator[Check]:
    """Every copy of the log can be put back; one from the future counts as none."""
    copies = backups(folder)
    bad = [copy.path.name for copy in copies if not _holds(copy.path)]
    message = BAD_BACKUPS(names=", ".join(bad)) if bad else BACKUPS(count=len(copies))
    ahead = [copy.path.name for copy in copies if copy.made > now]
    if ahead:
        message = f"{message} {FUTURE_BACKUPS(names=', '.join(ahead))}"
    yield Check("backups", ok=not bad and not ahead, message=message)


def _holds(path: Path) -> bool:
    try:
        return isinstance(next(walk(path), None), Link) and verify_chain(path).damage is None
    except OSError:
        return False
