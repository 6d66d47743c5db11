"""What a session came to, at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from studyapp.domain.text import Text
from studyapp.screens.actions import bindings
from studyapp.screens.desk import Desk
from studyapp.screens.deskscreen import DeskScreen
from studyapp.screens.marked import plain_lines
from studyapp.screens.messages import DUE, OpenTopic, Practise, ShowRecord
from studyapp.screens.progressview import ANSWERED, OTHERS, lasted
from studyapp.screens.sitting import Day, Sitting
from studyapp.screens.widgets.keyline import KeyLine
from studyapp.screens.widgets.lines import Lines
from studyapp.screens.widgets.masthead import Masthead
from studyapp.screens.widgets.status import Status
from studyapp.study.progress import LEVELS, Level, Summary, standing, summed
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells, clip, pad

SUMMARY_TITLE = Text(ja="セッションのまとめ", en="Session summary")
FIRST = Text(ja="今日の最初の解答", en="First answers of the day")
NO_FIRST = Text(
    ja="なし（どの技能も今日 2 回目以降の解答でした）",
    en="none: every skill had been answered before today",
)
FIRST_SHARE = Text(ja="{first} 件のうち {right} 件が正解（{share}%）", en="{right} of {first} right ({share}%)")
TIME = Text(ja="時間", en="Time")
TIME_OVER = Text(
    ja="時間になりました。残りの {count} 問は、続けて解くことも、次の回に回すこともできます。",
    en="Time is up. 1 question is left, for now or for another session.|Time is up. {count} questions are left, "
    "for now or for another session.",
)
RISEN = Text(ja="段階が変わった技能", en="Skills that changed their level")
NONE_RISEN = Text(ja="段階の変わった技能はありません。", en="No skill changed its level.")
TOMORROW = Text(ja="明日の復習", en="Due tomorrow")
TOMORROW_COUNT = Text(ja="{count} 件", en="1 review|{count} reviews")
WEAKEST = Text(ja="いちばん忘れかけている技能", en="Nearest to being forgotten")

MOST_TOLD = 8
"""Skills that are told one by one."""
RISING = (Level.NEW, Level.BEGUN, Level.LEARNED, Level.MASTERED)


def summary_lines(
    found: Summary, left: int, name: Callable[[str], str], width: int, *, ascii_only: bool
) -> Iterator[Line]:
    """A session in lines; `left` questions were left when its time was over, `name` gives the name of a skill."""
    if left:
        yield from plain_lines(TIME_OVER(count=left), width, "near")
        yield ()
    rows = [
        (FIRST(), first_right(found.first_right, found.first)),
        (TIME(), f"{lasted(found.active_ms)}  ({ANSWERED(count=found.answered)})"),
        (TOMORROW(), TOMORROW_COUNT(count=found.tomorrow)),
    ]
    column = max(cells(label) for label, _ in rows) + 3
    for label, value in rows:
        for number, text in enumerate(plain_lines(value, max(10, width - column), "strong")):
            yield (Span(pad(label if number == 0 else "", column), "muted"), *text)
    yield ()
    yield (Span(RISEN(), "heading"),)
    yield from _risen(found, name, width, ascii_only=ascii_only)
    if found.weakest is not None:
        yield ()
        yield (Span(WEAKEST(), "heading"),)
        yield (Span("  "), Span(clip(name(found.weakest), width - 2, "…")))


def _risen(found: Summary, name: Callable[[str], str], width: int, *, ascii_only: bool) -> Iterator[Line]:
    """The skills that changed their level, the highest first; a sign says which way."""
    if not found.risen:
        yield (Span(f"  {NONE_RISEN()}", "muted"),)
        return
    arrow = "->" if ascii_only else "→"
    steps = {one.skill: f"{LEVELS[one.before]()} {arrow} {LEVELS[one.after]()}" for one in found.risen}
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
        yield (Span(f"    {OTHERS(count=(len(ordered) - MOST_TOLD))}", "muted"),)


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
        yield Masthead(SUMMARY_TITLE(), self.desk.day_state())
        with VerticalScroll(id="body", can_focus=False):
            yield Lines(self._lines, classes="column")
        yield Status()
        weakest = () if self.summary.weakest is None else ("weakest",)
        yield KeyLine("summary", ("go_on", *weakest, "progress", "back", "help"))

    def _lines(self, width: int) -> Iterator[Line]:
        left = self.sitting.round.planned if self.sitting.turn is not None else 0
        ascii_only = self.desk.setup.ascii_only
        return summary_lines(self.summary, left, self.desk.skill_name, width, ascii_only=ascii_only)

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


def first_right(right: int, first: int) -> str:
    """How many of the first answers of the day were right."""
    return FIRST_SHARE(right=right, first=first, share=round(100 * right / first)) if first else NO_FIRST()
