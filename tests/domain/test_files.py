"""Files written whole: who may read them, links, and names that are taken."""

import sys

import pytest

from studyapp.domain.files import claim, write_beside, write_whole


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_a_new_file_has_its_mode_and_one_that_is_replaced_keeps_its_own(tmp_path):
    private, shared, link = tmp_path / "private", tmp_path / "shared", tmp_path / "link"
    write_whole(private, b"1", 0o600)
    shared.write_bytes(b"0")
    shared.chmod(0o664)
    link.symlink_to(shared)
    write_whole(link, b"1", 0o600)
    assert [path.stat().st_mode & 0o777 for path in (private, shared)] == [0o600, 0o664]
    assert link.is_symlink()
    assert shared.read_bytes() == b"1"
    assert write_beside(tmp_path, "private{}", b"2", 0o600).stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    claim(tmp_path, "a{}.txt")
    beside = write_beside(tmp_path, "a{}.txt", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.txt", "a.txt"]
    assert beside.read_bytes() == b"new"
