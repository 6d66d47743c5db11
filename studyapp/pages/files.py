"""A file of the course as a source: regular, UTF-8, and with no more than can be read in a moment."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from errno import EACCES, EIO, ELOOP
from pathlib import Path

from markdown_it.token import Token

from studyapp.domain import limits
from studyapp.domain.place import Complaint, Place, Problem
from studyapp.domain.text import Text
from studyapp.pages.facts import Yaml
from studyapp.pages.outline import meant_fence
from studyapp.pages.report import Report
from studyapp.pages.source import Source


class Unread(Problem):
    """Why a file is not read."""

    MISSING_FILE = Text(
        ja="ファイルがありません。\nパスを確かめてください。", en="There is no such file.\nCheck the path."
    )
    UNREADABLE_FILE = Text(
        ja="ファイルを開けません（{found}）。\n読めるふつうのファイルか確かめてください。",
        en="The file cannot be opened ({found}).\nCheck that it is a regular file that you may read.",
    )
    TOO_LARGE = Text(
        ja="ファイルが {limit} kB を超えています。\nページを分けてください。",
        en="The file is larger than {limit} kB.\nSplit the page.",
    )
    NOT_UTF8 = Text(
        ja="UTF-8 として読めないバイト {found} があります。\n文字コードを UTF-8 にして保存してください。",
        en="The byte {found} is not UTF-8.\nSave the file as UTF-8.",
    )
    TOO_MANY_LINES = Text(
        ja="ページが {limit} 行を超えています。\nページを分けてください。",
        en="The page has more than {limit} lines.\nSplit the page.",
    )
    TOO_MANY_MARKS = Text(
        ja="Markdown の記号（`*`、`[`、改行など）が多すぎて読めません（一つの段落に 3000、ページ全体で {limit} "
        "まで）。\n"
        "空行で段落に分けるか、ページを分けてください。",
        en="There are too many Markdown marks (`*`, `[`, line ends …) to be read: 3000 in a paragraph, {limit} on a "
        "page are the most.\n"
        "Split it into paragraphs with blank lines, or split the page.",
    )
    TOO_MANY_DEFINITIONS = Text(
        ja="リンクの定義 `[名前]: リンク先` が {limit} 個を超えています。\n"
        "`[文字](リンク先)` と本文に直接書いてください。",
        en="There are more than {limit} link definitions `[name]: target`.\n"
        "Write `[text](target)` in the text instead.",
    )
    TOO_MANY_CELLS = Text(
        ja="表のセルが {limit} 個を超えています。\n表を分けてください。",
        en="The table has more than {limit} cells.\nSplit the table.",
    )
    TOO_MANY_FACTS = Text(
        ja="YAML の行とコンマが、ページ全体で {limit} を超えています。\nページを分けてください。",
        en="The YAML of the page has more than {limit} lines and commas.\nSplit the page.",
    )
    TOO_MANY_HOLES = Text(
        ja="穴 {{{{ が {limit} 個を超えています。\nページを分けてください。",
        en="There are more than {limit} holes {{{{.\nSplit the page.",
    )


FILE_ERRORS = {
    EACCES: Text(ja="読む権限がありません", en="no permission to read it"),
    ELOOP: Text(ja="リンクが自分自身に戻ります", en="a link that leads back to itself"),
    EIO: Text(ja="ディスクの読み取りに失敗しました", en="the disk failed"),
}
NO_REGULAR_FILE = Text(
    ja="フォルダ、パイプ、装置など、ふつうのファイルではないもの",
    en="a folder, a pipe, a device or the like, not a regular file",
)

_MARK = re.compile(r"[*_\[\]<`!\\$&~\n]")
_SIGN = re.compile(r"[-\n!#$%&*+:<=>@\[\\\]^_`{}~]")
_BLANK = re.compile(r"\n[ \t>]*\n")
_DEFINITION = re.compile(r"^[ \t>*+-]*\[[^\]\n]*\]:", re.MULTILINE)
_COLUMNS = re.compile(r"^[ \t>]*+([-:|][-:| \t]*+)$", re.MULTILINE)
_HOLE = re.compile(r"\{\{")


def read_source(path: Path, name: str) -> Source | Complaint:
    """The text of a regular file: UTF-8, at most 200 kB, without NUL."""
    start = Place(name)
    try:
        data = _data(path)
    except FileNotFoundError:
        return Unread.MISSING_FILE.at(start)
    except OSError as error:
        named = FILE_ERRORS.get(error.errno or 0)
        return Unread.UNREADABLE_FILE.at(start, named() if named else error.strerror or "")
    if data is None:
        return Unread.UNREADABLE_FILE.at(start, NO_REGULAR_FILE())
    if len(data) > limits.PAGE_BYTES:
        return Unread.TOO_LARGE.at(start, limit=limits.PAGE_BYTES // 1000)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        source = Source.of(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        before = Source.of(data[: error.start].decode("utf-8"), name)
        return Unread.NOT_UTF8.at(before.place(len(before.text)), f"0x{data[error.start]:02X}")
    if (null := source.text.find("\0")) >= 0:
        return Yaml.CONTROL_CHARACTER.at(source.place(null), "U+0000")
    return source


def _data(path: Path) -> bytes | None:
    """The first bytes of a regular file, one more than may be; None for anything else. Errors: OSError."""
    if not stat.S_ISREG(path.stat().st_mode):  # opening a device may do something, so it is looked at first
        return None
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        # A pipe may have taken the place of the file since.
        return file.read(limits.PAGE_BYTES + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def check_size(report: Report) -> None:
    """Errors: Refused, where a text breaks a bound; what the time of the reader of blocks grows with is counted."""
    source = report.source
    if len(source.starts) > limits.PAGE_LINES:
        raise report.refuse(source.start(limits.PAGE_LINES), Unread.TOO_MANY_LINES, limit=limits.PAGE_LINES)
    for pattern, limit, problem in (
        (_DEFINITION, limits.LINK_DEFINITIONS, Unread.TOO_MANY_DEFINITIONS),
        (_HOLE, limits.PAGE_HOLES, Unread.TOO_MANY_HOLES),
    ):
        starts = [match.start() for match in pattern.finditer(source.text)]
        if len(starts) > limit:
            raise report.refuse(starts[limit], problem, limit=limit)
    for start, block in _blocks(source.text):
        table = _COLUMNS.search(block)
        if table and table[1].count("|") * block.count("\n", table.end()) > limits.TABLE_CELLS:
            raise report.refuse(start + table.start(), Unread.TOO_MANY_CELLS, limit=limits.TABLE_CELLS)


def check_density(tokens: Sequence[Token], report: Report) -> None:
    """Errors: Refused, at the first block with which there are too many marks or facts for what is in the blocks."""
    signs = marks = pairs = facts = 0
    for token in tokens:
        start = report.source.start(token.map[0] if token.map else 0)
        if token.type == "front_matter" or (token.type == "fence" and meant_fence(token.info)):
            facts += token.content.count("\n") + token.content.count(",")
            if facts > limits.YAML_VALUES:
                raise report.refuse(start, Unread.TOO_MANY_FACTS, limit=limits.YAML_VALUES)
        if token.type == "inline":
            count = len(_MARK.findall(token.content))
            signs += len(_SIGN.findall(token.content))
            marks += count
            pairs += count * count
            if signs > limits.PAGE_SIGNS or marks > limits.PAGE_MARKS or pairs > limits.PAGE_MARK_PAIRS:
                raise report.refuse(start, Unread.TOO_MANY_MARKS, limit=limits.PAGE_MARKS)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    done = 0
    for blank in _BLANK.finditer(text):
        yield done, text[done : blank.start()]
        done = blank.end()
    yield done, text[done:]
