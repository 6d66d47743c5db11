"""Whatever is taken in: no error of ours, nothing that locks the learner out, and what is left out is named."""

import json
import random
import shutil
from collections.abc import Iterable
from dataclasses import asdict, astuple
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studyapp.domain.text import set_language
from studyapp.history.backups import Merged, backups, merge
from studyapp.history.errors import Trouble, describe
from studyapp.history.event import BEFORE_ALL, chained
from studyapp.study import mock
from studyapp.study.learner import open_learner
from studyapp.study.library import Library
from studyapp.study.settings import load_settings

from .conftest import DAY, NOW, Desk, state_of


@pytest.fixture
def other(other) -> Desk:
    """The history of another computer, three answers long."""
    other.write(3)
    return other


def chained_anew(contents: Iterable[bytes]) -> bytes:
    """Lines of these contents in a sound chain, as someone who knows the format would write them."""
    lines, previous = [], BEFORE_ALL
    for content in contents:
        line, previous = chained(content, previous)
        lines.append(line)
    return b"".join(lines)


def content_of(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()[:-1]


CRAFTED = {
    "a day in the year 9999": (lambda fields: fields.update(day="9999-12-31"), "moment"),
    "a day before there were computers": (lambda fields: fields.update(day="0001-01-01"), "moment"),
    "a day far from its moment": (lambda fields: fields.update(day="2026-03-01"), "moment"),
    "a moment without a zone": (lambda fields: fields.update(at="2026-04-01T10:00:00"), "moment"),
    "a moment that is none": (lambda fields: fields.update(at="yesterday"), "shape"),
    "the day after tomorrow": (
        lambda fields: fields.update(at="2026-04-03T10:00:01+00:00", day="2026-04-03"),
        "future",
    ),
    "a body that is a list": (lambda fields: fields.update(body=[1]), "shape"),
    "no parts": (lambda fields: fields["body"].pop("parts"), "shape"),
    "a number that is not finite": (lambda fields: fields["body"].update(hints=float("nan")), "shape"),
    "a number beyond all numbers": (lambda _: b"1e400", "shape"),
    "a number of 5,000 digits": (lambda _: b"9" * 5000, "shape"),
    "brackets 100,000 deep": (lambda _: b"[" * 100_000 + b"]" * 100_000, "shape"),
    "half a surrogate in an id": (lambda fields: fields["body"].update(exercise="\ud800"), "shape"),
}


@pytest.mark.parametrize(("change", "reason"), CRAFTED.values(), ids=CRAFTED.keys())
def test_an_event_that_cannot_be_is_left_out_and_named(desk, other, change, reason):
    events = [json.loads(line) for line in other.lines()]
    for event in events:
        del event["hash"]
    value = change(events[2])
    contents = [content_of(event) for event in events]
    if isinstance(value, bytes):
        contents[2] = contents[2].replace(b'"hints":0', b'"hints":' + value)
    other.log.write_bytes(chained_anew(contents))
    desk.write(1)

    merged = merge(desk.folder, other.log, NOW)

    assert (merged.added, [(line.line, line.reason) for line in merged.left_out]) == (2, [(3, reason)])
    with desk.open() as history:
        assert history.on_day(DAY).attempts == 3


def test_what_is_ones_own_is_kept_though_it_cannot_be_read(desk, other):
    desk.write(2)
    contents = [line.rpartition(b',"hash":')[0] for line in desk.lines()]
    contents[1] = b'{"v":1,"id":"mine","body":' + b"[" * 100_000
    desk.log.write_bytes(chained_anew(contents))
    before = {line[:60] for line in desk.log.read_bytes().splitlines()}
    merged = merge(desk.folder, other.log, NOW)
    assert merged == Merged(added=3, known=0)
    assert before <= {line[:60] for line in desk.log.read_bytes().splitlines()}


def mutated(chance: random.Random, data: bytes) -> bytes:
    """The file with a few bytes changed, cut, doubled or exchanged, or a value of its JSON."""
    for _ in range(chance.choice([1, 1, 2, 5])):
        at, length = chance.randrange(len(data) + 1), chance.choice([1, 1, 4, 40, 400])
        match chance.randrange(6):
            case 0:
                data = data[:at] + bytes(chance.randrange(256) for _ in range(length)) + data[at + length :]
            case 1:
                data = data[:at] + data[at + length :]
            case 2:
                data = data[: at + length] + data[at:]
            case 3:
                data = data[:at]
            case 4:
                old = chance.choice([b'"correct"', b'"seed":1', b"2026-04-01", b"null", b"{", b'"hints":0', b"10:00"])
                new = chance.choice(
                    [b"[]", b"-1", b"9999-12-31", b'"\\ud800"', b"1e999", b"true", b"NaN", b'""', b"{}"]
                )
                data = data.replace(old, new, 1)
            case _:
                lines = data.splitlines(keepends=True)
                chance.shuffle(lines)
                data = b"".join(lines)
    return data


@pytest.mark.parametrize("count", [150, pytest.param(10_000, marks=pytest.mark.deep)])
def test_mutated_files_are_taken_in_refused_or_named_and_the_history_opens(desk, other, tmp_path, count):
    desk.write(2)
    own, sound, chance = desk.log.read_bytes(), other.log.read_bytes(), random.Random(10)
    source = tmp_path / "mutated.jsonl"
    for number in range(count):
        data = mutated(chance, sound)
        if number % 2:
            data = chained_anew(line.rpartition(b',"hash":')[0] or line for line in data.splitlines())
        source.write_bytes(data)
        desk.log.write_bytes(own)

        merged = merge(desk.folder, source, NOW)

        lines = sum(1 for line in source.read_bytes().split(b"\n") if line.strip())
        if isinstance(merged, Merged):
            headers = source.read_bytes().count(b'"kind":"header"')
            assert merged.added + merged.known + len(merged.left_out) + max(headers, 1) >= lines, number
        else:
            assert isinstance(merged, Trouble), number
        with desk.open() as history:
            assert history.on_day(DAY).attempts >= 2, number
            state_of(history)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}\n"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_sentence_about_a_file_in_hand_is_not_about_the_own_history(desk, tmp_path, content, language):
    set_language(language)
    source = tmp_path / "a.jsonl"
    source.write_bytes(content)
    sentence = describe(merge(desk.folder, source, NOW))
    assert str(source) in sentence
    assert "--data" not in sentence


def test_a_data_folder_of_version_5_opens_with_everything_in_it(tmp_path):
    fixtures = Path(__file__).parent.parent / "fixtures" / "histories"
    shutil.copytree(fixtures / "version-5", tmp_path / "data")
    expected = json.loads((fixtures / "expected-5.json").read_text(encoding="utf-8"))
    settings, troubles = load_settings(tmp_path / "data")
    library = Library.load((Path(__file__).parents[2] / "content",), tmp_path / "library.json", "ja")
    now = datetime(2026, 10, 26, 12, 10, tzinfo=UTC)

    history = open_learner(tmp_path / "data", library, settings, now=now, new_id=lambda: "id")

    with history:
        exam = mock.latest(history)
        kept = {
            "skills": [
                {
                    **{name: getattr(record, name) for name in ("skill", "topic", "attempts", "correct")},
                    **{name: getattr(record, name) for name in ("last_right", "mixed_days")},
                    "due": memory.due_day.isoformat() if (memory := record.memory) else None,
                    "reviews": memory.reviews if memory else 0,
                    "lapses": memory.lapses if memory else 0,
                }
                for record in history.skills()
            ],
            "days": [[day.isoformat(), asdict(count)] for day, count in history.days()],
            "topics": {topic: asdict(count) for topic, count in history.topics().items()},
            "mistakes": [[*astuple(slip)[:-1], slip.last_day.isoformat()] for slip in history.mistakes()],
            "exam": {
                "id": exam.id,
                "answers": [list(mark.answer) for mark in exam.marks][:6],
                "flagged": [number for number, mark in enumerate(exam.marks) if mark.flagged],
                "deadline": exam.deadline.isoformat(),
            },
            "settings": {
                "exam_date": settings.exam_date.isoformat(),
                "minutes": settings.minutes,
                "retention": settings.retention,
            },
        }
    for skill in expected["skills"]:
        del skill["stability"]  # as the scheduler of that version computed it
    assert kept == expected
    assert troubles == ()
    assert len(backups(tmp_path / "data")) == 2
