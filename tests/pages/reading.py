"""A page read from its file."""

from collections.abc import Mapping
from pathlib import Path, PurePath

from studyapp.domain.kind import Kind
from studyapp.pages.page import Page, read_file


def read_page(path: Path, name: str, kinds: Mapping[str, Kind] | None = None) -> Page:
    """The page in a file `<language>/<area>/<topic>.md`; `name` is the file in its places.

    `kinds` gives the kinds of exercises whose facts are in another file. Whatever is wrong is in `complaints`.
    """
    parts = PurePath(path).with_suffix("").parts[-3:]
    topic, language = "/".join(parts[-2:]), parts[0] if len(parts) == 3 else ""
    return read_file(path, name, topic, language, kinds or {})
