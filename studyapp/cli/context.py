"""What every command needs to know: the language, folders, signs at hand, the clock."""

import contextlib
import json
import locale
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

import studyapp
from studyapp.domain.text import LANGUAGES
from studyapp.domain.values import dataclass
from studyapp.study.courses import UNKNOWN, courses_at_hand

DEFAULT_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class Context:
    """The global options, settled.

    `speak` writes formulas as they are read aloud. `now` is a frozen clock for tests, None for the real one.
    """

    data: Path
    content: tuple[Path, ...]
    ascii_math: bool = False
    speak: bool = False
    now: datetime | None = None

    def clock(self) -> datetime:
        """The time with its zone: the frozen one, or the machine's."""
        return self.now or datetime.now().astimezone()

    @property
    def has_history(self) -> bool:
        """Whether there is a history to open; what opens it is not imported for this."""
        return (self.data / "history.jsonl").exists()

    @property
    def cache(self) -> Path:
        """Where what can be derived again is kept."""
        return self.data / "cache"


def language_from(arguments: Sequence[str], setting: str | None = None) -> str:
    """The interface language: `--lang`, else the setting, else the locale's, else Japanese.

    It is known before click reads the arguments, so that help and wrong usage are in it.
    """
    asked = option_in(arguments, "--lang")
    if asked is not None:
        return asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    if setting in LANGUAGES:
        return str(setting)
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, variables), locale.getlocale()[0] or "")
    if name.startswith(("C", "POSIX")) or not name:
        return DEFAULT_LANGUAGE
    return "ja" if name.lower().startswith(("ja", "japanese")) else "en"


def option_in(arguments: Sequence[str], option: str) -> str | None:
    """The value of a global option, before click reads it; None where it is not given."""
    for number, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == option:
            return value if equals else next(iter(arguments[number + 1 :]), "")
    return None


def setting_in(data: Path, name: str) -> str | None:
    """A text among the settings, read without what belongs to the learner; what is wrong is reported elsewhere."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        written = json.loads((data / "settings.json").read_text(encoding="utf-8"))
        chosen = written.get(name) if isinstance(written, dict) else None
        return chosen if isinstance(chosen, str) else None
    return None


def shipped_content() -> Path:
    """The course: inside the installed package, or beside it in a clone."""
    package = Path(studyapp.__file__).parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def data_folder() -> Path:
    """Where the learner's data are unless another folder is named."""
    from platformdirs import user_data_path

    return user_data_path("studyapp", appauthor=False)


def context_from(
    data: Path | None,
    course: str | None,
    content: tuple[Path, ...],
    ascii_math: bool,
    speak: bool,
    now: datetime | None,
) -> Context:
    """The context that the global options describe. Raises `click.UsageError` for an unknown course."""
    folder = data or data_folder()
    own = folder / "content"
    at_hand = courses_at_hand(folder, shipped_content())
    if course is not None and course not in {it.name for it in at_hand}:
        raise click.UsageError(UNKNOWN(name=course, names=", ".join(it.name for it in at_hand)))
    on = [it.folder for it in at_hand if (it.on if course is None else it.name == course)]
    if course is None and any((own / code).is_dir() for code in LANGUAGES):
        on.append(own)
    folders = (*on, *content)
    return Context(folder, folders, ascii_math, speak, now.astimezone() if now else None)
