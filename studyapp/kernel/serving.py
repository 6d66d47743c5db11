"""A service as a child process: one request message in, one reply message out.

A thread of its own reads requests, so that the end of the input is seen, and the process ends, even in the middle of a
computation: an orphan does not outlive the app.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO, Any, Protocol

from studyapp.domain.limits import KERNEL_MEMORY, PROCESSOR_SECONDS
from studyapp.kernel.messages import Failure, decode, encode, read_message, write_message


class Answering(Protocol):
    """What answers requests, as `studyapp.kernel.service.Service` does."""

    def answer(self, request: Any) -> object:
        """The reply to a request."""


def serve(open_service: Callable[[], Answering]) -> None:
    """Serve until the input ends. The service is opened once memory is bounded and the input is read."""
    replies = _private_output()
    requests: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, requests), daemon=True).start()
    _bound_memory()

    service = open_service()
    while True:
        number, body = requests.get()
        _bound_time()
        try:
            reply = encode(service.answer(decode(body)))
        except Exception as error:  # noqa: BLE001 — one bad request must not end the service; the client reports it
            traceback.print_exc()
            reply = encode(Failure(f"{type(error).__name__}: {error}"[:1000]))
        write_message(replies, number, reply)


def _private_output() -> IO[bytes]:
    """A handle for replies alone; whatever else is printed goes to the error stream, which is the log."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


def _read(stream: IO[bytes], requests: queue.SimpleQueue[tuple[int, bytes]]) -> None:
    while message := read_message(stream):
        requests.put(message)
    os._exit(0)


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (KERNEL_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        return  # a system without such limits: the client's clock is the bound


def _bound_time() -> None:
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + PROCESSOR_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    except (ImportError, ValueError, OSError):
        return  # as above
