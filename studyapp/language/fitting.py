"""Whether the operands of a formula in matrices fit each other, by the names of their dimensions, and what is meant.

A vector is a column. What has one meaning gets it: `*` is whichever product fits, `I` the identity of the size
that is needed. What has two is asked back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NoReturn

from studyapp.domain.exercise import IDENTITY
from studyapp.domain.expression import Binary, Call, Name, Negate, Node, Number, Operator
from studyapp.domain.shapes import ONE, Shape, shape_text
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.language.printing import RAISED, to_text
from studyapp.language.refusal import refuse

ANY = "?"
"""The dimension of an identity whose size is not known yet."""
MISFITS = {
    "@": Text(ja="{left} と {right} の積", en="{left} times {right}"),
    "+": Text(ja="{left} と {right} の和", en="{left} plus {right}"),
    "-": Text(ja="{left} と {right} の差", en="{left} minus {right}"),
    "⊙": Text(ja="{left} と {right} の成分ごとの積", en="{left} times {right}, entry by entry,"),
    "/": Text(ja="{left} と {right} の商", en="{left} over {right}"),
    "**": Text(ja="{left} の {right} 乗", en="{left} to the power {right}"),
}
NAMES = {
    "inv": "inverse",
    "tr": "trace",
    "ln": "log",
    "maximum": "max",
    "minimum": "min",
    "multiply": "hadamard",
    "average": "mean",
}
"""Other names of functions, as they are typed."""
ALONG = {"colsum": ("sum", 0), "rowsum": ("sum", 1), "colmean": ("mean", 0), "rowmean": ("mean", 1)}
_MINUS_ONE = (Number(Decimal(-1)), Negate(Number(Decimal(1))))

Fitted = tuple[Node, Shape]


def fitted(node: Node, shapes: Mapping[str, Shape]) -> Fitted:
    """The tree with every product settled, and its shape. Raises `RefusalError` where it does not fit in one way."""
    return _Fitting(shapes).fit(node)


@dataclass(frozen=True, slots=True)
class _Fitting:
    shapes: Mapping[str, Shape]

    def fit(self, node: Node) -> Fitted:
        match node:
            case Number():
                return node, ()
            case Name(name) if name == IDENTITY and name not in self.shapes:
                return node, (ANY, ANY)
            case Name(name):
                return node, self.shapes.get(name, ())
            case Negate(operand):
                inner, shape = self.fit(operand)
                return replace(node, operand=inner), shape
            case Binary():
                return self._binary(node)
            case Call(function) if function in FUNCTIONS:
                return FUNCTIONS[function](self, node)
            case Call():
                return self._pointwise(node)
            case _:
                return refuse("vector-arithmetic", node.span)

    def _binary(self, node: Binary) -> Fitted:
        left, right = self.fit(node.left), self.fit(node.right)
        match node.operator:
            case "@":
                if not right[1] and not left[1]:
                    _check_quotient(node, left[0], right[0])
                return self.product(node, left, right)
            case "*":
                return self._star(node, left, right)
            case "**":
                return self._power(node, left, right)
            case operator:
                if operator == "/" and _is_square(right[1]) and not left[1]:
                    text = _factor(right[0])
                    _ask(node, f"{text}^-1", f"1 ⊘ {text}")
                return self.entrywise(node, operator, left, right)

    def product(self, node: Node, left: Fitted, right: Fitted) -> Fitted:
        """The product of the textbooks, or the multiple by a number."""
        (a, rows), (b, columns) = _sized(left, right)
        if not rows or not columns:
            return Binary("*", a, b, node.span), rows or columns
        if len(rows) == len(columns) == 1 and rows == columns:
            first, second = to_text(a), to_text(b)
            _ask(node, f"{_factor(a)}^T {second}", f"{first} ⊙ {second}")
        shape = _product_shape(rows, columns)
        if shape is None:
            turned = len(rows) == 1 and rows[0] == columns[0] and f"{_factor(a)}^T {_factor(b)}"
            _misfit(node, "@", rows, columns, turned or "")
        return Binary("@", a, b, node.span), shape

    def entrywise(self, node: Node, operator: Operator, left: Fitted, right: Fitted) -> Fitted:
        """A sum, a quotient or a product entry by entry; numbers, rows and columns are repeated as they fit."""
        (a, first), (b, second) = _sized(left, right)
        shape = _common(first, second)
        if shape is None or _is_column_on_row((a, first), (b, second)):
            _misfit(node, operator, first, second)
        if (len(first), len(second)) in {(1, 2), (2, 1)} and _is_square(shape):
            vector = _factor(a if len(first) == 1 else b)
            _ask(node, f"1_{shape[0]} {vector}^T", f"{vector} 1_{shape[0]}^T")
        plain: Operator = "*" if operator == "⊙" and not (first and second) else operator
        return Binary(plain, a, b, node.span), shape

    def _star(self, node: Binary, left: Fitted, right: Fitted) -> Fitted:
        """What `*` means: a multiple, or whichever of the two products fits."""
        (a, first), (b, second) = _sized(left, right)
        if first and second:
            shape, product = _common(first, second), _product_shape(first, second)
            if shape is not None and product is not None:
                _ask(node, f"{_factor(a)} {_factor(b)}", f"{_factor(a)} ⊙ {_factor(b)}")
            if shape is not None:
                return self.entrywise(node, "⊙", (a, first), (b, second))
        return self.product(node, (a, first), (b, second))

    def matmul(self, node: Node, left: Fitted, right: Fitted) -> Fitted:
        """NumPy's `@`: a vector lies or stands as it fits, and of two the product is a number."""
        if len(left[1]) == 1 and left[1] == right[1]:
            return self.product(node, _turned(left), right)
        if len(left[1]) == 1 and len(right[1]) == 2 and left[1][0] == right[1][0]:
            return self.product(node, _turned(right), left)
        return self.product(node, left, right)

    def _power(self, node: Binary, base: Fitted, exponent: Fitted) -> Fitted:
        if not base[1]:
            return replace(node, left=base[0], right=exponent[0]), exponent[1]
        if exponent[1]:
            _misfit(node, "**", base[1], exponent[1])
        if exponent[0] in _MINUS_ONE:
            return _inverse(node, base)
        if _is_square(base[1]):
            text = _factor(base[0])
            factors = [text] * 3 if exponent[0] == Number(Decimal(3)) else [text] * 2
            more = "" if exponent[0] in (Number(Decimal(2)), Number(Decimal(3))) else " …"
            _ask(node, " ".join(factors) + more, " ⊙ ".join(factors) + more)
        return replace(node, left=base[0], right=exponent[0]), base[1]

    def arguments(self, node: Call, fewest: int = 1, most: int = 1) -> list[Fitted]:
        """The fitted arguments of a function that takes so many."""
        if not fewest <= len(node.arguments) <= most:
            refuse("wrong-arguments", node.span, node.function)
        return [self.fit(argument) for argument in node.arguments]

    def _pointwise(self, node: Call) -> Fitted:
        """A function of each entry; several arguments have one shape, or are numbers."""
        parts = [self.fit(argument) for argument in node.arguments]
        if node.options:
            refuse("wrong-arguments", node.span, node.function)
        function = NAMES.get(node.function, node.function)
        if function in {"max", "min"} and len(parts) == 1 and parts[0][1]:
            refuse("wrong-arguments", node.span, node.function)
        shape: Shape = ()
        for _, other in parts:
            common = _common(shape, other)
            if common is None:
                _misfit(node, "+", shape, other)
            shape = common
        return replace(node, function=function, arguments=tuple(part for part, _ in parts)), shape


def _sized(left: Fitted, right: Fitted) -> tuple[Fitted, Fitted]:
    """Two operands, with the size of an identity taken from the other one."""
    (a, first), (b, second) = left, right
    if ANY in first and second and ANY not in second:
        return _identity(a, first, second[0]), right
    if ANY in second and first and ANY not in first:
        return left, _identity(b, second, first[-1])
    return left, right


def _identity(node: Node, shape: Shape, dimension: str) -> Fitted:
    if dimension == ONE:
        refuse("identity-size", node.span, IDENTITY)
    return sized(node, dimension), tuple(dimension if name == ANY else name for name in shape)


def sized(node: Node, dimension: str) -> Node:
    """The tree with identities of that dimension where no size was written."""
    match node:
        case Name(name) if name == IDENTITY:
            return replace(node, name=f"{IDENTITY}_{dimension}")
        case Negate(operand):
            return replace(node, operand=sized(operand, dimension))
        case Binary(_, left, right):
            return replace(node, left=sized(left, dimension), right=sized(right, dimension))
        case Call(_, arguments):
            return replace(node, arguments=tuple(sized(argument, dimension) for argument in arguments))
        case _:
            return node


def _product_shape(left: Shape, right: Shape) -> Shape | None:
    """The shape of a product; a single entry is a number, a product with a column vector a vector."""
    rows = left if len(left) == 2 else (*left, ONE)
    columns = right if len(right) == 2 else (*right, ONE)
    if rows[1] != columns[0]:
        return None
    outer = (rows[0], columns[1])
    if outer == (ONE, ONE):
        return ()
    return outer[:1] if len(right) == 1 or (len(left) == 1 and outer[1] == ONE) else outer


def _common(left: Shape, right: Shape) -> Shape | None:
    """The shape of a combination entry by entry; a vector goes with the last axis of a matrix."""
    if left == right or not right:
        return left
    if not left:
        return right
    if len(left) == len(right) == 1:
        return None
    if len(left) == 1 or len(right) == 1:
        vector, matrix = (left, right) if len(left) == 1 else (right, left)
        return matrix if vector[0] == matrix[1] else None
    pairs = list(zip(left, right, strict=True))
    if any(a != b and ONE not in (a, b) for a, b in pairs):
        return None
    return tuple(b if a == ONE else a for a, b in pairs)


def _is_column_on_row(left: Fitted, right: Fitted) -> bool:
    """Whether a column meets a row: `X^T r + w^T`. A declared vector has no side, so that `x^T W + b` is a row."""
    column, row = (left, right) if len(left[1]) == 1 else (right, left)
    if len(column[1]) != 1 or row[1][:1] != (ONE,) or len(row[1]) != 2:
        return False
    return not isinstance(_unscaled(column[0]), Name) or isinstance(_unscaled(row[0]), Call)


def _unscaled(node: Node) -> Node:
    """A vector without the sign and the numbers that it is multiplied by or divided by."""
    while isinstance(node, Negate) or (isinstance(node, Binary) and node.operator in ("*", "/")):
        node = node.operand if isinstance(node, Negate) else node.right if node.operator == "*" else node.left
    return node


def _is_square(shape: Shape) -> bool:
    return len(shape) == 2 and shape[0] == shape[1] != ONE


def _check_quotient(node: Binary, left: Node, right: Node) -> None:
    """Refuse `a/b c` of three numbers; a coefficient before a bracket, as in `1/2 (…)`, is none."""
    bare = isinstance(left, Binary) and left.operator == "/" and left.span[0] == left.left.span[0]
    if not bare or not isinstance(left, Binary):
        return
    bracketed = node.right.span[0] < _start(node.right)
    if isinstance(left.left, Number) and (isinstance(left.right, Number) or bracketed or _is_reduced(right)):
        return
    _ask(node, f"({to_text(left)})*{to_text(right)}", f"{to_text(left.left)}/({_factor(left.right)}*{_factor(right)})")


def _start(node: Node) -> int:
    """Where the first operand of a node begins; behind its own beginning where the node is in brackets."""
    while isinstance(node, Binary):
        if node.left.span[0] != node.span[0]:
            return node.left.span[0]
        node = node.left
    return node.span[0]


def _is_reduced(node: Node) -> bool:
    """Whether a number was made by a function: `1/2 ‖w‖^2` is half of it, `1/N tr(A)` a mean."""
    while isinstance(node, Binary):
        node = node.left
    return isinstance(node, Call)


def _turned(operand: Fitted) -> Fitted:
    node, shape = operand
    if not shape:
        return operand
    match node:
        case Call("transpose", (inner,)):
            return inner, _turned_shape(shape)
        case Binary("@", Call("transpose", (inner,)), right) if len(shape) == 1:
            row = Call("transpose", (right,), span=right.span)
            return Binary("@", row, inner, node.span), _turned_shape(shape)
    return Call("transpose", (node,), span=node.span), _turned_shape(shape)


def _turned_shape(shape: Shape) -> Shape:
    if len(shape) == 1:
        return (ONE, *shape)
    return shape[1:] if shape[0] == ONE else shape[::-1]


def _transpose(fitting: _Fitting, node: Call) -> Fitted:
    (argument,) = fitting.arguments(node)
    if not argument[1]:
        return argument
    return Call("transpose", (argument[0],), span=node.span), _turned_shape(argument[1])


def _inverse(node: Node, operand: Fitted) -> Fitted:
    inner, shape = operand
    if not shape:
        return Binary("/", Number(Decimal(1)), inner, node.span), shape
    if not _is_square(shape):
        refuse("not-square", node.span, shape_text(shape))
    return Call("inverse", (inner,), span=node.span), shape


def _trace(fitting: _Fitting, node: Call) -> Fitted:
    (argument,) = fitting.arguments(node)
    if argument[1] and not _is_square(argument[1]):
        refuse("not-square", node.span, shape_text(argument[1]))
    _check_sized(node, argument)
    return (Call("trace", (argument[0],), span=node.span), ()) if argument[1] else argument


def _diagonal(fitting: _Fitting, node: Call) -> Fitted:
    (argument,) = fitting.arguments(node)
    shape = argument[1]
    if len(shape) == 1:
        return Call("diag", (argument[0],), span=node.span), shape * 2
    if not _is_square(shape):
        refuse("not-square", node.span, shape_text(shape))
    _check_sized(node, argument)
    return Call("diag", (argument[0],), span=node.span), shape[:1]


def _norm(fitting: _Fitting, node: Call) -> Fitted:
    (argument,) = fitting.arguments(node)
    _check_sized(node, argument)
    return Call("norm", (argument[0],), span=node.span), ()


def _bars(fitting: _Fitting, node: Call) -> Fitted:
    (argument,) = fitting.arguments(node)
    if argument[1]:
        text = to_text(argument[0])
        _ask(node, f"norm({text})", f"abs({text})")
    return Call("abs", (argument[0],), span=node.span), ()


def _reduced(fitting: _Fitting, node: Call) -> Fitted:
    """A sum or mean over everything, or along an axis; along one it is a vector."""
    function = NAMES.get(node.function, node.function)
    if function in ALONG:
        function, axis = ALONG[function]
        node = replace(node, function=function, options=(("axis", Number(Decimal(axis))), *node.options))
    argument, *axes = fitting.arguments(node, 1, 2)
    options = dict(node.options)
    written = options.pop("axis", node.arguments[1] if axes else None)
    kept = options.pop("keepdims", Name("False")) in (Name("True"), Name("true"), Number(Decimal(1)))
    if options or (axes and len(node.options) > len(options) and "axis" in dict(node.options)):
        refuse("wrong-arguments", node.span, node.function)
    inner, shape = argument
    if not shape:
        return argument
    _check_sized(node, argument)
    if written in (None, Name("None")):
        return Call(function, (inner,), span=node.span), ()
    axis = _axis(written, shape, node)
    if len(shape) == 1:
        return Call(function, (inner,), span=node.span), ()
    reduced = Call(function, (inner,), (("axis", Number(Decimal(axis))),), span=node.span)
    rest = shape[1 - axis]
    if rest == ONE:
        return Call(function, (inner,), span=node.span), ()
    if not kept:
        return reduced, (rest,)
    whole = replace(reduced, options=(*reduced.options, ("keepdims", Name("True"))))
    return whole, ((ONE, rest) if axis == 0 else (rest, ONE))


def _axis(node: Node | None, shape: Shape, call: Call) -> int:
    count = len(shape)
    written: dict[Node | None, int] = {Number(Decimal(axis)): axis for axis in range(count)}
    written |= {Negate(Number(Decimal(back))): count - back for back in range(1, count + 1)}
    if node not in written:
        refuse("wrong-axis", call.span, str(len(shape)))
    return written[node]


def _matmul(fitting: _Fitting, node: Call) -> Fitted:
    left, right = fitting.arguments(node, 2, 2)
    return fitting.matmul(node, left, right)


def _times(fitting: _Fitting, node: Call) -> Fitted:
    left, right = fitting.arguments(node, 2, 2)
    return fitting.product(node, left, right)


def _hadamard(fitting: _Fitting, node: Call) -> Fitted:
    left, right = fitting.arguments(node, 2, 2)
    return fitting.entrywise(node, "⊙", left, right)


def _softmax(fitting: _Fitting, node: Call) -> Fitted:
    (argument,) = fitting.arguments(node)
    options = dict(node.options)
    if options.keys() - {"axis"} or not argument[1]:
        refuse("wrong-arguments", node.span, node.function)
    if "axis" in options and _axis(options["axis"], argument[1], node) != len(argument[1]) - 1:
        refuse("wrong-axis", node.span, str(len(argument[1])))
    return Call(node.function, (argument[0],), span=node.span), argument[1]


def _check_sized(node: Node, operand: Fitted) -> None:
    if ANY in operand[1]:
        refuse("identity-size", node.span, IDENTITY)


FUNCTIONS: dict[str, Callable[[_Fitting, Call], Fitted]] = {
    "transpose": _transpose,
    **dict.fromkeys(("inverse", "inv"), lambda fitting, node: _inverse(node, fitting.arguments(node)[0])),
    **dict.fromkeys(("trace", "tr"), _trace),
    "diag": _diagonal,
    "norm": _norm,
    "bars": _bars,
    **dict.fromkeys(("sum", "mean", "average", *ALONG), _reduced),
    **dict.fromkeys(("matmul", "dot"), _matmul),
    "product": _times,
    **dict.fromkeys(("multiply", "hadamard"), _hadamard),
    "softmax": _softmax,
}
"""Functions of whole matrices by every name that may be typed; all others act on each entry."""


def _factor(node: Node) -> str:
    is_atom = isinstance(node, Name) or (isinstance(node, Call) and node.function not in RAISED)
    return to_text(node) if is_atom else f"({to_text(node)})"


def _ask(node: Node, *readings: str) -> NoReturn:
    refuse("ambiguous", node.span, readings=readings)


def _misfit(node: Node, operator: str, left: Shape, right: Shape, nearest: str = "") -> NoReturn:
    """Refuse operands that do not fit each other, with both shapes; a vector is a column in a product."""
    found = MISFITS[operator](left=shape_text(left), right=shape_text(right))
    refuse("misfit", node.span, found, nearest=nearest)
