"""The kernel as a child process, seen from the app. Values only; no mathematics is imported here."""

import asyncio
import contextlib
import itertools
import pickle
import threading
from pathlib import Path
from typing import TypeVar, cast

from studyapp.domain.limits import REPLY_SECONDS
from studyapp.kernel.child import KERNEL, Child
from studyapp.kernel.messages import Failure, KernelFailure, Request, decode, encode

Reply = TypeVar("Reply")


class Client:
    """Asks a child process, `child` at first; one that stops or overruns is replaced when the next request comes."""

    def __init__(self, log: Path | None = None, module: str = KERNEL, child: Child | None = None) -> None:
        self._log = log
        self._module = module
        self._early = child
        self._child: Child | None = None
        self._waiting: dict[int, asyncio.Future[bytes]] = {}
        self._numbers = itertools.count()
        self._sending = asyncio.Lock()

    async def start(self) -> None:
        """Start the child now rather than at the first request. Raises `KernelFailure` where none can be started."""
        self._running()

    @property
    def process_id(self) -> int | None:
        """The child's process id, None while there is no child."""
        return None if self._child is None else self._child.process_id

    async def ask(self, request: Request[Reply], limit: float = REPLY_SECONDS) -> Reply:
        """The reply to a request.

        Raises `KernelFailure` when the child stops, the limit (seconds) is passed, or the request raised an exception.
        """
        child, number = self._running(), next(self._numbers)
        try:
            body = encode(request)
        except ValueError as error:
            raise KernelFailure(str(error)) from error
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answered
        try:
            async with asyncio.timeout(limit):
                async with self._sending:
                    await asyncio.to_thread(child.send, number, body)
                reply = decode(await answered)
        except TimeoutError as error:
            await self._end(child)
            raise KernelFailure(f"no reply within {limit:g} s") from error
        except pickle.UnpicklingError as error:
            raise KernelFailure(str(error)) from error
        except (OSError, ValueError) as error:
            answered.cancel()  # its exception would never be retrieved
            await self._end(child)
            raise KernelFailure("the kernel has stopped") from error
        finally:
            self._waiting.pop(number, None)
        if isinstance(reply, Failure):
            raise KernelFailure(reply.message)
        return cast("Reply", reply)

    async def close(self) -> None:
        """End the child, and wait until it is gone."""
        child = self._child or self._early
        if child is not None:
            await self._end(child)

    def _running(self) -> Child:
        if self._child is not None:
            return self._child
        try:
            child = self._early or Child(self._log, self._module)
        except OSError as error:
            raise KernelFailure(str(error)) from error
        self._child, self._early = child, None
        threading.Thread(target=self._listen, args=(child, asyncio.get_running_loop()), daemon=True).start()
        return child

    def _listen(self, child: Child, loop: asyncio.AbstractEventLoop) -> None:
        """Hand replies over to the loop; runs in a thread of its own."""
        with contextlib.suppress(RuntimeError):  # the loop has been closed
            for number, body in child.messages():
                loop.call_soon_threadsafe(self._answer, number, body)
            child.end()
            loop.call_soon_threadsafe(self._lose, child)

    def _answer(self, number: int, body: bytes) -> None:
        answered = self._waiting.get(number)
        if answered is not None and not answered.done():
            answered.set_result(body)

    def _lose(self, child: Child) -> None:
        if self._child is not child:
            return
        self._child = None
        for answered in self._waiting.values():
            if not answered.done():
                answered.set_exception(KernelFailure("the kernel has stopped"))

    async def _end(self, child: Child) -> None:
        await asyncio.to_thread(child.end)
        self._lose(child)
