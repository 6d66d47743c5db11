"""A disk that is full, or fails, at every write in turn: that is reported, nothing is half-written, and it works later.

The disk is a small file system of its own where one can be mounted; everywhere else, and for errors other than a full
disk, the system's calls are made to fail one after the other.
"""

import errno
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.domain.files import write_whole
from studyapp.history.backups import back_up, backups, export, merge, restore, salvage
from studyapp.history.chain import verify_chain
from studyapp.history.errors import NotSavedError, Trouble
from studyapp.history.history import History
from studyapp.study import mock
from studyapp.study.exam import ExamItem
from studyapp.study.learner import open_learner
from studyapp.study.settings import Settings, SettingsTrouble, load_settings, save_settings

from .conftest import MORNING, attempt_at, exercise_entry, library_of, topic_entry

COURSE = library_of(topic_entry("losses/a", *(exercise_entry(f"a{n}", "losses/a") for n in range(4))))
ITEM = ExamItem(
    exercise="a0", topic="losses/a", skill="a0", seed=1, version="v", prompt="p" * 300,
    options=(("a", "1"), ("b", "2")), right=("a",),
)  # fmt: skip
REPORT = b"<p>report</p>" * 1000


class Place:
    """A data folder with a history and an exam that is on, another history beside it, and everything that writes."""

    def __init__(self, data: Path, beside: Path) -> None:
        self.data, self.beside = data, beside
        self.numbers = itertools.count()
        self.history = self.open(data)
        for skill in ("a0", "a1"):
            self.history.record(attempt_at(skill), at=MORNING, day=MORNING.date())
        self.exam = mock.begin(self.history, [ITEM] * 5, (13,), 10, MORNING)
        with self.open(beside) as other:
            other.record(attempt_at("a2"), at=MORNING, day=MORNING.date())
        assert save_settings(replace(Settings(), minutes=25), data) is None
        (data / "report.html").write_bytes(b"old report")

    def open(self, folder: Path) -> History:
        history = open_learner(
            folder, COURSE, Settings(), now=MORNING, new_id=lambda: f"{folder.name}-{next(self.numbers)}"
        )
        assert isinstance(history, History), history
        return history

    @contextmanager
    def left_for(self, writer: str) -> Iterator[None]:
        """The history is closed while it is put in the place of another."""
        if writer in ALONE:
            self.history.close()
        yield
        if writer in ALONE:
            self.history = self.open(self.data)


def is_done(work: Callable[[], object]) -> bool:
    """Whether it was done; a failure is one of two values or of two errors, and no other."""
    try:
        return not isinstance(work(), Trouble | SettingsTrouble)
    except (NotSavedError, OSError):
        return False


def answer_elsewhere(place: Place) -> None:
    with place.history.elsewhere(place.data, at=MORNING, day=MORNING.date()) as other:
        other.record(attempt_at("a3"), at=MORNING, day=MORNING.date())


def begin_anew(place: Place) -> object:
    opened = open_learner(place.data / "new", COURSE, Settings(), now=MORNING, new_id=lambda: "new")
    if isinstance(opened, History):
        opened.close()
    return opened


WRITERS: dict[str, Callable[[Place], object]] = {
    "an answer": lambda place: place.history.record(attempt_at("a3"), at=MORNING, day=MORNING.date()),
    "an answer elsewhere": answer_elsewhere,
    "the start of an exam": lambda place: mock.begin(place.history, [ITEM] * 9, (13,), 10, MORNING),
    "an answer in an exam": lambda place: mock.Taking(place.history, place.exam, MORNING).answer(["a"], MORNING),
    "a flag in an exam": lambda place: mock.Taking(place.history, place.exam, MORNING).flag(MORNING),
    "settings": lambda place: save_settings(replace(load_settings(place.data)[0], minutes=45), place.data),
    "a backup": lambda place: back_up(place.data, MORNING),
    "an export": lambda place: export(place.data, place.data / "exported.jsonl"),
    "a report": lambda place: write_whole(place.data / "report.html", REPORT),
    "a new history": begin_anew,
    "an import": lambda place: merge(place.data, place.beside / "history.jsonl", MORNING),
    "a restored copy": lambda place: restore(place.data, place.beside / "history.jsonl", MORNING),
    "what is salvaged": lambda place: salvage(place.data, MORNING, MORNING.date(), "header"),
}
ALONE = ("an import", "a restored copy", "what is salvaged")


def files(place: Place) -> dict[str, bytes]:
    """Every file that is not made again by itself."""
    found = (path for path in place.data.rglob("*") if path.is_file())
    return {
        str(path.relative_to(place.data)): path.read_bytes()
        for path in found
        if not path.name.startswith(("index.", "filler", "history.lock"))
    }


def check_refused(place: Place, before: dict[str, bytes]) -> None:
    """Nothing is changed and nothing is half-written; a whole copy of the log may have been made."""
    after = files(place)
    assert {name: after.get(name) for name in before} == before
    new = {name: data for name, data in after.items() if name not in before}
    kept = ("backups/replaced-", "backups/damaged-")
    copies = {name for name in new if name.startswith(kept) and new[name] == before["history.jsonl"]}
    begun = {name for name in new if name.startswith(("studyapp-answers", "new/history")) and new[name].endswith(b"\n")}
    assert not set(new) - copies - begun, sorted(new)
    assert all(verify_chain(one.path).damage is None for one in backups(place.data))
    assert verify_chain(place.data / "history.jsonl").damage is None


def check_done(place: Place) -> None:
    assert verify_chain(place.data / "history.jsonl").damage is None
    with_index = place.history.skills()
    place.history.close()
    for index in place.data.glob("index.sqlite*"):
        index.unlink()
    place.history = place.open(place.data)
    assert place.history.skills() == with_index


class FailingCalls:
    """The `at`-th of the calls that reach the disk fails; a write has written half of its bytes by then."""

    NAMES = ("write", "fsync", "ftruncate", "replace", "open")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: int, at: int) -> None:
        self.left, self.code, self.hit = at, code, False
        for name in self.NAMES:
            monkeypatch.setattr(os, name, self._failing(name, getattr(os, name)))

    def _failing(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def failing(*arguments: object, **named: object) -> object:
            if not self.hit and self._counts(name, arguments):
                self.left -= 1
                self.hit = self.left == 0
                if self.hit:
                    if name == "write":
                        descriptor, data = arguments
                        call(descriptor, bytes(data)[: len(data) // 2])  # type: ignore[call-overload, arg-type] - bytes
                    raise OSError(self.code, os.strerror(self.code))
            return call(*arguments, **named)

        return failing

    @staticmethod
    def _counts(name: str, arguments: tuple[object, ...]) -> bool:
        """Opening for reading is no write."""
        return name != "open" or bool(int(str(arguments[1])) & (os.O_WRONLY | os.O_RDWR))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "failing"])
@pytest.mark.parametrize("writer", WRITERS)
def test_whichever_call_fails_nothing_is_half_written_and_it_can_be_done_again(writer, code, tmp_path):
    work = WRITERS[writer]
    for at in itertools.count(1):
        place = Place(tmp_path / str(at) / "data", tmp_path / str(at) / "other")
        before = files(place)
        with place.left_for(writer), pytest.MonkeyPatch.context() as patch:
            calls = FailingCalls(patch, code, at)
            done = is_done(lambda place=place: work(place))
        if not calls.hit:
            assert done
            break
        if not done:
            check_refused(place, before)
            with place.left_for(writer):
                assert is_done(lambda place=place: work(place))
        check_done(place)
        place.history.close()
    assert at > 1
    place.history.close()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path | None]:
    """A file system of 1 MB; None where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    able = sys.platform == "linux" and shutil.which("mount") is not None
    if not able or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(filler: Path, free: int) -> None:
    """Leave so many bytes free; whole pages are what a file system gives."""
    filler.write_bytes(b"")
    room = os.statvfs(filler).f_bavail * os.statvfs(filler).f_frsize
    filler.write_bytes(b"x" * max(0, room - free))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_file_system_is_told_and_takes_it_once_there_is_room(writer, small_disk, tmp_path, monkeypatch):
    work = WRITERS[writer]
    place = Place((small_disk or tmp_path) / "data", tmp_path / "other")
    refused = 0
    for pages in range(8):
        before = files(place)
        if small_disk is None:  # the same, by calls that fail
            with place.left_for(writer), pytest.MonkeyPatch.context() as patch:
                FailingCalls(patch, errno.ENOSPC, pages + 1)
                done = is_done(lambda: work(place))
        else:
            # A line may fit into the page that the log has begun: no room is no room for a page.
            with place.left_for(writer):
                fill(small_disk / "filler", pages * 4096)
                done = is_done(lambda: work(place))
                (small_disk / "filler").unlink()
        if not done:
            refused += 1
            check_refused(place, before)
        assert verify_chain(place.data / "history.jsonl").damage is None
    with place.left_for(writer):
        assert is_done(lambda: work(place))
    check_done(place)
    assert refused or writer.startswith(("an answer", "a flag", "the start"))
    place.history.close()


def test_answers_fill_a_file_system_to_the_last_byte_and_none_is_lost(small_disk, tmp_path):
    place = Place((small_disk or tmp_path) / "data", tmp_path / "other")
    saved = 2
    with pytest.MonkeyPatch.context() as patch:
        if small_disk is None:
            FailingCalls(patch, errno.ENOSPC, 200)
        while is_done(lambda: place.history.record(attempt_at("a0"), at=MORNING, day=MORNING.date())):
            saved += 1
    assert place.history.on_day(MORNING.date()).attempts == saved
    if small_disk is not None:
        shutil.rmtree(place.data / "backups", ignore_errors=True)
        (place.data / "report.html").unlink()
    attempt = attempt_at("a0")
    assert is_done(lambda: place.history.record(attempt, at=MORNING, day=MORNING.date())) or small_disk is not None
    place.history.close()

    kept = verify_chain(place.data / "history.jsonl")
    assert kept.damage is None
    assert kept.events in (saved + 1, saved + 2)  # the exam, and the last answer where it found room


def test_an_index_that_may_not_grow_gives_way_to_one_in_memory(tmp_path):
    place = Place(tmp_path / "data", tmp_path / "other")
    connection = place.history._index.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(200):
        place.history.record(replace(attempt_at("a0"), seed=number), at=MORNING, day=MORNING.date())
    assert place.history.on_day(MORNING.date()).attempts == 202
    assert place.history._index.connection is not connection
    place.history.close()
    with place.open(place.data) as again:
        assert again.on_day(MORNING.date()).attempts == 202
        assert again.notices == ()
