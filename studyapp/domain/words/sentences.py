"""What the words of every room are: named sentences, given once."""

from __future__ import annotations

from typing import NoReturn, dataclass_transform

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Sentences:
    """The sentences of a room in one language: its annotated names, all given by name, and never changed.

    A dataclass would be the same to its readers, but it writes and compiles methods over hundreds of fields whenever it
    is imported, and home would wait for them.
    """

    def __init__(self, **sentences: object) -> None:
        if wrong := type(self).__annotations__.keys() ^ sentences.keys():
            raise TypeError(f"{type(self).__name__}: missing or unknown: {', '.join(sorted(wrong))}")
        vars(self).update(sentences)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"sentences do not change: {name}")


def counted(template: str, count: int, **values: object) -> str:
    """The template for a number; one that has two forms writes them `one|many`."""
    one, _, many = template.partition("|")
    return (one if count == 1 or not many else many).format(count=count, **values)
