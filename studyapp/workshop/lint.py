"""Lint: pages read once, with everything that the reader and the rules have to say; and as a service of the kernel."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.text import speaking
from studyapp.kernel.messages import Request
from studyapp.kernel.requests import Lint
from studyapp.kernel.service import Service
from studyapp.pages.topics import read_pages, versions_of
from studyapp.workshop.rules import complaints_about

Reply = TypeVar("Reply")


class Linter:
    """A reader for the library whose complaints are those of every rule, too; `read` is called with each page."""

    def __init__(self, read: Callable[[str], None] = lambda _: None) -> None:
        self._read = read

    def __call__(self, source: PageSource) -> tuple[Mapping[str, Topic], tuple[Complaint, ...]]:
        """The topic behind a source by language, and every complaint about its files, in the order of their places."""
        page, translation = read_pages(source)
        topics, complaints = versions_of(source, page, translation)
        broken = [*complaints_about(page, page, translation, source.languages)]
        if translation is not None:
            broken += complaints_about(translation, page, page)
        self._read(source.page)
        return topics, tuple(sorted([*complaints, *broken], key=lambda complaint: complaint.place))


class Workshop(Service):
    """Answers what is asked of the kernel, and what an author asks besides."""

    def answer(self, request: Request[Reply]) -> Reply:
        """The reply to a request."""
        if not isinstance(request, Lint):
            return super().answer(request)
        with speaking(request.language):
            _, complaints = Linter()(request.source)
        return cast("Reply", complaints)  # `Lint` names this type
