"""What passes between the app and the kernel, and what remains where that fails.

On the pipe a message is a number (8 bytes), a length (4 bytes) and a pickled value of that length. Both ends are the
same installation, and nothing else can write to the pipe.
"""

import io
import pickle
import struct
from collections.abc import Callable
from functools import cache
from typing import IO, Generic, TypeVar

from studyapp.domain.limits import MESSAGE_BYTES
from studyapp.domain.values import dataclass

Reply = TypeVar("Reply")
Result = TypeVar("Result")
HEADER = struct.Struct("!QI")


class Request(Generic[Reply]):
    """A question to the mathematics, answered with a `Reply`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """The reply to a request that raised an exception in the kernel."""

    message: str


class KernelFailure(Exception):
    """The kernel stopped, took longer than it may, or met a bug. Not a verdict: the request can be repeated."""


def encode(value: object) -> bytes:
    """The body of a message. Raises `ValueError` where it is larger than a message may be."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    if len(body) > MESSAGE_BYTES:
        raise ValueError(f"a message of {len(body)} bytes")
    return body


def decode(body: bytes) -> object:
    """The value of a body. Raises `pickle.UnpicklingError` where it holds anything but plain values and our own."""
    return _Unpickler(io.BytesIO(body)).load()


class _Unpickler(pickle.Unpickler):
    """Knows the classes of this package alone, so that no reply imports NumPy or SymPy into the app's process.

    A decimal, as expressions hold them, is a plain value, too.
    """

    def find_class(self, module: str, name: str) -> object:
        if not module.startswith("studyapp.") and (module, name) != ("decimal", "Decimal"):
            raise pickle.UnpicklingError(f"{module}.{name} is not a value of studyapp")
        return super().find_class(module, name)


def write_message(stream: IO[bytes], number: int, body: bytes) -> None:
    """Write a message, and wait until the other end or the system has taken it."""
    stream.write(HEADER.pack(number, len(body)) + body)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[int, bytes] | None:
    """The number and body of the next message; None where the stream ends, or what follows is no message."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    number, length = HEADER.unpack(header)
    if length > MESSAGE_BYTES:
        return None
    body = stream.read(length)
    return (number, body) if len(body) == length else None


def guarded(work: Callable[[], Result], failed: Result) -> Result:
    """The result of `work`, or `failed` where it raises: a bug, which is logged once for each line of code."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 — the next answer has to be graded whatever happened to this one
        import traceback

        frame = traceback.extract_tb(error.__traceback__)[-1]
        _log_once(type(error).__name__, frame.filename, frame.lineno or 0)
        return failed


@cache
def _log_once(error: str, path: str, line: int) -> None:
    import logging

    message = "studyapp: a bug (%s at %s:%d); the answer or question that met it is left out."
    logging.getLogger("studyapp").error(message, error, path, line)
