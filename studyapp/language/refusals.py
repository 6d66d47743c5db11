"""Why a text cannot be read, and what to do; each sentence by the code of the refusal."""

from studyapp.domain.text import Text
from studyapp.domain.verdict import Unreadable

REFUSALS = {
    "empty": Text(
        ja="まだ何も入力されていません。式か数を入力してください。",
        en="Nothing has been entered yet; type a formula or a number.",
    ),
    "too-long": Text(
        ja="長すぎます。{value} 文字までにしてください。", en="This is too long; stay within {value} characters."
    ),
    "too-many-tokens": Text(
        ja="記号と名前が多すぎます。{value} 個までにしてください。",
        en="There are too many signs and names; stay within {value}.",
    ),
    "too-deep": Text(
        ja="入れ子が深すぎます。{value} 段までにしてください。",
        en="This is nested too deeply; stay within {value} levels.",
    ),
    "too-large": Text(
        ja="ここの値は大きすぎるか、0 に近すぎます。指数を確かめてください。",
        en="The value here is too large, or too close to 0; check the exponents.",
    ),
    "number-form": Text(
        ja="{found}は数として読めません。小数点はひとつだけ書いてください。",
        en="{found} is not a number; write one decimal point only.",
    ),
    "unsupported-sign": Text(
        ja="{found}は式に使えない記号です。消すか、別の書き方にしてください。",
        en="{found} has no meaning in a formula; remove it or write it another way.",
    ),
    "unbalanced": Text(
        ja="{found}に対応するかっこがありません。かっこの数をそろえてください。",
        en="{found} has no bracket to match it; balance the brackets.",
    ),
    "incomplete": Text(
        ja="式が途中で終わっています。{found}の後を書き足してください。",
        en="The formula ends too early; write what comes after {found}.",
    ),
    "missing-operand": Text(
        ja="{found}の前に、数か名前が足りません。書き足してください。",
        en="A number or a name is missing before {found}; write it.",
    ),
    "missing-operator": Text(
        ja="{found}の前に演算記号がありません。積なら * を書いてください。",
        en="There is no sign before {found}; write * for a product.",
    ),
    "ambiguous": Text(
        ja="二通りに読めます。かっこか * を足して、どちらかに決めてください。",
        en="This can be read in two ways; add brackets or a * to choose one.",
    ),
    "unknown-name": Text(
        ja="{found}はこの問題に出てこない名前です。問題文の名前を使ってください。",
        en="{found} is not a name of this question; use the names in its text.",
    ),
    "wrong-case": Text(
        ja="{found}は大文字と小文字が問題文と違います。同じ文字で書いてください。",
        en="{found} differs from the question in upper and lower case; write it the same way.",
    ),
    "look-alike": Text(
        ja="{found}は形の似た別の文字です。半角の英字で打ち直してください。",
        en="{found} is another letter that looks alike; type it again as a Latin letter.",
    ),
    "not-mathematics": Text(
        ja="{found}は式として読めません。式か数だけを入力してください。",
        en="{found} cannot be read as a formula; type only the formula or the number.",
    ),
    "no-names": Text(
        ja="{found}はここでは使えません。数と四則、ln、exp、sqrt だけで書いてください。",
        en="{found} cannot be used here; write numbers, + - * /, ln, exp and sqrt only.",
    ),
    "missing-argument": Text(
        ja="関数{found}が何に掛かるのか分かりません。かっこを付けて書いてください。",
        en="It is not clear what the function {found} is applied to; write it in brackets.",
    ),
    "function-power": Text(
        ja="関数{found}のこの累乗は、かっこを使って書いてください(例: (log(x))^2)。",
        en="Write this power of the function {found} with brackets, as in (log(x))^2.",
    ),
    "undeclared-prime": Text(
        ja="{found}の ' (プライム)は、この問題では使えません。導関数を式で書いてください。",
        en="The prime in {found} is not used in this question; write the derivative out.",
    ),
    "misfit": Text(ja="{value}は、形が合いません。", en="{value} does not fit."),
    "not-square": Text(
        ja="正方行列が必要ですが、ここの形は {value} です。",
        en="A square matrix is needed here; this one is {value}.",
    ),
    "identity-size": Text(
        ja="単位行列 {value} の大きさが決まりません。I_N のように添字を付けてください。",
        en="The size of the identity {value} is open; give it an index, as in I_N.",
    ),
    "wrong-axis": Text(
        ja="ここで使える軸は 0 から数えて {value} 本です。axis を確かめてください。",
        en="There are {value} axes here, counted from 0; check axis.",
    ),
    "transposed-prime": Text(
        ja="{found}の ' は転置とも微分とも読めます。転置は ^T と書いてください。",
        en="The prime in {found} may mean the transpose or a derivative; write ^T for the transpose.",
    ),
    "wrong-arguments": Text(
        ja="関数{found}の引数の個数が違います。かっこの中を確かめてください。",
        en="The function {found} takes another number of arguments; check its brackets.",
    ),
    "doubled-sign": Text(
        ja="{found}と符号が三つ以上続いています。減らしてください。",
        en="Three signs follow each other in {found}; leave some out.",
    ),
    "comparison": Text(
        ja="{found}は比較の記号です。答えになる式だけを書いてください。",
        en="{found} is a comparison; write only the formula that is the answer.",
    ),
    "equation": Text(
        ja="等号があります。等号の右側の式だけを書いてください。",
        en="There is an equals sign; write only what is on its right.",
    ),
    "decimal-comma": Text(
        ja="{found}のカンマは小数点でしょうか。小数点はピリオドで書いてください。",
        en="Is the comma in {found} a decimal point? Write decimal points as full stops.",
    ),
    "stray-comma": Text(
        ja="ここにカンマは書けません。値をひとつだけ書いてください。", en="There can be no comma here; write one value."
    ),
    "factorial": Text(
        ja="階乗の記号 ! は使えません。掛け算で書いてください。",
        en="The factorial sign ! cannot be used; write the product out.",
    ),
    "percent": Text(
        ja="% は数の欄だけで使えます。100 で割った値を書いてください。",
        en="% is for number fields only; write the value divided by 100.",
    ),
    "separators": Text(
        ja="空白が区切りなのか式の一部なのか分かりません。要素をカンマで区切ってください。",
        en="The blank may part two entries or belong to one; put commas between entries.",
    ),
    "vector-arithmetic": Text(
        ja="ベクトルに使えるのは、数との掛け算・割り算と、同じ形どうしの足し算・引き算だけです。成分を書いてください。",
        en="Multiply vectors by numbers and add those of one shape only, or write the entries.",
    ),
    "uneven-rows": Text(
        ja="行によって要素の個数が違います。どの行も同じ個数にしてください。",
        en="The rows differ in length; give every row the same number of entries.",
    ),
    "repeated-option": Text(
        ja="オプション{found}が二度書かれています。ひとつにしてください。",
        en="The option {found} is given twice; leave one out.",
    ),
    "option-first": Text(
        ja="オプション{found}の後に引数があります。引数を先に書いてください。",
        en="An argument follows the option {found}; write arguments first.",
    ),
    "sum-sign": Text(
        ja="{found}のような和・積・積分の記号は使えません。項をひとつずつ書き並べてください。",
        en="{found} cannot be used in an answer; write the sum out, term by term.",
    ),
    "transposed-index": Text(
        ja="{found}という重みはありません。添字は、行き先のユニット、出どころのユニットの順に書きます。",
        en="There is no weight {found}; the index of the unit it leads to comes first.",
    ),
    "code-statement": Text(
        ja="空欄に入る式を一つだけ書いてください。代入や文は書けません。",
        en="Write only the one expression that fills the blank; statements and assignments are not read.",
    ),
    "code-syntax": Text(
        ja="{found}のところから Python の式として読めません。括弧やカンマを確かめてください。",
        en="From {found} on this is no Python expression; check brackets and commas.",
    ),
    "code-sign": Text(
        ja="{found}は Python の式に使えない文字です。半角の英数字と記号で書いてください。",
        en="{found} cannot be part of a Python expression; use plain letters and signs.",
    ),
    "code-logic": Text(
        ja="配列には and、or、not ではなく、&、|、~ を使ってください。比べる式は括弧で囲みます。",
        en="For arrays write &, | and ~ in place of and, or and not, with brackets around comparisons.",
    ),
    "code-chain": Text(
        ja="比較は続けて書けません。(0 < x) & (x < 1) のように、二つに分けてください。",
        en="Comparisons cannot be chained; write two of them: (0 < x) & (x < 1).",
    ),
    "code-form": Text(
        ja="{found}はここでは読めません。NumPy の関数と演算だけで、一つの式にしてください。",
        en="{found} is not read here; write one expression of NumPy functions and operators.",
    ),
    "code-text": Text(
        ja="{found}のような文字列は、ここには書けません。",
        en="There can be no text such as {found} here.",
    ),
    "code-function": Text(
        ja="{found}という関数は使えません。NumPy の関数なら np. を付けてください。",
        en="There is no function {found} here; those of NumPy begin with np.",
    ),
    "code-uncalled": Text(
        ja="{found}は関数です。引数を括弧に入れてください。",
        en="{found} is a function; put what it is applied to in brackets.",
    ),
    "code-argument": Text(
        ja="この関数に{found}という引数はありません。",
        en="The function has no argument {found}.",
    ),
    "code-attribute": Text(
        ja="{found}は使えません。使えるのは .T、.shape、.size、.ndim と、配列の関数です。",
        en="{found} cannot be used; there are .T, .shape, .size, .ndim, and functions of arrays.",
    ),
    "code-name": Text(
        ja="{found}はこの問題のコードに出てこない名前です。問題文の変数を使ってください。",
        en="{found} is no name of this code; use the variables in the question.",
    ),
}
OTHERWISE = Text(
    ja="{found}を読めません。書き方を確かめてください。", en="{found} cannot be read; check how it is written."
)
NEAREST = Text(ja="もしかして{0}ですか。", en=" Did you mean {0}?")
READINGS = Text(ja="読み方の候補は{0}です。", en=" Either {0}.")
QUOTED = Text(ja="「{0}」", en="“{0}”")
EITHER = Text(ja="と", en=" or ")


def explain(unreadable: Unreadable) -> str:
    """One sentence on what was found and what to do, with the nearest known name and the possible readings."""
    found = QUOTED(unreadable.found)
    sentence = REFUSALS.get(unreadable.code, OTHERWISE)(found=found, value=unreadable.found)
    if unreadable.nearest:
        sentence += NEAREST(QUOTED(unreadable.nearest))
    if unreadable.readings:
        sentence += READINGS(EITHER().join(map(QUOTED, unreadable.readings)))
    return sentence
