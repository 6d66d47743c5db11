"""Wrong code that a slip makes of the key: one change at one place, each under the name of the slip.

The slips name a wrong answer that equals one of them; and a key is only as good as its arrays, on which none of them
may equal it.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

from studyapp.domain.code import CALLS, ArrayDomain, called
from studyapp.domain.values import dataclass

SMALL = 1e-3
"""A constant that is no larger is an ε."""
INVERSES = {ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
AT_TIES = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq}
MIRRORED = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}
EXCHANGED = {"sum": "mean", "mean": "sum"}
_PAIRS = (("max", "min"), ("argmax", "argmin"), ("maximum", "minimum"))
OPPOSITE = {name: other for pair in _PAIRS for name, other in (pair, pair[::-1])}
ALONE = ("exp", "log", "sqrt", "abs", "square", "tanh", "log2", "log10", "log1p", "sign")
"""Functions of one number that are forgotten."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip by its name in the closed list, what completes it, and the code that it makes of the key."""

    name: str
    detail: str
    tree: ast.expr


Names = dict[str, ArrayDomain]
Changes = Iterator[tuple[str, ast.expr]]
"""What completes a slip, and the part in place of the one that was looked at."""


def slips_of(tree: ast.expr, domains: Sequence[ArrayDomain]) -> Iterator[Slip]:
    """Every slip of a key, in the order of the closed list."""
    parts = [part for part in ast.walk(tree) if isinstance(part, ast.expr)]
    names = {domain.name: domain for domain in domains}
    for name, rule in RULES:
        seen: set[str] = {ast.dump(tree)}
        for part in parts:
            for detail, other in rule(part, names):
                wrong = replaced(tree, part, other)
                if (text := ast.dump(wrong)) not in seen:
                    seen.add(text)
                    yield Slip(name, detail, wrong)
        for detail, wrong in WHOLE[name](tree, names) if name in WHOLE else ():
            yield Slip(name, detail, wrong)


def changed(tree: ast.expr, change: Callable[[ast.AST], ast.expr | None]) -> ast.expr:
    """A tree with other parts, from the top, where `change` gives one."""

    def visited(node: object) -> object:
        if isinstance(node, list):
            return [visited(item) for item in node]
        if not isinstance(node, ast.expr | ast.keyword):
            return node
        other = change(node)
        if other is not None:
            return other
        rebuild: Callable[..., ast.AST] = type(node)
        return rebuild(**{name: visited(value) for name, value in ast.iter_fields(node)})

    result = visited(tree)
    assert isinstance(result, ast.expr)
    return result


def replaced(tree: ast.expr, part: ast.AST, other: ast.expr) -> ast.expr:
    """A tree with one of its parts, this very one, exchanged for another."""
    return changed(tree, lambda node: other if node is part else None)


def text_of(tree: ast.AST) -> str:
    """Code as it is typed."""
    return ast.unparse(tree)


# --- what slips are made of ------------------------------------------------------------------------------------------


def _np(function: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(ast.Name("np"), function), list(arguments), [])


def _number(value: float) -> ast.expr:
    return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)


def _value(node: ast.expr | None) -> object:
    """The value of a written number, the minus sign in front of it included."""
    match node:
        case ast.Constant(value):
            return value
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as value)):
            return -value
        case _:
            return ...


def _function(node: ast.expr) -> str:
    """The name of the function that is called; empty where none is."""
    return called(node)[0] if isinstance(node, ast.Call) else ""


def _argument(node: ast.Call, word: str) -> ast.expr | None:
    """The argument of that name, given by name or by place."""
    place = _place(node, word)
    by_name = next((keyword.value for keyword in node.keywords if keyword.arg == word), None)
    return node.args[place] if place is not None and place < len(node.args) else by_name


def _place(node: ast.Call, word: str) -> int | None:
    name, target = called(node)
    arguments = CALLS[name].arguments
    return arguments.index(word) - (target is not None) if word in arguments else None


def _with(node: ast.Call, word: str, value: ast.expr | None) -> ast.expr:
    """A call with another argument of that name, or without it."""
    place = _place(node, word)
    keywords = [keyword for keyword in node.keywords if keyword.arg != word]
    arguments = node.args[:place] if place is not None else list(node.args)
    return ast.Call(node.func, arguments, keywords + ([ast.keyword(word, value)] if value is not None else []))


def _renamed(node: ast.Call, name: str) -> ast.expr:
    assert isinstance(node.func, ast.Attribute)
    return ast.Call(ast.Attribute(node.func.value, name), node.args, node.keywords)


def _operand(node: ast.Call) -> ast.expr | None:
    """The array that a function is applied to."""
    _, target = called(node)
    return target if target is not None else node.args[0] if node.args else None


def _is_small(node: ast.expr) -> bool:
    value = _value(node)
    return isinstance(value, float) and 0 < value <= SMALL


def _counts(node: ast.expr, names: dict[str, ArrayDomain]) -> bool:
    """Whether a part is how many there are of something: `N`, `x.shape[0]`, `len(x)`, `x.size`."""
    match node:
        case ast.Name(name):
            return name in names and names[name].entries == "size"
        case ast.Subscript(ast.Attribute(_, "shape")) | ast.Attribute(_, "size") | ast.Call(ast.Name("len")):
            return True
        case _:
            return False


# --- a rule for each slip: what may stand in place of a part ----------------------------------------------------------


def _sign(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.UnaryOp(ast.USub(), operand) if not isinstance(operand, ast.Constant):
            yield text_of(operand), operand
        case ast.BinOp(left, ast.Add(), right):
            yield text_of(right), ast.BinOp(left, ast.Sub(), right)
            yield text_of(left), ast.BinOp(right, ast.Sub(), left)
        case ast.BinOp(left, ast.Sub(), right):
            yield text_of(right), ast.BinOp(left, ast.Add(), right)
        case ast.Call() if _function(node) in ("exp", "tanh", "sum", "mean", "log"):
            inner = _operand(node)
            if inner is not None and not isinstance(inner, ast.UnaryOp):
                yield text_of(inner), replaced(node, inner, ast.UnaryOp(ast.USub(), inner))


def _swap(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.Sub() | ast.Div() | ast.Pow() | ast.FloorDiv() as sign, right):
            yield f"{text_of(left)}, {text_of(right)}", ast.BinOp(right, sign, left)
        case ast.Subscript(target, ast.Tuple([first, second])):
            yield f"{text_of(first)}, {text_of(second)}", ast.Subscript(target, ast.Tuple([second, first]))


def _swapped_names(tree: ast.expr, names: Names) -> Changes:
    """Two variables of the code exchanged everywhere."""
    used = dict.fromkeys(part.id for part in ast.walk(tree) if isinstance(part, ast.Name) and part.id in names)
    for first, second in combinations(used, 2):
        yield f"{first}, {second}", changed(tree, partial(_other_name, {first: second, second: first}))


def _other_name(others: dict[str, str], node: ast.AST) -> ast.expr | None:
    return ast.Name(others[node.id]) if isinstance(node, ast.Name) and node.id in others else None


def _reduction(node: ast.expr, names: Names) -> Changes:
    match node:
        case ast.Call() if _function(node) in EXCHANGED:
            yield EXCHANGED[_function(node)], _renamed(node, EXCHANGED[_function(node)])
            operand = _operand(node)
            if operand is not None:
                yield text_of(node.func), operand
        case ast.BinOp(left, ast.Div(), right) if _counts(right, names):
            yield f"1/{text_of(right)}", left
            for part in ast.walk(left):
                if isinstance(part, ast.Call) and _function(part) == "sum":
                    yield "mean", replaced(left, part, _renamed(part, "mean"))
        case ast.BinOp(left, ast.Div(), ast.BinOp(first, ast.Mult(), second)):
            for count, other in ((first, second), (second, first)):
                if _counts(count, names):
                    yield f"1/{text_of(count)}", ast.BinOp(left, ast.Div(), other)


def _divided(tree: ast.expr, names: Names) -> Changes:
    """The whole divided, or multiplied, by a number of rows."""
    for name, domain in names.items():
        if domain.axes and domain.entries != "integer":
            count = ast.Subscript(ast.Attribute(ast.Name(name), "shape"), ast.Constant(0))
            yield f"1/{text_of(count)}", ast.BinOp(tree, ast.Div(), count)
            yield text_of(count), ast.BinOp(tree, ast.Mult(), count)
        elif domain.entries == "size":
            yield f"1/{name}", ast.BinOp(tree, ast.Div(), ast.Name(name))
            yield name, ast.BinOp(tree, ast.Mult(), ast.Name(name))


def _factor(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            for number, other in ((left, right), (right, left)):
                if isinstance(_value(number), int | float) and not _is_small(number):
                    yield text_of(number), other
        case ast.BinOp(left, ast.Div(), right) if isinstance(_value(right), int | float):
            yield f"1/{text_of(right)}", left


def _scaled(tree: ast.expr, _names: Names) -> Changes:
    yield "2", ast.BinOp(ast.Constant(2), ast.Mult(), tree)
    yield "1/2", ast.BinOp(tree, ast.Div(), ast.Constant(2))


def _missing_factor(node: ast.expr, names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.Mult() | ast.MatMult(), right):
            for lost, other in ((left, right), (right, left)):
                if not isinstance(lost, ast.Compare | ast.Constant):
                    yield text_of(lost), other
        case ast.BinOp(left, ast.Div(), right) if not _counts(right, names) and _value(right) is ...:
            yield f"1/({text_of(right)})", left
        case ast.BinOp(left, ast.Pow(), right):
            yield f"**{text_of(right)}", left
        case ast.Call() if _function(node) in ALONE:
            operand = _operand(node)
            if operand is not None:
                yield text_of(node.func), operand


def _dropped_term(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub() as sign, right):
            if not _is_small(right):
                yield text_of(right), left
            if not _is_small(left):
                yield text_of(left), right if isinstance(sign, ast.Add) else ast.UnaryOp(ast.USub(), right)
                yield text_of(left), right


def _transposed(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.Attribute(operand, "T"):
            yield text_of(operand), operand
        case ast.Call() if _function(node) in ("dot", "matmul"):
            for operand in filter(None, (called(node)[1], *node.args)):
                if not isinstance(operand, ast.Attribute):
                    yield text_of(operand), replaced(node, operand, ast.Attribute(operand, "T"))
        case ast.BinOp(left, ast.MatMult(), right):
            for operand in (left, right):
                if not isinstance(operand, ast.Attribute):
                    yield text_of(operand), replaced(node, operand, ast.Attribute(operand, "T"))


def _factor_order(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.MatMult(), right):
            yield f"{text_of(left)}, {text_of(right)}", ast.BinOp(right, ast.MatMult(), left)
        case ast.Call() if _function(node) in ("dot", "matmul", "outer"):
            operands = [operand for operand in (called(node)[1], *node.args) if operand is not None]
            if len(operands) == 2:
                first, second = operands
                yield f"{text_of(first)}, {text_of(second)}", _np(_function(node), second, first)


def _entrywise(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.MatMult(), right):
            yield "*", ast.BinOp(left, ast.Mult(), right)
        case ast.BinOp(left, ast.Mult(), right):
            yield "@", ast.BinOp(left, ast.MatMult(), right)
        case ast.Call() if _function(node) in ("dot", "matmul"):
            operands = [operand for operand in (called(node)[1], *node.args) if operand is not None]
            if len(operands) == 2:
                yield "*", ast.BinOp(operands[0], ast.Mult(), operands[1])


def _axis(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.Call() if _place_of_axis(node):
            axis = _argument(node, "axis")
            for other in (0, 1, -1, None):
                if other != (None if axis is None else _value(axis)):
                    written = None if other is None else _number(other)
                    yield ("axis=" + str(other)), _with(node, "axis", written)
        case ast.Subscript(ast.Attribute(_, "shape") as shape, ast.Constant(0 | 1 as place)):
            yield f"shape[{1 - place}]", ast.Subscript(shape, ast.Constant(1 - place))
        case ast.Call(ast.Name("len"), [array]):
            yield "shape[1]", ast.Subscript(ast.Attribute(array, "shape"), ast.Constant(1))
        case ast.Subscript(target, ast.Tuple([first, ast.Slice() as rest])):
            yield text_of(first), ast.Subscript(target, ast.Tuple([rest, first]))


def _place_of_axis(node: ast.Call) -> bool:
    name = _function(node)
    return name in CALLS and "axis" in CALLS[name].arguments


def _keepdims(node: ast.expr, _names: Names) -> Changes:
    if isinstance(node, ast.Call) and "keepdims" in CALLS.get(_function(node), CALLS["len"]).named:
        kept = _value(_argument(node, "keepdims"))
        yield "keepdims", _with(node, "keepdims", None if kept is True else ast.Constant(value=True))


def _mask(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.Compare(left, [sign], [right]) if type(sign) in INVERSES:
            for kinds in (INVERSES, MIRRORED):
                if type(sign) in kinds:
                    yield text_of(node), ast.Compare(left, [kinds[type(sign)]()], [right])
        case ast.UnaryOp(ast.Invert(), operand):
            yield text_of(operand), operand
        case ast.Call() if _function(node) == "where" and len(node.args) == 3:
            condition, first, second = node.args
            yield text_of(condition), ast.Call(node.func, [condition, second, first], [])
            yield text_of(condition), first
        case ast.BinOp(left, ast.Mult(), right):
            for lost, other in ((left, right), (right, left)):
                if isinstance(lost, ast.Compare):
                    yield text_of(lost), other
        case ast.Call() if _function(node) in OPPOSITE and isinstance(node.func, ast.Attribute):
            yield text_of(node.func), _renamed(node, OPPOSITE[_function(node)])


def _epsilon(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub(), right) if _is_small(right):
            yield text_of(right), left
        case ast.BinOp(left, ast.Add(), right) if _is_small(left):
            yield text_of(left), right
        case ast.Call() if _function(node) in ("log", "sqrt"):
            match _operand(node):
                case ast.BinOp(left, ast.Add() as sign, right) as operand if _is_small(right):
                    yield text_of(right), ast.BinOp(replaced(node, operand, left), sign, right)
                case ast.Call() as clipped if _function(clipped) in ("clip", "maximum"):
                    numbers = [part for part in clipped.args if _is_small(part)]
                    yield from ((text_of(small), replaced(node, clipped, _first(clipped))) for small in numbers)
        case ast.BinOp(ast.Call() as root, ast.Add() as sign, right) if _function(root) == "sqrt" and _is_small(right):
            inner = _operand(root)
            if inner is not None:
                yield text_of(right), replaced(root, inner, ast.BinOp(inner, sign, right))


def _first(node: ast.Call) -> ast.expr:
    operand = _operand(node)
    return next(part for part in (operand, *node.args) if part is not None and not _is_small(part))


def _division(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(left, ast.Div(), right):
            yield "//", ast.BinOp(left, ast.FloorDiv(), right)
        case ast.BinOp(left, ast.FloorDiv(), right):
            yield "/", ast.BinOp(left, ast.Div(), right)
            yield "%", ast.BinOp(left, ast.Mod(), right)
        case ast.BinOp(left, ast.Mod(), right):
            yield "//", ast.BinOp(left, ast.FloorDiv(), right)


def _comparison(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.Compare(left, [sign], [right]) if type(sign) in AT_TIES:
            other = ast.Compare(left, [AT_TIES[type(sign)]()], [right])
            yield text_of(node), other


def _bracket(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.BinOp(ast.BinOp(first, inner, second), outer, third):
            yield text_of(node.left), ast.BinOp(first, inner, ast.BinOp(second, outer, third))
    match node:
        case ast.BinOp(first, outer, ast.BinOp(second, inner, third)):
            yield text_of(node.right), ast.BinOp(ast.BinOp(first, outer, second), inner, third)
        case ast.UnaryOp(ast.USub(), ast.BinOp(first, sign, second) as operand):
            yield text_of(operand), ast.BinOp(ast.UnaryOp(ast.USub(), first), sign, second)
        case ast.Call() if _function(node) in (*ALONE, "sum", "mean"):
            match _operand(node):
                case ast.BinOp(first, ast.Add() | ast.Sub() as sign, second) as operand if not _is_small(second):
                    yield text_of(operand), ast.BinOp(replaced(node, operand, first), sign, second)
                case ast.BinOp(first, ast.Pow() as power, second) as operand:
                    yield text_of(operand), ast.BinOp(replaced(node, operand, first), power, second)


def _shape(node: ast.expr, _names: Names) -> Changes:
    match node:
        case ast.Subscript(target, ast.Tuple([ast.Call() as rows, column])) if _function(rows) == "arange":
            yield text_of(column), ast.Subscript(target, ast.Tuple([ast.Slice(), column]))
            yield text_of(column), ast.Subscript(target, column)


def _reshaped(tree: ast.expr, _names: Names) -> Changes:
    for shape in ((-1, 1), (1, -1), (-1,)):
        sizes = ast.Tuple([_number(size) for size in shape])
        yield text_of(sizes), _np("reshape", tree, sizes)


Rule = Callable[[ast.expr, Names], Changes]

RULES: tuple[tuple[str, Rule], ...] = (
    ("sign", _sign),
    ("swap", _swap),
    ("reduction", _reduction),
    ("factor", _factor),
    ("missing-factor", _missing_factor),
    ("dropped-term", _dropped_term),
    ("transposed", _transposed),
    ("factor-order", _factor_order),
    ("entrywise", _entrywise),
    ("axis", _axis),
    ("keepdims", _keepdims),
    ("mask", _mask),
    ("epsilon", _epsilon),
    ("division", _division),
    ("comparison", _comparison),
    ("bracket", _bracket),
    ("shape", _shape),
)
"""The slips, in the order of the closed list."""
WHOLE: dict[str, Rule] = {
    "sign": lambda tree, _names: iter([("", ast.UnaryOp(ast.USub(), tree))]),
    "swap": _swapped_names,
    "reduction": _divided,
    "factor": _scaled,
    "transposed": lambda tree, _names: iter([("", ast.Attribute(tree, "T"))]),
    "shape": _reshaped,
}
"""Slips of the whole, after those of its parts."""
