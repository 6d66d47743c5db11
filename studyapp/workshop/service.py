"""The workshop as a service: whatever the kernel answers, and lint beside it."""

from typing import TypeVar, cast

from studyapp.domain.text import speaking
from studyapp.kernel.messages import Request
from studyapp.kernel.requests import Lint
from studyapp.kernel.service import Service
from studyapp.workshop.lint import Linter

Reply = TypeVar("Reply")


class Workshop(Service):
    """Answers what is asked of the kernel, and what an author asks besides."""

    def answer(self, request: Request[Reply]) -> Reply:
        """The reply to a request."""
        if not isinstance(request, Lint):
            return super().answer(request)
        with speaking(request.language):
            _, complaints = Linter()(request.source)
        return cast("Reply", complaints)  # `Lint` names this type
