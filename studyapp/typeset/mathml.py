"""A formula as MathML, from the tree that is set in cells: for pages that are read outside of a terminal."""

from dataclasses import replace
from html import escape

from studyapp.typeset import tree
from studyapp.typeset.signs import NARROW
from studyapp.typeset.tex import parse
from studyapp.typeset.tree import Kind, kinds_in_row

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_MARKS = {
    "hat": "^", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘",
    "acute": "´", "grave": "`", "overbrace": "⏞",
}  # fmt: skip
_MARKS_BELOW = {"underline": "_", "underbrace": "⏟"}
_MANNER = {Kind.OPEN: ' stretchy="false"', Kind.CLOSE: ' stretchy="false"', Kind.UNARY: ' form="prefix"'}
_ALIGN = {"l": "left", "c": "center", "r": "right"}


def mathml(tex: str, *, display: bool = False) -> str | tree.TexError:
    """A formula (TeX without its dollars) as a `math` element."""
    formula = parse(tex)
    if isinstance(formula, tree.TexError):
        return formula
    block = ' display="block"' if display else ""
    return f'<math xmlns="{NAMESPACE}"{block}>{_element(formula)}</math>'


def _element(node: tree.Node) -> str:
    match node:
        case tree.Sign():
            return _sign(node)
        case tree.TextRun(text):
            return f"<mtext>{escape(text)}</mtext>"
        case tree.Space(count):
            return f'<mspace width="{count / 3:.2f}em"/>'
        case tree.Row(items):
            return f"<mrow>{_row(items)}</mrow>"
        case tree.Fraction(top, bottom, ruled):
            rule = "" if ruled else ' linethickness="0"'
            return f"<mfrac{rule}>{_element(top)}{_element(bottom)}</mfrac>"
        case tree.Root(body, degree):
            inside = _element(body)
            return f"<mroot>{inside}{_element(degree)}</mroot>" if degree else f"<msqrt>{inside}</msqrt>"
        case tree.Scripts():
            return _scripts(node)
        case tree.Accent():
            return _accent(node)
        case tree.Fenced(fences, parts):
            inside = "".join(_element(part) + _fence(fence) for part, fence in zip(parts, fences[1:], strict=True))
            return f"<mrow>{_fence(fences[0])}{inside}</mrow>"
        case tree.Grid(rows, aligns):
            columns = " ".join(_ALIGN[letter] for letter in aligns)
            cells = (f"<mtr>{''.join(f'<mtd>{_element(cell)}</mtd>' for cell in row)}</mtr>" for row in rows)
            return f'<mtable columnalign="{columns}">{"".join(cells)}</mtable>'


def _row(items: tuple[tree.Node, ...]) -> str:
    """Parts side by side, with a thin gap between a named function and an argument without brackets."""
    elements = []
    kinds = kinds_in_row(items)
    for index, item in enumerate(items):
        elements.append(_sign(replace(item, kind=kinds[index])) if isinstance(item, tree.Sign) else _element(item))
        after = items[index + 1] if index + 1 < len(items) else None
        match item, after:
            case _, tree.Sign(kind=Kind.OPEN | Kind.CLOSE | Kind.PUNCTUATION):
                pass
            case (
                (tree.Sign(kind=Kind.OPERATOR) | tree.Scripts(base=tree.Sign(kind=Kind.OPERATOR))),
                (tree.Sign() | tree.Scripts() | tree.TextRun()),
            ):
                elements.append('<mspace width="0.17em"/>')
    return "".join(elements)


def _sign(sign: tree.Sign) -> str:
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


def _scripts(node: tree.Scripts) -> str:
    stacked = isinstance(node.base, tree.Sign) and node.base.limits
    stacked = stacked or (isinstance(node.base, tree.Accent) and node.base.stacks)
    tags = ("munder", "mover", "munderover") if stacked else ("msub", "msup", "msubsup")
    tag = tags[2 if node.below and node.above else 0 if node.below else 1]
    return f"<{tag}>{''.join(_element(part) for part in (node.base, node.below, node.above) if part)}</{tag}>"


def _accent(node: tree.Accent) -> str:
    body, name = _element(node.body), NARROW.get(node.name, node.name)
    if name in _MARKS_BELOW:
        return f'<munder accentunder="true">{body}<mo>{_MARKS_BELOW[name]}</mo></munder>'
    return f'<mover accent="true">{body}<mo>{_MARKS[name]}</mo></mover>' if name in _MARKS else body
