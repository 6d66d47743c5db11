"""How texts and names are compared in a search, and names that are near to another."""

import unicodedata
from collections.abc import Iterable, Sequence

from studyapp.domain.text import Text

UNKNOWN_NAME = Text(ja="「{name}」という id はありません。", en="There is no id “{name}”.")
DID_YOU_MEAN = Text(ja=" 近いもの: {names}", en=" Nearest: {names}")


def searchable(text: str) -> str:
    """A text so that what looks alike is alike: compatibility forms, one case."""
    return unicodedata.normalize("NFKC", text).casefold()


def nearest_names(name: str, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The names nearest to one that does not exist, or to its last part (`cross-entropy`), the nearest first."""
    wanted = searchable(name)
    by_form: dict[str, list[str]] = {}
    for known in sorted(set(names)):
        for form in {searchable(known), searchable(known.rpartition("/")[2])}:
            by_form.setdefault(form, []).append(known)
    found: dict[str, None] = {}
    import difflib

    for form in difflib.get_close_matches(wanted, by_form, n=2 * count, cutoff=0.6):
        found.update(dict.fromkeys(by_form[form]))
    return tuple(found)[:count]


def unknown(name: str, nearest: Sequence[str]) -> str:
    """A name that nothing has, with the nearest ones."""
    text = UNKNOWN_NAME(name=name)
    return text + DID_YOU_MEAN(names=", ".join(nearest)) if nearest else text
