"""The kernel as a child process, seen from the app. Values only; no mathematics is imported here."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TypeVar

from studyapp.kernel.asking import KernelFailure, Request

Reply = TypeVar("Reply")
LIMIT = 20.0
"""Seconds that a request may take, the start of a new child included."""
LONGEST_LINE = 16 * 1024**2


class Client:
    """Asks a child process; a child that stops or overruns is replaced when the next request comes."""

    def __init__(self, log: Path | None = None, module: str = "studyapp.kernel") -> None:
        self._log = log
        self._module = module
        self._child: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[str]] = {}
        self._numbers = itertools.count()
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Start the child now rather than at the first request. Raises `KernelFailure` where none can be started."""
        async with self._starting:
            if self._child is not None:
                return
            with self._log_stream() as log:
                try:
                    self._child = await asyncio.create_subprocess_exec(
                        sys.executable,
                        "-P",
                        "-m",
                        self._module,
                        stdin=asyncio.subprocess.PIPE,
                        stdout=asyncio.subprocess.PIPE,
                        stderr=log,
                        limit=LONGEST_LINE,
                        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
                    )
                except OSError as error:
                    raise KernelFailure(str(error)) from error
            self._reader = asyncio.create_task(self._read(self._child))

    @property
    def process_id(self) -> int | None:
        """The child's process id, None while there is no child."""
        return None if self._child is None else self._child.pid

    async def ask(self, request: Request[Reply], limit: float = LIMIT) -> Reply:
        """The reply to a request. Raises `KernelFailure` when the child stops or the limit (seconds) is passed."""
        await self.start()
        from studyapp.kernel.wire import decode, encode  # by now the child is on its way

        child, number = self._child, next(self._numbers)
        if child is None or child.stdin is None:
            raise KernelFailure("no kernel")
        answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answered
        try:
            child.stdin.write(f"{number} {encode(request)}\n".encode())
            await child.stdin.drain()
            async with asyncio.timeout(limit):
                line = await answered
        except TimeoutError as error:
            await self._end(child)
            raise KernelFailure(f"no reply within {limit:g} s") from error
        except ConnectionError as error:
            raise KernelFailure("the kernel has stopped") from error
        finally:
            self._waiting.pop(number, None)
        if line.startswith('{"failure"'):
            raise KernelFailure(json.loads(line)["failure"])
        reply: Reply = decode(line)
        return reply

    async def close(self) -> None:
        """End the child, and wait until it is gone."""
        if self._child is not None:
            await self._end(self._child)

    async def _read(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdout is not None  # noqa: S101 — it was opened as a pipe
        with contextlib.suppress(ConnectionError, ValueError):
            while line := await child.stdout.readline():
                number, _, body = line.decode().rstrip("\n").partition(" ")
                answered = self._waiting.get(int(number))
                if answered is not None and not answered.done():
                    answered.set_result(body)
        if self._child is child:
            self._child = None
        for answered in self._waiting.values():
            if not answered.done():
                answered.set_exception(KernelFailure("the kernel has stopped"))
        await child.wait()

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        if self._reader is not None:
            await self._reader

    @contextlib.contextmanager
    def _log_stream(self) -> Iterator[IO[bytes] | int]:
        if self._log is None:
            yield asyncio.subprocess.DEVNULL
            return
        try:
            stream = self._log.open("ab")
        except OSError:
            yield asyncio.subprocess.DEVNULL
            return
        with stream:
            yield stream
