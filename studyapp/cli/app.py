"""`studyapp` alone: the screen, where there is a terminal."""

from __future__ import annotations

import gc
import sys

from studyapp.cli.context import Context, setting_in
from studyapp.cli.lines import echo, has_screen
from studyapp.kernel.child import LOG, Child, start_kernel


def launch(context: Context) -> None:
    """Open the app. Without a terminal, say which commands to use instead, and exit with 2."""
    if not has_screen():
        echo(context.words.cli.no_terminal, err=True)
        sys.exit(2)
    kernel = start_kernel(context.cache / LOG)  # it loads the mathematics while the app is loaded
    try:
        code = _run(context, kernel)
    finally:
        if kernel is not None:
            kernel.end()
    sys.exit(code)


def _run(context: Context, kernel: Child | None) -> int:
    gc.disable()  # nothing that is being imported can be let go; looking for it delays the first paint
    from studyapp.screens.app import run_app

    gc.enable()
    gc.freeze()
    theme = setting_in(context.data, "theme") or ""
    words, data, content, clock = context.words, context.data, context.content, context.clock
    return run_app(words, data, content, clock, theme=theme, ascii_only=context.ascii_math, kernel=kernel)
