"""Trees as plain text that can be typed in again, and as TeX."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from studyapp.domain import expression
from studyapp.domain.exercise import ONES
from studyapp.domain.expression import (
    Binary,
    Call,
    Comparison,
    Name,
    Node,
    Number,
    Operator,
    Relation,
    Vector,
    names_in,
)
from studyapp.domain.functions import BY_NAME
from studyapp.language.names import LETTERS, SPELT
from studyapp.language.pratt import AND, COMPARISON, ENTRYWISE, NOT, OR, POWER, PRODUCT, SUM, TIGHTER

NEGATION = SUM + 5  # `-a` binds more loosely than a product, more tightly than a sum
ATOM = 100
_PLAIN = 20  # the largest decimal exponent of a number that is written out with all its zeros

NEEDS: dict[Operator, tuple[int, int]] = {
    "+": (SUM, NEGATION + TIGHTER),
    "-": (SUM, NEGATION + TIGHTER),
    "*": (PRODUCT, PRODUCT + TIGHTER),
    "/": (PRODUCT, PRODUCT + TIGHTER),
    "**": (POWER + TIGHTER, POWER),
    "@": (PRODUCT, PRODUCT + TIGHTER),
    "⊙": (ENTRYWISE, ENTRYWISE + TIGHTER),
}
"""How strongly the left and the right operand must bind to stand without brackets."""
SPACED: dict[str, str] = {"+": " + ", "-": " - ", "⊙": " ⊙ ", "@": " "}
RAISED = {"transpose": "T", "inverse": "-1"}
"""Functions of matrices that are written as powers."""


def to_text(node: Node) -> str:
    """The tree in the authors' language, with no more brackets than it needs."""
    match node:
        case Number(value):
            return number_text(value)
        case Name(name):
            return name.replace(f"{ONES}_", "1_", 1) if name.startswith(f"{ONES}_") else name
        case expression.Word(text):
            return f"'{text}'" if '"' in text else f'"{text}"'
        case expression.Negate(operand):
            return "-" + _operand(operand, PRODUCT)
        case Binary(operator, left, right):
            sign = SPACED.get(operator, operator)
            return _operand(left, NEEDS[operator][0]) + sign + _operand(right, NEEDS[operator][1])
        case Comparison(relation, left, right):
            return f"{_operand(left, SUM)} {relation} {_operand(right, SUM)}"
        case expression.Logical(operator, left, right):
            power = AND if operator == "and" else OR
            return f"{_operand(left, power)} {operator} {_operand(right, power + TIGHTER)}"
        case expression.Not(operand):
            return "not " + _operand(operand, NOT)
        case Call(function, (operand,)) if function in RAISED:
            return f"{_operand(operand, ATOM)}^{RAISED[function]}"
        case Call(function, arguments, options, primes):
            items = [to_text(argument) for argument in arguments]
            items += [f"{name}={to_text(value)}" for name, value in options]
            return function + "'" * primes + f"({', '.join(items)})"
        case expression.Index(target, indices):
            return f"{_operand(target, ATOM)}[{', '.join(map(to_text, indices))}]"
        case expression.Slice():
            return _slice(node, to_text)
        case Vector(items):
            return f"[{', '.join(map(to_text, items))}]"


def _slice(node: expression.Slice, write: Callable[[Node], str]) -> str:
    parts = [node.start, node.stop, *([node.step] if node.step else [])]
    return ":".join(write(part) if part else "" for part in parts)


def binding(node: Node) -> int:
    """How strongly the tree's outermost sign binds."""
    match node:
        case Binary("**"):
            return POWER
        case Binary(operator):
            return NEEDS[operator][0]
        case expression.Negate():
            return NEGATION
        case Number(value) if value.is_signed():
            return NEGATION
        case Comparison():
            return COMPARISON
        case expression.Logical(operator):
            return AND if operator == "and" else OR
        case expression.Not():
            return NOT
        case Call(function) if function in RAISED:
            return POWER
        case _:
            return ATOM


def number_text(value: Decimal) -> str:
    """The number with all its written digits: plainly, or as `1e-7` where it is very large or small."""
    if value.is_finite() and not -_PLAIN <= value.adjusted() <= _PLAIN:
        return str(value).replace("E+", "e").replace("E", "e")
    return format(value, "f")


def _operand(node: Node, need: int) -> str:
    text = to_text(node)
    return text if binding(node) >= need else f"({text})"


_TEX_RELATIONS: dict[Relation, str] = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_OPPOSITES: dict[Relation, Relation] = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_SHAPE = re.compile(r"(?P<base>[^\W\d_]+)(?P<digits>[0-9]*)(?P<rest>(?:_[^_]+)*)")
_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}


def to_tex(node: Node) -> str:
    """The tree as TeX, with no more brackets than it needs and a dot where two factors would run together."""
    match node:
        case Number(value):
            mantissa, _, exponent = number_text(value).partition("e")
            return rf"{mantissa} \times 10^{{{exponent}}}" if exponent else mantissa
        case Name(name):
            return name_tex(name)
        case expression.Word(text):
            return rf"\mathrm{{{_escaped(text)}}}"
        case expression.Negate(operand):
            return "-" + _tex_operand(operand, PRODUCT)
        case Binary():
            return _binary(node)
        case Comparison(relation, left, right):
            return f"{_tex_operand(left, SUM)} {_TEX_RELATIONS[relation]} {_tex_operand(right, SUM)}"
        case expression.Logical(operator, left, right):
            power, sign = (AND, r"\land") if operator == "and" else (OR, r"\lor")
            return f"{_tex_operand(left, power)} {sign} {_tex_operand(right, power + TIGHTER)}"
        case expression.Not(operand):
            return r"\lnot " + _tex_operand(operand, NOT + TIGHTER)
        case Call():
            return _call(node)
        case expression.Index(target, indices):
            bare = isinstance(target, Name) and "_" not in target.name
            base = to_tex(target) if bare else f"{{{_tex_operand(target, ATOM)}}}"
            return f"{base}_{{{', '.join(map(to_tex, indices))}}}"
        case expression.Slice():
            return _slice(node, to_tex)
        case Vector(items):
            return _vector(items)


def name_tex(name: str) -> str:
    """A name with its indices set low, its layer raised in brackets, and Greek letters as signs."""
    shape = _SHAPE.fullmatch(name)
    if shape is None:
        return rf"\mathrm{{{_escaped(name)}}}"
    base, digits = _letters(shape["base"]), shape["digits"]
    indices = shape["rest"].split("_")[1:]
    if indices and indices[0] in _ACCENTS:
        base = f"{_ACCENTS[indices.pop(0)]}{{{base}}}"
    if not indices:
        return base + _low([digits]) if digits else base
    return base + (rf"^{{({digits})}}" if digits else "") + _low(indices)


def _low(indices: list[str]) -> str:
    parts = [_letters(index) if not index[0].isdigit() else index for index in indices]
    joined = ("," if any(len(index) > 1 for index in indices) and len(indices) > 1 else "").join(parts)
    return f"_{joined}" if len(joined) == 1 else f"_{{{joined}}}"


def _letters(word: str) -> str:
    if word == ONES:
        return r"\mathbf{1}"
    if word in LETTERS:
        return "\\" + LETTERS[word]
    if word in SPELT:
        return "\\" + word
    return word if len(word) == 1 else rf"\mathrm{{{_escaped(word)}}}"


def _binary(node: Binary) -> str:
    left, right = node.left, node.right
    match node.operator:
        case "/":
            return rf"\frac{{{to_tex(left)}}}{{{to_tex(right)}}}"
        case "**":
            raised = isinstance(left, Call) and left.function not in {"abs", "norm"}
            base = _bracketed(to_tex(left)) if raised or _is_layered(left) else _tex_operand(left, POWER + TIGHTER)
            return f"{base}^{{{to_tex(right)}}}"
        case "*":
            return _product(left, right)
        case "@":
            first, second = _tex_operand(left, PRODUCT), _tex_operand(right, PRODUCT + TIGHTER)
            return rf"{first} \, {second}" if _is_word(left) or _is_word(right) else f"{first} {second}"
        case "⊙":
            return rf"{_tex_operand(left, ENTRYWISE)} \odot {_tex_operand(right, ENTRYWISE + TIGHTER)}"
        case sign:
            return f"{_tex_operand(left, NEEDS[sign][0])} {sign} {_tex_operand(right, NEEDS[sign][1])}"


def _is_layered(node: Node) -> bool:
    match node:
        case Name(name):
            return "^" in name_tex(name)
        case Number(value):
            return "e" in number_text(value)
        case _:
            return False


def _product(left: Node, right: Node) -> str:
    first, second = _tex_operand(left, PRODUCT), _tex_operand(right, PRODUCT + TIGHTER)
    last = left.right if isinstance(left, Binary) and left.operator == "*" else left
    mixed = isinstance(last, Number) and second.startswith(r"\frac")  # it would look like a mixed number
    numeric = second.startswith(("(", r"\left(")) and not names_in(last) | names_in(right)  # 0.5(-0.2) reads as a call
    named = second.startswith(r"\mathrm")  # its letters would run into the factor before
    if re.match(r"[0-9]|\\frac\{[0-9]", second) or mixed or numeric or named or _is_word(left):
        return rf"{first} \cdot {second}"
    glue = " " if re.search(r"\\[A-Za-z]+$", first) and second[0].isalpha() else ""
    return f"{first}{glue}{second}"


def _is_word(node: Node) -> bool:
    return isinstance(node, Name) and name_tex(node.name).startswith(r"\mathrm")


def _call(node: Call) -> str:
    items = [to_tex(argument) for argument in node.arguments]
    primes = "'" * node.primes
    match node.function, items:
        case "log", [item, base] if not primes:
            return rf"\log_{{{base}}}{_bracketed(item)}"
        case (("log2" | "log10"), _):
            return rf"\log_{{{node.function[3:]}}}{primes}{_arguments(node, items)}"
        case "if", [condition, first, second] if isinstance(node.arguments[0], Comparison):
            otherwise = to_tex(replace(node.arguments[0], relation=_OPPOSITES[node.arguments[0].relation]))
            return rf"\begin{{cases}} {first} & ({condition}) \\ {second} & ({otherwise}) \end{{cases}}"
        case "transpose" | "inverse", [_]:
            raised = r"\top" if node.function == "transpose" else "-1"
            return f"{_tex_operand(node.arguments[0], ATOM)}^{{{raised}}}"
        case "norm", [item]:
            return rf"\left\lVert {item} \right\rVert"
        case "trace", [item]:
            return r"\mathrm{tr}" + _arguments(node, items)
        case "D", [item, variable]:
            return rf"\frac{{\partial {_tex_operand(node.arguments[0], ATOM)}}}{{\partial {variable}}}"
        case function, _:
            is_word = re.match(r"[A-Za-z]{2}", function) and function not in SPELT
            plain = rf"\mathrm{{{_escaped(function)}}}" if is_word else name_tex(function)
            head = BY_NAME[function].tex if function in BY_NAME else ""
            if "#1" in head:
                return plain + primes + _arguments(node, items) if primes or node.options else _whole(head, node, items)
            return (head or plain) + primes + _arguments(node, items)


def _whole(form: str, node: Call, items: list[str]) -> str:
    """The form of a whole call with its arguments; one that the form does not enclose gets brackets if it is long."""
    for place, argument in enumerate(node.arguments, start=1):
        bare = re.search(rf"(?:^| )#{place}(?=$|[ !^])", form) and r"\left" not in form
        form = form.replace(f"#{place}", _tex_operand(argument, ATOM) if bare else items[place - 1])
    return form


def _arguments(node: Call, items: list[str]) -> str:
    options = [rf"\mathrm{{{_escaped(name)}}} = {to_tex(value)}" for name, value in node.options]
    return _bracketed(", ".join(items + options))


def _vector(items: tuple[Node, ...]) -> str:
    if items and all(isinstance(item, Vector) for item in items):
        rows = [" & ".join(map(to_tex, item.items)) for item in items if isinstance(item, Vector)]
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
    return _bracketed(", ".join(map(to_tex, items)))


def _tex_operand(node: Node, need: int) -> str:
    power = ATOM if isinstance(node, Binary) and node.operator == "/" and need <= PRODUCT + TIGHTER else binding(node)
    return to_tex(node) if power >= need else _bracketed(to_tex(node))


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)" if r"\frac" in text or r"\begin" in text else f"({text})"


def _escaped(text: str) -> str:
    return re.sub(r"([_#$%&{}])", r"\\\1", text)
