"""Why no question could be drawn, in both languages; and the messages of the mathematics in Japanese."""

import re
from functools import cache

from studyapp.domain.question import Undrawable
from studyapp.domain.text import Text, language

NEVER = "never-"
REASONS = {
    "check": Text(
        ja="{at}answer は {answer}、{detail} は {other} になります。\n"
        "answer と check のどちらが正しいかを確かめ、誤っているほうを直してください。",
        en="{at}answer gives {answer}, {detail} gives {other}.\nSee which of the two is right, and correct the other.",
    ),
    "float": Text(
        ja="{detail} を 50 桁で計算すると {answer}、倍精度で計算すると {other} になります。\n"
        "桁落ちやあふれの起きない式に書き換えるか、draw の範囲を狭めてください。",
        en="{detail} is {answer} with 50 digits, but {other} in double precision.\n"
        "Write it so that nothing cancels or overflows, or narrow draw.",
    ),
    "check-undecided": Text(
        ja="answer と check「{detail}」が等しいかどうかを確かめられません。\n"
        "check を簡単な式に書き換えるか、symbols の範囲を狭めてください。",
        en="It cannot be decided whether answer equals the check “{detail}”.\n"
        "Write the check more simply, or narrow the domains under symbols.",
    ),
    "code": Text(
        ja="answer のコードは、試すどの配列でも値をもちません（{detail}）。\nコードか、arrays の形を直してください。",
        en="The code of answer has no value on any of the arrays that are tried ({detail}).\n"
        "Correct the code, or the shapes under arrays.",
    ),
    "value": Text(
        ja="「{answer}」を計算できません: {detail}。\nこの式を直してください。",
        en="“{answer}” cannot be computed: {detail}.\nCorrect this expression.",
    ),
    "too-much-work": Text(
        ja="計算の量が多すぎます（{detail}）。\nベクトルや行列を小さくするか、式を簡単にしてください。",
        en="It would take too much work ({detail}).\nMake vectors and matrices smaller, or the expressions simpler.",
    ),
    "shape-number": Text(
        ja="answer は {detail} のベクトルか行列ですが、ここには一つの数が要ります。\n"
        "一つの数になる式にするか、kind: vector にしてください。",
        en="answer is a vector or matrix of {detail}; one number is needed here.\n"
        "Write an expression that gives one number, or say kind: vector.",
    ),
    "shape-vector": Text(
        ja="kind: vector には、ベクトルか行列になる式が要りますが、answer は一つの数 {detail} です。\n"
        "`(a, b)` のように書くか、kind: number にしてください。",
        en="kind: vector needs a vector or a matrix, but answer is the single number {detail}.\n"
        "Write it as `(a, b)`, or say kind: number.",
    ),
    "finite": Text(
        ja="answer「{detail}」が有限の数になりません。\n0 で割る値や、対数が定義されない値を where で避けてください。",
        en="answer “{detail}” is not a finite number.\nExclude with where what divides by 0, or has no logarithm.",
    ),
    "answer": Text(
        ja="{detail} に answer がありません。\nanswer を書いてください。",
        en="{detail} has no answer.\nGive it an answer.",
    ),
    "where": Text(
        ja="where の条件「{detail}」が成り立ちません。\n条件を緩めるか、draw の範囲を広げてください。",
        en="The condition “{detail}” of where is not met.\nLoosen it, or widen draw.",
    ),
    "mistake-near": Text(
        ja="誤答 {detail} が正答に近すぎて、採点で区別できません。\n"
        "誤答の式か digits を見直すか、where で近い値を避けてください。",
        en="The mistake {detail} is too near to the key to be distinguished from it when graded.\n"
        "Look at its expression and at digits, or exclude near values with where.",
    ),
    "right-count": Text(
        ja="right の条件と選択肢の数が違います（{detail}）。\n選択肢ごとに条件を一つずつ、書いた順に並べてください。",
        en="The conditions under right and the options differ in number ({detail}).\n"
        "Give one condition for each option, in written order.",
    ),
    "right": Text(
        ja="成り立つ right の条件が {detail} 個あります。\n"
        "ちょうど一つだけ成り立つように、条件か draw を見直してください。",
        en="{detail} of the conditions under right hold.\nChange the conditions or draw so that exactly one holds.",
    ),
    "options-equal": Text(
        ja="同じ選択肢「{detail}」が二つ並びます。\n選択肢の穴が違う値になるように、where で制限してください。",
        en="The option “{detail}” is shown twice.\nUse where so that the holes of the options differ.",
    ),
    "already-ordered": Text(
        ja="並べる項目が、初めから正しい順に並びます。\n項目か shown を増やしてください。",
        en="The entries are in the right order from the start.\nWrite more entries, or raise shown.",
    ),
    "options": Text(
        ja="選択肢が足りません（{detail}）。\n選択肢を増やしてください。",
        en="There are too few options ({detail}).\nWrite more of them.",
    ),
    "scene": Text(
        ja="場面「{detail}」の文がありません。\n見出し「場面」の下に項目を書いてください。",
        en="The scene “{detail}” has no sentence.\nWrite an item for it below the heading Scenes.",
    ),
    "few-losses": Text(
        ja="場面「{detail}」に、誤りの選択肢になる損失が足りません。\n場面の事実を増やすか、shown を減らしてください。",
        en="Too few losses are wrong for the scene “{detail}”.\nState more facts of the scene, or lower shown.",
    ),
    "rounding": Text(
        ja="表示した値から {detail} を計算すると、正答の最後の桁が変わります。\ndigits を減らしてください。",
        en="Computed from the values as they are shown, the last digit of {detail} changes.\nLower digits.",
    ),
    "small": Text(
        ja="{detail} が小さすぎて、求める桁に現れません。\ndigits を増やすか、significant にしてください。",
        en="{detail} is too small to show at the digits asked for.\nRaise digits, or use significant.",
    ),
    "missing": Text(
        ja="{detail} に、その id の練習がありません。\nid を確かめてください。",
        en="{detail} has no exercise of that id.\nCheck the id.",
    ),
}
REDRAWN = Text(ja="200 回引き直しても同じです。", en=" It was drawn 200 times.")
UNDEFINED = Text(ja="未定義", en="no value")
AT_POINT = Text(ja="{point} のとき、", en="at {point} ")
SEED_ALONE = Text(ja="種 {seed}", en="seed {seed}")
SEED_WITH_VALUES = Text(ja="種 {seed}（{drawn}）", en="seed {seed} ({drawn})")
PROBLEMS = {
    "this cannot be computed": "値どうしの組み合わせが計算に合いません",
    "this cannot be computed: operands could not be broadcast together with shapes {left} {right}": (
        "形が合いません: {left} と {right}"
    ),
    "this cannot be computed: {error}": "値どうしの組み合わせが計算に合いません",
    "D differentiates one number, not a vector": "D で微分できるのは一つの数で、ベクトルは微分できません",
    "D takes a formula and the symbol to differentiate by": "D は、式と微分する変数の二つを取ります",
    "D differentiates by a symbol, or by an entry of one": "D で微分する変数には、文字か、その成分を書いてください",
    "if takes a condition and two values": "if は、条件と二つの値を取ります",
    "unknown name '{name}'": "{name} という名前に値がありません",
    "unknown function '{name}'": "{name} という関数はありません",
    "shapes do not fit: {left} and {right}": "形が合いません: {left} と {right}",
    "shapes do not fit: {shapes}": "形が合いません: {shapes}",
    "{function}: shapes do not fit: {left} and {right}": "{function} の引数の形が合いません: {left} と {right}",
    "{function}: shapes do not fit: {shapes}": "{function} の引数の形が合いません: {shapes}",
    "unknown function '{name}': write {instead}": "{name} という関数はありません。{instead} と書きます",
    "{count} indices are too many for the shape {shape}": "形 {shape} に対して添字が {count} 個あります",
    "index {places} is outside an axis of {size}": "添字 {places} が、大きさ {size} の軸の外です",
    "a place below 0 is written with a minus sign, found {place}": (
        "添字が {place} になります。後ろから数えるときは、負の数をそのまま書きます"
    ),
    "the step of a slice is not 0": "範囲の間隔に 0 は使えません",
    "a slice belongs into an index": "範囲は添字の中だけで使えます",
    "there is no axis {axis} in the shape {shape}": "形 {shape} に軸 {axis} はありません",
    "an axis belongs to one array": "axis を付けるときは、値を一つだけ渡します",
    "more than {most} axes": "軸が {most} 個を超えています",
    "symbols have no order": "文字は大小を比べられません",
    "range from {low} to {high} has no numbers": "range の {low} から {high} までに整数がありません",
    "reshape: {count} elements do not fit the shape {shape}": "reshape の {count} 個の成分が形 {shape} に合いません",
    "{function}: a square matrix is needed, found the shape {shape}": (
        "{function} には正方行列が要りますが、形は {shape} です"
    ),
    "{function}: {most} rows at most, found {found}": "{function} は {most} 行までですが、{found} 行です",
    "{function} by formula: {most} rows at most, found {found}": (
        "文字の行列の {function} は {most} 行までですが、{found} 行です"
    ),
    "{function}: the matrix has no inverse: {found}": "{function} の行列に逆行列がありません: {found}",
    "quantile: a share is between 0 and 1": "quantile の割合は 0 から 1 までです",
    "quantile: method=halves knows 0.25, 0.5 and 0.75 alone": (
        "quantile の method=halves で使えるのは 0.25、0.5、0.75 だけです"
    ),
    "var: {count} values are too few for ddof={ddof}": "var の値が {count} 個では、ddof={ddof} には足りません",
    "rows of different shapes: {shapes}": "行の形が揃っていません: {shapes}",
    "more than {most} elements to differentiate by trees": "微分する要素が {most} 個を超えています",
    "more than {most} elements for an exact value": "厳密値を求める要素が {most} 個を超えています",
    "more than {most} elements": "要素が {most} 個を超えています",
    "more than {most} operations": "演算が {most} 回を超えています",
    "more than {most} derivatives": "D の入れ子が {most} 段を超えています",
    "'{name}' is a value, not a function": "{name} は値で、関数ではありません",
    "{function} takes numbers, not words": "{function} には、言葉ではなく数を渡します",
    "{function} does not take {count} values, or one of its options": (
        "{function} は {count} 個の値、または書かれたオプションを取りません"
    ),
    "{function} takes ({names}), found {count} arguments": "{function} の引数は {names} ですが、{count} 個あります",
    "no point meets the conditions": "条件を満たす点がありません",
    "relations in a circle: {names}": "given の関係が循環しています: {names}",
    "a formula of more than {most} terms": "式の項が {most} 個を超えています",
    "{name} is not a number": "{name} が一つの数になりません",
    "a vector where one number is needed": "一つの数が要るところにベクトルがあります",
    "a value is too large to be computed": "値が大きすぎて計算できません",
    "a power is too large for an exact value": "べきが大きすぎて厳密値を求められません",
    "an exact value has too many digits": "厳密値の桁数が多すぎます",
    "{function} has no derivative of order {order}": "{function} の {order} 階の導関数はありません",
    "{function} has no rule of differentiation": "{function} は微分できません",
    "only numbers can be differentiated": "数だけが微分できます",
    "no tree can be made of {value}": "{value} は式にできません",
    "the derivative is too large to be followed": "導関数が大きくなりすぎます",
    "a whole number is needed, found {value}": "整数が要りますが、{value} です",
    "labels are whole numbers from 0 to {most}, found {found}": (
        "ラベルは 0 から {most} までの整数ですが、{found} です"
    ),
    "one_hot: labels {labels} for {count} classes": "one_hot のラベル {labels} が {count} クラスに合いません",
    "nothing to gather": "集める値がありません",
    "{function} of nothing": "{function} に渡す値がありません",
    "{function} of an empty vector": "空のベクトルの {function} は求められません",
    "{function} of an empty vector: {found}": "{function} に空のベクトルは渡せません（{found}）",
    "{function} of an empty batch has no mean": "{function} は空のバッチでは平均が求められません",
    "no number from {low} to {high}": "{low} から {high} までに数がありません",
    "draw knows {names}": "draw に書けるのは {names} です",
    "{function}: an option is too large": "{function} のオプションが大きすぎます",
    "{function}: wrong number of values, or an unknown option": (
        "{function} の値の個数が違うか、知らないオプションがあります"
    ),
    "{function}: the bounds are too large": "{function} の範囲が大きすぎます",
    "a draw takes plain numbers": "draw の関数には、ベクトルや言葉ではなく数を渡します",
    "a size is a whole number from 1 to {most}, found {found}": "個数は 1 から {most} までの整数ですが、{found} です",
    "digits go from 0 to {most}, found {found}": "digits は 0 から {most} までですが、{found} です",
    "{count} probabilities need more digits than {digits}": "確率 {count} 個には、{digits} 桁では足りません",
    "{count} different integers are more than there are from {low} to {high}": (
        "{low} から {high} までに、異なる整数は {count} 個ありません"
    ),
    "no matrix from {low} to {high} has an inverse": "{low} から {high} までの整数で、逆行列のある行列を引けません",
    "a matrix of {most} rows at most, found {found}": "行列は {most} 行までですが、{found} 行です",
    "pick of nothing": "pick に選ぶものがありません",
    "sample of {count} from {most}": "{most} 個から {count} 個は選べません",
    "the value is {value}": "値が {value} になります",
    "the value is too large or too small to be written": "値が大きすぎるか小さすぎて、書き表せません",
    "conv_output: the kernel is larger than the padded input: {k} on {n} with padding {padding}": (
        "conv_output のカーネル {k} が、パディング {padding} を足した入力 {n} より大きくなっています"
    ),
    "groups divide both channels, found {groups} for {cin} and {cout}": (
        "groups は両方のチャネル数を割り切る数ですが、{cin} と {cout} に対して {groups} です"
    ),
    "two layer sizes at least are needed, found {count}": "層の大きさが二つ以上要りますが、{count} 個です",
    "{function}: not positive definite: {found}": "{function} の行列が正定値ではありません: {found}",
    "{function}: not symmetric: {found}": "{function} の行列が対称ではありません: {found}",
    "{function}: the kernel {kernel} is larger than the padded input {shape}": (
        "{function} のカーネル {kernel} が、パディングした入力 {shape} より大きくなっています"
    ),
    "attention: causal takes as many queries as keys, found {queries} and {keys}": (
        "attention の causal では、クエリとキーを同じ数にします（{queries} と {keys}）"
    ),
    "mmd2: {most} points at most in a sample, found {left} and {right}": (
        "mmd2 の標本は {most} 点までですが、{left} 点と {right} 点です"
    ),
    "mmd2: the unbiased estimate needs two points in each sample": (
        "mmd2 の不偏推定には、標本ごとに二点以上が要ります"
    ),
    "box_iou: boxes are (left, top, right, bottom), found {left} and {right}": (
        "box_iou の箱は（左、上、右、下）の順に書きますが、{left} と {right} です"
    ),
    "multiclass_hinge needs two classes at least": "multiclass_hinge には、二つ以上のクラスが要ります",
    "examples of both classes are needed": "両方のクラスの例が要ります",
    "by formula {most} examples at most, found {found}": "式にできる例は {most} 件までですが、{found} 件です",
    "{function}: {name} is a single number, found the shape {shape}": (
        "{function} の {name} は一つの数ですが、形が {shape} です"
    ),
    "{function}: {name} is no number, vector or matrix: {value}": (
        "{function} の {name} が数でもベクトルでも行列でもありません: {value}"
    ),
    "{function}: {name} is a word, {value}": "{function} の {name} には、言葉 {value} ではなく数を渡します",
    "{function}: {name} is {domain}, found {found}": "{function} の {name} は {domain} ですが、{found} です",
    "{function} has no option '{name}'": "{function} に {name} というオプションはありません",
    "{function} has no gradient by '{name}'": "{function} を {name} で微分することはできません",
    "{function}: the {what} is not defined for these arguments": "この引数では {function} が定義されません",
    "there is no value to differentiate by: '{name}'": "微分する {name} に値がありません",
    "the network has no {name}": "ネットワークに {name} がありません",
    "'{name}' is no target": "{name} は target になりません",
    "no network": "network がありません",
    "no network, or no steps": "network か steps がありません",
    "{name} has no procedure: ask for a weight or a bias": (
        "{name} には手順がありません。重みかバイアスを target にします"
    ),
    "{activation}, {loss} does not fit {low}..{high} outputs": (
        "{activation} と {loss} の組は、出力 {low}..{high} 個に合いません"
    ),
    "{upper} is not computed from {lower} at once": "{upper} は {lower} から直接は計算されません",
    "{name} does not depend on {other}": "{name} は {other} によりません",
    "{function} by formula: {most} axes at most, found {found}": "{function} は {most} 軸までですが、{found} 軸です",
    "{function}: a Jacobian of more than {most} entries, for the shape {shape}": (
        "{function} のヤコビ行列の成分が {most} 個を超えています（形 {shape}）"
    ),
    "{name} carries no facts": "{name} には事実がありません",
    "a scene says {names}, found '{name}'": "場面に書けるのは {names} ですが、{name} があります",
    "{name} is true or false, found '{value}'": "{name} は true か false ですが、{value} です",
    "{name} is {words}, found '{value}'": "{name} は {words} のどれかですが、{value} です",
    "{name} is {words}, found {found}": "{name} は {words} ですが、{found} です",
    "no usual loss fits {scene}; what fits: {fitting}": "場面に合う標準の損失がありません（合うもの: {fitting}）",
}
"""Messages of the mathematics, which are in English, and how they are said in Japanese."""
OTHER_REASON = Text(ja="{code}: {detail}\n", en="{code}: {detail}\n")


def reason(undrawable: Undrawable) -> tuple[str, str]:
    """What was found, and what to do."""
    code = undrawable.code.removeprefix(NEVER)
    message, hint = REASONS.get(code, OTHER_REASON)().split("\n")
    values = {
        "code": undrawable.code,
        "detail": translated_problem(undrawable.detail) if code == "value" else undrawable.detail,
        "answer": undrawable.answer or UNDEFINED(),
        "other": undrawable.other or UNDEFINED(),
        "at": AT_POINT(point=undrawable.point) if undrawable.point else "",
    }
    return message.format(**values) + (REDRAWN() if code != undrawable.code else ""), hint.format(**values)


def why_undrawn(undrawable: Undrawable) -> str:
    """What was found, without advice."""
    return reason(undrawable)[0]


def seed_and_values(number: int, drawn: str) -> str:
    """A seed and the values that it draws."""
    return (SEED_WITH_VALUES if drawn else SEED_ALONE)(seed=number, drawn=drawn)


def translated_problem(message: str) -> str:
    """A message of the mathematics, which is in English, in this language."""
    for template, own in PROBLEMS.items() if language() == "ja" else ():
        if match := _pattern(template).fullmatch(message):
            return own.format(**match.groupdict())
    return message


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)), re.DOTALL)
