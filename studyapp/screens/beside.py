"""What stands beside a question: its page, its proof, its network; signs, a scratch pad, the clipboard, a report.

A screen is imported when it is first opened, so that the question itself is there sooner.
"""

from __future__ import annotations

from studyapp.domain.text import Text
from studyapp.screens.clipboard import NOTHING_TO_COPY, copied_text, copy
from studyapp.screens.messages import OpenTopic
from studyapp.screens.reading import as_text
from studyapp.screens.round import RoundScreen
from studyapp.screens.sitting import Stage
from studyapp.screens.symbols import SymbolsScreen, signs_for
from studyapp.study.report import NOT_WRITTEN, WRITTEN, write_report

NO_SYMBOLS = Text(ja="この問題の答えに記号は要りません。", en="The answer to this question needs no signs.")


class BesideScreen(RoundScreen):
    """A round with everything that can be opened beside it; nothing here answers."""

    def applies(self, name: str) -> bool:
        """Whether an action has something to do at the present stage."""
        sitting = self.sitting
        match name:
            case "submit" | "give_up" | "hint" | "calculator":
                return sitting.stage is Stage.ASKED
            case "all_steps":
                return sitting.stage is Stage.ASKED and sitting.asking is not None and bool(sitting.asking.given)
            case "symbols":
                return sitting.stage is Stage.ASKED and bool(signs_for(sitting.key))
            case "meant_same":
                return sitting.disputable
            case "undo":
                return sitting.stage is Stage.ANSWERED and sitting.saved is not None and not sitting.undone
            case "proof":
                return sitting.stage is Stage.ANSWERED
            case "walk":
                return (
                    sitting.stage is Stage.ANSWERED and sitting.question is not None and bool(sitting.question.network)
                )
            case "following":
                return sitting.stage in (Stage.ANSWERED, Stage.UNDRAWN)
            case "retry":
                return sitting.stage is Stage.UNDRAWN or sitting.unsaved
            case "elsewhere":
                return sitting.unsaved
            case "read_topic" | "copy":
                return sitting.question is not None
            case _:
                return True

    def action_walk(self) -> None:
        """Walk through the network of the question."""
        from studyapp.screens.walk import WalkScreen

        question = self.sitting.question
        if self.sitting.stage is Stage.ANSWERED and question is not None and question.network is not None:
            self.app.push_screen(WalkScreen(self.desk, self.sitting))

    def action_proof(self) -> None:
        """Show every route to the key."""
        from studyapp.screens.proof import ProofScreen

        exercise = self._exercise()
        if self.sitting.stage is Stage.ANSWERED and exercise is not None:
            self.app.push_screen(ProofScreen(self.desk, self.sitting, exercise.source))

    def action_symbols(self) -> None:
        """Put a sign into the answer that the keyboard lacks."""
        if self.sitting.stage is not Stage.ASKED:
            return
        if signs := signs_for(self.sitting.key):
            self.app.push_screen(SymbolsScreen(signs), self._insert)
        else:
            self.say(NO_SYMBOLS())

    def action_calculator(self) -> None:
        """Open the scratch pad."""
        from studyapp.screens.calculator import CalculatorScreen

        if self.sitting.asked:
            self.app.push_screen(CalculatorScreen(self.desk, self.sitting), self._insert)

    def _insert(self, text: str | None) -> None:
        if text:
            self.panel.input.insert_text_at_cursor(text)

    def action_copy(self) -> None:
        """Copy how the answer is read; after the answer, the key."""
        sitting = self.sitting
        if sitting.stage is Stage.ANSWERED and sitting.question is not None:
            text = sitting.question.answer
        else:
            text = as_text(sitting.key, sitting.typed) if sitting.key is not None else ""
        if text:
            self.run_worker(self._copied(text))
        else:
            self.say(NOTHING_TO_COPY())

    async def _copied(self, text: str) -> None:
        self.say(copied_text(text, await copy(self.app, text)))

    def action_read_topic(self) -> None:
        """Read the page; before the answer this is a nudge."""
        if self.sitting.question is None:
            return
        if self.sitting.stage is Stage.ASKED and self.sitting.asking is not None:
            self.sitting.asking = self.sitting.asking.with_page_opened()
        self.post_message(OpenTopic(self.sitting.question.topic))

    def action_report(self) -> None:
        """Write what is seen into a file, so that somebody can see it again."""
        report, setup = self.sitting.report(), self.desk.setup
        if report is None:
            return
        try:
            path = write_report(report, setup.data, setup.now())
        except OSError as error:
            self.say(f"× {NOT_WRITTEN(detail=(error.strerror or str(error)))}", "bad")
            return
        self.say(WRITTEN(path=str(path)), "good")
