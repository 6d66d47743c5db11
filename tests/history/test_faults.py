"""What is shown as saved is there after a kill; what cannot be written leaves nothing behind."""

import errno
import os
import random
from collections.abc import Callable

import pytest

from studyapp.history import log as module
from studyapp.history.chain import verify_chain
from studyapp.history.errors import NotSavedCode, NotSavedError

from .conftest import DAY, NOW, answered, attempt, state_of, writing


def test_no_kill_loses_an_answer_that_was_shown_as_saved(desk):
    chance = random.Random(11)
    shown: list[str] = []
    for run in range(24):
        writer = writing(desk, str(run), 10**9)
        # It is killed after some answers rather than after some time, so that slow machines test the same.
        answers = chance.choice([1, 2, 3, 5, 20, 60])
        shown += [writer.stdout.readline().strip() for _ in range(answers)]
        writer.kill()
        shown += writer.stdout.read().split()
        writer.stdout.close()
        writer.wait()

    with desk.open() as history:
        count = answered(history)
        kept = state_of(history)
    assert verify_chain(desk.log).damage is None
    ids = desk.ids()
    assert len(set(ids)) == len(ids) == count + 1
    assert set(shown) <= set(ids)
    assert count - len(shown) <= 24  # the one that was saved and not yet shown when the kill came
    desk.index.unlink()
    with desk.open() as again:
        assert state_of(again) == kept


def failing(code: int, after: int) -> Callable[[int, bytes], None]:
    """A write that takes `after` bytes and then fails."""

    def write(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:after])
        raise OSError(code, os.strerror(code))

    return write


@pytest.mark.parametrize("after", [0, 1, 40, 10_000])
@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.ENOSPC, NotSavedCode.NO_SPACE), (errno.EIO, NotSavedCode.FAILED), (errno.EFBIG, NotSavedCode.NO_SPACE)],
)
def test_a_write_that_fails_is_reported_and_leaves_nothing_behind(desk, monkeypatch, code, reason, after):
    with desk.open() as history:
        history.record(attempt("a"), at=NOW, day=DAY)
        sound, kept = desk.log.read_bytes(), state_of(history)
        with monkeypatch.context() as patch:
            patch.setattr(module, "write_all", failing(code, after))
            with pytest.raises(NotSavedError) as refused:
                history.record(attempt("b"), at=NOW, day=DAY)
        assert refused.value.code is reason
        assert desk.log.read_bytes() == sound
        assert state_of(history) == kept
        history.record(attempt("b"), at=NOW, day=DAY)
    assert verify_chain(desk.log).events == 2


def test_bytes_that_could_not_be_cut_back_at_once_are_cut_before_the_next_answer(desk, monkeypatch):
    def no_cut(descriptor: int, length: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with desk.open() as history:
        sound = desk.log.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(module, "write_all", failing(errno.EIO, 30))
            patch.setattr(module.os, "ftruncate", no_cut)
            with pytest.raises(NotSavedError):
                history.record(attempt(), at=NOW, day=DAY)
        assert len(desk.log.read_bytes()) == len(sound) + 30
        history.record(attempt(), at=NOW, day=DAY)
    assert verify_chain(desk.log).events == 1


def test_an_interrupt_while_writing_leaves_nothing_behind(desk, monkeypatch):
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    with desk.open() as history:
        sound = desk.log.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(module, "sync", interrupted)
            with pytest.raises(KeyboardInterrupt):
                history.record(attempt(), at=NOW, day=DAY)
        history.record(attempt(), at=NOW, day=DAY)
    assert desk.log.read_bytes().startswith(sound)
    assert verify_chain(desk.log).events == 1
