"""Lines of spans, and Japanese line breaking: what may begin or end a line (kinsoku), counted in terminal cells.

A line is read as clusters that are never parted: openers, then one wide character or one Latin word, then everything
that may not start a line, then white space. A number stays with its counter (第 2 層, 30 分), what is joined by a
no-break space stays together, and so does a short remark in brackets.
Source of the classes: JIS X 4051 and the W3C's JLREQ, appendix A.
"""

import re
from itertools import pairwise

from studyapp.domain.values import dataclass
from studyapp.typeset.width import cells, clip, sign


@dataclass(frozen=True, slots=True)
class Span:
    """Some text and the role that it plays."""

    text: str
    role: str = ""


Line = tuple[Span, ...]


_BLANKS = r" \t-\r\x85\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"  # those that a line may be broken at
_SPACE = f"[{_BLANKS}]"
_WIDE_OPENERS = "（「『【〔［｛〈《〖〘〝｢"
_OPENERS = _WIDE_OPENERS + r"“‘(\[{«"
_MARKS = "\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff"
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯﾞﾟ゛゜ーｰ々〻ゝゞヽヾ"
_WIDE_CLOSERS = "、。，．・：；？！」』】〕］｝）〉》〗〙〟％‰℃｡｣､･〜～゠…‥" + _SMALL_KANA
_CLOSERS = _WIDE_CLOSERS + _MARKS + r",.:;?!)\]}%’”»′″"
_WIDE = (
    "\u1100-\u115f\u2e80-\u2fff\u3001-\u303f\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffdc"
    "\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_NARROW = rf"[^\u00a0{_BLANKS}{_WIDE}{_WIDE_CLOSERS}]"
_JOINT = rf"(?:\u00a0|(?<=[0-9])\x20(?=[{_WIDE}%])|(?<=第)\x20(?=[0-9]))"
_REMARK = r"（[^（）\n]{1,6}）"  # up to 16 cells


# What is never parted. It is compiled when a first text does not fit, for that takes a while and home fits.
_UNIT = (
    rf"(?:{_REMARK}|[０-９]+(?:[．，][０-９]+)*"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|[{_WIDE}](?:\ufe0f?\u200d.)*"
    rf"|{_NARROW}*(?![{_OPENERS}]){_NARROW})?"
    rf"[{_CLOSERS}]*"
)
_CLUSTERS = (
    rf"{_SPACE}*(?:(?!{_REMARK})[{_OPENERS}]{_SPACE}*)*{_UNIT}(?:{_JOINT}[{_OPENERS}]*{_UNIT})*"
    rf"(?:{_SPACE}+[{_WIDE_CLOSERS}]+)*{_SPACE}*"
)
_PIECES = rf"(?s:[{_WIDE_OPENERS}]*.[{_WIDE_CLOSERS}{_MARKS}]*)"


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:  # noqa: FBT001, FBT002 - Rich's signature
    """The character offsets at which a line is broken to fit into `width` cells.

    The meaning is that of `rich._wrap.divide_line`, whose place it takes: white space before a break hangs over, and
    a word that is longer than a line is folded, or left to be cropped where `fold` is false.
    """
    width = max(1, width)
    if cells(text) <= width:
        return []
    breaks: list[int] = []
    column = 0
    for match in re.finditer(_CLUSTERS, text):
        cluster = match[0]
        if not cluster:
            break
        whole = cells(cluster)
        needed = cells(cluster.rstrip()) if cluster[-1:].isspace() else whole
        if column + needed <= width:
            column += whole
            continue
        if column and match.start():
            breaks.append(match.start())
            column = 0
        column = _fold(cluster, match.start(), width, breaks) if needed > width and fold else whole
    return breaks


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width` cells, without white space at their ends."""
    lines = []
    for line in text.split("\n"):
        offsets = [0, *divide_line(line, width), len(line)]
        lines += [line[start:end].rstrip() for start, end in pairwise(offsets)]
    return lines


def fitted(line: Line, width: int, mark: str = "") -> Line:
    """The line in exactly `width` cells: blanks follow it, or it is cut, with `mark` at its end where that fits."""
    room = width - sum(cells(span.text) for span in line)
    if room >= 0:
        return (*line, Span(" " * room)) if room else line
    mark = clip(mark, width)
    room, kept = width - cells(mark), list[Span]()
    for span in line:
        text = clip(span.text, room)
        kept.append(Span(text, span.role))
        room -= cells(text)
        if text != span.text:
            break
    return (*kept, Span(mark, "muted"), Span(" " * room))


def _fold(cluster: str, start: int, width: int, breaks: list[int]) -> int:
    """Breaks within a cluster that no line can hold; the cells used on its last line."""
    end = len(cluster.rstrip())
    column = 0
    for piece in re.finditer(_PIECES, cluster[:end]):
        parts = [piece[0]] if cells(piece[0]) <= width else list(piece[0])
        offset = start + piece.start()
        for part in parts:
            taken = cells(part)
            if column and column + taken > width:
                breaks.append(offset)
                column = 0
            column += taken
            offset += len(part)
    return column + cells(cluster[end:])


def caret(text: str, span: tuple[int, int]) -> str:
    """Two lines: the text, and carets below the characters of `span` (one caret where the span is empty).

    Control characters are shown as their pictures (`␛`), so that the first line is inert and one line.
    """
    start, stop = max(0, min(span[0], len(text))), min(span[1], len(text))
    shown = [char if char == "\u3000" or char.isprintable() else sign(char) for char in text]
    before, marked = (sum(map(cells, part)) for part in (shown[:start], shown[start:stop]))
    return "".join(shown) + "\n" + " " * before + "^" * max(marked, 1)
