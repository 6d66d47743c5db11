"""A formula as words to be heard."""

from __future__ import annotations

import re

from studyapp.domain.text import Text, language
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


def _readings(table: str) -> dict[str, str]:
    """Entries `name reading`, parted by semicolons; a reading may have several words."""
    entries = (entry.split(maxsplit=1) for entry in table.replace("\n", ";").split(";") if entry.strip())
    return {name: reading.strip() for name, reading in entries}


SIGNS = {
    "ja": _readings("""
alpha アルファ; beta ベータ; gamma ガンマ; delta デルタ; epsilon イプシロン; varepsilon イプシロン
zeta ゼータ; eta イータ; theta シータ; vartheta シータ; iota イオタ; kappa カッパ; lambda ラムダ; mu ミュー
nu ニュー; xi クサイ; omicron オミクロン; pi パイ; varpi パイ; rho ロー; varrho ロー; sigma シグマ
varsigma シグマ; tau タウ; upsilon ウプシロン; phi ファイ; varphi ファイ; chi カイ; psi プサイ; omega オメガ
Alpha 大文字アルファ; Beta 大文字ベータ; Gamma 大文字ガンマ; Delta 大文字デルタ; Epsilon 大文字イプシロン
Zeta 大文字ゼータ; Eta 大文字イータ; Theta 大文字シータ; Iota 大文字イオタ; Kappa 大文字カッパ
Lambda 大文字ラムダ; Mu 大文字ミュー; Nu 大文字ニュー; Xi 大文字クサイ; Omicron 大文字オミクロン
Pi 大文字パイ; Rho 大文字ロー; Sigma 大文字シグマ; Tau 大文字タウ; Upsilon 大文字ウプシロン; Phi 大文字ファイ
Chi 大文字カイ; Psi 大文字プサイ; Omega 大文字オメガ; + プラス; - マイナス; = イコール; < 小なり; > 大なり
lt 小なり; gt 大なり; le 小なりイコール; leq 小なりイコール; leqslant 小なりイコール; ge 大なりイコール
geq 大なりイコール; geqslant 大なりイコール; ne ノットイコール; neq ノットイコール; ll はるかに小さい
gg はるかに大きい; approx ほぼ等しい; simeq ほぼ等しい; cong 合同; equiv 恒等的に等しい; sim 従う; propto 比例
in 属する; notin 属さない; subset 部分集合; subseteq 部分集合; to 矢印; rightarrow 矢印; longrightarrow 矢印
leftarrow 左矢印; gets 左矢印; longleftarrow 左矢印; mapsto 写像; Rightarrow ならば; implies ならば
Longrightarrow ならば; therefore ゆえに; because なぜなら; iff 同値; Leftrightarrow 同値; mid 縦棒; | 縦棒
vert 縦棒; Vert 二重縦棒; parallel 二重縦棒; perp 直交; coloneqq 定義; cdot かける; times かける; * かける
ast かける; div わる; / わる; pm プラスマイナス; mp マイナスプラス; odot 要素ごとにかける; otimes テンソル積
oplus 直和; circ 合成; cup 和集合; cap 共通部分; setminus 差集合; partial ラウンド; nabla ナブラ; infty 無限大
ell エル; emptyset 空集合; forall すべての; exists 存在する; prime プライム; ldots など; dots など; cdots など
dotsc など; dotsb など; vdots など; ddots など; % パーセント; degree 度; ! 階乗; top トップ; dagger ダガー
. てん; , 、; : コロン; sum 総和; prod 総乗; int 積分; oint 周回積分; log ログ; ln 自然対数
exp エクスポネンシャル; sin サイン; cos コサイン; tan タンジェント; sinh ハイパボリックサイン
cosh ハイパボリックコサイン; tanh ハイパボリックタンジェント
coth ハイパボリックコタンジェント; sec セカント
csc コセカント; cot コタンジェント; arcsin アークサイン; arccos アークコサイン; arctan アークタンジェント
max マックス; min ミン; lim リミット
argmax アーグマックス; argmin アーグミン; sup 上限; inf 下限; det 行列式; ( かっこ; ) かっことじ; [ 角かっこ
] 角かっことじ; { 波かっこ; } 波かっことじ; lbrace 波かっこ; rbrace 波かっことじ; lvert 絶対値
rvert 絶対値とじ; lVert ノルム; rVert ノルムとじ; lfloor 床関数; rfloor 床関数とじ; lceil 天井関数
rceil 天井関数とじ; langle 山かっこ; rangle 山かっことじ
"""),
    "en": _readings("""
Alpha capital alpha; Beta capital beta; Gamma capital gamma; Delta capital delta; Epsilon capital epsilon
Zeta capital zeta; Eta capital eta; Theta capital theta; Iota capital iota; Kappa capital kappa
Lambda capital lambda; Mu capital mu; Nu capital nu; Xi capital xi; Omicron capital omicron; Pi capital pi
Rho capital rho; Sigma capital sigma; Tau capital tau; Upsilon capital upsilon; Phi capital phi
Chi capital chi; Psi capital psi; Omega capital omega; + plus; - minus; = equals; < is less than
> is greater than; lt is less than; gt is greater than; le is at most; leq is at most; leqslant is at most
ge is at least; geq is at least; geqslant is at least; ne is not equal to; neq is not equal to
ll is much less than; gg is much greater than; approx is approximately; simeq is approximately
cong is congruent to; equiv is identical to; sim is distributed as; propto is proportional to; in in
notin not in; subset is a subset of; subseteq is a subset of; to to; rightarrow to; longrightarrow to
leftarrow becomes; gets becomes; longleftarrow becomes; mapsto maps to; Rightarrow implies; implies implies
Longrightarrow implies; therefore therefore; because because; iff if and only if
Leftrightarrow if and only if; mid given; | bar; vert bar; Vert double bar; parallel double bar
perp is orthogonal to; coloneqq is defined as; cdot times; times times; * times; ast times; div divided by
/ over; pm plus or minus; mp minus or plus; odot elementwise times; otimes tensor; oplus direct sum
circ composed with; cup union; cap intersection; setminus without; partial partial; nabla gradient
infty infinity; ell l; emptyset empty set; forall for all; exists there exists; prime prime; ldots and so on
dots and so on; cdots and so on; dotsc and so on; dotsb and so on; vdots and so on; ddots and so on; % percent
degree degrees; ! factorial; top top; dagger dagger; . point; , ,; : colon; sum sum; prod product
int integral; oint contour integral; ln natural log; exp exp; sin sine; cos cosine; tan tangent
sinh hyperbolic sine; cosh hyperbolic cosine; tanh hyperbolic tangent; coth hyperbolic cotangent
sec secant; csc cosecant; cot cotangent; arcsin arc sine; arccos arc cosine; arctan arc tangent
max maximum; min minimum; lim limit
argmax arg max; argmin arg min; sup supremum; inf infimum; det determinant; ( open paren; ) close paren
[ open bracket; ] close bracket; { open brace; } close brace; lbrace open brace; rbrace close brace
lvert absolute value of; rvert end absolute value; lVert norm of; rVert end norm; lfloor floor of
rfloor end floor; lceil ceiling of; rceil end ceiling; langle open angle; rangle close angle
"""),
}
ACCENTS = {
    "ja": _readings("""
hat {body} ハット; widehat {body} ハット; bar {body} バー; overline {body} バー; tilde {body} チルダ
widetilde {body} チルダ; vec ベクトル {body}; overrightarrow ベクトル {body}; dot {body} ドット
ddot {body} ツードット; underline 下線 {body}; check {body} チェック; breve {body} ブリーブ
acute {body} アキュート; grave {body} グレーブ
"""),
    "en": _readings("""
hat {body} hat; widehat {body} hat; bar {body} bar; overline {body} bar; tilde {body} tilde
widetilde {body} tilde; vec vector {body}; overrightarrow vector {body}; dot {body} dot
ddot {body} double dot; underline underlined {body}; check {body} check; breve {body} breve
acute {body} acute; grave {body} grave
"""),
}
FRACTION = Text(ja="、{bottom} 分の {top}、", en=", {top} over {bottom},")
LONG_FRACTION = Text(
    ja="、分数、分子 {top}、分母 {bottom}、分数おわり、",
    en=", fraction, {top}, over, {bottom}, end fraction,",
)
BINOMIAL = Text(ja="{top} 個から {bottom} 個を選ぶ組合せ", en=", {top} choose {bottom},")
SQUARE = Text(ja="{base} の2乗", en="{base} squared")
CUBE = Text(ja="{base} の3乗", en="{base} cubed")
POWER = Text(ja="{base} の {exponent} 乗", en="{base} to the power {exponent}")
TRANSPOSED = Text(ja="{base} の転置", en="{base} transposed")
PRIME = Text(ja="{base} プライム", en="{base} prime")
SUPERSCRIPT = Text(ja="{base} 上付き {script}", en="{base} superscript {script}")
SUBSCRIPT = Text(ja="{base} 添字 {script}", en="{base} sub {script}")
ROOT = Text(ja="ルート {body}", en="root of {body}")
LONG_ROOT = Text(ja="ルート、{body}、ルートおわり", en="root of, {body}, end root")
NTH_ROOT = Text(ja="{degree} 乗根、{body}、根号おわり", en="root of degree {degree} of, {body}, end root")
OVER = Text(ja="、{below} についての {name}、", en="{name} over {below} of")
FROM_TO = Text(ja="、{below} から {above} までの {name}、", en="{name} from {below} to {above} of")
WITH_LABEL = Text(ja="{body}（{label}）", en="{body} ({label})")
GROUP = Text(ja="、{body}、", en=", {body},")
MATRIX = Text(
    ja="、{rows} 行 {columns} 列の行列、{lines}、行列おわり、",
    en=", {rows} by {columns} matrix, {lines}, end matrix,",
)
MATRIX_ROW = Text(ja="{number} 行目 {line}", en="row {number}: {line}")
CASES = Text(ja="{count} 通りの場合分け、{lines}、場合分けおわり", en="{count} cases, {lines}, end cases")
PAUSE = Text(ja="、", en=", ")

_PAIRS = {"|": ("lvert", "rvert"), "‖": ("lVert", "rVert")}
_FENCE_NAMES = {"⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil", "⟨": "langle", "⟩": "rangle"}
_PAUSES = re.compile(r"\s*[、,](?:\s*[、,])*\s*")


def speak(tex: str) -> str | TexError:
    """A formula (TeX without its dollars) as it is read aloud."""
    tree = parse(tex)
    if isinstance(tree, TexError):
        return tree
    said = _PAUSES.sub(lambda pause: "、" if "、" in pause[0] else ", ", " ".join(_say(tree).split()))
    return said.strip("、, ")


def _say(node: Node) -> str:
    match node:
        case Sign(name=name, kind=kind):
            return _say_sign("," if kind is Kind.PUNCTUATION else name)
        case TextRun(text):
            return text
        case Space():
            return ""
        case Row(items):
            return " ".join(_say(item) for item in items)
        case Fraction(top, bottom, ruled):
            said = _say(top), _say(bottom)
            if not ruled:
                return BINOMIAL(top=said[0], bottom=said[1])
            return _say_fraction(*said, brief=_is_brief(top) and _is_brief(bottom))
        case Root(body, degree):
            return _say_root(_say(body), _say(degree) if degree else "", brief=_is_brief(body))
        case Scripts():
            return _say_scripts(node)
        case Accent(name, body):
            return _say_accent(name, _say(body))
        case Fenced():
            return _say_fenced(node)
        case Grid():
            return _say_grid(node)


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


def _say_scripts(node: Scripts) -> str:
    base = _say(node.base)
    below = _say(node.below) if node.below else ""
    match node.base:
        case Sign(limits=True):
            return _say_limits(base, below, _say(node.above) if node.above else "")
        case Accent() as accent if accent.stacks:
            return WITH_LABEL(body=base, label=(below or (_say(node.above) if node.above else "")))
        case _:
            said = SUBSCRIPT(base=base, script=_grouped(node.below)) if node.below else base
            return _say_above(said, node.above) if node.above else said


def _say_above(base: str, above: Node) -> str:
    """A superscript: primes, a transposition, an index in brackets, or a power."""
    signs = raised(above) or ""
    if signs and set(signs) == {"′"}:
        return PRIME(base=base) + PRIME(base="") * (len(signs) - 1)
    if signs == "ᵀ":
        return TRANSPOSED(base=base)
    if isinstance(above, TextRun) or signs.startswith(("⁽", "*", "†")):
        inner = above.items[1:-1] if isinstance(above, Row) and signs.startswith("⁽") else (above,)
        return SUPERSCRIPT(base=base, script=_grouped(Row(inner)))
    if isinstance(above, Row) and above.items and above.items[0] == Sign("prime", "′", "'"):
        return _say_above(PRIME(base=base), Row(above.items[1:]))
    return _say_power(base, _grouped(above))


def _grouped(script: Node) -> str:
    """A script; a long one between pauses, so that its end is heard."""
    said = _say(script)
    return said if _is_brief(script) else GROUP(body=said)


def _say_fenced(node: Fenced) -> str:
    inner = [_say(part) for part in node.parts]
    first = node.parts[0]
    if (isinstance(first, Grid) and "|" not in node.fences) or (isinstance(first, Fraction) and not first.ruled):
        return inner[0]
    paired = node.fences[0] == node.fences[-1]
    said = [_say_fence(fence, closing=index > 0, paired=paired) for index, fence in enumerate(node.fences)]
    return said[0] + " " + " ".join(f"{part} {fence}" for part, fence in zip(inner, said[1:], strict=True))


def _say_fence(fence: str, *, closing: bool, paired: bool) -> str:
    if not fence:
        return ""
    if fence in _PAIRS and paired:
        return _say_sign(_PAIRS[fence][closing])
    return _say_sign(_FENCE_NAMES.get(fence, fence))


def _say_grid(node: Grid) -> str:
    lines = [[_say(cell) for cell in row] for row in node.rows]
    match node.style:
        case "cases":
            return _say_cases([PAUSE().join(line) for line in lines])
        case "matrix":
            return _say_matrix(len(lines), len(node.aligns), [PAUSE().join(line) for line in lines])
        case _:
            return PAUSE().join(" ".join(line) for line in lines)


def _say_sign(name: str) -> str:
    """A sign by its TeX name; a name without a reading is read as it stands."""
    return SIGNS[language()].get(name, name.removeprefix("var"))


def _say_fraction(top: str, bottom: str, *, brief: bool) -> str:
    """A fraction; a long one is closed, so that its end is heard."""
    return (FRACTION if brief else LONG_FRACTION)(top=top, bottom=bottom)


def _say_power(base: str, exponent: str) -> str:
    """A power; squares and cubes have words of their own."""
    return {"2": SQUARE, "3": CUBE}.get(exponent, POWER)(base=base, exponent=exponent)


def _say_root(body: str, degree: str, *, brief: bool) -> str:
    """A root; square where there is no degree."""
    template = NTH_ROOT if degree else ROOT if brief else LONG_ROOT
    return template(body=body, degree=degree)


def _say_limits(name: str, below: str, above: str) -> str:
    """A sum, product, integral or extremum with its range."""
    return (FROM_TO if below and above else OVER)(name=name, below=below or above, above=above)


def _say_accent(name: str, body: str) -> str:
    """A letter with a mark."""
    return ACCENTS[language()].get(name, "{body}").format(body=body)


def _say_matrix(rows: int, columns: int, lines: list[str]) -> str:
    """A matrix, row by row."""
    said = [MATRIX_ROW(number=number, line=line) for number, line in enumerate(lines, 1)]
    return MATRIX(rows=rows, columns=columns, lines=PAUSE().join(said))


def _say_cases(lines: list[str]) -> str:
    """A distinction of cases."""
    return CASES(count=len(lines), lines=PAUSE().join(lines))
