"""Prose in terminal cells: blocks of a document as lines of spans, broken to a width.

A span carries a role, never a colour: `strong`, `emphasis`, `code`, `math`, `heading`, `quote`, `link`, `rule`, `mark`
or nothing. Screens give roles a look; a pipe shows the text alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from operator import itemgetter

from studyapp.domain import document
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.lines import Line, Span, divide_line
from studyapp.typeset.speech import speak, speak_code
from studyapp.typeset.tree import TexError
from studyapp.typeset.width import cells, pad

__all__ = ["NO_BREAK", "Line", "Picture", "RenderOptions", "Span", "held", "plain_text", "set_document"]

IMAGE = Text(ja="[画像: {text}]", en="[image: {text}]")
HELD_FORMULA = 40  # cells up to which a formula in a sentence is kept on one line
BREAKABLE = frozenset("=≈≠≡≤≥<>∝→↦+−±")
"""The signs before which a longer formula may be broken, outside all brackets."""
NARROWEST = 10
NO_BREAK = "\N{NO-BREAK SPACE}"
BESIDE_PUNCTUATION = re.compile(
    "(?<=[、。，．：；？！「『（【〈《」』）】〉》]) +| +(?=[、。，．：；？！」』）】〉》（「])"
)


Lines = tuple[Line, ...]
Picture = Callable[[document.Figure, int], Sequence[Line]]
"""Lines for a figure at a width; what cannot be drawn yet gives none."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a document is set: the signs at hand, how exercises are announced, and who draws figures.

    `exercise` is a template with `{heading}` and `{exercise}`, the id; `mark_headings` puts `#` before
    headings where no style sets them off from prose. Where it is `spoken`, formulas are words as they are read aloud.
    """

    ascii_only: bool = False
    exercise: str = "{heading}"
    mark_headings: bool = False
    picture: Picture = lambda _figure, _width: ()
    spoken: bool = False


def set_document(blocks: Iterable[document.Block], width: int, setting: RenderOptions | None = None) -> Lines:
    """The lines of a document; blocks are parted by an empty line."""
    lines: list[Line] = []
    for block in blocks:
        block_lines = list(_block(block, max(width, NARROWEST), setting or RenderOptions()))
        if block_lines and lines:
            lines.append(())
        lines.extend(block_lines)
    return tuple(lines)


def plain_text(lines: Iterable[Line]) -> str:
    """The lines without their roles."""
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


def _block(block: document.Block, width: int, setting: RenderOptions) -> Iterator[Line]:
    match block:
        case document.Heading(level, content):
            mark = "#" * level + " " if setting.mark_headings else ""
            yield from _wrapped([(mark, "heading"), *_flat(content, "heading", setting)], width)
        case document.Paragraph(content):
            yield from _wrapped(_flat(content, "", setting), width)
        case document.MathBlock(tex):
            yield from _formula(tex, width, setting)
        case document.CodeBlock(code):
            for row in speak_code(code) if setting.spoken else code.rstrip("\n").split("\n"):
                yield (Span(("" if setting.spoken else "  ") + row, "code"),)
        case document.List():
            yield from _list(block, width, setting)
        case document.Quotation(content):
            for line in set_document(content, width - 2, setting):
                yield (Span("| " if setting.ascii_only else "│ ", "quote"), *line)
        case document.Table():
            yield from _table(block, width, setting)
        case document.Figure():
            yield from setting.picture(block, width)
        case document.ThematicBreak():
            yield (Span(("-" if setting.ascii_only else "─") * width, "rule"),)
        case document.ExerciseMark(exercise, heading):
            yield from _wrapped([(setting.exercise.format(heading=heading, exercise=exercise), "mark")], width)


def _formula(tex: str, width: int, setting: RenderOptions) -> Iterator[Line]:
    """A displayed formula, indented; one that is too wide is set on one line and broken."""
    if setting.spoken:
        yield from _wrapped([_inline_math(tex, setting)], width)
        return
    box = set_formula(tex, ascii_only=setting.ascii_only)
    if isinstance(box, TexError):
        yield from _wrapped([(tex, "code")], width)
        return
    indent = next((space for space in (4, 2, 0) if box.width + space <= width), None)
    if indent is None:
        yield from _wrapped(_flat((document.Math(tex),), "", setting), width)
        return
    for row in box.rows:
        yield (Span(" " * indent + row, "math"),)


def _flat(content: Iterable[document.Inline], role: str, setting: RenderOptions) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for inline in content:
        match inline:
            case document.Plain(text):
                pieces.append((text, role))
            case document.Strong(inner):
                pieces.extend(_flat(inner, role or "strong", setting))
            case document.Emphasis(inner):
                pieces.extend(_flat(inner, role or "emphasis", setting))
            case document.CodeSpan(code):
                pieces.append((code, "code"))
            case document.Math(tex):
                pieces.append(_inline_math(tex, setting))
            case document.Link(inner, _):
                pieces.extend(_flat(inner, "link", setting))
            case document.Image(text):
                pieces.append((IMAGE(text=text), "link"))
            case document.Break():
                pieces.append(("\n", ""))
    return pieces


def _inline_math(tex: str, setting: RenderOptions) -> tuple[str, str]:
    text = speak(tex) if setting.spoken else set_inline(tex, ascii_only=setting.ascii_only)
    if isinstance(text, TexError):
        return tex, "code"
    return text, "" if setting.spoken else "math"


def held(formula: str, width: int) -> str:
    """A formula with no-break spaces where it is not to be broken: a longer one breaks before a relation or a sum."""
    whole = formula.replace(" ", NO_BREAK)
    if cells(formula) <= min(HELD_FORMULA, width):
        return whole
    depth, text = 0, ""
    for sign, following in zip(formula, f"{formula[1:]} ", strict=True):
        depth += (sign in "([{") - (sign in ")]}")
        text += NO_BREAK if sign == " " and (depth > 0 or following not in BREAKABLE) else sign
    return text if max(map(cells, text.split(" "))) <= width else formula


def _wrapped(pieces: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    """The pieces broken into lines by the rules of Japanese typesetting, each line with its spans."""
    whole = [(held(text, width) if role == "math" else text, role) for text, role in pieces]
    for paragraph in _paragraphs(whole):
        characters = _closed_up(paragraph)
        text, roles = "".join(sign for sign, _ in characters), [role for _, role in characters]
        cuts = [0, *divide_line(text, width), len(text)]
        for start, end in pairwise(cuts):
            pairs = zip(text[start:end].rstrip(), roles[start:end], strict=False)
            groups = [("".join(sign for sign, _ in run), role) for role, run in groupby(pairs, key=itemgetter(1))]
            yield tuple(Span(part.replace(NO_BREAK, " "), role) for part, role in groups)


def _closed_up(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The characters with their roles, without the spaces that Markdown needs between formula and punctuation."""
    text = "".join(part for part, _ in pieces)
    roles = [role for part, role in pieces for _ in part]
    idle = {index for match in BESIDE_PUNCTUATION.finditer(text) for index in range(*match.span())}
    return [pair for index, pair in enumerate(zip(text, roles, strict=True)) if index not in idle or pair[1] == "code"]


def _paragraphs(pieces: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    current: list[tuple[str, str]] = []
    for text, role in pieces:
        first, *more = text.split("\n")
        current.append((first, role))
        for part in more:
            yield current
            current = [(part, role)]
    yield current


def _list(block: document.List, width: int, setting: RenderOptions) -> Iterator[Line]:
    bullet = "- " if setting.ascii_only else "・"
    for number, item in enumerate(block.items, block.start or 0):
        mark = bullet if block.start is None else f"{number}. "
        indent = " " * cells(mark)
        for index, line in enumerate(set_document(item, width - cells(mark), setting)):
            yield (Span(mark if index == 0 else indent), *line)


def _table(table: document.Table, width: int, setting: RenderOptions) -> Iterator[Line]:
    rows = [table.header, *table.rows]
    needed = [
        max(cells("".join(text for text, _ in _flat(row[column], "", setting))) for row in rows)
        for column in range(len(table.header))
    ]
    widths = _shares(needed, width - 2 * (len(needed) - 1))
    rule = "-" if setting.ascii_only else "─"
    for number, row in enumerate(rows):
        role = "strong" if number == 0 else ""
        columns = [list(_wrapped(_flat(cell, role, setting), size)) for cell, size in zip(row, widths, strict=True)]
        for line in zip_longest(*columns, fillvalue=()):
            yield _row(line, widths, table.alignments)
        if number == 0:
            yield (Span((rule * 2).join(rule * size for size in widths), "rule"),)


def _row(row: Sequence[Line], widths: Sequence[int], alignments: Sequence[str]) -> Line:
    spans: list[Span] = []
    for index, (cell, size) in enumerate(zip(row, widths, strict=True)):
        text = "".join(span.text for span in cell)
        left = {"right": size - cells(text), "center": (size - cells(text)) // 2}.get(alignments[index], 0)
        spans += [Span(" " * max(0, left)), *cell, Span(pad("", size - cells(text) - max(0, left)))]
        if index < len(widths) - 1:
            spans.append(Span("  "))
    return tuple(span for span in spans if span.text)


def _shares(needed: Sequence[int], width: int) -> list[int]:
    """Column widths that fit: narrow columns get what they need, wide ones share what is left."""
    shares = list(needed)
    while sum(shares) > width and max(shares) > 4:
        shares[shares.index(max(shares))] -= 1
    return [max(1, share) for share in shares]
