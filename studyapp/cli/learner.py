"""The learner behind a command: the history opened, how far each topic has come, and answers saved until they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from studyapp.cli.context import Context
from studyapp.cli.lines import echo, fail, read_line
from studyapp.domain.text import Text
from studyapp.history.backups import back_up, is_due
from studyapp.history.errors import NO_FOLDER, SAVING_KEPT, NotSavedCode, NotSavedError, Trouble, describe
from studyapp.history.history import History
from studyapp.scheduling import study_day
from studyapp.study import learner
from studyapp.study.library import Library
from studyapp.study.progress import Level, level_of
from studyapp.study.settings import Settings, load_settings

TOPIC_LINE = Text(
    ja="学習済み {learned}/{skills}、習得 {mastered}/{skills}",
    en="{learned}/{skills} learned, {mastered}/{skills} mastered",
)
NOT_SAVED = Text(ja="この解答は保存できませんでした。", en="This answer could not be saved.")
ASK = Text(
    ja="解答は消えていません。Enter でもう一度保存します。別のフォルダーの名前を入力すると、そこに保存します。",
    en="The answer is not lost. Enter saves it again; the name of another folder saves it there.",
)

Result = TypeVar("Result")


def sound(result: Result | Trouble) -> Result:
    """What the history gives; a trouble with it ends the command with 1."""
    if isinstance(result, Trouble):
        fail(describe(result))
    return result


def _opened(context: Context, library: Library, settings: Settings) -> History | Trouble:
    return learner.open_learner(context.data, library, settings, now=context.clock(), new_id=lambda: str(uuid4()))


@contextmanager
def open_learner(context: Context, library: Library) -> Iterator[History]:
    """The learner's history, its notices on the error stream; one that cannot be opened ends the command with 1."""
    settings, troubles = load_settings(context.data)
    for trouble in troubles:
        echo(str(trouble), err=True)
    with sound(_opened(context, library, settings)) as history:
        for notice in history.notices:
            echo(describe(notice), err=True)
        yield history
        if is_due(context.data, context.clock()):
            # After the answers, so that no learner waits for it; `doctor` reports a copy that fails.
            back_up(context.data, context.clock())


def progress_by_topic(context: Context, library: Library) -> dict[str, str]:
    """What is said after the title of each topic of which skills were met; nothing without a history that opens."""
    opened = _opened(context, library, load_settings(context.data)[0])
    if isinstance(opened, Trouble):
        return {}
    with opened as history:
        levels = {record.skill: level_of(record) for record in history.skills()}
    progress = {}
    for topic in library.topics:
        met = [levels[skill] for skill in topic.skills if skill in levels]
        if met:
            mastered = met.count(Level.MASTERED)
            learned = met.count(Level.LEARNED) + mastered
            progress[topic.id] = f"  ({TOPIC_LINE(learned=learned, mastered=mastered, skills=len(topic.skills))})"
    return progress


def save(to: Callable[[History], Result], history: History, context: Context) -> Result:
    """What saving gives. Errors: NotSavedError where the input ends before it is done, or another window took over."""
    now = context.clock()
    folder: Path | None = None
    while True:
        try:
            if folder is None:
                return to(history)
            with history.elsewhere(folder, at=now, day=study_day(now)) as other:
                saved = to(other)
        except NotSavedError as error:
            if error.code is NotSavedCode.TAKEN_OVER:
                raise
            echo(not_saved(error), err=True)
            folder = _other_folder(error)
        else:
            echo(SAVING_KEPT(path=str(other.path)), err=True)
            return saved


def not_saved(error: NotSavedError) -> str:
    """That an answer was not saved, and why."""
    return f"{NOT_SAVED()} {describe(error)}"


def _other_folder(error: NotSavedError) -> Path | None:
    """Where to save instead, as it is typed: a folder, or (None) the same place again."""
    while True:
        echo(ASK(), err=True)
        line = read_line()
        if line is None:
            raise error
        if not line.strip():
            return None
        folder = Path(line.strip()).expanduser()
        if folder.is_dir():
            return folder
        echo(NO_FOLDER(path=str(folder)), err=True)
