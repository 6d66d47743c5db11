"""What asking the kernel is; light, since the kernel is started before anything else is loaded."""

from __future__ import annotations

from typing import Generic, TypeVar

Reply = TypeVar("Reply")


class Request(Generic[Reply]):
    """A question to the mathematics, answered with a `Reply`."""

    __slots__ = ()


class KernelFailure(Exception):
    """The kernel stopped, or took longer than it may. Not a verdict: the same can be asked again."""
