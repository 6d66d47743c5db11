"""A formula as words to be heard."""

import re
from collections.abc import Iterator

from studyapp.domain.text import Text, language
from studyapp.typeset import tree
from studyapp.typeset.inline import raised
from studyapp.typeset.signs import NARROW, sign_of
from studyapp.typeset.tex import parse
from studyapp.typeset.tree import Kind

_GREEK = """
alpha アルファ; beta ベータ; gamma ガンマ; delta デルタ; epsilon varepsilon イプシロン; zeta ゼータ; eta イータ
theta vartheta シータ; iota イオタ; kappa カッパ; lambda ラムダ; mu ミュー; nu ニュー; xi クサイ; omicron オミクロン
pi varpi パイ; rho varrho ロー; sigma varsigma シグマ; tau タウ; upsilon ウプシロン; phi varphi ファイ; chi カイ
psi プサイ; omega オメガ
"""
_SIGNS = """
+ プラス plus; - マイナス minus; = イコール equals; < lt 小なり is less than
> gt 大なり is greater than; le leq leqslant 小なりイコール is at most; ge geq geqslant 大なりイコール is at least
ne neq ノットイコール is not equal to; ll はるかに小さい is much less than; gg はるかに大きい is much greater than
approx simeq ほぼ等しい is approximately; cong 合同 is congruent to; equiv 恒等的に等しい is identical to
sim 従う is distributed as; propto 比例 is proportional to; in 属する in; notin 属さない not in
subset subseteq 部分集合 is a subset of; to rightarrow longrightarrow 矢印 to
leftarrow gets longleftarrow 左矢印 becomes; mapsto 写像 maps to; Rightarrow implies Longrightarrow ならば implies
therefore ゆえに therefore; because なぜなら because; iff Leftrightarrow 同値 if and only if; mid 縦棒 given
| vert 縦棒 bar; Vert parallel 二重縦棒 double bar; perp 直交 is orthogonal to; coloneqq 定義 is defined as
cdot times * ast かける times; div わる divided by; / わる over; pm プラスマイナス plus or minus
mp マイナスプラス minus or plus; odot 要素ごとにかける elementwise times; otimes テンソル積 tensor
oplus 直和 direct sum; circ 合成 composed with; cup 和集合 union; cap 共通部分 intersection; setminus 差集合 without
partial ラウンド partial; nabla ナブラ gradient; infty 無限大 infinity; ell エル l; emptyset 空集合 empty set
forall すべての for all; exists 存在する there exists; prime プライム prime
ldots dots cdots dotsc dotsb vdots ddots など and so on; % パーセント percent; degree 度 degrees; ! 階乗 factorial
top トップ top; dagger ダガー dagger; . てん point; , 、 ,; : コロン colon; sum 総和 sum; prod 総乗 product
int 積分 integral; oint 周回積分 contour integral; log ログ; ln 自然対数 natural log; exp エクスポネンシャル exp
sin サイン sine; cos コサイン cosine; tan タンジェント tangent; sinh ハイパボリックサイン hyperbolic sine
cosh ハイパボリックコサイン hyperbolic cosine; tanh ハイパボリックタンジェント hyperbolic tangent
coth ハイパボリックコタンジェント hyperbolic cotangent; sec セカント secant; csc コセカント cosecant
cot コタンジェント cotangent; arcsin アークサイン arc sine; arccos アークコサイン arc cosine
arctan アークタンジェント arc tangent; max マックス maximum; min ミン minimum; lim リミット limit
argmax アーグマックス arg max; argmin アーグミン arg min; sup 上限 supremum; inf 下限 infimum; det 行列式 determinant
( かっこ open paren; ) かっことじ close paren; [ 角かっこ open bracket; ] 角かっことじ close bracket
{ lbrace 波かっこ open brace; } rbrace 波かっことじ close brace; lvert 絶対値 absolute value of
rvert 絶対値とじ end absolute value; lVert ノルム norm of; rVert ノルムとじ end norm; lfloor 床関数 floor of
rfloor 床関数とじ end floor; lceil 天井関数 ceiling of; rceil 天井関数とじ end ceiling; langle 山かっこ open angle
rangle 山かっことじ close angle
"""


def _readings() -> tuple[dict[str, str], dict[str, str]]:
    """The readings of signs by TeX name, in Japanese and in English; capital letters after their small ones."""
    japanese: dict[str, str] = {}
    english: dict[str, str] = {}
    for table in (_GREEK, _SIGNS):
        for words in map(str.split, filter(str.strip, table.replace("\n", ";").split(";"))):
            at = next(index for index, word in enumerate(words) if word[0] >= "\u3000")
            for name in words[:at]:
                japanese[name] = words[at]
                english[name] = " ".join(words[at + 1 :]) or name.removeprefix("var")
            if table is _GREEK:
                japanese[words[0].capitalize()] = f"大文字{words[at]}"
                english[words[0].capitalize()] = f"capital {words[0]}"
    return japanese, english


SIGNS = dict(zip(("ja", "en"), _readings(), strict=True))
ACCENTS = {
    "hat": Text(ja="{body} ハット", en="{body} hat"),
    "bar": Text(ja="{body} バー", en="{body} bar"),
    "tilde": Text(ja="{body} チルダ", en="{body} tilde"),
    "vec": Text(ja="ベクトル {body}", en="vector {body}"),
    "dot": Text(ja="{body} ドット", en="{body} dot"),
    "ddot": Text(ja="{body} ツードット", en="{body} double dot"),
    "underline": Text(ja="下線 {body}", en="underlined {body}"),
    "check": Text(ja="{body} チェック", en="{body} check"),
    "breve": Text(ja="{body} ブリーブ", en="{body} breve"),
    "acute": Text(ja="{body} アキュート", en="{body} acute"),
    "grave": Text(ja="{body} グレーブ", en="{body} grave"),
}
FRACTION = Text(ja="、{bottom} 分の {top}、", en=", {top} over {bottom},")
LONG_FRACTION = Text(
    ja="、分数、分子 {top}、分母 {bottom}、分数おわり、", en=", fraction, {top}, over, {bottom}, end fraction,"
)
BINOMIAL = Text(ja="{top} 個から {bottom} 個を選ぶ組合せ", en=", {top} choose {bottom},")
POWERS = {"2": Text(ja="{base} の2乗", en="{base} squared"), "3": Text(ja="{base} の3乗", en="{base} cubed")}
POWER = Text(ja="{base} の {exponent} 乗", en="{base} to the power {exponent}")
TRANSPOSED = Text(ja="{base} の転置", en="{base} transposed")
CODE_LINES = Text(ja="コード {count} 行", en="1 line of code|{count} lines of code")
CODE_LINE = Text(ja="{number} 行目: {code}", en="Line {number}: {code}")
CODE_INDENTED = Text(ja="{number} 行目、字下げ {depth}: {code}", en="Line {number}, indented {depth}: {code}")
CODE_EMPTY = Text(ja="{number} 行目: 空行", en="Line {number}: empty")
BLANK = Text(ja="空欄", en="blank")
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
    ja="、{rows} 行 {columns} 列の行列、{lines}、行列おわり、", en=", {rows} by {columns} matrix, {lines}, end matrix,"
)
MATRIX_ROW = Text(ja="{number} 行目 {line}", en="row {number}: {line}")
CASES = Text(ja="{count} 通りの場合分け、{lines}、場合分けおわり", en="{count} cases, {lines}, end cases")
PAUSE = Text(ja="、", en=", ")

_PAIRS = {"|": ("lvert", "rvert"), "‖": ("lVert", "rVert")}
_FENCE_NAMES = {"⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil", "⟨": "langle", "⟩": "rangle"}
_UNDERSCORES = re.compile(r"_{3,}")
_PAUSES = re.compile(r"\s*[、,](?:\s*[、,])*\s*")


def speak(tex: str) -> str | tree.TexError:
    """A formula (TeX without its dollars) as it is read aloud."""
    formula = parse(tex)
    if isinstance(formula, tree.TexError):
        return formula
    words = " ".join(_say(formula).split())
    return _PAUSES.sub(lambda pause: "、" if "、" in pause[0] else ", ", words).strip("、, ")


def _say(node: tree.Node | None) -> str:
    match node:
        case None:
            return ""
        case tree.Sign(name=name, kind=kind):
            return _say_sign("," if kind is Kind.PUNCTUATION else name)
        case tree.TextRun(text):
            return text
        case tree.Space():
            return ""
        case tree.Row(items):
            return " ".join(map(_say, items))
        case tree.Fraction(top, bottom, ruled):
            brief = _is_brief(top) and _is_brief(bottom)
            template = (FRACTION if brief else LONG_FRACTION) if ruled else BINOMIAL
            return template(top=_say(top), bottom=_say(bottom))
        case tree.Root(body, None):
            return (ROOT if _is_brief(body) else LONG_ROOT)(body=_say(body))
        case tree.Root(body, degree):
            return NTH_ROOT(body=_say(body), degree=_say(degree))
        case tree.Scripts():
            return _say_scripts(node)
        case tree.Accent(name, body):
            accent = ACCENTS.get(NARROW.get(name, name))
            return accent(body=_say(body)) if accent else _say(body)
        case tree.Fenced():
            return _say_fenced(node)
        case tree.Grid():
            return _say_grid(node)


def _say_sign(name: str) -> str:
    return SIGNS[language()].get(name, name.removeprefix("var"))


def _is_brief(node: tree.Node) -> bool:
    """Whether a part is heard as one thing, so that its end needs no word."""
    match node:
        case tree.Row(items):
            items = items[1:] if items[:1] == (sign_of("-"),) else items
            kinds = {item.kind for item in items if isinstance(item, tree.Sign)}
            operators = kinds & {Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION}
            return len(items) <= 2 and not operators and all(map(_is_brief, items))
        case tree.Sign(kind=kind):
            return kind is Kind.ORDINARY
        case tree.TextRun():
            return True
        case tree.Scripts(base, below, above):
            return all(_is_brief(part) for part in (base, below, above) if part is not None)
        case tree.Accent(_, body):
            return _is_brief(body)
        case _:
            return False


def _say_scripts(node: tree.Scripts) -> str:
    base = _say(node.base)
    match node.base:
        case tree.Sign(limits=True):  # a sum, product, integral or extremum with its range
            below, above = _say(node.below), _say(node.above)
            return (FROM_TO if below and above else OVER)(name=base, below=below or above, above=above)
        case tree.Accent(stacks=True):
            return WITH_LABEL(body=base, label=_say(node.below) or _say(node.above))
    if node.below:
        base = SUBSCRIPT(base=base, script=_grouped(node.below))
    return _say_above(base, node.above) if node.above else base


def _say_above(base: str, above: tree.Node) -> str:
    """A superscript: primes, a transposition, an index in brackets, or a power."""
    signs = raised(above) or ""
    if signs and set(signs) == {"′"}:
        return PRIME(base=base) + PRIME(base="") * (len(signs) - 1)
    if signs == "ᵀ":
        return TRANSPOSED(base=base)
    if isinstance(above, tree.TextRun) or signs.startswith(("⁽", "*", "†")):
        inner = above.items[1:-1] if isinstance(above, tree.Row) and signs.startswith("⁽") else (above,)
        return SUPERSCRIPT(base=base, script=_grouped(tree.Row(inner)))
    if isinstance(above, tree.Row) and above.items[:1] == (sign_of("'"),):
        return _say_above(PRIME(base=base), tree.Row(above.items[1:]))
    exponent = _grouped(above)
    return POWERS.get(exponent, POWER)(base=base, exponent=exponent)


def _grouped(script: tree.Node) -> str:
    """A script; a long one between pauses, so that its end is heard."""
    return _say(script) if _is_brief(script) else GROUP(body=_say(script))


def _say_fenced(node: tree.Fenced) -> str:
    parts = [_say(part) for part in node.parts]
    match node.parts[0]:
        case tree.Grid() if "|" not in node.fences:
            return parts[0]
        case tree.Fraction(ruled=False):
            return parts[0]
    paired = node.fences[0] == node.fences[-1]
    names = [
        _PAIRS[fence][index > 0] if paired and fence in _PAIRS else _FENCE_NAMES.get(fence, fence)
        for index, fence in enumerate(node.fences)
    ]
    fences = [_say_sign(name) if name else "" for name in names]
    return fences[0] + " " + " ".join(f"{part} {fence}" for part, fence in zip(parts, fences[1:], strict=True))


def _say_grid(node: tree.Grid) -> str:
    rows = [[_say(cell) for cell in row] for row in node.rows]
    lines = [PAUSE().join(row) for row in rows]
    match node.style:
        case "cases":
            return CASES(count=len(lines), lines=PAUSE().join(lines))
        case "matrix":
            numbered = PAUSE().join(MATRIX_ROW(number=number, line=line) for number, line in enumerate(lines, 1))
            return MATRIX(rows=len(lines), columns=len(node.aligns), lines=numbered)
        case _:
            return PAUSE().join(" ".join(row) for row in rows)


def speak_code(code: str) -> Iterator[str]:
    """A program as it is read aloud: the count of its lines, then each with its number; blanks by that word."""
    rows = code.rstrip("\n").split("\n")
    yield CODE_LINES(count=len(rows))
    for number, row in enumerate(rows, 1):
        text, depth = _UNDERSCORES.sub(f" {BLANK()} ", row.strip()).strip(), (len(row) - len(row.lstrip())) // 4
        sentence = CODE_EMPTY if not text else CODE_INDENTED if depth else CODE_LINE
        yield sentence(number=number, depth=depth, code=" ".join(text.split()))
