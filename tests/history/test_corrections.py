"""What was taken back or regraded leaves the index as if only the last word had been said; the log keeps both."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.verdict import Outcome

from .conftest import ATTEMPTS, DAY, NOW, Desk, attempt, state_of

STEPS = st.lists(st.tuples(ATTEMPTS, st.integers(0, 3), st.sampled_from(["keep", "undo", "right"])), max_size=12)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_index_is_as_if_only_the_last_word_had_been_said(steps):
    with TemporaryDirectory() as folder:
        corrected, plain = Desk(Path(folder) / "corrected"), Desk(Path(folder) / "plain")
        with corrected.open() as history, plain.open() as other:
            saved, day = [], DAY
            for answer, days, fate in steps:
                day += timedelta(days=days)
                saved.append((history.record(answer, at=NOW, day=day).id, fate))
                if fate == "right":
                    parts = (replace(part, verdict=Outcome.CORRECT, mistake=None) for part in answer.parts)
                    other.record(replace(answer, parts=tuple(parts)), at=NOW, day=day)
                elif fate == "keep":
                    other.record(answer, at=NOW, day=day)
            for event_id, fate in saved:
                if fate == "undo":
                    history.undo(event_id, at=NOW, day=day)
                elif fate == "right":
                    history.regrade(event_id, Outcome.CORRECT, at=NOW, day=day)
            kept = state_of(history)
            assert kept == state_of(other)
        corrected.index.unlink()
        with corrected.open() as folded_anew:
            assert state_of(folded_anew) == kept


def test_the_log_keeps_the_answer_and_its_correction(desk):
    with desk.open() as history:
        event = history.record(attempt(verdict=Outcome.WRONG), at=NOW, day=DAY)
        history.undo(event.id, at=NOW, day=DAY)
        history.undo("never-was", at=NOW, day=DAY)
    assert [json.loads(line)["kind"] for line in desk.lines()] == ["header", "attempt", "undo", "undo"]
