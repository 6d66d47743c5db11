"""A service as a child process: one request message in, one reply message out.

A thread of its own reads requests, so that the end of the input is seen, and the process ends, even in the middle of a
computation: an orphan does not outlive the app.
"""

import contextlib
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import IO, Any

from studyapp.domain.limits import KERNEL_MEMORY, PROCESSOR_SECONDS
from studyapp.kernel.messages import Failure, decode, encode, read_message, write_message


def serve(open_service: Callable[[], Any]) -> None:
    """Serve until the input ends. The service is imported and opened once memory is bounded."""
    replies = _private_output()
    requests: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, requests), daemon=True).start()
    _bound("RLIMIT_AS", KERNEL_MEMORY)

    service = open_service()
    while True:
        number, body = requests.get()
        _bound("RLIMIT_CPU", int(time.process_time()) + PROCESSOR_SECONDS)
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


def _bound(resource_name: str, limit: int) -> None:
    """Bound what this process may use, where the system can; where not, the client's clock is the bound."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        name = getattr(resource, resource_name)
        resource.setrlimit(name, (limit, resource.getrlimit(name)[1]))
