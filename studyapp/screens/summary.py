"""What a session came to, at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.words.records import RecordsWords
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import plain_lines
from studyapp.screens.messages import DUE, OpenTopic, Practise, ShowRecord
from studyapp.screens.sitting import Day, Sitting
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.levels import Level
from studyapp.study.summary import Summary, standing, summed
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells, clip, pad

MOST_TOLD = 8
"""Skills that are told one by one."""
RISING = (Level.NEW, Level.BEGUN, Level.LEARNED, Level.MASTERED)


def summary_lines(
    found: Summary, left: int, name: Callable[[str], str], width: int, words: RecordsWords, *, ascii_only: bool
) -> Iterator[Line]:
    """A session in lines; `left` questions were left when its time was over, `name` gives the name of a skill."""
    if left:
        yield from plain_lines(words.over(left), width, "near")
        yield ()
    rows = [
        (words.first, words.first_right(found.first_right, found.first)),
        (words.time, f"{words.lasted(found.active_ms)}  ({words.count_answered(found.answered)})"),
        (words.tomorrow, words.load(found.tomorrow)),
    ]
    column = max(cells(label) for label, _ in rows) + 3
    for label, value in rows:
        for number, text in enumerate(plain_lines(value, max(10, width - column), "strong")):
            yield (Span(pad(label if number == 0 else "", column), "muted"), *text)
    yield ()
    yield (Span(words.risen, "heading"),)
    yield from _risen(found, name, width, words, ascii_only=ascii_only)
    if found.weakest is not None:
        yield ()
        yield (Span(words.weakest, "heading"),)
        yield (Span("  "), Span(clip(name(found.weakest), width - 2, "…")))


def _risen(
    found: Summary, name: Callable[[str], str], width: int, words: RecordsWords, *, ascii_only: bool
) -> Iterator[Line]:
    """The skills that changed their level, the highest first; a sign says which way."""
    if not found.risen:
        yield (Span(f"  {words.none_risen}", "muted"),)
        return
    arrow = "->" if ascii_only else "→"
    steps = {one.skill: f"{words.level(one.before)} {arrow} {words.level(one.after)}" for one in found.risen}
    ordered = sorted(found.risen, key=lambda one: (-RISING.index(one.after), one.skill))
    column = max(cells(step) for step in steps.values()) + 2
    for one in ordered[:MOST_TOLD]:
        up = RISING.index(one.after) > RISING.index(one.before)
        sign, role = ("○", "good") if up else ("△", "near")
        yield (
            Span(f"  {sign} ", role),
            Span(pad(steps[one.skill], column), role),
            Span(clip(name(one.skill), max(8, width - column - 4), "…")),
        )
    if len(ordered) > MOST_TOLD:
        yield (Span(f"    {words.and_others(len(ordered) - MOST_TOLD)}", "muted"),)


class SummaryScreen(DeskScreen):
    """It stands in the place of the session's questions."""

    TABLE = "summary"
    BINDINGS = bindings("summary")

    def __init__(self, desk: Desk, sitting: Sitting, day: Day) -> None:
        super().__init__(desk)
        self.sitting = sitting
        self.summary = summed(day.before, standing(desk.history, day.day), day.day)

    def compose(self) -> ComposeResult:
        """The lines, and the keys that lead on."""
        said = self.desk.words.records
        yield Masthead(said.summary_title, self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._lines, classes="column")
        yield Status()
        weakest = () if self.summary.weakest is None else ("weakest",)
        yield KeyLine("summary", self.words, ("go_on", *weakest, "progress", "back", "help"))

    def _lines(self, width: int) -> Iterator[Line]:
        left = self.sitting.round.planned if self.sitting.turn is not None else 0
        said, ascii_only = self.desk.words.records, self.desk.setup.ascii_only
        return summary_lines(self.summary, left, self.desk.skill_name, width, said, ascii_only=ascii_only)

    def action_go_on(self) -> None:
        """Go on with what is left, else go home."""
        plan = self.desk.plan().skills
        self.dismiss()
        if plan:
            self.app.post_message(Practise(DUE, plan))

    def action_progress(self) -> None:
        """See the progress."""
        self.post_message(ShowRecord("progress"))

    def action_weakest(self) -> None:
        """Open the page of the skill that is the nearest to being forgotten."""
        entries = self.desk.course.library.skills.get(self.summary.weakest or "", ())
        if entries:
            self.post_message(OpenTopic(entries[0].topic, entries[0].id))
