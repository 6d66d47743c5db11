"""The words and signs of a learner's formula, TeX included; names are still as written (`resolving` settles them)."""

import re
import unicodedata
from dataclasses import field
from difflib import get_close_matches
from typing import NamedTuple

from studyapp.domain.expression import Span
from studyapp.domain.functions import ALIASES, LEARNERS
from studyapp.domain.values import dataclass
from studyapp.language.names import SPELT, Vocabulary, Written, readings
from studyapp.language.normalise import Normalised
from studyapp.language.pratt import Token, check_number
from studyapp.language.refusal import LEARNER, refuse

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?P<exponent>[eE][+-]?[0-9]+)?")
FUNCTION_WORDS = frozenset({*LEARNERS, *ALIASES})
_APPLIED = re.compile(rf"({'|'.join(sorted(FUNCTION_WORDS, key=len, reverse=True))})(?=[0-9])")
MODULE = re.compile(
    r"(?<![A-Za-z_.])(?:np|numpy|jnp|math|torch|tf)\s*\.\s*(?:(?:linalg|nn|functional)\s*\.\s*)*"
    rf"(?=[A-Za-z_0-9]+\s*\(|(?:{'|'.join(FUNCTION_WORDS)}|pi|e)(?![A-Za-z_0-9]))"
)
"""A module before a function or constant: `np.sqrt(x)` is read as sqrt(x), even where n and p are symbols."""
_COMMAND = re.compile(r"\\([A-Za-z]+|.|\Z)", re.DOTALL)
_BRACED = re.compile(r"\*?\s*\{([^\W_]+)\}")
_LETTER = re.compile(r"\s*\{?([^\W\d_])\}?")
_SUFFIX = re.compile(
    r"""_\{(?P<group>[^{}]*)\}|_(?P<index>[0-9]+(?!\.[0-9])|[^\W\d_][^\W_]*)
    |\^(?:\{\((?P<layer>[^\W_]+)\)\}|\((?P<plain>[0-9]+)\)(?=_))
    |(?P<primes>'+)|\^(?P<raised>\{'+\}|\\prime(?![A-Za-z])|\{(?:\\prime\s*)+\})""",
    re.VERBOSE,
)
_SUFFIXES = frozenset("_^'")  # what a suffix begins with
_SIGN = re.compile(r"\*\*|<=|>=|==|!=|[-+*/^()\[\]{}|,=<>!%√]")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+")
_MATRIX_SIGN = re.compile(rf"{_SIGN.pattern}|[@⊙⊤‖']|\.(?=[A-Za-z])")
_COMMAND_SIGNS = (
    {"cdot": "*", "times": "*", "ast": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|"}
    | dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), "\\frac")
    | {"lbrace": "{", "rbrace": "}", "{": "{", "}": "}"}
    | {"le": "<=", "leq": "<=", "lt": "<", "ge": ">=", "geq": ">=", "gt": ">", "ne": "!=", "neq": "!=", "%": "%"}
)
_SIZES = frozenset(size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
_COMMAND_BLANKS = _SIZES | {",", ";", ":", "!", " ", "left", "right", "middle", "quad", "qquad", "limits"}
_COMMAND_BLANKS |= {"displaystyle", "textstyle", "scriptstyle"}
_COMMAND_WORDS = SPELT | FUNCTION_WORDS
_SUMS = frozenset({"sum", "prod", "int", "∑", "∏", "∫"})
_COMMAND_VARIANTS = {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varsigma": "sigma"}
_FONTS = frozenset({"mathrm", "operatorname", "text", "mathbf", "boldsymbol", "mathit", "bm"})
_FONTS |= {"textrm", "textit", "textbf", "mathsf", "mathtt", "mathcal", "rm"}
_ACCENTS = {"hat": "hat", "bar": "bar", "tilde": "tilde", "overline": "bar", "widehat": "hat"}
_MARKS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}


class UnresolvedName(NamedTuple):
    """A name not settled yet, between `start` and `stop`; `letters` may be cut into factors, the first of `least`."""

    written: Written
    primes: int
    start: int
    stop: int
    spaced: bool
    letters: str = ""
    least: int = 1
    letters_stop: int = 0


@dataclass(slots=True)
class Lexer:
    """One pass over a normalised text. `rows` keeps line ends and `;` as signs, for matrices."""

    plain: Normalised
    vocabulary: Vocabulary
    numeric: bool
    rows: bool
    at: int = 0
    spaced: bool = False
    tokens: list[Token | UnresolvedName] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.plain.text

    def run(self) -> list[Token | UnresolvedName]:
        """All tokens, closed by an `end` token."""
        stop = len(self.text)
        while self.at < stop:
            self._step()
            if len(self.tokens) > LEARNER.tokens:
                refuse("too-many-tokens", self.span(self.at - 1, self.at), str(LEARNER.tokens))
        self.tokens.append(Token("end", "", self.span(self.at, self.at), self.spaced))
        return self.tokens

    def span(self, start: int, stop: int) -> Span:
        """The typed range behind a range of the normalised text."""
        return self.plain.span(start, stop)

    def _step(self) -> None:
        text, at = self.plain.text, self.at
        signs = _MATRIX_SIGN if self.vocabulary.matrices else _SIGN
        char = text[at]
        if self.rows and char in "\n;":
            self._sign("\n", at + 1)
        elif char.isspace():
            self.at += 1
            self.spaced = True
        elif char.isalpha():  # the most frequent first
            if match := MODULE.match(text, at):
                self.at = match.end()
            else:
                self._word()
        elif match := signs.match(text, at):
            self._sign("**" if match[0] == "^" else match[0], match.end())
        elif match := _NUMBER.match(text, at):
            self._number(match)
        elif match := _COMMAND.match(text, at):
            self._command(match)
        elif unicodedata.decomposition(char).startswith("<fraction>"):
            self._vulgar_fraction(char)
        else:
            code = "sum-sign" if char in _SUMS else "unsupported-sign"
            refuse(code, self.span(at, at + 1), char)

    def _sign(self, sign: str, stop: int) -> None:
        self.tokens.append(Token("sign", sign, self.span(self.at, stop), self.spaced))
        self.at, self.spaced = stop, False

    def _number(self, match: re.Match[str]) -> None:
        span = self.span(*match.span())
        if self.text[match.end() : match.end() + 1] == ".":
            refuse("number-form", self.span(match.start(), match.end() + 1), match[0] + ".")
        check_number(match[0], span)
        if match["exponent"] and not self.numeric:
            # `2E-3` where E, or E3, is a symbol of the question.
            head, digits = match["exponent"][0], match["exponent"][1:].lstrip("+-")
            if any(readings(Written(name), self.vocabulary.symbols) for name in (head, head + digits)):
                refuse("ambiguous", span, match[0], readings=_scientific(match[0]))
        self.tokens.append(Token("number", match[0], span, self.spaced))
        self.at, self.spaced = match.end(), False

    def _vulgar_fraction(self, char: str) -> None:
        upper, _, lower = unicodedata.normalize("NFKC", char).partition("⁄")
        span = self.span(self.at, self.at + 1)
        before = self.tokens[-1] if self.tokens else None
        if not upper or not lower:
            refuse("unsupported-sign", span, char)
        if isinstance(before, Token) and before.kind == "number":
            whole = before.text
            either = (f"{whole} + {upper}/{lower}", f"{whole}*{upper}/{lower}")
            refuse("ambiguous", (before.span[0], span[1]), whole + char, readings=either)
        self.tokens += [Token("sign", "(", span, self.spaced), Token("number", upper, span), Token("sign", "/", span)]
        self.tokens += [Token("number", lower, span), Token("sign", ")", span)]
        self.at, self.spaced = self.at + 1, False

    def _word(self) -> None:
        text, start = self.text, self.at
        stop = match.end() if (match := _PLAIN_WORD.match(text, start)) else start
        while stop < len(text) and _continues(text[stop]):
            if stop > start and _marks(text[stop - 1]):
                break
            stop += 1
        head, marked = text[start:stop], _marks(text[stop - 1])
        applied = _APPLIED.match(head) if len(head) > 1 else None
        if applied and head not in self.vocabulary.symbols | self.vocabulary.functions:
            stop = self._applied(head, applied[0], start)
            self._finish(head[: stop - start], (), start, stop)
        elif marked and head not in self.vocabulary.symbols:
            bare = "".join(char for char in unicodedata.normalize("NFD", head) if char not in _MARKS)
            self._finish(bare, marked, start, stop)
        else:
            self._finish(head, (), start, stop)

    def _applied(self, head: str, function: str, start: int) -> int:
        """Where the function's name ends in a word such as `ln2`, `log2` or `log10`."""
        digits = re.match(r"[0-9]+", head[len(function) :])
        base = function + (digits[0] if digits else "")
        decimal = self.text[start + len(head) : start + len(head) + 1] == "." and base == head
        if base not in {"log2", "log10"} or decimal:
            return start + len(function)
        rest = head[len(base) :]
        if rest:
            either = (f"{base}({rest})", f"log({base[3:]}*{rest})")
            refuse("ambiguous", self.span(start, start + len(head)), head, readings=either)
        return start + len(base)

    def _command(self, match: re.Match[str]) -> None:
        command = _COMMAND_VARIANTS.get(match[1], match[1])
        if command in _COMMAND_BLANKS:
            self.at, self.spaced = match.end(), True
        elif command in _COMMAND_SIGNS:
            self._sign(_COMMAND_SIGNS[command], match.end())
            if _COMMAND_SIGNS[command] == "\\frac":
                self._braced()
                self._braced()
        elif command == "\\" and self.rows:
            self._sign("\n", match.end())
        elif command in _COMMAND_WORDS:
            self._finish(command, (), self.at, match.end(), whole=True)
        elif command in _FONTS and (inner := _BRACED.match(self.text, match.end())):
            self._finish(inner[1], (), self.at, inner.end(), whole=True)
        elif command in _ACCENTS and (inner := _LETTER.match(self.text, match.end())):
            self._finish(inner[1], (_ACCENTS[command],), self.at, inner.end(), whole=True)
        elif command in _FONTS and re.match(r"\s*[\w{]", self.text[match.end() :]):
            self.at, self.spaced = match.end(), True
        elif command in _SUMS:
            refuse("sum-sign", self.span(*match.span()), match[0])
        else:
            known = sorted(name for name in {*_COMMAND_WORDS, *_COMMAND_SIGNS} - {command} if len(name) > 1)
            near = [] if command in _FONTS else get_close_matches(command, known, 1, 0.75)
            refuse("unsupported-sign", self.span(*match.span()), match[0], nearest="\\" + near[0] if near else "")

    def _braced(self) -> None:
        r"""An argument of `\frac`: a group in braces, or the one digit, letter or command that TeX takes."""
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        char = self.text[self.at : self.at + 1]
        if char == "{":
            self._group()
        elif char and (char in "0123456789" or char.isalpha() or char == "\\"):
            span = self.span(self.at, self.at + 1)
            self.tokens.append(Token("sign", "{", span))
            if char in "0123456789":
                self.tokens.append(Token("number", char, span))
                self.at += 1
            elif char == "\\":
                self._step()
            else:
                self.tokens.append(UnresolvedName(Written(char), 0, self.at, self.at + 1, spaced=False))
                self.at += 1
            self.tokens.append(Token("sign", "}", span))
        if self.text[self.at : self.at + 1] in {"_", "."}:
            refuse("incomplete", self.span(self.at, self.at + 1), "\\frac")

    def _group(self) -> None:
        depth = 0
        while self.at < len(self.text):
            before = len(self.tokens)
            self._step()
            added = [token for token in self.tokens[before:] if isinstance(token, Token)]
            depth += sum(token.is_sign("{") - token.is_sign("}") for token in added)
            if len(self.tokens) > before and depth == 0:
                break

    def _finish(self, head: str, indices: tuple[str, ...], start: int, stop: int, *, whole: bool = False) -> None:
        layer, primes = "", 0
        letters, letters_stop = head, stop
        while self.text[stop : stop + 1] in _SUFFIXES and (match := _SUFFIX.match(self.text, stop)):
            raised = match["layer"] or match["plain"]
            if raised and (layer or primes):
                break
            if primes and not match["primes"] and not match["raised"]:
                break
            stop = match.end()
            layer = raised or layer
            primes += (match["primes"] or "").count("'") + len(re.findall(r"'|prime", match["raised"] or ""))
            indices += self._indices(match)
            if match["index"] and letters_stop == match.start():
                letters, letters_stop = letters + match[0], match.end()
        written = Written(head, indices, layer)
        least = len(head) if whole else 1
        self.tokens.append(UnresolvedName(written, primes, start, stop, self.spaced, letters, least, letters_stop))
        self.at, self.spaced = stop, False

    def _indices(self, match: re.Match[str]) -> tuple[str, ...]:
        if match["index"]:
            return (match["index"],)
        if match["group"] is None:
            return ()
        parts = tuple(part for part in re.split(r"[,\s]+", match["group"]) if part)
        if not parts or not all(part.isalnum() for part in parts):
            refuse("unsupported-sign", self.span(*match.span()), match[0])
        return parts


def _marks(char: str) -> tuple[str, ...]:
    return (
        () if char.isascii() else tuple(_MARKS[part] for part in unicodedata.normalize("NFD", char) if part in _MARKS)
    )


def _continues(char: str) -> bool:
    return char.isalpha() or "0" <= char <= "9" or "\u0300" <= char <= "\u036f"


def _scientific(text: str) -> tuple[str, str]:
    """The two readings of `2e-3` where it need not be a number in scientific form."""
    mantissa, _, exponent = text.lower().partition("e")
    power = f"({exponent})" if exponent.startswith("-") else exponent.lstrip("+")
    rest = f" {exponent[0]} {exponent[1:]}" if exponent[0] in "+-" else f"*{exponent}"
    return f"{mantissa}*10**{power}", f"{mantissa}*e{rest}"
