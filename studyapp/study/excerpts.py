"""Parts of a page as they are shown elsewhere: how it begins, what is around a line, how long it takes to read."""

import re
from pathlib import Path

from studyapp.domain.place import PageSource
from studyapp.domain.values import dataclass

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r"^```.*?^```$\n?", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r" *<!--.*?-->", re.DOTALL)
_WIDE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
WIDE_A_MINUTE, WORDS_A_MINUTE = 400, 160  # Japanese characters and other words that are read of technical prose
LONGEST = 500
"""Characters of a beginning, to the end of their paragraph."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some Markdown of a page, and the minutes that the whole page takes to read."""

    markdown: str
    minutes: int


def beginning_of(source: PageSource) -> Excerpt:
    """The first paragraphs below the title of a page, to the first heading. Errors: OSError, UnicodeDecodeError."""
    text = _prose(source)
    below = re.split(r"^# .*$", text, maxsplit=1, flags=re.MULTILINE)[-1]
    first = re.split(r"^#+ ", below, maxsplit=1, flags=re.MULTILINE)[0]
    return Excerpt(_paragraphs(first), _minutes(text))


def around(source: PageSource, line: int) -> str:
    """What is from a line (from 1) on, to the next heading. Errors: OSError, UnicodeDecodeError."""
    lines = _text(source).splitlines()
    start = line - 1
    while start > 0 and lines[start].strip() and not lines[start].startswith(("#", "```")):
        start -= 1
    below = "\n".join(lines[start:]).lstrip()
    return _paragraphs(re.split(r"(?<!\A)^#+ ", below, maxsplit=1, flags=re.MULTILINE)[0])


def _paragraphs(text: str) -> str:
    """The first paragraphs of a text, without fences and comments."""
    paragraphs: list[str] = []
    for paragraph in re.split(r"\n{2,}", _COMMENT.sub("", _FENCE.sub("", text)).strip()):
        paragraphs.append(paragraph)
        if sum(map(len, paragraphs)) >= LONGEST:
            break
    return "\n\n".join(paragraphs)


def _text(source: PageSource) -> str:
    return Path(source.translation or source.page).read_text(encoding="utf-8").replace("\r\n", "\n")


def _prose(source: PageSource) -> str:
    """A page without its front matter, its exercises, its fences and its comments."""
    sections = re.split(r"^(?=## )", _FRONT.sub("", _text(source).removeprefix("\ufeff")), flags=re.MULTILINE)
    read = "".join(section for section in sections if "```yaml key" not in section)
    return _COMMENT.sub("", _FENCE.sub("", read))


def _minutes(text: str) -> int:
    wide = len(_WIDE.findall(text))
    words = len(_WIDE.sub(" ", text).split())
    return max(1, round(wide / WIDE_A_MINUTE if wide else words / WORDS_A_MINUTE))
