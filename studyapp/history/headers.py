"""What the first line of a log says of the whole: whether it is ours, of a later format, or damaged."""

from __future__ import annotations

from studyapp.history.event import BEFORE_ALL, FORMAT, VERSION, event_in, hash_checked, hash_in, version_of
from studyapp.history.standing import TroubleCode


def header_trouble(first: bytes) -> tuple[TroubleCode, str] | None:
    """Why a log with this first line cannot be used, with what completes the sentence; None where it can."""
    if not first:
        return TroubleCode.EMPTY, ""
    version = version_of(event_in(first))
    if hash_checked(first, BEFORE_ALL) is None and (hash_in(first) is not None or FORMAT.encode() in first):
        return TroubleCode.DAMAGED, ""  # it was ours once
    if version is None:
        return TroubleCode.FOREIGN, ""
    return (TroubleCode.NEWER, str(version)) if version > VERSION else None
