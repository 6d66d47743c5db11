"""A formula as words to be heard."""

from __future__ import annotations

import re

from studyapp.domain.words.typeset import TypesetWords
from studyapp.typeset.inline import raised
from studyapp.typeset.signs import sign_of
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
)

_PAIRS = {"|": ("lvert", "rvert"), "‖": ("lVert", "rVert")}
_FENCE_NAMES = {"⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil", "⟨": "langle", "⟩": "rangle"}
_PAUSES = re.compile(r"\s*[、,](?:\s*[、,])*\s*")


def speak(tex: str, words: TypesetWords) -> str | TexError:
    """A formula (TeX without its dollars) as it is read aloud."""
    tree = parse(tex)
    if isinstance(tree, TexError):
        return tree
    said = _PAUSES.sub(lambda pause: "、" if "、" in pause[0] else ", ", " ".join(_say(tree, words).split()))
    return said.strip("、, ")


def _say(node: Node, words: TypesetWords) -> str:
    match node:
        case Sign(name=name, kind=kind):
            return words.sign("," if kind is Kind.PUNCTUATION else name)
        case TextRun(text):
            return text
        case Space():
            return ""
        case Row(items):
            return " ".join(_say(item, words) for item in items)
        case Fraction(top, bottom, ruled):
            said = _say(top, words), _say(bottom, words)
            if not ruled:
                return words.say_binomial(*said)
            return words.say_fraction(*said, brief=_is_brief(top) and _is_brief(bottom))
        case Root(body, degree):
            return words.say_root(_say(body, words), _say(degree, words) if degree else "", brief=_is_brief(body))
        case Scripts():
            return _say_scripts(node, words)
        case Accent(name, body):
            return words.say_accent(name, _say(body, words))
        case Fenced():
            return _say_fenced(node, words)
        case Grid():
            return _say_grid(node, words)


def _is_brief(node: Node) -> bool:
    """Whether a part is heard as one thing, so that its end needs no word."""
    match node:
        case Row(items):
            items = items[1:] if items[:1] == (sign_of("-"),) else items
            signs = [item for item in items if isinstance(item, Sign)]
            operators = [sign for sign in signs if sign.kind in {Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION}]
            return len(items) <= 2 and not operators and all(_is_brief(item) for item in items)
        case Sign(kind=kind):
            return kind is Kind.ORDINARY
        case TextRun():
            return True
        case Scripts(base, below, above):
            return all(_is_brief(part) for part in (base, below, above) if part is not None)
        case Accent(_, body):
            return _is_brief(body)
        case _:
            return False


def _say_scripts(node: Scripts, words: TypesetWords) -> str:
    base = _say(node.base, words)
    below = _say(node.below, words) if node.below else ""
    match node.base:
        case Sign(limits=True):
            return words.say_limits(base, below, _say(node.above, words) if node.above else "")
        case Accent() as accent if accent.stacks:
            return words.say_labelled(base, below or (_say(node.above, words) if node.above else ""))
        case _:
            said = words.say_script(base, _grouped(node.below, words), below=True) if node.below else base
            return _say_above(said, node.above, words) if node.above else said


def _say_above(base: str, above: Node, words: TypesetWords) -> str:
    """A superscript: primes, a transposition, an index in brackets, or a power."""
    signs = raised(above) or ""
    if signs and set(signs) == {"′"}:
        return words.prime.format(base=base) + words.prime.format(base="") * (len(signs) - 1)
    if signs == "ᵀ":
        return words.transposed.format(base=base)
    if isinstance(above, TextRun) or signs.startswith(("⁽", "*", "†")):
        inner = above.items[1:-1] if isinstance(above, Row) and signs.startswith("⁽") else (above,)
        return words.say_script(base, _grouped(Row(inner), words), below=False)
    if isinstance(above, Row) and above.items and above.items[0] == Sign("prime", "′", "'"):
        return _say_above(words.prime.format(base=base), Row(above.items[1:]), words)
    return words.say_power(base, _grouped(above, words))


def _grouped(script: Node, words: TypesetWords) -> str:
    """A script; a long one between pauses, so that its end is heard."""
    said = _say(script, words)
    return said if _is_brief(script) else words.group.format(body=said)


def _say_fenced(node: Fenced, words: TypesetWords) -> str:
    inner = [_say(part, words) for part in node.parts]
    first = node.parts[0]
    if (isinstance(first, Grid) and "|" not in node.fences) or (isinstance(first, Fraction) and not first.ruled):
        return inner[0]
    paired = node.fences[0] == node.fences[-1]
    said = [_say_fence(fence, words, closing=index > 0, paired=paired) for index, fence in enumerate(node.fences)]
    return said[0] + " " + " ".join(f"{part} {fence}" for part, fence in zip(inner, said[1:], strict=True))


def _say_fence(fence: str, words: TypesetWords, *, closing: bool, paired: bool) -> str:
    if not fence:
        return ""
    if fence in _PAIRS and paired:
        return words.sign(_PAIRS[fence][closing])
    return words.sign(_FENCE_NAMES.get(fence, fence))


def _say_grid(node: Grid, words: TypesetWords) -> str:
    lines = [[_say(cell, words) for cell in row] for row in node.rows]
    match node.style:
        case "cases":
            return words.say_cases([words.pause.join(line) for line in lines])
        case "matrix":
            return words.say_matrix(len(lines), len(node.aligns), [words.pause.join(line) for line in lines])
        case _:
            return words.pause.join(" ".join(line) for line in lines)
