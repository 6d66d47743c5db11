"""A formula as a picture in terminal cells: the tree of a formula laid out in boxes of text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from studyapp.domain.values import dataclass
from studyapp.typeset import tree
from studyapp.typeset.inline import inline, lowered, raised, script_text, vulgar
from studyapp.typeset.signs import ABOVE, accented, plain_fence
from studyapp.typeset.tex import parse
from studyapp.typeset.tree import Kind, collides, gap, kinds_in_row
from studyapp.typeset.width import Align, cells, pad

_ALIGN: Mapping[str, Align] = {"l": "left", "c": "center", "r": "right"}
# What a tall fence is built of: its top, shaft and bottom; braces have a middle, and a form of their own for two rows.
_PIECES: Mapping[str, tuple[str, ...]] = {
    "(": ("⎛", "⎜", "⎝"), "[": ("⎡", "⎢", "⎣"), "{": ("⎧", "⎪", "⎩", "⎨", "⎰⎱"),
    ")": ("⎞", "⎟", "⎠"), "]": ("⎤", "⎥", "⎦"), "}": ("⎫", "⎪", "⎭", "⎬", "⎱⎰"),
    "⌊": ("⎢", "⎢", "⎣"), "⌈": ("⎡", "⎢", "⎢"), "⟨": ("╱", "│", "╲", "⟨", "╱╲"),
    "⌋": ("⎥", "⎥", "⎦"), "⌉": ("⎤", "⎥", "⎥"), "⟩": ("╲", "│", "╱", "⟩", "╲╱"),
    "|": ("│", "│", "│"), "‖": ("║", "║", "║"),
}  # fmt: skip
_PLAIN_PIECES: Mapping[str, tuple[str, ...]] = {
    "(": ("/", "|", "\\"), "[": ("[", "[", "["), "{": ("/", "|", "\\", "<", "/\\"),
    ")": ("\\", "|", "/"), "]": ("]", "]", "]"), "}": ("\\", "|", "/", ">", "\\/"),
    "⌊": ("| ", "| ", "|_"), "⌈": ("|^", "| ", "| "), "⟨": ("/", "|", "\\", "<", "/\\"),
    "⌋": (" |", " |", "_|"), "⌉": ("^|", " |", " |"), "⟩": ("\\", "|", "/", ">", "\\/"),
    "|": ("|", "|", "|"), "‖": ("||", "||", "||"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A picture in terminal cells, its rows equally wide; `rows[baseline]` lines up with the text beside it."""

    rows: tuple[str, ...]
    baseline: int

    @property
    def width(self) -> int:
        """Cells."""
        return cells(self.rows[0])

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.rows)

    @property
    def below(self) -> int:
        """Rows below the baseline."""
        return len(self.rows) - 1 - self.baseline


@dataclass(frozen=True, slots=True)
class LayoutStyle:
    """How a part is set: in ASCII or not, as a display, in the text of a fraction or grid, or as a script."""

    ascii_only: bool
    mode: Literal["display", "text", "script"] = "display"

    @property
    def tight(self) -> bool:
        """Whether operators get no gaps."""
        return self.mode == "script"


def set_formula(tex: str, *, ascii_only: bool = False) -> Box | tree.TexError:
    """A formula (TeX without its dollars) as a picture; running text stays what it is even in ASCII."""
    formula = parse(tex)
    return formula if isinstance(formula, tree.TexError) else _layout(formula, LayoutStyle(ascii_only))


def _line(text: str) -> Box:
    return Box((text,), 0)


def _blank(width: int) -> Box:
    return _line(" " * width)


def _hcat(boxes: Sequence[Box]) -> Box:
    if len(boxes) < 2:
        return boxes[0] if boxes else _line("")
    above = max(box.baseline for box in boxes)
    below = max(box.below for box in boxes)
    columns = [_grown(box, above, below).rows for box in boxes]
    return Box(tuple("".join(row) for row in zip(*columns, strict=True)), above)


def _vcat(boxes: Sequence[Box], base: int) -> Box:
    """Boxes one below the other, centred; the baseline is that of `boxes[base]`."""
    width = max(box.width for box in boxes)
    rows = tuple(pad(row, width, "center") for box in boxes for row in box.rows)
    return Box(rows, sum(box.height for box in boxes[:base]) + boxes[base].baseline)


def _grown(box: Box, above: int, below: int) -> Box:
    """The box with blank rows, so that it has at least so many above and below its baseline."""
    empty = (" " * box.width,)
    top = max(0, above - box.baseline)
    return Box(empty * top + box.rows + empty * max(0, below - box.below), box.baseline + top)


def _shifted(box: Box, bottom: int) -> Box:
    """The box moved so that its last row is `bottom` rows above (below, if negative) the baseline."""
    empty = (" " * box.width,)
    top = max(0, -bottom - box.height + 1)
    return Box(empty * top + box.rows + empty * max(0, bottom), top + box.height - 1 + bottom)


def _padded(box: Box, width: int, align: Align) -> Box:
    return Box(tuple(pad(row, width, align) for row in box.rows), box.baseline)


def _layout(node: tree.Node, style: LayoutStyle) -> Box:
    match node:
        case tree.Sign() | tree.TextRun() | tree.Space():
            return _line(inline(node, ascii_only=style.ascii_only))
        case tree.Row(items):
            return _row(items, style)
        case tree.Fraction():
            return _fraction(node, style)
        case tree.Root():
            return _root(node, style)
        case tree.Scripts():
            return _scripts(node, style)
        case tree.Accent():
            return _accent(node, style)
        case tree.Fenced():
            return _fenced(node, style)
        case tree.Grid():
            return _grid(node, replace(style, mode="text"))


def _inner(style: LayoutStyle) -> LayoutStyle:
    """The style of a fraction's halves: no longer a display."""
    return replace(style, mode="text") if style.mode == "display" else style


def _row(items: Sequence[tree.Node], style: LayoutStyle) -> Box:
    boxes: list[Box] = []
    pending, last, text = 0, None, ""
    for item, kind in zip(items, kinds_in_row(items), strict=True):
        if isinstance(item, tree.Space):
            pending += item.cells
            continue
        box = _layout(item, style)
        letterlike = isinstance(item, tree.Fraction) and box.width == 1 and not text[-1:].isdigit()
        drawn = Kind.ORDINARY if letterlike else kind
        width = max(gap(last, drawn, tight=style.tight) if last else 0, pending)
        words = box.rows[box.baseline]
        if not width and collides(text, words):
            width = 1
        boxes += [_blank(width), box] if width else [box]
        pending, last, text = 0, drawn, words
    return _hcat([*boxes, _blank(pending)] if pending else boxes)


def _fraction(node: tree.Fraction, style: LayoutStyle) -> Box:
    small = node.size == "small" or (node.size == "fitting" and style.mode != "display")
    if small and vulgar(node):
        return _line(inline(node, ascii_only=style.ascii_only))
    top, bottom = _layout(node.top, _inner(style)), _layout(node.bottom, _inner(style))
    if style.tight and top.height == bottom.height == 1 and node.ruled:
        return _line(inline(node, ascii_only=style.ascii_only, tight=True))
    bar = "-" if style.ascii_only else "─"
    width = max(top.width, bottom.width)
    width = 3 if width == 1 else width  # a bar of one cell would be read as a minus
    if any(set(row) == {bar} for box in (top, bottom) for row in box.rows if cells(row) == width):
        width += 2
    return _vcat([top, _line((bar if node.ruled else " ") * width), bottom], 1)


def _root(node: tree.Root, style: LayoutStyle) -> Box:
    body = _layout(node.body, _inner(style))
    if style.ascii_only:
        if body.height == 1:
            return _line(inline(node, ascii_only=True))
        degree = f"[{inline(node.degree, ascii_only=True, tight=True)}]" if node.degree else ""
        return _hcat([_line(f"sqrt{degree}"), _enclosed(("(", ")"), [body], style)])
    degree = (raised(node.degree) or inline(node.degree, ascii_only=False, tight=True)) if node.degree else ""
    width = max(1, cells(degree))
    sign, over = pad("√", width, "right"), pad(degree, width)
    if body.height == 1:
        return Box((over + "_" * body.width, sign + body.rows[0]), 1)
    stem = " " * (width - 1)
    rows = [f"{stem} ┌" + "─" * body.width, *(f"{stem} │{row}" for row in body.rows[:-1]), f"{sign}│{body.rows[-1]}"]
    if degree:
        rows[-2] = over + rows[-2][width:]
    return Box(tuple(rows), body.baseline + 1)


def _scripts(node: tree.Scripts, style: LayoutStyle) -> Box:
    base, inner = _layout(node.base, style), replace(style, mode="script")
    if _has_limits(node, style):
        above = [_layout(node.above, inner)] if node.above else []
        below = [_layout(node.below, inner)] if node.below else []
        return _vcat([*above, base, *below], len(above))
    if style.ascii_only:
        script = _line(script_text(node, ascii_only=True))
        return _hcat([base, _shifted(script, base.baseline) if node.below is None else script])
    return _hcat([base, _beside(node, base, inner)])


def _has_limits(node: tree.Scripts, style: LayoutStyle) -> bool:
    """Whether scripts go above and below; a lone letter under a sum in a fraction stays beside it."""
    match node.base:
        case tree.Accent() as accent:
            return accent.stacks
        case tree.Sign(limits=True):
            below = lowered(node.below)
            brief = node.above is None and below is not None and len(below) == 1
            return style.mode == "display" or not (brief or style.tight)
        case _:
            return False


def _beside(node: tree.Scripts, base: Box, style: LayoutStyle) -> Box:
    """Scripts to the right: Unicode signs in the base's own row, else in the rows above and below it."""
    top, bottom = raised(node.above), lowered(node.below)
    if base.height == 1 and (top or not node.above) and (bottom or not node.below):
        return _line((bottom or "") + (top or ""))
    above, below = _script(node.above, top, style), _script(node.below, bottom, style)
    width = max(above.width, below.width)
    if node.above:
        above = _shifted(above, base.baseline or (0 if top else 1))
    if node.below:
        below = _shifted(below, -(base.below or (0 if bottom else 1)) - below.height + 1)
    # One is blank wherever the other is not.
    rise, drop = max(above.baseline, below.baseline), max(above.below, below.below)
    over, under = (_grown(_padded(box, width, "left"), rise, drop).rows for box in (above, below))
    return Box(tuple(first if first.strip() else second for first, second in zip(over, under, strict=True)), rise)


def _script(node: tree.Node | None, sign: str | None, style: LayoutStyle) -> Box:
    if node is None or sign:
        return _line(sign or "")
    return _layout(node, style)


def _accent(node: tree.Accent, style: LayoutStyle) -> Box:
    body = _layout(node.body, style)
    if not style.ascii_only and body.height == 1 and (joined := accented(body.rows[0], node.name)):
        return _line(joined)
    if style.ascii_only and body.height == 1 and not node.stacks:
        return _line(inline(node, ascii_only=True))
    match node.name:
        case "underset" | "overset":
            return body
        case "underbrace":
            return _vcat([body, _line(_brace(max(3, body.width), "╰┬╯", ascii_only=style.ascii_only))], 0)
        case "overbrace":
            return _vcat([_line(_brace(max(3, body.width), "╭┴╮", ascii_only=style.ascii_only)), body], 1)
        case "underline":
            return _vcat([body, _line(("-" if style.ascii_only else "‾") * body.width)], 0)
        case "overline" | "bar":
            return _vcat([_line("_" * body.width), body], 1)
        case name:
            return _vcat([_line(ABOVE[name][style.ascii_only]), body], 1)


def _brace(width: int, signs: str, *, ascii_only: bool) -> str:
    ends, dash = ("+++", "-") if ascii_only else (signs, "─")
    half = (width - 3) // 2
    return ends[0] + dash * half + ends[1] + dash * (width - 3 - half) + ends[2]


def _fenced(node: tree.Fenced, style: LayoutStyle) -> Box:
    parts = [_layout(part, style) for part in node.parts]
    if isinstance(node.parts[0], tree.Grid) and parts[0].height > 1:
        sides = [_blank(1) if side else _line("") for side in node.fences]
        parts = [_hcat([sides[0], parts[0], sides[1]])]
    return _enclosed(node.fences, parts, style)


def _enclosed(fences: Sequence[str], parts: Sequence[Box], style: LayoutStyle) -> Box:
    above = max(part.baseline for part in parts)
    below = max(part.below for part in parts)
    boxes = [_fence(text, above, below, ascii_only=style.ascii_only) for text in fences]
    return _hcat([boxes[0], *(box for pair in zip(parts, boxes[1:], strict=True) for box in pair)])


def _fence(text: str, above: int, below: int, *, ascii_only: bool) -> Box:
    """A fence that spans so many rows above and below the baseline; no cells wide for the empty fence."""
    height = above + 1 + below
    pieces = (_PLAIN_PIECES if ascii_only else _PIECES).get(text)
    if height == 1 or pieces is None:
        return _grown(_line(plain_fence(text) if ascii_only else text), above, below)
    top, shaft, bottom, *extra = pieces
    if extra and height == 2:
        return Box(tuple(extra[1]), above)
    rows = [top, *[shaft] * (height - 2), bottom]
    if extra:
        rows[min(max(above, 1), height - 2)] = extra[0]
    return Box(tuple(rows), above)


def _grid(node: tree.Grid, style: LayoutStyle) -> Box:
    columns = range(len(node.aligns))
    rows = [
        [_cell(row[column] if column < len(row) else tree.Row(()), column, node, style) for column in columns]
        for row in node.rows
    ]
    widths = [max(row[column].width for row in rows) for column in columns]
    lines = [_grid_line(row, widths, node) for row in rows]
    airy = any(box.height > 1 for box in lines) or (len(lines) == 2 and node.style in {"matrix", "cases"})
    stacked = lines[:1]
    for box in lines[1:]:
        stacked += [_blank(box.width), box] if airy else [box]
    picture = _vcat(stacked, 0)
    return replace(picture, baseline=(picture.height - 1) // 2)


def _cell(node: tree.Node, column: int, grid: tree.Grid, style: LayoutStyle) -> Box:
    """A cell; in an alignment a relation at its head keeps the gap before it."""
    if grid.style in {"aligned", "gathered"} and isinstance(node, tree.Row):
        if grid.style == "aligned" and column % 2 and node.items:
            node = tree.Row((tree.Row(()), *node.items))
        style = replace(style, mode="display")
    return _layout(node, style)


def _grid_line(row: Sequence[Box], widths: Sequence[int], grid: tree.Grid) -> Box:
    boxes: list[Box] = []
    for column, (box, width) in enumerate(zip(row, widths, strict=True)):
        if column:
            close = grid.style == "aligned" and column % 2
            boxes.append(_blank(0 if close else 3 if grid.style == "cases" else 2))
        boxes.append(_padded(box, width, _ALIGN[grid.aligns[column]]))
    return _hcat(boxes)
