"""A file of the course as a source, or the complaint that it is none."""

from __future__ import annotations

from pathlib import Path

from studyapp.domain.place import Complaint, Place
from studyapp.domain.words import Words
from studyapp.domain.words.pages import Code
from studyapp.pages.source import Source

MAX_BYTES = 200_000


def read_source(path: Path, name: str, words: Words) -> Source | Complaint:
    """The text of a file: UTF-8, at most 200 kB, without NUL."""

    def complaint(code: Code, place: Place, found: str = "") -> Complaint:
        message, hint = words.pages.complaint(code, found=found, nearest="", limit=MAX_BYTES // 1000)
        return Complaint(place, code, message, hint)

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return complaint("missing-file", Place(name))
    except OSError as error:
        return complaint("unreadable-file", Place(name), error.strerror or "")
    if len(data) > MAX_BYTES:
        return complaint("too-large", Place(name))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        source = Source.of(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        before = Source.of(data[: error.start].decode("utf-8"), name)
        return complaint("not-utf8", before.place(len(before.text)), f"0x{data[error.start]:02X}")
    if (null := source.text.find("\0")) >= 0:
        return complaint("control-character", source.place(null), "U+0000")
    return source
