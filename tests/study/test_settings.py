"""Settings: read with defaults, complained of where wrong, written whole."""

import json
from datetime import date
from pathlib import Path

import pytest

from studyapp.domain.text import set_language
from studyapp.study import settings as module
from studyapp.study.settings import (
    SETTINGS,
    SETTINGS_BROKEN,
    SETTINGS_NOT_SAVED,
    SETTINGS_UNKNOWN,
    SETTINGS_VALUE,
    Settings,
    changed,
    load_settings,
    save_settings,
)


def written(folder: Path) -> object:
    return json.loads((folder / SETTINGS).read_text(encoding="utf-8"))


def set_all(folder: Path, **texts: str) -> Settings:
    settings, _ = load_settings(folder)
    for name, text in texts.items():
        new = changed(settings, name, text, folder)
        assert isinstance(new, Settings)
        settings = new
    return settings


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_settings(tmp_path) == (Settings(), ())


def test_settings_come_back_as_they_were_saved(tmp_path):
    settings = set_all(tmp_path / "data", exam_date="2026-07-11", minutes="30", language="en", retention="0.95")
    assert save_settings(settings, tmp_path / "data") is None
    assert load_settings(tmp_path / "data") == (settings, ())
    assert settings == Settings(exam_date=date(2026, 7, 11), minutes=30, language="en", retention=0.95)
    assert [path.name for path in (tmp_path / "data").iterdir()] == [SETTINGS]


def test_a_setting_can_be_taken_back(tmp_path):
    save_settings(set_all(tmp_path, exam_date="2026-07-11", language="en"), tmp_path)
    save_settings(set_all(tmp_path, exam_date="none", language="none"), tmp_path)
    assert load_settings(tmp_path)[0] == Settings()


def test_names_that_are_not_ours_are_kept(tmp_path):
    (tmp_path / SETTINGS).write_text('{"colour": "月", "minutes": 15}', encoding="utf-8")
    save_settings(set_all(tmp_path, retention="0.8"), tmp_path)
    assert written(tmp_path) == {"colour": "月", "minutes": 15, "retention": 0.8}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_broken_file_is_told_and_not_written_over(tmp_path, content):
    (tmp_path / SETTINGS).write_bytes(content)
    settings, troubles = load_settings(tmp_path)
    refused = save_settings(set_all(tmp_path, minutes="5"), tmp_path)
    assert settings == Settings()
    assert [trouble.sentence for trouble in troubles] == [SETTINGS_BROKEN]
    assert refused.sentence is SETTINGS_BROKEN
    assert (tmp_path / SETTINGS).read_bytes() == content


WRONG = {
    "minutes": [0, 601, 2.5, True, "ten", []],
    "retention": [0.5, 1, float("nan"), 10**400, True],
    "language": ["fr", 3],
    "exam_date": ["2026-02-30", "soon", 20260711],
    "theme": ["blue", ["dark"]],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_that_cannot_be_is_told_and_stays_until_it_is_set(tmp_path, name, value):
    (tmp_path / SETTINGS).write_text(json.dumps({name: value}), encoding="utf-8")
    settings, troubles = load_settings(tmp_path)
    assert settings == Settings()
    assert [(trouble.sentence, trouble.name) for trouble in troubles] == [(SETTINGS_VALUE, name)]
    other = ("minutes", "20") if name != "minutes" else ("retention", "0.9")
    save_settings(set_all(tmp_path, **dict([other])), tmp_path)
    assert json.dumps(written(tmp_path)[name]) == json.dumps(value)  # type: ignore[index] - an object was written
    save_settings(set_all(tmp_path, **{name: Settings().written(name)}), tmp_path)
    assert load_settings(tmp_path) == (Settings(), ())


def test_a_setting_that_does_not_exist_is_told_with_those_that_do(tmp_path):
    set_language("en")
    trouble = changed(Settings(), "minute", "3", tmp_path)
    assert trouble.sentence is SETTINGS_UNKNOWN
    assert "minutes" in str(trouble)


def test_a_write_that_fails_leaves_the_old_settings(tmp_path, monkeypatch):
    save_settings(set_all(tmp_path, minutes="30"), tmp_path)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", full)
    trouble = save_settings(set_all(tmp_path, minutes="40"), tmp_path)

    assert trouble.sentence is SETTINGS_NOT_SAVED
    assert load_settings(tmp_path)[0].minutes == 30
