"""A formula in one line of text: fractions with a slash, scripts as Unicode signs or as `_c` and `^(…)`."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain

from studyapp.typeset import tree
from studyapp.typeset.signs import COMBINING, LOWERED, NARROW, RAISED, VULGAR, accented, plain_fence
from studyapp.typeset.tex import parse
from studyapp.typeset.tree import Kind, collides, gap, kind_of, kinds_in_row
from studyapp.typeset.width import cells

_FACTORS = {Kind.ORDINARY, Kind.OPEN, Kind.FENCED, Kind.INNER, Kind.OPERATOR, Kind.LARGE}
_LOOSE = {Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION, Kind.OPERATOR, Kind.LARGE, Kind.INNER}


def set_inline(tex: str, *, ascii_only: bool = False) -> str | tree.TexError:
    """A formula (TeX without its dollars) within a line of text."""
    formula = parse(tex)
    return formula if isinstance(formula, tree.TexError) else inline(formula, ascii_only=ascii_only)


def inline(node: tree.Node, *, ascii_only: bool, tight: bool = False) -> str:
    """The one-line text of a tree; `tight` leaves out the gaps around operators, as in scripts."""
    match node:
        case tree.Sign(text=text, plain=plain):
            return plain if ascii_only else text
        case tree.TextRun(text):
            return text
        case tree.Space(count):
            return " " * count
        case tree.Row(items):
            return _row(items, ascii_only=ascii_only, tight=tight)
        case tree.Fraction():
            return _fraction(node, ascii_only=ascii_only, tight=tight)
        case tree.Root():
            return _root(node, ascii_only=ascii_only)
        case tree.Scripts():
            return _scripts(node, ascii_only=ascii_only)
        case tree.Accent():
            return _accent(node, ascii_only=ascii_only)
        case tree.Fenced(fences, parts):
            texts = [inline(part, ascii_only=ascii_only, tight=tight) for part in parts]
            if isinstance(parts[0], tree.Grid) and fences == ("{", ""):
                fences = ("{", "}")  # on a single line the end of the cases would not be seen
            shown = [plain_fence(fence) if ascii_only else fence for fence in fences]
            return shown[0] + "".join(text + fence for text, fence in zip(texts, shown[1:], strict=True))
        case tree.Grid(rows, _, style):
            if style in {"aligned", "gathered"}:
                lines = [[cell.items if isinstance(cell, tree.Row) else (cell,) for cell in row] for row in rows]
                rows = tuple((tree.Row(tuple(chain.from_iterable(line))),) for line in lines)
            return "; ".join(", ".join(inline(cell, ascii_only=ascii_only) for cell in row) for row in rows)


def vulgar(node: tree.Node) -> str | None:
    """A fraction of small numbers as one sign: ½."""
    match node:
        case tree.Fraction(tree.Sign(text=top), tree.Sign(text=bottom), ruled=True):
            return VULGAR.get((top, bottom))
        case _:
            return None


def _characters(node: tree.Node | None) -> str | None:
    """The characters of a row that holds signs alone."""
    match node:
        case tree.Sign(text=text, kind=kind) if kind is not Kind.OPERATOR:
            return text
        case tree.Row(items):
            texts = [_characters(item) for item in items if not isinstance(item, tree.Space)]
            return "".join(text for text in texts if text) if texts and None not in texts else None
        case _:
            return None


def _translated(table: Mapping[str, str], node: tree.Node | None) -> str | None:
    characters = _characters(node)
    if characters is None or any(character not in table for character in characters):
        return None
    return "".join(table[character] for character in characters)


raised, lowered = partial(_translated, RAISED), partial(_translated, LOWERED)
"""A superscript and a subscript in Unicode signs; None where one of its characters has none."""


def _row(items: Sequence[tree.Node], *, ascii_only: bool, tight: bool) -> str:
    kinds = kinds_in_row(items)
    text, pending = "", 0
    left, last, before = None, Kind.OPEN, ""
    for index, (item, kind) in enumerate(zip(items, kinds, strict=True)):
        if isinstance(item, tree.Space):
            pending += item.cells
            continue
        piece, drawn = inline(item, ascii_only=ascii_only, tight=tight), kind
        if isinstance(item, tree.Fraction):
            behind = zip(items[index + 1 :], kinds[index + 1 :], strict=True)
            following = next((kind for part, kind in behind if not isinstance(part, tree.Space)), None)
            drawn, piece = _factor(item, piece, left, last, following, ascii_only=ascii_only)
        width = max(gap(last, drawn, tight=tight) if left else 0, pending)
        if not width and collides(before, piece):
            width = 1
        text += " " * width + piece
        left, last, before, pending = item, drawn, piece, 0
    return text + " " * pending


def _factor(
    item: tree.Fraction, piece: str, left: tree.Node | None, before: Kind, after: Kind | None, *, ascii_only: bool
) -> tuple[Kind, str]:
    """A fraction beside other factors gets brackets where it would be read otherwise."""
    counted = isinstance(left, tree.Sign) and left.plain[-1:].isdigit()
    if vulgar(item) and not ascii_only:
        return (Kind.INNER if counted else Kind.ORDINARY), piece
    function = left is not None and before is Kind.OPERATOR and not _takes_limits(left)
    if after in _FACTORS or before in {Kind.INNER, Kind.FENCED} or counted or function:
        return Kind.FENCED, f"({piece})"
    return (Kind.INNER if before in _FACTORS - {Kind.OPEN} else Kind.ORDINARY), piece


def _takes_limits(node: tree.Node) -> bool:
    return _takes_limits(node.base) if isinstance(node, tree.Scripts) else isinstance(node, tree.Sign) and node.limits


def _fraction(node: tree.Fraction, *, ascii_only: bool, tight: bool) -> str:
    if not ascii_only and (sign := vulgar(node)):
        return sign
    top = inline(node.top, ascii_only=ascii_only, tight=tight)
    bottom = inline(node.bottom, ascii_only=ascii_only, tight=tight)
    if not node.ruled:
        return f"{top}; {bottom}"
    return f"{_bracketed(top, several=_is_loose(node.top))}/{_bracketed(bottom, several=not _is_factor(node.bottom))}"


def _bracketed(text: str, *, several: bool) -> str:
    return f"({text})" if several and not _is_bracketed(text) else text


def _is_bracketed(text: str) -> bool:
    """Whether the first character opens what the last one closes."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth <= 0:
            return index > 0 and index == len(text) - 1
    return False


def _is_loose(node: tree.Node) -> bool:
    """Whether a numerator falls apart before a slash."""
    if not isinstance(node, tree.Row):
        return kind_of(node) in _LOOSE and not isinstance(node, tree.Sign | tree.Root | tree.Grid)
    kinds = kinds_in_row(node.items)
    return not _is_call(kinds) and bool(_LOOSE & set(_outer(kinds)))


def _is_factor(node: tree.Node) -> bool:
    """Whether a denominator holds together after a slash."""
    match node:
        case tree.Row(items):
            kinds = kinds_in_row(items)
            differential = len(items) == 2 and items[0] in {tree.Sign("partial", "∂", "d"), tree.Sign("d", "d", "d")}
            return len(items) < 2 or differential or _is_call(kinds) or _outer(kinds) == [Kind.FENCED]
        case tree.Fraction() | tree.Grid():
            return False
        case _:
            return True


def _outer(kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds outside brackets; what brackets enclose counts as one part."""
    outer: list[Kind] = []
    depth = 0
    for kind in kinds:
        depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        if depth <= 0:
            outer.append(Kind.FENCED if kind is Kind.CLOSE else kind)
    return outer


def _is_call(kinds: Sequence[Kind]) -> bool:
    """A function and its arguments: `exp(z + 1)`, `Q(x)`; but `y(1 - y)` is rather a product."""
    outer = _outer(kinds)
    named = outer == [Kind.OPERATOR, Kind.FENCED]
    return named or (outer == [Kind.ORDINARY, Kind.FENCED] and len(kinds) > 2 and Kind.BINARY not in kinds)


def _root(node: tree.Root, *, ascii_only: bool) -> str:
    body = inline(node.body, ascii_only=ascii_only)
    if ascii_only:
        degree = f"[{inline(node.degree, ascii_only=True, tight=True)}]" if node.degree else ""
        return f"sqrt{degree}({body})"
    single = isinstance(node.body, tree.Sign | tree.Accent) or (
        isinstance(node.body, tree.Scripts) and not set(body) & set("_^(")
    )
    sign = "√"
    if node.degree:
        small = raised(node.degree)
        sign = f"{small}√" if small else f"√[{inline(node.degree, ascii_only=False, tight=True)}]"
    return sign + _bracketed(body, several=not single)


def _scripts(node: tree.Scripts, *, ascii_only: bool) -> str:
    base = inline(node.base, ascii_only=ascii_only)
    inner = node.base.items[0] if isinstance(node.base, tree.Row) and len(node.base.items) == 1 else node.base
    match inner:
        case tree.Fraction() | tree.Root() | tree.Accent(body=tree.Row()):
            base = _bracketed(base, several=True)
    return base + script_text(node, ascii_only=ascii_only)


def script_text(node: tree.Scripts, *, ascii_only: bool) -> str:
    """The scripts alone, the lower one first."""
    text = ""
    if node.below is not None:
        sign = None if ascii_only else lowered(node.below)
        text += sign or "_" + _script(node.below, ascii_only=ascii_only, words=True)
    if node.above is not None:
        sign = raised(node.above)
        if ascii_only:
            sign = "'" * len(sign) if sign and set(sign) == {"′"} else None
        text += sign or "^" + _script(node.above, ascii_only=ascii_only, words=False)
    return text


def _script(node: tree.Node, *, ascii_only: bool, words: bool) -> str:
    """A script on the line: in brackets unless it is one character, a number or, below, a word."""
    text = inline(node, ascii_only=ascii_only, tight=True)
    bare = cells(text) == 1 or text.isdigit() or (words and text.isalnum()) or isinstance(node, tree.Sign)
    return _bracketed(text, several=not bare)


def _accent(node: tree.Accent, *, ascii_only: bool) -> str:
    body = inline(node.body, ascii_only=ascii_only)
    if node.stacks:
        return body
    if not ascii_only:
        if joined := accented(body, node.name):
            return joined
        if node.name in {"overline", "bar", "underline"}:
            return "".join(character + COMBINING[node.name] for character in body)
    return f"{NARROW.get(node.name, node.name)}({body})"
