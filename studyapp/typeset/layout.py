"""A formula as a picture in terminal cells: the tree of a formula laid out in boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from studyapp.typeset.boxes import Box, blank, fence, grown, hcat, line, padded, shifted, vcat
from studyapp.typeset.inline import inline, lowered, raised, script_text, vulgar
from studyapp.typeset.signs import ABOVE, accented
from studyapp.typeset.tex import parse
from studyapp.typeset.tree import (
    Accent,
    Fenced,
    Fraction,
    Grid,
    Kind,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    Space,
    TexError,
    TextRun,
    collides,
    gap,
    kinds_in_row,
)
from studyapp.typeset.width import Align, cells

_BESIDE = {"l": "left", "c": "center", "r": "right"}


@dataclass(frozen=True, slots=True)
class LayoutStyle:
    """How a part is set: in ASCII or not, as a display, in the text of a fraction or grid, or as a script."""

    ascii_only: bool
    mode: Literal["display", "text", "script"] = "display"

    @property
    def tight(self) -> bool:
        """Whether operators get no gaps."""
        return self.mode == "script"


def set_formula(tex: str, *, ascii_only: bool = False) -> Box | TexError:
    """A formula (TeX without its dollars) as a picture; running text stays what it is even in ASCII."""
    tree = parse(tex)
    return tree if isinstance(tree, TexError) else layout(tree, LayoutStyle(ascii_only))


def layout(node: Node, style: LayoutStyle) -> Box:
    """The box of a tree."""
    match node:
        case Sign() | TextRun() | Space():
            return line(inline(node, ascii_only=style.ascii_only))
        case Row(items):
            return _row(items, style)
        case Fraction():
            return _fraction(node, style)
        case Root():
            return _root(node, style)
        case Scripts():
            return _scripts(node, style)
        case Accent():
            return _accent(node, style)
        case Fenced():
            return _fenced(node, style)
        case Grid():
            return _grid(node, replace(style, mode="text"))


def _inner(style: LayoutStyle) -> LayoutStyle:
    """The style of a fraction's halves: no longer a display."""
    return replace(style, mode="text") if style.mode == "display" else style


def _row(items: Sequence[Node], style: LayoutStyle) -> Box:
    boxes: list[Box] = []
    pending, last, text = 0, None, ""
    for item, kind in zip(items, kinds_in_row(items), strict=True):
        if isinstance(item, Space):
            pending += item.cells
            continue
        box = layout(item, style)
        letterlike = isinstance(item, Fraction) and box.width == 1 and not text[-1:].isdigit()
        drawn = Kind.ORDINARY if letterlike else kind
        width = max(gap(last, drawn, tight=style.tight) if last else 0, pending)
        words = box.rows[box.baseline]
        if not width and collides(text, words):
            width = 1
        boxes += [blank(width), box] if width else [box]
        pending, last, text = 0, drawn, words
    return hcat([*boxes, blank(pending)] if pending else boxes)


def _fraction(node: Fraction, style: LayoutStyle) -> Box:
    small = node.size == "small" or (node.size == "fitting" and style.mode != "display")
    if small and vulgar(node):
        return line(inline(node, ascii_only=style.ascii_only))
    top = layout(node.top, _inner(style))
    bottom = layout(node.bottom, _inner(style))
    if style.tight and top.height == bottom.height == 1 and node.ruled:
        return line(inline(node, ascii_only=style.ascii_only, tight=True))
    bar = "-" if style.ascii_only else "─"
    width = max(top.width, bottom.width)
    width = 3 if width == 1 else width  # a bar of one cell would be read as a minus
    if any(set(row) == {bar} for box in (top, bottom) for row in box.rows if cells(row) == width):
        width += 2
    return vcat([top, line((bar if node.ruled else " ") * width), bottom], 1)


def _root(node: Root, style: LayoutStyle) -> Box:
    body = layout(node.body, _inner(style))
    if style.ascii_only:
        if body.height == 1:
            return line(inline(node, ascii_only=True))
        degree = f"[{inline(node.degree, ascii_only=True, tight=True)}]" if node.degree else ""
        return hcat([line(f"sqrt{degree}"), _enclosed(("(", ")"), [body], style)])
    degree = (raised(node.degree) or inline(node.degree, ascii_only=False, tight=True)) if node.degree else ""
    sign = " " * max(0, cells(degree) - 1) + "√"
    side = " " * (cells(sign) - 1)
    if body.height == 1:
        roof = degree + " " * (cells(sign) - cells(degree)) + "_" * body.width
        return Box((roof, sign + body.rows[0]), 1)
    rows = [side + "│" + row for row in body.rows]
    stems = [" " + row for row in rows[:-1]] + [sign + rows[-1][len(side) :]]
    roof = " " * cells(sign) + "┌" + "─" * body.width
    box = Box((roof, *stems), body.baseline + 1)
    if degree:
        above = degree + " " * (cells(sign) - cells(degree))
        place = box.height - 2
        box = replace(
            box, rows=tuple(above + row[len(sign) :] if i == place else row for i, row in enumerate(box.rows))
        )
    return box


def _scripts(node: Scripts, style: LayoutStyle) -> Box:
    base = layout(node.base, style)
    if _has_limits(node, style):
        return _limits(node, base, replace(style, mode="script"))
    if style.ascii_only:
        script = line(script_text(node, ascii_only=True))
        return hcat([base, shifted(script, base.above) if node.below is None else script])
    return hcat([base, _beside(node, base, replace(style, mode="script"))])


def _has_limits(node: Scripts, style: LayoutStyle) -> bool:
    """Whether scripts go above and below; a lone letter under a sum in a fraction stays beside it."""
    match node.base:
        case Accent() as accent:
            return accent.stacks
        case Sign(limits=True):
            below = lowered(node.below)
            brief = node.above is None and below is not None and len(below) == 1
            return style.mode == "display" or not (brief or style.tight)
        case _:
            return False


def _limits(node: Scripts, base: Box, style: LayoutStyle) -> Box:
    above = [layout(node.above, style)] if node.above else []
    below = [layout(node.below, style)] if node.below else []
    return vcat([*above, base, *below], len(above))


def _beside(node: Scripts, base: Box, style: LayoutStyle) -> Box:
    """Scripts to the right: Unicode signs in the base's own row, else in the rows above and below it."""
    top, bottom = raised(node.above), lowered(node.below)
    if base.height == 1 and (top or not node.above) and (bottom or not node.below):
        return line((bottom or "") + (top or ""))
    above = _script(node.above, top, style)
    below = _script(node.below, bottom, style)
    width = max(above.width, below.width)
    if node.above:
        raise_by = base.above if base.above or top else 1
        above = shifted(above, raise_by)
    if node.below:
        drop_by = base.below if base.below or bottom else 1
        below = shifted(below, -drop_by - below.height + 1)
    return _overlaid(padded(above, width, "left"), padded(below, width, "left"))


def _script(node: Node | None, sign: str | None, style: LayoutStyle) -> Box:
    if node is None:
        return line("")
    return line(sign) if sign else layout(node, style)


def _overlaid(over: Box, under: Box) -> Box:
    """Two boxes in one place, where one is blank wherever the other is not."""
    above, below = max(over.above, under.above), max(over.below, under.below)
    pairs = zip(grown(over, above, below).rows, grown(under, above, below).rows, strict=True)
    return Box(tuple(first if first.strip() else second for first, second in pairs), above)


def _accent(node: Accent, style: LayoutStyle) -> Box:
    body = layout(node.body, style)
    if not style.ascii_only and body.height == 1 and (joined := accented(body.rows[0], node.name)):
        return line(joined)
    if style.ascii_only and body.height == 1 and not node.stacks:
        return line(inline(node, ascii_only=True))
    if node.name in {"underset", "overset"}:
        return body
    if node.stacks:
        brace = line(_brace(max(3, body.width), under=node.name == "underbrace", ascii_only=style.ascii_only))
        return vcat([body, brace], 0) if node.name == "underbrace" else vcat([brace, body], 1)
    if node.name == "underline":
        return vcat([body, line(("-" if style.ascii_only else "‾") * body.width)], 0)
    if node.name in {"overline", "bar"}:
        return vcat([line("_" * body.width), body], 1)
    return vcat([line(ABOVE[node.name][style.ascii_only]), body], 1)


def _brace(width: int, *, under: bool, ascii_only: bool) -> str:
    left = (width - 3) // 2
    right = width - 3 - left
    if ascii_only:
        return "+" + "-" * left + "+" + "-" * right + "+"
    ends, knot = ("╰╯", "┬") if under else ("╭╮", "┴")
    return ends[0] + "─" * left + knot + "─" * right + ends[1]


def _fenced(node: Fenced, style: LayoutStyle) -> Box:
    parts = [layout(part, style) for part in node.parts]
    if isinstance(node.parts[0], Grid) and parts[0].height > 1:
        sides = [blank(1) if side else line("") for side in node.fences]
        parts = [hcat([sides[0], parts[0], sides[1]])]
    return _enclosed(node.fences, parts, style)


def _enclosed(fences: Sequence[str], parts: Sequence[Box], style: LayoutStyle) -> Box:
    above = max(part.above for part in parts)
    below = max(part.below for part in parts)
    boxes = [fence(text, above, below, ascii_only=style.ascii_only) for text in fences]
    inside = [box for pair in zip(parts, boxes[1:], strict=True) for box in pair]
    return hcat([boxes[0], *inside])


def _grid(node: Grid, style: LayoutStyle) -> Box:
    columns = len(node.aligns)
    cell_boxes = [
        [_cell(row[column] if column < len(row) else Row(()), column, node, style) for column in range(columns)]
        for row in node.rows
    ]
    widths = [max(row[column].width for row in cell_boxes) for column in range(columns)]
    lines = [_grid_line(row, widths, node) for row in cell_boxes]
    airy = any(box.height > 1 for box in lines) or (len(lines) == 2 and node.style in {"matrix", "cases"})
    stacked: list[Box] = []
    for box in lines:
        stacked += [blank(box.width), box] if stacked and airy else [box]
    picture = vcat(stacked, 0)
    return replace(picture, baseline=(picture.height - 1) // 2)


def _cell(node: Node, column: int, grid: Grid, style: LayoutStyle) -> Box:
    """A cell; in an alignment a relation at its head keeps the gap before it."""
    if grid.style in {"aligned", "gathered"} and isinstance(node, Row):
        display = replace(style, mode="display")
        return layout(
            Row((Row(()), *node.items)) if grid.style == "aligned" and column % 2 and node.items else node, display
        )
    return layout(node, style)


def _grid_line(row: Sequence[Box], widths: Sequence[int], grid: Grid) -> Box:
    boxes: list[Box] = []
    for column, (box, width) in enumerate(zip(row, widths, strict=True)):
        if column:
            boxes.append(blank(_column_gap(grid, column)))
        boxes.append(padded(box, width, _align(grid.aligns[column])))
    return hcat(boxes)


def _column_gap(grid: Grid, column: int) -> int:
    if grid.style == "aligned":
        return 0 if column % 2 else 2
    return 3 if grid.style == "cases" else 2


def _align(letter: str) -> Align:
    match letter:
        case "l":
            return "left"
        case "r":
            return "right"
        case _:
            return "center"
