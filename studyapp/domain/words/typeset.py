"""The sentences of `typeset`: how formulas are read aloud, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


def _readings(table: str) -> dict[str, str]:
    """Entries `name reading`, parted by semicolons; a reading may have several words."""
    entries = (entry.split(maxsplit=1) for entry in table.replace("\n", ";").split(";") if entry.strip())
    return {name: reading.strip() for name, reading in entries}


class TypesetWords(Sentences):
    """How the parts of a formula are said; `signs` and `accents` go by TeX names."""

    signs: Mapping[str, str]
    accents: Mapping[str, str]
    fraction: str
    long_fraction: str
    binomial: str
    square: str
    cube: str
    power: str
    transposed: str
    prime: str
    superscript: str
    subscript: str
    root: str
    long_root: str
    nth_root: str
    over: str
    from_to: str
    with_label: str
    group: str
    matrix: str
    matrix_row: str
    cases: str
    pause: str

    def sign(self, name: str) -> str:
        """A sign by its TeX name; a name without a reading is read as it stands."""
        return self.signs.get(name, name.removeprefix("var"))

    def say_fraction(self, top: str, bottom: str, *, brief: bool) -> str:
        """A fraction; a long one is closed, so that its end is heard."""
        return (self.fraction if brief else self.long_fraction).format(top=top, bottom=bottom)

    def say_binomial(self, top: str, bottom: str) -> str:
        """A choice of `bottom` out of `top`."""
        return self.binomial.format(top=top, bottom=bottom)

    def say_power(self, base: str, exponent: str) -> str:
        """A power; squares and cubes have words of their own."""
        return {"2": self.square, "3": self.cube}.get(exponent, self.power).format(base=base, exponent=exponent)

    def say_script(self, base: str, script: str, *, below: bool) -> str:
        """An index below, or one above in brackets."""
        return (self.subscript if below else self.superscript).format(base=base, script=script)

    def say_root(self, body: str, degree: str, *, brief: bool) -> str:
        """A root; square where there is no degree."""
        template = self.nth_root if degree else self.root if brief else self.long_root
        return template.format(body=body, degree=degree)

    def say_limits(self, name: str, below: str, above: str) -> str:
        """A sum, product, integral or extremum with its range."""
        return (self.from_to if below and above else self.over).format(name=name, below=below or above, above=above)

    def say_accent(self, name: str, body: str) -> str:
        """A letter with a mark."""
        return self.accents.get(name, "{body}").format(body=body)

    def say_labelled(self, body: str, label: str) -> str:
        """A part and the words at its brace."""
        return self.with_label.format(body=body, label=label)

    def say_matrix(self, rows: int, columns: int, lines: list[str]) -> str:
        """A matrix, row by row."""
        said = [self.matrix_row.format(number=number, line=line) for number, line in enumerate(lines, 1)]
        return self.matrix.format(rows=rows, columns=columns, lines=self.pause.join(said))

    def say_cases(self, lines: list[str]) -> str:
        """A distinction of cases."""
        return self.cases.format(count=len(lines), lines=self.pause.join(lines))


JA = TypesetWords(
    signs=_readings("""
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
    accents=_readings("""
hat {body} ハット; widehat {body} ハット; bar {body} バー; overline {body} バー; tilde {body} チルダ
widetilde {body} チルダ; vec ベクトル {body}; overrightarrow ベクトル {body}; dot {body} ドット
ddot {body} ツードット; underline 下線 {body}; check {body} チェック; breve {body} ブリーブ
acute {body} アキュート; grave {body} グレーブ
"""),
    fraction="、{bottom} 分の {top}、",
    long_fraction="、分数、分子 {top}、分母 {bottom}、分数おわり、",
    binomial="{top} 個から {bottom} 個を選ぶ組合せ",
    square="{base} の2乗",
    cube="{base} の3乗",
    power="{base} の {exponent} 乗",
    transposed="{base} の転置",
    prime="{base} プライム",
    superscript="{base} 上付き {script}",
    subscript="{base} 添字 {script}",
    root="ルート {body}",
    long_root="ルート、{body}、ルートおわり",
    nth_root="{degree} 乗根、{body}、根号おわり",
    over="、{below} についての {name}、",
    from_to="、{below} から {above} までの {name}、",
    with_label="{body}（{label}）",
    group="、{body}、",
    matrix="、{rows} 行 {columns} 列の行列、{lines}、行列おわり、",
    matrix_row="{number} 行目 {line}",
    cases="{count} 通りの場合分け、{lines}、場合分けおわり",
    pause="、",
)

EN = TypesetWords(
    signs=_readings("""
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
    accents=_readings("""
hat {body} hat; widehat {body} hat; bar {body} bar; overline {body} bar; tilde {body} tilde
widetilde {body} tilde; vec vector {body}; overrightarrow vector {body}; dot {body} dot
ddot {body} double dot; underline underlined {body}; check {body} check; breve {body} breve
acute {body} acute; grave {body} grave
"""),
    fraction=", {top} over {bottom},",
    long_fraction=", fraction, {top}, over, {bottom}, end fraction,",
    binomial=", {top} choose {bottom},",
    square="{base} squared",
    cube="{base} cubed",
    power="{base} to the power {exponent}",
    transposed="{base} transposed",
    prime="{base} prime",
    superscript="{base} superscript {script}",
    subscript="{base} sub {script}",
    root="root of {body}",
    long_root="root of, {body}, end root",
    nth_root="root of degree {degree} of, {body}, end root",
    over="{name} over {below} of",
    from_to="{name} from {below} to {above} of",
    with_label="{body} ({label})",
    group=", {body},",
    matrix=", {rows} by {columns} matrix, {lines}, end matrix,",
    matrix_row="row {number}: {line}",
    cases="{count} cases, {lines}, end cases",
    pause=", ",
)
