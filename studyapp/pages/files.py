"""A file of the course as a source, or the complaint that it is none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from studyapp.domain.limits import PAGE_BYTES
from studyapp.domain.place import Complaint, Place
from studyapp.pages.report import FILE_ERRORS, NO_REGULAR_FILE, message_and_hint
from studyapp.pages.source import Source


def read_source(path: Path, name: str) -> Source | Complaint:
    """The text of a regular file: UTF-8, at most 200 kB, without NUL."""

    def complaint(code: str, place: Place, found: str = "") -> Complaint:
        message, hint = message_and_hint(code, found=found, nearest="", limit=PAGE_BYTES // 1000)
        return Complaint(place, code, message, hint)

    try:
        data = _data(path)
    except FileNotFoundError:
        return complaint("missing-file", Place(name))
    except OSError as error:
        named = FILE_ERRORS.get(error.errno or 0)
        reason = named() if named else error.strerror or ""
        return complaint("unreadable-file", Place(name), reason)
    if data is None:
        return complaint("unreadable-file", Place(name), NO_REGULAR_FILE())
    if len(data) > PAGE_BYTES:
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


def _data(path: Path) -> bytes | None:
    """The first bytes of a regular file, one more than may be; None for a folder, a pipe, a socket or a device.

    Errors: OSError, also for a link that leads back to itself.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # opening a device may do something, so it is looked at first
        return None
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        # A pipe may have taken the place of the file since.
        return file.read(PAGE_BYTES + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None
