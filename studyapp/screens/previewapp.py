"""The preview as an app of its own: one page, the workshop as its kernel, and no learner."""

from __future__ import annotations

from textual.screen import Screen

from studyapp.kernel.client import Client
from studyapp.screens.course import Course
from studyapp.screens.desk import Desk, Kernel
from studyapp.screens.keyorder import KeyOrderApp
from studyapp.screens.preview import PreviewScreen
from studyapp.screens.previewing import Previewed
from studyapp.screens.setup import Setup
from studyapp.screens.textual_compat import leave_on_signals, use_forgiving_keyboard, use_japanese_line_breaking
from studyapp.screens.themes import DARK, LIGHT
from studyapp.study.library import Library
from studyapp.study.pagefiles import PageFiles
from studyapp.study.settings import Settings


class PreviewApp(KeyOrderApp):
    """The preview of one page."""

    CSS_PATH = ["app.tcss", "preview.tcss"]
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS = [("ctrl+c,ctrl+q", "quit")]

    def __init__(self, setup: Setup, shown: Previewed, kernel: Kernel | None = None) -> None:
        use_japanese_line_breaking()
        use_forgiving_keyboard()
        super().__init__()
        library = Library.load((), None, setup.language)
        course = Course(library=library, history=None, settings=Settings())
        self.desk = Desk(setup, kernel or Client(setup.log, "studyapp.workshop"), course)
        self.shown = shown
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The page is all there is."""
        return PreviewScreen(self.desk, self.shown)

    def on_mount(self) -> None:
        """Be ready to be ended."""
        leave_on_signals(self)

    async def on_unmount(self) -> None:
        """Let the kernel go."""
        await self.desk.kernel.close()


def run_preview(setup: Setup, files: PageFiles, seed: int) -> int:
    """Show a page until its author leaves; the exit code."""
    app = PreviewApp(setup, Previewed(files, setup.language, seed))
    app.run()
    return app.return_code or 0
