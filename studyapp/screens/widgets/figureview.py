"""A figure on a page: drawn from the kernel's numbers, and with the focus a point to move and values to choose from."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from textual.message import Message
from textual.worker import Worker

from studyapp.domain.document import Figure
from studyapp.kernel.messages import KernelFailure
from studyapp.screens.desk import Desk
from studyapp.screens.widgets.lines import Lines
from studyapp.study.figures import POINTS, View, figure_lines, last_point, requests_for
from studyapp.typeset.document import Line

PAUSE = 0.05
"""Seconds for which a value must be left alone before the kernel is asked: a key held down asks once."""
STRIDE = 2
"""Points that one key moves on a curve: a cell."""


class FigureView(Lines, can_focus=True):
    """One figure of a page."""

    DEFAULT_CSS = """
    FigureView { height: auto; border-left: blank; }
    FigureView:focus { border-left: outer $accent; }
    """

    class Failed(Message):
        """The kernel could not give the numbers."""

        def __init__(self, detail: str) -> None:
            super().__init__()
            self.detail = detail

    class Restarted(Message):
        """The kernel was started anew."""

    def __init__(self, figure: Figure, desk: Desk) -> None:
        super().__init__(self._lines)
        self.figure = figure
        self.view = View()
        self._desk = desk
        self._replies: tuple[object, ...] = ()
        self._training: Worker[None] | None = None

    async def load(self) -> None:
        """Ask for the numbers of the present choice. Raises `KernelFailure`."""
        if self.figure.training is not None:
            return
        asked = requests_for(self.figure, self.view.choice, slopes=self.has_focus)
        self._replies = tuple([await self._ask(request) for request in asked])
        if self.view.at is not None:
            self.view = replace(self.view, at=min(self.view.at, last_point(self.figure, self._replies)))
        self.set_again()

    def move(self, by: int) -> None:
        """Move the point along the curve, or along the steps of a descent."""
        if self.figure.training is not None or (self.figure.upright and not self.figure.descent):
            return
        stride = by if self.figure.descent is not None else by * STRIDE
        last = last_point(self.figure, self._replies)
        self.view = replace(self.view, at=min(max((self.view.at or 0) + stride, 0), last))
        self.set_again()

    def choose(self, by: int) -> None:
        """Take another value, round and round; a training run stops."""
        if len(self.figure.choices) < 2:
            return
        self.view = replace(self.view, choice=(self.view.choice + by) % len(self.figure.choices))
        if self.figure.training is not None:
            self._stop()
            self._replies = ()
        else:
            self._load_soon()
        self.set_again()

    def train(self) -> None:
        """Start the training run from its beginning, or stop it."""
        if self.figure.training is None or self._stop():
            return
        self._training = self.run_worker(self._run(), exclusive=True)

    def on_focus(self) -> None:
        """Show a point; its slope needs other numbers."""
        if self.figure.training is None:
            self.view = replace(self.view, at=0 if self.figure.descent is not None else POINTS // 2)
            self._load_soon()
            self.set_again()

    def on_blur(self) -> None:
        """Hide the point."""
        self.view = replace(self.view, at=None)
        self.set_again()

    def _lines(self, width: int) -> Iterable[Line]:
        ascii_only = self._desk.setup.ascii_only
        return figure_lines(self.figure, self.view, self._replies, width, ascii_only=ascii_only)

    def _load_soon(self) -> None:
        self.run_worker(self._load_after_pause(), exclusive=True)

    async def _load_after_pause(self) -> None:
        await asyncio.sleep(PAUSE)
        try:
            await self.load()
        except KernelFailure as failure:
            self.post_message(self.Failed(str(failure)))

    async def _run(self) -> None:
        """One epoch after the other, shown as they come."""
        self._replies = ()
        try:
            for request in requests_for(self.figure, self.view.choice):
                self._replies = (*self._replies, await self._ask(request))
                self.set_again()
                if not getattr(self._replies[-1], "scores", ()):
                    break
        except KernelFailure as failure:
            self.post_message(self.Failed(str(failure)))

    def _stop(self) -> bool:
        """Stop the training run, if one is on."""
        if self._training is None or self._training.is_finished:
            return False
        self._training.cancel()
        return True

    async def _ask(self, request: Any) -> object:
        return await self._desk.ask(request, self._restarted)

    def _restarted(self) -> None:
        self.post_message(self.Restarted())
