"""The learner's settings: one row each, one file. What cannot be read is reported and left as it is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

from studyapp.domain.files import write_whole
from studyapp.domain.text import LANGUAGES, Text
from studyapp.domain.values import dataclass
from studyapp.scheduling import HIGHEST_RETENTION, LOWEST_RETENTION, PARAMETERS

SETTINGS_BROKEN = Text(
    ja="設定 {path} を読めません（{detail}）。ファイルはそのまま残し、既定の設定で動きます。",
    en="The settings {path} cannot be read ({detail}). The file is left as it is; the defaults are used.",
)
SETTINGS_VALUE = Text(
    ja="設定 {name} の値 {value} は使えません（使える値: {allowed}）。",
    en="The setting {name} cannot be {value}; it can be {allowed}.",
)
SETTINGS_UNKNOWN = Text(
    ja="設定に {name} という項目はありません。項目は {allowed} です。",
    en="There is no setting {name}. The settings are {allowed}.",
)
SETTINGS_NOT_SAVED = Text(
    ja="設定 {path} を保存できませんでした（{detail}）。", en="The settings {path} could not be saved ({detail})."
)
EXAM_IS_PAST = Text(ja="{exam} はもう過ぎた日です。", en="{exam} is in the past.")
SETTINGS = "settings.json"
EXAMPLE_DAYS = 90  # days from today to the exam date that is shown as an example
THEMES = ("dark", "light", "terminal")
_UNSET = (None, "", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the learner has chosen; the names `chosen` were set since the file was read, even to the same value."""

    exam_date: date | None = None
    minutes: int = 20
    new_a_day: int | None = None
    language: str | None = None
    retention: float = 0.9
    theme: str = "dark"
    parameters: tuple[float, ...] | None = None
    keys: Mapping[str, str] | None = None
    chosen: frozenset[str] = field(default=frozenset(), compare=False)

    def written(self, name: str) -> str:
        """A setting as it can be typed, `none` where it has no value."""
        value = getattr(self, name)
        if isinstance(value, Mapping):
            return json.dumps(value, ensure_ascii=False)
        return "none" if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsTrouble:
    """One thing that is wrong with the settings file, or with a value that was to be set; `str` gives the sentence."""

    sentence: Text
    path: Path
    name: str = ""
    value: str = ""
    allowed: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return self.sentence(path=self.path, name=self.name, value=self.value, allowed=self.allowed, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Setting:
    """A row: its name, what is allowed, how it is read. Errors of `read`: ValueError, TypeError, OverflowError."""

    name: str
    allowed: str
    read: Callable[[Any], Any]


def _within(low: float, high: float, kind: type[int] | type[float], value: Any) -> float:
    """A number of that kind; a true or false is none, and a float no integer, even a whole one."""
    if isinstance(value, bool | float) and not (kind is float and isinstance(value, float)):
        raise TypeError(value)
    if not low <= (number := kind(value)) <= high:
        raise ValueError(value)
    return number


def _parameters(value: Any) -> tuple[float, ...] | None:
    if value in _UNSET:
        return None
    numbers = tuple(map(float, value.strip("()").split(",") if isinstance(value, str) else value))
    if len(numbers) != len(PARAMETERS) or not all(map(isfinite, numbers)):
        raise ValueError(value)
    return numbers


def _keys(value: Any) -> dict[str, str] | None:
    """Keys by the names of actions; what they are is for the screens to say."""
    if value in _UNSET:
        return None
    keys = _json(value) if isinstance(value, str) else value
    if not isinstance(keys, dict) or not all(isinstance(text, str) for pair in keys.items() for text in pair):
        raise ValueError(value)
    return keys


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError(text) from error


def _among(choices: tuple[str, ...], value: Any) -> str:
    if value not in choices:
        raise ValueError(value)
    return str(value)


_BOUNDS = LOWEST_RETENTION, HIGHEST_RETENTION
SCHEMA = {
    setting.name: setting
    for setting in (
        Setting("exam_date", "YYYY-MM-DD, none", lambda day: None if day in _UNSET else date.fromisoformat(day)),
        Setting("minutes", "1–600", lambda count: _within(1, 600, int, count)),
        Setting("new_a_day", "1–100, none", lambda most: None if most in _UNSET else _within(1, 100, int, most)),
        Setting("language", "ja, en, none", lambda code: None if code in _UNSET else _among(LANGUAGES, code)),
        Setting("retention", "–".join(map("{:.2f}".format, _BOUNDS)), lambda share: _within(*_BOUNDS, float, share)),
        Setting("parameters", f"{len(PARAMETERS)} numbers (config --fit), none", _parameters),
        Setting("theme", ", ".join(THEMES), lambda name: _among(THEMES, name)),
        Setting("keys", '{"question.following": "z,n"}, none', _keys),
    )
}


def example_exam(day: date) -> date:
    """A date ahead, to show as an example of the exam's."""
    return day + timedelta(days=EXAMPLE_DAYS)


def load_settings(folder: Path) -> tuple[Settings, tuple[SettingsTrouble, ...]]:
    """The settings in a data folder, defaults where there are none, and everything that is wrong with the file."""
    path = folder / SETTINGS
    kept = _kept(path)
    if isinstance(kept, SettingsTrouble):
        return Settings(), (kept,)
    settings, troubles = Settings(), []
    for name in [name for name in SCHEMA if name in kept]:
        value = _read(name, kept[name], json.dumps(kept[name], ensure_ascii=False), path)
        if isinstance(value, SettingsTrouble):
            troubles.append(value)
        else:
            settings = replace(settings, **{name: value})
    return settings, tuple(troubles)


def changed(settings: Settings, name: str, text: str, folder: Path) -> Settings | SettingsTrouble:
    """The settings with one of them set from a text, as `studyapp config NAME VALUE` gives it."""
    path = folder / SETTINGS
    if name not in SCHEMA:
        return SettingsTrouble(sentence=SETTINGS_UNKNOWN, path=path, name=name, allowed=", ".join(SCHEMA))
    value = _read(name, text, text, path)
    if isinstance(value, SettingsTrouble):
        return value
    return replace(settings, chosen=settings.chosen | {name}, **{name: value})


def _read(name: str, value: Any, shown: str, path: Path) -> Any | SettingsTrouble:
    setting = SCHEMA[name]
    try:
        return setting.read(value)
    except (ValueError, TypeError, OverflowError):
        return SettingsTrouble(sentence=SETTINGS_VALUE, path=path, name=name, value=shown, allowed=setting.allowed)


def save_settings(settings: Settings, folder: Path) -> SettingsTrouble | None:
    """Write the settings, or say why not; unreadable files, foreign names and unchanged bad values stay as they are."""
    path = folder / SETTINGS
    kept = _kept(path)
    if isinstance(kept, SettingsTrouble):
        return kept
    earlier, _ = load_settings(folder)
    changes = {
        name: getattr(settings, name)
        for name in SCHEMA
        if name in settings.chosen or getattr(settings, name) != getattr(earlier, name)
    }
    text = json.dumps(kept | changes, ensure_ascii=False, indent=2, default=str)  # a date is written as 2026-07-11
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{text}\n".encode())
    except OSError as error:
        return SettingsTrouble(sentence=SETTINGS_NOT_SAVED, path=path, detail=error.strerror or str(error))
    return None


def _kept(path: Path) -> dict[str, Any] | SettingsTrouble:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        return SettingsTrouble(sentence=SETTINGS_BROKEN, path=path, detail=detail)
    return kept if isinstance(kept, dict) else SettingsTrouble(sentence=SETTINGS_BROKEN, path=path, detail="{ }")
