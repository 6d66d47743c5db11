"""The signs of mathematics (TeX name, Unicode, ASCII), and letters raised, lowered, in other shapes, with accents."""

import unicodedata
from collections.abc import Mapping

from studyapp.domain.functions import ROWS
from studyapp.typeset.tree import Kind, Sign

_GREEK = """
alpha α; beta β; gamma γ; delta δ; epsilon ϵ; varepsilon ε epsilon; zeta ζ; eta η; theta θ; vartheta ϑ theta; iota ι
kappa κ; lambda λ; mu μ; nu ν; xi ξ; omicron ο; pi π; varpi ϖ pi; rho ρ; varrho ϱ rho; sigma σ; varsigma ς sigma
tau τ; upsilon υ; phi ϕ; varphi φ phi; chi χ; psi ψ; omega ω
Alpha Α; Beta Β; Gamma Γ; Delta Δ; Epsilon Ε; Zeta Ζ; Eta Η; Theta Θ; Iota Ι; Kappa Κ; Lambda Λ; Mu Μ; Nu Ν; Xi Ξ
Omicron Ο; Pi Π; Rho Ρ; Sigma Σ; Tau Τ; Upsilon Υ; Phi Φ; Chi Χ; Psi Ψ; Omega Ω
"""
_ORDINARY = """
partial ∂ d; nabla ∇ grad; infty ∞ inf; ell ℓ l; hbar ℏ hbar; Re ℜ Re; Im ℑ Im; emptyset ∅ {}; varnothing ∅ {}
forall ∀ forall; exists ∃ exists; neg ¬ not; lnot ¬ not; top ⊤ T; bot ⊥ _|_; prime ′ '; dagger † +; ddagger ‡ ++
ldots … ...; dots … ...; dotsc … ...; cdots ⋯ ...; dotsb ⋯ ...; vdots ⋮ :; ddots ⋱ ...; angle ∠ angle; degree ° deg
% % %; _ _ _; # # #; $ $ $; & & &; Vert ‖ ||; vert | |; backslash \\ \\; square □ []; Box □ []; star ⋆ *
checkmark ✓ ok; triangle △ /\\; aleph ℵ aleph; imath ı i; jmath ȷ j; surd √ sqrt
"""
_BINARY = """
cdot · *; times × *; div ÷ /; pm ± +-; mp ∓ -+; ast ∗ *; odot ⊙ (*); otimes ⊗ (x); oplus ⊕ (+); ominus ⊖ (-)
circ ∘ o; bullet • *; cup ∪ cup; cap ∩ cap; setminus ∖ \\; land ∧ and; wedge ∧ and; lor ∨ or; vee ∨ or; bmod mod mod
"""
_RELATIONS = """
le ≤ <=; leq ≤ <=; leqslant ≤ <=; ge ≥ >=; geq ≥ >=; geqslant ≥ >=; ne ≠ !=; neq ≠ !=; lt < <; gt > >
ll ≪ <<; gg ≫ >>; approx ≈ ~=; equiv ≡ ==; sim ∼ ~; simeq ≃ ~=; cong ≅ ~=; propto ∝ propto; doteq ≐ .=
in ∈ in; notin ∉ not_in; ni ∋ ni; subset ⊂ subset; subseteq ⊆ subseteq; supset ⊃ supset; supseteq ⊇ supseteq
to → ->; rightarrow → ->; longrightarrow ⟶ -->; leftarrow ← <-; gets ← <-; longleftarrow ⟵ <--; mapsto ↦ |->
leftrightarrow ↔ <->; Rightarrow ⇒ =>; implies ⟹ ==>; Leftarrow ⇐ <=; Leftrightarrow ⇔ <=>; iff ⟺ <==>
uparrow ↑ ^; downarrow ↓ v; mid | |; parallel ∥ ||; perp ⊥ _|_; coloneqq ≔ :=; triangleq ≜ :=; models ⊨ |=
vdash ⊢ |-; colon : :; therefore ∴ so; because ∵ as; Longrightarrow ⟹ ==>; Longleftrightarrow ⟺ <==>
"""
_FENCES = """
lvert | | open; rvert | | close; lVert ‖ || open; rVert ‖ || close; lfloor ⌊ |_ open; rfloor ⌋ _| close
lceil ⌈ |^ open; rceil ⌉ ^| close; langle ⟨ < open; rangle ⟩ > close; { { { open; } } } close
lbrace { { open; rbrace } } close; lbrack [ [ open; rbrack ] ] close
"""
_LARGE = """
sum ∑ sum; prod ∏ prod; coprod ∐ coprod; int ∫ int; iint ∬ iint; iiint ∭ iiint; oint ∮ oint; bigcup ⋃ cup
bigcap ⋂ cap; bigoplus ⨁ (+); bigotimes ⨂ (x); bigodot ⨀ (*)
"""
_FUNCTIONS = "ln lg arg deg dim ker hom"
"""Functions beside those that formulas of the expression language are printed with."""
_PRINTED = [row.command for row in ROWS if row.command and row.command not in _GREEK.split()]
_FUNCTIONS_WITH_LIMITS = "max min sup inf lim limsup liminf det gcd Pr argmax argmin"


def _signs(table: str, kind: Kind, *, limits: bool = False) -> dict[str, Sign]:
    """Entries `name text [plain [open|close]]`; the name is the plain form where none is given."""
    signs = {}
    for entry in table.replace("\n", ";").split(";"):
        if entry.strip():
            name, text, plain, side, *_ = [*entry.split(), "", ""]
            signs[name] = Sign(name, text, plain or name, Kind[side.upper()] if side else kind, limits)
    return signs


_FENCE_SIGNS = _signs(_FENCES, Kind.ORDINARY)
COMMANDS: dict[str, Sign] = (
    _signs(_GREEK, Kind.ORDINARY)
    | _signs(_ORDINARY, Kind.ORDINARY)
    | _signs(_BINARY, Kind.BINARY)
    | _signs(_RELATIONS, Kind.RELATION)
    | _FENCE_SIGNS
    | _signs(_LARGE, Kind.LARGE, limits=True)
    | {name: Sign(name, name, name, Kind.OPERATOR) for name in (*_PRINTED, *_FUNCTIONS.split())}
    | {name: Sign(name, name, name, Kind.OPERATOR, limits=True) for name in _FUNCTIONS_WITH_LIMITS.split()}
)
COMMANDS["|"] = COMMANDS["Vert"]

_RAW: dict[str, Sign] = {
    "-": Sign("-", "−", "-", Kind.BINARY),
    "−": Sign("-", "−", "-", Kind.BINARY),
    "'": Sign("prime", "′", "'"),
}
_PLAIN = {
    Kind.ORDINARY: '|/."@`', Kind.BINARY: "+*", Kind.RELATION: ":=<>", Kind.PUNCTUATION: ",;", Kind.OPEN: "([",
    Kind.CLOSE: ")]!?",
}  # fmt: skip
_RAW |= {character: Sign(character, character, character, kind) for kind, row in _PLAIN.items() for character in row}

# A sign that an author types directly, `≤` for `\le`: the first command that looks so.
_TYPED = {sign.text: sign for sign in reversed(COMMANDS.values()) if not sign.text.isascii()}
_REFUSED = frozenset("#$%&\\{}^_~")

SPACES = {",": 1, ":": 1, ">": 1, ";": 1, " ": 1, "!": 0, "thinspace": 1, "quad": 2, "qquad": 4, "enspace": 1}

DELIMITERS: dict[str, str] = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩", ".": "",
    "\\{": "{", "\\}": "}", "\\|": "‖", "\\vert": "|", "\\Vert": "‖", "‖": "‖",
} | {f"\\{name}": sign.text for name, sign in _FENCE_SIGNS.items() if name.isalpha()}  # fmt: skip

_PLAIN_FENCES = {sign.text: sign.plain for sign in _FENCE_SIGNS.values()} | {"‖": "||"}


def plain_fence(fence: str) -> str:
    """A fence in ASCII."""
    return _PLAIN_FENCES.get(fence, fence)


def sign_of(character: str) -> Sign | None:
    """The sign of a single character; None where it has none."""
    if character in _REFUSED:
        return None
    plain = Sign(character, character, character) if character.isascii() and character.isalnum() else None
    return _RAW.get(character) or _TYPED.get(character) or plain


RAISED: Mapping[str, str] = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′∗*∘†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′**°†",
        strict=True,
    )
)
LOWERED: Mapping[str, str] = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
VULGAR: Mapping[tuple[str, str], str] = {
    ("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾", ("1", "5"): "⅕",
    ("1", "6"): "⅙", ("1", "8"): "⅛", ("3", "8"): "⅜", ("1", "10"): "⅒",
}  # fmt: skip

# How an accent looks: joined to one character, in a row of its own above a wider body, and in ASCII.
COMBINING: Mapping[str, str] = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "overline": "\u0305",
    "widehat": "\u0302", "widetilde": "\u0303", "underline": "\u0332", "overrightarrow": "\u20d7",
}  # fmt: skip
ABOVE: Mapping[str, tuple[str, str]] = {
    "hat": ("^", "^"), "tilde": ("~", "~"), "vec": ("→", "->"), "dot": ("·", "."), "ddot": ("··", ".."),
    "check": ("ˇ", "v"), "breve": ("˘", "u"), "acute": ("´", "'"), "grave": ("`", "`"),
    "widehat": ("^", "^"), "widetilde": ("~", "~"), "overrightarrow": ("→", "->"),
}  # fmt: skip
NARROW = {"overline": "bar", "widehat": "hat", "widetilde": "tilde", "overrightarrow": "vec"}
"""The accent of a single letter that an accent over several is like."""

_SHAPES = {
    "mathbf": "BOLD", "boldsymbol": "BOLD", "bm": "BOLD", "mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT",
    "mathscr": "SCRIPT", "mathfrak": "FRAKTUR",
}  # fmt: skip
_OLDER = {"DOUBLE-STRUCK": "DOUBLE-STRUCK", "SCRIPT": "SCRIPT", "FRAKTUR": "BLACK-LETTER"}


def restyled(character: str, style: str) -> str:
    """A letter or digit in the shape that a TeX command such as `mathbf` asks for; itself where there is none."""
    shape = _SHAPES.get(style)
    if shape is None or len(character) != 1:
        return character
    words = unicodedata.name(character, "?").split()
    case = words[1] if words[0] in {"LATIN", "GREEK"} else words[0]
    for candidate in (f"MATHEMATICAL {shape} {case} {words[-1]}", f"{_OLDER.get(shape, '-')} {case} {words[-1]}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return character


def accented(text: str, accent: str) -> str | None:
    """One character with its accent; None where the accent does not fit onto a single character."""
    mark = COMBINING.get(accent)
    if mark is None or len(text) != 1 or not text.isalnum():
        return None
    return unicodedata.normalize("NFC", text + mark)
