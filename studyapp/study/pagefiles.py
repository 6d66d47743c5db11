"""The files behind one page, found from the name of any of them; and all pages, read for the first time."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path

from studyapp.domain.exercise import Topic
from studyapp.domain.place import Complaint, PageSource
from studyapp.domain.text import LANGUAGES
from studyapp.domain.values import dataclass
from studyapp.pages.course import read_course
from studyapp.pages.topics import read_pages, versions_of
from studyapp.study.library import Library
from studyapp.study.pagecache import Stamp, stamp_of


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files of a topic in a content folder; `language` is of the file named, `languages` of the course."""

    folder: Path
    topic: str
    language: str
    languages: tuple[str, ...] = LANGUAGES

    @property
    def facts(self) -> str:
        """The language of the keys."""
        return self.languages[0]

    def file(self, language: str) -> Path:
        """Where the page is, or would be, in a language."""
        return self.folder / language / f"{self.topic}.md"

    @property
    def has_twin(self) -> bool:
        """Whether there is a translation."""
        return self.file(self.other).is_file()

    @property
    def other(self) -> str:
        """The language that the keys are not written in."""
        return next(code for code in LANGUAGES if code != self.facts)

    def source(self, language: str) -> PageSource:
        """The page, with its prose in `language` where that is written."""
        translated = language != self.facts and self.file(language).is_file()
        translation = str(self.file(language)) if translated else None
        return PageSource(self.topic, str(self.file(self.facts)), translation, language, self.languages)

    def stamp(self) -> Stamp:
        """What changes when one of the files is changed, written anew, taken away or put back."""
        return stamp_of(*(self.file(language) for language in LANGUAGES))

    def relative(self, path: str) -> str:
        """A path within the content folder."""
        return path.removeprefix(f"{self.folder}/").removeprefix(f"{self.folder}\\")


def real(path: Path) -> Path:
    """A path with its links followed; where one leads back to itself, that link stays."""
    return Path(os.path.realpath(path))


def files_of(page: Path) -> PageFiles | None:
    """The files of a page `<folder>/ja/<area>/<topic>.md` or its twin; None where the path is none of them."""
    page = real(page.parent) / page.name
    for folder in page.parents:
        if folder.name in LANGUAGES and page.suffix == ".md":
            topic = page.relative_to(folder).with_suffix("").as_posix()
            return PageFiles(folder.parent, topic, folder.name, read_course(folder.parent)[0].languages)
    return None


def complaints_across(files: PageFiles, content: Sequence[Path], cache: Path | None) -> tuple[Complaint, ...]:
    """What is wrong with a page among all others; an id that two pages have may be a complaint about the other one."""
    folders = dict.fromkeys(real(folder) for folder in (*content, files.folder))
    library = Library.load(tuple(folders), cache, files.language)
    paths = {str(files.file(language)) for language in LANGUAGES}
    return tuple(
        complaint
        for complaint in library.complaints
        if complaint.place.path in paths or any(path in complaint.hint for path in paths)
    )


def first_read(
    folders: Sequence[Path], cache: Path, language: str, shown: Callable[[int], None], is_left: Callable[[], bool]
) -> None:
    """Make the index of a course without one; `shown` gets the number of pages read, `is_left` ends the reading."""
    count = 0

    def read(source: PageSource) -> tuple[Mapping[str, Topic], tuple[Complaint, ...]]:
        nonlocal count
        if is_left():
            raise CancelledError
        shown(count := count + 1)
        return versions_of(source, *read_pages(source))

    with suppress(CancelledError):
        Library.load(folders, cache, language, read)
