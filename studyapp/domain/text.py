"""A sentence of the interface in both languages, and the language in force, of the process or of one request."""

from collections.abc import Iterator
from contextlib import contextmanager

LANGUAGES = ("ja", "en")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_in_force = "ja"


class Text:
    """A sentence with places for named values; one with two forms writes them `one|many` and is given a `count`."""

    __slots__ = ("en", "ja")

    def __init__(self, *, ja: str, en: str) -> None:
        self.ja = ja
        self.en = en

    def __call__(self, *args: object, **values: object) -> str:
        """The sentence in the language in force, filled in. Without values it is given as it is written."""
        template = self.en if _in_force == "en" else self.ja
        if "count" in values:
            one, _, many = template.partition("|")
            template = one if values["count"] == 1 or not many else many
        return template.format(*args, **values) if args or values else template


def language() -> str:
    """The language in force: `ja` or `en`."""
    return _in_force


def set_language(code: str) -> None:
    """Let the process speak a language from now on. Errors: ValueError for one that is neither `ja` nor `en`."""
    global _in_force  # noqa: PLW0603 - the language of the process, which no function carries
    if code not in LANGUAGES:
        raise ValueError(code)
    _in_force = code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for a while, such as one request to the kernel."""
    before = _in_force
    set_language(code)
    try:
        yield
    finally:
        set_language(before)
