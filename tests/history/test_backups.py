"""Copies of the log are made when due, verified, thinned, restored and merged; nothing is overwritten unseen."""

from datetime import timedelta

import pytest

from studyapp.history.backups import (
    Backup,
    LeftOut,
    Merged,
    Restored,
    back_up,
    backups,
    export,
    is_due,
    merge,
    restore,
    thinned,
)
from studyapp.history.chain import verify_chain
from studyapp.history.errors import TroubleCode
from studyapp.history.event import Unreadable

from .conftest import DAY, NOW, answered


class TestBackingUp:
    def test_copies_are_the_log_byte_for_byte_under_names_of_their_own(self, desk):
        desk.write(3)
        copies = [back_up(desk.folder, NOW) for _ in range(2)]
        assert [copy.path for copy in backups(desk.folder)] == [copy.path for copy in copies]
        assert {copy.path.read_bytes() for copy in copies} == {desk.log.read_bytes()}

    def test_one_is_due_when_the_log_has_grown_for_a_day(self, desk):
        desk.write(1)
        assert is_due(desk.folder, NOW)
        back_up(desk.folder, NOW)
        assert not is_due(desk.folder, NOW + timedelta(hours=30))  # nothing new
        desk.write(1)
        assert not is_due(desk.folder, NOW + timedelta(hours=23))
        assert is_due(desk.folder, NOW + timedelta(hours=25))

    def test_one_from_the_future_counts_as_none(self, desk):
        desk.write(1)
        back_up(desk.folder, NOW + timedelta(days=3650))
        desk.write(1)
        assert is_due(desk.folder, NOW)
        back_up(desk.folder, NOW)
        assert not is_due(desk.folder, NOW)
        assert len(backups(desk.folder)) == 2

    @pytest.mark.parametrize("write", [back_up, lambda folder, _: export(folder, folder / "out")])
    def test_a_damaged_log_is_not_copied(self, desk, write):
        desk.write(3)
        desk.log.write_bytes(desk.log.read_bytes().replace(b"0.51", b"0.52", 1))
        trouble = write(desk.folder, NOW)
        assert trouble.code is TroubleCode.DAMAGED
        assert backups(desk.folder) == ()
        assert not (desk.folder / "out").exists()

    @pytest.mark.parametrize(
        ("days", "kept"),
        [
            (1, 2),  # today's and yesterday's
            (14, 15),  # three of two days, twelve days
            (100, 26),  # three, twelve days, and weeks and months that reach further back
            (1100, 34),
        ],
    )
    def test_older_copies_are_thinned(self, tmp_path, days, kept):
        made = tuple(Backup(tmp_path / str(day), NOW - timedelta(days=day)) for day in range(days, -1, -1))
        gone = thinned(made, NOW)
        left = [copy for copy in made if copy not in gone]
        assert made[-1] in left
        assert {NOW - copy.made for copy in left} >= {timedelta(days=day) for day in range(min(days, 2) + 1)}
        assert abs(len(left) - kept) <= 5
        assert len(left) <= 3 + 12 + 10 + 9
        assert thinned(tuple(left), NOW) == ()


class TestRestoring:
    def test_a_restored_log_opens_as_it_was_and_what_it_lacks_is_named(self, desk):
        desk.write(3)
        made, before = back_up(desk.folder, NOW), desk.log.read_bytes()
        desk.write(2, first=3)
        later = desk.ids()[-2:]
        restored = restore(desk.folder, made.path, NOW)
        assert (restored.events, restored.torn, [event.id for event in restored.lacks]) == (3, False, later)
        assert desk.log.read_bytes() == before
        with desk.open() as history:
            assert answered(history) == 3

    def test_two_within_one_second_keep_all_that_was_replaced_even_if_damaged(self, desk):
        desk.write(3)
        made = back_up(desk.folder, NOW)
        for content in (b"broken", made.path.read_bytes() + b"torn"):
            desk.log.write_bytes(content)
            assert isinstance(restore(desk.folder, made.path, NOW), Restored)
        kept = [path.read_bytes() for path in sorted((desk.folder / "backups").glob("replaced-*"))]
        assert sorted(kept) == sorted([b"broken", made.path.read_bytes() + b"torn"])

    def test_a_copy_whose_last_line_is_cut_off_is_put_back_without_it_and_that_is_known(self, desk, tmp_path):
        desk.write(3)
        torn = tmp_path / "torn.jsonl"
        torn.write_bytes(desk.log.read_bytes()[:-30])
        restored = restore(desk.folder, torn, NOW)
        assert (restored.events, restored.torn, len(restored.lacks)) == (2, True, 1)
        assert verify_chain(desk.log).damage is None

    @pytest.mark.parametrize(
        ("content", "code"),
        [(b"", TroubleCode.EMPTY), (b"hello\n", TroubleCode.FOREIGN), (None, TroubleCode.NOT_READABLE)],
    )
    def test_a_file_that_is_no_log_is_refused_and_nothing_changes(self, desk, tmp_path, content, code):
        desk.write(1)
        before = desk.log.read_bytes()
        source = tmp_path / "source"
        if content is not None:
            source.write_bytes(content)
        trouble = restore(desk.folder, source, NOW)
        assert trouble.code is code
        assert desk.log.read_bytes() == before


class TestExporting:
    def test_the_exported_history_is_the_log_byte_by_byte_without_a_torn_end(self, desk, tmp_path):
        desk.write(9)
        whole = desk.log.read_bytes()
        for tail in (b"", b'{"v":1,"id"'):
            desk.log.write_bytes(whole + tail)
            assert export(desk.folder, tmp_path / "out.jsonl") == 9
            assert (tmp_path / "out.jsonl").read_bytes() == whole

    def test_what_is_exported_is_what_is_counted_on_the_way_back(self, desk, other, tmp_path):
        other.write(3)
        copy = tmp_path / "copy.jsonl"
        assert export(other.folder, copy) == 3
        assert merge(desk.folder, copy, NOW) == Merged(added=3, known=0)
        assert desk.log.read_bytes() == other.log.read_bytes()
        assert merge(desk.folder, copy, NOW) == Merged(added=0, known=3)
        assert desk.log.read_bytes() == other.log.read_bytes()


class TestMerging:
    def test_events_of_two_machines_stand_together_in_the_order_of_time(self, desk, other):
        desk.write(3, apart=timedelta(hours=1))
        other.write(3, at=NOW + timedelta(minutes=30), apart=timedelta(hours=1))
        assert merge(desk.folder, other.log, NOW) == Merged(added=3, known=0)
        assert verify_chain(desk.log).damage is None
        with desk.open() as history:
            assert answered(history) == 6
        times = [line.split(b'"at":"')[1][:16] for line in desk.lines()[1:]]
        assert times == sorted(times)

    def test_events_of_one_moment_keep_their_order(self, desk, other):
        other.write(1)
        own = ["header", "z", "y", "x", "b", "a"]
        desk.new_id = iter(own).__next__
        with desk.open() as history:
            for _ in own[1:]:
                history.append("note", {}, at=NOW, day=DAY)
        merge(desk.folder, other.log, NOW)
        assert [name for name in desk.ids() if not name.startswith("other")] == own

    def test_of_a_damaged_log_every_sound_event_is_taken_in_and_the_rest_is_named(self, desk, other):
        desk.write(1)
        other.write(4)
        whole = other.lines()
        other.log.write_bytes(b"".join(whole)[:-30].replace(b'"seed":1', b'"seed":7'))
        assert merge(desk.folder, other.log, NOW) == Merged(
            added=2,
            known=0,
            left_out=(
                LeftOut(3, Unreadable.DAMAGED, "skill-1", "2026-04-01"),
                LeftOut(5, Unreadable.TORN, "skill-3", "2026-04-02"),
            ),
        )
