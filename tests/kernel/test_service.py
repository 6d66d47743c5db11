"""What the service answers, beyond what the engine's own tests say of it."""

import logging
from pathlib import Path

import pytest

from studyapp.domain.document import Figure, Paragraph, Plain
from studyapp.domain.place import PageSource
from studyapp.domain.question import Question, Undrawable
from studyapp.domain.verdict import Outcome
from studyapp.kernel import messages
from studyapp.kernel import service as kernel_service
from studyapp.kernel.requests import Draw, Grade, Read
from studyapp.kernel.service import Service
from studyapp.pages.blocks import read_blocks

PAGE = Path(__file__).parent.parent.parent / "content" / "ja" / "losses" / "squared-error.md"
DRAW = Draw(PageSource("losses/squared-error", str(PAGE)), "half-sse", 1)


def test_texts_are_read_with_their_figures_which_can_be_sent():
    figure = "```yaml figure\ncurves:\n  - x**2\nover: {x: -1..1}\n```"
    documents = Service().answer(Read(("値", figure, "")))
    assert documents == ((Paragraph((Plain("値"),)),), read_blocks(figure), ())
    assert isinstance(documents[1][0], Figure)
    assert messages.decode(messages.encode(documents)) == documents


class TestBugs:
    """A part of the kernel that raises costs one question, never the session."""

    @pytest.fixture(autouse=True)
    def fresh_log(self):
        messages._log_once.cache_clear()

    @pytest.mark.parametrize("error", [ZeroDivisionError, KeyError, RecursionError, AssertionError, MemoryError])
    def test_a_bug_in_grading_leaves_the_answer_undecided_and_is_logged_once(self, monkeypatch, caplog, error):
        drawn = Service().answer(DRAW)
        assert isinstance(drawn, Question)

        def broken(*_: object) -> None:
            raise error

        with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
            patched.setattr(kernel_service, "grade_plain", broken)
            verdicts = [Service().answer(Grade(drawn, answer, "en")) for answer in ("1", "2")]

        assert {(verdict.outcome, verdict.detail) for verdict in verdicts} == {(Outcome.UNDECIDED, "internal")}
        assert verdicts[0].message
        assert [error.__name__ in record.getMessage() for record in caplog.records] == [True]
        assert Service().answer(Grade(drawn, drawn.answer, "en")).outcome == Outcome.CORRECT

    def test_a_bug_in_drawing_is_a_question_that_cannot_be_drawn(self, monkeypatch, caplog):
        def broken(*_: object) -> None:
            raise TypeError

        with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
            patched.setattr(kernel_service, "draw", broken)
            drawn = Service().answer(DRAW)
        assert isinstance(drawn, Undrawable)
        assert (drawn.exercise, drawn.code) == ("half-sse", "internal")
        assert len(caplog.records) == 1
