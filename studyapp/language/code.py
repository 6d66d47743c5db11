"""Code as it is typed: one expression of NumPy, read into Python's own tree and held to a list of what it may contain.

The text is bounded before Python's parser sees it, and the tree is walked without recursion. Nothing is executed: the
tree is computed by `engine.code`, which looks every function up in the tables of `domain.code`.
"""

import ast
import re
import unicodedata
import warnings
from collections.abc import Collection
from functools import lru_cache
from typing import NoReturn

from studyapp.domain import limits
from studyapp.domain.code import (
    ATTRIBUTES,
    BEHIND_NP,
    CALLS,
    CONSTANTS,
    DTYPE_WORDS,
    behind_np,
    called,
)
from studyapp.domain.nearness import nearest_name
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable
from studyapp.language.refusal import RefusalError, refuse

_SIGNS = {"−": "-", "–": "-", "ー": "-", "×": "*", "・": "*", "÷": "/", "’": "'", "‘": "'", "“": '"', "”": '"'}
_PREFIX = re.compile(r"\s*(?:return\b|[A-Za-z_][A-Za-z0-9_.]*\s*=(?!=))\s*")
_BLANK = re.compile(r"#[^\n]*|[\n\r\t]")
"""Comments and ends of lines."""
_SELF = re.compile(r"\bself\s*\.\s*(?=[A-Za-z])")
_DIGITS = re.compile(rf"\d{{{limits.CODE_DIGITS + 1},}}")
_SIGN_RUN = re.compile(rf"(?:[-+~]\s*){{{limits.CODE_SIGNS + 1},}}")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TEXTS = {"subscripts": re.compile(r"[A-Za-z, ]*(?:->[A-Za-z ]*)?"), "mode": re.compile("constant")}
_TEXTS["dtype"] = re.compile("|".join(DTYPE_WORDS))
"""The arguments that are texts, and what may be in them."""
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_BITWISE = (ast.BitAnd, ast.BitOr, ast.BitXor, ast.USub, ast.UAdd, ast.Invert, ast.Load)
_RELATIONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_FORMS = (ast.BinOp, ast.UnaryOp, ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.IfExp)
_ALLOWED = (*_FORMS, *_OPERATORS, *_BITWISE, *_RELATIONS)


def read_code(text: str, names: Collection[str]) -> ast.expr | Unreadable:
    """The tree of an expression in which those names stand for arrays, or why the text is none. Never raises.

    `return …` and `name = …` in front are left out, and so is `self.`; full-width signs are read as ASCII.
    """
    try:
        return _read(text, frozenset(names))
    except RefusalError as error:
        return error.unreadable


@lru_cache(maxsize=512)
def _read(text: str, names: frozenset[str]) -> ast.expr:
    if len(text) > limits.CODE_CHARACTERS:
        refuse("too-long", (limits.CODE_CHARACTERS, len(text)), str(limits.CODE_CHARACTERS))
    source = _blanked(_SELF, _blanked(_BLANK, "".join(map(_as_ascii, text))))
    if prefix := _PREFIX.match(source):
        source = " " * prefix.end() + source[prefix.end() :]
    if not source.strip():
        refuse("empty", (0, len(text)))
    _check_signs(source)
    _check_brackets(source)
    root = _parsed(source)
    _Checker(source, names).check(root)
    return root


def _as_ascii(sign: str) -> str:
    """A sign in its plain form, one for one, so that positions stay."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    plain = sign if sign.isascii() else unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with blanks for what a pattern finds, so that positions stay."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _check_signs(source: str) -> None:
    for place, sign in enumerate(source):
        if not sign.isascii() or not sign.isprintable():
            refuse("code-sign", (place, place + 1), sign)
    for pattern, code in ((_DIGITS, "too-large"), (_SIGN_RUN, "doubled-sign")):
        if found := pattern.search(source):
            refuse(code, found.span(), found[0])


def _check_brackets(source: str) -> None:
    opened: list[tuple[str, int]] = []
    for place, sign in enumerate(source):
        if sign in "([{":
            opened.append((sign, place))
            if len(opened) > limits.CODE_DEPTH:
                refuse("too-deep", (place, place + 1), str(limits.CODE_DEPTH))
        elif sign in _BRACKETS and (not opened or opened.pop()[0] != _BRACKETS[sign]):
            refuse("unbalanced", (place, place + 1), sign)
    if opened:
        sign, place = opened[-1]
        refuse("unbalanced", (place, place + 1), sign)


def _parsed(source: str) -> ast.expr:
    """Python's tree of a bounded text. Its warnings are no matter of the learner's."""
    indent, code = len(source) - len(source.lstrip()), source.strip()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code, mode="eval").body
    except SyntaxError as error:
        if _is_statement(code):
            refuse("code-statement", (indent, indent + len(code)), code)
        place = min(len(source), indent + max(0, (error.offset or 1) - 1))
        refuse("code-syntax", (place, place + 1), source[place : place + 1] or source[-1:])
    except (ValueError, RecursionError, MemoryError):
        refuse("too-deep", (0, len(source)), str(limits.CODE_DEPTH))


def _is_statement(code: str) -> bool:
    """Whether a text that is no expression would be a program."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Checker:
    """Walks over the tree of a text, without recursion, and refuses what is not on the list."""

    source: str
    names: frozenset[str]

    def check(self, root: ast.expr) -> None:
        waiting: list[tuple[ast.AST, int]] = [(root, 0)]
        texts: set[int] = set()
        count = 0
        while waiting:
            node, depth = waiting.pop()
            count += 1
            if depth > limits.CODE_DEPTH or count > limits.CODE_NODES:
                self._refuse("too-deep", node, str(limits.CODE_DEPTH))
            parts = self._parts(node, texts)
            waiting.extend((part, depth + 1) for part in reversed(parts))

    def _parts(self, node: ast.AST, texts: set[int]) -> list[ast.AST]:
        """The parts that are to be checked, too; `texts` are the quoted ones that may be where they are."""
        match node:
            case ast.Call():
                return self._call(node, texts)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Name(identifier):
                if identifier not in self.names and identifier not in ("float", "int", "bool"):
                    self._refuse("code-name", node, identifier, nearest_name(identifier, self.names))
            case ast.Constant(value):
                if isinstance(value, str) and id(node) in texts:
                    return []
                if isinstance(value, int) and value.bit_length() > limits.CODE_BITS:
                    self._refuse("too-large", node)
                if not (value is None or value is ... or type(value) in (int, float, bool)):
                    self._refuse("code-text" if isinstance(value, str | bytes) else "code-form", node)
            case ast.Compare(left, operators, right):
                if len(operators) > 1:
                    self._refuse("code-chain", node)
                return [left, *operators, *right]
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                self._refuse("code-logic", node)
            case _ if not isinstance(node, _ALLOWED):
                self._refuse("code-form", node)
            case _:
                return list(ast.iter_child_nodes(node))
        return []

    def _call(self, node: ast.Call, texts: set[int]) -> list[ast.AST]:
        name, target = called(node)
        if name not in CALLS:
            self._refuse("code-function", node.func, *self._unknown(node.func))
        call = CALLS[name]
        given = list(node.args) if target is None else [target, *node.args]
        if target is not None and not call.method:
            self._refuse("code-function", node.func, *self._unknown(node.func))
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                self._refuse("code-form", argument)
        taken = set(call.arguments[: len(given)])
        for keyword in node.keywords:
            word = keyword.arg or "**"
            if word not in (*call.arguments, *call.named):
                self._refuse("code-argument", keyword, word, nearest_name(word, (*call.arguments, *call.named)))
            if word in taken:
                self._refuse("repeated-option", keyword, word)
            taken.add(word)
        spread = call.variadic and target is not None
        if (len(given) > len(call.arguments) and not spread) or not taken.issuperset(call.arguments[: call.needed]):
            self._refuse("wrong-arguments", node.func, name)
        placed = [*zip(call.arguments, given, strict=False)] + [(word.arg, word.value) for word in node.keywords]
        for argument_name, argument in placed:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                pattern = _TEXTS.get(argument_name or "")
                if pattern is None or not pattern.fullmatch(argument.value):
                    self._refuse("code-text", argument)
                texts.add(id(argument))
        return [*given, *(keyword.value for keyword in node.keywords)]

    def _unknown(self, function: ast.expr) -> tuple[str, str]:
        """A function that there is none of, as it is written, and the nearest one."""
        start, stop = self._span(function)
        written = self.source[start:stop]
        last = written.rpartition(".")[2]
        near = nearest_name(last, dict.fromkeys(name.rpartition(".")[2] for name in CALLS))
        full = next((name for name in BEHIND_NP if name.rpartition(".")[2] == near), "")
        return written, f"np.{full}" if full else near

    def _attribute(self, node: ast.Attribute) -> list[ast.AST]:
        if behind_np(node) is not None:
            if behind_np(node) in BEHIND_NP and node.attr not in CONSTANTS:
                self._refuse("code-uncalled", node)
            if behind_np(node) not in CONSTANTS:
                self._refuse("code-function", node, *self._unknown(node))
            return []
        if node.attr not in ATTRIBUTES:
            near = f".{nearest_name(node.attr, ATTRIBUTES)}".rstrip(".")
            self._refuse("code-attribute", node, f".{node.attr}", near)
        return [node.value]

    def _refuse(self, code: str, node: ast.AST, found: str = "", nearest: str = "") -> NoReturn:
        start, stop = self._span(node)
        refuse(code, (start, stop), found or self.source[start:stop], nearest=nearest)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        """The range of characters of a node in the typed text."""
        if not isinstance(node, ast.expr | ast.keyword):
            return 0, len(self.source)
        indent = len(self.source) - len(self.source.lstrip())
        return indent + node.col_offset, indent + (node.end_col_offset or 0)
