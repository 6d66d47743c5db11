"""A formula as MathML, from the tree that is set in cells: for pages that are read outside of a terminal."""

from __future__ import annotations

from dataclasses import replace
from html import escape

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
    kinds_in_row,
)

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_MARKS = {
    "hat": "^",
    "widehat": "^",
    "bar": "¯",
    "overline": "¯",
    "tilde": "~",
    "widetilde": "~",
    "vec": "→",
    "overrightarrow": "→",
    "dot": "˙",
    "ddot": "¨",
    "check": "ˇ",
    "breve": "˘",
    "acute": "´",
    "grave": "`",
    "overbrace": "⏞",
}
_MARKS_BELOW = {"underline": "_", "underbrace": "⏟"}
_MANNER = {Kind.OPEN: ' stretchy="false"', Kind.CLOSE: ' stretchy="false"', Kind.UNARY: ' form="prefix"'}
_ALIGN = {"l": "left", "c": "center", "r": "right"}


def mathml(tex: str, *, display: bool = False) -> str | TexError:
    """A formula (TeX without its dollars) as a `math` element."""
    tree = parse(tex)
    if isinstance(tree, TexError):
        return tree
    block = ' display="block"' if display else ""
    return f'<math xmlns="{NAMESPACE}"{block}>{_element(tree)}</math>'


def _element(node: Node) -> str:
    match node:
        case Sign():
            return _sign(node)
        case TextRun(text):
            return f"<mtext>{escape(text)}</mtext>"
        case Space(count):
            return f'<mspace width="{count / 3:.2f}em"/>'
        case Row(items):
            return f"<mrow>{_row(items)}</mrow>"
        case Fraction(top, bottom, ruled):
            rule = "" if ruled else ' linethickness="0"'
            return f"<mfrac{rule}>{_element(top)}{_element(bottom)}</mfrac>"
        case Root(body, None):
            return f"<msqrt>{_element(body)}</msqrt>"
        case Root(body, degree) if degree is not None:
            return f"<mroot>{_element(body)}{_element(degree)}</mroot>"
        case Scripts():
            return _scripts(node)
        case Accent():
            return _accent(node)
        case Fenced(fences, parts):
            inside = "".join(_element(part) + _fence(fence) for part, fence in zip(parts, fences[1:], strict=True))
            return f"<mrow>{_fence(fences[0])}{inside}</mrow>"
        case Grid():
            return _grid(node)
        case _:
            raise TypeError(f"not a part of a formula: {node!r}")


def _row(items: tuple[Node, ...]) -> str:
    """Parts side by side, with a thin gap between a named function and an argument without brackets."""
    elements = []
    kinds = kinds_in_row(items)
    for index, item in enumerate(items):
        elements.append(_sign(replace(item, kind=kinds[index])) if isinstance(item, Sign) else _element(item))
        after = items[index + 1] if index + 1 < len(items) else None
        if _is_function(item) and isinstance(after, Sign | Scripts | TextRun) and not _opens(after):
            elements.append('<mspace width="0.17em"/>')
    return "".join(elements)


def _is_function(node: Node) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Sign) and base.kind is Kind.OPERATOR


def _opens(node: Node) -> bool:
    return isinstance(node, Sign) and node.kind in (Kind.OPEN, Kind.CLOSE, Kind.PUNCTUATION)


def _sign(sign: Sign) -> str:
    text = escape(sign.text)
    if sign.kind is Kind.ORDINARY and sign.text.replace(".", "").isdigit():
        return f"<mn>{text}</mn>"
    if sign.kind is Kind.OPERATOR and not sign.limits:
        return f'<mi mathvariant="normal">{text}</mi>' if len(sign.text) == 1 else f"<mi>{text}</mi>"
    if sign.kind is Kind.ORDINARY:
        return f"<mi>{text}</mi>"
    return f"<mo{_MANNER.get(sign.kind, '')}>{text}</mo>"


def _fence(fence: str) -> str:
    return f'<mo fence="true" stretchy="true">{escape(fence)}</mo>' if fence else ""


def _scripts(node: Scripts) -> str:
    limits = isinstance(node.base, Sign) and node.base.limits
    stacked = limits or (isinstance(node.base, Accent) and node.base.stacks)
    parts = [_element(part) for part in (node.base, node.below, node.above) if part is not None]
    match node.below is not None, node.above is not None:
        case True, True:
            tag = "munderover" if stacked else "msubsup"
        case True, False:
            tag = "munder" if stacked else "msub"
        case _:
            tag = "mover" if stacked else "msup"
    return f"<{tag}>{''.join(parts)}</{tag}>"


def _accent(node: Accent) -> str:
    body = _element(node.body)
    if node.name in _MARKS_BELOW:
        return f'<munder accentunder="true">{body}<mo>{_MARKS_BELOW[node.name]}</mo></munder>'
    if node.name not in _MARKS:
        return body
    return f'<mover accent="true">{body}<mo>{escape(_MARKS[node.name])}</mo></mover>'


def _grid(grid: Grid) -> str:
    aligns = " ".join(_ALIGN[letter] for letter in grid.aligns)
    rows = "".join(f"<mtr>{''.join(f'<mtd>{_element(cell)}</mtd>' for cell in row)}</mtr>" for row in grid.rows)
    return f'<mtable columnalign="{aligns}">{rows}</mtable>'
