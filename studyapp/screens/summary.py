"""What a session came to, at its end."""

from collections.abc import Iterator

from textual.app import ComposeResult

from studyapp.domain.text import Text
from studyapp.screens.base import DUE, Open
from studyapp.screens.marked import led, plain_lines
from studyapp.screens.progress import ANSWERED, OTHERS, duration
from studyapp.screens.sitting import Day, Sitting
from studyapp.screens.state import AppState, StateScreen
from studyapp.screens.widgets import Lines, body, framed
from studyapp.study.progress import LEVELS, Level, standing, summed
from studyapp.typeset.document import Line, Span
from studyapp.typeset.width import cells, clip, pad

SUMMARY_TITLE = Text(ja="セッションのまとめ", en="Session summary")
FIRST = Text(ja="技能ごとの 1 回目の答え", en="First answer on each skill")
NO_FIRST = Text(
    ja="なし（どの技能も、今日 2 回目以降の答えでした）", en="none: every skill had been answered earlier today"
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
MOST_LISTED = 8  # skills that are listed one by one
RISING = tuple(Level)


class SummaryScreen(StateScreen):
    """It comes in the place of the session's questions."""

    TABLE = "summary"

    def __init__(self, state: AppState, sitting: Sitting, day: Day) -> None:
        super().__init__(state)
        self.sitting = sitting
        self.summary = summed(day.before, standing(state.history, day.day), day.day)

    def compose(self) -> ComposeResult:
        lines = Lines(self._lines, classes="column")
        return framed("summary", body(lines), title=SUMMARY_TITLE(), state=self.state.day_text())

    def applies(self, name: str) -> bool:
        return name != "weakest" or self.summary.weakest is not None

    def _lines(self, width: int) -> Iterator[Line]:
        """A session in lines; what was left when its time was over comes first."""
        summary = self.summary
        if self.sitting.round.turn is not None and (left := self.sitting.round.planned):
            yield from plain_lines(TIME_OVER(count=left), width, "near")
            yield ()
        right, first = summary.done.first_correct, summary.done.first
        rows = {
            FIRST(): FIRST_SHARE(first=first, right=right, share=round(100 * right / first)) if first else NO_FIRST(),
            TIME(): f"{duration(summary.done.active_ms)}  ({ANSWERED(count=summary.done.attempts)})",
            TOMORROW(): TOMORROW_COUNT(count=summary.tomorrow),
        }
        column = max(map(cells, rows)) + 3
        for label, value in rows.items():
            yield from led(pad(label, column), "muted", plain_lines(value, max(10, width - column), "strong"))
        yield ()
        yield (Span(RISEN(), "heading"),)
        yield from self._risen(width)
        if summary.weakest is not None:
            yield ()
            yield (Span(WEAKEST(), "heading"),)
            yield (Span("  "), Span(clip(self._skill_name(summary.weakest), width - 2, "…")))

    def _risen(self, width: int) -> Iterator[Line]:
        """The skills that changed their level, the highest first; a sign says which way."""
        if not self.summary.risen:
            yield (Span(f"  {NONE_RISEN()}", "muted"),)
            return
        arrow = "->" if self.options.ascii_only else "→"
        steps = {rise.skill: f"{LEVELS[rise.before]()} {arrow} {LEVELS[rise.after]()}" for rise in self.summary.risen}
        ordered = sorted(self.summary.risen, key=lambda rise: (-RISING.index(rise.after), rise.skill))
        column = max(map(cells, steps.values())) + 2
        for rise in ordered[:MOST_LISTED]:
            up = RISING.index(rise.after) > RISING.index(rise.before)
            sign, role = ("○", "good") if up else ("△", "near")
            skill = clip(self._skill_name(rise.skill), max(8, width - column - 4), "…")
            yield (Span(f"  {sign} ", role), Span(pad(steps[rise.skill], column), role), Span(skill))
        if len(ordered) > MOST_LISTED:
            yield (Span(f"    {OTHERS(count=len(ordered) - MOST_LISTED)}", "muted"),)

    def _skill_name(self, skill: str) -> str:
        """A skill by its first heading; by its own name where the course has none any more."""
        entries = self.state.library.skills.get(skill)
        return entries[0].heading if entries else skill

    def action_go_on(self) -> None:
        """Go on with what is left, else go home."""
        more = bool(self.state.plan().skills)
        self.dismiss()
        if more:
            self.app.post_message(Open("round", DUE))

    def action_weakest(self) -> None:
        if entries := self.state.library.skills.get(self.summary.weakest or ""):
            self.open_screen("topic", entries[0].topic, entries[0].id)
