"""An answer that the history cannot take is saved in another folder, and taken in later."""

import pytest

from studyapp.history.backups import Merged, merge
from studyapp.history.chain import verify_chain
from studyapp.history.errors import NotSavedError

from .conftest import DAY, NOW, answered, attempt


def save_elsewhere(desk, folder, seed=0):
    with desk.open() as history, history.elsewhere(folder, at=NOW, day=DAY) as place:
        place.record(attempt(seed=seed), at=NOW, day=DAY)
        return place.path


def test_answers_kept_elsewhere_are_a_history_that_can_be_imported(desk, tmp_path):
    desk.write(2)
    for seed in range(2):
        path = save_elsewhere(desk, tmp_path / "stick", seed)
    assert path == tmp_path / "stick" / "studyapp-answers" / "history.jsonl"
    assert verify_chain(path).events == 2
    assert merge(desk.folder, path, NOW) == Merged(added=2, known=0)
    with desk.open() as history:
        assert answered(history) == 4


@pytest.mark.parametrize("content", [b"", b"my notes\n", b'{"v":1}\n'])
def test_a_file_of_that_name_that_is_no_history_is_left_alone(desk, tmp_path, content):
    (tmp_path / "studyapp-answers").mkdir()
    (tmp_path / "studyapp-answers" / "history.jsonl").write_bytes(content)
    with pytest.raises(NotSavedError):
        save_elsewhere(desk, tmp_path)
    assert (tmp_path / "studyapp-answers" / "history.jsonl").read_bytes() == content
