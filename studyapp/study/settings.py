"""The learner's settings: one schema, one file. What cannot be read is told and left as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from studyapp.domain.text import Text
from studyapp.scheduling import HIGHEST_RETENTION, LOWEST_RETENTION
from studyapp.study.files import write_whole

SETTINGS_BROKEN = Text(
    ja="設定 {path} を読めません（{detail}）。ファイルはそのまま残し、既定の設定で動きます。",
    en="The settings {path} cannot be read ({detail}). The file is left as it is; the defaults are used.",
)
SETTINGS_VALUE = Text(
    ja="設定 {name} の値 {value} は使えません（使える値: {allowed}）。",
    en="The setting {name} cannot be {value}; it can be {allowed}.",
)
SETTINGS_UNKNOWN = Text(
    ja="設定に {name} という項目はありません。項目は {known} です。",
    en="There is no setting {name}. The settings are {known}.",
)
SETTINGS_NOT_SAVED = Text(
    ja="設定 {path} を保存できませんでした（{detail}）。",
    en="The settings {path} could not be saved ({detail}).",
)

SETTINGS = "settings.json"
EXAMPLE_DAYS = 90
"""Days from today to the exam date that is shown as an example."""
THEMES = ("dark", "light", "terminal")
"""The looks of the app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the learner has chosen; the defaults hold where nothing is. `retention` is a probability.

    `chosen` names what was set since the file was read, even if to the same value.
    """

    exam_date: date | None = None
    minutes: int = 20
    language: str | None = None
    retention: float = 0.9
    theme: str = "dark"
    chosen: frozenset[str] = field(default=frozenset(), compare=False)


class SettingsCode(StrEnum):
    """What can be wrong with settings."""

    BROKEN = "broken"
    VALUE = "value"
    UNKNOWN = "unknown"
    NOT_SAVED = "not-saved"


@dataclass(frozen=True, slots=True)
class SettingsTrouble:
    """One thing that is wrong with the settings file, or with a value that was to be set."""

    code: SettingsCode
    path: Path
    name: str = ""
    value: str = ""
    detail: str = ""

    def tell(self) -> str:
        """The sentence for it."""
        match self.code:
            case SettingsCode.BROKEN:
                return SETTINGS_BROKEN(path=str(self.path), detail=self.detail)
            case SettingsCode.VALUE:
                return SETTINGS_VALUE(name=self.name, value=self.value, allowed=self.detail)
            case SettingsCode.UNKNOWN:
                return SETTINGS_UNKNOWN(name=self.name, known=self.detail)
            case SettingsCode.NOT_SAVED:
                return SETTINGS_NOT_SAVED(path=str(self.path), detail=self.detail)


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the schema: how a value is read from JSON or from a text, and what is allowed, in a form to be shown.

    `read` raises ValueError or TypeError for a value that is not allowed; `write` gives the JSON value.
    """

    name: str
    allowed: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def _exam_date(value: Any) -> date | None:
    return None if value in (None, "", "none") else date.fromisoformat(value)


def _minutes(value: Any) -> int:
    if isinstance(value, bool | float):
        raise TypeError(value)
    number = int(value)
    if not 1 <= number <= 600:
        raise ValueError(value)
    return number


def _language(value: Any) -> str | None:
    if value in (None, "", "none"):
        return None
    if value not in ("ja", "en"):
        raise ValueError(value)
    return str(value)


def _theme(value: Any) -> str:
    if value not in THEMES:
        raise ValueError(value)
    return str(value)


def _retention(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError(value)
    number = float(value)
    if not LOWEST_RETENTION <= number <= HIGHEST_RETENTION:
        raise ValueError(value)
    return number


def _as_it_is(value: Any) -> Any:
    return value


SCHEMA = {
    setting.name: setting
    for setting in (
        Setting("exam_date", "YYYY-MM-DD, none", _exam_date, lambda day: day and day.isoformat()),
        Setting("minutes", "1–600", _minutes, _as_it_is),
        Setting("language", "ja, en, none", _language, _as_it_is),
        Setting("retention", f"{LOWEST_RETENTION:.2f}–{HIGHEST_RETENTION:.2f}", _retention, _as_it_is),
        Setting("theme", ", ".join(THEMES), _theme, _as_it_is),
    )
}


def example_exam(day: date) -> date:
    """A date to show as an example of the exam's: one that lies ahead."""
    return day + timedelta(days=EXAMPLE_DAYS)


def load_settings(folder: Path) -> tuple[Settings, tuple[SettingsTrouble, ...]]:
    """The settings in a data folder, defaults where there are none, and everything that is wrong with the file."""
    path = folder / SETTINGS
    written = _written(path)
    if isinstance(written, SettingsTrouble):
        return Settings(), (written,)
    settings, troubles = Settings(), []
    for name, setting in SCHEMA.items():
        if name in written:
            try:
                settings = replace(settings, **{name: setting.read(written[name])})
            except (ValueError, TypeError, OverflowError):
                shown = json.dumps(written[name], ensure_ascii=False)
                troubles.append(SettingsTrouble(SettingsCode.VALUE, path, name, shown, setting.allowed))
    return settings, tuple(troubles)


def changed(settings: Settings, name: str, text: str, folder: Path) -> Settings | SettingsTrouble:
    """The settings with one of them set from a text, as `studyapp config NAME VALUE` gives it."""
    path = folder / SETTINGS
    if name not in SCHEMA:
        return SettingsTrouble(SettingsCode.UNKNOWN, path, name, text, ", ".join(SCHEMA))
    try:
        return replace(settings, chosen=settings.chosen | {name}, **{name: SCHEMA[name].read(text)})
    except (ValueError, TypeError, OverflowError):
        return SettingsTrouble(SettingsCode.VALUE, path, name, text, SCHEMA[name].allowed)


def save_settings(settings: Settings, folder: Path) -> SettingsTrouble | None:
    """Write the settings; what is wrong if they were not written. A file that cannot be read is not written over.

    A name of the file that is not ours, and a value of ours that was not understood and not changed, stay as they are.
    """
    path = folder / SETTINGS
    written = _written(path)
    if isinstance(written, SettingsTrouble):
        return written
    standing, _ = load_settings(folder)
    merged = dict(written)
    for name, setting in SCHEMA.items():
        if name in settings.chosen or getattr(settings, name) != getattr(standing, name):
            merged[name] = setting.write(getattr(settings, name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, (json.dumps(merged, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    except OSError as error:
        return SettingsTrouble(SettingsCode.NOT_SAVED, path, detail=error.strerror or str(error))
    return None


def _written(path: Path) -> dict[str, Any] | SettingsTrouble:
    """What the file says; an empty mapping where there is no file."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        return SettingsTrouble(SettingsCode.BROKEN, path, detail=error.strerror or str(error))
    except (ValueError, RecursionError) as error:
        return SettingsTrouble(SettingsCode.BROKEN, path, detail=str(error))
    if not isinstance(written, dict):
        return SettingsTrouble(SettingsCode.BROKEN, path, detail="{ }")
    return written
